//! The WebSocket itself.
//!
//! Owns: name, TCP, TLS, the upgrade and its refusal, sending and receiving messages. The only user of the library.
//! Never: decides; every fault becomes a [`ConnectFailure`] or a close code. Never logs the URL: it holds the key.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error as WsError, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};
use url::{Host, Position, Url};

use super::machine::ConnectFailure;
use super::protocol::{VERSION, upgrade_reason};
use crate::net::answer::{Answer, classify};
use crate::net::percent_encoded;
use crate::redact::Secret;

/// Messages above this end the connection; up to it they are read, and above [`super::protocol::MAX_FRAME`] dropped.
/// The server sends at most 3,000 kB.
const MAX_MESSAGE: usize = 4 * 1024 * 1024;
/// A frame that the network does not take in this time has no network.
const SEND_LIMIT: Duration = Duration::from_secs(10);
/// How long saying goodbye may take.
const CLOSE_LIMIT: Duration = Duration::from_secs(1);
/// Close code of an end without a close frame.
const ABNORMAL: u16 = 1006;

/// Where to connect and with which key.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// The project's address as [`crate::config::ClientConfig`] has it: scheme, host, port.
    pub url: String,
    /// The project's anon or publishable key.
    pub key: Secret,
    /// The shared TLS set-up (`net::tls`).
    pub tls: Arc<ClientConfig>,
}

/// One message of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Received {
    /// A text frame.
    Text(String),
    /// A binary frame.
    Binary(Vec<u8>),
    /// The end, with its close code.
    Closed(u16),
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// An open socket.
pub(super) struct Socket {
    stream: Box<WebSocketStream<Box<dyn Stream>>>,
}

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Socket")
    }
}

/// Why a socket did not open.
enum Unopened {
    /// Name, TCP or TLS, or what came is not HTTP.
    Unreachable,
    /// Another answer than an upgrade: the status and the beginning of the body.
    Answered(u16, Vec<u8>),
}

/// How long [`opens`] waits.
const OPEN_LIMIT: Duration = Duration::from_secs(10);

/// What came of an attempt to open a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Opening {
    /// It opened, and was closed again.
    Opened,
    /// Something answered, but not with an upgrade.
    Answered(Answer),
    /// Name, TCP or TLS; or the connection broke off.
    Unreachable,
    /// Nothing came within 10 s.
    TimedOut,
}

/// Whether a socket opens now, within 10 s; it is closed again at once. For the doctor.
pub(crate) async fn opens(endpoint: Endpoint) -> Opening {
    match tokio::time::timeout(OPEN_LIMIT, Socket::open(&endpoint)).await {
        Ok(Ok(socket)) => {
            socket.close().await;
            Opening::Opened
        }
        Ok(Err(Unopened::Answered(status, body))) => {
            Opening::Answered(classify(status, None, &body))
        }
        Ok(Err(Unopened::Unreachable)) => Opening::Unreachable,
        Err(_) => Opening::TimedOut,
    }
}

impl Socket {
    /// Opens a socket. The machine bounds the time it may take.
    pub(super) async fn connect(endpoint: Endpoint) -> Result<Self, ConnectFailure> {
        Self::open(&endpoint)
            .await
            .map_err(|failure| match failure {
                Unopened::Unreachable => ConnectFailure::Unreachable,
                Unopened::Answered(status, body) => {
                    ConnectFailure::Refused(status, upgrade_reason(&body))
                }
            })
    }

    async fn open(endpoint: &Endpoint) -> Result<Self, Unopened> {
        let place = Place::of(&endpoint.url).ok_or(Unopened::Unreachable)?;
        let stream = dial(&place, &endpoint.tls).await;
        let stream = stream.map_err(|_| Unopened::Unreachable)?;
        let config = WebSocketConfig::default()
            .max_message_size(Some(MAX_MESSAGE))
            .max_frame_size(Some(MAX_MESSAGE));
        let url = upgrade_url(&place, &endpoint.key);
        match client_async_with_config(url, stream, Some(config)).await {
            Ok((stream, _)) => Ok(Self {
                stream: Box::new(stream),
            }),
            Err(WsError::Http(answer)) => {
                let body = answer.body().clone().unwrap_or_default();
                Err(Unopened::Answered(answer.status().as_u16(), body))
            }
            Err(_) => Err(Unopened::Unreachable),
        }
    }

