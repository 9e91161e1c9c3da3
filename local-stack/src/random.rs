//! Secrets of the stack: keys, tokens and codes nobody can guess.
//!
//! Owns: text from the operating system's random numbers. Never: anything that may be guessed; names of directories and
//! databases come from elsewhere.

use uuid::Uuid;

/// An endless row of random bytes.
fn bytes() -> impl Iterator<Item = u8> {
    let some = || {
        let bytes = Uuid::new_v4().into_bytes();
        // Two bytes hold the version and variant of the identifier.
        let free = |(index, byte)| (index != 6 && index != 8).then_some(byte);
        bytes.into_iter().enumerate().filter_map(free)
    };
    std::iter::repeat_with(some).flatten()
}

/// `length` characters of an alphabet of at most 256, each as likely as the others.
pub(crate) fn text(alphabet: &[u8], length: usize) -> String {
    // Bytes above the last whole multiple would make the first characters more likely.
    let bound = 256 - 256 % alphabet.len().max(1);
    let fits = bytes().map(usize::from).filter(|byte| *byte < bound);
    fits.filter_map(|byte| alphabet.get(byte % alphabet.len()))
        .take(if alphabet.is_empty() { 0 } else { length })
        .map(|byte| char::from(*byte))
        .collect()
}

/// A key of 128 random bits, as 32 hexadecimal digits.
pub(crate) fn key() -> String {
    text(b"0123456789abcdef", 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_an_alphabet_comes_and_no_other() {
        let alphabet = b"0123456789";
        let text = text(alphabet, 2_000);
        assert_eq!(text.len(), 2_000);
        for digit in alphabet {
            let count = text.bytes().filter(|byte| byte == digit).count();
            assert!((120..=290).contains(&count), "{digit}: {count}");
        }
        assert_ne!(key(), key());
    }
}
