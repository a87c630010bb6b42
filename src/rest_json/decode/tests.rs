use alloc::string::ToString;

use super::*;
use crate::model::ivs::SERVICE;

fn data(operation: &str, body: &str) -> Result<String, Undecodable> {
    decode(&SERVICE.find(operation).unwrap(), body, &|_| None).map(Cow::into_owned)
}

#[test]
fn a_body_that_is_right_is_not_copied() {
    let body = r#"{"stream":{"channelArn":"a","startTime":"2024-01-02T03:04:05Z","viewerCount":3}}"#;
    let operation = SERVICE.find("getStream").unwrap();
    assert!(matches!(decode(&operation, body, &|_| None), Ok(Cow::Borrowed(same)) if same == body));
}

#[test]
fn members_come_in_the_order_of_the_model_without_unknown_ones() {
    let body = r#"{"x":{"y":[1,"]"]},"channel":{"tags":{"b":"2","a":null},"name":5,"arn":"z","u":1,"srt":null,"authorized":"true"}}"#;
    assert_eq!(
        data("getChannel", body).unwrap(),
        r#"{"channel":{"arn":"z","name":"5","authorized":true,"tags":{"b":"2","a":null}}}"#
    );
    assert_eq!(data("getChannel", r#"{"channel":{"arn":"1","arn":"2"}}"#).unwrap(), r#"{"channel":{"arn":"2"}}"#);
    assert_eq!(data("getChannel", r#"{"channel":null}"#).unwrap(), "{}");
    assert_eq!(
        data("getChannel", r#"{"channel":{"arn":null,"tags":["a"]}}"#).unwrap(),
        r#"{"channel":{"arn":null,"tags":{"0":"a"}}}"#
    );
    assert_eq!(
        data("getChannel", r#"{"channel":{"arn":{"a":1},"name":[1,[2,null,"x"]]}}"#).unwrap(),
        r#"{"channel":{"arn":"[object Object]","name":"1,2,,x"}}"#
    );
}

#[test]
fn members_in_any_order_are_put_in_order_at_every_level() {
    // The first object comes out as it begins, so that nothing was written when it turns out to be in disorder.
    assert_eq!(
        data(
            "listStreams",
            r#"{"nextToken":"t", "streams" : [ {"viewerCount":"3","channelArn":"a"} , {"channelArn":"b","x":[{}]} ] }"#
        )
        .unwrap(),
        r#"{"streams" : [ {"channelArn":"a","viewerCount":3} , {"channelArn":"b"} ],"nextToken":"t"}"#
    );
    // Null takes away what stood before it, and what stands behind null counts; a key may be written with escapes.
    assert_eq!(
        data("getChannel", r#"{"channel":{"tags":{"a":"1"},"name":"n","\u0061rn":"x","tags":null}}"#).unwrap(),
        r#"{"channel":{"\u0061rn":"x","name":"n"}}"#
    );
    assert_eq!(
        data("getChannel", r#"{"channel":null,"channel":{"name":null,"arn":"x","name":2}}"#).unwrap(),
        r#"{"channel":{"arn":"x","name":"2"}}"#
    );
    // What is left out in front of what stays.
    assert_eq!(
        data("getChannel", r#"{"u":{"v":1},"channel":{"u":[1],"name":"n","u":2,"arn":"x","srt":null}}"#).unwrap(),
        r#"{"channel":{"arn":"x","name":"n"}}"#
    );
}

#[test]
fn other_types_than_expected_give_what_v2_gives() {
    assert_eq!(
        data("listChannels", r#"{"channels":{"a":{"arn":"z"},"b":null}}"#).unwrap(),
        r#"{"channels":[{"arn":"z"},null]}"#
    );
    assert_eq!(data("listChannels", r#"{"channels":"ab"}"#).unwrap(), r#"{"channels":[{},{}]}"#);
    for body in ["", "null", "[1]", "\"x\""] {
        assert_eq!(data("getChannel", body).unwrap(), "{}");
    }
    // What is odd inside of what is odd.
    assert_eq!(
        data("listChannels", r#"{"nextToken":5,"x":[1],"channels":{"a":{"name":true,"arn":[1,null]},"b":"é"}}"#)
            .unwrap(),
        r#"{"channels":[{"arn":"1,","name":"true"},{}],"nextToken":"5"}"#
    );
    assert_eq!(
        data("getChannel", r#"{"channel":{"tags":["x","y"],"name":null,"srt":7}}"#).unwrap(),
        r#"{"channel":{"name":null,"tags":{"0":"x","1":"y"},"srt":{}}}"#
    );
    assert_eq!(
        data("getChannel", r#"{"channel":{"tags":"xé"}}"#).unwrap(),
        r#"{"channel":{"tags":{"0":"x","1":"é"}}}"#
    );
    // A text that breaks off in the wrong order is refused once, not taken apart again and again.
    let broken = r#"{"channel":{"name":"n","arn":"#.repeat(2000);
    assert!(matches!(data("getChannel", &broken), Err(Undecodable::Broken(_))));
    assert!(data("getChannel", "<html>").is_err() && data("deleteChannel", "<html>").is_err());
}

#[test]
fn timestamps_become_what_the_date_constructor_takes() {
    let stream = |time: &str| data("getStream", &["{\"stream\":{\"startTime\":", time, "}}"].concat());
    assert_eq!(stream("1704164645.5").unwrap(), r#"{"stream":{"startTime":1704164645.5e3}}"#);
    assert_eq!(stream("\"1704164645\"").unwrap(), r#"{"stream":{"startTime":1704164645e3}}"#);
    assert_eq!(stream("\"2024-99-99\"").unwrap(), r#"{"stream":{"startTime":"2024-99-99"}}"#);
    assert_eq!(stream("1e400").unwrap(), r#"{"stream":{"startTime":1e999}}"#);
    assert_eq!(stream("true").unwrap(), r#"{"stream":{"startTime":null}}"#);
    assert_eq!(stream("\"yesterday\""), Err(Undecodable::Timestamp("yesterday".into())));
}

/// By v2's rules: texts as JavaScript writes them, but for what is falsy; numbers by parseInt; true only for `true`.
#[test]
fn scalars_of_another_kind_are_converted() {
    let given = |operation: &str, path: [&str; 2], value: &str| {
        let [outer, inner] = path;
        let body = ["{\"", outer, "\":{\"", inner, "\":", value, "}}"].concat();
        let data = data(operation, &body).unwrap();
        data[outer.len() + inner.len() + 8..data.len() - 2].to_string()
    };
    for (value, text) in [
        ("5", "\"5\""),
        ("0", "0"),
        ("-0", "-0"),
        ("0.0", "0.0"),
        ("[0]", "\"0\""),
        ("[\"0\"]", "\"0\""),
        ("true", "\"true\""),
        ("false", "false"),
        ("1.50", "\"1.5\""),
        ("{}", "\"[object Object]\""),
    ] {
        assert_eq!(given("getChannel", ["channel", "arn"], value), text, "a text: {value}");
    }
    for (value, flag) in [
        ("true", "true"),
        ("\"true\"", "true"),
        ("\"\\u0074rue\"", "true"),
        ("\"TRUE\"", "false"),
        ("\"x\"", "false"),
        ("[\"true\"]", "false"),
        ("1", "false"),
    ] {
        assert_eq!(given("getChannel", ["channel", "authorized"], value), flag, "a flag: {value}");
    }
    for (value, number) in [
        ("12", "12"),
        ("\"12px\"", "12"),
        ("1.9", "1"),
        ("-1.9", "-1"),
        ("\"x\"", "null"),
        ("[7,8]", "7"),
        ("true", "null"),
    ] {
        assert_eq!(given("getStream", ["stream", "viewerCount"], value), number, "a number: {value}");
    }
    for (value, moment) in [
        ("9", "9e3"),
        ("false", "null"),
        ("{}", "null"),
        ("\"0123\"", "123e3"),
        ("\"2024\\u002d01-02T03:04:05Z\"", "\"2024\\u002d01-02T03:04:05Z\""),
        ("\"Tue, 02 Jan 2024 03:04:05 GMT\"", "\"Tue, 02 Jan 2024 03:04:05 GMT\""),
    ] {
        assert_eq!(given("getStream", ["stream", "startTime"], value), moment, "a moment: {value}");
    }
    for odd in ["\"\"", "\"123x\"", "\"Tue\"", "\"x123\""] {
        let body = ["{\"stream\":{\"startTime\":", odd, "}}"].concat();
        assert!(matches!(data("getStream", &body), Err(Undecodable::Timestamp(_))), "{odd}");
    }
}

#[test]
fn members_from_headers_come_first() {
    let operation = SERVICE.find("batchGetChannel").unwrap();
    let header = |name: &str| (name == "cache-control").then(|| "no\"".to_string());
    assert_eq!(decode(&operation, " {}", &header).unwrap(), r#"{"cacheControl":"no\""}"#);
    assert_eq!(decode(&operation, r#"{"channels":[]}"#, &header).unwrap(), r#"{"cacheControl":"no\"","channels":[]}"#);
}
