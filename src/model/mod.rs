//! The service as data: operations, shapes and partitions, read from generated rows.
//!
//! An operation is a row, a shape is the offset of its row; nothing here knows a service by name. The rows are
//! written by `js/scripts/generate/tables.mjs` from a facts file, whose format and this reader change together.

/// The tables of Amazon IVS.
pub mod ivs;

use alloc::string::String;

use crate::json::Quoted;
use crate::text;

/// Texts that are referred to by number.
#[derive(Debug)]
pub struct Texts {
    pub(crate) text: &'static str,
    pub(crate) lengths: &'static [u8],
    /// Where every fourth text starts: from there the lengths are counted on.
    pub(crate) starts: &'static [u16],
}

impl Texts {
    /// Text number `index`, or an empty one if there is none.
    #[must_use]
    #[inline(never)]
    pub fn get(&self, index: usize) -> &'static str {
        let length = |at: usize| self.lengths.get(at).map_or(0, |&length| usize::from(length));
        let mut start = self.starts.get(index / 4).map_or(0, |&start| usize::from(start));
        let mut at = index & !3;
        while at < index {
            start += length(at);
            at += 1;
        }
        text::part(self.text, start, start + length(index))
    }
}

/// One AWS service.
#[derive(Debug)]
pub struct Service {
    /// The service id of the published model.
    pub id: &'static str,
    /// The name of the class in the SDKs.
    pub class_name: &'static str,
    /// The version of the API.
    pub api_version: &'static str,
    /// The first label of the hostname.
    pub endpoint_prefix: &'static str,
    /// The service name in the credential scope.
    pub signing_name: &'static str,
    pub(crate) names: Texts,
    pub(crate) patterns: Texts,
    pub(crate) enums: Texts,
    pub(crate) routes: Texts,
    pub(crate) timestamps: Texts,
    pub(crate) operations: &'static [Row],
    pub(crate) rows: &'static [u8],
    /// A line for each partition: how its regions start, a region besides, and what its hostnames end with, without and
    /// with dual stack. The first takes every region that no other one claims.
    pub(crate) partitions: &'static str,
}

/// What is stored of an operation.
#[derive(Debug)]
pub struct Row {
    input: u16,
    output: u16,
    result: u8,
    timestamps: u8,
    once: bool,
}

/// One operation of a service.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// The service it belongs to.
    pub service: &'static Service,
    /// Its position in the service's list.
    pub index: usize,
    /// The name in the API: `GetChannel`.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, with labels in braces; empty for `/<name>`.
    pub uri: &'static str,
    /// The shape of the parameters.
    pub input: Shape,
    /// The shape of the result, if there is one.
    pub output: Option<Shape>,
    /// False where sending twice may do the work twice.
    pub repeatable: bool,
}

impl Operation {
    /// A stored row, in the order of the generated columns.
    pub(crate) const fn row(input: u16, output: u16, result: u8, timestamps: u8, once: u8) -> Row {
        Row { input, output, result, timestamps, once: once != 0 }
    }

    fn stored(&self) -> Option<&'static Row> {
        self.service.operations.get(self.index)
    }

    /// The member of the result that holds the items of a page; empty if the operation has no pages.
    #[must_use]
    pub fn result_key(&self) -> &'static str {
        match self.stored() {
            Some(row) if row.result > 0 => self.service.names.get(usize::from(row.result) - 1),
            _ => "",
        }
    }

    /// Where the result has timestamps: `streams.*.startTime`, separated by spaces.
    #[must_use]
    pub fn timestamps(&self) -> &'static str {
        self.stored().map_or("", |row| self.service.timestamps.get(usize::from(row.timestamps)))
    }

    /// The name as SDKs write it: `getChannel`.
    #[must_use]
    pub fn camel_name(&self) -> String {
        let mut name = text::room(self.name.len());
        text::push_byte(&mut name, text::byte(self.name, 0) | 32);
        name.push_str(text::after(self.name, 1));
        name
    }
}

impl Service {
    /// Operation number `index`, in the order of the facts file.
    #[must_use]
    pub fn operation(&'static self, index: usize) -> Option<Operation> {
        let row = self.operations.get(index)?;
        let mut route = Some(self.routes.get(index));
        Some(Operation {
            service: self,
            index,
            name: text::next(&mut route, b' ').unwrap_or(""),
            method: text::next(&mut route, b' ').unwrap_or("POST"),
            uri: text::next(&mut route, b' ').unwrap_or(""),
            input: self.shape(usize::from(row.input)),
            output: usize::from(row.output).checked_sub(1).map(|at| self.shape(at)),
            repeatable: !row.once,
        })
    }

