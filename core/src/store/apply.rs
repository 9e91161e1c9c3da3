//! Applying what the server says: the only way server rows get in.
//!
//! Rules, per item:
//! - a row replaces the local one unless the same scope already holds a newer revision; a row of another scope always
//!   replaces (it moved); after a reset revisions are not compared, they began again;
//! - a tombstone removes only a row of its own scope with a lower revision;
//! - for a row with unconfirmed edits both go to its server row, and the shown row is computed again: the edits stay
//!   (edit beats delete);
//! - nothing here writes to the outbox. Server values are kept verbatim.

use rusqlite::OptionalExtension as _;

use super::pull::Tombstone;
use super::rebase::ServerRow;
use super::row::{self, Blob, Here, Placement, values_text};
#[cfg(feature = "testing")]
use super::rules::{Rule, left_out};
use super::tx::{Form, WriteTx};
use crate::error::{Error, Result, Service};
use crate::model::{Kind, RowId, ScopeId, Values};

/// How the rows of one scope are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// First sync: nothing to compare with, nothing turns unread.
    First,
    /// After a reset: revisions began again.
    Reset,
    /// From a cursor on.
    Follow,
}

/// Which row it is and at which revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowKey {
    pub(super) id: RowId,
    pub(super) rev: i64,
}

impl RowKey {
    /// A row must say both; else its page is refused before anything of it is written.
    pub(super) fn of(values: &Values) -> Result<Self> {
        let id = row::id_of(values);
        let rev = values.get("sync_rev").and_then(serde_json::Value::as_i64);
        let (id, rev) = id.zip(rev).ok_or(Error::Protocol {
            service: Service::Rest,
            reason: "a row without id or revision",
        })?;
        Ok(Self { id, rev })
    }
}

/// Does a tombstone of this scope and revision remove a row that is here at that scope and revision?
fn removes(tombstone: (ScopeId, i64), live: (ScopeId, i64)) -> bool {
    let lower = live.1 < tombstone.1;
    #[cfg(feature = "testing")]
    let lower = lower || left_out(Rule::TombstoneOfLowerRev);
    live.0 == tombstone.0 && lower
}

/// What is done with a row that the server sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    /// Nothing: what is here is newer.
    Pass,
    /// It has edits of this member's on top: it goes to its server row, below them.
    Below,
    /// It is what is shown.
    Put(Form),
}

/// By where a row comes from, where the one is that is shown here, and where the server's image below the edits of this
/// member's, if it has any. Pure.
fn action(
    mode: Mode,
    (scope, rev): (ScopeId, i64),
    here: Option<Here>,
    below: Option<(ScopeId, i64)>,
) -> Action {
    // Of one scope the higher revision counts, but not after a reset: they began again.
    let newer = |known: (ScopeId, i64)| mode != Mode::Reset && known.0 == scope && known.1 > rev;
    match (mode, here, below) {
        (.., Some(below)) if newer(below) => Action::Pass,
        (.., Some(_)) => Action::Below,
        (_, Some(here), None) if newer((here.scope, here.rev)) => Action::Pass,
        (_, Some(here), None) if here.scope == scope && here.same_sort => Action::Put(Form::Update),
        (Mode::Reset, _, None) => Action::Put(Form::Put),
        (Mode::First | Mode::Follow, _, None) => Action::Put(Form::PutNewer),
    }
}

