//! Inputs: a seed spoiled in a few places, or a value grown at random from the words that the code looks for.

use crate::random::Random;
use ivs_wasm::model::ivs::SERVICE;

/// What the code treats in a special way, somewhere.
const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\\u",
    "\\ud83d",
    "\\udc00",
    "\\u0001",
    "\\u0000",
    "\u{1}",
    "null",
    "true",
    "false",
    "-",
    "0",
    "-0",
    "1e",
    "1e308",
    "1e400",
    "-1e-400",
    "1e999999999999",
    "0.1",
    "9007199254740993",
    "18446744073709551616",
    "1.7976931348623157e309",
    "NaN",
    "Infinity",
    "\"NaN\"",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "__type",
    "code",
    "Code",
    "message",
    "Message",
    "exceptionMessage",
    "errorCode",
    "statusCode",
    "retryable",
    "requestId",
    "name",
    "\u{feff}",
    "\u{202e}",
    "\u{2028}",
    "é",
    "😀",
    "\u{fffd}",
    "\u{7f}",
    "\r\n",
    "\t",
    " ",
    "<html>",
    "tags",
    "arn",
    "arns",
    "channel",
    "nextToken",
    "maxResults",
    "startTime",
    "resourceArn",
    "tagKeys",
    "2024-01-02T03:04:05Z",
    "20240102T030405Z",
    "1704164645.678",
    "Tue, 02 Jan 2024 03:04:05 GMT",
    "Signature expired: 20240102T030405Z is now earlier than 20240102T040000Z (20240102T041500Z - 15 min.)",
    "arn:aws:ivs:us-west-2:123456789012:channel/abcd",
    "%2F",
    "..",
    "/",
    "?",
    "#",
    "@",
    "http://",
    "https://",
    "us-west-2",
    "\\u0001d1.5",
    "\\u0001dNaN",
    "\\u0001u",
    "\\u0001n",
    "\\u0001o",
    "RequestTimeout",
    "ThrottlingException",
    "ExpiredTokenException",
];

pub struct Mutator<'s> {
    pub random: Random,
    pub seeds: &'s [Vec<u8>],
}

impl Mutator<'_> {
    pub fn input(&mut self) -> Vec<u8> {
        match self.random.below(8) {
            0 => {
                let mut out = String::new();
                let depth = self.random.below(8);
                self.grow(&mut out, depth);
                out.into_bytes()
            }
            1 => (0..self.random.below(12)).flat_map(|_| self.random.of(WORDS).bytes()).collect(),
            2 => (0..self.random.below(60)).map(|_| self.random.next() as u8).collect(),
            3 => self.number(),
            _ => self.spoiled(),
        }
    }

    /// A seed with an odd number in the place of a number.
    fn number(&mut self) -> Vec<u8> {
        let mut bytes = self.seed();
        let digits: Vec<usize> = (1..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
        if digits.is_empty() {
            return bytes;
        }
        let from = digits[self.random.below(digits.len())];
        let is_part = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
        let start = bytes[..from].iter().rposition(|byte| !is_part(byte)).map_or(0, |at| at + 1);
        let end = bytes[from..].iter().position(|byte| !is_part(byte)).map_or(bytes.len(), |at| from + at);
        let odd = self.random.of(&[
            "1e400",
            "-1e400",
            "1e999999999999",
            "-0",
            "0.1e-7",
            "1e21",
            "123456789012345678901234567890",
            "1.5",
            "\"1e400\"",
        ]);
        bytes.splice(start..end, odd.bytes());
        bytes
    }

    fn seed(&mut self) -> Vec<u8> {
        self.seeds[self.random.below(self.seeds.len())].clone()
    }

    fn spoiled(&mut self) -> Vec<u8> {
        let mut bytes = self.seed();
        for _ in 0..1 + self.random.below(4) {
            let at = self.random.below(bytes.len() + 1);
            let to = (at + self.random.below(12)).min(bytes.len());
            match self.random.below(8) {
                0 => bytes.truncate(at),
                1 if at < bytes.len() => bytes[at] ^= 1 << self.random.below(8),
                2 => drop(bytes.drain(at..to)),
                3 => {
                    let piece = bytes[at..to].to_vec();
                    bytes.splice(at..at, piece);
                }
                4 => {
                    let other = self.seed();
                    let from = self.random.below(other.len() + 1);
                    bytes.splice(at..to, other[from..(from + 40).min(other.len())].iter().copied());
                }
                5 => {
                    let deep = ["[", "{\"a\":", "{\"channel\":"][self.random.below(3)].repeat(self.random.below(80));
                    bytes.splice(at..at, deep.into_bytes());
                }
                _ => {
                    let word = self.random.of(WORDS);
                    bytes.splice(at..to, word.bytes());
                }
            }
        }
        bytes.truncate(20_000);
        bytes
    }

    /// A JSON value, mostly, whose keys are often members of the model.
    fn grow(&mut self, out: &mut String, depth: usize) {
        let kind = self.random.below(if depth == 0 { 4 } else { 9 });
        match kind {
            0 => {
                out.push('"');
                let word = self.random.of(WORDS);
                out.push_str(word);
                out.push('"');
            }
            1 => {
                let word = self.random.of(WORDS);
                out.push_str(word);
            }
            2 => out.push_str(&(self.random.next() as i32 >> self.random.below(31)).to_string()),
            3 => out.push_str(self.random.of(&["null", "true", "false", "{}", "[]", "\"\""])),
            4 | 5 => {
                out.push('[');
                self.children(out, depth, false);
                out.push(']');
            }
            _ => {
                out.push('{');
                self.children(out, depth, true);
                out.push('}');
            }
        }
    }

    fn children(&mut self, out: &mut String, depth: usize, keys: bool) {
        for i in 0..self.random.below(6) {
            if i > 0 {
                out.push(',');
            }
            if keys {
                out.push('"');
                let name = self.key();
                out.push_str(&name);
                out.push_str("\":");
            }
            self.grow(out, depth - 1);
        }
    }

    fn key(&mut self) -> String {
        if self.random.one_in(3) {
            return self.random.of(WORDS).to_string();
        }
        let operation = SERVICE.operation(self.random.below(46)).expect("46 operations");
        let shape = operation.output.filter(|_| self.random.one_in(2)).unwrap_or(operation.input);
        let members: Vec<&str> = shape.members().map(|member| member.name).collect();
        if members.is_empty() {
            "x".into()
        } else {
            members[self.random.below(members.len())].into()
        }
    }
}
