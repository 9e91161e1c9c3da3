//! Edits on their way to the server, as rows.
//!
//! Owns: reading and writing outbox entries, handing out batches, and what becomes of an entry when it is answered.
//! Making an edit is in `edit.rs`.
//! States: `queued` (may still change) -> `sent` (has its number; its content never changes) -> `answered` (applied by the server,
//! replayed until a pull brings the row) -> gone; or -> `rejected` (refused; waits for a person, is not replayed).
//! Invariant: the content of a number never changes once the number is given out.

use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use super::changes::Topic;
use super::rebase::moved_to;
use super::row::{self, Blob, parse_values, values_text};
use super::tx::{Reader, WriteTx};
use crate::error::{Error, Result};
use crate::model::{
    ClientId, EditId, Kind, MutationNo, NoticeId, RefusalCode, Rev, RowId, ScopeId, Values, Verb,
};
use crate::time::Timestamp;

/// What a mutation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// A new row; `set` is all of it.
    Insert,
    /// Changed fields of a row.
    Update,
    /// The row goes.
    Delete,
    /// A deleted row comes back, with `set` on top.
    Restore,
    /// A read mark; made by [`WriteTx::mark_read`] and its like only.
    Mark,
}

impl Op {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Insert => "insert",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Restore => "restore",
            Self::Mark => "mark",
        }
    }

    fn parse(text: &str) -> Result<Self> {
        [
            Self::Insert,
            Self::Update,
            Self::Delete,
            Self::Restore,
            Self::Mark,
        ]
        .into_iter()
        .find(|op| op.as_str() == text)
        .ok_or(Error::Internal { place: "store op" })
    }
}

/// Where an entry is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryState {
    /// Not sent yet; further edits of the row fold into it.
    Queued,
    /// Sent under its number at least once; the answer is not stored yet.
    Sent,
    /// Applied by the server; shown until a pull brings the row itself.
    Answered,
    /// Refused; waits for a person.
    Rejected,
}

impl EntryState {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Answered => "answered",
            Self::Rejected => "rejected",
        }
    }

    fn parse(text: &str) -> Result<Self> {
        // A damaged file is read as an older version left it.
        let text = if text == "parked" { "rejected" } else { text };
        [Self::Queued, Self::Sent, Self::Answered, Self::Rejected]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(Error::Internal {
                place: "store state",
            })
    }
}

/// One edit in the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxEntry {
    /// Identifies the entry on this device; grows with time.
    pub seq: EditId,
    /// Its number at the server; `None` until first sent.
    pub n: Option<MutationNo>,
    /// Where to push it: the scope the row was in when it was edited.
    pub scope: ScopeId,
    /// What the row is.
    pub kind: Kind,
    /// Which row.
    pub row: RowId,
    /// What to do.
    pub op: Op,
    /// `sync_rev` of the server's row when the first of the folded edits was made. Of a delete, a move and a new row, the
    /// newest revision of the scope that was shown when that was made. 0 = nothing is known of the row in that scope.
    pub base_rev: Rev,
    /// New values by field.
    pub set: Values,
    /// The server's values in the same fields when they were first edited; a field may be missing (unknown).
    pub base: Values,
    /// Where it is on its way.
    pub state: EntryState,
    /// How often it was sent.
    pub attempt: u32,
    /// Rejected: why.
    pub rejection: Option<Rejection>,
    /// When it was made, wall clock.
    pub at: Timestamp,
}

impl OutboxEntry {
    /// What it does to its row.
    #[must_use]
    pub fn verb(&self) -> Verb {
        match self.op {
            Op::Insert => Verb::Added,
            Op::Update if self.moves() => Verb::Moved,
            Op::Update | Op::Mark => Verb::Changed,
            Op::Delete => Verb::Deleted,
            Op::Restore => Verb::Restored,
        }
    }

    /// Does it take the row to another scope?
    #[must_use]
    pub fn moves(&self) -> bool {
        let to = moved_to(self.kind, &self.set);
        self.op == Op::Update && to.is_some_and(|to| to != self.scope)
    }

