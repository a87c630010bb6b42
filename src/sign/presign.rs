//! A signature in the query string, for whoever holds the URL.

use alloc::string::String;

use super::canonical::{canonical_request, push_query};
use super::{credential_scope, sha256_hex, string_to_sign, KeyCache, Request, Scope, ALGORITHM};
use crate::credentials::Credentials;
use crate::{clock, text, uri};

/// Signs a request at the moment `now` (milliseconds since 1970) for `expires` seconds, a whole number, and gives the whole
/// query string of its URL: what the request had, and the signature, in the order of the names.
///
/// Whoever uses the URL sends the same method and body, and the headers of the request that proxies leave alone: `host` and
/// whatever else was given. Services take signatures for at most a week, 604,800 seconds.
#[must_use]
pub fn presign(
    request: Request<'_>,
    credentials: &Credentials,
    scope: Scope<'_>,
    now: i64,
    expires: &str,
    keys: &mut KeyCache,
) -> String {
    let time = clock::basic(now);
    let date = text::part(&time, 0, 8);
    let scoped = credential_scope(date, scope);
    // The names of the headers are a part of the query, which is a part of what is signed: the first pass is for them.
    let signed_headers = canonical_request(request, &[], "").signed_headers;
    let mut query = String::from(request.query);
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            text::push(&mut query, &["&X-Amz-", name, "="]);
            uri::encode(&mut query, value);
        }
    };
    add("Algorithm", ALGORITHM);
    add("Credential", &text::join(&[&credentials.access_key_id, "/", &scoped]));
    add("Date", &time);
    add("Expires", expires);
    add("Security-Token", credentials.session_token.as_deref().unwrap_or(""));
    add("SignedHeaders", &signed_headers);
    let body_hash = sha256_hex(request.body.as_bytes());
    let canonical = canonical_request(Request { query: &query, ..request }, &[], &body_hash);
    let to_sign = string_to_sign(&time, &scoped, &sha256_hex(canonical.text.as_bytes()));
    let signature = keys.key(credentials, date, scope).signature(&to_sign);
    text::push(&mut query, &["&X-Amz-Signature=", &signature]);
    let mut sorted = String::new();
    push_query(&mut sorted, &query);
    sorted
}
