//! Constant words of the core. Those that come back, in an error or a report, are the same constants.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// A constant.
pub type Words = &'static str;

/// More than the core has constants; what comes back beyond it was never ours.
const MAX_WORDS: usize = 4_096;

/// Bytes; no constant of the core is longer.
const LONGEST_WORDS: usize = 500;

/// Words that came back so far, each held once for the life of the process.
static WORDS: Mutex<BTreeSet<Words>> = Mutex::new(BTreeSet::new());

/// The constant of this text.
pub(super) fn known(text: String) -> Words {
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(word) = words.get(text.as_str()) {
        return word;
    }
    if words.len() == MAX_WORDS || text.len() > LONGEST_WORDS {
        return "";
    }
    let word: Words = text.leak();
    words.insert(word);
    word
}
