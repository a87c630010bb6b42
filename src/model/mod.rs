//! The service as data: operations, shapes and partitions, read from generated rows.
//!
//! An operation is a row, a shape is the offset of its row; nothing here knows a service by name. The rows are
//! written by `js/scripts/generate/tables.mjs` from a facts file, whose format and this reader change together.

/// The tables of Amazon IVS.
pub mod ivs;
mod members;
mod shape;

use alloc::string::String;

use crate::text;
use shape::Home;

pub use members::{Member, Members, Place};
pub use shape::{Kind, Shape};

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
    #[inline(always)]
    fn get(&self, index: usize) -> &'static str {
        let mut start = self.starts.get(index / 8).map_or(0, |&start| usize::from(start));
        let mut at = index & !7;
        loop {
            let end = start + self.lengths.get(at).map_or(0, |&length| usize::from(length));
            if at == index {
                return text::part(self.text, start, end);
            }
            start = end;
            at += 1;
        }
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
    /// Names of members and headers, then patterns and enumerations, then a route for each operation, with a line break before it.
    pub(crate) texts: Texts,
    /// The number of the first route: the name, the method, the path, where the result has timestamps and which member of it holds
    /// the items of a page, with `|` between them. Without a method and a path it is a POST to the name.
    pub(crate) routes: usize,
    /// The shapes of the parameters of each operation.
    pub(crate) inputs: &'static [u16],
    /// One more than those of the results, or 0; with [`ONCE`].
    pub(crate) outputs: &'static [u16],
    pub(crate) rows: &'static [u8],
    /// A line for each partition: how its regions start, a region besides, and what its hostnames end with, without and
    /// with dual stack. The first takes every region that no other one claims.
    pub(crate) partitions: &'static str,
}

/// With the shape of a result: the operation must not be repeated.
const ONCE: u16 = 0x8000;

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
    /// The member of the result that holds the items of a page; empty if the operation has no pages.
    #[must_use]
    pub fn result_key(&self) -> &'static str {
        text::nth(Home::of(self.service).route(self.index), b'|', 4)
    }

    /// Where the result has timestamps: `streams.*.startTime`, separated by spaces.
    #[must_use]
    pub fn timestamps(&self) -> &'static str {
        text::nth(Home::of(self.service).route(self.index), b'|', 3)
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
        let home = Home::of(self);
        let input = *home.service().inputs.get(index)?;
        let output = *home.service().outputs.get(index)?;
        let route = home.route(index);
        let method = text::nth(route, b'|', 1);
        Some(Operation {
            service: self,
            index,
            name: text::nth(route, b'|', 0),
            method: if method.is_empty() { "POST" } else { method },
            uri: text::nth(route, b'|', 2),
            input: Shape::at(home, usize::from(input)),
            output: usize::from(output & !ONCE).checked_sub(1).map(|at| Shape::at(home, at)),
            repeatable: output & ONCE == 0,
        })
    }

    /// The operation called `name`, as SDKs write it (`getChannel`).
    #[must_use]
    #[inline(never)]
    pub fn find(&'static self, name: &str) -> Option<Operation> {
        let mut index = 0;
        while index < self.inputs.len() {
            // The name is what a route begins with.
            let route = Home::of(self).route(index);
            let is_first = text::byte(name, 0) == text::byte(route, 0) | 32;
            if is_first
                && text::place(route, b'|') == name.len()
                && text::starts(text::after(route, 1), text::after(name, 1))
            {
                return self.operation(index);
            }
            index += 1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::ivs::SERVICE;

    #[test]
    fn an_operation_is_found_by_its_whole_name() {
        let mut count = 0;
        while let Some(operation) = SERVICE.operation(count) {
            assert_eq!(SERVICE.find(&operation.camel_name()).map(|found| found.index), Some(count));
            count += 1;
        }
        assert_eq!(count, SERVICE.inputs.len());
        for name in [
            "",
            "g",
            "get",
            "GetStream",
            "getStreams",
            "getStream|",
            "getStreamSessio",
            "tagResource|POST",
            "tagResource|",
        ] {
            assert!(SERVICE.find(name).is_none(), "{name}");
        }
    }
}
