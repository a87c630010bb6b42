//! The one percent-encoder: for labels, for the query string, and for the path as it is signed.

use alloc::string::String;

use crate::text::{push_byte, push_hex};

const DIGITS: &str = "0123456789ABCDEF";

/// Appends `given` with every byte escaped that is not unreserved (RFC 3986); `keep` is left as it is, too.
#[inline(never)]
pub fn encode_keeping(out: &mut String, given: &str, keep: Option<u8>) {
    for byte in given.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') || Some(byte) == keep {
            push_byte(out, byte);
        } else {
            push_byte(out, b'%');
            push_hex(out, DIGITS, byte);
        }
    }
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
