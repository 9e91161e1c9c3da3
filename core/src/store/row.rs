//! One row: between JSON as the server writes it and the typed columns of its table.
//!
//! Owns: the statements per kind, binding a JSON row to them, and composing the JSON row back.
//! Invariant: what goes in comes out: a value that does not fit its column's type, and a column nobody here knows, is
//! kept in `extra`; `null` and "absent" are the same.

use std::fmt::Write as _;
use std::sync::OnceLock;

use rusqlite::types::{ToSqlOutput, Value as SqlValue, ValueRef};
use rusqlite::{Connection, Row, Statement, ToSql};
use serde_json::Value;
use uuid::Uuid;

use super::failure::unreadable_body;
use super::fold::fold;
use crate::error::{Error, Result};
use crate::model::{FieldType, Kind, Rev, RowId, ScopeId, UserId, Values, field, fields, sortable};

/// Columns before the kind's own ones, in this order.
const HEAD: [&str; 9] = [
    "id",
    "scope",
    "sync_rev",
    "sync_by",
    "sync_by_rev",
    "sync_other_rev",
    "other_rev",
    "sort",
    "pending",
];

/// The statements of one kind. Those that write a row number their parameters alike: see [`Encoder::put`].
#[derive(Debug)]
pub(super) struct Sql {
    /// Inserts or replaces, whatever was there.
    pub(super) put: String,
    /// Inserts or replaces, unless the same scope holds a newer revision.
    pub(super) put_newer: String,
    /// Changes a row that is there and stays at its place in the default list: the index of that list, which `SQLite`
    /// would write again for an equal value, is not touched.
    pub(super) update: String,
    /// What applying needs to know of a row that may be here: see [`Here`].
    pub(super) here: String,
    /// Reads a whole row by id.
    pub(super) get: String,
    /// Deletes by id.
    pub(super) delete: String,
}

/// The statements of `kind`.
pub(super) fn sql(kind: Kind) -> &'static Sql {
    static ALL: [OnceLock<Sql>; Kind::COUNT] = [const { OnceLock::new() }; Kind::COUNT];
    ALL[kind as usize].get_or_init(|| build_sql(kind))
}

fn build_sql(kind: Kind) -> Sql {
    let table = kind.as_str();
    let own: Vec<String> = fields(kind)
        .iter()
        .map(|f| format!("\"{}\"", f.name))
        .collect();
    let mut all: Vec<String> = HEAD.iter().map(|c| (*c).to_owned()).collect();
    all.extend(own);
    all.push("extra".to_owned());
    let columns = all.join(", ");
    let marks = vec!["?"; all.len()].join(", ");
    let mut put =
        format!("insert into {table} ({columns}) values ({marks}) on conflict (id) do update set ");
    for (i, column) in all.iter().skip(1).enumerate() {
        let comma = if i == 0 { "" } else { ", " };
        let _ = write!(put, "{comma}{column} = excluded.{column}");
    }
    let put_newer = format!(
        "{put} where {table}.scope <> excluded.scope or excluded.sync_rev >= {table}.sync_rev"
    );
    Sql {
        put,
        put_newer,
        update: update_sql(table, &all),
        here: here_sql(table),
        get: format!("select {columns} from {table} where id = ?1"),
        delete: format!("delete from {table} where id = ?1"),
    }
}

fn update_sql(table: &str, columns: &[String]) -> String {
    let set: Vec<String> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| !matches!(column.as_str(), "id" | "scope" | "sort"))
        .map(|(at, column)| format!("{column} = ?{}", at + 1))
        .collect();
    format!("update {table} set {} where id = ?1", set.join(", "))
}

fn here_sql(table: &str) -> String {
    let mark = |row: &str| {
        format!(
            "coalesce((select rev from mark where scope = ?2 and kind = '{table}' and row = {row}), 0)"
        )
    };
    let (floor, own) = (mark("zeroblob(16)"), mark("?1"));
    format!(
        "select scope, sync_rev, other_rev, sort, max({floor}, {own}) from {table} where id = ?1"
    )
}

