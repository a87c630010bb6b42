//! What is done for a request before it is sent: the work of the built-in listeners of v2's states `validate`, `build`,
//! `afterBuild` and `sign`.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::edit::Edit;
use super::given::{header, headers, line, value};
use super::{REFUSED, UNREADABLE};
use crate::call;
use crate::credentials::Credentials;
use crate::endpoint::is_host_label;
use crate::error::Error;
use crate::json::quote;
use crate::model::ivs::SERVICE;
use crate::model::Operation;
use crate::params::Params;
use crate::sign::{self, sha256_hex, KeyCache, Scope};
use crate::text;
use crate::validate::Checks;

/// Built-in listeners that are there; those of `validate` that look for credentials, and the only ones of `build` and `sign`,
/// have the first bit, and nothing more to tell.
const VALIDATE_REGION: u32 = 2;
const VALIDATE_PARAMETERS: u32 = 4;
const COMPUTE_SHA256: u32 = 1;
const SET_CONTENT_LENGTH: u32 = 2;
const SET_HTTP_HOST: u32 = 4;
const UNSET_CONTENT_LENGTH: u32 = 8;

const CONTENT_LENGTH: &str = "Content-Length";
const CONTENT_TYPE: &str = "Content-Type";

/// Headers that a signature makes, and so is never over those of before, as v2 writes them.
const MADE: &str = "X-Amz-Content-Sha256 X-Amz-Date x-amz-security-token Authorization Date";

/// By this header, which is not signed, SDK v2 knows that the signature belongs into the URL.
const EXPIRES: &str = "presigned-expires";

/// Checks region and parameters. As in v2 all checks are made, and the last complaint is the one that counts.
///
/// Given: operation; region; names of the optional checks; parameters, or why they cannot be read.
pub fn validate(bits: u32, mut given: &str, edit: &mut Edit<'_>) -> Result<(), Error> {
    let (name, region, checks) = (line(&mut given), line(&mut given), line(&mut given));
    let operation = find(name)?;
    if bits & VALIDATE_PARAMETERS != 0 {
        let asked = |name: &str| text::among(checks, b' ', name);
        let checks = Checks { min: asked("min"), max: asked("max"), pattern: asked("pattern"), texts: asked("enum") };
        call::prepare(&operation, readable(bits, given)?, Some(checks))?;
    }
    if bits & VALIDATE_REGION != 0 && !is_host_label(region) {
        let problem = if region.is_empty() { "Missing region in config" } else { "Invalid region in config" };
        return Err(Error::new("ConfigError", problem));
    }
    refused(bits, edit);
    Ok(())
}

fn find(name: &str) -> Result<Operation, Error> {
    SERVICE.find(name).ok_or_else(|| Error::new("UnknownOperation", text::say("There is no operation '~'", &[name])))
}

fn readable(bits: u32, given: &str) -> Result<Params<'_>, Error> {
    if bits & UNREADABLE != 0 {
        return Err(Error::unread(given));
    }
    Ok(Params::new(given))
}

/// Whether there are no keys. What came in their place is the error then.
fn refused(bits: u32, edit: &mut Edit<'_>) -> bool {
    let refused = bits & REFUSED != 0;
    if refused {
        edit.number("refused", 1);
    }
    refused
}

/// Makes method, path and body.
///
/// Given: operation; path of the endpoint; headers; parameters, or why they cannot be read.
pub fn build<'t>(bits: u32, mut given: &'t str, edit: &mut Edit<'_>) -> Result<Cow<'t, str>, Error> {
    let (name, mut base, headers) = (line(&mut given), line(&mut given), headers(&mut given));
    let operation = find(name)?;
    let encoded = call::prepare(&operation, readable(bits, given)?, None)?;
    call::complete(&operation, &encoded)?;
    while let Some(shorter) = text::strip_end(base, "/") {
        base = shorter;
    }
    let mut path = text::join(&[base, &encoded.path]);
    if let Some(query) = &encoded.query {
        text::push(&mut path, &["?", query]);
    }
    edit.open("request");
    edit.text("method", operation.method);
    edit.text("path", &path);
    edit.close();
    let Some(body) = encoded.body else { return Ok(Cow::Borrowed("")) };
    edit.number("body", 1);
    if value(headers, CONTENT_TYPE).is_none() {
        edit.open("headers");
        edit.text(CONTENT_TYPE, "application/json");
        edit.close();
    }
    Ok(body)
}

