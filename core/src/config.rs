//! Settings of a client and their validation.
//!
//! Owns: [`ClientConfig`] and every rule about a usable server address, key and data directory.
//! Never: touches the network or the disk.
//! Invariants: plain `http` is accepted for this machine only, so that a token never crosses a network in the clear. An
//! address is read by one parser, the `url` crate's, which the HTTP client uses too: what was checked is what is dialled.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::{Host, Url};

use crate::error::{Error, Result};
use crate::redact::Secret;
use crate::speech::Language;

/// The host machine as an Android emulator sees it.
const EMULATOR_HOST: std::net::Ipv4Addr = std::net::Ipv4Addr::new(10, 0, 2, 2);

/// How to reach one Supabase project and where to keep its data.
#[derive(Debug, Clone)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct ClientConfig {
    /// The project's address without a path, such as `https://abcd.supabase.co` or `http://127.0.0.1:54321`.
    pub url: String,
    /// The project's anon or publishable key. Never the service key.
    pub anon_key: Secret,
    /// Directory for the database files, one a user. Made if it does not exist, for its owner alone; the files in it are
    /// their owner's alone in any case.
    pub data_dir: PathBuf,
    /// Certificates of a private authority, as PEM text, trusted besides the public ones: for a self-hosted project whose
    /// certificate no public authority signed. Empty for every other.
    #[cfg_attr(feature = "ffi", uniffi(default = ""))]
    pub extra_roots: String,
    /// Accept plain `http` to `10.0.2.2` too, the host machine of an Android emulator. On a phone this is any machine of
    /// that network: for builds that are never given to anybody.
    #[cfg_attr(feature = "ffi", uniffi(default = false))]
    pub emulator_host: bool,
    /// The language in which the member is told things; English where the app does not say. It can be changed at any time.
    #[cfg_attr(feature = "ffi", uniffi(default = None))]
    pub language: Option<Language>,
}

impl ClientConfig {
    /// A project with a certificate that everybody trusts, at an address of its own or on this machine.
    #[must_use]
    pub fn new(url: &str, anon_key: &str, data_dir: impl Into<PathBuf>) -> Self {
        Self {
            url: url.to_owned(),
            anon_key: Secret::new(anon_key),
            data_dir: data_dir.into(),
            extra_roots: String::new(),
            emulator_host: false,
            language: None,
        }
    }

    /// Checks and tidies the settings; the URL becomes scheme, host and, unless it is the scheme's own, port.
    ///
    /// # Errors
    /// [`Error::Config`] naming the field and what is wrong with it.
    pub fn validated(mut self) -> Result<Self> {
        self.url = checked_url(&self.url, self.emulator_host)?;
        check_key(self.anon_key.expose())?;
        if self.data_dir.as_os_str().is_empty() {
            return Err(Error::Config {
                field: "data_dir",
                reason: "it is empty",
            });
        }
        Ok(self)
    }
}

/// A server's address, tidied: what a link may hold too.
pub(crate) fn checked_url(text: &str, emulator_host: bool) -> Result<String> {
    let bad = |reason| Error::Config {
        field: "url",
        reason,
    };
    let url = Url::parse(text.trim()).map_err(|error| match error {
        url::ParseError::RelativeUrlWithoutBase => bad("it has no scheme; write https://..."),
        url::ParseError::EmptyHost => bad("it has no host"),
        url::ParseError::InvalidPort => bad("its port is not a number up to 65535"),
        _ => bad("it is not an address"),
    })?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(bad("it holds a name or password"));
    }
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return Err(bad("it has a path; give the project's address only"));
    }
    let host = url.host().ok_or(bad("it has no host"))?;
    match url.scheme() {
        "https" => {}
        "http" if is_local(&host, emulator_host) => {}
        "http" => {
            return Err(bad(
                "plain http is for this machine only; write https://...",
            ));
        }
        _ => return Err(bad("its scheme is not http or https")),
    }
    Ok(url.origin().ascii_serialization())
}

/// Loopback; the emulator's host only for a caller that allows it.
fn is_local(host: &Host<&str>, emulator_host: bool) -> bool {
    match host {
        Host::Ipv4(ip) => ip.is_loopback() || (emulator_host && *ip == EMULATOR_HOST),
        Host::Ipv6(ip) => ip.is_loopback(),
        Host::Domain(name) => *name == "localhost",
    }
}