/// A UUID as its 16 bytes.
pub(super) struct Blob(pub(super) Uuid);

impl ToSql for Blob {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0.as_bytes())))
    }
}

impl From<RowId> for Blob {
    fn from(id: RowId) -> Self {
        Self(id.0)
    }
}

impl From<ScopeId> for Blob {
    fn from(id: ScopeId) -> Self {
        Self(id.0)
    }
}

/// A UUID column of 16 bytes.
pub(super) fn uuid_at(row: &Row<'_>, index: usize) -> rusqlite::Result<Uuid> {
    let bytes = row.get_ref(index)?.as_blob()?;
    Uuid::from_slice(bytes).map_err(|_| {
        rusqlite::Error::FromSqlConversionFailure(
            index,
            rusqlite::types::Type::Blob,
            Box::new(Error::Internal { place: "store id" }),
        )
    })
}

/// A column that holds the name of a kind.
pub(super) fn kind_at(row: &Row<'_>, index: usize) -> rusqlite::Result<Kind> {
    let text = row.get_ref(index)?.as_str()?;
    text.parse().map_err(|error: Error| {
        rusqlite::Error::FromSqlConversionFailure(
            index,
            rusqlite::types::Type::Text,
            Box::new(error),
        )
    })
}

/// A column that holds a JSON object.
pub(super) fn parse_values(text: &str) -> Result<Values> {
    serde_json::from_str(text).map_err(|_| unreadable_body())
}

/// `values` as text.
pub(super) fn values_text(values: &Values) -> String {
    serde_json::to_string(values).unwrap_or_default()
}

/// The revision columns of a server row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp<'v> {
    pub(super) rev: i64,
    pub(super) by: Option<&'v str>,
    pub(super) by_rev: Option<i64>,
    pub(super) other: Option<i64>,
}

impl<'v> Stamp<'v> {
    pub(super) fn of(values: &'v Values) -> Self {
        Self {
            rev: rev_of(values).0,
            by: values.get("sync_by").and_then(Value::as_str),
            by_rev: values.get("sync_by_rev").and_then(Value::as_i64),
            other: values.get("sync_other_rev").and_then(Value::as_i64),
        }
    }

    /// The last revision made by somebody else than `me`; 0 = nobody.
    pub(super) fn by_others(&self, me: &str) -> i64 {
        let last = if self.by == Some(me) {
            self.other
        } else {
            self.by_rev
        };
        last.unwrap_or(0)
    }
}

/// `sync_rev` of a row; 0 for a row that the server has not seen.
pub(super) fn rev_of(values: &Values) -> Rev {
    Rev(values.get("sync_rev").and_then(Value::as_i64).unwrap_or(0))
}

/// `id` of a row.
pub(super) fn id_of(values: &Values) -> Option<RowId> {
    values.get("id")?.as_str()?.parse().ok()
}

/// The column in which the server names those that it sent shortened, because the whole row is too large to be sent.
pub(crate) const TOO_LARGE: &str = "sync_too_large";

/// Is what a row has in this column not the server's whole value?
pub(crate) fn is_cut(values: &Values, name: &str) -> bool {
    names(values, TOO_LARGE, name)
}

/// Does this list of column names in a row have the column?
pub(super) fn names(values: &Values, list: &str, name: &str) -> bool {
    let listed = values.get(list).and_then(Value::as_array);
    listed.is_some_and(|listed| listed.iter().any(|one| one.as_str() == Some(name)))
}

/// What the default list of a kind is ordered by.
pub(super) fn sort_key(kind: Kind, values: &Values) -> String {
    let mut key = String::new();
    for (at, name) in kind.facts().order.iter().enumerate() {
        if at > 0 {
            key.push('\u{1f}');
        }
        let text = values.get(*name).and_then(Value::as_str).unwrap_or("");
        match field(kind, name).map(|field| field.kind) {
            Some(FieldType::Time) => key.push_str(&sortable(text)),
            _ => key.push_str(&fold(text)),
        }
    }
    key
}

/// Where a column of an incoming row goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Field(usize),
    Head,
    Extra,
}

