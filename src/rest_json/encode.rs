//! Parameters to a request: labels into the path, query members into the query, the rest into the body.

use alloc::borrow::Cow;
use alloc::string::String;

use super::Elements;
use crate::json::{quote, Broken, Quoted, Reader, Rewriter};
use crate::model::{Kind, Member, Operation, Place, Shape};
use crate::params::{self, Params, Token};
use crate::{clock, number, text, uri};

/// Where an operation's parameters went.
#[derive(Debug)]
pub struct Encoded<'t> {
    /// The path, escaped, without the endpoint's own. A label without a usable value still stands in braces.
    pub path: String,
    /// The query string, escaped, without `?`; nothing where there is none, which differs from an empty one.
    pub query: Option<String>,
    /// The JSON body; nothing for GET and DELETE. Borrowed where the parameters' own text is the body.
    pub body: Option<Cow<'t, str>>,
}

/// Encodes parameters. `rewrite` is what [`crate::validate`] found out; true is always safe.
///
/// # Errors
/// When the text is not JSON or nested too deeply.
pub fn encode<'t>(operation: &Operation, params: Params<'t>, rewrite: bool) -> Result<Encoded<'t>, Broken> {
    let has_body = !matches!(operation.method, "GET" | "DELETE");
    let mut encoder = Encoder {
        reader: Reader::new(params.text),
        rewriter: Rewriter::new(params.text),
        marked: params.marked,
        path: if operation.uri.is_empty() { text::join(&["/", operation.name]) } else { String::from(operation.uri) },
        query: None,
    };
    if rewrite || !operation.uri.is_empty() {
        let token = Token::read(&mut encoder.reader, params.marked);
        encoder.container(operation.input, token, 0);
        encoder.reader.end()?;
    }
    Ok(Encoded { path: encoder.path, query: encoder.query, body: has_body.then(|| encoder.rewriter.finish()) })
}

struct Encoder<'t> {
    reader: Reader<'t>,
    rewriter: Rewriter<'t>,
    marked: bool,
    path: String,
    query: Option<String>,
}

impl<'t> Encoder<'t> {
    /// Copies the value that comes next; false if it is null, which the caller leaves out.
    fn value(&mut self, shape: Shape) -> bool {
        self.reader.peek();
        let start = self.reader.at();
        let token = Token::read(&mut self.reader, self.marked);
        let kind = shape.kind();
        match token {
            Token::Null => return false,
            Token::NotFinite => self.rewriter.replace(start, self.reader.at(), "null"),
            _ if matches!(kind, Kind::Structure | Kind::List | Kind::Map) => self.container(shape, token, start),
            Token::Other => return false,
            _ => self.scalar(kind, token, start),
        }
        true
    }

    /// Structures, maps and lists. An array in place of a map gets its indices as keys, an object in place of a list
    /// gives its values; other values have no members. The latter two happen only without validation.
    #[inline(never)]
    fn container(&mut self, shape: Shape, token: Token<'t>, start: usize) {
        let to_list = shape.kind() == Kind::List;
        let (open, close) = if to_list { ("[", "]") } else { ("{", "}") };
        let (bracket, end) = match token {
            Token::Array => (b'[', b']'),
            Token::Object => (b'{', b'}'),
            _ => {
                self.rewriter.replace(start, self.reader.at(), &members_of_scalar(to_list, token));
                return;
            }
        };
        let from_array = bracket == b'[';
        self.reader.open(bracket);
        let inside = self.reader.at();
        if to_list != from_array {
            self.rewriter.replace(inside - 1, inside, open);
        }
        let mut elements = Elements::new(inside);
        let mut index = 0;
        while self.reader.more(end) {
            self.reader.peek();
            let start = self.reader.at();
            // The key as it must be written, where it is not as it stands.
            let mut written = String::new();
            let mut own = true;
            let mut key = None;
            if from_array {
                written = number::text(index);
                index += 1;
            } else {
                let quoted = self.reader.member_key();
                let (name, is_own) = params::key(quoted, self.marked);
                own = is_own;
                if params::is_marked(quoted, self.marked) {
                    written.push_str(name.raw);
                }
                key = Some(name);
            }
            let name = key.unwrap_or(Quoted { raw: &written, escaped: false });
            self.reader.peek();
            let value_start = self.reader.at();
            let before = (self.rewriter.mark(), elements);
            let mut kept = false;
            if let Some(element) = self.element(shape, name).filter(|_| own) {
                if to_list || !written.is_empty() {
                    // Only the value stands as it must.
                    elements.gap |= value_start != start || !to_list;
                    elements.keep(&mut self.rewriter, value_start);
                    if !to_list {
                        self.rewriter.push(&["\"", name.raw, "\":"]);
                    }
                } else {
                    elements.keep(&mut self.rewriter, start);
                }
                kept = self.value(element);
            } else {
                self.reader.skip();
            }
            elements.kept(kept, before, &mut self.rewriter, &self.reader);
        }
        let end = self.reader.at();
        elements.close(&mut self.rewriter, end.saturating_sub(1));
        if to_list != from_array {
            self.rewriter.replace(end.saturating_sub(1), end, close);
        }
    }

