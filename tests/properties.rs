//! Properties that hold for any parameters and any answer: what is encoded decodes back, every
//! signature satisfies a verifier that shares no code with the core, and every broken parameter is told.
//!
//! Values are made from the facts file. The seed is fixed; `PROPERTY_SEED=7` takes another one and
//! `PROPERTY_SEED=random` one from the clock. It is printed, and a failure names it.

#[path = "support/generator.rs"]
mod generator;
#[path = "support/golden.rs"]
mod golden;
#[path = "support/host.rs"]
mod host;
#[path = "support/verifier.rs"]
mod verifier;

use generator::{Generator, Random};
use host::{run, Reply, Script, Sent};
use ivs_wasm::call::{call, Client, Wishes};
use ivs_wasm::config::{self, Config};
use ivs_wasm::credentials::Credentials;
use ivs_wasm::model::ivs::SERVICE;
use ivs_wasm::model::Operation;
use ivs_wasm::params::Params;
use ivs_wasm::rest_json;
use ivs_wasm::validate::{validate, Checks};
use serde_json::{json, Map, Value};
use std::cell::RefCell;
use std::rc::Rc;

/// So many values of every operation.
const ROUNDS: usize = 40;

fn facts() -> Value {
    serde_json::from_str(include_str!("../src/model/ivs.json")).expect("the facts file is JSON")
}

fn seed() -> u64 {
    let seed = match std::env::var("PROPERTY_SEED").as_deref() {
        Err(_) => 20_200_714,
        Ok("random") => {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
            now.expect("a clock after 1970").as_nanos() as u64
        }
        Ok(given) => given.parse().expect("PROPERTY_SEED is a number or the word random"),
    };
    println!("PROPERTY_SEED={seed}");
    seed
}

/// Runs `check` for every operation, `ROUNDS` times each, with values of its own.
fn for_every_operation(check: impl Fn(&mut Generator<'_>, &str, &Value, Operation) -> Result<(), String>) {
    let facts = facts();
    let seed = seed();
    let operations = facts["operations"].as_object().expect("operations");
    assert_eq!(operations.len(), 46);
    for (at, (name, of)) in operations.iter().enumerate() {
        let operation = SERVICE.find(name).unwrap_or_else(|| panic!("no operation {name}"));
        let random = Random::new(seed.wrapping_add(1_000_003 * at as u64));
        let mut generator = Generator { facts: &facts, random };
        for round in 0..ROUNDS {
            if let Err(problem) = check(&mut generator, name, of, operation) {
                panic!("PROPERTY_SEED={seed}, {name}, round {round}: {problem}");
            }
        }
    }
}

/// What a server reads out of a request, by the facts: labels, query members, body.
fn read_back(facts: &Value, of: &Value, sent: &Sent, base: &str) -> Result<Value, String> {
    let (_, path, query) = sent.parts();
    let path = path.strip_prefix(base).ok_or(format!("{path} does not begin with {base}"))?;
    let utf8 = |text: &str| String::from_utf8(verifier::decode(text)).map_err(|e| e.to_string());
    let mut out = Map::new();
    let template = of["uri"].as_str().expect("a URI");
    match template.split_once('{') {
        None => {
            if path != template {
                return Err(format!("path {path}"));
            }
        }
        Some((before, label)) => {
            let name = label.trim_end_matches('}');
            let value = path.strip_prefix(before).ok_or(format!("path {path}"))?;
            if value.contains('/') {
                return Err(format!("a raw slash in the label: {path}"));
            }
            out.insert(name.into(), Value::String(utf8(value)?));
        }
    }
    let members = facts["shapes"][of["input"].as_str().expect("an input")]["members"].clone();
    for (name, member) in members.as_object().expect("members") {
        if member["location"] == "querystring" {
            let values: Result<Vec<Value>, String> = query
                .split('&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| {
                    let (key, value) = pair.split_once('=').ok_or(format!("query {query}"))?;
                    if key != name {
                        Err(format!("query {query}"))
                    } else {
                        utf8(value).map(Value::String)
                    }
                })
                .collect();
            out.insert(name.clone(), Value::Array(values?));
        }
    }
    if let Some(body) = &sent.body {
        let body: Value = serde_json::from_str(body).map_err(|e| format!("{e} in body {body}"))?;
        for (key, value) in body.as_object().ok_or("the body is no object")? {
            if out.insert(key.clone(), value.clone()).is_some() {
                return Err(format!("{key} is sent twice"));
            }
        }
    }
    Ok(Value::Object(out))
}

