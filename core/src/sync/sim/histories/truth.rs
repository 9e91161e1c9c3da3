//! What the phones tell, held against what people really did: who, what, which field, from what to what, how many.

use std::collections::BTreeSet;

use serde_json::Value;

use super::History;
use crate::model::{Kind, ScopeId, UserId, Values};
use crate::notices::{
    Author, FieldChange, ListItem, ListStep, NoticeBody, RowChange, Verb, says_nothing,
};
use crate::store::StoredNotice;
use crate::sync::sim::phone::lock;
use crate::sync::sim::server::Deed;

/// Why a statement is untrue.
type Untrue = String;

impl History<'_> {
    /// Each phone reads its log; some tell what is due, some are away, some come back.
    pub(super) fn listen(&mut self) {
        for n in 0..self.phones.len() {
            let roll = self.ear.u32(0..8);
            self.hear(n, roll);
        }
    }

    /// At quiet everything is told.
    pub(super) fn hear_the_rest(&mut self) {
        for n in 0..self.phones.len() {
            self.hear(n, 0);
        }
    }

    fn hear(&mut self, n: usize, roll: u32) {
        for notice in self.phones[n].told(self.runtime, roll) {
            let body = NoticeBody::of(&notice);
            let Err(why) = self.check_notice(n, &notice, body.as_ref()) else {
                continue;
            };
            panic!("phone {n}: an untrue notice: {why}: {body:?}");
        }
    }

    fn check_notice(
        &self,
        n: usize,
        notice: &StoredNotice,
        body: Option<&NoticeBody>,
    ) -> Result<(), Untrue> {
        let scope = notice.scope.ok_or("no scope")?;
        match body {
            Some(NoticeBody::Changes {
                author,
                rows,
                count,
            }) => self.check_entry(n, scope, author, rows, *count),
            Some(NoticeBody::Digest { people }) => people
                .iter()
                .try_for_each(|one| self.check_entry(n, scope, &one.author, &one.rows, one.count)),
            _ => Ok(()),
        }
    }

    fn check_entry(
        &self,
        n: usize,
        scope: ScopeId,
        author: &Author,
        rows: &[RowChange],
        count: u32,
    ) -> Result<(), Untrue> {
        if author.id == Some(self.phones[n].user) {
            return Err("my own change".to_owned());
        }
        let distinct: BTreeSet<_> = rows.iter().map(|row| (row.kind, row.id)).collect();
        if u32::try_from(distinct.len()) != Ok(count) || distinct.len() != rows.len() {
            return Err("another count".to_owned());
        }
        rows.iter()
            .try_for_each(|row| self.check_row(scope, author.id, row))
    }

    fn check_row(
        &self,
        scope: ScopeId,
        author: Option<UserId>,
        row: &RowChange,
    ) -> Result<(), Untrue> {
        let server = lock(&self.world);
        let deeds = server.deeds_of(scope, row.kind, row.id);
        let op = match row.verb {
            Verb::Added => "insert",
            Verb::Changed => "update",
            Verb::Deleted => "delete",
            Verb::Restored => "restore",
            Verb::Moved => "move",
        };
        let mut his = deeds
            .iter()
            .filter(|(_, deed)| deed.actor == author && deed.op == op);
        let titled = |values: &Values| title(row.kind, values) == Some(row.title.as_str());
        let known = match row.verb {
            Verb::Deleted | Verb::Moved => his.any(|(_, deed)| titled(&deed.was)),
            Verb::Added | Verb::Changed | Verb::Restored => {
                his.next().is_some() && self.is_title(row)
            }
        };
        if !known {
            return Err(format!("nobody did that to {} {:?}", row.id, row.title));
        }
        if row.verb == Verb::Changed && row.fields.is_empty() {
            return Err("a change of nothing".to_owned());
        }
        for field in &row.fields {
            if !is_done(&deeds, author, row, field) {
                return Err(format!("{field:?} was not so"));
            }
        }
        Ok(())
    }

    /// Was the row ever called so, anywhere? It may be gone.
    fn is_title(&self, row: &RowChange) -> bool {
        row.title.is_empty()
            || row.kind == Kind::Practice
            || self.titles.contains(&(row.id, row.title.clone()))
    }
}

