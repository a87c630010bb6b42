//! The line that a logger gets for each call, in the form of SDK v2.

use alloc::string::String;

use crate::json::Reader;
use crate::model::{Kind, Operation, Shape};
use crate::params::{self, Params, Token};
use crate::validate::SENSITIVE;
use crate::{clock, number, text};

/// `[AWS ivs 200 0.031s 0 retries] getChannel({ arn: 'x' })`. The status is that of the last answer, if there was one;
/// `ms` is the time that the call took.
#[must_use]
#[inline(always)]
pub fn line(operation: &Operation, params: Params<'_>, status: Option<u16>, ms: i64, retries: u32) -> String {
    let mut out = text::copy("[AWS ");
    out.push_str(operation.service.id);
    out.push_str(" ");
    match status {
        Some(status) => number::push_integer(&mut out, i64::from(status)),
        None => out.push_str("undefined"),
    }
    let mut ms = number::text(ms);
    ms.push_str("e-3");
    out.push_str(" ");
    out.push_str(&number::shown(&ms));
    out.push_str("s ");
    number::push_integer(&mut out, i64::from(retries));
    out.push_str(" retries] ");
    out.push_str(&operation.camel_name());
    out.push_str("(");
    if text::byte(params.text, 0) == b'{' {
        show(&mut out, &mut Reader::new(params.text), Some(operation.input), params.marked);
    } else {
        // What it should have been is not known: it may be a secret.
        out.push_str(SENSITIVE);
    }
    out.push_str(")");
    out
}

/// Appends a value as JavaScript writes it in a program, on one line.
fn show(out: &mut String, reader: &mut Reader<'_>, shape: Option<Shape>, marked: bool) {
    let first = reader.peek();
    if first == b'"' {
        let other = match Token::read(reader, marked) {
            Token::Text(quoted) => return literal(out, quoted.raw, "'"),
            Token::Date(ms) => match text::whole(ms) {
                Some(ms) => return out.push_str(&clock::extended(ms)),
                None => "Invalid Date",
            },
            Token::Null => "undefined",
            Token::NotFinite => "NaN",
            _ => "[Object]",
        };
        return out.push_str(other);
    }
    if !matches!(first, b'{' | b'[') {
        return out.push_str(reader.scalar());
    }
    reader.open(first);
    text::push_byte(out, first);
    let mut separator = " ";
    while reader.more(first + 2) {
        out.push_str(separator);
        separator = ", ";
        let mut of = None;
        if first == b'{' {
            let (name, _) = params::key(reader.member_key(), marked);
            literal(out, name.raw, if text::all(name.raw, text::is_word) { "" } else { "'" });
            out.push_str(": ");
            if let Some(shape) = shape {
                let mut members = shape.members();
                of = members.seek(name).then(|| members.shape());
            }
            // A name that is misspelt may stand for that of a secret.
            let is_unknown = of.is_none() && shape.is_some_and(|shape| shape.kind() == Kind::Structure);
            if is_unknown || of.is_some_and(Shape::is_sensitive) {
                reader.skip();
                literal(out, SENSITIVE, "'");
                continue;
            }
        }
        show(out, reader, of, marked);
    }
    out.push_str(text::part(separator, 1, 2));
    text::push_byte(out, first + 2);
}

/// Appends a text, which is escaped as JSON has it, between quotes of this form.
#[inline(never)]
fn literal(out: &mut String, raw: &str, mark: &str) {
    out.push_str(mark);
    let (mut plain, mut at) = (0, 0);
    while at < raw.len() {
        let byte = text::byte(raw, at);
        if matches!(byte, b'"' | b'\'') {
            // JSON escapes the double quote, this form the single one.
            out.push_str(text::part(raw, plain, at - usize::from(byte == b'"')));
            out.push_str(if byte == b'"' { "" } else { "\\" });
            plain = at;
        }
        at += 1;
    }
    out.push_str(text::after(raw, plain));
    out.push_str(mark);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ivs::SERVICE;

    #[test]
    fn the_line_of_a_call() {
        let line = |operation: &str, params: &str, status, ms, retries| {
            super::line(&SERVICE.find(operation).unwrap(), Params::new(params), status, ms, retries)
        };
        assert_eq!(
            line("getChannel", r#"{"arn":"x"}"#, Some(503), 31, 3),
            "[AWS ivs 503 0.031s 3 retries] getChannel({ arn: 'x' })"
        );
        assert_eq!(line("listChannels", "", None, 0, 0), "[AWS ivs undefined 0s 0 retries] listChannels({})");
        assert_eq!(
            line("getChannel", r#"{"arn":"a\n\\\"é'\"","x'":1}"#, Some(200), 5, 0),
            r#"[AWS ivs 200 0.005s 0 retries] getChannel({ arn: 'a\n\\"é\'"', 'x\'': '***SensitiveInformation***' })"#
        );
        assert_eq!(
            line("batchGetChannel", r#"{"arns":["a'b\"c",1,null,true,[]],"x-y":{}}"#, Some(200), 2000, 1),
            r#"[AWS ivs 200 2s 1 retries] batchGetChannel({ arns: [ 'a\'b"c', 1, null, true, [] ], 'x-y': '***SensitiveInformation***' })"#
        );
    }

    #[test]
    fn what_json_cannot_hold_is_shown_as_what_it_is() {
        let params = "\u{1}{\"durationSeconds\":\"\\u0001n\",\"targetStartAt\":\"\\u0001d1704164645000\",\"channelArn\":\"\\u0001u\"}";
        let shown = line(&SERVICE.find("insertAdBreak").unwrap(), Params::new(params), None, 0, 0);
        let told = "({ durationSeconds: NaN, targetStartAt: 2024-01-02T03:04:05Z, channelArn: undefined })";
        assert!(shown.ends_with(told), "{shown}");
        let invalid = "\u{1}{\"targetStartAt\":\"\\u0001dNaN\",\"channelArn\":\"\\u0001o\"}";
        let shown = line(&SERVICE.find("insertAdBreak").unwrap(), Params::new(invalid), None, 0, 0);
        assert!(shown.ends_with("({ targetStartAt: Invalid Date, channelArn: [Object] })"), "{shown}");
    }

    #[test]
    fn what_is_sensitive_is_not_shown() {
        let params = Params::new(r#"{"channelArn":"a","metadata":"the score"}"#);
        let line = line(&SERVICE.find("putMetadata").unwrap(), params, Some(204), 5, 0);
        assert!(line.ends_with("putMetadata({ channelArn: 'a', metadata: '***SensitiveInformation***' })"), "{line}");
        let params = Params::new(r#"{"metdata":{"a":"the score"}}"#);
        let line = super::line(&SERVICE.find("putMetadata").unwrap(), params, None, 5, 0);
        assert!(line.ends_with("putMetadata({ metdata: '***SensitiveInformation***' })"), "{line}");
    }
}
