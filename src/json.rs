//! JSON as text: a strict reader that allocates nothing, a rewriter that copies only what changes, and escapes.
//!
//! Parameters and answers stay text on their way through the core. The reader refuses what `JSON.parse` refuses,
//! and nesting beyond [`DEPTH`].

use alloc::borrow::Cow;
use alloc::string::String;

use crate::text;

/// How deeply values may be nested.
pub const DEPTH: u32 = 64;

/// The text is not JSON, or is nested too deeply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// Not JSON; the offset in bytes at which that showed.
    Syntax(usize),
    /// Nested deeper than [`DEPTH`].
    Depth,
}

/// A string as it stands in the text, without its quotes.
#[derive(Debug, Clone, Copy)]
pub struct Quoted<'t> {
    /// The characters between the quotes, escapes included.
    pub raw: &'t str,
    /// Whether there are escapes.
    pub escaped: bool,
}

impl<'t> Quoted<'t> {
    /// The text that is meant. A lone surrogate becomes U+FFFD, as in every UTF-8 encoder of the web.
    #[must_use]
    #[inline(never)]
    pub fn text(self) -> Cow<'t, str> {
        if self.escaped {
            Cow::Owned(unescape(self.raw))
        } else {
            Cow::Borrowed(self.raw)
        }
    }

    /// Whether the text that is meant is `name`.
    #[must_use]
    #[inline(never)]
    pub fn is(self, name: &str) -> bool {
        if self.escaped {
            self.text() == name
        } else {
            self.raw == name
        }
    }
}

/// Reads JSON text from front to back.
///
/// What is not JSON breaks the reader: from then on it stands at the end, where there are no values, members or
/// elements, so that every walk comes to its own end. [`Reader::end`] tells.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
    /// Whether nothing was read since the innermost opening bracket.
    fresh: bool,
    /// Where the text showed to be broken.
    broken: Option<usize>,
}

impl<'t> Reader<'t> {
    /// Starts at the front.
    #[must_use]
    #[inline(never)]
    pub const fn new(text: &'t str) -> Self {
        Reader { text, at: 0, depth: 0, fresh: false, broken: None }
    }

    /// The offset in bytes.
    #[must_use]
    pub const fn at(&self) -> usize {
        self.at
    }

