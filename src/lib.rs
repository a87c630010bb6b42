//! placeholder docs
#![cfg_attr(not(test), no_std)]
extern crate alloc;

pub mod call;
pub mod clock;
pub mod config;
pub mod credentials;
pub mod endpoint;
pub mod error;
mod hint;
pub mod http;
pub mod json;
pub mod model;
pub mod number;
pub mod page;
pub mod params;
mod pattern;
pub mod rest_json;
pub mod retry;
pub mod sign;
pub mod uri;
pub mod validate;
