//! The only place that knows JavaScript: the exported class, the transport, and what passes between.

#[cfg(feature = "npm")]
mod alloc;
mod config;
mod credentials;
mod error;
pub mod exports;
mod fetch;
mod host;
mod operations;
mod timer;
