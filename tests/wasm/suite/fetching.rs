//! The transport: what fetch is given, and functions in its place that misbehave.

use ivs_wasm::js::exports::Core;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::edge::*;

/// Retries without waiting, so that tests of failures are quick.
const QUICK: &str = "{ retryDelayOptions: { base: 0 } }";

fn broken(function: &str) -> JsValue {
    doing(&js(function))
}

#[wasm_bindgen_test]
async fn fetch_is_given_a_url_and_what_a_signature_needs() {
    let fetch = answer(200, "{}");
    success(get_channel(&client(&fetch, "{}"), "undefined")).await;
    assert_eq!(text(&fetch, "calls.0.url"), "https://ivs.us-west-2.amazonaws.com/GetChannel");
    assert_eq!(text(&fetch, "calls.0.method"), "POST");
    assert_eq!(text(&fetch, "calls.0.redirect"), "manual");
    assert_eq!(text(&fetch, "calls.0.headers.content-type"), "application/json");
    assert!(text(&fetch, "calls.0.headers.authorization").starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"));
    let names = apply("({ calls }) => Object.keys(calls[0].headers).sort().join()", &fetch);
    assert_eq!(names, JsValue::from("authorization,content-type,x-amz-content-sha256,x-amz-date"));
}

#[wasm_bindgen_test]
async fn a_get_has_no_body() {
    let fetch = answer(200, "{}");
    success(call(Core::list_tags_for_resource, &client(&fetch, "{}"), &js("({ resourceArn: 'a/b c' })"))).await;
    assert_eq!(text(&fetch, "calls.0.method"), "GET");
    assert!(text(&fetch, "calls.0.url").ends_with("/tags/a%2Fb%20c"));
    assert!(at(&fetch, "calls.0.body").is_undefined() && at(&fetch, "calls.0.headers.content-type").is_undefined());
}

#[wasm_bindgen_test]
async fn a_function_of_the_call_comes_before_that_of_the_client() {
    let (own, other) = (answer(200, "{}"), answer(200, "{}"));
    let options = apply("(fetch) => ({ fetch })", &own);
    success(Core::list_channels(client(&other, "{}"), JsValue::UNDEFINED, options)).await;
    assert_eq!((calls(&own), calls(&other)), (1, 0));
}

#[wasm_bindgen_test]
async fn a_function_that_throws_at_once_is_a_networking_error() {
    let fetch = broken("() => { throw new RangeError('refused') }");
    let error = failure(get_channel(&client(&fetch, QUICK), "undefined")).await;
    assert_eq!((text(&error, "code"), text(&error, "message")), ("NetworkingError".into(), "refused".into()));
    assert_eq!((text(&error, "cause.name"), at(&error, "retryable")), ("RangeError".into(), JsValue::TRUE));
    assert_eq!((calls(&fetch), number(&error, "$metadata.attempts")), (3, 3.0));
}

#[wasm_bindgen_test]
async fn a_rejection_with_anything_settles() {
    for reason in [
        "undefined",
        "null",
        "'text'",
        "Symbol('s')",
        "7n",
        "{}",
        "Object.freeze(new Error('e'))",
        "{ get message() { throw 1 } }",
        "new Proxy({}, { get() { throw 2 }, getPrototypeOf() { throw 3 } })",
    ] {
        let fetch = broken(&["() => Promise.reject(", reason, ")"].concat());
        let error = failure(get_channel(&client(&fetch, "{ maxRetries: 0 }"), "undefined")).await;
        assert_eq!(text(&error, "code"), "NetworkingError", "{reason}");
        assert!(!text(&error, "message").is_empty(), "{reason}");
    }
}

#[wasm_bindgen_test]
async fn junk_in_place_of_a_response_settles() {
    for junk in [
        "undefined",
        "null",
        "7",
        "'text'",
        "{}",
        "[]",
        "() => 1",
        "Promise.resolve()",
        "new Proxy({}, { get() { throw 1 } })",
        "{ status: 200 }",
        "{ status: 200, headers: {} }",
        "{ status: 200, headers: { get() { throw 1 } } }",
        "{ status: 200, headers: new Headers() }",
        "{ status: 200, headers: new Headers(), text: 7 }",
        "{ status: 200, headers: new Headers(), text() { throw 1 } }",
        "{ status: 200, headers: new Headers(), body: { getReader() { throw 1 } } }",
        "{ status: 200, headers: new Headers(), body: { getReader: () => ({ read: () => 7 }) } }",
    ] {
        let fetch = broken(&["() => (", junk, ")"].concat());
        let error = failure(get_channel(&client(&fetch, "{ maxRetries: 0 }"), "undefined")).await;
        assert_eq!(text(&error, "code"), "NetworkingError", "{junk}");
    }
}

#[wasm_bindgen_test]
async fn a_thing_like_a_response_is_taken_for_one() {
    // As test doubles of applications and other transports give it.
    let fetch = broken(
        "() => ({ status: 200, headers: { get: () => null }, text: async () => '{\"channel\":{\"name\":\"n\"}}' })",
    );
    let data = success(get_channel(&client(&fetch, "{}"), "undefined")).await;
    assert_eq!(text(&data, "channel.name"), "n");
    let fetch = broken("() => Promise.resolve({ status: 404, headers: new Map([['x-amzn-errortype', 'ResourceNotFoundException']]), text: () => '{}' })");
    assert_eq!(code(get_channel(&client(&fetch, "{}"), "undefined")).await, "ResourceNotFoundException");
}

#[wasm_bindgen_test]
async fn a_response_without_a_status_text_or_with_odd_members_settles() {
    for odd in [
        "status: 400",
        "status: 400, statusText: null",
        "status: 400, statusText: {}",
        "status: '400'",
        "status: NaN",
        "status: -1",
        "status: 1e9",
        "status: {}",
        "status: 400, headers: { get: () => 7 }",
        "status: 400, headers: { get: () => ({}) }",
    ] {
        let fetch =
            broken(&["() => ({ headers: { get: () => null }, text: async () => 'no JSON', ", odd, " })"].concat());
        let error = failure(get_channel(&client(&fetch, "{ maxRetries: 0 }"), "{ timeout: 2000 }")).await;
        assert_ne!(text(&error, "code"), "TimeoutError", "{odd}");
    }
}

#[wasm_bindgen_test]
async fn a_body_that_is_no_text_settles() {
    for odd in ["7", "null", "undefined", "{}", "[]", "Symbol('s')", "new Uint8Array(3)"] {
        let fetch =
            broken(&["() => ({ status: 200, headers: { get: () => null }, text: async () => (", odd, ") })"].concat());
        let error = js("({ code: 'none' })");
        let settled = wasm_bindgen_futures::JsFuture::from(get_channel(
            &client(&fetch, "{ maxRetries: 0 }"),
            "{ timeout: 2000 }",
        ))
        .await;
        let error = settled.err().unwrap_or(error);
        assert_ne!(text(&error, "code"), "TimeoutError", "{odd}");
    }
    assert_eq!(sent(Core::create_channel, &js("({ name: 'next' })")).await, r#"{"name":"next"}"#);
}

#[wasm_bindgen_test]
async fn a_body_that_breaks_off_is_a_networking_error() {
    let body =
        "new ReadableStream({ start(c) { c.enqueue(new Uint8Array([123])) }, pull(c) { c.error(new Error('cut')) } })";
    let fetch = broken(&["() => Promise.resolve(new Response(", body, "))"].concat());
    let error = failure(get_channel(&client(&fetch, QUICK), "undefined")).await;
    assert_eq!((text(&error, "code"), text(&error, "message")), ("NetworkingError".into(), "cut".into()));
    assert_eq!(calls(&fetch), 3, "reading something is repeated");
}

#[wasm_bindgen_test]
async fn what_may_have_created_something_is_not_repeated() {
    let fetch = broken("() => Promise.reject(new Error('lost'))");
    let error = failure(call(Core::create_channel, &client(&fetch, QUICK), &JsValue::UNDEFINED)).await;
    assert_eq!((calls(&fetch), at(&error, "retryable")), (1, JsValue::FALSE));
    let fetch = broken("() => Promise.reject(new Error('lost'))");
    let client = client(&fetch, "{ retryDelayOptions: { base: 0 }, retryCreates: true }");
    failure(call(Core::create_channel, &client, &JsValue::UNDEFINED)).await;
    assert_eq!(calls(&fetch), 3);
}

#[wasm_bindgen_test]
async fn each_attempt_is_a_request_of_its_own() {
    let fetch = answers("[{ status: 503 }, { status: 429 }, { body: '{\"channel\":{}}' }]");
    let data = success(get_channel(&client(&fetch, QUICK), "undefined")).await;
    assert_eq!((calls(&fetch), number(&data, "$metadata.attempts")), (3, 3.0));
    let distinct = apply("({ calls }) => new Set(calls.map(({ headers }) => headers)).size", &fetch);
    assert_eq!(distinct, JsValue::from(3), "no headers object is shared");
}

#[wasm_bindgen_test]
async fn redirects_are_errors() {
    let fetch = answers("[{ status: 307, headers: { location: 'https://example.com/' } }]");
    let error = failure(get_channel(&client(&fetch, QUICK), "undefined")).await;
    assert_eq!((number(&error, "statusCode"), calls(&fetch)), (307.0, 1));
    assert!(text(&error, "hint").starts_with("Redirects are not followed"));
}

#[wasm_bindgen_test]
async fn the_opaque_redirect_of_a_browser_is_an_error_too() {
    let error =
        failure(get_channel(&client(&broken("() => Response.error()"), "{ maxRetries: 0 }"), "undefined")).await;
    assert!(at(&error, "code").is_string());
    assert_eq!(number(&error, "$metadata.attempts"), 1.0);
}

#[wasm_bindgen_test]
async fn five_hundred_calls_at_once_all_settle_with_their_own_answer() {
    let fetch = broken("(url, { body }, n) => new Promise((done) => setTimeout(() => done(new Response(JSON.stringify({ channel: { name: JSON.parse(body).arn } }))), n % 7))");
    let client = client(&fetch, "{}");
    let started: Vec<_> =
        (0..500).map(|i| call(Core::get_channel, &client, &js(&format!("({{ arn: 'number {i}' }})")))).collect();
    for (i, promise) in started.into_iter().enumerate() {
        assert_eq!(text(&success(promise).await, "channel.name"), format!("number {i}"));
    }
}

#[wasm_bindgen_test]
async fn an_answer_has_no_cause_whatever_was_thrown_before_it() {
    let fetch = broken(
        "(url, init, made) => { if (made < 2) throw new Error('boom'); return new Response('{}', { status: 404 }) }",
    );
    let error = failure(get_channel(&client(&fetch, QUICK), "undefined")).await;
    assert_eq!((number(&error, "statusCode"), calls(&fetch)), (404.0, 2));
    assert!(at(&error, "cause").is_undefined());
}
