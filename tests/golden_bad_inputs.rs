//! Every recorded odd input of SDK v2, through the whole call: the same error, or the same request.

#[path = "support/deviations.rs"]
mod deviations;
#[path = "support/golden.rs"]
mod golden;
#[path = "support/host.rs"]
mod host;

use deviations::Deviations;
use host::{run, Reply, Script};
use ivs_wasm::call::{call, Client, Wishes};
use ivs_wasm::config::{self, Config};
use ivs_wasm::credentials::Credentials;
use ivs_wasm::error::Error;
use ivs_wasm::model::ivs::SERVICE;
use ivs_wasm::params::Params;
use serde_json::{json, Value};
use std::cell::RefCell;
use std::rc::Rc;

/// The row's options, over the recording's usual ones: us-west-2, no retries.
fn config(row: &Value) -> Config {
    let mut config = Config::default();
    config.set("region", config::Value::Text("us-west-2"));
    config.set("maxRetries", config::Value::Number(0.0));
    for (name, value) in row["config"].as_object().into_iter().flatten() {
        match (name.as_str(), value) {
            // What these rows mean is in `credentials`.
            ("credentials" | "credentialProvider", _) => {}
            (_, Value::String(text)) => config.set(name, config::Value::Text(text)),
            (_, Value::Bool(flag)) => config.set(name, config::Value::Flag(*flag)),
            (_, Value::Object(object)) if object.contains_key("$undefined") => config.region.clear(),
            (_, Value::Object(_)) => config.set(name, config::Value::Object),
            other => panic!("option {other:?}"),
        }
    }
    assert!(config.problems.is_empty() && config.unknown.is_empty(), "{row}");
    config
}

/// The credentials of the row. Why a provider has none is found out by the edge, in JavaScript's world;
/// here it is given, and what becomes of it is compared.
#[allow(clippy::result_large_err)] // the core's own error
fn credentials(row: &Value) -> Result<Credentials, Error> {
    let usual = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None);
    let given = match row["name"].as_str().expect("a name") {
        "static object without secret" => Credentials::new("AKIDEXAMPLE", "", None),
        "tagKeys: newline in secret header value" => {
            Credentials::new(&usual.access_key_id, &usual.secret_access_key, Some("line\nbreak"))
        }
        _ if row["config"]["credentials"].is_string() || row["config"].get("credentialProvider").is_some() => {
            let why = row["error"]["originalError"]["message"].as_str();
            return Err(Error::credentials(why.unwrap_or("No credentials to load")));
        }
        _ => usual,
    };
    match given.problem() {
        Some(problem) => Err(problem),
        None => Ok(given),
    }
}

fn ours(row: &Value) -> Value {
    let operation = SERVICE.find(row["op"].as_str().expect("a name")).expect("an operation");
    let text = match row["name"].as_str() {
        // The recording cannot show a prototype: the ARN is inherited in this row.
        Some("inherited members are ignored") => "\u{1}{\"\\u0001arn\":\"inherited\"}".to_string(),
        _ => golden::text(&row["params"]),
    };
    let client = Client::new(&SERVICE, config(row), Rc::new(RefCell::default()));
    let mut script = Script::new(vec![Ok(Reply::new(200, "{}"))], Credentials::default());
    script.credentials = credentials(row).map(Rc::new);
    let outcome = run(call(&script, &client, &operation, Params::new(&text), Wishes::default()));
    let sent = script.sent.borrow();
    let wire = sent.first().map(|sent| {
        let body = sent.body.as_deref().unwrap_or("");
        json!({ "method": sent.method, "path": sent.target(), "body": body })
    });
    match outcome {
        Ok(success) => {
            let data = success.data.unwrap_or(success.answer.body);
            let data: Value = serde_json::from_str(&data).expect("JSON");
            json!({ "wire": wire, "data": data })
        }
        Err(error) => {
            assert_eq!(wire, None, "an error although something was sent: {error:?}");
            let mut out = json!({ "code": error.code, "message": error.message });
            if !error.errors.is_empty() {
                let errors = error.errors.iter();
                out["errors"] = errors.map(|v| json!({ "code": v.code, "message": v.message })).collect();
            }
            if let Some((code, message)) = error.original.clone() {
                out["originalError"] = json!({ "code": code, "message": message });
            }
            json!({ "error": out })
        }
    }
}

fn recorded(row: &Value) -> Value {
    if row["reachedServer"] == true {
        return json!({ "wire": row["wire"], "data": row["data"] });
    }
    let mut out = json!({});
    for key in ["code", "message", "errors", "originalError"] {
        if let Some(value) = row["error"].get(key) {
            out[key] = value.clone();
        }
    }
    json!({ "error": out })
}

#[test]
fn recorded_inputs() {
    let golden = golden::golden();
    let rows = golden::rows(&golden, "badInputs");
    let mut deviations = Deviations::read("badInputs");
    for row in &rows {
        deviations.judge(row["name"].as_str().expect("a name"), &recorded(row), &ours(row));
    }
    deviations.finish(rows.len());
}
