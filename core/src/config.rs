//! Settings of a client and their validation.
//!
//! Owns: [`ClientConfig`] and every rule about a usable server address, key and data directory.
//! Never: touches the network or the disk.
//! Invariant: plain `http` is accepted for this machine only, so that a token never crosses a network in the clear.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::error::{Error, Result};
use crate::redact::Secret;

/// How to reach one Supabase project and where to keep its data.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// The project's address without a path, such as `https://abcd.supabase.co` or `http://127.0.0.1:54321`.
    pub url: String,
    /// The project's anon or publishable key. Never the service key.
    pub anon_key: Secret,
    /// Directory for the database files, one a user. Made if it does not exist.
    pub data_dir: PathBuf,
    /// Certificates of a private authority, as PEM text, trusted besides the public ones: for a self-hosted project whose
    /// certificate no public authority signed. Empty for every other.
    pub extra_roots: String,
}

impl ClientConfig {
    /// Checks and tidies the settings; the URL loses a trailing slash.
    ///
    /// # Errors
    /// [`Error::Config`] naming the field and what is wrong with it.
    pub fn validated(mut self) -> Result<Self> {
        self.url = checked_url(&self.url)?;
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

fn checked_url(url: &str) -> Result<String> {
    let bad = |reason| Error::Config {
        field: "url",
        reason,
    };
    let url = url.trim().trim_end_matches('/');
    let (scheme, rest) = url
        .split_once("://")
        .ok_or(bad("it has no scheme; write https://..."))?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority != rest {
        return Err(bad("it has a path; give the project's address only"));
    }
    if authority.contains('@') {
        return Err(bad("it holds a name or password"));
    }
    if authority.is_empty() || authority.chars().any(char::is_whitespace) {
        return Err(bad("it has no host"));
    }
    match scheme.to_ascii_lowercase().as_str() {
        "https" => {}
        "http" if is_local(authority) => {}
        "http" => {
            return Err(bad(
                "plain http is for this machine only; write https://...",
            ));
        }
        _ => return Err(bad("its scheme is not http or https")),
    }
    Ok(format!("{}://{authority}", scheme.to_ascii_lowercase()))
}

/// Loopback, and `10.0.2.2`, which is the host machine as an Android emulator sees it.
fn is_local(authority: &str) -> bool {
    let host = if authority.starts_with('[') {
        authority
            .split(']')
            .next()
            .unwrap_or_default()
            .trim_start_matches('[')
    } else {
        authority
            .rsplit_once(':')
            .map_or(authority, |(host, _)| host)
    };
    let loopback = host
        .parse::<std::net::IpAddr>()
        .is_ok_and(|ip| ip.is_loopback());
    loopback || host.eq_ignore_ascii_case("localhost") || host == "10.0.2.2"
}

fn check_key(key: &str) -> Result<()> {
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
        let config = ClientConfig {
            url: url.to_owned(),
            anon_key: Secret::new(key),
            data_dir: "x".into(),
            extra_roots: String::new(),
        };
        match config.validated() {
            Err(Error::Config { field, .. }) => Some(field),
            Err(_) => Some("other"),
            Ok(_) => None,
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for url in [
            "http://127.0.0.1:54321/",
            "http://localhost",
            "http://[::1]:80",
            "http://10.0.2.2:54321",
        ] {
            assert_eq!(reason(url, "a.b.c"), None, "{url}");
        }
        for url in [
            "http://192.168.1.5:54321",
            "http://example.com",
            "http://127.0.0.1.evil.example",
        ] {
            assert_eq!(reason(url, "a.b.c"), Some("url"), "{url}");
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
            "https://x/y",
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
