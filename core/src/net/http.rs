//! The one HTTP client.
//!
//! Owns: building requests for a Supabase project, time-outs, the bound on answers, the measured clock difference.
//! Never: repeats, redirects, proxies, cookies; see [`super`].

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::watch;

use super::auth::{AuthCall, Prepared};
use super::date;
use super::raw::{MAX_BODY, RawAnswer, Unreached};
use super::verdict;
use crate::config::ClientConfig;
use crate::error::{Error, Result, Service};
use crate::redact::Secret;
use crate::time::{Clock, Timestamp};

/// Value of `X-Supabase-Api-Version`: errors of the auth service come as `{"code", "message"}`.
const API_VERSION: &str = "2024-01-01";
const CLIENT_INFO: &str = concat!("rockon-core/", env!("CARGO_PKG_VERSION"));
/// No server has told its time yet.
const UNKNOWN: i64 = i64::MIN;

/// How long to wait. The defaults are for a phone with a poor signal; the server's own statement time-out is 8 s.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// Until connected, TLS included.
    pub connect: Duration,
    /// Between two pieces of an answer, and until its first.
    pub idle: Duration,
    /// A whole call of a database function: 2 MB at 0.3 Mbit/s take a minute.
    pub rpc: Duration,
    /// A whole call of anything else: sign-in, probes.
    pub other: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            rpc: Duration::from_secs(90),
            other: Duration::from_secs(20),
        }
    }
}

/// As whom a request is made.
#[derive(Debug, Clone, Copy)]
pub enum Bearer<'a> {
    /// With the project's key alone.
    Key,
    /// As a signed-in person.
    User(&'a Secret),
}

/// The client. Cheap to clone; clones share connections. Callable from any thread inside a tokio runtime.
#[derive(Clone)]
pub struct Http(Arc<Inner>);

struct Inner {
    client: RwLock<Client>,
    tls: rustls::ClientConfig,
    base: String,
    key: Secret,
    timeouts: Timeouts,
    clock: Arc<dyn Clock>,
    ahead_s: AtomicI64,
    skew: watch::Sender<Option<i64>>,
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http")
            .field("base", &self.0.base)
            .finish_non_exhaustive()
    }
}

impl Http {
    /// A client for one project. `tls` is the configuration that the web socket uses, too.
    ///
    /// # Errors
    /// [`Error::Config`] for a key that cannot be a header; [`Error::Internal`] if the library refuses its set-up.
    pub fn new(
        config: &ClientConfig,
        tls: &rustls::ClientConfig,
        clock: Arc<dyn Clock>,
        timeouts: Timeouts,
    ) -> Result<Self> {
        Ok(Self(Arc::new(Inner {
            client: RwLock::new(client(tls, &config.anon_key, timeouts)?),
            tls: tls.clone(),
            base: config.url.clone(),
            key: config.anon_key.clone(),
            timeouts,
            clock,
            ahead_s: AtomicI64::new(UNKNOWN),
            skew: watch::Sender::new(None),
        })))
    }

    /// The server's address, tidied: what a session is kept for.
    #[must_use]
    pub(crate) fn server(&self) -> &str {
        &self.0.base
    }

    /// Lets go of every connection that waits to be used again: the device is on another network, and the next request
    /// on an old one would wait for its time-out. Requests under way go on.
    pub fn forget_connections(&self) {
        // The same set-up worked before; if it does not now, the old connections are still better than none.
        if let Ok(fresh) = client(&self.0.tls, &self.0.key, self.0.timeouts) {
            let mut client = self
                .0
                .client
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            *client = fresh;
        }
    }

    /// This device's clock minus the server's in seconds, from the last answer that had a `Date`. For the doctor only.
    #[must_use]
    pub fn clock_ahead_s(&self) -> Option<i64> {
        let ahead = self.0.ahead_s.load(Ordering::Relaxed);
        (ahead != UNKNOWN).then_some(ahead)
    }

    /// The same in whole minutes, and its changes; `None` while it is unknown or below two minutes.
    #[must_use]
    pub fn clock_skew(&self) -> watch::Receiver<Option<i64>> {
        self.0.skew.subscribe()
    }

