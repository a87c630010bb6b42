//! The options of a client: names, types and defaults, told apart from the language they come from.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::endpoint::{self, Endpoint};
use crate::model::ivs::SERVICE;
use crate::model::Service;
use crate::retry::{Mode, Policy};
use crate::text;
use crate::validate::Checks;

/// The value of an option.
#[derive(Debug, Clone, Copy, PartialEq)]
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

/// The names of the options and a letter for what each takes: text, flag, count, milliseconds, number, object,
/// function, or several. A dot leads into an object that is an option.
const OPTIONS: &str = "\
region t\nendpoint to\ncredentials of\naccessKeyId t\nsecretAccessKey t\nsessionToken t\nfetch f\nlogger o\nparams o\n\
apiVersion to\nsslEnabled b\nuseFipsEndpoint b\nuseDualstackEndpoint b\nmaxRetries c\nmaxAttempts c\nretryMode t\n\
retryCreates b\nretryDelayOptions o\nretryDelayOptions.base m\nretryDelayOptions.customBackoff f\nhttpOptions o\n\
httpOptions.timeout m\nhttpOptions.connectTimeout m\nhttpOptions.xhrWithCredentials b\nhttpOptions.xhrAsync b\n\
paramValidation bo\nparamValidation.min b\nparamValidation.max b\nparamValidation.pattern b\nparamValidation.enum b\n\
convertResponseTypes b\ncorrectClockSkew b\nsystemClockOffset n\ncustomUserAgent t\nsignal o\ntimeout m";

/// The options of a client.
#[derive(Debug, Clone)]
pub struct Config {
    /// The region as it was given.
    pub region: String,
    /// The endpoint as it was given.
    pub endpoint: Option<String>,
    /// Whether an endpoint without a scheme means `http`.
    pub plain: bool,
    /// Whether FIPS endpoints are asked for.
    pub fips: bool,
    /// Whether dual-stack endpoints are asked for.
    pub dual_stack: bool,
    /// When to try again.
    pub policy: Policy,
    /// How long an attempt may take, in milliseconds; nothing for ever.
    pub timeout: Option<f64>,
    /// How long a whole call may take, in milliseconds; nothing for ever.
    pub call_timeout: Option<f64>,
    /// Whether parameters are checked.
    pub validate: bool,
    /// Which optional checks are made.
    pub checks: Checks,
    /// Whether answers are converted by the model.
    pub convert: bool,
    /// Whether a wrong clock is corrected.
    pub correct_skew: bool,
    /// What to add to the clock, in milliseconds.
    pub clock_offset: f64,
    /// The text of `x-amz-user-agent`; empty for none.
    pub user_agent: String,
    /// What is wrong with the options.
    pub problems: Vec<String>,
    /// Names that are no options, each with a sentence.
    pub unknown: Vec<String>,
    attempts: Option<f64>,
    retries: Option<f64>,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            region: String::new(),
            endpoint: None,
            plain: false,
            fips: false,
            dual_stack: false,
            policy: Policy::default(),
            timeout: Some(120_000.0),
            call_timeout: None,
            validate: true,
            checks: Checks::default(),
            convert: true,
            correct_skew: true,
            clock_offset: 0.0,
            user_agent: String::new(),
            problems: Vec::new(),
            unknown: Vec::new(),
            attempts: None,
            retries: None,
        }
    }
}

/// Whether an option holds options.
#[must_use]
pub fn is_section(name: &str) -> bool {
    matches!(name, "httpOptions" | "retryDelayOptions" | "paramValidation")
}

impl Config {
    /// Takes one option.
    pub fn set(&mut self, name: &str, value: Value<'_>) {
        let Some(takes) = letters(name) else {
            self.unknown.push(unknown(name));
            return;
        };
        if value != Value::Absent && !self.take(name, takes, value) {
            let mut sentence = text::join(&["Expected the option ", name, " to be "]);
            let mut or = "";
            for letter in takes.bytes() {
                let word = match letter {
                    b't' => "a string",
                    b'b' => "a boolean",
                    b'c' => "a whole number from 0",
                    b'm' => "milliseconds from 0",
                    b'n' => "a number",
                    b'o' => "an object",
                    _ => "a function",
                };
                text::push(&mut sentence, &[or, word]);
                or = " or ";
            }
            let is_number = text::has(takes, b'c') || text::has(takes, b'm') || text::has(takes, b'n');
            let found = match value {
                Value::Text(_) => "a string",
                Value::Number(_) if is_number => "another number",
                Value::Number(_) => "a number",
                Value::Flag(_) => "a boolean",
                Value::Function => "a function",
                Value::Object => "an object",
                Value::Odd | Value::Absent => "something else",
            };
            text::push(&mut sentence, &[", but it is ", found]);
            self.problems.push(sentence);
        }
    }

