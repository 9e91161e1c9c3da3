//! Hints: the one way by which whoever listens to the server tells sync that something moved.
//!
//! Owns: what a [`Hint`] is, and [`Hints`], where those wait that sync has not looked at yet.
//! Never: knows how a hint came, or what follows from it.
//! Invariant: bounded without ever refusing: only the newest hint of a scope counts. Hints for more than [`MAX_SCOPES`]
//! scopes are replaced by one question about all of them. Nothing that matters is lost, for each only says "ask now".

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use uuid::Uuid;

use crate::model::{Rev, ScopeId};

/// Scopes with a waiting hint; nobody is in this many bands.
pub const MAX_SCOPES: usize = 256;

/// "Scope `scope` is at revision `rev` of epoch `epoch`", whoever says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hint {
    /// The band or user that moved.
    pub scope: ScopeId,
    /// Its newest revision: 1 to [`MAX_REV`](crate::model::MAX_REV) from realtime, which drops anything else.
    pub rev: Rev,
    /// Epoch of that revision. Another one than the device's means that its cursor is void.
    pub epoch: Uuid,
}

/// What was told since sync last looked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heard {
    /// The newest hint of each scope.
    pub newest: BTreeMap<ScopeId, Hint>,
    /// Something may have happened of which no hint tells: a channel was joined, for the first time or again, or the
    /// server did not say what happened.
    pub gap: bool,
    /// There were hints for too many scopes: ask for all heads.
    pub too_many: bool,
    /// Whether hints of every scope flow, if that was told.
    pub flow: Option<bool>,
}

/// Where hints wait. Threads: any; nothing waits but [`Hints::changed`]. One reader.
#[derive(Debug, Default)]
pub struct Hints {
    heard: Mutex<Heard>,
    arrived: Notify,
}

impl Hints {
    /// A scope stands at a revision. Of one epoch the higher counts; of two epochs the one that came last, since their
    /// revisions cannot be compared.
    pub fn tell(&self, hint: Hint) {
        self.put(|heard| {
            let older = |known: &Hint| known.epoch != hint.epoch || known.rev < hint.rev;
            if heard.newest.get(&hint.scope).is_none_or(older) {
                heard.newest.insert(hint.scope, hint);
            }
            if heard.newest.len() > MAX_SCOPES {
                heard.newest.clear();
                heard.too_many = true;
            }
        });
    }

    /// Something may have happened of which no hint tells.
    pub fn tell_gap(&self) {
        self.put(|heard| heard.gap = true);
    }

    /// Whether hints of every scope flow from now on.
    pub fn tell_flow(&self, on: bool) {
        self.put(|heard| heard.flow = Some(on));
    }

    /// Takes what was told since the last time.
    #[must_use]
    pub fn take(&self) -> Heard {
        std::mem::take(&mut *self.lock())
    }

    /// Resolves when something was told since the last time. Cancel-safe.
    pub async fn changed(&self) {
        self.arrived.notified().await;
    }

    fn put(&self, change: impl FnOnce(&mut Heard)) {
        change(&mut self.lock());
        self.arrived.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(scope: usize, rev: i64, epoch: u128) -> Hint {
        Hint {
            scope: ScopeId(Uuid::from_u128(scope as u128)),
            rev: Rev(rev),
            epoch: Uuid::from_u128(epoch),
        }
    }

    #[test]
    fn only_the_newest_revision_of_a_scope_is_kept_and_of_two_epochs_the_later() {
        let hints = Hints::default();
        for rev in [3, 9, 5] {
            hints.tell(hint(1, rev, 0));
            hints.tell(hint(2, rev, 0));
        }
        hints.tell(hint(2, 1, 7));
        let newest: Vec<_> = hints.take().newest.into_values().collect();
        assert_eq!(newest, [hint(1, 9, 0), hint(2, 1, 7)]);
        assert_eq!(hints.take(), Heard::default());
    }

    #[test]
    fn hints_for_more_scopes_than_anybody_has_become_one_question_about_all() {
        let hints = Hints::default();
        (0..MAX_SCOPES).for_each(|scope| hints.tell(hint(scope, 1, 0)));
        hints.tell(hint(0, 3, 0));
        let heard = hints.take();
        assert_eq!((heard.newest.len(), heard.too_many), (MAX_SCOPES, false));
        (0..=MAX_SCOPES).for_each(|scope| hints.tell(hint(scope, 1, 0)));
        let heard = hints.take();
        assert_eq!((heard.newest.len(), heard.too_many), (0, true));
    }

    #[tokio::test]
    async fn ten_thousand_words_wake_the_reader_once() {
        let hints = Hints::default();
        for rev in 1..=10_000 {
            hints.tell(hint(1, rev, 0));
            hints.tell_gap();
            hints.tell_flow(rev % 2 == 0);
        }
        hints.changed().await;
        let heard = hints.take();
        assert_eq!(heard.newest[&hint(1, 0, 0).scope].rev, Rev(10_000));
        assert_eq!((heard.gap, heard.flow), (true, Some(true)));
        tokio::select! {
            biased;
            () = hints.changed() => panic!("nothing was told since"),
            () = tokio::task::yield_now() => {}
        }
    }
}
