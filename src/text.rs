//! Looking into text, by single bytes where that will do.
//!
//! The searches of the standard library are generic and made for long texts; each kind of pattern is compiled anew.
//! These are compiled once and do for names, headers and URLs.

use alloc::string::String;

/// An empty text. What the standard library has writes it somewhere else first, and is copied from there.
#[inline(never)]
pub const fn empty() -> String {
    String::new()
}

/// An empty text with room for so many bytes: by the way in which all texts grow, so that there is no other in the wasm.
#[inline(never)]
pub fn room(bytes: usize) -> String {
    let mut out = empty();
    out.reserve(bytes);
    out
}

/// A text of one's own.
#[inline(never)]
pub fn copy(text: &str) -> String {
    let mut out = empty();
    out.push_str(text);
    out
}

/// The part from `from` up to `to`; empty where there is no such part.
#[inline(never)]
pub fn part(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or("")
}

/// What follows the first `from` bytes.
pub fn after(text: &str, from: usize) -> &str {
    part(text, from, text.len())
}

/// The byte at a place; 0 beyond the end.
pub fn byte(text: &str, at: usize) -> u8 {
    #[allow(clippy::cast_possible_truncation)]
    let byte = code(text, at) as u8;
    byte
}

/// The same as a word: of a byte that is returned, the compiler does not know that the rest of the word is empty.
#[inline(never)]
fn code(text: &str, at: usize) -> u32 {
    text.as_bytes().get(at).map_or(0, |byte| u32::from(*byte))
}

/// Where, from `from` on, a JSON string has its next quote, backslash or control character; the length if nowhere.
///
/// Nearly all bytes of calls and answers pass here, hence eight at a time: of a word, the lowest flagged byte is a true one.
#[inline(never)]
pub fn plain_until(text: &str, from: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let below = |word: u64, least: u64| word.wrapping_sub(ONES * least) & !word;
    let mut at = from;
    while let Some(eight) = text.as_bytes().get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*eight);
        let quote = below(word ^ (ONES * 0x22), 1);
        let backslash = below(word ^ (ONES * 0x5C), 1);
        let found = (below(word, 0x20) | quote | backslash) & (ONES << 7);
        if found != 0 {
            return at + (found.trailing_zeros() >> 3) as usize;
        }
        at += 8;
    }
    while text.as_bytes().get(at).is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0..=31)) {
        at += 1;
    }
    at
}

/// Where `wanted`, which is ASCII, first stands in `text`; the length if nowhere.
#[inline(never)]
pub fn place(text: &str, wanted: u8) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while bytes.get(at).is_some_and(|byte| *byte != wanted) {
        at += 1;
    }
    at
}

#[inline(never)]
fn around(text: &str, at: usize) -> Option<(&str, &str)> {
    (at < text.len()).then(|| (part(text, 0, at), after(text, at + 1)))
}

/// The parts of `text` around the first `separator`, which is ASCII; nothing if there is none.
#[cfg(any(feature = "v2", test))]
pub fn cut(text: &str, separator: u8) -> Option<(&str, &str)> {
    around(text, place(text, separator))
}

/// The parts of `text` around the last `separator`.
#[inline(never)]
pub fn cut_last(text: &str, separator: u8) -> Option<(&str, &str)> {
    let mut at = text.len();
    while at > 0 {
        at -= 1;
        if byte(text, at) == separator {
            return around(text, at);
        }
    }
    None
}

/// Takes the part up to the next `separator` off the front of `rest`; nothing once all parts are taken.
#[inline(never)]
pub fn next<'t>(rest: &mut Option<&'t str>, separator: u8) -> Option<&'t str> {
    let text = (*rest)?;
    let at = place(text, separator);
    *rest = (at < text.len()).then(|| after(text, at + 1));
    Some(part(text, 0, at))
}

/// Part number `index` of `list`; empty if there is none.
#[inline(never)]
pub fn nth(list: &str, separator: u8, index: usize) -> &str {
    let mut rest = Some(list);
    let mut left = index;
    while left > 0 {
        next(&mut rest, separator);
        left -= 1;
    }
    next(&mut rest, separator).unwrap_or("")
}

/// The position of `one` among the parts of `list`.
#[inline(never)]
pub fn index_of(list: &str, separator: u8, one: &str) -> Option<usize> {
    let mut rest = Some(list);
    let mut index = 0;
    while let Some(item) = next(&mut rest, separator) {
        if item == one {
            return Some(index);
        }
        index += 1;
    }
    None
}

/// Whether `one` is among the parts of `list`.
#[inline(never)]
pub fn among(list: &str, separator: u8, one: &str) -> bool {
    index_of(list, separator, one).is_some()
}

