//! Asks PostgreSQL three things about a changed row: its values as JSON, whether a filter holds, and whether a user sees
//! the row now. Types, comparisons and policies are PostgreSQL's own, never imitated.

use std::collections::HashMap;

use deadpool_postgres::tokio_postgres::types::ToSql;
use deadpool_postgres::tokio_postgres::{Client, Error, Statement};

use super::Row;
use super::catalog::Table;
use super::pgoutput::{Cell, Old};
use crate::realtime::authorize::become_user;
use crate::realtime::filter::{Condition, Op};
use crate::realtime::token::Claims;

/// Statements kept prepared on the poller's connection; when full all are forgotten.
const MAX_STATEMENTS: usize = 256;

/// Values by column name; a missing name was not in the stream.
pub(crate) type Values = HashMap<String, Option<String>>;

/// Prepared statements of one connection.
#[derive(Default)]
pub(crate) struct Statements {
    prepared: HashMap<String, Statement>,
}

impl Statements {
    async fn get(&mut self, client: &Client, sql: String) -> Result<Statement, Error> {
        if let Some(statement) = self.prepared.get(&sql) {
            return Ok(statement.clone());
        }
        if self.prepared.len() >= MAX_STATEMENTS {
            self.prepared.clear();
        }
        let statement = client.prepare(&sql).await?;
        self.prepared.insert(sql, statement.clone());
        Ok(statement)
    }
}

/// Text values of the new row; columns that did not change come from a full old row.
pub(crate) fn new_values(row: &Row) -> Values {
    let old = match &row.old {
        Some(Old::Full(cells)) => cells.as_slice(),
        _ => &[],
    };
    let cells = row.new.as_deref().unwrap_or_default().iter().enumerate();
    let filled = cells.map(|(at, cell)| match cell {
        Cell::Unchanged => old.get(at).unwrap_or(cell),
        _ => cell,
    });
    named(row, filled, |_| true)
}

/// Text values of the old row that the stream has: the whole row with identity full, else the key; for an update
/// without them the key of the new row.
pub(crate) fn old_values(row: &Row) -> Values {
    let is_key = |at: usize| {
        row.relation
            .columns
            .get(at)
            .is_some_and(|column| column.key)
    };
    match (&row.old, &row.new) {
        (Some(Old::Full(cells)), _) => named(row, cells.iter(), |_| true),
        (Some(Old::Key(cells)), _) | (None, Some(cells)) => named(row, cells.iter(), is_key),
        (None, None) => Values::new(),
    }
}

fn named<'a>(
    row: &'a Row,
    cells: impl Iterator<Item = &'a Cell>,
    wanted: impl Fn(usize) -> bool,
) -> Values {
    let columns = row.relation.columns.iter().zip(cells).enumerate();
    let known = columns.filter_map(|(at, (column, cell))| {
        let value = match cell {
            Cell::Null => None,
            Cell::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
            Cell::Unchanged => return None,
        };
        wanted(at).then(|| (column.name.clone(), value))
    });
    known.collect()
}

