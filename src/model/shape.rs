//! Shapes, as they stand in the rows of the tables.

use super::Service;
use crate::json::Quoted;
use crate::text;

/// The service whose tables are read. The npm package serves one: there it is known when the code is compiled, so that
/// its tables are at constant addresses and nothing hands the service about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Home(#[cfg(not(feature = "npm"))] &'static Service);

impl Home {
    #[cfg(feature = "npm")]
    pub(super) const fn of(_: &'static Service) -> Self {
        Home()
    }

    #[cfg(not(feature = "npm"))]
    pub(super) const fn of(service: &'static Service) -> Self {
        Home(service)
    }

    #[inline(always)]
    pub(super) const fn service(self) -> &'static Service {
        #[cfg(feature = "npm")]
        return &super::ivs::SERVICE;
        #[cfg(not(feature = "npm"))]
        return self.0;
    }

    #[inline(never)]
    fn text(self, index: usize) -> &'static str {
        self.service().texts.get(index)
    }

    /// The route of operation number `index`.
    pub(super) fn route(self, index: usize) -> &'static str {
        self.text(self.service().routes + index)
    }

    #[inline(always)]
    fn byte(self, at: usize) -> u8 {
        self.service().rows.get(at).copied().unwrap_or(0)
    }
}

/// What a value is, as far as the protocol cares. As wide as what the wasm hands about, or every use cuts it to a byte.
#[repr(u32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Named members.
    Structure,
    /// Items of one shape.
    List,
    /// Keys and values of one shape each.
    Map,
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Float,
    /// True or false.
    Boolean,
    /// A moment.
    Timestamp,
}

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

/// One shape of a service.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    home: Home,
    at: usize,
}

/// A member of a structure.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// Its shape.
    pub shape: Shape,
}

const SENSITIVE: u8 = 0x08;
const HAS_MIN: usize = 0x10;
const HAS_MAX: usize = 0x20;
const HAS_PATTERN: usize = 0x40;
const HAS_ENUM: usize = 0x80;
/// Behind all of them.
const INNER: usize = 0x100;
/// Of a member's first byte; the rest is the number of its name, or [`MORE`] and what is left in a number of its own.
const REQUIRED: usize = 0x80;
const MORE: usize = 0x7f;
/// Of the number of members: each tells where it travels. Else all are in the body.
const PLACED: usize = 0x40;

impl Shape {
    pub(super) const fn at(home: Home, at: usize) -> Self {
        Shape { home, at }
    }

    fn head(self) -> u8 {
        self.home.byte(self.at)
    }

    /// What the value is.
    #[must_use]
    #[inline(never)]
    pub fn kind(self) -> Kind {
        match self.head() & 7 {
            0 => Kind::Structure,
            1 => Kind::List,
            2 => Kind::Map,
            3 => Kind::String,
            4 => Kind::Integer,
            5 => Kind::Float,
            6 => Kind::Boolean,
            _ => Kind::Timestamp,
        }
    }

    /// Whether the value must not be shown.
    #[must_use]
    pub fn is_sensitive(self) -> bool {
        self.head() & SENSITIVE != 0
    }

    /// A cursor to the number that `flag` of the head announces, or to where it would be.
    #[inline(never)]
    fn behind(self, flag: usize) -> Cursor {
        let mut cursor = Cursor { home: self.home, at: self.at };
        let head = cursor.byte();
        let mut bit = HAS_MIN;
        while bit < flag {
            if head & bit != 0 {
                cursor.number();
            }
            bit <<= 1;
        }
        cursor
    }

    fn noted(self, flag: usize) -> Option<usize> {
        (usize::from(self.head()) & flag != 0).then(|| self.behind(flag).number())
    }

    /// The least length, count or value.
    #[must_use]
    pub fn min(self) -> Option<i64> {
        self.noted(HAS_MIN).and_then(|limit| i64::try_from(limit).ok())
    }

    /// The greatest length, count or value.
    #[must_use]
    pub fn max(self) -> Option<i64> {
        self.noted(HAS_MAX).and_then(|limit| i64::try_from(limit).ok())
    }

    /// The whole text must match this; empty for none.
    #[must_use]
    pub fn pattern(self) -> &'static str {
        self.noted(HAS_PATTERN).map_or("", |index| self.home.text(index))
    }

    /// The texts allowed, separated by `|`; empty for any.
    #[must_use]
    pub fn texts(self) -> &'static str {
        self.noted(HAS_ENUM).map_or("", |index| self.home.text(index))
    }

    /// The members of a structure; of anything else, none.
    #[must_use]
    #[inline(never)]
    pub fn members(self) -> Members {
        // A structure has no limits.
        let mut cursor = Cursor { home: self.home, at: self.at + 1 };
        let count = if self.kind() == Kind::Structure { cursor.byte() } else { 0 };
        let (start, is_placed) = (cursor.at, count & PLACED != 0);
        let count = count & !PLACED;
        Members { cursor, start, is_placed, count, next: 0, first: 0, name: 0, place: Place::Body, header: 0, of: 0 }
    }

    /// The shape of the items of a list or the keys of a map.
    #[must_use]
    #[inline(never)]
    pub fn element(self) -> Self {
        self.behind(INNER).shape()
    }

    /// The shape of the values of a map.
    #[must_use]
    pub fn value(self) -> Self {
        self.inner()
    }

    /// The shape of the items of a list or the values of a map.
    #[inline(never)]
    pub(crate) fn inner(self) -> Self {
        let mut cursor = self.behind(INNER);
        if self.kind() == Kind::Map {
            cursor.number();
        }
        cursor.shape()
    }
}

#[derive(Debug, Clone, Copy)]
struct Cursor {
    home: Home,
    at: usize,
}

impl Cursor {
    /// The next number: seven bits a byte, least significant first.
    #[inline(never)]
    fn number(&mut self) -> usize {
        let mut value = 0;
        let mut shift = 0;
        loop {
            let byte = self.byte();
            value |= (byte & 127) << shift;
            shift += 7;
            if byte < 128 || shift > 21 {
                return value;
            }
        }
    }

    fn byte(&mut self) -> usize {
        let byte = self.home.byte(self.at);
        self.at += 1;
        usize::from(byte)
    }

    fn shape(&mut self) -> Shape {
        Shape { home: self.home, at: self.number() }
    }
}

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
            if self.name() == name {
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
        Shape { home: self.cursor.home, at: self.of }
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