    /// A checksum of the content, sent along and given back with the result. It is made from what never changes once
    /// there is a number, and made the same way for ever: a mutation is sent again after an upgrade too.
    #[must_use]
    pub fn tag(&self) -> String {
        let content = format!(
            "{} {} {} {} {} {}",
            self.op.as_str(),
            self.kind.as_str(),
            self.row,
            self.base_rev.0,
            values_text(&self.set),
            values_text(&self.base)
        );
        // FNV-1a.
        let sum = content
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
                (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        format!("{sum:016x}")
    }
}

/// Why an edit was refused. Codes and constants only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Rejection {
    /// Why.
    #[serde(rename = "sqlstate")]
    pub code: RefusalCode,
    /// The server's constant text.
    pub reason: Option<String>,
    /// The column it is about.
    pub field: Option<String>,
}

impl Rejection {
    /// The device's own rejection of such an edit.
    #[must_use]
    pub fn scope_gone() -> Self {
        Self {
            code: RefusalCode::ScopeGone,
            reason: None,
            field: None,
        }
    }
}

/// What a push sends, in the form of the protocol. It serialises to one element of `mutations`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mutation {
    /// Number.
    pub n: MutationNo,
    /// What the row is.
    pub kind: Kind,
    /// Which row.
    pub id: RowId,
    /// What to do.
    pub op: Op,
    /// See [`OutboxEntry::base_rev`].
    pub base_rev: Rev,
    /// New values.
    pub set: Values,
    /// Old values.
    pub base: Values,
    /// See [`OutboxEntry::tag`].
    pub tag: String,
}

/// What may be sent now: edits of one row go one after the other, also where it has moved to another scope meanwhile; only
/// with a new row goes what was done to it since, for a new row comes back as a whole or not at all.
const SENDABLE: &str = "state in ('sent', 'queued')
  and not (state = 'queued' and op <> 'mark' and exists (select 1 from outbox before where before.kind = outbox.kind
           and before.row = outbox.row and before.seq < outbox.seq
           and (before.state = 'sent' or before.state = 'queued' and before.op not in ('insert', 'mark'))))";

/// What a pull has not brought back yet; read marks are not counted. An answered edit with another one of its row behind it
/// is done: the other one speaks for the row.
pub(super) const UNSENT: &str = "state <> 'rejected' and op <> 'mark'
  and not (state = 'answered' and exists (select 1 from outbox later where later.kind = outbox.kind
           and later.row = outbox.row and later.seq > outbox.seq and later.state <> 'rejected'))";

/// Mutations of one scope, ready to be pushed.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// Under which client id.
    pub client: ClientId,
    /// Which scope.
    pub scope: ScopeId,
    /// Every number up to it is answered and durable here.
    pub acked: MutationNo,
    /// In order.
    pub mutations: Vec<Mutation>,
}

/// Counts for the status feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct OutboxCounts {
    /// Edits that a pull has not brought back yet. One that is sent again with a merged text counts once; read marks
    /// are not counted.
    pub unsent: u64,
    /// Refused edits waiting for a person.
    pub rejected: u64,
    /// Conflicts waiting for a person.
    pub conflicts: u64,
    /// When the oldest unsent edit was made.
    pub oldest: Option<Timestamp>,
}

const COLUMNS: &str = "seq, n, scope, kind, row, op, base_rev, body, base, state, attempt, sqlstate, reason, field, at";

fn entry(row: &Row<'_>) -> Result<OutboxEntry> {
    let text = |at: usize| -> Result<String> { Ok(row.get(at)?) };
    let code: Option<String> = row.get(11)?;
    Ok(OutboxEntry {
        seq: EditId(row.get(0)?),
        n: row.get::<_, Option<i64>>(1)?.map(MutationNo),
        scope: ScopeId(row::uuid_at(row, 2)?),
        kind: row::kind_at(row, 3)?,
        row: RowId(row::uuid_at(row, 4)?),
        op: Op::parse(&text(5)?)?,
        base_rev: Rev(row.get(6)?),
        set: parse_values(&text(7)?)?,
        base: parse_values(&text(8)?)?,
        state: EntryState::parse(&text(9)?)?,
        attempt: row.get(10)?,
        rejection: match code {
            Some(code) => Some(Rejection {
                code: code.into(),
                reason: row.get(12)?,
                field: row.get(13)?,
            }),
            None => None,
        },
        at: Timestamp(row.get(14)?),
    })
}

