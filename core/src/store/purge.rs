//! Purging a scope: what a member has lost access to, and what a reset does not bring back.
//!
//! Owns: the steps, each of a bounded number of rows, so that an edit never waits for a whole band to go;
//! `worker/purge.rs` runs them.
//! Invariants:
//! - what is to be cleared is noted in `meta` by the transaction that makes it so, and is cleared before anything else
//!   is pulled, after a crash or a full disk too; every step can be taken again;
//! - the transaction in which a scope is found gone takes the scope itself: its cursors, its band, its members, its
//!   place in every list of scopes; its edits are rejected. Whatever happens after that, nobody goes on from its cursor;
//! - rows go in windows of ids. At or below the window's end nothing is left that must go, shown or as a server row: an edit
//!   made between two steps finds its row whole or not at all.

use rusqlite::params;
use uuid::Uuid;

use super::changes::Topic;
use super::row::{self, Blob};
use super::tx::{Reader, WriteTx};
use crate::error::Result;
use crate::model::{Kind, RowId, ScopeId};

/// Names in `meta` the scopes that are gone and not cleared yet.
pub(super) const LEAVING: &str = "store.leaving";

/// Names in `meta` the scopes that were set back and still have rows that no page has brought.
pub(super) const SWEEPING: &str = "store.sweeping";

/// What is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Everything: the scope is not this user's any more.
    Gone,
    /// Rows that no staged page of a reset has brought, and the log. Rows with unsent edits stay with them.
    Unstaged,
}

impl What {
    /// Where it is noted.
    pub(super) fn note(self) -> &'static str {
        match self {
            Self::Gone => LEAVING,
            Self::Unstaged => SWEEPING,
        }
    }
}

/// Where the purging of a scope is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Rows of a kind; those with ids up to `above` are done.
    Rows { kind: Kind, above: Option<Uuid> },
    /// The change log.
    Log,
    /// The read marks.
    Marks,
    /// What is staged; items up to `above` are done.
    Staged { above: i64 },
    /// Nothing is left but the note.
    End,
}

impl Stage {
    /// The rows of a kind, from the first.
    fn rows(kind: Kind) -> Self {
        Self::Rows { kind, above: None }
    }

    /// The stage after this one.
    fn next(self, what: What) -> Self {
        match self {
            Self::Rows { kind, .. } => {
                let after = Kind::local().skip_while(|one| *one != kind).nth(1);
                after.map_or(Self::Log, Self::rows)
            }
            Self::Log if what == What::Gone => Self::Marks,
            Self::Marks => Self::Staged { above: 0 },
            Self::Log | Self::Staged { .. } | Self::End => Self::End,
        }
    }
}

/// How far the purging of one scope is. Forgotten by a crash: the steps find little to do the second time.
#[derive(Debug)]
pub(super) struct Purge {
    scope: ScopeId,
    what: What,
    stage: Stage,
}

impl Purge {
    pub(super) fn new(scope: ScopeId, what: What) -> Self {
        Self {
            scope,
            what,
            stage: Kind::local().next().map_or(Stage::Log, Stage::rows),
        }
    }
}

/// Rows of one table between two ids: `?1` the scope, `?2` above, `?3` up to and including.
struct IdRange {
    kind: Kind,
    scope: ScopeId,
    above: Option<Uuid>,
    to: Uuid,
}

