//! The world of a call in JavaScript: clock, randomness, timers, credentials and fetch.

use alloc::rc::Rc;
use alloc::string::String;
use core::cell::RefCell;

use js_sys::{Date, JsString, Math, JSON};
use wasm_bindgen::prelude::*;

use super::config::{Known, Wanted};
use super::error::{to_js, words};
use super::fetch::{self, Reply};
use super::timer::Limit;
use crate::call::{Host, Prepared, Wishes};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::http::{Loss, Request};
use crate::json::quote;
use crate::model::Operation;
use crate::params;

#[wasm_bindgen(module = "/js/params.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn text(params: &JsValue) -> Result<JsString, JsValue>;
}

/// The host of one call.
pub struct Browser<'k> {
    known: &'k Known,
    wanted: Wanted,
    deadline: Option<i64>,
    /// The text of the parameters as JavaScript has it.
    given: RefCell<JsValue>,
    /// What was thrown last by a transport, a provider or a parameter.
    cause: RefCell<JsValue>,
    /// The latest answer's body.
    body: RefCell<JsValue>,
}

/// The clock in whole milliseconds.
fn now() -> i64 {
    // Date.now() is a whole number below 2^53.
    #[allow(clippy::cast_possible_truncation)]
    let now = Date::now() as i64;
    now
}

impl<'k> Browser<'k> {
    pub fn new(known: &'k Known, wanted: Wanted) -> Self {
        // A timeout is at most 2^53.
        #[allow(clippy::cast_possible_truncation)]
        let deadline = wanted.timeout.map(|ms| now() + ms as i64);
        Browser {
            known,
            wanted,
            deadline,
            given: RefCell::new(JsValue::UNDEFINED),
            cause: RefCell::new(JsValue::UNDEFINED),
            body: RefCell::new(JsValue::UNDEFINED),
        }
    }

    /// Takes the parameters over, unless the call is not to be made at all.
    pub fn begin(&self, operation: &Operation, params: &JsValue) -> Result<String, Error> {
        if let Some(problem) = &self.wanted.problem {
            return Err(Error::new("ConfigError", problem.clone()));
        }
        if self.wanted.signal.as_ref().is_some_and(web_sys::AbortSignal::aborted) {
            return Err(Error {
                retryable: Some(false),
                ..Error::new("RequestAbortedError", "Request aborted by user")
            });
        }
        let text = self.params(params)?;
        match params::bind(operation, &text, &self.known.bound) {
            Some(bound) => {
                // The text that JavaScript has is not the body any more.
                *self.given.borrow_mut() = JsValue::UNDEFINED;
                Ok(bound)
            }
            None => Ok(text),
        }
    }

    fn params(&self, params: &JsValue) -> Result<String, Error> {
        let given = text(params).map_err(|thrown| {
            let message = ["Expected params to be readable, but reading them failed: ", &words(&thrown)].concat();
            *self.cause.borrow_mut() = thrown;
            Error::new("InvalidParameterType", message)
        })?;
        let text = String::from(&given);
        // Only a text without a mark can be the body as it stands.
        *self.given.borrow_mut() = if text.starts_with('{') { given.into() } else { JsValue::UNDEFINED };
        Ok(text)
    }

    pub fn wishes(&self) -> Wishes {
        Wishes { deadline: self.deadline, attempts: self.wanted.attempts }
    }

    /// A signed request as a plain object.
    pub async fn signed(&self, operation: &Operation, prepared: &Prepared<'_>) -> Result<JsValue, Error> {
        let credentials = self.credentials().await?;
        let request = self.known.client.request(operation, prepared, Some(&credentials), now())?;
        let mut json = String::from("{\"url\":");
        quote(&mut json, &request.url);
        json.push_str(",\"method\":");
        quote(&mut json, request.method);
        json.push_str(",\"headers\":");
        fetch::push_headers(&mut json, &request);
        if let Some(body) = request.body {
            json.push_str(",\"body\":");
            quote(&mut json, body.text());
        }
        json.push('}');
        JSON::parse(&json).map_err(|_| Error::new("InternalError", "The request could not be shown"))
    }

    /// What the caller's promise is rejected with.
    pub fn rejection(&self, mut error: Error) -> JsValue {
        if error.code == "SyntaxError" {
            // The engine's own words say best where JSON is broken.
            if let Err(thrown) = JSON::parse(&self.body.borrow().as_string().unwrap_or_default()) {
                error.message = words(&thrown);
            }
        }
        to_js(&error, Some(&self.known.client), &self.cause.borrow())
    }
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
        match Limit::new(Some(ms), self.wanted.signal.as_ref(), false)?.reached().await {
            Loss::Timeout(_) => Ok(()),
            loss => Err(loss),
        }
    }

    async fn credentials(&self) -> Result<Rc<Credentials>, Error> {
        self.known.credentials.get(Date::now(), &self.cause).await
    }

    fn renew(&self) -> bool {
        self.known.credentials.renew()
    }

    async fn send(&self, request: &Request<'_>) -> Result<Reply, Loss> {
        let limit = Limit::new(request.timeout, self.wanted.signal.as_ref(), true)?;
        let given = self.given.borrow().clone();
        match fetch::send(self.wanted.fetch.as_ref(), request, &given, self.known.with_credentials, &limit).await {
            Ok(reply) => {
                *self.body.borrow_mut() = reply.handle();
                Ok(reply)
            }
            Err((loss, cause)) => {
                *self.cause.borrow_mut() = cause;
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
