//! The protocol restJson1: parameters to path, query and body; answers to data. Semantics are those of SDK v2.

mod decode;
mod encode;

pub(crate) use decode::show;
pub use decode::{decode, Undecodable};
pub(crate) use encode::{check, prepare};
pub use encode::{encode, Encoded};

use crate::json::{Mark, Reader, Rewriter};

/// Leaves elements out of an object or array while it is copied, with the commas that belong to them.
#[derive(Clone, Copy)]
struct Elements {
    /// The end of the last element that stays, or of the opening bracket.
    tail: usize,
    /// Whether an element stayed.
    any: bool,
    /// Whether something was left out since.
    gap: bool,
}

impl Elements {
    const fn new(tail: usize) -> Self {
        Elements { tail, any: false, gap: false }
    }

    /// An element that stays begins at `start`.
    #[inline(never)]
    fn keep(&mut self, rewriter: &mut Rewriter<'_>, start: usize) {
        if core::mem::take(&mut self.gap) {
            rewriter.replace(self.tail, start, if self.any { "," } else { "" });
        }
        self.any = true;
    }

    /// The element that began after `before` was read; if it does not stay after all, what was written is undone.
    #[inline(never)]
    fn kept(&mut self, stays: bool, before: (Mark, Self), rewriter: &mut Rewriter<'_>, reader: &Reader<'_>) {
        if stays {
            self.tail = reader.at();
        } else {
            rewriter.undo(before.0);
            *self = before.1;
            self.gap = true;
        }
    }

    /// The closing bracket is at `end`.
    fn close(self, rewriter: &mut Rewriter<'_>, end: usize) {
        if self.gap {
            rewriter.leave_out(self.tail, end);
        }
    }
}
