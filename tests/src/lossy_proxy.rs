//! The proxy between a phone and its project: a proxy on loopback that loses requests or answers where a test says so.
//!
//! Owns: passing bytes on, and a list of what passed. Never: changes a byte of what it lets through.
//! One request a connection; a WebSocket upgrade becomes a tunnel that lasts until either side closes it.

use std::fmt;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};

use crate::scripted::{Reply, Request, locked, read, write};

/// What happens to a request on its way.
pub enum Way {
    /// It arrives, and so does the answer.
    Through,
    /// It never arrives; the connection breaks.
    LoseRequest,
    /// It arrives and is carried out; the connection breaks before the answer does.
    LoseAnswer,
    /// Something on the proxy answers in the server's place.
    Answer(Reply),
    /// Waits until the gate has a permit (which it takes), then goes on.
    Held(Arc<Semaphore>, Box<Way>),
}

impl fmt::Debug for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Way")
    }
}

impl Way {
    /// Held at `gate`, then let through.
    pub fn held(gate: &Arc<Semaphore>) -> Self {
        Self::Held(Arc::clone(gate), Box::new(Self::Through))
    }
}

type Rule = Box<dyn Fn(&Request) -> Way + Send + Sync>;

struct State {
    server: String,
    rule: Mutex<Rule>,
    seen: Mutex<Vec<Request>>,
    /// How often sockets were cut, and the close code of the last time.
    cut: watch::Sender<(u64, Option<u16>)>,
}

/// The proxy. Ends when dropped.
pub struct LossyProxy {
    url: String,
    state: Arc<State>,
    task: JoinHandle<()>,
}

impl fmt::Debug for LossyProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Road({})", self.url)
    }
}

impl Drop for LossyProxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl LossyProxy {
    /// A proxy to the server at `url` (`http://HOST:PORT`) that lets everything through.
    pub async fn to(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(State {
            server: url.trim_start_matches("http://").to_owned(),
            rule: Mutex::new(Box::new(|_| Way::Through)),
            seen: Mutex::default(),
            cut: watch::Sender::default(),
        });
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((phone, _)) = listener.accept().await {
                connections.spawn(carry(phone, Arc::clone(&shared)));
            }
        });
        Self {
            url: format!("http://{address}"),
            state,
            task,
        }
    }

    /// The phone's end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// From now on requests go by this rule.
    pub fn on(&self, rule: impl Fn(&Request) -> Way + Send + Sync + 'static) {
        *locked(&self.state.rule) = Box::new(rule);
    }

    /// From now on requests that fit go this way, all others through.
    pub fn when(
        &self,
        fits: impl Fn(&Request) -> bool + Send + Sync + 'static,
        way: impl Fn() -> Way + Send + Sync + 'static,
    ) {
        self.on(
            move |request| {
                if fits(request) { way() } else { Way::Through }
            },
        );
    }

    /// Everything goes through again.
    pub fn clear(&self) {
        self.on(|_| Way::Through);
    }

    /// Ends every open web socket, with a close frame of this code or without one. A frame that is just passing is cut, too.
    pub fn cut_sockets(&self, code: Option<u16>) {
        self.state.cut.send_modify(|cut| *cut = (cut.0 + 1, code));
    }

    /// Every request so far whose path and query hold `part`, lost ones too.
    pub fn seen(&self, part: &str) -> Vec<Request> {
        let seen = locked(&self.state.seen);
        let fits = seen.iter().filter(|request| request.target.contains(part));
        fits.cloned().collect()
    }
}

async fn carry(mut phone: TcpStream, state: Arc<State>) {
    let Some(request) = read(&mut phone).await else {
        return;
    };
    locked(&state.seen).push(request.clone());
    let mut way = (locked(&state.rule))(&request);
    while let Way::Held(gate, then) = way {
        if let Ok(permit) = gate.acquire().await {
            permit.forget();
        }
        way = *then;
    }
    // Either side may go away at any time: that is what roads are like.
    let _ = match way {
        Way::Through if request.header("upgrade").is_empty() => {
            exchange(&request, &state.server, Some(&mut phone)).await
        }
        Way::Through => tunnel(&request, &state, phone).await,
        Way::LoseAnswer => exchange(&request, &state.server, None).await,
        Way::Answer(reply) => write(&mut phone, reply).await,
        Way::LoseRequest | Way::Held(..) => Ok(()),
    };
}

/// Asks the server, reads its whole answer, and gives it to `phone` if there is one.
async fn exchange(
    request: &Request,
    server: &str,
    phone: Option<&mut TcpStream>,
) -> std::io::Result<()> {
    let mut upstream = TcpStream::connect(server).await?;
    upstream.write_all(&head(request, false)).await?;
    upstream.write_all(request.body.as_bytes()).await?;
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer).await?;
    match phone {
        Some(phone) => phone.write_all(&answer).await,
        None => Ok(()),
    }
}

async fn tunnel(request: &Request, state: &State, mut phone: TcpStream) -> std::io::Result<()> {
    let mut cut = state.cut.subscribe();
    cut.mark_unchanged();
    let mut upstream = TcpStream::connect(&state.server).await?;
    upstream.write_all(&head(request, true)).await?;
    tokio::select! {
        ended = tokio::io::copy_bidirectional(&mut phone, &mut upstream) => ended.map(|_| ()),
        Ok(()) = cut.changed() => {
            let code = cut.borrow().1;
            match code {
                // RFC 6455, 5.5.1: a final frame of kind 8 that holds the code.
                Some(code) => phone.write_all(&[&[0x88, 2], &code.to_be_bytes()[..]].concat()).await,
                None => Ok(()),
            }
        }
    }
}

/// The request's first lines again; without an upgrade the server is told to close, which ends the answer.
fn head(request: &Request, upgrade: bool) -> Vec<u8> {
    let first = format!("{} {} HTTP/1.1", request.method, request.target);
    let kept = request
        .headers
        .iter()
        .filter(|(name, _)| upgrade || name != "connection");
    let close = (!upgrade).then(|| "connection: close".to_owned());
    let lines: Vec<String> = std::iter::once(first)
        .chain(kept.map(|(name, value)| format!("{name}: {value}")))
        .chain(close)
        .collect();
    format!("{}\r\n\r\n", lines.join("\r\n")).into_bytes()
}
