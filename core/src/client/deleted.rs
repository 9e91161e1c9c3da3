//! What was deleted lately and can be brought back, live.
//!
//! Owns: [`DeletedFeed`], which joins what the server keeps for 90 days with deletes of mine that it does not know of yet.
//! Never: restores anything ([`Workspace::restore`](super::Workspace::restore) does), or keeps anything on the disk.
//! Invariants: the server is asked when the feed begins, after each change of the scope that this phone has read, and, after a
//! question that failed, when the phone has synced again; one question at a time, at most one more behind it. Where it
//! cannot be asked, the feed says why, and goes on showing what it knew. At most [`MAX_DELETED`] rows.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};

use super::Client;
use super::remote::SessionRemote;
use crate::error::{Error, Result, Service};
use crate::feed::{Keyed, ListDiff, Live, Window, diff};
use crate::model::{Kind, Rev, RowId, ScopeId, UserId};
use crate::store::{Op, Reader, Store, Topic};
use crate::sync::{Remote as _, SyncStatus};
use crate::time::Timestamp;

/// Rows that the list has at most; the server answers with no more.
pub const MAX_DELETED: u32 = 500;

/// Where others edit without a pause, each of so many answers may wait for the next one before something is shown.
const UNSHOWN: u8 = 4;

/// A deleted row, as far as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Deleted {
    /// What the row was.
    pub kind: Kind,
    /// Which row.
    pub id: RowId,
    /// What it was called; empty when that is not known.
    pub title: String,
    /// Who deleted it; `None` = no person.
    pub by: Option<UserId>,
    /// Their name, told apart from namesakes; empty for a delete of mine that has not been sent.
    pub by_name: String,
    /// When, by the server's clock; by this phone's for a delete that has not been sent.
    pub at: Timestamp,
    /// The server does not know of it: bringing it back withdraws it. So it stays for a row that was never sent.
    pub unsent: bool,
}

impl Deleted {
    /// A delete of mine of which the server does not know.
    fn unsent((kind, id): (Kind, RowId), title: Option<String>, me: UserId, at: Timestamp) -> Self {
        Self {
            kind,
            id,
            title: title.unwrap_or_default(),
            by: Some(me),
            by_name: String::new(),
            at,
            unsent: true,
        }
    }
}

impl Keyed for Deleted {
    type Key = (Kind, RowId);

    fn key(&self) -> Self::Key {
        (self.kind, self.id)
    }
}

/// As the server writes it. A kind of a newer server is passed over.
#[derive(Debug, Deserialize)]
struct DeletedLine {
    kind: String,
    id: RowId,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    actor: Option<UserId>,
    #[serde(default)]
    actor_name: Option<String>,
    deleted_ms: i64,
}

/// What this phone knows by itself.
#[derive(Debug, Clone, PartialEq, Default)]
struct Local {
    /// Deletes of mine that are on their way, the newest first.
    own: Vec<Deleted>,
    /// Rows that I am bringing back.
    restoring: Vec<(Kind, RowId)>,
    /// How far the scope is read.
    rev: Rev,
}

/// The feed; see [`Client::deleted`]. Dropping it ends it.
pub struct DeletedFeed {
    scope: ScopeId,
    store: Store,
    remote: SessionRemote,
    local: Live<Local>,
    synced: watch::Receiver<SyncStatus>,
    window: Window,
    resized: watch::Receiver<u32>,
    now: Option<Local>,
    known: Vec<Deleted>,
    asking: JoinSet<Result<Vec<Deleted>>>,
    due: bool,
    /// Answers to wait for before anything is shown: what was read is shown with the answer to the question that it makes
    /// due, for a delete of mine that was read back is in neither of them before.
    held: u8,
    /// Answers that were not shown; after [`UNSHOWN`] of them one is, however much is under way.
    unshown: u8,
    /// Why the last question failed, and whether that was told.
    failure: Option<(Error, bool)>,
    shown: Option<Vec<Deleted>>,
}

impl fmt::Debug for DeletedFeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeletedFeed").finish_non_exhaustive()
    }
}

