//! botocore's cases for restJson, as far as they need what IVS's model has.
//!
//! The cases have shapes of their own, so this program makes tables for them. The tables' fields are
//! private to the crate, hence the core's modules are compiled in here by their paths.
#![allow(dead_code, unused_imports)] // a part of the core is enough here

extern crate alloc;

#[path = "../src/clock.rs"]
mod clock;
#[path = "../src/error.rs"]
mod error;
#[path = "support/golden.rs"]
mod golden;
#[path = "../src/hidden.rs"]
mod hidden;
#[path = "../src/json/mod.rs"]
mod json;
#[path = "../src/model/mod.rs"]
mod model;
#[path = "support/moments.rs"]
mod moments;
#[path = "../src/number.rs"]
mod number;
#[path = "../src/params.rs"]
mod params;
#[path = "../src/pattern.rs"]
mod pattern;
#[path = "../src/rest_json/mod.rs"]
mod rest_json;
#[path = "../src/text.rs"]
mod text;
#[path = "../src/uri.rs"]
mod uri;
#[path = "../src/validate.rs"]
mod validate;

#[path = "protocols/cases.rs"]
mod cases;
#[path = "protocols/input.rs"]
mod input;
#[path = "protocols/output.rs"]
mod output;
#[path = "protocols/tables.rs"]
mod tables;
