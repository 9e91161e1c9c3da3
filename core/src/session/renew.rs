//! A good access token: one refresh for many callers, ahead of expiry, stored before it is used.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::watch;

use super::policy::{AfterRefresh, after_refresh};
use super::refresh_guard::InFlightRefresh;
use super::session_store::{StoredSession, StoredState};
use super::shared::{Core, LiveSession, Session, SessionState, Shared};
use super::token_response::{TokenResponse, TokenResponseWire, Tokens};
use crate::error::{Error, Result, Service};
use crate::model::{AuthErrorCode, UserId};
use crate::net::{AuthCall, Bearer, RawAnswer, verdict};
use crate::platform::Platform;
use crate::redact::Secret;
use crate::time::MonotonicInstant;

/// A call of a database function wants a token that lasts this long at least.
const CALL_VALIDITY: Duration = Duration::from_secs(15);
/// A token is still handed out with this much left when it cannot be replaced just now.
const LAST_RESORT: Duration = Duration::from_secs(5);
/// Refreshes because a service refused the token are at least this far apart: if a new one does not help, the next will not.
const REFUSED_SPACING: Duration = Duration::from_mins(1);

/// What the auth service made of a refresh token.
enum Refreshed {
    /// There are new tokens.
    Renewed(TokenResponse),
    /// The session is over; the code says why.
    Ended(AuthErrorCode),
}

impl Core {
    fn live_of(&self, user: UserId) -> Result<&LiveSession> {
        let live = self.live.as_ref().filter(|live| live.account.user == user);
        live.ok_or(Error::SignedOut)
    }
}

impl Session {
    /// An access token of `user` that lasts `min_validity` at least (at most half a token's life is honoured). Refreshes if it must,
    /// once for all callers. Work for one person never gets another's token, even in the middle of a switch. When a refresh fails for a passing reason, a token with 5 s left is still given.
    ///
    /// # Errors
    /// [`Error::SignedOut`] if `user` has no session here; why the refresh failed otherwise. After a failure callers get the same
    /// error without a request until the next try is due.
    pub async fn token(&self, user: UserId, min_validity: Duration) -> Result<Secret> {
        self.token_or(user, min_validity, |_| LAST_RESORT).await
    }

    /// As [`Session::token`], but never one that ends sooner.
    ///
    /// # Errors
    /// As [`Session::token`].
    pub(super) async fn lasting_token(
        &self,
        user: UserId,
        min_validity: Duration,
    ) -> Result<Secret> {
        let asked = |live: &LiveSession| live.token_lifetime.asked(min_validity);
        self.token_or(user, min_validity, asked).await
    }

    /// `enough` is what a token must still have to be given when it cannot be replaced.
    async fn token_or(
        &self,
        user: UserId,
        min_validity: Duration,
        enough: impl FnOnce(&LiveSession) -> Duration + Send,
    ) -> Result<Secret> {
        let in_flight = {
            let mut core = self.0.core();
            let live = core.live_of(user)?;
            if live.remaining(&*self.0.clock) >= live.token_lifetime.asked(min_validity) {
                return Ok(live.tokens.access.clone());
            }
            self.0.in_flight(&mut core)
        };
        let outcome = match in_flight {
            Ok(in_flight) => landed(in_flight).await,
            Err(error) => Err(error),
        };
        let core = self.0.core();
        let live = core.live_of(user)?;
        match outcome {
            Err(error) if live.remaining(&*self.0.clock) < enough(live) => Err(error),
            _ => Ok(live.tokens.access.clone()),
        }
    }

    /// How long the access token of `user` still lasts, on the monotonic clock, and how long it was made to last; the
    /// first is zero when it has ended.
    ///
    /// # Errors
    /// [`Error::SignedOut`] if `user` has no session here.
    pub fn validity(&self, user: UserId) -> Result<(Duration, Duration)> {
        let core = self.0.core();
        let live = core.live_of(user)?;
        Ok((live.remaining(&*self.0.clock), live.token_lifetime.lifetime))
    }

    /// A token in place of one that a service refused (expired, or the server's keys were changed). `None` if a refused
    /// token was replaced less than a minute ago: then another will not help, and the refusal should be shown.
    ///
    /// # Errors
    /// As [`Session::token`].
    pub async fn replace_refused(&self, user: UserId, refused: &Secret) -> Result<Option<Secret>> {
        let in_flight = {
            let mut core = self.0.core();
            let live = core.live_of(user)?;
            if live.tokens.access != *refused {
                return Ok(Some(live.tokens.access.clone()));
            }
            let now = self.0.clock.monotonic();
            let recent = |at: MonotonicInstant| now.since(at) < REFUSED_SPACING;
            if core.in_flight.is_none() && core.refresh_guard.refused_at.is_some_and(recent) {
                return Ok(None);
            }
            core.refresh_guard.refused_at = Some(now);
            self.0.in_flight(&mut core)?
        };
        landed(in_flight).await?;
        let core = self.0.core();
        let live = core.live_of(user)?;
        Ok(Some(live.tokens.access.clone()))
    }

