//! What this user has looked at.
//!
//! Owns: read marks and read-up-to marks (max-merge, never lowered but by a new epoch), and what a row was before it turned
//! unread. Rule: a row is unread when the last revision made by somebody else (`other_rev`) is above its own mark and
//! above the read-up-to mark of its scope and kind.
//! Each mark also goes to the server as a `mark` mutation in the user's own scope, one unsent entry a row.

use rusqlite::{OptionalExtension as _, params};
use serde_json::{Value, json};
use uuid::Uuid;

use super::outbox::{EntryState, Op, OutboxEntry};
use super::row::{self, Blob, parse_values};
use super::tx::{Reader, WriteTx};
use crate::error::Result;
use crate::model::{EditId, Kind, Rev, RowId, ScopeId, Values};

/// The `row` of a read-up-to mark.
const READ_UP_TO: RowId = RowId(Uuid::nil());

/// One mark, or a read-up-to mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    scope: ScopeId,
    kind: Kind,
    id: RowId,
    rev: i64,
    /// The revision at which the row was really opened; 0 = never.
    seen: i64,
    /// Only if the server has no such mark yet.
    if_absent: bool,
}

/// Condition of an unread row `r`; `?m` places are filled by the caller's table and kind.
pub(super) fn unread_sql(kind: Kind) -> String {
    let kind = kind.as_str();
    format!(
        "(r.other_rev > coalesce((select rev from mark where scope = r.scope and kind = '{kind}' and row = zeroblob(16)), 0)
          and r.other_rev > coalesce((select rev from mark where scope = r.scope and kind = '{kind}' and row = r.id), 0))"
    )
}

/// Unread rows of one scope and kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct UnreadCount {
    /// Where.
    pub scope: ScopeId,
    /// Song, setlist, show or practice.
    pub kind: Kind,
    /// How many rows are unread.
    pub count: u32,
}

