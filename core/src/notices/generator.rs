//! The task that turns the pulled change log into notices.
//!
//! It reads the log of each scope above what it has read, batches (see [`super::batch`]), and writes a notice together
//! with the mark of what is told in one transaction. What it holds in memory can be read again from the log after a kill.
//!
//! While the phone is away (offline, in the background, just opened) nothing is told; when it has caught up, everything
//! missed comes as one digest. Queue: 16 commands, the sender waits.

#[cfg(feature = "testing")]
mod hand;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::{broadcast, mpsc, oneshot};

#[cfg(feature = "testing")]
pub use hand::{Hand, Turn};

use super::batch::{Batcher, Due, Named};
use super::body::NoticeBody;
use super::derive::{Found, derive};
use super::{gather, watermark};
use crate::error::{Error, Result};
use crate::model::{NoticeId, Rev, ScopeId};
#[cfg(feature = "testing")]
use crate::store::rules::{Rule, left_out};
use crate::store::{ChangeSet, Durability, LogStart, Reader, ScopeState, Store, Topic, WriteTx};
use crate::time::{Clock, rest};

/// Lines of the log read at once.
const LINES: u32 = 500;
/// Revisions of the log that stay readable for "what changed here?".
const LOG_KEPT: i64 = 10_000;
/// The setting that remembers gig mode.
const GIG: &str = "notices.gig";
/// The longest time that being away holds notices back once changes arrive: a sync that never comes to rest must not
/// silence the phone.
const AWAY_MAX: Duration = Duration::from_secs(30);

/// What the generator is told by the client.
#[derive(Debug)]
enum Command {
    Gig(bool, oneshot::Sender<Result<()>>),
    Away { offline: bool },
    CaughtUp,
}

/// Handle to the task; the task ends when the last handle is gone.
#[derive(Debug, Clone)]
pub struct Notices {
    commands: mpsc::Sender<Command>,
}

impl Notices {
    /// Starts the task on the current runtime.
    #[must_use]
    pub fn start(store: Store, clock: Arc<dyn Clock>) -> Self {
        let (commands, queue) = mpsc::channel(16);
        let changes = store.changes();
        let generator = NoticeGenerator::new(store, clock);
        tokio::spawn(generator.run(queue, changes).boxed());
        Self { commands }
    }

    /// Holds notices back, or tells what was held back as one digest. Remembered across restarts.
    ///
    /// # Errors
    /// [`Error::Closed`] or [`Error::Storage`].
    pub async fn set_gig_mode(&self, on: bool) -> Result<()> {
        let (reply, answer) = oneshot::channel();
        self.commands
            .send(Command::Gig(on, reply))
            .await
            .map_err(|_| Error::Closed)?;
        answer.await.map_err(|_| Error::Closed)?
    }

    /// Whether gig mode is on, as this phone remembers it.
    ///
    /// # Errors
    /// [`Error::Storage`].
    pub async fn gig_mode(store: &Store) -> Result<bool> {
        let on = store.read(|reader| reader.meta(GIG)).await?;
        Ok(on.as_deref() == Some("1"))
    }

    /// The phone goes offline or into the background: what comes next is told as a digest.
    /// Edits made while `offline` are counted, and told as sent afterwards.
    pub(super) async fn away(&self, offline: bool) {
        let _ = self.commands.send(Command::Away { offline }).await;
    }

    /// Everything is pulled and pushed.
    pub(super) async fn caught_up(&self) {
        let _ = self.commands.send(Command::CaughtUp).await;
    }
}

/// Since when changes wait for the digest, and how many edits could not be sent when they were made: those of a time
/// without a network, and those that an earlier run of the program left. Not those of a first sync that takes a while.
#[derive(Debug, Default)]
struct Away {
    first: Option<crate::time::MonotonicInstant>,
    offline: bool,
    unsent: u64,
}

/// How far a log has been read, and where it began then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ReadUpTo {
    start: Option<LogStart>,
    rev: Rev,
}

/// When there is something to do without being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wake {
    /// Not before something changes.
    Never,
    /// Its time has come.
    Now,
    /// After this long.
    In(Duration),
}

impl Wake {
    async fn wait(self) {
        match self {
            Self::Never => rest(None).await,
            Self::Now => {}
            Self::In(time) => rest(Some(time)).await,
        }
    }
}

