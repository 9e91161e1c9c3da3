//! What the client itself follows of the store.

use super::Live;
use crate::store::{ChangeSet, OutboxCounts, ScopeState, Store, Topic, UnreadableRow};

/// Rows that could not be read are named in the status up to this many.
const UNREADABLE_SHOWN: u32 = 50;

/// How much is on its way.
pub(crate) fn outbox_counts(store: &Store) -> Live<OutboxCounts> {
    let concerns = |set: &ChangeSet| set.touches(Topic::Outbox) || set.touches(Topic::Conflicts);
    Live::new(store, concerns, |reader| reader.outbox_counts())
}

/// Rows that could not be read, the first 50.
pub(crate) fn unreadable(store: &Store) -> Live<Vec<UnreadableRow>> {
    let concerns = |set: &ChangeSet| set.touches(Topic::Unreadable);
    Live::new(store, concerns, |reader| {
        reader.unreadable(UNREADABLE_SHOWN)
    })
}

/// Scopes and how far they are read.
pub(crate) fn scopes(store: &Store) -> Live<Vec<ScopeState>> {
    let concerns = |set: &ChangeSet| set.touches(Topic::Scopes);
    Live::new(store, concerns, |reader| reader.scopes())
}
