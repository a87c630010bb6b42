//! The way of a call: check, encode, sign, send, decode, and again if that helps.
//!
//! Everything that touches the world is behind [`Host`]; the steps between two waits are plain functions of
//! [`Course`]. This way is a future, for programs in Rust. The npm package makes the same steps, with JavaScript waiting
//! between them (`src/js/host.rs`).

use alloc::rc::Rc;
use alloc::string::String;
use core::future::Future;

pub use crate::client::{Client, Prepared};
use crate::course::{request_id, Course, Site, Verdict, World};
use crate::credentials::Credentials;
use crate::error::Error;
use crate::hidden::bytes;
use crate::hint;
use crate::http::{Answer, Loss, Request, MOST};
use crate::json::Broken;
use crate::model::Operation;
use crate::params::Params;
use crate::rest_json::Walk;
use crate::retry::Trouble;
use crate::{number, text};

/// The world as a call sees it.
pub trait Host {
    /// How answers look.
    type Answer: Answer;
    /// Milliseconds since 1970, by the clock of the machine.
    fn now(&self) -> i64;
    /// A number from 0 up to 1.
    fn random(&self) -> f64;
    /// Waits so many milliseconds.
    fn sleep(&self, ms: f64) -> impl Future<Output = Result<(), Loss>>;
    /// The credentials to sign with.
    fn credentials(&self) -> impl Future<Output = Result<Rc<Credentials>, Error>>;
    /// The credentials were refused as expired. True if other ones can be had.
    fn renew(&self) -> bool;
    /// Sends a request and reads the answer whole.
    fn send(&self, request: &Request<'_>) -> impl Future<Output = Result<Self::Answer, Loss>>;
    /// The delay by the caller's own rule before retry number `retry` (from 0); the outer nothing if there is no
    /// such rule, the inner one if it says to stop.
    fn backoff(&self, retry: u32, error: &Error) -> Option<Option<f64>> {
        let _ = (retry, error);
        None
    }
}

impl<H: Host> World for H {
    fn now(&self) -> i64 {
        self.now()
    }

    fn random(&self) -> f64 {
        self.random()
    }

    fn renew(&self) -> bool {
        self.renew()
    }

    fn backoff(&self, retry: u32, error: &Error) -> Option<Option<f64>> {
        self.backoff(retry, error)
    }
}

/// What one call wants otherwise than the client.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes {
    /// The moment by which the call must be over, by the clock of the host.
    pub deadline: Option<i64>,
    /// How often the request is sent at most.
    pub attempts: Option<u32>,
}

/// What a call gave.
#[non_exhaustive]
pub struct Success<A> {
    /// The answer.
    pub answer: A,
    /// The result as JSON, where it differs from the answer's body.
    pub data: Option<String>,
    /// The id of the request, if it can be read.
    pub request_id: Option<String>,
    /// How often the request was sent.
    pub attempts: u32,
    /// The time spent waiting between attempts, in milliseconds.
    pub total_delay: f64,
}

impl<A: core::fmt::Debug> core::fmt::Debug for Success<A> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Success")
            .field("answer", &self.answer)
            .field("data", &bytes(self.data.as_deref()))
            .field("request_id", &self.request_id)
            .field("attempts", &self.attempts)
            .field("total_delay", &self.total_delay)
            .finish()
    }
}

/// Checks and encodes parameters.
#[cfg(any(feature = "v2", test))]
#[inline(never)]
pub(crate) fn prepare<'p>(
    operation: &Operation,
    params: Params<'p>,
    checks: Option<crate::validate::Checks>,
) -> Result<crate::rest_json::Encoded<'p>, Error> {
    let mut walk = Walk::of(operation, params, checks);
    run(&mut walk, operation)?;
    Ok(walk.encoded(operation))
}

/// Takes the walk over an operation's parameters, and refuses what it finds wrong.
#[inline(never)]
pub(crate) fn run(walk: &mut Walk<'_>, operation: &Operation) -> Result<(), Error> {
    walk.run(operation.input).map_err(unreadable)?;
    Error::violations(core::mem::take(&mut walk.rules.report)).map_or(Ok(()), Err)
}

/// Refuses a path with a label that has no usable value.
#[cfg(any(feature = "v2", test))]
pub(crate) fn complete(operation: &Operation, encoded: &crate::rest_json::Encoded<'_>) -> Result<(), Error> {
    filled(operation, &encoded.path)
}

/// The same of the path alone.
#[inline(always)]
pub(crate) fn filled(operation: &Operation, path: &str) -> Result<(), Error> {
    if text::has(path, b'{') {
        return Err(Error::say("UriParameterError", "Expected a value for each label of ~", &[operation.uri]));
    }
    Ok(())
}

fn unreadable(broken: Broken) -> Error {
    Error::new(
        "InvalidParameterType",
        match broken {
            Broken::Depth => "Expected params to be nested at most 64 levels deep",
            Broken::Syntax(_) => "Expected params to be JSON",
        },
    )
}

#[inline(never)]
pub(crate) fn lost(loss: Loss) -> (Error, Trouble) {
    match loss {
        Loss::Network(message) => (Error::new("NetworkingError", message), Trouble::Ambiguous),
        Loss::Timeout(ms) => {
            // Milliseconds of a timer are below 2^31.
            #[allow(clippy::cast_possible_truncation)]
            let ms = number::text(ms as i64);
            (Error::say("TimeoutError", "Connection timed out after ~ms", &[&ms]), Trouble::Ambiguous)
        }
        Loss::Aborted => (Error::new("RequestAbortedError", "Request aborted by user"), Trouble::Final),
        Loss::TooLong => {
            const { assert!(MOST == 6_291_456) };
            (Error::new("ResponseTooLarge", "The answer is longer than 6291456 bytes"), Trouble::Final)
        }
        Loss::Unusable(message) => (Error::new("ConfigError", message), Trouble::Final),
    }
}

/// The error of a call that ended while it waited: for credentials, or for the next attempt.
pub(crate) fn given_up(loss: Loss) -> Error {
    let (mut error, trouble) = lost(loss);
    error.retryable = Some(trouble == Trouble::Ambiguous);
    error
}

/// Makes one call.
///
/// # Errors
/// Whatever went wrong last.
pub async fn call<H: Host>(
    host: &H,
    client: &Client,
    operation: &Operation,
    params: Params<'_>,
    wishes: Wishes,
) -> Result<Success<H::Answer>, Error> {
    let site = Site { client, operation, params };
    let mut course = Course::new(site, wishes)?;
    loop {
        let credentials = host.credentials().await?;
        let request = course.request(site, &credentials, host.now())?;
        let outcome = host.send(&request).await;
        let (answer, verdict) = match outcome {
            Ok(answer) => {
                let verdict = course.judge(site, host, Ok(&answer));
                (Some(answer), verdict)
            }
            Err(loss) => (None, course.judge::<H, H::Answer>(site, host, Err(loss))),
        };
        match (verdict, answer) {
            (Verdict::Done(data), Some(answer)) => {
                let (attempts, total_delay) = (course.attempts, course.total_delay);
                return Ok(Success { request_id: request_id(&answer), answer, data, attempts, total_delay });
            }
            (Verdict::Again(delay), _) => {
                if let Err(loss) = host.sleep(delay).await {
                    let mut error = given_up(loss);
                    error.attempts = course.attempts;
                    return Err(error);
                }
            }
            (Verdict::Failed(error), _) => return Err(hint::add(error, client, params)),
            (Verdict::Done(_), None) => return Err(given_up(Loss::Aborted)),
        }
    }
}