struct NoticeGenerator {
    store: Store,
    clock: Arc<dyn Clock>,
    batcher: Batcher,
    /// How far the log of each scope has been read into the batcher.
    read: BTreeMap<ScopeId, ReadUpTo>,
    /// Of these, what one mark serves for already.
    swept: BTreeMap<ScopeId, ReadUpTo>,
    away: Option<Away>,
}

impl NoticeGenerator {
    fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            store,
            clock,
            batcher: Batcher::default(),
            read: BTreeMap::new(),
            swept: BTreeMap::new(),
            away: Some(Away::default()),
        }
    }

    async fn run(
        mut self,
        mut queue: mpsc::Receiver<Command>,
        mut changes: broadcast::Receiver<Arc<ChangeSet>>,
    ) {
        let mut outcome = self.begin().await;
        loop {
            if let Err(error) = &outcome {
                tracing::warn!(code = error.code(), "notices wait for the next change");
            }
            outcome = tokio::select! {
                command = queue.recv() => match command {
                    Some(command) => self.handle(command).await,
                    None => return,
                },
                set = changes.recv() => match set {
                    Ok(set) if !self.concerns(&set) => Ok(()),
                    Err(broadcast::error::RecvError::Closed) => return,
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => self.look().await,
                },
                () = self.next_wake().wait() => self.tell_due().await,
            };
        }
    }

    /// What a start does first.
    async fn begin(&mut self) -> Result<()> {
        let gig = self.store.read(|reader| reader.meta(GIG)).await;
        let on = matches!(gig, Ok(Some(on)) if on == "1");
        self.batcher.set_gig_mode(on);
        self.count_unsent().await?;
        self.look().await
    }

    async fn count_unsent(&mut self) -> Result<()> {
        if let Some(away) = &mut self.away {
            let counts = self.store.read(|reader| reader.outbox_counts()).await?;
            away.unsent = away.unsent.max(counts.unsent);
        }
        Ok(())
    }

    /// A page commit moves a scope's cursor; while offline, edits made are counted too.
    fn concerns(&self, set: &ChangeSet) -> bool {
        set.touches(Topic::Scopes) || (self.is_offline() && set.touches(Topic::Outbox))
    }

    fn is_offline(&self) -> bool {
        self.away.as_ref().is_some_and(|away| away.offline)
    }

    async fn handle(&mut self, command: Command) -> Result<()> {
        match command {
            Command::Away { offline } => {
                self.away.get_or_insert_default().offline |= offline;
                self.look().await
            }
            Command::CaughtUp => self.come_back().await,
            Command::Gig(on, reply) => {
                let result = self.gig(on).await;
                // The caller may have gone.
                let _ = reply.send(result);
                Ok(())
            }
        }
    }

    async fn gig(&mut self, on: bool) -> Result<()> {
        let digest = self.batcher.set_gig_mode(on);
        let write = move |tx: &mut WriteTx<'_>| remember_gig_mode(tx, on);
        if let Err(error) = self.store.write(Durability::Full, write).await {
            self.start_over();
            return Err(error);
        }
        self.tell(digest, None).await
    }

    /// Reads what is new in the log, and while offline counts what waits to be sent.
    async fn look(&mut self) -> Result<()> {
        let heads = self.store.read(heads).await?;
        for (scope, head) in heads {
            let known = self.read.get(&scope).copied();
            if known == Some(head) {
                continue;
            }
            let known = known.filter(|known| known.start == head.start);
            if known.is_none() {
                self.batcher.renumber(scope);
            }
            let read = self.read_log(scope, known.map(|known| known.rev), head);
            if let Err(error) = read.await {
                self.start_over();
                return Err(error);
            }
        }
        if self.is_offline() {
            self.count_unsent().await?;
        }
        if let Some(away) = &mut self.away
            && self.batcher.next_deadline().is_some()
        {
            away.first.get_or_insert(self.clock.monotonic());
        }
        Ok(())
    }

    async fn read_log(
        &mut self,
        scope: ScopeId,
        mut known: Option<Rev>,
        to: ReadUpTo,
    ) -> Result<()> {
        let (mut limit, head) = (LINES, to.rev);
        loop {
            let named = self.batcher.named(scope);
            let lines = self
                .store
                .read(move |reader| page(reader, scope, known, to, limit, named))
                .await?;
            let full = u32::try_from(lines.len()).is_ok_and(|found| found >= limit);
            let end = match lines.last() {
                Some((last, _)) if full => Rev(last.0 - 1),
                _ => head,
            };
            if lines.first().is_some_and(|(first, _)| *first > end) {
                // One revision fills the page and may go on behind it: an import. Its end must be in sight.
                limit = limit.saturating_mul(8);
                continue;
            }
            for (rev, found) in lines {
                if rev <= end {
                    self.take(scope, rev, found).await?;
                }
            }
            known = Some(end);
            self.read.insert(scope, ReadUpTo { rev: end, ..to });
            if !full {
                return Ok(());
            }
        }
    }

    async fn take(&mut self, scope: ScopeId, rev: Rev, found: Found) -> Result<()> {
        match found {
            Found::Nothing => Ok(()),
            Found::Content(change) => {
                self.batcher.take(rev.0, change, self.clock.monotonic());
                Ok(())
            }
            Found::Member {
                author,
                member,
                event,
            } => {
                let body = NoticeBody::Membership {
                    author,
                    member,
                    event,
                    band: None,
                };
                let write = move |tx: &mut WriteTx<'_>| {
                    add(tx, scope, &body)?;
                    let mut mark = watermark::read(tx, scope)?;
                    mark.tell_members(rev);
                    watermark::write(tx, scope, &mark)
                };
                self.store.write(Durability::Full, write).await
            }
        }
    }

    async fn come_back(&mut self) -> Result<()> {
        self.look().await?;
        let Some(away) = self.away.take() else {
            return self.sweep().await;
        };
        let digest = if self.batcher.gig_mode() {
            Vec::new()
        } else {
            self.batcher.digest()
        };
        self.tell(digest, (away.unsent > 0).then_some(away.unsent))
            .await?;
        self.sweep().await
    }

    /// When [`NoticeGenerator::tell_due`] has something to do.
    fn next_wake(&self) -> Wake {
        let deadline = match &self.away {
            Some(away) => away.first.map(|first| first.after(AWAY_MAX)),
            None => self.batcher.next_deadline(),
        };
        match deadline.map(|at| at.since(self.clock.monotonic())) {
            None => Wake::Never,
            Some(Duration::ZERO) => Wake::Now,
            Some(wait) => Wake::In(wait),
        }
    }

    async fn tell_due(&mut self) -> Result<()> {
        if self.next_wake() != Wake::Now {
            return Ok(());
        }
        if self.away.is_some() {
            return self.come_back().await;
        }
        let due = self.batcher.due(self.clock.monotonic());
        self.tell(due, None).await
    }

    /// Writes notices and marks together.
    async fn tell(&mut self, due: Vec<Due>, sent: Option<u64>) -> Result<()> {
        if due.is_empty() && sent.is_none() {
            return Ok(());
        }
        let me = ScopeId::from(self.store.user());
        let read = self.read.clone();
        let write = move |tx: &mut WriteTx<'_>| {
            for one in &due {
                tell_and_mark(tx, one, read.get(&one.scope))?;
            }
            let count = sent.map(|count| u32::try_from(count).unwrap_or(u32::MAX));
            count.map_or(Ok(()), |count| {
                add(tx, me, &NoticeBody::Sent { count }).map(drop)
            })
        };
        let told = self.store.write(Durability::Full, write).await;
        if told.is_err() {
            self.start_over();
        }
        told
    }

    /// A write has failed: what is not told and marked is read again.
    fn start_over(&mut self) {
        self.batcher.forget();
        self.read.clear();
    }

    /// With nothing waiting, one mark serves for everybody, and the old end of the log can go.
    async fn sweep(&mut self) -> Result<()> {
        if !self.batcher.is_empty() || self.swept == self.read {
            return Ok(());
        }
        #[cfg(feature = "testing")]
        if left_out(Rule::ToldIsMarked) {
            return Ok(());
        }
        let read = self.read.clone();
        let write = move |tx: &mut WriteTx<'_>| {
            for (scope, ReadUpTo { start, rev }) in read {
                if tx.log_start(scope)? != start {
                    continue;
                }
                let mut mark = watermark::read(tx, scope)?;
                if mark.all < rev {
                    mark.tell_all(rev);
                    watermark::write(tx, scope, &mark)?;
                    tx.prune_log(scope, Rev(rev.0 - LOG_KEPT))?;
                    tx.forget_lists(scope, rev)?;
                }
            }
            Ok(())
        };
        self.store.write(Durability::Normal, write).await?;
        self.swept.clone_from(&self.read);
        Ok(())
    }
}

