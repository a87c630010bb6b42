//! The typed API where it is at home: structures to JavaScript and back, calls by `fetch`.
#![cfg(all(target_arch = "wasm32", feature = "typed"))]

#[path = "support/generator.rs"]
mod generator;
#[macro_use]
#[path = "typed/lists.rs"]
mod lists;

use generator::{Generator, Random};
use ivs_wasm::config::Config;
use ivs_wasm::credentials::Credentials;
use ivs_wasm::error::Error;
use ivs_wasm::typed::*;
use js_sys::{Array, Date, Function, Object, Reflect, JSON};
use serde_json::Value;
use std::future::Future;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[cfg(feature = "browser")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// So many values of every structure.
const ROUNDS: usize = 10;

#[wasm_bindgen(module = "/tests/typed/doubles.js")]
extern "C" {
    /// A `fetch` that records what it is given and answers with a status and a body; -1 never answers.
    fn double(status: i32, body: &str) -> Function;
    /// The latest call of a double: `{ url, method, headers, body, redirect, aborted }`.
    fn latest(double: &Function) -> JsValue;
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).expect("a property")
}

fn client(fetch: &Function, config: Config) -> Client<FetchHost> {
    let credentials = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None);
    Client::new(config, FetchHost::new(credentials).with_fetch(fetch.clone()))
}

fn input() -> GetChannelRequest {
    GetChannelRequest { arn: "arn:aws:ivs:us-west-2:123456789012:channel/abc".into() }
}

#[wasm_bindgen_test]
fn every_structure_goes_to_javascript_and_back() {
    let facts: Value = serde_json::from_str(include_str!("../src/model/ivs.json")).expect("the facts file is JSON");
    let mut generator = Generator { facts: &facts, random: Random::new(7) };
    let mut count = 0;
    macro_rules! check {
        ($name:ident) => {
            for _ in 0..ROUNDS {
                let value: $name = from_json(&generator.value(stringify!($name)).to_string()).expect(stringify!($name));
                let object = to_js(&value).expect(stringify!($name));
                assert_eq!(from_js::<$name>(&object).expect(stringify!($name)), value);
                // What JavaScript sees is what the API has: plain objects, whose JSON is that of the structure.
                let seen: Value = serde_json::from_str(&String::from(JSON::stringify(&object).unwrap())).unwrap();
                let meant: Value = serde_json::from_str(&to_json(&value).unwrap()).unwrap();
                assert_eq!(seen, meant, "{}", stringify!($name));
            }
            count += 1;
        };
    }
    every_structure!(check);
    assert_eq!(count, 120);
}

#[wasm_bindgen_test]
fn dates_are_timestamps() {
    let stream = Object::new();
    Reflect::set(&stream, &"startTime".into(), &Date::new(&1_704_164_645_500.0.into())).unwrap();
    Reflect::set(&stream, &"viewerCount".into(), &3.into()).unwrap();
    Reflect::set(&stream, &"brandNew".into(), &Array::of1(&JsValue::NULL)).unwrap();
    let read: Stream = from_js(&stream).unwrap();
    assert_eq!((read.start_time, read.viewer_count), (Some(Timestamp::from_millis(1_704_164_645_500)), Some(3)));
    assert_eq!(get(&to_js(&read).unwrap(), "startTime").as_string().as_deref(), Some("2024-01-02T03:04:05.500Z"));
    Reflect::set(&stream, &"startTime".into(), &Date::new(&f64::NAN.into())).unwrap();
    assert_eq!(from_js::<Stream>(&stream).unwrap().start_time, None);
}

#[wasm_bindgen_test]
fn what_is_no_structure_is_an_error() {
    for value in [JsValue::from_str("x"), JsValue::UNDEFINED, JsValue::TRUE] {
        assert_eq!(from_js::<Stream>(&value).unwrap_err().code, "InvalidParameterType");
    }
    let round = Object::new();
    Reflect::set(&round, &"x".into(), &round).unwrap();
    assert_eq!(from_js::<Stream>(&round).unwrap_err().code, "InvalidParameterType");
}

#[wasm_bindgen_test]
fn errors_become_errors_of_javascript() {
    let mut error = Error::new("ChannelNotBroadcasting", "not live");
    (error.status, error.retryable) = (Some(404), Some(false));
    let thrown = JsValue::from(error);
    assert!(thrown.is_instance_of::<js_sys::Error>());
    assert_eq!(get(&thrown, "name").as_string().as_deref(), Some("ChannelNotBroadcasting"));
    assert_eq!(get(&thrown, "message").as_string().as_deref(), Some("not live"));
    assert_eq!(get(&thrown, "statusCode").as_f64(), Some(404.0));
    assert!(get(&thrown, "requestId").is_undefined());
}

