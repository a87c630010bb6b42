//! Every recorded answer: our data is what SDK v2 made of the same body, member by member and in
//! the same order.

#[path = "support/deviations.rs"]
mod deviations;
#[path = "support/golden.rs"]
mod golden;
#[path = "support/moments.rs"]
mod moments;

use deviations::Deviations;
use ivs_wasm::model::ivs::SERVICE;
use ivs_wasm::rest_json;
use serde_json::{json, Value};

fn ours(row: &Value) -> Value {
    let operation = SERVICE.find(row["op"].as_str().expect("a name")).expect("an operation");
    let headers = row["headers"].as_object().expect("headers");
    let header = |name: &str| headers.get(name).and_then(Value::as_str).map(String::from);
    let body = row["body"].as_str().expect("a body");
    match rest_json::decode(&operation, body, &header) {
        Ok(text) => {
            let mut data: Value = serde_json::from_str(&text).expect("decoded data is JSON");
            moments::revive(&mut data, operation.timestamps());
            // As text, since member order counts.
            json!({ "data": data.to_string() })
        }
        Err(problem) => json!({ "error": format!("{problem:?}") }),
    }
}

#[test]
fn recorded_answers() {
    let golden = golden::golden();
    let rows = golden::rows(&golden, "responses");
    let mut deviations = Deviations::read("responses");
    for row in &rows {
        let label = ["op", "case"].map(|key| row[key].as_str().expect("a text")).join(" ");
        deviations.judge(&label, &json!({ "data": row["data"].to_string() }), &ours(row));
    }
    deviations.finish(rows.len());
}

#[test]
fn decoding_what_was_decoded_changes_nothing() {
    let golden = golden::golden();
    for row in golden::rows(&golden, "responses") {
        let operation = SERVICE.find(row["op"].as_str().expect("a name")).expect("an operation");
        if !operation.timestamps().is_empty() {
            // Seconds become milliseconds, so a second pass is another conversion.
            continue;
        }
        let body = row["body"].as_str().expect("a body");
        let once = rest_json::decode(&operation, body, &|_| None).expect("decodes").into_owned();
        let twice = rest_json::decode(&operation, &once, &|_| None).expect("decodes");
        assert_eq!(once, twice, "{}", row["op"]);
    }
}
