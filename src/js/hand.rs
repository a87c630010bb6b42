//! What a client and a call have of JavaScript's, as the core sees it: `js/hand.js`.

use alloc::string::String;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::RequestInit;

#[wasm_bindgen(module = "/js/hand.js")]
extern "C" {
    /// One for each client, one for each call. Nothing throws.
    #[derive(Clone)]
    pub type Hand;
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue, sections: &str, params: &JsValue, client: Option<&Hand>) -> Hand;
    #[wasm_bindgen(method, structural, indexing_getter)]
    fn text_at(this: &Hand, what: u8) -> Option<String>;
    #[wasm_bindgen(method, structural, indexing_getter)]
    fn number_at(this: &Hand, what: u8) -> f64;
    #[wasm_bindgen(method)]
    pub fn warn(this: &Hand, sentence: &str);
    #[wasm_bindgen(method)]
    pub fn log(this: &Hand, line: &str);
    #[wasm_bindgen(method)]
    pub fn rule(this: &Hand, retry: u32, error: &str) -> f64;
    #[wasm_bindgen(method)]
    pub fn expire(this: &Hand) -> bool;
    #[wasm_bindgen(method)]
    pub fn header(this: &Hand, name: &str) -> Option<String>;

    // What a step leaves behind: what is to be waited for, the result, or the error.
    #[wasm_bindgen(method)]
    pub fn lead(this: &Hand, exports: &JsValue, place: usize, call: u32) -> Promise;
    #[wasm_bindgen(method)]
    pub fn pause(this: &Hand, ms: f64, asks: bool);
    /// The value of a JSON text: the options of `fetch`, or the result.
    #[wasm_bindgen(method)]
    pub fn parsed(this: &Hand, json: &str) -> RequestInit;
    /// By what a request is sent: 1 the application's own `fetch`, 2 that of the environment, 0 neither.
    #[wasm_bindgen(method)]
    pub fn open(this: &Hand, init: &RequestInit, given: bool, ms: f64) -> u8;
    #[wasm_bindgen(method)]
    pub fn own(this: &Hand, url: &str, init: &RequestInit) -> JsValue;
    /// What was sent, and how many bytes its answer may have.
    #[wasm_bindgen(method)]
    pub fn sent(this: &Hand, answer: &JsValue, most: u32);
    #[wasm_bindgen(method)]
    pub fn finish(
        this: &Hand,
        json: &str,
        dates: &str,
        status: u16,
        request_id: Option<&str>,
        attempts: u32,
        total_delay: f64,
    ) -> bool;
    #[wasm_bindgen(method)]
    pub fn fail(this: &Hand, error: &str);
}

/// What it is asked for, by number; js/what.js has the same numbers.
#[derive(Debug, Clone, Copy)]
pub enum What {
    /// The options, as `crate::js::options::read` takes them.
    Lines,
    /// The text of the parameters; none if they cannot be read. Neither if the signal is aborted, when nothing was thrown.
    Given,
    /// What was thrown last says so.
    Thrown,
    /// What is wrong with the answer as JSON.
    Broken,
    Body,
    Reason,
    /// The parameters that all calls have.
    Bound,
    KeyId,
    Secret,
    Token,
    /// From here on numbers: of what kind the credentials are.
    Kind,
    Expires,
    Logs,
    Status,
    /// Whether the application has a rule of its own for delays.
    Rules,
}

impl Hand {
    /// A text, if there is one.
    #[inline(never)]
    pub fn get(&self, what: What) -> Option<String> {
        self.text_at(what as u8)
    }

    /// A text; empty if there is none.
    #[inline(never)]
    pub fn text(&self, what: What) -> String {
        self.get(what).unwrap_or_default()
    }

    /// A number; not one if there is none.
    #[inline(never)]
    pub fn number(&self, what: What) -> f64 {
        self.number_at(what as u8)
    }
}

#[wasm_bindgen]
extern "C" {
    /// The number that is written so.
    #[wasm_bindgen(js_name = Number)]
    pub fn number_of(text: &str) -> f64;
}

// wasm-bindgen copies the files that it is told of; these are what js/hand.js imports.
#[wasm_bindgen(module = "/js/errors.js")]
extern "C" {
    #[allow(dead_code)]
    type Errors;
}
#[wasm_bindgen(module = "/js/params.js")]
extern "C" {
    #[allow(dead_code)]
    type Params;
}
#[wasm_bindgen(module = "/js/result.js")]
extern "C" {
    #[allow(dead_code)]
    type Results;
}
#[wasm_bindgen(module = "/js/what.js")]
extern "C" {
    #[allow(dead_code)]
    type Whats;
}
#[wasm_bindgen(module = "/js/transport.js")]
extern "C" {
    #[allow(dead_code)]
    type Limit;
}
