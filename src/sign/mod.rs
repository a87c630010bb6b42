//! Signature Version 4: a request goes in, headers to add come out; the request is not touched.
//!
//! Each stage of the algorithm is a function that can be asked alone: [`canonical_request`], [`string_to_sign`],
//! [`Key::derive`], [`Key::signature`].

mod canonical;
mod key;
mod presign;

use alloc::string::String;
use alloc::vec::Vec;

use sha2::{Digest, Sha256};

pub use canonical::{canonical_request, Canonical};
pub use key::{Key, KeyCache};
pub use presign::presign;

use crate::clock;
use crate::credentials::Credentials;
use crate::hidden::Bytes;
use crate::text;

/// The name of the algorithm.
pub const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// What is signed of a request.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The path as it is sent, escaped.
    pub path: &'a str,
    /// The query string as it is sent, escaped, without `?`.
    pub query: &'a str,
    /// The headers; `host` must be among them.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body; empty if there is none.
    pub body: &'a str,
}

impl core::fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        // Among the headers may be the session token, and anything in the body.
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("headers", &self.headers.len())
            .field("body", &Bytes(self.body.len()))
            .finish()
    }
}

/// Where a signature is valid.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The region.
    pub region: &'a str,
    /// The signing name of the service.
    pub service: &'a str,
}

/// A header to add to the request.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Header {
    /// The name, in lower case.
    pub name: &'static str,
    /// The value.
    pub value: String,
    /// Whether the value must not be shown.
    pub sensitive: bool,
}

impl core::fmt::Debug for Header {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name)?;
        f.write_str(": ")?;
        f.write_str(if self.sensitive { "***" } else { &self.value })
    }
}

/// The SHA-256 hash in lower-case hexadecimal digits.
#[must_use]
#[inline(never)]
pub fn sha256_hex(bytes: &[u8]) -> String {
    to_hex(&Sha256::digest(bytes).into())
}

/// Byte by byte: hex's own way to a string is several times the code.
#[inline(never)]
fn to_hex(bytes: &[u8; 32]) -> String {
    let mut out = text::room(64);
    for byte in bytes {
        let mut digits = [0; 2];
        // It fails for other lengths only.
        let _ = hex::encode_to_slice([*byte], &mut digits);
        text::push_byte(&mut out, digits[0]);
        text::push_byte(&mut out, digits[1]);
    }
    out
}

/// `20240102/us-west-2/ivs/aws4_request`.
#[must_use]
#[inline(always)]
pub fn credential_scope(date: &str, scope: Scope<'_>) -> String {
    text::say("~/~/~/aws4_request", &[date, scope.region, scope.service])
}

/// The text whose signature is the request's; `time` is in the basic form, `hash` that of the canonical request.
#[must_use]
pub fn string_to_sign(time: &str, credential_scope: &str, hash: &str) -> String {
    // The name of the algorithm stands in the template: a constant part of an array costs the wasm code.
    text::say("AWS4-HMAC-SHA256\n~\n~\n~", &[time, credential_scope, hash])
}

/// Signs a request at the moment `now` (milliseconds since 1970) and gives the headers to add.
///
/// Signed are `x-amz-date`, `x-amz-content-sha256`, `x-amz-security-token` and every header of the request that
/// proxies leave alone.
#[must_use]
pub fn sign(
    request: Request<'_>,
    credentials: &Credentials,
    scope: Scope<'_>,
    now: i64,
    keys: &mut KeyCache,
) -> Vec<Header> {
    let mut headers = Vec::with_capacity(4);
    let body_hash = sha256_hex(request.body.as_bytes());
    sign_with(request, &body_hash, &mut headers, credentials, scope, now, keys);
    headers
}

/// The same for a request with more headers, in the list that those of the signature are added to. It does not look at the body,
/// but at its hash.
#[inline(never)]
pub(crate) fn sign_with(
    request: Request<'_>,
    body_hash: &str,
    headers: &mut Vec<Header>,
    credentials: &Credentials,
    scope: Scope<'_>,
    now: i64,
    keys: &mut KeyCache,
) {
    let time = clock::basic(now);
    push(headers, "x-amz-content-sha256", body_hash, false);
    push(headers, "x-amz-date", &time, false);
    if let Some(token) = credentials.session_token.as_deref().filter(|token| !token.is_empty()) {
        push(headers, "x-amz-security-token", token, true);
    }
    let mut lines = text::room(256);
    for (name, value) in request.headers {
        canonical::push_header(&mut lines, name, value);
    }
    for header in &*headers {
        canonical::push_header(&mut lines, header.name, &header.value);
    }
    let canonical = canonical::canonical(request, &lines, body_hash);
    let date = text::part(&time, 0, 8);
    let credential_scope = credential_scope(date, scope);
    let to_sign = string_to_sign(&time, &credential_scope, &sha256_hex(canonical.text.as_bytes()));
    let signature = keys.key(credentials, date, scope).signature(&to_sign);
    let parts = [&credentials.access_key_id, &credential_scope, &canonical.signed_headers, &*signature];
    let authorization = text::say("AWS4-HMAC-SHA256 Credential=~/~, SignedHeaders=~, Signature=~", &parts);
    push(headers, "authorization", &authorization, true);
}

/// Adds a header.
#[inline(never)]
pub(crate) fn push(headers: &mut Vec<Header>, name: &'static str, value: &str, sensitive: bool) {
    headers.push(Header { name, value: text::copy(value), sensitive });
}