impl Reader<'_> {
    fn mark_of(&self, scope: ScopeId, kind: Kind, id: RowId) -> Result<Option<(i64, i64)>> {
        let mut statement = self.conn.prepare_cached(
            "select rev, seen from mark where scope = ?1 and kind = ?2 and row = ?3",
        )?;
        let found = statement
            .query_row(
                params![Blob::from(scope), kind.as_str(), Blob::from(id)],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        Ok(found)
    }

    /// Up to which revision this user has seen the row: the higher of its mark and the read-up-to mark. 0 = never.
    #[cfg(any(test, feature = "testing"))]
    pub fn read_up_to(&self, scope: ScopeId, kind: Kind, id: RowId) -> Result<Rev> {
        let mark = self.mark_of(scope, kind, id)?.map_or(0, |mark| mark.0);
        let read_up_to = self
            .mark_of(scope, kind, READ_UP_TO)?
            .map_or(0, |mark| mark.0);
        Ok(Rev(mark.max(read_up_to)))
    }

    /// Is the row unread? False for a row that is not here.
    pub fn is_unread(&self, kind: Kind, id: RowId) -> Result<bool> {
        let sql = format!(
            "select {} from {} r where r.id = ?1",
            unread_sql(kind),
            kind.as_str()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let found = statement.query_row([Blob::from(id)], |row| row.get(0));
        Ok(found.optional()?.unwrap_or(false))
    }

    /// How many rows of the kind are unread in the scope.
    pub fn unread(&self, scope: ScopeId, kind: Kind) -> Result<u32> {
        let kind_name = kind.as_str();
        let mut statement = self.conn.prepare_cached(&format!(
            "select count(*) from {kind_name} r where r.scope = ?1
             and r.other_rev > coalesce((select rev from mark where scope = ?1 and kind = '{kind_name}' and row = zeroblob(16)), 0)
             and r.other_rev > coalesce((select rev from mark where scope = ?1 and kind = '{kind_name}' and row = r.id), 0)"
        ))?;
        Ok(statement.query_row([Blob::from(scope)], |row| row.get(0))?)
    }

    /// Unread rows of every scope and content kind; pairs without any are left out.
    pub fn unread_counts(&self) -> Result<Vec<UnreadCount>> {
        let mut counts = Vec::new();
        for state in self.scopes()? {
            for kind in Kind::CONTENT {
                let count = self.unread(state.id, kind)?;
                if count > 0 {
                    counts.push(UnreadCount {
                        scope: state.id,
                        kind,
                        count,
                    });
                }
            }
        }
        Ok(counts)
    }

    /// What the row was when this user last looked at it; `None` when it is not unread, or new to them.
    pub fn last_seen(&self, kind: Kind, id: RowId) -> Result<Option<Values>> {
        let mut statement = self
            .conn
            .prepare_cached("select body from last_seen where kind = ?1 and row = ?2")?;
        let body: Option<String> = statement
            .query_row(params![kind.as_str(), Blob::from(id)], |row| row.get(0))
            .optional()?;
        body.as_deref().map(parse_values).transpose()
    }
}

impl WriteTx<'_> {
    /// The user has opened the row: it is read, and `seen_by` may show it. Nothing happens when it was seen already.
    pub fn mark_read(&mut self, kind: Kind, id: RowId) -> Result<bool> {
        let Some(stored) = row::read(self.conn, kind, id)?.filter(|_| id != READ_UP_TO) else {
            return Ok(false);
        };
        // Who has seen a setlist or a show is shown to the band; for the others a mark matters only if it ends a dot.
        if !matches!(kind, Kind::Setlist | Kind::Show) && !self.is_unread(kind, id)? {
            return Ok(false);
        }
        let mut rev = row::rev_of(&stored.values).0;
        if self
            .kept_server_row(kind, id)?
            .is_some_and(|m| m.scope != stored.scope)
        {
            // An unsent move: a revision of the scope it leaves, above the head of the one it goes to, would hide there
            // what comes.
            let head = self.scope(stored.scope)?.map_or(0, |state| state.rev.0);
            rev = rev.min(head);
        }
        self.raise(Mark {
            scope: stored.scope,
            kind,
            id,
            rev,
            seen: rev,
            if_absent: false,
        })
    }

    /// An own edit of an unread row: the user has looked at it.
    pub(super) fn mark_seen_by_editing(&mut self, kind: Kind, id: RowId) -> Result<()> {
        if Kind::CONTENT.contains(&kind) && self.is_unread(kind, id)? {
            self.mark_read(kind, id)?;
        }
        Ok(())
    }

    /// Everything of a kind in a scope is read: the read-up-to mark rises to the scope's committed revision.
    pub fn mark_kind_read(&mut self, scope: ScopeId, kind: Kind) -> Result<bool> {
        self.raise_read_up_to(scope, kind, false)
    }

    fn raise_read_up_to(&mut self, scope: ScopeId, kind: Kind, if_absent: bool) -> Result<bool> {
        // Before the end of the first sync a read-up-to mark would lie below everything, and the one that begins then gives way.
        let Some(state) = self.scope(scope)?.filter(|state| state.committed) else {
            return Ok(false);
        };
        let rev = state.rev.0;
        let read_up_to = Mark {
            scope,
            kind,
            id: READ_UP_TO,
            rev,
            seen: 0,
            if_absent,
        };
        if !self.raise(read_up_to)? {
            return Ok(false);
        }
        self.conn
            .prepare_cached("delete from mark where scope = ?1 and kind = ?2 and row <> ?3 and rev <= ?4 and seen = 0")?
            .execute(params![Blob::from(scope), kind.as_str(), Blob::from(READ_UP_TO), rev])?;
        Ok(true)
    }

    /// Everything everywhere is read.
    pub fn mark_all_read(&mut self) -> Result<()> {
        for state in self.scopes()? {
            for kind in Kind::CONTENT {
                if self.unread(state.id, kind)? > 0 {
                    self.mark_kind_read(state.id, kind)?;
                }
            }
        }
        Ok(())
    }

    /// A user's very first device: "everything that is there when I begin is old", unless a read-up-to mark is there already.
    /// Call it once per scope, after the user's own scope has been committed.
    pub fn begin_read_up_to(&mut self, scope: ScopeId, kind: Kind) -> Result<bool> {
        if self.mark_of(scope, kind, READ_UP_TO)?.is_some() {
            return Ok(false);
        }
        self.raise_read_up_to(scope, kind, true)
    }

    fn raise(&mut self, mark: Mark) -> Result<bool> {
        if !self.merge_mark(mark)? {
            return Ok(false);
        }
        self.queue_mark(mark)?;
        Ok(true)
    }

    /// Max-merge of a mark, from here or from the server. True when it rose.
    pub(super) fn merge_mark(&mut self, mark: Mark) -> Result<bool> {
        let Mark {
            scope, kind, id, ..
        } = mark;
        let changed = self
            .conn
            .prepare_cached(
                "insert into mark (scope, kind, row, rev, seen) values (?1, ?2, ?3, ?4, ?5)
                 on conflict (scope, kind, row) do update
                 set rev = max(rev, excluded.rev), seen = max(seen, excluded.seen)
                 where excluded.rev > rev or excluded.seen > seen",
            )?
            .execute(params![
                Blob::from(scope),
                kind.as_str(),
                Blob::from(id),
                mark.rev,
                mark.seen
            ])?;
        if changed == 0 {
            return Ok(false);
        }
        if id == READ_UP_TO {
            self.changes.all_rows(scope, kind);
            self.forget_last_seen_up_to(scope, kind)?;
        } else {
            self.changes.row(scope, kind, id);
            self.forget_last_seen(kind, id)?;
        }
        Ok(true)
    }

    fn forget_last_seen(&mut self, kind: Kind, id: RowId) -> Result<()> {
        if !self.is_unread(kind, id)? {
            self.conn
                .prepare_cached("delete from last_seen where kind = ?1 and row = ?2")?
                .execute(params![kind.as_str(), Blob::from(id)])?;
        }
        Ok(())
    }

    fn forget_last_seen_up_to(&mut self, scope: ScopeId, kind: Kind) -> Result<()> {
        let table = kind.as_str();
        let unread = unread_sql(kind);
        self.conn
            .prepare_cached(&format!(
                "delete from last_seen where kind = '{table}' and row in
                 (select r.id from {table} r where r.scope = ?1 and not {unread})"
            ))?
            .execute([Blob::from(scope)])?;
        Ok(())
    }

    /// One unsent entry a mark. `seen` tells that the row was really opened; `if_absent` gives way to any read-up-to mark there is.
    fn queue_mark(&mut self, mark: Mark) -> Result<()> {
        let body = json!({"scope_id": mark.scope, "row_kind": mark.kind, "rev": mark.rev, "seen": mark.seen > 0});
        let Value::Object(mut set) = body else {
            return Ok(());
        };
        let queued = self.entries_of(Kind::ReadMark, mark.id)?;
        let same = queued.into_iter().find(|e| {
            let of = |name: &str| e.set.get(name) == set.get(name);
            e.state == EntryState::Queued && of("scope_id") && of("row_kind")
        });
        if let Some(mut entry) = same {
            if entry.set.get("seen") == Some(&Value::Bool(true)) {
                set.insert("seen".to_owned(), Value::Bool(true));
            }
            entry.set = set;
            return self.save_entry(&entry);
        }
        if mark.if_absent {
            set.insert("if_absent".to_owned(), Value::Bool(true));
        }
        self.add_entry(&OutboxEntry {
            seq: EditId(0),
            n: None,
            scope: self.me.into(),
            kind: Kind::ReadMark,
            row: mark.id,
            op: Op::Mark,
            base_rev: Rev(0),
            set,
            base: Values::new(),
            state: EntryState::Queued,
            attempt: 0,
            rejection: None,
            at: self.now,
        })
    }

    /// After a new epoch revisions start again: marks above the head would hide what comes.
    pub(super) fn cut_marks(&mut self, scope: ScopeId, head: Rev) -> Result<()> {
        self.conn
            .prepare_cached(
                "update mark set rev = min(rev, ?2), seen = min(seen, ?2) where scope = ?1",
            )?
            .execute(params![Blob::from(scope), head.0])?;
        Ok(())
    }

    /// A `read_mark` row of a pull. One that cannot be understood is passed over: it can only leave a dot too many.
    pub(super) fn apply_mark_row(&mut self, values: &Values) -> Result<()> {
        let text = |name: &str| values.get(name).and_then(Value::as_str);
        let number = |name: &str| values.get(name).and_then(Value::as_i64).unwrap_or(0);
        let scope = text("mark_scope").and_then(|t| t.parse().ok());
        let kind = text("row_kind").and_then(|t| t.parse().ok());
        let id = text("row_id").and_then(|t| t.parse().ok());
        if let (Some(scope), Some(kind), Some(id)) = (scope, kind, id) {
            self.merge_mark(Mark {
                scope,
                kind,
                id,
                rev: number("rev"),
                seen: number("seen_rev"),
                if_absent: false,
            })?;
        }
        Ok(())
    }
}
