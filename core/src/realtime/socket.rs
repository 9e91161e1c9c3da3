//! The WebSocket itself.
//!
//! Owns: name, TCP, TLS, the upgrade and its refusal, sending and receiving messages. The only user of the library.
//! Never: decides; every fault becomes a [`ConnectFailure`] or a close code. Never logs the URL: it holds the key.

use std::fmt;
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

use super::machine::ConnectFailure;
use super::protocol::{Version, upgrade_reason};
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

/// How long [`opens`] waits.
const OPEN_LIMIT: Duration = Duration::from_secs(10);

/// Whether a socket opens now, within 10 s; it is closed again at once. For the doctor.
pub async fn opens(endpoint: Endpoint) -> bool {
    match tokio::time::timeout(OPEN_LIMIT, Socket::connect(endpoint)).await {
        Ok(Ok(socket)) => {
            socket.close().await;
            true
        }
        Ok(Err(_)) | Err(_) => false,
    }
}

impl Socket {
    /// Opens a socket. The machine bounds the time it may take.
    pub(super) async fn connect(endpoint: Endpoint) -> Result<Self, ConnectFailure> {
        let (secure, authority) = split(&endpoint.url).ok_or(ConnectFailure::Unreachable)?;
        let stream = dial(secure, authority, &endpoint.tls).await?;
        let config = WebSocketConfig::default()
            .max_message_size(Some(MAX_MESSAGE))
            .max_frame_size(Some(MAX_MESSAGE));
        let url = upgrade_url(secure, authority, &endpoint.key);
        match client_async_with_config(url, stream, Some(config)).await {
            Ok((stream, _)) => Ok(Self {
                stream: Box::new(stream),
            }),
            Err(WsError::Http(answer)) => {
                let body = answer.body().as_deref().unwrap_or_default();
                Err(ConnectFailure::Refused(
                    answer.status().as_u16(),
                    upgrade_reason(body),
                ))
            }
            Err(_) => Err(ConnectFailure::Unreachable),
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

async fn dial(
    secure: bool,
    authority: &str,
    tls: &Arc<ClientConfig>,
) -> Result<Box<dyn Stream>, ConnectFailure> {
    let lost = |_| ConnectFailure::Unreachable;
    let (host, port) = host_and_port(secure, authority).ok_or(ConnectFailure::Unreachable)?;
    let tcp = TcpStream::connect((host, port)).await.map_err(lost)?;
    // Hints are small and wanted at once. A stack that cannot switch delaying off is only slower.
    let _ = tcp.set_nodelay(true);
    if !secure {
        return Ok(Box::new(tcp));
    }
    let name = ServerName::try_from(host.to_owned()).map_err(|_| ConnectFailure::Unreachable)?;
    let stream = TlsConnector::from(Arc::clone(tls)).connect(name, tcp);
    Ok(Box::new(stream.await.map_err(lost)?))
}

fn split(url: &str) -> Option<(bool, &str)> {
    match url.split_once("://")? {
        ("https", authority) => Some((true, authority)),
        ("http", authority) => Some((false, authority)),
        _ => None,
    }
}

/// Host without brackets, and the port or the scheme's own.
fn host_and_port(secure: bool, authority: &str) -> Option<(&str, u16)> {
    let default = if secure { 443 } else { 80 };
    if let Some(rest) = authority.strip_prefix('[') {
        let (host, port) = rest.split_once(']')?;
        let port = port
            .strip_prefix(':')
            .map_or(Some(default), |p| p.parse().ok())?;
        return Some((host, port));
    }
    match authority.rsplit_once(':') {
        Some((host, port)) => Some((host, port.parse().ok()?)),
        None => Some((authority, default)),
    }
}

fn upgrade_url(secure: bool, authority: &str, key: &Secret) -> String {
    let scheme = if secure { "wss" } else { "ws" };
    let key = percent_encoded(key.expose());
    let vsn = Version::V2.as_str();
    format!("{scheme}://{authority}/realtime/v1/websocket?apikey={key}&vsn={vsn}")
}

/// Keys are JWTs or `sb_...`, which need no escape; anything else must not change the query.
fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_upgrade_url_has_the_path_the_key_and_the_version() {
        let url = upgrade_url(true, "abcd.supabase.co", &Secret::new("a.b-c_d"));
        assert_eq!(
            url,
            "wss://abcd.supabase.co/realtime/v1/websocket?apikey=a.b-c_d&vsn=2.0.0"
        );
        let odd = upgrade_url(false, "[::1]:9", &Secret::new("a&vsn=1#"));
        assert_eq!(
            odd,
            "ws://[::1]:9/realtime/v1/websocket?apikey=a%26vsn%3D1%23&vsn=2.0.0"
        );
    }

    #[test]
    fn hosts_and_ports_are_told_apart() {
        assert_eq!(host_and_port(true, "h.co"), Some(("h.co", 443)));
        assert_eq!(host_and_port(false, "h.co"), Some(("h.co", 80)));
        assert_eq!(host_and_port(true, "h.co:1"), Some(("h.co", 1)));
        assert_eq!(host_and_port(true, "[::1]:2"), Some(("::1", 2)));
        assert_eq!(host_and_port(true, "[::1]"), Some(("::1", 443)));
        assert_eq!(host_and_port(true, "h.co:x"), None);
    }
}