/// Writes rows of one kind. Rows of a page have their columns in the same order, so the place of each column is found
/// once and then only confirmed.
#[derive(Debug)]
pub(super) struct Encoder {
    kind: Kind,
    me: String,
    layout: Vec<(String, Slot)>,
}

/// What is not in the row itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placement {
    pub(super) scope: ScopeId,
    pub(super) id: RowId,
    pub(super) pending: bool,
}

impl Encoder {
    pub(super) fn new(kind: Kind, me: UserId) -> Self {
        Self {
            kind,
            me: me.to_string(),
            layout: Vec::new(),
        }
    }

    /// Runs one of [`Sql`]'s statements that write a row; true when it changed something.
    pub(super) fn put(
        &mut self,
        statement: &mut Statement<'_>,
        at: Placement,
        sort: &str,
        values: &Values,
    ) -> Result<bool> {
        let stamp = Stamp::of(values);
        statement.raw_bind_parameter(1, Blob::from(at.id))?;
        statement.raw_bind_parameter(2, Blob::from(at.scope))?;
        statement.raw_bind_parameter(3, stamp.rev)?;
        statement.raw_bind_parameter(4, stamp.by)?;
        statement.raw_bind_parameter(5, stamp.by_rev)?;
        statement.raw_bind_parameter(6, stamp.other)?;
        statement.raw_bind_parameter(7, stamp.by_others(&self.me))?;
        statement.raw_bind_parameter(8, sort)?;
        statement.raw_bind_parameter(9, at.pending)?;
        self.bind_fields(statement, values)?;
        Ok(statement.raw_execute()? > 0)
    }

    /// The last revision of the row that somebody else than this file's user made; 0 = nobody.
    pub(super) fn by_others(&self, values: &Values) -> i64 {
        Stamp::of(values).by_others(&self.me)
    }

    fn bind_fields(&mut self, statement: &mut Statement<'_>, values: &Values) -> Result<()> {
        let list = fields(self.kind);
        let first = HEAD.len() + 1;
        let mut bound = 0_u64;
        let mut extra: Option<Values> = None;
        for (at, (name, value)) in values.iter().enumerate() {
            let slot = self.slot(at, name);
            if let Slot::Field(index) = slot
                && bind(statement, first + index, list[index].kind, value)?
            {
                bound |= 1 << index;
            } else if slot != Slot::Head && !value.is_null() {
                extra
                    .get_or_insert_with(Values::new)
                    .insert(name.clone(), value.clone());
            }
        }
        for index in 0..list.len() {
            if bound & (1 << index) == 0 {
                statement.raw_bind_parameter(first + index, rusqlite::types::Null)?;
            }
        }
        statement.raw_bind_parameter(first + list.len(), extra.as_ref().map(values_text))?;
        Ok(())
    }

    fn slot(&mut self, at: usize, name: &str) -> Slot {
        if let Some((known, slot)) = self.layout.get(at)
            && known == name
        {
            return *slot;
        }
        let slot =
            if matches!(name, "id" | "sync_scope" | "sync_bytes") || HEAD[2..6].contains(&name) {
                Slot::Head
            } else {
                fields(self.kind)
                    .iter()
                    .position(|f| f.name == name)
                    .map_or(Slot::Extra, Slot::Field)
            };
        self.layout.truncate(at);
        if self.layout.len() == at {
            self.layout.push((name.to_owned(), slot));
        }
        slot
    }
}

/// The type of a column in the local table.
pub(super) fn column_type(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Int | FieldType::Bool => "integer",
        FieldType::Text | FieldType::Time | FieldType::Ref | FieldType::Json => "text",
    }
}

