//! Answers to data: unknown members dropped, members in the model's order, scalars of another type converted.
//!
//! The result is JSON text again, the same text where nothing had to change. Timestamps in it are what the `Date`
//! constructor takes: ISO texts, or milliseconds.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Elements;
use crate::json::{quote, Broken, Reader, Rewriter};
use crate::model::{Kind, Operation, Place, Shape};
use crate::number;

/// Why an answer could not be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undecodable {
    /// It is not JSON, or nested too deeply.
    Broken(Broken),
    /// A timestamp in a form that no AWS service uses.
    Timestamp(String),
}

impl From<Broken> for Undecodable {
    fn from(broken: Broken) -> Self {
        Undecodable::Broken(broken)
    }
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
    let mut decoder = Decoder { reader: Reader::new(body), rewriter: Rewriter::new(body) };
    let Some(shape) = operation.output else {
        if !body.is_empty() {
            decoder.reader.skip()?;
            decoder.reader.end()?;
        }
        return Ok(Cow::Borrowed("{}"));
    };
    let decoded = if body.is_empty() {
        Cow::Borrowed("{}")
    } else if decoder.reader.peek() == b'{' {
        decoder.structure(shape)?;
        decoder.reader.end()?;
        decoder.rewriter.finish()
    } else {
        decoder.reader.skip()?;
        decoder.reader.end()?;
        Cow::Borrowed("{}")
    };
    Ok(with_headers(shape, decoded, header))
}

/// Puts the members that travel in headers before those of the body.
fn with_headers<'t>(shape: Shape, body: Cow<'t, str>, header: &dyn Fn(&str) -> Option<String>) -> Cow<'t, str> {
    let mut members = String::new();
    for member in shape.members().filter(|member| member.place == Place::Header) {
        if let Some(value) = header(member.header) {
            members.push_str(if members.is_empty() { "{\"" } else { ",\"" });
            members.push_str(member.name);
            members.push_str("\":");
            quote(&mut members, &value);
        }
    }
    if members.is_empty() {
        return body;
    }
    let rest = body.trim_start().get(1..).unwrap_or("}");
    members.push_str(if rest.trim_start().starts_with('}') { "" } else { "," });
    members.push_str(rest);
    Cow::Owned(members)
}

struct Decoder<'t> {
    reader: Reader<'t>,
    rewriter: Rewriter<'t>,
}

impl<'t> Decoder<'t> {
    /// Copies the value that comes next; false if it is a null that stands for no structure, list or map.
    fn value(&mut self, shape: Shape) -> Result<bool, Undecodable> {
        let next = self.reader.peek();
        let start = self.reader.at();
        match shape.kind() {
            Kind::Structure | Kind::List | Kind::Map if next == b'n' => {
                self.reader.scalar()?;
                return Ok(false);
            }
            Kind::Structure if next == b'{' => self.structure(shape)?,
            Kind::Structure => {
                self.reader.skip()?;
                self.rewriter.replace(start, self.reader.at(), "{}");
            }
            Kind::List => self.elements(shape.element(), true)?,
            Kind::Map => self.elements(shape.value(), false)?,
            kind => {
                let text = self.reader.skip()?;
                if let Some(by) = convert(kind, text)? {
                    self.rewriter.replace(start, self.reader.at(), &by);
                }
            }
        }
        Ok(true)
    }

    fn structure(&mut self, shape: Shape) -> Result<(), Undecodable> {
        let (reader, mark) = (self.reader.clone(), self.rewriter.mark());
        if !self.in_order(shape)? {
            self.reader = reader;
            self.rewriter.undo(mark);
            self.reordered(shape)?;
        }
        Ok(())
    }

