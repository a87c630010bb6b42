//! Time as milliseconds since 1970, read from and written to text. Nothing here knows what time it is.

use alloc::string::String;

use crate::number;
use crate::params::Token;

/// The longest year that a date of four digits can show.
const LAST: i64 = 253_402_300_799_999;

/// Days since 1970 of a date of the Gregorian calendar.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let y = if month > 2 { year } else { year - 1 };
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a number of days since 1970.
const fn date(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let mp = (5 * day_of_year + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = year_of_era + era * 400;
    (if month <= 2 { year + 1 } else { year }, month, day_of_year - (153 * mp + 2) / 5 + 1)
}

fn push_digits(out: &mut String, value: i64, count: u32) {
    let mut unit = 10_i64.pow(count.saturating_sub(1));
    for _ in 0..count {
        out.push(char::from_digit(u32::try_from(value / unit % 10).unwrap_or(0), 10).unwrap_or('0'));
        unit /= 10;
    }
}

/// Writes a moment with the given separators; `20240102T030405Z` is the form of signatures.
fn written(ms: i64, dash: &str, colon: &str, fraction: bool) -> String {
    let ms = ms.clamp(0, LAST);
    let (year, month, day) = date(ms.div_euclid(86_400_000));
    let of_day = ms.rem_euclid(86_400_000);
    let mut out = String::with_capacity(24);
    push_digits(&mut out, year, 4);
    out.push_str(dash);
    push_digits(&mut out, month, 2);
    out.push_str(dash);
    push_digits(&mut out, day, 2);
    out.push('T');
    push_digits(&mut out, of_day / 3_600_000, 2);
    out.push_str(colon);
    push_digits(&mut out, of_day / 60_000 % 60, 2);
    out.push_str(colon);
    push_digits(&mut out, of_day / 1000 % 60, 2);
    if fraction {
        out.push('.');
        push_digits(&mut out, of_day % 1000, 3);
    }
    out.push('Z');
    out
}

/// `20240102T030405Z`, the form of `x-amz-date`.
#[must_use]
pub fn basic(ms: i64) -> String {
    written(ms, "", "", false)
}

/// `2024-01-02T03:04:05Z`, the form of a timestamp in a request; with a fraction only where there is one.
#[must_use]
pub fn extended(ms: i64) -> String {
    written(ms, "-", ":", ms % 1000 != 0)
}

fn take_number(rest: &mut &str, digits: usize) -> Option<i64> {
    let head = rest.get(..digits).filter(|head| head.bytes().all(|b| b.is_ascii_digit()))?;
    *rest = rest.get(digits..)?;
    head.parse().ok()
}

fn take_text(rest: &mut &str, text: &str) -> Option<()> {
    *rest = rest.strip_prefix(text)?;
    Some(())
}

fn moment_of(year: i64, month: i64, day: i64, time: (i64, i64, i64)) -> Option<i64> {
    let valid = (1..=12).contains(&month) && (1..=31).contains(&day) && time.0 < 24 && time.1 < 60 && time.2 < 61;
    let seconds = days(year, month, day) * 86_400 + time.0 * 3600 + time.1 * 60 + time.2;
    (valid && date(days(year, month, day)) == (year, month, day)).then_some(seconds * 1000)
}

/// Reads `2024-01-02T03:04:05[.678]Z`, and `20240102T030405Z` where the separators are empty.
fn read(text: &str, dash: &str, colon: &str) -> Option<i64> {
    let mut rest = text;
    let year = take_number(&mut rest, 4)?;
    take_text(&mut rest, dash)?;
    let month = take_number(&mut rest, 2)?;
    take_text(&mut rest, dash)?;
    let day = take_number(&mut rest, 2)?;
    take_text(&mut rest, "T")?;
    let hour = take_number(&mut rest, 2)?;
    take_text(&mut rest, colon)?;
    let minute = take_number(&mut rest, 2)?;
    take_text(&mut rest, colon)?;
    let second = take_number(&mut rest, 2)?;
    let mut ms = 0;
    if let Some(fraction) = rest.strip_suffix('Z')?.strip_prefix('.') {
        if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let digits = fraction.get(..fraction.len().min(3))?;
        ms = digits.parse::<i64>().ok()? * [100, 10, 1].get(digits.len() - 1)?;
    } else if rest != "Z" {
        return None;
    }
    moment_of(year, month, day, (hour, minute, second)).map(|moment| moment + ms)
}

/// Reads `20240102T030405Z`.
#[must_use]
pub fn read_basic(text: &str) -> Option<i64> {
    read(text, "", "")
}

/// Reads `2024-01-02T03:04:05Z`, with or without a fraction.
#[must_use]
pub fn read_extended(text: &str) -> Option<i64> {
    read(text, "-", ":")
}

/// Reads the form of a `Date` header: `Tue, 02 Jan 2024 03:04:05 GMT`.
#[must_use]
pub fn read_http(text: &str) -> Option<i64> {
    let mut words = text.split_once(", ")?.1.split(' ');
    let mut number = |digits| {
        let mut word = words.next()?;
        let value = take_number(&mut word, digits)?;
        word.is_empty().then_some(value)
    };
    let day = number(2)?;
    let name = words.next()?;
    let month = "JanFebMarAprMayJunJulAugSepOctNovDec".find(name).filter(|at| name.len() == 3 && at % 3 == 0)? / 3 + 1;
    let mut year = words.next()?;
    let year = take_number(&mut year, 4)?;
    let mut time = words.next()?;
    let hour = take_number(&mut time, 2)?;
    take_text(&mut time, ":")?;
    let minute = take_number(&mut time, 2)?;
    take_text(&mut time, ":")?;
    let second = take_number(&mut time, 2)?;
    moment_of(year, i64::try_from(month).ok()?, day, (hour, minute, second))
}

/// The moment that a parameter of type timestamp means: a Date, an ISO-8601 text or seconds since 1970.
#[must_use]
pub fn moment(token: Token<'_>) -> Option<i64> {
    match token {
        Token::Date(ms) => ms.parse().ok(),
        Token::Number(seconds) => number::milliseconds(seconds),
        Token::Text(quoted) => read_extended(&quoted.text()),
        _ => None,
    }
    .filter(|ms| (0..=LAST).contains(ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_back() {
        assert_eq!(basic(1_704_164_645_678), "20240102T030405Z");
        assert_eq!(extended(1_704_164_645_678), "2024-01-02T03:04:05.678Z");
        for ms in [0, 951_782_400_000, 1_709_164_800_000, 4_107_542_399_000, LAST] {
            assert_eq!(read_extended(&extended(ms)), Some(ms));
            assert_eq!(read_basic(&basic(ms)), Some(ms / 1000 * 1000));
        }
        assert_eq!(read_http("Tue, 02 Jan 2024 03:04:05 GMT"), Some(1_704_164_645_000));
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "2024-13-01T00:00:00Z",
            "2024-02-30T00:00:00Z",
            "2024-01-02T25:00:00Z",
            "2024-01-02",
            "2024-01-02T03:04:05",
            "2024-01-02T03:04:05.Z",
            "é024-01-02T03:04:05Z",
        ] {
            assert_eq!(read_extended(text), None, "{text}");
        }
        for text in ["", "Tue, ", "Tue, 02 an 2024 03:04:05 GMT", "02 Jan 2024", "Tue, 2 Jan 2024 03:04:05 GMT"] {
            assert_eq!(read_http(text), None, "{text}");
        }
    }
}
