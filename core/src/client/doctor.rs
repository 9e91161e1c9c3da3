//! What the doctor is told about this phone.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::Client;
use super::remote::SessionRemote;
use crate::doctor::{self, Inside, LaneSeen, LocalSeen, PullSeen, Report, RowSeen, SessionSeen};
use crate::error::{Error, StorageFault};
use crate::model::UserId;
use crate::realtime::{self, ConnectionState, Endpoint, Lane, Trouble};
use crate::session::SessionState;
use crate::store::UnreadableRow;
use crate::sync::{self, Trial};

/// The doctor does not wait for a token longer than this.
const TOKEN_WAIT: Duration = Duration::from_secs(5);
/// Nor for all of its pull.
const PULL_WAIT: Duration = Duration::from_secs(20);
/// Rows of the local database that are named as not whole.
const NAMED_ROWS: u32 = 50;

impl Client {
    /// Looks at services, network, auth and app, in that order, and names the first that is broken. Never fails; takes
    /// as long as the time-outs of what does not answer.
    pub async fn diagnose(&self) -> Report {
        let inside = self.inside().await;
        doctor::examine(&self.inner.http, inside).await
    }

    async fn inside(&self) -> Inside {
        let session = self.inner.session.state();
        let connection = self
            .inner
            .member
            .borrow()
            .as_ref()
            .map(|member| *member.connection.borrow());
        let mut inside = Inside {
            session: match &session {
                SessionState::SignedOut => SessionSeen::SignedOut,
                SessionState::SignedIn { .. } => SessionSeen::Valid,
                SessionState::NeedsSignIn { reason, .. } => SessionSeen::Ended(reason.clone()),
            },
            ..Inside::default()
        };
        inside.lane = connection.map_or(LaneSeen::NotTried, lane);
        inside.socket_opens = Some(self.socket_opens(connection).await);
        if let Some(account) = session.account() {
            let token = self.inner.session.token(account.user, Duration::ZERO);
            match tokio::time::timeout(TOKEN_WAIT, token).await {
                Ok(Ok(token)) => inside.token = Some(token),
                Ok(Err(error)) if error.is_retryable() => {
                    inside.session = SessionSeen::RefreshWaits;
                }
                Ok(Err(_)) => {}
                Err(_) => inside.session = SessionSeen::RefreshWaits,
            }
        }
        if inside.token.is_some()
            && let Some(account) = session.account()
        {
            inside.pull = self.pull(account.user).await;
        }
        inside.local = self.local().await;
        inside
    }

    /// Pulls everything once, for a while, and keeps nothing of it.
    async fn pull(&self, user: UserId) -> PullSeen {
        let remote = SessionRemote {
            session: self.inner.session.clone(),
            user,
            network: watch::channel(true).1, // The doctor asks, whatever the platform says.
        };
        let mut trial = Trial::default();
        // What it found until then is told all the same.
        let ended = sync::trial(&remote, user, &mut trial);
        let _ = tokio::time::timeout(PULL_WAIT, ended).await;
        if let Ok(space) = self.space()
            && let Ok(rows) = space
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
    async fn socket_opens(&self, connection: Option<ConnectionState>) -> bool {
        if let Some(ConnectionState::Live(_) | ConnectionState::Degraded { .. }) = connection {
            return true;
        }
        realtime::opens(Endpoint {
            url: self.inner.config.url.clone(),
            key: self.inner.config.anon_key.clone(),
            tls: Arc::clone(&self.inner.tls),
        })
        .await
    }

    async fn local(&self) -> LocalSeen {
        // A member whose file did not open has no space; trying again tells why, as it is now.
        if let Err(Error::Storage { fault }) = self.inner.settle_member().await {
            return LocalSeen {
                fault: Some(fault),
                ..LocalSeen::default()
            };
        }
        let Ok(space) = self.space() else {
            return LocalSeen::default();
        };
        let set_aside = space.set_aside().is_some();
        let sync_error = space.sync.status().borrow().error.clone();
        match space.store.read(|reader| reader.outbox_counts()).await {
            Ok(counts) => {
                let now = self.inner.clock.wall();
                let age_ms = counts
                    .oldest
                    .map_or(0, |oldest| now.0.saturating_sub(oldest.0));
                LocalSeen {
                    fault: fault_of(sync_error.as_ref()),
                    set_aside,
                    unsent: counts.unsent,
                    oldest_unsent_s: u64::try_from(age_ms / 1_000).unwrap_or(0),
                    parked: counts.parked,
                }
            }
            Err(error) => LocalSeen {
                fault: fault_of(Some(&error)),
                set_aside,
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

fn fault_of(error: Option<&Error>) -> Option<StorageFault> {
    match error {
        Some(Error::Storage { fault }) => Some(*fault),
        _ => None,
    }
}

/// How hints come.
fn lane(connection: ConnectionState) -> LaneSeen {
    match connection {
        ConnectionState::Off(_) | ConnectionState::Connecting => LaneSeen::NotTried,
        ConnectionState::Live(Lane::Private) => LaneSeen::Broadcast,
        ConnectionState::Live(Lane::Changes) => LaneSeen::Changes,
        ConnectionState::Degraded { trouble, .. } => trouble.map_or(LaneSeen::NotTried, failed),
        ConnectionState::Retrying(trouble) | ConnectionState::Stopped(trouble) => failed(trouble),
    }
}

/// Every channel may be refused for good: then there is no socket either, but the reason is the refusal.
fn failed(trouble: Trouble) -> LaneSeen {
    match trouble {
        Trouble::NotSubscribed => LaneSeen::NotSubscribed,
        Trouble::NotAllowed | Trouble::PrivateOnly => LaneSeen::JoinRefused,
        Trouble::NoToken => LaneSeen::NotTried,
        Trouble::Unreachable | Trouble::Closed(_) | Trouble::UpgradeRefused(..) => {
            LaneSeen::NoSocket
        }
        Trouble::Silent
        | Trouble::TokenRefused
        | Trouble::TooManyChannels
        | Trouble::ServerBusy
        | Trouble::TenantUnknown
        | Trouble::TenantDisabled
        | Trouble::ChannelFailed => LaneSeen::JoinsFail,
    }
}
