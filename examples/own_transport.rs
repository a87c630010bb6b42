//! A transport of one's own, over a plain `TcpStream`, against an endpoint on this machine:
//! `cargo run --example own_transport -- http://127.0.0.1:4566`.

use std::future::Future;
use std::io::{Error as IoError, Read, Write};
use std::net::TcpStream;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ivs_wasm::call::Host;
use ivs_wasm::config::Config;
use ivs_wasm::credentials::Credentials;
use ivs_wasm::error::Error;
use ivs_wasm::http::{Loss, Request};
use ivs_wasm::typed::*;

/// Sends by blocking sockets. A program with many calls at a time would await an asynchronous client here.
struct Sockets {
    source: Source,
}

impl Host for Sockets {
    type Answer = Reply;

    fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    fn random(&self) -> f64 {
        // Spreads retries of many machines; it guards nothing.
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        f64::from(since.subsec_nanos()) / 1e9
    }

    async fn sleep(&self, ms: f64) -> Result<(), Loss> {
        std::thread::sleep(Duration::from_secs_f64(ms / 1000.0));
        Ok(())
    }

    async fn credentials(&self) -> Result<Rc<Credentials>, Error> {
        self.source.get(self.now()).await
    }

    fn renew(&self) -> bool {
        self.source.renew()
    }

    async fn send(&self, request: &Request<'_>) -> Result<Reply, Loss> {
        let limit = request.timeout.map(|ms| Duration::from_secs_f64(ms / 1000.0));
        exchange(request, limit).map_err(|error| Loss::Network(error.to_string()))
    }
}

/// One request, one answer. HTTP/1.0, so that the answer ends with the connection.
fn exchange(request: &Request<'_>, limit: Option<Duration>) -> Result<Reply, IoError> {
    let unfit = |what: &str| IoError::other(what.to_string());
    let rest = request.url.strip_prefix("http://").ok_or_else(|| unfit("this transport has no TLS"))?;
    let (host, target) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let body = request.body.map_or("", |body| body.text());
    let mut head =
        format!("{} {target} HTTP/1.0\r\nhost: {host}\r\ncontent-length: {}\r\n", request.method, body.len());
    for header in &request.headers {
        head.push_str(&format!("{}: {}\r\n", header.name, header.value));
    }
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(limit)?;
    stream.write_all(format!("{head}\r\n{body}").as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(|| unfit("the answer has no end of headers"))?;
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
    let headers = lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.into(), value.into()));
    Ok(Reply {
        status: status.ok_or_else(|| unfit("the answer has no status"))?,
        headers: headers.collect(),
        body: body.into(),
    })
}

/// Runs a future whose host blocks instead of waiting, so that it is ready at once.
fn block_on<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("this host does not wait"),
    }
}

async fn tour(client: &Client<Sockets>) -> Result<(), Error> {
    let made = client
        .create_channel(CreateChannelRequest {
            name: Some("studio".into()),
            r#type: Some(ChannelType::Basic),
            ..Default::default()
        })
        .await?;
    let arn = made.channel.and_then(|channel| channel.arn).unwrap_or_default();
    println!("created {arn}");
    println!("its key: {:?}", made.stream_key.and_then(|key| key.value));

    let mut pages = client.list_channels_pages(ListChannelsRequest { max_results: Some(10), ..Default::default() });
    while let Some(page) = pages.next_page().await? {
        for channel in page.channels {
            println!("listed {:?}", channel.name);
        }
    }

    let tags = [("team".to_string(), "video".to_string())].into();
    client.tag_resource(TagResourceRequest { resource_arn: arn.clone(), tags }).await?;
    let tags = client.list_tags_for_resource(ListTagsForResourceRequest { resource_arn: arn.clone() }).await?.tags;
    println!("tagged {tags:?}");

    let metadata = PutMetadataRequest { channel_arn: arn.clone(), metadata: "goal".into() };
    match client.put_metadata(metadata).await {
        Ok(()) => println!("metadata sent"),
        Err(error) if error.code == "ChannelNotBroadcasting" => println!("nobody is live: {}", error.message),
        Err(error) => return Err(error),
    }

    client.delete_channel(DeleteChannelRequest { arn: arn.clone() }).await?;
    match client.get_channel(GetChannelRequest { arn }).await {
        Err(error) if error.code == "ResourceNotFoundException" => println!("deleted"),
        other => println!("still there: {other:?}"),
    }
    Ok(())
}

fn main() -> Result<(), Error> {
    let mut config = Config::in_region("us-west-2");
    config.endpoint = Some(std::env::args().nth(1).unwrap_or_else(|| "http://127.0.0.1:4566".into()));
    config.timeout = Some(5_000.0);
    // The keys that the local endpoint takes.
    let credentials = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None);
    let client = Client::new(config, Sockets { source: credentials.into() });
    block_on(tour(&client))
}
