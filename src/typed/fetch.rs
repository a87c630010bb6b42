//! The host of browsers, Workers and edge runtimes: `fetch`, timers, the clock.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use js_sys::{Date, Function, Math, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, ReadableStreamDefaultReader, RequestInit, RequestRedirect, Response};

use super::js::words;
use super::timer::Timer;
use super::Source;
use crate::call::Host;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::hidden::Bytes;
use crate::http::{Answer, Body, Loss, Request, MOST};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(url: &str, init: &RequestInit) -> Result<JsValue, JsValue>;
}

/// Sends by the `fetch` of the environment, or by one of your own.
pub struct FetchHost {
    source: Source,
    fetch: Option<Function>,
}

impl FetchHost {
    /// A host with these credentials, or with a [`Source`] of some.
    pub fn new(credentials: impl Into<Source>) -> Self {
        FetchHost { source: credentials.into(), fetch: None }
    }

    /// Sends by `fetch`, called with a URL and a `RequestInit`: of a service binding, say, or a double in a test.
    #[must_use]
    pub fn with_fetch(mut self, fetch: Function) -> Self {
        self.fetch = Some(fetch);
        self
    }
}

impl fmt::Debug for FetchHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FetchHost").field("source", &self.source).finish_non_exhaustive()
    }
}

/// An answer of `fetch` whose body is read.
pub struct Fetched {
    response: Response,
    body: String,
}

impl fmt::Debug for Fetched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetched").field("response", &self.response).field("body", &Bytes(self.body.len())).finish()
    }
}

impl Answer for Fetched {
    fn status(&self) -> u16 {
        self.response.status()
    }

    fn reason(&self) -> String {
        self.response.status_text()
    }

    fn header(&self, name: &str) -> Option<String> {
        self.response.headers().get(name).ok().flatten()
    }

    fn body(&self) -> &str {
        &self.body
    }
}

/// Ends the transfer with the future that waits for it. After its end this does nothing.
struct Transfer(AbortController);

impl Drop for Transfer {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Host for FetchHost {
    type Answer = Fetched;

    fn now(&self) -> i64 {
        // Date.now() is a whole number below 2^53.
        #[allow(clippy::cast_possible_truncation)]
        let now = Date::now() as i64;
        now
    }

    fn random(&self) -> f64 {
        Math::random()
    }

    async fn sleep(&self, ms: f64) -> Result<(), Loss> {
        Timer::start(ms).map_err(missing)?.reached().await;
        Ok(())
    }

    async fn credentials(&self) -> Result<Rc<Credentials>, Error> {
        self.source.get(self.now()).await
    }

    fn renew(&self) -> bool {
        self.source.renew()
    }

    async fn send(&self, request: &Request<'_>) -> Result<Fetched, Loss> {
        let transfer = Transfer(AbortController::new().map_err(missing)?);
        let timer = request.timeout.map(Timer::start).transpose().map_err(missing)?;
        let started = self.start(request, &transfer.0).map_err(failure)?;
        let work = async {
            let response: Response = JsFuture::from(started).await.map_err(failure)?.unchecked_into();
            let body = read(&response).await?;
            Ok(Fetched { response, body })
        };
        match timer {
            None => work.await,
            Some(timer) => {
                timer.limit(work).await.unwrap_or_else(|| Err(Loss::Timeout(request.timeout.unwrap_or_default())))
            }
        }
    }
}

impl FetchHost {
    fn start(&self, request: &Request<'_>, controller: &AbortController) -> Result<Promise, JsValue> {
        let headers = Headers::new()?;
        for header in &request.headers {
            headers.append(header.name, &header.value)?;
        }
        let init = RequestInit::new();
        init.set_method(request.method);
        init.set_headers(&headers);
        // A signature holds for one host, so no redirect is followed.
        init.set_redirect(RequestRedirect::Manual);
        init.set_signal(Some(&controller.signal()));
        if let Some(body) = request.body.map(Body::text) {
            init.set_body(&JsValue::from_str(body));
        }
        let answer = match &self.fetch {
            None => global_fetch(&request.url, &init)?,
            Some(fetch) => fetch.call2(&JsValue::UNDEFINED, &JsValue::from_str(&request.url), &init)?,
        };
        Ok(Promise::resolve(&answer))
    }
}

fn missing(_: JsValue) -> Loss {
    Loss::Unusable("This environment has no AbortController or no timers".into())
}

fn failure(thrown: JsValue) -> Loss {
    Loss::Network(words(&thrown))
}

/// The body, read up to the longest that is taken.
async fn read(response: &Response) -> Result<String, Loss> {
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let Some(stream) = response.body() else {
        let text = JsFuture::from(response.text().map_err(failure)?).await.map_err(failure)?;
        return Ok(text.as_string().unwrap_or_default());
    };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes: Vec<u8> = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await.map_err(failure)?;
        let value = Reflect::get(&chunk, &"value".into()).map_err(failure)?;
        if value.is_undefined() {
            return Ok(String::from_utf8_lossy(&bytes).into_owned());
        }
        let value: Uint8Array = value.unchecked_into();
        if bytes.len() + value.length() as usize > most {
            return Err(Loss::TooLong);
        }
        bytes.extend(value.to_vec());
    }
}
