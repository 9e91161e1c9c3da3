//! What several deeds of one person are together, as a notice has to say it: the rules of notices once more, from what was
//! really done.
//!
//! A row is told once: new, back, changed, gone or elsewhere, by what was done to it last. What came and went again is
//! nothing. Of a field
//! it is told what its author found first and left last; where he found other than what he had left, somebody else's came
//! between, and only the rest is told. What ends where it began is not told. Of texts and lists the log has no values.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::server::{Deed, Placed, same, value};
use rockon_core::model::{FieldChange, Kind, Merge, RowId, Verb, field};
use rockon_core::notices::{ListItem, RowChange, apply};

const ITEMS: &str = "items";

/// Deeds of one person, one after the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fold(BTreeMap<(Kind, RowId), FoldedRow>);

/// What was done to one row.
#[derive(Debug, Clone)]
struct FoldedRow {
    /// How it came, if it was not there before.
    came: Option<Verb>,
    verb: Verb,
    /// What it was called when it went.
    gone: BTreeSet<String>,
    /// Short fields: found and left.
    pairs: BTreeMap<String, (Value, Value)>,
    /// Other fields.
    names: BTreeSet<String>,
    /// Items of a setlist: found and left, change by change.
    lists: Vec<(Value, Value)>,
}

/// Must something be told?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Duty {
    MustNot,
    /// The phone may not be able to see that nothing is left.
    May,
    Must,
}

impl Fold {
    pub(crate) fn add(&mut self, (kind, id, deed): Placed<'_>) {
        let came = match deed.op {
            "insert" => Some(Verb::Added),
            "restore" => Some(Verb::Restored),
            _ => None,
        };
        let row = self
            .0
            .entry((kind, id))
            .or_insert_with(|| FoldedRow::new(came));
        row.add(kind, deed);
    }

    /// Is nothing of it to be told?
    pub(crate) fn may_be_silent(&self) -> bool {
        self.0.values().all(|row| row.duty() < Duty::Must)
    }

    /// Do these rows say it, all of it and no more? `called`: was a row ever called so?
    pub(crate) fn is_said(
        &self,
        rows: &[RowChange],
        count: u32,
        called: impl Fn(&RowChange) -> bool,
    ) -> bool {
        let told: BTreeSet<_> = rows.iter().map(|row| (row.kind, row.id)).collect();
        let all = self
            .0
            .iter()
            .filter(|(_, row)| row.duty() == Duty::Must)
            .all(|(key, _)| told.contains(key));
        let done = |row: &RowChange| {
            let done = self.0.get(&(row.kind, row.id));
            done.is_some_and(|done| done.is_said(row, called(row)))
        };
        all && told.len() == rows.len()
            && u32::try_from(rows.len()) == Ok(count)
            && rows.iter().all(done)
    }
}

impl FoldedRow {
    fn new(came: Option<Verb>) -> Self {
        Self {
            came,
            verb: Verb::Changed,
            gone: BTreeSet::new(),
            pairs: BTreeMap::new(),
            names: BTreeSet::new(),
            lists: Vec::new(),
        }
    }

    fn add(&mut self, kind: Kind, deed: &Deed) {
        self.verb = match (deed.op, self.verb) {
            ("delete", _) => Verb::Deleted,
            ("move", _) => Verb::Moved,
            ("insert", _) => Verb::Added,
            // Who made it, took it away and brought it back has made it.
            ("restore", _) if self.came == Some(Verb::Added) => Verb::Added,
            ("restore", _) => Verb::Restored,
            // Somebody else had brought it back.
            (_, Verb::Deleted | Verb::Moved) => self.came.unwrap_or(Verb::Changed),
            (_, verb) => verb,
        };
        if self.verb != Verb::Changed {
            self.pairs.clear();
            self.names.clear();
            self.lists.clear();
        }
        match self.verb {
            Verb::Added | Verb::Restored => {}
            Verb::Deleted | Verb::Moved => {
                let title = kind.title_column().and_then(|name| deed.was.get(name));
                let title = title.and_then(Value::as_str).unwrap_or_default();
                self.gone.insert(title.to_owned());
            }
            Verb::Changed => {
                for name in deed.changed() {
                    self.change(kind, name, value(&deed.was, name), value(&deed.now, name));
                }
            }
        }
    }

