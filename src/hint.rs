//! What to do about an error, where that can be known.

use alloc::string::String;

use crate::call::Client;
use crate::error::Error;
use crate::params::Params;
use crate::text;

/// Adds a hint to an error that has none.
#[must_use]
pub fn add(mut error: Error, client: &Client, params: Params<'_>) -> Error {
    if error.hint.is_none() {
        error.hint = other_region(&error, client, params).or_else(|| by_code(&error.code).map(String::from));
    }
    error
}

/// An ARN names its region, and a service of one region does not know the resources of another.
fn other_region(error: &Error, client: &Client, params: Params<'_>) -> Option<String> {
    let is_refusal = error.status.is_some_and(|status| (400..500).contains(&status));
    if !is_refusal || client.config.endpoint.is_some() {
        return None;
    }
    let own = client.endpoint().ok()?.region.as_str();
    let mut rest = params.text;
    while let Some(at) = text::find(rest, "\"arn:") {
        let arn = text::after(rest, at + 5);
        let mut fields = Some(arn);
        text::next(&mut fields, b':')?;
        let service = text::next(&mut fields, b':')?;
        let region = text::next(&mut fields, b':')?;
        if service == client.service.id && region != own && crate::endpoint::is_host_label(region) {
            let parts = ["The ARN is in ", region, ", this client in ", own, ". Make a client for ", region, "."];
            return Some(text::join(&parts));
        }
        rest = arn;
    }
    None
}

fn by_code(code: &str) -> Option<&'static str> {
    Some(match code {
        "ChannelNotBroadcasting" => "The channel is not live. Start the stream, or ask getStream before.",
        "UnrecognizedClientException" | "InvalidClientTokenId" => {
            "The access key is not known: it may be deleted, of another partition, or temporary and used without its sessionToken."
        }
        "ExpiredTokenException" | "ExpiredToken" => "The temporary credentials have expired. Give `credentials` as an async function, which is asked for new ones.",
        "InvalidSignatureException" | "SignatureDoesNotMatch" => "The secret access key may be wrong, or something on the way changes requests.",
        "NetworkingError" => "No answer was received: the host may be unreachable, or a page's origin refused by CORS or Content-Security-Policy.",
        _ => return None,
    })
}
