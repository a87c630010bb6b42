//! Parameters to a request: labels into the path, query members into the query, the rest into the body.
//!
//! One walk checks and writes. A structure first reports the required members it lacks, then what is wrong with the
//! members it has, in the caller's order. What is written of parameters that break a rule nobody reads.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::hidden::bytes;
use crate::json::{spread, Broken, Reader, Writer};
use crate::model::{Kind, Operation, Place, Shape};
use crate::params::{self, Params, Token};
use crate::validate::{is_no_label, units, whole, Checks, Report, Rules, Way};
use crate::{clock, number, text, uri};

/// Where an operation's parameters went.
pub struct Encoded<'t> {
    /// The path, escaped, without the endpoint's own. A label without a usable value still stands in braces.
    pub path: String,
    /// The query string, escaped, without `?`; nothing where there is none, which differs from an empty one.
    pub query: Option<String>,
    /// The JSON body; nothing for GET and DELETE. Borrowed where the parameters' own text is the body.
    pub body: Option<Cow<'t, str>>,
}

impl core::fmt::Debug for Encoded<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Encoded")
            .field("path", &self.path)
            .field("query", &self.query)
            .field("body", &bytes(self.body.as_deref()))
            .finish()
    }
}

/// Encodes parameters as they are.
///
/// # Errors
/// When the text is not JSON or nested too deeply.
pub fn encode<'t>(operation: &Operation, params: Params<'t>) -> Result<Encoded<'t>, Broken> {
    let mut walk = Walk::of(operation, params, None);
    walk.run(operation.input)?;
    Ok(walk.encoded(operation))
}

/// Checks parameters only.
///
/// # Errors
/// When the text is not JSON or nested too deeply; text from `js/params.js` is always JSON.
pub fn check(shape: Shape, params: Params<'_>, checks: Checks) -> Result<Report, Broken> {
    let mut walk = Walk::new(String::new(), params, Some(checks));
    walk.run(shape)?;
    Ok(walk.rules.report)
}

/// Encodes parameters, and checks them if there is something to check.
///
/// # Errors
/// When the text is not JSON or nested too deeply.
pub fn prepare<'t>(
    operation: &Operation,
    params: Params<'t>,
    checks: Option<Checks>,
) -> Result<(Report, Encoded<'t>), Broken> {
    let mut walk = Walk::of(operation, params, checks);
    walk.run(operation.input)?;
    let report = core::mem::take(&mut walk.rules.report);
    Ok((report, walk.encoded(operation)))
}

/// A walk over parameters, and what it has found and written.
pub(crate) struct Walk<'t> {
    reader: Reader<'t>,
    marked: bool,
    pub(crate) rules: Rules,
    out: Writer<'t>,
    /// As in [`Encoded`].
    pub(crate) path: String,
    pub(crate) query: Option<String>,
}

impl<'t> Walk<'t> {
    #[inline(always)]
    fn new(path: String, params: Params<'t>, checks: Option<Checks>) -> Self {
        Walk {
            reader: Reader::new(params.text),
            marked: params.marked,
            rules: Rules { checks, report: Report::default() },
            out: Writer::new(params.text),
            path,
            query: None,
        }
    }

    /// The walk over the parameters of an operation.
    #[inline(always)]
    pub(crate) fn of(operation: &Operation, params: Params<'t>, checks: Option<Checks>) -> Self {
        // The path has its labels in braces.
        let template = if operation.uri.is_empty() { "/~" } else { operation.uri };
        Self::new(text::say(template, &[operation.name]), params, checks)
    }

    /// Goes over the parameters, which are of this shape.
    ///
    /// # Errors
    /// When the text is not JSON or nested too deeply.
    #[inline(always)]
    pub(crate) fn run(&mut self, shape: Shape) -> Result<(), Broken> {
        let token = Token::read(&mut self.reader, self.marked);
        self.container(shape, Place::Body, token, &Way::start());
        self.reader.end()
    }

