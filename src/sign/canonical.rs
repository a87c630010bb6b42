//! The canonical request: one spelling for all the ways a request can be written.

use alloc::string::String;
use alloc::vec::Vec;

use super::Request;
use crate::hidden::Bytes;
use crate::{text, uri};

/// A canonical request and the names of the headers in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Canonical {
    /// The text that is hashed. The session token may be in it.
    pub text: String,
    /// The names of the signed headers, separated by `;`.
    pub signed_headers: String,
}

impl core::fmt::Debug for Canonical {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let text = Bytes(self.text.len());
        f.debug_struct("Canonical").field("text", &text).field("signed_headers", &self.signed_headers).finish()
    }
}

/// Headers that proxies change, and those that the signature itself makes.
const UNSIGNED: &str = "authorization content-type content-length user-agent presigned-expires expect x-amzn-trace-id";

/// Writes the canonical request. `added` are headers that will be sent beside the request's own; `body_hash` is the
/// hash of the body in hexadecimal digits.
#[must_use]
pub fn canonical_request(request: Request<'_>, added: &[(&str, &str)], body_hash: &str) -> Canonical {
    let mut lines = text::room(256);
    for (name, value) in request.headers.iter().chain(added) {
        push_header(&mut lines, name, value);
    }
    canonical(request, &lines, body_hash)
}

/// The same for lines that [`push_header`] wrote, in place of the request's headers.
#[inline(never)]
pub(super) fn canonical(request: Request<'_>, lines: &str, body_hash: &str) -> Canonical {
    let mut text = text::room(512 + request.path.len() + request.query.len());
    text.push_str(request.method);
    text.push_str("\n");
    // AWS signs the escaped path escaped once more.
    uri::encode_keeping(&mut text, if request.path.is_empty() { "/" } else { request.path }, Some(b'/'));
    text.push_str("\n");
    push_query(&mut text, request.query);
    let mut signed_headers = text::room(64);
    let mut last = "";
    for (name, value) in &sorted(lines, b'\n', b':') {
        if text::same(last, name) {
            text.push_str(",");
        } else {
            text::tell(&mut text, "\n~:", &[name]);
            signed_headers.push_str(if last.is_empty() { "" } else { ";" });
            signed_headers.push_str(name);
            last = name;
        }
        text.push_str(value);
    }
    text::tell(&mut text, "\n\n~\n~", &[&signed_headers, body_hash]);
    Canonical { text, signed_headers }
}

/// Appends the query string, sorted by name and then value; what has no `=` gets one.
#[inline(always)]
pub(super) fn push_query(text: &mut String, query: &str) {
    let mut separator = "";
    for (name, value) in &sorted(query, b'&', b'=') {
        text.push_str(separator);
        text.push_str(name);
        text.push_str("=");
        text.push_str(value);
        separator = "&";
    }
}

/// Appends a line for a header if it is signed: the name in lower case, the value without spaces around it and with single
/// ones inside.
#[inline(never)]
pub(super) fn push_header(lines: &mut String, name: &str, value: &str) {
    let name = text::lower(name);
    if text::among(UNSIGNED, b' ', &name) {
        return;
    }
    lines.push_str(&name);
    let mut before = ":";
    let mut word = 0;
    let mut at = 0;
    while at <= value.len() {
        if at == value.len() || text::byte(value, at).is_ascii_whitespace() {
            if word < at {
                lines.push_str(before);
                lines.push_str(text::part(value, word, at));
                before = " ";
            }
            word = at + 1;
        }
        at += 1;
    }
    lines.push_str("\n");
}

/// The parts of `text` as names and values, what has no `mark` with an empty value; sorted by name. By value, too, in a
/// query; values of one header keep their order. The sort of the standard library is several KB of wasm.
#[inline(never)]
fn sorted(text: &str, separator: u8, mark: u8) -> Vec<(&str, &str)> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    let mut rest = Some(text);
    while let Some(pair) = text::next(&mut rest, separator) {
        if pair.is_empty() {
            continue;
        }
        let mut at = pairs.len();
        let end = text::place(pair, mark);
        pairs.push((text::part(pair, 0, end), text::after(pair, end + 1)));
        while at > 0 {
            let before = at - 1;
            let (Some(a), Some(b)) = (pairs.get(before), pairs.get(at)) else { break };
            let order = a.0.cmp(b.0);
            if order.is_lt() || order.is_eq() && (mark == b':' || a.1 <= b.1) {
                break;
            }
            pairs.swap(before, at);
            at = before;
        }
    }
    pairs
}
