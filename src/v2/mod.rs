//! What `ivs-wasm/v2` asks of the core: the steps of a request of SDK v2, one by one. Between them JavaScript runs the
//! listeners of the application, which may change whatever they like; so every step is given all that it needs, as text,
//! and gives back text. Nothing here waits, and nothing is kept but signing keys.

#[cfg(all(target_arch = "wasm32", feature = "v2"))]
mod exports;
mod states;

use alloc::string::String;
use alloc::vec::Vec;

pub use states::State;

use crate::call;
use crate::course;
use crate::credentials::Credentials;
use crate::endpoint::is_host_label;
use crate::error::{from_answer, Error};
use crate::http::Loss;
use crate::json::quote;
use crate::model::ivs::SERVICE;
use crate::number::push_integer;
use crate::params::Params;
use crate::retry::{self, Decision, Mode, Policy, Quota, Trouble};
use crate::sign::{self, sha256_hex, KeyCache, Scope};
use crate::text;
use crate::validate::Checks;

/// Answers a question. The text has one part a line, and the last part, which may have lines of its own, behind them.
///
/// | | number | text | answer |
/// |---|---|---|---|
/// | 0 check | bits: 2 region, 4 parameters, 8 to 64 min, max, pattern, enum | operation, region, parameters | |
/// | 1 build | | operation, parameters | method, path; body, if there is one |
/// | 2 hash | | body | its SHA-256 |
/// | 3 sign | time in ms | key id, secret, token, region, signing name, method, path, headers; body | headers as JSON; for the header `presigned-expires` a query string |
/// | 4 decode | | operation, headers; body | places of timestamps; result as JSON |
/// | 5 refusal | status | type of error, status text; body | an error |
/// | 6 loss | ms of the limit | 1 time, 2 abort, 4 length, or 3; what was thrown | an error |
/// | 7 traits | status | code, message | bits, see [`traits`] |
///
/// Headers are `name:value` each, and end with an empty line; one without a colon has no value.
///
/// # Errors
/// What is wrong with the request, or with the answer of the service.
pub fn answer(question: u32, number: f64, given: &str, keys: &mut KeyCache, out: &mut String) -> Result<(), Error> {
    let mut rest = given;
    // Bits, a status, or a moment: whole numbers far below 2^53.
    #[allow(clippy::cast_possible_truncation)]
    let whole = number as i64;
    let status = u16::try_from(whole).unwrap_or(0);
    let first = if question == 2 || question == 3 { "" } else { line(&mut rest) };
    match question {
        0 => return check(whole, first, line(&mut rest), rest),
        1 => return build(first, rest, out),
        2 => out.push_str(&sha256_hex(rest.as_bytes())),
        3 => return signed(whole, rest, keys, out),
        4 => return decoded(first, rest, out),
        5 => {
            let reason = line(&mut rest);
            return Err(from_answer(status, Some(first), reason, rest));
        }
        6 => {
            let loss = match text::byte(first, 0) {
                b'1' => Loss::Timeout(number),
                b'2' => Loss::Aborted,
                b'4' => Loss::TooLong,
                _ => Loss::Network(String::from(rest)),
            };
            return Err(call::lost(loss).0);
        }
        _ => push_integer(out, traits(first, rest, status)),
    }
    Ok(())
}

/// Takes the next line.
#[inline(never)]
fn line<'t>(rest: &mut &'t str) -> &'t str {
    let (line, after) = text::cut(rest, b'\n').unwrap_or((rest, ""));
    *rest = after;
    line
}

fn check(bits: i64, operation: &str, region: &str, params: &str) -> Result<(), Error> {
    let asks = |bit: i64| bits & bit != 0;
    if let Some(operation) = SERVICE.find(operation).filter(|_| asks(4)) {
        let checks = Checks { min: asks(8), max: asks(16), pattern: asks(32), texts: asks(64) };
        call::prepare(&operation, Params::new(params), Some(checks))?;
    }
    if asks(2) && !is_host_label(region) {
        let problem = if region.is_empty() { "Missing region in config" } else { "Invalid region in config" };
        return Err(Error::new("ConfigError", problem));
    }
    Ok(())
}

fn build(operation: &str, params: &str, out: &mut String) -> Result<(), Error> {
    let Some(operation) = SERVICE.find(operation) else { return Ok(()) };
    let encoded = call::prepare(&operation, Params::new(params), None)?;
    call::complete(&operation, &encoded)?;
    text::push(out, &[operation.method, "\n", &encoded.path]);
    if let Some(query) = &encoded.query {
        text::push(out, &["?", query]);
    }
    if let Some(body) = &encoded.body {
        text::push(out, &["\n", body]);
    }
    Ok(())
}

