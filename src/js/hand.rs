//! What a client and a call have of JavaScript's, as the core sees it: `js/hand.js`.

use alloc::string::String;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::RequestInit;

#[wasm_bindgen(module = "/js/hand.js")]
extern "C" {
    /// One for each client, one for each call. No method throws.
    #[derive(Clone)]
    pub type Hand;
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue, sections: &str, params: &JsValue, client: Option<&Hand>) -> Hand;
    /// What is a text, by its name.
    #[wasm_bindgen(method, structural, indexing_getter)]
    pub fn get(this: &Hand, name: &str) -> Option<String>;
    /// What is a number, by its name.
    #[wasm_bindgen(method)]
    pub fn number(this: &Hand, name: &str) -> f64;
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
    pub fn lead(this: &Hand, step: &Function, place: usize, call: u32) -> Promise;
    #[wasm_bindgen(method)]
    pub fn pause(this: &Hand, ms: f64, asks: bool);
    #[wasm_bindgen(method)]
    pub fn send(this: &Hand, url: &str, init: &RequestInit, given: bool, ms: f64, most: u32);
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
    pub fn show(this: &Hand, json: &str);
    #[wasm_bindgen(method)]
    pub fn fail(this: &Hand, error: &str);
}

impl Hand {
    /// A text by its name; empty if there is none.
    #[inline(never)]
    pub fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default()
    }

    /// Whether something is so.
    pub fn has(&self, name: &str) -> bool {
        self.number(name) > 0.0
    }
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
#[wasm_bindgen(module = "/js/transport.js")]
extern "C" {
    #[allow(dead_code)]
    type Limit;
}
