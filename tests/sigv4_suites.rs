//! The published SigV4 suites, every stage compared: canonical request, string to sign, signature.
//!
//! The newer suite has each request signed by headers and as a presigned URL; both are compared.

#[path = "support/vectors.rs"]
mod vectors;
#[path = "support/verifier.rs"]
mod verifier;

use ivs_wasm::credentials::Credentials;
use ivs_wasm::sign::{self, Key, KeyCache, Request, Scope};
use std::path::Path;
use vectors::{cases, data, read, RawRequest};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// Cases that are not run, by the reason.
const NOT_RUN: &[(&str, &[&str])] = &[
    (
        "folds . and .. and double slashes out of the path: the paths signed here are those of \
         operations and never hold any (such labels are refused, an endpoint's path is cleaned first)",
        &[
            "v4/get-relative-normalized",
            "v4/get-relative-relative-normalized",
            "v4/get-slash-dot-slash-normalized",
            "v4/get-slash-normalized",
            "v4/get-slash-pointless-dot-normalized",
            "v4/get-slashes-normalized",
            "normalize-path/get-relative",
            "normalize-path/get-relative-relative",
            "normalize-path/get-slash",
            "normalize-path/get-slash-dot-slash",
            "normalize-path/get-slash-pointless-dot",
            "normalize-path/get-slashes",
        ],
    ),
    (
        "an escaped path signed as it is, which is S3's way: all other services sign it escaped once more",
        &["v4/get-space-normalized"],
    ),
    (
        "signs content-type (and content-length), which the signer leaves alone as SDK v2 does, \
         because intermediaries and fetch change them",
        &[
            "v4/post-x-www-form-urlencoded",
            "v4/post-x-www-form-urlencoded-parameters",
            "post-x-www-form-urlencoded",
            "post-x-www-form-urlencoded-parameters",
        ],
    ),
    (
        "joins a folded header with commas; the newer suite has the same case with spaces, and that is run",
        &["get-header-value-multiline"],
    ),
];

fn reason(case: &str) -> Option<&'static str> {
    NOT_RUN.iter().find(|(_, cases)| cases.contains(&case)).map(|(reason, _)| *reason)
}

/// The products of signing, each by its name.
type Stages = Vec<(&'static str, String)>;

/// What our signer makes of a request, stage by stage.
fn stages(request: &RawRequest, added: &[(&str, &str)], scope: Scope<'_>, time: &str) -> Stages {
    let headers: Vec<(&str, &str)> =
        request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let query = wire_query(&request.query);
    let request =
        Request { method: &request.method, path: &request.path, query: &query, headers: &headers, body: &request.body };
    let canonical = sign::canonical_request(request, added, &sign::sha256_hex(request.body.as_bytes()));
    let credential_scope = sign::credential_scope(&time[..8], scope);
    let hash = sign::sha256_hex(canonical.text.as_bytes());
    let string_to_sign = sign::string_to_sign(time, &credential_scope, &hash);
    let signature = Key::derive(SECRET, &time[..8], scope).signature(&string_to_sign);
    vec![("canonical request", canonical.text), ("string to sign", string_to_sign), ("signature", signature)]
}

/// The suites write raw non-ASCII characters in the query; on the wire they are always escaped.
fn wire_query(query: &str) -> String {
    query
        .chars()
        .map(|c| if c.is_ascii() { c.to_string() } else { verifier::encode(c.to_string().as_bytes()) })
        .collect()
}

/// The first stage that differs from the expected ones; a file that is not there is not compared.
fn first_difference(ours: &Stages, expected: &[Option<String>]) -> Option<String> {
    assert_eq!(ours.len(), expected.len());
    ours.iter().zip(expected).find_map(|((stage, ours), expected)| {
        let expected = expected.as_ref()?;
        (ours != expected).then(|| format!("{stage}:\n--- suite\n{expected}\n--- ours\n{ours}\n"))
    })
}

/// Whatever else a case is about, what `sign` adds to its request must satisfy the other verifier.
fn signed_and_verified(request: &RawRequest, token: Option<&str>) -> Result<(), String> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for (name, value) in &request.headers {
        // The verifier has no rule for repeated headers; the stages above compare those.
        if !headers.iter().any(|(n, _)| n == name) && !name.to_lowercase().starts_with("x-amz-") {
            headers.push((name.clone(), value.clone()));
        }
    }
    let borrowed: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let query = wire_query(&request.query);
    let signed = sign::sign(
        Request {
            method: &request.method,
            path: &request.path,
            query: &query,
            headers: &borrowed,
            body: &request.body,
        },
        &Credentials::new("AKIDEXAMPLE", SECRET, token),
        Scope { region: "us-east-1", service: "service" },
        1_440_938_160_000,
        &mut KeyCache::new(),
    );
    for header in signed {
        headers.push((header.name.to_string(), header.value));
    }
    let received = verifier::Received {
        method: &request.method,
        path: &request.path,
        query: &query,
        headers: &headers,
        body: request.body.as_bytes(),
    };
    verifier::verify(&received, SECRET).map(|_| ())
}

