//! The exported class. All its methods are static: the instance of the wasm is the instance of the service.

use alloc::string::String;

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::hand::Hand;
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
}

/// The service: its operations as methods that take a client, parameters and options, and return Promises.
#[wasm_bindgen(js_name = IVS)]
#[derive(Debug)]
pub struct Core;

#[wasm_bindgen(js_class = IVS)]
impl Core {
    /// Signs a request of operation number `index` without sending it: a Promise of `{ url, method, headers, body }`.
    pub fn sign(client: JsValue, index: usize, params: JsValue, options: JsValue) -> Promise {
        start(index, client, params, options, false)
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

/// Starts operation number `index`; unless it is to be sent, it is signed only.
#[inline(never)]
pub(super) fn start(index: usize, client: JsValue, params: JsValue, options: JsValue, sends: bool) -> Promise {
    let known = state::known(client.unchecked_ref());
    let hand = Hand::new(&options, "", &params, Some(&known.hand));
    calls::start(index, known, &hand, sends)
}
