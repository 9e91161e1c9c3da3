//! Keys and tokens of a project.
//!
//! Owns: the HS256 secret, the four API keys, signing and checking of JSON Web Tokens.
//! The defaults are the public development constants of the Supabase CLI: they protect nothing and are meant to be known.

use std::fmt;

use serde_json::{Map, Value, json};

use crate::error::Result;
use crate::jwt;

/// Claims of a token.
pub type Claims = Map<String, Value>;

const SECRET: &str = "super-secret-jwt-token-with-at-least-32-characters-long";
const PUBLISHABLE: &str = "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH";
const SECRET_KEY: &str = "sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz";
/// Expiry of the two long-lived keys, unix seconds (2032).
const KEY_EXPIRY: i64 = 1_983_812_996;

/// Why a token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not three base64url segments of JSON.
    #[error("malformed")]
    Malformed,
    /// Another algorithm than HS256, such as `none`.
    #[error("algorithm not allowed")]
    Algorithm,
    /// Signed with another secret.
    #[error("wrong signature")]
    Signature,
    /// `exp` has passed. No leeway.
    #[error("expired")]
    Expired,
    /// `nbf` is in the future.
    #[error("not valid yet")]
    NotYet,
}

/// The keys of one project.
#[derive(Clone)]
pub struct Keys {
    secret: String,
    anon: String,
    service: String,
}

impl Keys {
    /// Keys for `secret`, or the development default.
    pub fn new(secret: Option<&str>) -> Result<Self> {
        let mut keys = Self {
            secret: secret.unwrap_or(SECRET).to_owned(),
            anon: String::new(),
            service: String::new(),
        };
        keys.anon = keys.role_key("anon")?;
        keys.service = keys.role_key("service_role")?;
        Ok(keys)
    }

    fn role_key(&self, role: &str) -> Result<String> {
        self.sign(&json!({"iss": "supabase-demo", "role": role, "exp": KEY_EXPIRY}))
    }

    /// The secret every token is signed with.
    pub fn jwt_secret(&self) -> &str {
        &self.secret
    }

    /// The key of an app: role `anon`.
    pub fn anon(&self) -> &str {
        &self.anon
    }

    /// The key of a server: role `service_role`, which row level security does not hold back.
    pub fn service(&self) -> &str {
        &self.service
    }

    /// The key of an app in the newer, opaque form.
    pub fn publishable(&self) -> &'static str {
        PUBLISHABLE
    }

    /// The key of a server in the newer, opaque form.
    pub fn secret_key(&self) -> &'static str {
        SECRET_KEY
    }

    /// The token that stands behind an API key: an opaque key becomes its role's token, anything else stays.
    pub fn translate<'a>(&'a self, apikey: &'a str) -> &'a str {
        match apikey {
            PUBLISHABLE => &self.anon,
            SECRET_KEY => &self.service,
            other => other,
        }
    }

    /// Whether this is one of the project's four keys.
    pub fn is_known(&self, apikey: &str) -> bool {
        [self.anon(), self.service(), PUBLISHABLE, SECRET_KEY].contains(&apikey)
    }

    /// Signs claims with HS256. The header has `alg` and `typ`, no `kid`.
    pub fn sign(&self, claims: &Value) -> Result<String> {
        jwt::sign(self.secret.as_bytes(), claims)
    }

    /// Checks signature and times (`now` in unix seconds) and returns the claims. `aud` and `iss` are not looked at.
    pub fn verify(&self, token: &str, now: i64) -> Result<Claims, TokenError> {
        let claims = self.verify_signature(token)?;
        let time = |name| claims.get(name).and_then(Value::as_f64);
        #[expect(
            clippy::cast_precision_loss,
            reason = "unix seconds are far below 2^52"
        )]
        let now = now as f64;
        if time("exp").is_some_and(|exp| exp <= now) {
            return Err(TokenError::Expired);
        }
        if time("nbf").is_some_and(|nbf| nbf > now) {
            return Err(TokenError::NotYet);
        }
        Ok(claims)
    }

    /// Checks the signature only.
    pub fn verify_signature(&self, token: &str) -> Result<Claims, TokenError> {
        let (header, payload) = jwt::parts(token).ok_or(TokenError::Malformed)?;
        match header.get("alg") {
            Some(Value::String(name)) if name == "HS256" => {}
            Some(Value::String(_)) => return Err(TokenError::Algorithm),
            _ => return Err(TokenError::Malformed),
        }
        if !jwt::is_signed(self.secret.as_bytes(), token) {
            return Err(TokenError::Signature);
        }
        serde_json::from_slice(&payload).map_err(|_| TokenError::Malformed)
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_anon_key_is_the_one_the_supabase_cli_prints() {
        let keys = Keys::new(None).unwrap();
        let claims = keys.verify(keys.anon(), 0).unwrap();
        assert_eq!(
            Value::Object(claims),
            json!({"iss": "supabase-demo", "role": "anon", "exp": KEY_EXPIRY})
        );
    }

    #[test]
    fn a_token_is_refused_for_its_algorithm_signature_or_times() {
        let keys = Keys::new(None).unwrap();
        let other = Keys::new(Some("another secret, also long enough for anything")).unwrap();
        let token = keys.sign(&json!({"exp": 100, "nbf": 50})).unwrap();
        assert!(keys.verify(&token, 99).is_ok());
        assert_eq!(keys.verify(&token, 100), Err(TokenError::Expired));
        assert_eq!(keys.verify(&token, 49), Err(TokenError::NotYet));
        assert_eq!(other.verify(&token, 99), Err(TokenError::Signature));
        assert_eq!(keys.verify("abc", 0), Err(TokenError::Malformed));
        // {"alg":"none"} . {} . empty
        assert_eq!(
            keys.verify("eyJhbGciOiJub25lIn0.e30.", 0),
            Err(TokenError::Algorithm)
        );
    }

    #[test]
    fn an_opaque_key_stands_for_its_role() {
        let keys = Keys::new(None).unwrap();
        assert_eq!(keys.translate(PUBLISHABLE), keys.anon());
        assert_eq!(keys.translate(SECRET_KEY), keys.service());
        assert_eq!(
            keys.translate("sb_publishable_unknown"),
            "sb_publishable_unknown"
        );
    }
}
