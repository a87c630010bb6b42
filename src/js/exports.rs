//! The exported class. All its methods are static: the instance of the wasm is the instance of the service.

use alloc::string::String;

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::host::{self, Next, Way};
use super::{calls, state};
use crate::model::ivs::SERVICE;
use crate::page::paging;
use crate::text::say;

#[wasm_bindgen]
extern "C" {
    /// A client as JavaScript keeps it: a number of its own and the options as they were given.
    pub type Client;
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn id(this: &Client) -> u32;
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn options(this: &Client) -> JsValue;
}

/// The service: its operations as methods that take a client, parameters and options, and return Promises.
#[wasm_bindgen(js_name = IVS)]
#[derive(Debug)]
pub struct Core;

#[wasm_bindgen(js_class = IVS)]
impl Core {
    /// Calls operation number `index`, as its own method does (operations.rs). The package calls all by this one: 46 exports take more to
    /// download.
    #[wasm_bindgen(js_name = start)]
    pub fn call(index: usize, client: JsValue, params: JsValue, options: JsValue) -> Promise {
        start(index, client, params, Some(options))
    }

    /// Signs a request of operation number `index` without sending it: a Promise of `{ url, method, headers, body }`.
    pub fn sign(client: JsValue, index: usize, params: JsValue) -> Promise {
        start(index, client, params, None)
    }

    /// How an operation is paged: input token, output token, limit and result, separated by spaces; empty if it is not.
    pub fn paging(operation: &str) -> String {
        SERVICE.find(operation).and_then(|operation| paging(&operation)).map_or(String::new(), |paging| {
            say("~ ~ ~ ~", &[paging.input_token, paging.output_token, paging.limit_key, paging.result_key])
        })
    }

    /// Forgets all keys and parsed clients.
    pub fn clear() {
        state::clear();
    }
}

/// Starts operation number `index`; without options it is signed and not sent.
#[inline(never)]
pub(super) fn start(index: usize, client: JsValue, params: JsValue, options: Option<JsValue>) -> Promise {
    // Read at once: what the caller does with the object afterwards is not part of this call.
    let begun = Way::begin(index, client.unchecked_ref(), host::text_of(&params), options.as_ref());
    match begun.map_or_else(|thrown| Next::Over(Err(thrown)), calls::start) {
        Next::Wait(promise) => promise,
        Next::Over(Ok(result)) => Promise::resolve(&result),
        Next::Over(Err(thrown)) => Promise::reject(&thrown),
    }
}
