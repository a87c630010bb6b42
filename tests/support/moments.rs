//! Timestamps in decoded data, turned into the recording's `{"$date": …}`.
#![allow(dead_code)] // each test program uses a part of it

use serde_json::{json, Value};

/// Turns what stands at the paths (`streams.*.startTime`, separated by spaces) into dates, as the
/// `Date` constructor does: ISO texts and milliseconds. A text that is no date becomes an invalid one.
pub fn revive(data: &mut Value, paths: &str) {
    for path in paths.split(' ').filter(|path| !path.is_empty()) {
        let steps: Vec<&str> = path.split('.').collect();
        walk(data, &steps);
    }
}

fn walk(value: &mut Value, steps: &[&str]) {
    match (steps, value) {
        ([], value) => *value = date(value),
        (["*", rest @ ..], Value::Array(items)) => items.iter_mut().for_each(|item| walk(item, rest)),
        (["*", rest @ ..], Value::Object(members)) => {
            members.values_mut().for_each(|member| walk(member, rest));
        }
        ([name, rest @ ..], Value::Object(members)) => {
            if let Some(member) = members.get_mut(*name) {
                walk(member, rest);
            }
        }
        _ => {}
    }
}

fn date(value: &Value) -> Value {
    match value {
        Value::Number(ms) => {
            let ms = ms.as_f64().expect("a number");
            json!({ "$date": iso(ms.trunc() as i64) })
        }
        Value::String(text) => match offset_ms(text) {
            Some(ms) => json!({ "$date": iso(ms) }),
            None => json!({ "$invalidDate": true }),
        },
        other => other.clone(),
    }
}

/// An ISO date-time with `Z` or an offset, or an HTTP date.
fn offset_ms(text: &str) -> Option<i64> {
    if let Some((_, rest)) = text.split_once(", ") {
        let parts: Vec<&str> = rest.split(' ').collect();
        let [day, month, year, time, "GMT"] = parts[..] else { return None };
        let names = "JanFebMarAprMayJunJulAugSepOctNovDec";
        let month = names.find(month)? / 3 + 1;
        return checked(&format!("{year}-{month:02}-{day}T{time}Z"));
    }
    if text.ends_with('Z') {
        return checked(text);
    }
    let at = text.len().checked_sub(6)?;
    let (time, offset) = (text.get(..at)?, text.get(at..)?);
    let minutes = offset.get(1..3)?.parse::<i64>().ok()? * 60 + offset.get(4..6)?.parse::<i64>().ok()?;
    let sign = match offset.get(..1)? {
        "+" => -1,
        "-" => 1,
        _ => return None,
    };
    Some(checked(&format!("{time}Z"))? + sign * minutes * 60_000)
}

fn checked(text: &str) -> Option<i64> {
    let digits = |range: std::ops::Range<usize>| text.get(range)?.parse::<i64>().ok();
    let valid = (1..=12).contains(&digits(5..7)?)
        && (1..=31).contains(&digits(8..10)?)
        && digits(11..13)? < 24
        && digits(14..16)? < 60
        && digits(17..19)? < 60;
    // One or two digits of a fraction mean tenths and hundredths.
    let fraction = text.get(19..)?.trim_end_matches('Z').trim_start_matches('.');
    let padded = format!("{}.{:0<3}Z", text.get(..19)?, fraction);
    valid.then(|| crate::golden::milliseconds(&padded))
}

fn iso(ms: i64) -> String {
    let (days, rest) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000));
    let (mut year, mut left) = (1970_i64, days);
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = |year: i64| if leap(year) { 366 } else { 365 };
    while left < 0 {
        year -= 1;
        left += length(year);
    }
    while left >= length(year) {
        left -= length(year);
        year += 1;
    }
    let february = if leap(year) { 29 } else { 28 };
    let mut month = 1;
    for days in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if left < days {
            break;
        }
        left -= days;
        month += 1;
    }
    format!(
        "{year:04}-{month:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        left + 1,
        rest / 3_600_000,
        rest / 60_000 % 60,
        rest / 1000 % 60,
        rest % 1000
    )
}
