//! Answers on their way out: values, Dates, `$metadata`, and bodies that resist being read.

use ivs_wasm::js::exports::Core;
use js_sys::{Date, JSON};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::edge::*;

/// What a method resolves with when this is the body of the answer.
async fn data(method: Method, body: &str) -> JsValue {
    let params = js("({ channelArn: 'a', arn: 'a', resourceArn: 'a', arns: [] })");
    success(call(method, &client(&answer(200, body), "{ paramValidation: false }"), &params)).await
}

/// What a method is rejected with when this is the body of the answer.
async fn broken(body: &str) -> JsValue {
    failure(call(Core::list_channels, &client(&answer(200, body), "{}"), &JsValue::UNDEFINED)).await
}

fn json(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

fn time(value: &JsValue) -> f64 {
    value.dyn_ref::<Date>().expect("a Date").get_time()
}

#[wasm_bindgen_test]
async fn data_are_plain_objects() {
    let data =
        data(Core::get_channel, r#"{"channel":{"arn":"a","name":"n","authorized":true,"tags":{"k":"v"}}}"#).await;
    assert_eq!(json(&data), r#"{"channel":{"arn":"a","name":"n","authorized":true,"tags":{"k":"v"}}}"#);
    let plain = "(data) => [data, data.channel, data.channel.tags].every((one) => Object.getPrototypeOf(one) === Object.prototype)";
    assert_eq!(apply(plain, &data), JsValue::TRUE);
}

#[wasm_bindgen_test]
async fn timestamps_are_dates_wherever_they_are() {
    let body = r#"{"streamSession":{"startTime":"2024-01-02T03:04:05.678Z","endTime":1704164645,
        "truncatedEvents":[{"name":"a","eventTime":"1704164645"},{"name":"b"},{"eventTime":1704164645.5}]}}"#;
    let data = data(Core::get_stream_session, body).await;
    assert_eq!(time(&at(&data, "streamSession.startTime")), 1_704_164_645_678.0);
    assert_eq!(time(&at(&data, "streamSession.endTime")), 1_704_164_645_000.0);
    assert_eq!(time(&at(&data, "streamSession.truncatedEvents.0.eventTime")), 1_704_164_645_000.0);
    assert!(at(&data, "streamSession.truncatedEvents.1.eventTime").is_undefined());
    assert_eq!(time(&at(&data, "streamSession.truncatedEvents.2.eventTime")), 1_704_164_645_500.0);
}

#[wasm_bindgen_test]
async fn text_that_looks_like_a_time_stays_text() {
    let data = data(Core::list_tags_for_resource, r#"{"tags":{"startTime":"2024-01-02T03:04:05Z"}}"#).await;
    assert_eq!(text(&data, "tags.startTime"), "2024-01-02T03:04:05Z");
}

#[wasm_bindgen_test]
async fn a_timestamp_that_is_null_stays_null() {
    let data = data(Core::get_stream_session, r#"{"streamSession":{"endTime":null,"startTime":0}}"#).await;
    assert!(at(&data, "streamSession.endTime").is_null());
    assert_eq!(time(&at(&data, "streamSession.startTime")), 0.0);
}

#[wasm_bindgen_test]
async fn a_timestamp_that_is_none_fails_the_call() {
    let client = client(&answer(200, r#"{"streamSession":{"startTime":"yesterday"}}"#), "{}");
    let error = failure(call(Core::get_stream_session, &client, &js("({ channelArn: 'a' })"))).await;
    assert_eq!(text(&error, "code"), "TimestampParserError");
    assert_eq!(text(&error, "message"), "unhandled timestamp format: yesterday");
}

#[wasm_bindgen_test]
async fn metadata_are_there_and_do_not_show() {
    let fetch = answers("[{ status: 500 }, { body: '{\"channels\":[]}', headers: { 'x-amzn-requestid': 'r-1' } }]");
    let data =
        success(call(Core::list_channels, &client(&fetch, "{ retryDelayOptions: { base: 1 } }"), &JsValue::UNDEFINED))
            .await;
    assert_eq!(number(&data, "$metadata.httpStatusCode"), 200.0);
    assert_eq!(text(&data, "$metadata.requestId"), "r-1");
    assert_eq!(number(&data, "$metadata.attempts"), 2.0);
    assert!((0.0..2.0).contains(&number(&data, "$metadata.totalRetryDelay")));
    assert_eq!(apply("(data) => Object.keys(data).join()", &data), JsValue::from("channels"));
    assert_eq!(json(&data), r#"{"channels":[]}"#);
}

#[wasm_bindgen_test]
async fn answers_without_data_give_an_empty_object() {
    for body in ["", "{}", "null", "[]", "\"text\"", "7", " {} "] {
        let data = data(Core::list_channels, body).await;
        assert_eq!(json(&data), "{}", "{body}");
        assert_eq!(number(&data, "$metadata.attempts"), 1.0, "{body}");
    }
    let client = client(&answer(204, ""), "{}");
    let data = success(call(Core::delete_channel, &client, &js("({ arn: 'a' })"))).await;
    assert_eq!((json(&data), number(&data, "$metadata.httpStatusCode")), ("{}".into(), 204.0));
}

#[wasm_bindgen_test]
async fn unknown_members_are_dropped_at_every_level() {
    let data = data(Core::list_channels, r#"{"x":1,"channels":[{"arn":"a","y":{"z":2}}],"toString":"t"}"#).await;
    assert_eq!(json(&data), r#"{"channels":[{"arn":"a"}]}"#);
}

#[wasm_bindgen_test]
async fn a_proto_key_in_an_answer_reaches_no_prototype() {
    let data =
        data(Core::list_tags_for_resource, r#"{"tags":{"__proto__":"v","a":"b"},"__proto__":{"polluted":1}}"#).await;
    assert!(at(&data, "polluted").is_undefined() && js("({}).polluted").is_undefined());
    assert_eq!(
        apply("({ tags }) => Object.hasOwn(tags, '__proto__') && tags['__proto__'] === 'v'", &data),
        JsValue::TRUE
    );
    assert_eq!(json(&data), r#"{"tags":{"__proto__":"v","a":"b"}}"#);
}

#[wasm_bindgen_test]
async fn lone_surrogates_in_an_answer_survive() {
    for unknown in ["", r#","unknown":1"#] {
        // Once as the very text, once rewritten because a member is dropped.
        let data = data(Core::get_channel, &[r#"{"channel":{"name":"a\ud800b"#, "\"", unknown, "}}"].concat()).await;
        assert_eq!(apply("({ channel }) => channel.name === 'a\\ud800b'", &data), JsValue::TRUE, "{unknown}");
    }
}

#[wasm_bindgen_test]
async fn characters_may_be_cut_by_the_network() {
    let body = r#"{"channel":{"name":"é💡"}}"#;
    let chunks =
        apply("(body) => [...new TextEncoder().encode(body)].map((byte) => Uint8Array.of(byte))", &body.into());
    let data = success(get_channel(&client(&streaming(&chunks), "{}"), "undefined")).await;
    assert_eq!(text(&data, "channel.name"), "é💡");
}

#[wasm_bindgen_test]
async fn bytes_that_are_no_text_are_replaced() {
    let chunks = js(
        r#"[new TextEncoder().encode('{"channel":{"name":"'), Uint8Array.of(0xff, 0xfe), new TextEncoder().encode('"}}')]"#,
    );
    let data = success(get_channel(&client(&streaming(&chunks), "{}"), "undefined")).await;
    assert_eq!(text(&data, "channel.name"), "\u{fffd}\u{fffd}");
}

#[wasm_bindgen_test]
async fn broken_json_fails_with_the_words_of_the_engine() {
    for body in ["{\"channels\":", "{", "nonsense", "{'a':1}", "{\"a\":1}x", "<html>"] {
        let error = broken(body).await;
        assert_eq!(text(&error, "code"), "SyntaxError", "{body}");
        let words =
            apply("(body) => { try { JSON.parse(body) } catch (error) { return error.message } }", &body.into());
        assert_eq!(at(&error, "message"), words, "{body}");
        assert_eq!((number(&error, "statusCode"), at(&error, "retryable")), (200.0, JsValue::FALSE), "{body}");
    }
}

#[wasm_bindgen_test]
async fn an_answer_nested_without_end_is_refused() {
    let depth = 100_000;
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let body = ["{\"channels\":", &open.repeat(depth), "1", &close.repeat(depth), "}"].concat();
        let error = broken(&body).await;
        assert_eq!(text(&error, "code"), "SyntaxError");
    }
}

#[wasm_bindgen_test]
async fn a_large_answer_is_read_whole() {
    let row = r#"{"channelArn":"a","startTime":"2024-01-02T03:04:05Z","viewerCount":9007199254740991}"#;
    let body = ["{\"streams\":[", &vec![row; 20_000].join(","), "],\"nextToken\":\"t\"}"].concat();
    let data = data(Core::list_streams, &body).await;
    assert_eq!(number(&data, "streams.length"), 20_000.0);
    assert_eq!(time(&at(&data, "streams.19999.startTime")), 1_704_164_645_000.0);
    assert_eq!(number(&data, "streams.19999.viewerCount"), 9_007_199_254_740_991.0);
}

#[wasm_bindgen_test]
async fn a_body_beyond_six_mebibytes_is_refused() {
    let most = 6 * 1024 * 1024;
    for headers in ["{}", "{ 'content-length': 6291457 }"] {
        let script = format!("[{{ body: ' '.repeat({most} + 1), headers: {headers} }}]");
        let error = failure(get_channel(&client(&answers(&script), "{}"), "undefined")).await;
        assert_eq!(text(&error, "code"), "ResponseTooLarge", "{headers}");
        assert_eq!(number(&error, "$metadata.attempts"), 1.0);
    }
    let data = data(Core::get_channel, &[&" ".repeat(most - 2), "{}"].concat()).await;
    assert_eq!(json(&data), "{}");
}

#[wasm_bindgen_test]
async fn an_announced_length_that_lies_does_not_pass_the_cap() {
    let fetch = answers("[{ body: ' '.repeat(6291457), headers: { 'content-length': 5 } }]");
    let error = failure(get_channel(&client(&fetch, "{}"), "undefined")).await;
    assert_eq!(text(&error, "code"), "ResponseTooLarge");
}

#[wasm_bindgen_test]
async fn conversion_can_be_switched_off() {
    let body = r#"{"stream":{"startTime":"2024-01-02T03:04:05Z","unknown":1}}"#;
    let client = client(&answer(200, body), "{ convertResponseTypes: false }");
    let data = success(call(Core::get_stream, &client, &js("({ channelArn: 'a' })"))).await;
    assert_eq!(json(&data), body);
}
