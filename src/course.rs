//! The course of a call between its waits: the next request, and what an answer, or the lack of one, means.

use alloc::string::String;

use crate::call::{lost, Wishes};
use crate::client::{Client, Prepared};
use crate::clock;
use crate::credentials::Credentials;
use crate::error::{self, Error};
use crate::hidden::bytes;
use crate::http::{Answer, Loss, Request};
use crate::json::Broken;
use crate::model::Operation;
use crate::params::Params;
use crate::rest_json::{self, Undecodable};
use crate::retry::{self, Decision, Trouble};
use crate::{number, text};

/// What a call asks of the world without waiting for it.
pub trait World {
    /// Milliseconds since 1970, by the clock of the machine.
    fn now(&self) -> i64;
    /// A number from 0 up to 1.
    fn random(&self) -> f64;
    /// The credentials were refused as expired. True if other ones can be had.
    fn renew(&self) -> bool;
    /// The delay by the caller's own rule before retry number `retry` (from 0); the outer nothing if there is no
    /// such rule, the inner one if it says to stop.
    fn backoff(&self, retry: u32, error: &Error) -> Option<Option<f64>>;
}

/// What a call is of.
#[derive(Debug, Clone, Copy)]
pub struct Site<'c> {
    /// Who makes it.
    pub client: &'c Client,
    /// What is called.
    pub operation: &'c Operation,
    /// With what.
    pub params: Params<'c>,
}

/// A call that is under way. Whoever drives it does the waiting: for credentials, for the answer to a request, between
/// attempts. Each step is told again what the call is of, so that a course can be kept anywhere.
#[derive(Debug)]
pub struct Course {
    wishes: Wishes,
    prepared: Prepared,
    /// How often the request was sent.
    pub attempts: u32,
    /// The time spent waiting between attempts, in milliseconds.
    pub total_delay: f64,
    /// What the last retry cost of the quota.
    cost: u32,
    /// By how much the clock was corrected when the last request was signed, in milliseconds.
    offset: i64,
}

/// What follows an attempt.
#[non_exhaustive]
pub enum Verdict {
    /// The call has succeeded: the result as JSON, where it differs from the answer's body.
    Done(Option<String>),
    /// Another attempt after so many milliseconds.
    Again(f64),
    /// The call has failed.
    Failed(Error),
}

impl core::fmt::Debug for Verdict {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Verdict::Done(data) => f.debug_tuple("Done").field(&bytes(data.as_deref())).finish(),
            Verdict::Again(delay) => f.debug_tuple("Again").field(delay).finish(),
            Verdict::Failed(error) => f.debug_tuple("Failed").field(error).finish(),
        }
    }
}

impl Course {
    /// Checks and encodes the parameters.
    ///
    /// # Errors
    /// What is wrong with them, or with the options.
    pub fn new(site: Site<'_>, wishes: Wishes) -> Result<Self, Error> {
        let prepared = site.client.prepare(site.operation, site.params)?;
        Ok(Course { wishes, prepared, attempts: 0, total_delay: 0.0, cost: 0, offset: 0 })
    }

    /// The request of the next attempt, signed at `now` by the clock of the world.
    ///
    /// # Errors
    /// `ConfigError` if it is not known where to send it.
    pub fn request<'r>(
        &'r mut self,
        site: Site<'r>,
        credentials: &Credentials,
        now: i64,
    ) -> Result<Request<'r>, Error> {
        self.attempts += 1;
        self.offset = site.client.offset.get();
        let mut request = site.client.request(site.operation, &self.prepared, site.params, Some(credentials), now);
        if let (Ok(request), Some(deadline)) = (&mut request, self.wishes.deadline) {
            let left = left(deadline, now);
            let left = if left > 0.0 { left } else { 0.0 };
            request.timeout = Some(retry::lesser(request.timeout.unwrap_or(left), left));
        }
        request
    }

    /// Says in an error which answer it is about.
    #[inline(never)]
    pub fn mark<A: Answer>(&self, error: &mut Error, answer: &A) {
        error.status = Some(answer.status());
        error.request_id = request_id(answer);
        error.attempts = self.attempts;
        error.total_delay = self.total_delay;
    }

    /// Judges an attempt.
    #[inline(never)]
    pub fn judge<W: World, A: Answer>(&mut self, site: Site<'_>, world: &W, outcome: Result<&A, Loss>) -> Verdict {
        let client = site.client;
        let mut retry_after = None;
        let (mut error, trouble) = match outcome {
            Ok(answer) => {
                let (mut error, trouble) = if (200..300).contains(&answer.status()) {
                    match decode(site, answer) {
                        Ok(data) => {
                            let mut quota = client.quota.get();
                            quota.refund(self.cost);
                            client.quota.set(quota);
                            return Verdict::Done(data);
                        }
                        Err(error) => (error, Trouble::Final),
                    }
                } else {
                    refused(client, world, answer, self.offset, &mut retry_after)
                };
                self.mark(&mut error, answer);
                (error, trouble)
            }
            Err(loss) => lost(loss),
        };
        error.attempts = self.attempts;
        error.total_delay = self.total_delay;
        let mut policy = client.policy;
        if let Some(attempts) = self.wishes.attempts {
            policy.attempts = attempts;
        }
        let repeatable = site.operation.repeatable;
        let mut quota = client.quota.get();
        let decision = policy.decide(self.attempts, trouble, repeatable, &mut quota, world.random(), retry_after);
        error.retryable = Some(decision != Decision::Stop(false));
        let own = if self.attempts < policy.attempts { world.backoff(self.attempts - 1, &error) } else { None };
        error.retry_delay = match decision {
            Decision::Again { mut delay, cost } => {
                if let Some(own) = own {
                    // The caller's own rule stops the call by giving no delay.
                    delay = own.unwrap_or(f64::NAN);
                }
                // Less than what is left of the deadline is not worth a request.
                let left = self.wishes.deadline.map_or(f64::INFINITY, |deadline| left(deadline, world.now()));
                if left > delay {
                    // What is not made again costs nothing.
                    client.quota.set(quota);
                    self.cost = cost;
                    self.total_delay += delay;
                    return Verdict::Again(delay);
                }
                Some(if delay.is_nan() { 0.0 } else { delay })
            }
            Decision::Stop(exhausted) => (!exhausted || own.is_some()).then_some(0.0),
        }
        .filter(|delay| *delay > 0.0 || error.status.is_some());
        Verdict::Failed(error)
    }
}