#[wasm_bindgen_test]
async fn a_call_goes_out_by_fetch_and_its_answer_comes_back() {
    let fetch = double(200, r#"{"channel":{"name":"studio","type":"BRAND_NEW","x":1}}"#);
    let client = client(&fetch, Config::in_region("us-west-2"));
    let channel = client.get_channel(input()).await.unwrap().channel.unwrap();
    assert_eq!(channel.r#type, Some(ChannelType::Other("BRAND_NEW".into())));
    let sent = latest(&fetch);
    assert_eq!(get(&sent, "url").as_string().as_deref(), Some("https://ivs.us-west-2.amazonaws.com/GetChannel"));
    assert_eq!(get(&sent, "method").as_string().as_deref(), Some("POST"));
    assert_eq!(get(&sent, "redirect").as_string().as_deref(), Some("manual"));
    assert_eq!(get(&sent, "body").as_string(), to_json(&input()).ok());
    let authorization = get(&get(&sent, "headers"), "authorization").as_string().unwrap();
    assert!(authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"), "{authorization}");
}

#[wasm_bindgen_test]
async fn errors_of_the_service_arrive() {
    let fetch = double(404, r#"{"__type":"ResourceNotFoundException","exceptionMessage":"gone"}"#);
    let error = client(&fetch, Config::in_region("us-west-2")).get_channel(input()).await.unwrap_err();
    assert_eq!((error.code.as_ref(), error.message.as_str()), ("ResourceNotFoundException", "gone"));
}

#[wasm_bindgen_test]
async fn a_transport_that_throws_is_a_lost_connection() {
    let fetch = double(-2, "no route");
    let mut config = Config::in_region("us-west-2");
    config.set_max_attempts(2);
    let error = client(&fetch, config).get_channel(input()).await.unwrap_err();
    assert_eq!((error.code.as_ref(), error.message.as_str(), error.attempts), ("NetworkingError", "no route", 2));
}

#[wasm_bindgen_test]
async fn an_attempt_that_takes_too_long_is_given_up_and_aborted() {
    let fetch = double(-1, "");
    let mut config = Config::in_region("us-west-2");
    config.timeout = Some(20.0);
    config.set_max_attempts(1);
    let error = client(&fetch, config).get_channel(input()).await.unwrap_err();
    assert_eq!((error.code.as_ref(), error.message.as_str()), ("TimeoutError", "Connection timed out after 20ms"));
    assert!(get(&latest(&fetch), "aborted").is_truthy());
}

#[wasm_bindgen_test]
async fn dropping_a_call_ends_its_transfer() {
    let fetch = double(-1, "");
    let client = client(&fetch, Config::in_region("us-west-2"));
    {
        let mut call = Box::pin(client.get_channel(input()));
        let context = &mut core::task::Context::from_waker(core::task::Waker::noop());
        assert!(call.as_mut().poll(context).is_pending());
        assert!(get(&latest(&fetch), "aborted").is_falsy());
    }
    assert!(get(&latest(&fetch), "aborted").is_truthy());
}

#[wasm_bindgen_test]
async fn a_body_that_is_too_long_is_refused() {
    let body = format!("{{\"channel\":{{\"name\":\"{}\"}}}}", "x".repeat(6 * 1024 * 1024));
    let error = client(&double(200, &body), Config::in_region("us-west-2")).get_channel(input()).await.unwrap_err();
    assert_eq!(error.code, "ResponseTooLarge");
}

#[wasm_bindgen_test]
async fn provided_credentials_are_asked_for_when_a_call_needs_them() {
    let fetch = double(200, "{}");
    let source = Source::provider(|| async {
        Ok(Temporary { credentials: Credentials::new("ASIAEXAMPLE", "secret", Some("token")), expires: None })
    });
    let client = Client::new(Config::in_region("eu-west-1"), FetchHost::new(source).with_fetch(fetch.clone()));
    client.get_channel(input()).await.unwrap();
    assert_eq!(get(&get(&latest(&fetch), "headers"), "x-amz-security-token").as_string().as_deref(), Some("token"));
}
