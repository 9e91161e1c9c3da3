//! Making an edit: the row as the member sees it and the outbox entry, in one transaction.
//!
//! Owns: an edit's base values, and folding it into an entry that has not been sent yet.
//! Never: folds into an entry that has a number; asks whether the member may do it (the server does).

use std::collections::HashSet;

use serde_json::Value;
use uuid::Uuid;

use super::edit_form::Edit;
use super::outbox::{EntryState, Op, OutboxEntry};
use super::rebase::ServerRow;
use super::row::{self, StoredRow};
use super::tx::WriteTx;
use super::unreadable::UNREADABLE;
use crate::error::{Error, Result};
use crate::model::{EditId, Kind, Rev, RowId, ScopeId, Values, drop_nul, field, insert_default};

impl WriteTx<'_> {
    /// Makes an edit. The row shows it at once, the outbox holds it, and the row counts as read. Commit with
    /// [`Durability::Full`](super::Durability::Full). True when something changed: an update to what is shown already
    /// changes nothing.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`]; [`Error::Invalid`] for a server-kept column, a value that came shortened, or an id that exists;
    /// [`Error::NotFound`] for a row that is not here.
    pub fn edit(&mut self, mut edit: Edit) -> Result<bool> {
        let typed = edit.set_mut().into_iter().flat_map(Values::values_mut);
        typed.for_each(drop_nul);
        edit.check()?;
        let (kind, id) = edit.row();
        let shown = row::read(self.conn, kind, id)?;
        let Some(scope) = to_make(&mut edit, shown.as_ref())? else {
            return Ok(false);
        };
        if matches!(edit, Edit::Create { .. }) {
            self.take_deleted_unsent(kind, id)?;
        }
        let known = shown.is_some();
        let server_row = self.ensure_server_row(kind, id, scope, shown)?;
        check_whole(&edit, server_row.body.as_ref())?;
        let mut open = self.open_entries_of(kind, id)?;
        self.queue(edit, scope, &server_row, &mut open)?;
        self.show(kind, id, server_row, &open)?;
        if known {
            self.mark_seen_by_editing(kind, id)?;
        }
        Ok(true)
    }

    /// Takes a delete back, or asks the server for a row that it deleted. False when the row is there.
    pub fn bring_back(&mut self, scope: ScopeId, kind: Kind, id: RowId) -> Result<bool> {
        if row::read(self.conn, kind, id)?.is_some() {
            return Ok(false);
        }
        if let Some(never_sent) = self.take_deleted_unsent(kind, id)? {
            return self.edit(never_sent);
        }
        // What was typed before a delete that is under way comes back with the row.
        let open = self.open_entries_of(kind, id)?;
        let under_way = open.last().filter(|last| {
            last.op == Op::Delete && matches!(last.state, EntryState::Sent | EntryState::Answered)
        });
        let set = under_way
            .map(|delete| delete.set.clone())
            .unwrap_or_default();
        let scope = open.last().map_or(scope, |last| last.scope);
        self.edit(Edit::restore(scope, kind, id, set))
    }

    /// What somebody who deletes a row, moves it away or adds one has seen of its scope: the newest revision that is shown as
    /// a whole, of the row alone in the middle of a first sync. In the middle of a large page commit the screens still show the
    /// earlier state. Revisions of two scopes are not compared: of a row that is
    /// on its way to another scope nothing is known there.
    fn seen(&self, server_row: &ServerRow, scope: ScopeId) -> Result<Rev> {
        if server_row.scope != scope {
            return Ok(Rev(0));
        }
        let shown = self.scope_row(scope)?.filter(|row| row.committed);
        Ok(shown.map_or(Rev(server_row.rev), |row| row.rev))
    }

    /// What the author of an edit has seen: `wide` of the whole scope, otherwise of the row.
    pub(super) fn base_rev(
        &self,
        wide: bool,
        server_row: &ServerRow,
        scope: ScopeId,
    ) -> Result<Rev> {
        if wide {
            self.seen(server_row, scope)
        } else {
            Ok(Rev(server_row.rev))
        }
    }

    /// `open` are the row's unconfirmed edits, before and after.
    fn queue(
        &mut self,
        mut edit: Edit,
        scope: ScopeId,
        server_row: &ServerRow,
        open: &mut Vec<OutboxEntry>,
    ) -> Result<()> {
        let base = base_of(&edit, server_row, open);
        let leaves = edit.op() == Op::Delete || edit.places().is_some();
        let before = if leaves {
            seen_below(server_row, scope, open)
        } else {
            seen_before(&edit, scope, open)
        };
        if self.fold_into_last(&edit, &base, (leaves, before), server_row, open)? {
            return Ok(());
        }
        let wide = leaves || edit.op() == Op::Insert;
        let now = self.base_rev(wide, server_row, scope)?;
        let base_rev = before
            .filter(|_| leaves || !wide)
            .map_or(now, |before| now.min(before));
        let (kind, row) = edit.row();
        open.push(OutboxEntry {
            seq: EditId(0),
            n: None,
            scope,
            kind,
            row,
            op: edit.op(),
            base_rev,
            set: edit.set_mut().map(std::mem::take).unwrap_or_default(),
            base,
            state: EntryState::Queued,
            attempt: 0,
            rejection: None,
            at: self.now,
        });
        open.last().map_or(Ok(()), |entry| self.add_entry(entry))
    }

    /// Folds an edit into the row's unsent one, if there is one that can take it: one that names a row made later takes what
    /// was before it along, behind that row. A new row that another edit names is sent, though it is gone again. `before` is
    /// what the author had seen, if that is less than what is here.
    fn fold_into_last(
        &mut self,
        edit: &Edit,
        base: &Values,
        (leaves, before): (bool, Option<Rev>),
        server_row: &ServerRow,
        open: &mut Vec<OutboxEntry>,
    ) -> Result<bool> {
        let last = open.last_mut().filter(|e| e.state == EntryState::Queued);
        let Some(last) = last else { return Ok(false) };
        let behind = self.names_a_later_row(edit.set(), last.seq)?;
        if behind && (last.moves() || (last.op, edit.op()) != (Op::Update, Op::Update)) {
            return Ok(false);
        }
        if (last.op, edit.op()) == (Op::Insert, Op::Delete) && self.is_named(last.row)? {
            return Ok(false);
        }
        match fold(last, edit, base) {
            None => return Ok(false),
            Some(Folded::Keep(mut entry)) => {
                if leaves {
                    let now = self.seen(server_row, entry.scope)?;
                    entry.base_rev = before.map_or(now, |before| now.min(before));
                } else if let Some(before) = before.filter(|_| !entry.moves()) {
                    entry.base_rev = entry.base_rev.min(before);
                }
                *last = *entry;
                if behind {
                    self.remove_entry(last.seq)?;
                    self.add_entry(last)?;
                } else {
                    self.save_entry(last)?;
                }
            }
            Some(Folded::Nothing) => {
                let Some(gone) = open.pop() else {
                    return Ok(false);
                };
                self.remove_entry(gone.seq)?;
                if gone.op == Op::Insert {
                    self.keep_deleted_unsent(&gone)?;
                }
            }
        }
        Ok(true)
    }

    /// Whether `set` names a row that is added behind the entry, as a setlist names a song. Folded into that entry it
    /// would reach the server before the row that it names, and be refused.
    fn names_a_later_row(&self, set: Option<&Values>, entry: EditId) -> Result<bool> {
        let mut statement = self.conn.prepare_cached(
            "select row from outbox where seq > ?1 and op in ('insert', 'restore')",
        )?;
        let rows = statement.query_map([entry.0], |row| row.get(0).map(Uuid::from_bytes))?;
        let later = rows.collect::<rusqlite::Result<HashSet<Uuid>>>()?;
        let mut values = set.into_iter().flat_map(Values::values);
        Ok(!later.is_empty() && values.any(|value| names(value, &later)))
    }
}

