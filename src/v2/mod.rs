//! What `ivs-wasm/v2` asks of the core: the steps of a request of SDK v2, one by one. Between them JavaScript runs the
//! listeners of the application, which may change whatever they like; so every step is given all that it needs, as text,
//! and gives back what is to be changed. Nothing here waits, and nothing is kept but signing keys.

#[cfg(all(target_arch = "wasm32", feature = "v2"))]
mod exports;
mod given;
mod reply;
mod request;
mod retries;
mod states;
mod step;

use alloc::string::String;

pub use retries::{again, skewed};
pub use states::{follow, State, NOWHERE};

use crate::number::push_integer;
use crate::sign::KeyCache;
use step::Step;

/// The question that is not a state's: what kind of error it is. Given: code; message. The answer is a number.
pub const TRAITS: u32 = 15;

const VALIDATE: u32 = State::Validate as u32;
const BUILD: u32 = State::Build as u32;
const SIGN: u32 = State::Sign as u32;
const SEND: u32 = State::Send as u32;
const EXTRACT_DATA: u32 = State::ExtractData as u32;
const EXTRACT_ERROR: u32 = State::ExtractError as u32;

/// In place of keys something else came; the parameters are why they cannot be read; the result is taken as it is; the body is the one
/// whose hash is among the headers, and is not given again.
const REFUSED: u32 = 16;
const UNREADABLE: u32 = 32;
const RAW: u32 = 64;
const HASHED: u32 = 128;

