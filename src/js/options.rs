//! The options of a client and of a call, read from JavaScript objects. What they mean is decided in `crate::config`.

use alloc::rc::Rc;
use alloc::string::String;
use core::cell::RefCell;

use wasm_bindgen::JsValue;

use super::credentials::Source;
use super::hand::{number_of, Hand, What};
use crate::call::Client;
use crate::config::{Config, SECTIONS};
use crate::credentials::wipe;
use crate::model::ivs::SERVICE;
use crate::sign::KeyCache;
use crate::text;

/// A client whose options are read.
pub struct Known {
    pub client: Client,
    pub credentials: Source,
    pub hand: Hand,
    /// The parameters that all calls have, as JSON; empty if there are none.
    pub bound: String,
    /// Whether there is a logger.
    pub logs: bool,
    /// Whether there is a rule of the application's own for delays.
    pub rules: bool,
}

/// Reads options, and tells of the unknown ones.
#[inline(never)]
pub fn read(hand: &Hand) -> Config {
    let mut config = Config::default();
    // All in one text: a crossing in place of several for each property.
    let mut lines = hand.text(What::Lines);
    let mut rest = Some(lines.as_str());
    while let Some((key, text)) = text::next(&mut rest, b'\n').zip(text::next(&mut rest, b'\n')) {
        let (kind, name) = (text::byte(key, 0), text::after(key, 1));
        if kind == b'!' {
            config.problems.push(text::copy(text));
        } else {
            let number = if kind == b'n' { number_of(text) } else { 0.0 };
            config.put(name, kind, text, number);
        }
    }
    // The secret key may have been among them.
    wipe(&mut lines);
    for sentence in &config.unknown {
        hand.warn(sentence);
    }
    config
}

impl Known {
    /// Reads the options of a client.
    pub fn new(client: &JsValue, keys: Rc<RefCell<KeyCache>>) -> Self {
        let hand = Hand::new(client, SECTIONS, &JsValue::UNDEFINED, None);
        Known {
            client: Client::new(&SERVICE, read(&hand), keys),
            credentials: Source::of(&hand),
            bound: hand.text(What::Bound),
            logs: hand.number(What::Logs) > 0.0,
            rules: hand.number(What::Rules) > 0.0,
            hand,
        }
    }
}
