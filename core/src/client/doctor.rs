//! What the doctor is told about this phone.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::Client;
use super::remote::SessionRemote;
use crate::doctor::{
    self, DoctorReport, EchoSeen, Evidence, Layer, LocalSeen, PullSeen, RowSeen, Seen, SessionSeen,
    TransportSeen,
};
use crate::error::{Error, StorageFailure};
use crate::model::UserId;
use crate::platform::Platform;
use crate::realtime::machine::rules;
use crate::realtime::{
    self, ConnectionError, ConnectionState, Endpoint, OffReason, Opening, Transport,
};
use crate::redact::Secret;
use crate::session::SessionState;
use crate::store::UnreadableRow;
use crate::sync::{self, Trial};

/// The doctor does not wait for a token longer than this.
const TOKEN_WAIT: Duration = Duration::from_secs(5);
/// Nor for all of its pull.
const PULL_WAIT: Duration = Duration::from_secs(20);
/// A hint that was asked for comes within milliseconds by broadcast, half a second by changes, 3 s from a cold server.
const ECHO_WAIT: Duration = Duration::from_secs(8);
/// Rows of the local database that are named as not whole.
const NAMED_ROWS: u32 = 50;

/// A report as it grows: each value has the checks so far, the last one all.
#[derive(Debug)]
pub struct DoctorFeed {
    so_far: watch::Receiver<DoctorReport>,
    /// Ends with the feed.
    _work: JoinSet<()>,
}

impl DoctorFeed {
    /// The next report, of more checks than the one before; `None` behind the whole. Cancel-safe.
    pub async fn next(&mut self) -> Option<DoctorReport> {
        // What was sent last is given out although nobody sends any more.
        self.so_far.changed().await.ok()?;
        Some(self.so_far.borrow_and_update().clone())
    }
}

impl Client {
    /// Looks at services, network, auth and app, in that order, and names the first that is broken. Never fails. What is
    /// broken below the app is said as soon as it is known; else it waits until hints can be judged, two minutes at most.
    pub async fn diagnose(&self) -> DoctorReport {
        self.look(&|_| {}).await
    }

    /// The same, told as it goes. Dropping the feed ends it.
    #[must_use]
    pub fn examine(&self) -> DoctorFeed {
        let (found, so_far) = watch::channel(DoctorReport { checks: Vec::new() });
        let client = self.clone();
        let mut work = JoinSet::new();
        let look = async move {
            let report = client
                .look(&|report| found.send_modify(|now| *now = report))
                .await;
            found.send_modify(|now| *now = report);
        };
        work.spawn_on(look.boxed(), &self.inner.handle);
        DoctorFeed {
            so_far,
            _work: work,
        }
    }

    /// Looks at one layer after the other, and tells what is known each time.
    async fn look(&self, tell: &(dyn Fn(DoctorReport) + Send + Sync)) -> DoctorReport {
        let (looked, socket, (session, token)) = tokio::join!(
            doctor::look(&self.inner.http),
            self.socket(),
            self.session_seen(),
        );
        let mut evidence = Evidence {
            language: self.language(),
            socket,
            session,
            local: self.local().await,
            ..looked
        };
        tell(doctor::judge(&evidence).below(Layer::Auth));
        let user = self.inner.session.state().account().map(|a| a.user);
        let (Some(token), Some(user)) = (token, user) else {
            return doctor::judge(&evidence);
        };
        let lifetime = self.inner.session.validity(user);
        evidence.token_lifetime_s = lifetime.ok().map(|(_, lifetime)| lifetime.as_secs());
        let broken = doctor::judge(&evidence).broken_layer();
        if broken.is_none_or(|layer| layer == Layer::App) {
            doctor::look_as_member(&self.inner.http, &token, &mut evidence).await;
        }
        if doctor::judge(&evidence).broken_layer().is_none() {
            tell(doctor::judge(&evidence).below(Layer::App));
            let broadcast = evidence.health.as_ref().map(|h| h.private_broadcast);
            let hints = self.hints(&token, broadcast);
            let (pull, (transport, echo)) = tokio::join!(self.pull(user), hints);
            (evidence.pull, evidence.transport, evidence.echo) = (pull, transport, echo);
        }
        doctor::judge(&evidence)
    }

    /// The session, and a good token of it.
    async fn session_seen(&self) -> (SessionSeen, Option<Secret>) {
        let session = &self.inner.session;
        if let SessionState::SignedIn { account } = session.state() {
            let token = session.token(account.user, Duration::ZERO);
            match tokio::time::timeout(TOKEN_WAIT, token).await {
                Ok(Ok(token)) => return (SessionSeen::Valid, Some(token)),
                Ok(Err(error)) if !error.is_retryable() => {}
                Ok(Err(_)) | Err(_) => return (SessionSeen::RefreshWaits, None),
            }
        }
        // Asking for a token may have shown that the session is over.
        let seen = match session.state() {
            SessionState::SignedOut => SessionSeen::SignedOut,
            SessionState::NeedsSignIn { reason, .. } => SessionSeen::Ended(reason),
            SessionState::SignedIn { .. } => SessionSeen::Valid,
        };
        (seen, None)
    }

