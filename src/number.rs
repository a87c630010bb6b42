//! Numbers as text, the way JavaScript writes and reads them, without floating point.

use alloc::string::String;

use crate::text;

/// So large an exponent says as much as any larger one; ten times as much still fits.
const HUGE: isize = 1 << 27;

/// The longest number at the front of a text, which is what `parseFloat` reads: `0.digits × 10^point`.
struct Number<'t> {
    negative: bool,
    /// From the first digit that counts on; there may be a dot among them, and anything behind them. Digits beyond the
    /// precision of a double are kept.
    digits: &'t str,
    /// How many digits stand before that dot.
    dot: isize,
    /// How many of them count; of zero none.
    count: isize,
    point: isize,
    /// False without any digit, which is `NaN`.
    is_number: bool,
}

impl<'t> Number<'t> {
    #[inline(never)]
    fn read(text: &'t str) -> Self {
        let negative = text::byte(text, 0) == b'-';
        let mut at = usize::from(negative);
        let (mut first, mut seen, mut count, mut point) = (0, 0, 0, 0);
        let (mut is_number, mut has_dot, mut dot) = (false, false, isize::MAX);
        loop {
            let byte = text::byte(text, at);
            if byte.is_ascii_digit() {
                is_number = true;
                // Zeros before the first digit that counts only move the point.
                if byte != b'0' || seen > 0 {
                    if seen == 0 {
                        first = at;
                    }
                    seen += 1;
                    point += 1;
                }
                if byte != b'0' {
                    count = seen;
                }
                point -= isize::from(has_dot);
            } else if byte == b'.' && !has_dot {
                has_dot = true;
                if seen > 0 {
                    dot = seen;
                }
            } else {
                break;
            }
            at += 1;
        }
        if text::byte(text, at) | 32 == b'e' {
            let sign = text::byte(text, at + 1);
            at += 1 + usize::from(matches!(sign, b'+' | b'-'));
            let mut size = 0;
            while text::byte(text, at).is_ascii_digit() {
                size = HUGE.min(size * 10 + isize::from(text::byte(text, at) & 15));
                at += 1;
            }
            point += if sign == b'-' { -size } else { size };
        }
        Number { negative, digits: text::after(text, first), dot, count, point, is_number }
    }

    /// Digit number `i`, as a character; zero before and behind them.
    #[allow(clippy::cast_sign_loss)]
    fn digit(&self, i: isize) -> u8 {
        let counts = (0..self.count).contains(&i);
        if counts {
            text::byte(self.digits, i as usize + usize::from(i >= self.dot))
        } else {
            b'0'
        }
    }

    /// The whole part of the number times `10^shift`; saturates.
    #[inline(never)]
    fn whole(&self, shift: isize) -> i64 {
        let point = self.point + shift;
        let mut value = 0;
        if self.count > 0 && point > 18 {
            value = i64::MAX;
        } else if self.count > 0 {
            let mut i = 0;
            while i < point {
                value = value * 10 + i64::from(self.digit(i) & 15);
                i += 1;
            }
        }
        if self.negative {
            -value
        } else {
            value
        }
    }
}

/// Appends the longest number at the front as `String(number)` shows it; `NaN` if there is no digit. Digits beyond the
/// precision of a double are kept. Gives their number, without zeros at the ends.
#[inline(never)]
#[allow(clippy::cast_possible_wrap)]
pub(crate) fn spell(out: &mut String, text: &str) -> isize {
    let number = Number::read(text);
    let (count, point) = (number.count, number.point);
    if number.negative && count > 0 {
        out.push_str("-");
    }
    if count == 0 {
        out.push_str(if number.is_number { "0" } else { "NaN" });
    } else if point > 309 {
        // The largest number of JavaScript has a point behind its 309th digit.
        out.push_str("Infinity");
    } else {
        let plain = (-5..=21).contains(&point);
        let before = if plain { point } else { 1 };
        let mut i = before.min(1) - 1;
        while i < count.max(before) {
            if i == before {
                out.push_str(".");
            }
            text::push_byte(out, number.digit(i));
            i += 1;
        }
        if !plain {
            out.push_str(if point > 0 { "e+" } else { "e-" });
            push_integer(out, (point - 1).abs() as i64);
        }
    }
    count
}

