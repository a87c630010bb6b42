//! What ends a call from outside: signals and times, before it starts, under way, between attempts.

use ivs_wasm::js::exports::Core;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

use super::edge::*;

fn with_signal(signal: &JsValue) -> JsValue {
    apply("(signal) => ({ signal })", signal)
}

/// Starts a call, aborts it after so many milliseconds, and gives the error and how long after the abort it came.
async fn aborted_after(ms: f64, client: &JsValue) -> (JsValue, f64) {
    let controller = AbortController::new().unwrap();
    let started = Core::get_channel(client.clone(), js("({ arn: 'a' })"), with_signal(&controller.signal()));
    pause(ms).await;
    let start = clock();
    controller.abort();
    let error = failure(started).await;
    (error, clock() - start)
}

fn is_abort(error: &JsValue) {
    assert_eq!(text(error, "code"), "RequestAbortedError");
    assert_eq!(text(error, "message"), "Request aborted by user");
    assert_eq!(at(error, "retryable"), JsValue::FALSE);
}

#[wasm_bindgen_test]
async fn an_aborted_signal_stops_the_call_before_anything_is_sent_or_read() {
    let fetch = answer(200, "{}");
    let credentials =
        js("(() => { const asked = () => { asked.times++; return {} }; asked.times = 0; return asked })()");
    let client = bare_client(&apply("(c) => ({ region: 'us-west-2', credentials: c })", &credentials));
    let options = apply("(fetch) => ({ fetch, signal: AbortSignal.abort() })", &fetch);
    is_abort(&failure(Core::get_channel(client, js("({ arn: 'a' })"), options)).await);
    assert_eq!((calls(&fetch), number(&credentials, "times")), (0, 0.0));
}

#[wasm_bindgen_test]
async fn a_signal_ends_a_call_in_flight() {
    let fetch = hanging();
    let (error, late) = aborted_after(10.0, &client(&fetch, "{}")).await;
    is_abort(&error);
    assert!(late < 100.0, "{late} ms");
    assert_eq!(at(&fetch, "calls.0.signal.aborted"), JsValue::TRUE, "the transport was told");
    assert_eq!(calls(&fetch), 1, "and not asked again");
}

#[wasm_bindgen_test]
async fn a_signal_ends_a_call_whose_transport_knows_no_signals() {
    let (error, late) = aborted_after(10.0, &client(&deaf(), "{}")).await;
    is_abort(&error);
    assert!(late < 100.0, "{late} ms");
}

#[wasm_bindgen_test]
async fn a_signal_ends_the_reading_of_a_body() {
    let (error, late) = aborted_after(25.0, &client(&dripping(5.0), "{}")).await;
    is_abort(&error);
    assert!(late < 100.0, "{late} ms");
}

#[wasm_bindgen_test]
async fn a_signal_ends_the_wait_between_attempts() {
    let fetch = answer(500, "{}");
    let client = client(&fetch, "{ retryDelayOptions: { customBackoff: () => 60000 } }");
    let (error, late) = aborted_after(20.0, &client).await;
    is_abort(&error);
    assert!(late < 100.0, "{late} ms");
    assert_eq!((calls(&fetch), number(&error, "$metadata.attempts")), (1, 1.0));
}

#[wasm_bindgen_test]
async fn a_signal_ends_the_wait_for_credentials() {
    let options =
        apply("(fetch) => ({ fetch, region: 'us-west-2', credentials: () => new Promise(() => {}) })", &deaf());
    let (error, late) = aborted_after(10.0, &bare_client(&options)).await;
    is_abort(&error);
    assert!(late < 100.0, "{late} ms");
}

#[wasm_bindgen_test]
async fn a_signal_of_the_client_ends_its_calls() {
    let controller = AbortController::new().unwrap();
    let client = client(&hanging(), "{}");
    apply(
        "([client, signal]) => { client.options.signal = signal }",
        &js_sys::Array::of2(&client, &controller.signal()),
    );
    let calls = [get_channel(&client, "undefined"), get_channel(&client, "{}")];
    pause(5.0).await;
    controller.abort();
    for call in calls {
        is_abort(&failure(call).await);
    }
}

