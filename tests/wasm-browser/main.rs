//! The tests of tests/wasm in a browser: `wasm-pack test --headless --chrome -- --no-default-features`.
#![cfg(all(target_arch = "wasm32", not(feature = "typed")))]

#[path = "../wasm/suite/mod.rs"]
mod suite;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