    /// The body; nothing where the method has none. Borrowed where the parameters' own text is the body.
    #[inline(always)]
    pub(crate) fn body(&mut self, operation: &Operation) -> Option<Cow<'t, str>> {
        // POST, PUT and PATCH have a body.
        if text::byte(operation.method, 0) != b'P' {
            return None;
        }
        Some(self.out.finish())
    }

    pub(crate) fn encoded(mut self, operation: &Operation) -> Encoded<'t> {
        let body = self.body(operation);
        Encoded { path: self.path, query: self.query, body }
    }

    /// Structures, maps and lists. An array in place of a map gets its indices as keys. Without rules, an object in place
    /// of a list gives its values, a text its characters; other values have no members.
    #[inline(never)]
    fn container(&mut self, shape: Shape, place: Place, token: Token<'t>, way: &Way<'_>) {
        let kind = shape.kind();
        let to_list = kind == Kind::List;
        let inner = shape.inner();
        // A Date is an object without members; null in place of a structure was a TypeError in v2.
        let fits = match token {
            Token::Array | Token::Null => true,
            Token::Object | Token::Date(_) => !to_list,
            _ => false,
        };
        let mut end = match token {
            Token::Array => b']',
            Token::Object => b'}',
            _ => 0,
        };
        let mut at = self.rules.report.violations.len();
        if !fits {
            self.rules.wrong_type(kind, way);
            at += 1;
            if self.rules.checks.is_some() {
                self.skip(token);
                end = 0;
            }
        }
        // The values of an object are no items of a query.
        let place = if fits { place } else { Place::Body };
        let (opening, closing) = if to_list { ("[", "]") } else { ("{", "}") };
        self.out.put(opening);
        let mut separator = "";
        let mut count = 0;
        let mut members = shape.members();
        let mut present = 0_u64;
        if end != 0 {
            // The closing bracket comes two places behind the opening one.
            self.reader.open(end - 2);
        } else if let (Token::Text(quoted), true) = (token, to_list) {
            let mut items = text::empty();
            spread(&mut items, quoted);
            self.out.put(&items);
        }
        while end != 0 && self.reader.more(end) {
            let mark = self.out.mark();
            let mut step = Way { before: Some(way), form: kind as usize, name: None, index: count };
            let mut own = true;
            if end == b'}' {
                let (name, is_own) = params::key(self.reader.member_key(), self.marked);
                step.name = Some(name);
                own = is_own;
            }
            count += usize::from(own);
            let start = self.reader.start();
            let token = Token::read(&mut self.reader, self.marked);
            let is_null = matches!(token, Token::Null);
            let mut of = (inner, place);
            let mut known = own;
            match kind {
                Kind::List => {}
                Kind::Map => {
                    if own {
                        self.rules.key(shape, &step);
                    }
                }
                _ => {
                    if step.name.is_some_and(|name| members.seek(name)) {
                        // Bit 0 is unused: the position is that of the next one.
                        present |= u64::from(!is_null) << members.next_index();
                        of = (members.shape(), members.place());
                    } else {
                        if own && !is_null {
                            self.rules.unexpected(&step);
                        }
                        known = false;
                    }
                }
            }
            let mut kept = false;
            if known {
                self.out.put(separator);
                if !to_list {
                    match step.name {
                        Some(name) => self.quoted(name.raw),
                        None => self.quoted(&step.name()),
                    }
                    self.out.put(":");
                }
                kept = self.value(of.0, of.1, token, start, &step);
            } else {
                self.skip(token);
            }
            if kept {
                separator = ",";
            } else {
                self.out.undo(mark);
            }
        }
        self.out.put(closing);
        if fits && !matches!(token, Token::Null) {
            self.rules.range(shape, whole(count), "", way);
        }
        if kind != Kind::Structure || self.rules.checks.is_none() {
            return;
        }
        members = shape.members();
        while members.step() {
            present >>= 1;
            if members.is_required() && present & 1 == 0 {
                self.rules.fail(at, "MissingRequiredParameter Missing required key '~' in ", &[members.name()], way);
                at += 1;
            }
        }
        if let Token::Text(quoted) = token {
            let mut scratch = text::empty();
            let count = units(quoted.read(&mut scratch)).min(1000);
            let mut index = 0;
            while index < count {
                self.rules.unexpected(&Way { before: Some(way), form: 0, name: None, index });
                index += 1;
            }
        }
    }

    /// Steps over an object or an array of which only the token was read.
    #[inline(never)]
    fn skip(&mut self, token: Token<'t>) -> &'t str {
        if matches!(token, Token::Object | Token::Array) {
            self.reader.skip()
        } else {
            ""
        }
    }

    #[inline(never)]
    fn quoted(&mut self, raw: &str) {
        self.out.put("\"");
        self.out.put(raw);
        self.out.put("\"");
    }

    /// Checks and writes the value whose token was read; false if it does not stay in the body.
    #[inline(never)]
    fn value(&mut self, shape: Shape, place: Place, token: Token<'t>, start: usize, way: &Way<'_>) -> bool {
        let kind = shape.kind();
        // What is looked at: nearly always a string is just copied.
        let mut scratch = text::empty();
        let text = match token {
            Token::Number(text) => text,
            Token::Text(quoted) if kind != Kind::String || place != Place::Body || self.rules.strict() => {
                quoted.read(&mut scratch)
            }
            _ => "",
        };
        if place != Place::Body {
            self.elsewhere(place, token, text, way);
        }
        let mark = self.out.mark();
        if matches!(kind, Kind::Structure | Kind::List | Kind::Map) {
            self.container(shape, place, token, way);
        } else if !matches!(token, Token::Null) {
            let inner = self.skip(token);
            let is_number = matches!(kind, Kind::Integer | Kind::Float);
            let is_moment = kind == Kind::Timestamp || matches!(token, Token::Date(_));
            let mut by = text::empty();
            let mut given = "null";
            if kind == Kind::Integer {
                number::push_cut(&mut by, text);
            } else if is_moment {
                // What it means, if it means a moment.
                clock::stamp(&mut by, token, text);
            } else if let (Token::Text(_), Kind::Float) = (token, kind) {
                number::push_json(&mut by, text);
            } else if let (Token::Text(quoted), true) = (token, self.marked) {
                text::tell(&mut by, "\"~\"", &[quoted.raw]);
            } else if !self.marked || text::find(inner, params::ESCAPED_MARK).is_none() {
                // What JSON cannot hold is marked in there, and must not be sent as a text.
                given = self.reader.since(start);
            }
            let fits = match kind {
                Kind::Timestamp => !by.is_empty(),
                Kind::String => matches!(token, Token::Text(_)),
                Kind::Boolean => matches!(token, Token::Boolean(_)),
                _ => match token {
                    Token::Number(_) | Token::NotFinite => true,
                    Token::Text(_) => number::is_number_text(text),
                    _ => false,
                },
            };
            if !fits {
                self.rules.wrong_type(kind, way);
            } else if kind == Kind::String {
                self.rules.text(shape, text, place, way);
            } else if is_number && !text.is_empty() && self.rules.strict() {
                self.rules.range(shape, number::whole(text), text, way);
            }
            self.out.put(if by.is_empty() { given } else { &by });
        }
        if matches!(token, Token::NotFinite) {
            self.out.undo(mark);
            self.out.put("null");
        }
        let is_dropped = match token {
            Token::Null => true,
            Token::Other => !matches!(kind, Kind::Structure | Kind::List | Kind::Map),
            _ => false,
        };
        !is_dropped && place == Place::Body
    }

    /// A value that travels in the path or in the query.
    #[inline(never)]
    fn elsewhere(&mut self, place: Place, token: Token<'t>, text: &str, way: &Way<'_>) {
        let is_item = way.name.is_none();
        if matches!(token, Token::Null) {
            if is_item && place == Place::Query {
                // In a body null is dropped, as v2 does; in the query string v2 failed with a TypeError.
                self.rules.wrong_type(Kind::String, way);
            }
            return;
        }
        let mut escaped = text::empty();
        uri::encode(&mut escaped, text);
        // An item has no name; its list has.
        let name = way.before.filter(|_| is_item).unwrap_or(way).name();
        if place == Place::Query {
            let query = self.query.get_or_insert_with(text::empty);
            if matches!(token, Token::Text(_) | Token::Number(_)) {
                let separator = if query.is_empty() { "" } else { "&" };
                text::tell(query, "~~=~", &[separator, &name, &escaped]);
            }
        } else if place == Place::Uri && !is_no_label(text) {
            text::fill(&mut self.path, &text::say("{~}", &[&name]), &escaped);
        }
        // No service served here has input members in headers.
    }
}

#[cfg(test)]
mod tests;
