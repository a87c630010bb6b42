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
use crate::text;

/// The name of the algorithm.
pub const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// What is signed of a request.
#[derive(Debug, Clone, Copy)]
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

/// Digits, taken in as hex gives them: its own way to a string is several times the code.
struct Digits(String);

impl FromIterator<char> for Digits {
    fn from_iter<I: IntoIterator<Item = char>>(digits: I) -> Self {
        let mut out = String::with_capacity(64);
        for digit in digits {
            text::push_byte(&mut out, digit as u8);
        }
        Digits(out)
    }
}

#[inline(never)]
fn to_hex(bytes: &[u8; 32]) -> String {
    hex::ToHex::encode_hex::<Digits>(bytes).0
}

/// `20240102/us-west-2/ivs/aws4_request`.
#[must_use]
pub fn credential_scope(date: &str, scope: Scope<'_>) -> String {
    text::say("~/~/~/aws4_request", &[date, scope.region, scope.service])
}

/// The text whose signature is the request's; `time` is in the basic form, `hash` that of the canonical request.
#[must_use]
pub fn string_to_sign(time: &str, credential_scope: &str, hash: &str) -> String {
    text::say("~\n~\n~\n~", &[ALGORITHM, time, credential_scope, hash])
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
    let time = clock::basic(now);
    let date = text::part(&time, 0, 8);
    let body_hash = sha256_hex(request.body.as_bytes());
    let token = credentials.session_token.as_deref().unwrap_or("");
    let added = [("x-amz-content-sha256", &*body_hash), ("x-amz-date", &time), ("x-amz-security-token", token)];
    let sent = if token.is_empty() { 2 } else { 3 };
    let canonical = canonical_request(request, added.get(..sent).unwrap_or_default(), &body_hash);
    let credential_scope = credential_scope(date, scope);
    let to_sign = string_to_sign(&time, &credential_scope, &sha256_hex(canonical.text.as_bytes()));
    let signature = keys.key(credentials, date, scope).signature(&to_sign);
    let mut authorization = String::with_capacity(256);
    authorization.push_str(ALGORITHM);
    authorization.push_str(" Credential=");
    authorization.push_str(&credentials.access_key_id);
    authorization.push_str("/");
    authorization.push_str(&credential_scope);
    authorization.push_str(", SignedHeaders=");
    authorization.push_str(&canonical.signed_headers);
    authorization.push_str(", Signature=");
    authorization.push_str(&signature);
    let mut headers = Vec::with_capacity(4);
    let mut add = |name, value, sensitive| headers.push(Header { name, value, sensitive });
    add("x-amz-content-sha256", body_hash, false);
    add("x-amz-date", time, false);
    if !token.is_empty() {
        add("x-amz-security-token", token.into(), true);
    }
    add("authorization", authorization, true);
    headers
}
