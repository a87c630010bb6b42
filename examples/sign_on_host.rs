//! Signs a request and reads an answer, without JavaScript and without sending anything:
//! `cargo run --example sign_on_host`.

use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::{SystemTime, UNIX_EPOCH};

use ivs_wasm::call::Host;
use ivs_wasm::config::Config;
use ivs_wasm::credentials::Credentials;
use ivs_wasm::error::Error;
use ivs_wasm::http::{Loss, Request};
use ivs_wasm::typed::{parse, Client, GetChannelRequest, Reply};

/// A host that knows the time and the credentials, and sends nothing.
struct Signer(Rc<Credentials>);

impl Host for Signer {
    type Answer = Reply;

    fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    fn random(&self) -> f64 {
        0.5
    }

    async fn sleep(&self, _ms: f64) -> Result<(), Loss> {
        Ok(())
    }

    async fn credentials(&self) -> Result<Rc<Credentials>, Error> {
        Ok(self.0.clone())
    }

    fn renew(&self) -> bool {
        false
    }

    async fn send(&self, _request: &Request<'_>) -> Result<Reply, Loss> {
        Err(Loss::Unusable("This host only signs".into()))
    }
}

/// Runs a future that never has to wait.
fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("signing waits for nothing"),
    }
}

fn main() -> Result<(), Error> {
    // The keys of AWS's documentation, which open nothing.
    let credentials = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None);
    let client = Client::new(Config::in_region("us-west-2"), Signer(Rc::new(credentials)));
    let input = GetChannelRequest { arn: "arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh".into() };
    let signed = ready(client.sign(&input))?;

    print!("curl -X {} '{}'", signed.method, signed.url);
    // Headers say which of them are sensitive. These open nothing; do not print those of keys that do.
    for header in &signed.headers {
        print!(" -H '{}: {}'", header.name, header.value);
    }
    println!(" --data '{}'", signed.body.unwrap_or_default());

    // What came back, by whatever means it was sent.
    let answer = Reply {
        status: 200,
        body: r#"{"channel":{"name":"studio","type":"STANDARD","latencyMode":"LOW"}}"#.into(),
        ..Reply::default()
    };
    let channel = parse::<GetChannelRequest>(&answer)?.channel.unwrap_or_default();
    println!("{:?} is of type {:?}", channel.name, channel.r#type);

    let refusal = Reply {
        status: 404,
        headers: vec![("x-amzn-errortype".into(), "ResourceNotFoundException".into())],
        body: r#"{"exceptionMessage":"Resource not found"}"#.into(),
    };
    match parse::<GetChannelRequest>(&refusal) {
        Err(error) => println!("{} {:?}: {}", error.code, error.status, error.message),
        Ok(_) => println!("no error"),
    }
    Ok(())
}
