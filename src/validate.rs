//! The rules for parameters, with v2's texts. The walk that applies them is the encoder's.
//!
//! Limits, patterns and enumerations are checked only when asked for: SDK v2 had the option, but no limits in its
//! model of IVS.

use alloc::string::String;
use alloc::vec::Vec;

use crate::json::{unescape, Broken, Quoted};
use crate::model::{Kind, Place, Shape};
use crate::params::Params;
use crate::{number, pattern, rest_json, text};

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

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// `MissingRequiredParameter`, `UnexpectedParameter`, `InvalidParameterType`, …
    pub code: &'static str,
    /// A sentence with the path of the parameter.
    pub message: String,
}

/// What a check found.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// What is wrong; at most [`MOST`] of it.
    pub violations: Vec<Violation>,
    /// How much is wrong beyond those.
    pub omitted: usize,
}

/// What is shown in place of a sensitive text.
pub const SENSITIVE: &str = "***SensitiveInformation***";

/// So many violations are told; of a list with a million bad items nobody reads more.
pub const MOST: usize = 1000;

/// Behind all violations told so far.
const LAST: usize = usize::MAX;

/// Checks `params` against `shape`.
///
/// # Errors
/// When the text is not JSON or nested too deeply; text from `js/params.js` is always JSON.
pub fn validate(shape: Shape, params: Params<'_>, checks: Checks) -> Result<Report, Broken> {
    rest_json::check(shape, params, checks)
}

/// What is expected and what is counted of a value, by its kind; how a step into it reads, `~` for its name, and other
/// ends of a way.
const EXPECTED: &str =
    "a structure|an Array|a map|a string|a number|a number|a boolean|a Date object, ISO-8601 string, or a UNIX timestamp";
const COUNTED: &str = "|list member count|map member count|string length|numeric value|numeric value";
const FORMS: &str = ".~|[~]|['~']|[key='~']|params| to be ~";
const KEY: usize = 3;

fn nth(list: &'static str, index: usize) -> &'static str {
    text::nth(list, b'|', index)
}

/// The way to a value, a step for each container around it. It is put into words only where something is wrong.
#[derive(Clone, Copy)]
pub(crate) struct Way<'w> {
    pub(crate) before: Option<&'w Way<'w>>,
    /// Which words there are for the last step.
    pub(crate) form: usize,
    /// Nothing where the step has an index in place of a name.
    pub(crate) name: Option<Quoted<'w>>,
    pub(crate) index: usize,
}

impl Way<'_> {
    pub(crate) const fn start() -> Self {
        Way { before: None, form: KEY + 1, name: None, index: 0 }
    }

    /// The name of the last step, or its index.
    #[inline(never)]
    pub(crate) fn name(&self) -> String {
        let mut out = text::empty();
        match self.name {
            Some(name) => unescape(&mut out, name.raw),
            None => number::push_integer(&mut out, whole(self.index)),
        }
        out
    }

    #[inline(never)]
    fn show(&self, out: &mut String) {
        if let Some(before) = self.before {
            before.show(out);
        }
        text::tell(out, nth(FORMS, self.form), &[&self.name()]);
    }
}

/// The rules, and what broke them.
pub(crate) struct Rules {
    /// Nothing where no rule holds.
    pub(crate) checks: Option<Checks>,
    pub(crate) report: Report,
}

impl Rules {
    /// Whether values are looked at, and not just their types.
    #[inline(never)]
    pub(crate) fn strict(&self) -> bool {
        self.checks.is_some_and(|checks| checks != Checks::default())
    }

    /// Tells what is wrong: `rule` is a code and a sentence for `parts`, which the way ends. It becomes violation number
    /// `at`.
    #[inline(never)]
    pub(crate) fn fail(&mut self, at: usize, rule: &'static str, parts: &[&str], way: &Way<'_>) {
        let violations = &mut self.report.violations;
        if self.checks.is_none() {
            return;
        }
        if violations.len() >= MOST {
            self.report.omitted += 1;
            return;
        }
        let end = text::place(rule, b' ');
        let code = text::part(rule, 0, end);
        let mut message = text::say(text::after(rule, end + 1), parts);
        way.show(&mut message);
        violations.insert(at.min(violations.len()), Violation { code, message });
    }

