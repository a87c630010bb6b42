//! `Debug` shows no secret, whatever it is asked of: credentials, parameters, requests, answers.
#![cfg(feature = "typed")]

use std::cell::RefCell;
use std::fmt::Debug;
use std::rc::Rc;

use ivs_wasm::call::Client;
use ivs_wasm::config::{Config, Value};
use ivs_wasm::credentials::Credentials;
use ivs_wasm::json::{quote, Reader};
use ivs_wasm::model::ivs::SERVICE;
use ivs_wasm::params::Params;
use ivs_wasm::rest_json;
use ivs_wasm::sign::{self, canonical_request, KeyCache, Scope};
use ivs_wasm::typed::{self, PutMetadataRequest, Source, Temporary};

const SECRET: &str = "TOP-SECRET-9f3a";

#[test]
fn debug_shows_no_secret() {
    let check = |what: &str, shown: &dyn Debug| {
        for text in [format!("{shown:?}"), format!("{shown:#?}")] {
            assert!(!text.contains("SECRET"), "{what}: {text}");
            assert!(!text.is_empty(), "{what}");
        }
    };
    let credentials = Credentials::new("AKIDEXAMPLE", SECRET, Some(SECRET));
    check("Credentials", &credentials);
    check("Temporary", &Temporary { credentials: credentials.clone(), expires: None });
    check("Source", &Source::from(credentials.clone()));

    let mut json = String::from(r#"{"channelArn":"arn:aws:ivs:us-west-2:123456789012:channel/a","metadata":"#);
    quote(&mut json, SECRET);
    json.push('}');
    let params = Params::new(&json);
    check("Params", &params);
    check("Reader", &Reader::new(&json));

    let mut config = Config::default();
    config.set("region", Value::Text("us-west-2"));
    let keys = Rc::new(RefCell::new(KeyCache::new()));
    let client = Client::new(&SERVICE, config, keys.clone());
    let operation = SERVICE.find("putMetadata").expect("an operation");
    let prepared = client.prepare(&operation, params).expect("good parameters");
    check("Prepared", &prepared);
    let request = client.request(&operation, &prepared, params, Some(&credentials), 0).expect("a request");
    assert!(request.headers.iter().any(|header| header.value == SECRET), "the token is sent");
    check("http::Request", &request);
    check("http::Body", &request.body);
    check("Header", &request.headers);
    check("Client", &client);
    check("KeyCache", &keys);
    check("Encoded", &rest_json::encode(&operation, params).expect("JSON"));

    let headers = [("host", "h"), ("x-amz-security-token", SECRET)];
    let signable = sign::Request { method: "POST", path: "/", query: "", headers: &headers, body: SECRET };
    check("sign::Request", &signable);
    let canonical = canonical_request(signable, &[], "");
    assert!(canonical.text.contains(SECRET), "the token is signed");
    check("Canonical", &canonical);
    check("Key", &KeyCache::new().get(&credentials, "20240102", Scope { region: "us-west-2", service: "ivs" }));

    let reply = typed::Reply { status: 200, headers: Vec::new(), body: json.clone() };
    check("Reply", &reply);
    let input = PutMetadataRequest {
        channel_arn: "arn:aws:ivs:us-west-2:123456789012:channel/a".into(),
        metadata: SECRET.into(),
    };
    check("PutMetadataRequest", &input);
}
