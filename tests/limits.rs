//! The checks that are made on request only: every limit, pattern and enumeration of the facts file,
//! with v2's texts. v2 had the option, but no limits in its model of IVS.

use ivs_wasm::model::ivs::SERVICE;
use ivs_wasm::params::Params;
use ivs_wasm::validate::{validate, Checks};
use serde_json::{json, Map, Value};

const ALL: Checks = Checks { min: true, max: true, pattern: true, texts: true };
const NONE: Checks = Checks { min: false, max: false, pattern: false, texts: false };
const ALL_BUT_PATTERNS: Checks = Checks { pattern: false, ..ALL };

fn facts() -> Value {
    serde_json::from_str(include_str!("../src/model/ivs.json")).expect("the facts file is JSON")
}

fn told(operation: &str, params: &Value, checks: Checks) -> Vec<(&'static str, String)> {
    let operation = SERVICE.find(operation).expect("an operation");
    let text = params.to_string();
    let report = validate(operation.input, Params::new(&text), checks).expect("JSON");
    report.violations.into_iter().map(|v| (v.code, v.message)).collect()
}

/// What breaks a limit of the shape by one, and the error for it.
fn breaches(facts: &Value, shape: &Value, path: &str) -> Vec<(Value, &'static str, String)> {
    let kind = shape["type"].as_str().expect("a type");
    let what = match kind {
        "string" => "string length",
        "list" => "list member count",
        "map" => "map member count",
        "integer" | "long" => "numeric value",
        _ => return Vec::new(),
    };
    let sized = |size: i64| match kind {
        "string" => json!("x".repeat(size as usize)),
        "list" => (0..size).map(|_| filler(facts, shape["member"].as_str().expect("a member"))).collect(),
        "map" => Value::Object((0..size).map(|i| (format!("k{i}"), json!("v"))).collect::<Map<_, _>>()),
        _ => json!(size),
    };
    let mut out = Vec::new();
    // Below 0 there is no length or count.
    if let Some(min) = shape["min"].as_i64().filter(|min| *min > 0 || what == "numeric value") {
        let text = format!("Expected {what} >= {min}, but found {} for {path}", min - 1);
        out.push((sized(min - 1), "MinRangeError", text));
    }
    if let Some(max) = shape["max"].as_i64() {
        let text = format!("Expected {what} <= {max}, but found {} for {path}", max + 1);
        out.push((sized(max + 1), "MaxRangeError", text));
    }
    if let Some(texts) = shape["enum"].as_array() {
        let texts: Vec<&str> = texts.iter().map(|text| text.as_str().expect("a text")).collect();
        let text = format!("Found string value of other, but expected {} for {path}", texts.join("|"));
        out.push((json!("other"), "EnumError", text));
    }
    out
}

/// A value that breaks nothing.
fn filler(facts: &Value, shape: &str) -> Value {
    let shape = &facts["shapes"][shape];
    if let Some(texts) = shape["enum"].as_array() {
        return texts[0].clone();
    }
    match shape["type"].as_str().expect("a type") {
        "string" => json!(text_of(shape)),
        "integer" | "long" => shape["min"].as_i64().map_or(json!(1), |min| json!(min)),
        "boolean" => json!(true),
        "list" => {
            let least = shape["min"].as_u64().unwrap_or(0);
            (0..least).map(|_| filler(facts, shape["member"].as_str().expect("a member"))).collect()
        }
        "map" => json!({}),
        "timestamp" => json!("2024-01-02T03:04:05Z"),
        _ => {
            let required = shape["required"].as_array().expect("a list");
            let members = required.iter().map(|name| {
                let name = name.as_str().expect("a name");
                (name.to_string(), filler(facts, shape["members"][name]["shape"].as_str().expect("a shape")))
            });
            Value::Object(members.collect())
        }
    }
}

/// A text that fits the shape's pattern and length.
fn text_of(shape: &Value) -> String {
    let pattern = shape["pattern"].as_str().unwrap_or("");
    let least = shape["min"].as_u64().unwrap_or(0) as usize;
    let resource = ["channel", "stream-key", "playback-key", "recording-configuration", "playback-restriction-policy"]
        .into_iter()
        .chain(["ad-configuration", "failover-slate-configuration", "playbackConfiguration"])
        .find(|resource| pattern.contains(&format!(":{resource}/")));
    match resource {
        Some("playbackConfiguration") => "arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/abcd".into(),
        Some(resource) => format!("arn:aws:ivs:us-west-2:123456789012:{resource}/abcd"),
        None if pattern.starts_with("st-") => format!("st-{}", "a".repeat(least.saturating_sub(3).max(1))),
        None => "a".repeat(least.max(1)),
    }
}

#[test]
fn every_limit_is_checked_on_request_and_only_then() {
    let facts = facts();
    let (mut checked, mut failures) = (0, Vec::new());
    for (name, operation) in facts["operations"].as_object().expect("operations") {
        let input = operation["input"].as_str().expect("an input");
        let good = filler(&facts, input);
        assert_eq!(told(name, &good, ALL), [], "{name} {good}");
        for (member, of) in facts["shapes"][input]["members"].as_object().expect("members") {
            let shape = &facts["shapes"][of["shape"].as_str().expect("a shape")];
            let path = format!("params.{member}");
            for (value, code, text) in breaches(&facts, shape, &path) {
                checked += 1;
                let mut params = good.clone();
                params[member] = value;
                let found = told(name, &params, ALL);
                // The text may break the pattern as well, and an empty label is told in its own words, too.
                let same: Vec<_> = found
                    .iter()
                    .filter(|(found, _)| !["PatternMatchError", "UriParameterError"].contains(found))
                    .collect();
                if same != [&(code, text.clone())] {
                    failures.push(format!("{name}: expected {text}\n    told {found:?}"));
                }
                let unasked = told(name, &params, NONE);
                let of_label = of["location"] == "uri";
                if !of_label && !unasked.is_empty() {
                    failures.push(format!("{name}: told without being asked: {unasked:?}"));
                }
            }
        }
    }
    println!("{checked} limits checked");
    assert!(checked > 100, "{checked}");
    assert!(failures.is_empty(), "{} of {checked}:\n  {}", failures.len(), failures.join("\n  "));
}

