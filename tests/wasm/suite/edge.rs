//! The exported class as tests call it, and JavaScript values as tests write them.

use std::cell::Cell;

use ivs_wasm::js::exports::Core;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/tests/wasm/doubles.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn evaluate(expression: &str) -> Result<JsValue, JsValue>;
    pub fn answering(answers: &JsValue) -> JsValue;
    pub fn hanging() -> JsValue;
    pub fn deaf() -> JsValue;
    pub fn dripping(ms: f64) -> JsValue;
    pub fn streaming(chunks: &JsValue) -> JsValue;
    pub fn doing(answer: &JsValue) -> JsValue;
}

/// An ARN that is well-formed.
pub const ARN: &str = "arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh";

/// The value of a JavaScript expression.
pub fn js(expression: &str) -> JsValue {
    evaluate(expression).expect(expression)
}

/// The value that a JavaScript function gives for an argument.
pub fn apply(function: &str, argument: &JsValue) -> JsValue {
    js(function).unchecked_into::<Function>().call1(&JsValue::UNDEFINED, argument).expect(function)
}

/// A member by its path: `errors.0.code`.
pub fn at(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, key| Reflect::get(&value, &key.into()).unwrap_or(JsValue::UNDEFINED))
}

/// A member that is a string.
pub fn text(value: &JsValue, path: &str) -> String {
    at(value, path).as_string().unwrap_or_else(|| panic!("{path} is not a string but {:?}", at(value, path)))
}

/// A member that is a number.
pub fn number(value: &JsValue, path: &str) -> f64 {
    at(value, path).as_f64().unwrap_or_else(|| panic!("{path} is not a number but {:?}", at(value, path)))
}

/// A fetch that answers every call with this status and body.
pub fn answer(status: u16, body: &str) -> JsValue {
    let answers = js("[{}]");
    Reflect::set(&at(&answers, "0"), &"status".into(), &status.into()).unwrap();
    Reflect::set(&at(&answers, "0"), &"body".into(), &body.into()).unwrap();
    answering(&answers)
}

/// A fetch that answers one call after another: a JavaScript array of `{ status, body, headers }`.
pub fn answers(list: &str) -> JsValue {
    answering(&js(list))
}

/// How often a fetch was called.
pub fn calls(fetch: &JsValue) -> u32 {
    at(fetch, "calls").unchecked_into::<Array>().length()
}

/// The body of the first request that a fetch was given.
pub fn body(fetch: &JsValue) -> String {
    text(fetch, "calls.0.body")
}

/// A client with this fetch, valid credentials and the options of a JavaScript object.
pub fn client(fetch: &JsValue, options: &str) -> JsValue {
    let known =
        "{ region: 'us-west-2', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-real-key' } }";
    bare_client(&apply(&["(fetch) => ({ fetch, ...", known, ", ...", options, " })"].concat(), fetch))
}

/// A client with just these options.
pub fn bare_client(options: &JsValue) -> JsValue {
    thread_local!(static CLIENTS: Cell<u32> = const { Cell::new(1_000_000) });
    let id = CLIENTS.replace(CLIENTS.get() + 1);
    let client = Object::new();
    Reflect::set(&client, &"id".into(), &id.into()).unwrap();
    Reflect::set(&client, &"options".into(), options).unwrap();
    client.into()
}

/// An operation of the class.
pub type Method = fn(JsValue, JsValue, JsValue) -> Promise;

/// What a promise is resolved with.
pub async fn success(promise: Promise) -> JsValue {
    JsFuture::from(promise).await.unwrap_or_else(|error| panic!("rejected: {} {:?}", text(&error, "code"), error))
}

/// What a promise is rejected with.
pub async fn failure(promise: Promise) -> JsValue {
    match JsFuture::from(promise).await {
        Ok(data) => panic!("resolved with {data:?}"),
        Err(error) => error,
    }
}

/// The code that a promise is rejected with.
pub async fn code(promise: Promise) -> String {
    text(&failure(promise).await, "code")
}

/// Calls an operation without options of its own.
pub fn call(method: Method, client: &JsValue, params: &JsValue) -> Promise {
    method(client.clone(), params.clone(), JsValue::UNDEFINED)
}

/// Calls an operation with a client that answers `{}`, and gives what was sent as the body.
pub async fn sent(method: Method, params: &JsValue) -> String {
    let fetch = answer(200, "{}");
    success(call(method, &client(&fetch, "{}"), params)).await;
    body(&fetch)
}

/// Calls an operation that must fail before anything is sent, and gives its error.
pub async fn refused(method: Method, params: &JsValue) -> JsValue {
    let fetch = answer(200, "{}");
    let error = failure(call(method, &client(&fetch, "{}"), params)).await;
    assert_eq!(calls(&fetch), 0, "nothing is sent");
    error
}

/// `getChannel` with a valid ARN.
pub fn get_channel(client: &JsValue, options: &str) -> Promise {
    Core::get_channel(client.clone(), js(&["{ arn: '", ARN, "' }"].concat()), js(options))
}

/// Waits so many milliseconds.
pub async fn pause(ms: f64) {
    let wait = apply("(ms) => new Promise((resolve) => setTimeout(resolve, ms))", &ms.into());
    success(wait.unchecked_into()).await;
}

/// Milliseconds on a clock that only goes forward.
pub fn clock() -> f64 {
    js("performance.now()").as_f64().unwrap()
}
