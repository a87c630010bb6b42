//! Calls under way. JavaScript waits for them with two numbers, a place here and the number of the call; when the wait is over
//! it comes back with both.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::vec::Vec;

use js_sys::{Date, Promise};
use wasm_bindgen::{exports, prelude::*};

use super::error::fail;
use super::hand::Hand;
use super::host::Way;
use super::options::Known;
use super::state;
use crate::call::given_up;
use crate::http::Loss;
use crate::model::ivs::SERVICE;

/// A wait that is so many milliseconds over time is one that nobody waits for any more.
const GRACE: f64 = 60_000.0;

/// The calls that wait for something.
pub struct Calls {
    places: Vec<Place>,
    /// The first place of those that are free; none where it is beyond their number.
    free: usize,
    count: u32,
}

struct Place {
    call: u32,
    /// Infinite where the place is free, or its call goes on right now.
    until: f64,
    way: Option<Box<Way>>,
    /// The next free place, where this one is free.
    next: usize,
}

impl Calls {
    /// None as yet.
    pub const NONE: Self = Calls { places: Vec::new(), free: usize::MAX, count: 0 };

    /// Puts a call where it is to be found by its number: gives place and number. A Worker that is done with a request forgets what
    /// the request waited for, so what should have come back long ago makes room; it is looked for whenever the number of places
    /// doubles.
    fn put(&mut self, way: Box<Way>) -> (usize, u32) {
        let count = self.places.len();
        if self.free >= count && count.is_power_of_two() {
            let now = Date::now();
            for (index, place) in self.places.iter_mut().enumerate() {
                if place.until < now {
                    place.way = None;
                    place.until = f64::INFINITY;
                    place.next = self.free;
                    self.free = index;
                }
            }
        }
        self.count = self.count.wrapping_add(1);
        let call = self.count;
        let mut at = self.free;
        let place = Place { call, until: f64::INFINITY, way: Some(way), next: 0 };
        match self.places.get_mut(at) {
            Some(found) => {
                self.free = found.next;
                *found = place;
            }
            None => {
                at = count;
                self.places.push(place);
            }
        }
        (at, call)
    }

    fn at(&mut self, place: usize, call: u32) -> Option<&mut Place> {
        self.places.get_mut(place).filter(|kept| kept.call == call)
    }
}

/// Starts operation number `index`, and leaves it to JavaScript to wait between its steps.
pub fn start(index: usize, known: Rc<Known>, hand: &Hand, sends: bool) -> Promise {
    let way = SERVICE.operation(index).and_then(|operation| {
        let begun = Way::begin(operation, known.clone(), hand, sends);
        begun.map_err(|error| fail(hand, error, Some(&known.client))).ok()
    });
    let (place, call) = way.map_or((0, 0), |way| state::calls(|calls| calls.put(way)));
    hand.lead(&exports(), place, call)
}

/// The next step of a call, after a wait that ended so. For `js/hand.js`, which has it from the exports of the instance that started
/// the call: those of an instance that trapped do nothing any more.
#[wasm_bindgen]
pub fn step(hand: Hand, place: usize, call: u32, end: u32) {
    let way = state::calls(|calls| {
        let kept = calls.at(place, call)?;
        kept.until = f64::INFINITY;
        kept.way.take()
    });
    let Some(mut way) = way else {
        // It came back after all, when its place was taken.
        fail(&hand, given_up(Loss::Timeout(GRACE)), None);
        return;
    };
    let waits = way.step(end);
    state::calls(|calls| {
        let free = calls.free;
        let Some(kept) = calls.at(place, call) else { return };
        if waits {
            kept.until = way.until() + GRACE;
            kept.way = Some(way);
        } else {
            kept.next = free;
            calls.free = place;
        }
    });
}
