//! A second opinion on Signature Version 4: recomputes the signature of a finished request
//! from what would be on the wire. Written from the published description of the algorithm,
//! with its own encoder and another SHA-256 than the core's, so that a mistake has to be made
//! twice to go unseen.
#![allow(dead_code)] // each test program uses a part of it

use hmac_sha256::{Hash, HMAC};

/// A request as a server receives it.
#[derive(Debug)]
pub struct Received<'a> {
    pub method: &'a str,
    /// The request target before `?`, undecoded.
    pub path: &'a str,
    /// The request target after `?`, undecoded.
    pub query: &'a str,
    pub headers: &'a [(String, String)],
    pub body: &'a [u8],
}

/// What an `Authorization` header claims.
#[derive(Debug, PartialEq, Eq)]
pub struct Claim {
    pub access_key_id: String,
    pub day: String,
    pub region: String,
    pub service: String,
    pub signed_headers: Vec<String>,
    pub signature: String,
}

/// Checks the request's signature and returns the claim, or says which step disagrees.
pub fn verify(request: &Received<'_>, secret: &str) -> Result<Claim, String> {
    let claim = claim(header(request, "authorization").ok_or("no authorization header")?)?;
    let date = header(request, "x-amz-date").ok_or("no x-amz-date header")?;
    if !date.starts_with(&claim.day) {
        return Err(format!("the scope's day {} is not that of {date}", claim.day));
    }
    let mut sorted = claim.signed_headers.clone();
    sorted.sort();
    sorted.dedup();
    if sorted != claim.signed_headers {
        return Err(format!("SignedHeaders not sorted: {:?}", claim.signed_headers));
    }
    for (name, _) in request.headers {
        let name = name.to_lowercase();
        if (name == "host" || name.starts_with("x-amz-")) && !claim.signed_headers.contains(&name) {
            return Err(format!("{name} is sent but not signed"));
        }
    }
    let body_hash = hex(&Hash::hash(request.body));
    if let Some(sent) = header(request, "x-amz-content-sha256") {
        if sent != body_hash {
            return Err(format!("x-amz-content-sha256 is {sent}, the body's is {body_hash}"));
        }
    }
    let canonical = canonical_request(request, &claim.signed_headers, &body_hash)?;
    let scope = format!("{}/{}/{}/aws4_request", claim.day, claim.region, claim.service);
    let to_sign = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hex(&Hash::hash(canonical.as_bytes())));
    let mut key = HMAC::mac(claim.day.as_bytes(), format!("AWS4{secret}").as_bytes());
    for part in [claim.region.as_str(), claim.service.as_str(), "aws4_request"] {
        key = HMAC::mac(part.as_bytes(), key);
    }
    let expected = hex(&HMAC::mac(to_sign.as_bytes(), key));
    if expected != claim.signature {
        return Err(format!(
            "signature is {}, should be {expected} for canonical request:\n{canonical}",
            claim.signature
        ));
    }
    Ok(claim)
}

fn claim(text: &str) -> Result<Claim, String> {
    let rest = text.strip_prefix("AWS4-HMAC-SHA256 ").ok_or(format!("algorithm of {text}"))?;
    let mut parts = rest.split(", ");
    let mut field = |name: &str| {
        parts
            .next()
            .and_then(|part| part.strip_prefix(name))
            .and_then(|part| part.strip_prefix('='))
            .ok_or(format!("no {name} at its place in {text}"))
    };
    let credential = field("Credential")?;
    let signed_headers = field("SignedHeaders")?;
    let signature = field("Signature")?;
    let scope: Vec<&str> = credential.split('/').collect();
    let [access_key_id, day, region, service, "aws4_request"] = scope[..] else {
        return Err(format!("credential scope {credential}"));
    };
    Ok(Claim {
        access_key_id: access_key_id.into(),
        day: day.into(),
        region: region.into(),
        service: service.into(),
        signed_headers: signed_headers.split(';').map(String::from).collect(),
        signature: signature.into(),
    })
}

fn canonical_request(request: &Received<'_>, signed: &[String], body_hash: &str) -> Result<String, String> {
    let path: Vec<String> = request.path.split('/').map(|s| encode(s.as_bytes())).collect();
    let mut pairs: Vec<(String, String)> = request
        .query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (encode(&decode(name)), encode(&decode(value)))
        })
        .collect();
    pairs.sort();
    let query: Vec<String> = pairs.iter().map(|(n, v)| format!("{n}={v}")).collect();
    let mut lines = String::new();
    for name in signed {
        let value = header(request, name).ok_or(format!("{name} is signed but not sent"))?;
        let value: Vec<&str> = value.split(' ').filter(|word| !word.is_empty()).collect();
        lines.push_str(&format!("{name}:{}\n", value.join(" ")));
    }
    Ok(format!(
        "{}\n{}\n{}\n{lines}\n{}\n{body_hash}",
        request.method,
        path.join("/"),
        query.join("&"),
        signed.join(";")
    ))
}

fn header<'a>(request: &'a Received<'_>, name: &str) -> Option<&'a str> {
    let found = request.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

/// Percent-encodes all but RFC 3986's unreserved characters.
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::new();
    for &b in bytes {
        if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
            out.push(b as char);
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    out
}

/// Undoes percent-encoding; anything else stays.
pub fn decode(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match (bytes[at], pair.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
