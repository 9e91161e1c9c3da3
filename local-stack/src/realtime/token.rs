//! Access tokens as the realtime server judges them: `role` and `exp` required, `exp` in the future, signature by the
//! project's secret. Pure; the caller gives the time. Errors carry texts of the server, never the token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use crate::jwt;

/// What a good token says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Claims {
    /// Database role that policies are checked as.
    pub role: String,
    /// Unix time in seconds at which channels of this token are closed.
    pub exp: f64,
    /// All claims as JSON text, for `request.jwt.claims`.
    pub json: String,
    /// `sub`, or empty.
    pub subject: String,
    /// `iat`: Unix time in seconds.
    pub issued: Option<i64>,
}

/// Why a token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenError {
    /// Not three parts of base64 JSON.
    Malformed,
    /// The payload is JSON but no object.
    NotAMap,
    /// `role` or `exp` is missing.
    MissingClaims,
    /// `exp` is no number.
    BadExpiry,
    /// `exp` was that many seconds ago.
    Expired(i64),
    /// No signer for this header (algorithm "none" or unknown).
    Signer,
    /// Signed with another secret.
    Signature,
}

const NOT_A_JWT: &str = "The token provided is not a valid JWT";
const MISSING: &str = "Fields `role` and `exp` are required in JWT";
const SIGNER: &str = "Failed to generate JWT signer, check your JWT secret or JWKS configuration";
const SIGNATURE: &str = "Failed to validate JWT signature";

impl TokenError {
    /// HTTP status and text of a refused upgrade.
    pub(crate) fn upgrade(self) -> (u16, &'static str) {
        match self {
            Self::Malformed | Self::NotAMap => (401, NOT_A_JWT),
            Self::MissingClaims => (401, MISSING),
            Self::Expired(_) => (401, "Token has expired"),
            Self::Signer => (401, SIGNER),
            Self::Signature => (401, SIGNATURE),
            Self::BadExpiry => (500, "Error connecting to Realtime"),
        }
    }

    /// Reason of a refused join.
    pub(crate) fn join(self) -> String {
        match self {
            Self::Malformed | Self::NotAMap => format!("MalformedJWT: {NOT_A_JWT}"),
            Self::MissingClaims => format!("InvalidJWTToken: {MISSING}"),
            Self::BadExpiry => "InvalidJWTToken: Token expiration time is invalid".to_owned(),
            Self::Expired(_) => format!("InvalidJWTToken: {}", self.system()),
            Self::Signer => format!("JwtSignerError: {SIGNER}"),
            Self::Signature => format!("JwtSignatureError: {SIGNATURE}"),
        }
    }

    /// Message of the system error before a channel is closed.
    pub(crate) fn system(self) -> String {
        match self {
            Self::Malformed => NOT_A_JWT.to_owned(),
            Self::NotAMap => ":expected_claims_map".to_owned(),
            Self::MissingClaims => MISSING.to_owned(),
            Self::BadExpiry => "Token expiration time is invalid".to_owned(),
            Self::Expired(seconds) => format!("Token has expired {seconds} seconds ago"),
            Self::Signer => SIGNER.to_owned(),
            Self::Signature => ":signature_error".to_owned(),
        }
    }
}

/// Judges a token at `now` (Unix seconds).
///
/// # Errors
/// The first of: shape, claims, expiry, signer, signature.
pub(crate) fn verify(token: &str, secret: &[u8], now: i64) -> Result<Claims, TokenError> {
    let token: String = token.split_whitespace().collect();
    let parts: Vec<&str> = token.split('.').collect();
    let &[header, payload, _] = parts.as_slice() else {
        return Err(TokenError::Malformed);
    };
    let payload = json(payload).ok_or(TokenError::Malformed)?;
    let claims = claims(payload.as_object().ok_or(TokenError::NotAMap)?)?;
    if seconds(claims.exp) <= now {
        return Err(TokenError::Expired(now.saturating_sub(seconds(claims.exp))));
    }
    let header = json(header).ok_or(TokenError::Malformed)?;
    if header.get("alg").and_then(Value::as_str) != Some("HS256") {
        return Err(TokenError::Signer);
    }
    if !jwt::is_signed(secret, &token) {
        return Err(TokenError::Signature);
    }
    Ok(claims)
}

