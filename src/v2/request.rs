//! What is done for a request before it is sent: the work of the built-in listeners of v2's states `validate`, `build`,
//! `afterBuild` and `sign`.

use alloc::vec::Vec;
use core::array;

use super::given::{header, value};
use super::step::Step;
use super::{HASHED, REFUSED, UNREADABLE};
use crate::call;
use crate::credentials::Credentials;
use crate::endpoint::is_host_label;
use crate::error::Error;
use crate::model::ivs::SERVICE;
use crate::model::Operation;
use crate::number::push_integer;
use crate::params::Params;
use crate::rest_json::Encoded;
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

/// Headers that a signature makes, and so is never over those of before, as v2 writes them.
const MADE: &str = "X-Amz-Content-Sha256 X-Amz-Date x-amz-security-token Authorization Date";

/// The first of them, which is made ahead of the others, too.
const SHA256: &str = "X-Amz-Content-Sha256";

/// By this header, which is not signed, SDK v2 knows that the signature belongs in the URL.
const EXPIRES: &str = "presigned-expires";

/// Checks region and parameters. As in v2 all checks are made, and the last complaint is the one that counts.
///
/// Given: operation; region; names of the optional checks; parameters, or why they cannot be read.
#[inline(never)]
pub fn validate(step: &mut Step<'_, '_>) -> Result<(), Error> {
    let (name, region, checks) = (step.line(), step.line(), step.line());
    let operation = SERVICE.find(name);
    let Some(operation) = &operation else { return Err(unknown(name)) };
    if step.has(VALIDATE_PARAMETERS) {
        let asked = |name: &str| text::among(checks, b' ', name);
        let checks = Checks { min: asked("min"), max: asked("max"), pattern: asked("pattern"), texts: asked("enum") };
        prepared(step, operation, Some(checks))?;
    }
    if step.has(VALIDATE_REGION) && !is_host_label(region) {
        let problem = if region.is_empty() { "Missing region in config" } else { "Invalid region in config" };
        return Err(Error::new("ConfigError", problem));
    }
    if step.has(REFUSED) {
        step.put("\"refused\":1,");
    }
    step.end("");
    Ok(())
}

#[inline(never)]
fn unknown(name: &str) -> Error {
    Error::new("UnknownOperation", text::say("There is no operation '~'", &[name]))
}

#[inline(never)]
fn prepared<'t>(step: &Step<'t, '_>, operation: &Operation, checks: Option<Checks>) -> Result<Encoded<'t>, Error> {
    if step.has(UNREADABLE) {
        return Err(Error::unread(step.given));
    }
    call::prepare(operation, Params::new(step.given), checks)
}

/// Makes method, path and body.
///
/// Given: operation; path of the endpoint; headers; parameters, or why they cannot be read.
#[inline(never)]
pub fn build(step: &mut Step<'_, '_>) -> Result<(), Error> {
    let (name, mut base, headers) = (step.line(), step.line(), step.headers());
    let operation = SERVICE.find(name);
    let Some(operation) = &operation else { return Err(unknown(name)) };
    let encoded = prepared(step, operation, None)?;
    call::complete(operation, &encoded)?;
    while text::byte(base, base.len().wrapping_sub(1)) == b'/' {
        base = text::part(base, 0, base.len() - 1);
    }
    let (mark, query) = encoded.query.as_ref().map_or(("", ""), |query| ("?", query));
    let path = text::join(&[base, &encoded.path, mark, query]);
    step.say("\"request\":{\"method\":~,\"path\":~},", &[operation.method, &path]);
    let body = encoded.body.as_deref();
    if body.is_some() {
        step.put("\"body\":1,");
        if value(headers, "Content-Type").is_none() {
            step.put("\"headers\":{\"Content-Type\":\"application/json\"},");
        }
    }
    step.end(body.unwrap_or(""));
    Ok(())
}

