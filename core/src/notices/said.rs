//! Notices with the sentence that they are, in the app and outside it.

use super::text;
use crate::model::{NoticeId, ScopeId};
use crate::speech::Language;
use crate::store::StoredNotice;

/// A notice and what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct SaidNotice {
    /// As it is kept.
    pub notice: StoredNotice,
    /// One or two sentences.
    pub text: String,
}

impl SaidNotice {
    /// A notice in a language.
    #[must_use]
    pub fn new(notice: StoredNotice, language: Language) -> Self {
        Self {
            text: text::of(&notice, language),
            notice,
        }
    }
}

/// A notice for the system to show outside the app: on a lock screen, or where others look.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Untold {
    /// The notice. One that is news again has the id that it had.
    pub id: NoticeId,
    /// Who did what to which thing; nothing of what is in it.
    pub text: String,
    /// The band it is about; `None` = the whole device.
    pub scope: Option<ScopeId>,
}

impl Untold {
    /// A notice in a language, without contents.
    #[must_use]
    pub fn new(notice: &StoredNotice, language: Language) -> Self {
        Self {
            id: notice.id,
            text: text::outside(notice, language),
            scope: notice.scope,
        }
    }
}
