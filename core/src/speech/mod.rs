//! What the core says to a person, in every language.
//!
//! Owns: [`Language`], and each sentence once, by what it is about: a function for each, whose parameters are its values.
//! Never: decides which sentence is said; the rooms that know do. Text for logs is English, and the same sentence.
//! Invariants: a sentence that lacks a language, or names a value that it is not given, does not compile; one that nobody
//! says does not either. German says du; what a sentence stands beside is in the case that it asks for.

#[macro_use]
mod sentences;

pub(crate) mod checks;
pub(crate) mod doctor;
pub(crate) mod errors;
pub(crate) mod files;
pub(crate) mod kinds;
pub(crate) mod labels;
pub(crate) mod lists;
pub(crate) mod notices;
pub(crate) mod reasons;
pub(crate) mod refusals;
pub(crate) mod share;
pub(crate) mod sign_in;

#[cfg(test)]
mod tests;

pub use labels::label;

/// A language of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// The language of a tag such as `de-AT` or `de_AT`; English for every language that the core does not have.
    #[must_use]
    pub fn of_tag(tag: &str) -> Self {
        let first = tag.split(['-', '_', '.']).next().unwrap_or_default();
        if first.eq_ignore_ascii_case("de") {
            Self::German
        } else {
            Self::English
        }
    }
}

/// `text` with a capital letter at its front.
pub(crate) fn capital(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(rest).collect()
}
