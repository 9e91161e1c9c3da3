//! Which scopes are behind, by what was read and what was told, and how fast pulls follow hints. Pure.

use std::collections::BTreeMap;
use std::time::Duration;

use uuid::Uuid;

use super::HINT_GAP;
use crate::hint::Hint;
use crate::model::{Rev, ScopeId};
use crate::time::MonotonicInstant;

/// Hints that follow each other closely are debounced: a pull waits until none has come for this long. What a person may
/// wait for the last change of a storm, 100 ms, sets the limit.
const HINT_QUIET: Duration = Duration::from_millis(25);
/// A storm of hints is not waited out longer than this. Each of its pulls writes most pages of a list again, so fewer and
/// larger ones cost less; a list that moves three times a second is as fast as anyone reads.
const HINT_HOLD: Duration = Duration::from_millis(350);
/// The pause after a pull that brought nothing, before doubling.
const FRUITLESS_GAP: Duration = Duration::from_millis(50);
/// Hints that lead to nothing double that pause up to this many times (50 ms becomes 3.2 s): a hint with an absurd
/// revision, repeated for ever, must not become a storm. After as many fruitless pulls a hint is forgotten.
const MAX_DOUBLINGS: u32 = 6;

/// What is known of the scopes, and of the hints that no pull has reached.
#[derive(Debug, Default)]
pub(super) struct HintTracker {
    known: BTreeMap<ScopeId, (Rev, Option<Uuid>)>,
    /// Newest hint a scope that no pull has reached yet. PostgreSQL writes a commit to its log, from which hints are
    /// sent, a moment before other connections see it: a fast pull may come too early, and no second hint follows.
    noted: BTreeMap<ScopeId, Hint>,
    /// When the first and the last hint came since the last pull began.
    hinted: Option<(MonotonicInstant, MonotonicInstant)>,
    /// The pull that is wanted, or runs, was asked for by hints alone.
    alone: bool,
    /// Pulls in a row that hints asked for and that brought nothing.
    fruitless: u32,
}

impl HintTracker {
    /// This scope has been read up to here.
    pub(super) fn learn(&mut self, scope: ScopeId, rev: Rev, epoch: Option<Uuid>) {
        self.known.insert(scope, (rev, epoch));
    }

    /// Only these are scopes now.
    pub(super) fn retain(&mut self, is_one: impl Fn(ScopeId) -> bool) {
        self.known.retain(|scope, _| is_one(*scope));
        self.noted.retain(|scope, _| is_one(*scope));
    }

    pub(super) fn knows(&self, scope: ScopeId) -> bool {
        self.known.contains_key(&scope)
    }

    /// Is there something to read, if this is true? Of a scope that is not known there is.
    pub(super) fn is_behind(&self, head: &Hint) -> bool {
        self.known
            .get(&head.scope)
            .is_none_or(|(rev, epoch)| head.rev > *rev || *epoch != Some(head.epoch))
    }

    /// Above what was read, in the same epoch, and no hint of it waits.
    pub(super) fn is_untold(&self, head: &Hint) -> bool {
        let known = self.known.get(&head.scope);
        let above = known.is_some_and(|(rev, epoch)| head.rev > *rev && *epoch == Some(head.epoch));
        let noted = self.noted.get(&head.scope);
        above && noted.is_none_or(|hint| hint.rev < head.rev)
    }

    /// Do the heads of all scopes ask for a pull: is one behind, or is a known one missing?
    pub(super) fn ask_for_pull(&self, heads: &[Hint]) -> bool {
        let is_missing = |known: &ScopeId| heads.iter().all(|head| head.scope != *known);
        self.known.keys().any(is_missing) || heads.iter().any(|head| self.is_behind(head))
    }

    /// A hint has come of something that was not read.
    pub(super) fn note(&mut self, hint: Hint, now: MonotonicInstant) {
        self.noted.insert(hint.scope, hint);
        let first = self.hinted.map_or(now, |(first, _)| first);
        self.hinted = Some((first, now));
    }

    /// Drops the hints that were reached. Are there others? They ask for one more pull, up to a number of fruitless ones
    /// in a row; then they are forgotten.
    pub(super) fn ask_once_more(&mut self) -> bool {
        let mut noted = std::mem::take(&mut self.noted);
        noted.retain(|_, hint| self.is_behind(hint));
        if self.fruitless <= MAX_DOUBLINGS {
            self.noted = noted;
        }
        !self.noted.is_empty()
    }

    /// A pull is wanted whatever the hints say.
    pub(super) fn wanted_anyway(&mut self) {
        self.alone = false;
        self.fruitless = 0;
    }

    /// Hints want a pull; was it wanted before?
    pub(super) fn wanted(&mut self, before: bool) {
        self.alone |= !before;
    }

    pub(super) fn pull_began(&mut self) {
        self.hinted = None;
    }

    /// A pull ended; whether it brought news, none = it failed.
    pub(super) fn pull_ended(&mut self, changed: Option<bool>) {
        let alone = std::mem::take(&mut self.alone);
        match changed {
            Some(false) if alone => self.fruitless += 1,
            Some(_) => self.fruitless = 0,
            None => {}
        }
    }

    /// How far apart pulls are.
    pub(super) fn gap(&self) -> Duration {
        match self.fruitless {
            0 => HINT_GAP,
            again => FRUITLESS_GAP.saturating_mul(1 << again.min(MAX_DOUBLINGS)),
        }
    }

    /// When a pull that is due at `due` starts: one for hints alone waits until they pause, if the last one, which
    /// `started` then, was just now.
    pub(super) fn due(
        &self,
        due: MonotonicInstant,
        started: Option<MonotonicInstant>,
    ) -> MonotonicInstant {
        match (self.hinted, started) {
            (Some((first, last)), Some(started))
                if self.alone && first < started.after(HINT_GAP) =>
            {
                due.max(last.after(HINT_QUIET).min(first.after(HINT_HOLD)))
            }
            _ => due,
        }
    }
}
