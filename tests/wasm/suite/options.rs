//! Options of clients and of calls: mistyped, unknown, hostile.

use ivs_wasm::js::exports::Core;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::edge::*;

async fn problem(options: &str) -> String {
    let fetch = answer(200, "{}");
    let error = failure(get_channel(&client(&fetch, options), "undefined")).await;
    assert_eq!((text(&error, "code"), calls(&fetch)), ("ConfigError".into(), 0), "{options}");
    text(&error, "message")
}

/// Does something and gives what was written to console.warn meanwhile.
async fn warnings(doing: impl std::future::Future<Output = ()>) -> Vec<String> {
    let usual = js("(() => { const usual = console.warn; console.warn = (text) => console.warn.told.push(String(text)); console.warn.told = []; return usual })()");
    doing.await;
    let told = apply("(usual) => { const { told } = console.warn; console.warn = usual; return told.filter((t) => t.startsWith('ivs-wasm')) }", &usual);
    js_sys::Array::from(&told).iter().map(|one| one.as_string().unwrap()).collect()
}

#[wasm_bindgen_test]
async fn mistyped_options_are_told_by_every_call() {
    for (options, message) in [
        ("{ region: 7 }", "Expected the option region to be a string, but it is a number"),
        ("{ region: Symbol('s') }", "Expected the option region to be a string, but it is something else"),
        ("{ maxRetries: '3' }", "Expected the option maxRetries to be a whole number from 0, but it is a string"),
        ("{ maxRetries: -1 }", "Expected the option maxRetries to be a whole number from 0, but it is another number"),
        ("{ maxAttempts: 2.5 }", "Expected the option maxAttempts to be a whole number from 0, but it is another number"),
        ("{ sslEnabled: 1 }", "Expected the option sslEnabled to be a boolean, but it is a number"),
        ("{ httpOptions: { timeout: NaN } }", "Expected the option httpOptions.timeout to be milliseconds from 0, but it is another number"),
        ("{ httpOptions: 5 }", "Expected the option httpOptions to be an object, but it is a number"),
        ("{ timeout: 10n }", "Expected the option timeout to be milliseconds from 0, but it is something else"),
        ("{ fetch: 'fetch' }", "Expected the option fetch to be a function, but it is a string"),
        ("{ retryMode: 'adaptive' }", "The option retryMode must be 'standard' or 'legacy'"),
        ("{ customUserAgent: 'a\\nb' }", "The option customUserAgent must be printable ASCII"),
        ("{ region: 7, timeout: -1 }", "Expected the option region to be a string, but it is a number; Expected the option timeout to be milliseconds from 0, but it is another number"),
    ] {
        let fetch = answer(200, "{}");
        let client = client(&fetch, options);
        for _ in 0..2 {
            let error = failure(get_channel(&client, "undefined")).await;
            assert_eq!((text(&error, "code"), text(&error, "message")), ("ConfigError".into(), message.into()), "{options}");
        }
        assert_eq!(calls(&fetch), 0, "{options}");
    }
}

#[wasm_bindgen_test]
async fn a_region_is_needed_and_must_be_a_label() {
    assert_eq!(problem("{ region: undefined }").await, "Missing region in config");
    assert_eq!(problem("{ region: '' }").await, "Missing region in config");
    for region in ["a b", "a/b", "a.b@c", "us-west-2#", "-"] {
        assert_eq!(problem(&["{ region: '", region, "' }"].concat()).await, "Invalid region in config", "{region}");
    }
}

#[wasm_bindgen_test]
async fn unknown_options_are_told_once_with_the_nearest_name() {
    let fetch = answer(200, "{}");
    let client = client(&fetch, "{ regoin: 'x', httpOptions: { timout: 1 }, zzz: 1 }");
    let told = warnings(async {
        success(get_channel(&client, "undefined")).await;
        success(get_channel(&client, "undefined")).await;
    });
    assert_eq!(
        told.await,
        [
            "ivs-wasm: Unknown option 'regoin'; did you mean 'region'?",
            "ivs-wasm: Unknown option 'httpOptions.timout'; did you mean 'httpOptions.timeout'?",
            "ivs-wasm: Unknown option 'zzz'",
        ]
    );
}

