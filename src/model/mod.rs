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
    /// The member of the result that holds the items of a page; empty if the operation has no pages.
    pub result_key: &'static str,
    /// Where the result has timestamps: `streams.*.startTime`, separated by spaces.
    pub timestamps: &'static str,
}

impl Operation {
    /// A stored row, in the order of the generated columns.
    pub(crate) const fn row(input: u16, output: u16, result: u8, timestamps: u8, once: u8) -> Row {
        Row { input, output, result, timestamps, once: once != 0 }
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
        let nth = |n: u8| if n == 0 { "" } else { self.names.get(usize::from(n) - 1) };
        Some(Operation {
            service: self,
            index,
            name: text::next(&mut route, b' ').unwrap_or(""),
            method: text::next(&mut route, b' ').unwrap_or("POST"),
            uri: text::next(&mut route, b' ').unwrap_or(""),
            input: self.shape(usize::from(row.input)),
            output: usize::from(row.output).checked_sub(1).map(|at| self.shape(at)),
            repeatable: !row.once,
            result_key: nth(row.result),
            timestamps: self.timestamps.get(usize::from(row.timestamps)),
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
        Shape { service: self, at }
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

/// The limits that a model may put on a value.
#[derive(Debug, Clone, Copy, Default)]
pub struct Limits {
    /// The least length, count or value.
    pub min: Option<i64>,
    /// The greatest length, count or value.
    pub max: Option<i64>,
    /// The whole text must match this; empty for none.
    pub pattern: &'static str,
    /// The texts allowed, separated by `|`; empty for any.
    pub texts: &'static str,
}

/// One shape of a service.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    service: &'static Service,
    at: usize,
}

/// A member of a structure.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// Its shape.
    pub shape: Shape,
    /// Where it travels.
    pub place: Place,
    /// Whether a request must have it.
    pub required: bool,
    /// The name of the header, for [`Place::Header`].
    pub header: &'static str,
}

const SENSITIVE: u8 = 0x08;
const HAS_MIN: u8 = 0x10;
const HAS_MAX: u8 = 0x20;
const HAS_PATTERN: u8 = 0x40;
const HAS_ENUM: u8 = 0x80;
const REQUIRED: usize = 0x80;

impl Shape {
    fn head(self) -> u8 {
        self.service.rows.get(self.at).copied().unwrap_or(0)
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

    /// The limits, and a cursor to what follows them in the row.
    fn limited(self) -> (Limits, Cursor) {
        let head = self.head();
        let service = self.service;
        let mut cursor = Cursor { service, at: self.at + 1 };
        let mut limits = Limits::default();
        if head & HAS_MIN != 0 {
            limits.min = Some(cursor.limit());
        }
        if head & HAS_MAX != 0 {
            limits.max = Some(cursor.limit());
        }
        if head & HAS_PATTERN != 0 {
            limits.pattern = service.patterns.get(cursor.number());
        }
        if head & HAS_ENUM != 0 {
            limits.texts = service.enums.get(cursor.number());
        }
        (limits, cursor)
    }

    /// The limits of the value.
    #[must_use]
    pub fn limits(self) -> Limits {
        self.limited().0
    }

    /// The members of a structure; of anything else, none.
    #[must_use]
    pub fn members(self) -> Members {
        let (_, mut cursor) = self.limited();
        let left = if self.kind() == Kind::Structure { cursor.number() } else { 0 };
        Members { cursor, left }
    }

    /// The member called `name`, with its position.
    #[must_use]
    #[inline(never)]
    pub fn member(self, name: Quoted<'_>) -> Option<(usize, Member)> {
        self.members().enumerate().find(|(_, member)| name.is(member.name))
    }

    /// The shape of the items of a list or the keys of a map.
    #[must_use]
    pub fn element(self) -> Self {
        self.limited().1.shape()
    }

    /// The shape of the values of a map.
    #[must_use]
    pub fn value(self) -> Self {
        let (_, mut cursor) = self.limited();
        cursor.number();
        cursor.shape()
    }
}

#[derive(Debug, Clone, Copy)]
struct Cursor {
    service: &'static Service,
    at: usize,
}

impl Cursor {
    /// The next number: seven bits a byte, least significant first.
    fn number(&mut self) -> usize {
        let mut value = 0;
        let mut shift = 0;
        loop {
            let byte = self.service.rows.get(self.at).copied().unwrap_or(0);
            self.at += 1;
            value |= usize::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 || shift > 21 {
                return value;
            }
        }
    }

    fn limit(&mut self) -> i64 {
        i64::try_from(self.number()).unwrap_or(i64::MAX)
    }

    fn shape(&mut self) -> Shape {
        Shape { service: self.service, at: self.number() }
    }
}

/// Runs over the members of a structure, in the order of the model.
#[derive(Debug, Clone)]
pub struct Members {
    cursor: Cursor,
    left: usize,
}

impl Iterator for Members {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        self.left = self.left.checked_sub(1)?;
        let service = self.cursor.service;
        let name = service.names.get(self.cursor.number());
        // One byte by its values, although read as a number: see PLACES and REQUIRED in the generator.
        let flags = usize::from(service.rows.get(self.cursor.at).copied().unwrap_or(0));
        self.cursor.at += 1;
        let (place, header) = match flags & 3 {
            0 => (Place::Body, ""),
            1 => (Place::Uri, ""),
            2 => (Place::Query, ""),
            _ => (Place::Header, service.names.get(self.cursor.number())),
        };
        Some(Member { name, shape: self.cursor.shape(), place, required: flags & REQUIRED != 0, header })
    }
}
