//! What is different about a row since the member looked at it, who did it and when: pure but for reading the store.

use serde_json::Value;

use super::batch::{ITEMS, same_value};
use super::derive::lists;
use super::items::{ListStep, steps};
use crate::error::Result;
use crate::model::{Kind, Merge, RowId, UserId, Values, Verb, fields};
use crate::store::{LoggedChange, Reader};
use crate::time::Timestamp;

/// What is different about a row since this member looked at it. Own edits that are not sent are not in it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct ChangesSinceSeen {
    /// The columns that have another value now.
    pub fields: Vec<SeenChange>,
    /// Of a setlist: what was done to its items; empty where it is too much to say.
    pub steps: Vec<ListStep>,
}

/// A column that has another value than when this member looked.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct SeenChange {
    /// Column name.
    pub field: String,
    /// What it was; `null` when empty.
    pub from: Value,
    /// What it is; `null` when empty.
    pub to: Value,
    /// Who changed it last; `None` = no person, or not known.
    pub by: Option<UserId>,
    /// Their name, as far as this phone knows it.
    pub by_name: Option<String>,
    /// When, by the server's clock; `None` = not known.
    pub at: Option<Timestamp>,
}

/// What is different; `None` when the row is not unread, or new to the member.
pub(crate) fn changes_since_seen(
    reader: &Reader<'_>,
    kind: Kind,
    id: RowId,
) -> Result<Option<ChangesSinceSeen>> {
    let (Some(was), Some(now)) = (reader.last_seen(kind, id)?, reader.server_row(kind, id)?) else {
        return Ok(None);
    };
    let log = match reader.scope_of(kind, id)? {
        Some(scope) => reader.log_of_row_since(scope, (kind, id), &was)?,
        None => Vec::new(),
    };
    let mut changed = Vec::new();
    for field in fields(kind)
        .iter()
        .filter(|field| field.merge != Merge::ReadOnly)
    {
        let (from, to) = (value(&was, field.name), value(&now, field.name));
        if !same_value(&from, &to) {
            changed.push(seen_change(reader, &log, field.name, (from, to))?);
        }
    }
    Ok(Some(ChangesSinceSeen {
        steps: list_steps(reader, kind, &changed)?,
        fields: changed,
    }))
}

fn value(row: &Values, name: &str) -> Value {
    row.get(name).cloned().unwrap_or_default()
}

/// `log` is of the row, newest first.
fn seen_change(
    reader: &Reader<'_>,
    log: &[LoggedChange],
    name: &str,
    (from, to): (Value, Value),
) -> Result<SeenChange> {
    let names_it = |one: &&LoggedChange| {
        one.verb != Verb::Changed || one.fields.iter().any(|change| change.field == name)
    };
    let last = log.iter().find(names_it);
    let by = last.and_then(|last| last.actor);
    let by_name = match last {
        Some(last) => reader.name_in(last.scope, by, last.actor_name.clone())?,
        None => None,
    };
    Ok(SeenChange {
        field: name.to_owned(),
        from,
        to,
        by,
        by_name,
        at: last.and_then(|last| last.at),
    })
}

fn list_steps(reader: &Reader<'_>, kind: Kind, changed: &[SeenChange]) -> Result<Vec<ListStep>> {
    let of_list = |one: &&SeenChange| kind == Kind::Setlist && one.field == ITEMS;
    let Some(items) = changed.iter().find(of_list) else {
        return Ok(Vec::new());
    };
    let both = lists(reader, &items.from, &items.to)?;
    Ok(both
        .and_then(|both| steps(&both.was, &both.now))
        .unwrap_or_default())
}
