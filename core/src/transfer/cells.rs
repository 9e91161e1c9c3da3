//! One cell to one number: tempo and difficulty. Keys and other texts are kept as they are typed.
//!
//! Never fails: a text that means nothing here is [`Read::Not`], and its song goes on without it.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// Nothing: empty, a dash, or the word or number by which programs say "none".
    Nothing,
    /// A number, and nothing else.
    Number(i64),
    /// A number, and more: the whole text is worth keeping.
    Part(i64),
    /// Something that cannot be read.
    Not,
}

/// Longest cell that is looked at as a number, in bytes; what is longer is no number.
const MAX_NUMBER_BYTES: usize = 200;

/// The text as it is compared: compatible forms joined (full-width digits, ligatures), lower case, outer space gone. None
/// when it is too long for a number.
pub(super) fn plain(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > MAX_NUMBER_BYTES {
        return None;
    }
    let plain: String = text
        .replace('´', "'")
        .nfkc()
        .map(digit)
        .flat_map(char::to_lowercase)
        .collect();
    Some(plain.trim().to_owned())
}

/// Digits of the scripts that musicians' tables are seen in, as ASCII digits.
fn digit(c: char) -> char {
    for zero in ['\u{660}', '\u{6f0}', '\u{966}', '\u{e50}'] {
        let value = u32::from(c).wrapping_sub(u32::from(zero));
        if value < 10 {
            return char::from_digit(value, 10).unwrap_or(c);
        }
    }
    match c {
        '\u{2212}' | '\u{2010}'..='\u{2015}' => '-',
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        c => c,
    }
}

/// No value, in the words of people and programs.
pub(super) fn says_nothing(plain: &str) -> bool {
    plain
        .chars()
        .all(|c| c.is_whitespace() || "-?.,/_~".contains(c))
        || matches!(
            plain,
            "n/a" | "na" | "none" | "null" | "nil" | "tbd" | "unknown" | "nan"
        )
}

/// Splits a number off the front: digits with at most one comma or point between them. The number is rounded half up.
pub(super) fn number(text: &str) -> Option<(f64, &str)> {
    let mut end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    if end == 0 || end > 12 {
        return None;
    }
    let mut written = text[..end].to_owned();
    let rest = &text[end..];
    if let Some(after) = rest.strip_prefix(['.', ',']) {
        let digits = after
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(after.len());
        if digits > 0 && digits <= 20 {
            written.push('.');
            written.push_str(&after[..digits]);
            end += 1 + digits;
        }
    }
    Some((written.parse().ok()?, &text[end..]))
}

/// A whole number near a small one; none if it is out of reach.
pub(super) fn whole(number: f64) -> Option<i64> {
    let rounded = number.round();
    if !(0.0..1e12).contains(&rounded) {
        return None;
    }
    format!("{rounded:.0}").parse().ok()
}

/// A fret: `2`, `Capo 2`, `2nd fret`, `2. Bund`; more words are kept beside it.
pub(super) fn fret(text: &str) -> Read {
    const WORDS: &str = "|st|nd|rd|th|fret|st fret|nd fret|rd fret|th fret|bund";
    let Some(plain) = plain(text) else {
        return Read::Not;
    };
    if says_nothing(&plain) {
        return Read::Nothing;
    }
    let bare = plain.strip_prefix("capo").unwrap_or(&plain);
    let found = number(bare.trim_start_matches([' ', ':']));
    let Some((fret, rest)) = found.and_then(|(value, rest)| Some((whole(value)?, rest))) else {
        return Read::Not;
    };
    let rest = rest.trim_matches([' ', '.']);
    if WORDS.split('|').any(|word| word == rest) {
        Read::Number(fret)
    } else {
        Read::Part(fret)
    }
}

const TEMPO: std::ops::RangeInclusive<i64> = 1..=1_000;
/// What a number inside a longer text must be to be taken for the tempo.
const LIKELY_TEMPO: std::ops::RangeInclusive<i64> = 30..=300;

