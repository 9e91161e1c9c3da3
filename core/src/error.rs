//! The one error type of the core.
//!
//! Owns: every way an operation can fail, a stable code for each, and one sentence of advice.
//! Never: shows a token, a title, an e-mail address or a server's free text. Fields are codes, constants and numbers, and an edit
//! that could not be saved, which neither text nor `Debug` shows.
//! Invariant: [`Error::code`] values are part of the public contract; user interfaces switch on them, not on texts.

use std::borrow::Cow;
use std::fmt;

use crate::model::{AuthErrorCode, RefusalCode, rejection, sign_in};
use crate::redact::Unsaved;

/// Result of core operations.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Which part of the back end answered, or should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Service {
    /// The proxy in front of everything.
    Gateway,
    /// Sign-in and tokens (`GoTrue`).
    Auth,
    /// Tables and functions (`PostgREST`).
    Rest,
    /// The `WebSocket` of hints.
    Realtime,
    /// PostgreSQL itself.
    Database,
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gateway => "gateway",
            Self::Auth => "auth",
            Self::Rest => "rest",
            Self::Realtime => "realtime",
            Self::Database => "database",
        })
    }
}

/// What is wrong with the local database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum StorageFailure {
    /// The disk is full. Nothing was written; nothing was lost.
    Full,
    /// The directory or file cannot be read or written.
    Unreadable,
    /// The file was written by a newer version of the program.
    Newer,
    /// The file is damaged. It was quarantined, not deleted.
    Damaged,
    /// Another program holds the file.
    Locked,
    /// Anything else `SQLite` reported; the number is its extended result code.
    Sqlite(i32),
}

/// Why an operation failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "ffi", derive(uniffi::Error), uniffi(name = "RockOnError"))]
pub enum Error {
    /// A setting is unusable: the URL, the key, the data directory.
    #[error("the setting `{field}` cannot be used: {reason}")]
    Config {
        /// Which setting.
        field: &'static str,
        /// What is wrong with it, a constant.
        reason: &'static str,
    },
    /// There is no session; local data can still be read.
    #[error("nobody is signed in")]
    SignedOut,
    /// The auth service refused.
    #[error("the auth service refused: {reason}")]
    Auth {
        /// Why.
        reason: AuthErrorCode,
    },
    /// The server could not be reached at all.
    #[error("the server cannot be reached")]
    Offline,
    /// No answer in time.
    #[error("no answer in time from {service}")]
    Timeout {
        /// Who did not answer.
        service: Service,
    },
    /// The server answered with a failure that is not about this request.
    #[error("{service} answered {status}")]
    Server {
        /// Who answered.
        service: Service,
        /// HTTP status.
        status: u16,
        /// The machine-readable code of the body, if it had one.
        reason: Option<String>,
        /// Seconds the server asked to wait (`Retry-After`), if it did.
        retry_after: Option<u32>,
    },
    /// The answer was not what this server should say: HTML, cut off, too large, wrong shape.
    #[error("the answer of {service} was not understood: {reason}")]
    Protocol {
        /// Who answered.
        service: Service,
        /// What was wrong, a constant.
        reason: &'static str,
    },
    /// The server's rules do not allow it.
    #[error("not allowed: {reason}")]
    Denied {
        /// Why.
        reason: RefusalCode,
    },
    /// Bands would be left without an admin: somebody else must be made one first.
    #[error("the only admin of bands with other members: {bands}")]
    HandOver {
        /// How many bands.
        bands: u32,
    },
    /// The row, feed or entry does not exist here.
    #[error("there is no such {what}")]
    NotFound {
        /// What was looked for, a constant.
        what: &'static str,
    },
    /// The row of an edit is not here any more: somebody deleted it, or it was moved away. The edit comes back.
    #[error("the row is not there any more")]
    Gone {
        /// What was to be saved.
        edit: Unsaved,
    },
    /// The caller's input cannot be accepted.
    #[error("{}", refused_input(field, reason))]
    Invalid {
        /// Which field.
        field: &'static str,
        /// Why, a constant.
        reason: &'static str,
    },
    /// The caller named a column that its kind of row does not have.
    #[error("there is no column `{column}`")]
    UnknownColumn {
        /// Which, as the caller wrote it: at most 40 letters, digits and underscores, `?` for anything else.
        column: String,
    },
    /// The local database failed.
    #[error("the local database cannot be used: {failure}")]
    Storage {
        /// What is wrong with it.
        failure: StorageFailure,
    },
    /// The platform's secret store failed; the constant names the step.
    #[error("the secret store failed to {step}")]
    Secrets {
        /// `read`, `write` or `delete`.
        step: &'static str,
    },
    /// The client was shut down.
    #[error("the client is shut down")]
    Closed,
    /// A bug of ours. The constant names the place.
    #[error("internal fault in {place}")]
    Internal {
        /// Where.
        place: &'static str,
    },
}