    /// The shape of an element of the body; nothing for what is unknown or travels elsewhere.
    fn element(&mut self, shape: Shape, name: Quoted<'_>) -> Option<Shape> {
        match shape.kind() {
            Kind::Structure => {
                let (_, member) = shape.member(name)?;
                match member.place {
                    Place::Body => return Some(member.shape),
                    Place::Uri => self.label(&member),
                    Place::Query => self.query(&member),
                    // No service served here has input members in headers.
                    Place::Header => {}
                }
                None
            }
            Kind::List => Some(shape.element()),
            _ => Some(shape.value()),
        }
    }

    /// The value that comes next as text, if it is a scalar other than null. The reader stays where it is.
    #[inline(never)]
    fn peek_text(&self, mut reader: Reader<'t>) -> Option<Cow<'t, str>> {
        match Token::read(&mut reader, self.marked) {
            Token::Text(quoted) => Some(quoted.text()),
            Token::Number(text) => Some(Cow::Borrowed(text)),
            _ => None,
        }
    }

    fn label(&mut self, member: &Member) {
        let text = self.peek_text(self.reader).filter(|text| !matches!(text.as_ref(), "" | "." | ".."));
        if let Some(text) = text {
            let mut escaped = String::new();
            uri::encode(&mut escaped, &text);
            text::fill(&mut self.path, &text::join(&["{", member.name, "}"]), &escaped);
        }
    }

    fn query(&mut self, member: &Member) {
        let mut reader = self.reader;
        let next = reader.peek();
        if next == b'n' {
            return;
        }
        let mut query = self.query.take().unwrap_or_default();
        let is_list = next == b'[';
        if is_list {
            reader.open(b'[');
        }
        while !is_list || reader.more(b']') {
            if let Some(text) = self.peek_text(reader) {
                let separator = if query.is_empty() { "" } else { "&" };
                text::push(&mut query, &[separator, member.name, "="]);
                uri::encode(&mut query, &text);
            }
            if !is_list {
                break;
            }
            reader.skip();
        }
        self.query = Some(query);
    }

    fn scalar(&mut self, kind: Kind, token: Token<'t>, start: usize) {
        let mut unsendable = false;
        if matches!(token, Token::Object | Token::Array) {
            // Only without validation. What JSON cannot hold is marked in there, and must not be sent as a text.
            unsendable = self.marked && text::find(self.reader.skip(), params::ESCAPED_MARK).is_some();
        }
        let end = self.reader.at();
        let by = match (kind, token) {
            _ if unsendable => None,
            (Kind::Timestamp, _) => clock::moment(token).map(quoted_time),
            (Kind::Integer, Token::Number(text)) => number::integer(text),
            (Kind::Integer, Token::Text(quoted)) => number::integer(&quoted.text()),
            (Kind::Float, Token::Text(quoted)) => Some(number::json(&quoted.text())),
            (Kind::Integer, _) => None,
            (_, Token::Date(ms)) => text::whole(ms).map(quoted_time),
            (_, Token::Text(quoted)) if quoted.raw.len() + 2 != end - start => {
                // The user's text begins with the mark, so it has two.
                return self.rewriter.leave_out(start + 1, end - 1 - quoted.raw.len());
            }
            _ => return,
        };
        let by = by.as_deref().unwrap_or("null");
        if by != self.reader.since(start) {
            self.rewriter.replace(start, end, by);
        }
    }
}

fn quoted_time(ms: i64) -> String {
    text::join(&["\"", &clock::extended(ms), "\""])
}

/// What a walk over the members of a scalar finds: the characters of a text for a list, and nothing else.
fn members_of_scalar(to_list: bool, token: Token<'_>) -> String {
    if !to_list {
        return String::from("{}");
    }
    let mut out = String::from("[");
    if let Token::Text(quoted) = token {
        text::characters(&quoted.text(), |character| {
            out.push_str(if out.len() > 1 { "," } else { "" });
            quote(&mut out, character);
        });
    }
    out.push_str("]");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ivs::SERVICE;

    fn body(operation: &str, text: &str) -> String {
        let operation = SERVICE.find(operation).unwrap();
        encode(&operation, Params::new(text), true).unwrap().body.unwrap().into_owned()
    }

    #[test]
    fn nulls_and_unknown_members_are_left_out_with_their_commas() {
        for (given, sent) in [
            (r#"{"arns":["a",null,"b"]}"#, r#"{"arns":["a","b"]}"#),
            (r#"{"arns":[null,"a",null]}"#, r#"{"arns":["a"]}"#),
            (r#"{"arns":[null]}"#, r#"{"arns":[]}"#),
            (r#"{"x":1,"arns":["a"],"y":{"z":[1]}}"#, r#"{"arns":["a"]}"#),
            (r#"{"arns":null}"#, "{}"),
            ("\u{1}{\"arns\":\"\\u0001u\",\"\\u0001inherited\":1}", "{}"),
            ("\u{1}{\"arns\":[\"\\u0001\\u0001x\"]}", "{\"arns\":[\"\\u0001x\"]}"),
        ] {
            assert_eq!(body("batchGetChannel", given), sent, "{given}");
        }
        assert_eq!(
            body("createChannel", r#"{"tags":["a",null,"b"],"name":"n"}"#),
            r#"{"tags":{"0":"a","2":"b"},"name":"n"}"#
        );
        assert_eq!(
            body("createChannel", "\u{1}{\"tags\":{\"a\":null,\"\\u0001\\u0001k\":\"v\"}}"),
            "{\"tags\":{\"\\u0001k\":\"v\"}}"
        );
        assert_eq!(body("listChannels", r#"{"maxResults":"5.5"}"#), r#"{"maxResults":5}"#);
        assert_eq!(body("batchGetChannel", r#"{"arns":"xy"}"#), r#"{"arns":["x","y"]}"#);
        assert_eq!(body("batchGetChannel", r#"{"arns":{"a":"x","b":null,"c":"y"}}"#), r#"{"arns":["x","y"]}"#);
        assert_eq!(body("getChannel", "\u{1}{\"arn\":[\"\\u0001o\"]}"), r#"{"arn":null}"#);
        assert_eq!(body("getChannel", r#""xy""#), "{}");
    }

    #[test]
    fn an_unchanged_text_is_the_body() {
        let operation = SERVICE.find("getChannel").unwrap();
        let params = Params::new(r#"{"arn":"a"}"#);
        for rewrite in [true, false] {
            assert!(matches!(encode(&operation, params, rewrite).unwrap().body, Some(Cow::Borrowed(r#"{"arn":"a"}"#))));
        }
    }

    #[test]
    fn labels_and_queries_leave_the_body() {
        let params = Params::new(r#"{"resourceArn":"a/é","tagKeys":["b c","a"],"x":1}"#);
        let encoded = encode(&SERVICE.find("untagResource").unwrap(), params, false).unwrap();
        assert_eq!(
            (encoded.path.as_str(), encoded.query.as_deref(), encoded.body),
            ("/tags/a%2F%C3%A9", Some("tagKeys=b%20c&tagKeys=a"), None)
        );
        let params = Params::new(r#"{"resourceArn":"a","tags":{"k":"v"}}"#);
        let encoded = encode(&SERVICE.find("tagResource").unwrap(), params, false).unwrap();
        assert_eq!(
            (encoded.path.as_str(), encoded.query, encoded.body.as_deref()),
            ("/tags/a", None, Some(r#"{"tags":{"k":"v"}}"#))
        );
        let encoded =
            encode(&SERVICE.find("listTagsForResource").unwrap(), Params::new(r#"{"resourceArn":".."}"#), false)
                .unwrap();
        assert!(encoded.path.contains('{'));
    }
}
