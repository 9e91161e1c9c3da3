//! Why the auth service said no, in a person's words.
//!
//! Owns: [`AuthErrorCode`], read once where an answer is judged, and which sentence of `speech` belongs to each of them.
//! Never: shows the service's own text. A code that this version does not know gets a sentence that is true of any.

use super::codes::codes;
use crate::speech::{Language, refusals, sign_in as say};

codes! {
    /// Why the auth service refused, or why a session ended: `GoTrue`'s error codes, and the phone's own two.
    AuthErrorCode {
        /// Address and password do not fit.
        InvalidCredentials = "invalid_credentials",
        /// The password is too easy to guess.
        WeakPassword = "weak_password",
        /// It is the password that is there.
        SamePassword = "same_password",
        /// Something in what was typed cannot be used.
        ValidationFailed = "validation_failed",
        /// It is no address.
        EmailAddressInvalid = "email_address_invalid",
        /// The code or link is wrong, too old or used up.
        OtpExpired = "otp_expired",
        /// The code that shows who asks is not right.
        ReauthenticationNotValid = "reauthentication_not_valid",
        /// Who asks must show who they are, with a code.
        ReauthenticationNeeded = "reauthentication_needed",
        /// The code for that was left out.
        ReauthNonceMissing = "reauth_nonce_missing",
        /// The token of another service is not taken.
        InvalidRequest = "invalid_request",
        /// The token of another service is for another sign-in.
        InvalidNonce = "invalid_nonce",
        /// Proof is wanted that a person asks.
        CaptchaFailed = "captcha_failed",
        /// The link in the first message was not opened yet.
        EmailNotConfirmed = "email_not_confirmed",
        /// The number was not confirmed yet.
        PhoneNotConfirmed = "phone_not_confirmed",
        /// The address at the other service was not confirmed yet.
        ProviderEmailNeedsVerification = "provider_email_needs_verification",
        /// There is such an account.
        UserAlreadyExists = "user_already_exists",
        /// There is an account with this number.
        PhoneExists = "phone_exists",
        /// The other service's account belongs to somebody here.
        IdentityAlreadyExists = "identity_already_exists",
        /// Another account has this address.
        EmailExists = "email_exists",
        /// The account is blocked.
        UserBanned = "user_banned",
        /// There is no such account.
        UserNotFound = "user_not_found",
        /// There is no such account, and none is to be made.
        OtpDisabled = "otp_disabled",
        /// Nobody can sign up.
        SignupDisabled = "signup_disabled",
        /// Nobody signs in with an address.
        EmailProviderDisabled = "email_provider_disabled",
        /// Nobody signs in with a number.
        PhoneProviderDisabled = "phone_provider_disabled",
        /// Nobody signs in without an account.
        AnonymousProviderDisabled = "anonymous_provider_disabled",
        /// Nobody signs in with this service.
        ProviderDisabled = "provider_disabled",
        /// The server may not write to this address.
        EmailAddressNotAuthorized = "email_address_not_authorized",
        /// The account is managed elsewhere.
        UserSsoManaged = "user_sso_managed",
        /// A second factor is wanted.
        InsufficientAal = "insufficient_aal",
        /// The second factor is wrong.
        MfaVerificationFailed = "mfa_verification_failed",
        /// The second factor came too late.
        MfaChallengeExpired = "mfa_challenge_expired",
        /// The session is too old.
        SessionExpired = "session_expired",
        /// The session was ended.
        SessionNotFound = "session_not_found",
        /// The token for a new one is not known.
        RefreshTokenNotFound = "refresh_token_not_found",
        /// The token for a new one was used before.
        RefreshTokenAlreadyUsed = "refresh_token_already_used",
        /// The access token is not right.
        BadJwt = "bad_jwt",
        /// There was no access token.
        NoAuthorization = "no_authorization",
        /// The phone's own: what it stored cannot be read.
        StoredSessionUnreadable = "stored_session_unreadable",
        /// The phone's own: what it stored is for another server than the one that the app names now.
        StoredSessionOfAnotherServer = "stored_session_of_another_server",
        /// The phone's own, from the database: the account was deleted. Nobody can sign in again, and what could be seen has been removed from
        /// this phone.
        AccountGone = "account_gone",
        /// There were too many tries.
        OverRequestRateLimit = "over_request_rate_limit",
        /// There were too many messages.
        OverEmailSendRateLimit = "over_email_send_rate_limit",
        /// There were too many short messages.
        OverSmsSendRateLimit = "over_sms_send_rate_limit",
        /// The service was too busy.
        RequestTimeout = "request_timeout",
        /// The service waited too long for another.
        HookTimeout = "hook_timeout",
        /// The service waited too long for another, again.
        HookTimeoutAfterRetry = "hook_timeout_after_retry",
        /// Two calls at once.
        Conflict = "conflict",
    }
}

use AuthErrorCode as C;