impl Error {
    /// Stable machine-readable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Config { .. } => "config",
            Self::SignedOut => "signed_out",
            Self::Auth { .. } => "auth",
            Self::Offline => "offline",
            Self::Timeout { .. } => "timeout",
            Self::Server { .. } => "server",
            Self::Protocol { .. } => "protocol",
            Self::Denied { .. } => "denied",
            Self::HandOver { .. } => "hand_over",
            Self::NotFound { .. } => "not_found",
            Self::Gone { .. } => "gone",
            Self::Invalid { .. } => "invalid",
            Self::UnknownColumn { .. } => "unknown_column",
            Self::Storage { .. } => "storage",
            Self::Secrets { .. } => "secrets",
            Self::Closed => "closed",
            Self::Internal { .. } => "internal",
        }
    }

    /// True when trying the same again later can succeed without anybody changing anything.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Offline | Self::Timeout { .. } | Self::Protocol { .. } => true,
            Self::Server { status, .. } => matches!(status, 408 | 409 | 425 | 429 | 500..=599),
            _ => false,
        }
    }

    /// True when nothing there does any work: no answer, or only a gateway's for a service that is not there. A server that
    /// answers that it is busy is not away, and must be left in peace.
    pub fn is_away(&self) -> bool {
        match self {
            Self::Offline | Self::Timeout { .. } => true,
            Self::Protocol { service, .. } => *service == Service::Gateway,
            Self::Server {
                service: Service::Gateway,
                status,
                ..
            } => *status >= 500,
            Self::Server {
                service: Service::Database,
                reason: Some(code),
                ..
            } => matches!(code.as_str(), "PGRST000" | "PGRST001" | "PGRST002"),
            _ => false,
        }
    }

    /// A column that the caller made up.
    pub(crate) fn unknown_column(name: &str) -> Self {
        let shown = |c: char| {
            if c.is_ascii_alphanumeric() || c == '_' {
                c
            } else {
                '?'
            }
        };
        Self::UnknownColumn {
            column: name.chars().take(MAX_COLUMN_CHARS).map(shown).collect(),
        }
    }

    /// What a person is told: what happened, then the advice. Without codes, which are for logs.
    pub fn message(&self) -> String {
        let what = match self {
            Self::Auth { .. } => "the auth service refused".to_owned(),
            Self::Denied { .. } => "not allowed".to_owned(),
            other => other.to_string(),
        };
        let mut rest = what.chars();
        let first = rest.next().map(|c| c.to_ascii_uppercase());
        format!(
            "{}{}. {}",
            first.unwrap_or_default(),
            rest.as_str(),
            self.advice()
        )
    }

    /// What the person can do about it, one plain sentence or two.
    pub fn advice(&self) -> Cow<'static, str> {
        match self {
            Self::Server {
                service: Service::Auth,
                reason: Some(code),
                retry_after,
                ..
            } => auth_busy(&AuthErrorCode::from(code.as_str()), *retry_after),
            other => Cow::Borrowed(other.fixed_advice()),
        }
    }

    /// The advice that needs no number.
    fn fixed_advice(&self) -> &'static str {
        match self {
            Self::Config { .. } => "Correct the setting and start again.",
            Self::SignedOut => "Sign in; everything on this phone can still be read.",
            Self::Auth { reason } => sign_in::sentence(reason).unwrap_or(sign_in::UNKNOWN),
            Self::Offline => "Go on working; changes are sent when there is a network.",
            Self::Timeout { .. } | Self::Server { .. } => {
                "Go on working; it is tried again by itself. If it lasts, ask the doctor."
            }
            Self::Protocol { .. } => {
                "Something between this phone and the server answers in its place. Ask the doctor."
            }
            Self::HandOver { .. } => {
                "Make somebody else an admin of each of these bands, or delete the band, then try again."
            }
            Self::Denied { reason } => rejection::sentence(reason).unwrap_or(rejection::UNKNOWN),
            Self::NotFound { .. } => "It may have been deleted; look at the list again.",
            Self::Gone { .. } => {
                "It was deleted meanwhile. Copy what you typed, or bring it back first."
            }
            Self::Invalid { reason, .. } if is_absent(reason) => "Nothing was saved.",
            Self::Invalid { .. } => "Correct the value and save again.",
            Self::UnknownColumn { .. } => "Nothing was saved. Update the app, or tell its makers.",
            Self::Storage { failure } => failure.advice(),
            Self::Secrets { .. } => {
                "Unlock the phone and try again; if it lasts, start the app again."
            }
            Self::Closed => "Open the client again.",
            Self::Internal { .. } => "Send the doctor's report to the developers.",
        }
    }
}

