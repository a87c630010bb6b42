//! Timers and abort signals: what can end an attempt from outside.

use alloc::rc::Rc;
use core::cell::{Cell, RefCell};
use core::future::{poll_fn, Future};
use core::pin::pin;
use core::task::{Poll, Waker};

use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal};

use crate::http::Loss;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, ms: f64) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue) -> Result<(), JsValue>;
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Open,
    TimedOut,
    Aborted,
}

struct Shared {
    end: Cell<End>,
    waker: RefCell<Option<Waker>>,
    controller: Option<AbortController>,
}

impl Shared {
    fn end(&self, end: End) {
        if self.end.get() == End::Open {
            self.end.set(end);
            if let Some(controller) = &self.controller {
                controller.abort();
            }
            if let Some(waker) = self.waker.borrow_mut().take() {
                waker.wake();
            }
        }
    }
}

/// Ends what runs under it after a time, or when a signal says so. Dropping it clears timer and listener.
pub struct Limit {
    shared: Rc<Shared>,
    ms: f64,
    timer: Option<(JsValue, Closure<dyn FnMut()>)>,
    listener: Option<(AbortSignal, Closure<dyn FnMut()>)>,
}

fn callback(shared: &Rc<Shared>, end: End) -> Closure<dyn FnMut()> {
    let shared = shared.clone();
    Closure::new(move || shared.end(end))
}

impl Limit {
    /// A limit of time, if any, and of a signal, if any. With `controlled` an AbortController follows.
    ///
    /// # Errors
    /// When the environment lacks timers or AbortController.
    pub fn new(ms: Option<f64>, signal: Option<&AbortSignal>, controlled: bool) -> Result<Self, Loss> {
        let missing = |_| {
            Loss::Unusable(
                "This environment has no AbortController or no timers, which calls with a timeout or a signal need"
                    .into(),
            )
        };
        let limited = ms.is_some() || signal.is_some();
        let controller = if controlled && limited { Some(AbortController::new().map_err(missing)?) } else { None };
        let shared = Rc::new(Shared { end: Cell::new(End::Open), waker: RefCell::new(None), controller });
        let mut limit = Limit { shared, ms: ms.unwrap_or(0.0), timer: None, listener: None };
        if let Some(ms) = ms {
            let closure = callback(&limit.shared, End::TimedOut);
            limit.timer = Some((set_timeout(closure.as_ref(), ms).map_err(missing)?, closure));
        }
        if let Some(signal) = signal {
            if signal.aborted() {
                limit.shared.end(End::Aborted);
            } else {
                let closure = callback(&limit.shared, End::Aborted);
                signal.add_event_listener_with_callback("abort", closure.as_ref().unchecked_ref()).map_err(missing)?;
                limit.listener = Some((signal.clone(), closure));
            }
        }
        Ok(limit)
    }

    /// The signal that a transport is to follow.
    pub fn signal(&self) -> Option<AbortSignal> {
        self.shared.controller.as_ref().map(AbortController::signal)
    }

    fn ended(&self) -> Option<Loss> {
        match self.shared.end.get() {
            End::Open => None,
            End::TimedOut => Some(Loss::Timeout(self.ms)),
            End::Aborted => Some(Loss::Aborted),
        }
    }

    /// Runs `future` until it is ready or the limit is reached.
    pub async fn run<F: Future>(&self, future: F) -> Result<F::Output, Loss> {
        let mut future = pin!(future);
        poll_fn(|context| {
            if let Some(loss) = self.ended() {
                return Poll::Ready(Err(loss));
            }
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                // An aborted transport fails on its own account; the reason is ours.
                return Poll::Ready(self.ended().map_or(Ok(output), Err));
            }
            if self.timer.is_some() || self.listener.is_some() {
                *self.shared.waker.borrow_mut() = Some(context.waker().clone());
            }
            Poll::Pending
        })
        .await
    }

    /// Waits until the limit is reached.
    pub async fn reached(&self) -> Loss {
        match self.run(core::future::pending::<()>()).await {
            Ok(()) => Loss::Aborted,
            Err(loss) => loss,
        }
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        if let Some((timer, _)) = &self.timer {
            let _ = clear_timeout(timer);
        }
        if let Some((signal, closure)) = &self.listener {
            let _ = signal.remove_event_listener_with_callback("abort", closure.as_ref().unchecked_ref());
        }
    }
}
