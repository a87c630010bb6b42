//! What is fed, and what must hold for any input whatever.

use crate::host::{run, Reply, Script};
use ivs_wasm::call::{call, Client, Wishes};
use ivs_wasm::config::{Config, Value};
use ivs_wasm::credentials::Credentials;
use ivs_wasm::error::from_answer;
use ivs_wasm::json::{Broken, Reader, DEPTH};
use ivs_wasm::model::ivs::SERVICE;
use ivs_wasm::model::Operation;
use ivs_wasm::params::{bind, Params};
use ivs_wasm::rest_json::{decode, encode};
use ivs_wasm::validate::{validate, Checks};
use std::cell::RefCell;
use std::rc::Rc;

pub struct Target {
    pub name: &'static str,
    pub run: fn(&[u8]) -> Result<(), String>,
}

pub const TARGETS: &[Target] = &[
    Target { name: "reader", run: reader },
    Target { name: "decoder", run: decoder },
    Target { name: "error answer", run: error_answer },
    Target { name: "parameters", run: parameters },
    Target { name: "whole call", run: whole_call },
    Target { name: "options", run: options },
];

/// Bytes as JavaScript's decoder hands them over.
fn text_of(input: &[u8]) -> String {
    String::from_utf8_lossy(input).into_owned()
}

/// An operation that depends on the input alone.
fn operation_for(input: &[u8]) -> Operation {
    let sum = input.iter().fold(input.len(), |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)));
    SERVICE.operation(sum % 46).expect("46 operations")
}

fn read(text: &str) -> Result<(), Broken> {
    let mut reader = Reader::new(text);
    reader.skip();
    reader.end()
}

/// Whether another reader, which shares no code with the core, takes the text for JSON. It refuses numbers that a
/// double cannot hold and lone surrogates, which JSON allows.
pub fn is_json(text: &str) -> bool {
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(_) => true,
        Err(error) => ["number out of range", "surrogate", "unexpected end of hex escape"]
            .iter()
            .any(|why| error.to_string().contains(why)),
    }
}

fn reader(input: &[u8]) -> Result<(), String> {
    let text = text_of(input);
    match (read(&text), serde_json::from_str::<serde_json::Value>(&text)) {
        (Ok(()), _) if is_json(&text) => Ok(()),
        (Ok(()), Err(error)) => Err(format!("taken for JSON, which it is not: {error}")),
        (Err(Broken::Depth), _) if text.matches(['[', '{']).count() > DEPTH as usize => Ok(()),
        (Err(broken), Ok(_)) => Err(format!("JSON was refused: {broken:?}")),
        _ => Ok(()),
    }
}

/// The operations whose answers have a member that the text names, and one that does not depend on that.
fn operations_named(input: &[u8], text: &str) -> Vec<Operation> {
    let named = |operation: &Operation| {
        let mut members = operation.output.into_iter().flat_map(|shape| shape.members());
        members.any(|member| text.contains(&format!("\"{}\"", member.name)))
    };
    let all = (0..46).filter_map(|at| SERVICE.operation(at)).filter(named);
    all.chain([operation_for(input)]).collect()
}

fn decoder(input: &[u8]) -> Result<(), String> {
    let text = text_of(input);
    for operation in operations_named(input, &text) {
        match decode(&operation, &text, &|name| (name.len() % 2 == 0).then(|| text.chars().take(20).collect())) {
            Ok(data) if !is_json(&data) => {
                return Err(format!("{}: decoded to what is no JSON: {data:?}", operation.name));
            }
            Ok(data) if !data.trim_start().starts_with('{') => {
                return Err(format!("{}: decoded to no object: {data:?}", operation.name));
            }
            _ => {}
        }
    }
    Ok(())
}

fn error_answer(input: &[u8]) -> Result<(), String> {
    let text = text_of(input);
    let kind = text.get(..text.len().min(7));
    for (kind, reason) in [(None, ""), (kind, "Bad Request")] {
        let error = from_answer(400 + input.len() as u16 % 200, kind, reason, &text);
        if error.body.as_ref().is_some_and(|body| !is_json(body) || !body.trim_start().starts_with('{')) {
            return Err("a body that is no object is handed on".into());
        }
    }
    Ok(())
}

