//! Answers to data: unknown members dropped, members in the model's order, scalars of another type converted.
//!
//! The result is JSON text again, the same text where nothing had to change. Timestamps in it are what the `Date`
//! constructor takes: ISO texts, or milliseconds.
//!
//! What stands otherwise than the model has it (members in another order, an object for a list) is first written as the
//! model has it, and that text is decoded in its place. So there is one way to decode, made for what is right.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::json::{quote, spread, unescape, Broken, Reader, Rewriter};
use crate::model::{Kind, Operation, Place, Shape};
use crate::{number, text};

/// Why an answer could not be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// Begins another element of an object or array: with a comma, unless it is the first.
#[inline(never)]
fn comma(out: &mut String) {
    if !matches!(out.as_bytes().last(), Some(b'{' | b'[')) {
        out.push_str(",");
    }
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
}

impl<'t, 'o> Decoder<'t, 'o> {
    #[inline(never)]
    fn new(text: &'t str, odd: &'o mut String) -> Self {
        Decoder { reader: Reader::new(text), rewriter: Rewriter::new(text), odd }
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
        let (reader, mark) = (self.reader, self.rewriter.mark());
        if !self.in_order(shape) {
            self.reader = reader;
            self.rewriter.undo(mark);
            let mut sorted = text::empty();
            sort(&mut sorted, &mut self.reader, shape);
            self.instead(reader.at(), &sorted, shape);
        }
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

/// Appends the next object with its members in the model's order, those that are not in the model left out. Of equal keys
/// the last one counts.
#[inline(never)]
fn sort(out: &mut String, reader: &mut Reader<'_>, shape: Shape) {
    let start = reader.at();
    let mut found = [""; MOST];
    let mut members = shape.members();
    reader.open(b'{');
    while let Some(key) = reader.key() {
        let is_known = members.seek(key) && members.place() == Place::Body;
        let value = reader.skip();
        if let Some(place) = found.get_mut(members.next_index()).filter(|_| is_known) {
            *place = value;
        }
    }
    // No longer than it was, but for white space and unknown members.
    out.reserve(reader.at() - start);
    out.push_str("{");
    members = shape.members();
    while members.step() {
        let value = found.get(members.next_index()).copied().unwrap_or("");
        if !value.is_empty() {
            begin(out, members.name());
            out.push_str(value);
        }
    }
    out.push_str("}");
}

/// Writes the values of an object or the characters of a text as an array, or the items of an array as an object whose keys
/// are their indices; of any other value none. `to` is the bracket that opens what is written.
fn regroup(out: &mut String, text: &str, to: u8) {
    text::push_byte(out, to);
    let mut reader = Reader::new(text);
    let open = reader.peek();
    if open == b'"' {
        spread(out, reader.string());
    } else if matches!(open, b'{' | b'[') {
        reader.open(open);
        let mut index = 0;
        while reader.more(open + 2) {
            comma(out);
            if open == b'{' {
                reader.member_key();
            } else {
                out.push_str("\"");
                number::push_integer(out, index);
                out.push_str("\":");
            }
            out.push_str(reader.skip());
            index += 1;
        }
    }
    text::push_byte(out, to + 2);
}

/// Appends what `String(value)` gives; nothing for null, as in an array.
#[inline(never)]
pub(crate) fn show(out: &mut String, text: &str) {
    let mut reader = Reader::new(text);
    match reader.peek() {
        b'"' => unescape(out, reader.string().raw),
        b'{' => out.push_str("[object Object]"),
        b'[' => {
            let mut separator = "";
            reader.open(b'[');
            while reader.more(b']') {
                out.push_str(separator);
                show(out, reader.skip());
                separator = ",";
            }
        }
        b'n' => {}
        b't' | b'f' => out.push_str(text),
        _ => {
            number::spell(out, text);
        }
    }
}

/// Writes seconds to an empty text as what the `Date` constructor is to get.
#[inline(never)]
fn milliseconds(out: &mut String, seconds: &str) {
    number::spell(out, seconds);
    if text::has(out, b'I') {
        // What no double holds is shown by its name, which is no JSON; this reads back as it, and gives an invalid Date.
        out.clear();
        out.push_str("1e999");
    } else if !text::has(out, b'e') {
        out.push_str("e3");
    }
}

/// Whether a text begins like `Tue, 02 Jan 2024`.
fn is_rfc822(text: &str) -> bool {
    text::byte(text, 3) == b',' && text::all(text::part(text, 0, 3), text::is_word)
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::model::ivs::SERVICE;

    fn data(operation: &str, body: &str) -> Result<String, Undecodable> {
        decode(&SERVICE.find(operation).unwrap(), body, &|_| None).map(Cow::into_owned)
    }

    #[test]
    fn a_body_that_is_right_is_not_copied() {
        let body = r#"{"stream":{"channelArn":"a","startTime":"2024-01-02T03:04:05Z","viewerCount":3}}"#;
        let operation = SERVICE.find("getStream").unwrap();
        assert!(matches!(decode(&operation, body, &|_| None), Ok(Cow::Borrowed(same)) if same == body));
    }

    #[test]
    fn members_come_in_the_order_of_the_model_without_unknown_ones() {
        let body = r#"{"x":{"y":[1,"]"]},"channel":{"tags":{"b":"2","a":null},"name":5,"arn":"z","u":1,"srt":null,"authorized":"true"}}"#;
        assert_eq!(
            data("getChannel", body).unwrap(),
            r#"{"channel":{"arn":"z","name":"5","authorized":true,"tags":{"b":"2","a":null}}}"#
        );
        assert_eq!(data("getChannel", r#"{"channel":{"arn":"1","arn":"2"}}"#).unwrap(), r#"{"channel":{"arn":"2"}}"#);
        assert_eq!(data("getChannel", r#"{"channel":null}"#).unwrap(), "{}");
        assert_eq!(
            data("getChannel", r#"{"channel":{"arn":null,"tags":["a"]}}"#).unwrap(),
            r#"{"channel":{"arn":null,"tags":{"0":"a"}}}"#
        );
        assert_eq!(
            data("getChannel", r#"{"channel":{"arn":{"a":1},"name":[1,[2,null,"x"]]}}"#).unwrap(),
            r#"{"channel":{"arn":"[object Object]","name":"1,2,,x"}}"#
        );
    }

    #[test]
    fn other_types_than_expected_give_what_v2_gives() {
        assert_eq!(
            data("listChannels", r#"{"channels":{"a":{"arn":"z"},"b":null}}"#).unwrap(),
            r#"{"channels":[{"arn":"z"},null]}"#
        );
        assert_eq!(data("listChannels", r#"{"channels":"ab"}"#).unwrap(), r#"{"channels":[{},{}]}"#);
        for body in ["", "null", "[1]", "\"x\""] {
            assert_eq!(data("getChannel", body).unwrap(), "{}");
        }
        // What is odd inside of what is odd.
        assert_eq!(
            data("listChannels", r#"{"nextToken":5,"x":[1],"channels":{"a":{"name":true,"arn":[1,null]},"b":"é"}}"#)
                .unwrap(),
            r#"{"channels":[{"arn":"1,","name":"true"},{}],"nextToken":"5"}"#
        );
        assert_eq!(
            data("getChannel", r#"{"channel":{"tags":["x","y"],"name":null,"srt":7}}"#).unwrap(),
            r#"{"channel":{"name":null,"tags":{"0":"x","1":"y"},"srt":{}}}"#
        );
        assert_eq!(
            data("getChannel", r#"{"channel":{"tags":"xé"}}"#).unwrap(),
            r#"{"channel":{"tags":{"0":"x","1":"é"}}}"#
        );
        // A text that breaks off in the wrong order is refused once, not taken apart again and again.
        let broken = r#"{"channel":{"name":"n","arn":"#.repeat(2000);
        assert!(matches!(data("getChannel", &broken), Err(Undecodable::Broken(_))));
        assert!(data("getChannel", "<html>").is_err() && data("deleteChannel", "<html>").is_err());
    }

    #[test]
    fn timestamps_become_what_the_date_constructor_takes() {
        let stream = |time: &str| data("getStream", &["{\"stream\":{\"startTime\":", time, "}}"].concat());
        assert_eq!(stream("1704164645.5").unwrap(), r#"{"stream":{"startTime":1704164645.5e3}}"#);
        assert_eq!(stream("\"1704164645\"").unwrap(), r#"{"stream":{"startTime":1704164645e3}}"#);
        assert_eq!(stream("\"2024-99-99\"").unwrap(), r#"{"stream":{"startTime":"2024-99-99"}}"#);
        assert_eq!(stream("1e400").unwrap(), r#"{"stream":{"startTime":1e999}}"#);
        assert_eq!(stream("true").unwrap(), r#"{"stream":{"startTime":null}}"#);
        assert_eq!(stream("\"yesterday\""), Err(Undecodable::Timestamp("yesterday".into())));
    }

    #[test]
    fn members_from_headers_come_first() {
        let operation = SERVICE.find("batchGetChannel").unwrap();
        let header = |name: &str| (name == "cache-control").then(|| "no\"".to_string());
        assert_eq!(decode(&operation, " {}", &header).unwrap(), r#"{"cacheControl":"no\""}"#);
        assert_eq!(
            decode(&operation, r#"{"channels":[]}"#, &header).unwrap(),
            r#"{"cacheControl":"no\"","channels":[]}"#
        );
    }
}