    /// Waits until it is clear how hints come, then whether one does.
    async fn hints(&self, token: &Secret, broadcast: Option<bool>) -> (TransportSeen, EchoSeen) {
        let watched = self.inner.member.borrow().as_ref().map(|member| {
            let (connection, counters) = (&member.connection, &member.counters);
            (connection.clone(), counters.clone())
        });
        let Some((connection, mut counters)) = watched else {
            return (TransportSeen::NotTried, EchoSeen::NotTried);
        };
        let transport = settled(connection, broadcast).await;
        if !matches!(transport, TransportSeen::Broadcast | TransportSeen::Changes) {
            return (transport, EchoSeen::NotTried);
        }
        let before = counters.borrow_and_update().hints;
        if !doctor::ask_for_echo(&self.inner.http, token).await {
            return (transport, EchoSeen::NotTried);
        }
        let came = counters.wait_for(|now| now.hints > before);
        let echo = match tokio::time::timeout(ECHO_WAIT, came).await {
            Ok(Ok(_)) => EchoSeen::Came,
            Ok(Err(_)) => EchoSeen::NotTried,
            Err(_) => EchoSeen::Lost(ECHO_WAIT.as_secs()),
        };
        (transport, echo)
    }

    /// Pulls everything once, for a while, and keeps nothing of it.
    async fn pull(&self, user: UserId) -> PullSeen {
        let remote = SessionRemote {
            session: self.inner.session.clone(),
            user,
            platform: watch::channel(Platform::default()).1, // The doctor asks, whatever the platform says.
        };
        let mut trial = Trial::default();
        // What it found until then is told all the same.
        let ended = sync::trial(&remote, user, &mut trial);
        let _ = tokio::time::timeout(PULL_WAIT, ended).await;
        if let Ok(workspace) = self.workspace()
            && let Ok(rows) = workspace
                .store
                .read(|reader| reader.unreadable(NAMED_ROWS))
                .await
        {
            let known = rows
                .into_iter()
                .filter(|row| !trial.unreadable.contains(row));
            let known: Vec<UnreadableRow> = known.collect();
            trial.unreadable.extend(known);
        }
        let failed = trial
            .failed
            .into_iter()
            .filter(|(_, error)| !is_elsewhere(error));
        let failed: Vec<_> = failed.map(|(scope, error)| (scope, error.code())).collect();
        PullSeen {
            tried: trial.scopes > 0 || !failed.is_empty() || !trial.unreadable.is_empty(),
            read: (trial.scopes, trial.rows),
            complete: trial.complete,
            failed,
            rows: trial.unreadable.into_iter().map(seen).collect(),
        }
    }

    /// Asked now: what the connection last saw may be over.
    async fn socket(&self) -> Seen {
        let connection = self
            .inner
            .member
            .borrow()
            .as_ref()
            .map(|member| *member.connection.borrow());
        if let Some(ConnectionState::Live(_) | ConnectionState::Degraded { .. }) = connection {
            return Seen::upgraded();
        }
        let opening = realtime::opens(Endpoint {
            url: self.inner.config.url.clone(),
            key: self.inner.config.anon_key.clone(),
            tls: Arc::clone(&self.inner.tls),
        });
        match opening.await {
            Opening::Opened => Seen::upgraded(),
            Opening::Answered(answer) => Seen::Answered(answer),
            Opening::Unreachable => Seen::CutOff,
            Opening::TimedOut => Seen::TimedOut,
        }
    }

    async fn local(&self) -> LocalSeen {
        // A member whose file did not open has no workspace; trying again tells why, as it is now.
        if let Err(Error::Storage { failure }) = self.inner.settle_member().await {
            return LocalSeen {
                tried: true,
                failure: Some(failure),
                ..LocalSeen::default()
            };
        }
        let Ok(workspace) = self.workspace() else {
            return LocalSeen::default();
        };
        let sync_error = workspace.sync.status().borrow().error.clone();
        let counts = workspace.store.read(|reader| reader.outbox_counts()).await;
        let quarantined = workspace.quarantined().is_some();
        match counts {
            Ok(counts) => {
                let now = self.inner.clock.wall();
                let age_ms = counts
                    .oldest
                    .map_or(0, |oldest| now.0.saturating_sub(oldest.0));
                LocalSeen {
                    tried: true,
                    failure: failure_of(sync_error.as_ref()),
                    quarantined,
                    unsent: counts.unsent,
                    oldest_unsent_s: u64::try_from(age_ms / 1_000).unwrap_or(0),
                    rejected: counts.rejected,
                }
            }
            Err(error) => LocalSeen {
                tried: true,
                failure: failure_of(Some(&error)),
                quarantined,
                ..LocalSeen::default()
            },
        }
    }
}

/// The data is not at fault when nobody could be asked for it.
fn is_elsewhere(error: &Error) -> bool {
    matches!(
        error,
        Error::Offline
            | Error::Timeout { .. }
            | Error::SignedOut
            | Error::Auth { .. }
            | Error::Closed
    )
}

