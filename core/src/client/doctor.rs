//! What the doctor is told about this phone.

use std::time::Duration;

use super::Client;
use crate::doctor::{self, Inside, LaneSeen, LocalSeen, Report, SessionSeen};
use crate::realtime::{ConnectionState, Trouble};
use crate::session::SessionState;

/// The doctor does not wait for a token longer than this.
const TOKEN_WAIT: Duration = Duration::from_secs(5);

impl Client {
    /// Looks at services, network, auth and app, in that order, and names the first that is broken. Never fails; takes
    /// as long as the slowest answer, 20 s at most.
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
        (inside.lane, inside.socket_opens) = lane(connection);
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
        inside.local = self.local().await;
        inside
    }

    async fn local(&self) -> LocalSeen {
        let Ok(space) = self.space() else {
            return LocalSeen::default();
        };
        match space.store.read(|reader| reader.outbox_counts()).await {
            Ok(counts) => {
                let now = self.inner.clock.wall();
                let age_ms = counts
                    .oldest
                    .map_or(0, |oldest| now.0.saturating_sub(oldest.0));
                LocalSeen {
                    fault: None,
                    unsent: counts.unsent,
                    oldest_unsent_s: u64::try_from(age_ms / 1_000).unwrap_or(0),
                    parked: counts.parked,
                }
            }
            Err(error) => LocalSeen {
                fault: Some(error.code()),
                ..LocalSeen::default()
            },
        }
    }
}

/// How hints come, and whether the socket opens.
fn lane(connection: Option<ConnectionState>) -> (LaneSeen, Option<bool>) {
    match connection {
        None | Some(ConnectionState::Off(_) | ConnectionState::Connecting) => {
            (LaneSeen::NotTried, None)
        }
        Some(ConnectionState::Live) => (LaneSeen::Broadcast, Some(true)),
        Some(ConnectionState::Degraded { trouble, .. }) => match trouble {
            Some(Trouble::NotSubscribed) => (LaneSeen::NotPublished, Some(true)),
            Some(Trouble::NotAllowed | Trouble::PrivateOnly) => (LaneSeen::JoinRefused, Some(true)),
            _ => (LaneSeen::NotTried, Some(true)),
        },
        Some(ConnectionState::Retrying(_) | ConnectionState::Stopped(_)) => {
            (LaneSeen::NoSocket, Some(false))
        }
    }
}
