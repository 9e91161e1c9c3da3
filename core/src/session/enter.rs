//! Sign-in and sign-up.

use std::sync::Arc;

use super::shared::{Session, SessionState, Shared, detached};
use super::token_response::{Account, SignUpWire, TokenResponse, TokenResponseWire};
use crate::error::{Error, Result};
use crate::model::checked_name;
use crate::net::{AuthCall, LogoutScope};
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
        let (shared, email) = (Arc::clone(&self.0), checked(email, &password)?);
        detached(async move {
            let _turn = shared.entry_turn.lock().await;
            let generation = shared.core().generation;
            let call = AuthCall::Password {
                email: &email,
                password: &password,
            };
            let wire: TokenResponseWire = shared.http.auth(call).await?;
            shared.enter(generation, wire.checked()?).await
        })
        .await
    }

    /// Makes an account and, unless the address must be confirmed first, signs it in. `name` is what others see.
    ///
    /// # Errors
    /// As [`Session::sign_in`]; [`Error::Invalid`] for a name that cannot be one; [`Error::Auth`] with `user_already_exists`, `weak_password`, `signup_disabled`.
    pub async fn sign_up(&self, email: &str, password: Secret, name: &str) -> Result<SignUp> {
        let (shared, email) = (Arc::clone(&self.0), checked(email, &password)?);
        let name = checked_name(name)?;
        detached(async move {
            let _turn = shared.entry_turn.lock().await;
            let generation = shared.core().generation;
            let call = AuthCall::SignUp {
                email: &email,
                password: &password,
                name: &name,
            };
            match shared.http.auth(call).await? {
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
            tokio::spawn(async move { shared.revoke(unused, LogoutScope::Local).await });
        }
        outcome.map(|_| live.account)
    }
}

fn checked(email: &str, password: &Secret) -> Result<Secret> {
    let empty = |field| Error::Invalid {
        field,
        reason: "it is empty",
    };
    let email = email.trim();
    if email.is_empty() {
        return Err(empty("email"));
    }
    if password.is_empty() {
        return Err(empty("password"));
    }
    Ok(Secret::new(email))
}
