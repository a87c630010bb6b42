//! Credentials from JavaScript: an object, an async function, or an object of SDK v2 with `get`.

use alloc::rc::Rc;
use alloc::string::String;
use core::cell::RefCell;

use js_sys::{Date, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::config::get;
use super::error::words;
use crate::credentials::Credentials;
use crate::error::Error;

/// Temporary credentials are replaced so many milliseconds before they expire.
const WINDOW: f64 = 300_000.0;

struct Cached {
    credentials: Rc<Credentials>,
    expires: f64,
}

enum Kind {
    None,
    Fixed,
    Function(Function),
    /// An object of SDK v2: `get(callback)` refreshes it if needed.
    Object(JsValue, Function),
}

/// Where a client's credentials come from. Only values are kept, never a promise: a promise belongs to the request
/// that started it, and on Workers another request must not wait for it.
pub struct Source {
    kind: Kind,
    cached: RefCell<Option<Cached>>,
}

fn field(object: &JsValue, key: &str) -> String {
    get(object, key).as_string().unwrap_or_default()
}

fn parts(object: &JsValue) -> Credentials {
    let token = field(object, "sessionToken");
    Credentials::new(
        &field(object, "accessKeyId"),
        &field(object, "secretAccessKey"),
        (!token.is_empty()).then_some(&token),
    )
}

impl Source {
    /// The source among the options of a client: `credentials`, or the flat keys.
    pub fn of(options: &JsValue) -> Self {
        let given = get(options, "credentials");
        let getter: Option<Function> = get(&given, "get").dyn_into().ok();
        let mut source = Source { kind: Kind::None, cached: RefCell::new(None) };
        match (given.dyn_ref::<Function>(), getter) {
            (Some(function), _) => source.kind = Kind::Function(function.clone()),
            (_, Some(getter)) => source.kind = Kind::Object(given, getter),
            _ => {
                let object = if given.is_object() { &given } else { options };
                if given.is_object() || !field(options, "accessKeyId").is_empty() {
                    source.kind = Kind::Fixed;
                    source.keep(parts(object), f64::INFINITY);
                }
            }
        }
        source
    }

    fn keep(&self, credentials: Credentials, expires: f64) -> Rc<Credentials> {
        let credentials = Rc::new(credentials);
        *self.cached.borrow_mut() = Some(Cached { credentials: credentials.clone(), expires });
        credentials
    }

    /// The credentials at the moment `now`.
    pub async fn get(&self, now: f64, cause: &RefCell<JsValue>) -> Result<Rc<Credentials>, Error> {
        let kept = self
            .cached
            .borrow()
            .as_ref()
            .filter(|cached| cached.expires > now)
            .map(|cached| cached.credentials.clone());
        let credentials = match (&self.kind, kept) {
            (Kind::None, _) => return Err(Error::credentials("No credentials to load")),
            (Kind::Object(object, getter), _) => {
                await_get(object, getter)
                    .await
                    .map_err(|thrown| refused("Could not load credentials from Credentials", thrown, cause))?;
                Rc::new(parts(object))
            }
            (_, Some(kept)) => kept,
            (Kind::Function(function), None) => {
                let failed = |thrown| refused("The credentials function failed", thrown, cause);
                let promise = function.call0(&JsValue::UNDEFINED).map_err(failed)?;
                let given = JsFuture::from(Promise::resolve(&promise)).await.map_err(failed)?;
                let expiration = get(&given, "expiration");
                let expires = if expiration.is_undefined() || expiration.is_null() {
                    f64::INFINITY
                } else {
                    Date::new(&expiration).get_time() - WINDOW
                };
                self.keep(parts(&given), expires)
            }
            (Kind::Fixed, None) => return Err(Error::credentials("Missing credentials")),
        };
        match credentials.problem() {
            None => Ok(credentials),
            Some(problem) => Err(problem),
        }
    }

    /// Drops what was refused as expired; true if the source can give other credentials.
    pub fn renew(&self) -> bool {
        match &self.kind {
            Kind::None | Kind::Fixed => false,
            Kind::Function(_) => {
                *self.cached.borrow_mut() = None;
                true
            }
            Kind::Object(object, _) => Reflect::set(object, &"expired".into(), &JsValue::TRUE).is_ok(),
        }
    }
}

fn refused(why: &str, thrown: JsValue, cause: &RefCell<JsValue>) -> Error {
    let error = Error::credentials(&[why, ": ", &words(&thrown)].concat());
    *cause.borrow_mut() = thrown;
    error
}

/// `get(callback)` as a future. The callback may come at once or later.
async fn await_get(object: &JsValue, getter: &Function) -> Result<(), JsValue> {
    let mut start = |resolve: Function, reject: Function| {
        let settle = Closure::once_into_js(move |error: JsValue| {
            let _ = if error.is_undefined() || error.is_null() {
                resolve.call0(&JsValue::UNDEFINED)
            } else {
                reject.call1(&JsValue::UNDEFINED, &error)
            };
        });
        if let Err(thrown) = getter.call1(object, &settle) {
            let _ = settle.unchecked_ref::<Function>().call1(&JsValue::UNDEFINED, &thrown);
        }
    };
    JsFuture::from(Promise::new(&mut start)).await.map(|_| ())
}
