//! The one task that talks to the server about data.
//!
//! Owns: the schedule, the batch sizes and the status. One job at a time: a pull and a push never overlap, so a page
//! that is committed was asked for after every answer that was stored before.
//! Never: keeps anything that must survive a kill; that is the store's.

#[cfg(feature = "testing")]
mod manual;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{oneshot, watch};

use super::batch::BatchSizes;
use super::input::{Input, InputQueue, SyncOutcome};
use super::observer::SyncObserver;
use super::pull::{Apart, list, pull};
use super::push::push;
use super::remote::Remote;
use super::schedule::{Ended, Job, Next, Schedule};
use crate::error::{Error, Result};
use crate::hint::{Heard, Hint, Hints};
use crate::model::ScopeId;
use crate::platform::{self, Platform};
use crate::store::{Durability, ScopeState, Store, WriteTx};
use crate::time::{Clock, MonotonicInstant, Timestamp, rest};

#[cfg(feature = "testing")]
pub use manual::ManualEngine;

/// Pages after which a pull that is still running counts as catching up, for the status.
const CATCHING_UP: u32 = 10;
/// A scope that could not be read is tried again this long after the last time at the earliest: the others, whose every
/// hint makes a pull, must not wait for it.
const APART_GAP: Duration = Duration::from_secs(20);
/// Another network cuts off a call that is under way: on the old one it may hang until its time-out. Not more often than
/// this, so that a platform that speaks of networks all the time does not keep a slow call from ever ending.
const CUT_GAP: Duration = Duration::from_secs(10);

/// What sync is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Activity {
    /// Nothing; everything known is done.
    #[default]
    Idle,
    /// Asking, reading or sending.
    Working,
    /// Reading so much that it takes many pages.
    CatchingUp,
    /// The last call failed; it is tried again by itself.
    Retrying,
    /// There is no session to call with.
    NoSession,
    /// Shut down.
    Stopped,
}

/// The state of sync, for the status feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct SyncStatus {
    /// What it is doing.
    pub activity: Activity,
    /// Why the last failed call failed; `None` once calls work again and every scope can be read.
    pub error: Option<Error>,
    /// Scopes that cannot be read; the others go on without them. They are tried again by themselves.
    pub apart: Vec<ScopeId>,
    /// When everything was last read to its head, wall clock.
    pub synced_at: Option<Timestamp>,
    /// Rows received so far of the member's first sync; `None` when none is under way.
    pub rows: Option<u64>,
}

/// A `sync_once` in progress.
#[derive(Debug)]
pub(super) struct Waiting {
    until: MonotonicInstant,
    reply: oneshot::Sender<SyncOutcome>,
    error: Option<Error>,
}

pub(super) struct Engine<R> {
    store: Store,
    remote: R,
    observer: Arc<dyn SyncObserver>,
    clock: Arc<dyn Clock>,
    pub(super) inputs: Arc<InputQueue>,
    platform: watch::Receiver<Platform>,
    /// What the platform had said when this was last looked at.
    heard: Platform,
    hints: Arc<Hints>,
    pub(super) status: watch::Sender<SyncStatus>,
    /// Heads that a head check found although nobody had told of them.
    pub(super) found: watch::Sender<Vec<Hint>>,
    /// When a call was last cut off because of another network.
    cut_at: Option<MonotonicInstant>,
    schedule: Schedule,
    sizes: BatchSizes,
    /// Scopes of mine that the store does not know yet.
    fresh: BTreeSet<ScopeId>,
    /// Scopes that cannot be read, and when they were last tried.
    apart: Apart,
    apart_at: MonotonicInstant,
    /// Why the last job of each kind failed; none once it worked.
    errors: [Option<Error>; 3],
    once: Vec<Waiting>,
}

