//! The exported class. All its methods are static: the instance of the wasm is the instance of the service.

use alloc::string::String;

use js_sys::{JsString, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::error as rejection;
use super::fetch::Reply;
use super::host::{self, Browser};
use super::state;
use crate::call::{call, Success};
use crate::error::Error;
use crate::http::Answer;
use crate::model::ivs::SERVICE;
use crate::page::paging;
use crate::params::Params;
use crate::text::join;

#[wasm_bindgen]
extern "C" {
    /// A client as JavaScript keeps it: a number of its own and the options as they were given.
    pub type Client;
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn id(this: &Client) -> u32;
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn options(this: &Client) -> JsValue;
}

#[wasm_bindgen(module = "/js/result.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn finish(
        json: &JsString,
        dates: &str,
        status: u16,
        request_id: Option<String>,
        attempts: u32,
        total_delay: f64,
    ) -> Result<JsValue, JsValue>;
}

/// The service: its operations as methods that take a client, parameters and options, and return Promises.
#[wasm_bindgen(js_name = IVS)]
#[derive(Debug)]
pub struct Core;

#[wasm_bindgen(js_class = IVS)]
impl Core {
    /// Signs a request without sending it: a Promise of `{ url, method, headers, body }`.
    pub fn sign(client: JsValue, operation: &str, params: JsValue) -> Promise {
        match SERVICE.find(operation) {
            Some(operation) => start(operation.index, client, params, None),
            None => Promise::reject(&rejection::unknown_operation(operation)),
        }
    }

    /// How an operation is paged: input token, output token, limit and result, separated by spaces; empty if it is not.
    pub fn paging(operation: &str) -> String {
        SERVICE.find(operation).and_then(|operation| paging(&operation)).map_or(String::new(), |paging| {
            join(&[paging.input_token, " ", paging.output_token, " ", paging.limit_key, " ", paging.result_key])
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
    future_to_promise(run(index, client.unchecked_into(), host::text_of(&params), options))
}

async fn run(
    index: usize,
    client: Client,
    params: Result<JsString, JsValue>,
    options: Option<JsValue>,
) -> Result<JsValue, JsValue> {
    let known = state::known(&client);
    let operation = SERVICE.operation(index).ok_or(JsValue::UNDEFINED)?;
    let host = Browser::new(&known, options.as_ref());
    let given = host.begin(&operation, params).map_err(|error| host.rejection(error))?;
    let params = Params::new(&given);
    if options.is_none() {
        return host.signed(&operation, params).await.map_err(|error| host.rejection(error));
    }
    let outcome = call(&host, &known.client, &operation, params, host.wishes()).await;
    let (status, attempts) = match &outcome {
        Ok(success) => (Some(success.answer.status()), success.attempts),
        Err(error) => (error.status, error.attempts),
    };
    host.log(&operation, params, status, attempts);
    match outcome {
        Ok(success) => {
            let dates = if known.client.config.convert { operation.timestamps } else { "" };
            result(dates, success).map_err(|error| host.rejection(error))
        }
        Err(error) => Err(host.rejection(error)),
    }
}

#[inline(never)]
fn result(dates: &str, success: Success<Reply>) -> Result<JsValue, Error> {
    let Success { answer, data, request_id, attempts, total_delay } = success;
    let json = data.map_or_else(|| answer.text.clone(), JsString::from);
    // Only an answer that is not converted can fail here: nobody has looked into it yet.
    finish(&json, dates, answer.status(), request_id.clone(), attempts, total_delay).map_err(|_| {
        let mut error = Error::new("SyntaxError", "The answer is not JSON");
        error.status = Some(answer.status());
        error.request_id = request_id;
        error.attempts = attempts;
        error.total_delay = total_delay;
        error
    })
}
