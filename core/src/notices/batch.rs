//! From a stream of changes to few notices. Pure: time comes in as an argument.
//!
//! A window opens with the first change of an author in a band and closes [`QUIET`] after the last change, at the latest
//! [`MAX_WAIT`] after the first: a steady stream still speaks (a trailing debounce alone would stay silent for ever).
//! In gig mode windows collect and do not close; leaving it closes everything into one digest a band.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::Value;

use super::body::{Author, Change, DigestEntry, Lists, NoticeBody, RowChange};
use super::items;
use crate::model::{FieldChange, Kind, RowId, ScopeId, UserId, Verb, one_by_one};
#[cfg(feature = "testing")]
use crate::store::rules::{Rule, left_out};
use crate::time::MonotonicInstant;

/// How long an author must be quiet before their notice is made.
pub(super) const QUIET: Duration = Duration::from_secs(2);
/// The longest time between a change and its notice.
pub(super) const MAX_WAIT: Duration = Duration::from_secs(5);
/// Rows that one notice names; more are only counted. Bounds a window's memory.
pub(super) const MAX_ROWS: usize = 50;
/// Rows that one window counts; a count as high as that says "at least". Bounds a window's memory.
pub(super) const MAX_COUNT: usize = 50_000;

/// The column of a setlist's items.
pub(super) const ITEMS: &str = "items";

/// Changes by one author, up to one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    /// Whose changes; `None` = made by no person.
    pub author: Option<UserId>,
    /// The highest number among them.
    pub up_to: i64,
    /// How many they are.
    pub changes: u32,
}

/// A notice that is due.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Due {
    /// The band, or my own scope.
    pub scope: ScopeId,
    /// What it says; `None` when all of it ended where it began.
    pub body: Option<NoticeBody>,
    /// The changes of this band that it tells, for the caller to clear in the transaction that stores the notice.
    pub told: Vec<Told>,
}

/// One row of a window.
#[derive(Debug, Clone)]
struct BatchLine {
    change: RowChange,
    lists: Option<Lists>,
    /// What its first change in the window was.
    first: Verb,
}

/// A row that is only counted.
#[derive(Debug, Clone, Copy)]
struct Counted {
    verb: Verb,
    first: Verb,
}

#[derive(Debug, Clone)]
struct ChangeWindow {
    author: Author,
    first: MonotonicInstant,
    last: MonotonicInstant,
    lines: Vec<BatchLine>,
    counted: BTreeMap<(Kind, RowId), Counted>,
    told: Told,
}

/// Which rows the open windows of a band name, and which of the next changes they will: an answer ahead of
/// [`Batcher::take`], for whoever must read something to tell more of a row than that it changed.
#[derive(Debug, Default)]
pub(super) struct Named(BTreeMap<Option<UserId>, BTreeSet<(Kind, RowId)>>);

impl Named {
    /// Takes note of one change by `author`; false when the row will only be counted.
    pub(super) fn name(&mut self, author: Option<UserId>, row: (Kind, RowId)) -> bool {
        let rows = self.0.entry(author).or_default();
        rows.contains(&row) || (rows.len() < MAX_ROWS && rows.insert(row))
    }
}

/// Collects changes into windows, one per band and author.
#[derive(Debug, Default)]
pub(super) struct Batcher {
    windows: BTreeMap<(ScopeId, Option<UserId>), ChangeWindow>,
    gig_mode: bool,
}

