//! The requests of the auth service that the core makes.
//!
//! Owns: the method, path and body of each. Pure. Never: sends one; see [`super::Http::auth`].

use reqwest::Method;
use serde_json::{Value, json};

use super::Bearer;
use crate::redact::Secret;

/// A request to the auth service. `Debug` shows no secret.
#[derive(Debug, Clone, Copy)]
pub enum AuthCall<'a> {
    /// Starts a session, or an account.
    Enter(&'a Credentials),
    /// Has a code sent to an address.
    Send(&'a CodeMessage),
    /// Changes a refresh token for new tokens.
    Refresh(&'a Secret),
    /// Has a code sent to whoever this access token is of, to show that it is still them.
    Reauthenticate(&'a Secret),
    /// Changes what whoever this access token is of signs in with.
    Change(&'a CredentialChange, &'a Secret),
    /// Ends sessions, by the access token of one.
    Logout(LogoutScope, &'a Secret),
}

/// A way in.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// A new account.
    SignUp {
        /// E-mail address.
        email: Secret,
        /// Password.
        password: Secret,
        /// What the person is called.
        name: String,
    },
    /// A password.
    Password {
        /// E-mail address.
        email: Secret,
        /// Password.
        password: Secret,
    },
    /// A code that was sent to the address.
    Code {
        /// What it was sent for.
        purpose: CodePurpose,
        /// E-mail address.
        email: Secret,
        /// The code.
        code: Secret,
    },
    /// A token of another service that knows the person.
    IdToken {
        /// Which service.
        provider: IdProvider,
        /// Its token.
        token: Secret,
        /// What the app made up for this sign-in; its SHA-256 in hexadecimal digits is in the token.
        nonce: Option<Secret>,
    },
}

/// A code that is sent to an address.
#[derive(Debug, Clone)]
pub enum CodeMessage {
    /// For a sign-in.
    SignIn {
        /// E-mail address.
        email: Secret,
        /// Whether an address without an account gets one.
        create_account: bool,
    },
    /// For a forgotten password.
    Recovery {
        /// E-mail address.
        email: Secret,
    },
}

/// What a person signs in with from now on.
#[derive(Debug, Clone)]
pub enum CredentialChange {
    /// Another password.
    Password {
        /// The new one.
        password: Secret,
        /// The code of [`AuthCall::Reauthenticate`], where the service wants one.
        code: Option<Secret>,
    },
    /// Another address.
    Email {
        /// The new one.
        email: Secret,
    },
}

/// What a code was sent for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePurpose {
    /// A sign-in.
    SignIn,
    /// A forgotten password.
    Recovery,
}

/// A service that knows a person, for a sign-in with its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum IdProvider {
    /// Sign in with Apple.
    Apple,
    /// Google.
    Google,
}

/// Which sessions a sign-out ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoutScope {
    /// This one.
    Local,
    /// All sessions of this person, on every device.
    Global,
}

/// A request, ready to be sent.
pub(super) struct Prepared<'a> {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) bearer: Bearer<'a>,
    pub(super) body: Option<Value>,
}

impl<'a> AuthCall<'a> {
    pub(super) fn prepared(self) -> Prepared<'a> {
        let post = |bearer, (path, body)| Prepared {
            method: Method::POST,
            path,
            bearer,
            body: Some(body),
        };
        match self {
            Self::Enter(entry) => post(Bearer::Key, entry.asked()),
            Self::Send(message) => post(Bearer::Key, message.asked()),
            Self::Refresh(token) => {
                let body = json!({ "refresh_token": token.expose() });
                post(
                    Bearer::Key,
                    ("auth/v1/token?grant_type=refresh_token", body),
                )
            }
            Self::Reauthenticate(access) => Prepared {
                method: Method::GET,
                path: "auth/v1/reauthenticate",
                bearer: Bearer::User(access),
                body: None,
            },
            Self::Change(change, access) => Prepared {
                method: Method::PUT,
                path: "auth/v1/user",
                bearer: Bearer::User(access),
                body: Some(change.asked()),
            },
            Self::Logout(scope, access) => post(Bearer::User(access), (scope.path(), json!({}))),
        }
    }
}

impl Credentials {
    fn asked(&self) -> (&'static str, Value) {
        match self {
            Self::SignUp {
                email,
                password,
                name,
            } => (
                "auth/v1/signup",
                json!({ "email": email.expose(), "password": password.expose(), "data": { "name": name } }),
            ),
            Self::Password { email, password } => (
                "auth/v1/token?grant_type=password",
                json!({ "email": email.expose(), "password": password.expose() }),
            ),
            Self::Code {
                purpose,
                email,
                code,
            } => (
                "auth/v1/verify",
                json!({ "type": purpose.name(), "email": email.expose(), "token": code.expose() }),
            ),
            Self::IdToken {
                provider,
                token,
                nonce,
            } => {
                let body = json!({ "provider": provider.name(), "id_token": token.expose() });
                let nonce = nonce.as_ref().map(|nonce| ("nonce", nonce));
                ("auth/v1/token?grant_type=id_token", with(body, nonce))
            }
        }
    }
}

impl CodeMessage {
    fn asked(&self) -> (&'static str, Value) {
        match self {
            Self::SignIn {
                email,
                create_account,
            } => (
                "auth/v1/otp",
                json!({ "email": email.expose(), "create_user": create_account }),
            ),
            Self::Recovery { email } => ("auth/v1/recover", json!({ "email": email.expose() })),
        }
    }
}

impl CredentialChange {
    fn asked(&self) -> Value {
        match self {
            Self::Password { password, code } => {
                let code = code.as_ref().map(|code| ("nonce", code));
                with(json!({ "password": password.expose() }), code)
            }
            Self::Email { email } => json!({ "email": email.expose() }),
        }
    }
}

impl CodePurpose {
    fn name(self) -> &'static str {
        match self {
            Self::SignIn => "email",
            Self::Recovery => "recovery",
        }
    }
}

impl IdProvider {
    fn name(self) -> &'static str {
        match self {
            Self::Apple => "apple",
            Self::Google => "google",
        }
    }
}

impl LogoutScope {
    fn path(self) -> &'static str {
        match self {
            Self::Local => "auth/v1/logout?scope=local",
            Self::Global => "auth/v1/logout?scope=global",
        }
    }
}

/// The body with one more member, if there is one.
fn with(mut body: Value, member: Option<(&str, &Secret)>) -> Value {
    if let Some((name, secret)) = member {
        body[name] = json!(secret.expose());
    }
    body
}
