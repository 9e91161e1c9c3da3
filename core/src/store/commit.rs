//! Staging and committing: how many pages become one change on the screens.
//!
//! Owns: the table of staged items and the steps of a page commit, each a short transaction; `worker/pull.rs` runs them.
//! Invariants: a committed cursor moves only in [`WriteTx::finish_page_commit`], after every item below it; each step can be
//! repeated after a crash (`store.committing` in `meta` names the scopes of one that must be finished).

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::apply::{Mode, RowKey};
use super::failure::unreadable_body;
use super::pull::{CommittedPages, LogEntry, LogTime, LogValues, LostRow, ScopePage, Tombstone};
use super::purge::SWEEPING;
use super::row::{self, Blob};
use super::scopes::{ScopeRow, StagedCursor};
use super::tx::{Reader, WriteTx};
use crate::error::{Error, Result, Service};
use crate::model::{Kind, RowId, ScopeId, Values, one_by_one};

/// Marks an unfinished page commit in `meta`.
pub(super) const COMMITTING: &str = "store.committing";

/// One thing that a page brings.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PageItem {
    Row(Kind, RowKey, Values),
    Tombstone(Kind, Tombstone),
    Log(LogEntry),
    Lost(LostRow),
}

impl ScopePage {
    /// Takes the items out of the page, in the order they are applied. Kinds this version does not know are left out.
    /// Rows of a kind go in the order of their ids, that of their table: random ids would visit each of its pages often.
    /// A page whose shape cannot be applied is refused.
    pub(super) fn take_items(&mut self) -> Result<Vec<PageItem>> {
        if self.cursor.rev.0 < 0 || self.cursor.rev > self.head {
            return Err(Error::Protocol {
                service: Service::Rest,
                reason: "a cursor outside the scope's revisions",
            });
        }
        let mut items = Vec::new();
        for (kind, rows) in std::mem::take(&mut self.rows) {
            if let Ok(kind) = kind.parse::<Kind>() {
                let keyed = rows.into_iter().map(|row| Ok((RowKey::of(&row)?, row)));
                let mut keyed: Vec<(RowKey, Values)> = keyed.collect::<Result<_>>()?;
                keyed.sort_by_key(|(key, _)| key.id);
                items.extend(
                    keyed
                        .into_iter()
                        .map(|(key, row)| PageItem::Row(kind, key, row)),
                );
            }
        }
        for tombstone in std::mem::take(&mut self.tombstones) {
            if let Ok(kind) = tombstone.kind.parse::<Kind>() {
                items.push(PageItem::Tombstone(kind, tombstone));
            }
        }
        items.extend(self.take_log().map(PageItem::Log));
        items.extend(
            std::mem::take(&mut self.lost)
                .into_iter()
                .map(PageItem::Lost),
        );
        Ok(items)
    }

    /// The log, each entry with the values and the time that the page has of it.
    fn take_log(&mut self) -> impl Iterator<Item = LogEntry> {
        let values = std::mem::take(&mut self.values).into_iter();
        let mut values: BTreeMap<_, _> =
            one_by_one(values.map(|LogValues(rev, kind, row, values)| ((rev, row, kind), values)));
        let times = std::mem::take(&mut self.times).into_iter();
        let times: BTreeMap<_, _> = one_by_one(times.map(|LogTime(rev, at)| (rev, at)));
        let log = std::mem::take(&mut self.log).into_iter();
        log.map(move |mut entry| {
            entry.7 = times.get(&entry.0).copied();
            let key = (entry.0, entry.2, entry.1.clone());
            if let Some(values) = values.remove(&key) {
                entry.6 = values;
            }
            entry
        })
    }
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| unreadable_body())
}

fn to_json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|_| unreadable_body())
}

impl PageItem {
    fn columns(&self) -> Result<(&str, Option<RowId>, String)> {
        Ok(match self {
            Self::Row(kind, key, values) => (kind.as_str(), Some(key.id), to_json(values)?),
            Self::Tombstone(_, tombstone) => ("tombstone", Some(tombstone.id), to_json(tombstone)?),
            Self::Log(entry) => ("log", Some(entry.2), to_json(entry)?),
            Self::Lost(lost) => ("lost", Some(lost.id), to_json(lost)?),
        })
    }