impl Reader<'_> {
    /// Is something noted to be cleared?
    pub(super) fn has_noted_purge(&self) -> Result<bool> {
        let mut statement = self
            .conn
            .prepare_cached("select exists (select 1 from meta where key in (?1, ?2))")?;
        Ok(statement.query_row([LEAVING, SWEEPING], |row| row.get(0))?)
    }

    /// Is there any row of the scope, shown or behind an edit that is on its way?
    pub(super) fn has_rows(&self, scope: ScopeId) -> Result<bool> {
        for table in Kind::local().map(Kind::as_str).chain(["server_row"]) {
            let mut statement = self.conn.prepare_cached(&format!(
                "select exists (select 1 from {table} where scope = ?1)"
            ))?;
            if statement.query_row([Blob::from(scope)], |row| row.get(0))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Has the scope more than `limit` things to clear, each about a row of a table?
    pub(super) fn is_larger(&self, scope: ScopeId, limit: u32) -> Result<bool> {
        let tables = Kind::local().map(Kind::as_str);
        let mut left = limit;
        for table in tables.chain(["change_log", "mark", "outbox"]) {
            let mut statement = self.conn.prepare_cached(&format!(
                "select count(*) from (select 1 from {table} where scope = ?1 limit ?2)"
            ))?;
            let found: u32 = statement
                .query_row(params![Blob::from(scope), left.saturating_add(1)], |row| {
                    row.get(0)
                })?;
            let Some(rest) = left.checked_sub(found) else {
                return Ok(true);
            };
            left = rest;
        }
        Ok(self.scope_row(scope)?.is_some_and(|s| s.staged.is_some()))
    }
}

impl WriteTx<'_> {
    /// The scope is not this user's any more: it is no scope from now on, its edits are rejected, and what is left of it
    /// is noted to be cleared.
    pub(super) fn leave_scope(&mut self, scope: ScopeId) -> Result<()> {
        self.reject_scope(scope)?;
        for table in ["band", "membership", "conflict", "list_change"] {
            self.conn.execute(
                &format!("delete from {table} where scope = ?1"),
                [Blob::from(scope)],
            )?;
        }
        self.conn
            .execute("delete from scope where id = ?1", [Blob::from(scope)])?;
        self.forget_unreadable_in(scope)?;
        for kind in Kind::local() {
            self.changes.all_rows(scope, kind);
        }
        self.changes.scope(Topic::Scopes, scope);
        self.touch(Topic::Conflicts);
        self.note_scope(LEAVING, scope)
    }

    /// Leaves a small scope and clears it, at once.
    pub(super) fn purge_scope(&mut self, scope: ScopeId) -> Result<()> {
        self.leave_scope(scope)?;
        let mut all = Purge::new(scope, What::Gone);
        while self.purge_step(&mut all, u32::MAX)? {}
        Ok(())
    }

    /// Takes the next step, of about `limit` rows. False when nothing was left to do: what was noted is done.
    pub(super) fn purge_step(&mut self, at: &mut Purge, limit: u32) -> Result<bool> {
        loop {
            let (rest, is_step) = match at.stage {
                Stage::Rows { kind, above } => {
                    let (found, end) = self.purge_rows(at, (kind, above), limit)?;
                    let above = end;
                    let rest = end.map(|_| Stage::Rows { kind, above });
                    // A short table without any is no step.
                    (rest, found || end.is_some())
                }
                Stage::Log => {
                    let key = "scope, rev, kind, row";
                    let more = self.purge_some(at.scope, "change_log", key, limit)?;
                    (more.then_some(Stage::Log), true)
                }
                Stage::Marks => {
                    let more = self.purge_some(at.scope, "mark", "scope, kind, row", limit)?;
                    (more.then_some(Stage::Marks), true)
                }
                Stage::Staged { above } => {
                    let to = self.purge_staged(at.scope, above, limit)?;
                    (to.map(|above| Stage::Staged { above }), true)
                }
                Stage::End => return self.end_purge(at).map(|()| false),
            };
            at.stage = rest.unwrap_or_else(|| at.stage.next(at.what));
            if is_step {
                return Ok(true);
            }
        }
    }

    /// The next window of a kind: whether something of it was to go, and its end; none = it was the last.
    fn purge_rows(
        &mut self,
        at: &Purge,
        (kind, above): (Kind, Option<Uuid>),
        limit: u32,
    ) -> Result<(bool, Option<Uuid>)> {
        let table = kind.as_str();
        let end: Option<Uuid> = {
            let mut statement = self.conn.prepare_cached(&format!(
                "select id from {table} where id > coalesce(?1, x'') order by id limit 1 offset ?2"
            ))?;
            let mut rows = statement.query(params![above.map(Blob), limit.saturating_sub(1)])?;
            rows.next()?.map(|row| row::uuid_at(row, 0)).transpose()?
        };
        let window = IdRange {
            kind,
            scope: at.scope,
            above,
            to: end.unwrap_or(Uuid::max()),
        };
        let gone = match at.what {
            What::Gone => self.purge_gone(&window, limit == u32::MAX)?,
            What::Unstaged => self.purge_unstaged(&window)?,
        };
        if gone {
            self.changes.all_rows(at.scope, kind);
        }
        Ok((gone, end))
    }

    /// Every row of the scope in the window, and what is kept beside it. Where the window is the whole table, the index of
    /// the scope is the shorter way; else that of the ids (`+scope` is on no index).
    fn purge_gone(&mut self, window: &IdRange, is_whole: bool) -> Result<bool> {
        let table = window.kind.as_str();
        let has_server_rows = self.ids(
            &format!(
                "select row from server_row where kind = '{table}' and row > coalesce(?2, x'') and row <= ?3 and scope = ?1"
            ),
            window,
        )?;
        for id in has_server_rows {
            self.lose_server_row(window.scope, window.kind, id)?;
        }
        self.run(
            &format!(
                "delete from last_seen where kind = '{table}' and row > coalesce(?2, x'') and row <= ?3
                 and exists (select 1 from {table} r where r.id = last_seen.row and r.scope = ?1)"
            ),
            window,
        )?;
        let scope = if is_whole { "scope" } else { "+scope" };
        let rows = format!(
            "delete from {table} where {scope} = ?1 and id > coalesce(?2, x'') and id <= ?3"
        );
        Ok(self.run(&rows, window)? > 0)
    }

    /// The rows in the window that no staged page has brought. One with unsent edits is deleted on the server, as far
    /// as this device knows; the edits stay, and bring it back or are refused. Its revision was of the epoch before, and
    /// says nothing about the one at which it comes back.
    fn purge_unstaged(&mut self, window: &IdRange) -> Result<bool> {
        let table = window.kind.as_str();
        let staged = |id: &str| {
            format!(
                "(select 1 from staged where reset = 1 and scope = ?1 and what = '{table}' and row = {id})"
            )
        };
        let rows = format!(
            "delete from {table} where +scope = ?1 and id > coalesce(?2, x'') and id <= ?3 and not exists {}
             and not exists (select 1 from server_row where kind = '{table}' and row = {table}.id)",
            staged(&format!("{table}.id"))
        );
        let gone = self.run(&rows, window)?;
        let orphans = self.ids(
            &format!(
                "update server_row set deleted = 1, rev = 0 where kind = '{table}' and row > coalesce(?2, x'') and row <= ?3
                 and scope = ?1 and body is not null and not exists {} returning row",
                staged("server_row.row")
            ),
            window,
        )?;
        for id in orphans {
            self.rebase(window.kind, id)?;
        }
        Ok(gone > 0)
    }

    fn run(&mut self, sql: &str, window: &IdRange) -> Result<usize> {
        Ok(self.conn.prepare_cached(sql)?.execute(params![
            Blob::from(window.scope),
            window.above.map(Blob),
            Blob(window.to)
        ])?)
    }

    fn ids(&mut self, sql: &str, window: &IdRange) -> Result<Vec<RowId>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let bounds = params![
            Blob::from(window.scope),
            window.above.map(Blob),
            Blob(window.to)
        ];
        let ids = statement.query_map(bounds, |found| Ok(RowId(row::uuid_at(found, 0)?)))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }

    /// Some rows of a table whose key begins with the scope; false when none are left.
    fn purge_some(&mut self, scope: ScopeId, table: &str, key: &str, limit: u32) -> Result<bool> {
        let gone = self
            .conn
            .prepare_cached(&format!(
                "delete from {table} where ({key}) in (select {key} from {table} where scope = ?1 limit ?2)"
            ))?
            .execute(params![Blob::from(scope), limit])?;
        Ok(u32::try_from(gone).is_ok_and(|gone| gone == limit))
    }

    /// Some of what is staged after an item; up to which one, none = nothing was left.
    fn purge_staged(&mut self, scope: ScopeId, above: i64, limit: u32) -> Result<Option<i64>> {
        let mut statement = self.conn.prepare_cached(
            "select max(seq) from (select seq from staged where seq > ?1 order by seq limit ?2)",
        )?;
        let to: Option<i64> = statement.query_row(params![above, limit], |row| row.get(0))?;
        if let Some(to) = to {
            self.conn
                .prepare_cached("delete from staged where +scope = ?1 and seq > ?2 and seq <= ?3")?
                .execute(params![Blob::from(scope), above, to])?;
        }
        Ok(to)
    }

    /// The last step. Edits made since the first one are rejected as the others are.
    fn end_purge(&mut self, at: &Purge) -> Result<()> {
        match at.what {
            What::Gone => {
                self.reject_scope(at.scope)?;
                for (kind, id) in self.server_rows_in(at.scope)? {
                    self.lose_server_row(at.scope, kind, id)?;
                }
            }
            What::Unstaged => self.note_swept(at.scope)?,
        }
        let mut noted = self.noted(at.what.note())?;
        noted.retain(|scope| *scope != at.scope);
        self.set_noted(at.what.note(), &noted)
    }
}