#[test]
fn every_pattern_is_checked_but_the_wrong_one() {
    let facts = facts();
    let mut checked = 0;
    for (name, operation) in facts["operations"].as_object().expect("operations") {
        let input = operation["input"].as_str().expect("an input");
        for (member, of) in facts["shapes"][input]["members"].as_object().expect("members") {
            let shape_name = of["shape"].as_str().expect("a shape");
            let shape = &facts["shapes"][shape_name];
            let Some(pattern) = shape["pattern"].as_str() else { continue };
            let mut params = filler(&facts, input);
            params[member] = json!("a b\u{0}c/?");
            let found = told(name, &params, Checks { pattern: true, ..NONE });
            if shape_name == "ResourceArn" {
                // As published it allows resource types of one letter, so no real ARN would pass.
                assert_eq!(found, [], "{name}");
                continue;
            }
            checked += 1;
            let shown = if shape["sensitive"] == true { "***SensitiveInformation***" } else { "a b\u{0}c/?" };
            let text =
                format!("Provided value \"{shown}\" does not match regex pattern /{pattern}/ for params.{member}");
            assert_eq!(found, [("PatternMatchError", text)], "{name}");
        }
    }
    println!("{checked} patterns checked");
    assert!(checked > 40, "{checked}");
}

#[test]
fn a_sensitive_text_is_not_repeated_in_an_error() {
    let long = "secret".repeat(400);
    let params = json!({ "channelArn": "arn:aws:ivs:us-west-2:123456789012:channel/abcd", "metadata": long });
    for (_, message) in told("putMetadata", &params, ALL) {
        assert!(!message.contains("secret"), "{message}");
    }
}

#[test]
fn what_is_at_a_limit_is_within_it() {
    let only = |min, max| Checks { min, max, ..NONE };
    let codes = |operation, params: Value, checks| -> Vec<_> {
        told(operation, &params, checks).into_iter().map(|(code, text)| format!("{code} {text}")).collect()
    };
    for (given, checks, expected) in [
        (json!(1), only(true, true), ""),
        (json!(100), only(true, true), ""),
        (json!(99.5), only(true, true), ""),
        (json!(0), only(true, true), "MinRangeError Expected numeric value >= 1, but found 0 for params.maxResults"),
        (
            json!(-0.5),
            only(true, true),
            "MinRangeError Expected numeric value >= 1, but found -0.5 for params.maxResults",
        ),
        (
            json!(100.5),
            only(true, true),
            "MaxRangeError Expected numeric value <= 100, but found 100.5 for params.maxResults",
        ),
        (
            json!(101),
            only(false, true),
            "MaxRangeError Expected numeric value <= 100, but found 101 for params.maxResults",
        ),
        (json!(0), only(false, true), ""),
        (json!(101), only(true, false), ""),
    ] {
        let found = codes("listChannels", json!({ "maxResults": given }), checks);
        assert_eq!(found.join("; "), expected, "{given}");
    }
    // Lengths are counted as JavaScript counts them.
    for (name, expected) in [
        ("𝄞".repeat(64), ""),
        ("é€".repeat(64), ""),
        ("𝄞".repeat(64) + "x", "found 129"),
        ("€".repeat(129), "found 129"),
    ] {
        let found = codes("createChannel", json!({ "name": name }), ALL_BUT_PATTERNS).join("; ");
        assert!(if expected.is_empty() { found.is_empty() } else { found.contains(expected) }, "{name}: {found}");
    }
    // Keys of maps have limits of their own.
    let tags = |key: &str| codes("createChannel", json!({ "tags": { key: "v" } }), ALL_BUT_PATTERNS).join("; ");
    assert_eq!(tags(&"k".repeat(128)), "");
    let told = tags(&"k".repeat(129));
    assert!(
        told.starts_with("MaxRangeError Expected string length <= 128, but found 129 for params.tags[key='kkk"),
        "{told}"
    );
    let told = tags("");
    assert!(
        told.starts_with("MinRangeError Expected string length >= 1, but found 0 for params.tags[key='']"),
        "{told}"
    );
}

#[test]
fn what_is_of_another_type_or_null_has_no_length() {
    for (operation, params, codes) in [
        ("batchGetChannel", json!({ "arns": 7 }), vec!["InvalidParameterType"]),
        ("batchGetChannel", json!({ "arns": null }), vec!["MissingRequiredParameter"]),
        ("batchGetChannel", json!({ "arns": [] }), vec!["MinRangeError"]),
        ("createChannel", json!({ "tags": null }), vec![]),
        ("createChannel", json!({ "tags": 7 }), vec!["InvalidParameterType"]),
    ] {
        let found: Vec<_> = told(operation, &params, ALL).into_iter().map(|(code, _)| code).collect();
        assert_eq!(found, codes, "{operation} {params}");
    }
}
