//! Where requests go: the partition's hostname for a region, or the endpoint that was given.

use alloc::string::{String, ToString};

use crate::model::{Partition, Service};

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
    pub fn hostname(&self) -> &str {
        let host = self.host.as_str();
        match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => name,
            _ => host,
        }
    }
}

/// Whether `region` can be a label of a hostname: letters, digits and inner hyphens, at most 63.
#[must_use]
pub fn is_host_label(region: &str) -> bool {
    (1..=63).contains(&region.len())
        && region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !region.starts_with('-')
        && !region.ends_with('-')
}

/// The region that a pseudo region means, and whether its name asks for FIPS.
#[must_use]
pub fn real_region(region: &str) -> (String, bool) {
    let fips = region.starts_with("fips-") || region.ends_with("-fips");
    let stripped = if fips {
        ["fips-dkr-", "fips-prod-", "fips-"]
            .iter()
            .find_map(|prefix| region.strip_prefix(prefix))
            .or_else(|| region.strip_suffix("-fips"))
            .unwrap_or(region)
    } else {
        region
    };
    let real = match stripped {
        "aws-global" => "us-east-1",
        "aws-us-gov-global" => "us-gov-west-1",
        "aws" if fips => "us-east-1",
        other => other,
    };
    (real.to_string(), fips)
}

/// Whether the partition's pattern covers the region: one of its starts, a word, a hyphen and digits.
fn covers(partition: &Partition, region: &str) -> bool {
    let is_word = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    partition.others.split(' ').any(|other| other == region)
        || partition.starts.split(' ').filter(|start| !start.is_empty()).any(|start| {
            region.strip_prefix(start).and_then(|rest| rest.split_once('-')).is_some_and(|(word, number)| {
                is_word(word) && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
            })
        })
}

/// The partition of a region; AWS's main one for a region nobody knows.
#[must_use]
pub fn partition(service: &Service, region: &str) -> Option<&'static Partition> {
    service.partitions.iter().find(|partition| covers(partition, region)).or(service.partitions.first())
}

/// Resolves the endpoint of a service.
///
/// # Errors
/// A sentence saying what is wrong with the region or the endpoint.
pub fn resolve(service: &Service, params: Params<'_>) -> Result<Endpoint, String> {
    if params.region.is_empty() {
        return Err("Missing region in config".into());
    }
    let (region, pseudo_fips) = real_region(params.region);
    if !is_host_label(&region) {
        return Err("Invalid region in config".into());
    }
    if let Some(endpoint) = params.endpoint {
        let scheme = if params.plain { "http" } else { "https" };
        let filled = endpoint
            .replace("{service}", service.endpoint_prefix)
            .replace("{region}", &region)
            .replace("{scheme}", scheme);
        return custom(&filled, scheme, region).map_err(|problem| ["Invalid endpoint in config: ", problem].concat());
    }
    let suffix = partition(service, &region).map_or("", |partition| {
        if params.dual_stack {
            partition.dual_stack_suffix
        } else {
            partition.suffix
        }
    });
    let fips = if params.fips || pseudo_fips { "-fips." } else { "." };
    Ok(Endpoint {
        scheme: if params.plain { "http" } else { "https" },
        host: [service.endpoint_prefix, fips, &region, ".", suffix].concat(),
        base_path: String::new(),
        region,
    })
}

fn custom(text: &str, scheme: &'static str, region: String) -> Result<Endpoint, &'static str> {
    let strip = |prefix: &str| {
        let head = text.get(..prefix.len())?;
        head.eq_ignore_ascii_case(prefix).then(|| text.get(prefix.len()..)).flatten()
    };
    let (scheme, rest) = match (strip("https://"), strip("http://")) {
        (Some(rest), _) => ("https", rest),
        (_, Some(rest)) => ("http", rest),
        _ if text.contains("://") => return Err("the scheme must be https or http"),
        _ => (scheme, text),
    };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if rest.contains(['?', '#']) {
        return Err("it must have no query and no fragment");
    }
    if host.contains('@') {
        return Err("it must have no user name and no password");
    }
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (host, ""),
    };
    let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
    let is_v6 = name.starts_with('[')
        && name.ends_with(']')
        && name.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b'[' | b']' | b':' | b'.'));
    if name.is_empty() || !(is_name || is_v6) || host.ends_with(':') {
        return Err("it must be a hostname, or a URL such as https://host:8443/path");
    }
    if !port.is_empty() && port.parse::<u16>().is_err() {
        return Err("the port must be a number up to 65535");
    }
    let is_plain_path = path
        .bytes()
        .all(|b| b.is_ascii_graphic() && !matches!(b, b'\\' | b'"' | b'<' | b'>' | b'{' | b'}' | b'|' | b'^' | b'`'));
    if !is_plain_path || path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Err("its path must be escaped and have no dot segments");
    }
    let mut host = name.to_ascii_lowercase();
    if !matches!((scheme, port), (_, "") | ("https", "443") | ("http", "80")) {
        host.push(':');
        host.push_str(port);
    }
    let mut base_path = String::new();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        base_path.push('/');
        base_path.push_str(segment);
    }
    Ok(Endpoint { scheme, host, base_path, region })
}

#[cfg(test)]
mod tests {
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