impl Batcher {
    /// Takes a change in. `number` grows from change to change.
    pub(super) fn take(&mut self, number: i64, change: Change, now: MonotonicInstant) {
        let key = (change.scope, change.author.id);
        let window = self.windows.entry(key).or_insert_with(|| ChangeWindow {
            author: change.author.clone(),
            first: now,
            last: now,
            lines: Vec::new(),
            counted: BTreeMap::new(),
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
        window.add(change.row, change.lists);
    }

    /// The numbers of a scope began again: the earlier ones say nothing of what is told.
    pub(super) fn renumber(&mut self, scope: ScopeId) {
        let windows = self.windows.iter_mut();
        for (_, window) in windows.filter(|((band, _), _)| *band == scope) {
            window.told.up_to = 0;
        }
    }

    /// Everything that is not told yet is forgotten: it will be taken in again.
    pub(super) fn forget(&mut self) {
        self.windows.clear();
    }

    /// The rows that the windows of `scope` name now.
    pub(super) fn named(&self, scope: ScopeId) -> Named {
        let windows = self.windows.iter().filter(|((band, _), _)| *band == scope);
        let rows = |window: &ChangeWindow| one_by_one(window.lines.iter().map(BatchLine::key));
        Named(one_by_one(
            windows.map(|((_, author), window)| (*author, rows(window))),
        ))
    }

    /// When [`Batcher::due`] has something next; `None` = not before another change.
    pub(super) fn next_deadline(&self) -> Option<MonotonicInstant> {
        if self.gig_mode {
            return None;
        }
        self.windows.values().map(ChangeWindow::closes).min()
    }

    /// The notices that are due now.
    pub(super) fn due(&mut self, now: MonotonicInstant) -> Vec<Due> {
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
    pub(super) fn digest(&mut self) -> Vec<Due> {
        let mut bands: BTreeMap<ScopeId, Vec<ChangeWindow>> = BTreeMap::new();
        for ((scope, _), window) in std::mem::take(&mut self.windows) {
            bands.entry(scope).or_default().push(window);
        }
        bands
            .into_iter()
            .map(|(scope, windows)| into_digest(scope, windows))
            .collect()
    }

    /// Holds notices back, or stops holding them back. Leaving gig mode returns the digest.
    pub(super) fn set_gig_mode(&mut self, on: bool) -> Vec<Due> {
        let leaving = self.gig_mode && !on;
        self.gig_mode = on;
        if leaving { self.digest() } else { Vec::new() }
    }

    /// Nothing waits to be told.
    pub(super) fn is_empty(&self) -> bool {
        self.windows.is_empty()
    }

    /// Whether notices are held back.
    pub(super) fn gig_mode(&self) -> bool {
        self.gig_mode
    }
}

impl ChangeWindow {
    fn closes(&self) -> MonotonicInstant {
        self.last.after(QUIET).min(self.first.after(MAX_WAIT))
    }

    /// One entry a row: later changes fold into the earlier one.
    fn add(&mut self, row: RowChange, lists: Option<Lists>) {
        let key = (row.kind, row.id);
        if let Some(line) = self.lines.iter_mut().find(|line| line.key() == key) {
            return line.fold(row, lists);
        }
        let first = row.verb;
        if let Some(known) = self.counted.get_mut(&key) {
            known.verb = folded(*known, row.verb);
        } else if self.lines.len() < MAX_ROWS {
            self.lines.push(BatchLine {
                change: row,
                lists,
                first,
            });
        } else if self.lines.len() + self.counted.len() < MAX_COUNT {
            let verb = row.verb;
            self.counted.insert(key, Counted { verb, first });
        }
    }

    fn into_due(self, scope: ScopeId) -> Due {
        let told = vec![self.told];
        let body = self.into_entry().map(DigestEntry::into_changes);
        Due { scope, body, told }
    }

    /// What is left to tell; `None` when everything ended where it began.
    fn into_entry(self) -> Option<DigestEntry> {
        let counted = self
            .counted
            .into_iter()
            .filter(|(_, one)| !one.is_nothing());
        let counted: Vec<_> = counted.collect();
        let lines = self.lines.into_iter().filter_map(BatchLine::into_change);
        let mut rows: Vec<RowChange> = lines.collect();
        let count = u32::try_from(rows.len() + counted.len()).unwrap_or(u32::MAX);
        // What is only counted must not be taken for what the named rows are.
        for ((kind, id), one) in counted {
            let alike = |row: &RowChange| row.kind == kind && row.verb == one.verb;
            if !rows.iter().any(alike) {
                if rows.len() >= MAX_ROWS {
                    rows.remove(0);
                }
                rows.insert(0, RowChange::bare(one.verb, kind, id));
            }
        }
        (count > 0).then_some(DigestEntry {
            author: self.author,
            rows,
            count,
        })
    }
}

/// What a row's two changes are together.
fn folded(known: Counted, newer: Verb) -> Verb {
    match (known.verb, newer) {
        // Somebody else brought back what this author had taken away: a change of it would not be there else.
        (Verb::Deleted | Verb::Moved, Verb::Changed) => known.came().unwrap_or(Verb::Changed),
        (verb, Verb::Changed) => verb,
        (_, Verb::Added | Verb::Restored) if known.first == Verb::Added => Verb::Added,
        (_, newer) => newer,
    }
}

impl Counted {
    /// How it came in this window, if it was not there before.
    fn came(self) -> Option<Verb> {
        Some(self.first).filter(|first| matches!(first, Verb::Added | Verb::Restored))
    }

    /// It came and went again.
    fn is_nothing(self) -> bool {
        self.came().is_some() && matches!(self.verb, Verb::Deleted | Verb::Moved)
    }
}

impl BatchLine {
    fn key(&self) -> (Kind, RowId) {
        (self.change.kind, self.change.id)
    }

    fn counted(&self) -> Counted {
        Counted {
            verb: self.change.verb,
            first: self.first,
        }
    }

    fn fold(&mut self, newer: RowChange, lists: Option<Lists>) {
        let verb = folded(self.counted(), newer.verb);
        if verb == Verb::Changed {
            self.fold_lists(&newer, lists);
            merge_fields(&mut self.change.fields, newer.fields);
        } else {
            (self.change.fields, self.lists) = (Vec::new(), None);
        }
        let known = &mut self.change;
        known.verb = verb;
        if !newer.title.is_empty() {
            known.title = newer.title;
        }
    }

    /// Items from the first image to the last, where each change began with what the one before had left.
    fn fold_lists(&mut self, newer: &RowChange, lists: Option<Lists>) {
        let told = |row: &RowChange| row.fields.iter().any(|change| change.field == ITEMS);
        self.lists = match (told(&self.change), told(newer)) {
            (_, false) => self.lists.take(),
            (false, true) => lists,
            (true, true) => self.lists.take().zip(lists).and_then(|(one, other)| {
                let (was, now) = (one.was, other.now);
                (one.now == other.was).then_some(Lists { was, now })
            }),
        };
    }

    /// What is left to tell of the row.
    fn into_change(self) -> Option<RowChange> {
        let nothing = self.counted().is_nothing();
        let mut change = self.change;
        if let Some(lists) = self.lists {
            match items::steps(&lists.was, &lists.now) {
                Some(steps) if steps.is_empty() => change.fields.retain(|one| one.field != ITEMS),
                steps => change.steps = steps.unwrap_or_default(),
            }
        }
        let changed = change.verb != Verb::Changed || !change.fields.is_empty();
        (!nothing && changed).then_some(change)
    }
}

/// The first `from` and the last `to` of each field, where each change began with what the one before had left; else
/// somebody else's came between, and the last one is told alone. A field that is back at its start is no change.
fn merge_fields(known: &mut Vec<FieldChange>, newer: Vec<FieldChange>) {
    for change in newer {
        match known.iter_mut().find(|k| k.field == change.field) {
            Some(same) if same.known && change.known && follows(same, &change) => {
                same.to = change.to;
            }
            Some(same) => *same = change,
            None => known.push(change),
        }
    }
    known.retain(|change| !change.is_nothing());
}

/// Did the later one begin with what the earlier one had left?
fn follows(earlier: &FieldChange, later: &FieldChange) -> bool {
    #[cfg(feature = "testing")]
    if left_out(Rule::FoldsOwnChangesOnly) {
        return true;
    }
    same_value(&earlier.to, &later.from)
}

impl FieldChange {
    /// It is known to end where it began.
    pub(crate) fn is_nothing(&self) -> bool {
        #[cfg(feature = "testing")]
        if left_out(Rule::NothingIsNotTold) {
            return false;
        }
        self.known && same_value(&self.from, &self.to)
    }
}

/// Null, an empty text and an empty list are the same.
pub(super) fn same_value(one: &Value, other: &Value) -> bool {
    one == other || (says_nothing(one) && says_nothing(other))
}

/// Is there nothing in it?
pub fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

impl RowChange {
    /// Nothing but what was done to which row.
    pub(super) fn bare(verb: Verb, kind: Kind, id: RowId) -> Self {
        Self {
            verb,
            kind,
            id,
            title: String::new(),
            fields: Vec::new(),
            steps: Vec::new(),
        }
    }
}

impl DigestEntry {
    fn into_changes(self) -> NoticeBody {
        NoticeBody::Changes {
            author: self.author,
            rows: self.rows,
            count: self.count,
        }
    }
}

fn into_digest(scope: ScopeId, windows: Vec<ChangeWindow>) -> Due {
    let told = windows.iter().map(|window| window.told).collect();
    let mut people: Vec<_> = windows
        .into_iter()
        .filter_map(ChangeWindow::into_entry)
        .collect();
    let body = match people.len() {
        0 => None,
        1 => people.pop().map(DigestEntry::into_changes),
        _ => Some(NoticeBody::Digest { people }),
    };
    Due { scope, body, told }
}
