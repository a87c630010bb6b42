//! Structures as JavaScript values and back, and errors as JavaScript errors.

use alloc::string::{String, ToString};

use js_sys::{Array, Date, Object, Reflect};
use serde::de::DeserializeOwned;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::error::Error;

/// So deep may a value be nested; cycles end here, too.
const DEPTH: usize = 64;

/// A structure as a plain object with the names of the API: what the methods of the npm package take. Timestamps are
/// ISO texts. Secrets are in it.
///
/// # Errors
/// `InvalidParameterType` for values of your own types that have no counterpart; never for those of this module.
pub fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, Error> {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| Error::new("InvalidParameterType", error.to_string()))
}

/// A structure from an object with the names of the API: what the methods of the npm package give. `Date`s are
/// timestamps.
///
/// # Errors
/// `InvalidParameterType` if it is no object, has a list or an object where another type belongs, or has cycles.
pub fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, Error> {
    serde_wasm_bindgen::from_value(plain(value, 0)?)
        .map_err(|error| Error::new("InvalidParameterType", error.to_string()))
}

/// A copy in which texts stand for `Date`s, which serde does not know.
fn plain(value: &JsValue, depth: usize) -> Result<JsValue, Error> {
    if !value.is_object() || value.is_function() {
        return Ok(value.clone());
    }
    if let Some(date) = value.dyn_ref::<Date>() {
        let invalid = date.get_time().is_nan();
        return Ok(if invalid { JsValue::NULL } else { date.to_iso_string().into() });
    }
    if depth >= DEPTH {
        return Err(Error::new("InvalidParameterType", "Expected a value nested at most 64 levels deep"));
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        return list.iter().map(|element| plain(&element, depth + 1)).collect::<Result<Array, _>>().map(Into::into);
    }
    let copy = Object::new();
    for entry in Object::entries(value.unchecked_ref()).iter() {
        let entry: Array = entry.unchecked_into();
        // A plain object takes any property.
        let _ = Reflect::set(&copy, &entry.get(0), &plain(&entry.get(1), depth + 1)?);
    }
    Ok(copy.into())
}

/// What something that was thrown says.
pub fn words(thrown: &JsValue) -> String {
    let message = Reflect::get(thrown, &"message".into()).ok().and_then(|message| message.as_string());
    message.or_else(|| thrown.as_string()).unwrap_or_else(|| String::from("Network Failure"))
}

/// A JavaScript `Error` with `name` and `code`, `statusCode`, `requestId`, `retryable` and `hint` where they are known,
/// so that a function that JavaScript calls can end with `?`.
impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        let thrown = js_sys::Error::new(&error.message);
        thrown.set_name(&error.code);
        let set = |name: &str, value: Option<JsValue>| {
            // An Error is an object, which takes any property.
            let _ = value.map(|value| Reflect::set(&thrown, &name.into(), &value));
        };
        set("code", Some(JsValue::from_str(&error.code)));
        set("statusCode", error.status.map(JsValue::from));
        set("requestId", error.request_id.as_deref().map(JsValue::from_str));
        set("retryable", error.retryable.map(JsValue::from));
        set("hint", error.hint.as_deref().map(JsValue::from_str));
        thrown.into()
    }
}
