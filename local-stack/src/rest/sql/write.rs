//! Inserts, upserts, updates and deletes.

use super::{Statement, answer, body, identifier, qualified};
use crate::rest::catalog::{Column, Table};
use crate::rest::media::Media;
use crate::rest::params::Params;
use crate::rest::payload::Payload;
use crate::rest::prefer::{Resolution, Return};

/// What a write sends back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Returning {
    pub(crate) prefer: Option<Return>,
    pub(crate) media: Media,
}

/// An insert, and what it does with rows that are there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Insert<'a> {
    /// The columns to fill, known to the table.
    pub(crate) columns: &'a [&'a Column],
    pub(crate) resolution: Option<Resolution>,
    /// Columns whose equality means "there"; none: a plain insert.
    pub(crate) target: &'a [String],
    /// Keys a row does not name get the column's default instead of null.
    pub(crate) defaults: bool,
    /// Of a PUT: the primary key the row must have.
    pub(crate) key: &'a [(&'a str, &'a str)],
}

/// `insert ... [on conflict ...] returning ...`
pub(crate) fn insert(
    table: &Table,
    params: &Params,
    payload: &Payload,
    insert: Insert<'_>,
    returning: Returning,
) -> Statement {
    let mut sql = Statement::default();
    let into = qualified(&table.schema, &table.name);
    let names = insert
        .columns
        .iter()
        .map(|column| identifier(&column.name))
        .collect::<Vec<_>>();
    let conflict = on_conflict(insert, &names);
    let rows = if names.is_empty() {
        if payload.is_empty() {
            format!("insert into {into} select where false")
        } else {
            format!("insert into {into} default values")
        }
    } else {
        let source = sql.rows(payload, insert.columns, insert.defaults);
        let listed = names.join(", ");
        let key = sql.key("body", insert.key);
        format!("insert into {into} ({listed}) select {listed} from {source} as body{key}")
    };
    sql.finish(&format!("{rows}{conflict}"), table, params, returning);
    sql
}

/// `update ... set ... from the first row of the body where ... returning ...`
pub(crate) fn update(
    table: &Table,
    params: &Params,
    payload: &Payload,
    columns: &[&Column],
    defaults: bool,
    returning: Returning,
) -> Statement {
    let mut sql = Statement::default();
    let target = qualified(&table.schema, &table.name);
    if columns.is_empty() {
        sql.text = format!(
            "with source as (select where false) {}",
            answer("null", "'[]'")
        );
        return sql;
    }
    let source = sql.rows(payload, columns, defaults);
    let set: Vec<String> = columns
        .iter()
        .map(|column| identifier(&column.name))
        .map(|name| format!("{name} = body.{name}"))
        .collect();
    let filters = sql.filters(&target, &params.logic);
    let set = set.join(", ");
    let change = format!(
        "update {target} set {set} from (select * from {source} as rows limit 1) as body{filters}"
    );
    sql.finish(&change, table, params, returning);
    sql
}

/// `delete ... where ... returning ...`
pub(crate) fn delete(table: &Table, params: &Params, returning: Returning) -> Statement {
    let mut sql = Statement::default();
    let target = qualified(&table.schema, &table.name);
    let filters = sql.filters(&target, &params.logic);
    sql.finish(
        &format!("delete from {target}{filters}"),
        table,
        params,
        returning,
    );
    sql
}

/// Counts the rows that were there in a setting of the transaction: `returning` cannot tell them from inserted ones
/// without a right to read the row.
const COUNT_CHANGED: &str = "where set_config('pgrst.changed', (coalesce(nullif(current_setting('pgrst.changed', true), ''), '0')::bigint + 1)::text, true) is not null";

fn on_conflict(insert: Insert<'_>, names: &[String]) -> String {
    let Some(resolution) = insert.resolution.filter(|_| !insert.target.is_empty()) else {
        return String::new();
    };
    let target: Vec<String> = insert.target.iter().map(|name| identifier(name)).collect();
    let target = target.join(", ");
    if resolution == Resolution::Ignore || names.is_empty() {
        return format!(" on conflict ({target}) do nothing");
    }
    let set: Vec<String> = names
        .iter()
        .map(|name| format!("{name} = excluded.{name}"))
        .collect();
    format!(
        " on conflict ({target}) do update set {} {COUNT_CHANGED}",
        set.join(", ")
    )
}

fn written_body(returning: Returning) -> String {
    match returning.prefer {
        Some(Return::Representation) => body(returning.media, None, false),
        Some(Return::HeadersOnly) => body(Media::Json, None, false),
        _ => "''".to_owned(),
    }
}

impl Statement {
    /// Adds what is given back. An `order` is the order of the rows given back; it is applied to the whole rows.
    fn finish(&mut self, change: &str, table: &Table, params: &Params, returning: Returning) {
        let from = qualified(&table.schema, &table.name);
        let is_ordered =
            returning.prefer == Some(Return::Representation) && !params.order.is_empty();
        let source = if is_ordered {
            let name = identifier(&table.name);
            let columns = self.select(&name, &params.select);
            let order = self.order(&name, &params.order);
            format!(
                "changed as ({change} returning {from}.*), source as (select {columns} from changed as {name}{order})"
            )
        } else {
            let returned = self.returning(table, &from, params, returning);
            format!("source as ({change} returning {returned})")
        };
        self.text = format!("with {source} {}", answer("null", &written_body(returning)));
    }

    /// The rows of a body as a set with the columns' types.
    fn rows(&mut self, payload: &Payload, columns: &[&Column], defaults: bool) -> String {
        let json = format!("{}::json", self.bind(&payload.text));
        let shape: Vec<String> = columns
            .iter()
            .map(|column| format!("{} {}", identifier(&column.name), column.type_name))
            .collect();
        let shape = shape.join(", ");
        if shape.is_empty() {
            return "(select where false)".to_owned();
        }
        let array = format!(
            "(select case json_typeof(sent) when 'array' then sent when 'object' then json_build_array(sent) else '[]' end from (select {json} as sent) as one)"
        );
        if !defaults {
            return format!("(select * from json_to_recordset({array}) as one_row ({shape}))");
        }
        let filled: Vec<String> = columns
            .iter()
            .filter_map(|column| Some((column, column.default.as_ref()?)))
            .map(|(column, default)| format!("{}, {default}", literal(&column.name)))
            .collect();
        let filled = filled.join(", ");
        format!(
            "(select one_row.* from json_array_elements({array}) as element, lateral jsonb_to_record(jsonb_build_object({filled}) || element::jsonb) as one_row ({shape}))"
        )
    }

    /// What `returning` names: the selected columns, the key for a `Location`, or nothing of the row.
    fn returning(
        &mut self,
        table: &Table,
        from: &str,
        params: &Params,
        returning: Returning,
    ) -> String {
        match returning.prefer {
            Some(Return::Representation) => self.select(from, &params.select),
            Some(Return::HeadersOnly) if !table.primary_key.is_empty() => {
                let key = table.primary_key.iter().map(|name| identifier(name));
                key.map(|name| format!("{from}.{name}"))
                    .collect::<Vec<_>>()
                    .join(", ")
            }
            _ => "1".to_owned(),
        }
    }

    fn key(&mut self, from: &str, key: &[(&str, &str)]) -> String {
        let parts: Vec<String> = key
            .iter()
            .map(|(name, value)| format!("{from}.{} = {}", identifier(name), self.bind(value)))
            .collect();
        if parts.is_empty() {
            String::new()
        } else {
            format!(" where {}", parts.join(" and "))
        }
    }
}

/// A text literal of a name out of the catalogue.
fn literal(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}
