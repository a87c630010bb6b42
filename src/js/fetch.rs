//! The transport: one `fetch` and the body of its answer, within the time of the attempt.

use alloc::string::String;

use js_sys::{Function, JsString, Promise, JSON};
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, RequestInit};

use super::error::words;
use super::options::text;
use crate::http::{self, Body, Loss, Request, MOST};
use crate::json::quote;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(url: &str, init: &RequestInit) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/js/transport.js")]
extern "C" {
    // It never throws; but without `catch` the wasm would import it past the glue, which is all that the loader provides.
    #[wasm_bindgen(catch)]
    fn sends() -> Result<JsValue, JsValue>;

    /// What can end an attempt or a wait from outside: a time, a signal.
    pub type Limit;
    #[wasm_bindgen(catch, constructor)]
    fn new(ms: Option<f64>, signal: Option<&AbortSignal>, controlled: bool) -> Result<Limit, JsValue>;
    #[wasm_bindgen(method, getter, structural)]
    fn signal(this: &Limit) -> JsValue;
    /// The [`Outcome`] of a promise; without one, of the limit itself. Never rejected.
    #[wasm_bindgen(method)]
    pub fn until(this: &Limit, promise: &JsValue, most: u32) -> Promise;

    /// How a wait ended.
    pub type Outcome;
    #[wasm_bindgen(method, getter, structural)]
    pub fn end(this: &Outcome) -> u32;
    #[wasm_bindgen(method, getter, structural)]
    pub fn value(this: &Outcome) -> JsValue;

    type Answer;
    #[wasm_bindgen(method, getter, structural)]
    fn status(this: &Answer) -> u16;
    #[wasm_bindgen(method, getter, structural)]
    fn text(this: &Answer) -> JsString;
    #[wasm_bindgen(method)]
    fn header(this: &Answer, name: &str) -> Option<String>;
}

/// An answer of `fetch` whose body is read.
pub struct Reply {
    answer: Answer,
    body: String,
}

impl Reply {
    pub fn new(answer: JsValue) -> Self {
        let answer: Answer = answer.unchecked_into();
        Reply { body: String::from(&answer.text()), answer }
    }

    /// The body as JavaScript has it.
    pub fn text(&self) -> JsString {
        self.answer.text()
    }
}

impl http::Answer for Reply {
    fn status(&self) -> u16 {
        self.answer.status()
    }

    fn reason(&self) -> String {
        text(&self.answer, "reason")
    }

    fn header(&self, name: &str) -> Option<String> {
        self.answer.header(name)
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

impl Transport {
    /// A limit of time, if any, and of the signal, if any. With `controlled` an `AbortController` follows.
    #[inline(never)]
    pub fn limit(&self, ms: Option<f64>, controlled: bool) -> Result<Limit, Loss> {
        Limit::new(ms, self.signal.as_ref(), controlled).map_err(|_| {
            Loss::Unusable(
                "This environment has no AbortController or no timers, which calls with a timeout or a signal need"
                    .into(),
            )
        })
    }

    /// Sends a request: a Promise of an [`Outcome`]. `given` is the text of the parameters as JavaScript has it, for
    /// bodies that are just that.
    #[inline(never)]
    pub fn send(&self, request: &Request<'_>, given: &JsValue) -> Result<Promise, Loss> {
        let limit = self.limit(request.timeout, true)?;
        let answer = self.start(request, given, &limit.signal());
        if answer.is_err() && self.fetch.is_none() && !sends().is_ok_and(|sends| sends.is_truthy()) {
            // Ends the limit, too.
            let _ = limit.until(&Promise::resolve(&JsValue::UNDEFINED), 0);
            let text = "This environment has no fetch: give the client one by the option `fetch`";
            return Err(Loss::Unusable(text.into()));
        }
        let answer = answer.unwrap_or_else(|thrown| Promise::reject(&thrown).into());
        Ok(limit.until(&answer, MOST))
    }

    fn start(&self, request: &Request<'_>, given: &JsValue, signal: &JsValue) -> Result<JsValue, JsValue> {
        let init: RequestInit = JSON::parse(&init(request, self.with_credentials))?.unchecked_into();
        match request.body {
            Some(Body::Params(_)) if given.is_string() => init.set_body(given),
            Some(body) => init.set_body(&JsValue::from_str(body.text())),
            None => {}
        }
        if signal.is_object() {
            init.set_signal(Some(signal.unchecked_ref()));
        }
        match &self.fetch {
            None => global_fetch(&request.url, &init),
            Some(fetch) => fetch.call2(&JsValue::UNDEFINED, &JsValue::from_str(&request.url), &init),
        }
    }
}

/// Why there is no answer: `end` is that of an [`Outcome`], `ms` the time there was.
pub fn lost(end: u32, ms: Option<f64>, thrown: &JsValue) -> Loss {
    match end {
        1 => Loss::Timeout(ms.unwrap_or(0.0)),
        2 => Loss::Aborted,
        4 => Loss::TooLong,
        _ => Loss::Network(words(thrown)),
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
#[inline(never)]
pub fn push_headers(json: &mut String, request: &Request<'_>) {
    let mut separator = "{";
    for header in &request.headers {
        json.push_str(separator);
        quote(json, header.name);
        json.push_str(":");
        quote(json, &header.value);
        separator = ",";
    }
    json.push_str("}");
}
