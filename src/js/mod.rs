//! The only place that knows JavaScript: the exported class, the transport, and what passes between.

mod calls;
mod credentials;
mod error;
pub mod exports;
mod fetch;
mod hand;
mod host;
mod operations;
mod options;
mod state;
