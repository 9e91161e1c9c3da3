//! When to pull, when to push, when to wait. Pure: time and chance come in, jobs come out.
//!
//! Owns: the coalescing of hints, the pauses between calls, backoff, and the head check.
//! Never: does IO, sleeps, or knows what a call carries.
//! Invariants: one job runs at a time; a request made while a job runs is done after it, once, however often it was made;
//! nothing starts in the background, without a network or without a session; a failure never forgets a request.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use uuid::Uuid;

use crate::error::Error;
use crate::hint::Hint;
use crate::model::{Rev, ScopeId};
#[cfg(feature = "testing")]
use crate::store::rules::{Rule, left_out};
use crate::time::{Backoff, MonotonicInstant};

/// Pulls are at least this far apart while hints keep coming: at most 20 a second, whatever the band does. A hint after
/// a rest is followed at once.
pub const HINT_GAP: Duration = Duration::from_millis(50);
/// Hints that follow each other closely are debounced: a pull waits until none has come for this long. What a person may
/// wait for the last change of a storm, 100 ms, sets the limit.
const HINT_QUIET: Duration = Duration::from_millis(25);
/// A storm of hints is not waited out longer than this. Each of its pulls writes most pages of a list again, so fewer and
/// larger ones cost less; a list that moves three times a second is as fast as anyone reads.
pub const HINT_HOLD: Duration = Duration::from_millis(350);
/// The pause after a pull that brought nothing, before doubling.
const FRUITLESS_GAP: Duration = Duration::from_millis(50);
/// Hints that lead to nothing double that pause up to this many times (50 ms becomes 3.2 s): a hint with an absurd
/// revision, repeated for ever, must not become a storm. After as many fruitless pulls a hint is forgotten.
const MAX_DOUBLINGS: u32 = 6;
/// Hints for scopes this phone does not know lead to one question a this long.
pub const LIST_GAP: Duration = Duration::from_secs(10);
/// Pushes are at least this far apart, so that typing becomes few calls.
const PUSH_GAP: Duration = Duration::from_millis(50);
/// In the foreground the heads are asked for this long after the last read, at a random point in between: realtime
/// can lose events without telling anyone, and phones must not ask in step.
pub const HEAD_CHECK: (Duration, Duration) = (Duration::from_secs(30), Duration::from_mins(1));
/// The same while hints are not to be relied on: realtime is away, or joined and silent.
pub const HEAD_CHECK_ALONE: (Duration, Duration) =
    (Duration::from_secs(8), Duration::from_secs(12));
/// The same after a service came back: its realtime may say nothing of what happens in the seconds after.
pub const HEAD_CHECK_BACK: (Duration, Duration) = (Duration::from_secs(3), Duration::from_secs(5));
/// How long after a service came back. A server was seen to lose the hints of 13 s.
const BACK_FOR: Duration = Duration::from_secs(30);
/// First wait after a failure.
const BACKOFF_BASE: Duration = Duration::from_secs(1);
/// Longest wait after a failure.
const BACKOFF_CAP: Duration = Duration::from_mins(1);

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

/// A request and the pauses it has to keep.
#[derive(Debug)]
struct JobTimer {
    wanted: bool,
    started: Option<MonotonicInstant>,
    not_before: MonotonicInstant,
    backoff: Backoff,
}

impl JobTimer {
    fn new(seed: u64) -> Self {
        Self {
            wanted: false,
            started: None,
            not_before: MonotonicInstant::default(),
            backoff: Backoff::new(BACKOFF_BASE, BACKOFF_CAP, seed),
        }
    }

    /// When it may start, if it is wanted.
    fn due(&self, gap: Duration) -> Option<MonotonicInstant> {
        let after_gap = self
            .started
            .map_or(MonotonicInstant::default(), |at| at.after(gap));
        self.wanted.then_some(after_gap.max(self.not_before))
    }

    fn start(&mut self, now: MonotonicInstant) {
        self.wanted = false;
        self.started = Some(now);
    }

    fn failed(&mut self, now: MonotonicInstant, floor: Option<Duration>, away: bool) {
        self.wanted = true;
        let wait = if away {
            self.backoff.next_while_away(floor)
        } else {
            self.backoff.next_wait(floor)
        };
        self.not_before = now.after(wait);
    }

