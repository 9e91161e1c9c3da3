//! What a commit touched.
//!
//! Owns: [`ChangeSet`], sent to every subscriber after each commit that changed something.
//! Invariant: a change set is bounded: above [`MAX_ROWS`] rows it names topics and scopes only.

use std::collections::BTreeSet;

use crate::model::{Kind, RowId, ScopeId};

/// Row ids a change set names at most; above it, "any row of these topics".
pub(super) const MAX_ROWS: usize = 512;

/// A part of the database that something can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Rows of a kind, unread marks on them included.
    Rows(Kind),
    /// Edits on their way, and rejected ones.
    Outbox,
    /// The feed of notices.
    Notices,
    /// Conflicts waiting for a person.
    Conflicts,
    /// Which scopes there are and how far they are read.
    Scopes,
    /// Rows that could not be read.
    Unreadable,
    /// The setlist that is on stage.
    Gig,
}

/// What one commit touched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeSet {
    everything: bool,
    topics: BTreeSet<Topic>,
    scopes: BTreeSet<ScopeId>,
    rows: BTreeSet<(Kind, RowId)>,
    rows_cut: bool,
}

impl ChangeSet {
    /// Anything may have changed: read it all again.
    #[must_use]
    pub fn everything() -> Self {
        Self {
            everything: true,
            ..Self::default()
        }
    }

    /// True when nothing changed; such a set is not sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.everything && self.topics.is_empty()
    }

    /// May something of this topic have changed?
    #[must_use]
    pub fn touches(&self, topic: Topic) -> bool {
        self.everything || self.topics.contains(&topic)
    }

    /// May a row of this kind in this scope have changed?
    #[must_use]
    pub fn touches_in(&self, topic: Topic, scope: ScopeId) -> bool {
        self.everything || (self.topics.contains(&topic) && self.scopes.contains(&scope))
    }

    /// May this row have changed?
    #[must_use]
    pub fn touches_row(&self, kind: Kind, id: RowId) -> bool {
        self.everything
            || (self.topics.contains(&Topic::Rows(kind))
                && (self.rows_cut || self.rows.contains(&(kind, id))))
    }

    pub(super) fn topic(&mut self, topic: Topic) {
        self.topics.insert(topic);
    }

    pub(super) fn scope(&mut self, topic: Topic, scope: ScopeId) {
        self.topics.insert(topic);
        self.scopes.insert(scope);
    }

    pub(super) fn row(&mut self, scope: ScopeId, kind: Kind, id: RowId) {
        self.scope(Topic::Rows(kind), scope);
        if self.rows_cut {
            return;
        }
        self.rows.insert((kind, id));
        if self.rows.len() > MAX_ROWS {
            self.rows.clear();
            self.rows_cut = true;
        }
    }

    /// Any row of a kind in a scope may have changed.
    pub(super) fn all_rows(&mut self, scope: ScopeId, kind: Kind) {
        self.scope(Topic::Rows(kind), scope);
        self.rows.clear();
        self.rows_cut = true;
    }

    /// Adds what another commit touched.
    pub fn merge(&mut self, other: &Self) {
        self.everything |= other.everything;
        self.topics.extend(&other.topics);
        self.scopes.extend(&other.scopes);
        self.rows_cut |= other.rows_cut;
        self.rows.extend(&other.rows);
        if self.rows_cut || self.rows.len() > MAX_ROWS {
            self.rows.clear();
            self.rows_cut = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_with_too_many_rows_names_none_and_touches_all_of_its_kind() {
        let scope = ScopeId(uuid::Uuid::nil());
        let mut set = ChangeSet::default();
        for _ in 0..=MAX_ROWS {
            set.row(scope, Kind::Song, RowId::fresh());
        }
        assert!(set.rows.is_empty());
        assert!(set.touches_row(Kind::Song, RowId::fresh()));
        assert!(!set.touches_row(Kind::Show, RowId::fresh()));
    }
}
