//! Where requests go: the partition's hostname for a region, or the endpoint that was given.

use alloc::string::String;

use crate::model::Service;
use crate::text;
use crate::validate::is_no_label;

/// What an endpoint depends on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Params<'a> {
    /// The region, pseudo regions included.
    pub region: &'a str,
    /// Whether only FIPS-validated endpoints will do.
    pub fips: bool,
    /// Whether the host must be reachable by IPv6, too.
    pub dual_stack: bool,
    /// An endpoint to use in place of AWS's. It wins over `fips` and `dual_stack`.
    pub endpoint: Option<&'a str>,
    /// Whether an endpoint without a scheme means `http`.
    pub plain: bool,
}

/// Where to send requests.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Endpoint {
    /// `https` or `http`.
    pub scheme: &'static str,
    /// The hostname, with the port if it is not the scheme's own. This is the `host` that is signed.
    pub host: String,
    /// The path before every operation's own; empty, or with a slash at its front and none at its end.
    pub base_path: String,
    /// The region to sign for.
    pub region: String,
}

impl Endpoint {
    /// The hostname without a port.
    #[must_use]
    #[inline(always)]
    pub fn hostname(&self) -> &str {
        name_and_port(&self.host).0
    }
}

/// A host's name and port, the port empty if there is none. Colons within brackets belong to an IPv6 address.
fn name_and_port(host: &str) -> (&str, &str) {
    match text::cut_last(host, b':') {
        Some((name, port)) if !text::has(port, b']') => (name, port),
        _ => (host, ""),
    }
}

/// Whether `region` can be a label of a hostname: letters, digits and inner hyphens, at most 63.
#[must_use]
pub fn is_host_label(region: &str) -> bool {
    let last = region.len().wrapping_sub(1);
    last < 63
        && text::all(region, |byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && text::byte(region, 0) != b'-'
        && text::byte(region, last) != b'-'
}

/// The region that a pseudo region means, and whether its name asks for FIPS.
#[must_use]
pub fn real_region(region: &str) -> (String, bool) {
    let bare = bare(region);
    let fips = bare.len() < region.len();
    (text::copy(meant(bare, fips)), fips)
}

/// A region without what asks for FIPS at its front or end.
#[inline(never)]
fn bare(region: &str) -> &str {
    let mut starts = Some("fips-dkr- fips-prod- fips-");
    while let Some(start) = text::next(&mut starts, b' ') {
        if text::starts(region, start) {
            return text::after(region, start.len());
        }
    }
    let end = region.len().wrapping_sub(5);
    if text::same(text::after(region, end), "-fips") {
        return text::part(region, 0, end);
    }
    region
}

/// The region that a bare one means.
fn meant(bare: &str, fips: bool) -> &str {
    if text::same(bare, "aws-global") || fips && text::same(bare, "aws") {
        "us-east-1"
    } else if text::same(bare, "aws-us-gov-global") {
        "us-gov-west-1"
    } else {
        bare
    }
}

/// Whether a region is one of a partition: it is listed, or begins as the partition's do, with a word, a hyphen and digits.
fn covers(row: &'static str, region: &str) -> bool {
    let start = cell(row, 0);
    let rest = text::after(region, start.len());
    let word = text::place(rest, b'-');
    !start.is_empty()
        && text::starts(region, start)
        && word > 0
        && text::all(text::part(rest, 0, word), text::is_word)
        && text::whole(text::after(rest, word + 1)).is_some()
        || text::same(region, cell(row, 1))
}

/// What the hostnames of a region end with; as in AWS's main partition for a region nobody knows.
#[must_use]
#[inline(never)]
fn suffix(service: &Service, region: &str, dual_stack: bool) -> &'static str {
    let mut rows = Some(service.partitions);
    let mut found = "";
    while let Some(row) = text::next(&mut rows, b'\n') {
        // The main partition comes first and claims no region of its own.
        if found.is_empty() || covers(row, region) {
            found = cell(row, 2 + usize::from(dual_stack));
        }
    }
    found
}

/// Cell number `index` of a row.
fn cell(row: &'static str, index: usize) -> &'static str {
    text::nth(row, b' ', index)
}

/// Resolves the endpoint of a service.
///
/// # Errors
/// A sentence saying what is wrong with the region or the endpoint.
#[inline(always)]
pub fn resolve(service: &Service, params: Params<'_>) -> Result<Endpoint, String> {
    let bare = bare(params.region);
    let pseudo_fips = bare.len() < params.region.len();
    let region = meant(bare, pseudo_fips);
    let scheme = scheme(!params.plain);
    let mut endpoint = Endpoint { scheme, host: text::empty(), base_path: text::empty(), region: text::copy(region) };
    let mut what = "";
    let mut problem = "";
    if params.region.is_empty() {
        problem = "Missing region in config";
    } else if !is_host_label(region) {
        problem = "Invalid region in config";
    } else if let Some(given) = params.endpoint {
        let mut filled = text::copy(given);
        while text::fill(&mut filled, "{service}", service.endpoint_prefix)
            || text::fill(&mut filled, "{region}", region)
            || text::fill(&mut filled, "{scheme}", scheme)
        {}
        what = "Invalid endpoint in config: ";
        problem = custom(&mut endpoint, &filled, &text::lower(&filled));
    } else {
        let fips = if params.fips || pseudo_fips { "-fips." } else { "." };
        endpoint.host.push_str(service.endpoint_prefix);
        endpoint.host.push_str(fips);
        endpoint.host.push_str(region);
        endpoint.host.push_str(".");
        endpoint.host.push_str(suffix(service, region, params.dual_stack));
    }
    if problem.is_empty() {
        Ok(endpoint)
    } else {
        let mut sentence = text::copy(what);
        sentence.push_str(problem);
        Err(sentence)
    }
}

fn scheme(secure: bool) -> &'static str {
    text::part("https", 0, 4 + usize::from(secure))
}

