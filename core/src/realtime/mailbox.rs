//! The way out: what the driver has to tell, until the sync engine takes it.
//!
//! Bounded by what it holds, not by a length: the newest state, and for each wanted scope whether it was joined, whether
//! there was a gap, and the newest hint. Overflow: a newer hint replaces the older one of its scope, a repeated join or
//! gap is the same one. Nothing that matters is lost, because each of them only says "ask now".

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::event::{ConnectionState, Hint, RealtimeEvent};
use crate::model::ScopeId;

/// What waits for one scope.
#[derive(Debug, Default)]
struct Slot {
    joined: bool,
    gapped: bool,
    hint: Option<Hint>,
}

#[derive(Debug, Default)]
struct Slots {
    state: Option<ConnectionState>,
    scopes: BTreeMap<ScopeId, Slot>,
    /// Scopes with something to tell, longest waiting first.
    order: VecDeque<ScopeId>,
    closed: bool,
}

/// Between the driver and one reader.
#[derive(Debug, Default)]
pub(super) struct Mailbox {
    slots: Mutex<Slots>,
    news: Notify,
}

impl Mailbox {
    /// Never waits.
    pub(super) fn put(&self, event: RealtimeEvent) {
        let mut slots = self.lock();
        match event {
            RealtimeEvent::State(state) => slots.state = Some(state),
            RealtimeEvent::Joined(scope) => slots.slot(scope).joined = true,
            RealtimeEvent::Gapped(scope) => slots.slot(scope).gapped = true,
            RealtimeEvent::Hint(hint) => slots.slot(hint.scope).offer(hint),
        }
        drop(slots);
        self.news.notify_one();
    }

    /// Forgets scopes that are not wanted any more: this bounds the mailbox.
    pub(super) fn retain(&self, wanted: &BTreeSet<ScopeId>) {
        let mut slots = self.lock();
        slots.scopes.retain(|scope, _| wanted.contains(scope));
        slots.order.retain(|scope| wanted.contains(scope));
    }

    /// The driver has ended: the reader gets what is left, then `None`.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.news.notify_one();
    }

    /// The next event, the state before all else. Dropping the future loses nothing.
    pub(super) async fn take(&self) -> Option<RealtimeEvent> {
        loop {
            {
                let mut slots = self.lock();
                if let Some(event) = slots.next() {
                    return Some(event);
                }
                if slots.closed {
                    return None;
                }
            }
            self.news.notified().await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Slots> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slots {
    fn slot(&mut self, scope: ScopeId) -> &mut Slot {
        if !self.scopes.contains_key(&scope) {
            self.order.push_back(scope);
        }
        self.scopes.entry(scope).or_default()
    }

    fn next(&mut self) -> Option<RealtimeEvent> {
        if let Some(state) = self.state.take() {
            return Some(RealtimeEvent::State(state));
        }
        while let Some(scope) = self.order.front().copied() {
            if let Some(event) = self
                .scopes
                .get_mut(&scope)
                .and_then(|slot| slot.next(scope))
            {
                return Some(event);
            }
            self.order.pop_front();
            self.scopes.remove(&scope);
        }
        None
    }
}

impl Slot {
    fn next(&mut self, scope: ScopeId) -> Option<RealtimeEvent> {
        if std::mem::take(&mut self.joined) {
            Some(RealtimeEvent::Joined(scope))
        } else if std::mem::take(&mut self.gapped) {
            Some(RealtimeEvent::Gapped(scope))
        } else {
            self.hint.take().map(RealtimeEvent::Hint)
        }
    }

    /// Keeps the newer hint; of two epochs the one that came last, since their revisions cannot be compared.
    fn offer(&mut self, hint: Hint) {
        let newer = |old: &Hint| old.epoch != hint.epoch || old.rev < hint.rev;
        if self.hint.as_ref().is_none_or(newer) {
            self.hint = Some(hint);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rev;
    use crate::realtime::protocol::Lane;
    use uuid::Uuid;

    fn hint(scope: u128, rev: i64, epoch: u128) -> RealtimeEvent {
        RealtimeEvent::Hint(Hint {
            scope: ScopeId(Uuid::from_u128(scope)),
            rev: Rev(rev),
            epoch: Uuid::from_u128(epoch),
        })
    }

    async fn drain(mailbox: &Mailbox) -> Vec<RealtimeEvent> {
        mailbox.close();
        let mut all = Vec::new();
        while let Some(event) = mailbox.take().await {
            all.push(event);
        }
        all
    }

    #[tokio::test]
    async fn only_the_newest_revision_of_a_scope_is_kept_and_scopes_take_turns() {
        let mailbox = Mailbox::default();
        for rev in [3, 9, 5] {
            mailbox.put(hint(1, rev, 0));
            mailbox.put(hint(2, rev, 0));
        }
        mailbox.put(hint(2, 1, 7));
        mailbox.put(RealtimeEvent::State(ConnectionState::Connecting));
        mailbox.put(RealtimeEvent::State(ConnectionState::Live(Lane::Private)));
        let state = RealtimeEvent::State(ConnectionState::Live(Lane::Private));
        assert_eq!(drain(&mailbox).await, [state, hint(1, 9, 0), hint(2, 1, 7)]);
    }

    #[tokio::test]
    async fn ten_thousand_events_of_one_scope_take_one_slot() {
        let mailbox = Mailbox::default();
        let scope = ScopeId(Uuid::from_u128(1));
        for rev in 1..=10_000 {
            mailbox.put(hint(1, rev, 0));
            mailbox.put(RealtimeEvent::Joined(scope));
            mailbox.put(RealtimeEvent::Gapped(scope));
        }
        let expected = [
            RealtimeEvent::Joined(scope),
            RealtimeEvent::Gapped(scope),
            hint(1, 10_000, 0),
        ];
        assert_eq!(drain(&mailbox).await, expected);
    }

    #[tokio::test]
    async fn what_waits_for_a_scope_that_is_no_longer_wanted_is_forgotten() {
        let mailbox = Mailbox::default();
        mailbox.put(hint(1, 1, 0));
        mailbox.put(hint(2, 1, 0));
        mailbox.retain(&BTreeSet::from([ScopeId(Uuid::from_u128(2))]));
        assert_eq!(drain(&mailbox).await, [hint(2, 1, 0)]);
    }
}
