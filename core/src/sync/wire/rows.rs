//! Rows of an answer, one at a time: what cannot be read costs its value, at most its row, and nobody else anything.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::parse::{Parts, list};
use super::protocol;
use crate::error::Result;
use crate::model::{Kind, MAX_DEPTH, Rev, RowId, Values, depth};
use crate::store::{LostRow, TOO_LARGE, UNREADABLE};

/// The JSON library takes an object with this key for something else than an object.
const RESERVED: &str = "$serde_json::private::";

/// What could be read of the rows of a page, and what could not.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) rows: BTreeMap<String, Vec<Values>>,
    pub(super) lost: Vec<LostRow>,
}

/// Reads the rows of a scope by kind. Kinds of a newer server are passed over. `above`: every row of the page is above
/// this revision. A row above the head is no row but a lie, and fails the scope.
pub(super) fn read(kinds: &Parts<'_>, above: Rev, head: Rev) -> Result<Rows> {
    let mut read = Rows::default();
    for (name, rows) in kinds {
        if name.parse::<Kind>().is_err() {
            continue;
        }
        let mut whole = Vec::new();
        for raw in list(Some(*rows), "a scope's page")? {
            match row(raw).ok_or_else(|| id_of(raw)) {
                Ok(values) if rev_of(&values) > Some(head.0) => {
                    return Err(protocol("a row above the head"));
                }
                Ok(values) if rev_of(&values).is_some() => whole.push(values),
                Ok(values) => read.lost.push(lost(name, text_id(&values), above)),
                Err(id) => read.lost.push(lost(name, id, above)),
            }
        }
        read.rows.insert(name.clone(), whole);
    }
    Ok(read)
}

fn lost(kind: &str, id: Option<RowId>, above: Rev) -> LostRow {
    LostRow {
        kind: kind.to_owned(),
        id: id.unwrap_or(RowId(Uuid::nil())),
        rev: Rev(above.0.saturating_add(1)),
    }
}

/// A row with everything that can be read of it, if that includes its id.
fn row(raw: &RawValue) -> Option<Values> {
    let whole = serde_json::from_str::<Values>(raw.get()).ok();
    let whole = whole.filter(|values| {
        !raw.get().contains(RESERVED) && values.values().all(|value| depth(value) <= MAX_DEPTH)
    });
    let values = match whole {
        Some(values) => values,
        None => in_parts(raw)?,
    };
    text_id(&values).is_some().then_some(values)
}

/// Column by column: null in the place of a value that cannot be read, and its name where the server puts such names.
fn in_parts(raw: &RawValue) -> Option<Values> {
    let columns: Parts<'_> = serde_json::from_str(raw.get()).ok()?;
    let mut values = Values::new();
    let mut missing: Vec<Value> = Vec::new();
    for (name, raw) in columns {
        if let Some(value) = readable(raw) {
            values.insert(name, value);
        } else {
            missing.push(name.as_str().into());
            values.insert(name, Value::Null);
        }
    }
    for list in [TOO_LARGE, UNREADABLE] {
        let mut names = match values.remove(list) {
            Some(Value::Array(names)) => names,
            _ => Vec::new(),
        };
        names.extend(missing.iter().cloned());
        values.insert(list.to_owned(), names.into());
    }
    Some(values)
}

/// A value that this phone can keep and write back as it was.
pub(super) fn readable(raw: &RawValue) -> Option<Value> {
    let value = serde_json::from_str(raw.get()).ok()?;
    (!raw.get().contains(RESERVED) && depth(&value) <= MAX_DEPTH).then_some(value)
}

fn id_of(raw: &RawValue) -> Option<RowId> {
    let columns: Parts<'_> = serde_json::from_str(raw.get()).ok()?;
    serde_json::from_str(columns.get("id")?.get()).ok()
}

fn text_id(values: &Values) -> Option<RowId> {
    values.get("id")?.as_str()?.parse().ok()
}

fn rev_of(values: &Values) -> Option<i64> {
    values
        .get("sync_rev")?
        .as_i64()
        .filter(|rev| (0..=super::MAX_REV).contains(rev))
}