/// Adds headers that follow from the request; `length` is that of a body that is no text, or below 0.
///
/// Given: method; host; headers; body.
#[inline(never)]
pub fn complete(step: &mut Step<'_, '_>, length: i64) {
    let (method, host, headers) = (step.line(), step.line(), step.headers());
    let body = step.given;
    let has_length = !step.has(UNSET_CONTENT_LENGTH) || !text::among("GET HEAD DELETE", b' ', method);
    if !has_length {
        step.put("\"drop\":[\"Content-Length\"],");
    }
    step.put("\"headers\":{");
    if step.has(COMPUTE_SHA256) {
        step.say("~:~,", &[SHA256, &sha256_hex(body.as_bytes())]);
    }
    if step.has(SET_CONTENT_LENGTH) && has_length && value(headers, "Content-Length").is_none() {
        step.put("\"Content-Length\":");
        push_integer(step.out, if length < 0 { i64::try_from(body.len()).unwrap_or(0) } else { length });
        step.put(",");
    }
    if step.has(SET_HTTP_HOST) {
        step.say("\"Host\":~,", &[host]);
    }
    step.close("},");
    step.end("");
}

/// Signs, at the moment `now`: by headers or, with [`EXPIRES`], by a query string.
///
/// Given: key id; secret; token; region; signing name; method; path; headers; body, unless it is [`HASHED`].
#[inline(never)]
pub fn sign(step: &mut Step<'_, '_>, now: i64, keys: &mut KeyCache) -> Result<(), Error> {
    if step.has(REFUSED) {
        step.put("\"refused\":1,");
        step.end("");
        return Ok(());
    }
    let [id, secret, token, region, service, method, path] = array::from_fn(|_| step.line());
    let credentials = Credentials::new(id, secret, Some(token).filter(|token| !token.is_empty()));
    if let Some(problem) = credentials.problem() {
        return Err(problem);
    }
    let mut signed = Vec::with_capacity(8);
    let mut expires = None;
    let mut hash = None;
    let mut broken = "";
    step.put("\"drop\":[");
    loop {
        let (name, value) = header(&mut step.given);
        if name.is_empty() {
            break;
        }
        if made(name).is_some() {
            step.say("~,", &[name]);
            if name == SHA256 && step.has(HASHED) {
                hash = value;
            }
        } else if let Some(value) = value {
            if name == EXPIRES {
                expires = Some(value);
            } else {
                signed.push((name, value));
            }
        } else if broken.is_empty() {
            broken = name;
        }
    }
    step.close("],");
    if !broken.is_empty() {
        step.out.clear();
        step.put("{");
        return Err(Error::new("InvalidHeader", text::say("Header ~ contains invalid value", &[&text::lower(broken)])));
    }
    let (path, query) = text::cut(path, b'?').unwrap_or((path, ""));
    let request = sign::Request { method, path, query, headers: &signed, body: step.given };
    let scope = Scope { region, service };
    if let Some(seconds) = expires {
        let query = sign::presign(request, &credentials, scope, now, seconds, keys);
        step.say("\"request\":{\"path\":~},", &[&text::join(&[path, "?", &query])]);
    } else {
        step.put("\"signed\":1,\"headers\":{");
        let mut headers = Vec::with_capacity(4);
        let hash = hash.map_or_else(|| sha256_hex(request.body.as_bytes()), text::copy);
        sign::sign_with(request, &hash, &mut headers, &credentials, scope, now, keys);
        for header in &headers {
            step.say("~:~,", &[made(header.name).unwrap_or(""), &header.value]);
        }
        step.close("},");
    }
    step.end("");
    Ok(())
}

/// How v2 writes a header that a signature makes; nothing for another one.
#[inline(never)]
fn made(name: &str) -> Option<&'static str> {
    let mut rest = Some(MADE);
    while let Some(one) = text::next(&mut rest, b' ') {
        // Letters, digits and hyphens, so one bit is the case.
        let mut same = one.len() == name.len();
        let mut at = 0;
        while same && at < one.len() {
            same = (text::byte(one, at) ^ text::byte(name, at)) & !32 == 0;
            at += 1;
        }
        if same {
            return Some(one);
        }
    }
    None
}
