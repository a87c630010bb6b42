//! A client: its options, what it has learnt, and the requests that follow from both.

use alloc::borrow::Cow;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};

use crate::call;
use crate::config::Config;
use crate::credentials::Credentials;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::http::{Body, Request};
use crate::model::{Operation, Service};
use crate::params::Params;
use crate::retry::{Policy, Quota};
use crate::sign::{self, KeyCache, Scope};
use crate::text;

/// A client: its options, and what it has learnt.
#[derive(Debug)]
pub struct Client {
    /// The service it is for.
    pub service: &'static Service,
    /// Its options.
    pub config: Config,
    endpoint: Result<Endpoint, String>,
    pub(crate) policy: Policy,
    pub(crate) quota: Cell<Quota>,
    /// What to add to the clock, in milliseconds.
    pub(crate) offset: Cell<i64>,
    keys: Rc<RefCell<KeyCache>>,
}

/// Parameters that are checked and encoded.
#[derive(Debug)]
pub struct Prepared {
    path: String,
    query: Option<String>,
    body: Sent,
}

/// What the body of a request is.
#[derive(Debug)]
enum Sent {
    Nothing,
    /// The text of the parameters as it stands.
    Params,
    Text(String),
}

impl Client {
    /// A client with these options; `keys` may be shared among clients.
    #[must_use]
    pub fn new(service: &'static Service, config: Config, keys: Rc<RefCell<KeyCache>>) -> Self {
        // Within ±1e15, which an i64 holds.
        #[allow(clippy::cast_possible_truncation)]
        let offset = config.clock_offset as i64;
        Client {
            service,
            endpoint: config.endpoint(service),
            policy: config.policy(),
            config,
            quota: Cell::new(Quota::default()),
            offset: Cell::new(offset),
            keys,
        }
    }

    /// Where requests go.
    ///
    /// # Errors
    /// `ConfigError` if the options do not say.
    pub fn endpoint(&self) -> Result<&Endpoint, Error> {
        let mut message = String::new();
        for problem in &self.config.problems {
            message.push_str(if message.is_empty() { "" } else { "; " });
            message.push_str(problem);
        }
        if message.is_empty() {
            match &self.endpoint {
                Ok(endpoint) => return Ok(endpoint),
                Err(problem) => message.push_str(problem),
            }
        }
        Err(Error::new("ConfigError", &message))
    }

    /// What is added to the clock, in milliseconds.
    #[must_use]
    pub fn clock_offset(&self) -> i64 {
        self.offset.get()
    }

    /// Forgets the signing keys, for credentials that have changed.
    pub fn forget_keys(&self) {
        self.keys.borrow_mut().clear();
    }

    /// Checks and encodes parameters.
    ///
    /// # Errors
    /// What is wrong with them, or with the options.
    #[inline(never)]
    pub fn prepare(&self, operation: &Operation, params: Params<'_>) -> Result<Prepared, Error> {
        let encoded = call::prepare(operation, params, self.config.checks())?;
        self.endpoint()?;
        call::complete(operation, &encoded)?;
        let body = match encoded.body {
            None => Sent::Nothing,
            Some(Cow::Borrowed(text)) if core::ptr::eq(text, params.text) => Sent::Params,
            Some(text) => Sent::Text(text.into_owned()),
        };
        Ok(Prepared { path: encoded.path, query: encoded.query, body })
    }

    /// The request for prepared parameters, signed at `now` by the clock of the host; unsigned without credentials.
    /// `params` are those that were prepared.
    ///
    /// # Errors
    /// `ConfigError` if it is not known where to send it.
    #[inline(never)]
    pub fn request<'a>(
        &self,
        operation: &Operation,
        prepared: &'a Prepared,
        params: Params<'a>,
        credentials: Option<&Credentials>,
        now: i64,
    ) -> Result<Request<'a>, Error> {
        let endpoint = self.endpoint()?;
        let body = match &prepared.body {
            Sent::Nothing => None,
            Sent::Params => Some(Body::Params(params.text)),
            Sent::Text(text) => Some(Body::Text(text)),
        };
        let path = text::join(&[&endpoint.base_path, &prepared.path]);
        let query = prepared.query.as_deref();
        let mut headers = Vec::new();
        if body.is_some() {
            sign::push(&mut headers, "content-type", "application/json", false);
        }
        if !self.config.user_agent.is_empty() {
            sign::push(&mut headers, "x-amz-user-agent", &self.config.user_agent, false);
        }
        let text = body.map_or("", Body::text);
        match credentials {
            Some(credentials) => {
                let signable = sign::Request {
                    method: operation.method,
                    path: &path,
                    query: query.unwrap_or(""),
                    headers: &[("host", &endpoint.host)],
                    body: text,
                };
                let scope = Scope { region: &endpoint.region, service: self.service.signing_name };
                let mut keys = self.keys.borrow_mut();
                let now = now + self.offset.get();
                sign::sign_with(signable, &mut headers, credentials, scope, now, &mut keys);
            }
            None => sign::push(&mut headers, "x-amz-content-sha256", &sign::sha256_hex(text.as_bytes()), false),
        }
        let (mark, query) = query.map_or(("", ""), |query| ("?", query));
        let url = text::join(&[endpoint.scheme, "://", &endpoint.host, &path, mark, query]);
        Ok(Request { method: operation.method, url, headers, body, timeout: self.config.timeout })
    }
}
