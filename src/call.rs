//! The way of a call: check, encode, sign, send, decode, and again if that helps.
//!
//! Everything that touches the world is behind [`Host`]; the steps between two awaits are plain functions.

use alloc::borrow::Cow;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::future::Future;

use crate::clock;
use crate::config::Config;
use crate::credentials::Credentials;
use crate::endpoint::Endpoint;
use crate::error::{self, Error};
use crate::hint;
use crate::http::{Answer, Body, Loss, Request, MOST};
use crate::json::Broken;
use crate::model::{Operation, Service};
use crate::params::Params;
use crate::rest_json::{self, Encoded, Undecodable};
use crate::retry::{self, Decision, Policy, Quota, Trouble};
use crate::sign::{self, Header, KeyCache, Scope};
use crate::validate::validate;
use crate::{number, text};

/// The world as a call sees it.
pub trait Host {
    /// How answers look.
    type Answer: Answer;
    /// Milliseconds since 1970, by the clock of the machine.
    fn now(&self) -> i64;
    /// A number from 0 up to 1.
    fn random(&self) -> f64;
    /// Waits so many milliseconds.
    fn sleep(&self, ms: f64) -> impl Future<Output = Result<(), Loss>>;
    /// The credentials to sign with.
    fn credentials(&self) -> impl Future<Output = Result<Rc<Credentials>, Error>>;
    /// The credentials were refused as expired. True if other ones can be had.
    fn renew(&self) -> bool;
    /// Sends a request and reads the answer whole.
    fn send(&self, request: &Request<'_>) -> impl Future<Output = Result<Self::Answer, Loss>>;
    /// The delay by the caller's own rule before retry number `retry` (from 0); the outer nothing if there is no
    /// such rule, the inner one if it says to stop.
    fn backoff(&self, retry: u32, error: &Error) -> Option<Option<f64>> {
        let _ = (retry, error);
        None
    }
}

/// A client: its options, and what it has learnt.
#[derive(Debug)]
pub struct Client {
    /// The service it is for.
    pub service: &'static Service,
    /// Its options.
    pub config: Config,
    endpoint: Result<Endpoint, String>,
    policy: Policy,
    quota: Cell<Quota>,
    /// What to add to the clock, in milliseconds.
    offset: Cell<i64>,
    keys: Rc<RefCell<KeyCache>>,
}

/// What one call wants otherwise than the client.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes {
    /// The moment by which the call must be over, by the clock of the host.
    pub deadline: Option<i64>,
    /// How often the request is sent at most.
    pub attempts: Option<u32>,
}

/// What a call gave.
#[derive(Debug)]
pub struct Success<A> {
    /// The answer.
    pub answer: A,
    /// The result as JSON, where it differs from the answer's body.
    pub data: Option<String>,
    /// The id of the request, if it can be read.
    pub request_id: Option<String>,
    /// How often the request was sent.
    pub attempts: u32,
    /// The time spent waiting between attempts, in milliseconds.
    pub total_delay: f64,
}

/// Parameters that are checked and encoded.
#[derive(Debug)]
pub struct Prepared<'p> {
    encoded: Encoded<'p>,
}

/// How a call is going.
#[derive(Debug, Default)]
struct Course {
    attempts: u32,
    cost: u32,
    total_delay: f64,
}

enum Verdict<A> {
    Done(Success<A>),
    Again(f64),
    Failed(Error),
}

impl Client {
    /// A client with these options; `keys` may be shared among clients.
    #[must_use]
    pub fn new(service: &'static Service, config: Config, keys: Rc<RefCell<KeyCache>>) -> Self {
        // Within ±1e15, which an i64 holds.
        #[allow(clippy::cast_possible_truncation)]
        let offset = config.clock_offset as i64;
        Client {
            service,
            endpoint: config.endpoint(service),
            policy: config.policy(),
            config,
            quota: Cell::new(Quota::default()),
            offset: Cell::new(offset),
            keys,
        }
    }

    /// Where requests go.
    ///
    /// # Errors
    /// `ConfigError` if the options do not say.
    pub fn endpoint(&self) -> Result<&Endpoint, Error> {
        match (&self.endpoint, self.config.problems.as_slice()) {
            (_, [first, rest @ ..]) => {
                let mut message = first.clone();
                for problem in rest {
                    text::push(&mut message, &["; ", problem]);
                }
                Err(Error::new("ConfigError", &message))
            }
            (Ok(endpoint), []) => Ok(endpoint),
            (Err(problem), []) => Err(Error::new("ConfigError", problem)),
        }
    }