impl WriteTx<'_> {
    pub(super) fn apply_row(
        &mut self,
        mode: Mode,
        scope: ScopeId,
        kind: Kind,
        RowKey { id, rev }: RowKey,
        values: &Values,
    ) -> Result<()> {
        let at = Placement {
            scope,
            id,
            pending: false,
        };
        self.note_values(scope, kind, (id, rev), values)?;
        match (kind, mode) {
            (Kind::ReadMark, _) => return self.apply_mark_row(values),
            (Kind::Setlist, Mode::Follow) => self.note_list(at, rev, values)?,
            _ => {}
        }
        let sort = row::sort_key(kind, values);
        let here = match mode {
            Mode::Follow => self.here(kind, at, &sort)?,
            Mode::First | Mode::Reset => None,
        };
        let server_row = if self.any_server_row()? {
            self.kept_server_row(kind, id)?
        } else {
            None
        };
        let below = server_row
            .as_ref()
            .map(|server_row| (server_row.scope, server_row.rev));
        match action(mode, (scope, rev), here, below) {
            Action::Pass => Ok(()),
            Action::Below => {
                let before = server_row.and_then(|server_row| server_row.body);
                self.apply_below_edits(mode, kind, (at, rev), values, here, before)
            }
            Action::Put(form) => {
                self.keep_last_seen(kind, at, values, here, None)?;
                self.put(form, kind, at, &sort, values)
            }
        }
    }

    /// The row has unconfirmed edits: it goes to its server row, and they are shown on top.
    fn apply_below_edits(
        &mut self,
        mode: Mode,
        kind: Kind,
        (at, rev): (Placement, i64),
        values: &Values,
        here: Option<Here>,
        before: Option<Values>,
    ) -> Result<()> {
        self.keep_last_seen(kind, at, values, here, before)?;
        let server_row = ServerRow {
            scope: at.scope,
            rev,
            body: Some(values.clone()),
            deleted: false,
        };
        self.set_server_row(kind, at.id, &server_row)?;
        if mode == Mode::First {
            self.forget_contained(at.scope, (kind, at.id), rev)?;
        }
        self.rebase(kind, at.id)
    }

    /// If this update turns a read row unread, its image stays, for "key G -> A". `server_row`: the server's row, where
    /// the row shows edits of this member's own on top; what somebody else changed is told against that.
    fn keep_last_seen(
        &mut self,
        kind: Kind,
        at: Placement,
        values: &Values,
        here: Option<Here>,
        server_row: Option<Values>,
    ) -> Result<()> {
        let turns_unread = here.is_some_and(|here| {
            let by_others = || self.encoders.borrow()[kind as usize].by_others(values);
            let read = here.other_rev <= here.read_up_to;
            here.scope == at.scope && read && by_others() > here.read_up_to
        });
        if !turns_unread || !Kind::CONTENT.contains(&kind) {
            return Ok(());
        }
        let image = match server_row {
            Some(image) => Some(image),
            None => row::read(self.conn, kind, at.id)?.map(|stored| stored.values),
        };
        if let Some(image) = image {
            self.conn
                .prepare_cached(
                    "insert or replace into last_seen (kind, row, body) values (?1, ?2, ?3)",
                )?
                .execute(rusqlite::params![
                    kind.as_str(),
                    Blob::from(at.id),
                    values_text(&image)
                ])?;
        }
        Ok(())
    }

    /// Applies a tombstone. A row with unconfirmed edits stays, with them.
    pub(super) fn apply_tombstone(
        &mut self,
        scope: ScopeId,
        kind: Kind,
        tombstone: &Tombstone,
    ) -> Result<()> {
        if kind == Kind::ReadMark {
            // Its id does not say whose mark it was, and a mark too many hides nothing that is still there.
            return Ok(());
        }
        self.log_tombstone(scope, kind, tombstone)?;
        self.forget_unreadable(scope, kind, tombstone.id)?;
        let id = tombstone.id;
        if let Some(mut server_row) = self.kept_server_row(kind, id)? {
            if !removes((scope, tombstone.rev.0), (server_row.scope, server_row.rev)) {
                return Ok(());
            }
            server_row.deleted = true;
            server_row.rev = tombstone.rev.0;
            self.set_server_row(kind, id, &server_row)?;
            return self.rebase(kind, id);
        }
        let mut statement = self.conn.prepare_cached(&format!(
            "select scope, sync_rev from {} where id = ?1",
            kind.as_str()
        ))?;
        let found = statement.query_row([Blob::from(id)], |found| {
            Ok((ScopeId(row::uuid_at(found, 0)?), found.get(1)?))
        });
        if let Some(live) = found.optional()?
            && removes((scope, tombstone.rev.0), live)
        {
            self.delete_live(scope, kind, id)?;
        }
        Ok(())
    }

    fn any_server_row(&self) -> Result<bool> {
        if let Some(any) = self.has_server_rows.get() {
            return Ok(any);
        }
        let mut statement = self
            .conn
            .prepare_cached("select 1 from server_row limit 1")?;
        let any = statement.exists([])?;
        self.has_server_rows.set(Some(any));
        Ok(any)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{BAND, ME};
    use super::*;

    #[test]
    fn a_row_is_put_by_what_is_here_of_it() {
        use Mode::{First, Follow, Reset};
        let (there, elsewhere) = (BAND, ScopeId(ME.0));
        let here = |scope, rev, same_sort| {
            Some(Here {
                scope,
                rev,
                other_rev: 0,
                same_sort,
                read_up_to: 0,
            })
        };
        let below = |scope, rev| Some((scope, rev));
        let put = Action::Put;
        // Revision 5 of the band comes.
        let table = [
            (First, None, None, put(Form::PutNewer)),
            (Reset, None, None, put(Form::Put)),
            (Follow, None, None, put(Form::PutNewer)),
            (Follow, here(there, 4, false), None, put(Form::PutNewer)),
            (Follow, here(there, 4, true), None, put(Form::Update)),
            (Follow, here(there, 5, true), None, put(Form::Update)),
            (Follow, here(there, 6, true), None, Action::Pass),
            (Follow, here(elsewhere, 6, true), None, put(Form::PutNewer)),
            (Follow, here(there, 4, true), below(there, 4), Action::Below),
            (Follow, here(there, 4, true), below(there, 6), Action::Pass),
            (Follow, None, below(elsewhere, 6), Action::Below),
            (First, None, below(there, 6), Action::Pass),
            (Reset, None, below(there, 6), Action::Below),
        ];
        for (mode, here, below, wanted) in table {
            assert_eq!(
                action(mode, (there, 5), here, below),
                wanted,
                "{mode:?} {here:?} {below:?}"
            );
        }
    }
}