    fn change(&mut self, kind: Kind, name: &str, was: &Value, now: &Value) {
        match field(kind, name).map(|field| field.merge) {
            None | Some(Merge::ReadOnly) => {}
            Some(Merge::Scalar) => {
                let known = self.pairs.remove(name);
                let first = known.filter(|(_, left)| same(left, was));
                let first = first.map_or_else(|| was.clone(), |(first, _)| first);
                if !same(&first, now) {
                    self.pairs.insert(name.to_owned(), (first, now.clone()));
                }
            }
            Some(_) if name == ITEMS => self.lists.push((was.clone(), now.clone())),
            Some(_) => {
                self.names.insert(name.to_owned());
            }
        }
    }

    /// The lists that his last run of changes began with, the nearest first, and what he left.
    fn found_lists(&self) -> (Vec<&Value>, &Value) {
        let mut found: Vec<&Value> = Vec::new();
        for (was, now) in self.lists.iter().rev() {
            if found.last().is_some_and(|later| !same(later, now)) {
                break;
            }
            found.push(was);
        }
        let left = self.lists.last().map_or(&Value::Null, |(_, left)| left);
        (found, left)
    }

    fn list_duty(&self) -> Duty {
        let (found, left) = self.found_lists();
        match found.last() {
            None => Duty::MustNot,
            Some(first) if same(first, left) => Duty::May,
            Some(_) => Duty::Must,
        }
    }

    fn duty(&self) -> Duty {
        match self.verb {
            Verb::Deleted | Verb::Moved if self.came.is_some() => Duty::MustNot,
            Verb::Changed if self.pairs.is_empty() && self.names.is_empty() => self.list_duty(),
            _ => Duty::Must,
        }
    }

    fn is_said(&self, told: &RowChange, called: bool) -> bool {
        let titled = match self.verb {
            Verb::Deleted | Verb::Moved
                if !told.title.is_empty() && told.kind != Kind::Practice =>
            {
                // Its own phone may show it as he renamed it, which the server need not have taken.
                self.gone.contains(&told.title) || called
            }
            Verb::Deleted | Verb::Moved => true,
            Verb::Added | Verb::Restored | Verb::Changed => called,
        };
        titled
            && self.duty() > Duty::MustNot
            && told.verb == self.verb
            && self.are_fields_said(told)
            && self.are_steps_said(told)
    }

    fn are_fields_said(&self, told: &RowChange) -> bool {
        let said: BTreeSet<&str> = told.fields.iter().map(|one| one.field.as_str()).collect();
        let pairs = self.pairs.keys().map(String::as_str);
        let names = self.names.iter().map(String::as_str);
        let mut due: BTreeSet<&str> = pairs.chain(names).collect();
        let lists = self.list_duty();
        if lists == Duty::Must || (lists == Duty::May && said.contains(ITEMS)) {
            due.insert(ITEMS);
        }
        said.len() == told.fields.len()
            && said == due
            && told.fields.iter().all(|one| self.is_field_said(one))
    }

    fn is_field_said(&self, told: &FieldChange) -> bool {
        match self.pairs.get(&told.field) {
            Some((from, to)) => told.known && same(&told.from, from) && same(&told.to, to),
            None => !told.known && told.from.is_null() && told.to.is_null(),
        }
    }

    /// Do the steps lead from a list that he found to the one that he left?
    fn are_steps_said(&self, told: &RowChange) -> bool {
        let (found, left) = self.found_lists();
        told.steps.is_empty()
            || found
                .into_iter()
                .any(|was| bare(apply(&items(was), &told.steps)) == items(left))
    }
}

/// Without what the songs are called, which a phone need not know.
fn bare(mut list: Vec<ListItem>) -> Vec<ListItem> {
    for item in &mut list {
        if let ListItem::Song { title } = item {
            *title = None;
        }
    }
    list
}

/// The items of a list as they are called.
fn items(list: &Value) -> Vec<ListItem> {
    let one = |item: &Value| match item["breakDuration"].as_i64() {
        Some(minutes) => ListItem::Break { minutes },
        None if item["type"] == "song" => ListItem::Song { title: None },
        None => ListItem::Section {
            title: item["sectionTitle"].as_str().unwrap_or_default().to_owned(),
        },
    };
    list.as_array().into_iter().flatten().map(one).collect()
}
