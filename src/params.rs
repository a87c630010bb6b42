//! Parameters as text: what `JSON.stringify` gives, plus marks for what JSON cannot hold.
//!
//! Plain parameters arrive as their JSON and stay that text to the wire. Anything else (undefined, NaN, a Date, a
//! function, inherited members) makes the text begin with [`MARK`]; in such a text a string that begins with the mark
//! stands for such a value, and a user's own string that begins with it has it twice. The writer of that form is
//! `js/params.js`; the letters are the same there.

use alloc::string::String;

use crate::json::{Broken, Quoted, Reader};
use crate::model::Operation;

/// The character that marks a text or a string in it.
pub const MARK: char = '\u{1}';

/// The mark as it stands in JSON.
const ESCAPED_MARK: &str = "\\u0001";

/// Parameters of one call.
#[derive(Debug, Clone, Copy)]
pub struct Params<'t> {
    /// The JSON, without the leading mark.
    pub text: &'t str,
    /// Whether strings may carry marks.
    pub marked: bool,
}

impl<'t> Params<'t> {
    /// Takes the text as it crossed. An empty one means no parameters.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let (text, marked) = text.strip_prefix(MARK).map_or((text, false), |rest| (rest, true));
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
    Boolean,
    /// A Date, in milliseconds since 1970; `NaN` for an invalid one.
    Date(&'t str),
    /// A function, symbol, bigint, or an object in place of a string, number or boolean.
    Other,
}

impl<'t> Token<'t> {
    /// Reads the next value; of an object or an array nothing yet.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn read(reader: &mut Reader<'t>, marked: bool) -> Result<Self, Broken> {
        Ok(match reader.peek() {
            b'{' => Token::Object,
            b'[' => Token::Array,
            b'"' => Self::text(reader.string()?, marked),
            b'n' => reader.scalar().map(|_| Token::Null)?,
            b't' | b'f' => reader.scalar().map(|_| Token::Boolean)?,
            _ => Token::Number(reader.scalar()?),
        })
    }

    fn text(quoted: Quoted<'t>, marked: bool) -> Self {
        let Some(rest) = quoted.raw.strip_prefix(ESCAPED_MARK).filter(|_| marked) else {
            return Token::Text(quoted);
        };
        match rest.as_bytes().first() {
            Some(b'u') => Token::Null,
            Some(b'n') => Token::NotFinite,
            Some(b'd') => Token::Date(rest.get(1..).unwrap_or("")),
            Some(b'\\') => Token::Text(Quoted { raw: rest, escaped: true }),
            _ => Token::Other,
        }
    }
}

/// A key: its own name, and whether the object has it itself or inherits it.
#[must_use]
pub fn key(quoted: Quoted<'_>, marked: bool) -> (Quoted<'_>, bool) {
    match quoted.raw.strip_prefix(ESCAPED_MARK).filter(|_| marked) {
        None => (quoted, true),
        Some(rest) => (Quoted { raw: rest, escaped: quoted.escaped }, rest.starts_with(ESCAPED_MARK)),
    }
}

/// Whether the key was changed on its way, so that it must be written anew.
#[must_use]
pub fn is_marked(quoted: Quoted<'_>, marked: bool) -> bool {
    marked && quoted.raw.starts_with(ESCAPED_MARK)
}

/// Adds the members of `bound` (a JSON object) that the operation takes and the call does not give; nothing if there
/// is none to add. `given` is a text as it crossed.
#[must_use]
pub fn bind(operation: &Operation, given: &str, bound: &str) -> Option<String> {
    let params = Params::new(given);
    let body = params.text.trim_end().strip_suffix('}')?;
    let mut added = String::new();
    let mut reader = Reader::new(bound);
    reader.open(b'{').ok()?;
    let mut first = true;
    while let Ok(Some(name)) = reader.key(&mut first) {
        let value = reader.skip().ok()?;
        let is_member = operation.input.members().any(|member| name.is(member.name));
        if is_member && value != "null" && !gives(params, &name.text()) {
            for part in [",\"", name.raw, "\":", value] {
                added.push_str(part);
            }
        }
    }
    let comma = usize::from(body.trim_end().ends_with('{'));
    let added = added.get(comma..).filter(|added| !added.is_empty())?;
    let mark = if params.marked { "\u{1}" } else { "" };
    Some([mark, body, added, "}"].concat())
}

/// Whether the parameters have the member, and not as null.
fn gives(params: Params<'_>, name: &str) -> bool {
    let mut reader = Reader::new(params.text);
    let mut first = true;
    if reader.open(b'{').is_err() {
        return true;
    }
    while let Ok(Some(quoted)) = reader.key(&mut first) {
        let is_null = matches!(Token::read(&mut reader.clone(), params.marked), Ok(Token::Null));
        if !is_null && key(quoted, params.marked).0.is(name) {
            return true;
        }
        if reader.skip().is_err() {
            return true;
        }
    }
    false
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
