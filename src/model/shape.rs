//! Shapes, as they stand in the rows of the tables.

use super::members::Members;
use super::Service;
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
    pub(super) fn text(self, index: usize) -> &'static str {
        self.service().texts.get(index)
    }

    /// How long text number `index` is.
    #[inline(always)]
    pub(super) fn length(self, index: usize) -> usize {
        self.service().texts.lengths.get(index).map_or(0, |length| usize::from(*length))
    }

    /// The route of operation number `index`. The line break before it makes the text of all the rows that JavaScript has, too.
    pub(super) fn route(self, index: usize) -> &'static str {
        text::after(self.text(self.service().routes + index), 1)
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

/// One shape of a service.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    home: Home,
    at: usize,
}

const SENSITIVE: u8 = 0x08;
const HAS_MIN: usize = 0x10;
const HAS_MAX: usize = 0x20;
const HAS_PATTERN: usize = 0x40;
const HAS_ENUM: usize = 0x80;
/// Behind all of them.
const INNER: usize = 0x100;
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
        let cursor = Cursor { home: self.home, at: self.at + 1 };
        Members::new(cursor, self.kind() == Kind::Structure)
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

/// Reads numbers, one after another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor {
    pub(super) home: Home,
    pub(super) at: usize,
}

impl Cursor {
    /// The next number: seven bits a byte, least significant first.
    #[inline(never)]
    pub(super) fn number(&mut self) -> usize {
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

    pub(super) fn byte(&mut self) -> usize {
        let byte = self.home.byte(self.at);
        self.at += 1;
        usize::from(byte)
    }

    fn shape(&mut self) -> Shape {
        Shape { home: self.home, at: self.number() }
    }
}