/// A client anywhere, sometimes behind an endpoint with a path.
fn client(random: &mut Random) -> (Client, &'static str, &'static str, &'static str) {
    let regions = ["us-west-2", "eu-west-1", "cn-north-1", "eusc-de-east-1"];
    let region = regions[random.below(regions.len())];
    let endpoints = [("", ""), ("https://h.example:8443/pre/fix/", "/pre/fix"), ("http://127.0.0.1:5070", "")];
    let (endpoint, base) = endpoints[random.below(endpoints.len())];
    let mut config = Config::default();
    config.set("region", config::Value::Text(region));
    if !endpoint.is_empty() {
        config.set("endpoint", config::Value::Text(endpoint));
    }
    if random.one_in(3) {
        config.set("customUserAgent", config::Value::Text("my-app/1.0  two  spaces"));
    }
    (Client::new(&SERVICE, config, Rc::new(RefCell::default())), region, endpoint, base)
}

fn credentials(random: &mut Random) -> Credentials {
    let secret: String = (0..1 + random.below(100)).map(|_| char::from(b'!' + random.below(94) as u8)).collect();
    let token = random.one_in(2).then_some("AQoDYXdzEJr1K/EXAMPLE+session/token==");
    Credentials::new("AKIDEXAMPLE", &secret, token)
}

/// Sends the parameters' text and gives the request.
fn send(
    client: &Client,
    operation: Operation,
    text: &str,
    credentials: &Credentials,
    now: i64,
) -> Result<Sent, String> {
    let script = Script::new(vec![Ok(Reply::new(200, "{}"))], credentials.clone());
    script.now.set(now);
    run(call(&script, client, &operation, Params::new(text), Wishes::default()))
        .map_err(|e| format!("{e:?} for {text}"))?;
    let sent = script.sent.borrow();
    Ok(sent.first().ok_or("nothing was sent")?.clone())
}

#[test]
fn what_is_sent_reads_back_and_its_signature_verifies() {
    for_every_operation(|generator, _, of, operation| {
        let params = generator.value(of["input"].as_str().expect("an input"));
        let (client, region, endpoint, base) = client(&mut generator.random);
        let credentials = credentials(&mut generator.random);
        // Until 2099, midnights included.
        let now = generator.random.below(47_500) as i64 * 86_400_000
            + [0, 1, 43_200_000, 86_399_999][generator.random.below(4)];
        let sent = send(&client, operation, &params.to_string(), &credentials, now)?;
        let read = read_back(generator.facts, of, &sent, base)?;
        if read != params {
            return Err(format!("given {params}\n  read  {read}"));
        }
        if sent.method != of["method"] {
            return Err(format!("method {}", sent.method));
        }
        let (host, path, query) = sent.parts();
        if !endpoint.is_empty() && !endpoint.contains(&format!("://{host}")) {
            return Err(format!("host {host} for {endpoint}"));
        }
        let mut headers = vec![("host".to_string(), host.to_string())];
        headers.extend(sent.headers.iter().cloned());
        let body = sent.body.as_deref().unwrap_or("").as_bytes();
        let received = verifier::Received { method: &sent.method, path, query, headers: &headers, body };
        let claim = verifier::verify(&received, &credentials.secret_access_key)?;
        let expected = (region, "ivs", "AKIDEXAMPLE");
        if (claim.region.as_str(), claim.service.as_str(), claim.access_key_id.as_str()) != expected {
            return Err(format!("{claim:?}"));
        }
        if sent.header("x-amz-security-token") != credentials.session_token.as_deref() {
            return Err("the session token is not sent as it is".into());
        }
        Ok(())
    });
}

