//! Requests: params to method, URI and body.

use crate::cases::{reduced, renamed, rows, run, Different, NotRun, Row, Without};
use crate::params::Params;
use crate::rest_json::encode;
use crate::tables::Case;
use crate::validate::{validate, Checks};
use serde_json::Value;

const NOT_RUN: NotRun = &[
    (
        "query member that is no list of strings",
        &[
            "RestJsonAllQueryStringTypes",
            "RestJsonQueryStringMap",
            "RestJsonQueryStringEscaping",
            "RestJsonSupportsNaNFloatQueryValues",
            "RestJsonSupportsInfinityFloatQueryValues",
            "RestJsonSupportsNegativeInfinityFloatQueryValues",
            "RestJsonZeroAndFalseQueryValues",
            "RestJsonConstantAndVariableQueryStringMissingOneValue",
            "RestJsonConstantAndVariableQueryStringAllValues",
            "RestJsonOmitsNullQuery",
            "RestJsonSerializesEmptyQueryValue",
            "RestJsonOmitsEmptyListQueryValues",
            "RestJsonQueryParamsStringListMap",
            "RestJsonQueryPrecedence",
        ],
    ),
    (
        "document",
        &[
            "DocumentTypeInputWithObject",
            "DocumentInputWithString",
            "DocumentInputWithNumber",
            "DocumentInputWithBoolean",
            "DocumentInputWithList",
            "DocumentTypeAsMapValueInput",
        ],
    ),
    (
        "payload member",
        &[
            "DocumentTypeAsPayloadInput",
            "DocumentTypeAsPayloadInputString",
            "RestJsonEnumPayloadRequest",
            "RestJsonHttpPayloadTraitsWithBlob",
            "RestJsonHttpPayloadTraitsWithNoBlobBody",
            "RestJsonHttpPayloadWithStructure",
            "RestJsonHttpPayloadWithUnion",
            "RestJsonHttpPayloadWithUnsetUnion",
            "RestJsonStringPayloadRequest",
            "RestJsonHttpWithEmptyBlobPayload",
            "RestJsonTestPayloadBlob",
            "RestJsonHttpWithEmptyStructurePayload",
            "RestJsonTestPayloadStructure",
            "RestJsonHttpWithHeadersButNoPayload",
        ],
    ),
    ("host prefix", &["RestJsonEndpointTrait", "RestJsonEndpointTraitWithHostLabel"]),
    ("path of the client's endpoint (see endpoints.rs)", &["RestJsonHostWithPath"]),
    ("request checksum", &["RestJsonHttpChecksumRequired"]),
    (
        "header member in a request",
        &[
            "RestJsonHttpPrefixHeadersArePresent",
            "RestJsonHttpPrefixHeadersAreNotPresent",
            "RestJsonInputAndOutputWithStringHeaders",
            "RestJsonInputAndOutputWithQuotedStringHeaders",
            "RestJsonInputAndOutputWithNumericHeaders",
            "RestJsonInputAndOutputWithBooleanHeaders",
            "RestJsonInputAndOutputWithTimestampHeaders",
            "RestJsonInputAndOutputWithEnumHeaders",
            "RestJsonInputAndOutputWithIntEnumHeaders",
            "RestJsonSupportsNaNFloatHeaderInputs",
            "RestJsonSupportsInfinityFloatHeaderInputs",
            "RestJsonSupportsNegativeInfinityFloatHeaderInputs",
            "RestJsonNullAndEmptyHeaders",
            "RestJsonHttpGetWithHeaderMemberNoModeledBody",
            "RestJsonHttpWithPostHeaderMemberNoModeledBody",
            "RestJsonTimestampFormatHeaders",
        ],
    ),
    ("header prefix", &["RestJsonHttpPrefixEmptyHeaders"]),
    (
        "float in the path",
        &[
            "RestJsonSupportsNaNFloatLabels",
            "RestJsonSupportsInfinityFloatLabels",
            "RestJsonSupportsNegativeInfinityFloatLabels",
        ],
    ),
    ("greedy label", &["RestJsonHttpRequestWithGreedyLabelInPath"]),
    ("integer in the path", &["RestJsonInputWithHeadersAndAllParams", "RestJsonHttpRequestLabelEscaping"]),
    ("timestamp in the path", &["RestJsonHttpRequestWithLabelsAndTimestampFormat"]),
    ("type blob", &["RestJsonJsonBlobs"]),
    (
        "timestamp format unixTimestamp",
        &[
            "RestJsonJsonTimestamps",
            "RestJsonJsonTimestampsWithEpochSecondsFormat",
            "RestJsonJsonTimestampsWithEpochSecondsOnTargetFormat",
        ],
    ),
    (
        "timestamp format rfc822",
        &["RestJsonJsonTimestampsWithHttpDateFormat", "RestJsonJsonTimestampsWithHttpDateOnTargetFormat"],
    ),
    (
        "union",
        &[
            "RestJsonSerializeStringUnionValue",
            "RestJsonSerializeBooleanUnionValue",
            "RestJsonSerializeNumberUnionValue",
            "RestJsonSerializeBlobUnionValue",
            "RestJsonSerializeTimestampUnionValue",
            "RestJsonSerializeEnumUnionValue",
            "RestJsonSerializeListUnionValue",
            "RestJsonSerializeMapUnionValue",
            "RestJsonSerializeStructureUnionValue",
            "RestJsonSerializeRenamedStructureUnionValue",
            "PostUnionWithJsonNameRequest1",
            "PostUnionWithJsonNameRequest2",
            "PostUnionWithJsonNameRequest3",
        ],
    ),
    ("jsonvalue trait", &["MediaTypeHeaderInputBase64"]),
    ("request compression", &["SDKAppliedContentEncoding_restJson1", "SDKAppendedGzipAfterProvidedEncoding_restJson1"]),
    ("idempotency token", &["RestJsonQueryIdempotencyTokenAutoFill", "RestJsonQueryIdempotencyTokenAutoFillIsSet"]),
    (
        "type float",
        &[
            "RestJsonSupportsNaNFloatInputs",
            "RestJsonSupportsInfinityFloatInputs",
            "RestJsonSupportsNegativeInfinityFloatInputs",
        ],
    ),
];