/// Longest part of a made-up column that an error repeats.
const MAX_COLUMN_CHARS: usize = 40;

/// Reasons of [`Error::Invalid`] that mean that nothing was entered.
fn is_absent(reason: &str) -> bool {
    matches!(reason, "it is empty" | "it is missing")
}

/// "please enter a title", "the title is longer than 80 characters".
fn refused_input(field: &str, reason: &str) -> String {
    let name = field.replace('_', " ");
    if is_absent(reason) {
        let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) {
            "an"
        } else {
            "a"
        };
        return format!("please enter {article} {name}");
    }
    match reason.strip_prefix("it ") {
        Some(rest) => format!("the {name} {rest}"),
        None => format!("the {name} cannot be used: {reason}"),
    }
}

/// The auth service refuses for a while. With a time, where it gave one.
fn auth_busy(code: &AuthErrorCode, wait_s: Option<u32>) -> Cow<'static, str> {
    match (sign_in::sentence(code), wait_s) {
        (Some(_), Some(wait @ 1..)) => Cow::Owned(format!(
            "{} Try again in {}.",
            sign_in::cause(code),
            waiting(wait)
        )),
        (Some(sentence), _) => Cow::Borrowed(sentence),
        (None, Some(wait @ 1..)) => Cow::Owned(format!("Try again in {}.", waiting(wait))),
        (None, _) => Cow::Borrowed(
            "Try again in a moment. If it lasts, ask the doctor; nothing on this phone is lost.",
        ),
    }
}

/// A time to wait, in words.
fn waiting(seconds: u32) -> String {
    let (count, unit) = match seconds {
        0..120 => (seconds, "second"),
        _ => (seconds.div_ceil(60), "minute"),
    };
    let end = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{end}")
}

impl fmt::Display for StorageFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("the disk is full"),
            Self::Unreadable => f.write_str("it cannot be read or written"),
            Self::Newer => f.write_str("a newer version of the program wrote it"),
            Self::Damaged => f.write_str("it is damaged"),
            Self::Locked => f.write_str("another program holds it"),
            Self::Sqlite(code) => write!(f, "SQLite reports {code}"),
        }
    }
}

/// `reason` of the [`Error::Protocol`] for an answer longer than [`MAX_BODY`](crate::net::MAX_BODY).
pub(crate) const ANSWER_TOO_LARGE: &str = "it is larger than 5 MB";

/// `SQLITE_IOERR`: the low byte of all of `SQLite`'s codes for a failed read or write of a file.
const IO_ERROR: i32 = 10;