/// Binds a value that fits its column; false when it does not fit.
fn bind(statement: &mut Statement<'_>, at: usize, kind: FieldType, value: &Value) -> Result<bool> {
    if value.is_null() {
        return Ok(false);
    }
    match kind {
        FieldType::Text | FieldType::Time | FieldType::Ref => {
            let Value::String(text) = value else {
                return Ok(false);
            };
            statement.raw_bind_parameter(at, text.as_str())?;
        }
        FieldType::Int => {
            let Some(number) = value.as_i64() else {
                return Ok(false);
            };
            statement.raw_bind_parameter(at, number)?;
        }
        FieldType::Bool => {
            let Value::Bool(flag) = value else {
                return Ok(false);
            };
            statement.raw_bind_parameter(at, *flag)?;
        }
        FieldType::Json => {
            let text = serde_json::to_string(value).map_err(|_| unreadable_body())?;
            statement.raw_bind_parameter(at, text)?;
        }
    }
    Ok(true)
}

/// What is here of a row that a pull brings, and how far this user has looked at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Here {
    pub(super) scope: ScopeId,
    pub(super) rev: i64,
    pub(super) other_rev: i64,
    /// It stays at its place in the default list.
    pub(super) same_sort: bool,
    /// The higher of its mark and the read-up-to mark in the scope of the pull; 0 = neither.
    pub(super) read_up_to: i64,
}

/// Runs [`Sql::here`] for a row that comes to `at` with this sort key.
pub(super) fn here(
    statement: &mut Statement<'_>,
    at: Placement,
    sort: &str,
) -> Result<Option<Here>> {
    let mut rows = statement.query([Blob::from(at.id), Blob::from(at.scope)])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let stays = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)? == sort;
    Ok(Some(Here {
        scope: ScopeId(uuid_at(row, 0)?),
        rev: row.get(1)?,
        other_rev: row.get(2)?,
        same_sort: stays,
        read_up_to: row.get(4)?,
    }))
}

/// A whole row as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StoredRow {
    pub(super) scope: ScopeId,
    pub(super) other_rev: i64,
    pub(super) pending: bool,
    /// All columns, `id` and `sync_*` included; columns that are null are left out.
    pub(super) values: Values,
}

/// Reads a row by id.
pub(super) fn read(conn: &Connection, kind: Kind, id: RowId) -> Result<Option<StoredRow>> {
    let mut statement = conn.prepare_cached(&sql(kind).get)?;
    let mut rows = statement.query([Blob::from(id)])?;
    match rows.next()? {
        Some(row) => Ok(Some(decode(kind, row)?)),
        None => Ok(None),
    }
}

fn decode(kind: Kind, row: &Row<'_>) -> Result<StoredRow> {
    let mut values = Values::new();
    values.insert(
        "id".into(),
        uuid_at(row, 0)?.hyphenated().to_string().into(),
    );
    for (at, name) in HEAD.iter().enumerate().take(6).skip(2) {
        put_value(&mut values, name, FieldType::Text, row.get(at)?)?;
    }
    for (at, field) in fields(kind).iter().enumerate() {
        put_value(
            &mut values,
            field.name,
            field.kind,
            row.get(HEAD.len() + at)?,
        )?;
    }
    let extra: Option<String> = row.get(HEAD.len() + fields(kind).len())?;
    if let Some(text) = extra {
        values.append(&mut parse_values(&text)?);
    }
    Ok(StoredRow {
        scope: ScopeId(uuid_at(row, 1)?),
        other_rev: row.get(6)?,
        pending: row.get(8)?,
        values,
    })
}

fn put_value(values: &mut Values, name: &str, kind: FieldType, value: SqlValue) -> Result<()> {
    let value = match value {
        SqlValue::Null => return Ok(()),
        SqlValue::Integer(number) => match kind {
            FieldType::Bool => Value::Bool(number != 0),
            FieldType::Text
            | FieldType::Int
            | FieldType::Time
            | FieldType::Ref
            | FieldType::Json => number.into(),
        },
        SqlValue::Text(text) => match kind {
            FieldType::Json => serde_json::from_str(&text).map_err(|_| unreadable_body())?,
            FieldType::Text
            | FieldType::Int
            | FieldType::Bool
            | FieldType::Time
            | FieldType::Ref => Value::String(text),
        },
        SqlValue::Real(_) | SqlValue::Blob(_) => return Err(unreadable_body()),
    };
    values.insert(name.to_owned(), value);
    Ok(())
}
