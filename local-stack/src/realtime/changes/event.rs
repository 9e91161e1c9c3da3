//! Builds the `data` of a change event. Pure.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::binding::Kind;
use super::catalog::{Column, Table};
use crate::realtime::frame::json_string;

/// A change whose values are larger is sent without its large values and an error (the real server's default).
pub(crate) const MAX_RECORD_BYTES: usize = 1_048_576;
/// Values up to this many bytes of JSON stay in a change that is too large.
const SMALL_VALUE: usize = 64;

/// JSON text by column name.
pub(crate) type Json = HashMap<String, String>;

/// Everything that goes into an event.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    /// Schema name.
    pub schema: &'a str,
    /// Table name.
    pub name: &'a str,
    /// The table as the subscriber's role sees it.
    pub table: &'a Table,
    /// What happened.
    pub kind: Kind,
    /// `2026-01-02T03:04:05.678Z`.
    pub committed: &'a str,
    /// Bytes of the values in the stream.
    pub bytes: usize,
    /// New values, in JSON.
    pub new: &'a Json,
    /// Old values the stream had, in JSON.
    pub old: &'a Json,
}

/// Why a role gets an event without content, whatever the filters say.
pub(crate) fn refusal(kind: Kind, table: &Table) -> Option<&'static str> {
    if kind == Kind::Delete {
        None
    } else if !table.has_key() {
        Some("Error 400: Bad Request, no primary key")
    } else if !table.key_is_readable() {
        Some("Error 401: Unauthorized")
    } else {
        None
    }
}

/// The `data` of an event without content.
pub(crate) fn refused(facts: &Facts<'_>, error: &str) -> String {
    let mut data = json!({
        "schema": facts.schema, "table": facts.name, "type": facts.kind.name(), "columns": [],
        "commit_timestamp": null, "record": {}, "errors": [error],
    });
    if let (Kind::Update, Value::Object(fields)) = (facts.kind, &mut data) {
        fields.insert("old_record".to_owned(), json!({}));
    }
    data.to_string()
}

/// The `data` of an event: readable columns.
pub(crate) fn data(facts: &Facts<'_>) -> String {
    let columns = facts.table.columns.iter();
    let columns: Vec<&Column> = columns.filter(|column| column.readable).collect();
    let list = columns
        .iter()
        .map(|column| json!({ "name": column.name, "type": column.type_name }));
    let too_large = facts.bytes > MAX_RECORD_BYTES;
    let limit = if too_large { SMALL_VALUE } else { usize::MAX };
    let errors = if too_large {
        r#"["Error 413: Payload Too Large"]"#
    } else {
        "null"
    };
    let mut parts = vec![
        format!(
            r#""schema":{},"table":{}"#,
            json_string(facts.schema),
            json_string(facts.name)
        ),
        format!(
            r#""type":"{}","commit_timestamp":"{}""#,
            facts.kind.name(),
            facts.committed
        ),
        format!(r#""columns":{},"errors":{errors}"#, list.collect::<Value>()),
    ];
    if facts.kind != Kind::Delete {
        parts.push(format!(
            r#""record":{}"#,
            object(&columns, facts.new, limit)
        ));
    }
    if facts.kind != Kind::Insert {
        parts.push(format!(
            r#""old_record":{}"#,
            object(&old_columns(facts, columns), facts.old, limit)
        ));
    }
    format!("{{{}}}", parts.join(","))
}

/// Observed: with row level security on, a delete shows the primary key only, even with identity full.
fn old_columns<'a>(facts: &Facts<'_>, columns: Vec<&'a Column>) -> Vec<&'a Column> {
    let key_only = facts.kind == Kind::Delete && facts.table.secured;
    columns
        .into_iter()
        .filter(|column| column.key || !key_only)
        .collect()
}

fn object(columns: &[&Column], values: &Json, limit: usize) -> String {
    let known = columns.iter().filter_map(|column| {
        let value = values.get(&column.name)?;
        (value.len() <= limit).then(|| format!("{}:{value}", json_string(&column.name)))
    });
    format!("{{{}}}", known.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, key: bool, readable: bool) -> Column {
        Column {
            name: name.to_owned(),
            type_name: "text".to_owned(),
            cast: "text".to_owned(),
            key,
            readable,
        }
    }

    fn table(secured: bool) -> Table {
        let columns = vec![
            column("id", true, true),
            column("body", false, true),
            column("secret", false, false),
        ];
        Table {
            sql_name: "t".to_owned(),
            secured,
            columns,
        }
    }

    fn values(names: &[&str]) -> Json {
        names
            .iter()
            .map(|name| ((*name).to_owned(), format!("\"{name}\"")))
            .collect()
    }

    fn event(kind: Kind, secured: bool, bytes: usize) -> Value {
        let table = table(secured);
        let all = values(&["id", "body", "secret"]);
        let facts = Facts {
            schema: "public",
            name: "t",
            table: &table,
            kind,
            committed: "c",
            bytes,
            new: &all,
            old: &all,
        };
        serde_json::from_str(&data(&facts)).unwrap()
    }

    #[test]
    fn records_hold_readable_columns_only_and_each_kind_has_its_keys() {
        let insert = event(Kind::Insert, false, 0);
        assert_eq!(insert["record"], json!({"id": "id", "body": "body"}));
        assert_eq!(insert.get("old_record"), None);
        assert_eq!(
            insert["columns"],
            json!([{"name": "id", "type": "text"}, {"name": "body", "type": "text"}])
        );
        let delete = event(Kind::Delete, false, 0);
        assert_eq!(delete.get("record"), None);
        assert_eq!(delete["old_record"], json!({"id": "id", "body": "body"}));
    }

    #[test]
    fn a_delete_under_row_level_security_shows_the_key_only() {
        assert_eq!(
            event(Kind::Delete, true, 0)["old_record"],
            json!({"id": "id"})
        );
        assert_eq!(
            event(Kind::Update, true, 0)["old_record"],
            json!({"id": "id", "body": "body"})
        );
    }

    #[test]
    fn a_change_over_one_mebibyte_keeps_only_small_values() {
        let table = table(false);
        let mut new = values(&["id"]);
        new.insert("body".to_owned(), "x".repeat(65));
        let facts = Facts {
            schema: "public",
            name: "t",
            table: &table,
            kind: Kind::Insert,
            committed: "c",
            bytes: MAX_RECORD_BYTES + 1,
            new: &new,
            old: &new,
        };
        let value: Value = serde_json::from_str(&data(&facts)).unwrap();
        assert_eq!(value["record"], json!({"id": "id"}));
        assert_eq!(value["errors"], json!(["Error 413: Payload Too Large"]));
    }

    #[test]
    fn without_key_or_right_to_it_an_insert_is_an_error_and_a_delete_is_not() {
        let mut keyless = table(false);
        keyless.columns.remove(0);
        assert_eq!(
            refusal(Kind::Insert, &keyless),
            Some("Error 400: Bad Request, no primary key")
        );
        assert_eq!(refusal(Kind::Delete, &keyless), None);
        let mut hidden = table(false);
        hidden.columns[0].readable = false;
        assert_eq!(
            refusal(Kind::Update, &hidden),
            Some("Error 401: Unauthorized")
        );
    }
}