    /// Calls a database function as `user`. A token that is refused is replaced and the call repeated,
    /// once; a second refusal is the result.
    ///
    /// # Errors
    /// As [`Session::token`] and [`crate::net::Http::rpc_answer`]; [`Error::Protocol`] for a body of another shape.
    pub async fn rpc<T: DeserializeOwned>(
        &self,
        user: UserId,
        name: &'static str,
        body: &Value,
    ) -> Result<T> {
        let answer = self.answer(user, name, body).boxed().await?;
        verdict::read(Service::Rest, &answer)
    }

    /// [`Session::rpc`] without a type: it is in the library once, and boxed, so that so is what waits for it.
    async fn answer(&self, user: UserId, name: &'static str, body: &Value) -> Result<RawAnswer> {
        let token = self.token(user, CALL_VALIDITY).await?;
        let http = &self.0.http;
        match http.rpc_answer(name, body, Bearer::User(&token)).await {
            Err(refusal) if verdict::token_refused(&refusal) => {
                match self.replace_refused(user, &token).await? {
                    Some(token) => http.rpc_answer(name, body, Bearer::User(&token)).await,
                    None => Err(refusal),
                }
            }
            Err(refusal) if verdict::account_gone(&refusal) => {
                // What the auth service says of this token makes no difference any more; the refusal stands in any case.
                let _ = self.0.account_gone(user).await;
                Err(refusal)
            }
            other => other,
        }
    }

    /// Refreshes ahead of expiry while the app is on screen and there is a network, with backoff; what failed before is
    /// tried at once when that begins, and by another network. Ends when the sender of `platform` is dropped.
    /// Without it tokens are still refreshed when somebody asks; with it nobody has to wait for that.
    pub async fn keep_fresh(&self, mut platform: watch::Receiver<Platform>) {
        let mut before = Platform::default();
        loop {
            let now = *platform.borrow_and_update();
            if now.has_woken_since(&before) {
                self.retry_now();
            }
            before = now;
            let due = self.0.due_in().filter(|_| now.is_active());
            tokio::select! {
                changed = platform.changed() => if changed.is_err() { return },
                () = self.0.wake.notified(), if now.is_active() => {}
                () = tokio::time::sleep(due.unwrap_or(Duration::MAX)), if due.is_some() => {
                    let in_flight = self.0.in_flight(&mut self.0.core());
                    if let Ok(in_flight) = in_flight {
                        // The outcome is in the refresh guard or the state; the next round reads it there.
                        let _ = landed(in_flight).await;
                    }
                }
            }
        }
    }
}

async fn landed(mut in_flight: InFlightRefresh) -> Result<()> {
    let outcome = in_flight.wait_for(Option::is_some).await;
    outcome.map_or(Err(Error::Closed), |outcome| {
        outcome.clone().unwrap_or(Err(Error::Closed))
    })
}

impl Shared {
    /// Joins the refresh under way or starts one, unless the refresh guard is closed.
    fn in_flight(self: &Arc<Self>, core: &mut Core) -> Result<InFlightRefresh> {
        if let Some(in_flight) = &core.in_flight {
            return Ok(in_flight.clone());
        }
        if let Some(error) = core.refresh_guard.error_at(self.clock.monotonic()) {
            return Err(error);
        }
        let live = core.live.clone().ok_or(Error::SignedOut)?;
        let (done, in_flight) = watch::channel(None);
        core.in_flight = Some(in_flight.clone());
        let (shared, generation) = (Arc::clone(self), core.generation);
        let refresh = async move {
            let outcome = shared.refresh(generation, &live).await;
            {
                let mut core = shared.core();
                if core.generation == generation {
                    core.in_flight = None;
                    match &outcome {
                        Ok(()) => core.refresh_guard.open(),
                        Err(error) => core.refresh_guard.close(shared.clock.monotonic(), error),
                    }
                }
            }
            done.send_replace(Some(outcome));
        };
        tokio::spawn(refresh.boxed());
        Ok(in_flight)
    }

    async fn refresh(&self, generation: u64, live: &LiveSession) -> Result<()> {
        match self.try_tokens(live).await? {
            Refreshed::Renewed(token_response) => {
                self.renewed(generation, live, token_response).await
            }
            Refreshed::Ended(reason) => self.ended(generation, live, reason).await,
        }
    }

