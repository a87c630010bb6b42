//! What goes wrong, as data: a code to switch on, a sentence, and what is known besides.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::{Deref, DerefMut};

use crate::json::Reader;
use crate::validate::{Report, Violation};
use crate::{number, rest_json, text};

/// An error of one call: a thin handle, for most functions return it and few calls have one. Its [`Facts`] are its fields.
#[derive(Clone, Default, PartialEq)]
pub struct Error(Box<Facts>);

/// What is known of an error.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Facts {
    /// The stable name: `ValidationException`, `TimeoutError`, …
    pub code: Cow<'static, str>,
    /// The sentence for people.
    pub message: String,
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
    /// The id that AWS's support asks for, if the answer had one that can be read.
    pub request_id: Option<String>,
    /// Whether the same call may succeed later; nothing for errors made before anything was sent.
    pub retryable: Option<bool>,
    /// The delay that would have come before another attempt, in milliseconds.
    pub retry_delay: Option<f64>,
    /// What to do, where that is known.
    pub hint: Option<String>,
    /// The single violations, where there are several.
    pub errors: Vec<Violation>,
    /// Code and message of the error behind this one.
    pub original: Option<(&'static str, String)>,
    /// How often the request was sent.
    pub attempts: u32,
    /// The time spent waiting between attempts, in milliseconds.
    pub total_delay: f64,
    /// The body of an error answer that is an object.
    pub body: Option<String>,
}

impl Error {
    /// An error made here.
    #[must_use]
    pub fn new(code: &'static str, message: impl AsRef<str>) -> Self {
        Self::of(code, message.as_ref())
    }

    #[inline(never)]
    fn of(code: &'static str, message: &str) -> Self {
        // All of them by name: a default of which some are replaced is made whole first, and dropped in parts.
        Error(Box::new(Facts {
            code: Cow::Borrowed(code),
            message: text::copy(message),
            status: None,
            request_id: None,
            retryable: None,
            retry_delay: None,
            hint: None,
            errors: Vec::new(),
            original: None,
            attempts: 0,
            total_delay: 0.0,
            body: None,
        }))
    }

    /// An error whose message is a sentence, as [`text::say`] makes it.
    #[inline(never)]
    pub(crate) fn say(code: &'static str, template: &str, parts: &[&str]) -> Self {
        let mut error = Self::of(code, "");
        text::tell(&mut error.message, template, parts);
        error
    }

    /// The error for parameters that break rules; nothing if none is broken.
    #[must_use]
    #[inline(always)]
    pub fn violations(report: Report) -> Option<Self> {
        let Report { violations, omitted, .. } = report;
        let first = violations.first()?;
        if violations.len() == 1 {
            return Some(Error::new(first.code, &first.message));
        }
        let count = count(violations.len() + omitted);
        let mut error = Error::say("MultipleValidationErrors", "There were ~ validation errors:", &[&count]);
        for violation in &violations {
            text::tell(&mut error.message, "\n* ~: ~", &[violation.code, &violation.message]);
        }
        if omitted > 0 {
            text::tell(&mut error.message, "\n* and ~ more", &[&self::count(omitted)]);
        }
        error.errors = violations;
        Some(error)
    }

    /// The error for missing or unusable credentials, with v2's text; `why` says more.
    #[must_use]
    pub fn credentials(why: &str) -> Self {
        let text = "Missing credentials in config, if using AWS_CONFIG_FILE, set AWS_SDK_LOAD_CONFIG=1";
        let mut error = Error::new("CredentialsError", text);
        error.original = Some(("CredentialsError", text::copy(why)));
        fill(&mut error.hint, "Give the client `credentials`: an object with accessKeyId and secretAccessKey, or an async function that returns one.");
        error
    }

    /// The error for parameters that could not even be read, for the reason given.
    #[must_use]
    pub fn unread(why: &str) -> Self {
        Error::new(
            "InvalidParameterType",
            text::say("Expected params to be readable, but reading them failed: ~", &[why]),
        )
    }
}

impl Deref for Error {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.0
    }
}

impl DerefMut for Error {
    fn deref_mut(&mut self) -> &mut Facts {
        &mut self.0
    }
}

impl core::fmt::Debug for Error {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}

impl core::fmt::Display for Error {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.code)?;
        f.write_str(": ")?;
        f.write_str(&self.message)
    }
}

impl core::error::Error for Error {}

/// Fills a place with a copy. As a function of its own, for each assignment drops what was there before.
#[inline(never)]
pub(crate) fn fill(place: &mut Option<String>, text: &str) {
    *place = Some(text::copy(text));
}

fn count(count: usize) -> String {
    number::text(i64::try_from(count).unwrap_or(i64::MAX))
}

