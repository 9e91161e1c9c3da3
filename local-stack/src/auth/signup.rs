//! `POST /signup`.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::answer::{Answered, AuthError, ok};
use super::mail::Purpose;
use super::request::Parts;
use super::session::{Method, answer, open};
use super::users::{NewUser, User, identities};
use super::{body, mail, password};
use crate::shared::Context;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Request {
    email: Option<String>,
    phone: Option<String>,
    password: Option<String>,
    data: Option<Map<String, Value>>,
}

pub(super) async fn signup(context: &Context, sent: &Parts<'_>) -> Answered {
    check_open(context)?;
    let request: Request = body::parse(sent.body)?;
    let given = request.password.unwrap_or_default();
    let email = check(context, request.email, request.phone, &given)?;
    let data = request.data.unwrap_or_default();
    let now = context.clock.now();
    let mut client = context.auth_pool.get().await?;
    let tx = client.transaction().await?;
    let known = User::by_email(&tx, &email).await?;
    let user = match known {
        Some(known) if context.auth.autoconfirm || known.email_confirmed_at.is_some() => {
            // As long as for a new user, and for nothing.
            password::hash(given).await?;
            return taken(context, &known, data, now);
        }
        Some(known) => known,
        None => {
            let new = new_user(context, email, given, data).await?;
            new.insert(&tx, now).await?
        }
    };
    if context.auth.autoconfirm {
        let mut issued = open(&tx, user.id, Method::Password, now).await?;
        issued.is_new_user = true;
        let response = answer(context, &tx, user.id, issued).await?;
        tx.commit().await?;
        return Ok(response);
    }
    let mail = mail::send(context, &tx, &user, Purpose::SignUp, sent).await?;
    let user = User::by_id(&tx, user.id)
        .await?
        .ok_or_else(super::users::not_found)?;
    let response = ok(&user.json(identities(&tx, user.id).await?));
    tx.commit().await?;
    context.mails.put(mail);
    Ok(response)
}

/// Refuses where nobody new is taken.
pub(super) fn check_open(context: &Context) -> Result<(), AuthError> {
    if context.auth.signup_disabled {
        let text = "Signups not allowed for this instance";
        return Err(AuthError::new(422, "signup_disabled", text));
    }
    Ok(())
}

/// The checks before the database is asked, in the real service's order. Gives the address in lower case.
fn check(
    context: &Context,
    email: Option<String>,
    phone: Option<String>,
    given: &str,
) -> Result<String, AuthError> {
    let email = email.unwrap_or_default();
    let phone = phone.unwrap_or_default();
    if email.is_empty() && phone.is_empty() {
        let text = "Anonymous sign-ins are disabled";
        return Err(AuthError::new(422, "anonymous_provider_disabled", text));
    }
    if given.is_empty() {
        return Err(AuthError::invalid("Signup requires a valid password"));
    }
    password::check(given, context.auth.min_password)?;
    if !email.is_empty() && !phone.is_empty() {
        let text = "Only an email address or phone number should be provided on signup.";
        return Err(AuthError::invalid(text));
    }
    if email.is_empty() {
        return Err(AuthError::new(
            400,
            "phone_provider_disabled",
            "Phone signups are disabled",
        ));
    }
    if context.auth.email_disabled {
        return Err(AuthError::new(
            400,
            "email_provider_disabled",
            "Email signups are disabled",
        ));
    }
    body::check_email(&email)?;
    Ok(email.to_lowercase())
}

/// A user by e-mail, confirmed where that needs no mail. The address in lower case.
pub(super) async fn new_user(
    context: &Context,
    email: String,
    given: String,
    data: Map<String, Value>,
) -> Result<NewUser, AuthError> {
    let id = Uuid::new_v4();
    let known = |verified: bool| {
        let mut map = data.clone();
        map.insert("email".to_owned(), json!(email));
        map.insert("email_verified".to_owned(), json!(verified));
        map.insert("phone_verified".to_owned(), json!(false));
        map.insert("sub".to_owned(), json!(id));
        map
    };
    Ok(NewUser {
        id,
        role: "authenticated".to_owned(),
        password_hash: Some(password::hash(given).await?),
        app_metadata: email_provider(),
        user_metadata: known(context.auth.autoconfirm),
        identity_data: known(false),
        confirmed: context.auth.autoconfirm,
        email,
    })
}

/// `app_metadata` of a user who came by e-mail.
pub(super) fn email_provider() -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("provider".to_owned(), json!("email"));
    map.insert("providers".to_owned(), json!(["email"]));
    map
}

/// The address has a user already. Where addresses are confirmed by mail that is not given away.
fn taken(
    context: &Context,
    known: &User,
    data: Map<String, Value>,
    now: OffsetDateTime,
) -> Answered {
    if context.auth.autoconfirm {
        return Err(AuthError::new(
            422,
            "user_already_exists",
            "User already registered",
        ));
    }
    Ok(ok(&made_up(known.email.clone(), data, now).json(json!([]))))
}

/// A user who does not exist, so that nobody learns whether an address is registered: nothing of the real one but what
/// the caller sent.
fn made_up(email: String, data: Map<String, Value>, now: OffsetDateTime) -> User {
    User {
        id: Uuid::new_v4(),
        aud: "authenticated".to_owned(),
        role: String::new(),
        email,
        password_hash: None,
        phone: String::new(),
        email_confirmed_at: None,
        confirmation_sent_at: Some(now),
        confirmed_at: None,
        email_change: None,
        email_change_sent_at: None,
        recovery_sent_at: None,
        reauthentication_sent_at: None,
        last_sign_in_at: None,
        app_metadata: Value::Object(email_provider()),
        metadata: Value::Object(data),
        created_at: Some(now),
        updated_at: Some(now),
        banned_until: None,
        deleted_at: None,
        is_anonymous: false,
    }
}
