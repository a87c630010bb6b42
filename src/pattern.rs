//! The patterns that AWS models use, without a regular-expression engine.
//!
//! What occurs: literal characters, `.`, classes with ranges and `\p{…}`, the quantifiers `*` and `+`, groups around
//! the whole, anchors, and alternatives at the top; the generator refuses others (js/scripts/generate/patterns.mjs). A
//! pattern is meant for the whole text, as AWS documents them.
//!
//! Texts are walked byte by byte: patterns are ASCII, and a byte beyond ASCII fits `.` and every category.

use crate::text;

/// Whether the whole of `text` matches.
#[must_use]
#[inline(never)]
pub fn matches(pattern: &str, text: &str) -> bool {
    let mut place = 0;
    loop {
        if run(pattern, place, text, 0) {
            return true;
        }
        // On to the next alternative.
        while text::byte(pattern, place) != b'|' {
            if place >= pattern.len() {
                return false;
            }
            place += 1;
        }
        place += 1;
    }
}

/// Whether all of `text` from `at` on fits the pattern from `place` on. Greedy, with backtracking; the patterns have a
/// handful of elements, so recursion is shallow.
fn run(pattern: &str, place: usize, text: &str, at: usize) -> bool {
    let mut next = place + 1;
    match text::byte(pattern, place) {
        0 | b'|' => return at == text.len(),
        byte if text::has("^()$", byte) => return run(pattern, next, text, at),
        b'\\' => next += 1,
        b'[' => {
            while !matches!(text::byte(pattern, next - 1), b']' | 0) {
                next += 1;
            }
        }
        _ => {}
    }
    let quantifier = text::byte(pattern, next);
    let many = matches!(quantifier, b'*' | b'+');
    let mut end = at;
    while end < text.len() && (many || end == at) && fits(pattern, place, text::byte(text, end)) {
        end += 1;
    }
    let least = at + usize::from(quantifier != b'*');
    while end >= least {
        if run(pattern, next + usize::from(many), text, end) {
            return true;
        }
        if end == 0 {
            break;
        }
        end -= 1;
    }
    false
}

/// Whether the element at `place` takes `byte`.
fn fits(pattern: &str, place: usize, byte: u8) -> bool {
    match text::byte(pattern, place) {
        b'[' => {}
        b'.' => return true,
        b'\\' => return text::byte(pattern, place + 1) == byte,
        other => return other == byte,
    }
    let mut at = place + 1;
    loop {
        let mut low = text::byte(pattern, at);
        at += 1;
        match low {
            b']' | 0 => return false,
            b'\\' => {
                low = text::byte(pattern, at);
                at += 1;
                if low == b'p' {
                    // `\p{L}`
                    if in_category(text::byte(pattern, at + 1), byte) {
                        return true;
                    }
                    at += 3;
                    continue;
                }
            }
            _ => {}
        }
        let mut high = low;
        // `0-9-_`: the second dash begins no range, since `9` has ended one.
        if text::byte(pattern, at) == b'-' && !matches!(text::byte(pattern, at + 1), b']' | b'\\') {
            high = text::byte(pattern, at + 1);
            at += 2;
        }
        if (low..=high).contains(&byte) {
            return true;
        }
    }
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
        assert!(matches("[a-zA-Z0-9+/=_-]*", "aZ0+/=_-") && !matches("[a-z]+", "[") && !matches("[a-z]+", "]"));
        assert!(matches("a\\.b+", "a.bb") && !matches("a\\.b+", "axb") && !matches("a\\.b+", "a\\b"));
    }
}
