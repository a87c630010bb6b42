//! Timers of JavaScript as futures.

use core::future::{poll_fn, Future};
use core::pin::{pin, Pin};
use core::task::Poll;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = setTimeout)]
    fn set_timeout(callback: &Function, ms: f64) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue) -> Result<(), JsValue>;
}

/// A timer that runs. Dropping it stops it.
pub struct Timer {
    id: JsValue,
    reached: JsFuture,
}

impl Timer {
    /// Starts a timer.
    ///
    /// # Errors
    /// When the environment has none.
    pub fn start(ms: f64) -> Result<Self, JsValue> {
        let mut id = Ok(JsValue::UNDEFINED);
        let reached = Promise::new(&mut |resolve, _| id = set_timeout(&resolve, ms));
        Ok(Timer { id: id?, reached: JsFuture::from(reached) })
    }

    /// Waits until the time is over.
    pub async fn reached(mut self) {
        let _ = poll_fn(|context| Pin::new(&mut self.reached).poll(context)).await;
    }

    /// Runs `work`; nothing if the time is over first.
    pub async fn limit<F: Future>(mut self, work: F) -> Option<F::Output> {
        let mut work = pin!(work);
        poll_fn(|context| {
            if let Poll::Ready(output) = work.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            Pin::new(&mut self.reached).poll(context).map(|_| None)
        })
        .await
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        let _ = clear_timeout(&self.id);
    }
}
