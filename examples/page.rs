//! What a page in Rust (Yew, Leptos, or none of them) does: calls in the background, the outcome in the page.
#![cfg(target_arch = "wasm32")]

use ivs_wasm::config::Config;
use ivs_wasm::credentials::Credentials;
use ivs_wasm::error::Error;
use ivs_wasm::typed::{
    from_js, to_js, Client, FetchHost, GetStreamRequest, Source, Stream, StreamState, Temporary, Timestamp,
};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{spawn_local, JsFuture};

/// Temporary credentials from your own server: a page must not hold the keys of an account.
fn credentials(ask: Function) -> Source {
    Source::provider(move || {
        let asked = ask.call0(&JsValue::UNDEFINED);
        async move {
            let failed = |_| Error::new("CredentialsError", "The server gave no credentials");
            let given = JsFuture::from(Promise::resolve(&asked.map_err(failed)?)).await.map_err(failed)?;
            let text = |name: &str| Reflect::get(&given, &name.into()).ok().and_then(|value| value.as_string());
            let token = text("sessionToken");
            Ok(Temporary {
                credentials: Credentials::new(
                    &text("accessKeyId").unwrap_or_default(),
                    &text("secretAccessKey").unwrap_or_default(),
                    token.as_deref(),
                ),
                expires: text("expiration").and_then(|moment| Timestamp::parse(&moment)),
            })
        }
    })
}

/// Whether a channel is live, and who watches.
async fn live(client: &Client<FetchHost>, channel_arn: String) -> Result<Option<Stream>, Error> {
    match client.get_stream(GetStreamRequest { channel_arn }).await {
        Ok(answer) => Ok(answer.stream.filter(|stream| stream.state == Some(StreamState::Live))),
        Err(error) if error.code == "ChannelNotBroadcasting" => Ok(None),
        Err(error) => Err(error),
    }
}

/// Calls `show` with the stream, `null` when nobody is live, or an error.
#[wasm_bindgen]
pub fn watch(region: String, ask: Function, channel_arn: String, show: Function) {
    let client = Client::new(Config::in_region(region), FetchHost::new(credentials(ask)));
    spawn_local(async move {
        let outcome = match live(&client, channel_arn).await {
            Ok(Some(stream)) => to_js(&stream).unwrap_or_else(JsValue::from),
            Ok(None) => JsValue::NULL,
            Err(error) => error.into(),
        };
        let _ = show.call1(&JsValue::UNDEFINED, &outcome);
    });
}

/// A stream that JavaScript has, say from the npm package, as a structure.
#[wasm_bindgen]
pub fn viewers(stream: JsValue) -> Result<Option<f64>, JsValue> {
    let stream: Stream = from_js(&stream)?;
    // Counts are far below 2^53.
    #[allow(clippy::cast_precision_loss)]
    Ok(stream.viewer_count.map(|count| count as f64))
}
