//! Numbers as text, the way JavaScript writes and reads them, without floating point.

use alloc::string::String;

use crate::text;

/// A decimal number taken apart: `0.digits × 10^point`.
struct Parts<'t> {
    negative: bool,
    digits: String,
    point: i64,
    rest: &'t str,
}

/// Reads the longest number at the front, as `parseFloat` does; nothing if there is no digit.
#[inline(never)]
fn parts(text: &str) -> Option<Parts<'_>> {
    let negative = text::byte(text, 0) == b'-';
    let mut at = usize::from(negative);
    let mut digits = String::new();
    let mut point = 0_i64;
    let mut seen = false;
    let mut fraction = false;
    loop {
        match text::byte(text, at) {
            c @ b'0'..=b'9' => {
                seen = true;
                if c != b'0' || !digits.is_empty() {
                    text::push_byte(&mut digits, c);
                    point += i64::from(!fraction);
                } else {
                    point -= i64::from(fraction);
                }
            }
            b'.' if !fraction => fraction = true,
            _ => break,
        }
        at += 1;
    }
    if !seen {
        return None;
    }
    let mut rest = text::after(text, at);
    if text::byte(rest, 0) | 32 == b'e' {
        let sign = text::byte(rest, 1);
        let unsigned = text::after(rest, 1 + usize::from(matches!(sign, b'+' | b'-')));
        let length = text::digits(unsigned);
        if length > 0 {
            let size = text::whole(text::part(unsigned, 0, length)).unwrap_or(1 << 30).min(1 << 30);
            point += if sign == b'-' { -size } else { size };
            rest = text::after(unsigned, length);
        }
    }
    digits.truncate(digits.bytes().rposition(|digit| digit != b'0').map_or(0, |last| last + 1));
    Some(Parts { negative, digits, point, rest })
}

/// A number as `String(number)` shows it. Digits beyond the precision of a double are kept.
#[must_use]
pub fn shown(text: &str) -> String {
    let Some(Parts { negative, digits, point, .. }) = parts(text) else {
        return String::from("NaN");
    };
    if digits.is_empty() {
        return String::from("0");
    }
    let mut out = String::from(if negative { "-" } else { "" });
    let zeros = |out: &mut String, count: i64| (0..count).for_each(|_| out.push_str("0"));
    let length = i64::try_from(digits.len()).unwrap_or(0);
    let split = usize::try_from(point.clamp(0, length)).unwrap_or(0);
    if point > 308 {
        out.push_str("Infinity");
    } else if (-5..=21).contains(&point) {
        out.push_str(if point > 0 { text::part(&digits, 0, split) } else { "0" });
        zeros(&mut out, point - length);
        if point < length {
            out.push_str(".");
            zeros(&mut out, -point);
            out.push_str(text::after(&digits, split));
        }
    } else {
        let others = text::after(&digits, 1);
        let dot = if others.is_empty() { "" } else { "." };
        text::push(&mut out, &[text::part(&digits, 0, 1), dot, others, if point > 0 { "e+" } else { "e-" }]);
        push_integer(&mut out, (point - 1).abs());
    }
    out
}

/// A whole number as text.
#[must_use]
pub fn text(value: i64) -> String {
    let mut out = String::new();
    push_integer(&mut out, value);
    out
}

/// Appends a whole number.
pub fn push_integer(out: &mut String, value: i64) {
    if value < 0 {
        out.push_str("-");
    }
    push_digits(out, value.unsigned_abs(), 1);
}

/// Appends a whole number, with zeros before it up to `least` digits.
#[inline(never)]
pub fn push_digits(out: &mut String, value: u64, least: u32) {
    if value > 9 || least > 1 {
        push_digits(out, value / 10, least.saturating_sub(1));
    }
    text::push_byte(out, b'0' | (value % 10) as u8);
}

/// Whether a text is a number's own text: `parseFloat(text).toString() === text`.
#[must_use]
#[inline(never)]
pub fn is_number_text(text: &str) -> bool {
    match parts(text) {
        // Up to 15 digits every decimal survives a double.
        Some(Parts { digits, rest: "", .. }) => digits.len() <= 15 && shown(text) == text,
        Some(_) => false,
        None => matches!(text, "NaN" | "Infinity" | "-Infinity"),
    }
}

