//! Sessions: their rows, their refresh tokens, the access token and the session object.

use axum::response::Response;
use deadpool_postgres::Transaction;
use serde::Serialize;
use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::answer::{Answered, AuthError, add_headers, ok};
use super::redirect;
use super::users::{User, UserJson, identities};
use crate::random;
use crate::shared::Context;

/// How a person showed who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// By the password.
    Password,
    /// By a code or a link of a mail.
    Code,
    /// By a token of another service.
    OtherService,
}

impl Method {
    /// As `amr` names it.
    fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "otp",
            Self::OtherService => "oauth",
        }
    }
}

/// Alphabet of refresh tokens (base 32, lower case) and their length.
const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyz234567";
const LENGTH: usize = 12;

/// The session object of answers.
#[derive(Debug, Serialize)]
pub(super) struct SessionJson<'a> {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    expires_at: i64,
    refresh_token: &'a str,
    user: UserJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weak_password: Option<Value>,
}

/// What an answer with a session is made of.
#[derive(Debug)]
pub(super) struct Issued {
    pub(super) session: Uuid,
    pub(super) refresh_token: String,
    /// `sb-auth-refresh-token-reuse: false` is sent for the first use of a token.
    pub(super) first_use: bool,
    /// `Some` in password answers only: `null`, or why the right password is weak.
    pub(super) weak_password: Option<Value>,
    /// The user was made by this very request.
    pub(super) is_new_user: bool,
}

/// A new session, with its first refresh token.
pub(super) async fn open(
    tx: &Transaction<'_>,
    user: Uuid,
    method: Method,
    now: OffsetDateTime,
) -> Result<Issued, AuthError> {
    let session = Uuid::new_v4();
    tx.execute(
        "insert into auth.sessions (id, user_id, created_at, updated_at) values ($1, $2, $3, $3)",
        &[&session, &user, &now],
    )
    .await?;
    tx.execute(
        "insert into auth.mfa_amr_claims (session_id, created_at, updated_at, authentication_method) \
         values ($1, $2, $2, $3)",
        &[&session, &now, &method.name()],
    )
    .await?;
    tx.execute(
        "update auth.users set last_sign_in_at = $2, updated_at = $2 where id = $1",
        &[&user, &now],
    )
    .await?;
    let refresh_token = add_token(tx, user, session, None, now).await?;
    Ok(Issued {
        session,
        refresh_token,
        first_use: false,
        weak_password: None,
        is_new_user: false,
    })
}

/// A new refresh token of a session; `parent` is the one it replaces.
pub(super) async fn add_token(
    tx: &Transaction<'_>,
    user: Uuid,
    session: Uuid,
    parent: Option<&str>,
    now: OffsetDateTime,
) -> Result<String, AuthError> {
    let token = random::text(ALPHABET, LENGTH);
    tx.execute(
        "insert into auth.refresh_tokens (instance_id, token, user_id, revoked, created_at, updated_at, parent, \
         session_id) values ('00000000-0000-0000-0000-000000000000', $1, $2::uuid::text, false, $3, $3, $4, $5)",
        &[&token, &user, &now, &parent, &session],
    )
    .await?;
    Ok(token)
}

/// A signed access token.
struct Signed {
    token: String,
    /// In seconds.
    lifetime: i64,
    /// In unix seconds.
    expires_at: i64,
}

async fn sign(
    context: &Context,
    tx: &Transaction<'_>,
    user: &User,
    issued: &Issued,
) -> Result<Signed, AuthError> {
    let lifetime = i64::try_from(context.timing.access_token.as_secs()).unwrap_or(i64::MAX);
    let issued_at = context.clock.unix();
    let expires_at = issued_at + lifetime;
    let claims = claims(context, tx, user, issued, (issued_at, expires_at)).await?;
    Ok(Signed {
        token: context.keys.sign(&claims)?,
        lifetime,
        expires_at,
    })
}

/// Signs an access token and answers with the session object.
pub(super) async fn answer(
    context: &Context,
    tx: &Transaction<'_>,
    user: Uuid,
    issued: Issued,
) -> Answered {
    let user = User::by_id(tx, user)
        .await?
        .ok_or_else(super::users::not_found)?;
    let signed = sign(context, tx, &user, &issued).await?;
    let mut identities = identities(tx, user.id).await?;
    if issued.is_new_user {
        mark_verified(&mut identities);
    }
    let mut user_json = user.json(identities);
    if issued.is_new_user {
        user_json.confirmed_at = None;
    }
    let mut response = ok(&SessionJson {
        access_token: signed.token,
        token_type: "bearer",
        expires_in: signed.lifetime,
        expires_at: signed.expires_at,
        refresh_token: &issued.refresh_token,
        user: user_json,
        weak_password: issued.weak_password.clone(),
    });
    headers(&mut response, user.id, &issued);
    Ok(response)
}

/// Sends a browser on with the session: `target`, and the type of the verification.
pub(super) async fn redirected(
    context: &Context,
    tx: &Transaction<'_>,
    user: Uuid,
    issued: Issued,
    (target, kind): (&str, &str),
) -> Answered {
    let user = User::by_id(tx, user)
        .await?
        .ok_or_else(super::users::not_found)?;
    let signed = sign(context, tx, &user, &issued).await?;
    let members = [
        ("access_token", signed.token),
        ("expires_at", signed.expires_at.to_string()),
        ("expires_in", signed.lifetime.to_string()),
        ("refresh_token", issued.refresh_token.clone()),
        ("sb", String::new()),
        ("token_type", "bearer".to_owned()),
        ("type", kind.to_owned()),
    ];
    let mut response = redirect::to(target, &members);
    headers(&mut response, user.id, &issued);
    Ok(response)
}

/// The answer to a sign-up calls the address verified, though the stored identity never does.
fn mark_verified(identities: &mut Value) {
    for identity in identities.as_array_mut().into_iter().flatten() {
        identity["identity_data"]["email_verified"] = json!(true);
    }
}

fn headers(response: &mut Response, user: Uuid, issued: &Issued) {
    let prefix: String = issued.refresh_token.chars().take(5).collect();
    let mut add = vec![
        ("sb-auth-user-id", user.to_string()),
        ("sb-auth-session-id", issued.session.to_string()),
        ("sb-auth-refresh-token-prefix", prefix),
    ];
    if issued.first_use {
        add.push(("sb-auth-refresh-token-reuse", "false".to_owned()));
    }
    add_headers(response.headers_mut(), &add);
}

/// Claims of an access token. `amr` keeps the time of the sign-in across refreshes.
async fn claims(
    context: &Context,
    tx: &Transaction<'_>,
    user: &User,
    issued: &Issued,
    (issued_at, expires_at): (i64, i64),
) -> Result<Value, AuthError> {
    let rows = tx
        .query(
            "select authentication_method, created_at from auth.mfa_amr_claims where session_id = $1 \
             order by created_at desc",
            &[&issued.session],
        )
        .await?;
    let methods: Vec<Value> = rows
        .iter()
        .map(|row| {
            let at: OffsetDateTime = row.get(1);
            json!({"method": row.get::<_, String>(0), "timestamp": at.unix_timestamp()})
        })
        .collect();
    Ok(json!({
        "iss": format!("{}/auth/v1", context.url),
        "sub": user.id,
        "aud": user.aud,
        "exp": expires_at,
        "iat": issued_at,
        "email": user.email,
        "phone": user.phone,
        "app_metadata": user.app_metadata,
        "user_metadata": user.metadata,
        "role": user.role,
        "aal": "aal1",
        "amr": methods,
        "session_id": issued.session,
        "is_anonymous": user.is_anonymous,
    }))
}
