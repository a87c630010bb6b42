//! The typed client: parameters as structures in, results as structures out.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use super::{json, Input, PagedInput, Pages};
use crate::call::{self, call, Host, Wishes};
use crate::config::{Config, Value};
use crate::error::Error;
use crate::http::Answer;
use crate::model::ivs::SERVICE;
use crate::model::Operation;
use crate::params::Params;
use crate::sign::Header;

/// A client: options, and the host that sends for it. Keep one and use it for many calls; it remembers signing keys,
/// the correction of the clock and how much may be repeated.
#[derive(Debug)]
pub struct Client<H> {
    host: H,
    inner: call::Client,
}

/// A request that is signed and not sent. `Debug` leaves out what must not be shown: the body is just its length.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignedRequest {
    /// The HTTP method.
    pub method: &'static str,
    /// The whole URL.
    pub url: String,
    /// The headers beside `host`, which transports send by themselves.
    pub headers: Vec<Header>,
    /// The body, if there is one. It may hold secrets, as the parameters may.
    pub body: Option<String>,
}

impl core::fmt::Debug for SignedRequest {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("SignedRequest")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("headers", &self.headers)
            .field("body_bytes", &self.body.as_ref().map(String::len))
            .finish()
    }
}

/// The operation of a structure of parameters.
pub(super) fn operation<I: Input>() -> Result<Operation, Error> {
    SERVICE
        .operation(I::OPERATION)
        .ok_or_else(|| Error::new("UnknownOperation", "There is no operation for these parameters"))
}

impl<H: Host> Client<H> {
    /// A client with these options. Problems in them show on the first call, as `ConfigError`.
    pub fn new(mut config: Config, host: H) -> Self {
        // The structures are made for results by the model.
        config.set("convertResponseTypes", Value::Flag(true));
        Client { host, inner: call::Client::new(&SERVICE, config, Rc::default()) }
    }

    /// The host.
    pub fn host(&self) -> &H {
        &self.host
    }

    /// Makes the call to which the parameters belong. Dropping the future ends it.
    ///
    /// # Errors
    /// Whatever went wrong last; see [`Error`].
    pub async fn send<I: Input>(&self, input: &I) -> Result<I::Output, Error> {
        let config = &self.inner.config;
        // A timeout is below 2^31.
        #[allow(clippy::cast_possible_truncation)]
        let deadline = config.timeout_of_call(config).map(|ms| self.host.now() + ms as i64);
        self.send_with(input, Wishes { deadline, ..Wishes::default() }).await
    }

    /// The same with a deadline and a number of attempts of its own.
    ///
    /// # Errors
    /// Whatever went wrong last; see [`Error`].
    pub async fn send_with<I: Input>(&self, input: &I, wishes: Wishes) -> Result<I::Output, Error> {
        let operation = operation::<I>()?;
        let params = json::to_json(input)?;
        let success = call(&self.host, &self.inner, &operation, Params::new(&params), wishes).await?;
        let text = success.data.as_deref().unwrap_or_else(|| success.answer.body());
        json::result(text).map_err(|mut error: Error| {
            error.status = Some(success.answer.status());
            error.request_id = success.request_id;
            error
        })
    }

    /// Signs the request for the parameters without sending it; [`parse`](super::parse) reads the answer.
    ///
    /// # Errors
    /// What is wrong with parameters, options or credentials.
    pub async fn sign<I: Input>(&self, input: &I) -> Result<SignedRequest, Error> {
        let operation = operation::<I>()?;
        let params = json::to_json(input)?;
        let prepared = self.inner.prepare(&operation, Params::new(&params))?;
        let credentials = self.host.credentials().await?;
        let params = Params::new(&params);
        let request = self.inner.request(&operation, &prepared, params, Some(&credentials), self.host.now())?;
        let body = request.body.map(|body| body.text().into());
        Ok(SignedRequest { method: request.method, url: request.url, headers: request.headers, body })
    }

    /// The pages of a list, one by one.
    pub fn pages<I: PagedInput>(&self, input: I) -> Pages<'_, H, I> {
        Pages::new(self, input)
    }
}
