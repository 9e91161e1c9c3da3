//! The gate in front of a world's server: what a step does between the phones and the server.
//!
//! Owns: losing requests and answers, a page in the server's place, tokens that do not count any more, cut sockets. Never:
//! touches the server. Of the gateway, the page and a lost answer the last said counts; tokens are apart from them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rockon_core::time::{Clock as _, SystemClock};
use serde_json::{Value, json};

use crate::lossy_proxy::{LossyProxy, Way};
use crate::scripted::{Reply, Request, locked};

/// What stands in the way of every request.
#[derive(Debug, Default)]
enum Interception {
    #[default]
    None,
    Away,
    Page,
    /// The answer to the next request to this path is lost.
    Lose(String, AtomicBool),
}

#[derive(Debug, Default)]
struct State {
    interception: Interception,
    /// Tokens of this second and of earlier ones do not count, as seconds since 1970.
    expired: Option<i64>,
}

/// The gate. Phones reach their server through it.
#[derive(Debug)]
pub(super) struct Interceptor {
    proxy: LossyProxy,
    state: Arc<Mutex<State>>,
}

impl Interceptor {
    /// In front of the server at `url` (`http://HOST:PORT`).
    pub(super) async fn to(url: &str) -> Self {
        let (proxy, state) = (LossyProxy::to(url).await, Arc::<Mutex<State>>::default());
        let shared = Arc::clone(&state);
        proxy.on(move |request| locked(&shared).way(request));
        Self { proxy, state }
    }

    /// The phones' end.
    pub(super) fn url(&self) -> &str {
        self.proxy.url()
    }

    /// Nothing gets through, and open sockets end; or all of it again.
    pub(super) fn away(&self, away: bool) {
        self.set(if away {
            Interception::Away
        } else {
            Interception::None
        });
        if away {
            self.cut_sockets(None);
        }
    }

    /// A captive portal answers in place of the server.
    pub(super) fn page(&self, on: bool) {
        self.set(if on {
            Interception::Page
        } else {
            Interception::None
        });
    }

    /// The next request to `path` is carried out, its answer is lost.
    pub(super) fn lose_answer(&self, path: String) {
        self.set(Interception::Lose(path, AtomicBool::new(false)));
    }

    /// Open sockets end, with a close frame of this code or without one.
    pub(super) fn cut_sockets(&self, code: Option<u16>) {
        self.proxy.cut_sockets(code);
    }

    /// Tokens issued until now are answered as expired ones. A token names the second that it is of, so nothing is refused
    /// before that second is over: what takes the place of a refused one is of a later second, and counts.
    pub(super) async fn expire_tokens(&self) {
        let now = SystemClock::new().wall().0;
        let rest = u64::try_from(1_000 - now % 1_000).unwrap_or(1_000);
        tokio::time::sleep(Duration::from_millis(rest)).await;
        locked(&self.state).expired = Some(now / 1_000);
    }

    fn set(&self, interception: Interception) {
        locked(&self.state).interception = interception;
    }
}

impl State {
    fn way(&self, request: &Request) -> Way {
        if self.is_expired(request) {
            return expired(request);
        }
        match &self.interception {
            Interception::None => Way::Through,
            Interception::Away => Way::LoseRequest,
            Interception::Page => page(),
            Interception::Lose(path, lost) => {
                if request.target.contains(path) && !lost.swap(true, Ordering::SeqCst) {
                    Way::LoseAnswer
                } else {
                    Way::Through
                }
            }
        }
    }

    /// Keys are tokens, too, and say another role.
    fn is_expired(&self, request: &Request) -> bool {
        let Some(until) = self.expired else {
            return false;
        };
        let claims = request
            .header("authorization")
            .strip_prefix("Bearer ")
            .and_then(claims);
        claims.is_some_and(|claims| {
            claims["role"] == "authenticated"
                && claims["iat"].as_i64().is_some_and(|iat| iat <= until)
        })
    }
}

fn claims(token: &str) -> Option<Value> {
    let part = token.split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

/// As PostgREST 14 and Auth 2.19x answer it.
fn expired(request: &Request) -> Way {
    let reply = if request.target.starts_with("/rest/") {
        let body =
            json!({ "code": "PGRST303", "details": null, "hint": null, "message": "JWT expired" });
        Reply::Json(401, body)
    } else {
        let body =
            json!({ "code": 403, "error_code": "bad_jwt", "msg": "invalid JWT: token is expired" });
        Reply::Json(403, body)
    };
    Way::Answer(reply)
}

fn page() -> Way {
    let html = "content-type: text/html\r\n".to_owned();
    Way::Answer(Reply::Bytes(
        200,
        html,
        b"<!doctype html><title>Hotel</title>".to_vec(),
    ))
}