    /// The text from `start` up to here.
    #[must_use]
    pub fn since(&self, start: usize) -> &'t str {
        text::part(self.text, start, self.at)
    }

    fn byte(&self) -> u8 {
        text::byte(self.text, self.at)
    }

    #[inline(never)]
    fn fail(&mut self) {
        self.broken.get_or_insert(self.at);
        self.at = self.text.len();
    }

    /// The first byte of the next token; 0 at the end.
    #[inline(never)]
    pub fn peek(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
        self.byte()
    }

    /// Steps over `byte` if it comes next.
    #[inline(never)]
    pub fn take(&mut self, byte: u8) -> bool {
        let next = self.peek() == byte;
        self.at += usize::from(next);
        next
    }

    /// Steps into an object or an array, which must come next.
    #[inline(never)]
    pub fn open(&mut self, bracket: u8) {
        self.depth += 1;
        self.fresh = true;
        if !self.take(bracket) || self.depth > DEPTH {
            self.fail();
        }
    }

    /// Whether another element follows; at the end of the object or array it steps out.
    #[inline(never)]
    pub fn more(&mut self, end: u8) -> bool {
        let first = core::mem::take(&mut self.fresh);
        if self.take(end) {
            // `[1,]` has been refused below: after a comma a value must follow.
            self.depth = self.depth.saturating_sub(1);
            return false;
        }
        let goes_on = first || self.take(b',') && self.peek() != end;
        if !goes_on {
            self.fail();
        }
        self.broken.is_none()
    }

    /// The key of the next member of an object, its colon passed; nothing at the end of the object.
    #[inline(never)]
    pub fn key(&mut self) -> Option<Quoted<'t>> {
        self.more(b'}').then(|| self.member_key())
    }

    /// A key, and the colon after it.
    #[inline(never)]
    pub fn member_key(&mut self) -> Quoted<'t> {
        let key = self.string();
        if !self.take(b':') {
            self.fail();
        }
        key
    }

    /// The next token, which must be a string.
    #[inline(never)]
    pub fn string(&mut self) -> Quoted<'t> {
        if !self.take(b'"') {
            self.fail();
        }
        let start = self.at;
        let mut escaped = false;
        loop {
            self.at = text::plain_until(self.text, self.at);
            match self.byte() {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    self.at += 1;
                    match self.byte() {
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                        b'u' if self.text.as_bytes().get(self.at + 1..self.at + 5).is_some_and(is_hex) => self.at += 4,
                        _ => break self.fail(),
                    }
                }
                _ => break self.fail(),
            }
            self.at += 1;
        }
        let raw = self.since(start);
        self.at += usize::from(self.broken.is_none());
        Quoted { raw, escaped }
    }

    fn digits(&mut self) {
        let count = text::digits(text::after(self.text, self.at));
        self.at += count;
        if count == 0 {
            self.fail();
        }
    }

    fn number(&mut self) {
        self.at += usize::from(self.byte() == b'-');
        if self.byte() == b'0' {
            self.at += 1;
        } else {
            self.digits();
        }
        if self.byte() == b'.' {
            self.at += 1;
            self.digits();
        }
        if self.byte() | 32 == b'e' {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), b'+' | b'-'));
            self.digits();
        }
    }

    /// Steps over a value that is neither object nor array and gives its text.
    #[inline(never)]
    pub fn scalar(&mut self) -> &'t str {
        let first = self.peek();
        let start = self.at;
        let word = match first {
            b'"' => {
                self.string();
                ""
            }
            b't' => "true",
            b'f' => "false",
            b'n' => "null",
            _ => {
                self.number();
                ""
            }
        };
        if !word.is_empty() {
            if text::starts(text::after(self.text, self.at), word) {
                self.at += word.len();
            } else {
                self.fail();
            }
        }
        self.since(start)
    }

    /// Steps over any value and gives its text. Nesting costs no stack: a bit for each level.
    #[inline(never)]
    pub fn skip(&mut self) -> &'t str {
        self.peek();
        let start = self.at;
        let outer = self.depth;
        let mut objects = 0_u64;
        loop {
            let next = self.peek();
            if matches!(next, b'{' | b'[') {
                self.open(next);
                objects = objects << 1 | u64::from(next == b'{');
            } else {
                self.scalar();
            }
            // On to the next value of the innermost container that is not at its end.
            loop {
                if self.depth == outer || self.broken.is_some() {
                    return self.since(start);
                }
                if if objects & 1 == 1 { self.key().is_some() } else { self.more(b']') } {
                    break;
                }
                objects >>= 1;
            }
        }
    }

    /// Nothing but white space may be left.
    ///
    /// # Errors
    /// When something is, or when the text was broken before.
    #[inline(never)]
    pub fn end(&mut self) -> Result<(), Broken> {
        self.peek();
        if self.at < self.text.len() {
            self.fail();
        }
        match self.broken {
            Some(_) if self.depth > DEPTH => Err(Broken::Depth),
            Some(at) => Err(Broken::Syntax(at)),
            None => Ok(()),
        }
    }
}

fn is_hex(digits: &[u8]) -> bool {
    digits.iter().all(u8::is_ascii_hexdigit)
}

/// Copies a text with changes. As long as nothing is changed nothing is copied.
#[derive(Debug)]
pub struct Rewriter<'t> {
    text: &'t str,
    out: String,
    copied: usize,
}

/// A place to go back to.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    written: usize,
    copied: usize,
}

impl<'t> Rewriter<'t> {
    /// Starts with nothing changed.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Rewriter { text, out: String::new(), copied: 0 }
    }

    /// Copies up to `from` and goes on from `to`, leaving out what is between.
    #[inline(never)]
    pub fn leave_out(&mut self, from: usize, to: usize) {
        if from > self.copied {
            self.out.push_str(text::part(self.text, self.copied, from));
        }
        self.copied = to;
    }

    /// Copies up to `from`, writes `by`, and goes on from `to`.
    #[inline(never)]
    pub fn replace(&mut self, from: usize, to: usize, by: &str) {
        self.leave_out(from, to);
        self.out.push_str(by);
    }

    /// Writes right behind what [`Rewriter::leave_out`] or [`Rewriter::replace`] wrote.
    pub fn push(&mut self, parts: &[&str]) {
        text::push(&mut self.out, parts);
    }

    /// The place right behind what [`Rewriter::leave_out`] or [`Rewriter::replace`] wrote.
    pub fn out(&mut self) -> &mut String {
        &mut self.out
    }

    /// Goes on from `to`, wherever that is; what is uncopied before it is lost.
    pub fn jump(&mut self, to: usize) {
        self.copied = to;
    }

    /// This place.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark { written: self.out.len(), copied: self.copied }
    }

    /// Undoes everything since `mark`.
    #[inline(never)]
    pub fn undo(&mut self, mark: Mark) {
        self.out.truncate(mark.written);
        self.copied = mark.copied;
    }

    /// The new text; the old one if nothing was changed.
    #[must_use]
    pub fn finish(mut self) -> Cow<'t, str> {
        if self.copied == 0 && self.out.is_empty() {
            return Cow::Borrowed(self.text);
        }
        self.leave_out(self.text.len(), self.text.len());
        Cow::Owned(self.out)
    }
}

