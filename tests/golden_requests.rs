//! Every recorded request of SDK v2: what we validate, encode and sign for the same parameters is
//! the same path, query, body, canonical request, string to sign and signature.

#[path = "support/deviations.rs"]
mod deviations;
#[path = "support/golden.rs"]
mod golden;
#[path = "support/host.rs"]
mod host;
#[path = "support/verifier.rs"]
mod verifier;

use deviations::Deviations;
use host::{run, Reply, Script};
use ivs_wasm::call::{call, Client, Wishes};
use ivs_wasm::config::{self, Config};
use ivs_wasm::credentials::Credentials;
use ivs_wasm::model::ivs::SERVICE;
use ivs_wasm::params::Params;
use ivs_wasm::rest_json;
use ivs_wasm::sign::{self, KeyCache, Request, Scope};
use ivs_wasm::validate::{validate, Checks};
use serde_json::{json, Value};
use std::cell::RefCell;
use std::rc::Rc;

const SCOPE: Scope<'_> = Scope { region: "us-west-2", service: "ivs" };

fn credentials(golden: &Value, row: &Value) -> Credentials {
    let given = &golden["meta"]["credentials"][row["creds"].as_str().expect("a kind")];
    Credentials::new(
        given["accessKeyId"].as_str().expect("an id"),
        given["secretAccessKey"].as_str().expect("a secret"),
        given["sessionToken"].as_str(),
    )
}

/// What we make of the row's parameters, in the recording's own words.
fn ours(golden: &Value, row: &Value, keys: &mut KeyCache) -> Value {
    let name = row["op"].as_str().expect("a name");
    let operation = SERVICE.find(name).unwrap_or_else(|| panic!("no operation {name}"));
    let text = golden::text(&row["params"]);
    let params = Params::new(&text);
    let report = validate(operation.input, params, Checks::default()).expect("JSON");
    assert!(report.violations.is_empty(), "{name}: {:?}", report.violations);
    let encoded = rest_json::encode(&operation, params).expect("JSON");
    let query = encoded.query.as_deref().unwrap_or("");
    let body = encoded.body.as_deref().unwrap_or("");
    // The recorded browser signs its agent text; ours sends and signs none unless asked to.
    let mut headers = vec![("host", "ivs.us-west-2.amazonaws.com")];
    if let Some(agent) = row["request"]["headers"]["x-amz-user-agent"].as_str() {
        headers.push(("x-amz-user-agent", agent));
    }
    let request = Request { method: operation.method, path: &encoded.path, query, headers: &headers, body };
    let credentials = credentials(golden, row);
    let now = golden::milliseconds("2024-01-02T03:04:05.000Z");
    let signed = sign::sign(request, &credentials, SCOPE, now, keys);
    let header = |name: &str| signed.iter().find(|h| h.name == name).map(|h| h.value.clone());
    let authorization = header("authorization").expect("an authorization");

    let added: Vec<(&str, &str)> = signed
        .iter()
        .filter(|header| header.name != "authorization")
        .map(|header| (header.name, header.value.as_str()))
        .collect();
    let canonical = sign::canonical_request(request, &added, &header("x-amz-content-sha256").expect("a hash"));
    let to_sign = sign::string_to_sign(
        &header("x-amz-date").expect("a date"),
        &sign::credential_scope("20240102", SCOPE),
        &sign::sha256_hex(canonical.text.as_bytes()),
    );

    let received: Vec<(String, String)> = headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_string()))
        .chain(signed.iter().map(|header| (header.name.to_string(), header.value.clone())))
        .collect();
    let received = verifier::Received {
        method: operation.method,
        path: &encoded.path,
        query,
        headers: &received,
        body: body.as_bytes(),
    };
    verifier::verify(&received, &credentials.secret_access_key).unwrap_or_else(|problem| panic!("{name}: {problem}"));

    let target = match &encoded.query {
        Some(query) => format!("{}?{query}", encoded.path),
        None => encoded.path.clone(),
    };
    json!({
        "method": operation.method,
        "path": target,
        "body": body,
        "canonicalRequest": canonical.text,
        "stringToSign": to_sign,
        "signature": authorization.rsplit_once("Signature=").expect("a signature").1,
        "authorization": authorization,
        "sha256": header("x-amz-content-sha256"),
        "date": header("x-amz-date"),
        "token": header("x-amz-security-token"),
    })
}

