//! The options of a client and of a call, read from JavaScript objects. What they mean is decided in `crate::config`.

use alloc::rc::Rc;
use alloc::string::String;
use core::cell::RefCell;

use js_sys::{Function, Reflect, JSON};
use wasm_bindgen::prelude::*;

use super::credentials::Source;
use super::fetch::Transport;
use crate::call::Client;
use crate::config::{is_section, Config, Value};
use crate::model::ivs::SERVICE;
use crate::sign::KeyCache;
use crate::text::join;

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

/// Hands every own property of `options` to `config`; dots lead into sections.
fn read_into(config: &mut Config, options: &JsValue, prefix: &str) {
    if !options.is_object() {
        return;
    }
    let Ok(keys) = Reflect::own_keys(options) else {
        config.problems.push("Expected the options to be readable, but reading them failed".into());
        return;
    };
    for key in keys.iter() {
        let Some(key) = key.as_string() else { continue };
        let value = get(options, &key);
        let name = join(&[prefix, &key]);
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
            read_into(config, &value, &join(&[&name, "."]));
        }
    }
}

/// Reads options, and tells of the unknown ones.
fn read(options: &JsValue) -> (Config, Wanted) {
    let mut config = Config::default();
    read_into(&mut config, options, "");
    for sentence in &config.unknown {
        let _ = warn(&join(&["ivs-wasm: ", sentence]));
    }
    let signal = get(options, "signal");
    if signal.is_object() && !get(&signal, "addEventListener").is_function() {
        config.problems.push("Expected the option signal to be an AbortSignal".into());
    }
    let transport = Transport {
        fetch: function(get(options, "fetch")),
        signal: signal.is_object().then(|| signal.unchecked_into()),
        with_credentials: get(&get(options, "httpOptions"), "xhrWithCredentials").is_truthy(),
    };
    let wanted = Wanted {
        timeout: config.call_timeout,
        attempts: config.attempts(),
        transport,
        problem: config.problems.first().cloned(),
    };
    (config, wanted)
}

impl Known {
    /// Reads the options of a client.
    pub fn new(options: &JsValue, keys: Rc<RefCell<KeyCache>>) -> Self {
        let (config, wanted) = read(options);
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
            defaults: Wanted { attempts: None, problem: None, ..wanted },
        }
    }

    /// Reads the options of a call.
    pub fn wanted(&self, options: &JsValue) -> Wanted {
        let mut all = self.defaults.clone();
        if options.is_object() {
            let (_, own) = read(options);
            all.timeout = own.timeout.or(all.timeout);
            all.attempts = own.attempts;
            all.problem = own.problem;
            all.transport.signal = own.transport.signal.or(all.transport.signal);
            all.transport.fetch = own.transport.fetch.or(all.transport.fetch);
        }
        all
    }
}
