//! What both directions share: the walk over the suites, and the two lists of exceptions.

use crate::tables::{compile, Case};
use serde_json::Value;

/// Cases that are not run, by the trait they need.
pub type NotRun = &'static [(&'static str, &'static [&'static str])];

/// Cases whose outcome differs from botocore's on purpose: the case, what we give, and why.
pub type Different = &'static [(&'static str, &'static str, &'static str)];

/// Cases that are run without some of their members, which need what IVS does not have.
pub type Without = &'static [(&'static str, &'static [&'static str])];

/// The value without the members that are listed for the case; by their names on either side.
pub fn reduced(value: &Value, id: &str, without: Without) -> Value {
    let dropped = without.iter().find(|(listed, _)| *listed == id).map_or(&[][..], |(_, names)| names);
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, _)| !dropped.contains(&name.as_str()));
            kept.map(|(name, value)| (name.clone(), value.clone())).collect()
        }
        other => other.clone(),
    }
}

/// One case of a suite.
#[derive(Debug)]
pub struct Row<'a> {
    pub id: &'a str,
    pub suite: &'a Value,
    pub case: &'a Value,
}

/// All cases of a file, checked against the numbers given in its notice.
pub fn rows(suites: &Value, expected: (usize, usize)) -> Vec<Row<'_>> {
    let suites = suites.as_array().expect("suites");
    let rows: Vec<Row<'_>> = suites
        .iter()
        .flat_map(|suite| suite["cases"].as_array().expect("cases").iter().map(move |case| (suite, case)))
        .map(|(suite, case)| Row { id: case["id"].as_str().expect("an id"), suite, case })
        .collect();
    assert_eq!((suites.len(), rows.len()), expected, "the file is whole");
    rows
}

/// Runs what can be run and holds the lists to it: a case that cannot be run must be listed with the very
/// reason, and a listed one must not have become possible.
pub fn run(
    rows: &[Row<'_>],
    side: &str,
    not_run: NotRun,
    without: Without,
    different: Different,
    check: impl Fn(&Row<'_>, &Case) -> Result<(), (String, String)>,
) {
    let (mut run, mut skipped, mut deviating) = (0, 0, 0);
    let mut problems = Vec::new();
    for row in rows {
        let value = &row.case[if side == "input" { "params" } else { "result" }];
        let value = reduced(value, row.id, without);
        let listed = not_run.iter().find(|(_, ids)| ids.contains(&row.id)).map(|(reason, _)| *reason);
        let case = match (compile(row.suite, &row.case["given"], side, &value), listed) {
            (Err(reason), Some(listed)) if reason == listed => {
                skipped += 1;
                continue;
            }
            (Ok(case), None) => case,
            (compiled, listed) => {
                let why = compiled.err();
                problems.push(format!("{}: not run because of {why:?}, listed for {listed:?}", row.id));
                continue;
            }
        };
        run += 1;
        let listed = different.iter().find(|(id, ..)| *id == row.id);
        match (check(row, &case), listed) {
            (Ok(()), None) => {}
            (Ok(()), Some(_)) => problems.push(format!("{}: listed as different, but is not", row.id)),
            (Err((_, ours)), Some((_, expected, _))) if ours == *expected => deviating += 1,
            (Err((theirs, ours)), _) => {
                problems.push(format!("{}\n    botocore: {theirs}\n    ours:     {ours}", row.id));
            }
        }
    }
    println!("{side}: {run} cases run ({deviating} different as listed), {skipped} not run:");
    for (reason, ids) in not_run {
        println!("  {reason}: {}", ids.join(", "));
    }
    for (id, names) in without {
        println!("  {id} is run without {}", names.join(", "));
    }
    for (id, _, because) in different {
        println!("  {id} is different: {because}");
    }
    assert!(problems.is_empty(), "{} problems:\n  {}", problems.len(), problems.join("\n  "));
    assert_eq!(run + skipped, rows.len());
}

/// The value with members renamed, at every depth.
pub fn renamed(value: &Value, names: &[(String, String)]) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| renamed(item, names)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| {
                let new = names.iter().find(|(from, _)| from == key).map_or(key, |(_, to)| to);
                (new.clone(), renamed(value, names))
            })
            .collect(),
        other => other.clone(),
    }
}
