//! Edits that cannot go on as they are: refused ones, and all of them when the server asks for a new client id.
//!
//! A rejected entry is not replayed, so the row shows the server's value; the entry keeps what was typed until a person
//! retries or discards it. Rejected entries never block others.

use rusqlite::params;

use super::changes::Topic;
use super::outbox::{EntryState, Op, OutboxEntry, Rejection};
use super::row::{self, Blob};
use super::tx::{Reader, WriteTx};
use crate::error::{Error, Result};
use crate::model::{
    ClientId, EditId, Kind, Merge, MutationNo, NoticeId, RefusalCode, RowId, ScopeId, Values, Verb,
    field,
};
use crate::time::Timestamp;

/// An edit that the server refused, or that cannot go on, as a person decides about it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct RejectedEdit {
    /// Identifies it on this device; what is newer has a larger one.
    pub id: EditId,
    /// Where the row was when it was edited.
    pub scope: ScopeId,
    /// What the row is.
    pub kind: Kind,
    /// Which row.
    pub row: RowId,
    /// Its title as it is shown, else as the edit has it; of a practice its day.
    pub title: Option<String>,
    /// What was tried.
    pub verb: Verb,
    /// What was typed: new values by column. Of a delete, those that had not been sent before it.
    pub set: Values,
    /// What the server had in these columns when they were first edited; a column may be missing (unknown).
    pub base: Values,
    /// Why it was refused.
    pub rejection: Rejection,
    /// The notice that tells of it; `None` of what went with its band.
    pub notice: Option<NoticeId>,
    /// When it was made, wall clock.
    pub at: Timestamp,
}

impl Reader<'_> {
    /// Refused edits, newest first, at most `limit`. Those that wait as a conflict are not among them.
    pub fn rejected_edits(&self, limit: u32) -> Result<Vec<RejectedEdit>> {
        let entries = self.entries(
            "where state = 'rejected' and sqlstate is not ?2 order by seq desc limit ?1",
            &[&limit, &RefusalCode::Crossed.code()],
        )?;
        entries.into_iter().map(|one| self.told(one)).collect()
    }

    fn told(&self, entry: OutboxEntry) -> Result<RejectedEdit> {
        let title = self.title_of_edit(&entry)?;
        Ok(RejectedEdit {
            id: entry.seq,
            scope: entry.scope,
            kind: entry.kind,
            row: entry.row,
            title,
            verb: entry.verb(),
            notice: self.notice_of_rejection(entry.seq)?,
            set: entry.set,
            base: entry.base,
            rejection: entry.rejection.unwrap_or_else(Rejection::scope_gone),
            at: entry.at,
        })
    }
}