/// What to tell a person about a code of the auth service; `None` when it is not known.
#[must_use]
pub(crate) fn sentence(code: &AuthErrorCode, language: Language) -> Option<&'static str> {
    let say = passwords(code)
        .or_else(|| accounts(code))
        .or_else(|| sessions(code))
        .or_else(|| limits(code))?;
    Some(say(language))
}

type Say = fn(Language) -> &'static str;

/// What a person typed.
fn passwords(code: &AuthErrorCode) -> Option<Say> {
    Some(match code {
        C::InvalidCredentials => say::wrong_password,
        C::WeakPassword => say::weak_password,
        C::SamePassword => say::same_password,
        C::ValidationFailed | C::EmailAddressInvalid => say::check_input,
        C::OtpExpired | C::ReauthenticationNotValid => say::code_over,
        C::ReauthenticationNeeded | C::ReauthNonceMissing => say::show_who,
        C::InvalidRequest | C::InvalidNonce => say::other_account,
        C::CaptchaFailed => say::no_robot,
        _ => return None,
    })
}

/// What the service knows of the account, or how it is set up.
fn accounts(code: &AuthErrorCode) -> Option<Say> {
    Some(match code {
        C::EmailNotConfirmed | C::PhoneNotConfirmed | C::ProviderEmailNeedsVerification => {
            say::open_the_link
        }
        C::UserAlreadyExists | C::PhoneExists | C::IdentityAlreadyExists => say::account_exists,
        C::EmailExists => say::address_taken,
        C::AccountGone => refusals::account_gone,
        C::UserBanned => say::blocked,
        C::UserNotFound => say::no_account,
        C::OtpDisabled => say::no_address,
        C::SignupDisabled => say::no_sign_up,
        C::EmailProviderDisabled
        | C::PhoneProviderDisabled
        | C::AnonymousProviderDisabled
        | C::ProviderDisabled => say::not_this_way,
        C::EmailAddressNotAuthorized => say::may_not_write,
        C::UserSsoManaged => say::managed_elsewhere,
        C::InsufficientAal | C::MfaVerificationFailed | C::MfaChallengeExpired => {
            say::second_factor
        }
        _ => return None,
    })
}

/// A session that is over. Local data stays.
fn sessions(code: &AuthErrorCode) -> Option<Say> {
    Some(match code {
        C::SessionExpired
        | C::SessionNotFound
        | C::RefreshTokenNotFound
        | C::RefreshTokenAlreadyUsed
        | C::BadJwt
        | C::NoAuthorization
        | C::StoredSessionUnreadable => say::again,
        C::StoredSessionOfAnotherServer => say::other_server,
        _ => return None,
    })
}

/// Too much of something, for now.
fn limits(code: &AuthErrorCode) -> Option<Say> {
    Some(match code {
        C::OverRequestRateLimit => say::too_many_tries_wait,
        C::OverEmailSendRateLimit | C::OverSmsSendRateLimit => say::message_sent_wait,
        C::RequestTimeout | C::HookTimeout | C::HookTimeoutAfterRetry | C::Conflict => {
            say::busy_again
        }
        _ => return None,
    })
}

/// What happened, for before the sentence; `None` where that says it already.
#[must_use]
pub(crate) fn happened(code: &AuthErrorCode, language: Language) -> Option<&'static str> {
    let say: Say = match code {
        C::InvalidCredentials => say::not_let_in,
        C::WeakPassword => say::easy_to_guess,
        C::SamePassword => say::the_same,
        C::ValidationFailed | C::EmailAddressInvalid => say::not_usable,
        C::ReauthenticationNeeded | C::ReauthNonceMissing => say::not_sure_who,
        C::EmailNotConfirmed | C::PhoneNotConfirmed | C::ProviderEmailNeedsVerification => {
            say::not_confirmed
        }
        code if sessions(code).is_some() => say::signed_out,
        _ => return None,
    };
    Some(say(language))
}

/// What a limit is about, for where the time to wait is known and follows.
#[must_use]
pub(crate) fn cause(code: &AuthErrorCode, language: Language) -> &'static str {
    match code {
        C::OverRequestRateLimit => say::too_many_tries(language),
        C::OverEmailSendRateLimit | C::OverSmsSendRateLimit => say::message_sent(language),
        _ => say::busy(language),
    }
}

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
            ("stored_session_of_another_server", "another server"),
            ("session_not_found", "Sign in again"),
            ("refresh_token_already_used", "Sign in again"),
            ("otp_expired", "new one"),
            ("captcha_failed", "robot"),
            ("same_password", "not the one you have"),
            ("validation_failed", "what you typed"),
            ("email_provider_disabled", "this way"),
        ] {
            let said = sentence(&code.into(), Language::English)
                .unwrap_or_else(|| panic!("{code} has none"));
            assert!(said.contains(word) && said.ends_with('.'), "{code}: {said}");
        }
        assert_eq!(
            sentence(&"a_code_of_a_newer_server".into(), Language::English),
            None
        );
        let silent: Vec<_> = AuthErrorCode::KNOWN
            .iter()
            .filter(|code| sentence(code, Language::English).is_none())
            .collect();
        assert!(silent.is_empty(), "{silent:?}");
    }
}
