//! Strings of JSON: what escapes stand for, and how a text is put between quotes.

use alloc::string::String;

use super::Quoted;
use crate::text;

/// Appends the text that escapes stand for. UTF-16 units are put together, since a pair of surrogates is two escapes.
#[inline(never)]
pub(crate) fn unescape(out: &mut String, raw: &str) {
    out.reserve(raw.len());
    let mut at = 0;
    loop {
        let escape = text::plain_until(raw, at);
        out.push_str(text::part(raw, at, escape));
        if escape >= raw.len() {
            return;
        }
        let letter = text::byte(raw, escape + 1);
        // What the letter stands for, if not for itself.
        let mut point = u32::from(text::byte("\x08\x0C\n\r\t", text::place("bfnrt", letter)));
        at = escape + 2;
        if letter == b'u' {
            point = unit(raw, at);
            at += 4;
            let low = if text::starts(text::after(raw, at), "\\u") { unit(raw, at + 2) } else { 0 };
            if point >> 10 == 0xD800 >> 10 && low >> 10 == 0xDC00 >> 10 {
                point = 0x1_0000 + ((point & 0x3FF) << 10) + (low & 0x3FF);
                at += 6;
            }
        } else if point == 0 {
            point = u32::from(letter);
        }
        out.push(char::from_u32(point).unwrap_or('\u{FFFD}'));
    }
}

/// The number that four hexadecimal digits give.
#[inline(never)]
fn unit(raw: &str, at: usize) -> u32 {
    let mut unit = 0;
    // There are four, for a text with less is refused.
    for at in at..at + 4 {
        let digit = u32::from(text::byte(raw, at));
        unit = unit << 4 | ((digit & 15) + (digit >> 6) * 9);
    }
    unit
}

/// Appends the characters of a string as JSON strings, with commas between them.
#[inline(never)]
pub fn spread(out: &mut String, string: Quoted<'_>) {
    let mut scratch = text::empty();
    let mut comma = "";
    text::characters(string.read(&mut scratch), |character| {
        out.push_str(comma);
        comma = ",";
        quote(out, character);
    });
}

/// Appends `text` as a JSON string, quotes included.
#[inline(never)]
pub fn quote(out: &mut String, text: &str) {
    out.push_str("\"");
    let mut plain = 0;
    loop {
        let at = text::plain_until(text, plain);
        out.push_str(text::part(text, plain, at));
        if at == text.len() {
            break;
        }
        plain = at + 1;
        let byte = text::byte(text, at);
        out.push_str("\\");
        if byte < b' ' {
            out.push_str("u00");
            text::push_hex(out, text::DIGITS, byte);
        } else {
            text::push_byte(out, byte);
        }
    }
    out.push_str("\"");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Reader;

    #[test]
    fn escapes_are_read_with_surrogates() {
        let unescape = |raw: &str| {
            let mut out = String::from("-");
            unescape(&mut out, raw);
            out.split_off(1)
        };
        assert_eq!(unescape("a\\u00e9\\ud83d\\ude00\\n\\/\\\""), "aé😀\n/\"");
        // Of a broken text, which is refused later; this comes to its end.
        assert_eq!((unescape("a\\"), unescape("a\\u00")), ("a\0".into(), "a\0".into()));
        assert_eq!(unescape("\\ud83dx\\ude00\\ud83d"), "\u{FFFD}x\u{FFFD}\u{FFFD}");
    }

    #[test]
    fn quoted_text_reads_back() {
        let mut out = String::new();
        quote(&mut out, "a\"\\\n\u{1}é");
        assert_eq!(out, "\"a\\\"\\\\\\u000a\\u0001é\"");
        assert_eq!(Reader::new(&out).string().text(), "a\"\\\n\u{1}é");
    }
}
