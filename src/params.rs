//! Parameters as text: what `JSON.stringify` gives, plus marks for what JSON cannot hold.
//!
//! Plain parameters arrive as their JSON and stay that text to the wire. Anything else (undefined, NaN, a Date, a
//! function, inherited members) makes the text begin with [`MARK`]; in such a text a string that begins with the mark
//! stands for such a value, and a user's own string that begins with it has it twice. The writer of that form is
//! `js/params.js`; the letters are the same there.

use alloc::string::String;

use crate::hidden::Bytes;
use crate::json::{Quoted, Reader};
use crate::model::Operation;
use crate::text;

/// The character that marks a text or a string in it.
pub const MARK: &str = "\u{1}";

/// The mark as it stands in JSON.
pub(crate) const ESCAPED_MARK: &str = "\\u0001";

/// Parameters of one call.
#[derive(Clone, Copy)]
pub struct Params<'t> {
    /// The JSON, without the leading mark. Numbers must be spelled as `JSON.stringify` does: `100`, not `1e2` or `100.0`.
    pub text: &'t str,
    /// Whether strings may carry marks.
    pub marked: bool,
}

impl core::fmt::Debug for Params<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Params").field("text", &Bytes(self.text.len())).field("marked", &self.marked).finish()
    }
}

impl<'t> Params<'t> {
    /// Takes the text as it crossed. An empty one means no parameters.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let marked = text::starts(text, MARK);
        let text = text::after(text, usize::from(marked));
        Params { text: if text.is_empty() { "{}" } else { text }, marked }
    }
}

/// What stands at a place in the parameters.
#[derive(Debug, Clone, Copy)]
pub enum Token<'t> {
    /// `null` or `undefined`.
    Null,
    /// The reader stands before the brace.
    Object,
    /// The reader stands before the bracket.
    Array,
    /// A string.
    Text(Quoted<'t>),
    /// A finite number.
    Number(&'t str),
    /// NaN or an infinity.
    NotFinite,
    /// True or false.
    Boolean(bool),
    /// A Date, in milliseconds since 1970; `NaN` for an invalid one.
    Date(&'t str),
    /// A function, symbol, bigint, or an object in place of a string, number or boolean.
    Other,
}

impl<'t> Token<'t> {
    /// Reads the next value; of an object or an array nothing yet.
    #[inline(never)]
    pub fn read(reader: &mut Reader<'t>, marked: bool) -> Self {
        let first = reader.peek();
        match first {
            b'{' => return Token::Object,
            b'[' => return Token::Array,
            _ => {}
        }
        if first == b'"' {
            return Self::text(reader.string(), marked);
        }
        let text = reader.scalar();
        match first {
            b'n' => Token::Null,
            b't' | b'f' => Token::Boolean(first == b't'),
            _ => Token::Number(text),
        }
    }

    fn text(quoted: Quoted<'t>, marked: bool) -> Self {
        if !is_marked(quoted, marked) {
            return Token::Text(quoted);
        }
        let rest = unmarked(quoted);
        match text::byte(rest, 0) {
            b'u' => Token::Null,
            b'n' => Token::NotFinite,
            b'd' => Token::Date(text::after(rest, 1)),
            b'\\' => Token::Text(Quoted { raw: rest }),
            _ => Token::Other,
        }
    }
}

fn unmarked(quoted: Quoted<'_>) -> &str {
    text::after(quoted.raw, ESCAPED_MARK.len())
}

/// A key: its own name, and whether the object has it itself or inherits it.
#[must_use]
pub fn key(quoted: Quoted<'_>, marked: bool) -> (Quoted<'_>, bool) {
    if !is_marked(quoted, marked) {
        return (quoted, true);
    }
    let own = Quoted { raw: unmarked(quoted) };
    (own, is_marked(own, true))
}

/// Whether the key was changed on its way, so that it must be written anew.
#[must_use]
pub fn is_marked(quoted: Quoted<'_>, marked: bool) -> bool {
    marked && text::starts(quoted.raw, ESCAPED_MARK)
}

/// Adds the members of `bound` (a JSON object) that the operation takes and the call does not give; nothing if there
/// is none to add. `given` is a text as it crossed.
#[must_use]
pub fn bind(operation: &Operation, given: &str, bound: &str) -> Option<String> {
    if bound.is_empty() {
        return None;
    }
    let params = Params::new(given);
    let mut members = operation.input.members();
    let mut given = 0_u64;
    let mut added = text::empty();
    let mut comma = 0;
    let mut reader = Reader::new(params.text);
    let mut marked = params.marked;
    let mut is_bound = false;
    reader.open(b'{');
    loop {
        while let Some(quoted) = reader.key() {
            comma |= usize::from(!is_bound);
            let (name, _) = key(quoted, marked);
            let start = reader.start();
            let is_null = match Token::read(&mut reader, marked) {
                Token::Object | Token::Array => reader.skip().is_empty(),
                token => matches!(token, Token::Null),
            };
            let value = reader.since(start);
            if !is_null && members.seek(name) {
                let bit = 1 << members.next_index();
                if is_bound && given & bit == 0 {
                    text::tell(&mut added, ",\"~\":~", &[name.raw, value]);
                }
                given |= bit;
            }
        }
        // Parameters that are no object are told to be so, not mended.
        if is_bound || reader.end().is_err() {
            break;
        }
        is_bound = true;
        marked = false;
        reader = Reader::new(bound);
        reader.open(b'{');
    }
    if added.is_empty() {
        return None;
    }
    let (body, _) = text::cut_last(params.text, b'}')?;
    Some(text::say("~~~}", &[if params.marked { MARK } else { "" }, body, text::after(&added, 1 - comma)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ivs::SERVICE;

    #[test]
    fn bound_members_fill_what_the_call_leaves_open() {
        let bound = r#"{"arn":"B","maxResults":3,"x":1}"#;
        let bind = |operation: &str, given: &str| bind(&SERVICE.find(operation).unwrap(), given, bound);
        assert_eq!(bind("getChannel", "").as_deref(), Some(r#"{"arn":"B"}"#));
        assert_eq!(bind("getChannel", r#"{"arn":"a"}"#), None);
        assert_eq!(
            bind("listChannels", r#"{"nextToken":"t"}"#).as_deref(),
            Some(r#"{"nextToken":"t","maxResults":3}"#)
        );
        // A null is dropped on the way, so that the member stands once in the body.
        assert_eq!(
            bind("listChannels", r#"{"maxResults":null}"#).as_deref(),
            Some(r#"{"maxResults":null,"maxResults":3}"#)
        );
        assert_eq!(super::bind(&SERVICE.find("getChannel").unwrap(), "{}", ""), None);
    }
}