#[test]
fn marks_change_nothing_but_what_they_mark() {
    for_every_operation(|generator, _, of, operation| {
        let params = generator.value(of["input"].as_str().expect("an input"));
        let client = Client::new(&SERVICE, plain_config(), Rc::new(RefCell::default()));
        let credentials = Credentials::new("AKIDEXAMPLE", "secret", None);
        let text = format!("\u{1}{}", marked(&params, &mut generator.random, true));
        let sent = send(&client, operation, &text, &credentials, 0)?;
        let read = read_back(generator.facts, of, &sent, "")?;
        if read != params {
            Err(format!("given {text}\n  read  {read}"))
        } else {
            Ok(())
        }
    });
}

fn plain_config() -> Config {
    let mut config = Config::default();
    config.set("region", config::Value::Text("us-west-2"));
    config
}

/// The same parameters in the marked form, with members that count for nothing strewn in: undefined
/// and inherited ones, and nulls.
fn marked(value: &Value, random: &mut Random, top: bool) -> Value {
    let double = |text: &str| if text.starts_with('\u{1}') { format!("\u{1}{text}") } else { text.to_string() };
    match value {
        Value::Array(items) => {
            let mut out = Vec::new();
            for item in items {
                out.push(marked(item, random, false));
            }
            Value::Array(out)
        }
        Value::Object(members) => {
            let mut out = Map::new();
            for (at, (key, value)) in members.iter().enumerate() {
                if random.one_in(3) {
                    let odd = [json!("\u{1}u"), json!(null)][random.below(2)].clone();
                    out.insert(format!("nothing {at}"), odd);
                }
                if random.one_in(3) && !top {
                    out.insert(format!("\u{1}inherited {at}"), json!({ "a": ["b"] }));
                }
                out.insert(double(key), marked(value, random, false));
            }
            Value::Object(out)
        }
        Value::String(text) => Value::String(double(text)),
        other => other.clone(),
    }
}

#[test]
fn answers_are_read_whatever_their_order_and_additions() {
    for_every_operation(|generator, _, of, operation| {
        let Some(output) = of["output"].as_str() else { return Ok(()) };
        let value = generator.value(output);
        let mut headers = Map::new();
        let body = on_the_wire(generator, output, &value, Some(&mut headers)).to_string();
        let header = |name: &str| headers.get(name).and_then(Value::as_str).map(String::from);
        let data = rest_json::decode(&operation, &body, &header).map_err(|e| format!("{e:?}"))?;
        let data: Value = serde_json::from_str(&data).map_err(|e| format!("{e} in {data}"))?;
        // As text: members come in the model's order, which is the generator's.
        let (read, expected) = (data.to_string(), value.to_string());
        if read != expected {
            return Err(format!("wire {body}\n  expected {expected}\n  read     {read}"));
        }
        Ok(())
    });
}

/// A structure as a server might send it: members shuffled, unknown ones among them, header members taken out.
fn on_the_wire(
    generator: &mut Generator<'_>,
    shape: &str,
    value: &Value,
    mut headers: Option<&mut Map<String, Value>>,
) -> Value {
    let of = generator.facts["shapes"][shape].clone();
    match (of["type"].as_str().expect("a type"), value) {
        ("structure", Value::Object(members)) => {
            let mut out = Vec::new();
            for (name, value) in members {
                let member = &of["members"][name];
                if member["location"] == "header" {
                    let headers = headers.as_mut().expect("headers at the top");
                    let name = member["locationName"].as_str().expect("a header").to_lowercase();
                    headers.insert(name, value.clone());
                    continue;
                }
                let inner = on_the_wire(generator, member["shape"].as_str().expect("a shape"), value, None);
                out.insert(generator.random.below(out.len() + 1), (name.clone(), inner));
            }
            if generator.random.one_in(3) {
                let odd = json!({ "arn": [1, { "arn": "x\"}" }, null], "tags": "[" });
                out.insert(generator.random.below(out.len() + 1), ("unknown member".into(), odd));
            }
            Value::Object(out.into_iter().collect())
        }
        ("list", Value::Array(items)) => {
            let member = of["member"].as_str().expect("a member");
            items.iter().map(|item| on_the_wire(generator, member, item, None)).collect()
        }
        _ => value.clone(),
    }
}

