//! The transport: one `fetch`, and the body read whole, capped and within the time of the attempt.

use alloc::string::String;
use alloc::vec::Vec;

use js_sys::{Function, JsString, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, RequestInit, Response};

use super::error::words;
use super::timer::Limit;
use crate::http::{Answer, Body, Loss, Request, MOST};
use crate::json::quote;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(url: &str, init: &RequestInit) -> Result<Promise, JsValue>;
}

/// Announced bodies up to this length are read in one go; even compressed they stay within reason.
const SMALL: usize = 64 * 1024;

/// An answer of `fetch` whose body is read.
pub struct Reply {
    response: Response,
    body: String,
    /// The body as JavaScript has it, where it has it.
    text: Option<JsString>,
}

impl Reply {
    /// The body for JavaScript.
    pub fn text(&self) -> JsValue {
        self.text.as_ref().map_or_else(|| JsValue::from_str(&self.body), |text| text.clone().into())
    }

    /// The body as JavaScript has it, or undefined.
    pub fn handle(&self) -> JsValue {
        self.text.clone().map_or(JsValue::UNDEFINED, JsValue::from)
    }
}

impl Answer for Reply {
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

/// The `RequestInit` as one JSON text: a crossing in place of one for each header.
fn init(request: &Request<'_>, with_credentials: bool) -> Option<RequestInit> {
    let mut json = String::from("{\"method\":\"");
    json.push_str(request.method);
    // A signature holds for one host, so no redirect is followed.
    json.push_str("\",\"redirect\":\"manual\",\"headers\":");
    push_headers(&mut json, request);
    json.push_str(if with_credentials { ",\"credentials\":\"include\"}" } else { "}" });
    js_sys::JSON::parse(&json).ok().map(JsValue::unchecked_into)
}

/// The headers as a JSON object.
pub fn push_headers(json: &mut String, request: &Request<'_>) {
    for (i, header) in request.headers.iter().enumerate() {
        json.push(if i == 0 { '{' } else { ',' });
        quote(json, header.name);
        json.push(':');
        quote(json, &header.value);
    }
    json.push('}');
}

/// Sends a request. `given` is the text of the parameters as JavaScript has it, for bodies that are just that.
pub async fn send(
    fetch: Option<&Function>,
    request: &Request<'_>,
    given: &JsValue,
    with_credentials: bool,
    limit: &Limit,
) -> Result<Reply, (Loss, JsValue)> {
    let promise = start(fetch, request, given, with_credentials, limit).map_err(failure)?;
    let response: Response =
        limit.run(JsFuture::from(promise)).await.map_err(ended)?.map_err(failure)?.unchecked_into();
    let (body, text) = limit.run(read(&response)).await.map_err(ended)??;
    Ok(Reply { response, body, text })
}

fn ended(loss: Loss) -> (Loss, JsValue) {
    (loss, JsValue::UNDEFINED)
}

fn failure(thrown: JsValue) -> (Loss, JsValue) {
    (Loss::Network(words(&thrown)), thrown)
}

#[inline(never)]
fn start(
    fetch: Option<&Function>,
    request: &Request<'_>,
    given: &JsValue,
    with_credentials: bool,
    limit: &Limit,
) -> Result<Promise, JsValue> {
    let init = init(request, with_credentials).ok_or(JsValue::UNDEFINED)?;
    match request.body {
        Some(Body::Params(_)) if given.is_string() => init.set_body(given),
        Some(body) => init.set_body(&JsValue::from_str(body.text())),
        None => {}
    }
    if let Some(signal) = limit.signal() {
        init.set_signal(Some(&signal));
    }
    match fetch {
        None => global_fetch(&request.url, &init),
        Some(fetch) => {
            let answer = fetch.call2(&JsValue::UNDEFINED, &JsValue::from_str(&request.url), &init)?;
            Ok(Promise::resolve(&answer))
        }
    }
}

async fn read(response: &Response) -> Result<(String, Option<JsString>), (Loss, JsValue)> {
    let announced =
        response.headers().get("content-length").ok().flatten().and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > MOST) {
        return Err(ended(Loss::TooLong));
    }
    let stream = if announced.is_some_and(|length| length <= SMALL) { None } else { response.body() };
    let reader = stream.and_then(|stream| {
        Reflect::get(&stream, &"getReader".into()).ok().filter(JsValue::is_function).map(|_| stream.get_reader())
    });
    let Some(reader) = reader else {
        let promise = response.text().map_err(failure)?;
        let text: JsString = JsFuture::from(promise).await.map_err(failure)?.unchecked_into();
        if text.length() as usize > MOST {
            return Err(ended(Loss::TooLong));
        }
        return Ok((String::from(&text), Some(text)));
    };
    let reader: ReadableStreamDefaultReader = reader.unchecked_into();
    let mut bytes: Vec<u8> = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await.map_err(failure)?;
        let value = Reflect::get(&chunk, &"value".into()).map_err(failure)?;
        if value.is_undefined() {
            break;
        }
        let value = Uint8Array::new(&value);
        if bytes.len() + value.length() as usize > MOST {
            let _ = reader.cancel();
            return Err(ended(Loss::TooLong));
        }
        bytes.extend(value.to_vec());
    }
    Ok((String::from_utf8_lossy(&bytes).into_owned(), None))
}