/// What the next start begins with; [`Notices::set_gig_mode`] tells the one that runs.
pub(crate) fn remember_gig_mode(tx: &mut WriteTx<'_>, on: bool) -> Result<()> {
    tx.set_meta(GIG, if on { "1" } else { "0" })?;
    tx.hold_notices(on)
}

/// How far the log of each scope can be read.
fn heads(reader: &Reader<'_>) -> Result<Vec<(ScopeId, ReadUpTo)>> {
    let scopes = reader.scopes()?.into_iter().filter(|one| one.committed);
    let head = |one: ScopeState| {
        let start = reader.log_start(one.id)?;
        Ok((
            one.id,
            ReadUpTo {
                start,
                rev: one.rev,
            },
        ))
    };
    scopes.map(head).collect()
}

/// A piece of the log of a scope between what was read and its head. What is told already is left out, and so is
/// a log that has begun again since: it is read from there.
fn page(
    reader: &Reader<'_>,
    scope: ScopeId,
    known: Option<Rev>,
    to: ReadUpTo,
    limit: u32,
    mut named: Named,
) -> Result<Vec<(Rev, Found)>> {
    if reader.log_start(scope)? != to.start {
        return Ok(Vec::new());
    }
    let mark = watermark::read(reader, scope)?;
    let from = known.unwrap_or(mark.all.min(to.rev));
    let mut lines = Vec::new();
    for logged in reader.log_since(scope, from, limit)? {
        let rev = logged.rev;
        let found = if mark.covers(logged.kind, logged.actor, rev) {
            Found::Nothing
        } else {
            derive(reader, logged, &mut named)?
        };
        lines.push((rev, found));
    }
    Ok(lines)
}