/// JSON text of each value, by PostgreSQL's `to_jsonb` after a cast to the column's type.
///
/// # Errors
/// The database's.
pub(crate) async fn as_json(
    client: &Client,
    statements: &mut Statements,
    table: &Table,
    values: &Values,
) -> Result<HashMap<String, String>, Error> {
    let (mut names, mut parts, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    for column in &table.columns {
        let Some(value) = values.get(&column.name) else {
            continue;
        };
        names.push(column.name.clone());
        let parameter = format!("(${}::text)::{}", names.len(), column.cast);
        parts.push(match column.type_name.as_str() {
            // Observed: hexadecimal without the leading backslash and x.
            "bytea" => format!("to_jsonb(encode({parameter}, 'hex'))::text"),
            _ => format!("to_jsonb({parameter})::text"),
        });
        let is_float = matches!(column.type_name.as_str(), "float4" | "float8" | "numeric");
        texts.push(value.clone().filter(|text| !is_float || is_finite(text)));
    }
    if names.is_empty() {
        return Ok(HashMap::new());
    }
    let statement = statements
        .get(client, format!("select {}", parts.join(", ")))
        .await?;
    let parameters: Vec<&(dyn ToSql + Sync)> = texts
        .iter()
        .map(|text| text as &(dyn ToSql + Sync))
        .collect();
    let row = client.query_one(&statement, &parameters).await?;
    let json = |at| {
        row.get::<_, Option<String>>(at)
            .unwrap_or_else(|| "null".to_owned())
    };
    Ok(names
        .into_iter()
        .enumerate()
        .map(|(at, name)| (name, json(at)))
        .collect())
}

/// Observed: not-a-number and the infinities are sent as null.
fn is_finite(text: &str) -> bool {
    !matches!(text, "NaN" | "Infinity" | "-Infinity")
}

/// Whether all conditions hold for these values. A column that is not in the stream fails the filter.
///
/// # Errors
/// The database's.
pub(crate) async fn passes(
    client: &Client,
    statements: &mut Statements,
    table: &Table,
    filter: &[Condition],
    values: &Values,
) -> Result<bool, Error> {
    let (mut parts, mut texts, mut lists) = (Vec::new(), Vec::new(), Vec::new());
    for condition in filter {
        let column = table.column(&condition.column);
        let (Some(column), Some(value)) = (column, values.get(&condition.column)) else {
            return Ok(false);
        };
        parts.push(comparison(condition, &column.cast, parts.len() * 2));
        texts.push(value.clone());
        lists.push(condition.values.clone());
    }
    if parts.is_empty() {
        return Ok(true);
    }
    let sql = format!("select coalesce({}, false)", parts.join(" and "));
    let statement = statements.get(client, sql).await?;
    let mut parameters: Vec<&(dyn ToSql + Sync)> = Vec::new();
    for (text, list) in texts.iter().zip(&lists) {
        parameters.extend([text as &(dyn ToSql + Sync), list]);
    }
    Ok(client.query_one(&statement, &parameters).await?.get(0))
}

/// The SQL of one condition; its two parameters are a text and a list of texts.
fn comparison(condition: &Condition, cast: &str, before: usize) -> String {
    let value = format!("(${}::text)", before + 1);
    let list = format!("(${}::text[])", before + 2);
    match condition.op {
        Op::In => format!("({value}::{cast} = any({list}::{cast}[]))"),
        op => format!("({value}::{cast} {} ({list})[1]::{cast})", op.sql()),
    }
}

/// One question whether a row is visible: its table and the key of its new version.
#[derive(Debug)]
pub(crate) struct Look<'a> {
    /// The table.
    pub table: &'a Table,
    /// The new row's values.
    pub values: &'a Values,
}

/// Which of these rows the user sees in the tables as they are now. A policy that fails hides its row only.
///
/// # Errors
/// The database's connection.
pub(crate) async fn visible(
    client: &mut Client,
    statements: &mut Statements,
    claims: &Claims,
    looks: &[Look<'_>],
) -> Result<Vec<bool>, Error> {
    match visible_together(client, statements, claims, looks).await {
        Ok(seen) => Ok(seen),
        Err(error) if error.code().is_none() => Err(error),
        Err(_) => {
            let mut seen = Vec::new();
            for look in looks {
                let one =
                    visible_together(client, statements, claims, std::slice::from_ref(look)).await;
                seen.push(one.is_ok_and(|one| one == [true]));
            }
            Ok(seen)
        }
    }
}

async fn visible_together(
    client: &mut Client,
    statements: &mut Statements,
    claims: &Claims,
    looks: &[Look<'_>],
) -> Result<Vec<bool>, Error> {
    let mut questions = Vec::new();
    for look in looks {
        let keys: Vec<_> = look
            .table
            .columns
            .iter()
            .filter(|column| column.key)
            .collect();
        let parts: Vec<String> = keys
            .iter()
            .enumerate()
            .map(|(at, key)| format!("{} = (${}::text)::{}", quoted(&key.name), at + 1, key.cast))
            .collect();
        let sql = format!(
            "select exists(select 1 from {} where {})",
            look.table.sql_name,
            parts.join(" and ")
        );
        let values: Vec<Option<String>> = keys
            .iter()
            .map(|key| look.values.get(&key.name).cloned().flatten())
            .collect();
        questions.push((statements.get(client, sql).await?, values));
    }
    let transaction = client.transaction().await?;
    become_user(&transaction, "", claims).await?;
    let mut seen = Vec::new();
    for (statement, values) in &questions {
        let parameters: Vec<&(dyn ToSql + Sync)> = values
            .iter()
            .map(|value| value as &(dyn ToSql + Sync))
            .collect();
        seen.push(transaction.query_one(statement, &parameters).await?.get(0));
    }
    transaction.rollback().await?;
    Ok(seen)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
