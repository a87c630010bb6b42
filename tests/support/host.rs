#![allow(dead_code)] // each test program uses a part of it
//! A world without a network: answers by script, records what it was asked; only sleeping takes time.

use ivs_wasm::call::Host;
use ivs_wasm::credentials::Credentials;
use ivs_wasm::error::Error;
use ivs_wasm::http::{Answer, Loss, Request};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// An answer of the script.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Reply {
    pub fn new(status: u16, body: &str) -> Self {
        Reply { status, headers: Vec::new(), body: body.into() }
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl Answer for Reply {
    fn status(&self) -> u16 {
        self.status
    }

    /// What Node's server sends with the status.
    fn reason(&self) -> String {
        match self.status {
            200 => "OK",
            204 => "No Content",
            301 => "Moved Permanently",
            302 => "Found",
            304 => "Not Modified",
            400 => "Bad Request",
            403 => "Forbidden",
            404 => "Not Found",
            408 => "Request Timeout",
            413 => "Payload Too Large",
            429 => "Too Many Requests",
            500 => "Internal Server Error",
            502 => "Bad Gateway",
            503 => "Service Unavailable",
            504 => "Gateway Timeout",
            other => panic!("no reason known for status {other}"),
        }
        .into()
    }

    fn header(&self, name: &str) -> Option<String> {
        let found = self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.clone())
    }

    fn body(&self) -> &str {
        &self.body
    }
}

/// A request as it was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<String>,
    pub timeout: Option<f64>,
}

impl Sent {
    pub fn of(request: &Request<'_>) -> Self {
        let headers = request.headers.iter().map(|h| (h.name.to_string(), h.value.clone()));
        Sent {
            method: request.method.into(),
            url: request.url.clone(),
            headers: headers.collect(),
            body: request.body.map(|body| body.text().to_string()),
            timeout: request.timeout,
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Host, path and query of the URL.
    pub fn parts(&self) -> (&str, &str, &str) {
        let (_, rest) = self.url.split_once("://").expect("a scheme");
        let (host, target) = rest.split_at(rest.find('/').expect("a path"));
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        (host, path, query)
    }

    /// The URL after the host.
    pub fn target(&self) -> &str {
        let (_, rest) = self.url.split_once("://").expect("a scheme");
        rest.split_at(rest.find('/').expect("a path")).1
    }
}

/// The world.
pub struct Script {
    /// In order; the last one repeats.
    pub replies: Vec<Result<Reply, Loss>>,
    pub credentials: Result<Rc<Credentials>, Error>,
    pub now: Cell<i64>,
    /// What `random` gives.
    pub random: f64,
    /// The caller's own rule for delays, as a constant.
    pub backoff: Option<Option<f64>>,
    /// Whether other credentials can be had.
    pub renewable: bool,
    pub sent: RefCell<Vec<Sent>>,
    pub delays: RefCell<Vec<f64>>,
    pub backoffs: RefCell<Vec<u32>>,
    pub renewals: Cell<u32>,
}

impl Script {
    pub fn new(replies: Vec<Result<Reply, Loss>>, credentials: Credentials) -> Self {
        Script {
            replies,
            credentials: Ok(Rc::new(credentials)),
            now: Cell::new(1_704_164_645_000),
            random: 1.0,
            backoff: None,
            renewable: true,
            sent: RefCell::default(),
            delays: RefCell::default(),
            backoffs: RefCell::default(),
            renewals: Cell::default(),
        }
    }
}

impl Host for Script {
    type Answer = Reply;

    fn now(&self) -> i64 {
        self.now.get()
    }

    fn random(&self) -> f64 {
        self.random
    }

    async fn sleep(&self, ms: f64) -> Result<(), Loss> {
        self.delays.borrow_mut().push(ms);
        self.now.set(self.now.get() + ms as i64);
        Ok(())
    }

    async fn credentials(&self) -> Result<Rc<Credentials>, Error> {
        self.credentials.clone()
    }

    fn renew(&self) -> bool {
        self.renewals.set(self.renewals.get() + 1);
        self.renewable
    }

    async fn send(&self, request: &Request<'_>) -> Result<Reply, Loss> {
        let mut sent = self.sent.borrow_mut();
        let at = sent.len().min(self.replies.len() - 1);
        sent.push(Sent::of(request));
        self.replies[at].clone()
    }

    fn backoff(&self, retry: u32, _error: &Error) -> Option<Option<f64>> {
        self.backoff?;
        self.backoffs.borrow_mut().push(retry);
        self.backoff
    }
}

/// Runs a future that never has to wait, which holds for all of this host's.
pub fn run<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the call waits for something outside the script"),
    }
}
