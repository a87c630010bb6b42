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
use crate::{clock, pattern};

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
    validator.value(shape, Place::Body)?;
    validator.reader.end()?;
    Ok(validator.report)
}

struct Validator<'t> {
    reader: Reader<'t>,
    marked: bool,
    checks: Checks,
    path: String,
    report: Report,
}

impl<'t> Validator<'t> {
    fn fail(&mut self, code: &'static str, parts: &[&str]) {
        self.insert(self.report.violations.len(), code, parts);
    }

    fn insert(&mut self, at: usize, code: &'static str, parts: &[&str]) {
        if self.report.violations.len() < MOST {
            let at = at.min(self.report.violations.len());
            self.report.violations.insert(at, Violation { code, message: parts.concat() });
        } else {
            self.report.omitted += 1;
        }
    }

    fn wrong_type(&mut self, expected: &str) {
        let path = core::mem::take(&mut self.path);
        self.fail("InvalidParameterType", &["Expected ", &path, " to be ", expected]);
        self.path = path;
    }

    fn value(&mut self, shape: Shape, place: Place) -> Result<(), Broken> {
        let token = Token::read(&mut self.reader, self.marked)?;
        self.report.rewrite |= matches!(token, Token::Null);
        match shape.kind() {
            Kind::Structure => self.structure(shape, token),
            Kind::List => self.list(shape, token, place),
            Kind::Map => self.map(shape, token),
            kind => {
                if matches!(token, Token::Object | Token::Array) {
                    self.reader.skip()?;
                }
                self.scalar(shape, kind, token, place);
                Ok(())
            }
        }
    }

    fn structure(&mut self, shape: Shape, token: Token<'t>) -> Result<(), Broken> {
        let start = self.report.violations.len();
        let mut present = 0_u64;
        match token {
            Token::Object => {
                self.reader.open(b'{')?;
                let mut first = true;
                while let Some(quoted) = self.reader.key(&mut first)? {
                    let (name, own) = params::key(quoted, self.marked);
                    present |= self.member(shape, name, own)?;
                }
            }
            Token::Array => {
                self.report.rewrite = true;
                self.reader.open(b'[')?;
                let (mut first, mut index) = (true, 0);
                while self.reader.more(b']', &mut first)? {
                    let mut name = String::new();
                    number::push_integer(&mut name, index);
                    self.member(shape, Quoted { raw: &name, escaped: false }, true)?;
                    index += 1;
                }
            }
            // A Date is an object without members; null in place of a structure was a TypeError in v2.
            Token::Null | Token::Date(_) => {}
            _ => self.wrong_type("a structure"),
        }
        let mistyped = !matches!(token, Token::Object | Token::Array | Token::Null | Token::Date(_));
        let mut at = start + usize::from(mistyped);
        for (i, member) in shape.members().enumerate() {
            if member.required && present & (1 << i) == 0 {
                let path = core::mem::take(&mut self.path);
                self.insert(at, "MissingRequiredParameter", &["Missing required key '", member.name, "' in ", &path]);
                self.path = path;
                at += 1;
            }
        }
        if let Token::Text(quoted) = token {
            for (i, _) in quoted.text().encode_utf16().enumerate().take(MOST) {
                let mut name = String::new();
                number::push_integer(&mut name, i64::try_from(i).unwrap_or(0));
                self.unexpected(&name);
            }
        }
        Ok(())
    }

    fn unexpected(&mut self, name: &str) {
        let path = core::mem::take(&mut self.path);
        self.fail("UnexpectedParameter", &["Unexpected key '", name, "' found in ", &path]);
        self.path = path;
    }

    /// Checks the member whose value comes next; gives its bit if it is there and not null.
    fn member(&mut self, shape: Shape, name: Quoted<'_>, own: bool) -> Result<u64, Broken> {
        let is_null = self.is_null_next();
        match shape.members().enumerate().find(|(_, member)| name.is(member.name)) {
            Some((i, member)) => {
                if own {
                    let length = self.path.len();
                    self.path.push('.');
                    self.path.push_str(member.name);
                    self.value(member.shape, member.place)?;
                    self.path.truncate(length);
                } else {
                    self.reader.skip()?;
                }
                return Ok(if is_null { 0 } else { 1 << i });
            }
            None if own && !is_null => self.unexpected(&name.text()),
            None => self.report.rewrite = true,
        }
        self.reader.skip()?;
        Ok(0)
    }

    fn is_null_next(&mut self) -> bool {
        match self.reader.peek() {
            b'n' => true,
            b'"' if self.marked => matches!(Token::read(&mut self.reader.clone(), true), Ok(Token::Null)),
            _ => false,
        }
    }

    fn list(&mut self, shape: Shape, token: Token<'t>, place: Place) -> Result<(), Broken> {
        match token {
            Token::Array => {
                let element = shape.element();
                self.reader.open(b'[')?;
                let (mut first, mut count) = (true, 0);
                let length = self.path.len();
                while self.reader.more(b']', &mut first)? {
                    self.path.push('[');
                    number::push_integer(&mut self.path, count);
                    self.path.push(']');
                    if place == Place::Query && self.is_null_next() {
                        // In a body null is dropped, as v2 does; in the query string v2 failed with a TypeError.
                        self.wrong_type("a string");
                    }
                    self.value(element, place)?;
                    self.path.truncate(length);
                    count += 1;
                }
                self.range(shape, "list member count", count, None);
                Ok(())
            }
            Token::Null => Ok(()),
            _ => {
                if matches!(token, Token::Object) {
                    self.reader.skip()?;
                }
                self.wrong_type("an Array");
                Ok(())
            }
        }
    }