/// Adds headers that follow from the request; `length` is that of a body that is no text.
///
/// Given: method; host; headers; body.
pub fn complete(bits: u32, length: f64, mut given: &str, edit: &mut Edit<'_>) {
    let (method, host, headers) = (line(&mut given), line(&mut given), headers(&mut given));
    let has_length = bits & UNSET_CONTENT_LENGTH == 0 || !text::among("GET HEAD DELETE", b' ', method);
    if !has_length {
        text::tell(edit.list("drop"), "[\"~\"]", &[CONTENT_LENGTH]);
    }
    edit.open("headers");
    if bits & COMPUTE_SHA256 != 0 {
        edit.text("X-Amz-Content-Sha256", &sha256_hex(given.as_bytes()));
    }
    if bits & SET_CONTENT_LENGTH != 0 && has_length && value(headers, CONTENT_LENGTH).is_none() {
        // The length of something in memory.
        #[allow(clippy::cast_possible_truncation)]
        let length = if length >= 0.0 { length as i64 } else { i64::try_from(given.len()).unwrap_or(0) };
        edit.number(CONTENT_LENGTH, length);
    }
    if bits & SET_HTTP_HOST != 0 {
        edit.text("Host", host);
    }
    edit.close();
}

/// Signs, at the moment `now`: by headers or, with [`EXPIRES`], by a query string.
///
/// Given: key id; secret; token; region; signing name; method; path; headers; body.
pub fn sign(bits: u32, now: i64, mut given: &str, keys: &mut KeyCache, edit: &mut Edit<'_>) -> Result<(), Error> {
    if refused(bits, edit) {
        return Ok(());
    }
    let mut parts = [""; 7];
    for part in &mut parts {
        *part = line(&mut given);
    }
    let [id, secret, token, region, service, method, path] = parts;
    let credentials = Credentials::new(id, secret, Some(token).filter(|token| !token.is_empty()));
    if let Some(problem) = credentials.problem() {
        return Err(problem);
    }
    let mut signed = Vec::with_capacity(8);
    let mut expires = None;
    let mut old = String::from("[");
    loop {
        let (name, value) = header(&mut given);
        if name.is_empty() {
            break;
        }
        if made(name).is_some() {
            old.push_str(if old.len() > 1 { "," } else { "" });
            quote(&mut old, name);
        } else if let Some(value) = value {
            if name == EXPIRES {
                expires = Some(value);
            } else {
                signed.push((name, value));
            }
        } else {
            let message = text::say("Header ~ contains invalid value", &[&text::lower(name)]);
            return Err(Error::new("InvalidHeader", &message));
        }
    }
    text::push(edit.list("drop"), &[&old, "]"]);
    let (path, query) = text::cut(path, b'?').unwrap_or((path, ""));
    let request = sign::Request { method, path, query, headers: &signed, body: given };
    let scope = Scope { region, service };
    if let Some(seconds) = expires {
        let query = sign::presign(request, &credentials, scope, now, seconds, keys);
        edit.open("request");
        edit.text("path", &text::join(&[path, "?", &query]));
    } else {
        edit.number("signed", 1);
        edit.open("headers");
        for header in sign::sign(request, &credentials, scope, now, keys) {
            edit.text(made(header.name).unwrap_or(header.name), &header.value);
        }
    }
    edit.close();
    Ok(())
}

/// How v2 writes a header that a signature makes; nothing for another one.
#[inline(never)]
fn made(name: &str) -> Option<&'static str> {
    let mut rest = Some(MADE);
    while let Some(one) = text::next(&mut rest, b' ') {
        if one.eq_ignore_ascii_case(name) {
            return Some(one);
        }
    }
    None
}