fn json(part: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn claims(payload: &Map<String, Value>) -> Result<Claims, TokenError> {
    let (Some(role), Some(exp)) = (payload.get("role"), payload.get("exp")) else {
        return Err(TokenError::MissingClaims);
    };
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(Claims {
        role: text(Some(role)),
        exp: exp.as_f64().ok_or(TokenError::BadExpiry)?,
        json: Value::Object(payload.clone()).to_string(),
        subject: text(payload.get("sub")),
        issued: payload.get("iat").and_then(Value::as_i64),
    })
}

/// Whole seconds; out of range saturates.
pub(crate) fn seconds(exp: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "`as` saturates, which is what is wanted"
    )]
    let whole = exp.floor() as i64;
    whole
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SECRET: &[u8] = b"super-secret-jwt-token-with-at-least-32-characters-long";
    const NOW: i64 = 1_800_000_000;

    fn sign(claims: &Value) -> String {
        jwt::sign(SECRET, claims).unwrap()
    }

    fn judge(token: &str) -> Result<Claims, TokenError> {
        verify(token, SECRET, NOW)
    }

    #[test]
    fn a_good_token_gives_its_claims_even_with_white_space_inside() {
        let token = sign(&json!({"role": "anon", "exp": NOW + 10, "sub": "u"}));
        let (head, tail) = token.split_at(10);
        let claims = judge(&format!("{head}\n {tail}")).unwrap();
        assert_eq!(
            (claims.role.as_str(), claims.subject.as_str()),
            ("anon", "u")
        );
        let float = judge(&sign(&json!({"role": "anon", "exp": 1_800_000_001.5})));
        assert!(float.is_ok());
    }

    #[test]
    fn each_defect_has_its_own_error() {
        let other = jwt::sign(b"another secret", &json!({"role": "anon", "exp": NOW + 10}));
        let none = format!(
            "{}.{}.",
            URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#),
            URL_SAFE_NO_PAD.encode(r#"{"role":"anon","exp":9999999999}"#)
        );
        let cases = [
            ("", TokenError::Malformed),
            ("not-a-jwt", TokenError::Malformed),
            ("a.b.c", TokenError::Malformed),
            ("sb_publishable_abcdefghijklmnop", TokenError::Malformed),
            (&sign(&json!([1])), TokenError::NotAMap),
            // Observed: claims are looked at before the header.
            ("h.W10.x", TokenError::NotAMap),
            (&sign(&json!({"exp": NOW + 10})), TokenError::MissingClaims),
            (&sign(&json!({"role": "anon"})), TokenError::MissingClaims),
            (
                &sign(&json!({"role": "anon", "exp": "soon"})),
                TokenError::BadExpiry,
            ),
            (
                &sign(&json!({"role": "anon", "exp": NOW - 100})),
                TokenError::Expired(100),
            ),
            (&other.unwrap(), TokenError::Signature),
            (&none, TokenError::Signer),
        ];
        for (token, expected) in cases {
            assert_eq!(judge(token), Err(expected), "{token}");
        }
    }

    #[test]
    fn texts_are_those_of_the_real_server() {
        let expired = TokenError::Expired(100);
        assert_eq!(
            expired.join(),
            "InvalidJWTToken: Token has expired 100 seconds ago"
        );
        assert_eq!(expired.system(), "Token has expired 100 seconds ago");
        assert_eq!(expired.upgrade(), (401, "Token has expired"));
        assert_eq!(TokenError::Signature.system(), ":signature_error");
        assert_eq!(
            TokenError::BadExpiry.upgrade(),
            (500, "Error connecting to Realtime")
        );
    }
}
