//! The protocol restJson1: parameters to path, query and body; answers to data. Semantics are those of SDK v2.

mod convert;
mod decode;
mod encode;

pub(crate) use convert::show;
pub(crate) use decode::changed;
pub use decode::{decode, Undecodable};
pub(crate) use encode::{check, Walk};
pub use encode::{encode, prepare, Encoded};
