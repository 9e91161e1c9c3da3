//! What an edit is, and whether it has the form of one.
//!
//! Owns: [`Edit`], in which no case holds what it has no use for, and the check against the catalogue.
//! Never: reads the database, or asks whether the member may do it.

use super::outbox::Op;
use super::rebase::moved_to;
use crate::error::{Error, Result};
use crate::model::{Kind, Merge, RowId, ScopeId, Values, field};

/// One edit of one row. A row that is shown is in the scope it is in; one that is not needs to be told.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// A new row.
    Create {
        /// The scope it belongs to.
        scope: ScopeId,
        /// What it is: song, setlist, show or practice.
        kind: Kind,
        /// [`RowId::fresh`].
        id: RowId,
        /// The whole row.
        set: Values,
    },
    /// Changed fields of a row that is shown; fields equal to what is shown are dropped.
    Update {
        /// What the row is.
        kind: Kind,
        /// Which row.
        id: RowId,
        /// Its new values.
        set: Values,
        /// What `set` was made from, when the caller knows better than the store: a three-way merge passes the server's
        /// current values. Replaces value and base in an unsent entry of the row.
        base: Option<Values>,
    },
    /// A row that is shown goes.
    Delete {
        /// What the row is.
        kind: Kind,
        /// Which row.
        id: RowId,
    },
    /// A deleted row comes back.
    Restore {
        /// The scope it was in, unless it is shown.
        scope: ScopeId,
        /// What the row is.
        kind: Kind,
        /// Which row.
        id: RowId,
        /// Fields on top of the row's last image; the whole row if this device does not have it.
        set: Values,
    },
}

impl Edit {
    /// A new row.
    #[must_use]
    pub fn create(scope: ScopeId, kind: Kind, id: RowId, set: Values) -> Self {
        Self::Create {
            scope,
            kind,
            id,
            set,
        }
    }

    /// Changed fields, as members make them.
    #[must_use]
    pub fn update(kind: Kind, id: RowId, set: Values) -> Self {
        let base = None;
        Self::Update {
            kind,
            id,
            set,
            base,
        }
    }

    /// Changed fields that were merged with what the server has, `base`.
    #[must_use]
    pub fn merge(kind: Kind, id: RowId, set: Values, base: Values) -> Self {
        let base = Some(base);
        Self::Update {
            kind,
            id,
            set,
            base,
        }
    }

    /// The row goes.
    #[must_use]
    pub fn delete(kind: Kind, id: RowId) -> Self {
        Self::Delete { kind, id }
    }

    /// The row comes back.
    #[must_use]
    pub fn restore(scope: ScopeId, kind: Kind, id: RowId, set: Values) -> Self {
        Self::Restore {
            scope,
            kind,
            id,
            set,
        }
    }

    /// Which row.
    #[must_use]
    pub fn row(&self) -> (Kind, RowId) {
        match self {
            Self::Create { kind, id, .. }
            | Self::Update { kind, id, .. }
            | Self::Delete { kind, id }
            | Self::Restore { kind, id, .. } => (*kind, *id),
        }
    }

    /// What it is in the outbox.
    #[must_use]
    pub fn op(&self) -> Op {
        match self {
            Self::Create { .. } => Op::Insert,
            Self::Update { .. } => Op::Update,
            Self::Delete { .. } => Op::Delete,
            Self::Restore { .. } => Op::Restore,
        }
    }

    /// Its new values; a delete has none.
    #[must_use]
    pub fn set(&self) -> Option<&Values> {
        match self {
            Self::Create { set, .. } | Self::Update { set, .. } | Self::Restore { set, .. } => {
                Some(set)
            }
            Self::Delete { .. } => None,
        }
    }

    pub(super) fn set_mut(&mut self) -> Option<&mut Values> {
        match self {
            Self::Create { set, .. } | Self::Update { set, .. } | Self::Restore { set, .. } => {
                Some(set)
            }
            Self::Delete { .. } => None,
        }
    }

    /// What it was merged with.
    pub(super) fn base(&self) -> Option<&Values> {
        match self {
            Self::Update { base, .. } => base.as_ref(),
            Self::Create { .. } | Self::Delete { .. } | Self::Restore { .. } => None,
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.set().into_iter().flat_map(Values::keys)
    }

    /// Does it say where the row belongs?
    pub(super) fn places(&self) -> Option<ScopeId> {
        let (kind, _) = self.row();
        self.set().and_then(|set| moved_to(kind, set))
    }
}

impl Edit {
    /// Whether rows like this may be edited so, as far as the catalogue can tell.
    pub(super) fn check(&self) -> Result<()> {
        let invalid = |field, reason| Err(Error::Invalid { field, reason });
        let (kind, id) = self.row();
        if matches!(kind, Kind::Membership | Kind::ReadMark) {
            return invalid("kind", "rows of this kind are not edited");
        }
        if kind == Kind::Band && self.op() != Op::Update {
            return invalid("kind", "bands are created and deleted by the server");
        }
        if id.0.is_nil() {
            return invalid("id", "the nil id means every row");
        }
        for name in self.names() {
            let known = field(kind, name).ok_or_else(|| Error::unknown_column(name))?;
            if known.merge == Merge::ReadOnly && self.op() != Op::Insert {
                return invalid(known.name, "the server keeps this column");
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_column_that_rows_of_the_kind_do_not_have_is_named() {
        let set = Values::from_iter([("colour".to_owned(), json!("red"))]);
        let edit = Edit::update(Kind::Song, RowId::fresh(), set);
        let column = "colour".to_owned();
        assert_eq!(edit.check(), Err(Error::UnknownColumn { column }));
    }
}