impl<R: Remote> Engine<R> {
    /// An engine that has not looked at anything yet. The seed spreads its waits.
    pub(super) fn new(
        (store, remote, observer, clock): (Store, R, Arc<dyn SyncObserver>, Arc<dyn Clock>),
        seed: u64,
        platform: watch::Receiver<Platform>,
        hints: Arc<Hints>,
    ) -> Self {
        Self {
            store,
            remote,
            observer,
            clock,
            inputs: Arc::default(),
            platform,
            heard: Platform::default(),
            hints,
            status: watch::Sender::default(),
            found: watch::Sender::default(),
            cut_at: None,
            schedule: Schedule::new(seed),
            sizes: BatchSizes::default(),
            fresh: BTreeSet::new(),
            apart: BTreeMap::new(),
            apart_at: MonotonicInstant::default(),
            errors: Default::default(),
            once: Vec::new(),
        }
    }

    /// Runs until a stop is asked for.
    pub(super) async fn run(mut self) {
        if let Err(error) = self.begin().await {
            self.failed(Job::Pull, &error);
        }
        let inputs = Arc::clone(&self.inputs);
        loop {
            let input = inputs.take();
            if input.stop {
                break;
            }
            self.take_in(input);
            self.answer_once();
            let now = self.clock.monotonic();
            match self.schedule.next(now) {
                Next::Run(job) => {
                    if !self.attend(&inputs, job, now).await {
                        break;
                    }
                }
                Next::Until(due) => {
                    self.rest();
                    let due = self.deadline().map_or(due, |deadline| deadline.min(due));
                    tokio::select! {
                        () = self.input_arrived() => {}
                        () = tokio::time::sleep(due.since(now)) => {}
                    }
                }
                Next::Idle => {
                    self.rest();
                    self.input_arrived().await;
                }
            }
        }
        self.stop();
    }

    /// Waits until something came in. Cancel-safe.
    async fn input_arrived(&mut self) {
        tokio::select! {
            () = self.inputs.changed() => {}
            () = self.hints.changed() => {}
            () = platform::changed(&mut self.platform) => {}
        }
    }

    /// One job, until it is done or cut off; `false`: a stop was asked for. A call that is cut off may have happened; the
    /// store knows what to do about it.
    async fn attend(&mut self, inputs: &InputQueue, job: Job, now: MonotonicInstant) -> bool {
        let deadline = self.deadline();
        let mut platform = self.platform.clone();
        let network = platform.borrow().network.ons;
        let may_move = self.cut_at.is_none_or(|at| now.since(at) >= CUT_GAP);
        tokio::select! {
            biased;
            () = inputs.stopped() => return false,
            () = platform::moved(&mut platform, network), if may_move => {
                self.cut_at = Some(now);
                self.cut(job);
            }
            () = rest(deadline.map(|deadline| deadline.since(now))) => self.cut(job),
            () = self.work(job) => {}
        }
        true
    }

    /// One job, from start to what the schedule learns of it.
    async fn work(&mut self, job: Job) {
        self.set_activity(Activity::Working);
        let outcome = match job {
            Job::List => self.list().await,
            Job::Pull => self.pull().await,
            Job::Push => push(&self.store, &self.remote, &mut self.sizes, &self.observer)
                .await
                .map(|pushed| Ended::Done {
                    changed: pushed.changed,
                    more: pushed.more,
                }),
        };
        let ended = match outcome {
            Ok(ended) => {
                self.worked(job);
                ended
            }
            Err(error) => {
                self.failed(job, &error);
                Ended::from_error(&error)
            }
        };
        self.schedule.ended(job, ended, self.clock.monotonic());
    }

    /// A job worked: its error is over, but not that of a scope that could not be read beside the others.
    fn worked(&mut self, job: Job) {
        match self.apart.values().next().cloned() {
            Some(error) if job == Job::Pull => self.failed(job, &error),
            _ => {
                self.errors[job as usize] = None;
                self.tell_error();
            }
        }
    }

