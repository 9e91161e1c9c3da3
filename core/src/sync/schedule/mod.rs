//! When to pull, when to push, when to wait. Pure: time and chance come in, jobs come out.
//!
//! Owns: the coalescing of hints, the pauses between calls, backoff, and the head check.
//! Never: does IO, sleeps, or knows what a call carries.
//! Invariants: one job runs at a time; a request made while a job runs is done after it, once, however often it was made;
//! nothing starts without a network or without a session; in the background only what was left to send when the app went
//! there, until it is sent or a call fails; a failure never forgets a request.

mod hints;
#[cfg(test)]
mod tests;
mod timers;

use std::time::Duration;

use uuid::Uuid;

use crate::error::Error;
use crate::hint::Hint;
use crate::model::{Rev, ScopeId};
use crate::store::ScopeState;
use crate::time::MonotonicInstant;
use hints::HintTracker;
use timers::Timers;
#[cfg(test)]
pub(crate) use timers::{HEAD_CHECK_ALONE, HEAD_CHECK_BACK};

/// Pulls are at least this far apart while hints keep coming: at most 20 a second, whatever the band does. A hint after
/// a rest is followed at once.
pub const HINT_GAP: Duration = Duration::from_millis(50);
/// Hints for scopes this phone does not know lead to one question a this long.
pub const LIST_GAP: Duration = Duration::from_secs(10);
/// Pushes are at least this far apart, so that typing becomes few calls.
const PUSH_GAP: Duration = Duration::from_millis(50);
/// One call or one run of calls to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Ask which scopes there are and where their heads stand.
    List,
    /// Read every scope to its head.
    Pull,
    /// Send one batch.
    Push,
}

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Start this job; it counts as running from now on.
    Run(Job),
    /// Nothing until this time has come or something is put in.
    Until(MonotonicInstant),
    /// Nothing until something is put in.
    Idle,
}

/// How a job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It worked. `changed`: it changed something here; `more`: the same job has more to do.
    Done {
        /// It changed something here.
        changed: bool,
        /// There is more of the same to do.
        more: bool,
    },
    /// It failed and is tried again after a pause.
    Retry {
        /// The server's `Retry-After`.
        floor: Option<Duration>,
        /// Nobody answered, or only a gateway for a service that is not there.
        away: bool,
    },
    /// There is no session: wait for one.
    NoSession,
}

impl Ended {
    /// What a failed call means for the schedule.
    #[must_use]
    pub fn from_error(error: &Error) -> Self {
        match error {
            Error::SignedOut | Error::Auth { .. } => Self::NoSession,
            Error::Server { retry_after, .. } => Self::Retry {
                floor: retry_after.map(|seconds| Duration::from_secs(u64::from(seconds))),
                away: error.is_away(),
            },
            _ => Self::Retry {
                floor: None,
                away: error.is_away(),
            },
        }
    }
}

/// The state machine.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent conditions of the outside world, not states of one thing"
)]
pub struct Schedule {
    hints: HintTracker,
    timers: Timers,
    running: Option<Job>,
    /// The list is wanted only because of a hint for an unknown scope.
    list_for_hint: bool,
    /// The list is wanted by the head check alone: nobody was told anything, and nothing of ours is under way.
    unasked: bool,
    /// Hints of every scope flow, as far as is known.
    flow: bool,
    foreground: bool,
    /// Gone to the background with something left to send, and it may still work.
    parting: bool,
    once: bool,
    network: bool,
    session: bool,
}