    fn worked(&mut self) {
        self.backoff.reset();
        self.not_before = MonotonicInstant::default();
    }
}

/// The state machine.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent conditions of the outside world, not states of one thing"
)]
pub struct Schedule {
    known: BTreeMap<ScopeId, (Rev, Option<Uuid>)>,
    /// Newest hint a scope that no pull has reached yet. PostgreSQL writes a commit to its log, from which hints are
    /// sent, a moment before other connections see it: a fast pull may come too early, and no second hint follows.
    noted: BTreeMap<ScopeId, Hint>,
    running: Option<Job>,
    list: JobTimer,
    pull: JobTimer,
    push: JobTimer,
    /// The list is wanted only because of a hint for an unknown scope.
    list_for_hint: bool,
    /// Pulls in a row that hints asked for and that brought nothing.
    fruitless: u32,
    /// The running pull was asked for by hints alone.
    for_hint: bool,
    /// The list is wanted by the head check alone: nobody was told anything, and nothing of ours is under way.
    unasked: bool,
    /// Hints of every scope flow, as far as is known.
    hints: bool,
    /// A service has come back; until then heads are asked for often.
    back: Option<MonotonicInstant>,
    /// When the first and the last hint came since the last pull began.
    hinted: Option<(MonotonicInstant, MonotonicInstant)>,
    foreground: bool,
    once: bool,
    network: bool,
    session: bool,
    head_check: Option<MonotonicInstant>,
    random: fastrand::Rng,
}