    fn map(&mut self, shape: Shape, token: Token<'t>) -> Result<(), Broken> {
        let mut count = 0;
        match token {
            Token::Object => {
                self.reader.open(b'{')?;
                let mut first = true;
                while let Some(quoted) = self.reader.key(&mut first)? {
                    let (name, own) = params::key(quoted, self.marked);
                    if own {
                        self.entry(shape, &name.text())?;
                        count += 1;
                    } else {
                        self.reader.skip()?;
                    }
                }
            }
            Token::Array => {
                self.report.rewrite = true;
                self.reader.open(b'[')?;
                let mut first = true;
                while self.reader.more(b']', &mut first)? {
                    let mut name = String::new();
                    number::push_integer(&mut name, count);
                    self.entry(shape, &name)?;
                    count += 1;
                }
            }
            Token::Date(_) => self.report.rewrite = true,
            Token::Null => return Ok(()),
            _ => {
                self.wrong_type("a map");
                return Ok(());
            }
        }
        self.range(shape, "map member count", count, None);
        Ok(())
    }

    fn entry(&mut self, shape: Shape, name: &str) -> Result<(), Broken> {
        let length = self.path.len();
        if self.checks.any() {
            self.path.push_str(&["[key='", name, "']"].concat());
            self.text(shape.element(), name, Place::Body);
            self.path.truncate(length);
        }
        self.path.push_str(&["['", name, "']"].concat());
        self.value(shape.value(), Place::Body)?;
        self.path.truncate(length);
        Ok(())
    }

    fn scalar(&mut self, shape: Shape, kind: Kind, token: Token<'t>, place: Place) {
        match (kind, token) {
            (_, Token::Null) | (Kind::Boolean, Token::Boolean) => {}
            (Kind::String, Token::Text(quoted)) => {
                if place == Place::Uri || self.checks.any() {
                    self.text(shape, &quoted.text(), place);
                }
            }
            (Kind::Integer | Kind::Float, Token::Number(text)) => {
                self.report.rewrite |= kind == Kind::Integer && number::integer(text) != Some(text);
                self.number(shape, text);
            }
            (Kind::Integer | Kind::Float, Token::NotFinite) => {}
            (Kind::Integer | Kind::Float, Token::Text(quoted)) if number::is_number_text(&quoted.text()) => {
                self.report.rewrite = true;
                self.number(shape, &quoted.text());
            }
            (Kind::Timestamp, Token::Number(_) | Token::Text(_) | Token::Date(_)) => {
                self.report.rewrite = true;
                if clock::moment(token).is_none() {
                    self.wrong_type("a Date object, ISO-8601 string, or a UNIX timestamp");
                }
            }
            (Kind::Integer | Kind::Float, _) => self.wrong_type("a number"),
            (Kind::Boolean, _) => self.wrong_type("a boolean"),
            (Kind::Timestamp, _) => self.wrong_type("a Date object, ISO-8601 string, or a UNIX timestamp"),
            _ => self.wrong_type("a string"),
        }
    }

    fn number(&mut self, shape: Shape, text: &str) {
        if self.checks.any() {
            self.range(shape, "numeric value", number::whole(text), Some(text));
        }
    }

    fn text(&mut self, shape: Shape, text: &str, place: Place) {
        let shown = if shape.is_sensitive() { "***SensitiveInformation***" } else { text };
        let limits = shape.limits();
        let path = core::mem::take(&mut self.path);
        if self.checks.texts && !limits.texts.is_empty() && !limits.texts.split('|').any(|one| one == text) {
            self.fail("EnumError", &["Found string value of ", shown, ", but expected ", limits.texts, " for ", &path]);
        }
        self.path = path;
        let units = text.chars().map(char::len_utf16).sum::<usize>();
        self.range(shape, "string length", i64::try_from(units).unwrap_or(i64::MAX), None);
        let path = core::mem::take(&mut self.path);
        if self.checks.pattern && !limits.pattern.is_empty() && !pattern::matches(limits.pattern, text) {
            let parts =
                ["Provided value \"", shown, "\" does not match regex pattern /", limits.pattern, "/ for ", &path];
            self.fail("PatternMatchError", &parts);
        }
        if place == Place::Uri {
            if text.is_empty() {
                self.fail(
                    "UriParameterError",
                    &["Expected uri parameter to have length >= 1, but found \"\" for ", &path],
                );
            } else if matches!(text, "." | "..") {
                // URL parsers walk up the path on these, escaped or not, after the signature was made.
                self.fail(
                    "UriParameterError",
                    &["Expected uri parameter to name a resource, but found \"", text, "\" for ", &path],
                );
            }
        }
        self.path = path;
    }

    fn range(&mut self, shape: Shape, what: &str, value: i64, shown: Option<&str>) {
        if !self.checks.any() {
            return;
        }
        let limits = shape.limits();
        let limit = |limit: Option<usize>| limit.and_then(|limit| i64::try_from(limit).ok());
        let low = limit(limits.min).filter(|&min| self.checks.min && value < min);
        let fraction = shown.is_some_and(|text| text.contains('.') && !text.contains('e'));
        let high = limit(limits.max).filter(|&max| self.checks.max && (value > max || value == max && fraction));
        for (code, sign, limit) in [("MinRangeError", " >= ", low), ("MaxRangeError", " <= ", high)] {
            if let Some(limit) = limit {
                let (mut bound, mut found) = (String::new(), String::new());
                number::push_integer(&mut bound, limit);
                match shown {
                    Some(text) => found.push_str(text),
                    None => number::push_integer(&mut found, value),
                }
                let path = core::mem::take(&mut self.path);
                self.fail(code, &["Expected ", what, sign, &bound, ", but found ", &found, " for ", &path]);
                self.path = path;
            }
        }
    }
}