impl WriteTx<'_> {
    /// The server refused mutation `n` for good. Returns the rejected entry, for the notice; `None` when no entry waits
    /// under `n`, or when it was a read mark: nobody typed that, so it goes and nobody is told. Later queued edits of a
    /// refused new row are rejected with it, in the same entry.
    pub fn reject(&mut self, n: MutationNo, rejection: Rejection) -> Result<Option<OutboxEntry>> {
        let Some(entry) = self.entry_numbered(n)? else {
            return Ok(None);
        };
        if entry.state != EntryState::Sent {
            return Ok(None);
        }
        if entry.op == Op::Mark {
            // A mark about a scope that is not mine any more: nobody needs to decide anything.
            self.remove_entry(entry.seq)?;
            return Ok(None);
        }
        self.reject_entry(entry, rejection).map(Some)
    }

    /// Mutation `n` is not wanted any more and was not done: it goes without a word.
    pub fn withdraw(&mut self, n: MutationNo) -> Result<()> {
        let Some(entry) = self.entry_numbered(n)? else {
            return Ok(());
        };
        self.remove_entry(entry.seq)?;
        self.rebase(entry.kind, entry.row)
    }

    /// The server has deleted the row of mutation `n` and kept no image: the entry is queued again, as a restore that
    /// carries the whole row as the member sees it, without what came shortened.
    pub fn resend_whole(&mut self, n: MutationNo) -> Result<()> {
        let Some(mut entry) = self.entry_numbered(n)? else {
            return Ok(());
        };
        let shown = self.row(entry.kind, entry.row)?.unwrap_or_default();
        for (name, value) in &shown {
            let known = field(entry.kind, name);
            if known.is_some_and(|field| field.merge != Merge::ReadOnly)
                && !entry.set.contains_key(name)
                && !row::is_cut(&shown, name)
            {
                entry.set.insert(name.clone(), value.clone());
            }
        }
        entry.op = Op::Restore;
        entry.n = None;
        entry.state = EntryState::Queued;
        self.save_entry(&entry)?;
        self.rebase(entry.kind, entry.row)
    }

    fn reject_entry(
        &mut self,
        mut entry: OutboxEntry,
        rejection: Rejection,
    ) -> Result<OutboxEntry> {
        let refused = entry.set.clone();
        let later = self.entries_of(entry.kind, entry.row)?;
        for mut next in later {
            if next.seq <= entry.seq || next.state != EntryState::Queued {
                continue;
            }
            if entry.op == Op::Insert && next.op == Op::Update {
                entry.set.append(&mut next.set);
                self.remove_entry(next.seq)?;
                continue;
            }
            // The later edit took the refused value for the server's.
            for (name, value) in &refused {
                if next.base.get(name) == Some(value) {
                    match entry.base.get(name) {
                        Some(base) => next.base.insert(name.clone(), base.clone()),
                        None => next.base.remove(name),
                    };
                }
            }
            self.save_entry(&next)?;
        }
        entry.state = EntryState::Rejected;
        entry.n = None;
        entry.rejection = Some(rejection);
        self.save_entry(&entry)?;
        self.rebase(entry.kind, entry.row)?;
        Ok(entry)
    }

    /// A person wants a rejected edit sent again: it is queued behind everything else and shown again. It goes to where its row
    /// is now, which may have moved since.
    pub fn retry_rejected(&mut self, id: EditId) -> Result<()> {
        let mut entry = self.rejected_entry(id)?;
        self.remove_entry(id)?;
        let live = row::read(self.conn, entry.kind, entry.row)?;
        let now = live.as_ref().map_or(entry.scope, |row| row.scope);
        let server_row = self.ensure_server_row(entry.kind, entry.row, entry.scope, live)?;
        if now != entry.scope && entry.op != Op::Insert {
            entry.scope = now;
            let leaves = entry.op == Op::Delete || entry.moves();
            entry.base_rev = self.base_rev(leaves, &server_row, now)?;
        }
        entry.state = EntryState::Queued;
        entry.rejection = None;
        self.add_entry(&entry)?;
        self.rebase(entry.kind, entry.row)
    }

    /// A person gives a rejected edit up.
    pub fn discard_rejected(&mut self, id: EditId) -> Result<()> {
        self.rejected_entry(id)?;
        self.remove_entry(id)
    }

    pub(super) fn rejected_entry(&self, id: EditId) -> Result<OutboxEntry> {
        self.entry(id)?
            .filter(|entry| entry.state == EntryState::Rejected)
            .ok_or(Error::NotFound { what: "edit" })
    }

    /// The scope is not mine any more: its edits are rejected as `scope_gone`, unsent marks go. A row that lives on in
    /// another scope is shown without them; those of this one are cleared, see `purge.rs`.
    pub(super) fn reject_scope(&mut self, scope: ScopeId) -> Result<()> {
        let elsewhere = {
            let mut statement = self.conn.prepare_cached(
                "select distinct o.kind, o.row from outbox o join server_row m on m.kind = o.kind and m.row = o.row
                 where o.scope = ?1 and o.state <> 'rejected' and m.scope <> ?1",
            )?;
            let rows = statement.query_map([Blob::from(scope)], |found| {
                Ok((row::kind_at(found, 0)?, RowId(row::uuid_at(found, 1)?)))
            })?;
            rows.collect::<rusqlite::Result<Vec<(Kind, RowId)>>>()?
        };
        self.conn
            .prepare_cached("delete from outbox where scope = ?1 and state = 'answered'")?
            .execute([Blob::from(scope)])?;
        self.conn
            .prepare_cached(
                "update outbox set state = 'rejected', n = null, sqlstate = ?2
                 where scope = ?1 and (state <> 'rejected' or sqlstate = ?3)",
            )?
            .execute(params![
                Blob::from(scope),
                RefusalCode::ScopeGone.code(),
                RefusalCode::Crossed.code()
            ])?;
        self.forget_deleted_unsent(scope)?;
        self.touch(Topic::Outbox);
        for (kind, id) in elsewhere {
            self.rebase(kind, id)?;
        }
        Ok(())
    }

    /// The server does not know our numbers (`client_reset`): takes a new client id. Everything sent without a stored
    /// answer is queued again and gets new numbers; base values keep that from being applied twice unnoticed.
    pub fn new_client_id(&mut self) -> Result<ClientId> {
        let fresh = ClientId::fresh();
        self.set_meta("client_id", &fresh.to_string())?;
        self.conn
            .execute("delete from meta where key = 'store.last_n'", [])?;
        self.conn.execute(
            "update outbox set state = 'queued' where state = 'sent'",
            [],
        )?;
        self.conn.execute("update outbox set n = null", [])?;
        self.touch(Topic::Outbox);
        Ok(fresh)
    }

    /// Drops what is answered and contained in this revision of its row. In a first sync, whose rows are shown as they come,
    /// it would hide what somebody else changed after it, and a delete would count that as seen.
    pub(super) fn forget_contained(
        &mut self,
        scope: ScopeId,
        (kind, id): (Kind, RowId),
        rev: i64,
    ) -> Result<()> {
        let gone = self
            .conn
            .prepare_cached(
                "delete from outbox where scope = ?1 and kind = ?2 and row = ?3 and state = 'answered' and rev <= ?4",
            )?
            .execute(params![Blob::from(scope), kind.as_str(), Blob::from(id), rev])?;
        if gone > 0 {
            self.touch(Topic::Outbox);
        }
        Ok(())
    }

    /// Drops what is answered and covered by the scope's committed cursor, and shows the server's rows instead.
    pub(super) fn sweep_answered(&mut self, scope: ScopeId, up_to: Option<i64>) -> Result<()> {
        let rows = {
            let mut statement = self.conn.prepare_cached(
                "delete from outbox where scope = ?1 and state = 'answered' and (?2 is null or rev <= ?2)
                 returning kind, row",
            )?;
            let rows = statement.query_map(params![Blob::from(scope), up_to], |found| {
                Ok((row::kind_at(found, 0)?, row::uuid_at(found, 1)?))
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()?
        };
        for (kind, id) in rows {
            self.touch(Topic::Outbox);
            self.rebase(kind, RowId(id))?;
        }
        Ok(())
    }
}
