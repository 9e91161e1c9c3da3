//! What a failed refresh means. Pure.
//!
//! Owns: the list of codes that end a session. Everything else keeps it: a wrong API key, a stopped service, a hotel's
//! sign-in page or a full rate limit must not sign a musician out.

use crate::error::Error;
use crate::model::AuthErrorCode;

/// Codes of the auth service that end a session, in reply to a refresh.
pub const ENDING: [AuthErrorCode; 7] = [
    AuthErrorCode::RefreshTokenNotFound,
    AuthErrorCode::RefreshTokenAlreadyUsed,
    AuthErrorCode::SessionNotFound,
    AuthErrorCode::SessionExpired,
    AuthErrorCode::UserBanned,
    AuthErrorCode::UserNotFound,
    // The refresh token is not one, which no waiting can cure.
    AuthErrorCode::ValidationFailed,
];

/// What to do after a failed refresh.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AfterRefresh {
    /// The session is over; the code says why.
    End(AuthErrorCode),
    /// Read the store again: another process may have changed the token. If it did, use that one once; else it is over.
    Reread(AuthErrorCode),
    /// Keep the session and try again later.
    Keep,
}

/// Judges the error of a refresh.
#[must_use]
pub fn after_refresh(error: &Error) -> AfterRefresh {
    match error {
        Error::Auth { reason } if ENDING.contains(reason) => match reason {
            AuthErrorCode::RefreshTokenNotFound | AuthErrorCode::RefreshTokenAlreadyUsed => {
                AfterRefresh::Reread(reason.clone())
            }
            _ => AfterRefresh::End(reason.clone()),
        },
        _ => AfterRefresh::Keep,
    }
}

/// True when a sign-out's answer means that the session is gone on the server, or was before.
#[must_use]
pub fn is_gone(error: &Error) -> bool {
    matches!(error, Error::Auth { reason } if ENDING.contains(reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_of_an_ended_session_ends_it_and_a_token_that_is_not_known_is_looked_up_first() {
        let ended = [
            "session_not_found",
            "session_expired",
            "user_banned",
            "user_not_found",
            "validation_failed",
        ];
        let looked_up = ["refresh_token_not_found", "refresh_token_already_used"];
        let cases = ended.map(|code| (code, AfterRefresh::End(code.into())));
        let cases = cases
            .into_iter()
            .chain(looked_up.map(|code| (code, AfterRefresh::Reread(code.into()))))
            .chain([("over_request_rate_limit", AfterRefresh::Keep)]);
        for (code, verdict) in cases {
            let error = Error::Auth {
                reason: code.into(),
            };
            assert_eq!(after_refresh(&error), verdict);
            assert_eq!(is_gone(&error), verdict != AfterRefresh::Keep, "{code}");
        }
    }
}
