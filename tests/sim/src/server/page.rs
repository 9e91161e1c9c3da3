//! Reading: a scope's part of a page.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Row, Scope, Server};
use crate::Rule;
use rockon_core::model::{Kind, ScopeId};

pub(crate) fn scope_type(scope: &Scope) -> &'static str {
    if scope.band { "band" } else { "user" }
}

/// One scope's part of a page: items in the order of (revision, ord, id), as many as `limit` still allows.
pub(crate) fn page(
    id: ScopeId,
    scope: &Scope,
    ask: &Value,
    limit: &mut usize,
    left_out: Rule,
) -> Value {
    let mut cursor = ask["cursor"].clone();
    let epoch = ask["epoch"].as_str().and_then(|text| text.parse().ok());
    let rev = cursor["rev"].as_i64().unwrap_or(0);
    let since = cursor["since"].as_i64();
    let holds = |rule| left_out != rule;
    // Of the revision in which it stands something is not read.
    let whole = rev - i64::from(!cursor["ord"].is_null());
    let reset = !cursor.is_null()
        && (epoch != Some(scope.epoch)
            || rev > scope.rev
            || whole.max(since.unwrap_or(0)) < scope.min_rev
                && holds(Rule::CursorBelowPrunedIsVoid));
    if reset {
        cursor = Value::Null;
    }
    let fresh = cursor.is_null();
    let since = if fresh { Some(scope.rev) } else { since };
    let hides = |rev: i64| {
        since.is_some_and(|since| rev <= since || left_out == Rule::TombstonesOfFirstReading)
    };
    let after = (
        cursor["rev"].as_i64().unwrap_or(0),
        cursor["ord"]
            .as_u64()
            .map_or(usize::MAX, |ord| usize::try_from(ord).unwrap()),
        cursor["id"]
            .as_str()
            .and_then(|id| id.parse().ok())
            .unwrap_or(Uuid::max()),
    );
    let after = if fresh { (0, 0, Uuid::nil()) } else { after };
    let rows = scope
        .rows
        .iter()
        .map(|((kind, id), row)| (row.rev, *kind, *id));
    let tombstones = scope
        .tombstones
        .iter()
        .map(|((kind, id), tombstone)| (tombstone.rev, 10 + kind, *id));
    let log = scope
        .log
        .keys()
        .map(|(rev, (kind, id))| (*rev, 20 + kind, *id));
    let mut items: Vec<_> = rows
        .chain(tombstones)
        .chain(log)
        .filter(|item| *item > after && (item.1 < 10 || !hides(item.0)))
        .collect();
    items.sort_unstable();
    let has_more = items.len() > *limit;
    items.truncate(*limit);
    *limit -= items.len();
    let cursor = match items.last() {
        _ if !has_more => json!({"rev": scope.rev, "ord": null, "id": null}),
        Some((rev, ord, id)) => match since {
            Some(since) => json!({"rev": rev, "ord": ord, "id": id, "since": since}),
            None => json!({"rev": rev, "ord": ord, "id": id}),
        },
        None => cursor,
    };
    let mut out = BTreeMap::<&str, Vec<Value>>::new();
    let (mut tombstones, mut log, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for (rev, ord, row_id) in items {
        let kind = Kind::ALL[ord % 10].as_str();
        match ord / 10 {
            0 => out
                .entry(kind)
                .or_default()
                .push(row_json(row_id, &scope.rows[&(ord, row_id)])),
            1 => {
                let tombstone = &scope.tombstones[&(ord - 10, row_id)];
                tombstones.push(json!({"kind": kind, "id": row_id, "rev": rev, "actor": tombstone.actor, "actor_name": tombstone.actor.map(Server::name_of), "title": tombstone.title, "deleted_at": "2026-01-01"}));
            }
            _ => {
                let key = (ord - 20, row_id);
                let deed = &scope.log[&(rev, key)];
                let (op, columns) = deed.told(left_out);
                log.push(json!([rev, kind, row_id, op, deed.actor, columns]));
                let later = scope.rows.get(&key).map(|row| &row.values);
                let short = deed.short_values(Kind::ALL[ord % 10], later, left_out);
                values.push(json!([rev, kind, row_id, short]));
            }
        }
    }
    json!({"id": id, "type": scope_type(scope), "epoch": scope.epoch, "head": scope.rev, "reset": reset, "cursor": cursor,
        "has_more": has_more, "rows": out, "tombstones": tombstones, "log": log, "values": values})
}

fn row_json(id: Uuid, row: &Row) -> Value {
    let mut values = row.values.clone();
    values.insert("id".to_owned(), json!(id));
    values.insert("sync_rev".to_owned(), json!(row.rev));
    values.insert("sync_by".to_owned(), json!(row.by));
    values.insert("sync_by_rev".to_owned(), json!(row.by_rev));
    values.insert("sync_other_rev".to_owned(), json!(row.other_rev));
    Value::Object(values)
}
