//! The world of a call in JavaScript: clock, randomness, timers, credentials and fetch.

use alloc::rc::Rc;
use alloc::string::String;

use js_sys::{Date, Function, JsString, Math, JSON};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::credentials::Found;
use super::error::{to_js, words};
use super::fetch::{self, Reply};
use super::options::{get, Known, Wanted};
use super::Slot;
use crate::call::{given_up, Host, Wishes};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::http::{Loss, Request};
use crate::json::quote;
use crate::log;
use crate::model::Operation;
use crate::params::{self, Params};
use crate::text::{byte, join};

#[wasm_bindgen(module = "/js/params.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = text)]
    pub fn text_of(params: &JsValue) -> Result<JsString, JsValue>;
}

/// The host of one call.
pub struct Browser<'k> {
    known: &'k Known,
    wanted: Wanted,
    started: i64,
    deadline: Option<i64>,
    /// The text of the parameters as JavaScript has it.
    given: Slot,
    /// What was thrown last by a transport, a provider or a parameter.
    cause: Slot,
    /// The latest answer's body.
    body: Slot,
}

/// The clock in whole milliseconds.
fn now() -> i64 {
    // Date.now() is a whole number below 2^53.
    #[allow(clippy::cast_possible_truncation)]
    let now = Date::now() as i64;
    now
}

impl<'k> Browser<'k> {
    #[inline(never)]
    pub fn new(known: &'k Known, options: Option<&JsValue>) -> Self {
        let wanted = known.wanted(options.unwrap_or(&JsValue::UNDEFINED));
        // A timeout is at most 2^53.
        #[allow(clippy::cast_possible_truncation)]
        let started = now();
        #[allow(clippy::cast_possible_truncation)]
        let deadline = wanted.timeout.map(|ms| started + ms as i64);
        Browser {
            known,
            wanted,
            started,
            deadline,
            given: Slot::default(),
            cause: Slot::default(),
            body: Slot::default(),
        }
    }

    /// Takes the parameters over, unless the call is not to be made at all.
    #[inline(never)]
    pub fn begin(&self, operation: &Operation, params: Result<JsString, JsValue>) -> Result<String, Error> {
        if let Some(problem) = &self.wanted.problem {
            return Err(Error::new("ConfigError", problem));
        }
        if self.wanted.transport.signal.as_ref().is_some_and(|signal| get(signal, "aborted").is_truthy()) {
            return Err(given_up(Loss::Aborted));
        }
        let given = params.map_err(|thrown| {
            let message = join(&["Expected params to be readable, but reading them failed: ", &words(&thrown)]);
            self.cause.set(thrown);
            Error::new("InvalidParameterType", &message)
        })?;
        let text = String::from(&given);
        match params::bind(operation, &text, &self.known.bound) {
            // The text that JavaScript has is not the body any more.
            Some(bound) => Ok(bound),
            None => {
                // Only a text without a mark can be the body as it stands.
                if byte(&text, 0) == b'{' {
                    self.given.set(given.into());
                }
                Ok(text)
            }
        }
    }

    /// How long credentials may take, and what is told when they take longer: the limit of an attempt, or the whole call's.
    fn patience(&self) -> (Option<f64>, Option<f64>) {
        // A deadline is less than 2^31 ms ahead.
        #[allow(clippy::cast_precision_loss)]
        let left = self.deadline.map(|deadline| (deadline - now()).max(0) as f64);
        match (left, self.known.client.config.timeout) {
            (Some(left), Some(own)) if own < left => (Some(own), Some(own)),
            (Some(left), _) => (Some(left), self.wanted.timeout),
            (None, own) => (own, own),
        }
    }

    /// Tells the client's logger, if it has one, of a call that is over.
    #[inline(never)]
    pub fn log(&self, operation: &Operation, params: Params<'_>, status: Option<u16>, attempts: u32) {
        let logger = &self.known.logger;
        if !logger.is_object() {
            return;
        }
        let line = log::line(operation, params, status, now() - self.started, attempts.saturating_sub(1));
        let log = get(logger, "log");
        let (method, end) = if log.is_function() { (log, "") } else { (get(logger, "write"), "\n") };
        if method.is_function() {
            // A logger that throws does not spoil the call.
            let _ = method.unchecked_ref::<Function>().call1(logger, &JsValue::from_str(&join(&[&line, end])));
        }
    }

    pub fn wishes(&self) -> Wishes {
        Wishes { deadline: self.deadline, attempts: self.wanted.attempts }
    }

    /// A signed request as a plain object.
    pub async fn signed(&self, operation: &Operation, params: Params<'_>) -> Result<JsValue, Error> {
        let client = &self.known.client;
        let prepared = client.prepare(operation, params)?;
        let credentials = self.credentials().await?;
        Ok(shown(&client.request(operation, &prepared, Some(&credentials), now())?))
    }

    /// What the caller's promise is rejected with.
    #[inline(never)]
    pub fn rejection(&self, mut error: Error) -> JsValue {
        if error.code == "SyntaxError" {
            // The engine's own words say best where JSON is broken.
            if let Err(thrown) = JSON::parse(&self.body.take().as_string().unwrap_or_default()) {
                error.message = words(&thrown);
            }
        }
        to_js(&error, Some(&self.known.client), &self.cause.take())
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

impl Host for Browser<'_> {
    type Answer = Reply;

    fn now(&self) -> i64 {
        now()
    }

    fn random(&self) -> f64 {
        Math::random()
    }

    async fn sleep(&self, ms: f64) -> Result<(), Loss> {
        let ms = Some(ms);
        let limit = fetch::limit(ms, self.wanted.transport.signal.as_ref(), false)?;
        let _ = JsFuture::from(limit.over()).await;
        limit.clear();
        match fetch::ended(&limit, ms) {
            Some(Loss::Aborted) => Err(Loss::Aborted),
            _ => Ok(()),
        }
    }

    async fn credentials(&self) -> Result<Rc<Credentials>, Error> {
        let source = &self.known.credentials;
        match source.find(Date::now())? {
            Found::Now(credentials) => Ok(credentials),
            Found::Later(promise) => {
                // Whoever asks for credentials may wait for ever; the call does not.
                let (ms, told) = self.patience();
                let limit = fetch::limit(ms, self.wanted.transport.signal.as_ref(), false).map_err(given_up)?;
                let given = JsFuture::from(limit.first(&promise)).await;
                limit.clear();
                if let Some(loss) = fetch::ended(&limit, told) {
                    return Err(given_up(loss));
                }
                let (credentials, changed) = source.take(given, &self.cause)?;
                if changed {
                    self.known.client.forget_keys();
                }
                Ok(credentials)
            }
        }
    }

    fn renew(&self) -> bool {
        self.known.client.forget_keys();
        self.known.credentials.renew()
    }

    async fn send(&self, request: &Request<'_>) -> Result<Reply, Loss> {
        match self.wanted.transport.send(request, &self.given.get()).await {
            Ok(reply) => {
                self.body.set(reply.text.clone().into());
                Ok(reply)
            }
            Err((loss, cause)) => {
                self.cause.set(cause);
                Err(loss)
            }
        }
    }

    fn backoff(&self, retry: u32, error: &Error) -> Option<Option<f64>> {
        let own = self.known.backoff.as_ref()?;
        let error = to_js(error, Some(&self.known.client), &JsValue::UNDEFINED);
        let delay = own.call2(&JsValue::UNDEFINED, &retry.into(), &error).ok().and_then(|delay| delay.as_f64());
        Some(delay.filter(|ms| *ms >= 0.0))
    }
}
