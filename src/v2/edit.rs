//! What the core answers: an object of JSON in one line, and a text behind it.
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

use crate::error::Error;
use crate::json::quote;
use crate::number::push_integer;
use crate::text;

/// An answer in the making.
#[derive(Debug)]
pub struct Edit<'o>(&'o mut String);

impl<'o> Edit<'o> {
    /// Begins the object.
    pub fn new(out: &'o mut String) -> Self {
        out.push_str("{");
        Edit(out)
    }

    #[inline(never)]
    fn key(&mut self, name: &str) {
        let comma = if self.0.as_bytes().last() == Some(&b'{') { "" } else { "," };
        text::tell(self.0, "~\"~\":", &[comma, name]);
    }

    /// Begins an object inside.
    #[inline(never)]
    pub fn open(&mut self, name: &str) {
        self.key(name);
        self.0.push_str("{");
    }

    /// A member that the caller writes.
    pub fn list(&mut self, name: &str) -> &mut String {
        self.key(name);
        self.0
    }

    /// Ends an object.
    pub fn close(&mut self) {
        self.0.push_str("}");
    }

    #[inline(never)]
    pub fn text(&mut self, name: &str, value: &str) {
        self.key(name);
        quote(self.0, value);
    }

    pub fn number(&mut self, name: &str, value: i64) {
        self.key(name);
        push_integer(self.0, value);
    }

    /// Ends the whole object; a text behind it may be appended.
    pub fn end(self) -> &'o mut String {
        self.0.push_str("}\n");
        self.0
    }

    /// An error that is behind another one.
    #[inline(never)]
    fn part(&mut self, code: &str, message: &str) {
        text::tell(self.0, "{\"code\":\"~\",\"message\":", &[code]);
        quote(self.0, message);
        self.close();
    }
}

/// Writes an error as js/errors.js takes it, of the same form as the other module gives it; what is not known is left out.
pub fn describe(error: &Error, out: &mut String) {
    let mut json = Edit::new(out);
    json.text("code", &error.code);
    json.text("message", &error.message);
    if let Some(status) = error.status {
        json.number("statusCode", i64::from(status));
    }
    for (name, value) in [("hint", &error.hint), ("body", &error.body)] {
        if let Some(value) = value {
            json.text(name, value);
        }
    }
    if let Some((code, message)) = &error.original {
        json.key("originalError");
        json.part(code, message);
    }
    json.list("errors").push_str("[");
    for (i, violation) in error.errors.iter().enumerate() {
        if i > 0 {
            json.0.push_str(",");
        }
        json.part(violation.code, &violation.message);
    }
    json.0.push_str("]");
    json.close();
}
