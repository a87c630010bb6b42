//! Answers to data: unknown members dropped, members in the model's order, scalars of another type converted.
//!
//! The result is JSON text again, the same text where nothing had to change. Timestamps in it are what the `Date`
//! constructor takes: ISO texts, or milliseconds.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::Elements;
use crate::json::{quote, Broken, Quoted, Reader, Rewriter};
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
    let mut decoder = Decoder { reader: Reader::new(body), rewriter: Rewriter::new(body), odd: None };
    let object = operation.output.filter(|_| decoder.reader.peek() == b'{');
    match object {
        Some(shape) => decoder.structure(shape),
        None if body.is_empty() => {}
        None => {
            decoder.reader.skip();
        }
    }
    decoder.reader.end().map_err(Undecodable::Broken)?;
    if let Some(odd) = decoder.odd {
        return Err(Undecodable::Timestamp(odd));
    }
    let data = if object.is_some() { decoder.rewriter.finish() } else { Cow::Borrowed("{}") };
    Ok(match operation.output {
        Some(shape) => with_headers(shape, data, header),
        None => data,
    })
}

/// Puts the members that travel in headers before those of the body.
fn with_headers<'t>(shape: Shape, body: Cow<'t, str>, header: &dyn Fn(&str) -> Option<String>) -> Cow<'t, str> {
    let mut out = String::new();
    for member in shape.members().filter(|member| member.place == Place::Header) {
        if let Some(value) = header(member.header) {
            let start = if out.is_empty() { "{\"" } else { ",\"" };
            text::push(&mut out, &[start, member.name, "\":"]);
            quote(&mut out, &value);
        }
    }
    if out.is_empty() {
        return body;
    }
    let rest = text::after(text::trim_start(&body), 1);
    let empty = text::byte(text::trim_start(rest), 0) == b'}';
    text::push(&mut out, &[if empty { "" } else { "," }, rest]);
    Cow::Owned(out)
}

struct Decoder<'t> {
    reader: Reader<'t>,
    rewriter: Rewriter<'t>,
    /// The first timestamp that is none.
    odd: Option<String>,
}

impl<'t> Decoder<'t> {
    /// Copies the value that comes next; false if it is a null that stands for no structure, list or map.
    #[inline(never)]
    fn value(&mut self, shape: Shape) -> bool {
        let next = self.reader.peek();
        let start = self.reader.at();
        match shape.kind() {
            Kind::Structure | Kind::List | Kind::Map if next == b'n' => {
                self.reader.scalar();
                return false;
            }
            Kind::Structure if next == b'{' => self.structure(shape),
            Kind::Structure => {
                self.reader.skip();
                self.rewriter.replace(start, self.reader.at(), "{}");
            }
            Kind::List => self.elements(shape.element(), true),
            Kind::Map => self.elements(shape.value(), false),
            kind => {
                let text = self.reader.skip();
                if let Some(by) = self.convert(kind, text) {
                    self.rewriter.replace(start, self.reader.at(), &by);
                }
            }
        }
        true
    }

    fn structure(&mut self, shape: Shape) {
        let (reader, mark) = (self.reader, self.rewriter.mark());
        if !self.in_order(shape) {
            self.reader = reader;
            self.rewriter.undo(mark);
            self.reordered(shape);
        }
    }

    /// Copies members that stand in the model's order; false if they do not.
    fn in_order(&mut self, shape: Shape) -> bool {
        self.reader.open(b'{');
        let mut elements = Elements::new(self.reader.at());
        // Behind the member found last; where the next one nearly always is.
        let mut left = shape.members();
        while self.reader.more(b'}') {
            self.reader.peek();
            let start = self.reader.at();
            let key = self.reader.member_key();
            let before = (self.rewriter.mark(), elements);
            let mut kept = false;
            let mut ahead = left.clone();
            match ahead.find(|member| key.is(member.name)).filter(|member| member.place == Place::Body) {
                Some(member) => {
                    left = ahead;
                    elements.keep(&mut self.rewriter, start);
                    kept = self.value(member.shape);
                }
                None if body_member(shape, key).is_some() => return false,
                None => {
                    self.reader.skip();
                }
            }
            elements.kept(kept, before, &mut self.rewriter, &self.reader);
        }
        elements.close(&mut self.rewriter, self.reader.at() - 1);
        true
    }

