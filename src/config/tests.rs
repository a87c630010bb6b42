use super::*;

#[test]
fn every_option_has_a_kind() {
    assert_eq!(NAMES.split(' ').count(), KINDS.split(' ').count());
    let kind = |name| text::nth(KINDS, b' ', text::index_of(NAMES, b' ', name).unwrap());
    for (name, expected) in [("region", "Rt"), ("retryMode", "Mt"), ("paramValidation", "Vbo"), ("timeout", "Wm")] {
        assert_eq!(kind(name), expected);
    }
}

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
    assert!(!config.sends_cookies());
    config.set("httpOptions.xhrWithCredentials", Value::Flag(true));
    assert!(config.sends_cookies());
    config.set("region", Value::Absent);
    assert!(config.problems.is_empty() && config.unknown.is_empty());
}

#[test]
fn numbers_are_kept_where_they_belong() {
    let mut config = Config::default();
    for (name, number) in [
        ("httpOptions.timeout", 5.0),
        ("timeout", 6.0),
        ("retryDelayOptions.base", 7.0),
        ("systemClockOffset", -8.0),
        ("maxRetries", 9.0),
        ("maxAttempts", 11.0),
    ] {
        config.set(name, Value::Number(number));
    }
    let Config { timeout, call_timeout, base, clock_offset, retries, attempts, .. } = &config;
    assert_eq!((*timeout, *call_timeout, *base, *clock_offset), (Some(5.0), Some(6.0), Some(7.0), -8.0));
    assert_eq!((*retries, *attempts), (Some(9.0), Some(11.0)));
    assert!(config.problems.is_empty());
}

#[test]
fn times_without_end_are_none() {
    let default = Config::default();
    for never in [0.0, 2_147_483_648.0, 1e300, f64::INFINITY] {
        let mut config = Config::default();
        config.set("httpOptions.timeout", Value::Number(never));
        config.set("timeout", Value::Number(never));
        assert_eq!((config.timeout, config.timeout_of_call(&default)), (None, None), "{never}");
    }
    let mut client = Config::default();
    client.set("timeout", Value::Number(2_147_483_647.0));
    assert_eq!(default.timeout_of_call(&client), Some(2_147_483_647.0));
    let mut call = Config::default();
    call.set("timeout", Value::Number(0.5));
    assert_eq!(call.timeout_of_call(&client), Some(0.5));
    call.set("timeout", Value::Number(0.0));
    assert_eq!(call.timeout_of_call(&client), None, "a call may lift the limit of its client");
}

#[test]
fn the_offset_of_a_clock_is_a_number_of_some_thousand_years() {
    for (offset, fits) in [(999_999_999_999_999.0, true), (1e15, false), (-1e15, false), (f64::NAN, false)] {
        let mut config = Config::default();
        config.set("systemClockOffset", Value::Number(offset));
        assert_eq!(config.problems.is_empty(), fits, "{offset}");
    }
}

#[test]
fn flags_and_modes_are_what_they_were_set_to() {
    let mut config = Config::default();
    assert!(config.converts() && config.corrects_skew());
    for name in ["convertResponseTypes", "correctClockSkew"] {
        config.set(name, Value::Flag(false));
    }
    assert!(!config.converts() && !config.corrects_skew());
    config.set("retryMode", Value::Text("standard"));
    assert_eq!((config.policy().mode, config.problems.len()), (Mode::Standard, 0));
}