    /// The operation called `name`, as SDKs write it (`getChannel`).
    #[must_use]
    #[inline(never)]
    pub fn find(&'static self, name: &str) -> Option<Operation> {
        let mut index = 0;
        while let Some(operation) = self.operation(index) {
            let is_first = text::byte(name, 0) == text::byte(operation.name, 0) | 32;
            if is_first && text::after(name, 1) == text::after(operation.name, 1) {
                return Some(operation);
            }
            index += 1;
        }
        None
    }

    const fn shape(&'static self, at: usize) -> Shape {
        Shape { home: Home::of(self), at }
    }
}

/// The service whose tables are read. The npm package serves one: there it is known when the code is compiled, so that
/// its tables are at constant addresses and nothing hands the service about.
#[derive(Debug, Clone, Copy)]
struct Home(#[cfg(not(feature = "npm"))] &'static Service);

impl Home {
    #[cfg(feature = "npm")]
    const fn of(_: &'static Service) -> Self {
        Home()
    }

    #[cfg(not(feature = "npm"))]
    const fn of(service: &'static Service) -> Self {
        Home(service)
    }

    #[inline(always)]
    const fn service(self) -> &'static Service {
        #[cfg(feature = "npm")]
        return &ivs::SERVICE;
        #[cfg(not(feature = "npm"))]
        return self.0;
    }

    #[inline(always)]
    fn byte(self, at: usize) -> u8 {
        self.service().rows.get(at).copied().unwrap_or(0)
    }
}

/// What a value is, as far as the protocol cares.
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
const REQUIRED: u8 = 0x80;

impl Shape {
    fn head(self) -> u8 {
        self.home.byte(self.at)
    }

    /// What the value is.
    #[must_use]
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
        let mut cursor = Cursor { home: self.home, at: self.at + 1 };
        let mut bit = HAS_MIN;
        while bit < flag {
            if usize::from(self.head()) & bit != 0 {
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
        self.noted(HAS_PATTERN).map_or("", |index| self.home.service().patterns.get(index))
    }

    /// The texts allowed, separated by `|`; empty for any.
    #[must_use]
    pub fn texts(self) -> &'static str {
        self.noted(HAS_ENUM).map_or("", |index| self.home.service().enums.get(index))
    }

    /// The members of a structure; of anything else, none.
    #[must_use]
    #[inline(never)]
    pub fn members(self) -> Members {
        let mut cursor = self.behind(INNER);
        let count = if self.kind() == Kind::Structure { cursor.number() } else { 0 };
        Members { cursor, first: cursor.at, count, next: 0, name: 0, flags: 0, header: 0, of: 0 }
    }

    /// The shape of the items of a list or the keys of a map.
    #[must_use]
    #[inline(never)]
    pub fn element(self) -> Self {
        self.behind(INNER).shape()
    }

    /// The shape of the values of a map.
    #[must_use]
    #[inline(never)]
    pub fn value(self) -> Self {
        let mut cursor = self.behind(INNER);
        cursor.number();
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
            let byte = self.home.byte(self.at);
            self.at += 1;
            value |= usize::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 || shift > 21 {
                return value;
            }
        }
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
    first: usize,
    count: usize,
    /// How many lie before the cursor.
    next: usize,
    name: usize,
    flags: u8,
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
        self.name = self.cursor.number();
        // One byte by its values, although read as a number: see PLACES and REQUIRED in the generator.
        self.flags = self.cursor.home.byte(self.cursor.at);
        self.cursor.at += 1;
        if self.place() == Place::Header {
            self.header = self.cursor.number();
        }
        self.of = self.cursor.number();
        true
    }

    /// Goes on to the member called `name`, and behind the last one on from the first: mostly it is the next. False if none
    /// is called so.
    #[inline(never)]
    pub fn seek(&mut self, name: Quoted<'_>) -> bool {
        // No name has what needs an escape, but a key may have one without need.
        self.go_to(name.raw) || text::has(name.raw, b'\\') && self.go_to(&name.text())
    }

    #[inline(never)]
    fn go_to(&mut self, name: &str) -> bool {
        let mut left = self.count;
        while left > 0 {
            if !self.step() {
                self.next = 0;
                self.cursor.at = self.first;
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
        self.cursor.home.service().names.get(self.name)
    }

    /// The shape of the member.
    #[must_use]
    pub fn shape(&self) -> Shape {
        Shape { home: self.cursor.home, at: self.of }
    }

    /// Where the member travels.
    #[must_use]
    pub fn place(&self) -> Place {
        match self.flags & 3 {
            0 => Place::Body,
            1 => Place::Uri,
            2 => Place::Query,
            _ => Place::Header,
        }
    }

    /// Whether a request must have the member.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.flags & REQUIRED != 0
    }

    /// The name of the header, for [`Place::Header`].
    #[must_use]
    pub fn header(&self) -> &'static str {
        self.cursor.home.service().names.get(self.header)
    }
}

impl Iterator for Members {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        self.step().then(|| Member { name: self.name(), shape: self.shape() })
    }
}
