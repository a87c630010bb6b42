//! Errors on their way to JavaScript.

use alloc::string::String;

use super::hand::Hand;
use crate::call::Client;
use crate::error::Error;
use crate::json::quote;
use crate::number::push_integer;
use crate::text;

/// What `make` in js/errors.js reads: values in the places of `~`, null for what is not known.
const TEMPLATE: &str = "{\"code\":~,\"message\":~,\"statusCode\":~,\"requestId\":~,\"retryable\":~,\"retryDelay\":~,\
    \"region\":~,\"hostname\":~,\"hint\":~,\"body\":~,\"originalError\":{\"code\":~,\"message\":~},\"errors\":[~],\
    \"$metadata\":{\"attempts\":~,\"totalRetryDelay\":~}}";

struct Fields {
    out: String,
    rest: Option<&'static str>,
}

impl Fields {
    /// Goes on to the next place.
    #[inline(never)]
    fn next(&mut self) -> &mut String {
        self.out.push_str(text::next(&mut self.rest, b'~').unwrap_or(""));
        &mut self.out
    }

    #[inline(never)]
    fn text(&mut self, value: Option<&str>) {
        let out = self.next();
        match value {
            Some(text) => quote(out, text),
            None => out.push_str("null"),
        }
    }

    /// As a function of its own, for a reference takes less to hand over than what is in it.
    #[inline(never)]
    fn known(&mut self, value: &Option<String>) {
        self.text(value.as_deref());
    }

    #[inline(never)]
    fn number(&mut self, value: Option<f64>) {
        let out = self.next();
        match value {
            // Statuses, counts and delays: whole numbers far below 2^53.
            #[allow(clippy::cast_possible_truncation)]
            Some(number) => push_integer(out, number as i64),
            None => out.push_str("null"),
        }
    }
}

/// Leaves the error with a call, as what it ended with.
#[inline(never)]
pub fn fail(hand: &Hand, error: Error, client: Option<&Client>) {
    hand.fail(&describe(&error, client));
}

/// The error as JavaScript makes it.
#[inline(never)]
pub fn describe(error: &Error, client: Option<&Client>) -> String {
    let endpoint = client.and_then(|client| client.endpoint().ok()).filter(|_| error.retryable.is_some());
    let mut fields = Fields { out: String::new(), rest: Some(TEMPLATE) };
    fields.text(Some(&error.code));
    fields.text(Some(&error.message));
    fields.number(error.status.map(f64::from));
    fields.known(&error.request_id);
    fields.next().push_str(error.retryable.map_or("null", |retryable| if retryable { "true" } else { "false" }));
    fields.number(error.retry_delay);
    fields.text(endpoint.map(|endpoint| endpoint.region.as_str()));
    fields.text(endpoint.map(|endpoint| endpoint.hostname()));
    fields.known(&error.hint);
    fields.known(&error.body);
    let original = error.original.as_ref();
    fields.text(original.map(|(code, _)| *code));
    fields.text(original.map(|(_, message)| message.as_str()));
    let out = fields.next();
    let mut start = "{\"code\":";
    for violation in &error.errors {
        out.push_str(start);
        quote(out, violation.code);
        out.push_str(",\"message\":");
        quote(out, &violation.message);
        out.push_str("}");
        start = ",{\"code\":";
    }
    fields.number(Some(f64::from(error.attempts)));
    fields.number(Some(error.total_delay));
    fields.next();
    fields.out
}