    /// False if the value is of a type that the option does not take.
    fn take(&mut self, name: &str, takes: &str, value: Value<'_>) -> bool {
        match value {
            Value::Text(text) if text::has(takes, b't') => self.text(name, text),
            Value::Flag(flag) if text::has(takes, b'b') => self.flag(name, flag),
            Value::Number(number) => {
                let whole = (0.0..=1e9).contains(&number) && number % 1.0 == 0.0;
                let fits = text::has(takes, b'c') && whole
                    || text::has(takes, b'm') && number >= 0.0
                    || text::has(takes, b'n') && number.abs() < 1e15;
                if fits {
                    self.number(name, number);
                }
                return fits;
            }
            Value::Function => return text::has(takes, b'f'),
            Value::Object if name == "paramValidation" => {}
            Value::Object => return text::has(takes, b'o'),
            _ => return false,
        }
        true
    }

    fn text(&mut self, name: &str, text: &str) {
        match name {
            "region" => self.region = text.to_string(),
            "endpoint" => self.endpoint = Some(text.to_string()),
            "customUserAgent" if text::all(text, |byte| (0x20..0x7f).contains(&byte)) => {
                self.user_agent = text.to_string()
            }
            "customUserAgent" => self.problems.push("The option customUserAgent must be printable ASCII".into()),
            "apiVersion" if text < SERVICE.api_version => self.problems.push(text::join(&[
                "Could not find ",
                SERVICE.id,
                " API to satisfy version constraint `",
                text,
                "'",
            ])),
            "retryMode" if text == "legacy" => self.policy = Policy { mode: Mode::Legacy, ..self.policy },
            "retryMode" if text != "standard" => {
                self.problems.push("The option retryMode must be 'standard' or 'legacy'".into())
            }
            _ => {}
        }
    }

    fn flag(&mut self, name: &str, flag: bool) {
        match name {
            "sslEnabled" => self.plain = !flag,
            "useFipsEndpoint" => self.fips = flag,
            "useDualstackEndpoint" => self.dual_stack = flag,
            "retryCreates" => self.policy.repeat_creates = flag,
            "paramValidation" => self.validate = flag,
            "paramValidation.min" => self.checks.min = flag,
            "paramValidation.max" => self.checks.max = flag,
            "paramValidation.pattern" => self.checks.pattern = flag,
            "paramValidation.enum" => self.checks.texts = flag,
            "convertResponseTypes" => self.convert = flag,
            "correctClockSkew" => self.correct_skew = flag,
            _ => {}
        }
    }

    fn number(&mut self, name: &str, number: f64) {
        match name {
            "maxRetries" => self.retries = Some(number),
            "maxAttempts" => self.attempts = Some(number),
            "retryDelayOptions.base" => self.policy.base = Some(number),
            // As in v2 and XMLHttpRequest, 0 means never. A timer beyond 31 bits would fire at once.
            "httpOptions.timeout" => self.timeout = timer(number),
            "timeout" => self.call_timeout = timer(number),
            "systemClockOffset" => self.clock_offset = number,
            _ => {}
        }
    }

    /// The rules for retries, once all options are in.
    #[must_use]
    pub fn policy(&self) -> Policy {
        let of_mode = if self.policy.mode == Mode::Legacy { 4 } else { 3 };
        Policy { attempts: self.attempts().unwrap_or(of_mode), ..self.policy }
    }

    /// How often a request is sent at most, if the options say.
    #[must_use]
    pub fn attempts(&self) -> Option<u32> {
        let attempts = self.attempts.or(self.retries.map(|retries| retries + 1.0))?;
        // Within 1..=1e9, which a u32 holds.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let attempts = attempts.clamp(1.0, 1e9) as u32;
        Some(attempts)
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
                fips: self.fips,
                dual_stack: self.dual_stack,
                endpoint: self.endpoint.as_deref(),
                plain: self.plain,
            },
        )
    }
}

/// The letters of an option.
fn letters(name: &str) -> Option<&'static str> {
    let mut rows = Some(OPTIONS);
    while let Some((known, letters)) = text::next(&mut rows, b'\n').and_then(|row| text::cut(row, b' ')) {
        if known == name {
            return Some(letters);
        }
    }
    None
}

