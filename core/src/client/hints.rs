//! Realtime, joined to the session (whose tokens it uses), the store (whose scopes it listens to) and sync (whose finds it
//! hears of). No decisions: those are the parts' own.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Inner;
use super::workspace::Workspace;
use crate::error::{Error, Result};
use crate::feed;
use crate::feed::Live;
use crate::hint::{Hint, Hints};
use crate::model::{RefusalCode, UserId, one_by_one};
use crate::realtime::machine::Counters;
use crate::realtime::{
    AccessToken, ConnectionState, Endpoint, Realtime, Setup, TokenFuture, TokenSource,
};
use crate::redact::Secret;
use crate::session::Session;
use crate::store::ScopeState;
use crate::time::{Clock, MonotonicInstant};

/// Whether the database can broadcast changes when migrations are applied.
const ASK_AGAIN: Duration = Duration::from_hours(1);

/// Starts the connection of one member; it ends with `tasks`. Called with the client's runtime entered.
pub(super) fn start(
    inner: &Inner,
    user: UserId,
    workspace: &Arc<Workspace>,
    hints: Arc<Hints>,
    tasks: &mut JoinSet<()>,
) -> (watch::Receiver<ConnectionState>, watch::Receiver<Counters>) {
    let tokens = SessionTokens {
        session: inner.session.clone(),
        user,
        clock: inner.clock.clone(),
    };
    let tokens = Arc::new(tokens);
    let endpoint = Endpoint {
        url: inner.config.url.clone(),
        key: inner.config.anon_key.clone(),
        tls: inner.tls.clone(),
    };
    let setup = Setup {
        endpoint,
        tokens: tokens.clone(),
        clock: inner.clock.clone(),
        seed: inner.seed,
        platform: inner.platform.subscribe(),
        hints,
    };
    let realtime = Arc::new(Realtime::start(&inner.handle, setup));
    let (connection, counters) = (realtime.watch_state(), realtime.watch_counters());
    tasks.spawn(follow_finds(workspace.sync.found(), realtime.clone()).boxed());
    let transport = choose_transport(tokens.clone(), connection.clone(), realtime.clone());
    tasks.spawn(transport.boxed());
    let scopes = feed::scopes(&workspace.store);
    tasks.spawn(follow_scopes(scopes, realtime.clone()).boxed());
    tasks.spawn(follow_session(tokens, realtime).boxed());
    (connection, counters)
}

/// The session's tokens of one person.
#[derive(Debug)]
struct SessionTokens {
    session: Session,
    user: UserId,
    clock: Arc<dyn Clock>,
}

impl TokenSource for SessionTokens {
    fn token(&self, min_valid: Duration, rejected: Option<Secret>) -> TokenFuture {
        let (session, user, clock) = (self.session.clone(), self.user, self.clock.clone());
        Box::pin(async move {
            let secret = match rejected {
                Some(refused) => session
                    .replace_refused(user, &refused)
                    .await?
                    .ok_or_else(refused_again)?,
                None => session.token(user, min_valid).await?,
            };
            let (left, lifetime) = session.validity(user)?;
            Ok(AccessToken {
                secret,
                expires: clock.monotonic().after(left),
                lifetime,
            })
        })
    }
}

/// A new token was refused like the one before: another would be too. It is asked again later.
fn refused_again() -> Error {
    Error::Denied {
        reason: RefusalCode::TokenRefused,
    }
}

/// What sync found although no hint had told of it.
async fn follow_finds(mut finds: watch::Receiver<Vec<Hint>>, realtime: Arc<Realtime>) {
    while finds.changed().await.is_ok() {
        let found = finds.borrow_and_update().clone();
        realtime.found(found);
    }
}

/// Asks the database whether it can broadcast, once the socket is open; and when it opens again, an hour later at the
/// earliest. A failure says nothing, and the transports find out by themselves.
async fn choose_transport(
    tokens: Arc<SessionTokens>,
    mut connection: watch::Receiver<ConnectionState>,
    realtime: Arc<Realtime>,
) {
    #[derive(serde::Deserialize)]
    struct Health {
        private_broadcast: bool,
    }
    let mut asked: Option<MonotonicInstant> = None;
    while connection.wait_for(|now| is_open(*now)).await.is_ok() {
        let now = tokens.clock.monotonic();
        if asked.is_none_or(|at| now.since(at) >= ASK_AGAIN) {
            let nothing = serde_json::json!({});
            let answer = tokens.session.rpc(tokens.user, "sync_health", &nothing);
            if let Ok(health) = answer.await {
                let health: Health = health;
                asked = Some(now);
                realtime.set_broadcast(health.private_broadcast);
            }
        }
        if connection.wait_for(|now| !is_open(*now)).await.is_err() {
            return;
        }
    }
}

fn is_open(state: ConnectionState) -> bool {
    matches!(
        state,
        ConnectionState::Live(_) | ConnectionState::Degraded { .. }
    )
}

async fn follow_scopes(mut scopes: Live<Vec<ScopeState>>, realtime: Arc<Realtime>) {
    let mut known: Option<BTreeSet<_>> = None;
    while let Some(now) = scopes.next().await {
        let Ok(now) = now else { continue };
        let ids: BTreeSet<_> = one_by_one(now.iter().map(|scope| scope.id));
        if known.as_ref() != Some(&ids) {
            realtime.set_scopes(ids.clone());
            known = Some(ids);
        }
    }
}

/// Each new token is handed on; without a session the connection rests.
async fn follow_session(tokens: Arc<SessionTokens>, realtime: Arc<Realtime>) {
    let mut renewals = tokens.session.renewals();
    while renewals.changed().await.is_ok() {
        let token: Result<AccessToken> = tokens.token(Duration::ZERO, None).await;
        match token {
            Ok(token) => realtime.set_token(token),
            Err(Error::SignedOut) => realtime.signed_out(),
            // The connection asks by itself when it needs one.
            Err(_) => {}
        }
    }
}
