//! `POST /token?grant_type=refresh_token`: rotation, reuse, and revocation of a family.
//!
//! Invariant: refreshes of one session are serial (its row is locked), so concurrent refreshes of one token all get the
//! same new one.

use deadpool_postgres::Transaction;
use serde::Deserialize;
use time::OffsetDateTime;
use uuid::Uuid;

use super::answer::{Answered, AuthError};
use super::body;
use super::session::{Issued, add_token, answer};
use super::users::User;
use crate::shared::Context;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Request {
    refresh_token: Option<String>,
}

/// A row of `auth.refresh_tokens` with its session.
struct Known {
    token: String,
    user: Uuid,
    session: Uuid,
    revoked: bool,
    updated_at: OffsetDateTime,
    not_after: Option<OffsetDateTime>,
}

/// What to do with a token that is known.
enum Verdict {
    /// This is the active token: rotate.
    Rotate,
    /// Its child is active and was perhaps never received: hand out the child again.
    Repeat(String),
    /// Used again within the reuse interval: a second branch.
    Branch,
    /// Stolen, or a restored backup: the family ends.
    Reused,
}

pub(super) async fn refresh(context: &Context, bytes: &[u8]) -> Answered {
    let request: Request = body::parse(bytes)?;
    let token = request.refresh_token.unwrap_or_default();
    let well_formed = token.len() == 12
        && token
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if !well_formed {
        return Err(AuthError::invalid("Refresh token is not valid"));
    }
    let now = context.clock.now();
    let mut client = context.auth_pool.get().await?;
    let tx = client.transaction().await?;
    let Some(known) = find(&tx, &token).await? else {
        return Err(not_found());
    };
    let (user, session) = (known.user, known.session);
    let result = exchange(context, &tx, known, now).await;
    match result {
        Ok(response) => {
            tx.commit().await?;
            Ok(response)
        }
        Err(error) => {
            // The revocation of a family must stay.
            if error.code == "refresh_token_already_used" {
                tx.commit().await?;
            }
            let error = error.with_header("sb-auth-user-id", &user);
            let banned = error.code == "user_banned";
            Err(if banned {
                error
            } else {
                error.with_header("sb-auth-session-id", &session)
            })
        }
    }
}

async fn exchange(
    context: &Context,
    tx: &Transaction<'_>,
    known: Known,
    now: OffsetDateTime,
) -> Answered {
    let user = User::by_id(tx, known.user).await?.ok_or_else(not_found)?;
    if user.is_banned(now) {
        return Err(AuthError::new(
            400,
            "user_banned",
            "Invalid Refresh Token: User Banned",
        ));
    }
    if known.not_after.is_some_and(|end| end <= now) {
        return Err(AuthError::new(
            400,
            "session_expired",
            "Invalid Refresh Token: Session Expired",
        ));
    }
    let verdict = judge(context, tx, &known, now).await?;
    let first_use = matches!(verdict, Verdict::Rotate);
    let refresh_token = match verdict {
        Verdict::Repeat(active) => active,
        Verdict::Rotate | Verdict::Branch => replace(tx, &known, now).await?,
        Verdict::Reused => {
            revoke_family(tx, known.session, now).await?;
            let text = "Invalid Refresh Token: Already Used";
            return Err(AuthError::new(400, "refresh_token_already_used", text));
        }
    };
    let sql = "update auth.sessions set refreshed_at = $2::timestamptz at time zone 'UTC', updated_at = $2 where id = $1";
    tx.execute(sql, &[&known.session, &now]).await?;
    let session = known.session;
    let issued = Issued {
        session,
        refresh_token,
        first_use,
        weak_password: None,
        is_new_user: false,
    };
    answer(context, tx, known.user, issued).await
}

/// Spends a token and makes its child. Spending one again renews the reuse interval.
async fn replace(
    tx: &Transaction<'_>,
    known: &Known,
    now: OffsetDateTime,
) -> Result<String, AuthError> {
    let sql = "update auth.refresh_tokens set revoked = true, updated_at = $2 where token = $1";
    tx.execute(sql, &[&known.token, &now]).await?;
    add_token(tx, known.user, known.session, Some(&known.token), now).await
}

/// The rules of reuse, as observed: the parent of the active token works at any age; another revoked one within the
/// interval after its last use.
async fn judge(
    context: &Context,
    tx: &Transaction<'_>,
    known: &Known,
    now: OffsetDateTime,
) -> Result<Verdict, AuthError> {
    if !known.revoked {
        return Ok(Verdict::Rotate);
    }
    let active = tx
        .query_opt(
            "select token, parent from auth.refresh_tokens where session_id = $1 and not revoked \
             order by id desc limit 1",
            &[&known.session],
        )
        .await?;
    if let Some(active) = active
        && active.get::<_, Option<String>>(1).as_deref() == Some(known.token.as_str())
    {
        return Ok(Verdict::Repeat(active.get(0)));
    }
    let within = known.updated_at + context.timing.refresh_reuse > now;
    Ok(if within {
        Verdict::Branch
    } else {
        Verdict::Reused
    })
}

/// Finds a token and locks its session, then reads the token again: somebody may have rotated it while we waited.
async fn find(tx: &Transaction<'_>, token: &str) -> Result<Option<Known>, AuthError> {
    let lock = "select s.id from auth.sessions s join auth.refresh_tokens t on t.session_id = s.id \
         where t.token = $1 for update of s";
    if tx.query_opt(lock, &[&token]).await?.is_none() {
        return Ok(None);
    }
    let row = tx
        .query_opt(
            "select s.user_id, s.id, coalesce(t.revoked, false), t.updated_at, s.not_after \
             from auth.refresh_tokens t join auth.sessions s on s.id = t.session_id where t.token = $1",
            &[&token],
        )
        .await?;
    Ok(row.map(|row| Known {
        token: token.to_owned(),
        user: row.get(0),
        session: row.get(1),
        revoked: row.get(2),
        updated_at: row.get(3),
        not_after: row.get(4),
    }))
}

/// Revoking stamps the tokens, so the newest one still works once within the interval; the real service does the same.
async fn revoke_family(
    tx: &Transaction<'_>,
    session: Uuid,
    now: OffsetDateTime,
) -> Result<(), AuthError> {
    tx.execute(
        "update auth.refresh_tokens set revoked = true, updated_at = $2 where session_id = $1 and not revoked",
        &[&session, &now],
    )
    .await?;
    Ok(())
}

fn not_found() -> AuthError {
    AuthError::new(
        400,
        "refresh_token_not_found",
        "Invalid Refresh Token: Refresh Token Not Found",
    )
}
