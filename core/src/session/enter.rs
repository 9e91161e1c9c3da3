//! The ways in: by a password, a code, a token of another service, and by a new account.

use std::sync::Arc;

use futures_util::FutureExt as _;

use super::shared::{Session, SessionState, Shared, detached};
use super::token_response::{Account, SignUpWire, TokenResponse, TokenResponseWire};
use crate::error::{Error, Result};
use crate::model::checked_name;
use crate::net::{AuthCall, CodePurpose, Credentials, IdProvider, LogoutScope};
use crate::redact::Secret;

/// What came of a sign-up.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum SignUp {
    /// The account exists and is signed in.
    SignedIn(Account),
    /// A message was sent to the address, if it is new; its link must be opened before the first sign-in.
    ConfirmEmail,
}

impl Session {
    /// Starts a session and stores it. Another person's session on this device ends with it.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an empty address or password; [`Error::Auth`] with `invalid_credentials`,
    /// `email_not_confirmed` and others; [`Error::Secrets`] if it could not be stored, then nobody new is signed in;
    /// [`Error::SignedOut`] if a sign-out came in between; network errors.
    pub async fn sign_in(&self, email: &str, password: Secret) -> Result<Account> {
        let (email, password) = (address(email)?, entered("password", password)?);
        self.enter_by(Credentials::Password { email, password })
            .await
    }

    /// Starts a session by the code of a mail that [`Session::send_code`] asked for, as [`Session::sign_in`] does.
    ///
    /// # Errors
    /// As [`Session::sign_in`]; [`Error::Auth`] with `otp_expired` for a code that is wrong, too old or used up.
    pub async fn sign_in_with_code(
        &self,
        purpose: CodePurpose,
        email: &str,
        code: &Secret,
    ) -> Result<Account> {
        let (email, code) = (address(email)?, digits(code)?);
        self.enter_by(Credentials::Code {
            purpose,
            email,
            code,
        })
        .await
    }

    /// Starts a session by a token of another service, as [`Session::sign_in`] does. `nonce` is what the app made up for
    /// this sign-in; the service was given its SHA-256 in hexadecimal digits.
    ///
    /// # Errors
    /// As [`Session::sign_in`]; [`Error::Auth`] with `invalid_request` for a token that the project does not take,
    /// `invalid_nonce`, `provider_disabled`.
    pub async fn sign_in_with_id_token(
        &self,
        provider: IdProvider,
        token: Secret,
        nonce: Option<Secret>,
    ) -> Result<Account> {
        self.enter_by(Credentials::IdToken {
            provider,
            token: entered("token", token)?,
            nonce: nonce.filter(|nonce| !nonce.is_empty()),
        })
        .await
    }

    async fn enter_by(&self, entry: Credentials) -> Result<Account> {
        let shared = Arc::clone(&self.0);
        detached(async move {
            let _turn = shared.entry_turn.lock().await;
            let generation = shared.core().generation;
            let wire: TokenResponseWire = shared.http.auth(AuthCall::Enter(&entry)).await?;
            shared.enter(generation, wire.checked()?).await
        })
        .await
    }

    /// Makes an account and, unless the address must be confirmed first, signs it in. `name` is what others see.
    ///
    /// # Errors
    /// As [`Session::sign_in`]; [`Error::Invalid`] for a name that cannot be one; [`Error::Auth`] with `user_already_exists`, `weak_password`, `signup_disabled`.
    pub async fn sign_up(&self, email: &str, password: Secret, name: &str) -> Result<SignUp> {
        let entry = Credentials::SignUp {
            email: address(email)?,
            password: entered("password", password)?,
            name: checked_name(name)?,
        };
        let shared = Arc::clone(&self.0);
        detached(async move {
            let _turn = shared.entry_turn.lock().await;
            let generation = shared.core().generation;
            match shared.http.auth(AuthCall::Enter(&entry)).await? {
                SignUpWire::User { .. } => Ok(SignUp::ConfirmEmail),
                SignUpWire::Session(wire) => {
                    let account = shared.enter(generation, wire.checked()?).await?;
                    Ok(SignUp::SignedIn(account))
                }
            }
        })
        .await
    }
}

impl Shared {
    async fn enter(
        self: &Arc<Self>,
        generation: u64,
        token_response: TokenResponse,
    ) -> Result<Account> {
        let live = self.live_from(token_response);
        let stored = live.stored(self.clock.wall());
        let outcome = {
            let _turn = self.session_store_turn.lock().await;
            if self.core().generation == generation {
                match self
                    .in_session_store(move |session_store| session_store.enter(&stored))
                    .await
                {
                    Ok(()) => {
                        let account = live.account.clone();
                        let state = SessionState::SignedIn { account };
                        Ok(self.change(Some(live.clone()), state))
                    }
                    Err(error) => Err(error),
                }
            } else {
                Err(Error::SignedOut)
            }
        };
        // The session that nobody will use any more is ended on the server, too, if the network allows.
        let unused = match &outcome {
            Ok(former) => former.clone(),
            Err(_) => Some(live.clone()),
        };
        if let Some(unused) = unused {
            let shared = Arc::clone(self);
            let revoke = async move {
                shared.revoke(unused, LogoutScope::Local).await;
            };
            tokio::spawn(revoke.boxed());
        }
        outcome.map(|_| live.account)
    }
}

/// An e-mail address as it is sent.
pub(super) fn address(email: &str) -> Result<Secret> {
    entered("email", Secret::new(email.trim()))
}

/// A code as it is sent: what a person typed or pasted, without the blanks that mails put into it.
pub(super) fn digits(code: &Secret) -> Result<Secret> {
    let code: String = code.expose().split_whitespace().collect();
    entered("code", Secret::new(code))
}

/// What was typed, if anything was.
pub(super) fn entered(field: &'static str, typed: Secret) -> Result<Secret> {
    if typed.is_empty() {
        return Err(Error::Invalid {
            field,
            reason: "it is empty",
        });
    }
    Ok(typed)
}