    /// Copies members in the model's order, whatever order they stand in. Of equal keys the last one counts.
    fn reordered(&mut self, shape: Shape) {
        self.reader.open(b'{');
        let open = self.reader.at();
        let mut found: Vec<(usize, Reader<'t>)> = Vec::new();
        while let Some(key) = self.reader.key() {
            self.reader.peek();
            if let Some((at, _)) = body_member(shape, key) {
                found.push((at, self.reader));
            }
            self.reader.skip();
        }
        let end = self.reader;
        self.rewriter.leave_out(open, open);
        let mut separator = "\"";
        for (i, member) in shape.members().enumerate() {
            let Some((_, value)) = found.iter().rfind(|(at, _)| *at == i) else { continue };
            self.reader = *value;
            let mark = self.rewriter.mark();
            self.rewriter.jump(value.at());
            self.rewriter.push(&[separator, member.name, "\":"]);
            if self.value(member.shape) {
                let to = self.reader.at();
                self.rewriter.leave_out(to, to);
                separator = ",\"";
            } else {
                self.rewriter.undo(mark);
            }
        }
        self.rewriter.jump(end.at() - 1);
        self.reader = end;
    }

    /// Copies lists and maps. Where an object stands for a list its values count, where an array stands for a map its
    /// indices are the keys, and the characters of a text are items of either.
    fn elements(&mut self, element: Shape, to_list: bool) {
        let next = self.reader.peek();
        let start = self.reader.at();
        let from_array = next == b'[';
        let (open, close) = if to_list { ("[", "]") } else { ("{", "}") };
        if !from_array && next != b'{' {
            let text = self.reader.skip();
            let by = text::join(&[open, &self.characters(text, element, to_list), close]);
            return self.rewriter.replace(start, self.reader.at(), &by);
        }
        self.reader.open(next);
        let inside = self.reader.at();
        let other = to_list != from_array;
        if other {
            self.rewriter.replace(start, inside, open);
        }
        let mut index = 0;
        while self.reader.more(if from_array { b']' } else { b'}' }) {
            self.reader.peek();
            let before = self.reader.at();
            if !from_array {
                self.reader.member_key();
                self.reader.peek();
            }
            if other {
                let key = if to_list { String::new() } else { index_key(index) };
                self.rewriter.replace(before, self.reader.at(), &key);
            }
            // Null stands for an element that is missing, and stays.
            self.value(element);
            index += 1;
        }
        let end = self.reader.at();
        if other {
            self.rewriter.replace(end - 1, end, close);
        }
    }

    /// The characters of a text as elements; of any other scalar none.
    fn characters(&mut self, text: &str, element: Shape, to_list: bool) -> String {
        let mut out = String::new();
        if text::byte(text, 0) != b'"' {
            return out;
        }
        let mut index = 0;
        text::characters(&Reader::new(text).string().text(), |character| {
            out.push_str(if index == 0 { "" } else { "," });
            if !to_list {
                out.push_str(&index_key(index));
            }
            index += 1;
            let mut item = String::new();
            quote(&mut item, character);
            out.push_str(match element.kind() {
                Kind::Structure => "{}",
                Kind::List | Kind::Map => "[]",
                kind => {
                    item = self.convert(kind, &item).unwrap_or(core::mem::take(&mut item));
                    &item
                }
            });
        });
        out
    }

    /// The text of a scalar as its kind demands; nothing where it is right as it stands.
    fn convert(&mut self, kind: Kind, text: &str) -> Option<String> {
        let first = text::byte(text, 0);
        let is_number = first == b'-' || first.is_ascii_digit();
        let is_text = first == b'"';
        if first == b'n' {
            return None;
        }
        let quoted = if is_text { Reader::new(text).string().text() } else { Cow::Borrowed("") };
        Some(match kind {
            // Falsy values stay what they are.
            Kind::String if is_text || text == "false" || is_number && number::shown(text) == "0" => return None,
            Kind::String => {
                let mut shown = String::new();
                show(&mut shown, &mut Reader::new(text));
                let mut out = String::new();
                quote(&mut out, &shown);
                out
            }
            // The form that nearly all have, within what a double holds exactly.
            Kind::Integer
                if text.len() < 16 && (first != b'0' || text.len() == 1) && text::digits(text) == text.len() =>
            {
                return None;
            }
            Kind::Integer => {
                let shown = if is_number { Cow::Owned(number::shown(text)) } else { quoted };
                // JSON has no NaN, which is what v2 gives here.
                let whole = number::integer(&shown).unwrap_or_else(|| String::from("null"));
                return Some(whole).filter(|whole| whole != text);
            }
            Kind::Float if is_number => return None,
            Kind::Float => number::json(&quoted),
            Kind::Boolean if matches!(first, b't' | b'f') => return None,
            Kind::Boolean => String::from(if quoted == "true" { "true" } else { "false" }),
            _ if is_number => milliseconds(text),
            _ if !is_text => String::from("null"),
            _ => {
                let digits = text::digits(&quoted);
                if digits > 0 && digits == quoted.len() {
                    return Some(milliseconds(&quoted));
                }
                if digits < 4 && !is_rfc822(&quoted) {
                    self.odd.get_or_insert(quoted.into_owned());
                }
                return None;
            }
        })
    }
}

/// The member of that name, if it travels in the body: its position and its shape.
fn body_member(shape: Shape, key: Quoted<'_>) -> Option<(usize, Shape)> {
    let (at, member) = shape.member(key)?;
    (member.place == Place::Body).then_some((at, member.shape))
}

fn index_key(index: i64) -> String {
    text::join(&["\"", &number::text(index), "\":"])
}

/// Seconds as what the `Date` constructor is to get.
fn milliseconds(seconds: &str) -> String {
    let mut out = number::shown(seconds);
    // What no double holds is shown by its name, which is no JSON; this reads back as it, and gives an invalid Date.
    if text::find(&out, "I").is_some() {
        return "1e999".into();
    }
    out.push_str(if text::find(&out, "e").is_some() { "" } else { "e3" });
    out
}

/// Whether a text begins like `Tue, 02 Jan 2024`.
fn is_rfc822(text: &str) -> bool {
    text::cut(text, b',')
        .is_some_and(|(day, _)| day.len() == 3 && day.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
}

/// Appends what `String(value)` gives.
fn show(out: &mut String, reader: &mut Reader<'_>) {
    match reader.peek() {
        b'{' => {
            reader.skip();
            out.push_str("[object Object]");
        }
        b'[' => {
            reader.open(b'[');
            let mut separator = "";
            while reader.more(b']') {
                out.push_str(core::mem::replace(&mut separator, ","));
                show(out, reader);
            }
        }
        b'"' => out.push_str(&reader.string().text()),
        b'n' => {
            reader.scalar();
        }
        b't' | b'f' => out.push_str(reader.scalar()),
        _ => out.push_str(&number::shown(reader.scalar())),
    }
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