fn recorded(row: &Value) -> Value {
    let request = &row["request"];
    let headers = &request["headers"];
    let host = &headers.get("host").unwrap_or(&request["unset"]["host"]);
    assert_eq!(*host, "ivs.us-west-2.amazonaws.com");
    json!({
        "method": request["method"],
        "path": request["path"],
        "body": request["body"].as_str().unwrap_or(""),
        "canonicalRequest": row["canonicalRequest"],
        "stringToSign": row["stringToSign"],
        "signature": row["signature"],
        "authorization": headers["authorization"],
        "sha256": headers["x-amz-content-sha256"],
        "date": headers["x-amz-date"],
        "token": headers["x-amz-security-token"],
    })
}

#[test]
fn recorded_requests() {
    let golden = golden::golden();
    let rows = golden::rows(&golden, "requests");
    let mut deviations = Deviations::read("requests");
    let mut keys = KeyCache::new();
    for row in &rows {
        let label = ["op", "case", "flavour", "creds"].map(|key| row[key].as_str().expect("a text"));
        deviations.judge(&label.join(" "), &recorded(row), &ours(&golden, row, &mut keys));
    }
    deviations.finish(rows.len());
}

/// What is sent without any option is what v2 sends from Node, less the headers that say nothing.
#[test]
fn a_whole_call_sends_what_v2_sends_from_node() {
    let golden = golden::golden();
    let mut config = Config::default();
    config.set("region", config::Value::Text("us-west-2"));
    let client = Client::new(&SERVICE, config, Rc::new(RefCell::default()));
    let mut count = 0;
    for row in golden::rows(&golden, "requests").iter().filter(|row| row["flavour"] == "node") {
        count += 1;
        let operation = SERVICE.find(row["op"].as_str().expect("a name")).expect("an operation");
        let text = golden::text(&row["params"]);
        let script = Script::new(vec![Ok(Reply::new(200, "{}"))], credentials(&golden, row));
        run(call(&script, &client, &operation, Params::new(&text), Wishes::default())).expect("a result");
        let sent = script.sent.borrow();
        let [sent] = sent.as_slice() else { panic!("one request") };
        let request = &row["request"];
        assert_eq!(sent.method, request["method"]);
        assert_eq!(sent.url, format!("https://{}{}", text_of(&request["host"]), text_of(&request["path"])));
        assert_eq!(sent.body.as_deref().unwrap_or(""), text_of(&request["body"]));
        let theirs = request["headers"].as_object().expect("headers").iter();
        // A transport sends these by itself, and none of them is signed but the host.
        let theirs = theirs.filter(|(name, _)| !["host", "content-length", "user-agent"].contains(&name.as_str()));
        let theirs: Vec<(String, String)> =
            theirs.map(|(name, value)| (name.clone(), text_of(value).to_string())).collect();
        let mut ours = sent.headers.clone();
        ours.sort();
        assert_eq!(ours, theirs, "{}", row["op"]);
    }
    assert_eq!(count, 126);
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

#[test]
fn every_operation_is_recorded() {
    let golden = golden::golden();
    let rows = golden::rows(&golden, "requests");
    let facts: Value = serde_json::from_str(include_str!("../src/model/ivs.json")).expect("JSON");
    for (name, operation) in facts["operations"].as_object().expect("operations") {
        let with_params = operation["input"].as_str().is_some();
        let count = rows.iter().filter(|row| row["op"] == name.as_str()).count();
        assert!(count > 0 && with_params, "{name} has no recorded request");
    }
}
