//! Credentials from anywhere: objects, functions, objects of SDK v2, and such as fail.

use ivs_wasm::js::exports::Core;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::edge::*;

/// A client with this fetch whose `credentials` are a JavaScript expression.
fn with(fetch: &JsValue, credentials: &str) -> JsValue {
    bare_client(&apply(
        &["(fetch) => ({ fetch, region: 'us-west-2', credentials: ", credentials, " })"].concat(),
        fetch,
    ))
}

/// The key ids that requests were signed with.
fn signed_with(fetch: &JsValue) -> String {
    let ids = "({ calls }) => calls.map(({ headers }) => /Credential=(.*?)\\//.exec(headers.authorization)[1]).join()";
    apply(ids, fetch).as_string().unwrap()
}

async fn signed(credentials: &str) -> String {
    let fetch = answer(200, "{}");
    success(get_channel(&with(&fetch, credentials), "undefined")).await;
    signed_with(&fetch)
}

async fn missing(credentials: &str) -> JsValue {
    let fetch = answer(200, "{}");
    let error = failure(get_channel(&with(&fetch, credentials), "undefined")).await;
    assert_eq!(text(&error, "code"), "CredentialsError", "{credentials}");
    assert_eq!(calls(&fetch), 0, "{credentials}");
    error
}

#[wasm_bindgen_test]
async fn credentials_come_as_an_object_or_a_function() {
    assert_eq!(signed("{ accessKeyId: 'A', secretAccessKey: 's' }").await, "A");
    assert_eq!(signed("() => ({ accessKeyId: 'B', secretAccessKey: 's' })").await, "B");
    assert_eq!(signed("async () => ({ accessKeyId: 'C', secretAccessKey: 's' })").await, "C");
    assert_eq!(signed("() => ({ then: (done) => done({ accessKeyId: 'D', secretAccessKey: 's' }) })").await, "D");
}

#[wasm_bindgen_test]
async fn credentials_come_as_flat_options() {
    let fetch = answer(200, "{}");
    let options = apply(
        "(fetch) => ({ fetch, region: 'us-west-2', accessKeyId: 'F', secretAccessKey: 's', sessionToken: 't' })",
        &fetch,
    );
    success(get_channel(&bare_client(&options), "undefined")).await;
    assert_eq!(signed_with(&fetch), "F");
    assert_eq!(text(&fetch, "calls.0.headers.x-amz-security-token"), "t");
}

#[wasm_bindgen_test]
async fn no_credentials_are_told_with_a_remedy() {
    for none in ["undefined", "null"] {
        let error = missing(none).await;
        assert_eq!(text(&error, "originalError.message"), "No credentials to load");
        assert!(text(&error, "hint").contains("accessKeyId"));
    }
}

#[wasm_bindgen_test]
async fn what_is_no_credentials_is_refused() {
    for odd in [
        "{}",
        "{ accessKeyId: 'A' }",
        "{ secretAccessKey: 's' }",
        "{ accessKeyId: 1, secretAccessKey: 2 }",
        "[]",
        "{ accessKeyId: '', secretAccessKey: '' }",
        "{ accessKeyId: new String('A'), secretAccessKey: 's' }",
        "{ get accessKeyId() { throw 1 }, secretAccessKey: 's' }",
        "new Proxy({}, { get() { throw 1 } })",
    ] {
        missing(odd).await;
    }
}

#[wasm_bindgen_test]
async fn a_function_that_gives_no_credentials_is_refused() {
    for odd in ["undefined", "null", "7", "'A:s'", "{}", "[]", "Symbol('s')", "{ get accessKeyId() { throw 1 } }"] {
        missing(&["() => (", odd, ")"].concat()).await;
        missing(&["async () => (", odd, ")"].concat()).await;
    }
}

