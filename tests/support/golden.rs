//! `tests/data/v2-golden.json`: what SDK v2 was observed to do.
#![allow(dead_code)] // each test program uses a part of it

use serde_json::{json, Value};

/// The recorded file.
pub fn golden() -> Value {
    let text = include_str!("../data/v2-golden.json");
    serde_json::from_str(text).expect("the golden file is JSON")
}

/// The rows of one part of it.
pub fn rows(golden: &Value, part: &str) -> Vec<Value> {
    let rows = golden[part].as_array().expect("an array of rows").clone();
    assert_eq!(golden["meta"]["counts"][part], json!(rows.len()), "the file is whole");
    rows
}

/// Parameters as the JavaScript edge hands them to the core: their JSON, or, where JSON cannot
/// hold them, marked text. The recording writes such values as `{"$undefined": true}` and the like.
pub fn text(params: &Value) -> String {
    if is_plain(params) {
        params.to_string()
    } else {
        format!("\u{1}{}", marked(params))
    }
}

/// The recording's notation for a value that JSON cannot hold.
fn special(value: &Value) -> Option<(&str, &Value)> {
    let (key, inner) = value.as_object().filter(|o| o.len() == 1)?.iter().next()?;
    key.starts_with('$').then_some((key.as_str(), inner))
}

fn is_plain(value: &Value) -> bool {
    match value {
        // A null may stay: only what JSON.stringify would lose needs a mark.
        Value::Array(items) => items.iter().all(is_plain),
        Value::Object(_) if special(value).is_some() => false,
        Value::Object(members) => members.values().all(is_plain),
        _ => true,
    }
}

fn marked(value: &Value) -> Value {
    if let Some((key, inner)) = special(value) {
        return match key {
            "$undefined" => json!("\u{1}u"),
            "$number" => json!("\u{1}n"),
            "$date" => json!(format!("\u{1}d{}", milliseconds(inner.as_str().expect("a date")))),
            "$invalidDate" => json!("\u{1}dNaN"),
            "$stringObject" => json!("\u{1}o"),
            "$bigint" => json!("\u{1}b"),
            // A Set has no enumerable members.
            "$set" => json!({}),
            other => panic!("the recording's {other} is not known here"),
        };
    }
    match value {
        Value::Array(items) => items.iter().map(marked).collect(),
        Value::Object(members) => members.iter().map(|(key, value)| (doubled(key), marked(value))).collect(),
        Value::String(text) => Value::String(doubled(text)),
        other => other.clone(),
    }
}

fn doubled(text: &str) -> String {
    if text.starts_with('\u{1}') {
        format!("\u{1}{text}")
    } else {
        text.to_string()
    }
}

/// Milliseconds since 1970 of `2024-01-02T03:04:05.678Z`, by counting days.
pub fn milliseconds(iso: &str) -> i64 {
    let number = |range: std::ops::Range<usize>| -> i64 {
        iso.get(range).and_then(|digits| digits.parse().ok()).unwrap_or_else(|| panic!("date {iso}"))
    };
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let mut days = day - 1;
    days += (1970..year).map(|y| if leap(y) { 366 } else { 365 }).sum::<i64>();
    let lengths = [31, if leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    days += lengths.iter().take(usize::try_from(month - 1).expect("a month")).sum::<i64>();
    let seconds = ((days * 24 + number(11..13)) * 60 + number(14..16)) * 60 + number(17..19);
    seconds * 1000 + if iso.get(19..20) == Some(".") { number(20..23) } else { 0 }
}
