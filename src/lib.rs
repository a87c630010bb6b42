//! A client for Amazon Interactive Video Service (IVS) that runs where WebAssembly runs: browsers, Workers, edge runtimes.
//!
#![cfg_attr(
    feature = "typed",
    doc = "Programs start at [`typed`]: a structure for each shape, a method for each operation.\n"
)]
//! The core is plain computation on text: it owns no clock, no randomness, no network and no JavaScript value. What
//! touches the world is behind [`call::Host`]; in the npm package, where JavaScript does the waiting, behind
//! [`course::World`].
//!
//! | a call passes | in |
//! |---|---|
//! | parameters as text, checked against the model | [`params`], [`validate`], [`model`] |
//! | path, query and body | [`rest_json`], [`json`], [`uri`] |
//! | the endpoint, and the signature | [`config`], [`endpoint`], [`credentials`], [`sign`] |
//! | the transport, and again if that helps | [`call`], [`course`], [`http`], [`retry`] |
//! | the result, pages of it, errors, a line in the log | [`rest_json`], [`page`], [`error`], [`log`] |
//!
//! Signing a request, without sending it:
//!
//! ```
//! use ivs_wasm::call::Client;
//! use ivs_wasm::config::{Config, Value};
//! use ivs_wasm::credentials::Credentials;
//! use ivs_wasm::model::ivs::SERVICE;
//! use ivs_wasm::params::Params;
//!
//! let mut config = Config::default();
//! config.set("region", Value::Text("us-west-2"));
//! let client = Client::new(&SERVICE, config, Default::default());
//!
//! let operation = SERVICE.find("getChannel").expect("an operation of IVS");
//! let params = Params::new(r#"{"arn":"arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh"}"#);
//! let prepared = client.prepare(&operation, params)?;
//! let credentials = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None);
//! let request = client.request(&operation, &prepared, params, Some(&credentials), 1_704_164_645_000)?;
//!
//! assert_eq!(request.url, "https://ivs.us-west-2.amazonaws.com/GetChannel");
//! assert!(request.headers.iter().any(|header| header.name == "authorization"));
//! # Ok::<(), ivs_wasm::error::Error>(())
//! ```
#![no_std]
#![deny(unsafe_code)]
#![warn(missing_docs, missing_debug_implementations)]

extern crate alloc;
// The code keeps to core and alloc; programs other than the npm package bring their allocator and panic handler by std.
#[cfg(not(all(target_arch = "wasm32", feature = "npm")))]
extern crate std;

pub mod call;
mod client;
pub mod clock;
pub mod config;
pub mod course;
pub mod credentials;
pub mod endpoint;
pub mod error;
mod hidden;
mod hint;
pub mod http;
#[cfg(all(target_arch = "wasm32", any(feature = "npm", not(feature = "typed")), not(feature = "v2")))]
pub mod js;
pub mod json;
pub mod log;
#[cfg(all(target_arch = "wasm32", feature = "npm"))]
mod memory;
pub mod model;
pub mod number;
pub mod page;
pub mod params;
mod pattern;
pub mod rest_json;
pub mod retry;
pub mod sign;
mod text;
#[cfg(feature = "typed")]
pub mod typed;
pub mod uri;
#[cfg(any(feature = "v2", test))]
pub mod v2;
pub mod validate;
