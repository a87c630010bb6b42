//! The typed API for Rust programs: a structure for each shape, a method for each operation, over the same steps
//! as the npm package: [`crate::course`], led by [`crate::call`].
//!
//! ```
//! # use ivs_wasm::{call::Host, error::Error};
//! use ivs_wasm::typed::{Client, ChannelType, CreateChannelRequest, GetChannelRequest};
//!
//! # async fn example<H: Host>(client: Client<H>) -> Result<(), Error> {
//! let made = client
//!     .create_channel(CreateChannelRequest {
//!         name: Some("studio".into()),
//!         r#type: Some(ChannelType::Basic),
//!         ..Default::default()
//!     })
//!     .await?;
//! let arn = made.channel.and_then(|channel| channel.arn).unwrap_or_default();
//! let channel = client.get_channel(GetChannelRequest { arn, ..Default::default() }).await?.channel;
//! # let _ = channel;
//! # Ok(())
//! # }
//! ```
//!
//! * A member is an `Option` unless the model requires it. A required member that is left at its default is not
//!   sent, so that the check of parameters names it: `MissingRequiredParameter`. What an answer does not tell is
//!   the default. Later releases may add members, so end a structure with `..Default::default()`.
//! * Answers never fail for what is new in them: unknown members are passed over, unknown values of an enum are
//!   kept in its variant `Other`.
//! * Secrets ([`Sensitive`]) show as `***` in `Debug`.
//! * The transport is a [`Host`](crate::call::Host): in browsers, Workers and edge runtimes `FetchHost`, which is
//!   there when compiled for `wasm32`; elsewhere one of your own.
//! * The futures stay on the thread that made them, as everything in those runtimes does.
//!
//! The guide is `docs/rust.md`.

mod client;
mod config;
mod credentials;
mod enums;
#[cfg(target_arch = "wasm32")]
mod fetch;
mod input;
#[cfg(target_arch = "wasm32")]
mod js;
mod json;
mod lenient;
mod operations;
mod pages;
mod reply;
mod sensitive;
mod shapes;
mod text_enum;
#[cfg(target_arch = "wasm32")]
mod timer;
mod timestamp;

pub use client::{Client, SignedRequest};
pub use credentials::{Source, Temporary};
pub use enums::*;
#[cfg(target_arch = "wasm32")]
pub use fetch::{FetchHost, Fetched};
pub use input::{Input, PagedInput};
#[cfg(target_arch = "wasm32")]
pub use js::{from_js, to_js};
pub use json::{from_json, to_json};
pub use pages::Pages;
pub use reply::{parse, Reply};
pub use sensitive::Sensitive;
pub use shapes::*;
pub use timestamp::Timestamp;
