//! `grant_type=id_token`: a token of Apple or Google becomes a session.
//!
//! Owns: which tokens are taken, in the real service's order of checks, and whose they are: whoever the service's id belongs
//! to, else whoever has the address that the service vouches for, else somebody new. Tokens are those of the
//! [`Issuer`](crate::issuer::Issuer). Unlike the real service it never takes an address that is not vouched for.

use std::borrow::Cow;

use deadpool_postgres::Transaction;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::answer::{Answered, AuthError};
use super::session::{Method, answer, open};
use super::users::{NewUser, User, not_found};
use super::{account, body, signup};
use crate::issuer::{self, PROVIDERS};
use crate::keys::Claims;
use crate::shared::Context;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Request {
    provider: String,
    id_token: String,
    nonce: String,
    client_id: String,
    issuer: String,
}

/// Whom a token is of.
struct Person {
    provider: &'static str,
    /// As the service knows them.
    id: String,
    email: String,
    verified: bool,
    claims: Claims,
}

pub(super) async fn by_id_token(context: &Context, bytes: &[u8]) -> Answered {
    let request: Request = body::parse(bytes)?;
    let person = checked(context, &request)?;
    let now = context.clock.now();
    let mut client = context.auth_pool.get().await?;
    let tx = client.transaction().await?;
    let user = user(context, &tx, &person, now).await?;
    if user.is_banned(now) {
        return Err(AuthError::new(403, "user_banned", "User is banned"));
    }
    let issued = open(&tx, user.id, Method::OtherService, now).await?;
    let response = answer(context, &tx, user.id, issued).await?;
    tx.commit().await?;
    Ok(response)
}

/// The service that is asked for, its issuer, and the client id that its tokens must be for.
fn service<'a>(
    context: &'a Context,
    request: &Request,
) -> Result<(&'static str, &'static str, &'a str), AuthError> {
    if request.id_token.is_empty() {
        return Err(invalid("id_token required"));
    }
    if request.provider.is_empty() && (request.client_id.is_empty() || request.issuer.is_empty()) {
        return Err(invalid("provider or client_id and issuer required"));
    }
    let mut known = PROVIDERS.into_iter();
    let asked = known.find(|(name, issuer)| request.provider == *name || request.issuer == *issuer);
    let Some((provider, issuer)) = asked else {
        let text = format!("Custom OIDC provider {:?} not allowed", request.provider);
        return Err(AuthError::invalid(text));
    };
    let Some(client_id) = &context.auth.id_tokens_for else {
        let text = format!("Provider (issuer {issuer:?}) is not enabled");
        return Err(AuthError::new(400, "provider_disabled", text));
    };
    Ok((provider, issuer, client_id))
}

fn invalid(description: impl Into<Cow<'static, str>>) -> AuthError {
    AuthError::oauth("invalid request", description)
}

fn checked(context: &Context, request: &Request) -> Result<Person, AuthError> {
    let (provider, issuer, client_id) = service(context, request)?;
    let bad = || invalid("Bad ID token");
    let now = context.clock.unix();
    let verified = context.issuer.verify(&request.id_token, now);
    let claims = verified.map_err(|_| bad())?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
    if text("iss") != issuer || !claims.contains_key("exp") {
        return Err(bad());
    }
    if text("sub").is_empty() {
        return Err(invalid("Missing sub claim in id_token"));
    }
    if text("aud") != client_id {
        let text = format!("Unacceptable audience in id_token: [{}]", text("aud"));
        return Err(invalid(text));
    }
    check_nonce(&request.nonce, text("nonce"))?;
    // Apple writes it as a text.
    let verified = claims.get("email_verified") == Some(&Value::Bool(true))
        || text("email_verified") == "true";
    Ok(Person {
        provider,
        id: text("sub").to_owned(),
        email: text("email").to_lowercase(),
        verified,
        claims,
    })
}

