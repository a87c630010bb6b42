//! Checks parameters against the shape of an operation's input, with v2's rules, texts and order.
//!
//! A structure first reports the required members it lacks, then what is wrong with the members it has, in the
//! caller's order. Limits, patterns and enumerations are checked only when asked for: SDK v2 had the option, but no
//! limits in its model of IVS.

use alloc::string::String;
use alloc::vec::Vec;

use crate::json::{Broken, Quoted, Reader};
use crate::model::{Kind, Place, Shape};
use crate::number;
use crate::params::{self, Params, Token};
use crate::{clock, pattern, text};

/// Which of the optional checks are made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checks {
    /// Least lengths, counts and values.
    pub min: bool,
    /// Greatest lengths, counts and values.
    pub max: bool,
    /// Patterns.
    pub pattern: bool,
    /// Enumerations.
    pub texts: bool,
}

impl Checks {
    const fn any(self) -> bool {
        self.min || self.max || self.pattern || self.texts
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// `MissingRequiredParameter`, `UnexpectedParameter`, `InvalidParameterType`, …
    pub code: &'static str,
    /// A sentence with the path of the parameter.
    pub message: String,
}

/// What a check found.
#[derive(Debug, Default)]
pub struct Report {
    /// What is wrong; at most [`MOST`] of it.
    pub violations: Vec<Violation>,
    /// How much is wrong beyond those.
    pub omitted: usize,
    /// Whether the body is not simply the text: nulls to drop, numbers to cut, marks to take out.
    pub rewrite: bool,
}

/// What is shown in place of a sensitive text.
pub const SENSITIVE: &str = "***SensitiveInformation***";

/// So many violations are told; of a list with a million bad items nobody reads more.
pub const MOST: usize = 1000;

/// Checks `params` against `shape`.
///
/// # Errors
/// When the text is not JSON or nested too deeply; text from `js/params.js` is always JSON.
pub fn validate(shape: Shape, params: Params<'_>, checks: Checks) -> Result<Report, Broken> {
    let mut validator = Validator {
        reader: Reader::new(params.text),
        marked: params.marked,
        checks,
        path: String::from("params"),
        report: Report { rewrite: params.marked, ..Report::default() },
    };
    validator.value(shape, Place::Body);
    validator.reader.end()?;
    Ok(validator.report)
}

const TIMESTAMP: &str = "a Date object, ISO-8601 string, or a UNIX timestamp";

struct Validator<'t> {
    reader: Reader<'t>,
    marked: bool,
    checks: Checks,
    path: String,
    report: Report,
}

impl<'t> Validator<'t> {
    /// Tells what is wrong at the current path: the two parts, the path between them.
    #[inline(never)]
    fn fail(&mut self, code: &'static str, before: &[&str], after: &str) {
        self.insert(self.report.violations.len(), code, before, after);
    }

    #[inline(never)]
    fn insert(&mut self, at: usize, code: &'static str, before: &[&str], after: &str) {
        if self.report.violations.len() < MOST {
            let mut message = text::join(before);
            text::push(&mut message, &[&self.path, after]);
            let at = at.min(self.report.violations.len());
            self.report.violations.insert(at, Violation { code, message });
        } else {
            self.report.omitted += 1;
        }
    }

    #[inline(never)]
    fn wrong_type(&mut self, expected: &str) {
        self.fail("InvalidParameterType", &["Expected "], &text::join(&[" to be ", expected]));
    }

    fn unexpected(&mut self, name: &str) {
        self.fail("UnexpectedParameter", &["Unexpected key '", name, "' found in "], "");
    }

    /// Checks the value that comes next under a longer path.
    #[inline(never)]
    fn below(&mut self, path: &[&str], shape: Shape, place: Place) {
        let length = self.path.len();
        text::push(&mut self.path, path);
        self.value(shape, place);
        self.path.truncate(length);
    }

    #[inline(never)]
    fn value(&mut self, shape: Shape, place: Place) {
        let token = Token::read(&mut self.reader, self.marked);
        self.report.rewrite |= matches!(token, Token::Null);
        match shape.kind() {
            Kind::Structure => self.structure(shape, token),
            Kind::List => self.list(shape, token, place),
            Kind::Map => self.map(shape, token),
            kind => {
                self.skip(token);
                self.scalar(shape, kind, token, place);
            }
        }
    }

