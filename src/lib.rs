#![no_std]
#![forbid(unsafe_code)]
extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod clock;
pub mod credentials;
pub mod json;
pub mod model;
pub mod number;
pub mod params;
mod pattern;
pub mod rest_json;
pub mod sign;
pub mod uri;
pub mod validate;
