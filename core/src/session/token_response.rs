//! What the auth service gives: tokens and the person they are for.

use std::time::Duration;

use serde::Deserialize;

use super::token::{Claims, claims, sendable};
use crate::error::{Error, Result, Service};
use crate::model::UserId;
use crate::redact::{Address, Secret};

/// A token lives at least and at most this long, whatever the server says: 1 s and 7 days (GoTrue's own maximum).
const LIFETIME_S: std::ops::RangeInclusive<i64> = 1..=604_800;

/// Who is, or was, signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Account {
    /// The person's id.
    pub user: UserId,
    /// E-mail address, for showing on the sign-in screen; never logged.
    pub email: Option<Address>,
}

/// Tokens of one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// For requests; ends by itself.
    pub access: Secret,
    /// For new tokens; changes with each use. Opaque.
    pub refresh: Secret,
    /// Lifetime of the access token from its receipt.
    pub lifetime: Duration,
}

/// A session as the auth service answers it, checked.
#[derive(Debug, Clone)]
pub(super) struct TokenResponse {
    pub(super) account: Account,
    pub(super) tokens: Tokens,
}

/// The answer to a sign-up is a session, or a bare user who has to confirm the address first.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum SignUpWire {
    Session(TokenResponseWire),
    User {
        #[serde(rename = "id")]
        _id: UserId,
    },
}

/// The session object; members the core does not use are ignored.
#[derive(Deserialize)]
pub(super) struct TokenResponseWire {
    access_token: String,
    refresh_token: String,
    #[serde(default)]
    expires_in: Option<i64>,
    user: UserWire,
}

/// The user object.
#[derive(Deserialize)]
pub(super) struct UserWire {
    id: UserId,
    #[serde(default)]
    email: Option<String>,
}

impl UserWire {
    /// Whether this is the person's address.
    pub(super) fn is_at(&self, email: &Secret) -> bool {
        let same = |now: &String| now.to_lowercase() == email.expose().to_lowercase();
        self.email.as_ref().is_some_and(same)
    }
}

impl TokenResponseWire {
    /// Checks that the parts fit together: a token of another person than the user is never accepted.
    pub(super) fn checked(self) -> Result<TokenResponse> {
        let bad = |reason| Error::Protocol {
            service: Service::Auth,
            reason,
        };
        let access = Secret::new(self.access_token);
        let refresh = Secret::new(self.refresh_token);
        let claims = claims(&access).ok_or(bad("its access token cannot be read"))?;
        sendable(&refresh).ok_or(bad("its refresh token cannot be used"))?;
        if claims.sub != self.user.id {
            return Err(bad("its access token is of another user"));
        }
        let lifetime =
            lifetime(self.expires_in, &claims).ok_or(bad("it does not say how long it lasts"))?;
        let email = self.user.email.filter(|e| !e.is_empty() && e.len() <= 320);
        Ok(TokenResponse {
            account: Account {
                user: claims.sub,
                email: email.map(Address::new),
            },
            tokens: Tokens {
                access,
                refresh,
                lifetime,
            },
        })
    }
}

/// `expires_in`, or for old servers the difference of the token's own two times, both of the server's clock.
fn lifetime(expires_in: Option<i64>, claims: &Claims) -> Option<Duration> {
    let seconds = match expires_in {
        Some(seconds) => seconds,
        None => claims.exp.checked_sub(claims.iat?)?,
    };
    let seconds = seconds.clamp(*LIFETIME_S.start(), *LIFETIME_S.end());
    u64::try_from(seconds).ok().map(Duration::from_secs)
}