    /// The server has told its time.
    pub(crate) fn note_date(&self, date: Timestamp) {
        let ahead = date::ahead_s(self.0.clock.wall(), date);
        self.0.ahead_s.store(ahead, Ordering::Relaxed);
        let skew = date::skew_minutes(ahead);
        self.0
            .skew
            .send_if_modified(|now| std::mem::replace(now, skew) != skew);
    }

    /// Calls the auth service and reads its answer as `T`; `()` where there is none.
    ///
    /// # Errors
    /// [`Error::Auth`] with `GoTrue`'s code when it refused; else as [`verdict`] says.
    pub async fn auth<T: DeserializeOwned>(&self, call: AuthCall<'_>) -> Result<T> {
        let Prepared {
            method,
            path,
            bearer,
            body,
        } = call.prepared();
        let request = self
            .request(method, path, bearer)
            .header("x-supabase-api-version", API_VERSION)
            .timeout(self.0.timeouts.other);
        let request = match body {
            Some(body) => with_json(request, &body)?,
            None => request,
        };
        let raw = self.send(request, path).await;
        let raw = raw.map_err(|e| e.into_error(Service::Auth))?;
        verdict::judged(Service::Auth, &raw)
    }

    /// Calls a database function and reads its answer as `T`; `()` for one that returns nothing.
    ///
    /// # Errors
    /// As [`Http::rpc_answer`]; [`Error::Protocol`] for a body of another shape.
    #[cfg(feature = "testing")]
    pub async fn rpc<T: DeserializeOwned>(
        &self,
        name: &'static str,
        body: &impl Serialize,
        bearer: Bearer<'_>,
    ) -> Result<T> {
        let answer = self.rpc_answer(name, body, bearer).await?;
        verdict::read(Service::Rest, &answer)
    }

    /// Calls a database function. A good answer is not looked at yet.
    ///
    /// # Errors
    /// [`Error::Denied`] with the SQLSTATE or the raised code when the server refused the request for good; else as
    /// [`verdict`] says. [`verdict::token_refused`] tells whether a new access token can help.
    pub(crate) async fn rpc_answer(
        &self,
        name: &'static str,
        body: &impl Serialize,
        bearer: Bearer<'_>,
    ) -> Result<RawAnswer> {
        let answer = self.rpc_raw(name, body, bearer).await?;
        let answer = answer.map_err(|e| e.into_error(Service::Rest))?;
        match verdict::failure(Service::Rest, &answer) {
            Some(error) => Err(error),
            None => Ok(answer),
        }
    }

    /// Calls a database function; whatever comes back is no error. For the doctor.
    ///
    /// # Errors
    /// [`Error::Internal`] if `body` cannot be written as JSON.
    pub async fn rpc_raw(
        &self,
        name: &'static str,
        body: &impl Serialize,
        bearer: Bearer<'_>,
    ) -> Result<Result<RawAnswer, Unreached>> {
        let path = format!("rest/v1/rpc/{name}");
        let request = self
            .request(Method::POST, &path, bearer)
            .timeout(self.0.timeouts.rpc);
        Ok(self.send(with_json(request, body)?, name).await)
    }

    /// `GET` of a path such as `auth/v1/health` (no leading slash); any status is an answer. For the doctor.
    pub async fn get(
        &self,
        path: &'static str,
        bearer: Bearer<'_>,
    ) -> Result<RawAnswer, Unreached> {
        let request = self
            .request(Method::GET, path, bearer)
            .header("x-supabase-api-version", API_VERSION)
            .timeout(self.0.timeouts.other);
        self.send(request, path).await
    }

    /// Asks the realtime service whether it takes the project's key: the path of the web socket, without an upgrade. A
    /// 400 with a text means that it does. The key is in the query, where that service looks for it.
    pub async fn realtime_key_probe(&self) -> Result<RawAnswer, Unreached> {
        let path = "realtime/v1/websocket";
        let key: String = percent_encoded(self.0.key.expose()).to_string();
        let full = format!("{path}?apikey={key}&vsn=2.0.0");
        let request = self.request(Method::GET, &full, Bearer::Key);
        self.send(request.timeout(self.0.timeouts.other), path)
            .await
    }