    /// Copies members that stand in the model's order; false if they do not.
    fn in_order(&mut self, shape: Shape) -> Result<bool, Undecodable> {
        self.reader.open(b'{')?;
        let mut elements = Elements::new(self.reader.at());
        let mut left = shape.members();
        let mut first = true;
        while self.reader.more(b'}', &mut first)? {
            self.reader.peek();
            let start = self.reader.at();
            let key = self.reader.member_key()?;
            let rest = left.clone();
            let Some(member) = left.find(|member| key.is(member.name)).filter(|member| member.place == Place::Body)
            else {
                if shape.members().any(|member| key.is(member.name) && member.place == Place::Body) {
                    return Ok(false);
                }
                left = rest;
                self.reader.skip()?;
                elements.gap = true;
                continue;
            };
            let before = (self.rewriter.mark(), elements);
            elements.keep(&mut self.rewriter, start);
            if self.value(member.shape)? {
                elements.tail = self.reader.at();
            } else {
                self.rewriter.undo(before.0);
                elements = before.1;
                elements.gap = true;
            }
        }
        elements.close(&mut self.rewriter, self.reader.at() - 1);
        Ok(true)
    }

    /// Copies members in the model's order, whatever order they stand in. Of equal keys the last one counts.
    fn reordered(&mut self, shape: Shape) -> Result<(), Undecodable> {
        self.reader.open(b'{')?;
        let open = self.reader.at();
        let mut found: Vec<(usize, Reader<'t>)> = Vec::new();
        let mut first = true;
        while let Some(key) = self.reader.key(&mut first)? {
            self.reader.peek();
            if let Some(i) = shape.members().position(|member| key.is(member.name) && member.place == Place::Body) {
                found.retain(|(other, _)| *other != i);
                found.push((i, self.reader.clone()));
            }
            self.reader.skip()?;
        }
        let end = self.reader.clone();
        self.rewriter.leave_out(open, open);
        let mut separator = "\"";
        for (i, member) in shape.members().enumerate() {
            let Some((_, at)) = found.iter().find(|(other, _)| *other == i) else { continue };
            self.reader = at.clone();
            let mark = self.rewriter.mark();
            self.rewriter.jump(at.at());
            for part in [separator, member.name, "\":"] {
                self.rewriter.push(part);
            }
            if self.value(member.shape)? {
                let to = self.reader.at();
                self.rewriter.leave_out(to, to);
                separator = ",\"";
            } else {
                self.rewriter.undo(mark);
            }
        }
        self.rewriter.jump(end.at() - 1);
        self.reader = end;
        Ok(())
    }

    /// Copies lists and maps. Where an object stands for a list its values count, where an array stands for a map its
    /// indices are the keys, and the characters of a text are items of either.
    fn elements(&mut self, element: Shape, to_list: bool) -> Result<(), Undecodable> {
        let next = self.reader.peek();
        let start = self.reader.at();
        let from_array = next == b'[';
        if !from_array && next != b'{' {
            return self.scalar_elements(element, to_list);
        }
        self.reader.open(next)?;
        let inside = self.reader.at();
        if to_list != from_array {
            self.rewriter.replace(start, inside, if to_list { "[" } else { "{" });
        }
        let (mut first, mut index) = (true, 0);
        while self.reader.more(if from_array { b']' } else { b'}' }, &mut first)? {
            self.reader.peek();
            let before = self.reader.at();
            if !from_array {
                self.reader.member_key()?;
                self.reader.peek();
            }
            let start = self.reader.at();
            if to_list && !from_array {
                self.rewriter.leave_out(before, start);
            } else if from_array && !to_list {
                let mut key = String::from("\"");
                number::push_integer(&mut key, index);
                key.push_str("\":");
                self.rewriter.replace(start, start, &key);
            }
            // Null stands for an element that is missing, and stays.
            self.value(element)?;
            index += 1;
        }
        let end = self.reader.at();
        if to_list != from_array {
            self.rewriter.replace(end - 1, end, if to_list { "]" } else { "}" });
        }
        Ok(())
    }

    fn scalar_elements(&mut self, element: Shape, to_list: bool) -> Result<(), Undecodable> {
        let start = self.reader.at();
        let is_text = self.reader.peek() == b'"';
        let text =
            if is_text { self.reader.string()?.text() } else { self.reader.scalar().map(|_| Cow::Borrowed(""))? };
        let mut out = String::from(if to_list { "[" } else { "{" });
        for (i, c) in text.chars().enumerate() {
            out.push_str(if i == 0 { "" } else { "," });
            if !to_list {
                out.push('"');
                number::push_integer(&mut out, i64::try_from(i).unwrap_or(0));
                out.push_str("\":");
            }
            let mut item = String::new();
            quote(&mut item, c.encode_utf8(&mut [0; 4]));
            match element.kind() {
                Kind::Structure => out.push_str("{}"),
                Kind::List | Kind::Map => out.push_str("[]"),
                kind => out.push_str(convert(kind, &item)?.as_deref().unwrap_or(&item)),
            }
        }
        out.push(if to_list { ']' } else { '}' });
        self.rewriter.replace(start, self.reader.at(), &out);
        Ok(())
    }
}

/// The text of a scalar as its kind demands; nothing where it is right as it stands.
fn convert(kind: Kind, text: &str) -> Result<Option<String>, Undecodable> {
    let first = text.as_bytes().first().copied().unwrap_or(0);
    if first == b'n' {
        return Ok(None);
    }
    let quoted = if first == b'"' { Some(Reader::new(text).string()?.text()) } else { None };
    let is_number = first == b'-' || first.is_ascii_digit();
    Ok(match kind {
        Kind::String => {
            // Falsy values stay what they are.
            if quoted.is_some() || text == "false" || is_number && number::shown(text) == "0" {
                return Ok(None);
            }
            let mut shown = String::new();
            show(&mut shown, &mut Reader::new(text))?;
            let mut out = String::new();
            quote(&mut out, &shown);
            Some(out)
        }
        Kind::Integer => {
            let shown = if is_number { Cow::Owned(number::shown(text)) } else { quoted.unwrap_or(Cow::Borrowed("")) };
            match number::integer(&shown) {
                Some(whole) if whole == text => None,
                // JSON has no NaN, which is what v2 gives here.
                whole => Some(whole.unwrap_or("null").to_string()),
            }
        }
        Kind::Float if is_number => None,
        Kind::Float => Some(
            quoted.filter(|text| number::is_number_text(text)).map_or("null".to_string(), |text| number::shown(&text)),
        ),
        Kind::Boolean if first == b't' || first == b'f' => None,
        Kind::Boolean => Some(if quoted.as_deref() == Some("true") { "true" } else { "false" }.to_string()),
        _ => return timestamp(text, quoted, is_number),
    })
}

/// What the `Date` constructor is to get.
fn timestamp(text: &str, quoted: Option<Cow<'_, str>>, is_number: bool) -> Result<Option<String>, Undecodable> {
    let in_milliseconds = |seconds: &str| {
        let mut out = number::shown(seconds);
        out.push_str(if out.contains('e') { "" } else { "e3" });
        out
    };
    let Some(quoted) = quoted else {
        return Ok(Some(if is_number { in_milliseconds(text) } else { "null".to_string() }));
    };
    let digits = quoted.bytes().take_while(u8::is_ascii_digit).count();
    let is_rfc822 = quoted
        .split_once(',')
        .is_some_and(|(day, _)| day.len() == 3 && day.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'));
    if digits > 0 && digits == quoted.len() {
        Ok(Some(in_milliseconds(&quoted)))
    } else if digits >= 4 || is_rfc822 {
        Ok(None)
    } else {
        Err(Undecodable::Timestamp(quoted.into_owned()))
    }
}

/// Appends what `String(value)` gives.
fn show(out: &mut String, reader: &mut Reader<'_>) -> Result<(), Broken> {
    match reader.peek() {
        b'{' => {
            reader.skip()?;
            out.push_str("[object Object]");
        }
        b'[' => {
            reader.open(b'[')?;
            let mut first = true;
            let mut separator = "";
            while reader.more(b']', &mut first)? {
                out.push_str(core::mem::replace(&mut separator, ","));
                show(out, reader)?;
            }
        }
        b'"' => out.push_str(&reader.string()?.text()),
        b't' | b'f' => out.push_str(reader.scalar()?),
        b'n' => reader.scalar().map(|_| ())?,
        _ => out.push_str(&number::shown(reader.scalar()?)),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
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
