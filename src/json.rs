//! JSON as text: a strict reader that allocates nothing, a rewriter that copies only what changes, and escapes.
//!
//! Parameters and answers stay text on their way through the core. The reader refuses what `JSON.parse` refuses,
//! and nesting beyond [`DEPTH`].

use alloc::borrow::Cow;
use alloc::string::String;

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
    pub fn text(self) -> Cow<'t, str> {
        if self.escaped {
            Cow::Owned(unescape(self.raw))
        } else {
            Cow::Borrowed(self.raw)
        }
    }

    /// Whether the text that is meant is `name`.
    #[must_use]
    pub fn is(self, name: &str) -> bool {
        if self.escaped {
            self.text() == name
        } else {
            self.raw == name
        }
    }
}

/// Reads JSON text from front to back.
#[derive(Debug, Clone)]
pub struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
}

impl<'t> Reader<'t> {
    /// Starts at the front.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Reader { text, at: 0, depth: 0 }
    }

    /// The offset in bytes.
    #[must_use]
    pub const fn at(&self) -> usize {
        self.at
    }

    /// The text from `start` up to here.
    #[must_use]
    pub fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or("")
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// The first byte of the next token; 0 at the end.
    pub fn peek(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
        self.byte()
    }

    fn broken<T>(&self) -> Result<T, Broken> {
        Err(Broken::Syntax(self.at))
    }

    /// Steps over `byte` if it comes next.
    pub fn take(&mut self, byte: u8) -> bool {
        let next = self.peek() == byte;
        self.at += usize::from(next);
        next
    }

    /// Steps into an object or an array.
    ///
    /// # Errors
    /// When the next token is another one, or the nesting too deep.
    pub fn open(&mut self, bracket: u8) -> Result<(), Broken> {
        if !self.take(bracket) {
            return self.broken();
        }
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Broken::Depth);
        }
        Ok(())
    }

    /// Whether another element follows; at the end of the object or array it steps out. `first` starts as true.
    ///
    /// # Errors
    /// When neither a comma nor `end` comes next.
    pub fn more(&mut self, end: u8, first: &mut bool) -> Result<bool, Broken> {
        let was_first = core::mem::replace(first, false);
        if self.take(end) {
            // `[1,]` has been refused below: after a comma a value must follow.
            self.depth -= 1;
            return Ok(false);
        }
        if was_first {
            return Ok(true);
        }
        if self.take(b',') && self.peek() != end {
            return Ok(true);
        }
        self.broken()
    }

    /// The key of the next member of an object, or nothing at its end. `first` starts as true.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn key(&mut self, first: &mut bool) -> Result<Option<Quoted<'t>>, Broken> {
        Ok(if self.more(b'}', first)? { Some(self.member_key()?) } else { None })
    }

    /// A key and its colon.
    ///
    /// # Errors
    /// When something else comes next.
    pub fn member_key(&mut self) -> Result<Quoted<'t>, Broken> {
        let key = self.string()?;
        if self.take(b':') {
            Ok(key)
        } else {
            self.broken()
        }
    }

    /// The next token, which must be a string.
    ///
    /// # Errors
    /// When it is not one.
    pub fn string(&mut self) -> Result<Quoted<'t>, Broken> {
        if !self.take(b'"') {
            return self.broken();
        }
        let start = self.at;
        let mut escaped = false;
        loop {
            match self.byte() {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    self.at += 1;
                    match self.byte() {
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                        b'u' => {
                            for _ in 0..4 {
                                self.at += 1;
                                if !self.byte().is_ascii_hexdigit() {
                                    return self.broken();
                                }
                            }
                        }
                        _ => return self.broken(),
                    }
                }
                0..=31 => return self.broken(),
                _ => {}
            }
            self.at += 1;
        }
        let raw = self.since(start);
        self.at += 1;
        Ok(Quoted { raw, escaped })
    }

    fn digits(&mut self) -> Result<(), Broken> {
        if !self.byte().is_ascii_digit() {
            return self.broken();
        }
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), Broken> {
        self.at += usize::from(self.byte() == b'-');
        if self.byte() == b'0' {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.byte() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), b'+' | b'-'));
            self.digits()?;
        }
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), Broken> {
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            self.at += word.len();
            Ok(())
        } else {
            self.broken()
        }
    }

    /// Steps over a value that is neither object nor array and gives its text.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn scalar(&mut self) -> Result<&'t str, Broken> {
        let first = self.peek();
        let start = self.at;
        match first {
            b'"' => self.string().map(|_| ())?,
            b't' => self.word("true")?,
            b'f' => self.word("false")?,
            b'n' => self.word("null")?,
            _ => self.number()?,
        }
        Ok(self.since(start))
    }

    /// Steps over any value and gives its text. Nesting costs no stack: a bit for each level.
    ///
    /// # Errors
    /// When the text is not JSON or nested too deeply.
    pub fn skip(&mut self) -> Result<&'t str, Broken> {
        self.peek();
        let start = self.at;
        let outer = self.depth;
        let mut objects = 0_u64;
        loop {
            match self.peek() {
                b @ (b'{' | b'[') => {
                    self.open(b)?;
                    objects = objects << 1 | u64::from(b == b'{');
                    let mut first = true;
                    if b == b'{' {
                        if self.key(&mut first)?.is_some() {
                            continue;
                        }
                    } else if self.more(b']', &mut first)? {
                        continue;
                    }
                    objects >>= 1;
                }
                _ => {
                    self.scalar()?;
                }
            }
            // A value has ended: go on with the next one of the innermost container that is not at its end.
            loop {
                if self.depth == outer {
                    return Ok(self.since(start));
                }
                let mut first = false;
                let more =
                    if objects & 1 == 1 { self.key(&mut first)?.is_some() } else { self.more(b']', &mut first)? };
                if more {
                    break;
                }
                objects >>= 1;
            }
        }
    }

    /// Nothing but white space may be left.
    ///
    /// # Errors
    /// When something is.
    pub fn end(&mut self) -> Result<(), Broken> {
        self.peek();
        if self.at == self.text.len() {
            Ok(())
        } else {
            self.broken()
        }
    }
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
    pub fn leave_out(&mut self, from: usize, to: usize) {
        if from > self.copied {
            self.out.push_str(self.text.get(self.copied..from).unwrap_or(""));
        }
        self.copied = to;
    }

    /// Copies up to `from`, writes `by`, and goes on from `to`.
    pub fn replace(&mut self, from: usize, to: usize, by: &str) {
        self.leave_out(from, to);
        self.out.push_str(by);
    }

    /// Writes right behind what [`Rewriter::leave_out`] or [`Rewriter::replace`] wrote.
    pub fn push(&mut self, text: &str) {
        self.out.push_str(text);
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

fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut high = 0_u32;
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        let (plain, escape) = rest.split_at(at);
        if !plain.is_empty() {
            surrogate(&mut out, &mut high);
        }
        out.push_str(plain);
        let letter = escape.as_bytes().get(1).copied().unwrap_or(0);
        let hex = if letter == b'u' { escape.get(2..6) } else { None };
        let unit = match (letter, hex) {
            (b'b', _) => 8,
            (b'f', _) => 12,
            (b'n', _) => 10,
            (b'r', _) => 13,
            (b't', _) => 9,
            (_, Some(hex)) => u32::from_str_radix(hex, 16).unwrap_or(0xFFFD),
            _ => u32::from(letter),
        };
        rest = escape.get(if hex.is_some() { 6 } else { 2 }..).unwrap_or("");
        if high != 0 && unit & 0xFC00 == 0xDC00 {
            let point = 0x1_0000 + ((high & 0x3FF) << 10) + (unit & 0x3FF);
            out.push(char::from_u32(point).unwrap_or('\u{FFFD}'));
            high = 0;
            continue;
        }
        surrogate(&mut out, &mut high);
        if unit & 0xFC00 == 0xD800 {
            high = unit;
        } else {
            out.push(char::from_u32(unit).unwrap_or('\u{FFFD}'));
        }
    }
    if !rest.is_empty() || high != 0 {
        surrogate(&mut out, &mut high);
    }
    out.push_str(rest);
    out
}

/// A high surrogate that found no low one.
fn surrogate(out: &mut String, high: &mut u32) {
    if core::mem::take(high) != 0 {
        out.push('\u{FFFD}');
    }
}

/// Appends `text` as a JSON string, quotes included.
pub fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\0'..='\u{1f}' => {
                let byte = c as u8;
                out.push_str("\\u00");
                for digit in [byte >> 4, byte & 15] {
                    out.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
                }
            }
            _ => out.push(c),
        }
    }
    out.push('"');
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
            assert!(reader.skip().and_then(|_| reader.end()).is_ok(), "{text}");
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
            assert!(reader.skip().and_then(|_| reader.end()).is_err(), "{text}");
        }
    }

    #[test]
    fn depth_is_capped_without_recursion() {
        let nested = |n: usize| "[".repeat(n) + &"]".repeat(n);
        assert!(Reader::new(&nested(64)).skip().is_ok());
        assert_eq!(Reader::new(&nested(65)).skip(), Err(Broken::Depth));
        assert_eq!(Reader::new(&nested(100_000)).skip(), Err(Broken::Depth));
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
        assert_eq!(Reader::new(&out).string().unwrap().text(), "a\"\\\n\u{1}é");
    }
}