    /// What is added to the clock, in milliseconds.
    #[must_use]
    pub fn clock_offset(&self) -> i64 {
        self.offset.get()
    }

    /// Forgets the signing keys, for credentials that have changed.
    pub fn forget_keys(&self) {
        self.keys.borrow_mut().clear();
    }

    /// Checks and encodes parameters.
    ///
    /// # Errors
    /// What is wrong with them, or with the options.
    #[inline(never)]
    pub fn prepare<'p>(&self, operation: &Operation, params: Params<'p>) -> Result<Prepared<'p>, Error> {
        let mut rewrite = true;
        if self.config.validate {
            let report = validate(operation.input, params, self.config.checks).map_err(unreadable)?;
            rewrite = report.rewrite;
            if let Some(error) = Error::violations(report) {
                return Err(error);
            }
        }
        self.endpoint()?;
        let encoded = rest_json::encode(operation, params, rewrite).map_err(unreadable)?;
        if text::cut(&encoded.path, b'{').is_some() {
            let message = text::join(&["Expected a value for each label of ", operation.uri]);
            return Err(Error::new("UriParameterError", &message));
        }
        Ok(Prepared { encoded })
    }

    /// The request for prepared parameters, signed at `now` by the clock of the host; unsigned without credentials.
    ///
    /// # Errors
    /// `ConfigError` if it is not known where to send it.
    #[inline(never)]
    pub fn request<'a>(
        &self,
        operation: &Operation,
        prepared: &'a Prepared<'_>,
        credentials: Option<&Credentials>,
        now: i64,
    ) -> Result<Request<'a>, Error> {
        let endpoint = self.endpoint()?;
        let encoded = &prepared.encoded;
        let body = encoded.body.as_ref().map(|body| match body {
            Cow::Borrowed(text) => Body::Params(text),
            Cow::Owned(text) => Body::Text(text),
        });
        let path = text::join(&[&endpoint.base_path, &encoded.path]);
        let query = encoded.query.as_deref();
        let mut headers = Vec::with_capacity(6);
        let mut add = |name, value: &str| headers.push(Header { name, value: String::from(value), sensitive: false });
        if body.is_some() {
            add("content-type", "application/json");
        }
        if !self.config.user_agent.is_empty() {
            add("x-amz-user-agent", &self.config.user_agent);
        }
        let text = body.map_or("", Body::text);
        match credentials {
            Some(credentials) => {
                let mut named = Vec::with_capacity(3);
                named.push(("host", endpoint.host.as_str()));
                named.extend(headers.iter().map(|header| (header.name, header.value.as_str())));
                let signable = sign::Request {
                    method: operation.method,
                    path: &path,
                    query: query.unwrap_or(""),
                    headers: &named,
                    body: text,
                };
                let scope = Scope { region: &endpoint.region, service: self.service.signing_name };
                let mut keys = self.keys.borrow_mut();
                let signed = sign::sign(signable, credentials, scope, now + self.offset.get(), &mut keys);
                headers.extend(signed);
            }
            None => add("x-amz-content-sha256", &sign::sha256_hex(text.as_bytes())),
        }
        let (mark, query) = query.map_or(("", ""), |query| ("?", query));
        let url = text::join(&[endpoint.scheme, "://", &endpoint.host, &path, mark, query]);
        Ok(Request { method: operation.method, url, headers, body, timeout: self.config.timeout })
    }

    /// Judges an attempt.
    #[inline(never)]
    fn judge<H: Host>(
        &self,
        host: &H,
        operation: &Operation,
        wishes: Wishes,
        course: &mut Course,
        outcome: Result<H::Answer, Loss>,
    ) -> Verdict<H::Answer> {
        let (mut error, trouble, retry_after) = match outcome {
            Ok(answer) if (200..300).contains(&answer.status()) => match self.decode(operation, &answer) {
                Ok(data) => {
                    let mut quota = self.quota.get();
                    quota.refund(course.cost);
                    self.quota.set(quota);
                    let request_id = request_id(&answer);
                    return Verdict::Done(Success {
                        answer,
                        data,
                        request_id,
                        attempts: course.attempts,
                        total_delay: course.total_delay,
                    });
                }
                Err(mut error) => {
                    error.status = Some(answer.status());
                    error.request_id = request_id(&answer);
                    (error, Trouble::Final, None)
                }
            },
            Ok(answer) => self.refused(host, &answer),
            Err(loss) => {
                let (error, trouble) = lost(loss);
                (error, trouble, None)
            }
        };
        error.attempts = course.attempts;
        error.total_delay = course.total_delay;
        let mut policy = self.policy;
        policy.attempts = wishes.attempts.unwrap_or(policy.attempts);
        error.retryable = Some(policy.allows(trouble, operation.repeatable));
        let mut quota = self.quota.get();
        let mut decision =
            policy.decide(course.attempts, trouble, operation.repeatable, &mut quota, host.random(), retry_after);
        self.quota.set(quota);
        let own = if course.attempts < policy.attempts { host.backoff(course.attempts - 1, &error) } else { None };
        if let Some(own) = own {
            decision = match (own, decision) {
                (Some(delay), Decision::Again { cost, .. }) => Decision::Again { delay, cost },
                _ => Decision::Stop(false),
            };
        }
        match decision {
            Decision::Again { delay, cost } => {
                // Less than the deadline's own precision is not worth a request.
                // A delay is below 2^31, as is what is left of a deadline.
                #[allow(clippy::cast_precision_loss)]
                if wishes.deadline.is_some_and(|deadline| (deadline - host.now()) as f64 <= delay) {
                    error.retry_delay = Some(delay);
                    return Verdict::Failed(error);
                }
                course.cost = cost;
                course.total_delay += delay;
                Verdict::Again(delay)
            }
            Decision::Stop(exhausted) => {
                error.retry_delay = (!exhausted && error.status.is_some()).then_some(0.0);
                Verdict::Failed(error)
            }
        }
    }

    fn decode<A: Answer>(&self, operation: &Operation, answer: &A) -> Result<Option<String>, Error> {
        if !self.config.convert {
            return Ok(answer.body().is_empty().then(|| "{}".to_string()));
        }
        match decoded(operation, answer.body(), &|name| answer.header(name))? {
            Cow::Borrowed("{}") if answer.body() != "{}" => Ok(Some("{}".to_string())),
            Cow::Borrowed(_) => Ok(None),
            Cow::Owned(text) => Ok(Some(text)),
        }
    }

    /// Reads an error answer, and mends what it shows to be wrong: the clock, the credentials.
    fn refused<H: Host>(&self, host: &H, answer: &H::Answer) -> (Error, Trouble, Option<f64>) {
        let status = answer.status();
        let kind = answer.header("x-amzn-errortype");
        let mut error = error::from_answer(status, kind.as_deref(), &answer.reason(), answer.body());
        error.request_id = request_id(answer);
        if status < 400 {
            error.hint =
                Some("Redirects are not followed: a signature holds for one host only. Check `endpoint`.".into());
        }
        let mode = self.policy.mode;
        let mut trouble = retry::trouble(mode, status, &error.code, &error.message);
        if retry::is_expired(&error.code) && !host.renew() && mode == retry::Mode::Standard {
            trouble = Trouble::Final;
        } else if self.config.correct_skew && retry::may_be_skew(&error.code) {
            if self.correct_clock(host.now(), answer, &mut error) {
                trouble = Trouble::Mendable;
            } else if mode == retry::Mode::Standard {
                // The clock is right, or was corrected before: another attempt would be refused like this one.
                trouble = Trouble::Final;
            }
        }
        let mut retry_after = None;
        if matches!(trouble, Trouble::Throttling | Trouble::Transient) {
            let asked = |name, unit| text::whole(&answer.header(name)?).map(|count| count.saturating_mul(unit) as f64);
            retry_after = asked("x-amz-retry-after", 1).or_else(|| asked("retry-after", 1000));
        }
        (error, trouble, retry_after)
    }

    /// Learns the time from the server; true if the clock was wrong by minutes and is right now.
    fn correct_clock<A: Answer>(&self, now: i64, answer: &A, error: &mut Error) -> bool {
        let told = told_time(&error.message);
        let by_header = || answer.header("date").and_then(|date| clock::read_http(&date)).map(|time| (time, 300_000));
        let Some((time, least)) = told.map(|time| (time, 60_000)).or_else(by_header) else { return false };
        let wrong = time - (now + self.offset.get());
        if wrong.abs() < least {
            return false;
        }
        self.offset.set(time - now);
        error.hint = Some(
            "The clock of this machine is wrong by minutes; it was corrected for this client by the service's.".into(),
        );
        true
    }
}

