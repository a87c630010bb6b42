//! Values of another type than the model has: what v2 makes of them.

use alloc::string::String;

use crate::json::{spread, unescape, Reader};
use crate::{number, text};

/// Begins another element of an object or array: with a comma, unless it is the first.
#[inline(never)]
pub(super) fn comma(out: &mut String) {
    if !matches!(out.as_bytes().last(), Some(b'{' | b'[')) {
        out.push_str(",");
    }
}

/// Writes the values of an object or the characters of a text as an array, or the items of an array as an object whose keys
/// are their indices; of any other value none. `to` is the bracket that opens what is written.
pub(super) fn regroup(out: &mut String, text: &str, to: u8) {
    text::push_byte(out, to);
    let mut reader = Reader::new(text);
    let open = reader.peek();
    if open == b'"' {
        spread(out, reader.string());
    } else if matches!(open, b'{' | b'[') {
        reader.open(open);
        let mut index = 0;
        while reader.more(open + 2) {
            comma(out);
            if open == b'{' {
                reader.member_key();
            } else {
                out.push_str("\"");
                number::push_integer(out, index);
                out.push_str("\":");
            }
            out.push_str(reader.skip());
            index += 1;
        }
    }
    text::push_byte(out, to + 2);
}

/// Appends what `String(value)` gives; nothing for null, as in an array.
#[inline(never)]
pub(crate) fn show(out: &mut String, text: &str) {
    let mut reader = Reader::new(text);
    match reader.peek() {
        b'"' => unescape(out, reader.string().raw),
        b'{' => out.push_str("[object Object]"),
        b'[' => {
            let mut separator = "";
            reader.open(b'[');
            while reader.more(b']') {
                out.push_str(separator);
                show(out, reader.skip());
                separator = ",";
            }
        }
        b'n' => {}
        b't' | b'f' => out.push_str(text),
        _ => {
            number::spell(out, text);
        }
    }
}

/// Writes seconds to an empty text as what the `Date` constructor is to get.
#[inline(never)]
pub(super) fn milliseconds(out: &mut String, seconds: &str) {
    number::spell(out, seconds);
    if text::has(out, b'I') {
        // What no double holds is shown by its name, which is no JSON; this reads back as it, and gives an invalid Date.
        out.clear();
        out.push_str("1e999");
    } else if !text::has(out, b'e') {
        out.push_str("e3");
    }
}

/// Whether a text begins like `Tue, 02 Jan 2024`.
pub(super) fn is_rfc822(text: &str) -> bool {
    text::byte(text, 3) == b',' && text::all(text::part(text, 0, 3), text::is_word)
}
