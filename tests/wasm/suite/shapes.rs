//! Parameters of hostile shape: getters and proxies that throw, cycles, depth, size.

use ivs_wasm::js::exports::Core;
use wasm_bindgen_test::wasm_bindgen_test;

use super::edge::*;

/// Parameters whose reading fails: a rejection with what was thrown as its cause, and a class that goes on working.
async fn unreadable(params: &str, cause: &str) {
    let error = refused(Core::create_channel, &js(params)).await;
    assert_eq!(text(&error, "code"), "InvalidParameterType", "{params}");
    assert!(text(&error, "message").starts_with("Expected params to be readable"), "{params}");
    if !cause.is_empty() {
        assert_eq!(text(&error, "cause.message"), cause, "{params}");
        assert!(text(&error, "message").contains(cause), "{params}");
    }
    assert_eq!(sent(Core::create_channel, &js("({ name: 'next' })")).await, r#"{"name":"next"}"#);
}

#[wasm_bindgen_test]
async fn a_getter_that_throws_is_told() {
    unreadable("({ get name() { throw new Error('not today') } })", "not today").await;
    unreadable("({ tags: { get a() { throw new TypeError('nor here') } } })", "nor here").await;
    unreadable("({ latencyMode: undefined, tags: { get a() { throw new Error('nor this way') } } })", "nor this way")
        .await;
}

#[wasm_bindgen_test]
async fn a_getter_may_throw_anything() {
    for thrown in [
        "undefined",
        "null",
        "'text'",
        "Symbol('s')",
        "{}",
        "{ get message() { throw 1 } }",
        "new Proxy({}, { get() { throw 2 } })",
    ] {
        unreadable(&["({ get name() { throw ", thrown, " } })"].concat(), "").await;
    }
}

#[wasm_bindgen_test]
async fn a_proxy_that_throws_in_any_trap_is_told() {
    for trap in ["get", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor"] {
        unreadable(&["new Proxy({ name: 'n' }, { ", trap, "() { throw new Error('trapped') } })"].concat(), "trapped")
            .await;
    }
    unreadable("(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()", "").await;
}

#[wasm_bindgen_test]
async fn a_proxy_that_shows_an_object_is_that_object() {
    assert_eq!(sent(Core::create_channel, &js("new Proxy({ name: 'n' }, {})")).await, r#"{"name":"n"}"#);
}

#[wasm_bindgen_test]
async fn a_getter_that_changes_its_mind_is_checked_for_what_is_sent() {
    let params = js("(() => { let reads = 0; return { get name() { return reads++ ? { evil: 1 } : 'n' } }; })()");
    let error = refused(Core::create_channel, &params).await;
    assert_eq!(text(&error, "message"), "Expected params.name to be a string");
}

#[wasm_bindgen_test]
async fn a_getter_may_call_the_class_again() {
    let fetch = answer(200, "{}");
    let client = client(&fetch, "{}");
    let inner = wasm_bindgen::closure::Closure::<dyn FnMut() -> js_sys::Promise>::new({
        let client = client.clone();
        move || Core::create_channel(client.clone(), js("({ name: 'inner' })"), js("undefined"))
    });
    let params = apply("(again) => ({ get name() { again(); return 'outer' } })", inner.as_ref());
    success(call(Core::create_channel, &client, &params)).await;
    pause(5.0).await;
    assert!(calls(&fetch) >= 2, "the inner calls were made, too");
}

#[wasm_bindgen_test]
async fn cycles_are_refused() {
    for cycle in [
        "(() => { const a = { name: 'n' }; a.tags = a; return a; })()",
        "(() => { const a = []; a.push(a); return { tags: a }; })()",
        "(() => { const a = { latencyMode: undefined }; a.tags = { a }; return a; })()",
    ] {
        let error = refused(Core::create_channel, &js(cycle)).await;
        assert_eq!(text(&error, "code"), "InvalidParameterType", "{cycle}");
    }
}

/// An object nested so deep that the innermost `{}` is at this level.
fn nested(depth: u32, open: &str) -> String {
    format!("(() => {{ let a = {{}}; for (let i = 1; i < {depth}; i++) a = {open}; return {{ tags: a }}; }})()")
}

#[wasm_bindgen_test]
async fn depth_without_end_is_refused_and_the_class_goes_on() {
    for open in ["{ a }", "[a]"] {
        let error = refused(Core::create_channel, &js(&nested(100_000, open))).await;
        assert_eq!(text(&error, "code"), "InvalidParameterType", "{open}");
    }
    assert_eq!(sent(Core::create_channel, &js("({ name: 'next' })")).await, r#"{"name":"next"}"#);
}

#[wasm_bindgen_test]
async fn depth_is_allowed_to_a_bound_and_told_beyond() {
    let error = refused(Core::create_channel, &js(&nested(20, "{ a }"))).await;
    assert_eq!(text(&error, "message"), "Expected params.tags['a'] to be a string");
    let error = refused(Core::create_channel, &js(&nested(1_000, "{ a }"))).await;
    assert_eq!(text(&error, "message"), "Expected params to be nested at most 64 levels deep");
}

#[wasm_bindgen_test]
async fn a_million_items_are_sent() {
    let params = js("({ arns: Array.from({ length: 1e6 }, (_, i) => 'a' + i % 10) })");
    let body = sent(Core::batch_get_channel, &params).await;
    assert_eq!(body.len(), r#"{"arns":[]}"#.len() + 1_000_000 * r#""a0","#.len() - 1);
    assert!(body.ends_with(r#""a8","a9"]}"#));
}

#[wasm_bindgen_test]
async fn a_million_wrong_items_are_counted_and_the_first_thousand_told() {
    let error = refused(Core::batch_get_channel, &js("({ arns: Array(1e6).fill(7) })")).await;
    assert_eq!(text(&error, "code"), "MultipleValidationErrors");
    let message = text(&error, "message");
    assert!(message.starts_with("There were 1000000 validation errors:"), "{}", &message[..80]);
    assert!(message.ends_with("* and 999000 more"));
    assert_eq!(number(&error, "errors.length"), 1000.0);
}

#[wasm_bindgen_test]
async fn a_million_holes_are_nothing() {
    assert_eq!(sent(Core::batch_get_channel, &js("({ arns: Array(1e6) })")).await, r#"{"arns":[]}"#);
}

#[wasm_bindgen_test]
async fn a_hundred_thousand_keys_are_checked() {
    let params = js("({ tags: Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => ['k' + i, 'v'])) })");
    assert!(sent(Core::create_channel, &params).await.ends_with(r#""k99999":"v"}}"#));
}

#[wasm_bindgen_test]
async fn a_text_of_a_megabyte_crosses_unchanged() {
    let params = js("({ channelArn: 'a', metadata: 'é💡'.repeat(200000) })");
    let body = sent(Core::put_metadata, &params).await;
    assert_eq!(body.matches('💡').count(), 200_000);
    assert_eq!(body.len(), r#"{"channelArn":"a","metadata":""}"#.len() + 200_000 * 6);
}