/// Pure: the scope in which the edit is to be made; `None` when nothing is left to change.
fn to_make(edit: &mut Edit, shown: Option<&StoredRow>) -> Result<Option<ScopeId>> {
    match (edit, shown) {
        (Edit::Create { .. }, Some(_)) => Err(Error::Invalid {
            field: "id",
            reason: "the row exists already",
        }),
        (Edit::Update { kind, .. } | Edit::Delete { kind, .. }, None) => Err(Error::NotFound {
            what: kind.as_str(),
        }),
        (Edit::Create { scope, .. } | Edit::Restore { scope, .. }, None) => Ok(Some(*scope)),
        (Edit::Update { set, base, .. }, Some(shown)) => {
            if base.is_none() {
                set.retain(|name, value| !same(shown.values.get(name), value));
            }
            let changes = base.is_some() || !set.is_empty();
            Ok(changes.then_some(shown.scope))
        }
        (Edit::Delete { .. } | Edit::Restore { .. }, Some(shown)) => Ok(Some(shown.scope)),
    }
}

/// Pure: one of `rows` is somewhere in the value.
fn names(value: &Value, rows: &HashSet<Uuid>) -> bool {
    match value {
        Value::String(text) => text.parse().is_ok_and(|id| rows.contains(&id)),
        Value::Array(all) => all.iter().any(|value| names(value, rows)),
        Value::Object(all) => all.values().any(|value| names(value, rows)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// What the author of a merge had seen when he made the first edit that it is of: nobody has looked at the row since, and
/// what he named then may have been deleted meanwhile.
fn seen_before(edit: &Edit, scope: ScopeId, open: &[OutboxEntry]) -> Option<Rev> {
    let merge = edit.base().is_some();
    let of_it = open.iter().filter(|entry| merge && entry.scope == scope);
    of_it.map(|entry| entry.base_rev).min()
}

/// What the author had seen of a row whose own unsent values lie on top of others that came since: no screen has shown those.
fn seen_below(server_row: &ServerRow, scope: ScopeId, open: &[OutboxEntry]) -> Option<Rev> {
    let body = server_row.body.as_ref()?;
    let came = |entry: &&OutboxEntry| {
        entry.set.iter().any(|(name, mine)| {
            let theirs = body.get(name).unwrap_or(&Value::Null);
            theirs != mine && theirs != entry.base.get(name).unwrap_or(&Value::Null)
        })
    };
    let here = open.iter().filter(|entry| entry.scope == scope);
    here.filter(came).map(|entry| entry.base_rev).min()
}

/// What an edit makes of the unsent entry before it.
#[derive(Debug, PartialEq)]
enum Folded {
    Keep(Box<OutboxEntry>),
    Nothing,
}

/// Pure: folds an edit into the unsent entry `last` of the same row; `None` when it must stand on its own.
fn fold(last: &OutboxEntry, edit: &Edit, base: &Values) -> Option<Folded> {
    let mut entry = last.clone();
    match (last.op, edit.op()) {
        (Op::Insert | Op::Restore, Op::Update) => {
            set_fields(&mut entry, edit, base);
            // A new row that was moved before it was sent was never in the first scope.
            if let (Op::Insert, Some(scope)) = (entry.op, edit.places()) {
                entry.scope = scope;
            }
        }
        (Op::Update, Op::Update) => {
            set_fields(&mut entry, edit, base);
            drop_undone(&mut entry);
        }
        (Op::Insert, Op::Delete) => return Some(Folded::Nothing),
        // The fields stay in the entry, so that undoing the delete brings them back. They are not sent. A delete of what
        // is on its way back stands on its own: undone, it leaves the row on its way back.
        (Op::Update, Op::Delete) => entry.op = Op::Delete,
        (Op::Delete, Op::Restore) => {
            entry.op = Op::Update;
            set_fields(&mut entry, edit, base);
            drop_undone(&mut entry);
        }
        _ => return None,
    }
    Some(if entry.op == Op::Update && entry.set.is_empty() {
        Folded::Nothing
    } else {
        Folded::Keep(Box::new(entry))
    })
}

/// The first base of a field stays, unless the edit brings one of its own (it was merged with the server's value).
fn set_fields(entry: &mut OutboxEntry, edit: &Edit, base: &Values) {
    for (name, value) in edit.set().into_iter().flatten() {
        let known = entry.set.insert(name.clone(), value.clone()).is_some();
        let stays = known && edit.base().is_none();
        if entry.op == Op::Insert || stays {
            continue;
        }
        match base.get(name) {
            Some(base) => entry.base.insert(name.clone(), base.clone()),
            None => entry.base.remove(name),
        };
    }
}

/// Fields set back to what the server has need not be sent.
fn drop_undone(entry: &mut OutboxEntry) {
    let base = &mut entry.base;
    entry.set.retain(|name, value| {
        let undone = base.get(name).is_some_and(|base| base == value);
        if undone {
            base.remove(name);
        }
        !undone
    });
}

/// Pure: what the server will have in the edited fields when it gets to this edit: the value of the last edit that goes
/// ahead of it, else the server row's. Of unsent edits only a new row goes ahead: its values are what the server has then,
/// where any other edit folds. Nothing is known of a row that neither has.
fn base_of(edit: &Edit, server_row: &ServerRow, earlier: &[OutboxEntry]) -> Values {
    if let Some(base) = edit.base() {
        return base.clone();
    }
    let mut base = Values::new();
    if matches!(edit, Edit::Create { .. } | Edit::Delete { .. }) {
        return base;
    }
    let goes_ahead = |e: &&OutboxEntry| e.state != EntryState::Queued || e.op == Op::Insert;
    let ahead = || earlier.iter().filter(goes_ahead);
    let inserted = ahead().any(|e| e.op == Op::Insert);
    let (kind, _) = edit.row();
    for name in edit.names() {
        let before = ahead().rev().find_map(|e| e.set.get(name));
        let value = match (before, &server_row.body) {
            (Some(value), _) => value.clone(),
            (None, Some(row)) => row.get(name).cloned().unwrap_or(Value::Null),
            (None, None) if inserted => insert_default(kind, name),
            (None, None) => continue,
        };
        base.insert(name.clone(), value);
    }
    base
}

fn same(shown: Option<&Value>, value: &Value) -> bool {
    shown.unwrap_or(&Value::Null) == value
}

/// A value of which only the beginning is here cannot be changed here. An edit with a base of its own was merged with what
/// the server has now; if that is too long, the server says so.
fn check_whole(edit: &Edit, server: Option<&Values>) -> Result<()> {
    let (Some(server), None) = (server, edit.base()) else {
        return Ok(());
    };
    let (kind, _) = edit.row();
    whole(server, kind, edit.names().map(String::as_str))
}

/// Of these columns the row has all of the server's values.
pub(super) fn whole<'n>(
    row: &Values,
    kind: Kind,
    mut names: impl Iterator<Item = &'n str>,
) -> Result<()> {
    let cut = names.find(|name| row::is_cut(row, name));
    match cut.and_then(|name| field(kind, name)) {
        Some(cut) => Err(Error::Invalid {
            field: cut.name,
            reason: if row::names(row, UNREADABLE, cut.name) {
                "no phone can read what is there; correct it in the web app"
            } else {
                "it is too long for a phone; change it in the web app"
            },
        }),
        None => Ok(()),
    }
}