/// Beats a minute: `120`, `120 bpm`, `120,5`, `~120`, `c. 96`, `♩=120`; of `120-124` the first; 0 = none.
pub(super) fn tempo(text: &str) -> Read {
    let Some(plain) = plain(text) else {
        return Read::Not;
    };
    if says_nothing(&plain) {
        return Read::Nothing;
    }
    let front = without_front(&plain);
    let Some((value, rest)) = number(front) else {
        return loose_tempo(&plain);
    };
    let Some(value) = whole(value) else {
        return Read::Not;
    };
    let rest = rest.trim();
    match value {
        0 if is_bpm(rest) => Read::Nothing,
        value if !TEMPO.contains(&value) => Read::Not,
        value if is_bpm(rest) => Read::Number(value),
        _ => loose_tempo(&plain),
    }
}

fn is_bpm(rest: &str) -> bool {
    const UNITS: &str =
        "|bpm|b.p.m|beats per minute|beats/min|/min|bpm approx|q|qpm|mm|schläge|schläge/min";
    let rest = rest.trim_matches([' ', '.', '(', ')', '~', '+']);
    UNITS.split('|').any(|unit| unit == rest)
}

const FRONT: &str = "approximately|approx|about|around|circa|ca|c|tempo|bpm|mm|m.m|ungefähr|etwa";

/// Without what people put before a tempo: about, circa, a note value and an equals sign.
fn without_front(plain: &str) -> &str {
    let mut text = plain;
    if let Some((note, value)) = text.rsplit_once('=')
        && note.chars().count() <= 12
    {
        text = value.trim_start();
    }
    for word in FRONT.split('|') {
        let rest = text.strip_prefix(word).unwrap_or(text);
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        let ends = |c: char| c.is_ascii_digit() || matches!(c, ' ' | ':' | '~');
        if rest.len() < text.len() && rest.starts_with(ends) {
            text = rest.trim_start_matches([' ', ':', '.']);
        }
    }
    text.trim_start_matches(['~', '≈', '±', '+', '>', '<', ' ', '∼'])
}

/// The first likely number of a longer text such as `120-124` or `Moderato (108)`.
fn loose_tempo(plain: &str) -> Read {
    let negative = plain.starts_with('-');
    let mut found = None;
    let mut rest = plain;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let joined = rest[..at].ends_with(|c: char| c.is_alphabetic() || c == '/' || c == ':');
        let Some((value, after)) = number(&rest[at..]) else {
            return Read::Not;
        };
        let joined =
            joined || after.starts_with(|c: char| c.is_alphabetic() || c == '/' || c == ':');
        let value = whole(value).filter(|value| LIKELY_TEMPO.contains(value));
        if let (false, None, Some(value)) = (joined && !after.starts_with("bpm"), found, value) {
            found = Some(value);
        }
        rest = after;
    }
    match found {
        Some(value) if !negative => Read::Part(value),
        _ => Read::Not,
    }
}

/// Words for each level, without accents, divided by `|`.
const WORDS: [(i64, &str); 5] = [
    (
        1,
        "very easy|beginner|sehr leicht|sehr einfach|tres facile|muy facil|molto facile|heel makkelijk",
    ),
    (2, "easy|simple|leicht|einfach|facile|facil|makkelijk|low"),
    (
        3,
        "medium|moderate|intermediate|normal|mittel|moyen|moyenne|medio|media|gemiddeld",
    ),
    (
        4,
        "hard|difficult|advanced|schwer|schwierig|difficile|dificil|moeilijk|high",
    ),
    (
        5,
        "very hard|very difficult|expert|sehr schwer|tres difficile|muy dificil|molto difficile|heel moeilijk",
    ),
];

/// 1 to 5: `3`, `3/5`, `6/10`, `★★★`, `easy`, in six languages; 0 = none.
pub(super) fn difficulty(text: &str) -> Read {
    let Some(plain) = plain(text) else {
        return Read::Not;
    };
    if says_nothing(&plain) {
        return Read::Nothing;
    }
    if let Some(read) = stars(&plain) {
        return read;
    }
    let bare = plain.nfd().filter(|c| !is_combining_mark(*c));
    let bare: String = bare.collect();
    let mut words = WORDS.iter();
    if let Some((level, _)) = words.find(|(_, all)| all.split('|').any(|word| word == bare)) {
        return Read::Number(*level);
    }
    let Some((value, rest)) = number(&plain) else {
        return Read::Not;
    };
    match scale(rest.trim()).and_then(|scale| whole(value * 5.0 / scale)) {
        Some(0) if value < f64::EPSILON => Read::Nothing,
        Some(0) => Read::Number(1),
        Some(level @ 1..=5) => Read::Number(level),
        _ => Read::Not,
    }
}