    fn tell_error(&self) {
        let error = self.errors.iter().flatten().next().cloned();
        let apart: Vec<ScopeId> = self.apart.keys().copied().collect();
        self.status.send_if_modified(|status| {
            let changed = status.error != error || status.apart != apart;
            status.error = error;
            status.apart = apart;
            changed
        });
    }

    async fn list(&mut self) -> Result<Ended> {
        let heads = list(&self.store, &self.remote).await?;
        // As they are now: the files may have been let go, and opened again as others left them.
        let known = self.learn_scopes().await?;
        self.fresh = heads
            .iter()
            .map(|head| head.scope)
            .filter(|id| known.iter().all(|scope| scope.id != *id))
            .collect();
        let found = self.schedule.listed(&heads);
        if !found.is_empty() {
            self.found.send_replace(found);
        }
        Ok(Ended::Done {
            changed: false,
            more: false,
        })
    }

    async fn pull(&mut self) -> Result<Ended> {
        let status = self.status.clone();
        let now = self.clock.monotonic();
        let all = !self.once.is_empty() || now.since(self.apart_at) >= APART_GAP;
        if all {
            self.apart_at = now;
        }
        self.count_first().await?;
        let committed = pull(
            &self.store,
            &self.remote,
            &self.fresh,
            &self.observer,
            (&mut self.apart, all),
            |pages, rows| tell_page(&status, pages, rows),
        )
        .await?
        .committed;
        tell_rows(&self.status, None);
        self.fresh.clear();
        self.learn_scopes().await?;
        if committed.moved.iter().any(|(_, from, _)| from.is_none()) {
            // A first sync may have written floors that wait to be sent.
            self.schedule.edited();
        }
        if self.apart.is_empty() {
            self.note_first().await?;
            let now = self.clock.wall();
            self.status
                .send_modify(|status| status.synced_at = Some(now));
        }
        Ok(Ended::Done {
            changed: !committed.moved.is_empty() || !committed.gone.is_empty(),
            more: false,
        })
    }

    /// Nothing has ever been read to its head.
    async fn is_first(&self) -> Result<bool> {
        let known = self.status.borrow().synced_at.is_some();
        Ok(!known && !self.store.read(|reader| reader.has_synced()).await?)
    }

    /// Begins to count the rows of a first sync: one that was broken off goes on where it was.
    async fn count_first(&self) -> Result<()> {
        if self.is_first().await? {
            let rows = self.store.read(|reader| reader.count_received()).await?;
            tell_rows(&self.status, Some(rows));
        }
        Ok(())
    }

    /// Everything has been read to its head for the first time: that is remembered beyond the end of the program.
    async fn note_first(&self) -> Result<()> {
        if !self.is_first().await? {
            return Ok(());
        }
        let note = |tx: &mut WriteTx<'_>| tx.note_synced();
        self.store.write(Durability::Normal, note).await
    }

    /// What the database says when the program starts. A reading that was broken off is finished whatever the heads are:
    /// after a restore of the server they may be below the earlier ones.
    async fn begin(&mut self) -> Result<()> {
        self.learn_scopes().await?;
        if self.store.read(|reader| reader.has_staged()).await? {
            self.schedule.unfinished();
        }
        Ok(())
    }

    async fn learn_scopes(&mut self) -> Result<Vec<ScopeState>> {
        let scopes = self.store.read(|reader| reader.scopes()).await?;
        self.schedule.learn_all(&scopes);
        Ok(scopes)
    }

    /// What the handle asked comes first: whatever it asked before the platform's last word is done by that word. An edit
    /// made just before the app left the screen was made before it.
    fn take_in(&mut self, input: Input) {
        let now = self.clock.monotonic();
        if input.edited {
            self.schedule.edited();
        }
        let platform = *self.platform.borrow_and_update();
        self.hear_platform(platform);
        if let Some(on) = input.session {
            self.schedule.set_session(on);
        }
        self.hear_hints(self.hints.take(), now);
        if input.recheck {
            self.schedule.recheck();
        }
        for (budget, reply) in input.once {
            if self.once.is_empty() {
                self.schedule.set_once(true);
            }
            self.once.push(Waiting {
                until: now.after(budget),
                reply,
                error: None,
            });
        }
    }