fn timer(ms: f64) -> Option<f64> {
    Some(ms).filter(|ms| *ms > 0.0 && *ms < 2_147_483_648.0)
}

fn unknown(name: &str) -> String {
    let (mut nearest, mut least) = ("", usize::MAX);
    let mut rows = Some(OPTIONS);
    while let Some((known, _)) = text::next(&mut rows, b'\n').and_then(|row| text::cut(row, b' ')) {
        let distance = distance(known, name);
        if distance < least {
            (nearest, least) = (known, distance);
        }
    }
    let mut sentence = text::join(&["Unknown option '", name, "'"]);
    if least <= nearest.len() / 3 {
        text::push(&mut sentence, &["; did you mean '", nearest, "'?"]);
    }
    sentence
}

/// How many letters must be changed, added or taken away, the case aside.
fn distance(a: &str, b: &str) -> usize {
    let b = text::part(b, 0, b.len().min(64)).as_bytes();
    let mut row = [0; 65];
    for (i, cell) in row.iter_mut().enumerate() {
        *cell = i;
    }
    for (i, c) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (j, d) in b.iter().enumerate() {
            let above = row.get(j + 1).copied().unwrap_or(0);
            let changed = diagonal + usize::from(!c.eq_ignore_ascii_case(d));
            put(&mut row, j, left);
            diagonal = above;
            left = changed.min(above + 1).min(left + 1);
        }
        put(&mut row, b.len(), left);
    }
    row.get(b.len()).copied().unwrap_or(0)
}

fn put(row: &mut [usize], at: usize, value: usize) {
    if let Some(cell) = row.get_mut(at) {
        *cell = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_options_name_the_nearest_one() {
        let mut config = Config::default();
        for name in ["regoin", "maxRetry", "httpOptions.timout", "zzz", "Region"] {
            config.set(name, Value::Text("x"));
        }
        let told: Vec<&str> = config.unknown.iter().map(String::as_str).collect();
        assert_eq!(
            told,
            [
                "Unknown option 'regoin'; did you mean 'region'?",
                "Unknown option 'maxRetry'; did you mean 'maxRetries'?",
                "Unknown option 'httpOptions.timout'; did you mean 'httpOptions.timeout'?",
                "Unknown option 'zzz'",
                "Unknown option 'Region'; did you mean 'region'?",
            ]
        );
    }

    #[test]
    fn every_mistyped_option_is_told() {
        let mut config = Config::default();
        for (name, value) in [
            ("region", Value::Number(1.0)),
            ("maxRetries", Value::Number(1.5)),
            ("sslEnabled", Value::Text("no")),
            ("fetch", Value::Object),
            ("httpOptions.timeout", Value::Number(-1.0)),
            ("httpOptions.timeout", Value::Number(f64::NAN)),
            ("retryMode", Value::Text("fast")),
            ("customUserAgent", Value::Text("a\r\nb")),
        ] {
            config.set(name, value);
        }
        assert_eq!(config.problems.len(), 8);
        assert_eq!(config.problems[0], "Expected the option region to be a string, but it is a number");
        assert_eq!(
            config.problems[1],
            "Expected the option maxRetries to be a whole number from 0, but it is another number"
        );
    }

    #[test]
    fn an_earlier_version_of_the_api_is_refused() {
        let mut config = Config::default();
        for version in ["2020-07-14", "latest", "2030-01-01", "abc"] {
            config.set("apiVersion", Value::Text(version));
        }
        assert!(config.problems.is_empty());
        for version in ["2020-07-13", "*"] {
            config.set("apiVersion", Value::Text(version));
        }
        assert_eq!(
            config.problems,
            [
                "Could not find ivs API to satisfy version constraint `2020-07-13'",
                "Could not find ivs API to satisfy version constraint `*'"
            ]
        );
    }

    #[test]
    fn defaults_and_retries() {
        let mut config = Config::default();
        assert_eq!((config.policy().attempts, config.timeout), (3, Some(120_000.0)));
        config.set("retryMode", Value::Text("legacy"));
        assert_eq!(config.policy().attempts, 4);
        config.set("maxRetries", Value::Number(0.0));
        assert_eq!(config.policy().attempts, 1);
        config.set("maxAttempts", Value::Number(7.0));
        assert_eq!(config.policy().attempts, 7);
        config.set("httpOptions.timeout", Value::Number(0.0));
        assert_eq!(config.timeout, None);
        config.set("region", Value::Absent);
        assert!(config.problems.is_empty() && config.unknown.is_empty());
    }
}
