//! Answers to data: unknown members dropped, members in the model's order, scalars of another type converted.
//!
//! The result is JSON text again, the same text where nothing had to change. Timestamps in it are what the `Date`
//! constructor takes: ISO texts, or milliseconds.
//!
//! An object whose members stand in the model's order is copied as it stands. Those of another one are written as they
//! come, and then put in order. What is of another kind than the model has it (an object for a list) is first written as the
//! model has it, and that text is decoded in its place. So there is one way to decode, made for what is right.

use alloc::borrow::Cow;
use alloc::string::String;

use super::convert::{comma, is_rfc822, milliseconds, regroup, show};
use crate::json::{quote, Broken, Reader, Rewriter};
use crate::model::{Kind, Operation, Place, Shape};
use crate::{number, text};

/// Why an answer could not be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Undecodable {
    /// It is not JSON, or nested too deeply.
    Broken(Broken),
    /// A timestamp in a form that no AWS service uses.
    Timestamp(String),
}

/// Decodes the body of a successful answer; `header` reads the answer's headers by their lower-case names.
///
/// # Errors
/// When the body is not JSON, nested too deeply, or has a timestamp that is none.
pub fn decode<'t>(
    operation: &Operation,
    body: &'t str,
    header: &dyn Fn(&str) -> Option<String>,
) -> Result<Cow<'t, str>, Undecodable> {
    Ok(changed(operation, body, header)?.map_or(Cow::Borrowed(body), Cow::Owned))
}

/// The same, but nothing where the body is the result as it stands.
#[inline(always)]
pub(crate) fn changed(
    operation: &Operation,
    body: &str,
    header: impl Fn(&str) -> Option<String>,
) -> Result<Option<String>, Undecodable> {
    let mut odd = text::empty();
    let mut decoder = Decoder::new(body, &mut odd);
    let mut data = match operation.output {
        Some(shape) if decoder.reader.peek() == b'{' => {
            decoder.value(shape);
            decoder.rewriter.changed()
        }
        _ => {
            if !body.is_empty() {
                decoder.reader.skip();
            }
            Some(text::copy("{}"))
        }
    };
    decoder.reader.end().map_err(Undecodable::Broken)?;
    if !odd.is_empty() {
        let mut first = text::empty();
        show(&mut first, &odd);
        return Err(Undecodable::Timestamp(first));
    }
    // Members that travel in headers come before those of the body.
    let mut out = text::copy("{");
    if let Some(shape) = operation.output {
        let mut members = shape.members();
        while members.step() {
            if members.place() == Place::Header {
                if let Some(value) = header(members.header()) {
                    begin(&mut out, members.name());
                    quote(&mut out, &value);
                }
            }
        }
    }
    if out.len() > 1 {
        let rest = text::trim_start(data.as_deref().unwrap_or(body));
        let rest = text::trim_start(text::after(rest, 1));
        if text::byte(rest, 0) != b'}' {
            comma(&mut out);
        }
        out.push_str(rest);
        data = Some(out);
    }
    Ok(data)
}

/// Begins another member of an object.
#[inline(never)]
fn begin(out: &mut String, name: &str) {
    comma(out);
    quote(out, name);
    out.push_str(":");
}

struct Decoder<'t, 'o> {
    reader: Reader<'t>,
    rewriter: Rewriter<'t>,
    /// The timestamps that are none, as they stand in the text.
    odd: &'o mut String,
    /// Whether an object was in disorder. Then the next ones will be, too, and are put in order without a look at how they stand.
    sorts: bool,
}

impl<'t, 'o> Decoder<'t, 'o> {
    #[inline(never)]
    fn new(text: &'t str, odd: &'o mut String) -> Self {
        Decoder { reader: Reader::new(text), rewriter: Rewriter::new(text), odd, sorts: false }
    }

    /// Copies the value that comes next.
    #[inline(never)]
    fn value(&mut self, shape: Shape) {
        let next = self.reader.peek();
        let kind = shape.kind();
        let open = if kind == Kind::List { b'[' } else { b'{' };
        if is_container(kind) && next == open {
            return if kind == Kind::Structure { self.structure(shape) } else { self.elements(shape, open) };
        }
        let start = self.reader.at();
        let text = self.reader.skip();
        // Null stands for an element that is missing, or for a scalar that is not known.
        if next != b'n' && !is_right(kind, text) {
            self.mend(start, text, shape);
        }
    }

    /// Writes what began at `start`, was read and is `text` as the model has it.
    #[inline(never)]
    fn mend(&mut self, start: usize, text: &str, shape: Shape) {
        let kind = shape.kind();
        let first = text::byte(text, 0);
        let mut by = text::empty();
        if is_container(kind) {
            // A text in place of a list or a map gives its characters, anything in place of a structure nothing.
            let text = if kind == Kind::Structure { "" } else { text };
            let to_list = kind == Kind::List || kind == Kind::Map && first == b'"';
            regroup(&mut by, text, if to_list { b'[' } else { b'{' });
            return self.instead(start, &by, shape);
        }
        let mut said = text::empty();
        show(&mut said, text);
        // JSON has no NaN, which is what v2 gives here.
        let mut given = "null";
        match kind {
            // Falsy values stay what they are.
            Kind::String if first == b'[' || !text::same(&said, "0") => quote(&mut by, &said),
            Kind::String => given = text,
            Kind::Integer => number::push_cut(&mut by, &said),
            Kind::Float => number::push_json(&mut by, &said),
            Kind::Boolean => given = if first == b'"' && text::same(&said, "true") { "true" } else { "false" },
            _ if first > b'9' => {}
            _ if first != b'"' => milliseconds(&mut by, text),
            _ => {
                let digits = text::digits(&said);
                if digits > 0 && digits == said.len() {
                    milliseconds(&mut by, &said);
                } else {
                    if digits < 4 && !is_rfc822(&said) {
                        self.odd.push_str(text);
                    }
                    given = text;
                }
            }
        }
        self.rewriter.replace(start, self.reader.at(), if by.is_empty() { given } else { &by });
    }