    /// Sends one text frame.
    ///
    /// # Errors
    /// The close code when the socket is gone, or takes nothing for 10 s.
    pub(super) async fn send(&mut self, text: String) -> Result<(), u16> {
        let sent = self.stream.send(Message::text(text));
        match tokio::time::timeout(SEND_LIMIT, sent).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(ABNORMAL),
        }
    }

    /// The next message. Dropping the future loses nothing. After [`Received::Closed`] the socket is of no use.
    pub(super) async fn next(&mut self) -> Received {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => return Received::Text(text.as_str().to_owned()),
                Some(Ok(Message::Binary(bytes))) => return Received::Binary(bytes.to_vec()),
                Some(Ok(Message::Close(frame))) => {
                    let code = frame.map_or(ABNORMAL, |frame| frame.code.into());
                    return Received::Closed(code);
                }
                // The library answers pings itself.
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
                Some(Err(_)) | None => return Received::Closed(ABNORMAL),
            }
        }
    }

    /// Says goodbye if the network lets it, and forgets the socket in any case.
    pub(super) async fn close(mut self) {
        // A failed goodbye changes nothing: the connection is dropped either way.
        let _ = tokio::time::timeout(CLOSE_LIMIT, (*self.stream).close(None)).await;
    }
}

async fn dial(place: &Place, tls: &Arc<ClientConfig>) -> io::Result<Box<dyn Stream>> {
    let tcp = TcpStream::connect((place.host.as_str(), place.port)).await?;
    // Hints are small and wanted at once. A stack that cannot switch delaying off is only slower.
    let _ = tcp.set_nodelay(true);
    if !place.secure {
        return Ok(Box::new(tcp));
    }
    let name = ServerName::try_from(place.host.clone()).map_err(io::Error::other)?;
    let stream = TlsConnector::from(Arc::clone(tls)).connect(name, tcp);
    Ok(Box::new(stream.await?))
}

/// A checked address, taken apart by the parser that checked it.
struct Place {
    secure: bool,
    /// A name or an address, without brackets.
    host: String,
    port: u16,
    /// Host and port as they are written in a URL.
    authority: String,
}

impl Place {
    fn of(url: &str) -> Option<Self> {
        let url = Url::parse(url).ok()?;
        let host = match url.host()? {
            Host::Domain(name) => name.to_owned(),
            Host::Ipv4(ip) => ip.to_string(),
            Host::Ipv6(ip) => ip.to_string(),
        };
        Some(Self {
            secure: url.scheme() == "https",
            host,
            port: url.port_or_known_default()?,
            authority: url[Position::BeforeHost..Position::AfterPort].to_owned(),
        })
    }
}

fn upgrade_url(place: &Place, key: &Secret) -> String {
    let scheme = if place.secure { "wss" } else { "ws" };
    let authority = &place.authority;
    // Keys are JWTs or `sb_...`, which need no escape; anything else must not change the query.
    let key = percent_encoded(key.expose());
    format!("{scheme}://{authority}/realtime/v1/websocket?apikey={key}&vsn={VERSION}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(url: &str) -> Place {
        Place::of(url).unwrap()
    }

    #[test]
    fn the_upgrade_url_has_the_path_the_key_and_the_version() {
        let url = upgrade_url(&place("https://abcd.supabase.co"), &Secret::new("a.b-c_d"));
        assert_eq!(
            url,
            "wss://abcd.supabase.co/realtime/v1/websocket?apikey=a.b-c_d&vsn=2.0.0"
        );
        let odd = upgrade_url(&place("http://[::1]:9"), &Secret::new("a&vsn=1#"));
        assert_eq!(
            odd,
            "ws://[::1]:9/realtime/v1/websocket?apikey=a%26vsn%3D1%23&vsn=2.0.0"
        );
    }

    #[test]
    fn hosts_and_ports_are_told_apart() {
        let parts = |url| {
            let place = place(url);
            (place.secure, place.host, place.port)
        };
        let is = |secure, host: &str, port| (secure, host.to_owned(), port);
        assert_eq!(parts("https://h.co"), is(true, "h.co", 443));
        assert_eq!(parts("http://h.co"), is(false, "h.co", 80));
        assert_eq!(parts("https://h.co:1"), is(true, "h.co", 1));
        assert_eq!(parts("https://[::1]:2"), is(true, "::1", 2));
        assert_eq!(parts("https://[::1]"), is(true, "::1", 443));
        assert!(Place::of("https://h.co:x").is_none());
    }
}
