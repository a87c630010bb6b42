//! Numbers as text, the way JavaScript writes and reads them, without floating point.

use alloc::string::String;

/// A decimal number taken apart: `0.digits × 10^point`.
struct Parts<'t> {
    negative: bool,
    digits: String,
    point: i64,
    rest: &'t str,
}

/// Reads the longest number at the front, as `parseFloat` does; nothing if there is no digit.
fn parts(text: &str) -> Option<Parts<'_>> {
    let negative = text.starts_with('-');
    let mut rest = text.strip_prefix('-').unwrap_or(text);
    let mut digits = String::new();
    let mut point = 0_i64;
    let mut seen = false;
    let mut fraction = false;
    while let Some(c) = rest.chars().next() {
        match c {
            '0'..='9' => {
                seen = true;
                if c != '0' || !digits.is_empty() {
                    digits.push(c);
                    point += i64::from(!fraction);
                } else {
                    point -= i64::from(fraction);
                }
            }
            '.' if !fraction => fraction = true,
            _ => break,
        }
        rest = rest.get(1..).unwrap_or("");
    }
    if !seen {
        return None;
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let length = unsigned.bytes().take_while(u8::is_ascii_digit).count();
        if let Some(text) = unsigned.get(..length).filter(|text| !text.is_empty()) {
            let size = text.parse::<i32>().map_or(1 << 30, i64::from);
            point += if exponent.starts_with('-') { -size } else { size };
            rest = unsigned.get(length..).unwrap_or("");
        }
    }
    digits.truncate(digits.trim_end_matches('0').len());
    Some(Parts { negative, digits, point, rest })
}

/// A number as `String(number)` shows it. Digits beyond the precision of a double are kept.
#[must_use]
pub fn shown(text: &str) -> String {
    let Some(Parts { negative, digits, point, .. }) = parts(text) else {
        return String::from("NaN");
    };
    let mut out = String::new();
    if digits.is_empty() {
        out.push('0');
        return out;
    }
    if negative {
        out.push('-');
    }
    let length = i64::try_from(digits.len()).unwrap_or(0);
    if point > 308 {
        out.push_str("Infinity");
    } else if (1..=21).contains(&point) {
        let (whole, fraction) = digits.split_at(usize::try_from(point.min(length)).unwrap_or(0));
        out.push_str(whole);
        (length..point).for_each(|_| out.push('0'));
        if !fraction.is_empty() {
            out.push('.');
            out.push_str(fraction);
        }
    } else if (-5..=0).contains(&point) {
        out.push_str("0.");
        (point..0).for_each(|_| out.push('0'));
        out.push_str(&digits);
    } else {
        let (first, others) = digits.split_at(1);
        out.push_str(first);
        if !others.is_empty() {
            out.push('.');
            out.push_str(others);
        }
        out.push_str(if point > 0 { "e+" } else { "e-" });
        push_integer(&mut out, (point - 1).abs());
    }
    out
}

/// Appends a whole number.
pub fn push_integer(out: &mut String, value: i64) {
    if value < 0 {
        out.push('-');
    }
    let mut rest = value.unsigned_abs();
    let start = out.len();
    loop {
        out.insert(start, char::from(b'0' + u8::try_from(rest % 10).unwrap_or(0)));
        rest /= 10;
        if rest == 0 {
            return;
        }
    }
}

/// Whether a text is a number's own text: `parseFloat(text).toString() === text`.
#[must_use]
pub fn is_number_text(text: &str) -> bool {
    match parts(text) {
        // Up to 15 digits every decimal survives a double.
        Some(Parts { digits, rest: "", .. }) => digits.len() <= 15 && shown(text) == text,
        Some(_) => false,
        None => matches!(text, "NaN" | "Infinity" | "-Infinity"),
    }
}

/// `parseInt(String(number), 10)`, as text; nothing where that is `NaN`.
#[must_use]
pub fn integer(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let sign = usize::from(text.starts_with(['-', '+']));
    let digits = text.bytes().skip(sign).take_while(u8::is_ascii_digit).count();
    let number = text.get(..sign + digits).filter(|_| digits > 0)?;
    let plain = number.trim_start_matches(['+', '-']).trim_start_matches('0');
    Some(if plain.is_empty() {
        "0"
    } else if number.starts_with('-') {
        number
    } else {
        plain
    })
}

/// The whole part, for comparing with limits; saturates.
#[must_use]
pub fn whole(text: &str) -> i64 {
    let Some(Parts { negative, digits, point, .. }) = parts(text) else { return 0 };
    let count = usize::try_from(point.clamp(0, 18)).unwrap_or(0);
    let mut value = 0_i64;
    for i in 0..count {
        value = value * 10 + digits.as_bytes().get(i).map_or(0, |digit| i64::from(digit - b'0'));
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
    moved.push_str(if moved.contains('e') { "" } else { "e3" });
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
        ] {
            assert_eq!(integer(text), Some(cut), "{text}");
        }
        assert_eq!(integer("x"), None);
        assert_eq!((whole("300.5"), whole("-2"), whole("1e30"), whole("0.9")), (300, -2, i64::MAX, 0));
        assert_eq!(milliseconds("1704164645.1239"), Some(1_704_164_645_123));
        assert_eq!(milliseconds("1e40"), None);
    }
}
