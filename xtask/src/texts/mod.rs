//! The sentences of the apps: `texts/*.json`, one file for each place, as Android, Kotlin and iOS take them.
//!
//! Owns: the list of files that are made of a [`Catalogue`].
//! Never: sentences of the core (notices, errors, the doctor): those are in `core/src/speech`.

mod android;
mod catalogue;
mod ios;
mod kotlin;
mod sentence;

pub(crate) use catalogue::Catalogue;
pub(crate) use kotlin::{FOLDER as KOTLIN, camel};

use crate::generated::Made;
use sentence::Language;

/// Everything that is made of the catalogue.
pub(crate) fn files(catalogue: &Catalogue) -> Made {
    let mut made = kotlin::files(catalogue);
    for language in Language::ALL {
        made.insert(
            android::path(language),
            android::strings(catalogue, language),
        );
    }
    made.insert(ios::PATH.to_owned(), ios::catalogue(catalogue));
    made
}

#[cfg(test)]
mod tests;
