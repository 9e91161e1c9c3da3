//! The one error type of the core.
//!
//! Owns: every way an operation can fail, a stable code for each, and which sentences of `speech` say what happened and what
//! to do. `Display`, which logs print, is what happened, in English.
//! Never: shows a token, a title, an e-mail address or a server's free text. Fields are codes, constants and numbers, and an edit
//! that could not be saved, which neither text nor `Debug` shows.
//! Invariant: [`Error::code`] values are part of the public contract; user interfaces switch on them, not on texts.

use std::borrow::Cow;
use std::fmt;

use crate::model::{AuthErrorCode, RefusalCode, rejection, sign_in};
use crate::redact::Unsaved;
use crate::speech::labels::{label, with_article};
use crate::speech::{Language, capital, errors as say, reasons, refusals, sign_in as enter};

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

impl Service {
    fn words(self, language: Language) -> &'static str {
        match self {
            Self::Gateway => say::gateway(language),
            Self::Auth => say::auth_service(language),
            Self::Rest => say::rest_service(language),
            Self::Realtime => say::realtime_service(language),
            Self::Database => say::database_service(language),
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words(Language::English))
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
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Error), uniffi(name = "RockOnError"))]
pub enum Error {
    /// A setting is unusable: the URL, the key, the data directory.
    Config {
        /// Which setting.
        field: &'static str,
        /// What is wrong with it, a constant.
        reason: &'static str,
    },
    /// There is no session; local data can still be read.
    SignedOut,
    /// The auth service refused.
    Auth {
        /// Why.
        reason: AuthErrorCode,
    },
    /// The server could not be reached at all.
    Offline,
    /// No answer in time.
    Timeout {
        /// Who did not answer.
        service: Service,
    },
    /// The server answered with a failure that is not about this request.
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
    Protocol {
        /// Who answered.
        service: Service,
        /// What was wrong, a constant.
        reason: &'static str,
    },
    /// The server's rules do not allow it.
    Denied {
        /// Why.
        reason: RefusalCode,
    },
    /// Bands would be left without an admin: somebody else must be made one first.
    HandOver {
        /// How many bands.
        bands: u32,
    },
    /// The row, feed or entry does not exist here.
    NotFound {
        /// What was looked for, a constant.
        what: &'static str,
    },
    /// The row of an edit is not here any more: somebody deleted it, or it was moved away. The edit comes back.
    Gone {
        /// What was to be saved.
        edit: Unsaved,
    },
    /// The caller's input cannot be accepted.
    Invalid {
        /// Which field.
        field: &'static str,
        /// Why, a constant.
        reason: &'static str,
    },
    /// The caller named a column that its kind of row does not have.
    UnknownColumn {
        /// Which, as the caller wrote it: at most 40 letters, digits and underscores, `?` for anything else.
        column: String,
    },
    /// The local database failed.
    Storage {
        /// What is wrong with it.
        failure: StorageFailure,
    },
    /// The platform's secret store failed; the constant names the step.
    Secrets {
        /// `read`, `write` or `delete`.
        step: &'static str,
    },
    /// The client was shut down.
    Closed,
    /// A bug of ours. The constant names the place.
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
    pub fn message(&self, language: Language) -> String {
        let what = match self {
            Self::Auth { reason } => match sign_in::happened(reason, language) {
                Some(what) => what.to_owned(),
                None => return self.advice(language).into_owned(),
            },
            Self::Denied { .. } => say::not_allowed(language).to_owned(),
            other => other.what(language),
        };
        format!("{}. {}", capital(&what), self.advice(language))
    }

    /// What happened.
    fn what(&self, language: Language) -> String {
        match self {
            Self::Config { field, reason } => {
                say::config(language, field, reasons::reason(language, reason))
            }
            Self::SignedOut => say::signed_out(language).to_owned(),
            Self::Auth { reason } => say::auth(language, reason),
            Self::Offline => say::offline(language).to_owned(),
            Self::Timeout { service } => say::timeout(language, service.words(language)),
            Self::Server {
                service, status, ..
            } => say::server(language, service.words(language), status),
            Self::Protocol { service, reason } => {
                let reason = reasons::reason(language, reason);
                say::protocol(language, service.words(language), reason)
            }
            Self::Denied { reason } => say::denied(language, reason),
            Self::HandOver { bands } => say::hand_over(language, bands),
            Self::NotFound { what } => say::not_found(language, reasons::reason(language, what)),
            Self::Gone { .. } => say::gone(language).to_owned(),
            Self::Invalid { field, reason } => refused_input(field, reason, language),
            Self::UnknownColumn { column } => say::unknown_column(language, column),
            Self::Storage { failure } => say::storage(language, &failure.words(language)),
            Self::Secrets { step } => say::secrets(language, reasons::reason(language, step)),
            Self::Closed => say::closed(language).to_owned(),
            Self::Internal { place } => say::internal(language, place),
        }
    }