fn finish(suite: &str, run: usize, not_run: &[String], failures: &[String]) {
    println!("{suite}: {run} cases run, {} not:", not_run.len());
    for case in not_run {
        println!("  {case}: {}", reason(case).expect("a reason"));
    }
    assert!(failures.is_empty(), "{} of {run} cases:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn aws_signing_test_suite() {
    let root = data().join("aws-signing-test-suite/v4");
    let (mut run, mut not_run, mut failures) = (0, Vec::new(), Vec::new());
    for folder in cases(&root, |file| file.ends_with("request.txt")) {
        let name = format!("v4/{}", folder.file_name().expect("a name").to_string_lossy());
        if reason(&name).is_some() {
            not_run.push(name);
            continue;
        }
        run += 1;
        let raw = std::fs::read_to_string(folder.join("request.txt")).expect("the request");
        let mut request = RawRequest::parse(raw.trim_start());
        let (scope, time, token) = context(&folder, &mut request);
        let mut added = vec![("x-amz-date", time.as_str())];
        if let Some(token) = &token {
            added.push(("x-amz-security-token", token));
        }
        let mut expected = ["canonical-request", "string-to-sign", "signature"]
            .map(|stage| read(&folder.join(format!("header-{stage}.txt"))));
        if expected[1].is_some() && expected[2].is_none() {
            // double-url-encode has its signature in the signed request only; double-encode-path
            // has only the canonical request (its signed request is of another day and key).
            let signed = read(&folder.join("header-signed-request.txt")).expect("the signed request");
            expected[2] = signed.split_once("Signature=").map(|(_, signature)| signature.trim().into());
        }
        let scope = Scope { region: &scope.0, service: &scope.1 };
        if let Some(difference) = first_difference(&stages(&request, &added, scope, &time), &expected) {
            failures.push(format!("{name}: {difference}"));
        }
        if let Err(problem) = signed_and_verified(&request, token.as_deref()) {
            failures.push(format!("{name}: {problem}"));
        }
    }
    assert_eq!((run, not_run.len()), (31, 9), "the suite's 40 cases");
    finish("aws-signing-test-suite", run, &not_run, &failures);
}

/// Scope, time and session token of a case of the newer suite.
fn context(folder: &Path, request: &mut RawRequest) -> ((String, String), String, Option<String>) {
    let Some(text) = read(&folder.join("context.json")) else {
        // The two cases that smithy-rs added have no context. Both were signed at this time,
        // although one carries another date in its request.
        request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("x-amz-date"));
        let scope = read(&folder.join("header-string-to-sign.txt")).map_or(
            ("us-east-1".to_string(), "service".to_string()),
            |to_sign| {
                let parts: Vec<&str> = to_sign.lines().nth(2).expect("a scope").split('/').collect();
                (parts[1].to_string(), parts[2].to_string())
            },
        );
        return (scope, "20210511T154045Z".to_string(), None);
    };
    let context: serde_json::Value = serde_json::from_str(&text).expect("context.json");
    assert_eq!(context["credentials"]["secret_access_key"], SECRET);
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_string();
    let time = text(&context["timestamp"]).replace(['-', ':'], "");
    let token = context["credentials"].get("token").map(text);
    let token = token.filter(|_| context["omit_session_token"] != true);
    ((text(&context["region"]), text(&context["service"])), time, token)
}

/// The pairs of a query string, in one order for all.
fn pairs(query: &str) -> Vec<&str> {
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.sort_unstable();
    pairs
}

