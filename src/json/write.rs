//! JSON that is written with another one at hand: what is the same is not copied.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::text;

/// Copies a text with changes. As long as nothing is changed nothing is copied.
#[derive(Debug)]
pub struct Rewriter<'t> {
    writer: Writer<'t>,
    /// How much of the text was copied or left out.
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
        Rewriter { writer: Writer::new(text), copied: 0 }
    }

    /// Copies up to `from`, writes `by`, and goes on from `to`.
    #[inline(never)]
    pub fn replace(&mut self, from: usize, to: usize, by: &str) {
        self.writer.put(text::part(self.writer.text, self.copied, from));
        self.writer.put(by);
        self.copied = to;
    }

    /// Leaves out what comes before `to` and is not copied yet.
    pub const fn leave(&mut self, to: usize) {
        self.copied = to;
    }

    /// How much is written.
    #[must_use]
    pub fn written(&self) -> usize {
        self.writer.mark()
    }

    /// Takes back all but the first `written` bytes, and gives it.
    pub fn take(&mut self, written: usize) -> String {
        self.writer.own();
        let taken = text::copy(text::after(&self.writer.out, written));
        self.writer.undo(written);
        taken
    }

    /// This place.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark { written: self.writer.mark(), copied: self.copied }
    }

    /// Undoes everything since `mark`.
    pub fn undo(&mut self, mark: Mark) {
        self.writer.undo(mark.written);
        self.copied = mark.copied;
    }

    /// The new text; the old one if nothing was changed.
    #[must_use]
    pub fn finish(&mut self) -> Cow<'t, str> {
        let text = self.writer.text;
        self.changed().map_or(Cow::Borrowed(text), Cow::Owned)
    }

    /// The new text; nothing if nothing was changed.
    #[inline(never)]
    pub(crate) fn changed(&mut self) -> Option<String> {
        self.replace(self.writer.text.len(), 0, "");
        self.writer.changed()
    }
}

/// Writes a text anew. As long as it comes out as the given one, nothing is copied.
#[derive(Debug)]
pub struct Writer<'t> {
    text: &'t str,
    /// How much of the text came out the same; 0 from the first difference on.
    same: usize,
    /// What was written, from the first difference on.
    out: String,
}

impl<'t> Writer<'t> {
    /// Starts with nothing written.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Writer { text, same: 0, out: String::new() }
    }

    /// Writes what comes next.
    #[inline(never)]
    pub fn put(&mut self, part: &str) {
        if part.is_empty() {
            return;
        }
        if self.out.is_empty() {
            let next = text::after(self.text, self.same);
            // Mostly it is that very part.
            if next.as_ptr() == part.as_ptr() || text::starts(next, part) {
                self.same += part.len();
                return;
            }
            self.own();
        }
        self.out.push_str(part);
    }

    /// Writes what came out the same, too.
    #[inline(never)]
    fn own(&mut self) {
        self.out.push_str(text::part(self.text, 0, core::mem::take(&mut self.same)));
    }

    /// How much is written.
    #[must_use]
    pub fn mark(&self) -> usize {
        self.same + self.out.len()
    }

    /// Takes back all but the first `mark` bytes.
    #[inline(never)]
    pub fn undo(&mut self, mark: usize) {
        self.out.truncate(mark);
        self.same = self.same.min(mark);
    }

    /// What was written; the given text if that is it.
    #[must_use]
    #[inline(always)]
    pub fn finish(&mut self) -> Cow<'t, str> {
        match self.changed() {
            Some(out) => Cow::Owned(out),
            None => Cow::Borrowed(self.text),
        }
    }

    /// What was written; nothing if it is the given text.
    #[inline(never)]
    fn changed(&mut self) -> Option<String> {
        if self.out.is_empty() {
            if self.same == self.text.len() {
                return None;
            }
            self.own();
        }
        Some(core::mem::take(&mut self.out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unchanged_text_is_not_copied() {
        let text = "{\"a\":1}";
        assert!(matches!(Rewriter::new(text).finish(), Cow::Borrowed(_)));
        let mut rewriter = Rewriter::new(text);
        rewriter.replace(5, 6, "22");
        assert_eq!(rewriter.finish(), "{\"a\":22}");
    }
}