impl Schedule {
    /// In the background, with a network, without a session, knowing no scope. The seed makes tests repeatable.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            known: BTreeMap::new(),
            noted: BTreeMap::new(),
            running: None,
            list: JobTimer::new(seed),
            pull: JobTimer::new(seed ^ 1),
            push: JobTimer::new(seed ^ 2),
            list_for_hint: false,
            fruitless: 0,
            for_hint: false,
            unasked: false,
            hints: true,
            back: None,
            hinted: None,
            foreground: false,
            once: false,
            network: true,
            session: false,
            head_check: None,
            random: fastrand::Rng::with_seed(seed),
        }
    }

    /// This scope has been read and committed up to here. Also called for each scope when the database is opened.
    pub fn learn(&mut self, scope: ScopeId, rev: Rev, epoch: Option<Uuid>) {
        self.known.insert(scope, (rev, epoch));
    }

    /// The user has lost access to this scope.
    pub fn forget(&mut self, scope: ScopeId) {
        self.known.remove(&scope);
        self.noted.remove(&scope);
    }

    /// Something says, at `now`, that a scope stands at a revision.
    pub fn hint(&mut self, hint: Hint, now: MonotonicInstant) {
        if !self.known.contains_key(&hint.scope) {
            self.list_for_hint |= !self.list.wanted;
            self.list.wanted = true;
        } else if self.is_behind(hint.scope, hint.rev, hint.epoch) {
            self.noted.insert(hint.scope, hint);
            let first = self.hinted.map_or(now, |(first, _)| first);
            self.hinted = Some((first, now));
            if self.running.is_none() {
                self.want_for_hint();
            }
        }
    }

    /// The member's own scope has moved, perhaps because he is in a band that this device does not know of: nothing tells
    /// it about that band yet. Only he and who lets him into a band move it, so it is asked at once.
    pub fn own_hint(&mut self, hint: Hint) {
        if self.is_behind(hint.scope, hint.rev, hint.epoch) {
            self.list_for_hint = false;
            self.list.wanted = true;
        }
    }

    /// A channel was joined, for the first time or again: what happened before it is known only by reading. Somebody
    /// answered, so no earlier failure is waited out.
    pub fn joined(&mut self) {
        self.want_pull();
        for timer in [&mut self.list, &mut self.pull, &mut self.push] {
            timer.not_before = MonotonicInstant::default();
        }
    }

    /// A reading was broken off.
    pub fn unfinished(&mut self) {
        self.want_pull();
    }

    /// Whether hints of every scope flow. Without them the heads are asked for more often.
    pub fn set_hints(&mut self, on: bool, now: MonotonicInstant) {
        if std::mem::replace(&mut self.hints, on) && !on && self.head_check.is_some() {
            self.plan_head_check(now);
        }
    }

    /// There are edits to send.
    pub fn edited(&mut self) {
        self.push.wanted = true;
    }

    /// A function changed something on the server that no hint may tell about, such as a joined band.
    pub fn recheck(&mut self) {
        self.list.wanted = true;
        self.list_for_hint = false;
        self.unasked = false;
    }

    /// Whether the app is in the foreground.
    pub fn set_foreground(&mut self, on: bool) {
        if on && !self.foreground {
            self.world_changed();
        }
        self.foreground = on;
    }

    /// There is a network, or none; `true` again: it is another one.
    pub fn set_network(&mut self, on: bool) {
        if on {
            self.world_changed();
        }
        self.network = on;
    }

    /// There is a usable session, or none.
    pub fn set_session(&mut self, on: bool) {
        if on && !self.session {
            self.world_changed();
        }
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
        self.running.is_none() && !self.list.wanted && !self.pull.wanted && !self.push.wanted
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
        [&self.list, &self.pull, &self.push]
            .map(|timer| timer.backoff.attempts())
            .into_iter()
            .max()
            .unwrap_or_default()
    }

    /// What to do at `now`.
    pub fn next(&mut self, now: MonotonicInstant) -> Next {
        let awake = self.foreground || self.once;
        if self.running.is_some() || !awake || self.obstacle().is_some() {
            return Next::Idle;
        }
        if self.head_check.is_some_and(|at| at <= now) {
            self.check_heads(now);
        }
        let list_gap = if self.list_for_hint {
            LIST_GAP
        } else {
            HINT_GAP
        };
        let jobs = [
            (Job::Push, self.push.due(PUSH_GAP)),
            (Job::List, self.list.due(list_gap)),
            (Job::Pull, self.pull_due()),
        ];
        let first = jobs
            .into_iter()
            .filter_map(|(job, due)| Some((job, due?)))
            .min_by_key(|(_, due)| *due);
        match (first, self.head_check) {
            (Some((job, due)), _) if due <= now => self.start(job, now),
            (Some((_, due)), Some(check)) => Next::Until(due.min(check)),
            (Some((_, due)), None) => Next::Until(due),
            (None, Some(check)) => Next::Until(check),
            (None, None) => Next::Idle,
        }
    }

    fn check_heads(&mut self, now: MonotonicInstant) {
        let alone = !self.list.wanted && !self.pull.wanted;
        self.head_check = None;
        self.recheck();
        // After an outage hints are known to be lost, and that proves nothing of the transport.
        self.unasked = alone && self.back.is_none_or(|until| until <= now);
    }

    /// A job ended. What it taught ([`Self::learn`], [`Self::listed`]) has been put in before.
    pub fn ended(&mut self, job: Job, how: Ended, now: MonotonicInstant) {
        if self.running == Some(job) {
            self.running = None;
        }
        let for_hint = job == Job::Pull && std::mem::take(&mut self.for_hint);
        match how {
            Ended::Done { changed, more } => {
                if self.timer(job).backoff.attempts() > 0 {
                    self.back = Some(now.after(BACK_FOR));
                    self.plan_head_check(now);
                }
                self.timer(job).worked();
                self.timer(job).wanted |= more;
                match job {
                    Job::Push if changed => self.want_pull(),
                    Job::Pull if for_hint && !changed => self.fruitless += 1,
                    Job::Pull => self.fruitless = 0,
                    Job::Push | Job::List => {}
                }
                if job != Job::Push {
                    self.plan_head_check(now);
                }
            }
            Ended::Retry { floor, away } => {
                self.unasked = false;
                self.timer(job).failed(now, floor, away);
            }
            Ended::NoSession => {
                self.timer(job).wanted = true;
                self.session = false;
            }
        }
        self.look_at_noted();
    }

    /// Hints that are still above what was read ask for one more pull, up to a number of fruitless ones in a row.
    fn look_at_noted(&mut self) {
        let mut noted = std::mem::take(&mut self.noted);
        noted.retain(|_, hint| self.is_behind(hint.scope, hint.rev, hint.epoch));
        if self.fruitless <= MAX_DOUBLINGS && !noted.is_empty() {
            self.noted = noted;
            self.want_for_hint();
        }
    }

    /// The answer to [`Job::List`]: every scope of mine with its head and epoch. Gives the heads that were found although
    /// nobody had told of them: only those of a head check that nothing else asked for, of scopes and epochs that are
    /// known, and while no edit of ours, no join and no hint was waiting to be read.
    pub fn listed(&mut self, heads: &[Hint]) -> Vec<Hint> {
        let unasked = std::mem::take(&mut self.unasked) && !self.pull.wanted;
        let found = heads.iter().filter(|head| unasked && self.is_untold(head));
        let found = found.copied().collect();
        let missing = self
            .known
            .keys()
            .any(|known| heads.iter().all(|head| head.scope != *known));
        let behind = heads
            .iter()
            .any(|head| self.is_behind(head.scope, head.rev, head.epoch));
        if missing || behind {
            self.want_pull();
        }
        found
    }

    /// Above what was read, in the same epoch, and no hint of it waits.
    fn is_untold(&self, head: &Hint) -> bool {
        let known = self.known.get(&head.scope);
        let above = known.is_some_and(|(rev, epoch)| head.rev > *rev && *epoch == Some(head.epoch));
        let noted = self.noted.get(&head.scope);
        above && noted.is_none_or(|hint| hint.rev < head.rev)
    }

    fn is_behind(&self, scope: ScopeId, rev: Rev, epoch: Uuid) -> bool {
        self.known
            .get(&scope)
            .is_none_or(|(known, known_epoch)| rev > *known || *known_epoch != Some(epoch))
    }

    /// When the next pull starts, if it is wanted: one for hints alone waits until they pause, if the last one was just now.
    fn pull_due(&self) -> Option<MonotonicInstant> {
        let due = self.pull.due(self.pull_gap())?;
        let (Some((first, last)), Some(started)) = (self.hinted, self.pull.started) else {
            return Some(due);
        };
        if !self.for_hint || first >= started.after(HINT_GAP) {
            return Some(due);
        }
        Some(due.max(last.after(HINT_QUIET).min(first.after(HINT_HOLD))))
    }

    fn pull_gap(&self) -> Duration {
        match self.fruitless {
            0 => HINT_GAP,
            again => FRUITLESS_GAP.saturating_mul(1 << again.min(MAX_DOUBLINGS)),
        }
    }

    fn timer(&mut self, job: Job) -> &mut JobTimer {
        match job {
            Job::List => &mut self.list,
            Job::Pull => &mut self.pull,
            Job::Push => &mut self.push,
        }
    }

    fn start(&mut self, job: Job, now: MonotonicInstant) -> Next {
        self.timer(job).start(now);
        self.running = Some(job);
        match job {
            Job::List => self.list_for_hint = false,
            Job::Pull => self.hinted = None,
            Job::Push => {}
        }
        Next::Run(job)
    }

    fn want_pull(&mut self) {
        self.pull.wanted = true;
        self.for_hint = false;
        self.fruitless = 0;
    }

    fn want_for_hint(&mut self) {
        self.for_hint |= !self.pull.wanted;
        self.pull.wanted = true;
    }

    fn world_changed(&mut self) {
        for timer in [&mut self.list, &mut self.pull, &mut self.push] {
            timer.worked();
        }
        self.recheck();
        self.push.wanted = true;
    }

    fn plan_head_check(&mut self, now: MonotonicInstant) {
        #[cfg(feature = "testing")]
        if left_out(Rule::HeadCheck) {
            return;
        }
        let (least, most) = match self.back {
            Some(until) if until > now => HEAD_CHECK_BACK,
            _ if !self.hints => HEAD_CHECK_ALONE,
            _ => HEAD_CHECK,
        };
        let spread = most.saturating_sub(least).mul_f64(self.random.f64());
        self.head_check = Some(now.after(least + spread));
    }
}
