//! The mails of the auth service: none is sent, the last ones are kept to be read.
//!
//! Bounds: the last [`KEPT`] mails, in memory; older ones are dropped.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

/// Mails that are kept.
const KEPT: usize = 100;

/// A mail with a one-time code.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Mail {
    /// The address.
    pub to: String,
    /// What it is for: `signup`, `magiclink`, `recovery` or `email_change`, the `type` of a verification; or `reauthentication`.
    pub kind: &'static str,
    /// Six digits, to be typed in an app.
    pub code: String,
    /// The link in the mail; it does what the code does. A code of `reauthentication` has none that does.
    pub link: String,
    /// When it went out, by the stack's clock (RFC 3339).
    pub sent_at: String,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// What would have been sent.
#[derive(Debug, Default)]
pub struct Mailbox {
    mails: Mutex<VecDeque<Mail>>,
}

impl Mailbox {
    /// The mails that are kept, the newest first.
    pub fn newest_first(&self) -> Vec<Mail> {
        let mails = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        mails.iter().cloned().collect()
    }

    /// Only once the transaction that made the code is committed.
    pub(super) fn put(&self, mail: Mail) {
        let mut mails = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        mails.push_front(mail);
        mails.truncate(KEPT);
    }
}
