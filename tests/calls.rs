//! Whole calls in a scripted world: what is sent again, when, with which date and credentials, and
//! what the caller is told in the end.

#[path = "support/host.rs"]
mod host;
#[path = "support/verifier.rs"]
mod verifier;

use host::{run, Reply, Script};
use ivs_wasm::call::{call, Client, Success, Wishes};
use ivs_wasm::config::{Config, Value};
use ivs_wasm::credentials::Credentials;
use ivs_wasm::error::Error;
use ivs_wasm::http::Loss;
use ivs_wasm::model::ivs::SERVICE;
use ivs_wasm::params::Params;
use std::cell::RefCell;
use std::rc::Rc;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const READ: (&str, &str) = ("getChannel", r#"{"arn":"arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh"}"#);
const CREATE: (&str, &str) = ("createChannel", r#"{"name":"n"}"#);

fn client(options: &[(&str, Value<'_>)]) -> Client {
    let mut config = Config::default();
    config.set("region", Value::Text("us-west-2"));
    for (name, value) in options {
        config.set(name, *value);
    }
    assert!(config.problems.is_empty() && config.unknown.is_empty(), "{:?}", config.problems);
    Client::new(&SERVICE, config, Rc::new(RefCell::default()))
}

fn script(replies: Vec<Result<Reply, Loss>>) -> Script {
    Script::new(replies, Credentials::new("AKIDEXAMPLE", SECRET, None))
}

#[allow(clippy::result_large_err)] // the core's own error
fn make(script: &Script, client: &Client, (operation, params): (&str, &str)) -> Result<Success<Reply>, Error> {
    let operation = SERVICE.find(operation).expect("an operation");
    run(call(script, client, &operation, Params::new(params), Wishes::default()))
}

fn refusal(status: u16, code: &str, message: &str) -> Reply {
    Reply::new(status, &format!(r#"{{"message":"{message}"}}"#)).with("x-amzn-errortype", code)
}

fn count(script: &Script) -> usize {
    script.sent.borrow().len()
}

fn dates(script: &Script) -> Vec<String> {
    let sent = script.sent.borrow();
    sent.iter().map(|sent| sent.header("x-amz-date").expect("a date").to_string()).collect()
}

/// Every attempt satisfies the verifier, whatever its date.
fn all_verify(script: &Script) {
    for sent in script.sent.borrow().iter() {
        let (host, path, query) = sent.parts();
        let mut headers = vec![("host".to_string(), host.to_string())];
        headers.extend(sent.headers.iter().cloned());
        let body = sent.body.as_deref().unwrap_or("").as_bytes();
        let received = verifier::Received { method: &sent.method, path, query, headers: &headers, body };
        verifier::verify(&received, SECRET).expect("a good signature");
    }
}

#[test]
fn a_success_is_sent_once() {
    let script = script(vec![Ok(Reply::new(200, r#"{"channel":{"arn":"z"}}"#).with("x-amzn-requestid", "rid"))]);
    let success = make(&script, &client(&[]), READ).expect("a result");
    assert_eq!((success.attempts, success.request_id.as_deref(), success.total_delay), (1, Some("rid"), 0.0));
    assert_eq!((count(&script), script.delays.borrow().len()), (1, 0));
}

#[test]
fn trouble_that_passes_is_waited_out_with_a_fresh_signature_each_time() {
    let slow = || Ok(refusal(429, "ThrottlingException", "slow"));
    let script = script(vec![slow(), slow(), Ok(Reply::new(200, "{}"))]);
    let success = make(&script, &client(&[]), READ).expect("a result");
    assert_eq!(*script.delays.borrow(), [1000.0, 2000.0]);
    assert_eq!((success.attempts, success.total_delay), (3, 3000.0));
    assert_eq!(dates(&script), ["20240102T030405Z", "20240102T030406Z", "20240102T030408Z"]);
    all_verify(&script);
}

#[test]
fn after_three_attempts_the_last_error_is_told() {
    let script = script(vec![Ok(Reply::new(503, r#"{"exceptionMessage":"later"}"#).with("x-amzn-requestid", "rid"))]);
    let error = make(&script, &client(&[]), READ).expect_err("an error");
    assert_eq!(*script.delays.borrow(), [50.0, 100.0]);
    assert_eq!((error.status, error.attempts, error.retryable), (Some(503), 3, Some(true)));
    assert_eq!((error.message.as_str(), error.request_id.as_deref()), ("later", Some("rid")));
    assert_eq!(error.total_delay, 150.0);
}

#[test]
fn legacy_waits_as_sdk_v2_does() {
    let script = script(vec![Ok(Reply::new(503, "{}"))]);
    let error = make(&script, &client(&[("retryMode", Value::Text("legacy"))]), READ).expect_err("an error");
    assert_eq!(*script.delays.borrow(), [100.0, 200.0, 400.0]);
    assert_eq!(error.attempts, 4);
}

#[test]
fn what_creates_is_not_sent_again_when_its_fate_is_unknown() {
    let lost = || Err(Loss::Network("reset".into()));
    let attempts = |replies, options: &[(&str, Value<'_>)], operation| {
        let script = script(replies);
        let _ = make(&script, &client(options), operation);
        count(&script)
    };
    assert_eq!(attempts(vec![lost()], &[], CREATE), 1, "a lost connection");
    assert_eq!(attempts(vec![Err(Loss::Timeout(60.0))], &[], CREATE), 1, "a timeout");
    assert_eq!(attempts(vec![Ok(Reply::new(500, "{}"))], &[], CREATE), 3, "an answer");
    assert_eq!(attempts(vec![Ok(refusal(429, "ThrottlingException", "m"))], &[], CREATE), 3, "throttling");
    assert_eq!(attempts(vec![lost()], &[], READ), 3, "reading");
    assert_eq!(attempts(vec![lost()], &[("retryCreates", Value::Flag(true))], CREATE), 3, "if asked for");
    assert_eq!(attempts(vec![lost()], &[("retryMode", Value::Text("legacy"))], CREATE), 4, "v2's way");
}

#[test]
fn a_server_may_ask_for_time_within_bounds() {
    for (name, value, waited) in [
        ("x-amz-retry-after", "1500", 1500.0),
        ("x-amz-retry-after", "10", 50.0),
        ("x-amz-retry-after", "600000", 5050.0),
        ("x-amz-retry-after", "soon", 50.0),
        ("retry-after", "2", 2000.0),
    ] {
        let script = script(vec![Ok(Reply::new(503, "{}").with(name, value)), Ok(Reply::new(200, "{}"))]);
        make(&script, &client(&[]), READ).expect("a result");
        assert_eq!(*script.delays.borrow(), [waited], "{name}: {value}");
    }
}

#[test]
fn a_wrong_clock_is_corrected_by_what_the_server_says() {
    let expired =
        "Signature expired: 20240102T030405Z is now earlier than 20240102T040000Z (20240102T041500Z - 15 min.)";
    let early =
        "Signature not yet current: 20240102T030405Z is still later than 20240102T020500Z (20240102T020000Z + 5 min.)";
    let skewed = "the time is wrong";
    for (code, message, date, first, second) in [
        ("InvalidSignatureException", expired, None, "20240102T030405Z", "20240102T0415"),
        ("InvalidSignatureException", early, None, "20240102T030405Z", "20240102T0200"),
        ("SignatureDoesNotMatch", expired, None, "20240102T030405Z", "20240102T0415"),
        ("RequestTimeTooSkewed", skewed, Some("Tue, 02 Jan 2024 05:00:00 GMT"), "20240102T030405Z", "20240102T0500"),
    ] {
        let mut reply = refusal(403, code, message);
        if let Some(date) = date {
            reply = reply.with("date", date);
        }
        let script = script(vec![Ok(reply), Ok(Reply::new(200, "{}"))]);
        let client = client(&[]);
        make(&script, &client, READ).expect("a result");
        // The client remembers.
        make(&script, &client, READ).expect("a result");
        let dates = dates(&script);
        assert_eq!((dates.len(), dates[0].as_str()), (3, first), "{code}");
        assert!(dates[1].starts_with(second) && dates[2].starts_with(second), "{code}: {dates:?}");
        all_verify(&script);
    }
}

#[test]
fn what_has_expired_may_be_the_clock_or_the_credentials() {
    for (date, renewable, expected) in [
        // Fixed credentials, a wrong clock: the clock is mended.
        ("Tue, 02 Jan 2024 05:00:00 GMT", false, 2),
        ("Tue, 02 Jan 2024 05:00:00 GMT", true, 2),
        // A right clock: other credentials, if there are any.
        ("Tue, 02 Jan 2024 03:04:05 GMT", true, 2),
        ("Tue, 02 Jan 2024 03:04:05 GMT", false, 1),
    ] {
        let expired = refusal(403, "RequestExpired", "Request has expired").with("date", date);
        let mut script = script(vec![Ok(expired), Ok(Reply::new(200, "{}"))]);
        script.renewable = renewable;
        assert_eq!(make(&script, &client(&[]), READ).is_ok(), expected == 2, "{date} {renewable}");
        assert_eq!(count(&script), expected, "{date} {renewable}");
    }
}

#[test]
fn a_clock_is_corrected_only_if_it_is_wrong_and_only_if_that_is_wanted() {
    let expired =
        "Signature expired: 20240102T030405Z is now earlier than 20240102T040000Z (20240102T041500Z - 15 min.)";
    let unwanted = script(vec![Ok(refusal(403, "InvalidSignatureException", expired))]);
    make(&unwanted, &client(&[("correctClockSkew", Value::Flag(false))]), READ).expect_err("an error");
    assert!(dates(&unwanted).iter().all(|date| date.starts_with("20240102T0304")), "{:?}", dates(&unwanted));
    let right = refusal(403, "SignatureDoesNotMatch", "no").with("date", "Tue, 02 Jan 2024 03:05:00 GMT");
    let right = script(vec![Ok(right)]);
    make(&right, &client(&[]), READ).expect_err("an error");
    assert_eq!(count(&right), 1, "a wrong secret is not a wrong clock");
}

#[test]
fn a_page_that_may_not_read_the_code_goes_by_the_text() {
    // CORS hides x-amzn-errortype and Date from a page unless the service exposes them.
    let hidden = |message: &str| Ok(Reply::new(403, &format!(r#"{{"message":"{message}"}}"#)));
    let expired =
        "Signature expired: 20240102T030405Z is now earlier than 20240102T040000Z (20240102T041500Z - 15 min.)";
    let mended = script(vec![hidden(expired), Ok(Reply::new(200, "{}"))]);
    make(&mended, &client(&[]), READ).expect("a result");
    assert!(dates(&mended)[1].starts_with("20240102T0415"), "{:?}", dates(&mended));
    for (message, code) in [
        (expired, "InvalidSignatureException"),
        ("The request signature we calculated does not match the signature you provided.", "InvalidSignatureException"),
        ("The security token included in the request is expired", "ExpiredTokenException"),
        ("The security token included in the request is invalid.", "UnrecognizedClientException"),
        ("The security guard is asleep", "UnknownError"),
    ] {
        // Only of a refusal the text is anybody's business.
        let other = script(vec![Ok(Reply::new(400, &format!(r#"{{"message":"{message}"}}"#)))]);
        assert_eq!(make(&other, &client(&[]), READ).expect_err("an error").code, "UnknownError", "{message}");
        let script = script(vec![hidden(message)]);
        let unmended = client(&[("correctClockSkew", Value::Flag(false)), ("maxAttempts", Value::Number(1.0))]);
        assert_eq!(make(&script, &unmended, READ).expect_err("an error").code, code, "{message}");
    }
}

#[test]
fn expired_credentials_are_renewed_where_there_are_others() {
    for (renewable, expected) in [(true, 2), (false, 1)] {
        let expired = refusal(403, "ExpiredTokenException", "The security token included in the request is expired");
        let mut script = script(vec![Ok(expired), Ok(Reply::new(200, "{}"))]);
        script.renewable = renewable;
        let outcome = make(&script, &client(&[]), READ);
        assert_eq!((count(&script), outcome.is_ok()), (expected, renewable));
        assert_eq!(script.renewals.get(), 1);
    }
}

#[test]
fn an_abort_ends_the_call() {
    let script = script(vec![Err(Loss::Aborted)]);
    let error = make(&script, &client(&[]), READ).expect_err("an error");
    assert_eq!((error.code.as_ref(), error.message.as_str()), ("RequestAbortedError", "Request aborted by user"));
    assert_eq!((count(&script), error.retryable), (1, Some(false)));
}

#[test]
fn losses_have_v2s_codes() {
    for (loss, code, message, retryable) in [
        (Loss::Network("refused".into()), "NetworkingError", "refused", true),
        (Loss::Timeout(60.0), "TimeoutError", "Connection timed out after 60ms", true),
    ] {
        let script = script(vec![Err(loss)]);
        let error = make(&script, &client(&[("maxRetries", Value::Number(0.0))]), READ).expect_err("an error");
        assert_eq!((error.code.as_ref(), error.message.as_str()), (code, message));
        assert_eq!((error.retryable, count(&script)), (Some(retryable), 1));
    }
}

#[test]
fn an_answer_that_is_too_long_is_not_asked_for_again() {
    let script = script(vec![Err(Loss::TooLong)]);
    let error = make(&script, &client(&[]), READ).expect_err("an error");
    assert_eq!((count(&script), error.retryable), (1, Some(false)));
}

#[test]
fn a_deadline_bounds_every_attempt_and_every_wait() {
    let get = SERVICE.find("getChannel").expect("an operation");
    let script = script(vec![Ok(refusal(429, "ThrottlingException", "slow"))]);
    let deadline = Some(script.now.get() + 1500);
    let wishes = Wishes { deadline, ..Wishes::default() };
    let outcome = run(call(&script, &client(&[]), &get, Params::new(READ.1), wishes));
    let error = outcome.expect_err("an error");
    // One wait of a second fits, the next of two does not.
    assert_eq!((count(&script), error.code.as_ref()), (2, "ThrottlingException"));
    let timeouts: Vec<Option<f64>> = script.sent.borrow().iter().map(|sent| sent.timeout).collect();
    assert_eq!(timeouts, [Some(1500.0), Some(500.0)]);
}

#[test]
fn the_number_of_attempts_can_be_set_for_the_client_and_for_a_call() {
    let get = SERVICE.find("getChannel").expect("an operation");
    for (options, wish, expected) in [
        (&[("maxAttempts", Value::Number(1.0))][..], None, 1),
        (&[("maxRetries", Value::Number(4.0))][..], None, 5),
        (&[][..], Some(2), 2),
    ] {
        let script = script(vec![Ok(Reply::new(500, "{}"))]);
        let wishes = Wishes { attempts: wish, ..Wishes::default() };
        let _ = run(call(&script, &client(options), &get, Params::new(READ.1), wishes));
        assert_eq!(count(&script), expected);
    }
}

#[test]
fn a_retry_that_is_not_made_costs_nothing() {
    let get = SERVICE.find("getChannel").expect("an operation");
    let client = client(&[]);
    for _ in 0..100 {
        let script = script(vec![Ok(Reply::new(500, "{}"))]);
        let wishes = Wishes { deadline: Some(script.now.get() + 1), ..Wishes::default() };
        let _ = run(call(&script, &client, &get, Params::new(READ.1), wishes));
        assert_eq!(count(&script), 1, "there is no time for another attempt");
    }
    let script = script(vec![Ok(Reply::new(500, "{}"))]);
    let _ = make(&script, &client, READ);
    assert_eq!(count(&script), 3);
}

#[test]
fn a_broken_service_is_soon_asked_only_once_a_call() {
    let client = client(&[]);
    let attempts: Vec<usize> = (0..20)
        .map(|_| {
            let script = script(vec![Ok(Reply::new(500, "{}"))]);
            let _ = make(&script, &client, READ);
            count(&script)
        })
        .collect();
    // 500 tokens at 14 each are 35 retries: 17 calls with two, one with one, then none.
    assert_eq!(attempts[..17], [3; 17]);
    assert_eq!(attempts[17..], [2, 1, 1]);
    let healthy = script(vec![Ok(Reply::new(200, "{}"))]);
    for _ in 0..4 {
        make(&healthy, &client, READ).expect("a result");
    }
    let script = script(vec![Ok(Reply::new(500, "{}"))]);
    let _ = make(&script, &client, READ);
    assert_eq!(count(&script), 2, "successes earn retries");
}

/// URL parsers walk up the path on these labels, escaped or not, after the signature was made.
#[test]
fn dot_labels_are_refused_before_anything_is_sent() {
    for label in [".", ".."] {
        let params = format!(r#"{{"resourceArn":"{label}"}}"#);
        let script = script(vec![Ok(Reply::new(200, "{}"))]);
        let told = make(&script, &client(&[]), ("listTagsForResource", &params)).expect_err("an error");
        assert_eq!(told.code, "UriParameterError");
        assert!(told.message.ends_with(&format!("found \"{label}\" for params.resourceArn")), "{}", told.message);
        let unchecked = client(&[("paramValidation", Value::Flag(false))]);
        let told = make(&script, &unchecked, ("listTagsForResource", &params)).expect_err("an error");
        assert_eq!((told.code.as_ref(), count(&script)), ("UriParameterError", 0));
    }
}

#[test]
fn a_redirect_is_an_error_and_nothing_is_sent_to_its_target() {
    let script = script(vec![Ok(Reply::new(301, "").with("location", "https://evil.example/"))]);
    let error = make(&script, &client(&[]), READ).expect_err("an error");
    assert_eq!((count(&script), error.status, error.retryable), (1, Some(301), Some(false)));
    assert!(error.hint.is_some());
}

#[test]
fn hints_say_what_to_do() {
    let refused = |code: &str| Ok(refusal(404, code, "m"));
    let hint = |reply, params: &str| {
        let script = script(vec![reply]);
        make(&script, &client(&[]), ("getChannel", params)).expect_err("an error").hint.clone().unwrap_or_default()
    };
    let elsewhere = r#"{"arn":"arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh"}"#;
    let told = hint(refused("ResourceNotFoundException"), elsewhere);
    assert!(told.contains("eu-west-1") && told.contains("us-west-2"), "{told}");
    assert_eq!(hint(refused("ResourceNotFoundException"), READ.1), "");
    assert!(hint(refused("ChannelNotBroadcasting"), READ.1).contains("not live"));
    // What is known of the code comes before what may be.
    assert!(hint(refused("ChannelNotBroadcasting"), elsewhere).contains("not live"));
    // An ARN inside of somebody's own JSON says nothing of the resource that is asked for.
    let inside = r#"{"arn":"arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh","metadata":"{\"a\":\"arn:aws:ivs:eu-west-1:1:channel/x\"}"}"#;
    let asked = script(vec![refused("ResourceNotFoundException")]);
    let put = make(&asked, &client(&[]), ("putMetadata", &inside.replace("\"arn\":", "\"channelArn\":")));
    assert_eq!(put.expect_err("an error").hint, None);
    assert!(hint(Ok(Reply::new(404, "<html>")), READ.1).contains("endpoint"));
    assert!(hint(Ok(Reply::new(302, "{}")), READ.1).contains("Redirects"));
    assert_eq!(hint(Ok(Reply::new(400, "{}")), READ.1), "");
    // Only who was refused may have asked in the wrong region, and only where the region says which host is asked.
    assert_eq!(hint(Ok(Reply::new(500, "{}")), elsewhere), "");
    let script = script(vec![refused("ResourceNotFoundException")]);
    let given = client(&[("endpoint", Value::Text("https://proxy.example"))]);
    assert_eq!(make(&script, &given, ("getChannel", elsewhere)).expect_err("an error").hint, None);
}

#[test]
fn of_many_mistakes_the_first_are_told_and_all_are_counted() {
    let numbers: Vec<String> = (0..1500).map(|number| number.to_string()).collect();
    let params = format!(r#"{{"arns":[{}]}}"#, numbers.join(","));
    let script = script(vec![Ok(Reply::new(200, "{}"))]);
    let error = make(&script, &client(&[]), ("batchGetChannel", &params)).expect_err("an error");
    assert!(
        error.message.starts_with("There were 1500 validation errors:\n* InvalidParameterType: "),
        "{}",
        error.message
    );
    assert!(error.message.ends_with(&format!("\n* and {} more", 1500 - error.errors.len())), "{}", error.message);
    assert_eq!((error.errors.len(), error.message.lines().count()), (1000, 1002));
    let two = make(&script, &client(&[]), ("batchGetChannel", r#"{"arns":[1,2]}"#)).expect_err("an error");
    assert!(!two.message.contains("more"), "{}", two.message);
}

#[test]
fn an_error_tells_how_long_the_next_wait_would_have_been() {
    let delay = |replies, options: &[(&str, Value<'_>)], backoff| {
        let mut script = script(replies);
        script.backoff = backoff;
        make(&script, &client(options), READ).expect_err("an error").retry_delay
    };
    let once = [("maxAttempts", Value::Number(1.0))];
    assert_eq!(delay(vec![Ok(Reply::new(404, "{}"))], &[], None), Some(0.0), "an answer that is final");
    assert_eq!(delay(vec![Ok(Reply::new(503, "{}"))], &once, None), None, "no attempts are left");
    assert_eq!(delay(vec![Err(Loss::Aborted)], &[], None), None, "no answer");
    assert_eq!(delay(vec![Ok(Reply::new(503, "{}"))], &[], Some(None)), Some(0.0), "stopped by the caller's rule");
}

#[test]
fn secrets_are_shown_nowhere() {
    let credentials = Credentials::new("AKIDEXAMPLE", SECRET, Some("TOKEN"));
    let script = Script::new(vec![Ok(Reply::new(403, r#"{"message":"no"}"#))], credentials.clone());
    let client = client(&[]);
    let error = make(&script, &client, READ).expect_err("an error");
    for shown in [format!("{error:?}"), format!("{client:?}"), format!("{credentials:?}"), error.to_string()] {
        assert!(!shown.contains(SECRET) && !shown.contains("TOKEN"), "{shown}");
    }
    let operation = SERVICE.find("putMetadata").expect("an operation");
    let params = Params::new(r#"{"channelArn":"arn:aws:ivs:us-west-2:1:channel/x","metadata":"TOKEN"}"#);
    let prepared = client.prepare(&operation, params).expect("good parameters");
    let request = client.request(&operation, &prepared, params, Some(&credentials), 0).expect("a request");
    for shown in [format!("{params:?}"), format!("{prepared:?}"), format!("{request:?}")] {
        assert!(!shown.contains("TOKEN"), "{shown}");
    }
    let shown = format!("{request:?}");
    assert!(!shown.contains("TOKEN") && !shown.contains("Signature="), "{shown}");
}
