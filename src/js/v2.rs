//! The way of an `AWS.Request` of SDK v2: the states, what each of them does, and a stop before and after it where
//! JavaScript lets the application's listeners run and change the request.
//!
//! What touches the world (listeners, credentials, fetch, timers) is a method of the view; it gives a value or a promise.

use alloc::string::String;
use alloc::vec::Vec;

use js_sys::{Array, Date, Math, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{future_to_promise, JsFuture};

use super::error::{self, words};
use super::fetch;
use super::state;
use super::v2_rules as rules;
use crate::credentials::Credentials;
use crate::error::{from_answer, Error};
use crate::http::MOST;
use crate::json::quote;
use crate::model::ivs::SERVICE;
use crate::model::Operation;
use crate::params::Params;
use crate::sign::{self, sha256_hex, Scope};
use crate::states::State;
use crate::{call, course};

#[wasm_bindgen]
extern "C" {
    /// A request as this side sees it.
    pub type View;
    /// Runs the listeners ahead of the built-in ones. Gives a bit for each built-in listener that is there.
    #[wasm_bindgen(method, structural)]
    fn before(this: &View, state: u8) -> JsValue;
    /// Takes over what the built-in listeners made, and runs the listeners behind them. Tells whether there is an error.
    #[wasm_bindgen(method, structural)]
    fn after(this: &View, state: u8, error: &JsValue, json: &JsValue) -> JsValue;
    /// Credentials.
    #[wasm_bindgen(method, structural)]
    fn credentials(this: &View) -> JsValue;
    /// Sends the request as it stands; gives the body, or how it was lost.
    #[wasm_bindgen(method, structural)]
    fn send(this: &View, most: u32) -> JsValue;
    /// Waits.
    #[wasm_bindgen(method, structural)]
    fn sleep(this: &View, ms: f64) -> JsValue;
}

/// All built-in listeners are gone, and the way ends here for now.
const HALT: f64 = -1.0;

/// What requests of SDK v2 ask of the core. All methods are static.
#[wasm_bindgen(js_name = V2)]
#[derive(Debug)]
pub struct Core;

#[wasm_bindgen(js_class = V2)]
impl Core {
    /// Leads a request from state number `from` to its end, or to where the view halts it: a Promise of the state's
    /// number there, undefined at the end.
    pub fn drive(view: View, operation: &str, from: u8) -> Promise {
        let way = Way { view, operation: SERVICE.find(operation) };
        future_to_promise(async move { Ok(way.go(State::of(from)).await) })
    }

    /// Which of v2's questions about an error are to be answered with yes: see `v2_rules`.
    pub fn traits(code: &str, message: &str, status: u16) -> u8 {
        rules::traits(code, message, status)
    }

    /// The delay before retry number `retry` (from 0), in milliseconds.
    pub fn delay(retry: u32, base: Option<f64>) -> f64 {
        rules::delay(retry, base, Math::random())
    }
}

struct Way {
    view: View,
    operation: Option<Operation>,
}

/// What a state made, as JSON or text; or what went wrong.
type Made = Result<JsValue, JsValue>;

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}

fn text(object: &JsValue, key: &str) -> String {
    get(object, key).as_string().unwrap_or_default()
}

fn failed(error: &Error) -> JsValue {
    error::to_js(error, None, &JsValue::UNDEFINED)
}

/// A promise's value.
async fn wait(value: JsValue) -> Made {
    if value.is_instance_of::<Promise>() {
        JsFuture::from(value.unchecked_into::<Promise>()).await
    } else {
        Ok(value)
    }
}

