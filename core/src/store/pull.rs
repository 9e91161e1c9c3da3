//! The shapes of a pull's answer, as far as the store is concerned.
//!
//! They are those of `docs/sync-protocol.md`, so the engine parses an answer straight into them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::{Kind, Rev, RowId, ScopeId, ScopeType, Values};
use crate::time::Timestamp;

/// How far a scope has been read. Given back to the server as it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The revision read up to.
    pub rev: Rev,
    /// Inside `rev`: the last item's order; `None` = the revision is read to its end.
    pub ord: Option<i64>,
    /// Inside `rev`: the last item's id.
    pub id: Option<Uuid>,
    /// In the middle of a first reading: the head when it began. Without it the server can find the cursor void.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Rev>,
}

/// One scope's part of an answer.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ScopePage {
    /// Which scope.
    pub id: ScopeId,
    /// A band or a user.
    #[serde(rename = "type")]
    pub scope_type: ScopeType,
    /// The cursor belongs to this epoch.
    pub epoch: Uuid,
    /// Newest revision in the answer's own snapshot.
    pub head: Rev,
    /// The cursor sent was void; this page starts from the beginning.
    #[serde(default)]
    pub reset: bool,
    /// Where this page ends.
    pub cursor: Cursor,
    /// More is waiting in the same snapshot.
    pub has_more: bool,
    /// Rows by the name of their kind. Names this version does not know are passed over.
    #[serde(default)]
    pub rows: BTreeMap<String, Vec<Values>>,
    /// What was deleted or moved away.
    #[serde(default)]
    pub tombstones: Vec<Tombstone>,
    /// Who changed what.
    #[serde(default)]
    pub log: Vec<LogEntry>,
    /// Short values of changes in `log`. What cannot be read of it is left out: a notice says less then.
    #[serde(default)]
    pub values: Vec<LogValues>,
    /// When the revisions of `log` were made. An older server does not say.
    #[serde(default)]
    pub times: Vec<LogTime>,
    /// Rows that could not be read.
    #[serde(skip)]
    pub lost: Vec<LostRow>,
}

/// A row of a page that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostRow {
    /// Name of the kind.
    pub kind: String,
    /// Which row; the nil id if that could not be read either.
    pub id: RowId,
    /// Its revision, or one that is not above it.
    pub rev: Rev,
}

/// What a deleted or moved row left in its old scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// Name of the kind.
    pub kind: String,
    /// Which row.
    pub id: RowId,
    /// The revision that removed it.
    pub rev: Rev,
    /// Who removed it; `None` = no person.
    #[serde(default)]
    pub actor: Option<Uuid>,
    /// Their name at that time.
    #[serde(default)]
    pub actor_name: Option<String>,
    /// What it was called.
    #[serde(default)]
    pub title: Option<String>,
}

/// `[rev, kind, row, {column: [old, new]}]`: what one change of one row changed, where that is short.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LogValues(
    /// Revision.
    pub Rev,
    /// Name of the kind.
    pub String,
    /// Which row.
    pub RowId,
    /// By column what was and what is. A column that is not here has values that nobody kept.
    pub Values,
);

/// `[rev, milliseconds since 1970]`: when a revision was made, by the server's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct LogTime(
    /// Revision.
    pub Rev,
    /// When.
    pub Timestamp,
);

/// `[rev, kind, row, op, actor, [columns]]`: one change of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry(
    /// Revision.
    pub Rev,
    /// Name of the kind.
    pub String,
    /// Which row.
    pub RowId,
    /// `insert`, `update`, `delete`, ...
    pub String,
    /// Who; `None` = no person.
    pub Option<Uuid>,
    /// Names of the changed columns.
    pub Vec<String>,
    /// Their values as in [`LogValues`], which an answer has beside the log.
    #[serde(default)]
    pub Values,
    /// When it was made as in [`LogTime`], which an answer has beside the log.
    #[serde(default)]
    pub Option<Timestamp>,
);

/// A page of a pull: every scope of the call.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PullPage {
    /// Scopes with their rows.
    pub scopes: Vec<ScopePage>,
    /// Requested scopes that are not (any more) this user's: their rows are purged, their edits rejected.
    pub gone: Vec<ScopeId>,
}

impl PullPage {
    /// True when every scope has been read to the head of this page's snapshot: the page may be committed.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.scopes.iter().all(|scope| !scope.has_more)
    }

    /// Rows that it brings, of the kinds that are kept here.
    #[must_use]
    pub fn row_count(&self) -> u64 {
        let kept = Kind::local().map(Kind::as_str);
        let rows = |kind| {
            self.scopes
                .iter()
                .filter_map(move |scope| scope.rows.get(kind))
        };
        let count = kept.flat_map(rows).map(Vec::len).sum::<usize>();
        u64::try_from(count).unwrap_or(u64::MAX)
    }
}

/// One scope as the store knows it: what to ask the server for next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeState {
    /// Which scope.
    pub id: ScopeId,
    /// A band or a user.
    pub scope_type: ScopeType,
    /// Revision of the committed cursor: hints at or below it are nothing.
    pub rev: Rev,
    /// The epoch to send, that of `cursor`.
    pub epoch: Option<Uuid>,
    /// The cursor to send: behind staged pages if there are any; `None` = from the beginning.
    pub cursor: Option<Cursor>,
    /// False while the first sync of the scope is still running.
    pub committed: bool,
}

/// What a page commit brought, besides the rows themselves. Read the log for who did what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CommittedPages {
    /// Scopes whose cursor moved: from (exclusive) and to (inclusive). `from` is `None` after a first sync or a reset.
    pub moved: Vec<(ScopeId, Option<Rev>, Rev)>,
    /// Scopes purged.
    pub gone: Vec<ScopeId>,
}
