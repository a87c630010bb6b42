//! The members of a structure, as they stand in the rows of the tables.

use super::shape::{Cursor, Shape};
use crate::json::Quoted;
use crate::text;

/// Where a member travels.
#[repr(u32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the JSON body.
    Body,
    /// As a label of the path.
    Uri,
    /// In the query string.
    Query,
    /// As a header.
    Header,
}

/// A member of a structure.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// Its shape.
    pub shape: Shape,
}

/// Of a member's first byte; the rest is the number of its name, or [`MORE`] and what is left in a number of its own.
const REQUIRED: usize = 0x80;
const MORE: usize = 0x7f;
/// Of the number of members: each tells where it travels. Else all are in the body.
const PLACED: usize = 0x40;

/// Runs over the members of a structure, in the order of the model. It is the member that it stands at, too: what a walk
/// asks of one is mostly its shape alone.
#[derive(Debug, Clone)]
pub struct Members {
    cursor: Cursor,
    /// Where the first one is.
    start: usize,
    is_placed: bool,
    count: usize,
    /// How many lie before the cursor.
    next: usize,
    /// The first byte of the member.
    first: usize,
    name: usize,
    place: Place,
    header: usize,
    of: usize,
}

impl Members {
    /// In front of the first one; `cursor` is at their number.
    #[inline(always)]
    pub(super) fn new(mut cursor: Cursor, is_structure: bool) -> Self {
        let count = if is_structure { cursor.byte() } else { 0 };
        let (start, is_placed) = (cursor.at, count & PLACED != 0);
        let count = count & !PLACED;
        Members { cursor, start, is_placed, count, next: 0, first: 0, name: 0, place: Place::Body, header: 0, of: 0 }
    }

    /// Goes on to the next member; false if there is none.
    #[inline(never)]
    pub fn step(&mut self) -> bool {
        if self.next == self.count {
            return false;
        }
        self.next += 1;
        self.first = self.cursor.byte();
        self.name = self.first & MORE;
        if self.name == MORE {
            self.name = MORE + self.cursor.number();
        }
        if self.is_placed {
            self.place = match self.cursor.number() {
                0 => Place::Body,
                1 => Place::Uri,
                2 => Place::Query,
                _ => Place::Header,
            };
            if self.place == Place::Header {
                self.header = self.cursor.number();
            }
        }
        self.of = self.cursor.number();
        true
    }

    /// Goes on to the member called `name`, and behind the last one on from the first: mostly it is the next. False if none
    /// is called so.
    #[inline(never)]
    pub fn seek(&mut self, name: Quoted<'_>) -> bool {
        // No name has what needs an escape, but a key may have one without need.
        self.go_to(name.raw) || text::has(name.raw, b'\\') && self.go_to(name.read(&mut text::empty()))
    }

    #[inline(never)]
    fn go_to(&mut self, name: &str) -> bool {
        let mut left = self.count;
        while left > 0 {
            if !self.step() {
                self.next = 0;
                self.cursor.at = self.start;
                continue;
            }
            // Most others are of another length, which is quickly told.
            if self.cursor.home.length(self.name) == name.len() && self.name() == name {
                return true;
            }
            left -= 1;
        }
        false
    }

    /// The position of the member behind this one.
    #[must_use]
    pub const fn next_index(&self) -> usize {
        self.next
    }

    /// The name of the member.
    #[must_use]
    #[inline(never)]
    pub fn name(&self) -> &'static str {
        self.cursor.home.text(self.name)
    }

    /// The shape of the member.
    #[must_use]
    pub fn shape(&self) -> Shape {
        Shape::at(self.cursor.home, self.of)
    }

    /// Where the member travels.
    #[must_use]
    pub const fn place(&self) -> Place {
        self.place
    }

    /// Whether a request must have the member.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.first & REQUIRED != 0
    }

    /// The name of the header, for [`Place::Header`].
    #[must_use]
    pub fn header(&self) -> &'static str {
        self.cursor.home.text(self.header)
    }
}

impl Iterator for Members {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        self.step().then(|| Member { name: self.name(), shape: self.shape() })
    }
}