    fn parse(what: &str, body: &str) -> Result<Self> {
        Ok(match what {
            "tombstone" => {
                let tombstone: Tombstone = from_json(body)?;
                Self::Tombstone(tombstone.kind.parse()?, tombstone)
            }
            "log" => Self::Log(from_json(body)?),
            "lost" => Self::Lost(from_json(body)?),
            kind => {
                let values: Values = from_json(body)?;
                Self::Row(kind.parse()?, RowKey::of(&values)?, values)
            }
        })
    }
}

impl Reader<'_> {
    /// How many items are staged, counted up to `limit`.
    pub(super) fn staged_up_to(&self, limit: usize) -> Result<usize> {
        let mut statement = self
            .conn
            .prepare_cached("select count(*) from (select 1 from staged limit ?1)")?;
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let count: u32 = statement.query_row([limit], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }
}

/// How the items of a page are to be treated, by where its scope is. Pure.
fn mode(scope: &ScopeRow, page: &ScopePage) -> Result<Mode> {
    let known = match scope.staged {
        Some(staged) => Some(staged.epoch),
        None => scope.epoch,
    };
    if scope.is_started() && known != Some(page.epoch) && !page.reset {
        return Err(Error::Protocol {
            service: Service::Rest,
            reason: "another epoch without a reset",
        });
    }
    // What a reset began goes on with the pages that follow its first.
    let reset = page.reset || scope.staged.is_some_and(|staged| staged.reset);
    Ok(match (scope.committed, reset) {
        (false, _) => Mode::First,
        (true, true) => Mode::Reset,
        (true, false) => Mode::Follow,
    })
}