    /// Decodes `text` in place of the value that began at `start` and was read.
    #[inline(never)]
    fn instead(&mut self, start: usize, text: &str, shape: Shape) {
        // What was made from a broken text may be as odd again, and so on; it is refused anyway.
        if self.reader.peek() != 0 || self.reader.end().is_ok() {
            let mut inner = Decoder::new(text, self.odd);
            inner.value(shape);
            self.rewriter.replace(start, self.reader.at(), inner.rewriter.changed().as_deref().unwrap_or(text));
        }
    }

    fn elements(&mut self, shape: Shape, open: u8) {
        let inner = shape.inner();
        self.reader.open(open);
        while self.reader.more(open + 2) {
            if open == b'{' {
                self.reader.member_key();
            }
            self.value(inner);
        }
    }

    fn structure(&mut self, shape: Shape) {
        if !self.sorts {
            let (reader, mark) = (self.reader, self.rewriter.mark());
            if self.in_order(shape) {
                return;
            }
            self.sorts = true;
            self.reader = reader;
            self.rewriter.undo(mark);
        }
        self.sort(shape);
    }

    /// Copies members that stand in any order in the model's. Of equal keys the last one counts.
    #[inline(never)]
    fn sort(&mut self, shape: Shape) {
        let start = self.reader.at();
        self.rewriter.replace(start, start, "");
        let before = self.rewriter.written();
        // They are written as they come, and put in order when all are there.
        let mut found = [(0, 0); MOST];
        self.reader.open(b'{');
        while self.reader.more(b'}') {
            self.rewriter.leave(self.reader.start());
            let key = self.reader.member_key();
            // From the first one on: where members stand in no order, the next one is not near the last.
            let mut members = shape.members();
            let is_known = members.seek(key) && members.place() == Place::Body;
            let of = members.shape();
            let from = self.rewriter.written();
            // Null stands for a structure, a list or a map that is not there.
            if is_known && !(is_container(of.kind()) && self.reader.peek() == b'n') {
                self.value(of);
                self.rewriter.replace(self.reader.at(), self.reader.at(), "");
            } else {
                self.reader.skip();
            }
            if let Some(place) = found.get_mut(members.next_index()).filter(|_| is_known) {
                *place = (from - before, self.rewriter.written() - before);
            }
        }
        let given = self.rewriter.take(before);
        let end = self.reader.at();
        let mut out = text::room(given.len() + MOST);
        out.push_str("{");
        let mut members = shape.members();
        while members.step() {
            let (from, to) = found.get(members.next_index()).copied().unwrap_or_default();
            if from < to {
                comma(&mut out);
                out.push_str(text::part(&given, from, to));
            }
        }
        out.push_str("}");
        self.rewriter.leave(end);
        self.rewriter.replace(end, end, &out);
    }

    /// Copies members that stand in the model's order; false if they do not.
    fn in_order(&mut self, shape: Shape) -> bool {
        self.reader.open(b'{');
        // The end of the last member that stays, or of the opening brace; what goes between it and the next one that stays,
        // and whether something between them was left out.
        let mut tail = self.reader.at();
        let mut separator = "";
        let mut gap = false;
        // At the member found last; the next one is nearly always the one behind it.
        let mut members = shape.members();
        let mut next = 0;
        while self.reader.more(b'}') {
            let start = self.reader.start();
            let key = self.reader.member_key();
            let mut stays = members.seek(key) && members.place() == Place::Body;
            let of = members.shape();
            if stays {
                if members.next_index() <= next {
                    return false;
                }
                next = members.next_index();
                // Null stands for a structure, a list or a map that is not there.
                stays = !is_container(of.kind()) || self.reader.peek() != b'n';
            }
            if stays {
                if gap {
                    self.rewriter.replace(tail, start, separator);
                }
                self.value(of);
                tail = self.reader.at();
                separator = ",";
            } else {
                self.reader.skip();
            }
            gap = !stays;
        }
        if gap {
            self.rewriter.replace(tail, self.reader.at() - 1, "");
        }
        true
    }
}

const fn is_container(kind: Kind) -> bool {
    matches!(kind, Kind::Structure | Kind::List | Kind::Map)
}

/// Whether a scalar is right as it stands.
#[inline(always)]
fn is_right(kind: Kind, text: &str) -> bool {
    let first = text::byte(text, 0);
    match kind {
        Kind::String => matches!(first, b'"' | b'f'),
        // The form that nearly all have, within what a double holds exactly.
        Kind::Integer => text.len() < 16 && (first != b'0' || text.len() == 1) && text::digits(text) == text.len(),
        Kind::Float => matches!(first, b'-' | b'0'..=b'9'),
        Kind::Boolean => matches!(first, b't' | b'f'),
        // The form that nearly all have: what begins with a year.
        Kind::Timestamp => {
            let digits = text::digits(text::after(text, 1));
            first == b'"' && digits >= 4 && !matches!(text::byte(text, digits + 1), b'"' | b'\\')
        }
        _ => false,
    }
}

/// So many members has no structure; the generator sees to it.
const MOST: usize = 64;

#[cfg(test)]
mod tests;
