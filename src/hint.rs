//! What to do about an error, where that can be known.

use crate::call::Client;
use crate::endpoint::is_host_label;
use crate::error::{fill, looked_up, Error};
use crate::params::Params;
use crate::text;

/// Codes, or beginnings of codes, of which something is known, and what is known. What is said twice costs a few bytes: it
/// is compressed.
const HINTS: &str = "\
ChannelNotBroadcasting=The channel is not live. Start the stream, or ask getStream before.
UnrecognizedClientException=The access key is not known: it may be deleted, of another partition, or temporary and used without its sessionToken.
InvalidClientTokenId=The access key is not known: it may be deleted, of another partition, or temporary and used without its sessionToken.
ExpiredToken=The temporary credentials have expired. Give `credentials` as an async function, which is asked for new ones.
InvalidSignatureException=The secret access key may be wrong, or something on the way changes requests.
SignatureDoesNotMatch=The secret access key may be wrong, or something on the way changes requests.
SyntaxError=What answered is not IVS. Check `endpoint`, and proxies on the way.
NetworkingError=No answer: the host may be unreachable, or a page's origin refused by CORS or Content-Security-Policy.";

/// Adds a hint to an error that has none.
#[must_use]
pub fn add(mut error: Error, client: &Client, params: Params<'_>) -> Error {
    if error.hint.is_none() {
        let known = looked_up(HINTS, &error.code);
        if !known.is_empty() {
            fill(&mut error.hint, known);
            return error;
        }
        // A service of one region does not know the resources of another.
        let is_refused = error.status.is_some_and(|status| (400..500).contains(&status));
        let own = match &client.endpoint {
            Ok(endpoint) if is_refused && client.config.endpoint.is_none() => endpoint.region.as_str(),
            _ => "",
        };
        let region = if own.is_empty() { "" } else { other_region(params, client.service.id, own) };
        if !region.is_empty() {
            let sentence = "The ARN is in ~, this client in ~. Make a client for ~.";
            fill(&mut error.hint, &text::say(sentence, &[region, own, region]));
        }
    }
    error
}

/// The region in the first ARN of the service that is in another one than `own`; empty if there is none.
fn other_region<'p>(params: Params<'p>, service: &str, own: &str) -> &'p str {
    // Every other part is a string of the parameters; what is between them begins like no ARN. A quote behind a backslash is part of a
    // string, and what follows it of somebody's own JSON.
    let mut rest = Some(params.text);
    let mut before = "";
    while let Some(part) = text::next(&mut rest, b'"') {
        let is_inside = text::byte(before, before.len().wrapping_sub(1)) == b'\\';
        before = part;
        // arn:partition:service:region:…
        if !is_inside && text::starts(part, "arn:") && text::same(text::nth(part, b':', 2), service) {
            let region = text::nth(part, b':', 3);
            if !text::same(region, own) && is_host_label(region) {
                return region;
            }
        }
    }
    ""
}
