//! What a person signs in with: codes that are sent, another password, another address.

use std::sync::Arc;
use std::time::Duration;

use serde::de::{DeserializeOwned, IgnoredAny};

use super::enter::{address, digits, entered};
use super::shared::{Session, SessionState, detached};
use super::token_response::UserWire;
use crate::error::{Error, Result};
use crate::model::UserId;
use crate::net::{AuthCall, CodeMessage, CredentialChange, verdict};
use crate::redact::Secret;

/// A call as the person wants a token that lasts this long at least.
const CALL_VALIDITY: Duration = Duration::from_secs(15);

/// What came of a change of the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum EmailChange {
    /// It is the address now.
    Changed,
    /// A message was sent to the new address, and to the old one if the server wants both: their links must be opened
    /// first. Until then the old address holds.
    ConfirmEmail,
}

/// What is asked of the service as the person who is signed in.
#[derive(Debug)]
enum Request {
    Change(CredentialChange),
    Reauthenticate,
}

impl Request {
    fn call<'a>(&'a self, access: &'a Secret) -> AuthCall<'a> {
        match self {
            Self::Change(change) => AuthCall::Change(change, access),
            Self::Reauthenticate => AuthCall::Reauthenticate(access),
        }
    }
}

impl Session {
    /// Has a code sent to an address, for [`Session::sign_in_with_code`]. `create_account`: an address without an account
    /// gets one, which has no name yet.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an empty address; [`Error::Auth`] with `otp_disabled` for an address without an account,
    /// `signup_disabled`, `validation_failed`; [`Error::Server`] with `over_email_send_rate_limit`, and how long to wait;
    /// network errors.
    pub async fn send_code(&self, email: &str, create_account: bool) -> Result<()> {
        let email = address(email)?;
        self.send(CodeMessage::SignIn {
            email,
            create_account,
        })
        .await
    }

    /// Has a code sent to an address whose password is forgotten. The answer is the same where nobody has the address.
    ///
    /// # Errors
    /// As [`Session::send_code`].
    pub async fn send_recovery_code(&self, email: &str) -> Result<()> {
        let email = address(email)?;
        self.send(CodeMessage::Recovery { email }).await
    }

    async fn send(&self, message: CodeMessage) -> Result<()> {
        let http = self.0.http.clone();
        detached(async move {
            let sent: Result<IgnoredAny> = http.auth(AuthCall::Send(&message)).await;
            sent.map(drop)
        })
        .await
    }

    /// Has a code sent to the person who is signed in, for [`Session::set_password`] where the service wants to know that
    /// it is still them.
    ///
    /// # Errors
    /// [`Error::SignedOut`]; as [`Session::send_code`].
    pub async fn send_reauthentication_code(&self) -> Result<()> {
        let sent: Result<IgnoredAny> = self.ask(Request::Reauthenticate).await;
        sent.map(drop)
    }

    /// Gives the person another password. Their sessions on other devices end.
    ///
    /// # Errors
    /// [`Error::SignedOut`]; [`Error::Invalid`] for an empty one; [`Error::Auth`] with `weak_password`, `same_password`,
    /// `reauthentication_needed` (then have a code sent), `reauthentication_not_valid` (it is wrong or too old); network
    /// errors. The old password holds then, but after [`Error::Timeout`] or [`Error::Protocol`] either may.
    pub async fn set_password(&self, password: Secret, code: Option<Secret>) -> Result<()> {
        let password = entered("password", password)?;
        let code = code.as_ref().map(digits).transpose()?;
        let change = CredentialChange::Password { password, code };
        let changed: Result<UserWire> = self.ask(Request::Change(change)).await;
        changed.map(drop)
    }

    /// Gives the person another address, at once or when they have opened the link of a message.
    ///
    /// # Errors
    /// [`Error::SignedOut`]; [`Error::Invalid`] for an empty one; [`Error::Auth`] with `email_exists`,
    /// `validation_failed`; [`Error::Server`] with `over_email_send_rate_limit`; network errors.
    pub async fn set_email(&self, email: &str) -> Result<EmailChange> {
        let email = address(email)?;
        let change = CredentialChange::Email {
            email: email.clone(),
        };
        let user: UserWire = self.ask(Request::Change(change)).await?;
        Ok(if user.is_at(&email) {
            EmailChange::Changed
        } else {
            EmailChange::ConfirmEmail
        })
    }

    /// An access token for other uses, such as files: it lasts `min_validity` at least (half its life at most).
    ///
    /// # Errors
    /// [`Error::SignedOut`]; [`Error::Offline`] and other network errors when it must be renewed and cannot be.
    pub async fn access_token(&self, min_validity: Duration) -> Result<Secret> {
        let user = self.signed_in()?;
        self.lasting_token(user, min_validity).await
    }

    /// Asks as the person who is signed in. A token that is refused is replaced and the request repeated, once.
    async fn ask<T: DeserializeOwned + Send + 'static>(&self, request: Request) -> Result<T> {
        let session = Self(Arc::clone(&self.0));
        let user = self.signed_in()?;
        detached(async move {
            let http = &session.0.http;
            let access = session.token(user, CALL_VALIDITY).await?;
            match http.auth(request.call(&access)).await {
                Err(refusal) if verdict::token_refused(&refusal) => {
                    match session.replace_refused(user, &access).await? {
                        Some(access) => http.auth(request.call(&access)).await,
                        None => Err(refusal),
                    }
                }
                other => other,
            }
        })
        .await
    }

    fn signed_in(&self) -> Result<UserId> {
        match &*self.0.state.borrow() {
            SessionState::SignedIn { account } => Ok(account.user),
            SessionState::SignedOut | SessionState::NeedsSignIn { .. } => Err(Error::SignedOut),
        }
    }
}