/// What follows `=` in the first line of `table` that has a beginning of `text` before it; empty if none has.
#[inline(never)]
pub(crate) fn looked_up(table: &'static str, text: &str) -> &'static str {
    let mut lines = Some(table);
    while let Some(line) = text::next(&mut lines, b'\n') {
        let end = text::place(line, b'=');
        if text::starts(text, text::part(line, 0, end)) {
            return text::after(line, end + 1);
        }
    }
    ""
}

/// How AWS's front end begins its refusals, and their codes. A page cannot read the header that has the code unless the
/// service exposes it, and the clock and the credentials must be mended there, too.
const TOLD: &str = "\
Signature expired=InvalidSignatureException
Signature not yet current=InvalidSignatureException
The request signature we calculated=InvalidSignatureException
The security token included in the request is expired=ExpiredTokenException
The security token included in the request is invalid=UnrecognizedClientException";

/// The members of an error body that name the error, and those that explain it; of each three the first counts most.
const NAMES: &str = "__type code Code message Message exceptionMessage";

/// Values, as they stand in the text, that explain nothing, and those that name nothing.
const MUTE: &str = " \"\" null";
const NAMELESS: &str = " \"\" null false 0";

/// The code whose text this library knows better.
pub(crate) const TOO_LARGE: &str = "RequestEntityTooLarge";

const UNKNOWN: &str = "UnknownError";

/// Reads an error answer. `kind` is the header `x-amzn-errortype`, `reason` the status text.
///
/// The body's `__type`, `code` or `Code` beats the header; the text is in `message`, `Message`, or, where IVS puts it
/// and other SDKs do not look, in `exceptionMessage`.
#[must_use]
#[inline(always)]
pub fn from_answer(status: u16, kind: Option<&str>, reason: &str, body: &str) -> Error {
    let mut values = [""; 6];
    let mut name = text::empty();
    let mut reader = Reader::new(body);
    let first = reader.peek();
    if first == b'{' {
        reader.open(first);
        while let Some(key) = reader.key() {
            let value = reader.skip();
            if let Some(slot) = text::index_of(NAMES, b' ', key.read(&mut name)).and_then(|at| values.get_mut(at)) {
                *slot = value;
            }
        }
    } else {
        reader.skip();
    }
    let is_json = reader.end().is_ok() && first != b'n';
    let (kinds, texts) = values.split_at(3);
    let named = first_of(kinds, NAMELESS);
    let told = first_of(texts, MUTE);
    let mut error = Error::new("", "");
    let message = &mut error.message;
    let mut code = text::nth(kind.unwrap_or(""), b':', 0);
    if code.is_empty() {
        code = UNKNOWN;
    }
    // Without JSON, with null, and with a type that is no text v2 goes by the status alone.
    let is_readable = is_json && matches!(text::byte(named, 0), 0 | b'"');
    if is_readable {
        if !named.is_empty() {
            name.clear();
            rest_json::show(&mut name, named);
            code = text::cut_last(&name, b'#').map_or(&name, |(_, code)| code);
        }
        if text::byte(told, 0) == b'"' {
            rest_json::show(message, told);
        } else {
            message.push_str(told);
        }
    } else if !body.is_empty() {
        message.push_str(reason);
    }
    let is_unknown = text::same(code, UNKNOWN);
    if message.is_empty() {
        // Answers of gateways on the way have no text; the status is better than nothing.
        message.push_str("The service answered with status ");
        number::push_integer(message, i64::from(status));
        if !is_unknown {
            message.push_str(" and ");
            message.push_str(code);
        }
        message.push_str(", and no text");
    }
    if status == 403 && is_unknown {
        let told = looked_up(TOLD, message);
        code = if told.is_empty() { code } else { told };
    }
    if text::same(code, TOO_LARGE) {
        message.clear();
        message.push_str("Request body must be less than 1 MB");
    }
    error.code = Cow::Owned(text::copy(code));
    error.status = Some(status);
    if is_readable && first == b'{' {
        fill(&mut error.body, body);
    }
    if first == b'<' {
        fill(&mut error.hint, "What answered is not IVS. Check `endpoint`, and proxies on the way.");
    }
    error
}

/// The first of `values` that is not among the `silent` ones; empty if all are.
#[inline(never)]
fn first_of<'t>(mut values: &[&'t str], silent: &str) -> &'t str {
    while let [value, rest @ ..] = values {
        if !text::among(silent, b' ', value) {
            return value;
        }
        values = rest;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_ivs_reaches_the_message() {
        let error = from_answer(404, Some("ResourceNotFoundException:http://x/"), "", r#"{"exceptionMessage":"gone"}"#);
        assert_eq!(
            (error.code.as_ref(), error.message.as_str(), error.status),
            ("ResourceNotFoundException", "gone", Some(404))
        );
    }

    #[test]
    fn the_body_beats_the_header_and_loses_its_namespace() {
        let error = from_answer(
            400,
            Some("H"),
            "",
            r#"{"__type":"com.amazonaws.ivs#ValidationException:x","message":"bad","Message":"worse"}"#,
        );
        assert_eq!((error.code.as_ref(), error.message.as_str()), ("ValidationException:x", "bad"));
        let error = from_answer(403, None, "", r#"{"Code":"X","Message":"m"}"#);
        assert_eq!((error.code.as_ref(), error.message.as_str()), ("X", "m"));
    }

    #[test]
    fn odd_bodies_still_give_a_sentence() {
        for (body, message) in [
            ("", "The service answered with status 400, and no text"),
            ("<html>x</html>", "Bad Request"),
            ("null", "Bad Request"),
            (r#"{"__type":7,"message":"m"}"#, "Bad Request"),
            ("[1]", "The service answered with status 400, and no text"),
            ("{}", "The service answered with status 400, and no text"),
            (r#"{"message":{"a":1}}"#, r#"{"a":1}"#),
            ("{\"message\":", "Bad Request"),
        ] {
            assert_eq!(from_answer(400, None, "Bad Request", body).message, message, "{body}");
        }
        assert!(from_answer(502, None, "", " <html>").hint.is_some());
        assert_eq!(
            from_answer(413, None, "", r#"{"__type":"RequestEntityTooLarge"}"#).message,
            "Request body must be less than 1 MB"
        );
    }
}
