//! From a stream of changes to few notices. Pure: time comes in as an argument.
//!
//! A window opens with the first change of an author in a band and closes [`QUIET`] after the last change, at the latest
//! [`MAX_WAIT`] after the first: a steady stream still speaks (a trailing debounce alone would stay silent for ever).
//! In gig mode windows collect and do not close; leaving it closes everything into one digest a band.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::body::{Author, Change, DigestEntry, NoticeBody, RowChange, Verb};
use crate::model::{Kind, RowId, ScopeId, UserId};
use crate::time::Mono;

/// How long an author must be quiet before their notice is made.
pub const QUIET: Duration = Duration::from_secs(2);
/// The longest time between a change and its notice.
pub const MAX_WAIT: Duration = Duration::from_secs(5);
/// Rows that one notice names; more are only counted. Bounds a window's memory.
pub const MAX_ROWS: usize = 50;

/// Changes by one author, up to one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Whose changes; `None` = made by no person.
    pub author: Option<UserId>,
    /// The highest number among them.
    pub up_to: i64,
    /// How many they are.
    pub changes: u32,
}

/// A notice that is due.
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    /// The band, or my own scope.
    pub scope: ScopeId,
    /// What it says.
    pub body: NoticeBody,
    /// The changes of this band that it tells, for the caller to clear in the transaction that stores the notice.
    pub told: Vec<Told>,
}

#[derive(Debug, Clone)]
struct Window {
    author: Author,
    first: Mono,
    last: Mono,
    rows: Vec<RowChange>,
    count: u32,
    told: Told,
}

/// Which rows the open windows of a band name, and which of the next changes they will: an answer ahead of
/// [`Batcher::take`], for whoever must read something to tell more of a row than that it changed.
#[derive(Debug, Default)]
pub struct Named(BTreeMap<Option<UserId>, BTreeSet<(Kind, RowId)>>);

impl Named {
    /// Takes note of one change by `author`; false when the row will only be counted.
    pub fn name(&mut self, author: Option<UserId>, row: (Kind, RowId)) -> bool {
        let rows = self.0.entry(author).or_default();
        rows.contains(&row) || (rows.len() < MAX_ROWS && rows.insert(row))
    }
}

/// Collects changes into windows, one per band and author.
#[derive(Debug, Default)]
pub struct Batcher {
    windows: BTreeMap<(ScopeId, Option<UserId>), Window>,
    gig_mode: bool,
}

impl Batcher {
    /// Takes a change in. `number` grows from change to change.
    pub fn take(&mut self, number: i64, change: Change, now: Mono) {
        let key = (change.scope, change.author.id);
        let window = self.windows.entry(key).or_insert_with(|| Window {
            author: change.author.clone(),
            first: now,
            last: now,
            rows: Vec::new(),
            count: 0,
            told: Told {
                author: key.1,
                up_to: number,
                changes: 0,
            },
        });
        // A change that is only counted brings no name.
        if !change.author.name.is_empty() {
            window.author = change.author;
        }
        window.last = now;
        window.told.up_to = window.told.up_to.max(number);
        window.told.changes = window.told.changes.saturating_add(1);
        window.add(change.row);
    }

    /// The rows that the windows of `scope` name now.
    pub fn named(&self, scope: ScopeId) -> Named {
        let windows = self.windows.iter().filter(|((band, _), _)| *band == scope);
        let rows = |window: &Window| window.rows.iter().map(|row| (row.kind, row.id)).collect();
        Named(
            windows
                .map(|((_, author), window)| (*author, rows(window)))
                .collect(),
        )
    }

    /// When [`Batcher::due`] has something next; `None` = not before another change.
    pub fn next_deadline(&self) -> Option<Mono> {
        if self.gig_mode {
            return None;
        }
        self.windows.values().map(Window::closes).min()
    }

    /// The notices that are due now.
    pub fn due(&mut self, now: Mono) -> Vec<Due> {
        if self.gig_mode {
            return Vec::new();
        }
        let closed: Vec<_> = self
            .windows
            .iter()
            .filter(|(_, w)| w.closes() <= now)
            .map(|(key, _)| *key)
            .collect();
        let windows = closed
            .into_iter()
            .filter_map(|key| Some((key.0, self.windows.remove(&key)?)));
        windows
            .map(|(scope, window)| window.into_due(scope))
            .collect()
    }

    /// Everything collected so far as one digest a band: after being away, and at the end of a gig.
    pub fn digest(&mut self) -> Vec<Due> {
        let mut bands: BTreeMap<ScopeId, Vec<Window>> = BTreeMap::new();
        for ((scope, _), window) in std::mem::take(&mut self.windows) {
            bands.entry(scope).or_default().push(window);
        }
        bands
            .into_iter()
            .map(|(scope, windows)| into_digest(scope, windows))
            .collect()
    }

    /// Holds notices back, or stops holding them back. Leaving gig mode returns the digest.
    pub fn set_gig_mode(&mut self, on: bool) -> Vec<Due> {
        let leaving = self.gig_mode && !on;
        self.gig_mode = on;
        if leaving { self.digest() } else { Vec::new() }
    }

    /// Nothing waits to be told.
    pub fn is_empty(&self) -> bool {
        self.windows.is_empty()
    }

    /// Whether notices are held back.
    pub fn gig_mode(&self) -> bool {
        self.gig_mode
    }
}

impl Window {
    fn closes(&self) -> Mono {
        self.last.after(QUIET).min(self.first.after(MAX_WAIT))
    }

    /// One entry a row: later changes fold into the earlier one.
    fn add(&mut self, row: RowChange) {
        let Some(known) = self
            .rows
            .iter_mut()
            .find(|r| r.kind == row.kind && r.id == row.id)
        else {
            self.count = self.count.saturating_add(1);
            if self.rows.len() < MAX_ROWS {
                self.rows.push(row);
            }
            return;
        };
        known.title = row.title;
        match (known.verb, row.verb) {
            (_, Verb::Deleted) => (known.verb, known.fields) = (Verb::Deleted, Vec::new()),
            // Deleted and back again: what the reader sees is a row that may differ.
            (Verb::Deleted, _) => (known.verb, known.fields) = (Verb::Changed, row.fields),
            (Verb::Added | Verb::Changed, _) => merge_fields(&mut known.fields, row.fields),
        }
    }

    fn into_due(self, scope: ScopeId) -> Due {
        let body = NoticeBody::Changes {
            author: self.author,
            rows: self.rows,
            count: self.count,
        };
        Due {
            scope,
            body,
            told: vec![self.told],
        }
    }
}

/// The first `from` and the last `to` of each field; a field that is back at its start is no change.
fn merge_fields(known: &mut Vec<super::FieldChange>, newer: Vec<super::FieldChange>) {
    for change in newer {
        match known.iter_mut().find(|k| k.field == change.field) {
            Some(same) => same.to = change.to,
            None => known.push(change),
        }
    }
    known.retain(|change| change.from != change.to);
}

fn into_digest(scope: ScopeId, windows: Vec<Window>) -> Due {
    let mut told = Vec::new();
    let mut people = Vec::new();
    for window in windows {
        told.push(window.told);
        people.push(DigestEntry {
            author: window.author,
            rows: window.rows,
            count: window.count,
        });
    }
    match <[DigestEntry; 1]>::try_from(people) {
        Ok(
            [
                DigestEntry {
                    author,
                    rows,
                    count,
                },
            ],
        ) => Due {
            scope,
            body: NoticeBody::Changes {
                author,
                rows,
                count,
            },
            told,
        },
        Err(people) => Due {
            scope,
            body: NoticeBody::Digest { people },
            told,
        },
    }
}
