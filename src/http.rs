//! A request and an answer, as far as a transport must know them.

use alloc::string::String;
use alloc::vec::Vec;

use crate::hidden::Bytes;
use crate::sign::Header;

/// A request that is ready to be sent.
#[derive(Debug)]
#[non_exhaustive]
pub struct Request<'a> {
    /// The HTTP method.
    pub method: &'static str,
    /// The whole URL, escaped.
    pub url: String,
    /// The headers, `host` not among them: transports send it by themselves.
    pub headers: Vec<Header>,
    /// The body; nothing for GET and DELETE.
    pub body: Option<Body<'a>>,
    /// After how many milliseconds the attempt is given up, the reading of the body included; nothing for never.
    pub timeout: Option<f64>,
}

/// The body of a request.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Body<'a> {
    /// The very text of the parameters: a transport that still has it need not take it over again.
    Params(&'a str),
    /// Another text.
    Text(&'a str),
}

impl core::fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        Bytes(self.text().len()).fmt(f)
    }
}

impl<'a> Body<'a> {
    /// The text.
    #[must_use]
    pub const fn text(self) -> &'a str {
        match self {
            Body::Params(text) | Body::Text(text) => text,
        }
    }
}

/// An answer.
pub trait Answer {
    /// The status.
    fn status(&self) -> u16;
    /// The text that came with the status; often empty.
    fn reason(&self) -> String;
    /// A header by its lower-case name; nothing where it is absent or hidden.
    fn header(&self, name: &str) -> Option<String>;
    /// The body as text.
    fn body(&self) -> &str;
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Loss {
    /// The connection failed, with the transport's own words.
    Network(String),
    /// The time of the attempt ran out, in milliseconds.
    Timeout(f64),
    /// The caller gave up.
    Aborted,
    /// The body is longer than [`MOST`].
    TooLong,
    /// The transport cannot work at all, for the reason given.
    Unusable(String),
}

/// The longest body that is read, in bytes.
pub const MOST: u32 = 6 * 1024 * 1024;