impl StorageFailure {
    /// What the person can do about it, one plain sentence.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Full => "Free some space on this device, then save again.",
            Self::Unreadable => "Give the program a data directory that it may read and write.",
            Self::Newer => "Update the program; the data was written by a newer version.",
            Self::Damaged => {
                "The damaged file was kept beside the new one; data comes back by itself when online."
            }
            Self::Locked => "Close the other program that uses this data directory.",
            Self::Sqlite(code) if code & 0xff == IO_ERROR => {
                "Check that this device's storage works and has space left, then save again."
            }
            Self::Sqlite(_) => {
                "Try again; if it lasts, send the doctor's report to the developers."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn input_that_cannot_be_used_is_told_in_words_of_the_person() {
        let said = |field, reason| Error::Invalid { field, reason }.to_string();
        assert_eq!(said("title", "it is empty"), "please enter a title");
        assert_eq!(
            said("artist", "it is longer than 10,000 characters"),
            "the artist is longer than 10,000 characters"
        );
        assert_eq!(
            said("time_signature", "no such thing"),
            "the time signature cannot be used: no such thing"
        );
    }

    #[test]
    fn a_message_is_a_sentence_and_the_advice_without_codes() {
        let message = |error: Error| error.message();
        assert_eq!(
            message(Error::SignedOut),
            "Nobody is signed in. Sign in; everything on this phone can still be read."
        );
        let reason = RefusalCode::LastAdmin;
        assert_eq!(
            message(Error::Denied { reason }),
            "Not allowed. Make somebody else an admin first."
        );
        let reason = AuthErrorCode::InvalidCredentials;
        assert_eq!(
            message(Error::Auth { reason }),
            "The auth service refused. Check the e-mail address and the password."
        );
    }

    #[test]
    fn a_made_up_column_is_named_as_far_as_it_can_be_one() {
        let named = |name: &str| Error::unknown_column(name).to_string();
        assert_eq!(named("colour"), "there is no column `colour`");
        assert_eq!(named("a\n\u{202e}b=c"), "there is no column `a??b?c`");
        assert!(named(&"x".repeat(10_000)).len() < 80);
    }

    #[test]
    fn a_refusal_is_never_retried_and_an_outage_is() {
        let refusal = Error::Denied {
            reason: RefusalCode::NotAllowed,
        };
        let outage = Error::Server {
            service: Service::Rest,
            status: 503,
            reason: None,
            retry_after: None,
        };
        let not_ours = Error::Server {
            service: Service::Rest,
            status: 404,
            reason: None,
            retry_after: None,
        };
        assert!(!refusal.is_retryable());
        assert!(outage.is_retryable());
        assert!(!not_ours.is_retryable());
    }

    #[test]
    fn a_refusal_of_the_auth_service_has_advice_by_its_code() {
        let advice = |reason: &str| {
            let reason = AuthErrorCode::from(reason);
            Error::Auth { reason }.advice()
        };
        assert!(advice("invalid_credentials").contains("password"));
        assert!(advice("email_not_confirmed").contains("link"));
        assert!(!advice("email_not_confirmed").contains("password"));
        assert_eq!(advice("a_code_of_a_newer_server"), sign_in::UNKNOWN);
    }

    #[test]
    fn a_limit_of_the_auth_service_says_when_to_come_back_if_the_service_does() {
        let advice = |code: Option<&str>, retry_after| {
            Error::Server {
                service: Service::Auth,
                status: 429,
                reason: code.map(str::to_owned),
                retry_after,
            }
            .advice()
        };
        let over = Some("over_email_send_rate_limit");
        assert!(advice(over, Some(12)).ends_with("Try again in 12 seconds."));
        assert!(advice(over, Some(1)).ends_with("Try again in 1 second."));
        assert!(advice(over, Some(150)).ends_with("Try again in 3 minutes."));
        assert!(advice(over, None).contains("wait before you ask"));
        assert!(advice(Some("over_request_rate_limit"), None).contains("few minutes"));
        assert_eq!(advice(Some("new"), Some(30)), "Try again in 30 seconds.");
        assert!(advice(Some("unexpected_failure"), None).contains("in a moment"));
        assert!(advice(None, None).starts_with("Go on working"));
    }
}