    /// Steps over an object or an array of which only the token was read.
    fn skip(&mut self, token: Token<'t>) {
        if matches!(token, Token::Object | Token::Array) {
            self.reader.skip();
        }
    }

    fn structure(&mut self, shape: Shape, token: Token<'t>) {
        let mut at = self.report.violations.len();
        let mut present = 0_u64;
        match token {
            Token::Object => {
                self.reader.open(b'{');
                while let Some(quoted) = self.reader.key() {
                    let (name, own) = params::key(quoted, self.marked);
                    present |= self.member(shape, name, own);
                }
            }
            Token::Array => {
                self.report.rewrite = true;
                self.reader.open(b'[');
                let mut index = 0;
                while self.reader.more(b']') {
                    present |= self.member(shape, Quoted { raw: &number::text(index), escaped: false }, true);
                    index += 1;
                }
            }
            // A Date is an object without members; null in place of a structure was a TypeError in v2.
            Token::Null | Token::Date(_) => {}
            _ => {
                self.wrong_type("a structure");
                at += 1;
            }
        }
        for (i, member) in shape.members().enumerate() {
            if member.required && present & (1 << i) == 0 {
                self.insert(at, "MissingRequiredParameter", &["Missing required key '", member.name, "' in "], "");
                at += 1;
            }
        }
        if let Token::Text(quoted) = token {
            for i in 0..units(&quoted.text()).min(1000) {
                self.unexpected(&number::text(i));
            }
        }
    }

    /// Checks the member whose value comes next; gives its bit if it is there and not null.
    #[inline(never)]
    fn member(&mut self, shape: Shape, name: Quoted<'_>, own: bool) -> u64 {
        let is_null = self.is_null_next();
        match shape.member(name) {
            Some((i, member)) => {
                if own {
                    self.below(&[".", member.name], member.shape, member.place);
                } else {
                    self.reader.skip();
                }
                return u64::from(!is_null) << i;
            }
            None if own && !is_null => self.unexpected(&name.text()),
            None => self.report.rewrite = true,
        }
        self.reader.skip();
        0
    }

    fn is_null_next(&mut self) -> bool {
        let mut reader = self.reader;
        match reader.peek() {
            b'n' => true,
            b'"' => self.marked && matches!(Token::read(&mut reader, true), Token::Null),
            _ => false,
        }
    }

    fn list(&mut self, shape: Shape, token: Token<'t>, place: Place) {
        match token {
            Token::Array => {
                let element = shape.element();
                self.reader.open(b'[');
                let mut count = 0;
                while self.reader.more(b']') {
                    let index = number::text(count);
                    if place == Place::Query && self.is_null_next() {
                        // In a body null is dropped, as v2 does; in the query string v2 failed with a TypeError.
                        self.fail(
                            "InvalidParameterType",
                            &["Expected "],
                            &text::join(&["[", &index, "] to be a string"]),
                        );
                    }
                    self.below(&["[", &index, "]"], element, place);
                    count += 1;
                }
                self.range(shape, "list member count", count, "");
            }
            Token::Null => {}
            _ => {
                self.skip(token);
                self.wrong_type("an Array");
            }
        }
    }

    fn map(&mut self, shape: Shape, token: Token<'t>) {
        let mut count = 0;
        match token {
            Token::Object => {
                self.reader.open(b'{');
                while let Some(quoted) = self.reader.key() {
                    let (name, own) = params::key(quoted, self.marked);
                    if own {
                        self.entry(shape, &name.text());
                        count += 1;
                    } else {
                        self.reader.skip();
                    }
                }
            }
            Token::Array => {
                self.report.rewrite = true;
                self.reader.open(b'[');
                while self.reader.more(b']') {
                    self.entry(shape, &number::text(count));
                    count += 1;
                }
            }
            Token::Date(_) => self.report.rewrite = true,
            Token::Null => return,
            _ => return self.wrong_type("a map"),
        }
        self.range(shape, "map member count", count, "");
    }