/// Hands each entry of a query to `take`, up to the first that cannot be read.
pub(super) fn read_entries(
    conn: &Connection,
    rest: &str,
    args: &[&dyn rusqlite::ToSql],
    take: &mut dyn FnMut(OutboxEntry),
) -> Result<()> {
    let mut statement = conn.prepare_cached(&format!("select {COLUMNS} from outbox {rest}"))?;
    let mut rows = statement.query(args)?;
    while let Some(row) = rows.next()? {
        take(entry(row)?);
    }
    Ok(())
}

impl Reader<'_> {
    /// An edit of another row that is on its way names this one, as a setlist names a song: the server must hear of it
    /// then, also if it is gone again, for it takes no id that it has never known.
    pub(super) fn is_named(&self, id: RowId) -> Result<bool> {
        Ok(self
            .conn
            .prepare_cached(
                "select exists (select 1 from outbox where row <> ?1 and instr(body, ?2) > 0)",
            )?
            .query_row(params![Blob::from(id), id.to_string()], |row| row.get(0))?)
    }

    pub(super) fn entries(
        &self,
        rest: &str,
        args: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<OutboxEntry>> {
        let mut found = Vec::new();
        read_entries(self.conn, rest, args, &mut |entry| found.push(entry))?;
        Ok(found)
    }

    /// All entries of one row, oldest first.
    pub fn entries_of(&self, kind: Kind, id: RowId) -> Result<Vec<OutboxEntry>> {
        self.entries(
            "where kind = ?1 and row = ?2 order by seq",
            &[&kind.as_str(), &Blob::from(id)],
        )
    }

    /// The unconfirmed edits of one row, oldest first: what is shown of it besides the server's.
    pub(super) fn open_entries_of(&self, kind: Kind, id: RowId) -> Result<Vec<OutboxEntry>> {
        let mut entries = self.entries_of(kind, id)?;
        entries.retain(|entry| entry.state != EntryState::Rejected);
        Ok(entries)
    }

    /// One entry by its number.
    pub fn entry_numbered(&self, n: MutationNo) -> Result<Option<OutboxEntry>> {
        Ok(self.entries("where n = ?1", &[&n.0])?.pop())
    }

    /// One entry by its place in the outbox.
    pub fn entry(&self, id: EditId) -> Result<Option<OutboxEntry>> {
        Ok(self.entries("where seq = ?1", &[&id.0])?.pop())
    }

    /// How many refused edits a notice tells of, and the newest of them.
    pub fn rejections_told_by(&self, notice: NoticeId) -> Result<(u32, Option<OutboxEntry>)> {
        let mut statement = self.conn.prepare_cached(
            "select count(*) from outbox where notice = ?1 and state = 'rejected'",
        )?;
        let count = statement.query_row([notice.0], |row| row.get(0))?;
        let mut newest = self.entries(
            "where notice = ?1 and state = 'rejected' order by seq desc limit 1",
            &[&notice.0],
        )?;
        Ok((count, newest.pop()))
    }

    /// This member's deletes and restores in a scope that no pull has brought back yet, oldest first, and what the rows were
    /// called.
    pub fn deletes_and_restores(
        &self,
        scope: ScopeId,
    ) -> Result<Vec<(OutboxEntry, Option<String>)>> {
        let entries = self.entries(
            "where scope = ?1 and op in ('delete', 'restore') and state <> 'rejected' order by seq",
            &[&Blob::from(scope)],
        )?;
        entries
            .into_iter()
            .map(|entry| {
                let row = self
                    .kept_server_row(entry.kind, entry.row)?
                    .and_then(|m| m.body);
                let column = entry.kind.title_column();
                let title = row
                    .zip(column)
                    .and_then(|(mut row, column)| row.remove(column));
                let title = title.and_then(|title| title.as_str().map(str::to_owned));
                Ok((entry, title))
            })
            .collect()
    }

    /// Scopes with something to send, the longest waiting first.
    pub fn scopes_to_push(&self) -> Result<Vec<ScopeId>> {
        let mut statement = self.conn.prepare_cached(&format!(
            "select scope from outbox where {SENDABLE} group by scope order by min(seq)"
        ))?;
        let rows = statement.query_map([], |row| Ok(ScopeId(row::uuid_at(row, 0)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Scopes with edits that are on their way, those included that this device has never read.
    pub fn scopes_of_edits(&self) -> Result<Vec<ScopeId>> {
        let mut statement = self
            .conn
            .prepare_cached("select distinct scope from outbox where state <> 'rejected'")?;
        let rows = statement.query_map([], |row| Ok(ScopeId(row::uuid_at(row, 0)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Every number up to it is answered and stored here: `acked` of the protocol.
    pub fn acked(&self) -> Result<MutationNo> {
        let mut statement = self.conn.prepare_cached(
            "select coalesce((select min(n) from outbox where state = 'sent') - 1,
                             (select value from meta where key = 'store.last_n'), 0)",
        )?;
        Ok(MutationNo(statement.query_row([], |row| row.get(0))?))
    }

    /// How much is on its way.
    pub fn outbox_counts(&self) -> Result<OutboxCounts> {
        let mut statement = self.conn.prepare_cached(&format!(
            "select count(*) filter (where {UNSENT}),
                    count(*) filter (where state = 'rejected' and sqlstate is not ?1),
                    min(at) filter (where state <> 'rejected' and op <> 'mark'),
                    (select count(*) from conflict) from outbox",
        ))?;
        Ok(statement.query_row([RefusalCode::Crossed.code()], |row| {
            Ok(OutboxCounts {
                unsent: row.get::<_, u32>(0)?.into(),
                rejected: row.get::<_, u32>(1)?.into(),
                oldest: row.get::<_, Option<i64>>(2)?.map(Timestamp),
                conflicts: row.get::<_, u32>(3)?.into(),
            })
        })?)
    }
}

impl WriteTx<'_> {
    /// Takes the next mutations of a scope: first those sent before without a stored answer (same numbers, same
    /// content), then queued ones, which get their numbers now. An edit whose row has an unanswered one waits: what the
    /// server says to that one may change it. At most `max` mutations and about `max_bytes` of JSON,
    /// at least one. `None` when there is nothing to send.
    ///
    /// Commit with [`Durability::Full`](super::Durability::Full) before sending: a number must not be forgotten once
    /// the server has seen it. One push per scope at a time.
    pub fn take_batch(
        &mut self,
        scope: ScopeId,
        max: usize,
        max_bytes: usize,
    ) -> Result<Option<Batch>> {
        let limit = i64::try_from(max).unwrap_or(i64::MAX);
        let waiting = self.entries(
            &format!("where scope = ?1 and {SENDABLE} order by state = 'queued', coalesce(n, seq) limit ?2"),
            &[&Blob::from(scope), &limit],
        )?;
        let mut bytes = 0;
        let mut mutations = Vec::new();
        for entry in waiting {
            bytes += values_text(&entry.set).len() + values_text(&entry.base).len() + 200;
            if bytes > max_bytes && !mutations.is_empty() {
                break;
            }
            mutations.push(self.number(entry)?);
        }
        if mutations.is_empty() {
            return Ok(None);
        }
        Ok(Some(Batch {
            client: self.client_id()?,
            scope,
            acked: self.acked()?,
            mutations,
        }))
    }

    fn number(&mut self, entry: OutboxEntry) -> Result<Mutation> {
        let n = match entry.n {
            Some(n) => n,
            None => self.next_number()?,
        };
        self.conn
            .prepare_cached(
                "update outbox set state = 'sent', n = ?2, attempt = attempt + 1 where seq = ?1",
            )?
            .execute(params![entry.seq.0, n.0])?;
        let tag = entry.tag();
        // What a queued delete keeps for being undone is not the server's business.
        let (set, base) = if entry.op == Op::Delete {
            (Values::new(), Values::new())
        } else {
            (entry.set, entry.base)
        };
        Ok(Mutation {
            n,
            kind: entry.kind,
            id: entry.row,
            op: entry.op,
            base_rev: entry.base_rev,
            set,
            base,
            tag,
        })
    }

    fn next_number(&mut self) -> Result<MutationNo> {
        let mut statement = self.conn.prepare_cached(
            "insert into meta (key, value) values ('store.last_n', 1)
             on conflict (key) do update set value = value + 1 returning value",
        )?;
        Ok(MutationNo(statement.query_row([], |row| row.get(0))?))
    }

    /// The server applied mutation `n` at `rev`. `unapplied` are the fields it did not apply (`current` of the answer):
    /// they are taken out of the entry; queue their merged values in the same transaction with an [`Edit`](super::Edit)
    /// that has a `base`. The entry is shown until a pull commits `rev`; a pull's closure may call this too.
    /// False when no entry waits under `n`.
    pub fn answer(&mut self, n: MutationNo, rev: Rev, unapplied: &Values) -> Result<bool> {
        let Some(mut entry) = self.entry_numbered(n)? else {
            return Ok(false);
        };
        if entry.state != EntryState::Sent {
            return Ok(false);
        }
        entry.set.retain(|name, _| !unapplied.contains_key(name));
        self.conn
            .prepare_cached(
                "update outbox set state = 'answered', rev = ?2, body = ?3 where seq = ?1",
            )?
            .execute(params![entry.seq.0, rev.0, values_text(&entry.set)])?;
        self.touch(Topic::Outbox);
        if entry.op == Op::Mark {
            self.remove_entry(entry.seq)?;
            return Ok(true);
        }
        self.rebase(entry.kind, entry.row)?;
        Ok(true)
    }

    pub(super) fn remove_entry(&mut self, id: EditId) -> Result<()> {
        self.conn
            .prepare_cached("delete from outbox where seq = ?1")?
            .execute([id.0])?;
        self.touch(Topic::Outbox);
        Ok(())
    }

    pub(super) fn save_entry(&mut self, entry: &OutboxEntry) -> Result<()> {
        let rejection = entry.rejection.as_ref();
        self.conn
            .prepare_cached(
                "update outbox set n = ?2, op = ?3, body = ?4, base = ?5, state = ?6, sqlstate = ?7, reason = ?8,
                 field = ?9, scope = ?10, base_rev = ?11 where seq = ?1",
            )?
            .execute(params![
                entry.seq.0,
                entry.n.map(|n| n.0),
                entry.op.as_str(),
                values_text(&entry.set),
                values_text(&entry.base),
                entry.state.as_str(),
                rejection.map(|r| r.code.code()),
                rejection.and_then(|r| r.reason.as_ref()),
                rejection.and_then(|r| r.field.as_ref()),
                Blob::from(entry.scope),
                entry.base_rev.0,
            ])?;
        self.touch(Topic::Outbox);
        Ok(())
    }

    pub(super) fn add_entry(&mut self, entry: &OutboxEntry) -> Result<()> {
        let rejection = entry.rejection.as_ref();
        self.conn
            .prepare_cached(
                "insert into outbox (scope, kind, row, op, base_rev, body, base, state, at, sqlstate, reason, field)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                Blob::from(entry.scope),
                entry.kind.as_str(),
                Blob::from(entry.row),
                entry.op.as_str(),
                entry.base_rev.0,
                values_text(&entry.set),
                values_text(&entry.base),
                entry.state.as_str(),
                entry.at.0,
                rejection.map(|r| r.code.code()),
                rejection.and_then(|r| r.reason.as_ref()),
                rejection.and_then(|r| r.field.as_ref()),
            ])?;
        self.touch(Topic::Outbox);
        Ok(())
    }
}
