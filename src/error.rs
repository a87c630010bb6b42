//! What goes wrong, as data: a code to switch on, a sentence, and what is known besides.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::json::Reader;
use crate::number::push_integer;
use crate::validate::{Report, Violation};

/// An error of one call.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Error {
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
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Error { code: Cow::Borrowed(code), message: message.into(), ..Error::default() }
    }

    /// The error for parameters that break rules; nothing if none is broken.
    #[must_use]
    pub fn violations(report: Report) -> Option<Self> {
        let mut violations = report.violations;
        if violations.len() < 2 {
            return violations.pop().map(|one| Error::new(one.code, one.message));
        }
        let mut message = String::from("There were ");
        push_integer(&mut message, i64::try_from(violations.len() + report.omitted).unwrap_or(i64::MAX));
        message.push_str(" validation errors:");
        for violation in &violations {
            for part in ["\n* ", violation.code, ": ", &violation.message] {
                message.push_str(part);
            }
        }
        if report.omitted > 0 {
            message.push_str("\n* and ");
            push_integer(&mut message, i64::try_from(report.omitted).unwrap_or(i64::MAX));
            message.push_str(" more");
        }
        Some(Error { errors: violations, ..Error::new("MultipleValidationErrors", message) })
    }

    /// The error for missing or unusable credentials, with v2's text; `why` says more.
    #[must_use]
    pub fn credentials(why: &str) -> Self {
        let text = "Missing credentials in config, if using AWS_CONFIG_FILE, set AWS_SDK_LOAD_CONFIG=1";
        Error {
            original: Some(("CredentialsError", why.to_string())),
            hint: Some("Give the client `credentials`: an object with accessKeyId and secretAccessKey, or an async function that returns one.".into()),
            ..Error::new("CredentialsError", text)
        }
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
    let mut code = kind
        .and_then(|kind| kind.split(':').next())
        .filter(|code| !code.is_empty())
        .unwrap_or("UnknownError")
        .to_string();
    let mut error = Error { status: Some(status), ..Error::default() };
    let members = members(body);
    if let Some(Members { kind, texts, is_object }) = members {
        if let Some(kind) = kind {
            code = kind.rsplit('#').next().unwrap_or("").to_string();
        }
        // Answers of gateways on the way have no text; the status is better than nothing.
        error.message = texts.into_iter().flatten().next().unwrap_or_else(|| no_text(status, &code));
        error.body = is_object.then(|| body.to_string());
    } else if body.is_empty() {
        push_integer(&mut error.message, i64::from(status));
    } else {
        error.message = if reason.is_empty() { no_text(status, &code) } else { reason.to_string() };
        if body.trim_start().starts_with('<') {
            error.hint =
                Some("The answer is a web page, not one of IVS. Check `endpoint`, and proxies on the way.".into());
        }
    }
    if status == 403 && code == "UnknownError" {
        if let Some((_, told)) = TOLD.iter().find(|(text, _)| error.message.starts_with(text)) {
            code = (*told).to_string();
        }
    }
    if code == "RequestEntityTooLarge" {
        error.message = "Request body must be less than 1 MB".into();
    }
    error.code = Cow::Owned(code);
    error
}

fn no_text(status: u16, code: &str) -> String {
    let mut text = String::from("The service answered with status ");
    push_integer(&mut text, i64::from(status));
    if code != "UnknownError" {
        text.push_str(" and ");
        text.push_str(code);
    }
    text.push_str(", and no text");
    text
}

/// What an error body says.
struct Members {
    kind: Option<String>,
    /// `message`, `Message`, `exceptionMessage`.
    texts: [Option<String>; 3],
    is_object: bool,
}

/// Nothing if the body is not JSON, is null, or has no text as its type: v2 then goes by the status alone.
fn members(body: &str) -> Option<Members> {
    let mut reader = Reader::new(body);
    reader.skip().ok()?;
    reader.end().ok()?;
    let mut reader = Reader::new(body);
    let first_byte = reader.peek();
    let mut found = Members { kind: None, texts: [None, None, None], is_object: first_byte == b'{' };
    if !found.is_object {
        return (first_byte != b'n').then_some(found);
    }
    let mut kinds: [Option<String>; 3] = [None, None, None];
    reader.open(b'{').ok()?;
    let mut first = true;
    while let Ok(Some(key)) = reader.key(&mut first) {
        let key = key.text();
        let place = |names: [&str; 3]| names.iter().position(|name| *name == key);
        let of_kind = place(["__type", "code", "Code"]);
        let slot = match (of_kind, place(["message", "Message", "exceptionMessage"])) {
            (Some(at), _) => kinds.get_mut(at),
            (_, Some(at)) => found.texts.get_mut(at),
            _ => None,
        };
        let is_text = reader.peek() == b'"';
        match slot {
            Some(slot) if is_text => {
                *slot = reader.string().ok().map(|text| text.text().into_owned()).filter(|text| !text.is_empty())
            }
            slot => {
                let text = reader.skip().ok()?;
                if of_kind.is_some() && !matches!(text, "null" | "false" | "0") {
                    return None;
                }
                // A text that is no string is shown as it stands, rather than lost.
                if let Some(slot) = slot.filter(|_| text != "null" && of_kind.is_none()) {
                    *slot = Some(text.to_string());
                }
            }
        }
    }
    found.kind = kinds.into_iter().flatten().next();
    Some(found)
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
