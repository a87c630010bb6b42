//! What is made of an answer, or of the lack of one: the work of the built-in listeners of v2's states `send`, `extractData`
//! and `extractError`.

use alloc::string::String;

use super::given::value;
use super::step::Step;
use super::RAW;
use crate::call;
use crate::course;
use crate::error::{from_answer, Error, TOO_LARGE};
use crate::http::Loss;
use crate::model::ivs::SERVICE;
use crate::{number, text};

/// Built-in listeners that are there.
const EXTRACT: u32 = 1;
const EXTRACT_REQUEST_ID: u32 = 2;

/// The error of an answer that did not come within `ms`.
///
/// Given: region; hostname; 1 time, 2 abort, 4 length, or 3; what was thrown.
#[inline(never)]
pub fn lost(step: &mut Step<'_, '_>, ms: f64) -> Error {
    let (region, hostname, why) = (step.line(), step.line(), step.line());
    let error = call::given_up(match text::byte(why, 0) {
        b'1' => Loss::Timeout(ms),
        b'2' => Loss::Aborted,
        b'4' => Loss::TooLong,
        _ => Loss::Network(String::from(step.given)),
    });
    if error.retryable == Some(true) {
        step.say("\"fields\":{\"retryable\":true,\"region\":~,\"hostname\":~},", &[region, hostname]);
    } else {
        step.put("\"fields\":{\"retryable\":false},");
    }
    error
}

/// Reads a result.
///
/// Given: operation; headers; body.
#[inline(never)]
pub fn result(step: &mut Step<'_, '_>) -> Result<(), Error> {
    let (name, headers) = (step.line(), step.headers());
    request_id(step, headers);
    let operation = if step.has(EXTRACT) { SERVICE.find(name) } else { None };
    let Some(operation) = &operation else {
        step.end("");
        return Ok(());
    };
    let header = |name: &str| value(headers, name).map(String::from);
    let body = step.given;
    let made = course::decoded(operation, body, header)?;
    if step.has(RAW) {
        step.put("\"raw\":1,");
        step.end(if body.is_empty() { "{}" } else { body });
    } else {
        step.say("\"dates\":~,", &[operation.timestamps()]);
        step.end(made.as_deref().unwrap_or(body));
    }
    Ok(())
}

/// Reads an error.
///
/// Given: status text; headers; body.
#[inline(never)]
pub fn refusal(step: &mut Step<'_, '_>, status: u16) -> Result<(), Error> {
    let (reason, headers) = (step.line(), step.headers());
    request_id(step, headers);
    if step.has(EXTRACT) {
        let mut error = from_answer(status, value(headers, "x-amzn-errortype"), reason, step.given);
        if step.given.is_empty() && !text::same(&error.code, TOO_LARGE) {
            // The status is all that SDK v2 says.
            error.message = number::text(i64::from(status));
        }
        return Err(error);
    }
    step.end("");
    Ok(())
}

#[inline(never)]
fn request_id(step: &mut Step<'_, '_>, headers: &str) {
    if step.has(EXTRACT_REQUEST_ID) {
        let mut id = value(headers, "x-amz-request-id").unwrap_or("");
        if id.is_empty() {
            id = value(headers, "x-amzn-requestid").unwrap_or("");
        }
        step.say("\"requestId\":~,", &[id]);
    }
}