/// The highest level of the scale that is named after a number; five where none is.
fn scale(rest: &str) -> Option<f64> {
    match rest {
        "" => return Some(5.0),
        "%" => return Some(100.0),
        _ => {}
    }
    let words = ["/", "out of", "of", "von", "sur", "de", "su", "van"];
    let highest = words.iter().find_map(|word| rest.strip_prefix(word))?;
    match number(highest.trim_start())? {
        (highest, "") if highest >= 3.0 => Some(highest),
        _ => None,
    }
}

/// Filled stars, followed by empty ones or nothing.
fn stars(plain: &str) -> Option<Read> {
    let filled = plain
        .chars()
        .take_while(|c| matches!(c, '★' | '*' | '⭐' | '●' | '✭' | '✩'))
        .count();
    let mut rest = plain.chars().skip(filled).filter(|c| *c != '\u{fe0f}');
    let empty = rest.clone().count();
    if filled + empty == 0 || filled > 5 || !rest.all(|c| matches!(c, '☆' | '○' | '⭐' | '★' | ' '))
    {
        return None;
    }
    Some(i64::try_from(filled).map_or(Read::Not, |filled| {
        if filled == 0 {
            Read::Nothing
        } else {
            Read::Number(filled)
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::Read::{Not, Nothing, Number, Part};
    use super::*;

    const TEMPOS: &[(&str, Read)] = &[
        ("120", Number(120)),
        (" 120 ", Number(120)),
        ("120bpm", Number(120)),
        ("120 BPM", Number(120)),
        ("120.5", Number(121)),
        ("120.0", Number(120)),
        ("120,5", Number(121)),
        ("~120", Number(120)),
        ("q=120", Number(120)),
        ("♩=120", Number(120)),
        ("♩. = 66", Number(66)),
        ("1/4 = 98", Number(98)),
        ("c. 96", Number(96)),
        ("ca. 96", Number(96)),
        ("circa 96 bpm", Number(96)),
        ("approx. 96", Number(96)),
        ("BPM: 96", Number(96)),
        ("+120", Number(120)),
        ("１２０", Number(120)),
        ("١٢٠", Number(120)),
        ("119.99300384521484", Number(120)),
        ("0", Nothing),
        ("0 bpm", Nothing),
        ("0.0", Nothing),
        ("-", Nothing),
        ("n/a", Nothing),
        ("?", Nothing),
        ("", Nothing),
        ("120-124", Part(120)),
        ("120 – 124", Part(120)),
        ("Moderato (108)", Part(108)),
        ("108 Moderato", Part(108)),
        ("120 (half time)", Part(120)),
        ("fast", Not),
        ("Allegro", Not),
        ("1200", Not),
        ("-120", Not),
        ("3:45", Not),
        ("4/4", Not),
        ("1e2", Not),
        ("99999999999999999999999", Not),
    ];

    #[test]
    fn tempos_as_people_write_them() {
        for (text, right) in TEMPOS {
            assert_eq!(tempo(text), *right, "{text:?}");
        }
    }

    #[test]
    fn difficulties_as_people_write_them() {
        for (text, right) in [
            ("3", Number(3)),
            ("3/5", Number(3)),
            ("3 of 5", Number(3)),
            ("3 von 5", Number(3)),
            ("6/10", Number(3)),
            ("80%", Number(4)),
            ("★★★", Number(3)),
            ("★★★☆☆", Number(3)),
            ("***", Number(3)),
            ("⭐⭐", Number(2)),
            ("☆☆☆☆☆", Nothing),
            ("easy", Number(2)),
            ("Très difficile", Number(5)),
            ("schwer", Number(4)),
            ("2.0", Number(2)),
            ("0", Nothing),
            ("0/5", Nothing),
            ("-", Nothing),
            ("6", Not),
            ("-1", Not),
            ("tricky", Not),
            ("3/0", Not),
        ] {
            assert_eq!(difficulty(text), right, "{text:?}");
        }
    }
}
