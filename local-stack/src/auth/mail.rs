//! Endpoints that would send a mail. None is sent; answers and the 60 s interval are the real ones.

use deadpool_postgres::Transaction;
use serde::Deserialize;
use serde_json::json;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::answer::{Answered, AuthError, ok};
use super::body;
use super::users::User;
use crate::shared::Context;

/// Shortest time between two mails of a kind to one user.
const INTERVAL: Duration = Duration::seconds(60);

/// Mails whose sending is noted on the user.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// After a sign-up that is not confirmed at once.
    Confirmation,
    /// A forgotten password.
    Recovery,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Request {
    email: Option<String>,
    phone: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// `POST /recover`: the same answer whether the user exists or not.
pub(super) async fn recover(context: &Context, bytes: &[u8]) -> Answered {
    let request: Request = body::parse(bytes)?;
    if context.auth.email_disabled {
        let text = "Email logins are disabled";
        return Err(AuthError::new(400, "email_provider_disabled", text));
    }
    let email = request.email.filter(|email| !email.is_empty());
    let email = email.ok_or_else(|| AuthError::invalid("Password recovery requires an email"))?;
    body::check_email(&email)?;
    let now = context.clock.now();
    let mut client = context.auth_pool.get().await?;
    let tx = client.transaction().await?;
    if let Some(user) = User::by_email(&tx, &email).await? {
        check_interval(user.recovery_sent_at, now)?;
        note(&tx, user.id, Kind::Recovery, now).await?;
    }
    tx.commit().await?;
    Ok(ok(&json!({})))
}

/// `POST /resend` of a confirmation.
pub(super) async fn resend(context: &Context, bytes: &[u8]) -> Answered {
    let request: Request = body::parse(bytes)?;
    let kind = request.kind.unwrap_or_default();
    if !["signup", "email_change"].contains(&kind.as_str()) {
        let text = "Missing one of these types: signup, email_change, sms, phone_change";
        return Err(AuthError::invalid(text));
    }
    let email = request.email.filter(|email| !email.is_empty());
    let phone = request.phone.filter(|phone| !phone.is_empty());
    if email.is_some() && phone.is_some() {
        let text = "Only an email address or phone number should be provided.";
        return Err(AuthError::invalid(text));
    }
    let Some(email) = email else {
        return Err(AuthError::invalid(
            "Type provided requires an email address",
        ));
    };
    body::check_email(&email)?;
    let now = context.clock.now();
    let mut client = context.auth_pool.get().await?;
    let tx = client.transaction().await?;
    let user = User::by_email(&tx, &email).await?;
    if let Some(user) = user.filter(|user| kind == "signup" && user.email_confirmed_at.is_none()) {
        check_interval(user.confirmation_sent_at, now)?;
        note(&tx, user.id, Kind::Confirmation, now).await?;
    }
    tx.commit().await?;
    Ok(ok(&json!({})))
}

/// Refuses a second mail within the interval.
pub(super) fn check_interval(
    sent: Option<OffsetDateTime>,
    now: OffsetDateTime,
) -> Result<(), AuthError> {
    let wait = sent.map_or(Duration::ZERO, |sent| sent + INTERVAL - now);
    if wait <= Duration::ZERO {
        return Ok(());
    }
    let seconds = wait.whole_seconds();
    let text = format!("For security purposes, you can only request this after {seconds} seconds.");
    Err(AuthError::new(429, "over_email_send_rate_limit", text))
}

/// Notes that a mail would have gone out now.
pub(super) async fn note(
    tx: &Transaction<'_>,
    user: Uuid,
    kind: Kind,
    now: OffsetDateTime,
) -> Result<(), AuthError> {
    let sql = match kind {
        Kind::Confirmation => "update auth.users set confirmation_sent_at = $2 where id = $1",
        Kind::Recovery => "update auth.users set recovery_sent_at = $2 where id = $1",
    };
    tx.execute(sql, &[&user, &now]).await?;
    Ok(())
}
