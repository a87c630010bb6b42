//! Credentials from JavaScript: an object, an async function, or an object of SDK v2 with `get`.

use alloc::rc::Rc;
use core::cell::RefCell;

use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;

use super::options::{get, text};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::text::say;

/// Temporary credentials are replaced so many milliseconds before they expire.
const WINDOW: f64 = 300_000.0;

#[wasm_bindgen(module = "/js/credentials.js")]
extern "C" {
    // It never throws; but without `catch` the wasm would import it past the glue, which is all that the loader provides.
    #[wasm_bindgen(catch)]
    fn ask(source: &JsValue) -> Result<Promise, JsValue>;
}

enum Kind {
    /// Values; the cache holds them for ever, if there are any.
    Fixed,
    Function(JsValue),
    /// An object of SDK v2: `get(callback)` refreshes it if needed.
    Object(JsValue),
}

/// Where a client's credentials come from. Only values are kept, never a promise: a promise belongs to the request
/// that started it, and on Workers another request must not wait for it.
pub struct Source {
    kind: Kind,
    /// The latest credentials, and when they are to be replaced.
    cached: RefCell<Option<(Rc<Credentials>, f64)>>,
}

/// Credentials that are at hand, or the promise of some.
pub enum Found {
    Now(Rc<Credentials>),
    Later(Promise),
}

fn parts(object: &JsValue) -> Rc<Credentials> {
    let token = text(object, "sessionToken");
    Rc::new(Credentials {
        access_key_id: text(object, "accessKeyId"),
        secret_access_key: text(object, "secretAccessKey"),
        session_token: Some(token).filter(|token| !token.is_empty()),
    })
}

impl Source {
    /// The source among the options of a client: `credentials`, or the flat keys.
    pub fn of(options: &JsValue) -> Self {
        let given = get(options, "credentials");
        let mut cached = None;
        let kind = if given.is_function() {
            Kind::Function(given)
        } else if get(&given, "get").is_function() {
            Kind::Object(given)
        } else {
            if given.is_object() || !text(options, "accessKeyId").is_empty() {
                cached = Some((parts(if given.is_object() { &given } else { options }), f64::INFINITY));
            }
            Kind::Fixed
        };
        Source { kind, cached: RefCell::new(cached) }
    }

    /// Looks for credentials that are valid at the moment `now`.
    pub fn find(&self, now: f64) -> Result<Found, Error> {
        let cached = self.cached.borrow();
        match (&self.kind, cached.as_ref()) {
            (Kind::Object(source), _) => Ok(asked(source)),
            (_, Some((credentials, expires))) if *expires > now => usable(credentials.clone()).map(Found::Now),
            (Kind::Function(source), _) => Ok(asked(source)),
            (Kind::Fixed, _) => Err(Error::credentials("No credentials to load")),
        }
    }

    /// The error for a source that gave nothing, for the reason given.
    #[inline(never)]
    pub fn failure(&self, why: &str) -> Error {
        let what = match self.kind {
            Kind::Function(_) => "The credentials function failed",
            _ => "Could not load credentials from Credentials",
        };
        Error::credentials(&say("~: ~", &[what, why]))
    }

    /// Takes over what was promised; true if the secret is another one than before.
    #[inline(never)]
    pub fn take(&self, given: &JsValue) -> Result<(Rc<Credentials>, bool), Error> {
        let credentials = parts(given);
        let expires = get(given, "expires").as_f64().map_or(f64::INFINITY, |at| at - WINDOW);
        let before = self.cached.replace(Some((credentials.clone(), expires)));
        let changed = before.is_some_and(|(before, _)| before.secret_access_key != credentials.secret_access_key);
        usable(credentials).map(|credentials| (credentials, changed))
    }

    /// Drops what was refused as expired; true if the source can give other credentials.
    pub fn renew(&self) -> bool {
        match &self.kind {
            Kind::Fixed => false,
            Kind::Function(_) => {
                *self.cached.borrow_mut() = None;
                true
            }
            Kind::Object(object) => Reflect::set(object, &"expired".into(), &JsValue::TRUE).is_ok(),
        }
    }
}

fn asked(source: &JsValue) -> Found {
    Found::Later(ask(source).unwrap_or_else(|thrown| Promise::reject(&thrown)))
}

fn usable(credentials: Rc<Credentials>) -> Result<Rc<Credentials>, Error> {
    match credentials.problem() {
        None => Ok(credentials),
        Some(problem) => Err(problem),
    }
}
