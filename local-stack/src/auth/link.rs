//! `POST /admin/generate_link`: a server gets the code of a mail itself, for a mail of its own or for a test.

use axum::response::Response;
use deadpool_postgres::Transaction;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::account::taken;
use super::answer::{Answered, AuthError, ok};
use super::mail::{self, Purpose};
use super::users::{NewUser, User, UserJson, identities, not_found};
use super::{body, password, redirect, signup};
use crate::shared::Context;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Request {
    #[serde(rename = "type")]
    kind: String,
    email: String,
    password: Option<String>,
    data: Option<Map<String, Value>>,
    redirect_to: Option<String>,
}

#[derive(Serialize)]
struct Generated<'a> {
    #[serde(flatten)]
    user: UserJson<'a>,
    action_link: String,
    email_otp: String,
    hashed_token: String,
    verification_type: &'static str,
    redirect_to: String,
}

pub(super) async fn generate(
    context: &Context,
    tx: &Transaction<'_>,
    bytes: &[u8],
) -> Answered<Response> {
    let request: Request = body::parse(bytes)?;
    body::check_email(&request.email)?;
    let known = User::by_email(tx, &request.email).await?;
    let (user, purpose) = match (request.kind.as_str(), known) {
        ("signup", Some(user)) if user.email_confirmed_at.is_some() => return Err(taken()),
        ("signup", Some(user)) => (user, Purpose::SignUp),
        ("signup", None) => (new_user(context, tx, &request).await?, Purpose::SignUp),
        ("magiclink", Some(user)) => (user, Purpose::MagicLink),
        ("recovery", Some(user)) => (user, Purpose::Recovery),
        ("magiclink" | "recovery", None) => {
            let text = "User with this email not found";
            return Err(AuthError::new(404, "user_not_found", text));
        }
        _ => return Err(AuthError::invalid("Invalid email action link type")),
    };
    let code = mail::make(tx, &user, purpose, context.clock.now()).await?;
    let user = User::by_id(tx, user.id).await?.ok_or_else(not_found)?;
    let redirect_to = redirect::target(request.redirect_to.as_deref());
    Ok(ok(&Generated {
        user: user.json(identities(tx, user.id).await?),
        action_link: mail::link(context, &code, purpose, &redirect_to),
        email_otp: code.digits,
        hashed_token: code.hash,
        verification_type: purpose.name(),
        redirect_to,
    }))
}

/// Unconfirmed, whatever the service does with sign-ups.
async fn new_user(
    context: &Context,
    tx: &Transaction<'_>,
    request: &Request,
) -> Result<User, AuthError> {
    let given = request.password.clone().filter(|given| !given.is_empty());
    let given = given.ok_or_else(|| AuthError::invalid("Signup requires a valid password"))?;
    password::check(&given, context.auth.min_password)?;
    let data = request.data.clone().unwrap_or_default();
    let email = request.email.to_lowercase();
    let new = signup::new_user(context, email, given, data.clone()).await?;
    let new = NewUser {
        confirmed: false,
        user_metadata: data,
        ..new
    };
    new.insert(tx, context.clock.now()).await
}
