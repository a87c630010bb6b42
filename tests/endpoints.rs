//! Endpoints: botocore's 27 cases for IVS, the recorded table of hosts by region and variant, and
//! the forms in which SDK v2 takes an endpoint.

use ivs_wasm::endpoint::{real_region, resolve, Params};
use ivs_wasm::model::ivs::SERVICE;
use serde_json::Value;

fn data(text: &str) -> Value {
    serde_json::from_str(text).expect("test data is JSON")
}

/// The URL that requests go to, or what is wrong.
fn url(params: Params<'_>) -> Result<String, String> {
    let endpoint = resolve(&SERVICE, params)?;
    Ok(format!("{}://{}{}", endpoint.scheme, endpoint.host, endpoint.base_path))
}

/// Cases of botocore whose outcome differs on purpose: by SDK v2's contract an endpoint that is given
/// wins over the two flags, and a region is always needed, because requests are signed for one.
const DIFFERENT: &[(&str, Result<&str, &str>)] = &[
    (
        "For custom endpoint with region not set and fips disabled and dualstack disabled",
        Err("Missing region in config"),
    ),
    ("For custom endpoint with fips enabled and dualstack disabled", Ok("https://example.com")),
    ("For custom endpoint with fips disabled and dualstack enabled", Ok("https://example.com")),
    // botocore's text is "Invalid Configuration: Missing Region".
    ("Missing region", Err("Missing region in config")),
];

#[test]
fn cases_of_botocore() {
    let suite = data(include_str!("data/botocore/endpoint-tests-1.json"));
    let cases = suite["testCases"].as_array().expect("cases");
    assert_eq!(cases.len(), 27);
    let mut different = 0;
    for case in cases {
        let name = case["documentation"].as_str().expect("a name");
        let params = &case["params"];
        let ours = url(Params {
            region: params["Region"].as_str().unwrap_or(""),
            fips: params["UseFIPS"] == true,
            dual_stack: params["UseDualStack"] == true,
            endpoint: params["Endpoint"].as_str(),
            plain: false,
        });
        let theirs = match case["expect"]["endpoint"]["url"].as_str() {
            Some(url) => Ok(url),
            None => Err(case["expect"]["error"].as_str().expect("an error")),
        };
        let ours = ours.as_ref().map(String::as_str).map_err(String::as_str);
        if let Some((_, expected)) = DIFFERENT.iter().find(|(listed, _)| *listed == name) {
            different += 1;
            assert_ne!(ours, theirs, "{name}: listed as different, but is not");
            assert_eq!(ours, *expected, "{name}");
        } else {
            assert_eq!(ours, theirs, "{name}");
        }
    }
    assert_eq!(different, DIFFERENT.len());
    println!("botocore: 27 cases run, {different} different as listed");
}

#[test]
fn hosts_by_region_and_variant() {
    let rules = data(include_str!("data/endpoint-rules.json"));
    let observed = rules["observed"].as_object().expect("regions");
    let mut count = 0;
    for (region, variants) in observed {
        for (variant, expected) in variants.as_object().expect("variants") {
            let (fips, dual_stack) = match variant.as_str() {
                "plain" => (false, false),
                "fips" => (true, false),
                "dualstack" => (false, true),
                "fipsDualstack" => (true, true),
                other => panic!("variant {other}"),
            };
            let params = Params { region, fips, dual_stack, ..Params::default() };
            assert_eq!(url(params).as_deref(), Ok(expected.as_str().expect("a URL")), "{region} {variant}");
            assert_eq!(&resolve(&SERVICE, params).expect("resolved").region, region);
            count += 1;
        }
    }
    assert_eq!(count, 18 * 4);
}

#[test]
fn where_v2_is_wrong_the_newest_rules_hold() {
    let rules = data(include_str!("data/endpoint-rules.json"));
    let rows = rules["v2Differences"].as_array().expect("rows");
    assert_eq!(rows.len(), 14);
    for row in rows {
        let variant = row["variant"].as_str().expect("a variant").to_lowercase();
        let ours = url(Params {
            region: row["region"].as_str().expect("a region"),
            fips: variant.contains("fips"),
            dual_stack: variant.contains("dualstack"),
            ..Params::default()
        });
        assert_eq!(ours.as_deref(), Ok(row["newest"].as_str().expect("a URL")), "{row}");
        assert_ne!(ours.as_deref(), Ok(row["v2"].as_str().expect("a URL")), "{row}: no difference");
    }
}

