//! Parameters on their way in: what JavaScript can hold and JSON cannot, and objects that resist being read.

use ivs_wasm::js::exports::Core;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::edge::*;

const NAME: Method = Core::create_channel;

#[wasm_bindgen_test]
async fn plain_parameters_become_the_body_as_they_are() {
    let params = js("({ name: 'a \"b\" \\\\ é 💡', authorized: false, tags: { k: '', '': 'v' } })");
    assert_eq!(sent(NAME, &params).await, r#"{"name":"a \"b\" \\ é 💡","authorized":false,"tags":{"k":"","":"v"}}"#);
}

#[wasm_bindgen_test]
async fn falsy_parameters_mean_none() {
    for none in ["undefined", "null", "''", "0", "false", "NaN"] {
        assert_eq!(sent(NAME, &js(none)).await, "{}", "{none}");
    }
}

#[wasm_bindgen_test]
async fn parameters_that_are_no_object_are_refused() {
    // A function stands for a text that was taken before: the class for users gives no other.
    for odd in ["7", "true", "Symbol('x')", "10n"] {
        let error = refused(Core::get_channel, &js(odd)).await;
        assert_eq!(text(&error, "code"), "MultipleValidationErrors", "{odd}");
        assert!(text(&error, "message").contains("Expected params to be a structure"), "{odd}");
    }
}

#[wasm_bindgen_test]
async fn undefined_and_null_members_are_left_out() {
    let params = js("({ name: undefined, latencyMode: null, type: 'BASIC', tags: { a: undefined, b: 'c', d: null } })");
    assert_eq!(sent(NAME, &params).await, r#"{"type":"BASIC","tags":{"b":"c"}}"#);
    assert_eq!(
        sent(Core::batch_get_channel, &js("({ arns: ['a', , 'b', undefined, null] })")).await,
        r#"{"arns":["a","b"]}"#
    );
}

#[wasm_bindgen_test]
async fn numbers_that_json_cannot_hold() {
    assert_eq!(sent(Core::list_channels, &js("({ maxResults: NaN })")).await, r#"{"maxResults":null}"#);
    assert_eq!(sent(Core::list_channels, &js("({ maxResults: Infinity })")).await, r#"{"maxResults":null}"#);
    assert_eq!(sent(Core::list_channels, &js("({ maxResults: -0 })")).await, r#"{"maxResults":0}"#);
}

#[wasm_bindgen_test]
async fn numbers_in_strings_and_fractions_are_taken_as_sdk_v2_takes_them() {
    assert_eq!(sent(Core::list_channels, &js("({ maxResults: '12' })")).await, r#"{"maxResults":12}"#);
    assert_eq!(sent(Core::list_channels, &js("({ maxResults: 1.9 })")).await, r#"{"maxResults":1}"#);
    let error = refused(Core::list_channels, &js("({ maxResults: '007' })")).await;
    assert_eq!(text(&error, "message"), "Expected params.maxResults to be a number");
}

#[wasm_bindgen_test]
async fn values_that_are_no_strings_are_refused_with_their_path() {
    for odd in
        ["Symbol('x')", "10n", "() => 1", "new String('x')", "new Number(1)", "new Boolean(true)", "7", "{}", "[]"]
    {
        let error = refused(NAME, &js(&["({ name: ", odd, " })"].concat())).await;
        assert_eq!(text(&error, "code"), "InvalidParameterType", "{odd}");
        assert_eq!(text(&error, "message"), "Expected params.name to be a string", "{odd}");
    }
}

#[wasm_bindgen_test]
async fn a_date_is_no_string_but_is_a_timestamp() {
    let error = refused(NAME, &js("({ name: new Date(0) })")).await;
    assert_eq!(text(&error, "message"), "Expected params.name to be a string");
    let params = js("({ channelArn: 'a', durationSeconds: 5, targetStartAt: new Date(1700000000000) })");
    assert_eq!(
        sent(Core::insert_ad_break, &params).await,
        r#"{"channelArn":"a","durationSeconds":5,"targetStartAt":"2023-11-14T22:13:20Z"}"#
    );
}

#[wasm_bindgen_test]
async fn a_date_that_is_none_is_refused() {
    let params = js("({ channelArn: 'a', durationSeconds: 5, targetStartAt: new Date(NaN) })");
    let error = refused(Core::insert_ad_break, &params).await;
    assert_eq!(text(&error, "code"), "InvalidParameterType");
}

#[wasm_bindgen_test]
async fn a_map_or_set_has_no_members_of_its_own() {
    for (odd, body) in [("new Map([['a', 'b']])", r#"{"tags":{}}"#), ("new Set(['a'])", r#"{"tags":{}}"#)] {
        assert_eq!(sent(NAME, &js(&["({ tags: ", odd, " })"].concat())).await, body, "{odd}");
    }
    let error = refused(Core::batch_get_channel, &js("({ arns: new Set(['a']) })")).await;
    assert_eq!(text(&error, "message"), "Expected params.arns to be an Array");
}

#[wasm_bindgen_test]
async fn instances_of_classes_give_their_own_members() {
    let params = js("new (class Channel { name = 'n'; #secret = 1; get type() { return 'BASIC' } method() {} })()");
    assert_eq!(sent(NAME, &params).await, r#"{"name":"n"}"#);
}

#[wasm_bindgen_test]
async fn inherited_members_count_as_given_and_are_not_sent() {
    // As in SDK v2. The required member is there, so the check passes; what is sent is the object's own.
    let params = js("Object.assign(Object.create({ channelArn: 'inherited' }), { metadata: 'own' })");
    assert_eq!(sent(Core::put_metadata, &params).await, r#"{"metadata":"own"}"#);
}

#[wasm_bindgen_test]
async fn objects_without_a_prototype_are_plain() {
    let params =
        js("Object.assign(Object.create(null), { name: 'n', tags: Object.assign(Object.create(null), { a: 'b' }) })");
    assert_eq!(sent(NAME, &params).await, r#"{"name":"n","tags":{"a":"b"}}"#);
}

#[wasm_bindgen_test]
async fn to_json_is_not_asked() {
    let error = refused(NAME, &js("({ name: 'n', toJSON() { return { name: 'other' } } })")).await;
    assert_eq!(text(&error, "message"), "Unexpected key 'toJSON' found in params");
    let inherited = js("new (class { name = 'n'; toJSON() { return { name: 'other' } } })()");
    assert_eq!(sent(NAME, &inherited).await, r#"{"name":"n"}"#);
}

#[wasm_bindgen_test]
async fn a_proto_key_is_a_key_like_any_other() {
    let error = refused(NAME, &js(r#"JSON.parse('{"__proto__":{"name":"x"}}')"#)).await;
    assert_eq!(text(&error, "message"), "Unexpected key '__proto__' found in params");
    for odd in ["", ", latencyMode: undefined"] {
        // Once as plain text, once through the slower way that `undefined` asks for.
        let params = [r#"({ tags: JSON.parse('{"__proto__":"v","constructor":"w"}')"#, odd, " })"].concat();
        assert_eq!(sent(NAME, &js(&params)).await, r#"{"tags":{"__proto__":"v","constructor":"w"}}"#);
    }
    assert!(js("({}).name").is_undefined() && js("({}).v").is_undefined(), "no prototype is touched");
}

#[wasm_bindgen_test]
async fn symbol_keys_and_hidden_members_are_not_seen() {
    let params = js("Object.defineProperty({ name: 'n', [Symbol('k')]: 1 }, 'hidden', { value: 1 })");
    assert_eq!(sent(NAME, &params).await, r#"{"name":"n"}"#);
}

#[wasm_bindgen_test]
async fn lone_surrogates_survive_as_escapes() {
    for odd in ["", ", latencyMode: undefined"] {
        let params = ["({ name: 'a\\ud800', tags: { '\\udfff': '\\ud83d' }", odd, " })"].concat();
        assert_eq!(sent(NAME, &js(&params)).await, r#"{"name":"a\ud800","tags":{"\udfff":"\ud83d"}}"#);
    }
}

#[wasm_bindgen_test]
async fn a_lone_surrogate_in_a_url_becomes_what_the_web_makes_of_it() {
    // The replacement character, as with URL and URLSearchParams; and what is signed is what is sent.
    let fetch = answer(200, "{}");
    let params = js("({ resourceArn: 'a\\ud800', tagKeys: ['\\udfff'] })");
    success(call(Core::untag_resource, &client(&fetch, "{}"), &params)).await;
    assert!(text(&fetch, "calls.0.url").ends_with("/tags/a%EF%BF%BD?tagKeys=%EF%BF%BD"));
}

#[wasm_bindgen_test]
async fn strings_that_begin_with_the_mark_of_the_text_form_are_strings() {
    for odd in ["", ", latencyMode: undefined"] {
        let params = ["({ name: '\\u0001u', tags: { '\\u0001k': '\\u0001\\u0001o' }", odd, " })"].concat();
        assert_eq!(
            sent(NAME, &js(&params)).await,
            "{\"name\":\"\\u0001u\",\"tags\":{\"\\u0001k\":\"\\u0001\\u0001o\"}}"
        );
    }
}

#[wasm_bindgen_test]
async fn all_violations_are_told_at_once() {
    let params = js("({ viewerSessions: [{ channelArn: 'a' }, { viewerId: 7, extra: 1 }], foo: 1 })");
    let error = refused(Core::batch_start_viewer_session_revocation, &params).await;
    assert_eq!(text(&error, "code"), "MultipleValidationErrors");
    let told: Vec<String> = (0..5).map(|i| text(&error, &format!("errors.{i}.message"))).collect();
    assert_eq!(
        told,
        [
            "Missing required key 'viewerId' in params.viewerSessions[0]",
            "Missing required key 'channelArn' in params.viewerSessions[1]",
            "Expected params.viewerSessions[1].viewerId to be a string",
            "Unexpected key 'extra' found in params.viewerSessions[1]",
            "Unexpected key 'foo' found in params",
        ]
    );
}

#[wasm_bindgen_test]
async fn parameters_are_taken_when_the_method_is_called() {
    let fetch = answer(200, "{}");
    let client = client(&fetch, "{}");
    let params = js("({ name: 'first', tags: { a: 'b' } })");
    let started = call(NAME, &client, &params);
    apply("(params) => { params.name = 'second'; params.tags.a = 'c'; delete params.tags; }", &params);
    success(started).await;
    assert_eq!(body(&fetch), r#"{"name":"first","tags":{"a":"b"}}"#);
}

#[wasm_bindgen_test]
async fn parameters_are_left_as_they_were() {
    let params = js("({ name: 'n', latencyMode: undefined, tags: { a: null, b: 'c' } })");
    sent(NAME, &params).await;
    let kept = apply("(p) => Object.keys(p).join() + Object.keys(p.tags).join() + p.tags.a", &params);
    assert_eq!(kept, JsValue::from("name,latencyMode,tagsa,bnull"));
    let frozen = js("Object.freeze({ name: 'n', tags: Object.freeze({ a: 'b' }) })");
    assert_eq!(sent(NAME, &frozen).await, r#"{"name":"n","tags":{"a":"b"}}"#);
}
