//! The options of a client: names, types and defaults, told apart from the language they come from.

use alloc::string::String;
use alloc::vec::Vec;

use crate::endpoint::{self, Endpoint};
use crate::error::fill;
use crate::model::ivs::SERVICE;
use crate::model::Service;
use crate::retry::{Mode, Policy};
use crate::text;
use crate::validate::Checks;

/// The value of an option.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// `undefined` or `null`: the default.
    Absent,
    /// A string.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A boolean.
    Flag(bool),
    /// A function.
    Function,
    /// Any other object.
    Object,
    /// A symbol or a bigint.
    Odd,
}

/// The options by name; a dot leads into an object that is an option.
const NAMES: &str = "\
region endpoint credentials accessKeyId secretAccessKey sessionToken fetch logger params \
apiVersion sslEnabled useFipsEndpoint useDualstackEndpoint maxRetries maxAttempts \
retryMode retryCreates retryDelayOptions retryDelayOptions.base retryDelayOptions.customBackoff \
httpOptions httpOptions.timeout httpOptions.connectTimeout httpOptions.xhrWithCredentials httpOptions.xhrAsync \
paramValidation paramValidation.min paramValidation.max paramValidation.pattern paramValidation.enum \
convertResponseTypes correctClockSkew systemClockOffset customUserAgent signal timeout";

/// The same options, in the same order: a letter for where each goes, and what it takes. That is text, flag, count,
/// milliseconds, number, object, function, or several.
const KINDS: &str = "\
Rt Et -of -t -t -t -f -o -o \
Vto Sb Fb Db Rc Ac \
Mt Rb -o Bm -f \
-o Tm -m Ib -b \
Vbo Lb Hb Pb Eb \
Cb Kb On Ut -o Wm";

/// The letters of those that are true or false: a flag for each.
const FLAGS: &str = "SFDRVLHPECKI";

/// The letters of what a value can be, and the same in words.
const LETTERS: &str = "tbcmnofN?";
const WORDS: &str =
    "a string\na boolean\na whole number from 0\nmilliseconds from 0\na number\nan object\na function\n\
another number\nsomething else";

/// The options of a client.
#[derive(Debug, Clone)]
pub struct Config {
    /// The region as it was given.
    pub region: String,
    /// The endpoint as it was given.
    pub endpoint: Option<String>,
    /// How long an attempt may take, in milliseconds; nothing for ever.
    pub timeout: Option<f64>,
    /// How long a whole call may take, in milliseconds: nothing where the options do not say, infinite for ever. See
    /// [`Config::timeout_of_call`].
    pub call_timeout: Option<f64>,
    /// What to add to the clock, in milliseconds.
    pub clock_offset: f64,
    /// The text of `x-amz-user-agent`; empty for none.
    pub user_agent: String,
    /// What is wrong with the options.
    pub problems: Vec<String>,
    /// Names that are no options, each with a sentence.
    pub unknown: Vec<String>,
    mode: Mode,
    /// The base of the delays between attempts.
    base: Option<f64>,
    /// Those that are true or false, in the order of [`FLAGS`].
    flags: [bool; 12],
    attempts: Option<f64>,
    retries: Option<f64>,
}

/// Without options: copied as a whole, which is less code than to write each field.
const DEFAULTS: Config = Config {
    region: String::new(),
    endpoint: None,
    mode: Mode::Standard,
    base: None,
    flags: [true, false, false, false, true, false, false, false, false, true, true, false],
    timeout: Some(120_000.0),
    call_timeout: None,
    clock_offset: 0.0,
    user_agent: String::new(),
    problems: Vec::new(),
    unknown: Vec::new(),
    attempts: None,
    retries: None,
};

impl Default for Config {
    fn default() -> Self {
        DEFAULTS
    }
}

/// The options that hold options.
pub const SECTIONS: &str = "httpOptions retryDelayOptions paramValidation";

