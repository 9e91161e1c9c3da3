//! Answers into results. Pure.
//!
//! Who answered is told by shape ([`super::answer`]); the rules are those of GoTrue's and PostgREST's error tables. A
//! refusal that the same request will always meet is [`Error::Denied`] or [`Error::Auth`]; what can pass by itself is
//! [`Error::Server`] or [`Error::Protocol`]; a wrong key or address is [`Error::Config`].

use serde::de::DeserializeOwned;

use super::answer::{Shape, is_page};
use super::raw::RawAnswer;
use crate::error::{Error, Result, Service};
use crate::model::{AuthErrorCode, RefusalCode};

const KEY_UNKNOWN: Error = Error::Config {
    field: "anon_key",
    reason: "the server does not accept this key",
};
const NOT_A_PROJECT: Error = Error::Config {
    field: "url",
    reason: "no Supabase project answers at this address",
};

/// The value of a good answer, or the error of a bad one. `asked` is the service the request was for.
///
/// # Errors
/// See the module; [`Error::Protocol`] for a good status with a body of another shape.
pub(crate) fn judged<T: DeserializeOwned>(asked: Service, raw: &RawAnswer) -> Result<T> {
    match failure(asked, raw) {
        Some(error) => Err(error),
        None => read(asked, raw),
    }
}

/// The value of an answer that is known to be good.
///
/// # Errors
/// [`Error::Protocol`] for a body of another shape.
pub(crate) fn read<T: DeserializeOwned>(asked: Service, raw: &RawAnswer) -> Result<T> {
    // 204 and an empty 200 are JSON's null: a function that returns nothing.
    let body: &[u8] = if raw.body.is_empty() {
        b"null"
    } else {
        &raw.body
    };
    serde_json::from_slice(body).map_err(|_| Error::Protocol {
        service: asked,
        reason: "it has another shape than expected",
    })
}

/// The error an answer stands for; `None` when its status is good and it is not a web page.
#[must_use]
pub(crate) fn failure(asked: Service, raw: &RawAnswer) -> Option<Error> {
    // A good answer is for whoever asked to read, once; it may be large.
    if let 100..=299 = raw.status {
        let good = raw.status >= 200 && !is_page(&raw.body);
        return (!good).then(page);
    }
    let shape = raw.answer().shape;
    match raw.status {
        300..=399 if !matches!(shape, Shape::Rest(_)) => {
            return Some(Error::Protocol {
                service: Service::Gateway,
                reason: "a redirect instead of an answer",
            });
        }
        _ => {}
    }
    Some(match shape {
        Shape::Auth(code) => of_auth(raw, code),
        Shape::Rest(code) => of_rest(raw, code),
        Shape::Gateway(text) => of_gateway(raw, text),
        Shape::Html if raw.status < 500 || raw.status == 511 => page(),
        Shape::Html | Shape::Text | Shape::Empty if raw.status >= 500 => {
            server(Service::Gateway, raw, None)
        }
        Shape::Text if raw.status == 404 => NOT_A_PROJECT,
        Shape::Realtime(_) => server(Service::Realtime, raw, None),
        Shape::Json | Shape::Text | Shape::Empty | Shape::Html => server(asked, raw, None),
    })
}

/// True when a service refused the access token itself, so that a new one can help: it expired, or keys were changed.
#[must_use]
pub(crate) fn token_refused(error: &Error) -> bool {
    match error {
        Error::Server {
            service: Service::Rest,
            status: 401,
            reason: Some(reason),
            ..
        } => matches!(reason.as_str(), "PGRST301" | "PGRST303"),
        Error::Auth { reason } => *reason == AuthErrorCode::BadJwt,
        _ => false,
    }
}

/// True when the database says that the account was deleted: its token is good, and useless.
#[must_use]
pub(crate) fn account_gone(error: &Error) -> bool {
    matches!(
        error,
        Error::Denied {
            reason: RefusalCode::AccountGone
        }
    )
}

fn page() -> Error {
    Error::Protocol {
        service: Service::Gateway,
        reason: "a web page instead of an answer",
    }
}

fn server(service: Service, raw: &RawAnswer, reason: Option<String>) -> Error {
    Error::Server {
        service,
        status: raw.status,
        reason,
        retry_after: raw.retry_after(),
    }
}

fn of_auth(raw: &RawAnswer, code: String) -> Error {
    match raw.status {
        408 | 409 | 425 | 429 | 500..=599 => Error::Server {
            service: Service::Auth,
            status: raw.status,
            reason: Some(code),
            retry_after: raw.retry_after().or_else(|| told_wait(&raw.body)),
        },
        _ => Error::Auth {
            reason: code.into(),
        },
    }
}

/// The auth service names a time in its text only: "you can only request this after 12 seconds". The number is taken
/// from it, and nothing else.
fn told_wait(body: &[u8]) -> Option<u32> {
    let body: serde_json::Value = serde_json::from_slice(body).ok()?;
    let text = body.get("msg").or_else(|| body.get("message"))?.as_str()?;
    let (_, behind) = text.split_once(" after ")?;
    let (number, unit) = behind.split_once(' ')?;
    let wait: u32 = number.parse().ok()?;
    unit.starts_with("second")
        .then(|| wait.min(super::raw::MAX_RETRY_AFTER))
}

fn of_gateway(raw: &RawAnswer, text: Option<&'static str>) -> Error {
    match (raw.status, text) {
        (401 | 403, _) => KEY_UNKNOWN,
        (404, Some("no Route matched with those values")) => NOT_A_PROJECT,
        _ => server(Service::Gateway, raw, None),
    }
}

fn of_rest(raw: &RawAnswer, code: String) -> Error {
    let class = code.get(..2).unwrap_or_default();
    match (raw.status, code.as_str()) {
        // The database behind it: connecting, its schema not yet read, its pool or its patience used up.
        (_, "PGRST000" | "PGRST001" | "PGRST002" | "PGRST003") => {
            server(Service::Database, raw, Some(code))
        }
        // The token, or the server's set-up for tokens. 404: a function or table is missing (migrations).
        (401, _) if code.starts_with("PGRST") => server(Service::Rest, raw, Some(code)),
        (_, "PGRST202" | "PGRST205" | "PGRST300" | "42883" | "42P01") => {
            server(Service::Rest, raw, Some(code))
        }
        // SQLSTATE classes that pass by themselves: rolled back, out of resources, locked, cancelled, system.
        (500..=599, _) if matches!(class, "08" | "40" | "53" | "55" | "57" | "58" | "XX") => {
            server(Service::Database, raw, Some(code))
        }
        (408 | 425 | 429 | 502..=504, _) => server(Service::Rest, raw, Some(code)),
        (_, "P0001") => raised(&raw.body).unwrap_or_else(|| denied(&code)),
        _ => denied(&code),
    }
}

/// Our functions raise `code: sentence`; only a code of small letters and underscores is taken from it, and of
/// `hand_over` the number in its detail.
fn raised(body: &[u8]) -> Option<Error> {
    let body: serde_json::Value = serde_json::from_slice(body).ok()?;
    let (code, _) = body.get("message")?.as_str()?.split_once(':')?;
    let fits =
        (1..=40).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let count = || body.get("details")?.as_str()?.parse().ok();
    match (code, count()) {
        ("hand_over", Some(bands)) => Some(Error::HandOver { bands }),
        _ => fits.then(|| denied(code)),
    }
}

fn denied(code: &str) -> Error {
    Error::Denied {
        reason: code.into(),
    }
}
