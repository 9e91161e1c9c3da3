//! Pages on the web that a song names.
//!
//! Owns: which texts of a row are addresses that an app may open, and what they are called. Never: opens one.
//! Invariants: members write these texts, so an address is `http` or `https`, has a host that is a name or a number, no name or
//! password in it, and is bounded; what is anything else is left out, and costs no other link.

use serde_json::Value;
use url::{Host, Url};

use super::Values;
use super::name::is_unseen;

/// Bytes of an address at most: what browsers and servers take everywhere.
const MAX_BYTES: usize = 2_000;
/// Links of a song at most, more than anybody reads.
const MAX_LINKS: usize = 50;
/// Characters of a name at most.
const MAX_NAME_CHARS: usize = 200;

/// What is behind a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum WebLinkSort {
    /// The lyrics.
    Lyrics,
    /// The chords.
    Chords,
    /// A recording.
    Recording,
    /// What a member added: its name says it.
    Reference,
}

/// A page on the web.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct WebLink {
    /// What is there.
    pub sort: WebLinkSort,
    /// What a member called it, else the host; never empty.
    pub name: String,
    /// Where it is: `http` or `https`, ready to be opened by a browser.
    pub url: String,
}

/// The links in the values of a song: lyrics, chords, recording, then its references in their order, at most 50.
#[must_use]
pub fn web_links(values: &Values) -> Vec<WebLink> {
    let columns = [
        ("lyrics_url", WebLinkSort::Lyrics),
        ("chords_url", WebLinkSort::Chords),
        ("recording_url", WebLinkSort::Recording),
    ];
    let named = columns
        .into_iter()
        .map(|(column, sort)| (sort, values.get(column)));
    let references = values.get("reference_links").and_then(Value::as_array);
    let references = references.into_iter().flatten();
    named
        .chain(references.map(|value| (WebLinkSort::Reference, Some(value))))
        .filter_map(|(sort, value)| link(sort, value?))
        .take(MAX_LINKS)
        .collect()
}

/// A reference has no shape of its own: a text, or an object with `url` and perhaps `title` or `name`.
fn link(sort: WebLinkSort, value: &Value) -> Option<WebLink> {
    let text_of = |field| value.get(field).and_then(Value::as_str);
    let url = address(value.as_str().or_else(|| text_of("url"))?)?;
    let called = text_of("title").or_else(|| text_of("name")).map(seen);
    let called = called.filter(|name| !name.is_empty());
    let name = called.unwrap_or_else(|| url.host_str().unwrap_or_default().to_owned());
    let url = String::from(url);
    Some(WebLink { sort, name, url })
}

/// What somebody wrote as the address of a page, with or without its scheme; `None` for words, and for what another
/// program than a browser would open.
fn address(text: &str) -> Option<Url> {
    let text = text.trim();
    let odd = |c: char| c.is_whitespace() || is_unseen(c);
    if text.len() > MAX_BYTES || text.chars().any(odd) {
        return None;
    }
    let whole = if text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    };
    let url = Url::parse(&whole).ok()?;
    let is_place = match url.host()? {
        Host::Domain(name) => name.trim_matches('.').contains('.'),
        Host::Ipv4(_) | Host::Ipv6(_) => true,
    };
    let is_plain = url.username().is_empty() && url.password().is_none();
    (is_place && is_plain && matches!(url.scheme(), "http" | "https")).then_some(url)
}