#[wasm_bindgen_test]
async fn an_abort_after_the_answer_changes_nothing_and_no_listener_stays() {
    let signal = js(
        "(() => { const c = new AbortController(); const s = c.signal; s.listeners = 0; s.abortNow = () => c.abort();
        const add = s.addEventListener, remove = s.removeEventListener;
        s.addEventListener = function (...a) { s.listeners++; return add.apply(s, a) };
        s.removeEventListener = function (...a) { s.listeners--; return remove.apply(s, a) };
        return s })()",
    );
    let client = client(&answers("[{ status: 500 }, {}]"), "{ retryDelayOptions: { base: 1 } }");
    let data = success(Core::get_channel(client, js("({ arn: 'a' })"), with_signal(&signal))).await;
    assert_eq!(number(&signal, "listeners"), 0.0);
    apply("(signal) => signal.abortNow()", &signal);
    assert_eq!(number(&data, "$metadata.attempts"), 2.0);
}

#[wasm_bindgen_test]
async fn one_signal_ends_many_calls() {
    let controller = AbortController::new().unwrap();
    let client = client(&deaf(), "{}");
    let started: Vec<_> = (0..200)
        .map(|_| Core::get_channel(client.clone(), js("({ arn: 'a' })"), with_signal(&controller.signal())))
        .collect();
    pause(5.0).await;
    controller.abort();
    for call in started {
        is_abort(&failure(call).await);
    }
}

#[wasm_bindgen_test]
async fn a_thing_that_is_no_signal_is_told() {
    for odd in ["{}", "[]", "new Date()"] {
        let fetch = answer(200, "{}");
        let error = failure(get_channel(&client(&fetch, "{}"), &["({ signal: ", odd, " })"].concat())).await;
        assert_eq!((text(&error, "code"), calls(&fetch)), ("ConfigError".into(), 0), "{odd}");
    }
    let error = failure(get_channel(&client(&answer(200, "{}"), "{}"), "({ signal: 'stop' })")).await;
    assert_eq!(text(&error, "message"), "Expected the option signal to be an object, but it is a string");
}

/// A call under this limit fails in time, with a TimeoutError.
async fn times_out(fetch: &JsValue, client_options: &str, options: &str) -> JsValue {
    let start = clock();
    let error = failure(get_channel(&client(fetch, client_options), options)).await;
    let took = clock() - start;
    assert_eq!(text(&error, "code"), "TimeoutError", "{}", text(&error, "message"));
    assert!((30.0..1000.0).contains(&took), "{took} ms");
    error
}

#[wasm_bindgen_test]
async fn an_attempt_waits_for_headers_only_so_long() {
    for fetch in [hanging(), deaf()] {
        let error = times_out(&fetch, "{ httpOptions: { timeout: 40 }, maxRetries: 0 }", "undefined").await;
        assert_eq!(text(&error, "message"), "Connection timed out after 40ms");
        assert_eq!(at(&fetch, "calls.0.signal.aborted"), JsValue::TRUE);
        assert_eq!(at(&error, "retryable"), JsValue::TRUE);
    }
}

#[wasm_bindgen_test]
async fn an_attempt_waits_for_the_body_only_so_long_though_it_drips() {
    let fetch = dripping(5.0);
    times_out(&fetch, "{ httpOptions: { timeout: 40 }, maxRetries: 0 }", "undefined").await;
    assert_eq!(calls(&fetch), 1);
}

#[wasm_bindgen_test]
async fn a_body_that_is_given_up_is_not_read_on() {
    let fetch = dripping(5.0);
    times_out(&fetch, "{ httpOptions: { timeout: 40 }, maxRetries: 0 }", "undefined").await;
    pause(30.0).await;
    assert_eq!(at(&fetch, "cancelled"), JsValue::TRUE);
}