#[wasm_bindgen_test]
async fn a_function_that_fails_is_told_with_its_cause() {
    for failing in [
        "() => { throw new Error('vault is shut') }",
        "async () => { throw new Error('vault is shut') }",
        "() => new Promise((_, no) => setTimeout(no, 5, new Error('vault is shut')))",
    ] {
        let error = missing(failing).await;
        assert_eq!(text(&error, "cause.message"), "vault is shut");
        assert_eq!(text(&error, "message"), "Could not load credentials: vault is shut");
        assert_eq!(text(&error, "originalError.message"), text(&error, "message"));
        assert!(at(&error, "hint").is_undefined(), "it would say to give a function, which was given");
    }
    for thrown in ["undefined", "null", "'text'", "Symbol('s')", "{ get message() { throw 1 } }"] {
        missing(&["() => { throw ", thrown, " }"].concat()).await;
        missing(&["() => Promise.reject(", thrown, ")"].concat()).await;
    }
}

#[wasm_bindgen_test]
async fn a_function_that_failed_is_asked_again_by_the_next_call() {
    let fetch = answer(200, "{}");
    let client = with(&fetch, "(() => { let n = 0; return () => { if (!n++) throw new Error('once'); return { accessKeyId: 'A', secretAccessKey: 's' } } })()");
    assert_eq!(code(get_channel(&client, "undefined")).await, "CredentialsError");
    success(get_channel(&client, "undefined")).await;
    assert_eq!(signed_with(&fetch), "A");
}

#[wasm_bindgen_test]
async fn a_function_that_gave_nothing_usable_is_asked_again_by_the_next_call() {
    for nothing in ["null", "undefined", "{}", "{ accessKeyId: 'A', secretAccessKey: 's', sessionToken: 'a\\nb' }"] {
        let fetch = answer(200, "{}");
        let later = [
            "(() => { let n = 0; return () => (n++ ? { accessKeyId: 'A', secretAccessKey: 's' } : ",
            nothing,
            ") })()",
        ];
        let client = with(&fetch, &later.concat());
        assert_eq!(code(get_channel(&client, "undefined")).await, "CredentialsError", "{nothing}");
        success(get_channel(&client, "undefined")).await;
        assert_eq!(signed_with(&fetch), "A", "{nothing}");
    }
}

/// A source that counts: each time it is asked it gives another key id, which expires in so many milliseconds.
fn counting(expires_in: &str) -> String {
    [
        "(() => { let n = 0; return async () => ({ accessKeyId: 'K' + ++n, secretAccessKey: 's', expiration: ",
        expires_in,
        " }) })()",
    ]
    .concat()
}

#[wasm_bindgen_test]
async fn credentials_are_kept_until_five_minutes_before_they_expire() {
    for (expiration, ids) in [
        ("undefined", "K1,K1,K1"),
        ("new Date(Date.now() + 3600e3)", "K1,K1,K1"),
        ("new Date(Date.now() + 3600e3).toISOString()", "K1,K1,K1"),
        ("new Date(Date.now() + 299e3)", "K1,K2,K3"),
        ("new Date(Date.now() - 1)", "K1,K2,K3"),
        ("new Date(NaN)", "K1,K2,K3"),
    ] {
        let fetch = answer(200, "{}");
        let client = with(&fetch, &counting(expiration));
        for _ in 0..3 {
            success(get_channel(&client, "undefined")).await;
        }
        assert_eq!(signed_with(&fetch), ids, "{expiration}");
    }
}

#[wasm_bindgen_test]
async fn credentials_that_were_refused_as_expired_are_asked_for_anew() {
    for code in ["ExpiredTokenException", "RequestExpired"] {
        let answers = ["[{ status: 403, headers: { 'x-amzn-errortype': '", code, "' } }, {}]"].concat();
        let fetch = answering(&js(&answers));
        let client = with(&fetch, &counting("undefined"));
        success(get_channel(&client, "undefined")).await;
        assert_eq!(signed_with(&fetch), "K1,K2", "{code}");
    }
}

