//! `/verify`: a code or a link of a mail becomes a session.

use axum::response::Response;
use deadpool_postgres::Transaction;
use serde::Deserialize;
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

use super::answer::{Answered, AuthError, ok};
use super::codes::{self, Kind};
use super::request::Parts;
use super::session::{self, Issued};
use super::users::User;
use super::{account, body, redirect};
use crate::shared::Context;

/// Said of the first confirmation of a change of address.
const ONE_OF_TWO: &str =
    "Confirmation link accepted. Please proceed to confirm link sent to the other email";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Request {
    #[serde(rename = "type")]
    kind: String,
    token: String,
    token_hash: String,
    email: String,
    phone: String,
    redirect_to: String,
}

/// `POST /verify`: by an app, with the address and the digits, or with the hash of a link.
pub(super) async fn by_app(context: &Context, request: &Parts<'_>) -> Answered {
    let asked: Request = body::parse(request.body)?;
    let hash = checked(&asked)?;
    let mut client = context.auth_pool.get().await?;
    let tx = client.transaction().await?;
    let kinds = Kind::of_type(&asked.kind);
    let user = if asked.token.is_empty() {
        let owner = codes::find(&tx, &hash, kinds).await?;
        owner.map(|(user, _)| user)
    } else if asked.kind == "email_change" {
        owner_of_change(&tx, &asked.email, &hash).await?
    } else {
        let user = User::by_email(&tx, &asked.email).await?;
        user.map(|user| user.id)
    };
    let issued = exchange(context, &tx, user, &hash, kinds).await;
    let answer = match issued {
        Ok(Exchanged::Session(user, issued)) => session::answer(context, &tx, user, issued).await,
        Ok(Exchanged::OneOfTwo) => Ok(ok(&json!({ "code": "200", "msg": ONE_OF_TWO }))),
        Err(error) => Err(error),
    };
    // A wrong code stays counted.
    tx.commit().await?;
    answer
}

/// `GET /verify`: by a browser, from the link of a mail. Every answer but a malformed request's is a redirect.
pub(super) async fn by_link(context: &Context, request: &Parts<'_>) -> Answered {
    let kind = request.parameter("type").unwrap_or_default();
    let hash = request.parameter("token").unwrap_or_default();
    if kind.is_empty() {
        return Err(AuthError::invalid("Verify requires a verification type"));
    }
    if hash.is_empty() {
        let text = "Verify requires a token or a token hash";
        return Err(AuthError::invalid(text));
    }
    let target = redirect::target(request.parameter("redirect_to").as_deref());
    let followed = follow(context, &kind, &hash, &target).await;
    Ok(followed.unwrap_or_else(|mut error| {
        if error.code == "otp_expired" {
            error.message = "Email link is invalid or has expired".into();
        }
        redirect::refused(&target, &error)
    }))
}

async fn follow(context: &Context, kind: &str, hash: &str, target: &str) -> Answered<Response> {
    let mut client = context.auth_pool.get().await?;
    let tx = client.transaction().await?;
    let kinds = Kind::of_type(kind);
    let owner = codes::find(&tx, hash, kinds).await?;
    let user = owner.map(|(user, _)| user);
    let issued = exchange(context, &tx, user, hash, kinds).await;
    let answer = match issued {
        Ok(Exchanged::Session(user, issued)) => {
            session::redirected(context, &tx, user, issued, (target, kind)).await
        }
        Ok(Exchanged::OneOfTwo) => {
            let members = [("message", ONE_OF_TWO.to_owned()), ("sb", String::new())];
            Ok(redirect::to(target, &members))
        }
        Err(error) => Err(error),
    };
    tx.commit().await?;
    answer
}

/// The hash that is looked for.
fn checked(asked: &Request) -> Result<String, AuthError> {
    if asked.kind.is_empty() {
        return Err(AuthError::invalid("Verify requires a verification type"));
    }
    if asked.token.is_empty() == asked.token_hash.is_empty() {
        let text = "Verify requires either a token or a token hash";
        return Err(AuthError::invalid(text));
    }
    let (email, phone) = (!asked.email.is_empty(), !asked.phone.is_empty());
    if asked.token.is_empty() {
        if email || phone || !asked.redirect_to.is_empty() {
            let text = "Only the token_hash and type should be provided";
            return Err(AuthError::invalid(text));
        }
        return Ok(asked.token_hash.clone());
    }
    if email == phone {
        let text = "Only an email address or phone number should be provided on verify";
        return Err(AuthError::invalid(text));
    }
    if phone {
        return Err(expired());
    }
    if body::check_email(&asked.email).is_err() {
        let text = "Invalid email format";
        return Err(AuthError::new(422, "validation_failed", text));
    }
    Ok(codes::hash(&asked.email, &asked.token))
}

/// One answer for a code that is wrong, used or too old, and for an address that is nobody's.
fn expired() -> AuthError {
    AuthError::new(403, "otp_expired", "Token has expired or is invalid")
}

/// Who changes an address that may have become another's meanwhile: the hash tells, or for a wrong code, which counts, the
/// address.
async fn owner_of_change(
    tx: &Transaction<'_>,
    email: &str,
    hash: &str,
) -> Result<Option<Uuid>, AuthError> {
    let kinds = Kind::of_type("email_change");
    if let Some((user, _)) = codes::find(tx, hash, kinds).await? {
        return Ok(Some(user));
    }
    let known = match User::by_new_email(tx, email).await? {
        Some(user) => Some(user),
        None => User::by_email(tx, email).await?,
    };
    Ok(known.map(|user| user.id))
}

/// What a code became.
enum Exchanged {
    Session(Uuid, Issued),
    /// The other address has to be confirmed too.
    OneOfTwo,
}

/// Uses the code up, confirms the address, opens a session.
async fn exchange(
    context: &Context,
    tx: &Transaction<'_>,
    user: Option<Uuid>,
    hash: &str,
    kinds: &[Kind],
) -> Result<Exchanged, AuthError> {
    let now = context.clock.now();
    let user = match user {
        Some(id) => User::by_id(tx, id).await?,
        None => None,
    };
    let user = user.ok_or_else(expired)?;
    if user.is_banned(now) {
        return Err(AuthError::new(403, "user_banned", "User is banned"));
    }
    let spent = codes::spend(context, tx, (user.id, hash), kinds).await?;
    let of_a_change = [Kind::NewAddress, Kind::OldAddress].contains(&spent.ok_or_else(expired)?);
    if of_a_change && !account::confirm_change(tx, &user, now).await? {
        return Ok(Exchanged::OneOfTwo);
    }
    if user.email_confirmed_at.is_none() {
        confirm(tx, user.id, now).await?;
    }
    let issued = session::open(tx, user.id, session::Method::Code, now).await?;
    Ok(Exchanged::Session(user.id, issued))
}

async fn confirm(tx: &Transaction<'_>, user: Uuid, now: OffsetDateTime) -> Result<(), AuthError> {
    tx.execute(
        "update auth.users set email_confirmed_at = $2, updated_at = $2, \
         raw_user_meta_data = coalesce(raw_user_meta_data, '{}') || '{\"email_verified\": true}' where id = $1",
        &[&user, &now],
    )
    .await?;
    tx.execute(
        "update auth.identities set identity_data = identity_data || '{\"email_verified\": true}' \
         where user_id = $1 and provider = 'email'",
        &[&user],
    )
    .await?;
    Ok(())
}
