//! What goes wrong, as data: a code to switch on, a sentence, and what is known besides.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::{Deref, DerefMut};

use crate::json::Reader;
use crate::validate::{Report, Violation};
use crate::{number, text};

/// An error of one call: a thin handle, for most functions return it and few calls have one. Its [`Facts`] are its fields.
#[derive(Clone, Default, PartialEq)]
pub struct Error(Box<Facts>);

/// What is known of an error.
#[derive(Debug, Clone, Default, PartialEq)]
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
        Error(Box::new(Facts { code: Cow::Borrowed(code), message: String::from(message), ..Facts::default() }))
    }

    /// The error for parameters that break rules; nothing if none is broken.
    #[must_use]
    pub fn violations(report: Report) -> Option<Self> {
        let mut violations = report.violations;
        if violations.len() < 2 {
            return violations.pop().map(|one| Error::new(one.code, &one.message));
        }
        let count = |count: usize| number::text(i64::try_from(count).unwrap_or(i64::MAX));
        let mut message =
            text::join(&["There were ", &count(violations.len() + report.omitted), " validation errors:"]);
        for violation in &violations {
            text::push(&mut message, &["\n* ", violation.code, ": ", &violation.message]);
        }
        if report.omitted > 0 {
            text::tell(&mut message, "\n* and ~ more", &[&count(report.omitted)]);
        }
        let mut error = Error::new("MultipleValidationErrors", &message);
        error.errors = violations;
        Some(error)
    }

    /// The error for missing or unusable credentials, with v2's text; `why` says more.
    #[must_use]
    pub fn credentials(why: &str) -> Self {
        let text = "Missing credentials in config, if using AWS_CONFIG_FILE, set AWS_SDK_LOAD_CONFIG=1";
        let mut error = Error::new("CredentialsError", text);
        error.original = Some(("CredentialsError", why.to_string()));
        error.hint = Some("Give the client `credentials`: an object with accessKeyId and secretAccessKey, or an async function that returns one.".into());
        error
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

/// How AWS's front end begins its refusals, and their codes. A page cannot read the header that has the code unless the
/// service exposes it, and the clock and the credentials must be mended there, too.
const TOLD: [(&str, &str); 5] = [
    ("Signature expired", "InvalidSignatureException"),
    ("Signature not yet current", "InvalidSignatureException"),
    ("The request signature we calculated", "InvalidSignatureException"),
    ("The security token included in the request is expired", "ExpiredTokenException"),
    ("The security token included in the request is invalid", "UnrecognizedClientException"),
];

/// Reads an error answer. `kind` is the header `x-amzn-errortype`, `reason` the status text.
///
/// The body's `__type`, `code` or `Code` beats the header; the text is in `message`, `Message`, or, where IVS puts it
/// and other SDKs do not look, in `exceptionMessage`.
#[must_use]
pub fn from_answer(status: u16, kind: Option<&str>, reason: &str, body: &str) -> Error {
    let mut rest = kind;
    let mut code = text::next(&mut rest, b':').filter(|code| !code.is_empty()).unwrap_or("UnknownError");
    let mut error = Error(Box::new(Facts { status: Some(status), ..Facts::default() }));
    let members = members(body);
    if let Some(Members { kind, text, is_object }) = &members {
        if let Some(kind) = kind {
            code = text::cut_last(kind, b'#').map_or(kind.as_str(), |(_, code)| code);
        }
        // Answers of gateways on the way have no text; the status is better than nothing.
        error.message = text.clone().unwrap_or_else(|| no_text(status, code));
        error.body = is_object.then(|| String::from(body));
    } else if body.is_empty() {
        error.message = number::text(i64::from(status));
    } else {
        error.message = if reason.is_empty() { no_text(status, code) } else { String::from(reason) };
        if text::byte(text::trim_start(body), 0) == b'<' {
            error.hint =
                Some("The answer is a web page, not one of IVS. Check `endpoint`, and proxies on the way.".into());
        }
    }
    if status == 403 && code == "UnknownError" {
        if let Some((_, told)) = TOLD.iter().find(|(start, _)| text::starts(&error.message, start)) {
            code = told;
        }
    }
    if code == "RequestEntityTooLarge" {
        error.message = "Request body must be less than 1 MB".into();
    }
    error.code = Cow::Owned(String::from(code));
    error
}

fn no_text(status: u16, code: &str) -> String {
    let (and, code) = if code == "UnknownError" { ("", "") } else { (" and ", code) };
    let status = number::text(i64::from(status));
    text::join(&["The service answered with status ", &status, and, code, ", and no text"])
}

/// What an error body says.
struct Members {
    kind: Option<String>,
    text: Option<String>,
    is_object: bool,
}

/// The members that say it, those first that count most.
const KINDS: &str = "__type code Code";
const TEXTS: &str = "message Message exceptionMessage";

/// Nothing if the body is not JSON, is null, or has no text as its type: v2 then goes by the status alone.
fn members(body: &str) -> Option<Members> {
    let mut reader = Reader::new(body);
    let first = reader.peek();
    reader.skip();
    if reader.end().is_err() || first == b'n' {
        return None;
    }
    let is_object = first == b'{';
    let (kind, text) = if is_object { (member(body, KINDS, false)?, member(body, TEXTS, true)?) } else { (None, None) };
    Some(Members { kind, text, is_object })
}

/// The text of the first of these members that is there. A text that is no string is shown as it stands where `any`
/// value will do; otherwise the outer nothing says that there is one.
#[inline(never)]
fn member(body: &str, names: &str, any: bool) -> Option<Option<String>> {
    let mut rest = Some(names);
    while let Some(name) = text::next(&mut rest, b' ') {
        let mut found = None;
        let mut reader = Reader::new(body);
        reader.open(b'{');
        while let Some(key) = reader.key() {
            let is_text = reader.peek() == b'"';
            let value = reader.skip();
            if !key.is(name) {
                continue;
            }
            found = match value {
                _ if is_text => Some(Reader::new(value).string().text().into_owned()).filter(|text| !text.is_empty()),
                "null" => None,
                _ if any => Some(String::from(value)),
                "false" | "0" => None,
                _ => return None,
            };
        }
        if found.is_some() {
            return Some(found);
        }
    }
    Some(None)
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
            ("", "400"),
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
