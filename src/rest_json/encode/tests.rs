use super::*;
use crate::model::ivs::SERVICE;

fn body(operation: &str, text: &str) -> String {
    let operation = SERVICE.find(operation).unwrap();
    encode(&operation, Params::new(text)).unwrap().body.unwrap().into_owned()
}

#[test]
fn nulls_and_unknown_members_are_left_out_with_their_commas() {
    for (given, sent) in [
        (r#"{"arns":["a",null,"b"]}"#, r#"{"arns":["a","b"]}"#),
        (r#"{"arns":[null,"a",null]}"#, r#"{"arns":["a"]}"#),
        (r#"{"arns":[null]}"#, r#"{"arns":[]}"#),
        (r#"{"x":1,"arns":["a"],"y":{"z":[1]}}"#, r#"{"arns":["a"]}"#),
        (r#"{"arns":null}"#, "{}"),
        ("\u{1}{\"arns\":\"\\u0001u\",\"\\u0001inherited\":1}", "{}"),
        ("\u{1}{\"arns\":[\"\\u0001\\u0001x\"]}", "{\"arns\":[\"\\u0001x\"]}"),
    ] {
        assert_eq!(body("batchGetChannel", given), sent, "{given}");
    }
    assert_eq!(
        body("createChannel", r#"{"tags":["a",null,"b"],"name":"n"}"#),
        r#"{"tags":{"0":"a","2":"b"},"name":"n"}"#
    );
    assert_eq!(
        body("createChannel", "\u{1}{\"tags\":{\"a\":null,\"\\u0001\\u0001k\":\"v\"}}"),
        "{\"tags\":{\"\\u0001k\":\"v\"}}"
    );
    assert_eq!(body("listChannels", r#"{"maxResults":"5.5"}"#), r#"{"maxResults":5}"#);
    assert_eq!(body("batchGetChannel", r#"{"arns":"xy"}"#), r#"{"arns":["x","y"]}"#);
    assert_eq!(body("batchGetChannel", r#"{"arns":{"a":"x","b":null,"c":"y"}}"#), r#"{"arns":["x","y"]}"#);
    assert_eq!(body("getChannel", "\u{1}{\"arn\":[\"\\u0001o\"]}"), r#"{"arn":null}"#);
    assert_eq!(body("getChannel", r#""xy""#), "{}");
}

#[test]
fn without_rules_an_object_in_place_of_a_scalar_is_sent_as_it_stands() {
    assert_eq!(body("getChannel", r#"{"arn":{"a":[1]},"x":1}"#), r#"{"arn":{"a":[1]}}"#);
    assert_eq!(body("listChannels", r#"{"maxResults":[1]}"#), r#"{"maxResults":null}"#);
}

#[test]
fn an_unchanged_text_is_the_body() {
    let operation = SERVICE.find("getChannel").unwrap();
    let params = Params::new(r#"{"arn":"a"}"#);
    assert!(matches!(encode(&operation, params).unwrap().body, Some(Cow::Borrowed(r#"{"arn":"a"}"#))));
}

#[test]
fn labels_and_queries_leave_the_body() {
    let params = Params::new(r#"{"resourceArn":"a/é","tagKeys":["b c","a"],"x":1}"#);
    let encoded = encode(&SERVICE.find("untagResource").unwrap(), params).unwrap();
    assert_eq!(
        (encoded.path.as_str(), encoded.query.as_deref(), encoded.body),
        ("/tags/a%2F%C3%A9", Some("tagKeys=b%20c&tagKeys=a"), None)
    );
    let params = Params::new(r#"{"resourceArn":"a","tags":{"k":"v"}}"#);
    let encoded = encode(&SERVICE.find("tagResource").unwrap(), params).unwrap();
    assert_eq!(
        (encoded.path.as_str(), encoded.query, encoded.body.as_deref()),
        ("/tags/a", None, Some(r#"{"tags":{"k":"v"}}"#))
    );
    let encoded =
        encode(&SERVICE.find("listTagsForResource").unwrap(), Params::new(r#"{"resourceArn":".."}"#)).unwrap();
    assert!(encoded.path.contains('{'));
}
