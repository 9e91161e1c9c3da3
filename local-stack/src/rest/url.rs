//! The request line: percent-decoding, the pairs of the query string, `Content-Location`. Pure.
//!
//! A `%` that no two hex digits follow stands for itself and `+` is a space, as on the real service. Bytes that are not
//! UTF-8 are refused; nothing else is: what a pair means is decided by [`super::params`].

/// One decoded `name=value` of the query string, in the order sent.
pub(crate) type Pair = (String, String);

/// The query string (or the path) holds bytes that are not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotUtf8;

/// Splits and decodes a query string.
pub(crate) fn pairs(query: &str) -> Result<Vec<Pair>, NotUtf8> {
    let parts = query.split(['&', ';']).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            Ok((decode(name, true)?, decode(value, true)?))
        })
        .collect()
}

/// Decodes one piece; `plus_is_space` in the query string only.
pub(crate) fn decode(piece: &str, plus_is_space: bool) -> Result<String, NotUtf8> {
    let bytes = piece.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = (byte == b'%')
            .then(|| hex(bytes.get(at + 1), bytes.get(at + 2)))
            .flatten();
        match (byte, escaped) {
            (_, Some(value)) => decoded.push(value),
            (b'+', None) if plus_is_space => decoded.push(b' '),
            (other, None) => decoded.push(other),
        }
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).map_err(|_| NotUtf8)
}

fn hex(high: Option<&u8>, low: Option<&u8>) -> Option<u8> {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

/// `Content-Location` of a read: the path and the parameters sorted by name. Values of a repeated name are joined by a
/// comma; bytes above 127 are taken for Latin-1 characters, as the real service does.
pub(crate) fn content_location(path: &str, pairs: &[Pair]) -> String {
    let mut sorted: Vec<&Pair> = pairs.iter().collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let mut location = path.to_owned();
    let mut previous: Option<&str> = None;
    for (name, value) in sorted {
        if previous == Some(name) {
            location.push(',');
        } else {
            location.push(if previous.is_none() { '?' } else { '&' });
            encode(name, &mut location);
            location.push('=');
        }
        encode(value, &mut location);
        previous = Some(name);
    }
    location
}

fn encode(text: &str, out: &mut String) {
    for &byte in text.as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
            continue;
        }
        let mut utf8 = [0; 2];
        for escaped in char::from(byte).encode_utf8(&mut utf8).bytes() {
            out.push('%');
            for nibble in [escaped >> 4, escaped & 15] {
                out.extend(char::from_digit(u32::from(nibble), 16).map(|c| c.to_ascii_uppercase()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded_once_and_keep_their_order() {
        let decoded = pairs("title=eq.a+b&or=(a.eq.%2525)&flag").unwrap();
        let expected = [("title", "eq.a b"), ("or", "(a.eq.%25)"), ("flag", "")];
        assert_eq!(decoded, expected.map(|(n, v)| (n.to_owned(), v.to_owned())));
    }

    #[test]
    fn a_broken_escape_stands_for_itself_and_bad_utf8_is_refused() {
        assert_eq!(decode("100%", true), Ok("100%".to_owned()));
        assert_eq!(decode("%zz%4", true), Ok("%zz%4".to_owned()));
        assert_eq!(decode("%ff", true), Err(NotUtf8));
        assert_eq!(decode("a+b", false), Ok("a+b".to_owned()));
    }

    #[test]
    fn the_location_is_sorted_escaped_and_joins_repeated_names() {
        let sent = pairs("select=title,tempo&tempo=gte.50&tempo=lte.120&notes=eq.%C3%BC").unwrap();
        assert_eq!(
            content_location("/songs", &sent),
            "/songs?notes=eq.%C3%83%C2%BC&select=title%2Ctempo&tempo=gte.50,lte.120"
        );
    }
}
