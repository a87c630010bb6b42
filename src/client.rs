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
use crate::hidden::Bytes;
use crate::http::{Body, Request};
use crate::model::{Operation, Service};
use crate::params::Params;
use crate::rest_json::Walk;
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
    pub(crate) endpoint: Result<Endpoint, String>,
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
enum Sent {
    Nothing,
    /// The text of the parameters as it stands.
    Params,
    Text(String),
}

impl core::fmt::Debug for Sent {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Sent::Nothing => f.write_str("Nothing"),
            Sent::Params => f.write_str("Params"),
            Sent::Text(text) => Bytes(text.len()).fmt(f),
        }
    }
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
        let mut message = text::empty();
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
    #[inline(always)]
    pub fn prepare(&self, operation: &Operation, params: Params<'_>) -> Result<Prepared, Error> {
        let mut walk = Walk::of(operation, params, self.config.checks());
        call::run(&mut walk, operation)?;
        self.endpoint()?;
        call::filled(operation, &walk.path)?;
        let body = match walk.body(operation) {
            None => Sent::Nothing,
            Some(Cow::Borrowed(_)) => Sent::Params,
            Some(Cow::Owned(text)) => Sent::Text(text),
        };
        Ok(Prepared { path: walk.path, query: walk.query, body })
    }

    /// The request for prepared parameters, signed at `now` by the clock of the host; unsigned without credentials.
    /// `params` are those that were prepared.
    ///
    /// # Errors
    /// `ConfigError` if it is not known where to send it.
    // Inlined: where all requests have credentials, the wasm need not know of others.
    #[inline(always)]
    pub fn request<'a>(
        &self,
        operation: &Operation,
        prepared: &'a Prepared,
        params: Params<'a>,
        credentials: Option<&Credentials>,
        now: i64,
    ) -> Result<Request<'a>, Error> {
        let endpoint = self.endpoint()?;
        let mut request = Request {
            method: operation.method,
            url: text::room(256),
            headers: Vec::new(),
            body: match &prepared.body {
                Sent::Nothing => None,
                Sent::Params => Some(Body::Params(params.text)),
                Sent::Text(text) => Some(Body::Text(text)),
            },
            timeout: self.config.timeout,
        };
        text::tell(&mut request.url, "~://~", &[endpoint.scheme, &endpoint.host]);
        let origin = request.url.len();
        request.url.push_str(&endpoint.base_path);
        request.url.push_str(&prepared.path);
        let path = request.url.len();
        if let Some(query) = &prepared.query {
            request.url.push_str("?");
            request.url.push_str(query);
        }
        let headers = &mut request.headers;
        if request.body.is_some() {
            sign::push(headers, "content-type", "application/json", false);
        }
        if !self.config.user_agent.is_empty() {
            sign::push(headers, "x-amz-user-agent", &self.config.user_agent, false);
        }
        let text = request.body.map_or("", Body::text);
        let hash = sign::sha256_hex(text.as_bytes());
        match credentials {
            Some(credentials) => {
                let signable = sign::Request {
                    method: operation.method,
                    path: text::part(&request.url, origin, path),
                    query: text::after(&request.url, path + 1),
                    headers: &[("host", &endpoint.host)],
                    body: text,
                };
                let scope = Scope { region: &endpoint.region, service: self.service.signing_name };
                let mut keys = self.keys.borrow_mut();
                let now = now.wrapping_add(self.offset.get());
                sign::sign_with(signable, &hash, headers, credentials, scope, now, &mut keys);
            }
            None => sign::push(headers, "x-amz-content-sha256", &hash, false),
        }
        Ok(request)
    }
}