/// Writes what is due and marks it as told; not where the log has begun again since it was `read`, in other revisions.
fn tell_and_mark(tx: &mut WriteTx<'_>, due: &Due, read: Option<&ReadUpTo>) -> Result<()> {
    let body = due.body.as_ref();
    #[cfg(feature = "testing")]
    let body = body.filter(|_| !left_out(Rule::DueIsTold));
    if let Some(body) = body {
        tell_one(tx, due.scope, body)?;
    }
    #[cfg(feature = "testing")]
    if left_out(Rule::ToldIsMarked) {
        return Ok(());
    }
    if read.map(|read| read.start) != Some(tx.log_start(due.scope)?) {
        return Ok(());
    }
    let mut mark = watermark::read(tx, due.scope)?;
    for told in &due.told {
        mark.tell(told.author, Rev(told.up_to));
    }
    watermark::write(tx, due.scope, &mark)
}

/// Adds a notice, or puts it in the place of one that it continues, the last about its author; returns its id.
fn tell_one(tx: &mut WriteTx<'_>, scope: ScopeId, body: &NoticeBody) -> Result<NoticeId> {
    let now = tx.now();
    for earlier in tx.notices(None, gather::LOOKED_AT)? {
        let before = NoticeBody::of(&earlier).filter(|_| earlier.scope == Some(scope));
        let Some(before) = before.filter(|before| gather::is_of_one(before, body)) else {
            continue;
        };
        let recent = gather::is_recent(earlier.at, now);
        if let Some(both) = gather::joined(&before, body).filter(|_| recent) {
            tx.remove_notice(earlier.id)?;
            return add(tx, scope, &both);
        }
        break;
    }
    add(tx, scope, body)
}

/// Adds a notice to the feed; returns its id.
pub(super) fn add(tx: &mut WriteTx<'_>, scope: ScopeId, body: &NoticeBody) -> Result<NoticeId> {
    let value = serde_json::to_value(body).map_err(|_| Error::Internal {
        place: "notice body",
    })?;
    tx.add_notice(Some(scope), &value)
}
