//! Answers, for transports of your own.

use alloc::string::String;
use alloc::vec::Vec;

use super::client::operation;
use super::{json, Input};
use crate::error::{self, Error};
use crate::hidden::Bytes;
use crate::http::Answer;
use crate::rest_json;

/// An answer as plain data.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// Names and values of the headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl core::fmt::Debug for Reply {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &Bytes(self.body.len()))
            .finish()
    }
}

impl Answer for Reply {
    fn status(&self) -> u16 {
        self.status
    }

    fn reason(&self) -> String {
        String::new()
    }

    fn header(&self, name: &str) -> Option<String> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.clone())
    }

    fn body(&self) -> &str {
        &self.body
    }
}

/// Reads the answer to a request that was signed with [`Client::sign`](super::Client::sign) and sent by other means.
///
/// # Errors
/// The service's, by the answer; `SyntaxError` if it cannot be read.
pub fn parse<I: Input>(answer: &impl Answer) -> Result<I::Output, Error> {
    let status = answer.status();
    let id = || answer.header("x-amz-request-id").or_else(|| answer.header("x-amzn-requestid"));
    let failed = |mut error: Error| {
        error.status = Some(status);
        error.request_id = id();
        error
    };
    if !(200..300).contains(&status) {
        let kind = answer.header("x-amzn-errortype");
        return Err(failed(error::from_answer(status, kind.as_deref(), &answer.reason(), answer.body())));
    }
    let decoded = rest_json::decode(&operation::<I>()?, answer.body(), &|name| answer.header(name))
        .map_err(|_| failed(Error::new("SyntaxError", "The answer is no JSON of this operation")))?;
    json::result(&decoded).map_err(failed)
}
