//! placeholder docs
#![no_std]
#![deny(unsafe_code)]

extern crate alloc;
// The code keeps to core and alloc; programs other than the npm package bring their allocator and panic handler by std.
#[cfg(not(feature = "npm"))]
extern crate std;

pub mod call;
pub mod clock;
pub mod config;
pub mod credentials;
pub mod endpoint;
pub mod error;
mod hint;
pub mod http;
#[cfg(all(target_arch = "wasm32", any(feature = "npm", not(feature = "typed"))))]
pub mod js;
pub mod json;
pub mod model;
pub mod number;
pub mod page;
pub mod params;
mod pattern;
pub mod rest_json;
pub mod retry;
pub mod sign;
mod text;
pub mod states;
#[cfg(feature = "typed")]
pub mod typed;
pub mod uri;
pub mod validate;
