//! When each job may start, and when the heads are asked for. Pure.

use std::time::Duration;

use super::Job;
#[cfg(feature = "testing")]
use crate::store::rules::{Rule, left_out};
use crate::time::{Backoff, MonotonicInstant};

/// In the foreground the heads are asked for this long after the last read, at a random point in between: realtime
/// can lose events without telling anyone, and phones must not ask in step.
const HEAD_CHECK: (Duration, Duration) = (Duration::from_secs(30), Duration::from_mins(1));
/// The same while hints are not to be relied on: realtime is away, or joined and silent.
pub(crate) const HEAD_CHECK_ALONE: (Duration, Duration) =
    (Duration::from_secs(8), Duration::from_secs(12));
/// The same after a service came back: its realtime may say nothing of what happens in the seconds after.
pub(crate) const HEAD_CHECK_BACK: (Duration, Duration) =
    (Duration::from_secs(3), Duration::from_secs(5));
/// How long after a service came back. A server was seen to lose the hints of 13 s.
const BACK_FOR: Duration = Duration::from_secs(30);
/// First wait after a failure.
const BACKOFF_BASE: Duration = Duration::from_secs(1);
/// Longest wait after a failure.
const BACKOFF_CAP: Duration = Duration::from_mins(1);

/// A request and the pauses it has to keep.
#[derive(Debug)]
pub(super) struct JobTimer {
    pub(super) wanted: bool,
    pub(super) started: Option<MonotonicInstant>,
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
    pub(super) fn due(&self, gap: Duration) -> Option<MonotonicInstant> {
        let after_gap = self
            .started
            .map_or(MonotonicInstant::default(), |at| at.after(gap));
        self.wanted.then_some(after_gap.max(self.not_before))
    }

    /// Wanted, and the last one did not fail.
    pub(super) fn is_hopeful(&self) -> bool {
        self.wanted && self.backoff.attempts() == 0
    }

    pub(super) fn start(&mut self, now: MonotonicInstant) {
        self.wanted = false;
        self.started = Some(now);
    }

    pub(super) fn failed(&mut self, now: MonotonicInstant, floor: Option<Duration>, away: bool) {
        self.wanted = true;
        let wait = if away {
            self.backoff.next_while_away(floor)
        } else {
            self.backoff.next_wait(floor)
        };
        self.not_before = now.after(wait);
    }

    /// It worked. Had it failed before?
    pub(super) fn worked(&mut self) -> bool {
        let had_failed = self.backoff.attempts() > 0;
        self.backoff.reset();
        self.not_before = MonotonicInstant::default();
        had_failed
    }
}

/// The timers of the jobs and of the head check.
#[derive(Debug)]
pub(super) struct Timers {
    pub(super) list: JobTimer,
    pub(super) pull: JobTimer,
    pub(super) push: JobTimer,
    /// When the heads are asked for.
    pub(super) head_check: Option<MonotonicInstant>,
    /// A service has come back; until then heads are asked for often.
    back: Option<MonotonicInstant>,
    random: fastrand::Rng,
}

impl Timers {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            list: JobTimer::new(seed),
            pull: JobTimer::new(seed ^ 1),
            push: JobTimer::new(seed ^ 2),
            head_check: None,
            back: None,
            random: fastrand::Rng::with_seed(seed),
        }
    }

    pub(super) fn of(&mut self, job: Job) -> &mut JobTimer {
        match job {
            Job::List => &mut self.list,
            Job::Pull => &mut self.pull,
            Job::Push => &mut self.push,
        }
    }

    fn all(&mut self) -> [&mut JobTimer; 3] {
        [&mut self.list, &mut self.pull, &mut self.push]
    }

    /// Is any job wanted?
    pub(super) fn is_any_wanted(&self) -> bool {
        self.list.wanted || self.pull.wanted || self.push.wanted
    }

    /// Failures in a row of whatever failed last; 0 = the last calls worked.
    pub(super) fn failures(&self) -> u32 {
        [&self.list, &self.pull, &self.push]
            .map(|timer| timer.backoff.attempts())
            .into_iter()
            .max()
            .unwrap_or_default()
    }

    /// Somebody answered: no earlier failure is waited out.
    pub(super) fn hurry(&mut self) {
        for timer in self.all() {
            timer.not_before = MonotonicInstant::default();
        }
    }

    /// The world is another one: earlier failures say nothing.
    pub(super) fn start_over(&mut self) {
        for timer in self.all() {
            timer.worked();
        }
    }

    /// A service has come back.
    pub(super) fn came_back(&mut self, now: MonotonicInstant) {
        self.back = Some(now.after(BACK_FOR));
    }

    /// Did a service come back a moment ago?
    pub(super) fn is_back(&self, now: MonotonicInstant) -> bool {
        self.back.is_some_and(|until| until > now)
    }

    /// The heads are asked for a while from now; sooner without `hints`.
    pub(super) fn plan_head_check(&mut self, now: MonotonicInstant, hints: bool) {
        #[cfg(feature = "testing")]
        if left_out(Rule::HeadCheck) {
            return;
        }
        let (least, most) = if self.is_back(now) {
            HEAD_CHECK_BACK
        } else if hints {
            HEAD_CHECK
        } else {
            HEAD_CHECK_ALONE
        };
        let spread = most.saturating_sub(least).mul_f64(self.random.f64());
        self.head_check = Some(now.after(least + spread));
    }
}
