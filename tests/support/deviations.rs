//! Where we differ from SDK v2 on purpose: the tables of `tests/data/deviations.md`, held to
//! both ways. A difference that is not listed fails, and so does a listed one that is gone.
#![allow(dead_code)] // each test program uses a part of it

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The deviations of one section of the file.
#[derive(Debug)]
pub struct Deviations {
    section: &'static str,
    /// By row: what of v2's result is replaced (a JSON merge patch), and whether the row was met.
    rows: BTreeMap<String, (Value, bool)>,
    problems: Vec<String>,
    equal: usize,
    deviating: usize,
}

impl Deviations {
    /// Reads the section's table: `| row | ours | because |`, `ours` a JSON merge patch in code quotes.
    pub fn read(section: &'static str) -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/deviations.md");
        let text = std::fs::read_to_string(path).expect("the list of deviations");
        let mut rows = BTreeMap::new();
        let mut inside = false;
        for line in text.lines() {
            if let Some(title) = line.strip_prefix("## ") {
                inside = title.trim() == section;
            }
            if !inside || !line.starts_with("| ") || line.starts_with("| row ") {
                continue;
            }
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            let [row, ours, because] = cells[..] else { panic!("not three cells: {line}") };
            assert!(because.len() > 10, "{row}: the reason is missing");
            let ours = serde_json::from_str(ours.trim_matches('`')).unwrap_or_else(|e| panic!("{row}: {ours}: {e}"));
            let old = rows.insert(row.to_string(), (ours, false));
            assert!(old.is_none(), "{row} is listed twice");
        }
        Deviations { section, rows, problems: Vec::new(), equal: 0, deviating: 0 }
    }

    /// Compares one row's results, `v2` as recorded and `ours` as seen.
    pub fn judge(&mut self, row: &str, v2: &Value, ours: &Value) {
        let Some((patch, met)) = self.rows.get_mut(row) else {
            self.equal += 1;
            if v2 != ours {
                self.problems.push(format!("{row}\n    v2:   {v2}\n    ours: {ours}"));
            }
            return;
        };
        *met = true;
        self.deviating += 1;
        let expected = merged(v2, patch);
        if expected == *v2 {
            self.problems.push(format!("{row}: listed, but what it lists is what v2 does"));
        }
        if expected != *ours {
            self.problems.push(format!("{row}\n    listed: {expected}\n    ours:   {ours}"));
        }
    }

    /// Reports the count and fails on any difference or on a listed row that was never met.
    pub fn finish(mut self, expected_rows: usize) {
        for (row, (_, met)) in &self.rows {
            if !met {
                self.problems.push(format!("{row}: listed in deviations.md, but no such row"));
            }
        }
        println!("{}: {} rows as v2, {} deviating as listed", self.section, self.equal, self.deviating);
        assert!(
            self.problems.is_empty(),
            "{} of {} rows of {}:\n  {}",
            self.problems.len(),
            self.equal + self.deviating,
            self.section,
            self.problems.join("\n  ")
        );
        assert_eq!(self.equal + self.deviating, expected_rows, "rows of {} seen", self.section);
    }
}

/// JSON merge patch (RFC 7396): null removes, objects merge, anything else replaces.
fn merged(target: &Value, patch: &Value) -> Value {
    let Value::Object(patch) = patch else { return patch.clone() };
    let mut out = target.as_object().cloned().unwrap_or_else(Map::new);
    for (key, value) in patch {
        if value.is_null() {
            out.shift_remove(key);
        } else {
            let old = out.get(key).cloned().unwrap_or(Value::Null);
            out.insert(key.clone(), merged(&old, value));
        }
    }
    Value::Object(out)
}
