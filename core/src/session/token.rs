//! What an access token says of itself.
//!
//! Owns: reading the claims of a JWT. Never: verifies it (the server does; the phone has no key), logs or shows it.
//! Invariant: a token that is returned can be sent as a header: it is visible ASCII and at most [`MAX_TOKEN`] bytes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use uuid::Uuid;

use crate::model::UserId;
use crate::redact::Secret;

/// Longest token that is accepted, in bytes. Proxies commonly refuse header lines above 8 to 16 kB.
pub(super) const MAX_TOKEN: usize = 16 * 1024;

/// The claims the core uses. Times are the server's, in Unix seconds: compared with each other, never with our clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) struct Claims {
    /// Whose token it is.
    pub sub: UserId,
    /// Which session it belongs to; the same across refreshes.
    #[serde(default)]
    pub session_id: Option<Uuid>,
    /// When it ends.
    pub exp: i64,
    /// When it was made.
    #[serde(default)]
    pub iat: Option<i64>,
}

/// Reads the claims; `None` for anything that is not a JWT with `sub` (a UUID) and `exp`.
#[must_use]
pub(super) fn claims(token: &Secret) -> Option<Claims> {
    let text = sendable(token)?;
    let mut parts = text.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The token's text if it can be a header.
pub(super) fn sendable(token: &Secret) -> Option<&str> {
    let text = token.expose();
    let fits = (1..=MAX_TOKEN).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    fits.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(payload: &str) -> Secret {
        Secret::new(format!("e30.{}.sig", URL_SAFE_NO_PAD.encode(payload)))
    }

    #[test]
    fn the_claims_that_are_used_are_read_and_others_ignored() {
        let user = "46d1e466-0000-4c62-b43b-7f41855ba872";
        let read = claims(&token(&format!(
            r#"{{"sub":"{user}","exp":60,"iat":0,"aud":"authenticated","amr":[{{"method":"password"}}],"session_id":"{user}"}}"#
        )));
        let read = read.unwrap();
        assert_eq!(read.sub.to_string(), user);
        assert_eq!((read.exp, read.iat), (60, Some(0)));
        assert!(read.session_id.is_some());
    }

    #[test]
    fn what_is_not_a_token_gives_nothing() {
        let long = format!("e30.{}.s", "a".repeat(MAX_TOKEN));
        for text in [
            "",
            "a.b",
            "a.b.c.d",
            "a.!!.c",
            "e30.e30.s",
            "e 30.e30.s",
            "e30.\n.s",
            &long,
        ] {
            assert_eq!(claims(&Secret::new(text)), None);
        }
        assert_eq!(claims(&token(r#"{"sub":"eric","exp":1}"#)), None);
        assert_eq!(claims(&token("[]")), None);
    }
}