#[wasm_bindgen_test]
async fn each_attempt_has_its_own_time() {
    let fetch = hanging();
    let error = times_out(
        &fetch,
        "{ httpOptions: { timeout: 30 }, maxRetries: 2, retryDelayOptions: { base: 0 } }",
        "undefined",
    )
    .await;
    assert_eq!((calls(&fetch), number(&error, "$metadata.attempts")), (3, 3.0));
}

#[wasm_bindgen_test]
async fn the_time_of_a_call_is_for_all_its_attempts() {
    let fetch = hanging();
    let error = times_out(&fetch, "{ maxRetries: 50, retryDelayOptions: { base: 0 } }", "({ timeout: 60 })").await;
    assert_eq!((calls(&fetch), number(&error, "$metadata.attempts")), (1, 1.0));
}

#[wasm_bindgen_test]
async fn the_time_of_a_call_holds_for_a_dripping_body() {
    times_out(&dripping(5.0), "{}", "({ timeout: 60 })").await;
}

#[wasm_bindgen_test]
async fn the_time_of_a_call_holds_while_credentials_are_awaited() {
    let options = "(fetch) => ({ fetch, region: 'us-west-2', timeout: 60, credentials: () => new Promise(() => {}) })";
    let fetch = deaf();
    let start = clock();
    let started = get_channel(&bare_client(&apply(options, &fetch)), "undefined");
    let late = js("new Promise((done) => setTimeout(done, 15000, 'hangs').unref?.())");
    let either = apply("(two) => Promise.race(two)", &js_sys::Array::of2(&started, &late));
    let error = match wasm_bindgen_futures::JsFuture::from(either.unchecked_into::<js_sys::Promise>()).await {
        Ok(_) => panic!("the call hangs"),
        Err(error) => error,
    };
    assert_eq!(text(&error, "code"), "TimeoutError");
    assert!(clock() - start < 10_000.0);
    assert_eq!(calls(&fetch), 0);
}

#[wasm_bindgen_test]
async fn the_time_of_a_call_leaves_no_room_for_a_long_wait() {
    let fetch = answer(500, "{}");
    let client = client(&fetch, "{ retryDelayOptions: { customBackoff: () => 60000 } }");
    let start = clock();
    let error = failure(get_channel(&client, "({ timeout: 30000 })")).await;
    assert!(clock() - start < 15_000.0, "nobody waits for what cannot be");
    assert_eq!((number(&error, "statusCode"), number(&error, "retryDelay")), (500.0, 60000.0));
}

#[wasm_bindgen_test]
async fn a_time_of_zero_means_none() {
    let fetch = doing(&js("() => new Promise((done) => setTimeout(done, 40, new Response('{}')))"));
    success(get_channel(&client(&fetch, "{ httpOptions: { timeout: 0 } }"), "({ timeout: 0 })")).await;
    assert!(at(&fetch, "calls.0.signal").is_undefined(), "nothing could end it");
}

#[wasm_bindgen_test]
async fn a_time_of_zero_lifts_that_of_the_client() {
    let fetch = doing(&js("() => new Promise((done) => setTimeout(done, 80, new Response('{}')))"));
    let client = client(&fetch, "{ timeout: 40, maxRetries: 0 }");
    success(get_channel(&client, "({ timeout: 0 })")).await;
    assert_eq!(code(get_channel(&client, "undefined")).await, "TimeoutError");
}

#[wasm_bindgen_test]
async fn an_answer_that_comes_too_late_is_not_read() {
    let fetch = dripping(5.0);
    let late = apply("(fetch) => Object.assign((...args) => new Promise((done) => setTimeout(() => done(fetch(...args)), 60)), { calls: [] })", &fetch);
    times_out(&late, "{ httpOptions: { timeout: 40 }, maxRetries: 0 }", "undefined").await;
    pause(60.0).await;
    assert_eq!((calls(&fetch), at(&fetch, "cancelled")), (1, JsValue::TRUE));
}

#[wasm_bindgen_test]
async fn a_signal_with_a_time_of_its_own_works() {
    let start = clock();
    let error = failure(get_channel(&client(&deaf(), "{}"), "({ signal: AbortSignal.timeout(40) })")).await;
    is_abort(&error);
    assert!(clock() - start < 30_000.0);
}
