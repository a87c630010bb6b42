//! A call from JavaScript: what it takes over at the start, and its steps from one wait to the next.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;

use js_sys::{Date, Math};

use super::credentials::Source;
use super::error::{describe, fail};
use super::fetch::{self, Reply};
use super::hand::{Hand, What};
use super::options::{read, Known};
use crate::call::{given_up, Wishes};
use crate::course::{request_id, Course, Site, Verdict, World};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::hint;
use crate::http::{Answer, Loss, Request};
use crate::json::quote;
use crate::log;
use crate::model::Operation;
use crate::params::{self, Params};
use crate::text::{byte, copy};

/// What a call has taken over.
struct Call {
    known: Rc<Known>,
    hand: Hand,
    operation: Operation,
    /// Whether the request is to be sent, not only signed.
    sends: bool,
    started: i64,
    /// How long the whole call may take, and when that is over.
    timeout: f64,
    deadline: Option<i64>,
    /// Of the credentials that the last request was signed with.
    generation: u32,
    /// The parameters, and whether their text as JavaScript has it is the body as it stands.
    params: String,
    is_body: bool,
}

/// A call under way.
pub struct Way {
    call: Call,
    course: Course,
    stage: Stage,
    /// How long the wait may take, as it is told to the caller; infinite for ever.
    patience: f64,
}

/// What is waited for.
#[derive(Clone, Copy)]
enum Stage {
    Credentials,
    Answer,
    Pause,
}

/// The clock in whole milliseconds.
fn now() -> i64 {
    // Date.now() is a whole number below 2^53.
    #[allow(clippy::cast_possible_truncation)]
    let now = Date::now() as i64;
    now
}

impl Call {
    fn site(&self) -> Site<'_> {
        Site { client: &self.known.client, operation: &self.operation, params: Params::new(&self.params) }
    }

    /// Tells the client's logger, if it has one, of a call that is over.
    #[inline(never)]
    fn log(&self, status: Option<u16>, attempts: u32) {
        if self.sends && self.known.logs {
            let params = Params::new(&self.params);
            let ms = now() - self.started;
            self.hand.log(&log::line(&self.operation, params, status, ms, attempts.saturating_sub(1)));
        }
    }

    /// How long credentials may take, and what is told when they take longer: the limit of an attempt, or the whole call's.
    fn patience(&self) -> (f64, f64) {
        let own = self.known.client.config.timeout.unwrap_or(f64::INFINITY);
        // A deadline is less than 2^31 ms ahead.
        #[allow(clippy::cast_precision_loss)]
        let left = self.deadline.map_or(f64::INFINITY, |deadline| (deadline - now()).max(0) as f64);
        if own < left {
            (own, own)
        } else {
            (left, self.timeout)
        }
    }
}

impl Way {
    /// Takes over what was given, and checks and encodes the parameters.
    #[inline(never)]
    pub fn begin(operation: Operation, known: Rc<Known>, hand: &Hand, sends: bool) -> Result<Box<Way>, Error> {
        let config = read(hand);
        if let Some(problem) = config.problems.first() {
            return Err(Error::new("ConfigError", problem));
        }
        let Some(params) = hand.get(What::Given) else {
            return Err(match hand.get(What::Thrown) {
                None => given_up(Loss::Aborted),
                Some(why) => Error::unread(&why),
            });
        };
        let bound = params::bind(&operation, &params, &known.bound);
        // Only a text without a mark can be the body as it stands.
        let is_body = bound.is_none() && byte(&params, 0) == b'{';
        let started = now();
        let timeout = config.timeout_of_call(&known.client.config);
        // A timeout is at most 2^53.
        #[allow(clippy::cast_possible_truncation)]
        let deadline = timeout.map(|ms| started + ms as i64);
        let wishes = Wishes { deadline, attempts: config.attempts() };
        let params = bound.unwrap_or(params);
        let hand = hand.clone();
        let timeout = timeout.unwrap_or(f64::INFINITY);
        let call = Call { known, hand, operation, sends, started, timeout, deadline, generation: 0, params, is_body };
        match Course::new(call.site(), wishes) {
            Ok(course) => Ok(Box::new(Way { call, course, stage: Stage::Pause, patience: f64::INFINITY })),
            Err(error) => {
                call.log(None, 0);
                Err(error)
            }
        }
    }

    /// Until when it waits at most, by the clock of the machine; a wait without a limit ends never.
    pub fn until(&self) -> f64 {
        Date::now() + self.patience
    }

