//! Checks a join's bindings against the database: published tables, readable filter columns, values that fit.
//! Every failure is the text of a system error; none is retried. One bad binding fails all of the join.

use std::collections::HashSet;

use deadpool_postgres::tokio_postgres::{Client, Error};
use serde_json::{Map, Value};

use super::Watch;
use super::binding::Binding;
use super::catalog::{self, Table};
use crate::realtime::filter::Condition;
use crate::realtime::token::Claims;

/// Values of one `in` list.
const MAX_IN_VALUES: usize = 100;
/// Resolves the entries of a join for a user.
///
/// # Errors
/// The message of the system error.
pub(crate) async fn resolve(
    client: &Client,
    entries: &[Map<String, Value>],
    claims: &Claims,
) -> Result<Vec<Watch>, String> {
    let mut watches = Vec::new();
    for entry in entries {
        let binding = Binding::parse(entry)?;
        let tables = tables(client, &binding).await?;
        if let Err(reason) = check(client, &binding, &tables, claims).await {
            return Err(format!(
                "Unable to subscribe to changes with given parameters. An exception happened so please check your \
                 connect parameters: {}. Exception: {reason}",
                binding.inspect()
            ));
        }
        watches.push(Watch { binding, tables });
    }
    Ok(watches)
}

async fn tables(client: &Client, binding: &Binding) -> Result<HashSet<u32>, String> {
    let schema = Binding::pattern(&binding.schema);
    let table = Binding::pattern(&binding.table);
    let tables = catalog::published(client, schema, table)
        .await
        .map_err(|error| exception(&error))?;
    if tables.is_empty() {
        return Err(format!(
            "Unable to subscribe to changes with given parameters. Please check Realtime is enabled for the given \
             connect parameters: {}",
            binding.inspect()
        ));
    }
    Ok(tables.into_iter().collect())
}

async fn check(
    client: &Client,
    binding: &Binding,
    tables: &HashSet<u32>,
    claims: &Claims,
) -> Result<(), String> {
    if binding.filter.is_empty() {
        return role_exists(client, claims).await;
    }
    for oid in tables {
        let table = catalog::table(client, *oid, &claims.role)
            .await
            .map_err(|error| exception(&error))?;
        let Some(table) = table else {
            continue;
        };
        for condition in &binding.filter {
            check_condition(client, &table, condition).await?;
        }
    }
    Ok(())
}

async fn role_exists(client: &Client, claims: &Claims) -> Result<(), String> {
    let select = "select $1::text::regrole";
    client
        .execute(select, &[&quoted(&claims.role)])
        .await
        .map(|_| ())
        .map_err(|error| exception(&error))
}

fn quoted(role: &str) -> String {
    format!("\"{}\"", role.replace('"', "\"\""))
}

async fn check_condition(
    client: &Client,
    table: &Table,
    condition: &Condition,
) -> Result<(), String> {
    let column = table
        .column(&condition.column)
        .filter(|column| column.readable);
    let column =
        column.ok_or_else(|| raised(&format!("invalid column for filter {}", condition.column)))?;
    if condition.values.len() > MAX_IN_VALUES {
        return Err(raised("too many values for `in` filter. Maximum 100"));
    }
    let cast = format!("select ($1::text[])::{}[]", column.cast);
    let cast = client.execute(&cast, &[&condition.values]).await;
    cast.map(|_| ()).map_err(|error| exception(&error))
}

/// An exception of the server's own subscription function.
fn raised(message: &str) -> String {
    format!("ERROR P0001 (raise_exception) {message}")
}

/// A database error as the real server prints it; without server text when the connection failed.
fn exception(error: &Error) -> String {
    let Some(database) = error.as_db_error() else {
        return "Realtime was unable to connect to the project database".to_owned();
    };
    let name = match database.code().code() {
        "22P02" => "invalid_text_representation",
        "22007" => "invalid_datetime_format",
        "22008" => "datetime_field_overflow",
        "22003" => "numeric_value_out_of_range",
        "42704" => "undefined_object",
        _ => "error",
    };
    format!(
        "ERROR {} ({name}) {}",
        database.code().code(),
        database.message()
    )
}
