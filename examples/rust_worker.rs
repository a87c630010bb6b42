//! A Cloudflare Worker in Rust. Its entry in JavaScript is `tests/rust-worker/worker.js`.
//!
//! `GET /` lists the channels, `POST /?name=…` creates one.
#![cfg(target_arch = "wasm32")]

use ivs_wasm::config::Config;
use ivs_wasm::credentials::Credentials;
use ivs_wasm::error::Error;
use ivs_wasm::typed::{to_json, Client, CreateChannelRequest, FetchHost, ListChannelsRequest};
use wasm_bindgen::prelude::*;
use web_sys::{Request, Response, ResponseInit, Url};

#[wasm_bindgen]
extern "C" {
    /// The variables and secrets of the Worker.
    pub type Env;
    #[wasm_bindgen(method, getter, structural, js_name = AWS_ACCESS_KEY_ID)]
    fn access_key_id(this: &Env) -> String;
    #[wasm_bindgen(method, getter, structural, js_name = AWS_SECRET_ACCESS_KEY)]
    fn secret_access_key(this: &Env) -> String;
    #[wasm_bindgen(method, getter, structural, js_name = AWS_REGION)]
    fn region(this: &Env) -> String;
    /// For tests: an endpoint in place of AWS's.
    #[wasm_bindgen(method, getter, structural, js_name = IVS_ENDPOINT)]
    fn endpoint(this: &Env) -> Option<String>;
}

/// Answers a request. The name is not `fetch`, which would hide the function that calls are sent by.
#[wasm_bindgen]
pub async fn handle(request: Request, env: Env) -> Result<Response, JsValue> {
    let init = ResponseInit::new();
    let text = match answer(&request, &env).await {
        Ok(json) => json,
        Err(error) => {
            init.set_status(error.status.unwrap_or(500));
            error.to_string()
        }
    };
    Response::new_with_opt_str_and_init(Some(&text), &init)
}

async fn answer(request: &Request, env: &Env) -> Result<String, Error> {
    let mut config = Config::in_region(env.region());
    config.endpoint = env.endpoint();
    let credentials = Credentials::new(&env.access_key_id(), &env.secret_access_key(), None);
    let client = Client::new(config, FetchHost::new(credentials));

    if request.method() == "POST" {
        let name = Url::new(&request.url()).ok().and_then(|url| url.search_params().get("name"));
        let made = client.create_channel(CreateChannelRequest { name, ..Default::default() }).await?;
        return to_json(&made.channel);
    }
    let channels = client.list_channels_pages(ListChannelsRequest::default()).collect().await?;
    to_json(&channels)
}
