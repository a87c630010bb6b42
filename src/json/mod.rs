//! JSON as text: a strict reader that allocates nothing, a rewriter that copies only what changes, and escapes.
//!
//! Parameters and answers stay text on their way through the core. The reader refuses what `JSON.parse` refuses,
//! and nesting beyond [`DEPTH`].

mod escape;
mod write;

use alloc::borrow::Cow;
use alloc::string::String;

use crate::hidden::Bytes;
use crate::text;
pub(crate) use escape::unescape;
pub use escape::{quote, spread};
pub use write::{Mark, Rewriter, Writer};

/// How deeply values may be nested.
pub const DEPTH: u32 = 64;

/// The text is not JSON, or is nested too deeply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Broken {
    /// Not JSON; the offset in bytes at which that showed.
    Syntax(usize),
    /// Nested deeper than [`DEPTH`].
    Depth,
}

/// A string as it stands in the text, without its quotes.
#[derive(Clone, Copy)]
pub struct Quoted<'t> {
    /// The characters between the quotes, escapes included.
    pub raw: &'t str,
}

impl core::fmt::Debug for Quoted<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        Bytes(self.raw.len()).fmt(f)
    }
}

impl<'t> Quoted<'t> {
    /// The text that is meant. A lone surrogate becomes U+FFFD, as in every UTF-8 encoder of the web.
    #[must_use]
    pub fn text(self) -> Cow<'t, str> {
        let mut scratch = String::new();
        if self.read(&mut scratch) == self.raw {
            Cow::Borrowed(self.raw)
        } else {
            Cow::Owned(scratch)
        }
    }

    /// The same, written to `scratch` where it is not what stands here: smaller in the wasm than what may own its text.
    #[inline(never)]
    pub(crate) fn read<'s>(self, scratch: &'s mut String) -> &'s str
    where
        't: 's,
    {
        if text::plain_until(self.raw, 0) == self.raw.len() {
            return self.raw;
        }
        scratch.clear();
        unescape(scratch, self.raw);
        scratch
    }
}

/// Reads JSON text from front to back.
///
/// What is not JSON breaks the reader: the text ends there, and at the end there are no values, members or elements, so
/// that every walk comes to its own end. [`Reader::end`] tells.
#[derive(Clone, Copy)]
pub struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
    /// Whether nothing was read since the innermost opening bracket.
    fresh: bool,
    /// Whether the text ends where it showed to be broken.
    broken: bool,
}

impl core::fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Reader").field("text", &Bytes(self.text.len())).field("at", &self.at).finish_non_exhaustive()
    }
}

impl<'t> Reader<'t> {
    /// Starts at the front.
    #[must_use]
    #[inline(never)]
    pub const fn new(text: &'t str) -> Self {
        Reader { text, at: 0, depth: 0, fresh: false, broken: false }
    }

    /// The offset in bytes.
    #[must_use]
    pub const fn at(&self) -> usize {
        self.at
    }

    /// Where the next token starts.
    #[inline(never)]
    pub fn start(&mut self) -> usize {
        self.peek();
        self.at
    }

    /// The text from `start` up to here.
    #[must_use]
    pub fn since(&self, start: usize) -> &'t str {
        text::part(self.text, start, self.at)
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    #[inline(never)]
    fn fail(&mut self) {
        self.broken = true;
        self.text = text::part(self.text, 0, self.at);
    }

    /// The first byte of the next token; 0 at the end.
    pub fn peek(&mut self) -> u8 {
        #[allow(clippy::cast_possible_truncation)]
        let byte = self.peek_code() as u8;
        byte
    }

    /// The same as a word, for the reason that `text::code` has.
    #[inline(never)]
    fn peek_code(&mut self) -> u32 {
        loop {
            let byte = self.byte();
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return u32::from(byte);
            }
            self.at += 1;
        }
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
        !self.broken
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
        loop {
            self.at = text::plain_until(self.text, self.at);
            if self.eat(b'"', b'"') {
                break;
            }
            if !self.eat(b'\\', b'\\') {
                break self.fail();
            }
            let (at, letter) = (self.at, text::byte(self.text, self.at));
            self.at += 1;
            let mut digits = if letter == b'u' { 4 } else { 0 };
            while digits > 0 && text::byte(self.text, self.at).is_ascii_hexdigit() {
                self.at += 1;
                digits -= 1;
            }
            if digits > 0 || !text::has("\"\\/bfnrtu", letter) {
                self.at = at;
                break self.fail();
            }
        }
        Quoted { raw: text::part(self.text, start, self.at - usize::from(!self.broken)) }
    }

    /// Steps over one of two bytes, if it comes next as it is.
    #[inline(never)]
    fn eat(&mut self, byte: u8, other: u8) -> bool {
        let next = self.byte();
        let eats = next == byte || next == other;
        self.at += usize::from(eats);
        eats
    }

    #[inline(never)]
    fn digits(&mut self) {
        let count = text::digits(text::after(self.text, self.at));
        self.at += count;
        if count == 0 {
            self.fail();
        }
    }

    fn number(&mut self) {
        self.eat(b'-', b'-');
        if !self.eat(b'0', b'0') {
            self.digits();
        }
        if self.eat(b'.', b'.') {
            self.digits();
        }
        if self.eat(b'e', b'E') {
            self.eat(b'+', b'-');
            self.digits();
        }
    }

    #[inline(never)]
    fn word(&mut self, word: &str) {
        if text::starts(text::after(self.text, self.at), word) {
            self.at += word.len();
        } else {
            self.fail();
        }
    }

    /// Steps over a value that is neither object nor array and gives its text.
    #[inline(never)]
    pub fn scalar(&mut self) -> &'t str {
        let first = self.peek();
        let start = self.at;
        match first {
            b'"' => {
                self.string();
            }
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => self.number(),
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
                if self.depth == outer || self.broken {
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
            true if self.depth > DEPTH => Err(Broken::Depth),
            true => Err(Broken::Syntax(self.at)),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
