//! The transport: one `fetch` and the body of its answer, within the time of the attempt.

use alloc::string::String;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::RequestInit;

use super::hand::{Hand, What};
use crate::http::{self, Body, Loss, Request, MOST};
use crate::json::quote;
use crate::text::copy;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn fetch(url: &str, init: &RequestInit) -> Result<JsValue, JsValue>;
}

/// An answer of `fetch` whose body is read.
pub struct Reply<'h> {
    hand: &'h Hand,
    status: u16,
    body: String,
}

impl<'h> Reply<'h> {
    /// The latest answer of a call.
    pub fn of(hand: &'h Hand) -> Self {
        // What is no status becomes none here.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let status = hand.number(What::Status) as u16;
        Reply { hand, status, body: hand.text(What::Body) }
    }
}

impl http::Answer for Reply<'_> {
    fn status(&self) -> u16 {
        self.status
    }

    fn reason(&self) -> String {
        self.hand.text(What::Reason)
    }

    fn header(&self, name: &str) -> Option<String> {
        self.hand.header(name)
    }

    fn body(&self) -> &str {
        &self.body
    }
}

/// Sends a request. With `given` a body that is the text of the parameters is taken from where JavaScript has it.
#[inline(never)]
pub fn send(hand: &Hand, request: &Request<'_>, given: bool, with_credentials: bool) {
    let init = hand.parsed(&init(request, with_credentials));
    let mut own = false;
    match request.body {
        Some(Body::Params(_)) if given => own = true,
        Some(body) => init.set_body(&JsValue::from_str(body.text())),
        None => {}
    }
    let answer = match hand.open(&init, own, request.timeout.unwrap_or(f64::INFINITY)) {
        0 => return,
        1 => hand.own(&request.url, &init),
        _ => fetch(&request.url, &init).unwrap_or_else(|thrown| Promise::reject(&thrown).into()),
    };
    hand.sent(&answer, MOST);
}

/// Why there is no answer: how the wait ended (`js/transport.js`; 5 and 6 in `js/hand.js`), the time there was.
#[inline(never)]
pub fn lost(hand: &Hand, end: u32, ms: f64) -> Loss {
    match end {
        1 => Loss::Timeout(ms),
        2 => Loss::Aborted,
        4 => Loss::TooLong,
        5 => Loss::Unusable(copy(
            "This environment has no AbortController or no timers, which timeouts and signals need",
        )),
        6 => Loss::Unusable(copy("This environment has no fetch: give the client one by the option `fetch`")),
        _ => Loss::Network(hand.text(What::Thrown)),
    }
}

/// The `RequestInit` as one JSON text: a crossing in place of one for each header.
fn init(request: &Request<'_>, with_credentials: bool) -> String {
    let mut json = copy("{\"method\":\"");
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
