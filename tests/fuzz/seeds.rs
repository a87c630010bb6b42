//! Where mutation starts: the answers and error answers recorded from SDK v2, and the corpus beside this file, one
//! input a line (a line break inside an input is not needed: JSON has an escape for it).

use serde_json::Value;
use std::collections::BTreeSet;

pub fn all() -> Vec<Vec<u8>> {
    let mut seeds = BTreeSet::new();
    let golden: Value = serde_json::from_str(include_str!("../data/v2-golden.json")).expect("the recording is JSON");
    bodies(&golden, &mut seeds);
    let recorded = seeds.len();
    assert!(recorded > 50, "the recording has bodies: {recorded}");
    for corpus in [include_str!("corpus/answers.txt"), include_str!("corpus/params.txt")] {
        seeds.extend(corpus.lines().filter(|line| !line.is_empty()).map(|line| line.as_bytes().to_vec()));
    }
    seeds.into_iter().collect()
}

/// Every text of the recording that looks like JSON or a page, and every structure as its JSON.
fn bodies(value: &Value, into: &mut BTreeSet<Vec<u8>>) {
    match value {
        Value::String(text) if text.trim_start().starts_with(['{', '[', '<', '"', '\u{1}']) => {
            into.insert(text.clone().into_bytes());
        }
        Value::Array(items) => items.iter().for_each(|item| bodies(item, into)),
        Value::Object(members) => {
            let text = value.to_string();
            if text.len() < 2000 {
                into.insert(text.into_bytes());
            }
            members.values().for_each(|member| bodies(member, into));
        }
        _ => {}
    }
}
