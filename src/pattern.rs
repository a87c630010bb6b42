//! The patterns that AWS models use, without a regular-expression engine.
//!
//! What occurs: literal characters, `.`, classes with ranges and `\p{…}`, the quantifiers `*` and `+`, groups around
//! the whole, anchors, and alternatives at the top. A pattern is meant for the whole text, as AWS documents them.

/// Whether the whole of `text` matches.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    pattern.split('|').any(|alternative| {
        let alternative = alternative.trim_start_matches(['^', '(']).trim_end_matches(['$', ')']);
        run(alternative, text)
    })
}

/// Greedy, with backtracking; the patterns have a handful of elements, so recursion is shallow.
fn run(pattern: &str, text: &str) -> bool {
    let Some((element, rest)) = split_element(pattern) else {
        return text.is_empty();
    };
    let (least, most, rest) = match rest.as_bytes().first() {
        Some(b'*') => (0, usize::MAX, rest.get(1..).unwrap_or("")),
        Some(b'+') => (1, usize::MAX, rest.get(1..).unwrap_or("")),
        _ => (1, 1, rest),
    };
    let mut ends = 0;
    let mut count = 0;
    for c in text.chars() {
        if count == most || !fits(element, c) {
            break;
        }
        count += 1;
        ends += c.len_utf8();
    }
    loop {
        if count < least {
            return false;
        }
        if run(rest, text.get(ends..).unwrap_or("")) {
            return true;
        }
        let Some(last) = text.get(..ends).and_then(|taken| taken.chars().next_back()) else {
            return false;
        };
        count -= 1;
        ends -= last.len_utf8();
    }
}

/// The first element of a pattern: a class, an escape or a character.
fn split_element(pattern: &str) -> Option<(&str, &str)> {
    let length = match pattern.chars().next()? {
        '[' => pattern.find(']').map_or(pattern.len(), |at| at + 1),
        '\\' => 1 + pattern.chars().nth(1).map_or(0, char::len_utf8),
        c => c.len_utf8(),
    };
    Some(pattern.split_at(length))
}

fn fits(element: &str, c: char) -> bool {
    match element.strip_prefix('[').and_then(|class| class.strip_suffix(']')) {
        Some(class) => in_class(class, c),
        None => element == "." || element.trim_start_matches('\\').starts_with(c),
    }
}

fn in_class(class: &str, c: char) -> bool {
    let mut rest = class;
    while let Some(first) = rest.chars().next() {
        rest = rest.get(first.len_utf8()..).unwrap_or("");
        let low = if first == '\\' {
            if let Some((name, after)) = rest.strip_prefix("p{").and_then(|name| name.split_once('}')) {
                if in_category(name, c) {
                    return true;
                }
                rest = after;
                continue;
            }
            let literal = rest.chars().next().unwrap_or('\\');
            rest = rest.get(literal.len_utf8()..).unwrap_or("");
            literal
        } else {
            first
        };
        let mut after = rest.chars();
        match (after.next(), after.next()) {
            (Some('-'), Some(high)) if high != '\\' => {
                // `0-9-_`: the second dash begins no range, since `9` has ended one.
                rest = after.as_str();
                if (low..=high).contains(&c) {
                    return true;
                }
            }
            _ if low == c => return true,
            _ => {}
        }
    }
    false
}

/// Letters, separators and numbers. Beyond ASCII every character passes, since the tables would cost more than they
/// give: the service has the last word.
fn in_category(name: &str, c: char) -> bool {
    !c.is_ascii()
        || match name {
            "L" => c.is_ascii_alphabetic(),
            "N" => c.is_ascii_digit(),
            "Z" => c == ' ',
            _ => false,
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
