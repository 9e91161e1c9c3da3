//! The status strip: how this phone stands to the server, in one value.

use std::sync::Arc;

use tokio::sync::watch;

use super::{Client, Inner};
use crate::error::{Error, Result};
use crate::feed;
use crate::feed::Live;
use crate::platform::Platform;
use crate::realtime::ConnectionState;
use crate::session::SessionState;
use crate::store::{OutboxCounts, UnreadableRow};
use crate::sync::SyncStatus;

/// How this phone stands to the server.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Status {
    /// Who is signed in.
    pub session: SessionState,
    /// The app is in the foreground.
    pub foreground: bool,
    /// The platform says that there is a network.
    pub network: bool,
    /// How well hints flow; `None` while nobody is signed in.
    pub connection: Option<ConnectionState>,
    /// What sync does; `None` while nobody is signed in.
    pub sync: Option<SyncStatus>,
    /// Edits on their way and rejected ones.
    pub outbox: OutboxCounts,
    /// Rows that are not whole on this phone because something in them cannot be read, the first 50. The others are all
    /// here.
    pub unreadable: Vec<UnreadableRow>,
    /// Whole minutes by which the clock of this device is ahead of the server's, negative: behind. `None` = below two
    /// minutes, or not known, as before the first answer of the server.
    pub clock_skew_minutes: Option<i64>,
}

/// The status and its changes. Dropping it ends it.
#[derive(Debug)]
pub struct StatusFeed {
    client: std::sync::Weak<Inner>,
    session: watch::Receiver<SessionState>,
    platform: watch::Receiver<Platform>,
    skew: watch::Receiver<Option<i64>>,
    closed: watch::Receiver<bool>,
    member: watch::Receiver<Option<Arc<super::member::RunningMember>>>,
    parts: Option<Parts>,
    shown: Option<Status>,
}

#[derive(Debug)]
struct Parts {
    connection: watch::Receiver<ConnectionState>,
    sync: watch::Receiver<SyncStatus>,
    live: Live<OutboxCounts>,
    outbox: OutboxCounts,
    rows: Live<Vec<UnreadableRow>>,
    unreadable: Vec<UnreadableRow>,
}

impl StatusFeed {
    pub(super) fn new(inner: &Arc<Inner>) -> Self {
        let mut member = inner.member.subscribe();
        member.mark_changed();
        Self {
            client: Arc::downgrade(inner),
            session: inner.session.watch(),
            platform: inner.platform.subscribe(),
            skew: inner.http.clock_skew(),
            closed: inner.closed.subscribe(),
            member,
            parts: None,
            shown: None,
        }
    }

    /// The status now (first call), then each time it has changed; `None` once the client is shut down. Cancel-safe.
    pub async fn next(&mut self) -> Option<Status> {
        loop {
            if *self.closed.borrow() || self.client.strong_count() == 0 {
                return None;
            }
            if self.member.has_changed().unwrap_or(false) {
                self.take_member().await;
            }
            let now = self.status();
            if self.shown.as_ref() != Some(&now) {
                self.shown = Some(now.clone());
                return Some(now);
            }
            self.changed().await;
        }
    }

    /// Cut off in between, it is done again by the next call: the member counts as taken at the end only.
    async fn take_member(&mut self) {
        let member = self.member.borrow().clone();
        self.parts = match &member {
            Some(member) => Some(Parts::of(member).await),
            None => None,
        };
        let now = self.member.borrow().as_ref().map(Arc::as_ptr);
        if now == member.as_ref().map(Arc::as_ptr) {
            self.member.mark_unchanged();
        }
    }

    fn status(&self) -> Status {
        let parts = self.parts.as_ref();
        let platform = *self.platform.borrow();
        Status {
            session: self.session.borrow().clone(),
            foreground: platform.foreground.on,
            network: platform.network.on,
            connection: parts.map(|parts| *parts.connection.borrow()),
            sync: parts.map(|parts| parts.sync.borrow().clone()),
            outbox: parts.map(|parts| parts.outbox).unwrap_or_default(),
            unreadable: parts.map_or_else(Vec::new, |parts| parts.unreadable.clone()),
            clock_skew_minutes: *self.skew.borrow(),
        }
    }

