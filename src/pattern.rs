//! The patterns that AWS models use, without a regular-expression engine.
//!
//! What occurs: literal characters, `.`, classes with ranges and `\p{…}`, the quantifiers `*` and `+`, groups around
//! the whole, anchors, and alternatives at the top. A pattern is meant for the whole text, as AWS documents them.
//!
//! Texts are walked byte by byte: patterns are ASCII, and a byte beyond ASCII fits `.` and every category.

use crate::text;

/// Whether the whole of `text` matches.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    let mut rest = Some(pattern);
    while let Some(mut alternative) = text::next(&mut rest, b'|') {
        while matches!(text::byte(alternative, 0), b'^' | b'(') {
            alternative = text::after(alternative, 1);
        }
        while let Some(inner) = alternative.len().checked_sub(1) {
            if !matches!(text::byte(alternative, inner), b'$' | b')') {
                break;
            }
            alternative = text::part(alternative, 0, inner);
        }
        if run(alternative, text.as_bytes()) {
            return true;
        }
    }
    false
}

/// Greedy, with backtracking; the patterns have a handful of elements, so recursion is shallow.
fn run(pattern: &str, text: &[u8]) -> bool {
    if pattern.is_empty() {
        return text.is_empty();
    }
    let length = match text::byte(pattern, 0) {
        b'[' => text::find(pattern, "]").map_or(pattern.len(), |at| at + 1),
        b'\\' => 2,
        _ => 1,
    };
    let element = text::part(pattern, 0, length);
    let quantifier = text::byte(pattern, length);
    let many = matches!(quantifier, b'*' | b'+');
    let rest = text::after(pattern, length + usize::from(many));
    let most = if many { text.len() } else { 1 };
    let mut count = text.iter().take(most).take_while(|&&byte| fits(element, byte)).count();
    loop {
        if count == 0 && quantifier != b'*' {
            return false;
        }
        if run(rest, text.get(count..).unwrap_or_default()) {
            return true;
        }
        if count == 0 {
            return false;
        }
        count -= 1;
    }
}

fn fits(element: &str, byte: u8) -> bool {
    let last = element.len().saturating_sub(1);
    match text::byte(element, 0) {
        b'[' => in_class(text::part(element, 1, last), byte),
        b'.' => true,
        _ => text::byte(element, last) == byte,
    }
}

fn in_class(class: &str, byte: u8) -> bool {
    let mut at = 0;
    while at < class.len() {
        let mut low = text::byte(class, at);
        at += 1;
        if low == b'\\' {
            low = text::byte(class, at);
            at += 1;
            if low == b'p' {
                // `\p{L}`
                if in_category(text::byte(class, at + 1), byte) {
                    return true;
                }
                at += 3;
                continue;
            }
        }
        let mut high = low;
        // `0-9-_`: the second dash begins no range, since `9` has ended one.
        if text::byte(class, at) == b'-' && !matches!(text::byte(class, at + 1), 0 | b'\\') {
            high = text::byte(class, at + 1);
            at += 2;
        }
        if (low..=high).contains(&byte) {
            return true;
        }
    }
    false
}

/// Letters, separators and numbers. Beyond ASCII every byte passes, since the tables would cost more than they give:
/// the service has the last word.
fn in_category(name: u8, byte: u8) -> bool {
    !byte.is_ascii()
        || match name {
            b'L' => byte.is_ascii_alphabetic(),
            b'N' => byte.is_ascii_digit(),
            _ => byte == b' ',
        }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn whole_texts_match() {
        let arn = "arn:aws:ivs:[a-z0-9-]+:[0-9]+:channel/[a-zA-Z0-9-]+";
        assert!(matches(arn, "arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh"));
        assert!(!matches(arn, "arn:aws:ivs:us-west-2:123456789012:stream-key/abcd"));
        assert!(!matches(arn, "x arn:aws:ivs:us-west-2:123456789012:channel/abcd"));
        assert!(
            matches("[a-zA-Z0-9-_]*", "a-Z_09") && matches("[a-zA-Z0-9-_]*", "") && !matches("[a-zA-Z0-9-_]*", "a b")
        );
        assert!(matches("[a-z0-9-.]+", "a.b-c") && !matches("[a-z0-9-.]+", "") && !matches("[a-z0-9-.]+", "a/b"));
        let optional = "^$|^arn:aws:ivs:[a-z0-9-]+:[0-9]+:recording-configuration/[a-zA-Z0-9-]+$";
        assert!(
            matches(optional, "")
                && matches(optional, "arn:aws:ivs:x:1:recording-configuration/a")
                && !matches(optional, "x")
        );
        let tag = "([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)";
        assert!(matches(tag, "Größe 1 a-b@c=+/:._") && !matches(tag, "a<b"));
        assert!(matches("st-[a-zA-Z0-9]+", "st-1a") && !matches("st-[a-zA-Z0-9]+", "st-"));
        assert!(matches("[a-zA-Z0-9+/=_-]*", "aZ0+/=_-"));
    }
}
