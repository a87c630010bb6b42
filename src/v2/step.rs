//! A step of a request: what is given, and the answer in the making.
//!
//! The answer is an object of JSON in one line, and a text behind it:
//!
//! | in the object | what JavaScript does |
//! |---|---|
//! | `request`, `response` | sets these fields of the request's `httpRequest`, of its response |
//! | `drop`, `headers` | takes headers away, sets headers |
//! | `body` | takes the text for the body of the request |
//! | `signed` | writes down when |
//! | `dates` | takes the text for the result, which has timestamps at these places |
//! | `raw` | takes the text for the result, as it is |
//! | `error` | takes the text for an error |
//! | `fields` | sets these fields of that error |
//! | `refused` | takes for the error what came in place of keys |
//! | `thrown` | merges that error with what listeners throw after it, as v2 does with errors that are thrown and not just set |
//! | `requestId` | sets it in the response, and in the error if there is one |

use alloc::string::String;

use super::given;
use crate::error::Error;
use crate::json::quote;
use crate::number::push_integer;
use crate::text;

/// A step under way.
#[derive(Debug)]
pub struct Step<'t, 'o> {
    /// Which built-in listeners are there, and how it stands.
    pub bits: u32,
    /// The parts that were not yet read.
    pub given: &'t str,
    /// The answer: members of an object, each with a comma behind it.
    pub out: &'o mut String,
}

impl<'t> Step<'t, '_> {
    /// Whether one of these is there.
    pub const fn has(&self, bits: u32) -> bool {
        self.bits & bits != 0
    }

    /// The next part.
    pub fn line(&mut self) -> &'t str {
        given::line(&mut self.given)
    }

    /// The headers.
    #[inline(never)]
    pub fn headers(&mut self) -> &'t str {
        let all = self.given;
        while !given::header(&mut self.given).0.is_empty() {}
        all
    }

    /// Writes as it stands.
    #[inline(never)]
    pub fn put(&mut self, json: &str) {
        self.out.push_str(json);
    }

    /// Writes a template, in which each `~` stands for the next of `parts`, a text.
    #[inline(never)]
    pub fn say(&mut self, template: &str, parts: &[&str]) {
        let mut rest = Some(template);
        let mut parts = parts.iter();
        while let Some(constant) = text::next(&mut rest, b'~') {
            self.put(constant);
            if let (Some(_), Some(part)) = (rest, parts.next()) {
                quote(self.out, part);
            }
        }
    }

    /// Ends an object or a list, and what is behind it.
    #[inline(never)]
    pub fn close(&mut self, end: &str) {
        if self.out.as_bytes().last() == Some(&b',') {
            self.out.pop();
        }
        self.put(end);
    }

    /// Ends the answer, with a text behind it.
    #[inline(never)]
    pub fn end(&mut self, text: &str) {
        self.close("}\n");
        self.put(text);
    }

    /// Writes an error as js/errors.js takes it, of the same form as the other module gives it; what is not known is left out.
    #[inline(never)]
    pub fn describe(&mut self, error: &Error) {
        self.say("{\"code\":~,\"message\":~,", &[&error.code, &error.message]);
        if let Some(status) = error.status {
            self.put("\"statusCode\":");
            push_integer(self.out, i64::from(status));
            self.put(",");
        }
        if let Some(hint) = &error.hint {
            self.say("\"hint\":~,", &[hint]);
        }
        if let Some(body) = &error.body {
            self.say("\"body\":~,", &[body]);
        }
        if let Some((code, message)) = &error.original {
            self.put("\"originalError\":");
            self.part(code, message);
        }
        self.put("\"errors\":[");
        let mut rest = &error.errors[..];
        while let [violation, more @ ..] = rest {
            self.part(violation.code, &violation.message);
            rest = more;
        }
        self.close("]}");
    }

    /// An error that is behind another one.
    #[inline(never)]
    fn part(&mut self, code: &str, message: &str) {
        self.say("{\"code\":~,\"message\":~},", &[code, message]);
    }
}
