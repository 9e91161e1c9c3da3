//! Notices with the sentence that they are.

use super::text;
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