fn signed(now: i64, mut rest: &str, keys: &mut KeyCache, out: &mut String) -> Result<(), Error> {
    let mut parts = [""; 7];
    for part in &mut parts {
        *part = line(&mut rest);
    }
    let [id, secret, token, region, service, method, path] = parts;
    let credentials = Credentials::new(id, secret, Some(token).filter(|token| !token.is_empty()));
    if let Some(problem) = credentials.problem() {
        return Err(problem);
    }
    let mut headers = Vec::with_capacity(8);
    let mut expires = None;
    loop {
        let header = line(&mut rest);
        match text::cut(header, b':') {
            Some(("presigned-expires", seconds)) => expires = Some(seconds),
            Some(header) => headers.push(header),
            None if header.is_empty() => break,
            None => {
                let message = text::say("Header ~ contains invalid value", &[&text::lower(header)]);
                return Err(Error::new("InvalidHeader", &message));
            }
        }
    }
    let (path, query) = text::cut(path, b'?').unwrap_or((path, ""));
    let request = sign::Request { method, path, query, headers: &headers, body: rest };
    let scope = Scope { region, service };
    if let Some(seconds) = expires {
        out.push_str(&sign::presign(request, &credentials, scope, now, seconds, keys));
        return Ok(());
    }
    let mut json = Json(out);
    for header in sign::sign(request, &credentials, scope, now, keys) {
        json.text(header.name, &header.value);
    }
    json.end();
    Ok(())
}

fn decoded(operation: &str, rest: &str, out: &mut String) -> Result<(), Error> {
    let Some(operation) = SERVICE.find(operation) else { return Ok(()) };
    let mut body = rest;
    while !line(&mut body).is_empty() {}
    let header = |name: &str| {
        let mut rest = rest;
        loop {
            let (found, value) = text::cut(line(&mut rest), b':')?;
            if found == name {
                return Some(String::from(value));
            }
        }
    };
    let json = course::decoded(&operation, body, &header)?;
    text::push(out, &[operation.timestamps, "\n", &json]);
    Ok(())
}

/// What kind of error it is. Bit 0: retryable. 1: throttled. 2: expired credentials. 3: the clock may be wrong. 4: an
/// expired signature.
fn traits(code: &str, message: &str, status: u16) -> i64 {
    let throttled = retry::trouble(Mode::Legacy, status, code, message) == Trouble::Throttling;
    let lost = text::among("NetworkingError TimeoutError ExpiredTokenException", b' ', code);
    let signature = text::find(code, "Signature").is_some() && text::find(message, "expired").is_some();
    i64::from(lost || throttled || status >= 500)
        | i64::from(throttled) << 1
        | i64::from(retry::is_expired(code)) << 2
        | i64::from(retry::may_be_skew(code)) << 3
        | i64::from(signature) << 4
}

/// The delay before retry number `retry` (from 0), in milliseconds; `random` is from 0 up to 1.
#[must_use]
pub fn delay(retry: u32, base: Option<f64>, random: f64) -> f64 {
    let policy = Policy { mode: Mode::Legacy, attempts: u32::MAX, base, repeat_creates: true };
    match policy.decide(retry.saturating_add(1), Trouble::Transient, true, &mut Quota::default(), random, None) {
        Decision::Again { delay, .. } => delay,
        Decision::Stop(_) => 0.0,
    }
}

/// Writes an error as js/errors.js takes it: what is behind it as objects with code and message.
pub fn describe(error: &Error, out: &mut String) {
    let mut json = Json(out);
    json.text("code", &error.code);
    json.text("message", &error.message);
    if let Some(status) = error.status {
        json.key("statusCode");
        push_integer(json.0, i64::from(status));
    }
    for (name, value) in [("hint", &error.hint), ("body", &error.body)] {
        if let Some(value) = value {
            json.text(name, value);
        }
    }
    json.key("originalError");
    match &error.original {
        Some((code, message)) => json.pair(code, message),
        None => json.0.push_str("null"),
    }
    json.key("errors");
    json.0.push_str("[");
    for (i, violation) in error.errors.iter().enumerate() {
        if i > 0 {
            json.0.push_str(",");
        }
        json.pair(violation.code, &violation.message);
    }
    json.0.push_str("]");
    json.end();
}

/// A JSON object in the making.
struct Json<'o>(&'o mut String);

