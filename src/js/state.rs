//! What is kept between calls, caches of values; and between the steps of a call, what the call has come to.
#![allow(unsafe_code)]

use alloc::rc::Rc;
use core::cell::RefCell;

use super::calls::Calls;
use super::exports::Client;
use super::options::Known;
use crate::sign::KeyCache;

/// So many clients are kept parsed, each at a place by its number; an older one is parsed anew from its options when it
/// is used again.
const KEPT: usize = 64;

/// The state of one instance of the wasm, which serves all clients of a page or Worker.
pub struct State {
    clients: [Option<(u32, Rc<Known>)>; KEPT],
    /// The keys that all requests share.
    keys: Option<Rc<RefCell<KeyCache>>>,
    calls: Calls,
}

/// A static of a program with one thread.
struct Alone(RefCell<State>);

// SAFETY: this module is compiled for wasm without shared memory, which has one thread.
unsafe impl Sync for Alone {}

static STATE: Alone = Alone(RefCell::new(State { clients: [const { None }; KEPT], keys: None, calls: Calls::NONE }));

/// The client with its options read; read anew if it is not among the latest ones.
pub fn known(client: &Client) -> Rc<Known> {
    let id = client.id();
    let place = id as usize % KEPT;
    let mut state = STATE.0.borrow_mut();
    if let Some((of, known)) = &state.clients[place] {
        if *of == id {
            return known.clone();
        }
    }
    let keys = state.keys.get_or_insert_default().clone();
    // Getters among the options may call back, so the state is not borrowed meanwhile.
    drop(state);
    let known = Rc::new(Known::new(client, keys));
    STATE.0.borrow_mut().clients[place] = Some((id, known.clone()));
    known
}

/// Does something with the calls under way. What it does must not call back.
pub fn calls<T>(what: impl FnOnce(&mut Calls) -> T) -> T {
    what(&mut STATE.0.borrow_mut().calls)
}

/// Forgets all keys and parsed clients.
pub fn clear() {
    let mut state = STATE.0.borrow_mut();
    state.clients = [const { None }; KEPT];
    state.keys = None;
}