impl Config {
    /// Takes one option.
    pub fn set(&mut self, name: &str, value: Value<'_>) {
        let (kind, text, number) = match value {
            Value::Absent => (b'-', "", 0.0),
            Value::Text(text) => (b't', text, 0.0),
            Value::Number(number) => (b'n', "", number),
            Value::Flag(flag) => (b'b', if flag { "true" } else { "false" }, 0.0),
            Value::Function => (b'f', "", 0.0),
            Value::Object => (b'o', "", 0.0),
            Value::Odd => (b'?', "", 0.0),
        };
        self.put(name, kind, text, number);
    }

    /// The same for the letter of a type: of the table above, `-` for none, `?` for any other. A boolean is a text here.
    #[inline(never)]
    pub(crate) fn put(&mut self, name: &str, kind: u8, text: &str, number: f64) {
        let Some(index) = text::index_of(NAMES, b' ', name) else {
            self.unknown.push(unknown(name));
            return;
        };
        let option = text::nth(KINDS, b' ', index);
        let takes = text::after(option, 1);
        let refused = self.take(takes, text::byte(option, 0), kind, text, number);
        if refused != 0 {
            self.refuse(name, takes, refused);
        }
    }

    #[inline(always)]
    fn refuse(&mut self, name: &str, takes: &str, found: u8) {
        let mut sentence = text::say("Expected the option ~ to be ", &[name]);
        let mut or = "";
        for letter in takes.bytes() {
            sentence.push_str(or);
            sentence.push_str(words(letter));
            or = " or ";
        }
        sentence.push_str(", but it is ");
        sentence.push_str(words(found));
        self.problems.push(sentence);
    }

    /// Takes a value if it is of a type that the option takes; else gives the letter of its type.
    fn take(&mut self, takes: &str, place: u8, kind: u8, text: &str, number: f64) -> u8 {
        let first = text::byte(takes, 0);
        if kind == b'n' && text::has("cmn", first) {
            let fits = match first {
                b'c' => number <= 1e9 && f64::from(number as u32) == number,
                b'm' => number >= 0.0,
                _ => number.abs() < 1e15,
            };
            if !fits {
                return b'N';
            }
            self.number(place, number);
        } else if kind != b'-' && !text::has(takes, kind) {
            return kind;
        } else if kind == b't' {
            self.text(place, text);
        } else if kind == b'b' {
            self.flag(place, text::same(text, "true"));
        }
        0
    }

    fn text(&mut self, place: u8, text: &str) {
        let problem = match place {
            b'R' => return replace(&mut self.region, text),
            b'E' => return fill(&mut self.endpoint, text),
            b'U' if text::all(text, |byte| (0x20..0x7f).contains(&byte)) => return replace(&mut self.user_agent, text),
            b'U' => "The option customUserAgent must be printable ASCII",
            b'V' if text < SERVICE.api_version => "Could not find ~ API to satisfy version constraint `~'",
            b'M' if text::same(text, "legacy") => {
                self.mode = Mode::Legacy;
                return;
            }
            b'M' if !text::same(text, "standard") => "The option retryMode must be 'standard' or 'legacy'",
            _ => return,
        };
        self.problems.push(text::say(problem, &[SERVICE.id, text]));
    }

    fn flag(&mut self, place: u8, flag: bool) {
        if let Some(kept) = self.flags.get_mut(text::place(FLAGS, place)) {
            *kept = flag;
        }
    }

    /// Whether parameters are checked, and which optional checks are made.
    #[must_use]
    pub fn checks(&self) -> Option<Checks> {
        let [_, _, _, _, validate, min, max, pattern, texts, ..] = self.flags;
        validate.then_some(Checks { min, max, pattern, texts })
    }

    /// Whether answers are converted by the model.
    #[must_use]
    pub const fn converts(&self) -> bool {
        self.flags[9]
    }

    /// Whether a wrong clock is corrected.
    #[must_use]
    pub const fn corrects_skew(&self) -> bool {
        self.flags[10]
    }

    /// Whether browsers send cookies.
    #[must_use]
    pub const fn sends_cookies(&self) -> bool {
        self.flags[11]
    }

