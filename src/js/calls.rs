//! Calls under way. JavaScript waits for them with two numbers, a place here and the number of the call; when the wait is over
//! it comes back with both.

use alloc::boxed::Box;
use alloc::vec::Vec;

use js_sys::{Date, Function, Promise};
use wasm_bindgen::prelude::*;

use super::error::to_js;
use super::host::{Next, Way};
use super::state;
use crate::call::given_up;
use crate::http::Loss;

#[wasm_bindgen(module = "/js/drive.js")]
extern "C" {
    // It never throws; but without `catch` the wasm would import it past the glue, which is all that the loader provides.
    #[wasm_bindgen(catch)]
    fn drive(step: &Function, place: usize, call: u32, first: &Promise) -> Result<Promise, JsValue>;
}

/// A wait that is so many milliseconds over time is one that nobody waits for any more.
const GRACE: f64 = 60_000.0;

/// The calls that wait for something.
#[derive(Default)]
pub struct Calls {
    places: Vec<Place>,
    free: Vec<usize>,
    count: u32,
    /// [`go_on`] as JavaScript calls it.
    step: Option<Function>,
}

struct Place {
    call: u32,
    /// Infinite where the place is free, or its call goes on right now.
    until: f64,
    way: Option<Box<Way>>,
}

impl Calls {
    /// A free place. A Worker that is done with a request forgets what the request waited for, so what should have come back long
    /// ago makes room; it is looked for whenever the number of places doubles.
    fn place(&mut self) -> usize {
        let count = self.places.len();
        if self.free.is_empty() && count.is_power_of_two() {
            let now = Date::now();
            for (index, place) in self.places.iter_mut().enumerate() {
                if place.until < now {
                    place.way = None;
                    self.free.push(index);
                }
            }
        }
        self.free.pop().unwrap_or(count)
    }

    /// Puts a call where it is to be found by its number.
    fn put(&mut self, at: usize, place: Place) {
        match self.places.get_mut(at) {
            Some(found) => *found = place,
            None => self.places.push(place),
        }
    }

    fn at(&mut self, place: usize, call: u32) -> Option<&mut Place> {
        self.places.get_mut(place).filter(|kept| kept.call == call)
    }
}

/// Makes the first step of a call, and leaves it to JavaScript to wait for the others.
pub fn start(mut way: Box<Way>) -> Next {
    let promise = match way.step(JsValue::UNDEFINED) {
        Next::Wait(promise) => promise,
        over => return over,
    };
    let (place, call, step) = state::calls(|calls| {
        let place = calls.place();
        calls.count = calls.count.wrapping_add(1);
        let call = calls.count;
        calls.put(place, Place { call, until: way.until() + GRACE, way: Some(way) });
        let step = calls.step.get_or_insert_with(|| {
            Closure::<dyn Fn(usize, u32, JsValue) -> Result<JsValue, JsValue>>::new(go_on)
                .into_js_value()
                .unchecked_into()
        });
        (place, call, step.clone())
    });
    match drive(&step, place, call, &promise) {
        Ok(promise) => Next::Wait(promise),
        Err(thrown) => Next::Over(Err(thrown)),
    }
}

/// The next step of a call: the Promise to wait for, or the result.
fn go_on(place: usize, call: u32, outcome: JsValue) -> Result<JsValue, JsValue> {
    let way = state::calls(|calls| {
        let kept = calls.at(place, call)?;
        kept.until = f64::INFINITY;
        kept.way.take()
    });
    let Some(mut way) = way else {
        // It came back after all, when its place was taken.
        return Err(to_js(&given_up(Loss::Timeout(GRACE)), None, &outcome));
    };
    let next = way.step(outcome);
    state::calls(|calls| {
        let Some(kept) = calls.at(place, call) else { return };
        if matches!(next, Next::Wait(_)) {
            kept.until = way.until() + GRACE;
            kept.way = Some(way);
        } else {
            calls.free.push(place);
        }
    });
    match next {
        Next::Wait(promise) => Ok(promise.into()),
        Next::Over(result) => result,
    }
}