/// A key that may be on a phone.
pub(crate) fn check_key(key: &str) -> Result<()> {
    let bad = |reason| {
        Err(Error::Config {
            field: "anon_key",
            reason,
        })
    };
    if key.is_empty() {
        return bad("it is empty");
    }
    if key.starts_with("sb_secret_") {
        return bad("it is a secret key; a phone gets the anon or publishable key only");
    }
    if role_of(key).as_deref() == Some("service_role") {
        return bad("it is the service key; a phone gets the anon or publishable key only");
    }
    let jwt_like = key.split('.').count() == 3 && key.is_ascii();
    if !jwt_like && !key.starts_with("sb_publishable_") {
        return bad("it is neither a JWT nor a publishable key");
    }
    Ok(())
}

/// The role that a legacy key names; the signature is the server's business.
fn role_of(key: &str) -> Option<String> {
    let payload = URL_SAFE_NO_PAD.decode(key.split('.').nth(1)?).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&payload).ok()?;
    Some(claims.get("role")?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(url: &str, key: &str) -> Option<&'static str> {
        match ClientConfig::new(url, key, "x").validated() {
            Err(Error::Config { field, .. }) => Some(field),
            Err(_) => Some("other"),
            Ok(_) => None,
        }
    }

    fn tidied(url: &str) -> Option<String> {
        let config = ClientConfig::new(url, "a.b.c", "x").validated();
        config.ok().map(|config| config.url)
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for url in [
            "http://127.0.0.1:54321/",
            "http://127.9.9.9",
            "http://localhost",
            "http://LOCALHOST:80",
            "http://[::1]:80",
        ] {
            assert_eq!(reason(url, "a.b.c"), None, "{url}");
        }
        for url in [
            "http://192.168.1.5:54321",
            "http://example.com",
            "http://127.0.0.1.evil.example",
            "http://localhost.evil.example",
            "http://[::1].evil.example",
            "http://10.0.2.2:54321",
            "http://127.0.0.1\\@evil.example",
            "http://evil.example\\@127.0.0.1",
        ] {
            assert_eq!(reason(url, "a.b.c"), Some("url"), "{url}");
        }
    }

    #[test]
    fn the_emulators_host_is_local_for_a_caller_that_says_so_and_nothing_else_becomes_so() {
        let allowed = |url: &str| {
            let config = ClientConfig {
                emulator_host: true,
                ..ClientConfig::new(url, "a.b.c", "x")
            };
            config.validated().is_ok()
        };
        assert!(allowed("http://10.0.2.2:54321"));
        for url in ["http://10.0.2.3", "http://10.0.2.2.evil.example"] {
            assert!(!allowed(url), "{url}");
        }
    }

    #[test]
    fn an_address_is_kept_as_the_parser_reads_it() {
        for (given, kept) in [
            (" https://ABCD.Supabase.co/ ", "https://abcd.supabase.co"),
            ("https://x:443", "https://x"),
            ("https://x:8443/", "https://x:8443"),
            ("http://[0:0:0:0:0:0:0:1]:54321", "http://[::1]:54321"),
            ("http://127.1:9", "http://127.0.0.1:9"),
        ] {
            assert_eq!(tidied(given).as_deref(), Some(kept), "{given}");
        }
    }

    #[test]
    fn unusable_addresses_and_keys_are_named() {
        for url in [
            "",
            "example.com",
            "ftp://example.com",
            "https://",
            "https://a b",
            "https://u:p@x",
            "https://u@x",
            "https://x/y",
            "https://x?y",
            "https://x#y",
            "https://x:99999",
            "https://[::1",
            "data:text/plain,x",
        ] {
            assert_eq!(reason(url, "a.b.c"), Some("url"), "{url}");
        }
        let service = "e30.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.x";
        for key in ["", "abc", "sb_secret_x", "a.b", service] {
            assert_eq!(
                reason("https://example.com", key),
                Some("anon_key"),
                "{key}"
            );
        }
        assert_eq!(reason("https://example.com", "sb_publishable_x"), None);
    }
}
