//! The core as a module of its own for `ivs-wasm/v2`: four functions of numbers and a place for text, which need none of
//! wasm-bindgen's glue. The other side is js/v2/wasm.js.
#![allow(unsafe_code)]

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::hint::black_box;

use super::{again, answer, follow, skewed};
use crate::http::MOST;
use crate::retry::legacy_delay;
use crate::sign::KeyCache;

/// What passes, and the keys that all requests share.
struct Desk {
    question: Vec<u8>,
    answer: String,
    keys: Option<KeyCache>,
}

/// A static of a program with one thread.
struct Alone(RefCell<Desk>);

// SAFETY: this module is compiled for wasm without shared memory, which has one thread.
unsafe impl Sync for Alone {}

static DESK: Alone = Alone(RefCell::new(Desk { question: Vec::new(), answer: String::new(), keys: None }));

/// Where the text of a question is to be written, which has so many bytes.
#[no_mangle]
extern "C" fn place(length: usize) -> *const u8 {
    let mut desk = DESK.0.borrow_mut();
    desk.question = Vec::new();
    desk.question.resize(length, 0);
    desk.question.as_ptr()
}

/// Answers; gives the length of the text.
#[no_mangle]
extern "C" fn ask(question: u32, number: f64) -> usize {
    let desk = &mut *DESK.0.borrow_mut();
    // SAFETY: js/v2/wasm.js writes what a TextEncoder made, whole.
    let text = unsafe { core::str::from_utf8_unchecked(&desk.question) };
    desk.answer = String::new();
    answer(question, number, text, desk.keys.get_or_insert_default(), &mut desk.answer);
    // It may have held a secret.
    desk.question.fill(0);
    black_box(&desk.question);
    desk.answer.len()
}

/// Where the text of the answer begins.
#[no_mangle]
extern "C" fn answered() -> *const u8 {
    DESK.0.borrow().answer.as_ptr()
}

/// The delay before a retry; a base that is not a number stands for none.
#[no_mangle]
extern "C" fn pause(retry: u32, base: f64, random: f64) -> f64 {
    legacy_delay(retry, Some(base).filter(|base| !base.is_nan()), random)
}

/// Whether there is another attempt, after so many retries of at most `most`.
#[no_mangle]
extern "C" fn retried(retryable: bool, made: f64, most: f64, delay: f64) -> bool {
    again(retryable, made, most, delay)
}

/// Whether two clocks are too far apart.
#[no_mangle]
extern "C" fn apart(ours: f64, theirs: f64) -> bool {
    skewed(ours, theirs)
}

/// The place that follows.
#[no_mangle]
extern "C" fn next(place: u32, failed: bool) -> u32 {
    follow(place, failed)
}

/// How long the body of an answer may be.
#[no_mangle]
extern "C" fn most() -> u32 {
    MOST
}
