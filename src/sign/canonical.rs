//! The canonical request: one spelling for all the ways a request can be written.

use alloc::string::String;
use alloc::vec::Vec;

use super::Request;
use crate::uri;

/// A canonical request and the names of the headers in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canonical {
    /// The text that is hashed.
    pub text: String,
    /// The names of the signed headers, separated by `;`.
    pub signed_headers: String,
}

/// Headers that proxies change, and those that the signature itself makes.
const UNSIGNED: [&str; 7] =
    ["authorization", "content-type", "content-length", "user-agent", "presigned-expires", "expect", "x-amzn-trace-id"];

/// Writes the canonical request. `added` are headers that will be sent beside the request's own; `body_hash` is the
/// hash of the body in hexadecimal digits.
#[must_use]
pub fn canonical_request(request: Request<'_>, added: &[(&str, &str)], body_hash: &str) -> Canonical {
    let mut headers: Vec<(String, &str)> = Vec::with_capacity(request.headers.len() + added.len());
    for (name, value) in request.headers.iter().chain(added) {
        let name = name.to_ascii_lowercase();
        if !UNSIGNED.contains(&name.as_str()) {
            headers.push((name, value));
        }
    }
    // Stable, so that values of one name keep their order.
    insertion_sort(&mut headers, |a, b| a.0 > b.0);
    let mut text = String::with_capacity(256 + request.path.len() + request.query.len());
    text.push_str(request.method);
    text.push('\n');
    // AWS signs the escaped path escaped once more.
    uri::encode_keeping(&mut text, if request.path.is_empty() { "/" } else { request.path }, Some(b'/'));
    text.push('\n');
    push_query(&mut text, request.query);
    let mut signed_headers = String::with_capacity(64);
    for (name, value) in &headers {
        if signed_headers.rsplit(';').next() == Some(name) {
            text.push(',');
        } else {
            text.push('\n');
            text.push_str(name);
            text.push(':');
            signed_headers.push_str(if signed_headers.is_empty() { "" } else { ";" });
            signed_headers.push_str(name);
        }
        push_collapsed(&mut text, value);
    }
    for part in ["\n\n", &signed_headers, "\n", body_hash] {
        text.push_str(part);
    }
    Canonical { text, signed_headers }
}

/// Appends the query string, sorted by name and then value; what has no `=` gets one.
fn push_query(out: &mut String, query: &str) {
    let mut pairs: Vec<(&str, &str)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .collect();
    insertion_sort(&mut pairs, |a, b| a > b);
    for (i, (name, value)) in pairs.iter().enumerate() {
        for part in [if i == 0 { "" } else { "&" }, name, "=", value] {
            out.push_str(part);
        }
    }
}

/// Sorts a handful of things; the sort of the standard library is several KB of wasm.
fn insertion_sort<T>(list: &mut [T], after: impl Fn(&T, &T) -> bool) {
    for end in 1..list.len() {
        let mut at = end;
        while let Some([a, b]) = at.checked_sub(1).and_then(|low| list.get(low..=at)) {
            if !after(a, b) {
                break;
            }
            list.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Appends a header's value without spaces around it and with single ones inside.
fn push_collapsed(out: &mut String, value: &str) {
    let mut words = value.split_ascii_whitespace();
    out.push_str(words.next().unwrap_or(""));
    for word in words {
        out.push(' ');
        out.push_str(word);
    }
}