impl Way {
    async fn go(&self, mut state: State) -> JsValue {
        loop {
            let built_in = wait(self.view.before(state as u8)).await.ok().and_then(|bits| bits.as_f64());
            let built_in = built_in.unwrap_or(0.0);
            if built_in == HALT {
                return JsValue::from(state as u8);
            }
            // Bits of at most seven listeners.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let made = match built_in as u8 {
                0 => Ok(JsValue::UNDEFINED),
                bits => self.work(state, bits).await,
            };
            let (error, json) = match made {
                Ok(json) => (JsValue::UNDEFINED, json),
                Err(error) => (error, JsValue::UNDEFINED),
            };
            let refused = wait(self.view.after(state as u8, &error, &json)).await;
            match state.next(refused.map_or(true, |refused| refused.is_truthy())) {
                Some(next) => state = next,
                None => return JsValue::UNDEFINED,
            }
        }
    }

    /// The work of the built-in listeners of a state.
    async fn work(&self, state: State, bits: u8) -> Made {
        match state {
            State::Validate => {
                // As in v2 all checks are made, and the last complaint is the one that counts.
                let credentials = if bits & 1 != 0 { wait(self.view.credentials()).await } else { Ok(JsValue::NULL) };
                self.check(bits).and(credentials.map(|_| JsValue::UNDEFINED))
            }
            State::Sign => {
                let credentials = wait(self.view.credentials()).await?;
                self.sign(&credentials)
            }
            State::Send => {
                let sent = wait(self.view.send(MOST)).await?;
                if sent.is_string() {
                    return Ok(sent);
                }
                Err(lost(&sent))
            }
            State::AfterRetry => {
                let response = get(&self.view, "response");
                let error = get(&response, "error");
                let delay = get(&error, "retryDelay").as_f64().unwrap_or(0.0);
                let (made, most) = (get(&response, "retryCount").as_f64(), get(&self.view, "most").as_f64());
                if !get(&error, "retryable").is_truthy() || made >= most || delay.is_sign_negative() {
                    return Ok(JsValue::UNDEFINED);
                }
                wait(self.view.sleep(delay)).await.map(|_| JsValue::TRUE)
            }
            _ => self.step(state),
        }
    }

    /// The work of the states that wait for nothing.
    #[inline(never)]
    fn step(&self, state: State) -> Made {
        let http = get(&self.view, "httpRequest");
        match state {
            State::Build => self.build(),
            State::AfterBuild => Ok(JsValue::from(sha256_hex(text(&http, "body").as_bytes()))),
            State::ExtractData => self.decode(),
            State::ExtractError => {
                let answer = get(&get(&self.view, "response"), "httpResponse");
                let kind = get(&get(&answer, "headers"), "x-amzn-errortype").as_string();
                let reason = text(&answer, "statusMessage");
                Ok(failed(&from_answer(status(&answer), kind.as_deref(), &reason, &text(&self.view, "body"))))
            }
            _ => Ok(JsValue::UNDEFINED),
        }
    }

    /// Region and parameters.
    #[inline(never)]
    fn check(&self, bits: u8) -> Made {
        let region = if bits & 2 != 0 { rules::region(&text(&self.view, "region")) } else { Ok(()) };
        let params = match &self.operation {
            Some(operation) if bits & 4 != 0 => rules::params(operation, Params::new(&self.params()?), bits),
            _ => Ok(()),
        };
        params.and(region).map(|()| JsValue::UNDEFINED).map_err(|error| failed(&error))
    }

    fn params(&self) -> Result<String, JsValue> {
        super::host::text_of(&get(&self.view, "params")).map(String::from).map_err(|thrown| {
            let message = ["Expected params to be readable, but reading them failed: ", &words(&thrown)].concat();
            error::to_js(&Error::new("InvalidParameterType", message), None, &thrown)
        })
    }

    /// Method, path and body.
    fn build(&self) -> Made {
        let Some(operation) = &self.operation else { return Ok(JsValue::UNDEFINED) };
        let given = self.params()?;
        let (path, body) = rules::build(operation, Params::new(&given)).map_err(|error| failed(&error))?;
        let made = Array::new();
        made.push(&operation.method.into());
        made.push(&path.into());
        made.push(&body.map_or(JsValue::UNDEFINED, JsValue::from));
        Ok(made.into())
    }

    /// The headers that sign the request as it stands.
    #[inline(never)]
    fn sign(&self, credentials: &JsValue) -> Made {
        let http = get(&self.view, "httpRequest");
        let token = get(credentials, "sessionToken").as_string();
        let credentials = Credentials::new(
            &text(credentials, "accessKeyId"),
            &text(credentials, "secretAccessKey"),
            token.as_deref(),
        );
        if let Some(problem) = credentials.problem() {
            return Err(failed(&problem));
        }
        let mut named: Vec<(String, String)> = Vec::new();
        for pair in Object::entries(get(&self.view, "headers").unchecked_ref()).iter() {
            let pair: Array = pair.unchecked_into();
            let name = pair.get(0).as_string().unwrap_or_default();
            let Some(value) = pair.get(1).as_string() else {
                let name = name.to_ascii_lowercase();
                return Err(failed(&Error::new(
                    "InvalidHeader",
                    ["Header ", &name, " contains invalid value"].concat(),
                )));
            };
            named.push((name, value));
        }
        let named: Vec<(&str, &str)> = named.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let (method, path, body) = (text(&http, "method"), text(&http, "path"), text(&http, "body"));
        let (path, query) = path.split_once('?').unwrap_or((&path, ""));
        let request = sign::Request { method: &method, path, query, headers: &named, body: &body };
        let (region, service) = (text(&http, "region"), text(&self.view, "signingName"));
        let scope = Scope { region: &region, service: &service };
        // Milliseconds, far below 2^53.
        #[allow(clippy::cast_possible_truncation)]
        let now = (Date::now() + get(&self.view, "offset").as_f64().unwrap_or(0.0)) as i64;
        let keys = state::keys();
        let mut json = String::from("{");
        for header in sign::sign(request, &credentials, scope, now, &mut keys.borrow_mut()) {
            if json.len() > 1 {
                json.push(',');
            }
            quote(&mut json, header.name);
            json.push(':');
            quote(&mut json, &header.value);
        }
        json.push('}');
        Ok(JsValue::from(json))
    }

    /// The result as JSON, and where its timestamps are.
    fn decode(&self) -> Made {
        let Some(operation) = &self.operation else { return Ok(JsValue::UNDEFINED) };
        let headers = get(&get(&get(&self.view, "response"), "httpResponse"), "headers");
        let body = text(&self.view, "body");
        let json = course::decoded(operation, &body, &|name| get(&headers, name).as_string());
        let made = Array::new();
        made.push(&json.map_err(|error| failed(&error))?.as_ref().into());
        made.push(&operation.timestamps.into());
        Ok(made.into())
    }
}

fn status(answer: &JsValue) -> u16 {
    // A status has three digits.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let status = get(answer, "statusCode").as_f64().unwrap_or(0.0) as u16;
    status
}

/// The error for `{ end, ms, thrown }`.
fn lost(sent: &JsValue) -> JsValue {
    let thrown = get(sent, "thrown");
    let why = get(sent, "end").as_f64().unwrap_or(0.0);
    // A whole number from 0 to 4.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let loss = fetch::lost(why as u32, get(sent, "ms").as_f64(), &thrown);
    error::to_js(&call::lost(loss).0, None, &thrown)
}