/// A number as `String(number)` shows it. Digits beyond the precision of a double are kept.
#[must_use]
pub fn shown(text: &str) -> String {
    let mut out = text::empty();
    spell(&mut out, text);
    out
}

/// A whole number as text.
#[must_use]
pub fn text(value: i64) -> String {
    let mut out = text::empty();
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
    let mut own = text::empty();
    // Up to 15 digits every decimal survives a double.
    spell(&mut own, text) <= 15 && text::same(&own, text)
        || text::same(text, "Infinity")
        || text::same(text, "-Infinity")
}

/// Appends the number that a text spells, as JSON has it; nothing if it is no number's own text or not finite.
pub fn push_json(out: &mut String, text: &str) {
    // `NaN` and the infinities end in a letter.
    if text::byte(text, text.len().wrapping_sub(1)).is_ascii_digit() && is_number_text(text) {
        out.push_str(text);
    }
}

/// Appends `parseInt(String(number), 10)`; nothing where that is `NaN`.
#[inline(never)]
pub fn push_cut(out: &mut String, text: &str) {
    let text = text::trim_start(text);
    let sign = text::byte(text, 0);
    let number = text::after(text, usize::from(matches!(sign, b'-' | b'+')));
    let length = text::digits(number);
    let mut zeros = 0;
    while zeros + 1 < length && text::byte(number, zeros) == b'0' {
        zeros += 1;
    }
    let plain = text::part(number, zeros, length);
    // Nothing, or a single zero, has no sign.
    if sign == b'-' && text::byte(plain, 0) > b'0' {
        out.push_str("-");
    }
    out.push_str(plain);
}

/// The whole part, for comparing with limits; saturates.
#[must_use]
pub fn whole(text: &str) -> i64 {
    Number::read(text).whole(0)
}

/// Seconds as milliseconds, rounded towards zero; nothing if that is out of range for a date.
#[must_use]
pub fn milliseconds(text: &str) -> Option<i64> {
    let value = Number::read(text).whole(3);
    (value.abs() <= 8_640_000_000_000_000).then_some(value)
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
            ("1e309", "Infinity"),
            ("-1.7976931348623157e308", "-1.7976931348623157e+308"),
            ("100", "100"),
            ("0.10", "0.1"),
            ("5e-324", "5e-324"),
            ("1e0000000000000000000001", "10"),
            ("12.3450", "12.345"),
            ("0012.034e1x", "120.34"),
            ("0.00000123", "0.00000123"),
            ("123e19", "1.23e+21"),
            ("1e20", "100000000000000000000"),
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
    fn what_is_no_finite_number_is_not_written() {
        for (text, json) in [
            ("12.5", "12.5"),
            ("1e+21", "1e+21"),
            ("NaN", ""),
            ("Infinity", ""),
            ("-Infinity", ""),
            ("007", ""),
            ("", ""),
            ("x1", ""),
        ] {
            let mut out = text::empty();
            push_json(&mut out, text);
            assert_eq!(out, json, "{text}");
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
            ("x", ""),
            (" -007", "-7"),
        ] {
            let mut out = text::empty();
            push_cut(&mut out, text);
            assert_eq!(out, cut, "{text}");
        }
        assert_eq!(
            ["123456789012345678", "999999999999999999"].map(whole),
            [123_456_789_012_345_678, 999_999_999_999_999_999]
        );
        assert_eq!((whole("300.5"), whole("-2"), whole("1e30"), whole("0.9")), (300, -2, i64::MAX, 0));
        assert_eq!(milliseconds("1704164645.1239"), Some(1_704_164_645_123));
        assert_eq!([milliseconds("1e40"), milliseconds("-1e400")], [None; 2]);
        assert_eq!([milliseconds("0e99"), milliseconds("1.5e-6"), milliseconds("-1e-9")], [Some(0); 3]);
        assert_eq!(milliseconds("-0.0015e3"), Some(-1500));
    }
}
