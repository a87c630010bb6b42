//! Every recorded answer of a service in trouble, through the whole call with v2's rules for retries:
//! the same error after the same number of attempts.

#[path = "support/deviations.rs"]
mod deviations;
#[path = "support/golden.rs"]
mod golden;
#[path = "support/host.rs"]
mod host;

use deviations::Deviations;
use host::{run, Reply, Script};
use ivs_wasm::call::{call, Client, Wishes};
use ivs_wasm::config::{Config, Value as Option_};
use ivs_wasm::credentials::Credentials;
use ivs_wasm::model::ivs::SERVICE;
use ivs_wasm::params::Params;
use serde_json::{json, Value};
use std::cell::RefCell;
use std::rc::Rc;

/// As recorded: three retries without delay by the caller's own rule, no correction of the clock.
fn client() -> Client {
    let mut config = Config::default();
    for (name, value) in [
        ("region", Option_::Text("us-west-2")),
        ("retryMode", Option_::Text("legacy")),
        ("maxRetries", Option_::Number(3.0)),
        ("correctClockSkew", Option_::Flag(false)),
    ] {
        config.set(name, value);
    }
    Client::new(&SERVICE, config, Rc::new(RefCell::default()))
}

fn ours(row: &Value) -> Value {
    let operation = SERVICE.find(row["op"].as_str().expect("a name")).expect("an operation");
    let status = u16::try_from(row["status"].as_u64().expect("a status")).expect("a status");
    let mut reply = Reply::new(status, row["body"].as_str().expect("a body"));
    for (name, value) in row["headers"].as_object().expect("headers") {
        reply = reply.with(name, value.as_str().expect("a text"));
    }
    let mut script = Script::new(vec![Ok(reply)], Credentials::new("AKIDEXAMPLE", "secret", None));
    script.backoff = Some(Some(0.0));
    let params = Params::new(match operation.name {
        "BatchGetChannel" => r#"{"arns":["a"]}"#,
        "GetStream" => r#"{"channelArn":"a"}"#,
        _ => r#"{"arn":"a"}"#,
    });
    let outcome = run(call(&script, &client(), &operation, params, Wishes::default()));
    let mut out = json!({
        "attempts": script.sent.borrow().len(),
        "backoffCalls": *script.backoffs.borrow(),
        "credentialsMarkedExpired": script.renewals.get() > 0,
    });
    match outcome {
        Ok(success) => {
            let data = success.data.unwrap_or(success.answer.body);
            out["data"] = serde_json::from_str(&data).expect("JSON");
            out["requestId"] = json!(success.request_id);
        }
        Err(error) => {
            assert_eq!(error.attempts as usize, script.sent.borrow().len());
            out["requestId"] = json!(error.request_id);
            out["error"] = json!({
                "code": error.code,
                "message": error.message,
                "statusCode": error.status,
                "retryable": error.retryable,
            });
            if let Some(delay) = error.retry_delay {
                out["error"]["retryDelay"] = json!(delay as i64);
            }
        }
    }
    out
}

fn recorded(row: &Value) -> Value {
    let mut out = json!({
        "attempts": row["attempts"],
        "backoffCalls": row["backoffCalls"],
        "credentialsMarkedExpired": row["credentialsMarkedExpired"],
    });
    if let Some(data) = row.get("data") {
        out["data"] = data.clone();
    }
    out["requestId"] = row["requestId"].clone();
    if let Some(error) = row.get("error") {
        out["error"] = json!({});
        for key in ["code", "message", "statusCode", "retryable", "retryDelay"] {
            if let Some(value) = error.get(key) {
                out["error"][key] = value.clone();
            }
        }
    }
    out
}

#[test]
fn recorded_answers_in_trouble() {
    let golden = golden::golden();
    let rows = golden::rows(&golden, "serviceErrors");
    let mut deviations = Deviations::read("serviceErrors");
    for row in &rows {
        deviations.judge(row["name"].as_str().expect("a name"), &recorded(row), &ours(row));
    }
    deviations.finish(rows.len());
}
