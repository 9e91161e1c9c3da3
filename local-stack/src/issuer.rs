//! The stand-in for Apple and Google: makes the identity tokens that they would.
//!
//! Owns: a secret of its own, new with each start, and which claims a token has if nobody says otherwise. Its tokens are
//! signed with HS256; the real services sign with RS256 and ES256, by keys that they publish, and that is not checked here.
//! Never: the project's secret, so that no key and no access token is taken as an identity token.

use std::fmt::{self, Write as _};

use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::error::Result;
use crate::keys::{Claims, Keys, TokenError};
use crate::random;

/// A service that vouches for people, and who it says its tokens are from.
pub(crate) const PROVIDERS: [(&str, &str); 2] = [
    ("apple", "https://appleid.apple.com"),
    ("google", "https://accounts.google.com"),
];

/// How long a token counts, in seconds.
const LIFETIME: i64 = 3_600;

/// A token that is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IdTokenRequest {
    /// `apple` or `google`.
    pub provider: String,
    /// What the app made up for the sign-in, if it did: the token holds its hash.
    pub nonce: String,
    /// What it says of the person: `sub`, `email`, ...; also in place of what it would say by itself (`iss`, `aud`, `iat`,
    /// `exp`, `email_verified`). `null` leaves a claim out.
    pub claims: Map<String, Value>,
}

/// What a token holds of a nonce: its SHA-256 in hexadecimal digits.
pub(crate) fn hashed(nonce: &str) -> String {
    let hash = Sha256::digest(nonce);
    hash.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Signs and checks.
pub(crate) struct Issuer(Keys);

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Issuer")
    }
}

impl Issuer {
    pub(crate) fn new() -> Result<Self> {
        Ok(Self(Keys::new(Some(&random::key()))?))
    }

    /// A token for the app with this client id, made `now` (unix seconds).
    pub(crate) fn sign(
        &self,
        request: &IdTokenRequest,
        client_id: &str,
        now: i64,
    ) -> Result<String> {
        let provider = PROVIDERS.iter().find(|(name, _)| request.provider == *name);
        let mut claims = Map::new();
        for (name, value) in [
            ("iss", json!(provider.map(|(_, issuer)| issuer))),
            ("aud", json!(client_id)),
            ("iat", json!(now)),
            ("exp", json!(now + LIFETIME)),
            ("email_verified", json!(true)),
        ] {
            claims.insert(name.to_owned(), value);
        }
        if !request.nonce.is_empty() {
            claims.insert("nonce".to_owned(), json!(hashed(&request.nonce)));
        }
        claims.extend(request.claims.clone());
        claims.retain(|_, value| !value.is_null());
        self.0.sign(&Value::Object(claims))
    }

    /// The claims of a token that this service signed and that has not expired.
    pub(crate) fn verify(&self, token: &str, now: i64) -> Result<Claims, TokenError> {
        self.0.verify(token, now)
    }
}