/// Where `wanted`, which is not empty, begins in `text`.
#[inline(never)]
pub fn find(text: &str, wanted: &str) -> Option<usize> {
    let first = byte(wanted, 0);
    let mut at = 0;
    while at < text.len() {
        at += place(after(text, at), first);
        if starts(after(text, at), wanted) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Whether `text` begins with `start`.
#[inline(never)]
pub fn starts(text: &str, start: &str) -> bool {
    text.as_bytes().starts_with(start.as_bytes())
}

/// Whether two texts are the same: a call where a comparison in place is several times its size.
#[inline(never)]
pub fn same(one: &str, other: &str) -> bool {
    one == other
}

/// Whether `byte` stands in `text`.
pub fn has(text: &str, byte: u8) -> bool {
    place(text, byte) < text.len()
}

/// How many bytes of a kind come first.
#[inline(never)]
fn span(text: &str, kind: fn(u8) -> bool) -> usize {
    let mut at = 0;
    while at < text.len() && kind(byte(text, at)) {
        at += 1;
    }
    at
}

/// Whether all bytes are of a kind.
#[inline(never)]
pub fn all(text: &str, kind: fn(u8) -> bool) -> bool {
    span(text, kind) == text.len()
}

/// Whether it is what regular expressions call a word character.
#[must_use]
pub const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// ASCII letters in lower case.
#[inline(never)]
pub fn lower(text: &str) -> String {
    let mut out = copy(text);
    out.make_ascii_lowercase();
    out
}

/// How many ASCII digits come first.
#[inline(never)]
pub fn digits(text: &str) -> usize {
    span(text, |byte| byte.is_ascii_digit())
}

/// A whole number that is nothing but digits, at most 18 of them.
#[inline(never)]
pub fn whole(text: &str) -> Option<i64> {
    let fits = (1..=18).contains(&text.len()) && digits(text) == text.len();
    fits.then(|| text.bytes().fold(0, |value, digit| value * 10 + i64::from(digit & 15)))
}

/// Without white space at its front.
#[inline(never)]
pub fn trim_start(text: &str) -> &str {
    after(text, span(text, |byte| byte.is_ascii_whitespace()))
}

/// Makes room at once: text that grows leaves copies behind, of secrets, too.
#[inline(never)]
fn reserve(out: &mut String, more: usize, parts: &[&str]) {
    let mut length = more;
    for part in parts {
        length += part.len();
    }
    out.reserve(length);
}

/// The parts one after another.
#[inline(never)]
pub fn join(parts: &[&str]) -> String {
    let mut out = empty();
    push(&mut out, parts);
    out
}

/// Appends the parts one after another.
#[inline(never)]
pub fn push(out: &mut String, parts: &[&str]) {
    reserve(out, 0, parts);
    for part in parts {
        out.push_str(part);
    }
}

/// A sentence: `~` in `template` stands for the next of `parts`. In place of [`join`] where much is constant: a constant part
/// of an array costs the wasm twenty bytes of code, one of a template nothing but itself.
#[inline(never)]
pub fn say(template: &str, parts: &[&str]) -> String {
    let mut out = empty();
    tell(&mut out, template, parts);
    out
}

/// Appends what [`say`] gives.
#[inline(never)]
pub fn tell(out: &mut String, template: &str, parts: &[&str]) {
    reserve(out, template.len(), parts);
    let mut rest = Some(template);
    let mut parts = parts.iter();
    while let Some(constant) = next(&mut rest, b'~') {
        out.push_str(constant);
        if rest.is_some() {
            out.push_str(parts.next().copied().unwrap_or(""));
        }
    }
}

/// Appends an ASCII character.
#[inline(never)]
pub fn push_byte(out: &mut String, byte: u8) {
    out.push(char::from(byte & 127));
}

/// Appends a byte as two of these sixteen digits.
#[inline(never)]
pub fn push_hex(out: &mut String, digits: &str, byte: u8) {
    push_byte(out, self::byte(digits, usize::from(byte >> 4)));
    push_byte(out, self::byte(digits, usize::from(byte & 15)));
}

/// The digits below 16 in lower case.
pub const DIGITS: &str = "0123456789abcdef";

/// Hands every character of `text` to `each`.
pub fn characters(text: &str, mut each: impl FnMut(&str)) {
    let mut rest = text;
    while !rest.is_empty() {
        // The first byte tells how many there are.
        let first = byte(rest, 0);
        let length = 1 + usize::from(first >= 0xC0) + usize::from(first >= 0xE0) + usize::from(first >= 0xF0);
        each(part(rest, 0, length));
        rest = after(rest, length);
    }
}

/// Puts `by` into `out` where `place` first stands in it; false if it does not.
#[inline(never)]
pub fn fill(out: &mut String, place: &str, by: &str) -> bool {
    let found = find(out, place);
    if let Some(at) = found {
        *out = say("~~~", &[part(out, 0, at), by, after(out, at + place.len())]);
    }
    found.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found() {
        assert_eq!(cut("a=b=c", b'='), Some(("a", "b=c")));
        assert_eq!(cut_last("a=b=c", b'='), Some(("a=b", "c")));
        assert_eq!((cut("abc", b'='), cut_last("", b'=')), (None, None));
        let mut rest = Some("a,,b");
        assert_eq!([0; 4].map(|_| next(&mut rest, b',')), [Some("a"), Some(""), Some("b"), None]);
        assert!(among("a bc", b' ', "bc") && !among("a bc", b' ', "b"));
        assert_eq!((find("aüab", "ab"), find("a", "ab"), find("üb", "b")), (Some(3), None, Some(2)));
        assert_eq!((part("aü", 0, 2), part("a", 1, 0), part("a", 0, 9), after("ab", 1)), ("", "", "", "b"));
    }

    #[test]
    fn numbers_are_digits_only() {
        assert_eq!((whole("0042"), whole("999999999999999999")), (Some(42), Some(999_999_999_999_999_999)));
        for text in ["", "-1", "1 ", "1e3", "1234567890123456789", "٣"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn sentences_are_filled_in_order_and_parts_are_not_read() {
        assert_eq!(say("~ of ~, ~!", &["a~", "", "c"]), "a~ of , c!");
        assert_eq!((say("", &[]), say("x", &["y"]), say("~~", &["1"])), ("".into(), "x".into(), "1".into()));
    }

    #[test]
    fn places_are_filled() {
        let mut path = String::from("/tags/{arn}/x");
        fill(&mut path, "{arn}", "a{arn}");
        assert_eq!(path, "/tags/a{arn}/x");
    }
}
