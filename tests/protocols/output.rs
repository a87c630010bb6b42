//! Answers: body and headers to data, and to errors.

use crate::cases::{reduced, renamed, rows, run, Different, NotRun, Row, Without};
use crate::error::from_answer;
use crate::golden::milliseconds;
use crate::moments::revive;
use crate::rest_json::decode;
use crate::tables::Case;
use serde_json::{json, Value};

const NOT_RUN: NotRun = &[
    (
        "document",
        &[
            "DocumentOutput",
            "DocumentOutputString",
            "DocumentOutputNumber",
            "DocumentOutputBoolean",
            "DocumentOutputArray",
            "DocumentTypeAsMapValueOutput",
        ],
    ),
    (
        "payload member",
        &[
            "DocumentTypeAsPayloadOutput",
            "DocumentTypeAsPayloadOutputString",
            "RestJsonEnumPayloadResponse",
            "RestJsonHttpPayloadTraitsWithBlob",
            "RestJsonHttpPayloadTraitsWithNoBlobBody",
            "RestJsonHttpPayloadWithStructure",
            "RestJsonHttpPayloadWithUnion",
            "RestJsonHttpPayloadWithUnsetUnion",
            "RestJsonStringPayloadResponse",
        ],
    ),
    ("header prefix", &["RestJsonHttpPrefixHeadersArePresent", "HttpPrefixHeadersResponse"]),
    ("statusCode member", &["RestJsonHttpResponseCode", "RestJsonHttpResponseCodeWithNoPayload"]),
    (
        "list in the headers",
        &[
            "RestJsonInputAndOutputWithStringHeaders",
            "RestJsonInputAndOutputWithQuotedStringHeaders",
            "RestJsonInputAndOutputWithTimestampHeaders",
            "RestJsonInputAndOutputWithEnumHeaders",
        ],
    ),
    (
        "integer in the headers",
        &["RestJsonInputAndOutputWithNumericHeaders", "RestJsonInputAndOutputWithIntEnumHeaders"],
    ),
    ("boolean in the headers", &["RestJsonInputAndOutputWithBooleanHeaders"]),
    (
        "float in the headers",
        &[
            "RestJsonSupportsNaNFloatHeaderOutputs",
            "RestJsonSupportsInfinityFloatHeaderOutputs",
            "RestJsonSupportsNegativeInfinityFloatHeaderOutputs",
        ],
    ),
    ("type blob", &["RestJsonJsonBlobs"]),
    (
        "timestamp format rfc822",
        &["RestJsonJsonTimestampsWithHttpDateFormat", "RestJsonJsonTimestampsWithHttpDateOnTargetFormat"],
    ),
    (
        "union",
        &[
            "RestJsonDeserializeStringUnionValue",
            "RestJsonDeserializeBooleanUnionValue",
            "RestJsonDeserializeNumberUnionValue",
            "RestJsonDeserializeBlobUnionValue",
            "RestJsonDeserializeTimestampUnionValue",
            "RestJsonDeserializeEnumUnionValue",
            "RestJsonDeserializeListUnionValue",
            "RestJsonDeserializeMapUnionValue",
            "RestJsonDeserializeStructureUnionValue",
            "RestJsonDeserializeIgnoreType",
            "PostUnionWithJsonNameResponse1",
            "PostUnionWithJsonNameResponse2",
            "PostUnionWithJsonNameResponse3",
        ],
    ),
    ("jsonvalue trait", &["MediaTypeHeaderOutputBase64"]),
    (
        "type float",
        &[
            "RestJsonSupportsNaNFloatInputs",
            "RestJsonSupportsInfinityFloatInputs",
            "RestJsonSupportsNegativeInfinityFloatInputs",
        ],
    ),
    ("timestamp in the headers", &["RestJsonTimestampFormatHeaders"]),
];

const WITHOUT: Without = &[
    // Two floats.
    ("RestJsonSimpleScalarProperties", &["floatValue", "doubleValue"]),
];

const DIFFERENT: Different = &[
    (
        "RestJsonFooErrorUsingXAmznErrorTypeWithUriAndNamespace",
        r#"{"code":"aws.protocoltests.restjson#FooError","message":null}"#,
        "SDK v2 cuts the header at the colon and keeps what is before",
    ),
    (
        "RestJsonFooErrorUsingCodeUriAndNamespace",
        r#"{"code":"FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/","message":null}"#,
        "SDK v2 takes the namespace off a code of the body, but not what follows a colon",
    ),
    (
        "RestJsonFooErrorWithDunderTypeUriAndNamespace",
        r#"{"code":"FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/","message":null}"#,
        "SDK v2 takes the namespace off a code of the body, but not what follows a colon",
    ),
    (
        "RestJsonDeserializesDenseSetMapAndSkipsNull",
        r#"{"denseSetMap":{"x":[],"y":["a","b"],"z":null}}"#,
        "SDK v2 keeps null inside lists and maps",
    ),
];

fn header(row: &Row<'_>, name: &str) -> Option<String> {
    let headers = row.case["response"]["headers"].as_object()?;
    let found = headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
    found.and_then(|(_, value)| value.as_str()).map(String::from)
}

fn check(row: &Row<'_>, case: &Case) -> Result<(), (String, String)> {
    let response = &row.case["response"];
    let status = u16::try_from(response["status_code"].as_u64().expect("a status")).expect("a status");
    let body = response["body"].as_str().unwrap_or("");
    let (theirs, ours) = if status < 300 {
        let operation = case.service.operation(0).expect("an operation");
        let text = decode(&operation, body, &|name| header(row, name)).expect("decodes");
        let mut data: Value = serde_json::from_str(&text).expect("JSON");
        revive(&mut data, operation.timestamps());
        let expected = reduced(&row.case["result"], row.id, WITHOUT);
        (renamed(&expected, &case.renamed), seconds(&data))
    } else {
        let kind = header(row, "x-amzn-errortype");
        let error = from_answer(status, kind.as_deref(), "", body);
        let message = row.case["errorMessage"].as_str();
        let ours = json!({ "code": error.code, "message": message.map(|_| error.message.clone()) });
        (json!({ "code": row.case["errorCode"], "message": message }), ours)
    };
    if ours == theirs {
        return Ok(());
    }
    Err((theirs.to_string(), ours.to_string()))
}

/// Dates as the cases write them: seconds since 1970.
fn seconds(value: &Value) -> Value {
    match value {
        Value::Object(members) => match members.get("$date").and_then(Value::as_str) {
            Some(iso) => match milliseconds(iso) {
                ms if ms % 1000 == 0 => json!(ms / 1000),
                ms => json!(ms as f64 / 1000.0),
            },
            None => members.iter().map(|(key, value)| (key.clone(), seconds(value))).collect(),
        },
        Value::Array(items) => items.iter().map(seconds).collect(),
        other => other.clone(),
    }
}

#[test]
fn answers_are_read_as_botocore_reads_them() {
    let suites: Value = serde_json::from_str(include_str!("../data/botocore/rest-json-output.json")).expect("JSON");
    run(&rows(&suites, (35, 91)), "output", NOT_RUN, WITHOUT, DIFFERENT, check);
}