fn title(kind: Kind, values: &Values) -> Option<&str> {
    match (kind.title_column(), kind) {
        (_, Kind::Practice) => Some("practice"),
        (Some(column), _) => Some(
            values
                .get(column)
                .and_then(Value::as_str)
                .unwrap_or_default(),
        ),
        (None, _) => None,
    }
}

/// Did this person do it, from one of his deeds to a later one, without anybody else in between?
fn is_done(
    deeds: &[(u32, &Deed)],
    author: Option<UserId>,
    row: &RowChange,
    field: &FieldChange,
) -> bool {
    let name = field.field.as_str();
    let his = |at: &usize| deeds[*at].1.actor == author && deeds[*at].1.op == "update";
    let touches = |at: &usize| deeds[*at].1.op != "update" || deeds[*at].1.changes(name);
    let all: Vec<usize> = (0..deeds.len()).filter(touches).collect();
    for (place, first) in all.iter().enumerate() {
        let run = all[place..]
            .iter()
            .take_while(|at| his(at) && deeds[**at].0 == deeds[*first].0);
        for last in run {
            let value = |values: &Values| values.get(name).cloned().unwrap_or_default();
            let (was, now) = (value(&deeds[*first].1.was), value(&deeds[*last].1.now));
            if is_told(row, field, &was, &now) {
                return true;
            }
        }
    }
    false
}

fn is_told(row: &RowChange, field: &FieldChange, was: &Value, now: &Value) -> bool {
    let nothing = |one: &Value, other: &Value| says_nothing(one) && says_nothing(other);
    let same = |one: &Value, other: &Value| one == other || nothing(one, other);
    if same(was, now) {
        return false;
    }
    match (field.known, field.field.as_str()) {
        (true, _) => same(&field.from, was) && same(&field.to, now),
        (false, "items") if !row.steps.is_empty() => apply(&items(was), &row.steps) == items(now),
        (false, _) => true,
    }
}

/// The items of a list as they are called.
fn items(list: &Value) -> Vec<ListItem> {
    let one = |item: &Value| match item["breakDuration"].as_i64() {
        Some(minutes) => ListItem::Break { minutes },
        None => ListItem::Section {
            title: item["sectionTitle"].as_str().unwrap_or_default().to_owned(),
        },
    };
    list.as_array().into_iter().flatten().map(one).collect()
}

/// Does what the steps say.
pub(crate) fn apply(was: &[ListItem], steps: &[ListStep]) -> Vec<ListItem> {
    let index = |at: u32| usize::try_from(at).unwrap() - 1;
    let out = steps.iter().filter_map(|step| match step {
        ListStep::Removed { at, .. } | ListStep::Moved { from: at, .. } => Some(index(*at)),
        _ => None,
    });
    let out: Vec<usize> = out.collect();
    let left = was.iter().enumerate().filter(|(at, _)| !out.contains(at));
    let mut list: Vec<ListItem> = left.map(|(_, item)| item.clone()).collect();
    for step in steps {
        match step {
            ListStep::Added { item, at } | ListStep::Moved { item, at, .. } => {
                list.insert(index(*at).min(list.len()), item.clone());
            }
            ListStep::Break { minutes, at } => {
                if let Some(item) = list.get_mut(index(*at)) {
                    *item = ListItem::Break { minutes: *minutes };
                }
            }
            ListStep::Changed { item, at } => {
                if let Some(old) = list.get_mut(index(*at)) {
                    *old = item.clone();
                }
            }
            ListStep::Removed { .. } => {}
        }
    }
    list
}
