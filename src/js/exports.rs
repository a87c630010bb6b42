//! The exported class. One instance serves all clients of a page or Worker; it holds caches of values, nothing that
//! belongs to a call.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::config::{self, Known};
use super::error;
use super::host::Browser;
use crate::call::{call, Success};
use crate::http::Answer;
use crate::model::ivs::SERVICE;
use crate::model::Operation;
use crate::page::paging;
use crate::params::Params;
use crate::sign::KeyCache;

/// So many clients are kept parsed; an older one is parsed anew from its options when it is used again.
const KEPT: usize = 64;

#[wasm_bindgen]
extern "C" {
    /// A client as JavaScript keeps it: a number of its own and the options as they were given.
    pub type Client;
    #[wasm_bindgen(method, getter, structural)]
    fn id(this: &Client) -> u32;
    #[wasm_bindgen(method, getter, structural)]
    fn options(this: &Client) -> JsValue;
}

#[wasm_bindgen(module = "/js/result.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn finish(
        json: &JsValue,
        dates: &str,
        status: u16,
        request_id: Option<String>,
        attempts: u32,
        total_delay: f64,
    ) -> Result<JsValue, JsValue>;
}

/// What is kept between calls.
struct State {
    clients: RefCell<Vec<(u32, Rc<Known>)>>,
    keys: Rc<RefCell<KeyCache>>,
}

impl State {
    fn known(&self, client: &Client) -> Rc<Known> {
        let id = client.id();
        let mut clients = self.clients.borrow_mut();
        if let Some((_, known)) = clients.iter().find(|(of, _)| *of == id) {
            return known.clone();
        }
        let known = Rc::new(config::read(&client.options(), self.keys.clone()));
        clients.truncate(KEPT - 1);
        clients.insert(0, (id, known.clone()));
        known
    }
}

/// The service: its operations as methods that take a client, parameters and options, and return Promises.
#[wasm_bindgen(js_name = IVS)]
pub struct Core {
    state: Rc<State>,
}

#[wasm_bindgen(js_class = IVS)]
impl Core {
    /// An instance with empty caches.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Core {
        Core { state: Rc::new(State { clients: RefCell::default(), keys: Rc::default() }) }
    }

    /// Signs a request without sending it: a Promise of `{ url, method, headers, body }`.
    pub fn sign(&self, client: Client, operation: &str, params: JsValue) -> Promise {
        let state = self.state.clone();
        let found = SERVICE.find(operation);
        let name = String::from(operation);
        future_to_promise(async move {
            let known = state.known(&client);
            let host = Browser::new(&known, config::Wanted::default());
            let operation = found.ok_or_else(|| error::unknown_operation(&name))?;
            let signed = async {
                let given = host.begin(&operation, &params)?;
                let params = Params::new(&given);
                let prepared = known.client.prepare(&operation, params)?;
                host.signed(&operation, &prepared).await
            };
            signed.await.map_err(|error| host.rejection(error))
        })
    }

    /// How an operation is paged: input token, output token, limit and result, separated by spaces; empty if it is not.
    pub fn paging(&self, operation: &str) -> String {
        SERVICE.find(operation).and_then(|operation| paging(&operation)).map_or(String::new(), |paging| {
            [paging.input_token, paging.output_token, paging.limit_key, paging.result_key].join(" ")
        })
    }

    /// Forgets all keys and parsed clients.
    pub fn clear(&self) {
        self.state.clients.borrow_mut().clear();
        self.state.keys.borrow_mut().clear();
    }
}

impl Core {
    /// Starts operation number `index`.
    pub(super) fn start(&self, index: usize, client: Client, params: JsValue, options: JsValue) -> Promise {
        let state = self.state.clone();
        future_to_promise(async move {
            let known = state.known(&client);
            let operation = SERVICE.operation(index).ok_or_else(|| error::unknown_operation(""))?;
            run(&known, &operation, &params, &options).await
        })
    }
}

async fn run(known: &Known, operation: &Operation, params: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let wanted = known.wanted(options);
    let host = Browser::new(known, wanted);
    let outcome = match host.begin(operation, params) {
        Ok(given) => call(&host, &known.client, operation, Params::new(&given), host.wishes()).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(success) => result(operation, success),
        Err(error) => Err(host.rejection(error)),
    }
}

#[inline(never)]
fn result(operation: &Operation, success: Success<super::fetch::Reply>) -> Result<JsValue, JsValue> {
    let Success { answer, data, request_id, attempts, total_delay } = success;
    let json = data.map_or_else(|| answer.text(), JsValue::from);
    finish(&json, operation.timestamps, answer.status(), request_id, attempts, total_delay)
}
