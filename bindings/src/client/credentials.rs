//! The ways in besides the password, and what a person signs in with. They need a network; nothing of them is queued.

use rockon_core::Error as CoreError;
use rockon_core::redact::Secret;
use rockon_core::session::{Account, EmailChange, IdProvider};

use super::Client;

calls! { run:
    /// Has a code sent to an address, for `sign_in_with_code`. With `create_account` an address without an account gets
    /// one when its code is handed in; it has no name then: ask for it and call `set_name`. Throws `Auth` with
    /// `otp_disabled` where there is no account and none is to be made, `Server` when the last code is not a minute old.
    request_sign_in_code(email: String as &, create_account: bool) -> ();
    /// Signs in by the code that `request_sign_in_code` sent, as `sign_in` does. Throws `Auth` with `otp_expired` for one
    /// that is wrong, too old or used up.
    sign_in_with_code(email: String as &, code: Secret as &) -> Account;
    /// Has a code sent to an address whose password is forgotten, for `sign_in_with_reset_code`. It answers the same
    /// where nobody has the address.
    request_password_reset(email: String as &) -> ();
    /// Signs in by the code that `request_password_reset` sent; then call `set_password`. Throws as `sign_in_with_code`.
    sign_in_with_reset_code(email: String as &, code: Secret as &) -> Account;
    /// Signs in by a token of Apple or Google, as `sign_in` does. `nonce` is what the app made up for this sign-in, as it
    /// is: the service was given its SHA-256 in hexadecimal digits. Throws `Auth` with `invalid_request` for a token that
    /// is not taken, with `invalid_nonce`, with `provider_disabled`.
    sign_in_with_id_token(provider: IdProvider, token: Secret, nonce: Option<Secret>) -> Account;
    /// Gives me another password; my sessions on other devices end. `code` is that of `request_reauthentication_code`,
    /// where the server wants one. Throws `Auth` with `weak_password`, `same_password`, `reauthentication_needed` (have a
    /// code sent, then call it again), `reauthentication_not_valid` (the code).
    set_password(password: Secret, code: Option<Secret>) -> ();
    /// Has a code sent to my address, which shows `set_password` that it is still me.
    request_reauthentication_code() -> ();
    /// Gives me another e-mail address: at once, or when the links of the messages about it have been opened. Throws
    /// `Auth` with `email_exists`, `validation_failed`; `Server` when the last message is not a minute old.
    set_email(email: String as &) -> EmailChange;
    /// An access token for other uses, such as files: good for another minute at least, renewed if it must be. Where
    /// tokens live for less than two minutes, for half a life. Throws `SignedOut`; `Offline` when it cannot be renewed.
    access_token() -> Secret;
}
