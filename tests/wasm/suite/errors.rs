//! Errors as an application sees them.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::edge::*;

async fn error(answer: &str, options: &str) -> JsValue {
    let fetch = answers(&["[", answer, "]"].concat());
    failure(get_channel(
        &client(&fetch, &["{ retryDelayOptions: { base: 0 }, ...", options, " }"].concat()),
        "undefined",
    ))
    .await
}

const NOT_FOUND: &str = "{ status: 404, body: '{\"exceptionMessage\":\"gone\"}', headers: \
    { 'x-amzn-errortype': 'ResourceNotFoundException:http://x/', 'x-amzn-requestid': 'r-1' } }";

#[wasm_bindgen_test]
async fn an_error_of_the_service_has_all_its_fields() {
    let error = error(NOT_FOUND, "{}").await;
    assert!(error.is_instance_of::<js_sys::Error>());
    for (path, value) in [
        ("code", "ResourceNotFoundException"),
        ("name", "ResourceNotFoundException"),
        ("message", "gone"),
        ("requestId", "r-1"),
        ("region", "us-west-2"),
        ("hostname", "ivs.us-west-2.amazonaws.com"),
        ("exceptionMessage", "gone"),
        ("$metadata.requestId", "r-1"),
    ] {
        assert_eq!(text(&error, path), value, "{path}");
    }
    assert_eq!((number(&error, "statusCode"), at(&error, "retryable")), (404.0, JsValue::FALSE));
    assert_eq!((number(&error, "$metadata.httpStatusCode"), number(&error, "$metadata.attempts")), (404.0, 1.0));
    let time = at(&error, "time").unchecked_into::<js_sys::Date>();
    assert!((js_sys::Date::now() - time.get_time()).abs() < 60_000.0);
}

#[wasm_bindgen_test]
async fn an_error_prints_its_name_and_message_also_as_json_and_hides_the_rest() {
    let error = error(NOT_FOUND, "{}").await;
    assert_eq!(apply("String", &error), JsValue::from("ResourceNotFoundException: gone"));
    let keys = apply("(error) => Object.keys(error).sort().join()", &error);
    assert_eq!(keys, JsValue::from("code,hostname,message,region,requestId,retryDelay,retryable,statusCode,time"));
    assert_eq!(apply("(error) => JSON.parse(JSON.stringify(error)).message", &error), JsValue::from("gone"));
    assert!(!text(&error, "stack").contains("wasm"), "frames of the wasm say nothing to anyone");
}

#[wasm_bindgen_test]
async fn the_body_of_an_answer_overrides_no_reserved_field() {
    let body = r#"{"message":"m","name":"evil","stack":"evil","retryable":true,"statusCode":1,"code":"evil","cause":"evil","time":"evil","toString":"evil","constructor":"evil","$metadata":"evil","__proto__":{"polluted":1},"extra":"kept"}"#;
    let fetch = answer(400, body);
    let error =
        failure(get_channel(&client(&fetch, "{ maxRetries: 2, retryDelayOptions: { base: 0 } }"), "undefined")).await;
    assert_eq!(calls(&fetch), 1, "the body does not make it retry");
    assert_eq!((number(&error, "statusCode"), at(&error, "retryable")), (400.0, JsValue::FALSE));
    assert_eq!(number(&error, "$metadata.attempts"), 1.0);
    assert!(at(&error, "cause").is_undefined() && at(&error, "polluted").is_undefined());
    assert!(at(&error, "time").is_instance_of::<js_sys::Date>() && js("({}).polluted").is_undefined());
    assert_eq!(text(&error, "extra"), "kept");
    assert_eq!(
        apply("(e) => e instanceof Error && String(e)", &error),
        JsValue::from("evil: m"),
        "`code` is the service's to choose"
    );
}

#[wasm_bindgen_test]
async fn odd_error_answers_still_give_code_and_message() {
    for body in [
        "",
        "null",
        "[]",
        "7",
        "\"text\"",
        "{",
        "{\"message\":null}",
        "{\"message\":{\"a\":1}}",
        "{\"__type\":7}",
        "<html><b>x</b>",
        "{\"errors\":7}",
        "{\"errors\":[1]}",
        "{\"originalError\":1}",
        "{\"hint\":5}",
        "{\"\\ud800\":\"\\ud800\"}",
    ] {
        let error = failure(get_channel(&client(&answer(400, body), "{}"), "undefined")).await;
        assert!(!text(&error, "code").is_empty() && at(&error, "message").is_string(), "{body}");
        assert_eq!(number(&error, "statusCode"), 400.0, "{body}");
    }
}

#[wasm_bindgen_test]
async fn a_web_page_in_place_of_an_answer_gets_a_hint() {
    for (status, code) in [("502", "UnknownError"), ("404", "UnknownError"), ("200", "SyntaxError")] {
        for options in ["{ maxRetries: 0 }", "{ maxRetries: 0, convertResponseTypes: false }"] {
            let answer = ["{ status: ", status, ", body: '<html>bad gateway</html>' }"].concat();
            let error = error(&answer, options).await;
            assert_eq!(text(&error, "code"), code, "{status}, {options}");
            assert!(text(&error, "hint").contains("not IVS"), "{status}: {}", text(&error, "hint"));
        }
    }
}

#[wasm_bindgen_test]
async fn an_arn_of_another_region_gets_a_hint() {
    let client = client(&answers(&["[", NOT_FOUND, "]"].concat()), "{}");
    let params = js("({ arn: 'arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh' })");
    let error = failure(call(ivs_wasm::js::exports::Core::get_channel, &client, &params)).await;
    let hint = text(&error, "hint");
    assert!(hint.contains("eu-west-1") && hint.contains("us-west-2"), "{hint}");
}

#[wasm_bindgen_test]
async fn throttling_is_repeated_and_then_told() {
    let error = error(
        "{ status: 429, body: '{\"message\":\"slow down\"}', headers: { 'x-amzn-errortype': 'ThrottlingException' } }",
        "{}",
    )
    .await;
    assert_eq!((text(&error, "code"), at(&error, "retryable")), ("ThrottlingException".into(), JsValue::TRUE));
    assert_eq!((number(&error, "$metadata.attempts"), number(&error, "$metadata.totalRetryDelay")), (3.0, 0.0));
}

#[wasm_bindgen_test]
async fn several_violations_are_errors_of_their_own() {
    let error = refused(ivs_wasm::js::exports::Core::put_metadata, &js("({})")).await;
    assert_eq!(
        text(&error, "message"),
        "There were 2 validation errors:\n* MissingRequiredParameter: Missing required key 'channelArn' in params\n\
         * MissingRequiredParameter: Missing required key 'metadata' in params"
    );
    for i in ["errors.0", "errors.1"] {
        assert!(at(&error, i).is_instance_of::<js_sys::Error>());
        assert_eq!(text(&error, &[i, ".code"].concat()), "MissingRequiredParameter");
    }
    assert!(at(&error, "statusCode").is_undefined() && at(&error, "hostname").is_undefined());
}

#[wasm_bindgen_test]
async fn an_error_survives_json_and_structured_clone() {
    let error = error(NOT_FOUND, "{}").await;
    let copy = apply("(error) => JSON.parse(JSON.stringify(error))", &error);
    assert_eq!((text(&copy, "code"), number(&copy, "statusCode")), ("ResourceNotFoundException".into(), 404.0));
    assert_eq!(text(&apply("(error) => structuredClone(error)", &error), "message"), "gone");
}
