//! Values that exist for the two languages only.

use crate::model::{NoticeId, ScopeId};
use crate::notices::{NoticeBody, SaidNotice};
use crate::time::Timestamp;

/// One entry of the feed of notices.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Notice {
    /// Identifies it on this device; grows with time.
    pub id: NoticeId,
    /// When it was made, milliseconds since 1970 by this phone's clock.
    pub at: Timestamp,
    /// The band it is about; nothing = the whole device.
    pub scope: Option<ScopeId>,
    /// What it says; nothing when a newer version of the program made it.
    pub body: Option<NoticeBody>,
    /// The same in the language of the app, one or two sentences.
    pub text: String,
    /// Has this member looked at it?
    pub seen: bool,
}

impl From<SaidNotice> for Notice {
    fn from(said: SaidNotice) -> Self {
        let SaidNotice { notice, text } = said;
        Self {
            id: notice.id,
            at: notice.at,
            scope: notice.scope,
            body: NoticeBody::of(&notice),
            text,
            seen: notice.seen,
        }
    }
}

/// How grave a line of the log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, uniffi::Enum)]
pub enum LogLevel {
    /// Something does not work.
    Error,
    /// Something is not as it should be.
    Warn,
    /// What happened.
    Info,
    /// How it happened.
    Debug,
}

/// One line of the log. It names no token, title or address of a person.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LogLine {
    /// When, milliseconds since 1970 by the system's clock.
    pub at: Timestamp,
    /// How grave.
    pub level: LogLevel,
    /// Which part of the core.
    pub part: String,
    /// What.
    pub text: String,
}
