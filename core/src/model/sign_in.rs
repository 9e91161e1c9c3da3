//! Why the auth service said no, in a person's words.
//!
//! Owns: one sentence for each of `GoTrue`'s codes that a member of a band can meet, and for the device's own reason why a
//! session ended.
//! Never: shows the service's own text. A code without a sentence here gets [`UNKNOWN`], which is true of any.

/// What to tell a person about a code of the auth service; `None` when it is not known.
#[must_use]
pub(crate) fn sentence(code: &str) -> Option<&'static str> {
    passwords(code)
        .or_else(|| accounts(code))
        .or_else(|| sessions(code))
        .or_else(|| limits(code))
}

/// What a person typed.
fn passwords(code: &str) -> Option<&'static str> {
    Some(match code {
        "invalid_credentials" => "Check the e-mail address and the password.",
        "weak_password" => "Choose a longer password, or one that is harder to guess.",
        "same_password" => "Choose a password that is not the one you have.",
        "validation_failed" | "email_address_invalid" => {
            "Check what you typed: the e-mail address, and that the password is not too long."
        }
        "otp_expired" | "reauthentication_not_valid" => {
            "The code or link is wrong, too old, or was used before. Ask for a new one."
        }
        "reauthentication_needed" | "reauth_nonce_missing" => {
            "Show that it is you: ask for a code by e-mail, then save again with it."
        }
        "invalid_request" | "invalid_nonce" => {
            "The sign-in with the other account did not work. Try it again, or sign in with your e-mail address."
        }
        "captcha_failed" => {
            "The server wants proof that you are no robot, which this app cannot give. Sign in on the web, or ask whoever runs the server."
        }
        _ => return None,
    })
}

/// What the service knows of the account, or how it is set up.
fn accounts(code: &str) -> Option<&'static str> {
    Some(match code {
        "email_not_confirmed" | "phone_not_confirmed" | "provider_email_needs_verification" => {
            "Open the link in the message that was sent to you, then sign in."
        }
        "user_already_exists" | "phone_exists" | "identity_already_exists" => {
            "There is an account with this address already. Sign in instead."
        }
        "email_exists" => {
            "Another account has this address. Sign in with it instead, or choose another address."
        }
        "user_banned" => "This account is blocked. Ask whoever runs the server.",
        "user_not_found" => "There is no such account. Sign up first.",
        "otp_disabled" => {
            "There is no account with this address. Check the address, or sign up first."
        }
        "signup_disabled" => {
            "Nobody can sign up here by themselves. Ask whoever runs the server for an account."
        }
        "email_provider_disabled"
        | "phone_provider_disabled"
        | "anonymous_provider_disabled"
        | "provider_disabled" => {
            "The server does not let anybody sign in this way. Ask whoever runs it."
        }
        "email_address_not_authorized" => {
            "The server may not send messages to this address. Ask whoever runs it."
        }
        "user_sso_managed" => "This account is managed elsewhere. Sign in there.",
        "insufficient_aal" | "mfa_verification_failed" | "mfa_challenge_expired" => {
            "This account wants a second factor, which this app cannot give. Ask whoever runs the server."
        }
        _ => return None,
    })
}

/// A session that is over. Local data stays.
fn sessions(code: &str) -> Option<&'static str> {
    Some(match code {
        "session_expired"
        | "session_not_found"
        | "refresh_token_not_found"
        | "refresh_token_already_used"
        | "bad_jwt"
        | "no_authorization"
        | "stored_session_unreadable" => "Sign in again; nothing on this phone is lost.",
        _ => return None,
    })
}

/// Too much of something, for now.
fn limits(code: &str) -> Option<&'static str> {
    Some(match code {
        "over_request_rate_limit" => {
            "There were too many tries. Wait a few minutes, then try again."
        }
        "over_email_send_rate_limit" | "over_sms_send_rate_limit" => {
            "A message was sent a moment ago, or too many were. Look for it, and wait before you ask for another."
        }
        "request_timeout" | "hook_timeout" | "hook_timeout_after_retry" | "conflict" => {
            "The server was too busy. Try again."
        }
        _ => return None,
    })
}

/// What a limit is about, for where the time to wait is known and follows.
#[must_use]
pub(crate) fn cause(code: &str) -> &'static str {
    match code {
        "over_request_rate_limit" => "There were too many tries.",
        "over_email_send_rate_limit" | "over_sms_send_rate_limit" => {
            "A message was sent a moment ago, or too many were."
        }
        _ => "The server was too busy.",
    }
}

/// For a code that this version does not know.
pub(crate) const UNKNOWN: &str =
    "The server did not let you in. Update the app, or ask whoever runs the server.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_that_a_member_can_meet_has_a_sentence_of_its_own_kind() {
        for (code, word) in [
            ("email_not_confirmed", "link in the message"),
            ("weak_password", "longer password"),
            ("over_request_rate_limit", "too many tries"),
            ("over_email_send_rate_limit", "message was sent"),
            ("user_banned", "blocked"),
            ("signup_disabled", "Nobody can sign up"),
            ("email_exists", "another address"),
            ("otp_disabled", "sign up first"),
            ("reauthentication_needed", "code by e-mail"),
            ("reauthentication_not_valid", "used before"),
            ("invalid_nonce", "the other account"),
            ("invalid_request", "the other account"),
            ("provider_disabled", "this way"),
            ("user_already_exists", "Sign in instead"),
            ("invalid_credentials", "the password"),
            ("session_expired", "Sign in again"),
            ("session_not_found", "Sign in again"),
            ("refresh_token_already_used", "Sign in again"),
            ("otp_expired", "new one"),
            ("captcha_failed", "robot"),
            ("same_password", "not the one you have"),
            ("validation_failed", "what you typed"),
            ("email_provider_disabled", "this way"),
        ] {
            let said = sentence(code).unwrap_or_else(|| panic!("{code} has none"));
            assert!(said.contains(word) && said.ends_with('.'), "{code}: {said}");
        }
        assert_eq!(sentence("a_code_of_a_newer_server"), None);
    }
}
