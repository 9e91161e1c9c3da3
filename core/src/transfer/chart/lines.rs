//! Lines and directives of `ChordPro`: joining continued lines, and `{name: value}` in all its spellings.
//!
//! Pure; knows no meaning of a directive.

use std::borrow::Cow;

/// One directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::transfer) struct Directive<'a> {
    /// In lower case.
    pub(in crate::transfer) name: String,
    /// Without outer space and quotes, escapes replaced.
    pub(in crate::transfer) value: Cow<'a, str>,
    /// As it stands.
    pub(in crate::transfer) raw: Cow<'a, str>,
}

/// The lines of a text with their numbers, from 1; one that ends in a backslash goes on in the next, without the space in
/// front of that.
pub(in crate::transfer) fn logical_lines(text: &str) -> impl Iterator<Item = (u64, Cow<'_, str>)> {
    let mut rest = text;
    let mut number = 0;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        number += 1;
        let first = number;
        let mut line = Cow::Borrowed(next_line(&mut rest));
        while line.ends_with('\\') && !rest.is_empty() {
            number += 1;
            let joined = line.to_mut();
            joined.pop();
            joined.push_str(next_line(&mut rest).trim_start());
        }
        Some((first, line))
    })
}

fn next_line<'a>(rest: &mut &'a str) -> &'a str {
    let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let (line, after) = rest.split_at(end);
    *rest = after
        .strip_prefix("\r\n")
        .or_else(|| after.strip_prefix(['\n', '\r']))
        .unwrap_or(after);
    line
}

/// The directives that a line begins with, and what follows them. None: it begins with none.
pub(in crate::transfer) fn directives(line: &str) -> Option<(Vec<Directive<'_>>, &str)> {
    let mut rest = line.trim_start();
    let mut found = Vec::new();
    while let Some(inner) = rest.strip_prefix('{') {
        let (inside, after) = one(inner);
        found.push(directive(inside));
        rest = after.trim_start();
    }
    (!found.is_empty()).then_some((found, rest))
}

/// Up to the closing brace: the last before the next directive, a comment or the end; the first, if text follows them all;
/// the end, if there is none.
fn one(inner: &str) -> (&str, &str) {
    let mut first = None;
    for (at, _) in inner.match_indices('}') {
        let after = &inner[at + 1..];
        first = first.or(Some(at));
        let next = after.trim_start();
        if next.is_empty()
            || next.starts_with('{')
            || (next.starts_with('#') && next.len() < after.len())
        {
            return (&inner[..at], after);
        }
    }
    first.map_or((inner, ""), |at| (&inner[..at], &inner[at + 1..]))
}

fn directive(inside: &str) -> Directive<'_> {
    let inside = inside.trim();
    let end = inside.find([':', ' ', '\t', '=']).unwrap_or(inside.len());
    let (name, rest) = inside.split_at(end);
    let rest = rest.trim_start_matches([' ', '\t']);
    let assigned = rest.starts_with('=');
    let raw = rest.strip_prefix([':', '=']).unwrap_or(rest).trim();
    let bare = if assigned { unquoted(raw) } else { raw };
    Directive {
        name: name.to_lowercase(),
        value: unescaped(bare),
        raw: Cow::Borrowed(raw),
    }
}

fn unquoted(text: &str) -> &str {
    ['"', '\'']
        .iter()
        .find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(text)
}

/// `\u00e9` is the letter of that number.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("\\u") {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\\u") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        whole.push_str(before);
        let letter = after
            .get(..4)
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .and_then(char::from_u32);
        if let Some(letter) = letter {
            whole.push(letter);
            rest = &after[4..];
        } else {
            whole.push_str("\\u");
            rest = after;
        }
    }
    whole.push_str(rest);
    Cow::Owned(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Vec<(String, String)> {
        let (all, _) = directives(line).unwrap();
        all.into_iter()
            .map(|one| (one.name, one.value.into_owned()))
            .collect()
    }

    #[test]
    fn directives_in_every_spelling() {
        for (line, name, value) in [
            ("{title: X}", "title", "X"),
            ("{Title:X}", "title", "X"),
            ("  { title : X }  ", "title", "X"),
            ("{title X}", "title", "X"),
            ("{title\tX}", "title", "X"),
            ("{title=\"X\"}", "title", "X"),
            ("{title: \"X\"}", "title", "\"X\""),
            ("{title: X}   # a comment", "title", "X"),
            ("{title: Curly } brace}", "title", "Curly } brace"),
            ("{artist: {Band}}", "artist", "{Band}"),
            ("{title: Song %{key}}", "title", "Song %{key}"),
            ("{title: A # B}", "title", "A # B"),
            ("{title: Caf\\u00e9}", "title", "Café"),
            ("{title: never ends", "title", "never ends"),
            ("{NS}", "ns", ""),
            ("{}", "", ""),
        ] {
            assert_eq!(read(line), [(name.to_owned(), value.to_owned())], "{line}");
        }
        assert_eq!(read("{title: A} {artist: B}").len(), 2);
        assert_eq!(
            directives("{c: x} la la").map(|(all, rest)| (all.len(), rest)),
            Some((1, "la la"))
        );
        assert_eq!(directives("la {key: D} la"), None);
    }

    #[test]
    fn continued_lines_are_one() {
        let lines: Vec<_> = logical_lines("a\\\r\n   b\r\nc\rd\n\ne\\").collect();
        let lines: Vec<(u64, &str)> = lines.iter().map(|(n, text)| (*n, text.as_ref())).collect();
        assert_eq!(lines, [(1, "ab"), (3, "c"), (4, "d"), (5, ""), (6, "e\\")]);
    }
}
