//! Endpoints whose answer is a mail: `POST /recover`, `/resend` and `/otp`, `GET /reauthenticate`.
//!
//! Owns: what goes into a mail, and the 60 s between two mails of a kind to one user. Never: sends one; it goes into the
//! [`Mailbox`](super::mailbox::Mailbox).

use deadpool_postgres::Transaction;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};
use url::form_urlencoded::Serializer;

use super::answer::{Answered, AuthError, ok};
use super::codes::{self, Code, Kind};
use super::mailbox::Mail;
use super::request::Parts;
use super::users::{NewUser, User};
use super::{body, redirect, signup, token};
use crate::random;
use crate::shared::Context;

/// Shortest time between two mails of a kind to one user.
const INTERVAL: Duration = Duration::seconds(60);

/// What a mail is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A sign-up that is not confirmed at once.
    SignUp,
    /// A sign-in without a password.
    MagicLink,
    /// A forgotten password.
    Recovery,
    /// A change of the address: to the new one.
    NewAddress,
    /// The same, to the one before.
    OldAddress,
    /// A change of the password long after the sign-in.
    Reauthentication,
}

impl Purpose {
    /// The `type` of the verification.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::SignUp => "signup",
            Self::MagicLink => "magiclink",
            Self::Recovery => "recovery",
            Self::NewAddress | Self::OldAddress => "email_change",
            Self::Reauthentication => "reauthentication",
        }
    }

    pub(super) fn kind(self) -> Kind {
        match self {
            Self::SignUp => Kind::Confirmation,
            Self::MagicLink | Self::Recovery => Kind::Recovery,
            Self::NewAddress => Kind::NewAddress,
            Self::OldAddress => Kind::OldAddress,
            Self::Reauthentication => Kind::Reauthentication,
        }
    }

    /// Where it goes.
    fn address(self, user: &User) -> &str {
        match self {
            Self::NewAddress => user.email_change.as_deref().unwrap_or_default(),
            _ => &user.email,
        }
    }

    /// When the last mail of this kind went out to a user.
    fn sent(self, user: &User) -> Option<OffsetDateTime> {
        match self.kind() {
            Kind::Confirmation => user.confirmation_sent_at,
            Kind::Recovery => user.recovery_sent_at,
            Kind::NewAddress | Kind::OldAddress => user.email_change_sent_at,
            Kind::Reauthentication => user.reauthentication_sent_at,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Request {
    email: Option<String>,
    phone: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    create_user: Option<bool>,
    data: Option<Map<String, Value>>,
}

impl Request {
    fn email(&self) -> Option<String> {
        self.email.clone().filter(|email| !email.is_empty())
    }

    fn has_phone(&self) -> bool {
        self.phone.as_ref().is_some_and(|phone| !phone.is_empty())
    }
}

/// `POST /recover`: the same answer whether the user exists or not.
pub(super) async fn recover(context: &Context, request: &Parts<'_>) -> Answered {
    let asked: Request = body::parse(request.body)?;
    check_enabled(context)?;
    let email = asked.email();
    let email = email.ok_or_else(|| AuthError::invalid("Password recovery requires an email"))?;
    body::check_email(&email)?;
    let mut client = context.auth_pool.get().await?;
    let tx = client.transaction().await?;
    let mail = match User::by_email(&tx, &email).await? {
        Some(user) => Some(send(context, &tx, &user, Purpose::Recovery, request).await?),
        None => None,
    };
    tx.commit().await?;
    if let Some(mail) = mail {
        context.mails.put(mail);
    }
    Ok(ok(&json!({})))
}

/// `POST /resend` of a confirmation.
pub(super) async fn resend(context: &Context, request: &Parts<'_>) -> Answered {
    let asked: Request = body::parse(request.body)?;
    let kind = asked.kind.clone().unwrap_or_default();
    if !["signup", "email_change"].contains(&kind.as_str()) {
        let text = "Missing one of these types: signup, email_change, sms, phone_change";
        return Err(AuthError::invalid(text));
    }
    let email = asked.email();
    if email.is_some() && asked.has_phone() {
        let text = "Only an email address or phone number should be provided.";
        return Err(AuthError::invalid(text));
    }
    let Some(email) = email else {
        return Err(AuthError::invalid(
            "Type provided requires an email address",
        ));
    };
    body::check_email(&email)?;
    let mut client = context.auth_pool.get().await?;
    let tx = client.transaction().await?;
    let mails = match User::by_email(&tx, &email).await? {
        Some(user) if kind == "signup" && user.email_confirmed_at.is_none() => {
            vec![send(context, &tx, &user, Purpose::SignUp, request).await?]
        }
        Some(user) if kind == "email_change" && user.email_change.is_some() => {
            change(context, &tx, &user, request).await?
        }
        _ => Vec::new(),
    };
    tx.commit().await?;
    for mail in mails {
        context.mails.put(mail);
    }
    Ok(ok(&json!({})))
}

/// `POST /otp`: a code for whoever has the address, who becomes a user by it unless the request says otherwise.
pub(super) async fn otp(context: &Context, request: &Parts<'_>) -> Answered {
    let asked: Request = body::parse(request.body)?;
    let email = asked.email();
    if email.is_some() && asked.has_phone() {
        let text = "Only an email address or phone number should be provided";
        return Err(AuthError::invalid(text));
    }
    match email {
        Some(email) => sign_in_by_mail(context, request, asked, email).await,
        None if asked.has_phone() => Err(AuthError::new(
            400,
            "phone_provider_disabled",
            "Unsupported phone provider",
        )),
        None => Err(AuthError::invalid("One of email or phone must be set")),
    }
}

/// A confirmed user gets a link; everybody else signs up, and the mail confirms that.
async fn sign_in_by_mail(
    context: &Context,
    request: &Parts<'_>,
    asked: Request,
    email: String,
) -> Answered {
    check_enabled(context)?;
    body::check_email(&email)?;
    let mut client = context.auth_pool.get().await?;
    let tx = client.transaction().await?;
    let known = User::by_email(&tx, &email).await?;
    if known.is_none() && asked.create_user == Some(false) {
        let text = "Signups not allowed for otp";
        return Err(AuthError::new(422, "otp_disabled", text));
    }
    let user = if let Some(user) = known {
        user
    } else {
        signup::check_open(context)?;
        new_user(context, email, asked.data.unwrap_or_default())
            .await?
            .insert(&tx, context.clock.now())
            .await?
    };
    let purpose = if user.email_confirmed_at.is_some() {
        Purpose::MagicLink
    } else {
        Purpose::SignUp
    };
    let mail = send(context, &tx, &user, purpose, request).await?;
    tx.commit().await?;
    context.mails.put(mail);
    Ok(ok(&json!({})))
}

/// Nobody knows the password: the mail is the way in, or the way to another.
async fn new_user(
    context: &Context,
    email: String,
    data: Map<String, Value>,
) -> Result<NewUser, AuthError> {
    let letters = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let given = random::text(letters, 64);
    signup::new_user(context, email.to_lowercase(), given, data).await
}

/// `GET /reauthenticate`: a code for whoever the token is of, to be handed in with a new password.
pub(super) async fn reauthenticate(context: &Context, request: &Parts<'_>) -> Answered {
    let claims = token::claims(context, request.headers)?;
    let mut client = context.auth_pool.get().await?;
    let tx = client.transaction().await?;
    let user = token::user(context, &tx, &claims).await?.user;
    if user.email_confirmed_at.is_none() {
        let text = "Please verify your email first.";
        return Err(AuthError::new(422, "email_not_confirmed", text));
    }
    let mail = send(context, &tx, &user, Purpose::Reauthentication, request).await?;
    tx.commit().await?;
    context.mails.put(mail);
    Ok(ok(&json!({})))
}

/// The mails about the address that a user wants: whoever has the one before gets one too.
pub(super) async fn change(
    context: &Context,
    tx: &Transaction<'_>,
    user: &User,
    request: &Parts<'_>,
) -> Result<Vec<Mail>, AuthError> {
    let mut mails = Vec::new();
    for purpose in [Purpose::OldAddress, Purpose::NewAddress] {
        if !purpose.address(user).is_empty() {
            mails.push(send(context, tx, user, purpose, request).await?);
        }
    }
    Ok(mails)
}

fn check_enabled(context: &Context) -> Result<(), AuthError> {
    if context.auth.email_disabled {
        let text = "Email logins are disabled";
        return Err(AuthError::new(400, "email_provider_disabled", text));
    }
    Ok(())
}

/// A mail with a new code, unless the last one is too young. It goes into the mailbox after the commit.
pub(super) async fn send(
    context: &Context,
    tx: &Transaction<'_>,
    user: &User,
    purpose: Purpose,
    request: &Parts<'_>,
) -> Result<Mail, AuthError> {
    let now = context.clock.now();
    check_interval(purpose.sent(user), now)?;
    let code = make(tx, user, purpose, now).await?;
    let back = redirect::target(request.parameter("redirect_to").as_deref());
    Ok(Mail {
        to: purpose.address(user).to_owned(),
        kind: purpose.name(),
        link: link(context, &code, purpose, &back),
        code: code.digits,
        sent_at: now.format(&Rfc3339).unwrap_or_default(),
    })
}

/// Refuses a second mail within the interval.
fn check_interval(sent: Option<OffsetDateTime>, now: OffsetDateTime) -> Result<(), AuthError> {
    let wait = sent.map_or(Duration::ZERO, |sent| sent + INTERVAL - now);
    if wait <= Duration::ZERO {
        return Ok(());
    }
    let seconds = wait.whole_seconds();
    let text = format!("For security purposes, you can only request this after {seconds} seconds.");
    Err(AuthError::new(429, "over_email_send_rate_limit", text))
}

/// Makes the code and notes on the user that its mail goes out now.
pub(super) async fn make(
    tx: &Transaction<'_>,
    user: &User,
    purpose: Purpose,
    now: OffsetDateTime,
) -> Result<Code, AuthError> {
    let sql = match purpose.kind() {
        Kind::Confirmation => "update auth.users set confirmation_sent_at = $2 where id = $1",
        Kind::Recovery => "update auth.users set recovery_sent_at = $2 where id = $1",
        Kind::NewAddress | Kind::OldAddress => {
            "update auth.users set email_change_sent_at = $2 where id = $1"
        }
        Kind::Reauthentication => {
            "update auth.users set reauthentication_sent_at = $2 where id = $1"
        }
    };
    tx.execute(sql, &[&user.id, &now]).await?;
    codes::make(tx, (user.id, purpose.address(user)), purpose.kind(), now).await
}

/// The address that does what the code does.
pub(super) fn link(context: &Context, code: &Code, purpose: Purpose, back: &str) -> String {
    let query = Serializer::new(String::new())
        .append_pair("token", &code.hash)
        .append_pair("type", purpose.name())
        .append_pair("redirect_to", back)
        .finish();
    format!("{}/auth/v1/verify?{query}", context.url)
}