impl WriteTx<'_> {
    /// Takes note of a page: where it ends, and whether it starts again. Returns how its items are to be treated.
    /// Called before any of them is written, and again (for the cursor) when all of them are.
    pub(super) fn open_page(&mut self, page: &ScopePage) -> Result<Mode> {
        let mut scope = self
            .scope_row(page.id)?
            .unwrap_or_else(|| ScopeRow::new(page));
        let mode = mode(&scope, page)?;
        let started = scope.is_started();
        if page.reset {
            self.forget_staged(page.id)?;
            self.forget_unreadable_in(page.id)?;
            scope.staged = None;
            if !scope.committed {
                // What it shows belongs to the old reading: the caller clears it before it writes the page.
                self.note_scope(SWEEPING, page.id)?;
                scope.cursor = None;
            }
            self.save_scope(&scope)?;
        }
        if !started {
            // Killed before the page is closed, the device still asks about the scope, and is told when it is gone.
            self.save_scope(&scope)?;
        }
        if !started && self.has_rows(page.id)? {
            // A first page that a kill has cut off: what was deleted since is not in the one that comes now.
            self.note_scope(SWEEPING, page.id)?;
        }
        Ok(mode)
    }

    /// The items of the page are written: the next pull continues behind them.
    pub(super) fn close_page(&mut self, page: &ScopePage, mode: Mode) -> Result<()> {
        let mut scope = self
            .scope_row(page.id)?
            .unwrap_or_else(|| ScopeRow::new(page));
        if mode == Mode::First {
            scope.cursor = Some(page.cursor);
            scope.epoch = Some(page.epoch);
        } else if mode == Mode::Follow && scope.is_at(page) {
            return Ok(());
        } else {
            scope.staged = Some(StagedCursor {
                cursor: page.cursor,
                epoch: page.epoch,
                reset: mode == Mode::Reset,
                swept: scope.staged.is_some_and(|staged| staged.swept),
            });
        }
        self.save_scope(&scope)
    }

    pub(super) fn stage(&mut self, mode: Mode, scope: ScopeId, item: &PageItem) -> Result<()> {
        let (what, id, body) = item.columns()?;
        let reset = mode == Mode::Reset;
        self.conn
            .prepare_cached(
                "insert into staged (scope, what, row, body, reset) values (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                Blob::from(scope),
                what,
                id.map(Blob::from),
                body,
                reset
            ])?;
        Ok(())
    }

    pub(super) fn apply_item(&mut self, mode: Mode, scope: ScopeId, item: &PageItem) -> Result<()> {
        match item {
            PageItem::Row(kind, key, values) => self.apply_row(mode, scope, *kind, *key, values),
            PageItem::Tombstone(kind, tombstone) => self.apply_tombstone(scope, *kind, tombstone),
            PageItem::Log(entry) => self.add_log(scope, entry),
            PageItem::Lost(lost) => self.note_lost(scope, lost),
        }
    }

    /// First step of a page commit: from here on it will be finished, after a crash too. What a reset does not bring back
    /// is noted and must be cleared before anything staged is applied; see `purge.rs`.
    pub(super) fn begin_page_commit(&mut self, scopes: &[ScopeId]) -> Result<()> {
        self.set_noted(COMMITTING, scopes)?;
        for scope in scopes {
            let reset = self.scope_row(*scope)?.and_then(|s| s.staged);
            if reset.is_some_and(|staged| staged.reset && !staged.swept) {
                self.note_scope(SWEEPING, *scope)?;
            }
        }
        Ok(())
    }

    /// Applies up to `limit` staged items of these scopes; false when none is left. In the order they came, whatever
    /// their scope: a row that moves to another scope while a pull is under way has its place from the newest page.
    pub(super) fn commit_page_chunk(&mut self, scopes: &[ScopeId], limit: usize) -> Result<bool> {
        let mut modes = BTreeMap::new();
        for scope in scopes {
            let staged = self.scope_row(*scope)?.and_then(|s| s.staged);
            let reset = staged.is_some_and(|staged| staged.reset);
            modes.insert(*scope, if reset { Mode::Reset } else { Mode::Follow });
        }
        let mut last = None;
        let mut count = 0;
        {
            let conn = self.conn;
            let mut statement = conn.prepare_cached(
                "select seq, scope, what, body from staged order by seq limit ?1",
            )?;
            let mut rows = statement.query([i64::try_from(limit).unwrap_or(i64::MAX)])?;
            while let Some(found) = rows.next()? {
                last = Some(found.get::<_, i64>(0)?);
                count += 1;
                let scope = ScopeId(row::uuid_at(found, 1)?);
                // What is left of a scope that this page commit is not about is void.
                let Some(mode) = modes.get(&scope) else {
                    continue;
                };
                let what = found.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
                let body = found.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
                self.apply_item(*mode, scope, &PageItem::parse(what, body)?)?;
            }
        }
        let Some(last) = last else { return Ok(false) };
        self.conn
            .prepare_cached("delete from staged where seq <= ?1")?
            .execute([last])?;
        Ok(count == limit)
    }

    /// These rows were just applied from a newer page, in a first sync: what earlier pages of other scopes have staged
    /// of them is old.
    pub(super) fn forget_older(&mut self, scope: ScopeId, items: &[PageItem]) -> Result<()> {
        let rows = items.iter().filter_map(|item| match item {
            PageItem::Row(kind, key, _) => Some((kind.as_str(), key.id)),
            PageItem::Tombstone(..) | PageItem::Log(_) | PageItem::Lost(_) => None,
        });
        let rows: BTreeSet<(&str, RowId)> = one_by_one(rows);
        let conn = self.conn;
        let mut statement = conn
            .prepare_cached("select seq, what, row from staged where scope <> ?1 and what not in ('tombstone', 'log', 'lost')")?;
        let mut staged = statement.query([Blob::from(scope)])?;
        let mut old = Vec::new();
        while let Some(found) = staged.next()? {
            let what = found.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            if rows.contains(&(what, RowId(row::uuid_at(found, 2)?))) {
                old.push(found.get::<_, i64>(0)?);
            }
        }
        for seq in old {
            conn.prepare_cached("delete from staged where seq = ?1")?
                .execute([seq])?;
        }
        Ok(())
    }

    /// Last step of a page commit: the cursors move.
    pub(super) fn finish_page_commit(&mut self, scopes: &[ScopeId]) -> Result<CommittedPages> {
        let mut committed = CommittedPages::default();
        for id in scopes {
            let Some(mut scope) = self.scope_row(*id)? else {
                continue;
            };
            let before = scope.clone();
            let was = scope.rev;
            let mut from = scope.committed.then_some(was);
            if from.is_none() {
                // Their revisions may be those of another epoch: the server was restored after it had answered.
                self.sweep_answered(*id, None)?;
            }
            if let Some(staged) = scope.staged.take() {
                if staged.reset {
                    if scope.epoch != Some(staged.epoch) {
                        self.forget_seen(*id)?;
                    }
                    from = None;
                    self.cut_marks(*id, staged.cursor.rev)?;
                    self.sweep_answered(*id, None)?;
                }
                scope.cursor = Some(staged.cursor);
                scope.epoch = Some(staged.epoch);
            }
            let Some(cursor) = scope.cursor else { continue };
            if from.is_none() {
                self.begin_log(*id, scope.epoch, cursor.rev)?;
            }
            if from != Some(cursor.rev) {
                committed.moved.push((*id, from, cursor.rev));
            }
            scope.rev = cursor.rev;
            scope.committed = true;
            if scope != before {
                self.save_scope(&scope)?;
            }
        }
        self.set_noted(COMMITTING, &[])?;
        #[cfg(feature = "testing")]
        self.note_moves(&committed)?;
        Ok(committed)
    }

    /// Revisions began again: what was seen in the old ones says nothing about the new.
    fn forget_seen(&mut self, scope: ScopeId) -> Result<()> {
        self.conn
            .prepare_cached(
                "update outbox set base_rev = 0 where scope = ?1 and state = 'queued' and op = 'delete'",
            )?
            .execute([Blob::from(scope)])?;
        Ok(())
    }

    fn forget_staged(&mut self, scope: ScopeId) -> Result<()> {
        self.conn
            .prepare_cached("delete from staged where scope = ?1")?
            .execute([Blob::from(scope)])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::tests::{BAND, scope_page};
    use super::*;

    const OLD: Uuid = Uuid::from_u128(1);
    const NEW: Uuid = Uuid::from_u128(2);

    /// Whether a scope is committed, its epoch, and of what is staged the epoch and whether a reset began it.
    type At = (bool, Option<Uuid>, Option<(Uuid, bool)>);

    fn of((committed, epoch, staged): At, page_epoch: Uuid, reset: bool) -> Option<Mode> {
        let page = ScopePage {
            epoch: page_epoch,
            reset,
            ..scope_page(BAND, 7, Vec::new())
        };
        let cursor = page.cursor;
        let scope = ScopeRow {
            epoch,
            committed,
            cursor: epoch.map(|_| cursor),
            staged: staged.map(|(epoch, reset)| StagedCursor {
                cursor,
                epoch,
                reset,
                swept: false,
            }),
            ..ScopeRow::new(&page)
        };
        mode(&scope, &page).ok()
    }

    #[test]
    fn a_page_is_treated_by_where_its_scope_is() {
        use Mode::{First, Follow, Reset};
        let new = (false, None, None);
        let begun = (false, Some(OLD), None);
        let there = (true, Some(OLD), None);
        let staged = (true, Some(OLD), Some((OLD, false)));
        let reset = (true, Some(OLD), Some((NEW, true)));
        let table = [
            (new, OLD, false, Some(First)),
            (new, OLD, true, Some(First)),
            (begun, OLD, false, Some(First)),
            (begun, NEW, true, Some(First)),
            (begun, NEW, false, None),
            (there, OLD, false, Some(Follow)),
            (there, OLD, true, Some(Reset)),
            (there, NEW, true, Some(Reset)),
            (there, NEW, false, None),
            (staged, OLD, false, Some(Follow)),
            (staged, NEW, false, None),
            (reset, NEW, false, Some(Reset)),
            (reset, OLD, false, None),
            (reset, OLD, true, Some(Reset)),
        ];
        for (at, epoch, is_reset, wanted) in table {
            assert_eq!(of(at, epoch, is_reset), wanted, "{at:?} {epoch} {is_reset}");
        }
    }
}
