use super::*;

#[test]
fn accepts_and_refuses_what_json_parse_does() {
    for text in ["0", "-1.5e+3", " [ ] ", "{\"a\":[1,{\"b\":null}],\"c\":\"\\u00e9\\n\"}", "[[],{}]", "[true,false]"] {
        let mut reader = Reader::new(text);
        assert!(!reader.skip().is_empty() && reader.end().is_ok(), "{text}");
    }
    for text in [
        "",
        "01",
        "1.",
        ".5",
        "[1,]",
        "{,}",
        "{\"a\"}",
        "[1 2]",
        "tru",
        "\"\\x\"",
        "\"\\u12G4\"",
        "\"\\u123\"",
        "\"\\u\"",
        "\"\n\"",
        "{}}",
        "\u{feff}{}",
        "nul",
        "-",
        "[",
        "{\"a\":1,}",
        "]",
        "[}",
    ] {
        let mut reader = Reader::new(text);
        reader.skip();
        assert!(reader.end().is_err(), "{text}");
    }
}

#[test]
fn depth_is_capped_without_recursion() {
    let nested = |n: usize| "[".repeat(n) + &"]".repeat(n);
    for (depth, outcome) in [(64, Ok(())), (65, Err(Broken::Depth)), (100_000, Err(Broken::Depth))] {
        let text = nested(depth);
        let mut reader = Reader::new(&text);
        reader.skip();
        assert_eq!(reader.end(), outcome);
    }
}
