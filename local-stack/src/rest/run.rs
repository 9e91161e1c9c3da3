//! One request, one transaction: as the caller's role, with the settings a function or policy can read.
//!
//! Invariants: the role and every setting are local to the transaction; a request that ends early rolls back; a
//! serialization failure or deadlock (40001, 40P01) runs the whole transaction again, at once and as often as it takes,
//! as the real service does. Unlike there it ends when the caller hangs up: the future of the request is dropped then.

use std::error::Error as StdError;
use std::sync::Arc;

use bytes::BytesMut;
use tokio_postgres::types::{Format, IsNull, ToSql, Type};
use tokio_postgres::{Client, Error, Row, Transaction};

use super::error::RestError;
use super::sql::Statement;
use super::sqlstate::{self, DbError};
use super::unfiltered::Findings;

/// A parameter sent as text, whatever its type: the database reads it as a literal of that type.
#[derive(Debug)]
pub(crate) struct Raw<'a>(pub(crate) &'a str);

impl ToSql for Raw<'_> {
    fn to_sql(
        &self,
        _: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        out.extend_from_slice(self.0.as_bytes());
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Text
    }

    tokio_postgres::types::to_sql_checked!();
}

/// How a transaction is opened.
#[derive(Debug, Clone)]
pub(crate) struct Setup {
    pub(crate) read_only: bool,
    pub(crate) is_anonymous: bool,
    /// Settings in the order they are made, the role among them.
    pub(crate) settings: Vec<(String, String)>,
    /// Where it is told that a statement changes every row; `None` where that is allowed.
    pub(crate) findings: Option<Arc<Findings>>,
}

impl Setup {
    fn take_finding(&self, process: i32) -> Option<&'static str> {
        self.findings.as_ref()?.take(process)
    }
}

/// What a statement gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) total: Option<i64>,
    pub(crate) rows: i64,
    /// Rows an upsert found there.
    pub(crate) changed: i64,
    pub(crate) body: String,
    /// What the database set as `response.headers` and `response.status`.
    pub(crate) headers: Option<String>,
    pub(crate) status: Option<String>,
}

/// Runs the statement; `accept` decides on the outcome before it is committed.
pub(crate) async fn run(
    client: &mut Client,
    setup: &Setup,
    statement: &Statement,
    accept: impl Fn(&Outcome) -> Result<(), RestError> + Sync,
) -> Result<Outcome, RestError> {
    loop {
        let outcome = attempt(client, setup, statement, &accept).await;
        match outcome {
            Err(error) if sqlstate::is_repeated(&error.code) => tokio::task::yield_now().await,
            other => return other,
        }
    }
}

async fn attempt(
    client: &mut Client,
    setup: &Setup,
    statement: &Statement,
    accept: &(impl Fn(&Outcome) -> Result<(), RestError> + Sync),
) -> Result<Outcome, RestError> {
    let refused = |error: Error| refused(&error, setup.is_anonymous);
    let builder = client.build_transaction().read_only(setup.read_only);
    let transaction = builder.start().await.map_err(refused)?;
    let process = enter(&transaction, setup).await?;
    let row = query(&transaction, statement).await;
    if let Some(message) = setup.take_finding(process) {
        transaction.rollback().await.map_err(refused)?;
        // A kept plan would not be looked at again.
        let forgotten = client.batch_execute("discard plans").await;
        forgotten.map_err(refused)?;
        return Err(all_rows(message, setup));
    }
    let row = row.map_err(refused)?;
    let outcome = outcome(&row).map_err(refused)?;
    accept(&outcome)?;
    transaction.commit().await.map_err(refused)?;
    Ok(outcome)
}

/// The refusal of a statement that changes every row; it comes before what the statement itself would have ended in.
fn all_rows(message: &str, setup: &Setup) -> RestError {
    let error = DbError {
        code: "21000",
        message,
        detail: None,
        hint: None,
    };
    sqlstate::refusal(error, setup.is_anonymous)
}

/// Makes the settings and tells the server's process. A role that cannot be taken is the token's fault: 401 where it does
/// not exist.
async fn enter(transaction: &Transaction<'_>, setup: &Setup) -> Result<i32, RestError> {
    let mut statement = Statement::default();
    let calls: Vec<String> = setup
        .settings
        .iter()
        .map(|(name, value)| {
            statement.values.extend([name.clone(), value.clone()]);
            let place = statement.values.len();
            format!("set_config(${}, ${place}, true)", place - 1)
        })
        .collect();
    statement.text = format!("select pg_backend_pid(), {}", calls.join(", "));
    match query(transaction, &statement).await {
        Ok(row) => {
            let process = row.try_get(0);
            let process = process.map_err(|error| refused(&error, setup.is_anonymous))?;
            // Of a request that was given up before it asked.
            setup.take_finding(process);
            Ok(process)
        }
        Err(error) => {
            let mut refusal = refused(&error, setup.is_anonymous);
            if refusal.code == "22023" {
                refusal = RestError::new(401, "22023", nonexistent_role(setup, &refusal.message));
            }
            Err(refusal)
        }
    }
}

fn nonexistent_role(setup: &Setup, message: &str) -> String {
    let role = setup.settings.iter().find(|(name, _)| name == "role");
    role.map_or(message.to_owned(), |(_, role)| {
        format!("role \"{role}\" does not exist")
    })
}

async fn query(transaction: &Transaction<'_>, statement: &Statement) -> Result<Row, Error> {
    let values: Vec<Raw<'_>> = statement.values.iter().map(|value| Raw(value)).collect();
    let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
    transaction.query_one(&statement.text, &values).await
}

fn outcome(row: &Row) -> Result<Outcome, Error> {
    Ok(Outcome {
        total: row.try_get(0)?,
        rows: row.try_get(1)?,
        changed: row.try_get(2)?,
        body: row.try_get::<_, Option<String>>(3)?.unwrap_or_default(),
        headers: row.try_get(4)?,
        status: row.try_get(5)?,
    })
}

/// A driver's error as an answer.
pub(crate) fn refused(error: &Error, is_anonymous: bool) -> RestError {
    match error.as_db_error() {
        // A connection that is ended from outside, not an error a function raised.
        Some(db) if db.code().code() == "57P01" && db.severity() == "FATAL" => lost(),
        Some(db) => {
            let error = DbError {
                code: db.code().code(),
                message: db.message(),
                detail: db.detail(),
                hint: db.hint(),
            };
            sqlstate::refusal(error, is_anonymous)
        }
        None if error.is_closed() => lost(),
        None => {
            tracing::warn!(%error, "the database driver failed");
            lost()
        }
    }
}

fn lost() -> RestError {
    RestError::connection_lost("no connection to the server\n")
}
