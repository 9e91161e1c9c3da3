//! Links of the app: into a band, to a server, to a setlist.
//!
//! Owns: their one form, reading and writing. Never: follows one.
//! Invariants: anybody may have made a link, so what is read is bounded, and a server in it passes the checks of the settings;
//! reading what was written gives the same link; nothing of a link that is not ours is repeated.

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::{Url, form_urlencoded};

use super::RowId;
use crate::config::{check_key, checked_url};
use crate::redact::Secret;

/// Bytes of a link at most. An address and a key take a few hundred.
const MAX_BYTES: usize = 4_096;

/// Characters of an invite code.
const CODE_CHARS: std::ops::RangeInclusive<usize> = 4..=64;

/// Characters of an id as it is written.
const ID_CHARS: usize = 36;

/// What a link of the app asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum AppLink {
    /// `rockon://join/CODE`: into a band.
    Join {
        /// The invite code, as it stands in the link.
        code: String,
    },
    /// `rockon://server?url=..&key=..`: the band has a server of its own.
    Server {
        /// Its address, tidied as the settings do it.
        url: String,
        /// Its anon or publishable key.
        key: Secret,
    },
    /// `rockon://setlist/ID`.
    Setlist {
        /// Which.
        id: RowId,
    },
}

/// Reads a link; `None` for all that is none of ours, and for a server that the settings would refuse. `emulator_host` as in
/// [`ClientConfig`](crate::config::ClientConfig).
#[must_use]
pub fn parse_link(text: &str, emulator_host: bool) -> Option<AppLink> {
    let text = text.trim();
    if text.len() > MAX_BYTES {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
    if url.scheme() != "rockon" || !plain {
        return None;
    }
    let path = url.path().strip_prefix('/').unwrap_or(url.path());
    let rest = percent_decode_str(path).decode_utf8().ok()?;
    match url.host_str()?.to_ascii_lowercase().as_str() {
        "join" => code(&rest).map(|code| AppLink::Join { code }),
        "setlist" => id(&rest).map(|id| AppLink::Setlist { id }),
        "server" if rest.is_empty() => server(&url, emulator_host),
        _ => None,
    }
}

fn code(text: &str) -> Option<String> {
    let known = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let fits = CODE_CHARS.contains(&text.len()) && text.chars().all(known);
    fits.then(|| text.to_owned())
}

/// As it is written; a UUID has other forms too.
fn id(text: &str) -> Option<RowId> {
    if text.len() != ID_CHARS {
        return None;
    }
    text.parse().ok()
}

/// Which of two values of one name is meant, nobody can know.
fn server(link: &Url, emulator_host: bool) -> Option<AppLink> {
    let only = |name: &str| {
        let mut found = link.query_pairs().filter(|(given, _)| given == name);
        let (_, value) = found.next()?;
        found.next().is_none().then_some(value)
    };
    let (url, key) = (only("url")?, only("key")?);
    check_key(&key).ok()?;
    Some(AppLink::Server {
        url: checked_url(&url, emulator_host).ok()?,
        key: Secret::new(key),
    })
}

/// Writes a link.
#[must_use]
pub fn link_text(link: &AppLink) -> String {
    match link {
        AppLink::Join { code } => {
            // A code has dashes and nothing else to escape; whatever else is in it stays one part of the path.
            let code = utf8_percent_encode(code, NON_ALPHANUMERIC).to_string();
            format!("rockon://join/{}", code.replace("%2D", "-"))
        }
        AppLink::Server { url, key } => {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.append_pair("url", url);
            query.append_pair("key", key.expose());
            format!("rockon://server?{}", query.finish())
        }
        AppLink::Setlist { id } => format!("rockon://setlist/{id}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ID: &str = "b0000000-0000-4000-8000-000000000001";

    fn read(text: &str) -> Option<AppLink> {
        parse_link(text, false)
    }

    fn join(code: &str) -> AppLink {
        AppLink::Join {
            code: code.to_owned(),
        }
    }

    fn server(url: &str) -> AppLink {
        AppLink::Server {
            url: url.to_owned(),
            key: Secret::new("sb_publishable_1"),
        }
    }

    #[test]
    fn links_of_the_app_are_read_and_come_back_as_they_were_written() {
        let id = ID.parse().unwrap();
        for (text, link) in [
            ("rockon://join/ABCD-1234", join("ABCD-1234")),
            (
                " ROCKON://Join/ABCD%2D1234/../ABCD-1234\n",
                join("ABCD-1234"),
            ),
            (
                &format!("rockon://setlist/{}", ID.to_uppercase()),
                AppLink::Setlist { id },
            ),
            (
                "rockon://server?url=https%3A%2F%2Fabcd.supabase.co%2F&key=sb_publishable_1",
                server("https://abcd.supabase.co"),
            ),
            (
                "rockon://server?key=sb_publishable_1&new=1&url=http://127.0.0.1:54321",
                server("http://127.0.0.1:54321"),
            ),
        ] {
            assert_eq!(read(text), Some(link.clone()), "{text}");
            assert_eq!(read(&link_text(&link)), Some(link), "{text}");
        }
        assert_eq!(link_text(&join("ABCD-1234")), "rockon://join/ABCD-1234");
    }

    #[test]
    fn what_is_none_of_ours_is_no_link() {
        for wrong in [
            "",
            "rockon:",
            "rockon://",
            "rockon:join/ABCD",
            "rockon://join/",
            "rockon://join/ABC",
            "rockon://join/a b c d",
            "rockon://join/AB/CD",
            "rockon://join/AB%2FCD",
            "rockon://join/ABCD%ff",
            "rockon://join/../..",
            "rockon://me@join/ABCD",
            "rockon://join:80/ABCD",
            "rockon://setlist/7",
            "rockon://setlist/b0000000000040008000000000000001",
            "rockon://setlist/{b0000000-0000-4000-8000-000000000001}",
            "https://join/ABCD",
            "javascript:alert(1)",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(read(&format!("rockon://join/{}", "A".repeat(65))), None);
        let long = format!("rockon://join/ABCD?{}", "a".repeat(MAX_BYTES));
        assert_eq!(read(&long), None);
    }

    #[test]
    fn a_server_that_the_settings_would_refuse_is_no_link() {
        let link = |url: &str, key: &str| format!("rockon://server?url={url}&key={key}");
        for (url, key) in [
            ("ftp://x", "sb_publishable_1"),
            ("http://example.com", "sb_publishable_1"),
            ("http://10.0.2.2:54321", "sb_publishable_1"),
            ("https://eric:horse@x.example", "sb_publishable_1"),
            ("https://x.example/rest", "sb_publishable_1"),
            ("https://x.example", "sb_secret_1"),
            ("https://x.example", ""),
            ("%", "sb_publishable_1"),
            ("https://x.example", "sb_publishable_1&key=sb_publishable_2"),
            (
                "https://x.example",
                "sb_publishable_1&url=https://y.example",
            ),
        ] {
            assert_eq!(read(&link(url, key)), None, "{url} {key}");
        }
        assert_eq!(read("rockon://server?url=https://x.example"), None);
        assert_eq!(
            read("rockon://server/x?url=https://x.example&key=sb_publishable_1"),
            None
        );
        let emulator = link("http://10.0.2.2:54321", "sb_publishable_1");
        assert_eq!(
            parse_link(&emulator, true),
            Some(server("http://10.0.2.2:54321"))
        );
    }

    #[test]
    fn a_link_that_is_printed_shows_no_key() {
        assert!(!format!("{:?}", server("https://x.example")).contains("sb_"));
    }

    const PARTS: &[&str] = &[
        "rockon",
        "://",
        ":",
        "/",
        "//",
        "join",
        "server",
        "setlist",
        "?",
        "&",
        "=",
        "url=",
        "key=",
        "%",
        "%2F",
        "%00",
        "%ff",
        "ABCD-1",
        "sb_publishable_1",
        "a.b.c",
        "https://x.example",
        "http://127.0.0.1",
        "@",
        "#",
        "..",
        "[::1]",
        "\\",
        " ",
        "\n",
        "\0",
        "\u{202e}",
        "é",
        ID,
    ];

    proptest! {
        #[test]
        fn whatever_a_link_holds_it_is_read_or_not_and_what_is_read_comes_back(
            parts in prop::collection::vec(prop_oneof![
                4 => prop::sample::select(PARTS).prop_map(str::to_owned),
                1 => any::<String>(),
            ], 0..12),
            begins in prop::sample::select(&["", "rockon://join/", "rockon://server?url=", "rockon://setlist/"][..]),
        ) {
            let text = format!("{begins}{}", parts.concat());
            if let Some(link) = read(&text) {
                prop_assert_eq!(read(&link_text(&link)), Some(link));
            }
        }

        #[test]
        fn a_code_that_none_has_stays_one_part_of_its_link(code in any::<String>()) {
            let text = link_text(&join(&code));
            prop_assert!(text.strip_prefix("rockon://join/").is_some_and(|rest| !rest.contains(['/', '?', '#', '&'])));
            prop_assert!(read(&text).is_none_or(|link| link == join(&code)));
        }
    }
}