    fn request(&self, method: Method, path: &str, bearer: Bearer<'_>) -> RequestBuilder {
        let client = self.0.client.read();
        let client = client.unwrap_or_else(PoisonError::into_inner);
        let request = client.request(method, format!("{}/{path}", self.0.base));
        match bearer {
            Bearer::User(token) => authorized(request, token),
            // An opaque key is no token: it counts in `apikey` only, and PostgREST would refuse it here.
            Bearer::Key if self.0.key.expose().starts_with("sb_") => request,
            Bearer::Key => authorized(request, &self.0.key),
        }
    }

    /// `what` is shown in the log: a constant path or a function's name, without its query.
    async fn send(&self, request: RequestBuilder, what: &str) -> Result<RawAnswer, Unreached> {
        let what = what.split('?').next().unwrap_or_default();
        let start = self.0.clock.monotonic();
        let outcome = self.exchange(request).await;
        let took = self.0.clock.monotonic().since(start);
        let outcome = outcome.map(|answer| RawAnswer { took, ..answer });
        match &outcome {
            Ok(raw) => {
                if let Some(date) = raw.date() {
                    self.note_date(date);
                }
                tracing::debug!(what, status = raw.status, bytes = raw.body.len(), ?took);
            }
            Err(failure) => tracing::debug!(what, ?failure, ?took, "no answer"),
        }
        outcome
    }

    async fn exchange(&self, request: RequestBuilder) -> Result<RawAnswer, Unreached> {
        let lost = |error: reqwest::Error| Unreached::from_library(&error);
        let response = request.send().await.map_err(lost)?;
        let status = response.status().as_u16();
        let headers = readable(response.headers());
        let body = bounded(response).await?;
        Ok(RawAnswer {
            status,
            headers,
            body,
            took: Duration::ZERO,
        })
    }
}

fn client(tls: &rustls::ClientConfig, key: &Secret, timeouts: Timeouts) -> Result<Client> {
    Client::builder()
        .tls_backend_preconfigured(tls.clone())
        .default_headers(default_headers(key)?)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .connect_timeout(timeouts.connect)
        .read_timeout(timeouts.idle)
        .build()
        .map_err(|_| Error::Internal { place: "net::http" })
}

/// Reads until the end or the bound. Pieces come decompressed, so a small answer cannot swell without limit.
async fn bounded(mut response: Response) -> Result<Vec<u8>, Unreached> {
    let told = response.content_length().unwrap_or(0);
    if told > MAX_BODY as u64 {
        return Err(Unreached::TooLarge);
    }
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(None) => return Ok(body),
            Ok(Some(piece)) if body.len() + piece.len() > MAX_BODY => {
                return Err(Unreached::TooLarge);
            }
            Ok(Some(piece)) => body.extend_from_slice(&piece),
            Err(error) => return Err(Unreached::from_library(&error)),
        }
    }
}

fn readable(headers: &HeaderMap) -> Vec<(String, String)> {
    let pair = |(name, value): (&reqwest::header::HeaderName, &HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    headers.iter().filter_map(pair).collect()
}

fn default_headers(key: &Secret) -> Result<HeaderMap> {
    let mut value = HeaderValue::from_str(key.expose()).map_err(|_| Error::Config {
        field: "anon_key",
        reason: "it holds a character that no key has",
    })?;
    value.set_sensitive(true);
    let mut headers = HeaderMap::new();
    headers.insert("apikey", value);
    headers.insert("x-client-info", HeaderValue::from_static(CLIENT_INFO));
    Ok(headers)
}

/// A token that cannot be a header makes the request fail as [`Unreached::BadRequest`] when it is sent.
fn authorized(request: RequestBuilder, token: &Secret) -> RequestBuilder {
    match HeaderValue::try_from(format!("Bearer {}", token.expose())) {
        Ok(mut value) => {
            value.set_sensitive(true);
            request.header(AUTHORIZATION, value)
        }
        Err(_) => request.header(AUTHORIZATION, "\n"),
    }
}

fn with_json(request: RequestBuilder, body: &impl Serialize) -> Result<RequestBuilder> {
    let body = serde_json::to_vec(body).map_err(|_| Error::Internal { place: "net::body" })?;
    Ok(request
        .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
        .body(body))
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
pub(crate) fn percent_encoded(text: &str) -> PercentEncode<'_> {
    const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    utf8_percent_encode(text, RESERVED)
}
