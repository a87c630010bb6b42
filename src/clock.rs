//! Time as milliseconds since 1970, read from and written to text. Nothing here knows what time it is.

use alloc::string::String;

use crate::params::Token;
use crate::{number, text};

/// The longest year that a date of four digits can show.
const LAST: i64 = 253_402_300_799_999;

/// The forms, in which `0` to `6` stand for the digits of year, month, day, hour, minute, second and millisecond, `*` for
/// a letter of the month's name, and anything else for itself.
const BASIC: &str = "00001122T334455";
const EXTENDED: &str = "0000-11-22T33:44:55";
const FRACTION: &str = "0000-11-22T33:44:55.666";
const HTTP: &str = " 22 *** 0000 33:44:55";

/// Days since 1970 of a date of the Gregorian calendar; a month 13 is the next January.
#[inline(never)]
const fn days(year: i64, month: i64, day: i64) -> i64 {
    // The year begins in March, so that a leap day is its last; 400 years more, so that none is negative.
    let before = if month < 3 { 1 } else { 0 };
    let y = year + 400 - before;
    let of_year = (153 * (month + 12 * before - 3) + 2) / 5 + day;
    365 * y + y / 4 - y / 100 + y / 400 + of_year - 865_566
}

/// Writes a moment by a form.
#[inline(never)]
fn written(ms: i64, form: &str) -> String {
    let ms = ms.clamp(0, LAST);
    let today = ms / 86_400_000;
    // No year has more days, so that this is the year, or one a little before it.
    let mut year = 1970 + today / 366;
    while days(year + 1, 1, 1) <= today {
        year += 1;
    }
    let mut month = 1;
    while days(year, month + 1, 1) <= today {
        month += 1;
    }
    let seconds = ms / 1000;
    let fields = [
        year,
        month,
        today - days(year, month, 1) + 1,
        seconds / 3600 % 24,
        seconds / 60 % 60,
        seconds % 60,
        ms % 1000,
    ];
    let mut out = text::room(24);
    let mut before = 0;
    let mut at = 0;
    while at < form.len() {
        let part = text::byte(form, at);
        at += 1;
        match fields.get(usize::from(part.wrapping_sub(b'0'))) {
            None => text::push_byte(&mut out, part),
            Some(field) if part != before => {
                let digits = match part {
                    b'0' => 4,
                    b'6' => 3,
                    _ => 2,
                };
                // None is negative.
                #[allow(clippy::cast_sign_loss)]
                number::push_digits(&mut out, *field as u64, digits);
            }
            Some(_) => {}
        }
        before = part;
    }
    out.push_str("Z");
    out
}

/// `20240102T030405Z`, the form of `x-amz-date`.
#[must_use]
pub fn basic(ms: i64) -> String {
    written(ms, BASIC)
}

/// `2024-01-02T03:04:05Z`, the form of a timestamp in a request; with a fraction only where there is one.
#[must_use]
pub fn extended(ms: i64) -> String {
    written(ms, if ms % 1000 == 0 { EXTENDED } else { FRACTION })
}

/// Reads a moment by a form; behind it `Z` is left, or a fraction and `Z`. With a month from elsewhere anything is.
#[inline(never)]
fn read(text: &str, form: &str, named: i64) -> Option<i64> {
    let mut fields = [0_i64; 7];
    let mut at = 0;
    let mut fits = true;
    while at < form.len() {
        let part = text::byte(form, at);
        let found = text::byte(text, at);
        at += 1;
        fits &= match fields.get_mut(usize::from(part.wrapping_sub(b'0'))) {
            None => found == part || part == b'*',
            Some(field) => {
                *field = *field * 10 + i64::from(found & 15);
                found.is_ascii_digit()
            }
        };
    }
    let [year, mut month, day, hour, minute, second, _] = fields;
    month += named;
    let rest = text::after(text, at);
    let count = text::digits(text::after(rest, 1));
    let mut ms = 0;
    if text::byte(rest, 0) == b'.' && count > 0 {
        at += 1 + count;
        ms = number::milliseconds(text::part(rest, 0, 1 + count)).unwrap_or(0);
    }
    let first = days(year, month, 1) - 1;
    let seconds = (first + day) * 86_400 + hour * 3600 + minute * 60 + second;
    fits &= (1..=12).contains(&month) && day > 0 && first + day < days(year, month + 1, 1);
    fits &= hour < 24 && minute < 60 && second < 61 && (named > 0 || text::after(text, at) == "Z");
    fits.then_some(seconds * 1000 + ms)
}

/// Reads `20240102T030405Z`.
#[must_use]
pub fn read_basic(text: &str) -> Option<i64> {
    read(text, BASIC, 0)
}

/// Reads `2024-01-02T03:04:05Z`, with or without a fraction.
#[must_use]
pub fn read_extended(text: &str) -> Option<i64> {
    read(text, EXTENDED, 0)
}

/// Reads the form of a `Date` header: `Tue, 02 Jan 2024 03:04:05 GMT`.
#[must_use]
#[inline(always)]
pub fn read_http(text: &str) -> Option<i64> {
    let date = text::after(text, text::place(text, b',') + 1);
    let month = text::find("JanFebMarAprMayJunJulAugSepOctNovDec", text::part(date, 4, 7))?;
    let number = i64::try_from(month).ok()? / 3 + 1;
    read(date, HTTP, number).filter(|_| month % 3 == 0)
}

/// Appends the moment that a parameter of type timestamp means, as JSON, if it means one: a Date, an ISO-8601 text or
/// seconds since 1970. `text` is what the token says.
pub fn stamp(out: &mut String, token: Token<'_>, text: &str) {
    let ms = match token {
        Token::Date(ms) => text::whole(ms),
        Token::Number(_) => number::milliseconds(text),
        Token::Text(_) => read_extended(text),
        _ => None,
    };
    if let Some(ms @ 0..=LAST) = ms {
        text::tell(out, "\"~\"", &[&extended(ms)]);
    }
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
        for (month, name) in ["Feb", "Mar", "Apr", "Jun", "Sep", "Dec"].iter().zip(["02", "03", "04", "06", "09", "12"])
        {
            let (told, plain) =
                (["Fri, 05 ", month, " 2024 03:04:05 GMT"].concat(), ["2024-", name, "-05T03:04:05Z"].concat());
            assert_eq!((read_http(&told), read_http(&told).is_some()), (read_extended(&plain), true), "{told}");
        }
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "2024-13-01T00:00:00Z",
            "2024-00-01T00:00:00Z",
            "2024-02-30T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "2024-01-00T00:00:00Z",
            "2024-01-02T24:00:00Z",
            "2024-01-02T00:60:00Z",
            "2024-01-02T00:00:61Z",
            "2024x01-02T03:04:05Z",
            "2024-01-02T03:04:O5Z",
            "2024-01-02T03:04:05z",
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