#[test]
fn regions_of_the_facts_file_end_in_their_partitions_suffix() {
    let facts = data(include_str!("../src/model/ivs.json"));
    for partition in facts["partitions"].as_array().expect("partitions") {
        for region in partition["regions"].as_array().expect("regions") {
            let region = region.as_str().expect("a region");
            for (dual_stack, suffix) in [(false, "dnsSuffix"), (true, "dualStackDnsSuffix")] {
                let params = Params { region, dual_stack, ..Params::default() };
                let host = resolve(&SERVICE, params).expect("resolved").host;
                let real = real_region(region).0;
                let suffix = partition[suffix].as_str().expect("a suffix");
                assert_eq!(host, format!("ivs.{real}.{suffix}"), "{region}");
            }
        }
    }
}

#[test]
fn pseudo_regions_of_v2() {
    for (given, real, fips) in [
        ("fips-us-west-2", "us-west-2", true),
        ("us-west-2-fips", "us-west-2", true),
        ("fips-dkr-us-east-1", "us-east-1", true),
        ("fips-prod-us-east-1", "us-east-1", true),
        ("aws-global", "us-east-1", false),
        ("aws-us-gov-global", "us-gov-west-1", false),
        ("fips-aws-global", "us-east-1", true),
        ("aws-fips", "us-east-1", true),
        ("us-west-2", "us-west-2", false),
    ] {
        assert_eq!(real_region(given), (real.to_string(), fips), "{given}");
        let endpoint = resolve(&SERVICE, Params { region: given, ..Params::default() }).expect("resolved");
        assert_eq!(endpoint.region, real, "{given} is signed for");
        assert_eq!(endpoint.host.starts_with("ivs-fips."), fips, "{given}");
    }
}

#[test]
fn forms_of_an_endpoint_that_v2_takes() {
    for (given, plain, expected) in [
        ("h.example", false, "https://h.example"),
        ("h.example", true, "http://h.example"),
        ("h.example:8080", false, "https://h.example:8080"),
        ("https://h:8443/pre/fix/", false, "https://h:8443/pre/fix"),
        ("https://h:8443//pre///fix", false, "https://h:8443/pre/fix"),
        ("h.example/path", false, "https://h.example/path"),
        ("{service}.{region}.example", false, "https://ivs.us-west-2.example"),
        ("{scheme}://{service}.x", false, "https://ivs.x"),
        ("{scheme}://{service}.x", true, "http://ivs.x"),
        ("http://obj:81/q", false, "http://obj:81/q"),
        // Where v2 goes wrong the contract says what to do instead.
        ("httpbin.example", false, "https://httpbin.example"),
        ("HTTPS://H", false, "https://h"),
        // The scheme's own port is not part of the host that is signed.
        ("https://h:443", false, "https://h"),
        ("http://h:80/", false, "http://h"),
    ] {
        let params = Params { region: "us-west-2", endpoint: Some(given), plain, ..Params::default() };
        assert_eq!(url(params).as_deref(), Ok(expected), "{given}");
    }
}

#[test]
fn endpoints_that_are_refused() {
    for given in [
        "",
        "https://",
        "http://h/p?x=1",
        "https://h/#f",
        "https://user@h",
        "https://user:password@h",
        "ftp://h",
        "javascript://h",
        "https://h/a/../b",
        "https://h/a b",
        "h\r\nx-evil: 1",
        "https://h\u{0}",
        "https://h:99999",
        "https://h:-1",
        "//h",
    ] {
        let params = Params { region: "us-west-2", endpoint: Some(given), ..Params::default() };
        let problem = url(params).expect_err(given);
        assert!(problem.starts_with("Invalid endpoint in config"), "{given}: {problem}");
    }
}

#[test]
fn a_region_that_is_no_host_label_is_refused() {
    let long = "a".repeat(64);
    for region in ["evil.com/", "a.b", "-a", "a-", "a_b", "a b", "\u{e9}", "a\n", "a@b", "a:1", &long] {
        let endpoints = [None, Some("https://h")];
        for endpoint in endpoints {
            let params = Params { region, endpoint, ..Params::default() };
            assert_eq!(url(params), Err("Invalid region in config".to_string()), "{region:?}");
        }
    }
}
