//! Credentials from JavaScript: an object, an async function, or an object of SDK v2 with `get`.

use alloc::rc::Rc;
use core::cell::{Cell, RefCell};

use super::hand::{Hand, What};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::text::copy;

/// Temporary credentials are replaced so many milliseconds before they expire.
const WINDOW: f64 = 300_000.0;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Values; the cache holds them for ever, if there are any.
    Fixed,
    Function,
    /// An object of SDK v2: `get(callback)` refreshes it if needed.
    Object,
}

/// Where a client's credentials come from. Only values are kept, never a promise: a promise belongs to the request
/// that started it, and on Workers another request must not wait for it.
pub struct Source {
    kind: Kind,
    /// The latest credentials, and when they are to be replaced.
    cached: RefCell<Option<(Rc<Credentials>, f64)>>,
    /// How often they were others than before.
    pub generation: Cell<u32>,
}

fn parts(hand: &Hand) -> Rc<Credentials> {
    Rc::new(Credentials {
        access_key_id: hand.text(What::KeyId),
        secret_access_key: hand.text(What::Secret),
        session_token: hand.get(What::Token),
    })
}

impl Source {
    /// The source among the options of a client: `credentials`, or the flat keys.
    pub fn of(client: &Hand) -> Self {
        let kind = client.number(What::Kind);
        let cached = (kind == 1.0).then(|| (parts(client), f64::INFINITY));
        let kind = if kind > 2.0 {
            Kind::Object
        } else if kind > 1.0 {
            Kind::Function
        } else {
            Kind::Fixed
        };
        Source { kind, cached: RefCell::new(cached), generation: Cell::new(0) }
    }

    /// What is left when the source fails: credentials that were to be replaced, and are valid still.
    pub fn spare(&self, now: f64) -> Option<Rc<Credentials>> {
        self.find(now - WINDOW).ok().flatten()
    }

    /// Credentials that are not to be replaced at the moment `now`; nothing where they are to be asked for.
    pub fn find(&self, now: f64) -> Result<Option<Rc<Credentials>>, Error> {
        match &*self.cached.borrow() {
            Some((credentials, expires)) if *expires > now && self.kind != Kind::Object => {
                usable(credentials.clone()).map(Some)
            }
            _ if self.kind == Kind::Fixed => Err(Error::credentials("No credentials to load")),
            _ => Ok(None),
        }
    }

    /// The error for a source that gave nothing, for the reason given.
    #[inline(never)]
    pub fn failure(why: &str) -> Error {
        let mut error = Error::say("CredentialsError", "Could not load credentials: ~", &[why]);
        error.original = Some(("CredentialsError", copy(&error.message)));
        error
    }

    /// Takes over what a call was promised; true if the secret is another one than before.
    #[inline(never)]
    pub fn take(&self, hand: &Hand) -> Result<(Rc<Credentials>, bool), Error> {
        // What is not usable is not kept: the next call asks again.
        let credentials = usable(parts(hand))?;
        let expires = hand.number(What::Expires) - WINDOW;
        let before = self.cached.replace(Some((credentials.clone(), expires)));
        let changed = before.is_some_and(|(before, _)| before.secret_access_key != credentials.secret_access_key);
        self.generation.set(self.generation.get() + u32::from(changed));
        Ok((credentials, changed))
    }

    /// Drops those of a generation, which were refused as expired, unless a call has brought others meanwhile; true if the source can
    /// give other credentials.
    pub fn renew(&self, hand: &Hand, generation: u32) -> bool {
        if self.kind == Kind::Fixed {
            return false;
        }
        if self.generation.get() != generation {
            return true;
        }
        if let Some((_, expires)) = &mut *self.cached.borrow_mut() {
            *expires = f64::NEG_INFINITY;
        }
        // Functions that keep what they gave are told, too.
        hand.expire() || self.kind == Kind::Function
    }
}

fn usable(credentials: Rc<Credentials>) -> Result<Rc<Credentials>, Error> {
    match credentials.problem() {
        None => Ok(credentials),
        Some(problem) => Err(problem),
    }
}