/// The result in the body of an answer.
///
/// # Errors
/// What is wrong with the body.
pub(crate) fn decoded<'b>(
    operation: &Operation,
    body: &'b str,
    header: &dyn Fn(&str) -> Option<String>,
) -> Result<Cow<'b, str>, Error> {
    match rest_json::decode(operation, body, header) {
        Ok(json) => Ok(json),
        Err(Undecodable::Broken(Broken::Depth)) => Err(Error::new("SyntaxError", "The answer is nested too deeply")),
        Err(Undecodable::Broken(Broken::Syntax(at))) => {
            let at = number::text(i64::try_from(at).unwrap_or(0));
            Err(Error::new("SyntaxError", text::join(&["The answer is not valid JSON from byte ", &at, " on"])))
        }
        Err(Undecodable::Timestamp(text)) => {
            Err(Error::new("TimestampParserError", text::join(&["unhandled timestamp format: ", &text])))
        }
    }
}

/// The server's time in `Signature expired: … (20240102T030405Z - 5 min.)` and `Signature not yet current: …`.
fn told_time(message: &str) -> Option<i64> {
    text::strip(message, "Signature ")?;
    clock::read_basic(text::part(text::cut_last(message, b'(')?.1, 0, 16))
}

fn request_id<A: Answer>(answer: &A) -> Option<String> {
    answer.header("x-amz-request-id").or_else(|| answer.header("x-amzn-requestid"))
}

