//! Errors on their way to JavaScript.

use alloc::string::String;

use wasm_bindgen::prelude::*;

use crate::call::Client;
use crate::error::Error;
use crate::json::quote;
use crate::number::push_integer;
use crate::text;

#[wasm_bindgen(module = "/js/errors.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn make(json: &str, cause: &JsValue) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    type Thrown;
    #[wasm_bindgen(catch, method, getter, structural)]
    fn message(this: &Thrown) -> Result<JsValue, JsValue>;
}

/// What something that was thrown says: its `message`, or itself as text.
pub fn words(thrown: &JsValue) -> String {
    let own = if thrown.is_object() { thrown.unchecked_ref::<Thrown>().message().ok() } else { None };
    own.unwrap_or_else(|| thrown.clone()).as_string().unwrap_or_else(|| String::from("Network Failure"))
}

/// The rejection for a name that is no operation.
pub fn unknown_operation(name: &str) -> JsValue {
    to_js(
        &Error::new("UnknownOperation", text::join(&["There is no operation '", name, "'"])),
        None,
        &JsValue::UNDEFINED,
    )
}

struct Fields(String);

impl Fields {
    fn key(&mut self, name: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        quote(&mut self.0, name);
        self.0.push(':');
    }

    fn text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.key(name);
            quote(&mut self.0, value);
        }
    }

    fn number(&mut self, name: &str, value: Option<f64>) {
        if let Some(value) = value {
            self.key(name);
            // Statuses, counts and delays: whole numbers far below 2^53.
            #[allow(clippy::cast_possible_truncation)]
            push_integer(&mut self.0, value as i64);
        }
    }
}

/// The error as JavaScript sees it.
pub fn to_js(error: &Error, client: Option<&Client>, cause: &JsValue) -> JsValue {
    let mut fields = Fields(String::from("{"));
    fields.text("code", Some(&error.code));
    fields.text("message", Some(&error.message));
    fields.number("statusCode", error.status.map(f64::from));
    fields.text("requestId", error.request_id.as_deref());
    if let Some(retryable) = error.retryable {
        fields.key("retryable");
        fields.0.push_str(if retryable { "true" } else { "false" });
    }
    fields.number("retryDelay", error.retry_delay);
    if let Some(endpoint) = client.and_then(|client| client.endpoint().ok()).filter(|_| error.retryable.is_some()) {
        fields.text("region", Some(&endpoint.region));
        fields.text("hostname", Some(endpoint.hostname()));
    }
    fields.text("hint", error.hint.as_deref());
    fields.text("body", error.body.as_deref());
    if let Some((code, message)) = &error.original {
        fields.key("originalError");
        let mut inner = Fields(String::from("{"));
        inner.text("code", Some(code));
        inner.text("message", Some(message));
        fields.0.push_str(&inner.0);
        fields.0.push('}');
    }
    for (i, violation) in error.errors.iter().enumerate() {
        if i == 0 {
            fields.key("errors");
        }
        fields.0.push(if i == 0 { '[' } else { ',' });
        let mut inner = Fields(String::from("{"));
        inner.text("code", Some(violation.code));
        inner.text("message", Some(&violation.message));
        fields.0.push_str(&inner.0);
        fields.0.push('}');
    }
    if !error.errors.is_empty() {
        fields.0.push(']');
    }
    fields.key("$metadata");
    let mut inner = Fields(String::from("{"));
    inner.number("httpStatusCode", error.status.map(f64::from));
    inner.text("requestId", error.request_id.as_deref());
    inner.number("attempts", Some(f64::from(error.attempts)));
    inner.number("totalRetryDelay", Some(error.total_delay));
    fields.0.push_str(&inner.0);
    fields.0.push_str("}}");
    make(&fields.0, cause).unwrap_or_else(|thrown| thrown)
}
