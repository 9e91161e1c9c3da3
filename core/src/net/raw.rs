//! What came of one request, before anybody judges it.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::time::Duration;

use super::answer::{Answer, classify};
use super::date;
use crate::error::{ANSWER_TOO_LARGE, Error, Service};
use crate::time::Timestamp;

/// Longest answer that is read, in bytes after decompression. A page of `sync_pull` ends near 2 MB.
pub const MAX_BODY: usize = 5 * 1024 * 1024;

/// A server may ask to wait at most this long; a longer `Retry-After` is cut to it.
pub(super) const MAX_RETRY_AFTER: u32 = 15 * 60;

/// A whole answer, whatever its status. `Debug` shows neither headers nor body.
#[derive(Clone)]
pub struct RawAnswer {
    /// HTTP status.
    pub status: u16,
    /// Header names in lower case, with their values; values that are not visible ASCII are left out.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed; at most [`MAX_BODY`] bytes.
    pub body: Vec<u8>,
    /// From sending the request to the end of the body.
    pub took: Duration,
}

impl RawAnswer {
    /// The first header of that (lower-case) name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name)?;
        Some(&found.1)
    }

    /// Who answered, by the shape of the answer.
    #[must_use]
    pub fn answer(&self) -> Answer {
        classify(self.status, self.header("x-sb-error-code"), &self.body)
    }

    /// The server's clock, if it told it.
    #[must_use]
    pub fn date(&self) -> Option<Timestamp> {
        date::parse(self.header("date")?)
    }

    /// Seconds to wait as `Retry-After` asks, at most 15 minutes. The form with a date is not used by our servers.
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        let seconds: u64 = self.header("retry-after")?.trim().parse().ok()?;
        Some(u32::try_from(seconds).map_or(MAX_RETRY_AFTER, |s| s.min(MAX_RETRY_AFTER)))
    }
}

impl fmt::Debug for RawAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawAnswer")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .field("took", &self.took)
            .finish_non_exhaustive()
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unreached {
    /// The host name could not be resolved.
    NoSuchHost,
    /// Nothing listens there, or the network has no way to it.
    Refused,
    /// No connection, or no answer in time.
    TimedOut,
    /// The TLS handshake failed: certificate, date of this device, or something in between.
    TlsFailed,
    /// The connection broke off before the answer was whole, or what came is not HTTP.
    CutOff,
    /// The answer is longer than [`MAX_BODY`].
    TooLarge,
    /// The answer claims a compression that its bytes do not have.
    BadEncoding,
    /// The request could not be made: a header of impossible characters.
    BadRequest,
}

impl Unreached {
    /// The error for a caller that asked `service`.
    #[must_use]
    pub fn into_error(self, service: Service) -> Error {
        let protocol = |reason| Error::Protocol { service, reason };
        match self {
            Self::NoSuchHost | Self::Refused => Error::Offline,
            Self::TimedOut => Error::Timeout { service },
            Self::TlsFailed => protocol("the TLS handshake failed"),
            Self::CutOff => protocol("it was cut off"),
            Self::TooLarge => protocol(ANSWER_TOO_LARGE),
            Self::BadEncoding => protocol("its compression is damaged"),
            Self::BadRequest => Error::Internal {
                place: "net::request",
            },
        }
    }

    /// From the HTTP library's error, by its kinds and causes alone: its texts may hold an address.
    pub(super) fn from_library(error: &reqwest::Error) -> Self {
        if error.is_builder() {
            Self::BadRequest
        } else if has_cause(error, <dyn StdError>::is::<rustls::Error>) {
            Self::TlsFailed
        } else if error.is_timeout() {
            Self::TimedOut
        } else if error.is_dns() {
            Self::NoSuchHost
        } else if error.is_connect() {
            Self::Refused
        } else if has_cause(error, is_damage) {
            Self::BadEncoding
        } else {
            Self::CutOff
        }
    }
}

/// Looks through the causes, also inside `io::Error`, which hides what it wraps (and may wrap another `io::Error`).
fn has_cause(error: &reqwest::Error, is: fn(&(dyn StdError + 'static)) -> bool) -> bool {
    let mut next = error.source();
    while let Some(cause) = next {
        if is(cause) {
            return true;
        }
        let inside = cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        next = match inside {
            Some(inside) => Some(inside),
            None => cause.source(),
        };
    }
    false
}

/// What the decompressor says of bytes that are not its format; a stream that ends early is `UnexpectedEof` instead.
fn is_damage(cause: &(dyn StdError + 'static)) -> bool {
    cause.downcast_ref::<io::Error>().is_some_and(|io| {
        matches!(
            io.kind(),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput
        )
    })
}