/// Takes an endpoint as it was given, and the same in lower case. Gives what is wrong with it, if anything.
#[inline(always)]
fn custom(endpoint: &mut Endpoint, text: &str, lower: &str) -> &'static str {
    let mut start = 0;
    if let Some(at) = text::find(text, "://") {
        endpoint.scheme = scheme(at == 5);
        if !text::same(text::part(lower, 0, at), endpoint.scheme) {
            return "the scheme must be https or http";
        }
        start = at + 3;
    }
    if text::has(text, b'?') || text::has(text, b'#') {
        return "it must have no query and no fragment";
    }
    let host = text::nth(text::after(lower, start), b'/', 0);
    if text::has(host, b'@') {
        return "it must have no user name and no password";
    }
    let (name, port) = name_and_port(host);
    let end = name.len().wrapping_sub(1);
    let is_name = if text::byte(name, 0) == b'[' && text::byte(name, end) == b']' {
        text::all(text::part(name, 1, end), |b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.'))
    } else {
        text::all(name, |b| text::is_word(b) || matches!(b, b'-' | b'.'))
    };
    if name.is_empty() || !is_name || port.is_empty() && name.len() < host.len() {
        return "it must be a hostname, or a URL such as https://host:8443/path";
    }
    if !port.is_empty() && (text::byte(port, 0) == b'0' || text::whole(port).is_none_or(|port| port >= 65536)) {
        return "the port must be a number from 1 to 65535";
    }
    // The scheme's own port is not part of the host.
    let usual = if endpoint.scheme.len() == 5 { "443" } else { "80" };
    endpoint.host.push_str(if text::same(port, usual) { name } else { host });
    let mut segments = Some(text::after(text, start + host.len()));
    while let Some(segment) = text::next(&mut segments, b'/') {
        let is_plain = |b: u8| b.is_ascii_graphic() && !text::has(r#"\"<>{}|^`"#, b);
        if segment.is_empty() {
            continue;
        }
        // Who sends it writes an escaped dot as a dot.
        if !text::all(segment, is_plain) || is_no_label(segment) || text::find(lower, "%2e").is_some() {
            return "its path must be escaped and have no dot segments";
        }
        endpoint.base_path.push_str("/");
        endpoint.base_path.push_str(segment);
    }
    ""
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::model::ivs::SERVICE;

    fn given(endpoint: &str) -> Result<String, String> {
        resolve(&SERVICE, Params { region: "us-west-2", endpoint: Some(endpoint), ..Params::default() })
            .map(|e| [e.scheme, "://", &e.host, &e.base_path].concat())
    }

    #[test]
    fn endpoints_that_are_given() {
        for (text, url) in [
            ("h.example", "https://h.example"),
            ("h.example:8080", "https://h.example:8080"),
            ("https://h:8443/pre//fix/", "https://h:8443/pre/fix"),
            ("h.example/path", "https://h.example/path"),
            ("{service}.{region}.example", "https://ivs.us-west-2.example"),
            ("{scheme}://{service}.x", "https://ivs.x"),
            ("{region}.x", "https://us-west-2.x"),
            ("httpbin.example", "https://httpbin.example"),
            ("HTTPS://H:443", "https://h"),
            ("http://127.0.0.1:80/", "http://127.0.0.1"),
            ("http://[::1]:81", "http://[::1]:81"),
        ] {
            assert_eq!(given(text).as_deref(), Ok(url), "{text}");
        }
        for text in [
            "",
            "https://",
            "http://h/p?x=1",
            "https://user:pw@h",
            "ftp://h",
            "h:x",
            "h:70000",
            "h:",
            "a b",
            "https://h/../x",
            "https://h/%2e%2E/x",
            "https://h/.%2e",
            "http://h:0080",
            "h:0",
            "h\r\nx: y",
            "https://h/\u{e9}",
            "[::1",
        ] {
            assert!(given(text).is_err(), "{text}");
        }
    }

    #[test]
    fn regions() {
        let host = |region| resolve(&SERVICE, Params { region, ..Params::default() }).map(|e| e.host);
        assert_eq!(host("us-west-2").as_deref(), Ok("ivs.us-west-2.amazonaws.com"));
        assert_eq!(host("cn-north-1").as_deref(), Ok("ivs.cn-north-1.amazonaws.com.cn"));
        assert_eq!(host("eusc-de-east-1").as_deref(), Ok("ivs.eusc-de-east-1.amazonaws.eu"));
        assert_eq!(host("us-west-2-fips").as_deref(), Ok("ivs-fips.us-west-2.amazonaws.com"));
        assert_eq!(host("aws-us-gov-global").as_deref(), Ok("ivs.us-gov-west-1.amazonaws.com"));
        assert_eq!(host(""), Err("Missing region in config".into()));
        for region in ["a/b", "-a", "a-", "a.b", "us_west", "ü", "a\r\n"] {
            assert_eq!(host(region), Err("Invalid region in config".into()), "{region}");
        }
    }

    #[test]
    fn hostnames_lose_their_port() {
        let name = |text| {
            given(text).map(|_| {
                resolve(&SERVICE, Params { region: "r", endpoint: Some(text), ..Params::default() })
                    .unwrap()
                    .hostname()
                    .to_string()
            })
        };
        assert_eq!(name("h:81").as_deref(), Ok("h"));
        assert_eq!(name("http://[::1]:81").as_deref(), Ok("[::1]"));
        assert_eq!(name("http://[::1]").as_deref(), Ok("[::1]"));
    }
}