pub(crate) fn unreadable(broken: Broken) -> Error {
    Error::new(
        "InvalidParameterType",
        match broken {
            Broken::Depth => "Expected params to be nested at most 64 levels deep",
            Broken::Syntax(_) => "Expected params to be JSON",
        },
    )
}

pub(crate) fn lost(loss: Loss) -> (Error, Trouble) {
    let (code, message, trouble) = match loss {
        Loss::Network(message) => ("NetworkingError", message, Trouble::Ambiguous),
        Loss::Timeout(ms) => {
            // Milliseconds of a timer are below 2^31.
            #[allow(clippy::cast_possible_truncation)]
            let ms = number::text(ms as i64);
            ("TimeoutError", text::say("Connection timed out after ~ms", &[&ms]), Trouble::Ambiguous)
        }
        Loss::Aborted => ("RequestAbortedError", "Request aborted by user".into(), Trouble::Final),
        Loss::TooLong => {
            let most = number::text(i64::from(MOST));
            ("ResponseTooLarge", text::say("The answer is longer than ~ bytes", &[&most]), Trouble::Final)
        }
        Loss::Unusable(message) => ("ConfigError", message, Trouble::Final),
    };
    (Error::new(code, &message), trouble)
}

/// The error of a call that ended while it waited: for credentials, or for the next attempt.
pub(crate) fn given_up(loss: Loss) -> Error {
    let retryable = matches!(loss, Loss::Timeout(_));
    let (mut error, _) = lost(loss);
    error.retryable = Some(retryable);
    error
}

/// Makes one call.
///
/// # Errors
/// Whatever went wrong last.
pub async fn call<H: Host>(
    host: &H,
    client: &Client,
    operation: &Operation,
    params: Params<'_>,
    wishes: Wishes,
) -> Result<Success<H::Answer>, Error> {
    let prepared = client.prepare(operation, params)?;
    let mut course = Course::default();
    loop {
        let credentials = host.credentials().await?;
        let now = host.now();
        let mut request = client.request(operation, &prepared, Some(&credentials), now)?;
        if let Some(deadline) = wishes.deadline {
            // A deadline is less than 2^31 ms ahead.
            #[allow(clippy::cast_precision_loss)]
            let left = (deadline - now).max(0) as f64;
            request.timeout = Some(request.timeout.map_or(left, |timeout| timeout.min(left)));
        }
        course.attempts += 1;
        let outcome = host.send(&request).await;
        match client.judge(host, operation, wishes, &mut course, outcome) {
            Verdict::Done(success) => return Ok(success),
            Verdict::Failed(error) => return Err(hint::add(error, client, params)),
            Verdict::Again(delay) => {
                if let Err(loss) = host.sleep(delay).await {
                    let mut error = given_up(loss);
                    error.attempts = course.attempts;
                    return Err(error);
                }
            }
        }
    }
}