impl Json<'_> {
    fn key(&mut self, name: &str) {
        let start = if self.0.is_empty() { "{" } else { "," };
        text::push(self.0, &[start, "\"", name, "\":"]);
    }

    #[inline(never)]
    fn text(&mut self, name: &str, value: &str) {
        self.key(name);
        quote(self.0, value);
    }

    #[inline(never)]
    fn pair(&mut self, code: &str, message: &str) {
        text::push(self.0, &["{\"code\":\"", code, "\",\"message\":"]);
        quote(self.0, message);
        self.0.push_str("}");
    }

    fn end(&mut self) {
        self.0.push_str("}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(question: u32, number: f64, parts: &[&str]) -> Result<String, Error> {
        let mut out = String::new();
        answer(question, number, &parts.join("\n"), &mut KeyCache::default(), &mut out).map(|()| out)
    }

    fn code(answer: Result<String, Error>) -> String {
        answer.unwrap_or_else(|error| error.code.clone().into_owned())
    }

    fn described(error: &Error) -> String {
        let mut out = String::new();
        describe(error, &mut out);
        out
    }

    #[test]
    fn the_last_complaint_of_v2_is_the_one_that_counts() {
        assert_eq!(code(ask(0, 6.0, &["getChannel", "us-west-2", "{\"arn\":\"arn:aws:x\"}"])), "");
        assert_eq!(code(ask(0, 6.0, &["getChannel", "", "{}"])), "MissingRequiredParameter");
        assert_eq!(code(ask(0, 6.0, &["getChannel", "a b", "{\"arn\":\"a\"}"])), "ConfigError");
        assert_eq!(code(ask(0, 4.0, &["getChannel", "", "{\"arn\":\"a\"}"])), "");
        assert_eq!(code(ask(0, 2.0, &["getChannel", "us-west-2", "{}"])), "");
    }

    #[test]
    fn a_request_is_made_of_parameters() {
        let made = ask(1, 0.0, &["getChannel", "{\n\"arn\":\"a\"}"]).unwrap();
        assert!(made.starts_with("POST\n/GetChannel\n{"), "{made}");
        assert_eq!(ask(1, 0.0, &["listTagsForResource", "{\"resourceArn\":\"a/b\"}"]).unwrap(), "GET\n/tags/a%2Fb");
        assert_eq!(code(ask(1, 0.0, &["listTagsForResource", "{}"])), "UriParameterError");
        assert_eq!(ask(1, 0.0, &["noSuchThing", "{}"]).unwrap(), "");
    }

    #[test]
    fn a_signature_covers_headers_and_body() {
        let parts =
            ["AKID", "secret", "", "us-west-2", "ivs", "POST", "/GetChannel", "host:h.example", "x-a:b:c", "", "{\n}"];
        let made = ask(3, 1_704_164_645_000.0, &parts).unwrap();
        assert!(made.contains("SignedHeaders=host;x-a;x-amz-content-sha256;x-amz-date,"), "{made}");
        assert!(made.contains(&sha256_hex(b"{\n}")), "{made}");
        let parts = ["AKID", "secret", "", "us-west-2", "ivs", "POST", "/", "X-Empty", "", ""];
        let error = ask(3, 0.0, &parts).unwrap_err();
        assert_eq!(error.message, "Header x-empty contains invalid value");
        assert_eq!(code(ask(3, 0.0, &["", "", "", "", "", "", "", "", ""])), "CredentialsError");
        let parts =
            ["AKID", "secret", "", "us-west-2", "ivs", "GET", "/a?b=c", "presigned-expires:60", "host:h", "", ""];
        let query = ask(3, 0.0, &parts).unwrap();
        assert!(query.contains("&X-Amz-Expires=60&X-Amz-Signature="), "{query}");
        assert!(query.ends_with("&X-Amz-SignedHeaders=host&b=c"), "{query}");
    }

    #[test]
    fn results_and_refusals_are_read() {
        let made = ask(4, 0.0, &["getStream", "date:x", "", "{\"stream\":{\"state\":\"LIVE\",\"new\":1}}"]).unwrap();
        assert_eq!(made, "stream.startTime\n{\"stream\":{\"state\":\"LIVE\"}}");
        assert_eq!(code(ask(4, 0.0, &["getStream", "", "{"])), "SyntaxError");
        let refusal =
            ask(5, 404.0, &["ResourceNotFoundException:x", "", "{\"exceptionMessage\":\"gone\"}"]).unwrap_err();
        assert_eq!(
            described(&refusal),
            r#"{"code":"ResourceNotFoundException","message":"gone","statusCode":404,"body":"{\"exceptionMessage\":\"gone\"}","originalError":null,"errors":[]}"#
        );
        let lost = |why| code(ask(6, 20.0, &[why, "a\nb"]));
        assert_eq!(
            [lost("3"), lost("1"), lost("2"), lost("4")],
            ["NetworkingError", "TimeoutError", "RequestAbortedError", "ResponseTooLarge"]
        );
    }

    #[test]
    fn errors_keep_what_is_behind_them() {
        let several = ask(0, 4.0, &["createChannel", "", "{\"name\":1,\"type\":2}"]).unwrap_err();
        let text = described(&several);
        assert!(text.contains(",\"errors\":[{\"code\":\"InvalidParameterType\",\"message\":\""), "{text}");
        assert!(text.ends_with("\"}]}"), "{text}");
        let text = described(&Error::credentials("why"));
        assert!(
            text.ends_with(",\"originalError\":{\"code\":\"CredentialsError\",\"message\":\"why\"},\"errors\":[]}"),
            "{text}"
        );
    }

    #[test]
    fn the_traits_of_errors() {
        let bits = |code, message, status| ask(7, status, &[code, message]).unwrap();
        assert_eq!(bits("X", "", 400.0), "0");
        assert_eq!(bits("X", "", 500.0), "1");
        assert_eq!(bits("ThrottlingException", "", 400.0), "3");
        assert_eq!(bits("RequestExpired", "", 400.0), "12");
        assert_eq!(bits("InvalidSignatureException", "Signature expired: now", 403.0), "24");
        assert_eq!(bits("ExpiredTokenException", "", 403.0), "5");
    }

    #[test]
    fn delays_double() {
        assert_eq!([delay(0, None, 1.0), delay(3, None, 0.5), delay(1, Some(7.0), 1.0)], [100.0, 400.0, 14.0]);
    }
}