#[wasm_bindgen_test]
async fn options_of_a_call_are_checked_too() {
    let fetch = answer(200, "{}");
    let client = client(&fetch, "{}");
    let error = failure(get_channel(&client, "({ timeout: 'soon' })")).await;
    assert_eq!(text(&error, "message"), "Expected the option timeout to be milliseconds from 0, but it is a string");
    let told = warnings(async {
        success(get_channel(&client, "({ timeuot: 5 })")).await;
    });
    assert_eq!(told.await, ["ivs-wasm: Unknown option 'timeuot'; did you mean 'timeout'?"]);
}

#[wasm_bindgen_test]
async fn options_of_a_call_that_are_no_object_are_none() {
    let fetch = answer(200, "{}");
    let client = client(&fetch, "{}");
    for none in ["undefined", "null", "7", "'x'", "true", "Symbol('s')", "7n"] {
        success(get_channel(&client, none)).await;
    }
    assert_eq!(calls(&fetch), 7);
}

#[wasm_bindgen_test]
async fn hostile_options_settle() {
    for odd in [
        "new Proxy({}, { ownKeys() { throw new Error('no keys') } })",
        "new Proxy({}, { get() { throw new Error('no values') } })",
        "new Proxy({}, { getOwnPropertyDescriptor() { throw new Error('none') }, ownKeys: () => ['timeout'] })",
        "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()",
        "({ get timeout() { throw new Error('no time') } })",
        "({ httpOptions: new Proxy({}, { ownKeys() { throw 1 } }) })",
    ] {
        let fetch = answer(200, "{}");
        let promise = get_channel(&client(&fetch, "{}"), odd);
        let race = apply("(call) => Promise.race([call.then(() => 'done', () => 'failed'), new Promise((r) => setTimeout(r, 1000, 'hangs'))])", &promise);
        assert_ne!(success(race.into()).await, JsValue::from("hangs"), "{odd}");
    }
    assert_eq!(sent(Core::create_channel, &js("({ name: 'next' })")).await, r#"{"name":"next"}"#);
}

#[wasm_bindgen_test]
async fn the_number_of_attempts_is_that_of_the_call_or_of_the_client() {
    for (of_client, of_call, made) in [
        ("{}", "undefined", 3),
        ("{ maxRetries: 0 }", "undefined", 1),
        ("{ maxAttempts: 2 }", "undefined", 2),
        ("{ maxRetries: 0 }", "({ maxRetries: 3 })", 4),
        ("{ retryMode: 'legacy' }", "undefined", 4),
        ("{ maxAttempts: 0 }", "({ maxAttempts: 0 })", 1),
    ] {
        let fetch = answer(500, "{}");
        let options = ["{ retryDelayOptions: { base: 0 }, ...", of_client, " }"].concat();
        failure(get_channel(&client(&fetch, &options), of_call)).await;
        assert_eq!(calls(&fetch), made, "{of_client} {of_call}");
    }
}

#[wasm_bindgen_test]
async fn a_backoff_of_the_application_decides() {
    let fetch = answer(500, "{}");
    let asked = "{ retryDelayOptions: { customBackoff: (n, error) => { (globalThis.ivsBackoff ??= []).push(n + error.code); return n < 1 ? 0 : -1 } } }";
    failure(get_channel(&client(&fetch, asked), "undefined")).await;
    assert_eq!(calls(&fetch), 2);
    assert_eq!(js("ivsBackoff.splice(0).join()"), JsValue::from("0UnknownError,1UnknownError"));
    let odd = ["() => { throw new Error('no') }", "() => 'soon'", "() => NaN", "() => undefined"];
    // No timer can wait so long.
    for odd in odd.into_iter().chain(["() => 2 ** 31", "() => Infinity"]) {
        let fetch = answer(500, "{}");
        let error = failure(get_channel(
            &client(&fetch, &["{ retryDelayOptions: { customBackoff: ", odd, " } }"].concat()),
            "undefined",
        ))
        .await;
        assert_eq!((calls(&fetch), number(&error, "statusCode")), (1, 500.0), "{odd}");
    }
}

#[wasm_bindgen_test]
async fn bound_parameters_fill_what_a_call_leaves_open() {
    let fetch = answer(200, "{}");
    let client = client(&fetch, "{ params: { channelArn: 'bound', metadata: 'also', foo: 1 } }");
    success(call(Core::put_metadata, &client, &js("({ metadata: 'own' })"))).await;
    assert_eq!(body(&fetch), r#"{"metadata":"own","channelArn":"bound"}"#);
}

#[wasm_bindgen_test]
async fn an_endpoint_is_a_string_or_a_url() {
    for endpoint in
        ["'http://localhost:4566/x'", "new URL('http://localhost:4566/x')", "{ href: 'http://localhost:4566/x' }"]
    {
        let fetch = answer(200, "{}");
        success(get_channel(&client(&fetch, &["{ endpoint: ", endpoint, " }"].concat()), "undefined")).await;
        assert_eq!(text(&fetch, "calls.0.url"), "http://localhost:4566/x/GetChannel", "{endpoint}");
    }
    // Without an address, an object is none; least of all is it the one that there would be without the option.
    for (endpoint, kind) in [
        ("7", "a number"),
        ("{}", "an object"),
        ("[]", "an object"),
        ("{ href: '' }", "an object"),
        ("{ href: 7 }", "an object"),
        ("{ protocol: 'http:', hostname: 'localhost', path: '/' }", "an object"),
        ("{ get href() { throw new Error('no') } }", "an object"),
    ] {
        assert_eq!(
            problem(&["{ endpoint: ", endpoint, " }"].concat()).await,
            ["Expected the option endpoint to be a string, but it is ", kind].concat(),
            "{endpoint}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_user_agent_is_sent_and_signed() {
    let fetch = answer(200, "{}");
    success(get_channel(&client(&fetch, "{ customUserAgent: 'app/1' }"), "undefined")).await;
    assert_eq!(text(&fetch, "calls.0.headers.x-amz-user-agent"), "app/1");
    assert!(
        text(&fetch, "calls.0.headers.authorization").contains("x-amz-user-agent,")
            || text(&fetch, "calls.0.headers.authorization").contains("x-amz-user-agent")
    );
}

#[wasm_bindgen_test]
async fn a_wrong_clock_is_corrected_unless_that_is_switched_off() {
    let refusal = "[{ status: 403, body: '{\"message\":\"Signature expired: 20240102T030405Z is now earlier than 20300102T030405Z (20300102T030905Z - 5 min.)\"}', headers: { 'x-amzn-errortype': 'InvalidSignatureException' } }, {}]";
    let fetch = answers(refusal);
    success(get_channel(&client(&fetch, "{ retryDelayOptions: { base: 0 } }"), "undefined")).await;
    assert!(text(&fetch, "calls.1.headers.x-amz-date").starts_with("20300102T0309"));
    let fetch = answers(refusal);
    let error = failure(get_channel(&client(&fetch, "{ correctClockSkew: false, maxRetries: 0 }"), "undefined")).await;
    assert_eq!((text(&error, "code"), calls(&fetch)), ("InvalidSignatureException".into(), 1));
}

#[wasm_bindgen_test]
async fn a_wrong_clock_is_corrected_for_all_calls_that_are_under_way() {
    // The server's clock is years ahead, or behind, and says so to whoever is wrong by more than five minutes.
    for (told, year) in [
        ("Signature expired: … (20300102T030905Z - 5 min.)", "2030"),
        ("Signature not yet current: … (20200102T030905Z + 5 min.)", "2020"),
    ] {
        for mode in ["standard", "legacy"] {
            let refusing = [
                "(_, { headers }) => new Promise((done) => setTimeout(done, 5, headers['x-amz-date'].startsWith('",
                year,
                "') ? new Response('{}') : new Response(JSON.stringify({ message: '",
                told,
                "' }), { status: 403, headers: { 'x-amzn-errortype': 'InvalidSignatureException' } })))",
            ];
            let fetch = doing(&js(&refusing.concat()));
            let options = ["{ retryDelayOptions: { base: 0 }, retryMode: '", mode, "' }"].concat();
            let client = client(&fetch, &options);
            let started: js_sys::Array = (0..4).map(|_| get_channel(&client, "undefined")).collect();
            // All settled before one is looked at: a rejection that nobody handles would end the program.
            let ends =
                "(calls) => Promise.allSettled(calls).then((ends) => ends.map(({ reason }) => reason?.code).join())";
            let codes = success(apply(ends, &started).unchecked_into()).await;
            assert_eq!(codes, JsValue::from(",,,"), "{mode}, {year}");
            assert_eq!(calls(&fetch), 8, "{mode}, {year}");
        }
    }
}
