//! Bytes to text, whatever program wrote them.
//!
//! Owns: [`decode`]: which encoding a file is in, by its mark, by its pattern, or by which reading gives the likelier text.
//! Never: changes a text beyond that; joining accents and dropping control characters is the readers' work.
//! Invariant: valid UTF-8 is always read as such; a few bytes that are not do not respell the rest.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::plan::ImportError;

/// A file's text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// The name of the encoding, as browsers call it.
    pub(super) encoding: &'static str,
    /// Bytes that are not in it, read as Windows-1252.
    pub(super) stray: usize,
}

/// The text of a file, without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, ImportError> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (Some(encoding), &bytes[mark..]),
        None => (without_mark(bytes), bytes),
    };
    let decoded = match encoding {
        Some(encoding) if encoding != UTF_8 => read_as(encoding, bytes),
        _ => utf8(bytes).unwrap_or_else(|| read_as(single_byte(bytes), bytes)),
    };
    if decoded.text.contains('\0') {
        return Err(ImportError::NotText);
    }
    Ok(decoded)
}

fn read_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        stray: 0,
    }
}

/// UTF-16 without a mark: Latin text has a zero in every second byte, and in no other.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |odd: usize| {
        bytes
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let enough = bytes.len() / 8;
    match (even, odd) {
        (0, odd) if odd > enough.max(1) => Some(UTF_16LE),
        (even, 0) if even > enough.max(1) => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-8 with at most as many stray bytes as characters that only UTF-8 has. None: it is something else.
fn utf8(bytes: &[u8]) -> Option<Decoded> {
    let mut text = String::with_capacity(bytes.len());
    let (mut stray, mut known) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        known += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        text.push_str(chunk.valid());
        stray += chunk.invalid().len();
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    (stray <= known).then_some(Decoded {
        text,
        encoding: UTF_8.name(),
        stray,
    })
}

/// How many bytes outside ASCII a guess between Western and other alphabets needs.
const ENOUGH: usize = 8;

/// An encoding with one byte a character (or an East Asian one): the likelier of Windows and old Macs, unless the text
/// reads badly as both and a detector knows better.
fn single_byte(bytes: &[u8]) -> &'static Encoding {
    let windows = likelihood(&read_as(WINDOWS_1252, bytes).text);
    let mac = likelihood(&read_as(MACINTOSH, bytes).text);
    let foreign = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let few = i64::try_from(foreign / 2).unwrap_or(i64::MAX);
    if windows <= 0 && mac < few && foreign >= ENOUGH {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        let guess = detector.guess(None, Utf8Detection::Deny);
        if guess != WINDOWS_1252 {
            return guess;
        }
    }
    if mac > windows {
        MACINTOSH
    } else {
        WINDOWS_1252
    }
}

/// Signs that stand in texts of any kind.
const MARKS: &str = "‘’“”„‚–—…€•«»‹›™©®°½¿¡£§♯";

/// How likely a reading is: letters with accents stand in words, quotes and dashes at their ends, and signs of mathematics
/// nowhere; a capital after a small letter is a wrong guess. About 2 for each right character.
fn likelihood(text: &str) -> i64 {
    let mut score = 0;
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        let inside = before.is_alphabetic();
        let letter = c.is_alphabetic() && c != 'ƒ';
        score += match c {
            _ if c.is_ascii() => 0,
            '’' if inside && after.is_alphabetic() => 2,
            '¿' | '¡' | '¹' | '²' | '³' | 'ƒ' if inside => -2,
            _ if MARKS.contains(c) => 1,
            _ if c.is_uppercase() && before.is_lowercase() => -3,
            _ if c.is_control() => -5,
            _ if !letter || (c.is_uppercase() && after.is_ascii_digit()) => -1,
            _ if before.is_ascii_alphabetic() || after.is_ascii_alphabetic() => 2,
            _ => 0,
        };
        before = c;
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Don’t Stop, Café €5, “Motörhead” – naïve…\n";

    fn both(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes).unwrap();
        (decoded.text, decoded.encoding)
    }

    fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    fn utf16(text: &str, mark: bool, little: bool) -> Vec<u8> {
        let mark = mark.then_some(0xfeff).into_iter();
        let units = mark.chain(text.encode_utf16());
        units
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn the_same_text_in_each_encoding() {
        let mut marked = b"\xEF\xBB\xBF".to_vec();
        marked.extend(TEXT.as_bytes());
        for (bytes, encoding) in [
            (TEXT.as_bytes().to_vec(), "UTF-8"),
            (marked, "UTF-8"),
            (utf16(TEXT, true, true), "UTF-16LE"),
            (utf16(TEXT, true, false), "UTF-16BE"),
            (utf16(TEXT, false, true), "UTF-16LE"),
            (utf16(TEXT, false, false), "UTF-16BE"),
            (encoded(WINDOWS_1252, TEXT), "windows-1252"),
            (
                b"Don\xD5t Stop, Caf\x8E \xDB5, \xD2Mot\x9Arhead\xD3 \xD0 na\x95ve\xC9\n".to_vec(),
                "macintosh",
            ),
        ] {
            assert_eq!(both(&bytes), (TEXT.to_owned(), encoding));
        }
    }

    #[test]
    fn all_letters_and_signs_of_windows_that_latin_1_has_not() {
        let all: Vec<u8> = (0x80..=0x9f)
            .filter(|b| ![0x81, 0x8d, 0x8f, 0x90, 0x9d].contains(b))
            .collect();
        let right = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
        assert_eq!(
            both(&[b"title,artist\r\nW ", &all[..], b",All\r\n"].concat()).0,
            format!("title,artist\r\nW {right},All\r\n")
        );
    }

    #[test]
    fn a_stray_byte_does_not_respell_the_rest() {
        let mut bytes = "Motörhead, Café, Déjà vu, Don".as_bytes().to_vec();
        bytes.extend(b"\x92t");
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.text, "Motörhead, Café, Déjà vu, Don’t");
        assert_eq!((decoded.encoding, decoded.stray), ("UTF-8", 1));
        assert_eq!(both(b"Don\x92t").0, "Don’t");
        assert_eq!(both(b"Caf\xe9").0, "Café");
    }

    #[test]
    fn other_alphabets_are_read_where_there_is_enough_of_them() {
        for (encoding, text) in [
            (
                encoding_rs::WINDOWS_1251,
                "Название;Исполнитель\nГруппа крови;Кино\nПачка сигарет;Кино\n",
            ),
            (
                encoding_rs::SHIFT_JIS,
                "曲名,アーティスト\n上を向いて歩こう,坂本九\n",
            ),
            (
                encoding_rs::WINDOWS_1250,
                "Tytuł;Wykonawca\nZażółć gęślą jaźń;Żółć\nDziękuję;Ćma\n",
            ),
        ] {
            assert_eq!(
                both(&encoded(encoding, text)),
                (text.to_owned(), encoding.name())
            );
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"\x89PNG\0\0\x01"), Err(ImportError::NotText));
        assert_eq!(decode(b"title\nA\0\n"), Err(ImportError::NotText));
        assert_eq!(decode(b"").unwrap().text, "");
    }
}
