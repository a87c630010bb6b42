//! The only place that knows JavaScript: the exported class, the transport, and what passes between.

#[cfg(feature = "npm")]
mod alloc;
mod calls;
mod credentials;
mod error;
pub mod exports;
mod fetch;
mod host;
mod operations;
mod options;
mod state;
mod v2;
mod v2_rules;
