//! Asks PostgreSQL what a user may do on a private topic: the policies on `realtime.messages`, evaluated as the user's
//! role with `realtime.topic()` and the claims set. Everything happens in a transaction that is rolled back.

use deadpool_postgres::tokio_postgres::{Client, Error, Transaction, error::SqlState};

use super::channels::{Rights, Writes};
use super::token::Claims;

/// Reading rights: a probe row per extension is inserted by the server and looked for as the user.
///
/// # Errors
/// The database's; a missing privilege or unknown role is no right, not an error.
pub(crate) async fn read(
    client: &mut Client,
    topic: &str,
    claims: &Claims,
) -> Result<Rights, Error> {
    let transaction = client.transaction().await?;
    let insert = "insert into realtime.messages (topic, extension) values ($1, 'broadcast'), ($1, 'presence') returning id";
    let probes = transaction.query(insert, &[&topic]).await?;
    let ids: Vec<uuid::Uuid> = probes.iter().map(|row| row.get(0)).collect();
    let seen = async {
        become_user(&transaction, topic, claims).await?;
        let select = "select extension from realtime.messages where id = any($1)";
        transaction.query(select, &[&ids]).await
    };
    let seen = match seen.await {
        Ok(rows) => rows.iter().map(|row| row.get::<_, String>(0)).collect(),
        Err(error) if is_refusal(&error) => Vec::new(),
        Err(error) => return Err(error),
    };
    transaction.rollback().await?;
    let may_read = |extension| seen.iter().any(|row| row == extension);
    Ok(Rights {
        broadcast: may_read("broadcast"),
        presence: may_read("presence"),
        write: None,
    })
}

/// Writing rights: an insert as the user, rolled back.
///
/// # Errors
/// The database's; a refused insert is no right, not an error.
pub(crate) async fn write(
    client: &mut Client,
    topic: &str,
    claims: &Claims,
) -> Result<Writes, Error> {
    Ok(Writes {
        broadcast: may_insert(client, topic, claims, "broadcast").await?,
        presence: may_insert(client, topic, claims, "presence").await?,
    })
}

async fn may_insert(
    client: &mut Client,
    topic: &str,
    claims: &Claims,
    extension: &str,
) -> Result<bool, Error> {
    let transaction = client.transaction().await?;
    let inserted = async {
        become_user(&transaction, topic, claims).await?;
        let insert = "insert into realtime.messages (topic, extension) values ($1, $2)";
        transaction.execute(insert, &[&topic, &extension]).await
    };
    let allowed = match inserted.await {
        Ok(_) => true,
        Err(error) if is_refusal(&error) => false,
        Err(error) => return Err(error),
    };
    transaction.rollback().await?;
    Ok(allowed)
}

/// Sets claims and topic, then the role, until the end of the transaction.
pub(crate) async fn become_user(
    transaction: &Transaction<'_>,
    topic: &str,
    claims: &Claims,
) -> Result<(), Error> {
    let set = "select set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true), \
               set_config('request.jwt.claim.role', $3, true), set_config('realtime.topic', $4, true), \
               set_config('request.headers', '{}', true), set_config('role', $3, true)";
    let Claims {
        json,
        subject,
        role,
        exp: _,
        issued: _,
    } = claims;
    transaction
        .execute(set, &[json, subject, role, &topic])
        .await?;
    Ok(())
}

/// A policy or grant said no, or the role does not exist.
fn is_refusal(error: &Error) -> bool {
    let refusals = [
        SqlState::INSUFFICIENT_PRIVILEGE,
        SqlState::INVALID_PARAMETER_VALUE,
        SqlState::UNDEFINED_OBJECT,
    ];
    error.code().is_some_and(|code| refusals.contains(code))
}