#[wasm_bindgen_test]
async fn keys_that_end_soon_serve_on_where_there_are_no_others() {
    for (expires_in, outcome) in
        [("240e3", "K1,K1"), ("-1", "Could not load credentials: down"), ("NaN", "Could not load credentials: down")]
    {
        let fetch = answer(200, "{}");
        let provider = [
            "(() => { let n = 0; return async () => { if (n++) throw new Error('down'); return { accessKeyId: 'K' + n, secretAccessKey: 's', expiration: new Date(Date.now() + ",
            expires_in,
            ") } } })()",
        ];
        let client = with(&fetch, &provider.concat());
        success(get_channel(&client, "undefined")).await;
        if outcome.starts_with('K') {
            success(get_channel(&client, "undefined")).await;
            assert_eq!(signed_with(&fetch), outcome);
        } else {
            assert_eq!(text(&failure(get_channel(&client, "undefined")).await, "message"), outcome, "{expires_in}");
        }
    }
    // Keys that AWS refused do not serve on.
    let fetch = answering(&js("[{ status: 403, headers: { 'x-amzn-errortype': 'ExpiredTokenException' } }, {}]"));
    let provider = "(() => { let n = 0; return async () => { if (n++) throw new Error('down'); return { accessKeyId: 'K', secretAccessKey: 's', expiration: new Date(Date.now() + 240e3) } } })()";
    let error = failure(get_channel(&with(&fetch, provider), "undefined")).await;
    assert_eq!(text(&error, "message"), "Could not load credentials: down");
}

#[wasm_bindgen_test]
async fn keys_that_came_meanwhile_are_not_dropped_for_older_ones_that_are_refused() {
    // The first keys end after a call. Of two more calls one is refused at once, the other when the first has new keys.
    let fetch = js("(() => { const calls = []; return Object.assign(async (url, init) => {
        const at = calls.push({ headers: init.headers });
        if (at === 3) await new Promise((resolve) => setTimeout(resolve, 50));
        const status = at > 1 && init.headers.authorization.includes('K1/') ? 403 : 200;
        return new Response('{}', { status, headers: { 'x-amzn-errortype': 'ExpiredTokenException' } });
    }, { calls }) })()");
    let provider = "(() => { let n = 0; return async () => ({ accessKeyId: 'K' + ++n, secretAccessKey: 's' + n }) })()";
    let client = with(&fetch, provider);
    success(get_channel(&client, "undefined")).await;
    let (one, other) = (get_channel(&client, "undefined"), get_channel(&client, "undefined"));
    success(one).await;
    success(other).await;
    assert_eq!(signed_with(&fetch), "K1,K1,K1,K2,K2");
}

#[wasm_bindgen_test]
async fn an_object_of_sdk_v2_is_asked_through_get() {
    let object = |get: &str| ["{ accessKeyId: 'old', secretAccessKey: 's', get(done) { ", get, " } }"].concat();
    assert_eq!(signed(&object("this.accessKeyId = 'now'; done()")).await, "now");
    assert_eq!(signed(&object("setTimeout(() => { this.accessKeyId = 'later'; done(null) }, 5)")).await, "later");
    assert_eq!(signed(&object("done(); done(new Error('too late'))")).await, "old");
    let error = missing(&object("done(new Error('no metadata service'))")).await;
    assert_eq!(text(&error, "cause.message"), "no metadata service");
    missing(&object("throw new Error('at once')")).await;
}

#[wasm_bindgen_test]
async fn credentials_cannot_break_headers() {
    for odd in [
        "{ accessKeyId: 'A\\r\\nx: y', secretAccessKey: 's' }",
        "{ accessKeyId: 'A', secretAccessKey: 's', sessionToken: 'a\\nb' }",
        "{ accessKeyId: 'Ä', secretAccessKey: 's' }",
    ] {
        missing(odd).await;
    }
}

#[wasm_bindgen_test]
async fn no_error_shows_a_secret() {
    let secret = "wJalrXUtnFEMI";
    for (status, body) in [(403, "{}"), (400, r#"{"message":"m"}"#), (500, "<html>")] {
        let fetch = answer(status, body);
        let credentials =
            ["{ accessKeyId: 'A', secretAccessKey: '", secret, "', sessionToken: '", secret, "' }"].concat();
        let error =
            failure(Core::get_channel(with(&fetch, &credentials), js("({ arn: 'a' })"), js("({ maxRetries: 0 })")))
                .await;
        let all =
            "(e) => [e.stack, String(e), ...Object.getOwnPropertyNames(e).map((k) => JSON.stringify(e[k]))].join()";
        assert!(!apply(all, &error).as_string().unwrap().contains(secret));
    }
}