fn seen(row: UnreadableRow) -> RowSeen {
    RowSeen {
        scope: row.scope,
        kind: row.kind,
        id: row.id,
        columns: row.columns,
    }
}

fn failure_of(error: Option<&Error>) -> Option<StorageFailure> {
    match error {
        Some(Error::Storage { failure }) => Some(*failure),
        _ => None,
    }
}

/// How long a transport may take: every scope one after the other, each refused by both transports. The real server takes 5 s for a
/// refused join; a subscription that is not confirmed counts as failed after 15 s.
fn patience(scopes: u32) -> Duration {
    let joins = rules::CONNECT_DEADLINE + rules::SUBSCRIBED_DEADLINE;
    let patience = joins + REFUSED_JOIN.saturating_mul(2).saturating_mul(scopes);
    patience.min(MAX_PATIENCE)
}

const REFUSED_JOIN: Duration = Duration::from_secs(5);
const MAX_PATIENCE: Duration = Duration::from_mins(2);
/// What may pass by itself gets this long to do so.
const PASSING: Duration = Duration::from_secs(10);

/// Waits until it is clear how hints come.
async fn settled(
    mut state: watch::Receiver<ConnectionState>,
    broadcast: Option<bool>,
) -> TransportSeen {
    let start = Instant::now();
    let mut passing: Option<Instant> = None;
    loop {
        let now = *state.borrow_and_update();
        let until = match how(now, broadcast) {
            Clarity::Clear => return transport(now),
            Clarity::Open(scopes) => start + patience(scopes),
            Clarity::MayPass => *passing.get_or_insert_with(Instant::now) + PASSING,
        };
        let changed = tokio::time::timeout_at(until, state.changed()).await;
        if !matches!(changed, Ok(Ok(()))) {
            let waited = TransportSeen::Pending(start.elapsed().as_secs());
            return match how(now, broadcast) {
                Clarity::Open(_) if !now.is_live() => waited,
                _ => transport(now),
            };
        }
    }
}

/// How clear a state makes it how hints come.
enum Clarity {
    /// It will not change by itself, or hints flow.
    Clear,
    /// So many scopes are on their way.
    Open(u32),
    /// A fault that is tried again.
    MayPass,
}

fn how(state: ConnectionState, broadcast: Option<bool>) -> Clarity {
    use ConnectionError as T;
    match state {
        // The other transport is taken as soon as the connection hears of it, too.
        ConnectionState::Live(Transport::Private) if broadcast == Some(false) => Clarity::MayPass,
        ConnectionState::Off(OffReason::NoScopes) | ConnectionState::Connecting => Clarity::Open(1),
        ConnectionState::Live(_) | ConnectionState::Off(_) | ConnectionState::Stopped(_) => {
            Clarity::Clear
        }
        ConnectionState::Degraded {
            wanted,
            cause: None,
            ..
        } => Clarity::Open(wanted),
        ConnectionState::Degraded {
            cause: Some(cause), ..
        }
        | ConnectionState::Retrying(cause) => match cause {
            T::NotSubscribed
            | T::NotAllowed
            | T::PrivateOnly
            | T::NoHints
            | T::TooManyChannels
            | T::TokenRefused
            | T::TenantUnknown
            | T::TenantDisabled
            | T::UpgradeRefused(..) => Clarity::Clear,
            T::Unreachable
            | T::Silent
            | T::Closed(_)
            | T::NoToken
            | T::ServerBusy
            | T::ChannelFailed => Clarity::MayPass,
        },
    }
}

/// How hints come.
fn transport(connection: ConnectionState) -> TransportSeen {
    match connection {
        ConnectionState::Off(_) | ConnectionState::Connecting => TransportSeen::NotTried,
        ConnectionState::Live(Transport::Private) => TransportSeen::Broadcast,
        ConnectionState::Live(Transport::Changes) => TransportSeen::Changes,
        ConnectionState::Degraded { cause, .. } => cause.map_or(TransportSeen::NotTried, failed),
        ConnectionState::Retrying(cause) | ConnectionState::Stopped(cause) => failed(cause),
    }
}

/// Every channel may be refused for good: then there is no socket either, but the reason is the refusal.
fn failed(cause: ConnectionError) -> TransportSeen {
    match cause {
        ConnectionError::NotSubscribed => TransportSeen::NotSubscribed,
        ConnectionError::NoHints => TransportSeen::NoHints,
        ConnectionError::NotAllowed | ConnectionError::PrivateOnly => TransportSeen::JoinRefused,
        ConnectionError::NoToken => TransportSeen::NotTried,
        ConnectionError::Unreachable
        | ConnectionError::Closed(_)
        | ConnectionError::UpgradeRefused(..) => TransportSeen::NoSocket,
        ConnectionError::Silent
        | ConnectionError::TokenRefused
        | ConnectionError::TooManyChannels
        | ConnectionError::ServerBusy
        | ConnectionError::TenantUnknown
        | ConnectionError::TenantDisabled
        | ConnectionError::ChannelFailed => TransportSeen::JoinsFail,
    }
}