    /// Tries the tokens in use, and once those of a process that was faster.
    ///
    /// # Errors
    /// Why nothing is known: the session stays as it is.
    async fn try_tokens(&self, live: &LiveSession) -> Result<Refreshed> {
        let failed = match self.exchange(&live.tokens).await {
            Ok(token_response) => return Ok(Refreshed::Renewed(token_response)),
            Err(error) => error,
        };
        let reason = match after_refresh(&failed) {
            AfterRefresh::Keep => return Err(failed),
            AfterRefresh::End(reason) => return Ok(Refreshed::Ended(reason)),
            AfterRefresh::Reread(reason) => reason,
        };
        let Some(tokens) = self.changed_elsewhere(live).await? else {
            return Ok(Refreshed::Ended(reason));
        };
        match self.exchange(&tokens).await {
            Ok(token_response) => Ok(Refreshed::Renewed(token_response)),
            Err(error) => match after_refresh(&error) {
                AfterRefresh::Keep => Err(error),
                AfterRefresh::End(reason) | AfterRefresh::Reread(reason) => {
                    Ok(Refreshed::Ended(reason))
                }
            },
        }
    }

    async fn exchange(&self, tokens: &Tokens) -> Result<TokenResponse> {
        let wire: TokenResponseWire = self.http.auth(AuthCall::Refresh(&tokens.refresh)).await?;
        wire.checked()
    }

    /// Tokens in the store that are not the ones we used: another process was faster.
    async fn changed_elsewhere(&self, live: &LiveSession) -> Result<Option<Tokens>> {
        let user = live.account.user;
        let stored = self
            .in_session_store(move |session_store| session_store.load_user(user))
            .await?;
        Ok(match stored.map(|stored| stored.state) {
            Some(StoredState::Live { tokens, .. }) if tokens.refresh != live.tokens.refresh => {
                Some(tokens)
            }
            _ => None,
        })
    }

    /// Stores, then publishes. If storing fails the old refresh token stays in use; the server answers it again.
    async fn renewed(
        &self,
        generation: u64,
        live: &LiveSession,
        token_response: TokenResponse,
    ) -> Result<()> {
        if token_response.account.user != live.account.user {
            return Err(Error::Protocol {
                service: Service::Auth,
                reason: "it is of another user",
            });
        }
        let _turn = self.session_store_turn.lock().await;
        if self.core().generation != generation {
            return Err(Error::SignedOut);
        }
        let renewed = self.live_from(token_response);
        let stored = renewed.stored(self.clock.wall());
        self.in_session_store(move |session_store| session_store.update(&stored))
            .await?;
        let account = renewed.account.clone();
        self.core().live = Some(renewed);
        self.state.send_if_modified(|state| match state {
            SessionState::SignedIn { account: shown } if *shown != account => {
                *shown = account;
                true
            }
            _ => false,
        });
        self.renewals.send_modify(|n| *n += 1);
        self.wake.notify_one();
        Ok(())
    }

    /// The database says that the account was deleted: that ends the session.
    async fn account_gone(&self, user: UserId) -> Result<()> {
        let (generation, live) = {
            let core = self.core();
            (core.generation, core.live_of(user)?.clone())
        };
        self.ended(generation, &live, AuthErrorCode::AccountGone)
            .await
    }

    async fn ended(
        &self,
        generation: u64,
        live: &LiveSession,
        reason: AuthErrorCode,
    ) -> Result<()> {
        let _turn = self.session_store_turn.lock().await;
        if self.core().generation != generation {
            return Err(Error::SignedOut);
        }
        let account = live.account.clone();
        let stored = StoredSession {
            account: account.clone(),
            state: StoredState::Ended {
                reason: reason.clone(),
            },
        };
        // If this fails the next start tries the dead token once more and comes here again.
        if let Err(error) = self
            .in_session_store(move |session_store| session_store.update(&stored))
            .await
        {
            tracing::warn!(%error, "the end of a session could not be stored");
        }
        tracing::info!(%reason, "the server ended the session");
        self.change(None, SessionState::NeedsSignIn { account, reason });
        Err(Error::SignedOut)
    }

    /// How long until the next refresh; `None` when nobody is signed in.
    fn due_in(&self) -> Option<Duration> {
        let core = self.core();
        let (wall, monotonic) = (self.clock.wall(), self.clock.monotonic());
        let due = core.live.as_ref()?.token_lifetime.due_in(wall, monotonic);
        Some(due.max(core.refresh_guard.wait(monotonic)))
    }
}
