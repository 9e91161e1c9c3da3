//! The bearer token of a request: from the `Authorization` header to the role and claims the request runs with. Pure;
//! the time comes from the caller.
//!
//! Only HS256 with the project's secret is trusted. Checks and texts follow the real service: 30 s of leeway on every
//! time, a claim of the wrong kind is named, a token that cannot be read at all is PGRST301, one whose claims do not
//! hold is PGRST303. No text repeats a token or a claim.

use serde_json::{Map, Value};

use super::Times;
use super::error::RestError;
use crate::jwt;

/// Leeway on `exp`, `nbf` and `iat`, in seconds, inclusive.
const LEEWAY: i64 = 30;

/// The role of a request that names none.
pub(crate) const ANONYMOUS: &str = "anon";

/// Who a request runs as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    pub(crate) role: String,
    /// The value of `request.jwt.claims`: the token's claims with the role in effect, keys sorted.
    pub(crate) claims: String,
}

impl Caller {
    pub(crate) fn is_anonymous(&self) -> bool {
        self.role == ANONYMOUS
    }
}

/// Reads the caller out of an `Authorization` header. Another scheme than `Bearer`, or no header, is anonymous.
pub(crate) fn caller(
    authorization: Option<&str>,
    secret: &[u8],
    times: Times,
) -> Result<Caller, RestError> {
    let scheme_and_token = authorization.map(|value| value.split_once(' ').unwrap_or((value, "")));
    let claims = match scheme_and_token {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
            verified(token.trim_start_matches(' '), secret, times)?
        }
        _ => Map::new(),
    };
    Ok(with_role(claims))
}

/// A role that is no text is taken for its JSON text: the database then says that there is no such role.
fn with_role(mut claims: Map<String, Value>) -> Caller {
    let role = match claims.get("role") {
        None => ANONYMOUS.to_owned(),
        Some(Value::String(role)) => role.clone(),
        Some(other) => other.to_string(),
    };
    claims.insert("role".to_owned(), Value::from(role.clone()));
    Caller {
        role,
        claims: Value::Object(claims).to_string(),
    }
}

fn verified(token: &str, secret: &[u8], times: Times) -> Result<Map<String, Value>, RestError> {
    if token.is_empty() {
        return Err(RestError::token(
            "Empty JWT is sent in Authorization header",
            None,
        ));
    }
    let count = token.split('.').count();
    if count != 3 {
        let text = format!("Expected 3 parts in JWT; got {count}");
        return Err(RestError::token(&text, None));
    }
    let unreadable = || RestError::token("JWT cryptographic operation failed", None);
    let (header, payload) = jwt::parts(token).ok_or_else(unreadable)?;
    check_algorithm(&header)?;
    if !jwt::is_signed(secret, token) {
        let details = "None of the keys was able to decode the JWT";
        return Err(RestError::token(
            "No suitable key or wrong key type",
            Some(details),
        ));
    }
    let claims: Map<String, Value> =
        serde_json::from_slice(&payload).map_err(|_| RestError::claims("Parsing claims failed"))?;
    check_claims(&claims, times)?;
    Ok(claims)
}

fn check_algorithm(header: &Map<String, Value>) -> Result<(), RestError> {
    match header.get("alg").and_then(Value::as_str) {
        Some("HS256") if !header.contains_key("kid") => Ok(()),
        Some(
            "HS256" | "HS384" | "HS512" | "RS256" | "RS384" | "RS512" | "ES256" | "ES384" | "ES512",
        ) => {
            let details = "No suitable key was found to decode the JWT";
            Err(RestError::token(
                "No suitable key or wrong key type",
                Some(details),
            ))
        }
        Some("none") => {
            let details = "JWT is unsecured but expected 'alg' was not 'none'";
            Err(RestError::token(
                "Wrong or unsupported encoding algorithm",
                Some(details),
            ))
        }
        _ => Err(RestError::token("JWT cryptographic operation failed", None)),
    }
}

fn check_claims(claims: &Map<String, Value>, times: Times) -> Result<(), RestError> {
    let now = times.now;
    let (exp, nbf, iat) = (
        time(claims, "exp")?,
        time(claims, "nbf")?,
        time(claims, "iat")?,
    );
    check_audience(claims)?;
    if exp.is_some_and(|exp| exp.saturating_add(LEEWAY) < now) {
        return Err(RestError::claims("JWT expired"));
    }
    if nbf.is_some_and(|nbf| nbf > now.saturating_add(LEEWAY)) {
        return Err(RestError::claims("JWT not yet valid"));
    }
    if iat.is_some_and(|iat| iat > now.saturating_add(LEEWAY)) {
        return Err(RestError::claims("JWT issued at future"));
    }
    if iat
        .zip(times.expired_until)
        .is_some_and(|(iat, until)| iat <= until)
    {
        return Err(RestError::claims("JWT expired"));
    }
    Ok(())
}

/// A time in whole seconds. One that is no whole number of a sane size counts as 0, long past, as on the real service.
fn time(claims: &Map<String, Value>, name: &str) -> Result<Option<i64>, RestError> {
    match claims.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(number)) => Ok(Some(number.as_i64().unwrap_or(0))),
        Some(_) => Err(RestError::claims(&format!(
            "The JWT '{name}' claim must be a number"
        ))),
    }
}

fn check_audience(claims: &Map<String, Value>) -> Result<(), RestError> {
    let is_fine = match claims.get("aud") {
        None | Some(Value::Null | Value::String(_)) => true,
        Some(Value::Array(many)) => many.iter().all(Value::is_string),
        Some(_) => false,
    };
    if is_fine {
        return Ok(());
    }
    Err(RestError::claims(
        "The JWT 'aud' claim must be a string or an array of strings",
    ))
}

#[cfg(test)]
#[path = "token_tests.rs"]
mod tests;
