//! Answers of the greatest length that is read at all, made to be slow or to swell.

use crate::memory;
use ivs_wasm::error::from_answer;
use ivs_wasm::http;
use ivs_wasm::model::ivs::SERVICE;
use ivs_wasm::params::Params;
use ivs_wasm::rest_json::{decode, encode};
use ivs_wasm::validate::{validate, Checks};
use std::time::{Duration, Instant};

#[allow(clippy::unnecessary_cast)] // its type is the core's own business
const MOST: usize = http::MOST as usize;

/// Generous: the host may be busy and the code unoptimised. What is quadratic takes hours.
const MOST_TIME: Duration = Duration::from_secs(20);

fn filled(before: &str, piece: &str, after: &str) -> String {
    let room = MOST - before.len() - after.len();
    [before, &piece.repeat(room / piece.len()), after].concat()
}

fn texts() -> Vec<(&'static str, String)> {
    vec![
        ("brackets", filled("", "[", "")),
        ("closed brackets", filled("", "[]", "")),
        ("a string", filled("{\"channel\":{\"name\":\"", "a", "\"}}")),
        ("escapes", filled("{\"channel\":{\"name\":\"", "\\ud83d", "\"}}")),
        ("escaped keys", filled("{", "\"\\u0061\":1,", "\"z\":1}")),
        ("equal keys", filled("{", "\"channel\":{},", "\"channel\":{}}")),
        ("equal keys out of order", filled("{", "\"nextToken\":\"\",\"channels\":[],", "\"channels\":[]}")),
        ("tags", filled("{\"channel\":{\"tags\":{", "\"__proto__\":\"x\",", "\"k\":\"v\"}}}")),
        ("items", filled("{\"channels\":[", "{\"arn\":\"a\"},", "{}]}")),
        ("nulls", filled("{\"channels\":[", "null,", "null]}")),
        ("items of another type", filled("{\"channels\":\"", "x", "\"}")),
        ("digits", filled("{\"channel\":{\"name\":", "1", "}}")),
        ("zeros", filled("{\"channel\":{\"name\":0.", "0", "1}}")),
        ("spaces", filled("{\"channel\":", " ", "{}}")),
        ("messages", filled("{", "\"message\":\"m\",", "\"message\":\"m\"}")),
        ("a page", filled("<html>", "<p>", "</html>")),
    ]
}

#[test]
fn six_mebibytes_of_anything_are_read_in_linear_time_and_memory() {
    let operations = ["getChannel", "listChannels", "listTagsForResource", "deleteChannel"];
    let mut worst = (Duration::ZERO, "", 0, "");
    for (name, text) in texts() {
        assert!(text.len() <= MOST && text.len() > MOST - 100, "{name}: {}", text.len());
        let before = memory::begin();
        let start = Instant::now();
        for operation in operations {
            let operation = SERVICE.find(operation).expect("an operation");
            let _ = decode(&operation, &text, &|_| None);
        }
        let _ = from_answer(400, None, "", &text);
        let took = start.elapsed() / (operations.len() as u32 + 1);
        let used = memory::peak_since(before);
        assert!(took < MOST_TIME, "{name}: {took:?}");
        assert!(memory::bounded(used, text.len()).is_ok(), "{name}: {used} bytes");
        worst.0 = worst.0.max(took);
        if took == worst.0 {
            worst.1 = name;
        }
        worst.2 = worst.2.max(used);
        if used == worst.2 {
            worst.3 = name;
        }
    }
    println!("6 MiB: at most {:?} ({}) and {} MB of memory ({})", worst.0, worst.1, worst.2 / 1_000_000, worst.3);
}

#[test]
fn a_million_bad_items_are_told_within_bounds() {
    let text = ["{\"arns\":[", &"1,".repeat(999_999), "1]}"].concat();
    let operation = SERVICE.find("batchGetChannel").expect("an operation");
    let before = memory::begin();
    let start = Instant::now();
    let report = validate(operation.input, Params::new(&text), Checks::default()).expect("it is JSON");
    assert_eq!(report.violations.len() + report.omitted, 1_000_000);
    let _ = encode(&operation, Params::new(&text)).expect("it is JSON");
    assert!(start.elapsed() < MOST_TIME && memory::bounded(memory::peak_since(before), text.len()).is_ok());
    println!("a million violations: {:?}, {} told", start.elapsed(), report.violations.len());
}
