//! The one percent-encoder: for labels, for the query string, and for the path as it is signed.

use alloc::string::String;

use crate::text::push_byte;

/// Appends `text` with every byte escaped that is not unreserved (RFC 3986); `keep` is left as it is, too.
#[inline(never)]
pub fn encode_keeping(out: &mut String, text: &str, keep: Option<u8>) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') || Some(byte) == keep {
            push_byte(out, byte);
        } else {
            push_byte(out, b'%');
            push_digit(out, byte >> 4);
            push_digit(out, byte & 15);
        }
    }
}

fn push_digit(out: &mut String, digit: u8) {
    push_byte(out, b'0' + digit + if digit < 10 { 0 } else { b'A' - b'0' - 10 });
}

/// Appends `text` with everything escaped but letters, digits and `-._~`.
pub fn encode(out: &mut String, text: &str) {
    encode_keeping(out, text, None);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_but_unreserved_characters_is_escaped() {
        let mut out = String::new();
        encode(&mut out, "aZ09-._~ /:é!'()*%\u{10FFFF}");
        assert_eq!(out, "aZ09-._~%20%2F%3A%C3%A9%21%27%28%29%2A%25%F4%8F%BF%BF");
    }
}
