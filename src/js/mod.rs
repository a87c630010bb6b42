//! The only place that knows JavaScript: the exported class, the transport, and what passes between.

use core::cell::Cell;

use wasm_bindgen::JsValue;

#[cfg(feature = "npm")]
mod alloc;
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

/// A place for a value of JavaScript that is to be handed on later.
#[derive(Default)]
struct Slot(Cell<JsValue>);

impl Slot {
    fn set(&self, value: JsValue) {
        self.0.set(value);
    }

    fn take(&self) -> JsValue {
        self.0.take()
    }

    fn get(&self) -> JsValue {
        let value = self.take();
        self.set(value.clone());
        value
    }
}