    /// Tells that something else was expected.
    #[inline(never)]
    pub(crate) fn wrong_type(&mut self, kind: Kind, way: &Way<'_>) {
        let expected = Quoted { raw: nth(EXPECTED, kind as usize) };
        let way = Way { before: Some(way), form: KEY + 2, name: Some(expected), index: 0 };
        self.fail(LAST, "InvalidParameterType Expected ", &[], &way);
    }

    /// Tells of a key that a structure does not have.
    #[inline(never)]
    pub(crate) fn unexpected(&mut self, step: &Way<'_>) {
        self.fail(
            LAST,
            "UnexpectedParameter Unexpected key '~' found in ",
            &[&step.name()],
            step.before.unwrap_or(step),
        );
    }

    /// Checks the key of an entry of a map.
    #[inline(always)]
    pub(crate) fn key(&mut self, shape: Shape, step: &Way<'_>) {
        if self.strict() {
            self.text(shape.element(), &step.name(), Place::Body, &Way { form: KEY, ..*step });
        }
    }

    /// Checks a text against all that may be said of one. What does not fit is repeated: the generator refuses enumerations and patterns of
    /// secrets.
    #[inline(never)]
    pub(crate) fn text(&mut self, shape: Shape, text: &str, place: Place, way: &Way<'_>) {
        if self.strict() {
            let checks = self.checks.unwrap_or_default();
            let texts = if checks.texts { shape.texts() } else { "" };
            if !texts.is_empty() && !text::among(texts, b'|', text) {
                self.fail(LAST, "EnumError Found string value of ~, but expected ~ for ", &[text, texts], way);
            }
            self.range(shape, whole(units(text)), "", way);
            let pattern = if checks.pattern { shape.pattern() } else { "" };
            if !pattern.is_empty() && !pattern::matches(pattern, text) {
                let rule = "PatternMatchError Provided value \"~\" does not match regex pattern /~/ for ";
                self.fail(LAST, rule, &[text, pattern], way);
            }
        }
        if place == Place::Uri && is_no_label(text) {
            let wanted = if text.is_empty() { "have length >= 1" } else { "name a resource" };
            let rule = "UriParameterError Expected uri parameter to ~, but found \"~\" for ";
            self.fail(LAST, rule, &[wanted, text], way);
        }
    }

    /// Compares with the limits; `shown` is the value as it was given, where that is not `value`.
    #[inline(never)]
    pub(crate) fn range(&mut self, shape: Shape, value: i64, shown: &str, way: &Way<'_>) {
        let checks = self.checks.unwrap_or_default();
        if !checks.min && !checks.max {
            return;
        }
        let min = shape.min().filter(|_| checks.min).unwrap_or(i64::MIN);
        let max = shape.max().filter(|_| checks.max).unwrap_or(i64::MAX);
        let fraction = text::has(shown, b'.') && !text::has(shown, b'e');
        // Without its fraction, a negative number is greater than it was.
        let least = min.saturating_add(i64::from(fraction && text::byte(shown, 0) == b'-'));
        let (rule, limit) = if value < least {
            ("MinRangeError Expected ~ >= ~, but found ~ for ", min)
        } else if value > max - i64::from(fraction) {
            ("MaxRangeError Expected ~ <= ~, but found ~ for ", max)
        } else {
            return;
        };
        let number = number::text(value);
        let found = if shown.is_empty() { &number } else { shown };
        self.fail(LAST, rule, &[nth(COUNTED, shape.kind() as usize), &number::text(limit), found], way);
    }
}

/// Whether the path cannot hold the text: URL parsers walk up on dots, escaped or not, after the signature was made.
#[inline(never)]
pub(crate) fn is_no_label(text: &str) -> bool {
    text.len() < 3 && text::all(text, |byte| byte == b'.')
}

/// The length of a text as JavaScript counts it, in units of UTF-16.
#[inline(never)]
pub(crate) fn units(text: &str) -> usize {
    // A byte that continues a character counts nothing; one that begins a character of four bytes counts two.
    text.bytes().map(|byte| usize::from(byte & 0xC0 != 0x80) + usize::from(byte >= 0xF0)).sum()
}

/// A length or a count, to compare with limits.
pub(crate) fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
