//! A call from JavaScript: what it takes over at the start, and what it waits for, one thing at a time.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use core::mem;

use js_sys::{Date, Function, JsString, Math, Promise, JSON};
use wasm_bindgen::prelude::*;

use super::credentials::Found;
use super::error::{to_js, words};
use super::exports::Client;
use super::fetch::{self, Outcome, Reply};
use super::options::{get, Known, Wanted};
use super::state;
use crate::call::{given_up, Wishes};
use crate::course::{request_id, Course, Site, Verdict, World};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::http::{Answer, Loss, Request};
use crate::json::quote;
use crate::log;
use crate::model::ivs::SERVICE;
use crate::model::Operation;
use crate::params::{self, Params};
use crate::text::byte;

#[wasm_bindgen(module = "/js/params.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = text)]
    pub fn text_of(params: &JsValue) -> Result<JsString, JsValue>;
}

#[wasm_bindgen(module = "/js/result.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn finish(
        json: &JsString,
        dates: &str,
        status: u16,
        request_id: Option<&str>,
        attempts: u32,
        total_delay: f64,
    ) -> Result<JsValue, JsValue>;
}

/// What a call has taken over.
pub struct Call {
    known: Rc<Known>,
    operation: Operation,
    wanted: Wanted,
    /// Whether the request is to be sent, not only signed.
    sends: bool,
    started: i64,
    deadline: Option<i64>,
    /// The parameters, and their text as JavaScript has it where that is the body as it stands.
    params: String,
    given: JsValue,
}

/// A call under way.
pub struct Way {
    call: Call,
    course: Course,
    stage: Stage,
    /// How long the wait may take, as it is told to the caller.
    patience: Option<f64>,
    /// The latest answer.
    reply: Option<Reply>,
    /// What was thrown last by a transport or a provider.
    cause: JsValue,
}

/// What is waited for.
enum Stage {
    Nothing,
    Credentials,
    Answer,
    Pause,
}

/// How a call goes on.
pub enum Next {
    Wait(Promise),
    Over(Result<JsValue, JsValue>),
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
    fn log(&self, status: Option<u16>, attempts: u32) {
        let logger = &self.known.logger;
        if !self.sends || !logger.is_object() {
            return;
        }
        let params = Params::new(&self.params);
        let mut line = log::line(&self.operation, params, status, now() - self.started, attempts.saturating_sub(1));
        let mut method = get(logger, "log");
        if !method.is_function() {
            method = get(logger, "write");
            line.push_str("\n");
        }
        if method.is_function() {
            // A logger that throws does not spoil the call.
            let _ = method.unchecked_ref::<Function>().call1(logger, &JsValue::from_str(&line));
        }
    }

    /// How long credentials may take, and what is told when they take longer: the limit of an attempt, or the whole call's.
    fn patience(&self) -> (Option<f64>, Option<f64>) {
        let own = self.known.client.config.timeout;
        let Some(deadline) = self.deadline else { return (own, own) };
        // A deadline is less than 2^31 ms ahead.
        #[allow(clippy::cast_precision_loss)]
        let left = (deadline - now()).max(0) as f64;
        match own {
            Some(own) if own < left => (Some(own), Some(own)),
            _ => (Some(left), self.wanted.timeout),
        }
    }
}

impl Way {
    /// Takes over what was given, and checks and encodes the parameters. Without options the request is signed and not sent.
    #[inline(never)]
    pub fn begin(
        index: usize,
        client: &Client,
        params: Result<JsString, JsValue>,
        options: Option<&JsValue>,
    ) -> Result<Box<Way>, JsValue> {
        let known = state::known(client);
        let operation = SERVICE.operation(index).ok_or(JsValue::UNDEFINED)?;
        let wanted = known.wanted(options.unwrap_or(&JsValue::UNDEFINED));
        let mut cause = JsValue::UNDEFINED;
        let error = if let Some(problem) = &wanted.problem {
            Error::new("ConfigError", problem)
        } else if wanted.transport.signal.as_ref().is_some_and(|signal| get(signal, "aborted").is_truthy()) {
            given_up(Loss::Aborted)
        } else {
            match params {
                Ok(given) => {
                    let params = String::from(&given);
                    let bound = params::bind(&operation, &params, &known.bound);
                    // Only a text without a mark can be the body as it stands.
                    let is_body = bound.is_none() && byte(&params, 0) == b'{';
                    let started = now();
                    // A timeout is at most 2^53.
                    #[allow(clippy::cast_possible_truncation)]
                    let deadline = wanted.timeout.map(|ms| started + ms as i64);
                    let wishes = Wishes { deadline, attempts: wanted.attempts };
                    let call = Call {
                        operation,
                        wanted,
                        sends: options.is_some(),
                        started,
                        deadline,
                        params: bound.unwrap_or(params),
                        given: if is_body { given.into() } else { JsValue::UNDEFINED },
                        known: known.clone(),
                    };
                    match Course::new(call.site(), wishes) {
                        Ok(course) => {
                            let (stage, patience) = (Stage::Nothing, None);
                            return Ok(Box::new(Way { call, course, stage, patience, reply: None, cause }));
                        }
                        Err(error) => {
                            call.log(None, 0);
                            error
                        }
                    }
                }
                Err(thrown) => {
                    let error = Error::unread(&words(&thrown));
                    cause = thrown;
                    error
                }
            }
        };
        Err(to_js(&error, Some(&known.client), &cause))
    }

