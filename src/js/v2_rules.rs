//! What SDK v2 asks of the core one by one: checks, the parts of a request, the traits of an error.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::call::unreadable;
use crate::endpoint;
use crate::error::Error;
use crate::model::ivs::SERVICE;
use crate::model::Operation;
use crate::params::Params;
use crate::rest_json;
use crate::retry::{self, Mode, Policy, Trouble};
use crate::validate::{validate, Checks};

/// Whether a region can be one.
pub fn region(region: &str) -> Result<(), Error> {
    let params = endpoint::Params { region, ..endpoint::Params::default() };
    endpoint::resolve(&SERVICE, params).map(|_| ()).map_err(|problem| Error::new("ConfigError", problem))
}

/// Whether parameters keep the rules; bits 3 to 6 ask for min, max, pattern and enum.
pub fn params(operation: &Operation, params: Params<'_>, bits: u8) -> Result<(), Error> {
    let asks = |bit: u8| bits & bit != 0;
    let checks = Checks { min: asks(8), max: asks(16), pattern: asks(32), texts: asks(64) };
    let report = validate(operation.input, params, checks).map_err(unreadable)?;
    Error::violations(report).map_or(Ok(()), Err)
}

/// Path (with the query) and body.
pub fn build(operation: &Operation, params: Params<'_>) -> Result<(String, Option<String>), Error> {
    let encoded = rest_json::encode(operation, params, true).map_err(unreadable)?;
    if encoded.path.contains('{') {
        return Err(Error::new("UriParameterError", ["Expected a value for each label of ", operation.uri].concat()));
    }
    let path = match encoded.query {
        Some(query) => [&encoded.path, "?", &query].concat(),
        None => encoded.path,
    };
    Ok((path, encoded.body.map(Cow::into_owned)))
}

/// Bit 0: retryable. 1: throttled. 2: expired credentials. 3: the clock may be wrong. 4: an expired signature.
pub fn traits(code: &str, message: &str, status: u16) -> u8 {
    let trouble = retry::trouble(Mode::Legacy, status, code, message);
    let throttled = trouble == Trouble::Throttling;
    let lost = matches!(code, "NetworkingError" | "TimeoutError" | "ExpiredTokenException");
    let retryable = lost || throttled || status >= 500;
    let expired_signature = code.contains("Signature") && message.contains("expired");
    [retryable, throttled, retry::is_expired(code), retry::may_be_skew(code), expired_signature]
        .iter()
        .enumerate()
        .fold(0, |bits, (bit, holds)| bits | u8::from(*holds) << bit)
}

/// The delay before retry number `retry` (from 0), in milliseconds; `random` is from 0 up to 1.
pub fn delay(retry: u32, base: Option<f64>, random: f64) -> f64 {
    let policy = Policy { mode: Mode::Legacy, attempts: u32::MAX, base, repeat_creates: true };
    match policy.decide(retry + 1, Trouble::Transient, true, &mut retry::Quota::default(), random, None) {
        retry::Decision::Again { delay, .. } => delay,
        retry::Decision::Stop(_) => 0.0,
    }
}