/// The number that a text spells, as JSON has it; `null` if it is no number's own text or not finite.
#[must_use]
pub fn json(text: &str) -> String {
    if is_number_text(text) && parts(text).is_some() {
        shown(text)
    } else {
        String::from("null")
    }
}

/// `parseInt(String(number), 10)`, as text; nothing where that is `NaN`.
#[must_use]
#[inline(never)]
pub fn integer(text: &str) -> Option<String> {
    let text = text::trim_start(text);
    let sign = text::byte(text, 0);
    let number = text::after(text, usize::from(matches!(sign, b'-' | b'+')));
    let length = text::digits(number);
    let zeros = number.bytes().take_while(|&digit| digit == b'0').count();
    let plain = text::part(number, zeros, length);
    match (length, plain) {
        (0, _) => None,
        (_, "") => Some(String::from("0")),
        _ => Some(text::join(&[if sign == b'-' { "-" } else { "" }, plain])),
    }
}

/// The whole part, for comparing with limits; saturates.
#[must_use]
pub fn whole(text: &str) -> i64 {
    let Some(Parts { negative, digits, point, .. }) = parts(text) else { return 0 };
    let mut value = 0_i64;
    for i in 0..usize::try_from(point.clamp(0, 18)).unwrap_or(0) {
        value = value * 10 + i64::from(text::byte(&digits, i) & 15);
    }
    if point > 18 {
        value = i64::MAX;
    }
    if negative {
        -value
    } else {
        value
    }
}

/// Seconds as milliseconds, rounded towards zero; nothing if that is no number or out of range for a date.
#[must_use]
pub fn milliseconds(text: &str) -> Option<i64> {
    let mut moved = shown(text);
    moved.push_str(if text::find(&moved, "e").is_some() { "" } else { "e3" });
    let value = whole(&moved);
    parts(text).filter(|parts| parts.rest.is_empty() && value.abs() <= 8_640_000_000_000_000).map(|_| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_numbers_as_javascript_does() {
        for (text, shows) in [
            ("0", "0"),
            ("-0", "0"),
            ("1.50", "1.5"),
            ("1e3", "1000"),
            ("1E-7", "1e-7"),
            ("0.000001", "0.000001"),
            ("1e21", "1e+21"),
            ("123456789012345678901", "123456789012345678901"),
            ("-12.5e-1", "-1.25"),
            ("1e400", "Infinity"),
            ("100", "100"),
            ("0.10", "0.1"),
            ("5e-324", "5e-324"),
        ] {
            assert_eq!(shown(text), shows, "{text}");
        }
    }

    #[test]
    fn strings_count_as_numbers_only_in_their_own_spelling() {
        for text in ["12", "0", "-5", "5.5", "1e+21", "NaN", "1e-7"] {
            assert!(is_number_text(text), "{text}");
        }
        for text in ["007", " 5", "12x", "", "5.", "1e21", "-0", ".5", "12345678901234567890", "abc"] {
            assert!(!is_number_text(text), "{text}");
        }
    }

    #[test]
    fn integers_are_cut_as_parse_int_does() {
        for (text, cut) in [
            ("1.9", "1"),
            ("1e+21", "1"),
            ("-0.5", "0"),
            ("7.9abc", "7"),
            ("-12", "-12"),
            ("42", "42"),
            ("007", "7"),
            ("+5", "5"),
            (" -007", "-7"),
        ] {
            assert_eq!(integer(text).as_deref(), Some(cut), "{text}");
        }
        assert_eq!(integer("x"), None);
        assert_eq!((whole("300.5"), whole("-2"), whole("1e30"), whole("0.9")), (300, -2, i64::MAX, 0));
        assert_eq!(milliseconds("1704164645.1239"), Some(1_704_164_645_123));
        assert_eq!(milliseconds("1e40"), None);
    }
}