#[test]
fn aws_signing_test_suite_as_urls() {
    let root = data().join("aws-signing-test-suite/v4");
    let (mut run, mut failures) = (0, Vec::new());
    for folder in cases(&root, |file| file.ends_with("query-signed-request.txt")) {
        let name = format!("v4/{}", folder.file_name().expect("a name").to_string_lossy());
        if reason(&name).is_some() {
            continue;
        }
        run += 1;
        let raw = std::fs::read_to_string(folder.join("request.txt")).expect("the request");
        let mut request = RawRequest::parse(raw.trim_start());
        let (scope, _, token) = context(&folder, &mut request);
        let scope = Scope { region: &scope.0, service: &scope.1 };
        let headers: Vec<(&str, &str)> =
            request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let query = wire_query(&request.query);
        let unsigned = Request {
            method: &request.method,
            path: &request.path,
            query: &query,
            headers: &headers,
            body: &request.body,
        };
        // All cases are of one moment, 2015-08-30T12:36:00Z.
        let credentials = Credentials::new("AKIDEXAMPLE", SECRET, token.as_deref());
        let made = sign::presign(unsigned, &credentials, scope, 1_440_938_160_000, "3600", &mut KeyCache::new());
        let signed = read(&folder.join("query-signed-request.txt")).expect("the signed request");
        let line = signed.lines().next().and_then(|line| line.strip_suffix(" HTTP/1.1")).expect("a line");
        let expected = wire_query(line.split_once('?').expect("a query").1);
        let mut expected = pairs(&expected);
        if token.is_none() {
            // One case adds the token after signing, as only few services want it.
            expected.retain(|pair| !pair.starts_with("X-Amz-Security-Token="));
        }
        if pairs(&made) != expected {
            failures.push(format!("{name}:\n--- suite\n{expected:?}\n--- ours\n{made}\n"));
        }
        if !made.split('&').is_sorted_by_key(|pair| pair.split_once('=')) {
            failures.push(format!("{name}: not in order: {made}"));
        }
    }
    assert_eq!(run, 29, "the 31 cases run above, without the two that have no URL");
    assert!(failures.is_empty(), "{} of {run} cases:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn aws_sig_v4_test_suite() {
    let root = data().join("aws-sig-v4-test-suite");
    let (mut run, mut not_run, mut failures) = (0, Vec::new(), Vec::new());
    for folder in cases(&root, |file| file.extension().is_some_and(|ext| ext == "req")) {
        let name = folder.strip_prefix(&root).expect("below").to_string_lossy().into_owned();
        if reason(&name).is_some() {
            not_run.push(name);
            continue;
        }
        run += 1;
        let leaf = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let file = |extension: &str| read(&folder.join(format!("{leaf}.{extension}")));
        let request = RawRequest::parse(&file("req").expect("the request"));
        let time = request.header("x-amz-date").expect("a date").to_string();
        let scope = Scope { region: "us-east-1", service: "service" };
        let signature = file("authz").expect("the header");
        let signature = signature.rsplit_once("Signature=").expect("a signature").1.to_string();
        let expected = [file("creq"), file("sts"), Some(signature)];
        assert!(expected.iter().all(Option::is_some), "{name}: every stage is there");
        if let Some(difference) = first_difference(&stages(&request, &[], scope, &time), &expected) {
            failures.push(format!("{name}: {difference}"));
        }
        if let Err(problem) = signed_and_verified(&request, None) {
            failures.push(format!("{name}: {problem}"));
        }
    }
    assert_eq!((run, not_run.len()), (22, 9), "the suite's 31 cases");
    finish("aws-sig-v4-test-suite", run, &not_run, &failures);
}

#[test]
fn every_case_not_run_is_in_a_suite() {
    for (_, names) in NOT_RUN {
        for name in *names {
            let folder = match name.strip_prefix("v4/") {
                Some(rest) => data().join("aws-signing-test-suite/v4").join(rest),
                None => data().join("aws-sig-v4-test-suite").join(name),
            };
            assert!(folder.is_dir(), "{name} is listed but there is no such case");
        }
    }
}

#[test]
fn the_verifier_refuses_what_was_changed() {
    let headers = |signature: &str| {
        vec![
            ("host".to_string(), "example.amazonaws.com".to_string()),
            ("x-amz-date".to_string(), "20150830T123600Z".to_string()),
            (
                "authorization".to_string(),
                format!(
                    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
                     SignedHeaders=host;x-amz-date, Signature={signature}"
                ),
            ),
        ]
    };
    // get-vanilla of the suite, so the verifier itself is checked against AWS's own answer.
    let good = headers("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    let verify = |method: &str, path: &str, query: &str, headers: &[(String, String)], secret: &str| {
        verifier::verify(&verifier::Received { method, path, query, headers, body: b"" }, secret)
    };
    assert!(verify("GET", "/", "", &good, SECRET).is_ok());
    assert!(verify("PUT", "/", "", &good, SECRET).is_err(), "another method");
    assert!(verify("GET", "/x", "", &good, SECRET).is_err(), "another path");
    assert!(verify("GET", "/", "a=b", &good, SECRET).is_err(), "another query");
    assert!(verify("GET", "/", "", &good, "other").is_err(), "another secret");
    let bad = headers("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf32");
    assert!(verify("GET", "/", "", &bad, SECRET).is_err(), "another signature");
    let mut unsigned = good.clone();
    unsigned.push(("x-amz-security-token".into(), "t".into()));
    assert!(verify("GET", "/", "", &unsigned, SECRET).is_err(), "an unsigned token");
}
