//! Time as milliseconds since 1970, read from and written to text. Nothing here knows what time it is.

use alloc::string::String;

use crate::params::Token;
use crate::{number, text};

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

/// Writes a moment with the given separators; `20240102T030405Z` is the form of signatures.
#[inline(never)]
fn written(ms: i64, dash: &str, colon: &str, fraction: bool) -> String {
    let ms = ms.clamp(0, LAST);
    let (year, month, day) = date(ms / 86_400_000);
    let seconds = ms / 1000 % 86_400;
    let mut out = String::with_capacity(24);
    let mut push = |value: i64, digits: u32, after: &str| {
        number::push_digits(&mut out, value.unsigned_abs(), digits);
        out.push_str(after);
    };
    push(year, 4, dash);
    push(month, 2, dash);
    push(day, 2, "T");
    push(seconds / 3600, 2, colon);
    push(seconds / 60 % 60, 2, colon);
    push(seconds % 60, 2, if fraction { "." } else { "Z" });
    if fraction {
        push(ms % 1000, 3, "Z");
    }
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

/// Reads numbers at the front of `text` by a form, in which `0` is a digit, `|` ends a number and anything else is
/// itself. Gives the numbers and what follows them.
#[inline(never)]
fn scan<'t>(text: &'t str, form: &str) -> Option<([i64; 6], &'t str)> {
    let mut numbers = [0_i64; 6];
    let (mut at, mut field) = (0, 0);
    for expected in form.bytes() {
        if expected == b'|' {
            field += 1;
            continue;
        }
        let found = text::byte(text, at);
        at += 1;
        if expected == b'0' && found.is_ascii_digit() {
            let number = numbers.get_mut(field)?;
            *number = *number * 10 + i64::from(found & 15);
        } else if expected != found || expected == b'0' {
            return None;
        }
    }
    Some((numbers, text::after(text, at)))
}

/// The moment of year, month, day, hour, minute and second.
#[inline(never)]
fn moment_of([year, month, day, hour, minute, second]: [i64; 6]) -> Option<i64> {
    let days = days(year, month, day);
    // A month or a day that does not exist comes back as another one.
    let valid =
        hour < 24 && minute < 60 && second < 61 && (1..=12).contains(&month) && date(days) == (year, month, day);
    valid.then_some((days * 86_400 + hour * 3600 + minute * 60 + second) * 1000)
}

/// Reads `2024-01-02T03:04:05[.678]Z`, and `20240102T030405Z`, by its form.
fn read(text: &str, form: &str) -> Option<i64> {
    let (numbers, rest) = scan(text, form)?;
    let mut ms = 0;
    if rest != "Z" {
        let fraction = text::strip(rest, ".")?;
        let count = text::digits(fraction);
        if count == 0 || text::after(fraction, count) != "Z" {
            return None;
        }
        let padded = text::join(&[text::part(fraction, 0, count.min(3)), "00"]);
        ms = text::whole(text::part(&padded, 0, 3))?;
    }
    Some(moment_of(numbers)? + ms)
}

/// Reads `20240102T030405Z`.
#[must_use]
pub fn read_basic(text: &str) -> Option<i64> {
    read(text, "0000|00|00|T00|00|00")
}

/// Reads `2024-01-02T03:04:05Z`, with or without a fraction.
#[must_use]
pub fn read_extended(text: &str) -> Option<i64> {
    read(text, "0000|-00|-00|T00|:00|:00")
}

/// Reads the form of a `Date` header: `Tue, 02 Jan 2024 03:04:05 GMT`.
#[must_use]
pub fn read_http(text: &str) -> Option<i64> {
    let ([day, ..], rest) = scan(text::cut(text, b',')?.1, " 00 ")?;
    let name = text::part(rest, 0, 3);
    let month = text::find("JanFebMarAprMayJunJulAugSepOctNovDec", name).filter(|at| name.len() == 3 && at % 3 == 0)?;
    let ([year, hour, minute, second, ..], _) = scan(text::after(rest, 3), " 0000| 00|:00|:00")?;
    moment_of([year, i64::try_from(month / 3 + 1).ok()?, day, hour, minute, second])
}

/// The moment that a parameter of type timestamp means: a Date, an ISO-8601 text or seconds since 1970.
#[must_use]
pub fn moment(token: Token<'_>) -> Option<i64> {
    match token {
        Token::Date(ms) => text::whole(ms),
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
