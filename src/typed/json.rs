//! Structures as JSON text and back.

use alloc::string::{String, ToString};

use serde::de::DeserializeOwned;
use serde::Serialize;

use super::lenient::Lenient;
use crate::error::Error;

/// The JSON of a structure, with the names of the API. Secrets are in it.
///
/// # Errors
/// `InvalidParameterType` for values of your own types that JSON cannot hold; never for those of this module.
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::new("InvalidParameterType", error.to_string()))
}

/// A structure from its JSON.
///
/// # Errors
/// `SyntaxError` if the text is no JSON, or no object.
pub fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(broken)
}

/// The result of an operation.
pub fn result<T: Lenient + Default>(text: &str) -> Result<T, Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = T::lenient(&mut deserializer).map_err(broken)?;
    deserializer.end().map_err(broken)?;
    Ok(value.unwrap_or_default())
}

fn broken(error: serde_json::Error) -> Error {
    Error::new("SyntaxError", error.to_string())
}