/// Answers a question. Its low four bits are the number of the state whose work is to be done, or [`TRAITS`]; the next four
/// say which of the built-in listeners are there; above them is how it stands.
///
/// What is given are parts, one a line, and the last part, which may have lines of its own, behind them; the functions that
/// do the work tell which. Headers are `name:value` each, and end with an empty line; one without a colon has no value. The
/// answer is an edit, see [`step`].
pub fn answer(question: u32, number: f64, given: &str, keys: &mut KeyCache, out: &mut String) {
    // A status, or a moment: whole numbers far below 2^53.
    #[allow(clippy::cast_possible_truncation)]
    let whole = number as i64;
    let status = u16::try_from(whole).unwrap_or(0);
    let (state, bits) = (question & 15, question >> 4);
    let mut step = Step { bits, given, out };
    if state == TRAITS {
        let code = step.line();
        return push_integer(step.out, retries::traits(code, step.given, status));
    }
    step.put("{");
    let made = match state {
        VALIDATE => request::validate(&mut step),
        BUILD => request::build(&mut step),
        SIGN => request::sign(&mut step, whole, keys),
        SEND => Err(reply::lost(&mut step, number)),
        EXTRACT_DATA => reply::result(&mut step),
        EXTRACT_ERROR => reply::refusal(&mut step, status),
        _ => {
            request::complete(&mut step, whole);
            Ok(())
        }
    };
    let Err(error) = made else { return };
    // The others are just set.
    if state == BUILD || state == EXTRACT_DATA || state == VALIDATE && error.code != "ConfigError" {
        step.put("\"thrown\":1,");
    }
    if state == EXTRACT_DATA {
        step.put("\"response\":{\"data\":{}},");
    }
    step.put("\"error\":1,");
    step.end("");
    step.describe(&error);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::sign::sha256_hex;

    /// What is answered: the edit, and the text behind it.
    fn ask(question: u32, number: f64, parts: &[&str]) -> (String, String) {
        let mut out = String::new();
        answer(question, number, &parts.join("\n"), &mut KeyCache::default(), &mut out);
        let (edit, text) = out.split_once('\n').unwrap();
        (edit.into(), text.into())
    }

    fn edit(state: State, bits: u32, number: f64, parts: &[&str]) -> String {
        ask(state as u32 | bits << 4, number, parts).0
    }

    /// The code of the error that is answered, with `!` if it is thrown.
    fn code(state: State, bits: u32, parts: &[&str]) -> String {
        let (edit, text) = ask(state as u32 | bits << 4, 20.0, parts);
        assert!(edit.contains("\"error\":1"), "{edit}");
        let code = text.strip_prefix("{\"code\":\"").and_then(|text| text.split_once('"')).unwrap().0;
        String::from(code) + if edit.contains("\"thrown\":1") { "!" } else { "" }
    }

    #[test]
    fn the_last_complaint_of_v2_is_the_one_that_counts() {
        use State::Validate;
        let arn = "{\"arn\":\"arn:aws:x\"}";
        for bits in [6, 4, 2, 0] {
            assert_eq!(edit(Validate, bits, 0.0, &["getChannel", "us-west-2", "", arn]), "{}");
        }
        assert_eq!(edit(Validate, 4, 0.0, &["getChannel", "", "", arn]), "{}");
        assert_eq!(edit(Validate, 2, 0.0, &["getChannel", "us-west-2", "", "{}"]), "{}");
        assert_eq!(code(Validate, 6, &["getChannel", "", "", "{}"]), "MissingRequiredParameter!");
        assert_eq!(code(Validate, 6, &["getChannel", "a b", "", arn]), "ConfigError");
        assert_eq!(code(Validate, 2, &["noSuchThing", "us-west-2", "", "{}"]), "UnknownOperation!");
        assert_eq!(edit(Validate, 7 | REFUSED, 0.0, &["getChannel", "us-west-2", "", arn]), "{\"refused\":1}");
        assert_eq!(code(Validate, 7 | REFUSED, &["getChannel", "", "", arn]), "ConfigError");
        assert_eq!(code(Validate, 7 | UNREADABLE, &["getChannel", "", "", "why"]), "InvalidParameterType!");
        assert_eq!(edit(Validate, 4, 0.0, &["getChannel", "", "max", "{\"arn\":\"\"}"]), "{}");
        assert_eq!(code(Validate, 4, &["getChannel", "", "max min", "{\"arn\":\"\"}"]), "MinRangeError!");
    }

    #[test]
    fn a_request_is_made_of_parameters() {
        use State::Build;
        let arn = "{\n\"arn\":\"a\"}";
        let (made, body) = ask(1, 0.0, &["getChannel", "/pre//", "X-Amz-User-Agent:x", "", arn]);
        assert_eq!(
            made,
            r#"{"request":{"method":"POST","path":"/pre/GetChannel"},"body":1,"headers":{"Content-Type":"application/json"}}"#
        );
        assert_eq!(body, "{\"arn\":\"a\"}");
        let preset = |header| edit(Build, 1, 0.0, &["getChannel", "/", header, "", arn]);
        assert!(!preset("Content-Type:").contains("headers") && preset("Content-Type").contains("headers"));
        assert_eq!(
            edit(Build, 1, 0.0, &["listTagsForResource", "/", "", "{\"resourceArn\":\"a/b\"}"]),
            r#"{"request":{"method":"GET","path":"/tags/a%2Fb"}}"#
        );
        assert_eq!(code(Build, 1, &["listTagsForResource", "/", "", "{}"]), "UriParameterError!");
        assert_eq!(code(Build, 1, &["noSuchThing", "/", "", "{}"]), "UnknownOperation!");
        assert_eq!(code(Build, 1 | UNREADABLE, &["getChannel", "/", "", "why"]), "InvalidParameterType!");
    }

    #[test]
    fn headers_follow_from_the_body() {
        use State::AfterBuild;
        let hash = sha256_hex("{\nä}".as_bytes());
        let asked = |bits, number, header| edit(AfterBuild, bits, number, &["POST", "h:1", header, "", "{\nä}"]);
        assert_eq!(
            asked(15, -1.0, "a:b"),
            String::from("{\"headers\":{\"X-Amz-Content-Sha256\":\"")
                + &hash
                + "\",\"Content-Length\":5,\"Host\":\"h:1\"}}"
        );
        assert_eq!(asked(2, 77.0, "Content-Length"), "{\"headers\":{\"Content-Length\":77}}");
        assert_eq!(asked(6, -1.0, "Content-Length:7"), "{\"headers\":{\"Host\":\"h:1\"}}");
        let get = |bits| edit(AfterBuild, bits, -1.0, &["GET", "h", "", ""]);
        assert_eq!(get(10), "{\"drop\":[\"Content-Length\"],\"headers\":{}}");
        assert_eq!(get(2), "{\"headers\":{\"Content-Length\":0}}");
    }

    const KEYS: [&str; 5] = ["AKID", "secret", "", "us-west-2", "ivs"];

    fn signed(parts: &[&str]) -> String {
        edit(State::Sign, 1, 1_704_164_645_000.0, &[&KEYS, parts].concat())
    }

    #[test]
    fn a_signature_covers_headers_and_body() {
        let made = signed(&["POST", "/GetChannel", "host:h.example", "x-a:b:c", "date:x", "AUTHORIZATION", "", "{\n}"]);
        assert!(
            made.starts_with(r#"{"drop":["date","AUTHORIZATION"],"signed":1,"headers":{"X-Amz-Content-Sha256":""#),
            "{made}"
        );
        assert!(made.contains("SignedHeaders=host;x-a;x-amz-content-sha256;x-amz-date,"), "{made}");
        assert!(made.contains(&sha256_hex(b"{\n}")), "{made}");
        assert!(made.contains(r#","X-Amz-Date":"20240102T030405Z","Authorization":"AWS4"#), "{made}");
        // The body need not be given again where its hash is known.
        let hash = String::from("X-Amz-Content-Sha256:") + &sha256_hex(b"{\n}");
        let with = |bits, body| {
            let parts = ["POST", "/GetChannel", "host:h.example", "x-a:b:c", &hash, "date:x", "", body];
            edit(State::Sign, 1 | bits, 1_704_164_645_000.0, &[&KEYS, &parts[..]].concat())
        };
        let behind = |made: &str| made.split_once("\"signed\"").map(|(_, rest)| String::from(rest));
        assert_eq!(behind(&with(HASHED, "")), behind(&made));
        assert_eq!(with(HASHED, ""), with(0, "{\n}"));
        assert_ne!(with(0, ""), with(0, "{\n}"));
        let made = signed(&["GET", "/a?b=c", "presigned-expires:60", "host:h", "", ""]);
        assert!(made.starts_with(r#"{"drop":[],"request":{"path":"/a?X-Amz-Algorithm"#), "{made}");
        assert!(made.contains("&X-Amz-Expires=60&X-Amz-Signature="), "{made}");
        assert!(made.ends_with("&X-Amz-SignedHeaders=host&b=c\"}}"), "{made}");
    }

    #[test]
    fn what_cannot_be_signed_is_told_and_nothing_is_changed() {
        use State::Sign;
        let parts = [&KEYS[..], &["POST", "/", "Date:x", "X-Empty", "", ""]].concat();
        let (edit, error) = ask(Sign as u32 | 1 << 4, 0.0, &parts);
        assert_eq!(edit, "{\"error\":1}");
        assert!(error.contains("\"message\":\"Header x-empty contains invalid value\""), "{error}");
        assert_eq!(code(Sign, 1, &["", "", "", "", "", "", "", "", ""]), "CredentialsError");
        assert_eq!(self::edit(Sign, 1 | REFUSED, 0.0, &[""]), "{\"refused\":1}");
    }

    #[test]
    fn a_lost_connection_is_retryable_and_says_where_to() {
        let lost = |why| {
            let (edit, error) = ask(State::Send as u32, 20.0, &["r", "h", why, "a\nb"]);
            (edit, String::from(error.split('"').nth(3).unwrap()))
        };
        let told = r#"{"fields":{"retryable":true,"region":"r","hostname":"h"},"error":1}"#;
        let other = r#"{"fields":{"retryable":false},"error":1}"#;
        assert_eq!(lost("3"), (told.into(), "NetworkingError".into()));
        assert_eq!(lost("1"), (told.into(), "TimeoutError".into()));
        assert_eq!(lost("2"), (other.into(), "RequestAbortedError".into()));
        assert_eq!(lost("4"), (other.into(), "ResponseTooLarge".into()));
    }

    #[test]
    fn results_and_refusals_are_read() {
        use State::ExtractData;
        let body = "{\"stream\":{\"state\":\"LIVE\",\"new\":1}}";
        let read =
            |bits| ask(ExtractData as u32 | bits << 4, 0.0, &["getStream", "x-amzn-requestid:i", "odd", "", body]);
        let kept = "{\"stream\":{\"state\":\"LIVE\"}}";
        assert_eq!(read(3), ("{\"requestId\":\"i\",\"dates\":\"stream.startTime\"}".into(), kept.into()));
        assert_eq!(read(1 | RAW), ("{\"raw\":1}".into(), body.into()));
        assert_eq!(read(2), ("{\"requestId\":\"i\"}".into(), "".into()));
        assert_eq!(code(ExtractData, 1, &["getStream", "", "{"]), "SyntaxError!");
        assert!(edit(ExtractData, 1, 0.0, &["getStream", "", "{"]).contains("\"response\":{\"data\":{}}"));
        let body = "{\"exceptionMessage\":\"gone\"}";
        let parts = ["reason", "x-amzn-errortype:ResourceNotFoundException:x", "x-amz-request-id:1", "", body];
        let (edit, error) = ask(State::ExtractError as u32 | 3 << 4, 404.0, &parts);
        assert_eq!(edit, "{\"requestId\":\"1\",\"error\":1}");
        assert_eq!(
            error,
            r#"{"code":"ResourceNotFoundException","message":"gone","statusCode":404,"body":"{\"exceptionMessage\":\"gone\"}","errors":[]}"#
        );
    }

    #[test]
    fn errors_keep_what_is_behind_them() {
        let (_, text) = ask(4 << 4, 0.0, &["createChannel", "", "", "{\"name\":1,\"type\":2}"]);
        assert!(text.contains(",\"errors\":[{\"code\":\"InvalidParameterType\",\"message\":\""), "{text}");
        assert!(text.ends_with("\"}]}"), "{text}");
        let mut text = String::new();
        Step { bits: 0, given: "", out: &mut text }.describe(&Error::credentials("why"));
        assert!(
            text.trim_end()
                .ends_with(",\"originalError\":{\"code\":\"CredentialsError\",\"message\":\"why\"},\"errors\":[]}"),
            "{text}"
        );
    }

    #[test]
    fn the_kind_of_an_error_is_a_number() {
        let mut out = String::new();
        answer(TRAITS, 500.0, "X\nwhy", &mut KeyCache::default(), &mut out);
        assert_eq!(out, "1");
    }
}