    /// Waits until some part of it may be different.
    async fn changed(&mut self) {
        let parts = async {
            match &mut self.parts {
                Some(parts) => parts.changed().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.session.changed() => {}
            _ = self.platform.changed() => {}
            Ok(()) = self.skew.changed() => {}
            _ = self.closed.changed() => {}
            _ = self.member.changed() => self.member.mark_changed(),
            () = parts => {}
        }
    }
}

impl Parts {
    async fn of(member: &super::member::RunningMember) -> Self {
        let mut live = feed::outbox_counts(&member.workspace.store);
        let outbox = live.next().await.and_then(Result::ok).unwrap_or_default();
        let mut rows = feed::unreadable(&member.workspace.store);
        let unreadable = rows.next().await.and_then(Result::ok).unwrap_or_default();
        Self {
            connection: member.connection.clone(),
            sync: member.workspace.sync.status(),
            live,
            outbox,
            rows,
            unreadable,
        }
    }

    async fn changed(&mut self) {
        tokio::select! {
            Ok(()) = self.connection.changed() => {}
            Ok(()) = self.sync.changed() => {}
            Some(counts) = self.live.next() => if let Ok(counts) = counts { self.outbox = counts },
            Some(rows) = self.rows.next() => if let Ok(rows) = rows { self.unreadable = rows },
            else => std::future::pending().await,
        }
    }
}

impl Client {
    /// The status as it is now, without waiting for anything but a short read.
    pub async fn status_now(&self) -> Option<Status> {
        self.status().next().await
    }

    /// Ends when everything of the member who is signed in now has been read once, in this run or in an earlier one: until
    /// then a list that is short may still be filling.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when nobody is signed in, when they sign out, or when the server ends their session first;
    /// [`Error::Closed`] after [`Client::shutdown`]; [`Error::Storage`].
    pub async fn wait_for_first_sync(&self) -> Result<()> {
        let mut session = self.session();
        let mut closed = self.inner.closed.subscribe();
        let workspace = self.workspace()?;
        let mut status = workspace.sync.status();
        loop {
            if *closed.borrow_and_update() {
                return Err(Error::Closed);
            }
            match workspace.store.read(|reader| reader.has_synced()).await {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                // Another member's file is open now, or none.
                Err(Error::Closed) if !*closed.borrow() => return Err(Error::SignedOut),
                Err(error) => return Err(error),
            }
            let mine = matches!(&*session.borrow_and_update(),
                SessionState::SignedIn { account } if account.user == workspace.user());
            if !mine {
                return Err(Error::SignedOut);
            }
            tokio::select! {
                Ok(()) = session.changed() => {}
                Ok(()) = closed.changed() => {}
                Ok(_) = status.wait_for(|status| status.synced_at.is_some()) => return Ok(()),
                else => return Err(Error::Closed),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::config::ClientConfig;
    use crate::session::MemorySecrets;
    use crate::time::{Clock as _, ManualClock, Timestamp};

    #[test]
    fn a_wrong_clock_is_in_the_status_as_soon_as_the_server_has_told_its_time() {
        let dir = TempDir::new().unwrap();
        let config = ClientConfig::new("http://127.0.0.1:1", "sb_publishable_x", dir.path());
        let clock = Arc::new(ManualClock::new(Timestamp(1_796_500_800_000)));
        let secrets = Arc::new(MemorySecrets::new());
        let client = Client::open_with(config, secrets, clock.clone(), 1).unwrap();
        let tell = |ahead_s: i64| {
            let server = Timestamp(clock.wall().0 - ahead_s * 1_000);
            client.inner.http.note_date(server);
        };
        client.runtime().block_on(async {
            let mut status = client.status();
            let mut next = async || status.next().await.unwrap().clock_skew_minutes;
            assert_eq!(next().await, None);
            tell(7_230);
            assert_eq!(next().await, Some(120));
            tell(-300);
            assert_eq!(next().await, Some(-5));
            tell(3);
            assert_eq!(next().await, None);
        });
    }
}