impl Schedule {
    /// In the background, with a network, without a session, knowing no scope. The seed makes tests repeatable.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            hints: HintTracker::default(),
            timers: Timers::new(seed),
            running: None,
            list_for_hint: false,
            unasked: false,
            flow: true,
            foreground: false,
            parting: false,
            once: false,
            network: true,
            session: false,
        }
    }

    /// This scope has been read and committed up to here.
    pub fn learn(&mut self, scope: ScopeId, rev: Rev, epoch: Option<Uuid>) {
        self.hints.learn(scope, rev, epoch);
    }

    /// These are all scopes that the database has: the user may have lost access to others, another program may have had the
    /// files, or a damaged one was replaced.
    pub fn learn_all(&mut self, scopes: &[ScopeState]) {
        self.hints
            .retain(|known| scopes.iter().any(|scope| scope.id == known));
        for scope in scopes {
            self.learn(scope.id, scope.rev, scope.epoch);
        }
    }

    /// Something says, at `now`, that a scope stands at a revision.
    pub fn hint(&mut self, hint: Hint, now: MonotonicInstant) {
        if !self.hints.knows(hint.scope) {
            self.list_for_hint |= !self.timers.list.wanted;
            self.timers.list.wanted = true;
        } else if self.hints.is_behind(&hint) {
            self.hints.note(hint, now);
            if self.running.is_none() {
                self.want_for_hint();
            }
        }
    }

    /// The member's own scope has moved, perhaps because he is in a band that this device does not know of: nothing tells
    /// it about that band yet. Only he and who lets him into a band move it, so it is asked at once.
    pub fn own_hint(&mut self, hint: Hint) {
        if self.hints.is_behind(&hint) {
            self.list_for_hint = false;
            self.timers.list.wanted = true;
        }
    }

    /// A channel was joined, for the first time or again: what happened before it is known only by reading. Somebody
    /// answered, so no earlier failure is waited out.
    pub fn joined(&mut self) {
        self.want_pull();
        self.timers.hurry();
    }

    /// A reading was broken off.
    pub fn unfinished(&mut self) {
        self.want_pull();
    }

    /// Whether hints of every scope flow. Without them the heads are asked for more often.
    pub fn set_hints(&mut self, on: bool, now: MonotonicInstant) {
        if std::mem::replace(&mut self.flow, on) && !on && self.timers.head_check.is_some() {
            self.timers.plan_head_check(now, on);
        }
    }

    /// There are edits to send.
    pub fn edited(&mut self) {
        self.timers.push.wanted = true;
    }

    /// A function changed something on the server that no hint may tell about, such as a joined band.
    pub fn recheck(&mut self) {
        self.timers.list.wanted = true;
        self.list_for_hint = false;
        self.unasked = false;
    }

    /// Whether the app is in the foreground.
    pub fn set_foreground(&mut self, on: bool) {
        if on && !self.foreground {
            self.world_changed();
        }
        if on != self.foreground {
            let sends = self.running == Some(Job::Push) || self.timers.push.is_hopeful();
            self.parting = !on && sends && self.obstacle().is_none();
        }
        self.foreground = on;
    }

    /// There is a network, or none; `true` again: it is another one.
    pub fn set_network(&mut self, on: bool) {
        if on {
            self.world_changed();
        }
        self.parting &= on;
        self.network = on;
    }

    /// There is a usable session, or none.
    pub fn set_session(&mut self, on: bool) {
        if on && !self.session {
            self.world_changed();
        }
        self.parting &= on;
        self.session = on;
    }

    /// Background work begins or ends: everything once, without waiting for earlier pauses, as if on screen.
    pub fn set_once(&mut self, on: bool) {
        if on {
            self.world_changed();
        }
        self.once = on;
    }

    /// True when nothing runs and nothing is wished for.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.running.is_none() && !self.timers.is_any_wanted()
    }

    /// Is there a session, as far as is known?
    #[must_use]
    pub fn has_session(&self) -> bool {
        self.session
    }

    /// What keeps every call from being made, as its callers would see it.
    #[must_use]
    pub fn obstacle(&self) -> Option<Error> {
        if !self.session {
            return Some(Error::SignedOut);
        }
        (!self.network).then_some(Error::Offline)
    }

    /// Failures in a row of whatever failed last; 0 = the last calls worked.
    #[must_use]
    pub fn failures(&self) -> u32 {
        self.timers.failures()
    }

    /// What to do at `now`.
    pub fn next(&mut self, now: MonotonicInstant) -> Next {
        let awake = self.foreground || self.once;
        if self.running.is_some() || self.obstacle().is_some() {
            return Next::Idle;
        }
        if !awake {
            return self.next_parting(now);
        }
        if self.timers.head_check.is_some_and(|at| at <= now) {
            self.check_heads(now);
        }
        let list_gap = if self.list_for_hint {
            LIST_GAP
        } else {
            HINT_GAP
        };
        let jobs = [
            (Job::Push, self.timers.push.due(PUSH_GAP)),
            (Job::List, self.timers.list.due(list_gap)),
            (Job::Pull, self.pull_due()),
        ];
        let first = jobs
            .into_iter()
            .filter_map(|(job, due)| Some((job, due?)))
            .min_by_key(|(_, due)| *due);
        match (first, self.timers.head_check) {
            (Some((job, due)), _) if due <= now => self.start(job, now),
            (Some((_, due)), Some(check)) => Next::Until(due.min(check)),
            (Some((_, due)), None) => Next::Until(due),
            (None, Some(check)) => Next::Until(check),
            (None, None) => Next::Idle,
        }
    }

    /// In the background.
    fn next_parting(&mut self, now: MonotonicInstant) -> Next {
        match self.timers.push.due(PUSH_GAP).filter(|_| self.parting) {
            Some(due) if due <= now => self.start(Job::Push, now),
            Some(due) => Next::Until(due),
            None => Next::Idle,
        }
    }

    fn check_heads(&mut self, now: MonotonicInstant) {
        let alone = !self.timers.list.wanted && !self.timers.pull.wanted;
        self.timers.head_check = None;
        self.recheck();
        // After an outage hints are known to be lost, and that proves nothing of the transport.
        self.unasked = alone && !self.timers.is_back(now);
    }

    /// A job ended. What it taught ([`Self::learn`], [`Self::listed`]) has been put in before.
    pub fn ended(&mut self, job: Job, how: Ended, now: MonotonicInstant) {
        if self.running == Some(job) {
            self.running = None;
        }
        self.parting &= matches!(how, Ended::Done { .. });
        match how {
            Ended::Done { changed, more } => self.worked(job, changed, more, now),
            Ended::Retry { floor, away } => {
                self.unasked = false;
                self.timers.of(job).failed(now, floor, away);
            }
            Ended::NoSession => {
                self.timers.of(job).wanted = true;
                self.session = false;
            }
        }
        if job == Job::Pull && !matches!(how, Ended::Done { .. }) {
            self.hints.pull_ended(None);
        }
        if self.hints.ask_once_more() {
            self.want_for_hint();
        }
    }

    fn worked(&mut self, job: Job, changed: bool, more: bool, now: MonotonicInstant) {
        let timer = self.timers.of(job);
        let had_failed = timer.worked();
        timer.wanted |= more;
        if had_failed {
            self.timers.came_back(now);
            self.timers.plan_head_check(now, self.flow);
        }
        self.parting &= self.timers.push.wanted;
        match job {
            Job::Push if changed => self.want_pull(),
            Job::Pull => self.hints.pull_ended(Some(changed)),
            Job::Push | Job::List => {}
        }
        if job != Job::Push {
            self.timers.plan_head_check(now, self.flow);
        }
    }

    /// The answer to [`Job::List`]: every scope of mine with its head and epoch. Gives the heads that were found although
    /// nobody had told of them: only those of a head check that nothing else asked for, of scopes and epochs that are
    /// known, and while no edit of ours, no join and no hint was waiting to be read.
    pub fn listed(&mut self, heads: &[Hint]) -> Vec<Hint> {
        let unasked = std::mem::take(&mut self.unasked) && !self.timers.pull.wanted;
        let found = heads
            .iter()
            .filter(|head| unasked && self.hints.is_untold(head));
        let found = found.copied().collect();
        if self.hints.ask_for_pull(heads) {
            self.want_pull();
        }
        found
    }

    /// When the next pull starts, if it is wanted.
    fn pull_due(&self) -> Option<MonotonicInstant> {
        let timer = &self.timers.pull;
        let due = timer.due(self.hints.gap())?;
        Some(self.hints.due(due, timer.started))
    }

    fn start(&mut self, job: Job, now: MonotonicInstant) -> Next {
        self.timers.of(job).start(now);
        self.running = Some(job);
        match job {
            Job::List => self.list_for_hint = false,
            Job::Pull => self.hints.pull_began(),
            Job::Push => {}
        }
        Next::Run(job)
    }

    fn want_pull(&mut self) {
        self.timers.pull.wanted = true;
        self.hints.wanted_anyway();
    }

    fn want_for_hint(&mut self) {
        self.hints.wanted(self.timers.pull.wanted);
        self.timers.pull.wanted = true;
    }

    fn world_changed(&mut self) {
        self.timers.start_over();
        self.recheck();
        self.timers.push.wanted = true;
    }
}
