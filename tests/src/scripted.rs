//! A server on loopback that answers what a test tells it to, whole or broken.
//!
//! For what no real service does on request: web pages, cut-off and endless answers, silence. One request a connection.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    /// `POST`, ...
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Header lines, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body as text.
    pub body: String,
}

impl Request {
    /// A header's text, empty when absent.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }

    /// The body as JSON; `Null` if it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }
}

/// What to answer.
pub enum Reply {
    /// JSON with a status.
    Json(u16, Value),
    /// JSON with a status and further header lines, each ended by `\r\n`.
    JsonWith(u16, String, Value),
    /// A body of another kind: status, header lines, bytes. The length is told.
    Bytes(u16, String, Vec<u8>),
    /// Tells `usize` bytes more than it sends, then closes.
    CutOff(Vec<u8>, usize),
    /// A body without a told length, `usize` times the bytes in chunks, for as long as anybody reads.
    Chunks(Vec<u8>, usize),
    /// Exactly these bytes, then closes: what is not even HTTP.
    Wire(Vec<u8>),
    /// Waits until the gate has a permit (which it takes), then answers.
    Held(Arc<Semaphore>, Box<Reply>),
    /// Never answers; the connection stays open until the server is dropped.
    Silence,
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reply")
    }
}

type Script = Box<dyn Fn(&Request) -> Reply + Send + Sync>;

struct State {
    script: Mutex<Script>,
    seen: Mutex<Vec<Request>>,
}

/// The server. Ends when dropped.
pub struct ScriptedServer {
    url: String,
    state: Arc<State>,
    task: JoinHandle<()>,
}

impl fmt::Debug for ScriptedServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ScriptedServer({})", self.url)
    }
}

impl Drop for ScriptedServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl ScriptedServer {
    /// Listens on a free port and answers by `script`.
    pub async fn start(script: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(State {
            script: Mutex::new(Box::new(script)),
            seen: Mutex::default(),
        });
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self {
            url: format!("http://{address}"),
            state,
            task,
        }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Answers by another script from now on.
    pub fn on(&self, script: impl Fn(&Request) -> Reply + Send + Sync + 'static) {
        *locked(&self.state.script) = Box::new(script);
    }

    /// Every request so far whose path and query hold `part`.
    pub fn seen(&self, part: &str) -> Vec<Request> {
        let seen = locked(&self.state.seen);
        let fits = seen.iter().filter(|request| request.target.contains(part));
        fits.cloned().collect()
    }
}

pub(crate) fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(mut stream: TcpStream, state: Arc<State>) {
    let Some(request) = read(&mut stream).await else {
        return;
    };
    locked(&state.seen).push(request.clone());
    let mut reply = (locked(&state.script))(&request);
    while let Reply::Held(gate, then) = reply {
        if let Ok(permit) = gate.acquire().await {
            permit.forget();
        }
        reply = *then;
    }
    // A client that has gone away is part of the script.
    let _ = write(&mut stream, reply).await;
}

pub(crate) async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        (stream.read_buf(&mut bytes).await.ok()? > 0).then_some(())?;
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let mut lines = text.lines();
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.map_or(0, |(_, value)| value.parse().unwrap_or(0));
    while bytes.len() < head + 4 + length {
        (stream.read_buf(&mut bytes).await.ok()? > 0).then_some(())?;
    }
    Some(Request {
        method,
        target,
        headers,
        body: String::from_utf8_lossy(&bytes[head + 4..]).into_owned(),
    })
}

pub(crate) async fn write(stream: &mut TcpStream, reply: Reply) -> std::io::Result<()> {
    match reply {
        Reply::Json(status, body) => json(stream, status, "", &body).await,
        Reply::JsonWith(status, headers, body) => json(stream, status, &headers, &body).await,
        Reply::Bytes(status, headers, body) => {
            whole(stream, status, &headers, body.len(), &body).await
        }
        Reply::CutOff(body, missing) => {
            let headers = "content-type: application/json\r\n";
            whole(stream, 200, headers, body.len() + missing, &body).await
        }
        Reply::Chunks(body, times) => {
            let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n";
            stream.write_all(head.as_bytes()).await?;
            for _ in 0..times {
                let size = format!("{:x}\r\n", body.len());
                stream.write_all(size.as_bytes()).await?;
                stream.write_all(&body).await?;
                stream.write_all(b"\r\n").await?;
            }
            stream.write_all(b"0\r\n\r\n").await
        }
        Reply::Wire(bytes) => stream.write_all(&bytes).await,
        Reply::Silence | Reply::Held(..) => std::future::pending().await,
    }
}

async fn json(
    stream: &mut TcpStream,
    status: u16,
    headers: &str,
    body: &Value,
) -> std::io::Result<()> {
    let headers = format!("content-type: application/json\r\n{headers}");
    let body = match body {
        Value::Null => Vec::new(),
        body => body.to_string().into_bytes(),
    };
    whole(stream, status, &headers, body.len(), &body).await
}

async fn whole(
    stream: &mut TcpStream,
    status: u16,
    headers: &str,
    length: usize,
    body: &[u8],
) -> std::io::Result<()> {
    let length = match status {
        204 | 304 => String::new(),
        _ => format!("content-length: {length}\r\n"),
    };
    let head = format!("HTTP/1.1 {status} Scripted\r\nconnection: close\r\n{length}{headers}\r\n");
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body).await
}