/// The app made the nonce up, and gave the service its hash.
fn check_nonce(given: &str, hashed: &str) -> Result<(), AuthError> {
    if given.is_empty() != hashed.is_empty() {
        let text = "Passed nonce and nonce in id_token should either both exist or not.";
        return Err(invalid(text));
    }
    if !given.is_empty() && issuer::hashed(given) != hashed {
        return Err(AuthError::oauth("invalid nonce", "Nonces mismatch"));
    }
    Ok(())
}

async fn user(
    context: &Context,
    tx: &Transaction<'_>,
    person: &Person,
    now: OffsetDateTime,
) -> Result<User, AuthError> {
    let sql = "update auth.identities set identity_data = $3, last_sign_in_at = $4, updated_at = $4 \
               where provider = $1 and provider_id = $2 returning user_id";
    let told = Value::Object(told(person));
    let known = tx
        .query_opt(sql, &[&person.provider, &person.id, &told, &now])
        .await?;
    if let Some(row) = known {
        return User::by_id(tx, row.get(0)).await?.ok_or_else(not_found);
    }
    if !person.verified || person.email.is_empty() {
        let text = format!(
            "Unverified email with {0}. Verify the email with {0} in order to sign in",
            person.provider
        );
        let code = "provider_email_needs_verification";
        return Err(AuthError::new(422, code, text));
    }
    let user = match User::by_email(tx, &person.email).await? {
        Some(user) => user,
        None => add_user(context, tx, person, now).await?,
    };
    link(tx, &user, person, now).await?;
    Ok(user)
}

/// What the service says of the person.
fn told(person: &Person) -> Map<String, Value> {
    let mut map = Map::new();
    for name in ["iss", "sub", "name", "picture"] {
        if let Some(value) = person.claims.get(name) {
            map.insert(name.to_owned(), value.clone());
        }
    }
    for (name, value) in [
        ("email", json!(person.email)),
        ("email_verified", json!(person.verified)),
        ("phone_verified", json!(false)),
        ("provider_id", json!(person.id)),
    ] {
        map.insert(name.to_owned(), value);
    }
    map
}

async fn add_user(
    context: &Context,
    tx: &Transaction<'_>,
    person: &Person,
    now: OffsetDateTime,
) -> Result<User, AuthError> {
    signup::check_open(context)?;
    body::check_email(&person.email)?;
    let app = json!({ "provider": person.provider, "providers": [] });
    let new = NewUser {
        id: Uuid::new_v4(),
        role: "authenticated".to_owned(),
        email: person.email.clone(),
        password_hash: None,
        app_metadata: app.as_object().cloned().unwrap_or_default(),
        user_metadata: Map::new(),
        identity_data: Map::new(),
        confirmed: true,
    };
    new.insert_alone(tx, now).await
}

/// The user signs in by this service too from now on. Whoever had the address without having confirmed it may be another
/// person: their password does not work any more.
async fn link(
    tx: &Transaction<'_>,
    user: &User,
    person: &Person,
    now: OffsetDateTime,
) -> Result<(), AuthError> {
    let told = told(person);
    if user.email_confirmed_at.is_none() {
        let sql = "delete from auth.identities where user_id = $1";
        tx.execute(sql, &[&user.id]).await?;
        let sql = "update auth.users set encrypted_password = null, email_confirmed_at = $2 where id = $1";
        tx.execute(sql, &[&user.id, &now]).await?;
    }
    tx.execute(
        "insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, \
         updated_at) values ($1, $2, $3, $4, $5, $5, $5)",
        &[
            &person.id,
            &user.id,
            &Value::Object(told.clone()),
            &person.provider,
            &now,
        ],
    )
    .await?;
    let sql = "update auth.users set raw_user_meta_data = $2, raw_app_meta_data = coalesce(raw_app_meta_data, '{}') || \
               jsonb_build_object('providers', (select jsonb_agg(provider order by created_at, provider) \
               from auth.identities where user_id = $1)), updated_at = $3 where id = $1";
    let merged = account::merge(&user.metadata, told);
    tx.execute(sql, &[&user.id, &merged, &now]).await?;
    Ok(())
}
