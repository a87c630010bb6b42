//! Random values for the shapes of the facts file: the same seed gives the same values.
#![allow(dead_code)] // each test program uses a part of it

use serde_json::{json, Map, Value};

/// A small generator of random numbers (xorshift64*): good enough to vary tests, and repeatable.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        // The state must never be zero.
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        ((self.next() >> 33) % limit as u64) as usize
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

/// Makes values for the shapes of one facts file.
#[derive(Debug)]
pub struct Generator<'a> {
    pub facts: &'a Value,
    pub random: Random,
}

/// Characters that have tripped serialisers, encoders and signers.
const TROUBLE: &[char] = &[
    'a',
    'Z',
    '0',
    ' ',
    '"',
    '\\',
    '/',
    ':',
    '?',
    '#',
    '%',
    '&',
    '=',
    '+',
    '~',
    '*',
    '\'',
    '(',
    ')',
    '!',
    '\n',
    '\r',
    '\t',
    '\u{8}',
    '\u{c}',
    '\u{0}',
    '\u{1}',
    '\u{7f}',
    '\u{e9}',
    '\u{df}',
    '\u{2028}',
    '\u{feff}',
    '\u{fffd}',
    '\u{503c}',
    '\u{1f600}',
    '{',
    '}',
    '[',
    ']',
    ',',
    '.',
];

impl Generator<'_> {
    /// A value of the named shape.
    pub fn value(&mut self, shape: &str) -> Value {
        let facts = &self.facts["shapes"][shape];
        match facts["type"].as_str().expect("a shape's type") {
            "structure" => self.structure(facts),
            "list" => {
                let member = facts["member"].as_str().expect("a list's member");
                let length = self.random.below(4);
                (0..length).map(|_| self.value(member)).collect()
            }
            "map" => {
                let value = facts["value"].as_str().expect("a map's value");
                let length = self.random.below(4);
                let entries = (0..length).map(|_| (self.text(), self.value(value)));
                Value::Object(entries.collect::<Vec<_>>().into_iter().collect())
            }
            "string" => Value::String(self.text()),
            "boolean" => Value::Bool(self.random.one_in(2)),
            "integer" => json!(self.random.next() as i32),
            "long" => json!((self.random.next() >> 11) as i64 * if self.random.one_in(2) { -1 } else { 1 }),
            "timestamp" => Value::String(self.instant()),
            other => panic!("a shape of type {other}: the generator does not know it"),
        }
    }

    fn structure(&mut self, facts: &Value) -> Value {
        let required = facts["required"].as_array().expect("the required list");
        let members = facts["members"].as_object().expect("a structure's members");
        let mut out = Map::new();
        for (name, member) in members {
            let needed = required.iter().any(|r| r == name.as_str());
            if needed || self.random.one_in(2) {
                let shape = member["shape"].as_str().expect("a member's shape");
                let mut value = self.value(shape);
                let label = member["location"] == "uri";
                // Refused by rule: nothing to encode (empty), or a path segment that URLs collapse.
                while label && matches!(value.as_str(), Some("" | "." | "..")) {
                    value = self.value(shape);
                }
                out.insert(name.clone(), value);
            }
        }
        Value::Object(out)
    }

    /// A text, often of characters that have tripped programs.
    pub fn text(&mut self) -> String {
        if self.random.one_in(4) {
            return "arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh".into();
        }
        let length = self.random.below(12);
        (0..length).map(|_| TROUBLE[self.random.below(TROUBLE.len())]).collect()
    }

    /// A date-time in whole seconds, which is what services are sent.
    fn instant(&mut self) -> String {
        let r = &mut self.random;
        format!(
            "{}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            1971 + r.below(120),
            1 + r.below(12),
            1 + r.below(28),
            r.below(24),
            r.below(60),
            r.below(60)
        )
    }
}
