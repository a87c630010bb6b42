//! The typed API, on the host: every structure, every enum, every operation, pages, secrets, leniency.
#![cfg(feature = "typed")]

#[path = "support/generator.rs"]
mod generator;
#[path = "support/host.rs"]
mod host;
#[macro_use]
#[path = "typed/lists.rs"]
mod lists;
#[path = "support/verifier.rs"]
mod verifier;

use generator::{Generator, Random};
use host::{run, Reply, Script, Sent};
use ivs_wasm::call::{call, Wishes};
use ivs_wasm::config::Config;
use ivs_wasm::credentials::Credentials;
use ivs_wasm::error::Error;
use ivs_wasm::http::Loss;
use ivs_wasm::model::ivs::SERVICE;
use ivs_wasm::params::Params;
use ivs_wasm::typed::*;
use serde_json::{json, Map, Value};
use std::cell::Cell;
use std::rc::Rc;

/// So many values of every structure.
const ROUNDS: usize = 30;
const SECRET: &str = "the-secret-itself";

fn facts() -> Value {
    serde_json::from_str(include_str!("../src/model/ivs.json")).expect("the facts file is JSON")
}

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None)
}

fn client(replies: Vec<Result<Reply, Loss>>) -> Client<Script> {
    Client::new(Config::in_region("us-west-2"), Script::new(replies, credentials()))
}

fn answering(body: &str) -> Client<Script> {
    client(vec![Ok(Reply::new(200, body))])
}

/// Members that the typed API does not send because they mean "not given".
fn is_absent(value: &Value) -> bool {
    value.as_str() == Some("") || value.as_i64() == Some(0) || value.as_array().is_some_and(Vec::is_empty)
}

/// Whether `ours` tells all that `given` does.
fn tells(ours: &Value, given: &Value) -> bool {
    match (ours, given) {
        (Value::Object(ours), Value::Object(given)) => {
            ours.keys().all(|key| given.contains_key(key))
                && given.iter().all(|(key, value)| match ours.get(key) {
                    Some(own) => tells(own, value),
                    None => is_absent(value),
                })
        }
        (Value::Array(ours), Value::Array(given)) => {
            ours.len() == given.len() && ours.iter().zip(given).all(|(own, value)| tells(own, value))
        }
        _ => ours == given,
    }
}

/// Members of a structure with the shapes of their values.
fn members<'f>(facts: &'f Value, name: &str) -> Vec<(&'f str, &'f Value)> {
    let members = facts["shapes"][name]["members"].as_object().expect("a structure");
    let shape = |of: &'f Value| &facts["shapes"][of["shape"].as_str().expect("a shape")];
    members.iter().map(|(member, of)| (member.as_str(), shape(of))).collect()
}

#[test]
fn every_structure_tells_what_it_was_made_from() {
    let facts = facts();
    let mut generator = Generator { facts: &facts, random: Random::new(7) };
    let mut count = 0;
    macro_rules! check {
        ($name:ident) => {
            for _ in 0..ROUNDS {
                let given = generator.value(stringify!($name));
                let value: $name = from_json(&given.to_string()).unwrap_or_else(|e| panic!("{e}\n{given}"));
                let text = to_json(&value).expect("a structure of ours");
                let ours: Value = serde_json::from_str(&text).expect("JSON");
                assert!(tells(&ours, &given), "{}\n  given: {given}\n  ours:  {ours}", stringify!($name));
                assert_eq!(from_json::<$name>(&text).expect("our own text"), value);
            }
            count += 1;
        };
    }
    every_structure!(check);
    assert_eq!(count, 120);
}