/// A name as it is shown: on one line, without what nobody can see, bounded.
fn seen(name: &str) -> String {
    let words = name.split_whitespace().collect::<Vec<_>>().join(" ");
    words
        .chars()
        .filter(|c| !is_unseen(*c))
        .take(MAX_NAME_CHARS)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(value: &Value) -> Option<String> {
        link(WebLinkSort::Reference, value).map(|link| link.url)
    }

    #[test]
    fn an_address_is_read_as_people_write_it() {
        for (text, url) in [
            ("https://rock-on.test/hello", "https://rock-on.test/hello"),
            (" HTTP://Rock-On.test ", "http://rock-on.test/"),
            (
                "rock-on.test/live?t=1#solo",
                "https://rock-on.test/live?t=1#solo",
            ),
            ("rock-on.test:8443/a", "https://rock-on.test:8443/a"),
            (
                "http://192.168.1.7/nas/demo.mp3",
                "http://192.168.1.7/nas/demo.mp3",
            ),
            ("[::1]", "https://[::1]/"),
            ("//a.test", "https://a.test/"),
            ("münchen.test", "https://xn--mnchen-3ya.test/"),
        ] {
            assert_eq!(read(&json!(text)).as_deref(), Some(url), "{text}");
        }
    }

    #[test]
    fn words_and_what_no_browser_should_open_are_left_out() {
        for text in [
            "",
            " ",
            "ask Sam",
            "Sam",
            "localhost",
            "n/a",
            "javascript:alert(1)",
            "javascript://a.b/%0aalert(1)",
            "file:///etc/passwd",
            "intent://a.b/#Intent;end",
            "tel:112",
            "mailto:a@b.test",
            "rockon://join/CODE",
            "https://bank.test@evil.test",
            "https://user:word@a.test",
            "https://a.test/\u{202e}gpj.exe",
            "https://a\n.test",
            "https://",
            "https://.",
            "a.test b.test",
            "data:text/html,x",
        ] {
            assert_eq!(read(&json!(text)), None, "{text}");
        }
        assert_eq!(
            read(&json!(format!("https://a.test/{}", "x".repeat(MAX_BYTES)))),
            None
        );
        for value in [
            json!(null),
            json!(1),
            json!([]),
            json!({}),
            json!({"url": 1}),
            json!({"title": "x"}),
        ] {
            assert_eq!(read(&value), None, "{value}");
        }
    }

    #[test]
    fn the_links_of_a_song_come_in_order_with_their_names() {
        let values: Values = serde_json::from_value(json!({
            "title": "Hello", "recording_url": "https://rock-on.test/hello", "chords_url": "ask Sam", "lyrics_url": null,
            "reference_links": [
                {"url": "rock-on.test/live", "title": " Live  in\u{202e}\nBerlin "}, "javascript:alert(1)",
                {"url": "rock-on.test/b", "title": "\u{200b}", "name": "x"}, "rock-on.test/c",
            ],
        }))
        .unwrap();
        let found = web_links(&values).into_iter();
        let found: Vec<_> = found.map(|link| (link.sort, link.name, link.url)).collect();
        let link = |sort, name: &str, path: &str| {
            (
                sort,
                name.to_owned(),
                format!("https://rock-on.test/{path}"),
            )
        };
        assert_eq!(
            found,
            [
                link(WebLinkSort::Recording, "rock-on.test", "hello"),
                link(WebLinkSort::Reference, "Live in Berlin", "live"),
                link(WebLinkSort::Reference, "rock-on.test", "b"),
                link(WebLinkSort::Reference, "rock-on.test", "c"),
            ]
        );
    }

    #[test]
    fn a_song_has_no_more_links_than_anybody_reads() {
        let many = json!({"reference_links": vec!["a.test"; 10_000]});
        assert_eq!(
            web_links(&serde_json::from_value(many).unwrap()).len(),
            MAX_LINKS
        );
    }

    proptest! {
        #[test]
        fn whatever_a_member_wrote_gives_a_web_address_or_nothing(text in "\\PC{0,40}|(https?|ftp|javascript)?:?/{0,2}[a-z.@:%/]{0,20}") {
            if let Some(url) = read(&json!(text)) {
                prop_assert!(url.starts_with("http://") || url.starts_with("https://"));
                prop_assert!(url.is_ascii() && !url.contains(char::is_whitespace));
                prop_assert_eq!(read(&json!(url.clone())), Some(url), "it reads as itself");
            }
        }
    }
}