    /// Goes on after a wait that ended so; true if there is something to wait for again.
    #[inline(never)]
    pub fn step(&mut self, end: u32) -> bool {
        let mut error = match self.advance(end) {
            Ok(waits) => return waits,
            Err(error) => error,
        };
        let call = &self.call;
        call.log(error.status, error.attempts);
        if error.code == "SyntaxError" {
            if let Some(words) = call.hand.get(What::Broken) {
                error.message = words;
            }
        }
        let client = &call.known.client;
        fail(&call.hand, hint::add(error, client, Params::new(&call.params)), Some(client));
        false
    }

    fn advance(&mut self, end: u32) -> Result<bool, Error> {
        let Call { known, hand, .. } = &self.call;
        let stage = self.stage;
        let credentials = match stage {
            Stage::Answer if end == 0 => return self.judge(None),
            Stage::Credentials if end == 0 => {
                let (credentials, changed) = known.credentials.take(hand)?;
                if changed {
                    known.client.forget_keys();
                }
                Some(credentials)
            }
            Stage::Credentials if end == 3 => match known.credentials.spare(Date::now()) {
                None => return Err(Source::failure(&hand.text(What::Thrown))),
                spare => spare,
            },
            // The time of a pause runs out, that is all that it is for. A first step ends nothing.
            Stage::Pause if end < 2 => known.credentials.find(Date::now())?,
            _ => {
                let loss = fetch::lost(hand, end, self.patience);
                if matches!(stage, Stage::Answer) {
                    return self.judge(Some(loss));
                }
                let mut error = given_up(loss);
                error.attempts = self.course.attempts;
                return Err(error);
            }
        };
        match credentials {
            Some(credentials) => self.send(&credentials),
            // Whoever asks for credentials may wait for ever; the call does not.
            None => Ok(self.wait(Stage::Credentials, self.call.patience())),
        }
    }

    fn wait(&mut self, stage: Stage, (ms, told): (f64, f64)) -> bool {
        self.call.hand.pause(ms, matches!(stage, Stage::Credentials));
        self.stage = stage;
        self.patience = told;
        true
    }

    #[inline(never)]
    fn send(&mut self, credentials: &Credentials) -> Result<bool, Error> {
        self.call.generation = self.call.known.credentials.generation.get();
        let call = &self.call;
        let request = self.course.request(call.site(), credentials, now())?;
        if call.sends {
            self.patience = request.timeout.unwrap_or(f64::INFINITY);
            self.stage = Stage::Answer;
            fetch::send(&call.hand, &request, call.is_body, call.known.client.config.sends_cookies());
        } else {
            call.hand.parsed(&shown(&request));
        }
        Ok(call.sends)
    }

    #[inline(never)]
    fn judge(&mut self, loss: Option<Loss>) -> Result<bool, Error> {
        let call = &self.call;
        let reply = Reply::of(&call.hand);
        match self.course.judge(call.site(), call, loss.map_or(Ok(&reply), Err)) {
            Verdict::Done(data) => self.finish(&reply, data.as_deref().unwrap_or("")),
            Verdict::Again(delay) => Ok(self.wait(Stage::Pause, (delay, delay))),
            Verdict::Failed(error) => Err(error),
        }
    }

    fn finish(&self, reply: &Reply<'_>, data: &str) -> Result<bool, Error> {
        let call = &self.call;
        let (status, attempts) = (reply.status(), self.course.attempts);
        let dates = if call.known.client.config.converts() { call.operation.timestamps() } else { "" };
        let id = request_id(reply);
        // Only an answer that is not converted can fail here: nobody has looked into it yet.
        if call.hand.finish(data, dates, status, id.as_deref(), attempts, self.course.total_delay) {
            call.log(Some(status), attempts);
            return Ok(false);
        }
        let mut error = Error::new("SyntaxError", "The answer is not JSON");
        self.course.mark(&mut error, reply);
        Err(error)
    }
}

#[inline(never)]
fn shown(request: &Request<'_>) -> String {
    let mut json = copy("{\"url\":");
    quote(&mut json, &request.url);
    json.push_str(",\"method\":");
    quote(&mut json, request.method);
    json.push_str(",\"headers\":");
    fetch::push_headers(&mut json, request);
    if let Some(body) = request.body {
        json.push_str(",\"body\":");
        quote(&mut json, body.text());
    }
    json.push_str("}");
    json
}

impl World for Call {
    fn now(&self) -> i64 {
        now()
    }

    fn random(&self) -> f64 {
        Math::random()
    }

    fn renew(&self) -> bool {
        self.known.client.forget_keys();
        self.known.credentials.renew(&self.hand, self.generation)
    }

    fn backoff(&self, retry: u32, error: &Error) -> Option<Option<f64>> {
        if !self.known.rules {
            return None;
        }
        let delay = self.hand.rule(retry, &describe(error, Some(&self.known.client)));
        // What no timer can wait for is no delay.
        Some((0.0..2_147_483_648.0).contains(&delay).then_some(delay))
    }
}