impl Client {
    /// What was deleted in a band, or in my personal scope, within 90 days, and can be brought back by
    /// [`Workspace::restore`](super::Workspace::restore), live: the newest first, at most `limit` (500). Mine that are not sent yet
    /// come first. Everybody in the band may look; a viewer's restore is refused.
    ///
    /// # Errors
    /// [`Error::SignedOut`]; [`Error::Closed`].
    pub fn deleted(&self, scope: ScopeId, limit: u32) -> Result<DeletedFeed> {
        let workspace = self.workspace()?;
        let concerns = move |set: &crate::store::ChangeSet| {
            set.touches(Topic::Outbox) || set.touches_in(Topic::Scopes, scope)
        };
        let window = Window::new(limit);
        Ok(DeletedFeed {
            scope,
            store: workspace.store.clone(),
            remote: SessionRemote {
                session: self.inner.session.clone(),
                user: workspace.user(),
                platform: self.inner.platform.subscribe(),
            },
            local: Live::new(&workspace.store, concerns, move |reader| {
                Local::read(reader, scope)
            }),
            synced: workspace.sync.status(),
            resized: window.subscribe(),
            window,
            now: None,
            known: Vec::new(),
            asking: JoinSet::new(),
            due: true,
            held: 1,
            unshown: 0,
            failure: None,
            shown: None,
        })
    }
}

impl DeletedFeed {
    /// The handle that changes the window.
    #[must_use]
    pub fn window(&self) -> Window {
        self.window.clone()
    }

    /// The next batch of steps; `None` once the store is closed. The first is a [`ListDiff::Reset`], with what the server
    /// said or, where it cannot be asked, what is known here; so is the first after a fault. Cancel-safe. Needs a tokio
    /// runtime with time.
    ///
    /// # Errors
    /// Why the server cannot be asked now: [`Error::Offline`] and other network errors, [`Error::Denied`] with `not_member`,
    /// [`Error::SignedOut`]. What was shown still holds as far as it is known.
    pub async fn next(&mut self) -> Option<Result<Vec<ListDiff<Deleted>>>> {
        loop {
            if let Some(steps) = self.steps() {
                return Some(Ok(steps));
            }
            // What is known here comes first.
            if let (Some(_), Some((error, told @ false))) = (&self.now, &mut self.failure) {
                *told = true;
                return Some(Err(error.clone()));
            }
            if self.due && self.asking.is_empty() {
                self.ask();
            }
            tokio::select! {
                local = self.local.next() => match local? {
                    Ok(now) => self.take_local(now),
                    Err(error) => return Some(Err(error)),
                },
                Some(done) = self.asking.join_next() => self.take_answer(done),
                Ok(()) = self.resized.changed() => self.due = true,
                Ok(()) = self.synced.changed(), if self.failure.is_some() => self.look_again(),
            }
        }
    }

