//! What can stand between a phone and a project: TLS, and answers that are not the project's.
//!
//! Owns: a listener on loopback that hands each connection on to a project, after ending TLS if it has a certificate,
//! unless a rule answers in the project's place. Requests go on byte for byte but for `connection: close`, so that a rule
//! sees each of them; web sockets pass. Ends when dropped.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

/// Answers in the project's place: given the head of a request, a whole HTTP answer.
type Rule = dyn Fn(&str) -> Option<String> + Send + Sync;

/// The front. Its authority's certificate, if it speaks TLS, is `authority` (PEM).
pub struct ReverseProxy {
    url: String,
    /// What a phone has to trust, as PEM text; empty without TLS.
    pub authority: String,
    task: JoinHandle<()>,
}

impl fmt::Debug for ReverseProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Front({})", self.url)
    }
}

impl Drop for ReverseProxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl ReverseProxy {
    /// Plain HTTP in front of the project at `upstream` (`http://127.0.0.1:PORT`), with a rule.
    pub async fn plain(
        upstream: &str,
        rule: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self::start(upstream, Arc::new(rule), None).await
    }

    /// TLS in front of the project, with a certificate for `name` signed by a private authority.
    pub async fn tls(upstream: &str, name: &str) -> Self {
        Self::start(upstream, Arc::new(|_: &str| None), Some(name)).await
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    async fn start(upstream: &str, rule: Arc<Rule>, name: Option<&str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let upstream: SocketAddr = upstream
            .trim_start_matches("http://")
            .parse()
            .expect("a loopback address");
        let (acceptor, authority) = name.map(certified).unzip();
        let task = tokio::spawn(accept(listener, upstream, rule, acceptor));
        let scheme = if name.is_some() { "https" } else { "http" };
        Self {
            url: format!("{scheme}://{address}"),
            authority: authority.unwrap_or_default(),
            task,
        }
    }
}

/// An HTTP answer with this status line, header lines (each ended by `\r\n`) and body.
pub fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
    )
}

/// A JSON answer.
pub fn json(status: &str, body: &str) -> String {
    answer(status, "content-type: application/json\r\n", body)
}

/// A server that ends TLS with a certificate for `name`, and the certificate of the authority that signed it.
fn certified(name: &str) -> (TlsAcceptor, String) {
    use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
    let mut params = CertificateParams::new(Vec::new()).expect("parameters");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("a key");
    let authority = params.self_signed(&key).expect("a certificate").pem();
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().expect("a key");
    let leaf = CertificateParams::new(vec![name.to_owned()]).expect("parameters");
    let leaf = leaf.signed_by(&key, &issuer).expect("a certificate");
    let chain: Vec<CertificateDer<'static>> = vec![leaf.der().clone()];
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .expect("a configuration");
    (TlsAcceptor::from(Arc::new(config)), authority)
}

async fn accept(
    listener: TcpListener,
    upstream: SocketAddr,
    rule: Arc<Rule>,
    acceptor: Option<TlsAcceptor>,
) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let (rule, acceptor) = (Arc::clone(&rule), acceptor.clone());
        connections.spawn(async move {
            match acceptor {
                None => pass(stream, upstream, &rule).await,
                // A client that does not trust the certificate has gone; that is part of the test.
                Some(acceptor) => match acceptor.accept(stream).await {
                    Ok(stream) => pass(stream, upstream, &rule).await,
                    Err(_) => None,
                },
            }
        });
    }
}

async fn pass(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    upstream: SocketAddr,
    rule: &Arc<Rule>,
) -> Option<()> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 2;
        }
        (stream.read_buf(&mut bytes).await.ok()? > 0).then_some(())?;
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    if let Some(answer) = rule(&head) {
        stream.write_all(answer.as_bytes()).await.ok()?;
        return stream.shutdown().await.ok();
    }
    if !head.contains("\r\nupgrade:") {
        bytes.splice(end..end, *b"connection: close\r\n");
    }
    let mut server = TcpStream::connect(upstream).await.ok()?;
    server.write_all(&bytes).await.ok()?;
    tokio::io::copy_bidirectional(&mut stream, &mut server)
        .await
        .ok()?;
    Some(())
}
