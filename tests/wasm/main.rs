//! Tests of the edge in Node: `wasm-pack test --node -- --no-default-features`. In a browser: tests/wasm-browser.
//! (With the default feature, the typed API for Rust programs, the crate has no class for JavaScript.)
#![cfg(all(target_arch = "wasm32", not(feature = "typed")))]

mod suite;
