//! Where a browser goes after a link of a mail: the answer of `GET /verify`.
//!
//! Owns: which places may get a session, and the fragment it travels in. Never: a place that is not on this machine; the
//! real service asks a list of allowed addresses.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use url::form_urlencoded::Serializer;
use url::{Host, Url};

use super::answer::AuthError;

/// Where links lead that name no allowed place: an app under development, as with the CLI.
const SITE: &str = "http://127.0.0.1:3000";

/// The place that was asked for, if a link may lead there.
pub(super) fn target(asked: Option<&str>) -> String {
    let allowed = |url: &Url| {
        let here = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        here && ["http", "https"].contains(&url.scheme())
    };
    let asked = asked.filter(|text| Url::parse(text).is_ok_and(|url| allowed(&url)));
    asked.unwrap_or(SITE).to_owned()
}

/// Sends the browser there with these members in the fragment, which no server gets to see.
pub(super) fn to(target: &str, members: &[(&str, String)]) -> Response {
    let mut fragment = Serializer::new(String::new());
    for (name, value) in members {
        fragment.append_pair(name, value);
    }
    let base = target.split('#').next().unwrap_or_default();
    let location = format!("{base}#{}", fragment.finish());
    let page = format!("<a href=\"{}\">See Other</a>.\n\n", escaped(&location));
    let mut response = Response::new(Body::from(page));
    *response.status_mut() = StatusCode::SEE_OTHER;
    let headers = response.headers_mut();
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, html);
    if let Ok(location) = HeaderValue::from_str(&location) {
        headers.insert(header::LOCATION, location);
    }
    response
}

/// Sends the browser there with a refusal.
pub(super) fn refused(target: &str, error: &AuthError) -> Response {
    let kind = match error.status {
        500 => "server_error",
        _ => "access_denied",
    };
    to(
        target,
        &[
            ("error", kind.to_owned()),
            ("error_code", error.code.to_owned()),
            ("error_description", error.message.to_string()),
            ("sb", String::new()),
        ],
    )
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('"', "&#34;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_goes_to_this_machine_only() {
        for here in [
            "http://localhost",
            "http://localhost:3000/welcome?a=b",
            "https://127.0.0.1:8443/",
            "http://[::1]:3000/",
        ] {
            assert_eq!(target(Some(here)), here);
        }
        for elsewhere in [
            "https://example.com/",
            "http://localhost.example.com/",
            "http://localhost@example.com/",
            "//example.com",
            "javascript:alert(1)",
            "org.rockon://callback",
            "",
        ] {
            assert_eq!(target(Some(elsewhere)), SITE, "{elsewhere}");
        }
        assert_eq!(target(None), SITE);
    }
}
