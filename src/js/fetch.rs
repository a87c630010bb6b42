//! The transport: one `fetch` and the body of its answer, within the time of the attempt.

use alloc::string::String;

use js_sys::{Function, JsString, Promise, JSON};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, Response};

use super::error::words;
use super::options::get;
use crate::http::{Answer, Body, Loss, Request, MOST};
use crate::json::quote;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(url: &str, init: &RequestInit) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/js/transport.js")]
extern "C" {
    /// What can end an attempt or a wait from outside: a time, a signal.
    pub type Limit;
    #[wasm_bindgen(catch, constructor)]
    fn new(ms: Option<f64>, signal: Option<&AbortSignal>, controlled: bool) -> Result<Limit, JsValue>;
    #[wasm_bindgen(method, getter, structural)]
    fn end(this: &Limit) -> u32;
    #[wasm_bindgen(method, getter, structural)]
    pub fn over(this: &Limit) -> Promise;
    #[wasm_bindgen(method, getter, structural)]
    fn signal(this: &Limit) -> JsValue;
    #[wasm_bindgen(method)]
    pub fn clear(this: &Limit);
    #[wasm_bindgen(method)]
    pub fn first(this: &Limit, promise: &Promise) -> Promise;
    #[wasm_bindgen(method)]
    fn answer(this: &Limit, response: &JsValue, most: u32) -> Promise;

    type Answered;
    #[wasm_bindgen(method, getter, structural)]
    fn response(this: &Answered) -> Response;
    #[wasm_bindgen(method, getter, structural)]
    fn text(this: &Answered) -> Option<JsString>;
}

/// An answer of `fetch` whose body is read.
pub struct Reply {
    response: Response,
    body: String,
    /// The body as JavaScript has it.
    pub text: JsString,
}

impl Answer for Reply {
    fn status(&self) -> u16 {
        self.response.status()
    }

    fn reason(&self) -> String {
        self.response.status_text()
    }

    fn header(&self, name: &str) -> Option<String> {
        self.response.headers().get(name).ok().flatten()
    }

    fn body(&self) -> &str {
        &self.body
    }
}

/// How a request goes out.
#[derive(Clone, Default)]
pub struct Transport {
    /// In place of the global `fetch`.
    pub fetch: Option<Function>,
    /// What ends the call.
    pub signal: Option<AbortSignal>,
    /// Whether browsers send cookies.
    pub with_credentials: bool,
}

/// A limit of time, if any, and of a signal, if any. With `controlled` an `AbortController` follows.
#[inline(never)]
pub fn limit(ms: Option<f64>, signal: Option<&AbortSignal>, controlled: bool) -> Result<Limit, Loss> {
    Limit::new(ms, signal, controlled).map_err(|_| {
        Loss::Unusable(
            "This environment has no AbortController or no timers, which calls with a timeout or a signal need".into(),
        )
    })
}

impl Transport {
    /// Sends a request. `given` is the text of the parameters as JavaScript has it, for bodies that are just that.
    pub async fn send(&self, request: &Request<'_>, given: &JsValue) -> Result<Reply, (Loss, JsValue)> {
        let limit = limit(request.timeout, self.signal.as_ref(), true).map_err(|loss| (loss, JsValue::UNDEFINED))?;
        let outcome = match self.start(request, given, &limit) {
            Ok(answer) => JsFuture::from(answer).await,
            Err(_) if self.fetch.is_none() && !get(&js_sys::global(), "fetch").is_function() => {
                limit.clear();
                let text = "This environment has no fetch: give the client one by the option `fetch`";
                return Err((Loss::Unusable(text.into()), JsValue::UNDEFINED));
            }
            Err(thrown) => Err(thrown),
        };
        settled(outcome, &limit, request.timeout)
    }

    #[inline(never)]
    fn start(&self, request: &Request<'_>, given: &JsValue, limit: &Limit) -> Result<Promise, JsValue> {
        let init: RequestInit = JSON::parse(&init(request, self.with_credentials))?.unchecked_into();
        match request.body {
            Some(Body::Params(_)) if given.is_string() => init.set_body(given),
            Some(body) => init.set_body(&JsValue::from_str(body.text())),
            None => {}
        }
        let signal = limit.signal();
        if !signal.is_undefined() {
            init.set_signal(Some(signal.unchecked_ref()));
        }
        let answer = match &self.fetch {
            None => global_fetch(&request.url, &init)?,
            Some(fetch) => fetch.call2(&JsValue::UNDEFINED, &JsValue::from_str(&request.url), &init)?,
        };
        Ok(limit.answer(&answer, MOST))
    }
}

#[inline(never)]
fn settled(outcome: Result<JsValue, JsValue>, limit: &Limit, ms: Option<f64>) -> Result<Reply, (Loss, JsValue)> {
    limit.clear();
    match outcome {
        Ok(answered) => {
            let answered: Answered = answered.unchecked_into();
            let text = answered.text().ok_or((Loss::TooLong, JsValue::UNDEFINED))?;
            Ok(Reply { response: answered.response(), body: String::from(&text), text })
        }
        // An aborted transport fails on its own account; the reason is ours.
        Err(thrown) => Err(match ended(limit, ms) {
            Some(loss) => (loss, JsValue::UNDEFINED),
            None => (Loss::Network(words(&thrown)), thrown),
        }),
    }
}

/// Why a limit is over; nothing if it is not.
pub fn ended(limit: &Limit, ms: Option<f64>) -> Option<Loss> {
    match limit.end() {
        0 => None,
        1 => Some(Loss::Timeout(ms.unwrap_or(0.0))),
        _ => Some(Loss::Aborted),
    }
}

/// The `RequestInit` as one JSON text: a crossing in place of one for each header.
fn init(request: &Request<'_>, with_credentials: bool) -> String {
    let mut json = String::from("{\"method\":\"");
    json.push_str(request.method);
    // A signature holds for one host, so no redirect is followed.
    json.push_str("\",\"redirect\":\"manual\",\"headers\":");
    push_headers(&mut json, request);
    json.push_str(if with_credentials { ",\"credentials\":\"include\"}" } else { "}" });
    json
}

/// The headers as a JSON object.
pub fn push_headers(json: &mut String, request: &Request<'_>) {
    for (i, header) in request.headers.iter().enumerate() {
        json.push_str(if i == 0 { "{" } else { "," });
        quote(json, header.name);
        json.push_str(":");
        quote(json, &header.value);
    }
    json.push_str("}");
}