const WITHOUT: Without = &[
    // Seconds since 1970 in a list.
    ("RestJsonLists", &["timestampList"]),
    // A header and two floats.
    ("RestJsonSimpleScalarProperties", &["foo", "floatValue", "doubleValue", "DoubleDribble"]),
];

const NEVER_EMPTY: &str = "SDK v2 never sends a POST with an empty body";

const DIFFERENT: Different = &[
    ("RestJsonEmptyInputAndEmptyOutput", "POST /EmptyInputAndEmptyOutput {}", NEVER_EMPTY),
    ("RestJsonNoInputAndNoOutput", "POST /NoInputAndNoOutput {}", NEVER_EMPTY),
    ("RestJsonNoInputAndOutput", "POST /NoInputAndOutputOutput {}", NEVER_EMPTY),
    ("RestJsonHttpPostWithNoInput", "POST /no_input_no_payload {}", NEVER_EMPTY),
    ("RestJsonHttpPostWithNoModeledBody", "POST /no_payload {}", NEVER_EMPTY),
    ("RestJsonUnitInputAndOutput", "POST /UnitInputAndOutput {}", NEVER_EMPTY),
];

fn check(row: &Row<'_>, case: &Case) -> Result<(), (String, String)> {
    let operation = case.service.operation(0).expect("an operation");
    let text = renamed(&reduced(&row.case["params"], row.id, WITHOUT), &case.renamed).to_string();
    let params = Params::new(if text == "null" { "{}" } else { &text });
    let report = validate(operation.input, params, Checks::default()).expect("JSON");
    assert!(report.violations.is_empty(), "{}: {:?}", row.id, report.violations);
    let encoded = encode(&operation, params).expect("JSON");
    let target = match &encoded.query {
        Some(query) => format!("{}?{query}", encoded.path),
        None => encoded.path.clone(),
    };
    let expected = &row.case["serialized"];
    let as_json = |text: &str| serde_json::from_str::<Value>(text).unwrap_or(Value::String(text.into()));
    let theirs = (
        expected["method"].as_str().expect("a method"),
        expected["uri"].as_str().expect("a URI"),
        reduced(&as_json(expected["body"].as_str().unwrap_or("")), row.id, WITHOUT),
    );
    let ours = (operation.method, target.as_str(), as_json(encoded.body.as_deref().unwrap_or("")));
    if ours == theirs {
        return Ok(());
    }
    let shown = |(method, uri, body): (&str, &str, Value)| format!("{method} {uri} {body}");
    Err((shown(theirs), shown(ours)))
}

#[test]
fn requests_are_those_of_botocore() {
    let suites: Value = serde_json::from_str(include_str!("../data/botocore/rest-json-input.json")).expect("JSON");
    run(&rows(&suites, (52, 113)), "input", NOT_RUN, WITHOUT, DIFFERENT, check);
}
