//! The options of a client and of a call, read from JavaScript objects. What they mean is decided in `crate::config`.

use alloc::rc::Rc;
use alloc::string::String;
use core::cell::RefCell;

use js_sys::{Function, Reflect, JSON};
use wasm_bindgen::prelude::*;

use super::credentials::Source;
use super::fetch::Transport;
use crate::call::Client;
use crate::config::{Config, SECTIONS};
use crate::credentials::wipe;
use crate::model::ivs::SERVICE;
use crate::sign::KeyCache;
use crate::text::{self, join};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = console)]
    fn warn(text: &str) -> Result<(), JsValue>;
}

#[wasm_bindgen(module = "/js/options.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn seen(options: &JsValue, sections: &str) -> Result<JsValue, JsValue>;
}

/// What a call is given beside its parameters.
#[derive(Clone, Default)]
pub struct Wanted {
    /// How long the whole call may take, in milliseconds.
    pub timeout: Option<f64>,
    /// How often the request is sent at most.
    pub attempts: Option<u32>,
    /// How it is sent.
    pub transport: Transport,
    /// What is wrong with the options of the call.
    pub problem: Option<String>,
}

/// A client whose options are read.
pub struct Known {
    pub client: Client,
    pub credentials: Source,
    pub backoff: Option<Function>,
    /// An object with `log` or `write`.
    pub logger: JsValue,
    pub bound: String,
    defaults: Wanted,
}

/// A property; undefined if there is none, or reading it throws.
pub fn get(object: &JsValue, key: &str) -> JsValue {
    // Not only faster: each throw in an import costs the module a slot for values of JavaScript for ever.
    if !object.is_object() && !object.is_function() {
        return JsValue::UNDEFINED;
    }
    Reflect::get(object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is a string; empty if it is none.
pub fn text(object: &JsValue, key: &str) -> String {
    get(object, key).as_string().unwrap_or_default()
}

fn function(value: JsValue) -> Option<Function> {
    value.is_function().then(|| value.unchecked_into())
}

/// Reads options, and tells of the unknown ones.
#[inline(never)]
fn read(options: &JsValue, config: &mut Config) -> Wanted {
    // All in one text: a crossing in place of several for each property.
    let flat = seen(options, SECTIONS).unwrap_or_else(|_| {
        config.problems.push("Expected the options to be readable, but reading them failed".into());
        JsValue::UNDEFINED
    });
    let mut lines = text(&flat, "");
    let mut rest = Some(lines.as_str());
    while let Some((key, text)) = text::next(&mut rest, b'\n').zip(text::next(&mut rest, b'\n')) {
        let (kind, name) = (text::byte(key, 0), text::after(key, 1));
        let number = if kind == b'n' { get(&flat, name).as_f64().unwrap_or(0.0) } else { 0.0 };
        config.put(name, kind, text, number);
    }
    // The secret key may have been among them.
    wipe(&mut lines);
    for sentence in &config.unknown {
        let _ = warn(&join(&["ivs-wasm: ", sentence]));
    }
    let signal = get(options, "signal");
    if signal.is_object() && !get(&signal, "addEventListener").is_function() {
        config.problems.push("Expected the option signal to be an AbortSignal".into());
    }
    Wanted {
        timeout: config.call_timeout,
        attempts: config.attempts(),
        transport: Transport {
            fetch: function(get(options, "fetch")),
            signal: signal.is_object().then(|| signal.unchecked_into()),
            with_credentials: get(&flat, "httpOptions.xhrWithCredentials").is_truthy(),
        },
        problem: config.problems.first().cloned(),
    }
}

impl Known {
    /// Reads the options of a client.
    pub fn new(options: &JsValue, keys: Rc<RefCell<KeyCache>>) -> Self {
        let mut config = Config::default();
        let defaults = read(options, &mut config);
        let bound = get(options, "params");
        Known {
            client: Client::new(&SERVICE, config, keys),
            credentials: Source::of(options),
            logger: get(options, "logger"),
            backoff: function(get(&get(options, "retryDelayOptions"), "customBackoff")),
            bound: if bound.is_object() {
                JSON::stringify(&bound).map(String::from).unwrap_or_default()
            } else {
                String::new()
            },
            defaults,
        }
    }

    /// Reads the options of a call.
    pub fn wanted(&self, options: &JsValue) -> Wanted {
        let defaults = &self.defaults;
        let mut own = if options.is_object() { read(options, &mut Config::default()) } else { Wanted::default() };
        own.timeout = own.timeout.or(defaults.timeout);
        let transport = &mut own.transport;
        transport.with_credentials = defaults.transport.with_credentials;
        if transport.signal.is_none() {
            transport.signal.clone_from(&defaults.transport.signal);
        }
        if transport.fetch.is_none() {
            transport.fetch.clone_from(&defaults.transport.fetch);
        }
        own
    }
}
