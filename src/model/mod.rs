//! The service as data: operations, shapes and partitions, read from generated rows.
//!
//! An operation is a row, a shape is the offset of its row; nothing here knows a service by name. The rows are
//! written by `js/scripts/generate/tables.mjs` from a facts file, whose format and this reader change together.

/// The tables of Amazon IVS.
pub mod ivs;
mod shape;

use alloc::string::String;

use crate::text;
use shape::Home;

pub use shape::{Kind, Member, Members, Place, Shape};

/// Texts that are referred to by number.
#[derive(Debug)]
pub struct Texts {
    pub(crate) text: &'static str,
    pub(crate) lengths: &'static [u8],
    /// Where every eighth text starts: from there the lengths are counted on.
    pub(crate) starts: &'static [u16],
}

impl Texts {
    /// Text number `index`, or an empty one if there is none.
    #[must_use]
    #[inline(never)]
    pub fn get(&self, index: usize) -> &'static str {
        let length = |at: usize| self.lengths.get(at).map_or(0, |&length| usize::from(length));
        let mut start = self.starts.get(index / 8).map_or(0, |&start| usize::from(start));
        let mut at = index & !7;
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
        let route = self.routes.get(index);
        let method = text::nth(route, b' ', 1);
        Some(Operation {
            service: self,
            index,
            name: text::nth(route, b' ', 0),
            method: if method.is_empty() { "POST" } else { method },
            uri: text::nth(route, b' ', 2),
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
        Shape::at(Home::of(self), at)
    }
}
