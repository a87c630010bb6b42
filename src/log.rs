//! The line that a logger gets for each call, in the form of SDK v2.

use alloc::string::String;

use crate::json::{quote, Reader};
use crate::model::{Kind, Operation, Shape};
use crate::params::{self, Params, Token};
use crate::validate::SENSITIVE;
use crate::{clock, number, text};

/// `[AWS ivs 200 0.031s 0 retries] getChannel({ arn: 'x' })`. The status is that of the last answer, if there was one;
/// `ms` is the time that the call took.
#[must_use]
pub fn line(operation: &Operation, params: Params<'_>, status: Option<u16>, ms: i64, retries: u32) -> String {
    let status = status.map_or(String::from("undefined"), |status| number::text(i64::from(status)));
    let seconds = number::shown(&text::join(&[&number::text(ms), "e-3"]));
    let retries = number::text(i64::from(retries));
    let name = operation.camel_name();
    let mut out = text::join(&[
        "[AWS ",
        operation.service.id,
        " ",
        &status,
        " ",
        &seconds,
        "s ",
        &retries,
        " retries] ",
        &name,
        "(",
    ]);
    show(&mut out, &mut Reader::new(params.text), Some(operation.input), params.marked);
    out.push_str(")");
    out
}

/// Appends a value as JavaScript writes it in a program, on one line.
fn show(out: &mut String, reader: &mut Reader<'_>, shape: Option<Shape>, marked: bool) {
    let is_null = reader.peek() == b'n';
    match Token::read(reader, marked) {
        Token::Object => {
            reader.open(b'{');
            let mut separator = "{ ";
            while let Some(key) = reader.key() {
                let (name, _) = params::key(key, marked);
                out.push_str(core::mem::replace(&mut separator, ", "));
                if text::all(name.raw, |byte| byte.is_ascii_alphanumeric() || byte == b'_') {
                    out.push_str(name.raw);
                } else {
                    literal(out, &name.text());
                }
                out.push_str(": ");
                let of = shape.and_then(|shape| shape.member(name)).map(|(_, member)| member.shape);
                // A name that is misspelt may stand for that of a secret.
                let is_unknown = of.is_none() && shape.is_some_and(|shape| shape.kind() == Kind::Structure);
                if is_unknown || of.is_some_and(Shape::is_sensitive) {
                    reader.skip();
                    literal(out, SENSITIVE);
                } else {
                    show(out, reader, of, marked);
                }
            }
            out.push_str(if separator == ", " { " }" } else { "{}" });
        }
        Token::Array => {
            reader.open(b'[');
            let mut separator = "[ ";
            while reader.more(b']') {
                out.push_str(core::mem::replace(&mut separator, ", "));
                show(out, reader, None, marked);
            }
            out.push_str(if separator == ", " { " ]" } else { "[]" });
        }
        Token::Text(quoted) => literal(out, &quoted.text()),
        Token::Number(number) => out.push_str(number),
        Token::Null => out.push_str(if is_null { "null" } else { "undefined" }),
        Token::NotFinite => out.push_str("NaN"),
        Token::Boolean(value) => out.push_str(if value { "true" } else { "false" }),
        Token::Date(ms) => out.push_str(&text::whole(ms).map_or(String::from("Invalid Date"), clock::extended)),
        Token::Other => out.push_str("[Object]"),
    }
}

/// Appends a text between single quotes.
fn literal(out: &mut String, text: &str) {
    let mut json = String::new();
    quote(&mut json, text);
    let inner = text::part(&json, 1, json.len() - 1);
    out.push_str("'");
    let mut plain = 0;
    for (at, byte) in inner.bytes().enumerate() {
        // JSON escapes the double quote, this form the single one.
        let (end, by) = match byte {
            b'"' => (at - 1, "\""),
            b'\'' => (at, "\\'"),
            _ => continue,
        };
        text::push(out, &[text::part(inner, plain, end), by]);
        plain = at + 1;
    }
    text::push(out, &[text::after(inner, plain), "'"]);
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
            line("batchGetChannel", r#"{"arns":["a'b\"c",1,null,true,[]],"x-y":{}}"#, Some(200), 2000, 1),
            r#"[AWS ivs 200 2s 1 retries] batchGetChannel({ arns: [ 'a\'b"c', 1, null, true, [] ], 'x-y': '***SensitiveInformation***' })"#
        );
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
