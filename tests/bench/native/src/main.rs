//! The core alone, on the machine itself: what a call costs without WebAssembly, JavaScript and a network.
//! Prints JSON: microseconds for a call, the least of many rounds.

use std::hint::black_box;
use std::time::Instant;

use ivs_wasm::call::Client;
use ivs_wasm::config::{Config, Value};
use ivs_wasm::credentials::Credentials;
use ivs_wasm::model::ivs::SERVICE;
use ivs_wasm::params::Params;

const ROUNDS: usize = 60;
const CALLS: u32 = 2000;

fn least(mut call: impl FnMut()) -> f64 {
    (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            (0..CALLS).for_each(|_| call());
            start.elapsed().as_secs_f64() * 1e6 / f64::from(CALLS)
        })
        .fold(f64::INFINITY, f64::min)
}

fn main() {
    let mut config = Config::default();
    config.set("region", Value::Text("us-west-2"));
    let client = Client::new(&SERVICE, config, Default::default());
    let credentials = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None);
    let operation = SERVICE.find("putMetadata").expect("IVS has putMetadata");
    let measure = |bytes: usize| {
        let start = r#"{"channelArn":"arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh","metadata":""#;
        let text = format!("{start}{}\"}}", "m".repeat(bytes - start.len() - 2));
        least(|| {
            let params = Params::new(black_box(&text));
            let prepared = client.prepare(&operation, params).expect("the parameters are right");
            black_box(client.request(&operation, &prepared, params, Some(&credentials), 1_700_000_000_000).expect("the client is complete"));
        })
    };
    println!("{{\"sign-300\":{:.3},\"sign-1k\":{:.3}}}", measure(300), measure(1024));
}
