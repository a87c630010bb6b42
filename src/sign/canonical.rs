//! The canonical request: one spelling for all the ways a request can be written.

use alloc::string::String;
use alloc::vec::Vec;

use super::Request;
use crate::{text, uri};

/// A canonical request and the names of the headers in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canonical {
    /// The text that is hashed.
    pub text: String,
    /// The names of the signed headers, separated by `;`.
    pub signed_headers: String,
}

/// Headers that proxies change, and those that the signature itself makes.
const UNSIGNED: &str = "authorization content-type content-length user-agent presigned-expires expect x-amzn-trace-id";

/// Writes the canonical request. `added` are headers that will be sent beside the request's own; `body_hash` is the
/// hash of the body in hexadecimal digits.
#[must_use]
pub fn canonical_request(request: Request<'_>, added: &[(&str, &str)], body_hash: &str) -> Canonical {
    let mut headers = Vec::with_capacity(request.headers.len() + added.len());
    headers.extend_from_slice(request.headers);
    headers.extend_from_slice(added);
    // One text for all names: no string for each.
    let mut names = String::new();
    for (name, _) in &headers {
        text::push(&mut names, &[name, "\n"]);
    }
    names.make_ascii_lowercase();
    let mut lower = Some(names.as_str());
    for header in &mut headers {
        header.0 = text::next(&mut lower, b'\n').unwrap_or("");
    }
    // Stable, so that values of one name keep their order.
    insertion_sort(&mut headers, false);
    let mut text = String::with_capacity(256 + request.path.len() + request.query.len());
    text::push(&mut text, &[request.method, "\n"]);
    // AWS signs the escaped path escaped once more.
    uri::encode_keeping(&mut text, if request.path.is_empty() { "/" } else { request.path }, Some(b'/'));
    text.push_str("\n");
    push_query(&mut text, request.query);
    let mut signed_headers = String::with_capacity(64);
    let mut last = "";
    for (name, value) in headers {
        if text::among(UNSIGNED, b' ', name) {
            continue;
        }
        let start = if last == name { [",", "", ""] } else { ["\n", name, ":"] };
        if last != name {
            text::push(&mut signed_headers, &[if last.is_empty() { "" } else { ";" }, name]);
            last = name;
        }
        text::push(&mut text, &start);
        push_collapsed(&mut text, value);
    }
    text::push(&mut text, &["\n\n", &signed_headers, "\n", body_hash]);
    Canonical { text, signed_headers }
}

/// Appends the query string, sorted by name and then value; what has no `=` gets one.
fn push_query(out: &mut String, query: &str) {
    let mut pairs = Vec::new();
    let mut rest = Some(query);
    while let Some(pair) = text::next(&mut rest, b'&') {
        if !pair.is_empty() {
            pairs.push(text::cut(pair, b'=').unwrap_or((pair, "")));
        }
    }
    insertion_sort(&mut pairs, true);
    let mut separator = "";
    for (name, value) in pairs {
        text::push(out, &[separator, name, "=", value]);
        separator = "&";
    }
}

/// Sorts a handful of pairs by name, and by value where that is wanted; the sort of the standard library is several
/// KB of wasm.
#[inline(never)]
fn insertion_sort(list: &mut [(&str, &str)], by_value: bool) {
    for end in 1..list.len() {
        let mut at = end;
        while let Some([a, b]) = at.checked_sub(1).and_then(|low| list.get(low..=at)) {
            let order = a.0.cmp(b.0);
            if order.then(if by_value { a.1.cmp(b.1) } else { order }).is_le() {
                break;
            }
            list.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Appends a header's value without spaces around it and with single ones inside.
fn push_collapsed(out: &mut String, value: &str) {
    let mut space = "";
    let mut word = 0;
    for at in 0..=value.len() {
        if at == value.len() || text::byte(value, at).is_ascii_whitespace() {
            if word < at {
                text::push(out, &[space, text::part(value, word, at)]);
                space = " ";
            }
            word = at + 1;
        }
    }
}
