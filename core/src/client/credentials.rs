//! The ways in besides the password, and what a person signs in with.

use std::time::Duration;

use super::Client;
use crate::error::Result;
use crate::net::CodePurpose;
use crate::redact::Secret;
use crate::session::{Account, EmailChange, IdProvider};

/// What a caller of [`Client::access_token`] may count on.
const TOKEN_VALIDITY: Duration = Duration::from_mins(1);

impl Client {
    /// Has a code sent to an address, for [`Client::sign_in_with_code`]. With `create_account` an address without an
    /// account gets one when its code is handed in; it has no name then: the app asks for it and calls
    /// [`Client::set_name`].
    ///
    /// # Errors
    /// [`crate::Error::Auth`] with `otp_disabled` where there is no account and none is to be made, `signup_disabled`;
    /// [`crate::Error::Server`] with `over_email_send_rate_limit`; [`crate::Error::Invalid`] for an empty address;
    /// network errors; [`crate::Error::Closed`].
    pub async fn request_sign_in_code(&self, email: &str, create_account: bool) -> Result<()> {
        self.running()?;
        self.inner.session.send_code(email, create_account).await
    }

    /// Signs in by the code that [`Client::request_sign_in_code`] sent, as [`Client::sign_in`] does.
    ///
    /// # Errors
    /// As [`Client::sign_in`]; [`crate::Error::Auth`] with `otp_expired` for a code that is wrong, too old or used up.
    pub async fn sign_in_with_code(&self, email: &str, code: &Secret) -> Result<Account> {
        self.enter_with_code(CodePurpose::SignIn, email, code).await
    }

    /// Has a code sent to an address whose password is forgotten, for [`Client::sign_in_with_reset_code`]. It answers
    /// the same where nobody has the address.
    ///
    /// # Errors
    /// As [`Client::request_sign_in_code`].
    pub async fn request_password_reset(&self, email: &str) -> Result<()> {
        self.running()?;
        self.inner.session.send_recovery_code(email).await
    }

    /// Signs in by the code that [`Client::request_password_reset`] sent; [`Client::set_password`] gives the new
    /// password then.
    ///
    /// # Errors
    /// As [`Client::sign_in_with_code`].
    pub async fn sign_in_with_reset_code(&self, email: &str, code: &Secret) -> Result<Account> {
        self.enter_with_code(CodePurpose::Recovery, email, code)
            .await
    }

    async fn enter_with_code(
        &self,
        purpose: CodePurpose,
        email: &str,
        code: &Secret,
    ) -> Result<Account> {
        self.running()?;
        let session = &self.inner.session;
        let account = session.sign_in_with_code(purpose, email, code).await?;
        self.inner.settle_member().await?;
        Ok(account)
    }

    /// Signs in by a token of Apple or Google, as [`Client::sign_in`] does. `nonce` is what the app made up for this
    /// sign-in, as it is: the service was given its SHA-256 in hexadecimal digits.
    ///
    /// # Errors
    /// As [`Client::sign_in`]; [`crate::Error::Auth`] with `invalid_request` for a token that is not taken (of another
    /// app, too old, not signed by the service), `invalid_nonce`, `provider_disabled`.
    pub async fn sign_in_with_id_token(
        &self,
        provider: IdProvider,
        token: Secret,
        nonce: Option<Secret>,
    ) -> Result<Account> {
        self.running()?;
        let session = &self.inner.session;
        let account = session.sign_in_with_id_token(provider, token, nonce);
        let account = account.await?;
        self.inner.settle_member().await?;
        Ok(account)
    }

    /// Gives me another password; my sessions on other devices end. `code` is that of
    /// [`Client::request_reauthentication_code`], where the server wants one.
    ///
    /// # Errors
    /// [`crate::Error::Auth`] with `weak_password`, `same_password`, `reauthentication_needed` (have a code sent, then
    /// call it again), `reauthentication_not_valid`; [`crate::Error::Invalid`]; [`crate::Error::SignedOut`]; network
    /// errors: after a lost answer the password may be the new one.
    pub async fn set_password(&self, password: Secret, code: Option<Secret>) -> Result<()> {
        self.running()?;
        self.inner.session.set_password(password, code).await
    }

    /// Has a code sent to my address, which shows [`Client::set_password`] that it is still me.
    ///
    /// # Errors
    /// [`crate::Error::Server`] with `over_email_send_rate_limit`; [`crate::Error::SignedOut`]; network errors.
    pub async fn request_reauthentication_code(&self) -> Result<()> {
        self.running()?;
        self.inner.session.send_reauthentication_code().await
    }

    /// Gives me another e-mail address: at once, or when the links of the messages about it have been opened.
    ///
    /// # Errors
    /// [`crate::Error::Auth`] with `email_exists`, `validation_failed`; [`crate::Error::Server`] with
    /// `over_email_send_rate_limit`; [`crate::Error::Invalid`]; [`crate::Error::SignedOut`]; network errors.
    pub async fn set_email(&self, email: &str) -> Result<EmailChange> {
        self.running()?;
        self.inner.session.set_email(email).await
    }

    /// An access token for other uses, such as files: good for another minute at least (where tokens live for less than
    /// two, for half a life). Renewed if it must be.
    ///
    /// # Errors
    /// [`crate::Error::SignedOut`]; [`crate::Error::Offline`] and other network errors when it must be renewed and
    /// cannot be; [`crate::Error::Closed`].
    pub async fn access_token(&self) -> Result<Secret> {
        self.running()?;
        self.inner.session.access_token(TOKEN_VALIDITY).await
    }
}