#[test]
fn every_broken_member_is_told_with_its_path() {
    for_every_operation(|generator, _, of, operation| {
        let input = of["input"].as_str().expect("an input");
        let params = generator.value(input);
        let shape = generator.facts["shapes"][input].clone();
        let Some((name, member)) = pick(&shape["members"], &mut generator.random) else { return Ok(()) };
        let required = shape["required"].as_array().expect("a list").contains(&json!(name));
        let kind = generator.facts["shapes"][member["shape"].as_str().expect("a shape")]["type"].clone();
        let (wrong, expected) = match kind.as_str().expect("a type") {
            "string" => (json!(7), "a string"),
            "integer" | "long" => (json!("7x"), "a number"),
            "boolean" => (json!("true"), "a boolean"),
            "list" => (json!("x"), "an Array"),
            "map" => (json!("x"), "a map"),
            "structure" => (json!(true), "a structure"),
            "timestamp" => (json!("soon"), "a Date object, ISO-8601 string, or a UNIX timestamp"),
            other => return Err(format!("type {other}")),
        };
        let told = |params: &Value| -> Result<Vec<String>, String> {
            let text = params.to_string();
            let report = validate(operation.input, Params::new(&text), Checks::default());
            let report = report.map_err(|e| format!("{e:?}"))?;
            Ok(report.violations.into_iter().map(|v| format!("{}: {}", v.code, v.message)).collect())
        };
        if !told(&params)?.is_empty() {
            return Err(format!("{:?} for {params}", told(&params)?));
        }
        let mut broken = params.clone();
        broken[&name] = wrong;
        let expected = format!("InvalidParameterType: Expected params.{name} to be {expected}");
        // A structure in whose place something else stands lacks its required members, too.
        if told(&broken)?.first() != Some(&expected) || kind != "structure" && told(&broken)?.len() != 1 {
            return Err(format!("{:?}, not {expected}", told(&broken)?));
        }
        let mut without = params.clone();
        without.as_object_mut().expect("an object").shift_remove(&name);
        let expected = format!("MissingRequiredParameter: Missing required key '{name}' in params");
        let expected = if required { vec![expected] } else { vec![] };
        if told(&without)? != expected {
            return Err(format!("{:?}, not {expected:?}", told(&without)?));
        }
        let mut unknown = params;
        unknown["noSuchMember"] = json!(1);
        let expected = ["UnexpectedParameter: Unexpected key 'noSuchMember' found in params"];
        if told(&unknown)? != expected {
            return Err(format!("{:?}, not {expected:?}", told(&unknown)?));
        }
        Ok(())
    });
}

fn pick(members: &Value, random: &mut Random) -> Option<(String, Value)> {
    let members = members.as_object().filter(|members| !members.is_empty())?;
    let (name, member) = members.iter().nth(random.below(members.len()))?;
    Some((name.clone(), member.clone()))
}

/// Any text at all: an error or a result, never a panic, and never without end.
#[test]
fn no_text_makes_the_core_panic() {
    for_every_operation(|generator, _, of, operation| {
        let input = of["input"].as_str().expect("an input");
        let mut text = generator.value(input).to_string();
        if generator.random.one_in(2) {
            text.insert(0, '\u{1}');
        }
        let garbled = garble(&text, &mut generator.random);
        let params = Params::new(&garbled);
        let _ = validate(operation.input, params, Checks { min: true, max: true, pattern: true, texts: true });
        let _ = rest_json::encode(&operation, params);
        let _ = rest_json::decode(&operation, &garbled, &|_| None);
        let _ = ivs_wasm::error::from_answer(400, Some(&garbled), &garbled, &garbled);
        Ok(())
    });
}

/// The text with a few characters taken out, doubled, replaced or moved.
fn garble(text: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..1 + random.below(4) {
        if chars.is_empty() {
            break;
        }
        let at = random.below(chars.len());
        match random.below(5) {
            0 => drop(chars.remove(at)),
            1 => chars.insert(at, chars[at]),
            2 => {
                chars[at] =
                    ['"', '\\', '{', '}', '[', ']', ',', ':', '\u{1}', 'n', '-', '0', '\u{e9}'][random.below(13)]
            }
            3 => chars.truncate(at),
            _ => {
                let other = random.below(chars.len());
                chars.swap(at, other);
            }
        }
    }
    chars.into_iter().collect()
}