/// Milliseconds until the deadline. As numbers that cannot overflow; moments lose nothing as such before the year 287396.
#[allow(clippy::cast_precision_loss)]
fn left(deadline: i64, now: i64) -> f64 {
    deadline as f64 - now as f64
}

fn decode<A: Answer>(site: Site<'_>, answer: &A) -> Result<Option<String>, Error> {
    let body = answer.body();
    if site.client.config.converts() {
        decoded(site.operation, body, |name| answer.header(name))
    } else {
        Ok(body.is_empty().then(|| text::copy("{}")))
    }
}

/// Reads an error answer, and mends what it shows to be wrong: the clock, which was corrected by `offset` when the request was
/// signed, or else the credentials.
fn refused<W: World, A: Answer>(
    client: &Client,
    world: &W,
    answer: &A,
    offset: i64,
    retry_after: &mut Option<f64>,
) -> (Error, Trouble) {
    let status = answer.status();
    let kind = answer.header("x-amzn-errortype");
    let mut error = error::from_answer(status, kind.as_deref(), &answer.reason(), answer.body());
    if status < 400 {
        let text = "Redirects are not followed: a signature holds for one host only. Check `endpoint`.";
        error::fill(&mut error.hint, text);
    }
    let standard = client.policy.mode == retry::Mode::Standard;
    let mut trouble = retry::trouble(client.policy.mode, status, &error.code, &error.message);
    let may_be_skew = client.config.corrects_skew() && retry::may_be_skew(&error.code);
    if may_be_skew && correct_clock(client, world.now(), offset, answer, &mut error) {
        trouble = Trouble::Mendable;
    } else {
        // With this clock and these credentials another attempt would be refused like this one.
        let is_final = if retry::is_expired(&error.code) { !world.renew() } else { may_be_skew };
        if is_final && standard {
            trouble = Trouble::Final;
        }
    }
    if matches!(trouble, Trouble::Throttling | Trouble::Transient) {
        let mut ms = asked(answer, "x-amz-retry-after");
        if ms.is_nan() {
            ms = asked(answer, "retry-after") * 1000.0;
        }
        *retry_after = Some(ms).filter(|ms| !ms.is_nan());
    }
    (error, trouble)
}

/// The number in a header; `NaN` where there is none.
#[inline(never)]
fn asked<A: Answer>(answer: &A, name: &str) -> f64 {
    let count = answer.header(name).and_then(|text| text::whole(&text));
    // At most 18 digits, of which a few count.
    #[allow(clippy::cast_precision_loss)]
    count.map_or(f64::NAN, |count| count as f64)
}

/// Learns the time from the server; true if the request was signed with a clock that was wrong by minutes. Other calls may have learnt
/// the time meanwhile: what counts is the clock that this request had.
fn correct_clock<A: Answer>(client: &Client, now: i64, offset: i64, answer: &A, error: &mut Error) -> bool {
    let mut time = told_time(&error.message);
    let mut least = 60_000;
    if time.is_none() {
        time = answer.header("date").and_then(|date| clock::read_http(&date));
        least = 300_000;
    }
    let Some(time) = time else { return false };
    if (time - now - offset).abs() < least {
        return false;
    }
    client.offset.set(time - now);
    let text = "The clock of this machine is wrong by minutes; it was corrected for this client.";
    error::fill(&mut error.hint, text);
    true
}

/// The result in the body of an answer; nothing where it is the body as it stands.
///
/// # Errors
/// What is wrong with the body.
#[inline(always)]
pub(crate) fn decoded(
    operation: &Operation,
    body: &str,
    header: impl Fn(&str) -> Option<String>,
) -> Result<Option<String>, Error> {
    rest_json::changed(operation, body, header).map_err(|why| match why {
        Undecodable::Broken(Broken::Depth) => Error::new("SyntaxError", "The answer is nested too deeply"),
        Undecodable::Broken(Broken::Syntax(at)) => {
            let at = number::text(i64::try_from(at).unwrap_or(0));
            Error::say("SyntaxError", "The answer is not valid JSON from byte ~ on", &[&at])
        }
        Undecodable::Timestamp(text) => Error::say("TimestampParserError", "unhandled timestamp format: ~", &[&text]),
    })
}

/// The server's time in `Signature expired: … (20240102T030405Z - 5 min.)` and `Signature not yet current: …`.
fn told_time(message: &str) -> Option<i64> {
    if !text::starts(message, "Signature ") {
        return None;
    }
    let (_, told) = text::cut_last(message, b'(')?;
    clock::read_basic(text::part(told, 0, 16))
}

/// The id that AWS's support asks for.
pub fn request_id<A: Answer>(answer: &A) -> Option<String> {
    answer.header("x-amz-request-id").or_else(|| answer.header("x-amzn-requestid"))
}