    /// What the person can do about it, one plain sentence or two.
    pub fn advice(&self, language: Language) -> Cow<'static, str> {
        match self {
            Self::Server {
                service: Service::Auth,
                reason: Some(code),
                retry_after,
                ..
            } => auth_busy(&AuthErrorCode::from(code.as_str()), *retry_after, language),
            other => Cow::Borrowed(other.fixed_advice(language)),
        }
    }

    /// The advice that needs no number.
    fn fixed_advice(&self, language: Language) -> &'static str {
        let say = match self {
            Self::Auth { reason } => {
                return sign_in::sentence(reason, language).unwrap_or(enter::unknown(language));
            }
            Self::Denied { reason } => {
                return rejection::sentence(reason, language)
                    .unwrap_or(refusals::unknown(language));
            }
            Self::Storage { failure } => return failure.advice(language),
            Self::Config { .. } => say::correct_setting,
            Self::SignedOut => say::sign_in,
            Self::Offline => say::work_offline,
            Self::Timeout { .. } | Self::Server { .. } => say::work_on,
            Self::Protocol { .. } => say::in_between,
            Self::HandOver { .. } => say::hand_over_first,
            Self::NotFound { .. } => say::look_again,
            Self::Gone { .. } => say::copy_or_restore,
            Self::Invalid { reason, .. } if is_absent(reason) => say::nothing_saved,
            Self::Invalid { .. } => say::correct_value,
            Self::UnknownColumn { .. } => say::update_app,
            Self::Secrets { .. } => say::unlock,
            Self::Closed => say::open_again,
            Self::Internal { .. } => say::report,
        };
        say(language)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what(Language::English))
    }
}

impl std::error::Error for Error {}

/// Longest part of a made-up column that an error repeats.
const MAX_COLUMN_CHARS: usize = 40;

/// Reasons of [`Error::Invalid`] that mean that nothing was entered.
fn is_absent(reason: &str) -> bool {
    matches!(reason, "it is empty" | "it is missing")
}

/// "please enter a title", "the title is longer than 80 characters".
fn refused_input(field: &'static str, reason: &'static str, language: Language) -> String {
    // A form calls its fields by the columns' names, which English has as they are.
    let (plain, german) = (field.replace('_', " "), label(Language::German, field));
    let name = match language {
        Language::English => plain.as_str(),
        Language::German => german,
    };
    if is_absent(reason) {
        let name = match language {
            Language::English => name,
            Language::German => with_article(language, field),
        };
        return if name.starts_with(['a', 'e', 'i', 'o', 'u']) {
            say::please_enter_an(language, name)
        } else {
            say::please_enter_a(language, name)
        };
    }
    match (language, reason.strip_prefix("it ")) {
        (Language::English, Some(rest)) => say::input_is(language, name, rest),
        _ => say::bad_input(language, name, reasons::reason(language, reason)),
    }
}

/// The auth service refuses for a while. With a time, where it gave one.
fn auth_busy(code: &AuthErrorCode, wait_s: Option<u32>, language: Language) -> Cow<'static, str> {
    match (sign_in::sentence(code, language), wait_s) {
        (Some(_), Some(wait @ 1..)) => {
            let (cause, again) = (sign_in::cause(code, language), again_in(wait, language));
            Cow::Owned(format!("{cause} {again}"))
        }
        (Some(sentence), _) => Cow::Borrowed(sentence),
        (None, Some(wait @ 1..)) => Cow::Owned(again_in(wait, language)),
        (None, _) => Cow::Borrowed(enter::in_a_moment(language)),
    }
}

/// When to try again.
fn again_in(seconds: u32, language: Language) -> String {
    match seconds {
        0..120 => enter::in_seconds(language, u64::from(seconds)),
        _ => enter::in_minutes(language, u64::from(seconds.div_ceil(60))),
    }
}

impl fmt::Display for StorageFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Language::English))
    }
}

/// `reason` of the [`Error::Protocol`] for an answer longer than [`MAX_BODY`](crate::net::MAX_BODY).
pub(crate) const ANSWER_TOO_LARGE: &str = "it is larger than 5 MB";

/// `SQLITE_IOERR`: the low byte of all of `SQLite`'s codes for a failed read or write of a file.
const IO_ERROR: i32 = 10;

impl StorageFailure {
    /// What is wrong.
    pub(crate) fn words(self, language: Language) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Full => say::disk_full(language),
            Self::Unreadable => say::unreadable(language),
            Self::Newer => say::newer(language),
            Self::Damaged => say::damaged(language),
            Self::Locked => say::locked(language),
            Self::Sqlite(code) => return Cow::Owned(say::sqlite(language, &code)),
        })
    }

    /// What the person can do about it, one plain sentence.
    pub fn advice(self, language: Language) -> &'static str {
        match self {
            Self::Full => say::free_space(language),
            Self::Unreadable => say::data_directory(language),
            Self::Newer => say::update_program(language),
            Self::Damaged => say::damaged_kept(language),
            Self::Locked => say::close_other(language),
            Self::Sqlite(code) if code & 0xff == IO_ERROR => say::check_storage(language),
            Self::Sqlite(_) => say::try_or_report(language),
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
        let message = |error: Error, language| error.message(language);
        assert_eq!(
            message(Error::SignedOut, Language::English),
            "Nobody is signed in. Sign in; everything on this phone can still be read."
        );
        let reason = RefusalCode::LastAdmin;
        assert_eq!(
            message(Error::Denied { reason }, Language::English),
            "Not allowed. Make somebody else an admin first."
        );
        let reason = AuthErrorCode::InvalidCredentials;
        assert_eq!(
            message(Error::Auth { reason }, Language::English),
            "Signing in did not work. Check the e-mail address and the password."
        );
        for reason in AuthErrorCode::KNOWN.iter().cloned().chain(["new".into()]) {
            for language in [Language::English, Language::German] {
                let reason = reason.clone();
                let said = message(Error::Auth { reason }, language);
                assert!(
                    !said.contains("service") && !said.contains("dienst"),
                    "{said}"
                );
                assert!(said.ends_with('.') && !said.contains(".."), "{said}");
            }
        }
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
            Error::Auth { reason }.advice(Language::English)
        };
        assert!(advice("invalid_credentials").contains("password"));
        assert!(advice("email_not_confirmed").contains("link"));
        assert!(!advice("email_not_confirmed").contains("password"));
        assert_eq!(
            advice("a_code_of_a_newer_server"),
            enter::unknown(Language::English)
        );
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
            .advice(Language::English)
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
