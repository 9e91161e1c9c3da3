//! A raw client of the Realtime protocol for tests: it sends what it is told and shows what comes, in order.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Bytes, Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// A frame that does not come within this time does not come.
const DEADLINE: Duration = Duration::from_secs(10);

/// What a socket received.
#[derive(Clone, Debug, PartialEq)]
pub enum Got {
    /// A text frame that is JSON.
    Json(Value),
    /// A text frame that is not.
    Text(String),
    /// A binary frame.
    Binary(Vec<u8>),
    /// The end: the close code, or `None` without a close frame.
    Closed(Option<u16>),
}

/// A refused upgrade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// HTTP status.
    pub status: u16,
    /// Body as text.
    pub body: String,
}

/// An open socket, vsn 2.0.0 unless the URL says otherwise.
#[derive(Debug)]
pub struct Ws {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Ws {
    /// Opens a socket with extra headers.
    ///
    /// # Errors
    /// The rejection.
    ///
    /// # Panics
    /// When the server answers nothing that is HTTP.
    pub async fn open(url: &str, headers: &[(&'static str, &str)]) -> Result<Self, Refused> {
        let mut request = url.into_client_request().expect("a good URL");
        for (name, value) in headers {
            request
                .headers_mut()
                .insert(*name, value.parse().expect("a good header"));
        }
        match tokio_tungstenite::connect_async(request).await {
            Ok((stream, _)) => Ok(Self { stream }),
            Err(Error::Http(response)) => Err(Refused {
                status: response.status().as_u16(),
                body: String::from_utf8_lossy(response.body().as_deref().unwrap_or_default())
                    .into_owned(),
            }),
            Err(error) => panic!("no HTTP answer: {error}"),
        }
    }

    /// Sends a text frame as it is.
    ///
    /// # Panics
    /// When the socket is closed.
    pub async fn text(&mut self, text: &str) {
        self.stream
            .send(Message::text(text))
            .await
            .expect("an open socket");
    }

    /// Sends JSON.
    pub async fn send(&mut self, frame: Value) {
        self.text(&frame.to_string()).await;
    }

    /// Sends a binary frame.
    ///
    /// # Panics
    /// When the socket is closed.
    pub async fn binary(&mut self, bytes: &[u8]) {
        let message = Message::Binary(Bytes::copy_from_slice(bytes));
        self.stream.send(message).await.expect("an open socket");
    }

    /// The next frame.
    ///
    /// # Panics
    /// When none comes in time.
    pub async fn next(&mut self) -> Got {
        loop {
            let message = tokio::time::timeout(DEADLINE, self.stream.next()).await;
            return match message.expect("a frame within the deadline") {
                Some(Ok(Message::Text(text))) => serde_json::from_str(&text)
                    .map_or_else(|_| Got::Text(text.to_string()), Got::Json),
                Some(Ok(Message::Binary(bytes))) => Got::Binary(bytes.to_vec()),
                Some(Ok(Message::Close(frame))) => {
                    Got::Closed(frame.map(|frame| frame.code.into()))
                }
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => Got::Closed(None),
            };
        }
    }

    /// The next frame, which must be JSON.
    ///
    /// # Panics
    /// When it is something else.
    pub async fn json(&mut self) -> Value {
        match self.next().await {
            Got::Json(value) => value,
            other => panic!("expected JSON, got {other:?}"),
        }
    }

    /// The next frame, which must be binary.
    ///
    /// # Panics
    /// When it is something else.
    pub async fn bytes(&mut self) -> Vec<u8> {
        match self.next().await {
            Got::Binary(bytes) => bytes,
            other => panic!("expected bytes, got {other:?}"),
        }
    }

    /// The next frame, which must be the end; its code.
    ///
    /// # Panics
    /// When it is something else.
    pub async fn closed(&mut self) -> Option<u16> {
        match self.next().await {
            Got::Closed(code) => code,
            other => panic!("expected the end, got {other:?}"),
        }
    }

    /// Joins `realtime:NAME` with a payload; the reply's payload. The join ref is the name.
    ///
    /// # Panics
    /// When something else comes first.
    pub async fn join(&mut self, name: &str, payload: Value) -> Value {
        let topic = format!("realtime:{name}");
        self.send(json!([name, name, topic, "phx_join", payload]))
            .await;
        let reply = self.json().await;
        assert_eq!(reply[1], json!(name), "{reply}");
        assert_eq!(reply[3], json!("phx_reply"), "{reply}");
        reply[4].clone()
    }

    /// Joins and waits until row changes are subscribed.
    ///
    /// # Panics
    /// When something else comes.
    pub async fn subscribe(&mut self, name: &str, payload: Value) -> Value {
        let reply = self.join(name, payload).await;
        let system = self.json().await;
        assert_eq!(
            system[4]["message"],
            json!("Subscribed to PostgreSQL"),
            "{system}"
        );
        reply
    }

    /// Proves that nothing is on its way: the next frame is the answer to a heartbeat.
    ///
    /// # Panics
    /// When it is not.
    pub async fn silent(&mut self) {
        self.send(json!([null, "hb", "phoenix", "heartbeat", {}]))
            .await;
        let reply = self.json().await;
        assert_eq!(
            reply,
            json!([null, "hb", "phoenix", "phx_reply", {"status": "ok", "response": {}}])
        );
    }

    /// Drops the connection without a word.
    pub fn abort(self) {
        drop(self);
    }
}