    fn hear_platform(&mut self, platform: Platform) {
        let before = std::mem::replace(&mut self.heard, platform);
        for on in platform.foreground.since(&before.foreground) {
            self.schedule.set_foreground(*on);
        }
        for on in platform.network.since(&before.network) {
            self.schedule.set_network(*on);
        }
    }

    fn hear_hints(&mut self, heard: Heard, now: MonotonicInstant) {
        let schedule = &mut self.schedule;
        if let Some(on) = heard.flow {
            schedule.set_hints(on, now);
        }
        let me = ScopeId(self.store.user().0);
        for hint in heard.newest.into_values() {
            if hint.scope == me {
                schedule.own_hint(hint);
            }
            schedule.hint(hint, now);
        }
        if heard.gap {
            schedule.joined();
        }
        if heard.too_many {
            schedule.recheck();
        }
    }

    /// When the first `sync_once` has used up its time.
    fn deadline(&self) -> Option<MonotonicInstant> {
        self.once.iter().map(|waiting| waiting.until).min()
    }

    /// A job was cut off by the end of a budget: it stays wanted.
    fn cut(&mut self, job: Job) {
        let now = self.clock.monotonic();
        let retry = Ended::Retry {
            floor: None,
            away: false,
        };
        self.schedule.ended(job, retry, now);
    }

    /// Tells the callers of `sync_once` whose work is done, cannot be done, or whose time is over.
    fn answer_once(&mut self) {
        let now = self.clock.monotonic();
        let complete = self.schedule.is_quiet();
        let stuck = self.schedule.obstacle();
        for waiting in std::mem::take(&mut self.once) {
            let error = waiting.error.clone().or(stuck.clone());
            if complete || error.is_some() || waiting.until <= now {
                // The caller may have gone.
                let complete = complete && error.is_none();
                let _ = waiting.reply.send(SyncOutcome { complete, error });
            } else {
                self.once.push(waiting);
            }
        }
        if self.once.is_empty() {
            self.schedule.set_once(false);
        }
    }

    fn failed(&mut self, job: Job, error: &Error) {
        tracing::info!(code = error.code(), "a sync call failed");
        for waiting in &mut self.once {
            waiting.error = Some(error.clone());
        }
        self.errors[job as usize] = Some(error.clone());
        self.tell_error();
    }

    /// Nothing runs now: says why.
    fn rest(&self) {
        let activity = if !self.schedule.has_session() {
            Activity::NoSession
        } else if self.schedule.failures() > 0 || self.errors.iter().any(Option::is_some) {
            Activity::Retrying
        } else {
            Activity::Idle
        };
        self.set_activity(activity);
    }

    fn set_activity(&self, activity: Activity) {
        set_activity(&self.status, activity);
    }

    fn stop(&mut self) {
        self.inputs.close();
        for waiting in std::mem::take(&mut self.once) {
            let _ = waiting.reply.send(SyncOutcome {
                complete: false,
                error: Some(Error::Closed),
            });
        }
        self.set_activity(Activity::Stopped);
    }
}

/// So many pages of a pull have come; the last brought so many rows.
fn tell_page(status: &watch::Sender<SyncStatus>, pages: u32, rows: u64) {
    let counted = status.borrow().rows;
    if let Some(before) = counted {
        tell_rows(status, Some(before.saturating_add(rows)));
    }
    if pages == CATCHING_UP {
        set_activity(status, Activity::CatchingUp);
    }
}

fn tell_rows(status: &watch::Sender<SyncStatus>, rows: Option<u64>) {
    status.send_if_modified(|status| std::mem::replace(&mut status.rows, rows) != rows);
}

fn set_activity(status: &watch::Sender<SyncStatus>, activity: Activity) {
    status.send_if_modified(|status| std::mem::replace(&mut status.activity, activity) != activity);
}
