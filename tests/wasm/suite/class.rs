//! The class as a whole: every operation, signing, paging, many clients.

use ivs_wasm::js::exports::Core;
use ivs_wasm::model::ivs::SERVICE;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::edge::*;

/// The number of an operation.
fn index(name: &str) -> usize {
    SERVICE.find(name).expect("an operation").index
}

#[wasm_bindgen_test]
async fn every_operation_can_be_signed_and_goes_to_its_own_place() {
    let mut seen = 0;
    let client = client(&deaf(), "{ paramValidation: false }");
    while let Some(operation) = SERVICE.operation(seen) {
        let signed = success(Core::sign(client.clone(), seen, js("({ resourceArn: 'a' })"), JsValue::UNDEFINED)).await;
        // Only the operations on tags have a path of their own.
        let path = if operation.uri.is_empty() {
            ["/", operation.name].concat()
        } else {
            operation.uri.replace("{resourceArn}", "a")
        };
        assert_eq!(text(&signed, "url"), ["https://ivs.us-west-2.amazonaws.com", &path].concat());
        assert_eq!(text(&signed, "method"), operation.method);
        assert_eq!(at(&signed, "body").is_string(), operation.method == "POST", "{}", operation.name);
        assert!(text(&signed, "headers.authorization").starts_with("AWS4-HMAC-SHA256 "));
        seen += 1;
    }
    assert_eq!(seen, 46);
}

#[wasm_bindgen_test]
async fn signing_sends_nothing_and_checks_everything() {
    let fetch = answer(200, "{}");
    let client = client(&fetch, "{}");
    assert_eq!(
        code(Core::sign(client.clone(), index("getChannel"), js("({})"), JsValue::UNDEFINED)).await,
        "MissingRequiredParameter"
    );
    let signed = success(Core::sign(client, index("getChannel"), js("({ arn: 'é' })"), JsValue::UNDEFINED)).await;
    assert_eq!(text(&signed, "body"), r#"{"arn":"é"}"#);
    assert_eq!(calls(&fetch), 0);
}

#[wasm_bindgen_test]
async fn a_known_request_has_a_known_signature() {
    // As SDK v2 signed the same request at this moment; the clock is moved there by the offset.
    let at_that_moment = "{ region: 'us-west-2', credentials: { accessKeyId: 'AKIDEXAMPLE', \
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }, systemClockOffset: Date.UTC(2024, 0, 2, 3, 4, 5) - Date.now() + 200 }";
    let client = bare_client(&js(at_that_moment));
    let signed = success(Core::sign(
        client,
        index("getChannel"),
        js("({ arn: 'arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh' })"),
        JsValue::UNDEFINED,
    ))
    .await;
    assert_eq!(text(&signed, "headers.x-amz-date"), "20240102T030405Z");
    let authorization = text(&signed, "headers.authorization");
    assert!(authorization.ends_with(SIGNATURE), "{authorization}");
}

const SIGNATURE: &str = "Signature=b07530586f783eed12c3d102c8d8fd9f3579cf4e55e8017402d38a078fa77027";

#[wasm_bindgen_test]
fn paging_is_told_for_the_operations_that_have_it() {
    assert_eq!(Core::paging("listChannels"), "nextToken nextToken maxResults channels");
    assert_eq!((Core::paging("getChannel"), Core::paging("no such")), (String::new(), String::new()));
}

#[wasm_bindgen_test]
async fn a_thousand_clients_keep_their_own_options() {
    let clients: Vec<JsValue> =
        (0..1000).map(|i| client(&answer(200, "{}"), &format!("{{ region: 'r{i}' }}"))).collect();
    for round in 0..2 {
        for (i, client) in clients.iter().enumerate().step_by(97) {
            let signed =
                success(Core::sign(client.clone(), index("listChannels"), JsValue::UNDEFINED, JsValue::UNDEFINED))
                    .await;
            assert!(text(&signed, "url").starts_with(&format!("https://ivs.r{i}.")), "round {round}");
        }
    }
}

#[wasm_bindgen_test]
async fn clearing_the_caches_changes_no_result() {
    let client = client(&answer(200, "{}"), "{ systemClockOffset: 0 }");
    success(get_channel(&client, "undefined")).await;
    Core::clear();
    success(get_channel(&client, "undefined")).await;
    let started = get_channel(&client, "undefined");
    Core::clear();
    success(started).await;
}

#[wasm_bindgen_test]
fn methods_return_promises_and_never_throw() {
    for params in ["undefined", "({})", "Symbol('s')", "({ get arn() { throw 1 } })"] {
        let promise: JsValue = call(Core::get_channel, &client(&answer(200, "{}"), "{}"), &js(params)).into();
        assert!(promise.is_instance_of::<js_sys::Promise>());
        // Nobody awaits it; an unhandled rejection must not end the test program.
        apply("(promise) => { promise.catch(() => {}) }", &promise);
    }
}
