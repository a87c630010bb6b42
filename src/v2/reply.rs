//! What is made of an answer, or of the lack of one: the work of the built-in listeners of v2's states `send`, `extractData`
//! and `extractError`.

use alloc::borrow::Cow;
use alloc::string::String;

use super::edit::Edit;
use super::given::{headers, line, value};
use super::RAW;
use crate::call;
use crate::course;
use crate::error::{from_answer, Error};
use crate::http::Loss;
use crate::model::ivs::SERVICE;
use crate::text;

/// Built-in listeners that are there.
const EXTRACT: u32 = 1;
const EXTRACT_REQUEST_ID: u32 = 2;

/// The error of an answer that did not come within `ms`.
///
/// Given: region; hostname; 1 time, 2 abort, 4 length, or 3; what was thrown.
pub fn lost(ms: f64, mut given: &str, edit: &mut Edit<'_>) -> Error {
    let (region, hostname, why) = (line(&mut given), line(&mut given), line(&mut given));
    let loss = match text::byte(why, 0) {
        b'1' => Loss::Timeout(ms),
        b'2' => Loss::Aborted,
        b'4' => Loss::TooLong,
        _ => Loss::Network(String::from(given)),
    };
    let error = call::given_up(loss);
    edit.open("fields");
    let retryable = error.retryable == Some(true);
    edit.list("retryable").push_str(if retryable { "true" } else { "false" });
    if retryable {
        edit.text("region", region);
        edit.text("hostname", hostname);
    }
    edit.close();
    error
}

/// Reads a result.
///
/// Given: operation; headers; body.
pub fn result<'t>(bits: u32, mut given: &'t str, edit: &mut Edit<'_>) -> Result<Cow<'t, str>, Error> {
    let (name, headers) = (line(&mut given), headers(&mut given));
    if bits & EXTRACT_REQUEST_ID != 0 {
        request_id(headers, edit);
    }
    let Some(operation) = SERVICE.find(name).filter(|_| bits & EXTRACT != 0) else { return Ok(Cow::Borrowed("")) };
    let header = |name: &str| value(headers, name).map(String::from);
    let made = course::decoded(&operation, given, &header)?;
    if bits & RAW != 0 {
        edit.number("raw", 1);
        return Ok(Cow::Borrowed(if given.is_empty() { "{}" } else { given }));
    }
    edit.text("dates", operation.timestamps());
    Ok(made)
}

/// Reads an error.
///
/// Given: status text; headers; body.
pub fn refusal(bits: u32, status: u16, mut given: &str, edit: &mut Edit<'_>) -> Result<(), Error> {
    let (reason, headers) = (line(&mut given), headers(&mut given));
    if bits & EXTRACT_REQUEST_ID != 0 {
        request_id(headers, edit);
    }
    if bits & EXTRACT != 0 {
        return Err(from_answer(status, value(headers, "x-amzn-errortype"), reason, given));
    }
    Ok(())
}

fn request_id(headers: &str, edit: &mut Edit<'_>) {
    let id = |name: &str| value(headers, name).filter(|id| !id.is_empty());
    edit.text("requestId", id("x-amz-request-id").or_else(|| id("x-amzn-requestid")).unwrap_or(""));
}
