//! The options of a client and of a call, read from JavaScript objects. What they mean is decided in `crate::config`.

use alloc::rc::Rc;
use alloc::string::String;
use core::cell::RefCell;

use js_sys::{Function, JsString, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::credentials::Source;
use crate::call::Client;
use crate::config::{is_section, Config, Value};
use crate::model::ivs::SERVICE;
use crate::sign::KeyCache;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = console)]
    fn warn(text: &str) -> Result<(), JsValue>;
}

/// What a call is given beside its parameters.
#[derive(Clone, Default)]
pub struct Wanted {
    /// How long the whole call may take, in milliseconds.
    pub timeout: Option<f64>,
    /// How often the request is sent at most.
    pub attempts: Option<u32>,
    /// What ends the call.
    pub signal: Option<AbortSignal>,
    /// A transport in place of the client's.
    pub fetch: Option<Function>,
    /// What is wrong with the options of the call.
    pub problem: Option<String>,
}

/// A client whose options are read.
pub struct Known {
    pub client: Client,
    pub credentials: Source,
    pub backoff: Option<Function>,
    pub logger: Option<JsValue>,
    pub bound: String,
    pub with_credentials: bool,
    defaults: Wanted,
}

/// A property; undefined if reading it throws.
pub fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}

fn function(value: JsValue) -> Option<Function> {
    value.dyn_into().ok()
}

/// Hands every own property of `options` to `config`; dots lead into sections.
fn read_into(config: &mut Config, options: &JsValue, prefix: &str) {
    if !options.is_object() {
        return;
    }
    for key in Object::keys(options.unchecked_ref::<Object>()).iter() {
        let Some(key) = key.as_string() else { continue };
        let value = get(options, &key);
        let name = [prefix, &key].concat();
        let text = value.as_string();
        let seen = if value.is_undefined() || value.is_null() {
            Value::Absent
        } else if let Some(text) = &text {
            Value::Text(text)
        } else if let Some(number) = value.as_f64() {
            Value::Number(number)
        } else if let Some(flag) = value.as_bool() {
            Value::Flag(flag)
        } else if value.is_function() {
            Value::Function
        } else if value.is_object() {
            Value::Object
        } else {
            Value::Odd
        };
        let href = if name == "endpoint" && seen == Value::Object { get(&value, "href").as_string() } else { None };
        config.set(&name, href.as_deref().map_or(seen, Value::Text));
        if is_section(&name) && seen == Value::Object {
            read_into(config, &value, &[&name, "."].concat());
        }
    }
}

fn report(config: &Config) {
    for sentence in &config.unknown {
        let _ = warn(&["ivs-wasm: ", sentence].concat());
    }
}

fn wanted(config: &Config, options: &JsValue) -> Wanted {
    let signal = get(options, "signal");
    Wanted {
        timeout: config.call_timeout,
        attempts: config.attempts(),
        signal: signal.is_object().then(|| signal.unchecked_into()),
        fetch: function(get(options, "fetch")),
        problem: config.problems.first().cloned(),
    }
}

/// Reads the options of a client.
pub fn read(options: &JsValue, keys: Rc<RefCell<KeyCache>>) -> Known {
    let mut config = Config::default();
    read_into(&mut config, options, "");
    report(&config);
    let http = get(options, "httpOptions");
    let logger = get(options, "logger");
    let bound = get(options, "params");
    let defaults = Wanted { attempts: None, problem: None, ..wanted(&config, options) };
    Known {
        client: Client::new(&SERVICE, config, keys),
        credentials: Source::of(options),
        backoff: function(get(&get(options, "retryDelayOptions"), "customBackoff")),
        logger: logger.is_object().then_some(logger),
        bound: if bound.is_object() {
            js_sys::JSON::stringify(&bound).map(|text: JsString| text.into()).unwrap_or_default()
        } else {
            String::new()
        },
        with_credentials: get(&http, "xhrWithCredentials").is_truthy(),
        defaults,
    }
}

impl Known {
    /// Reads the options of a call.
    pub fn wanted(&self, options: &JsValue) -> Wanted {
        if !options.is_object() {
            return self.defaults.clone();
        }
        let mut config = Config::default();
        read_into(&mut config, options, "");
        report(&config);
        let Wanted { timeout, attempts, signal, fetch, problem } = wanted(&config, options);
        let defaults = self.defaults.clone();
        Wanted {
            timeout: timeout.or(defaults.timeout),
            attempts,
            signal: signal.or(defaults.signal),
            fetch: fetch.or(defaults.fetch),
            problem,
        }
    }
}