#[test]
fn no_structure_fails_for_what_is_missing_new_null_or_of_another_type() {
    let facts = facts();
    macro_rules! check {
        ($name:ident) => {
            let name = stringify!($name);
            assert_eq!(from_json::<$name>("{}").expect(name), $name::default());
            assert_eq!(from_json::<$name>(r#"{"brandNew":[{"x":1}],"x":null}"#).expect(name), $name::default());
            for (member, shape) in members(&facts, name) {
                let null = json!({ member: null }).to_string();
                assert_eq!(from_json::<$name>(&null).expect(name), $name::default(), "{name}.{member}");
                if matches!(shape["type"].as_str(), Some("structure" | "list" | "map")) {
                    continue;
                }
                for odd in [json!(true), json!(-1), json!(1e300), json!("text"), json!([[1]]), json!({"a": {}})] {
                    let odd = json!({ member: odd }).to_string();
                    from_json::<$name>(&odd).unwrap_or_else(|e| panic!("{name}: {odd}: {e}"));
                }
            }
        };
    }
    every_structure!(check);
}

#[test]
fn nulls_among_elements_are_left_out() {
    let page: ListChannelsResponse =
        from_json(r#"{"channels":[{"arn":"a"},null,{"tags":{"k":null,"l":"v"}}]}"#).unwrap();
    assert_eq!(page.channels.len(), 2);
    assert_eq!(page.channels[1].tags.as_ref().map(|tags| tags.len()), Some(1));
}

#[test]
fn every_enum_knows_its_values_and_keeps_others() {
    let mut count = 0;
    macro_rules! check {
        ($name:ident, $values:expr) => {
            assert_eq!($name::VALUES, $values);
            for text in $values {
                let value = $name::from(text);
                assert!(!matches!(value, $name::Other(_)), "{text}");
                assert_eq!((value.as_str(), value.to_string()), (text, text.to_string()));
                assert_eq!(to_json(&value).unwrap(), format!("\"{text}\""));
                assert_eq!(from_json::<$name>(&format!("\"{text}\"")).unwrap(), value);
            }
            let new: $name = from_json("\"BRAND_NEW\"").unwrap();
            assert_eq!((&new, to_json(&new).unwrap().as_str()), (&$name::Other("BRAND_NEW".into()), "\"BRAND_NEW\""));
            count += 1;
        };
    }
    every_enum!(check);
    assert_eq!(count, 15);
}

/// A value of a shape in which every sensitive text is [`SECRET`], and whether there is one.
fn with_secrets(facts: &Value, shape: &str) -> (Value, bool) {
    let of = &facts["shapes"][shape];
    match of["type"].as_str().expect("a type") {
        "structure" => {
            let mut any = false;
            let mut out = Map::new();
            for (member, value) in of["members"].as_object().expect("members") {
                let (value, secret) = with_secrets(facts, value["shape"].as_str().expect("a shape"));
                any |= secret;
                out.insert(member.clone(), value);
            }
            (Value::Object(out), any)
        }
        "list" => {
            let (value, secret) = with_secrets(facts, of["member"].as_str().expect("a member"));
            (json!([value]), secret)
        }
        "string" if of["sensitive"] == true => (json!(SECRET), true),
        "string" => (json!("shown"), false),
        _ => (Value::Null, false),
    }
}

#[test]
fn debug_shows_no_secret() {
    let facts = facts();
    let mut secret_ones = Vec::new();
    macro_rules! check {
        ($name:ident) => {
            let (given, secret) = with_secrets(&facts, stringify!($name));
            let value: $name = from_json(&given.to_string()).unwrap();
            let shown = format!("{value:?} {value:#?}");
            assert!(!shown.contains(SECRET), "{shown}");
            assert_eq!(shown.contains("***"), secret, "{shown}");
            if secret {
                secret_ones.push(stringify!($name));
                assert!(to_json(&value).unwrap().contains(SECRET), "what is sent must have it");
            }
        };
    }
    every_structure!(check);
    for name in ["StreamKey", "Srt", "PutMetadataRequest", "CreateChannelResponse", "GetStreamSessionResponse"] {
        assert!(secret_ones.contains(&name), "{name} not among {secret_ones:?}");
    }
}

#[test]
fn every_operation_sends_what_the_untyped_call_sends_and_gives_its_answer() {
    let facts = facts();
    let mut generator = Generator { facts: &facts, random: Random::new(11) };
    let mut count = 0;
    macro_rules! check {
        ($name:literal, $method:ident, $input:ident, $output:ty) => {
            let operation = SERVICE.find($name).expect($name);
            assert_eq!(<$input as Input>::OPERATION, operation.index);
            let body = match facts["operations"][$name]["output"].as_str() {
                Some(shape) => generator.value(shape).to_string(),
                None => String::new(),
            };
            let input: $input = loop {
                let input = from_json(&generator.value(stringify!($input)).to_string()).unwrap();
                // Some random values are refused, such as an empty label; the untyped call has tests for that.
                if run(answering("{}").sign(&input)).is_ok() {
                    break input;
                }
            };
            let typed = answering(&body);
            let output: Result<$output, _> = run(typed.$method(input.clone()));
            let untyped = answering(&body);
            let inner = ivs_wasm::call::Client::new(&SERVICE, Config::in_region("us-west-2"), Rc::default());
            let params = to_json(&input).unwrap();
            let plain = run(call(untyped.host(), &inner, &operation, Params::new(&params), Wishes::default()));
            let plain = plain.expect($name);
            assert_eq!(*typed.host().sent.borrow(), *untyped.host().sent.borrow());
            verified(&typed.host().sent.borrow()[0]);
            let body = plain.data.unwrap_or(body);
            let told = parse::<$input>(&ivs_wasm::typed::Reply { status: 200, body, ..Default::default() });
            assert_eq!(output, told, "{}", $name);
            count += 1;
        };
    }
    every_operation!(check);
    assert_eq!(count, 46);
}

/// Checks the signature by other means than the core's.
fn verified(sent: &Sent) {
    let (host, path, query) = sent.parts();
    let mut headers = sent.headers.clone();
    headers.push(("host".into(), host.into()));
    let body = sent.body.as_deref().unwrap_or("").as_bytes();
    let received = verifier::Received { method: &sent.method, path, query, headers: &headers, body };
    let claim = verifier::verify(&received, &credentials().secret_access_key).expect("a true signature");
    assert_eq!((claim.access_key_id.as_str(), claim.region.as_str()), ("AKIDEXAMPLE", "us-west-2"));
}

#[test]
fn a_required_member_that_was_forgotten_is_named() {
    let client = answering("{}");
    let error = run(client.get_channel(GetChannelRequest::default())).unwrap_err();
    assert_eq!(
        (error.code.as_ref(), error.message.as_str()),
        ("MissingRequiredParameter", "Missing required key 'arn' in params")
    );
    let error = run(client.insert_ad_break(InsertAdBreakRequest::default())).unwrap_err();
    assert_eq!(error.errors.len(), 2, "{error}");
    assert!(client.host().sent.borrow().is_empty());
}

#[test]
fn errors_of_the_service_come_with_code_status_and_id() {
    let reply = Reply::new(404, r#"{"exceptionMessage":"gone"}"#)
        .with("x-amzn-errortype", "ResourceNotFoundException")
        .with("x-amzn-requestid", "id-1");
    let input = GetChannelRequest { arn: "arn:aws:ivs:us-west-2:1:channel/a".into() };
    let error = run(client(vec![Ok(reply.clone())]).get_channel(input.clone())).unwrap_err();
    assert_eq!(
        (error.code.as_ref(), error.message.as_str(), error.status),
        ("ResourceNotFoundException", "gone", Some(404))
    );
    assert_eq!(error.request_id.as_deref(), Some("id-1"));
    let parsed = parse::<GetChannelRequest>(&reply).unwrap_err();
    assert_eq!((&parsed.code, parsed.status, &parsed.request_id), (&error.code, error.status, &error.request_id));
}

#[test]
fn throttling_is_waited_out_and_the_deadline_of_the_options_holds() {
    let throttled = || Ok(Reply::new(429, r#"{"__type":"ThrottlingException","message":"slow"}"#));
    let input = GetChannelRequest { arn: "arn:aws:ivs:us-west-2:1:channel/a".into() };
    let patient = client(vec![throttled(), Ok(Reply::new(200, r#"{"channel":{"name":"n"}}"#))]);
    let channel = run(patient.get_channel(input.clone())).unwrap().channel.unwrap();
    assert_eq!((channel.name.as_deref(), patient.host().delays.borrow().len()), (Some("n"), 1));
    let mut config = Config::in_region("us-west-2");
    config.call_timeout = Some(1.0);
    let hurried = Client::new(config, Script::new(vec![throttled()], credentials()));
    assert_eq!(run(hurried.get_channel(input.clone())).unwrap_err().code, "ThrottlingException");
    assert_eq!(hurried.host().sent.borrow().len(), 1);
    let once = client(vec![throttled()]);
    run(once.send_with(&input, Wishes { attempts: Some(1), ..Wishes::default() })).unwrap_err();
    assert_eq!(once.host().sent.borrow().len(), 1);
}

#[test]
fn timestamps_of_every_form_are_read() {
    let moment = Some(Timestamp::from_millis(1_704_164_645_000));
    let input = || GetStreamRequest { channel_arn: "arn:aws:ivs:us-west-2:1:channel/a".into() };
    for form in ["\"2024-01-02T03:04:05Z\"", "1704164645", "1704164645.0", "\"1704164645\"", "1.704164645e9"] {
        let body = format!(r#"{{"stream":{{"startTime":{form},"viewerCount":3}}}}"#);
        let stream = run(answering(&body).get_stream(input())).unwrap().stream.unwrap();
        assert_eq!((stream.start_time, stream.viewer_count), (moment, Some(3)), "{form}");
    }
    let stream =
        run(answering(r#"{"stream":{"startTime":"2024-99-99"}}"#).get_stream(input())).unwrap().stream.unwrap();
    assert_eq!(stream.start_time, None);
    assert_eq!(
        to_json(&Stream { start_time: moment, ..Default::default() }).unwrap(),
        r#"{"startTime":"2024-01-02T03:04:05Z"}"#
    );
}

#[test]
fn pages_follow_the_mark_and_end_where_it_ends_or_repeats() {
    let page =
        |name: &str, token: &str| Ok(Reply::new(200, &format!(r#"{{"channels":[{{"name":"{name}"}}]{token}}}"#)));
    let client = client(vec![
        page("a", r#","nextToken":"t1""#),
        Err(Loss::Aborted),
        page("b", r#","nextToken":"t2""#),
        page("c", ""),
    ]);
    let mut pages = client.list_channels_pages(ListChannelsRequest { max_results: Some(1), ..Default::default() });
    let mut names = Vec::new();
    for turn in 0..5 {
        match run(pages.next_page()) {
            Ok(Some(page)) => names.extend(page.channels.into_iter().filter_map(|channel| channel.name)),
            Ok(None) => assert_eq!(turn, 4),
            Err(error) => assert_eq!((turn, error.code.as_ref()), (1, "RequestAbortedError")),
        }
    }
    assert_eq!(names, ["a", "b", "c"]);
    assert!(run(pages.next_page()).unwrap().is_none());
    let sent = client.host().sent.borrow();
    let marks: Vec<_> = sent.iter().map(|sent| sent.body.clone().unwrap()).collect();
    assert_eq!(marks[0], r#"{"maxResults":1}"#);
    assert_eq!(marks[1], marks[2], "the page that failed is asked for again");
    assert_eq!(marks[3], r#"{"nextToken":"t2","maxResults":1}"#);

    let round = client_of_rounds();
    let all = run(round.list_channels_pages(ListChannelsRequest::default()).collect()).unwrap();
    assert_eq!((all.len(), round.host().sent.borrow().len()), (2, 2));
}

/// A service that gives the same mark for ever.
fn client_of_rounds() -> Client<Script> {
    answering(r#"{"channels":[{"name":"x"}],"nextToken":"same"}"#)
}

#[test]
fn a_request_can_be_signed_and_its_answer_read_without_being_sent() {
    let client = answering("{}");
    let input = PutMetadataRequest { channel_arn: "arn:aws:ivs:us-west-2:1:channel/a".into(), metadata: SECRET.into() };
    let signed = run(client.sign(&input)).unwrap();
    assert!(client.host().sent.borrow().is_empty());
    assert_eq!((signed.method, signed.url.as_str()), ("POST", "https://ivs.us-west-2.amazonaws.com/PutMetadata"));
    assert!(signed.body.as_deref().is_some_and(|body| body.contains(SECRET)));
    let shown = format!("{signed:?}");
    assert!(!shown.contains(SECRET), "{shown}");
    let reply = ivs_wasm::typed::Reply { status: 204, ..Default::default() };
    parse::<PutMetadataRequest>(&reply).expect("nothing to read");
    let reply =
        ivs_wasm::typed::Reply { status: 200, body: r#"{"channel":{"arn":"a","new":1}}"#.into(), ..Default::default() };
    assert_eq!(
        parse::<GetChannelRequest>(&reply).unwrap().channel.and_then(|channel| channel.arn).as_deref(),
        Some("a")
    );
    let reply = ivs_wasm::typed::Reply { status: 200, body: "<html>".into(), ..Default::default() };
    assert_eq!(parse::<GetChannelRequest>(&reply).unwrap_err().code, "SyntaxError");
}

#[test]
fn provided_credentials_are_kept_until_shortly_before_they_expire() {
    let asked = Rc::new(Cell::new(0));
    let counter = asked.clone();
    let source = Source::provider(move || {
        counter.set(counter.get() + 1);
        let expires = Some(Timestamp::from_millis(1_000_000));
        async move { Ok(Temporary { credentials: credentials(), expires }) }
    });
    for (now, times) in [(0, 1), (699_999, 1), (700_000, 2), (0, 2)] {
        run(source.get(now)).unwrap();
        assert_eq!(asked.get(), times, "at {now}");
    }
    assert!(source.renew());
    run(source.get(0)).unwrap();
    assert_eq!(asked.get(), 3);
    let fixed = Source::from(credentials());
    assert!(run(fixed.get(0)).is_ok() && !fixed.renew());
    let broken = Source::from(Credentials::new("A\nB", "s", None));
    assert_eq!(run(broken.get(0)).unwrap_err().code, "CredentialsError");
    assert!(!format!("{fixed:?}").contains("wJalr"));
}

#[test]
fn credentials_that_end_soon_serve_on_where_there_are_no_others() {
    let asked = Rc::new(Cell::new(0));
    let counter = asked.clone();
    let source = Source::provider(move || {
        counter.set(counter.get() + 1);
        let is_first = counter.get() == 1;
        let expires = Some(Timestamp::from_millis(1_000_000));
        async move {
            if is_first {
                Ok(Temporary { credentials: credentials(), expires })
            } else {
                Err(Error::new("CredentialsError", "down"))
            }
        }
    });
    for (now, works) in [(0, true), (700_000, true), (999_999, true), (1_000_000, false)] {
        assert_eq!(run(source.get(now)).is_ok(), works, "at {now}");
    }
    assert_eq!(asked.get(), 4, "asked first");
    assert!(source.renew());
    assert_eq!(run(source.get(0)).unwrap_err().message, "down", "refused ones do not serve on");
}