    /// Until when it waits at most, by the clock of the machine; a wait without a limit ends never.
    pub fn until(&self) -> f64 {
        self.patience.map_or(f64::INFINITY, |ms| Date::now() + ms)
    }

    /// Goes on with the [`Outcome`] of what was waited for.
    #[inline(never)]
    pub fn step(&mut self, outcome: JsValue) -> Next {
        let error = match self.advance(outcome.unchecked_ref()) {
            Ok(next) => return next,
            Err(error) => error,
        };
        self.call.log(error.status, error.attempts);
        Next::Over(Err(self.rejection(error)))
    }

    fn advance(&mut self, outcome: &Outcome) -> Result<Next, Error> {
        let known = &self.call.known;
        let stage = mem::replace(&mut self.stage, Stage::Nothing);
        if !matches!(stage, Stage::Nothing) {
            let (end, value) = (outcome.end(), outcome.value());
            match stage {
                Stage::Credentials if end == 0 => {
                    let (credentials, changed) = known.credentials.take(&value)?;
                    if changed {
                        known.client.forget_keys();
                    }
                    return self.send(&credentials);
                }
                Stage::Answer if end == 0 => {
                    self.reply = Some(Reply::new(value));
                    return self.judge(None);
                }
                // The time of a pause runs out, that is all that it is for.
                Stage::Pause if end == 1 => {}
                _ => {
                    self.cause = value;
                    if end == 3 && matches!(stage, Stage::Credentials) {
                        return Err(known.credentials.failure(&words(&self.cause)));
                    }
                    let loss = fetch::lost(end, self.patience, &self.cause);
                    if matches!(stage, Stage::Answer) {
                        return self.judge(Some(loss));
                    }
                    let mut error = given_up(loss);
                    error.attempts = self.course.attempts;
                    return Err(error);
                }
            }
        }
        match known.credentials.find(Date::now())? {
            Found::Now(credentials) => self.send(&credentials),
            Found::Later(promise) => {
                // Whoever asks for credentials may wait for ever; the call does not.
                self.wait(Stage::Credentials, self.call.patience(), &promise)
            }
        }
    }

    fn wait(&mut self, stage: Stage, (ms, told): (Option<f64>, Option<f64>), promise: &JsValue) -> Result<Next, Error> {
        let limit = self.call.wanted.transport.limit(ms, false).map_err(given_up)?;
        self.stage = stage;
        self.patience = told;
        Ok(Next::Wait(limit.until(promise, 0)))
    }

    fn send(&mut self, credentials: &Credentials) -> Result<Next, Error> {
        let request = self.course.request(self.call.site(), credentials, now())?;
        if !self.call.sends {
            return Ok(Next::Over(Ok(shown(&request))));
        }
        self.patience = request.timeout;
        match self.call.wanted.transport.send(&request, &self.call.given) {
            Ok(promise) => {
                self.stage = Stage::Answer;
                Ok(Next::Wait(promise))
            }
            Err(loss) => self.judge(Some(loss)),
        }
    }

    #[inline(never)]
    fn judge(&mut self, loss: Option<Loss>) -> Result<Next, Error> {
        let outcome = match (loss, &self.reply) {
            (None, Some(reply)) => Ok(reply),
            (loss, _) => Err(loss.unwrap_or(Loss::Aborted)),
        };
        match self.course.judge(self.call.site(), &self.call, outcome) {
            Verdict::Done(data) => self.finish(data),
            Verdict::Again(delay) => self.wait(Stage::Pause, (Some(delay), Some(delay)), &JsValue::UNDEFINED),
            Verdict::Failed(error) => Err(error),
        }
    }

    fn finish(&self, data: Option<String>) -> Result<Next, Error> {
        let Some(reply) = &self.reply else { return Err(given_up(Loss::Aborted)) };
        let (status, attempts, total_delay) = (reply.status(), self.course.attempts, self.course.total_delay);
        let dates = if self.call.known.client.config.converts() { self.call.operation.timestamps() } else { "" };
        let json = data.map_or_else(|| reply.text(), JsString::from);
        // Only an answer that is not converted can fail here: nobody has looked into it yet.
        match finish(&json, dates, status, request_id(reply).as_deref(), attempts, total_delay) {
            Ok(data) => {
                self.call.log(Some(status), attempts);
                Ok(Next::Over(Ok(data)))
            }
            Err(_) => {
                let mut error = Error::new("SyntaxError", "The answer is not JSON");
                self.course.mark(&mut error, reply);
                Err(error)
            }
        }
    }

    /// What the caller's promise is rejected with.
    fn rejection(&self, mut error: Error) -> JsValue {
        if let (true, Some(reply)) = (error.code == "SyntaxError", &self.reply) {
            // The engine's own words say best where JSON is broken.
            if let Err(thrown) = JSON::parse(reply.body()) {
                error.message = words(&thrown);
            }
        }
        to_js(&error, Some(&self.call.known.client), &self.cause)
    }
}

#[inline(never)]
fn shown(request: &Request<'_>) -> JsValue {
    let mut json = String::from("{\"url\":");
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
    JSON::parse(&json).unwrap_or_default()
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
        self.known.credentials.renew()
    }

    fn backoff(&self, retry: u32, error: &Error) -> Option<Option<f64>> {
        let own = self.known.backoff.as_ref()?;
        let error = to_js(error, Some(&self.known.client), &JsValue::UNDEFINED);
        let delay = own.call2(&JsValue::UNDEFINED, &retry.into(), &error).ok().and_then(|delay| delay.as_f64());
        Some(delay.filter(|ms| *ms >= 0.0))
    }
}
