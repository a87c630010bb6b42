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