    fn number(&mut self, place: u8, number: f64) {
        // As in v2 and XMLHttpRequest, 0 means never. A timer beyond 31 bits would fire at once.
        let timer = Some(number).filter(|ms| *ms > 0.0 && *ms < 2_147_483_648.0);
        let (kept, number) = match place {
            b'R' => (&mut self.retries, Some(number)),
            b'A' => (&mut self.attempts, Some(number)),
            b'B' => (&mut self.base, Some(number)),
            b'T' => (&mut self.timeout, timer),
            // Without end, since a call may lift the limit of its client.
            b'W' => (&mut self.call_timeout, timer.or(Some(f64::INFINITY))),
            b'O' => {
                self.clock_offset = number;
                return;
            }
            _ => return,
        };
        *kept = number;
    }

    /// How long a whole call may take, in milliseconds, by its own options or else those of its client; nothing for ever.
    #[must_use]
    #[inline(always)]
    pub fn timeout_of_call(&self, client: &Config) -> Option<f64> {
        self.call_timeout.or(client.call_timeout).filter(|ms| *ms < f64::INFINITY)
    }

    /// The rules for retries, once all options are in.
    #[must_use]
    pub fn policy(&self) -> Policy {
        let of_mode = if self.mode == Mode::Legacy { 4 } else { 3 };
        let attempts = self.attempts().unwrap_or(of_mode);
        Policy { mode: self.mode, attempts, base: self.base, repeat_creates: self.flags[3] }
    }

    /// How often a request is sent at most, if the options say.
    #[must_use]
    #[inline(never)]
    pub fn attempts(&self) -> Option<u32> {
        let attempts = self.attempts.or(self.retries.map(|retries| retries + 1.0))?;
        // A whole number from 0, and not much beyond what options take.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let attempts = attempts as u32;
        Some(attempts.clamp(1, 1_000_000_000))
    }

    /// Resolves the endpoint.
    ///
    /// # Errors
    /// A sentence saying what is wrong with the region or the endpoint.
    pub fn endpoint(&self, service: &Service) -> Result<Endpoint, String> {
        endpoint::resolve(
            service,
            endpoint::Params {
                region: &self.region,
                fips: self.flags[1],
                dual_stack: self.flags[2],
                endpoint: self.endpoint.as_deref(),
                plain: !self.flags[0],
            },
        )
    }
}

fn replace(kept: &mut String, text: &str) {
    kept.clear();
    kept.push_str(text);
}

fn words(letter: u8) -> &'static str {
    text::nth(WORDS, b'\n', text::place(LETTERS, letter))
}

#[inline(never)]
fn unknown(name: &str) -> String {
    let (mut nearest, mut least) = ("", usize::MAX);
    let mut names = Some(NAMES);
    while let Some(known) = text::next(&mut names, b' ') {
        let distance = distance(known, name);
        if distance < least {
            (nearest, least) = (known, distance);
        }
    }
    let near = if least <= nearest.len() / 3 { "Unknown option '~'; did you mean '~'?" } else { "Unknown option '~'" };
    text::say(near, &[name, nearest])
}

/// How many letters must be changed, added or taken away, the case aside.
fn distance(a: &str, b: &str) -> usize {
    let length = b.len().min(64);
    // The distances of what was seen of `a` to the starts of `b`, without the first, which is how much was seen.
    let mut row: [usize; 64] = core::array::from_fn(|at| at + 1);
    let mut seen = 0;
    let mut left = length;
    while seen < a.len() {
        let mut diagonal = seen;
        left = seen + 1;
        let mut at = 0;
        while at < length {
            let above = &mut row[at & 63];
            let changed = diagonal + usize::from((text::byte(a, seen) ^ text::byte(b, at)) & !32 != 0);
            diagonal = *above;
            left = changed.min(left + 1).min(diagonal + 1);
            *above = left;
            at += 1;
        }
        seen += 1;
    }
    left
}

#[cfg(test)]
mod tests;