/// The text that escapes stand for. UTF-16 units are put together, since a pair of surrogates is two escapes.
fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut high = 0_u32;
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        let (unit, length) = if c == '\\' { escape(rest) } else { (u32::from(c), c.len_utf8()) };
        rest = text::after(rest, length);
        let low = unit & 0xFC00 == 0xDC00;
        if high != 0 && !low {
            out.push('\u{FFFD}');
        }
        let point = if high != 0 && low { 0x1_0000 + ((high & 0x3FF) << 10) + (unit & 0x3FF) } else { unit };
        high = if unit & 0xFC00 == 0xD800 { unit } else { 0 };
        if high == 0 {
            out.push(char::from_u32(point).unwrap_or('\u{FFFD}'));
        }
    }
    if high != 0 {
        out.push('\u{FFFD}');
    }
    out
}

/// The unit of the escape at the front, and its length.
fn escape(text: &str) -> (u32, usize) {
    let letter = text::byte(text, 1);
    let unit = match letter {
        b'b' => 8,
        b'f' => 12,
        b'n' => 10,
        b'r' => 13,
        b't' => 9,
        b'u' => {
            let hex = |value, digit: u8| value << 4 | u32::from((digit & 15) + (digit >> 6) * 9);
            return (text::part(text, 2, 6).bytes().fold(0, hex), 6);
        }
        _ => u32::from(letter),
    };
    (unit, 2)
}

/// Appends `text` as a JSON string, quotes included.
#[inline(never)]
pub fn quote(out: &mut String, text: &str) {
    out.push_str("\"");
    let mut plain = 0;
    loop {
        let at = text::plain_until(text, plain);
        out.push_str(text::part(text, plain, at));
        if at == text.len() {
            break;
        }
        plain = at + 1;
        let byte = text::byte(text, at);
        out.push_str("\\");
        if byte < b' ' {
            out.push_str(if byte < 16 { "u000" } else { "u001" });
            text::push_byte(out, text::byte("0123456789abcdef", usize::from(byte & 15)));
        } else {
            text::push_byte(out, byte);
        }
    }
    out.push_str("\"");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_and_refuses_what_json_parse_does() {
        for text in
            ["0", "-1.5e+3", " [ ] ", "{\"a\":[1,{\"b\":null}],\"c\":\"\\u00e9\\n\"}", "[[],{}]", "[true,false]"]
        {
            let mut reader = Reader::new(text);
            assert!(!reader.skip().is_empty() && reader.end().is_ok(), "{text}");
        }
        for text in [
            "",
            "01",
            "1.",
            ".5",
            "[1,]",
            "{,}",
            "{\"a\"}",
            "[1 2]",
            "tru",
            "\"\\x\"",
            "\"\n\"",
            "{}}",
            "\u{feff}{}",
            "nul",
            "-",
            "[",
            "{\"a\":1,}",
            "]",
            "[}",
        ] {
            let mut reader = Reader::new(text);
            reader.skip();
            assert!(reader.end().is_err(), "{text}");
        }
    }

    #[test]
    fn depth_is_capped_without_recursion() {
        let nested = |n: usize| "[".repeat(n) + &"]".repeat(n);
        for (depth, outcome) in [(64, Ok(())), (65, Err(Broken::Depth)), (100_000, Err(Broken::Depth))] {
            let text = nested(depth);
            let mut reader = Reader::new(&text);
            reader.skip();
            assert_eq!(reader.end(), outcome);
        }
    }

    #[test]
    fn escapes_are_read_with_surrogates() {
        assert_eq!(unescape("a\\u00e9\\ud83d\\ude00\\n\\/\\\""), "aé😀\n/\"");
        assert_eq!(unescape("\\ud83dx\\ude00\\ud83d"), "\u{FFFD}x\u{FFFD}\u{FFFD}");
    }

    #[test]
    fn an_unchanged_text_is_not_copied() {
        let text = "{\"a\":1}";
        assert!(matches!(Rewriter::new(text).finish(), Cow::Borrowed(_)));
        let mut rewriter = Rewriter::new(text);
        rewriter.replace(5, 6, "22");
        assert_eq!(rewriter.finish(), "{\"a\":22}");
    }

    #[test]
    fn quoted_text_reads_back() {
        let mut out = String::new();
        quote(&mut out, "a\"\\\n\u{1}é");
        assert_eq!(out, "\"a\\\"\\\\\\u000a\\u0001é\"");
        assert_eq!(Reader::new(&out).string().text(), "a\"\\\n\u{1}é");
    }
}