    fn ask(&mut self) {
        self.due = false;
        self.synced.mark_unchanged();
        let (scope, store, remote) = (self.scope, self.store.clone(), self.remote.clone());
        let arguments = json!({ "scope": scope, "max_rows": self.limit() });
        self.asking.spawn(async move {
            let raw = remote.call("sync_deleted", arguments).await?;
            let lines = DeletedLine::read_all(raw.get())?;
            let named = move |reader: &Reader<'_>| {
                let named = lines.into_iter().map(|line| line.named(reader, scope));
                named.collect()
            };
            store.read(named).await
        });
    }

    fn limit(&self) -> u32 {
        self.window.limit().min(MAX_DELETED)
    }

    fn take_local(&mut self, now: Local) {
        let read = self.now.replace(now).map(|before| before.rev);
        let rev = self.now.as_ref().map(|now| now.rev);
        let moved = read.is_some() && read != rev;
        self.due |= moved;
        if moved {
            self.held = 1 + u8::from(!self.asking.is_empty());
        }
    }

    fn take_answer(&mut self, done: Result<Result<Vec<Deleted>>, JoinError>) {
        let stopped = |_| {
            Err(Error::Internal {
                place: "the question what was deleted",
            })
        };
        self.held = self.held.saturating_sub(1);
        self.unshown = self.unshown.saturating_add(1);
        match done.unwrap_or_else(stopped) {
            Ok(found) => {
                self.known = found;
                // Said again, so that whoever was told of the fault knows that it is over.
                if let Some((_, true)) = self.failure.take() {
                    self.shown = None;
                }
            }
            Err(error) => {
                let told = matches!(&self.failure, Some((before, true)) if *before == error);
                self.failure = Some((error, told));
            }
        }
    }

    /// After a question that failed: whatever sync could do since, it may do now.
    fn look_again(&mut self) {
        self.due |= self.synced.borrow_and_update().error.is_none();
    }

    fn steps(&mut self) -> Option<Vec<ListDiff<Deleted>>> {
        let now = self.now.as_ref()?;
        if self.held > 0 && self.unshown < UNSHOWN {
            return None;
        }
        self.unshown = 0;
        let mut rows = now.own.clone();
        for line in &self.known {
            let key = line.key();
            if !now.restoring.contains(&key) && now.own.iter().all(|own| own.key() != key) {
                rows.push(line.clone());
            }
        }
        rows.truncate(usize::try_from(self.limit()).unwrap_or(usize::MAX));
        let steps = match &self.shown {
            Some(shown) => diff(shown, &rows),
            None => vec![ListDiff::Reset(rows.clone())],
        };
        self.shown = Some(rows);
        (!steps.is_empty()).then_some(steps)
    }
}

impl Local {
    /// Of each row the last delete or restore that is on its way, and what was deleted before it was sent.
    fn read(reader: &Reader<'_>, scope: ScopeId) -> Result<Self> {
        let mut last = BTreeMap::new();
        for (entry, title) in reader.deletes_and_restores(scope)? {
            last.insert((entry.kind, entry.row), (entry, title));
        }
        let mut entries: Vec<_> = last.into_values().collect();
        entries.sort_by_key(|(entry, _)| std::cmp::Reverse(entry.seq));
        let scopes = reader.scopes()?;
        let mut local = Self {
            rev: scopes
                .iter()
                .find(|one| one.id == scope)
                .map_or(Rev(0), |one| one.rev),
            ..Self::default()
        };
        for (entry, title) in entries {
            if entry.op == Op::Restore {
                local.restoring.push((entry.kind, entry.row));
                continue;
            }
            let by = reader.user();
            let key = (entry.kind, entry.row);
            local.own.push(Deleted::unsent(key, title, by, entry.at));
        }
        for row in reader.deleted_unsent(scope)? {
            let key = (row.kind, row.id);
            let mine = Deleted::unsent(key, row.title, reader.user(), row.at);
            local.own.push(mine);
        }
        local.own.sort_by_key(|row| std::cmp::Reverse(row.at));
        Ok(local)
    }
}

impl DeletedLine {
    /// A line that cannot be read costs itself alone.
    fn read_all(text: &str) -> Result<Vec<Self>> {
        let lines: Vec<Value> = serde_json::from_str(text).map_err(|_| Error::Protocol {
            service: Service::Rest,
            reason: "it has another shape than expected",
        })?;
        let most = usize::try_from(MAX_DELETED).unwrap_or(usize::MAX);
        let lines = lines.into_iter().take(most);
        let known = |line: &Self| line.kind.parse::<Kind>().is_ok();
        Ok(lines
            .filter_map(|line| serde_json::from_value(line).ok())
            .filter(known)
            .collect())
    }

    fn named(self, reader: &Reader<'_>, scope: ScopeId) -> Result<Deleted> {
        let by_name = reader.name_in(scope, self.actor, self.actor_name)?;
        Ok(Deleted {
            kind: self.kind.parse()?,
            id: self.id,
            title: self.title.unwrap_or_default(),
            by: self.actor,
            by_name: by_name.unwrap_or_default(),
            at: Timestamp(self.deleted_ms),
            unsent: false,
        })
    }
}