fn parameters(input: &[u8]) -> Result<(), String> {
    let text = text_of(input);
    let operation = operation_for(input);
    let all = Checks { min: true, max: true, pattern: true, texts: true };
    for checks in [Checks::default(), all] {
        let _ = validate(operation.input, Params::new(&text), checks);
    }
    let _ = bind(&operation, &text, r#"{"arn":"B","maxResults":3}"#);
    let Ok(encoded) = encode(&operation, Params::new(&text)) else { return Ok(()) };
    if !encoded.path.bytes().all(|byte| byte.is_ascii_graphic())
        || encoded.path.contains("/../")
        || encoded.path.ends_with("/..")
    {
        return Err(format!("path {:?}", encoded.path));
    }
    if encoded.query.as_deref().unwrap_or("").bytes().any(|byte| !byte.is_ascii_graphic() || byte == b'#') {
        return Err(format!("query {:?}", encoded.query));
    }
    if encoded.body.as_deref().is_some_and(|body| !is_json(body)) {
        return Err(format!("{}: the body is no JSON: {:?}", operation.name, encoded.body));
    }
    Ok(())
}

/// The input as the body and in every header that is read, then a good answer.
fn whole_call(input: &[u8]) -> Result<(), String> {
    let text = text_of(input);
    let line: String = text.chars().filter(|c| !c.is_control()).take(200).collect();
    let status = [200, 400, 403, 429, 500, 503, 302][input.len() % 7];
    let hostile = Reply::new(status, &text)
        .with("date", &line)
        .with("retry-after", &line)
        .with("x-amz-retry-after", &line)
        .with("x-amzn-errortype", &line)
        .with("x-amzn-requestid", &line);
    let script = Script::new(
        vec![Ok(hostile), Ok(Reply::new(200, "{}"))],
        Credentials::new("AKIDEXAMPLE", "canary/secret", Some("canary/token")),
    );
    let mut config = Config::default();
    config.set("region", Value::Text("us-west-2"));
    let client = Client::new(&SERVICE, config, Rc::new(RefCell::default()));
    let operation = SERVICE.find("getChannel").expect("an operation");
    let params = Params::new(r#"{"arn":"arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh"}"#);
    let outcome = run(call(&script, &client, &operation, params, Wishes::default()));
    if let Err(error) = &outcome {
        if format!("{error:?}").contains("canary") && !text.contains("canary") {
            return Err(format!("a secret in {error:?}"));
        }
    }
    let sent = script.sent.borrow().len();
    if sent > 2 || script.delays.borrow().iter().any(|ms| !(0.0..=25_000.0).contains(ms)) {
        return Err(format!("{sent} requests, delays {:?}", script.delays.borrow()));
    }
    Ok(())
}

/// As region, endpoint, user agent and unknown name: whatever is accepted makes a URL and headers that are safe.
fn options(input: &[u8]) -> Result<(), String> {
    let text = text_of(input);
    if input.len() % 16 == 0 {
        // A name that is no option is compared with all that are, which takes longest.
        Config::default().set(&text, Value::Text("x"));
    }
    let mut config = Config::default();
    config.set("region", Value::Text(if input.len() % 3 == 0 { &text } else { "us-west-2" }));
    if input.len() % 3 == 1 {
        config.set("endpoint", Value::Text(&text));
    }
    config.set("customUserAgent", Value::Text(&text));
    let client = Client::new(&SERVICE, config, Rc::new(RefCell::default()));
    let operation = SERVICE.find("listTagsForResource").expect("an operation");
    let params = serde_json::json!({ "resourceArn": text }).to_string();
    let Ok(prepared) = client.prepare(&operation, Params::new(&params)) else { return Ok(()) };
    let credentials = Credentials::new(&text, "secret", Some(&text));
    let credentials =
        if credentials.problem().is_some() { Credentials::new("AKID", "secret", None) } else { credentials };
    let request = client
        .request(&operation, &prepared, Params::new(&params), Some(&credentials), 0)
        .map_err(|e| format!("{e}"))?;
    let rest = request.url.strip_prefix("https://").or(request.url.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split('/').next()).unwrap_or("");
    let host_is_safe = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b));
    if !host_is_safe || request.url.bytes().any(|byte| !byte.is_ascii_graphic()) {
        return Err(format!("URL {}", request.url));
    }
    for header in &request.headers {
        if header.value.bytes().any(|byte| !(0x20..0x7f).contains(&byte)) {
            return Err(format!("header {}", header.name));
        }
    }
    Ok(())
}