    #[inline(never)]
    fn entry(&mut self, shape: Shape, name: &str) {
        if self.checks.any() {
            let length = self.path.len();
            text::push(&mut self.path, &["[key='", name, "']"]);
            self.text(shape.element(), name, Place::Body);
            self.path.truncate(length);
        }
        self.below(&["['", name, "']"], shape.value(), Place::Body);
    }

    fn scalar(&mut self, shape: Shape, kind: Kind, token: Token<'t>, place: Place) {
        let expected = match (kind, token) {
            (_, Token::Null) | (Kind::Boolean, Token::Boolean(_)) | (Kind::Integer | Kind::Float, Token::NotFinite) => {
                return
            }
            (Kind::String, Token::Text(quoted)) => {
                if place == Place::Uri || self.checks.any() {
                    self.text(shape, &quoted.text(), place);
                }
                return;
            }
            (Kind::Integer | Kind::Float, Token::Number(text)) => {
                self.report.rewrite |= kind == Kind::Integer && number::integer(text).as_deref() != Some(text);
                return self.number(shape, text);
            }
            (Kind::Integer | Kind::Float, Token::Text(quoted)) if number::is_number_text(&quoted.text()) => {
                self.report.rewrite = true;
                return self.number(shape, &quoted.text());
            }
            (Kind::Timestamp, _) => {
                self.report.rewrite = true;
                if clock::moment(token).is_some() {
                    return;
                }
                TIMESTAMP
            }
            (Kind::Integer | Kind::Float, _) => "a number",
            (Kind::Boolean, _) => "a boolean",
            _ => "a string",
        };
        self.wrong_type(expected);
    }

    fn number(&mut self, shape: Shape, text: &str) {
        if self.checks.any() {
            self.range(shape, "numeric value", number::whole(text), text);
        }
    }

    #[inline(never)]
    fn text(&mut self, shape: Shape, text: &str, place: Place) {
        let shown = if shape.is_sensitive() { SENSITIVE } else { text };
        let limits = shape.limits();
        if self.checks.texts && !limits.texts.is_empty() && !text::among(limits.texts, b'|', text) {
            let parts = ["Found string value of ", shown, ", but expected ", limits.texts, " for "];
            self.fail("EnumError", &parts, "");
        }
        self.range(shape, "string length", units(text), "");
        if self.checks.pattern && !limits.pattern.is_empty() && !pattern::matches(limits.pattern, text) {
            let parts = ["Provided value \"", shown, "\" does not match regex pattern /", limits.pattern, "/ for "];
            self.fail("PatternMatchError", &parts, "");
        }
        if place == Place::Uri {
            let wanted = match text {
                "" => "have length >= 1",
                // URL parsers walk up the path on these, escaped or not, after the signature was made.
                "." | ".." => "name a resource",
                _ => return,
            };
            let parts = ["Expected uri parameter to ", wanted, ", but found \"", text, "\" for "];
            self.fail("UriParameterError", &parts, "");
        }
    }

    /// Compares with the limits; `shown` is the value as it was given, where that is not `value`.
    #[inline(never)]
    fn range(&mut self, shape: Shape, what: &str, value: i64, shown: &str) {
        if !self.checks.any() {
            return;
        }
        let limits = shape.limits();
        let fraction = text::find(shown, ".").is_some() && text::find(shown, "e").is_none();
        let found = number::text(value);
        let found = if shown.is_empty() { &found } else { shown };
        if let Some(min) = limits.min.filter(|&min| self.checks.min && value < min) {
            self.fail(
                "MinRangeError",
                &["Expected ", what, " >= ", &number::text(min), ", but found ", found, " for "],
                "",
            );
        }
        if let Some(max) = limits.max.filter(|&max| self.checks.max && (value > max || value == max && fraction)) {
            self.fail(
                "MaxRangeError",
                &["Expected ", what, " <= ", &number::text(max), ", but found ", found, " for "],
                "",
            );
        }
    }
}

/// The length of a text as JavaScript counts it, in units of UTF-16.
fn units(text: &str) -> i64 {
    // A byte that continues a character counts nothing; one that begins a character of four bytes counts two.
    text.bytes().map(|byte| i64::from(byte & 0xC0 != 0x80) + i64::from(byte >= 0xF0)).sum()
}
