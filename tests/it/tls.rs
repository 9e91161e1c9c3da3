//! `https` and `wss` from end to end: a phone, a TLS terminator with a certificate of a private authority, and the stack.

use std::sync::Arc;
use std::time::Duration;

use rockon_core::doctor::Layer;
use rockon_core::error::{Error, Service};
use rockon_core::model::UserId;
use rockon_core::net::{Http, Timeouts, tls};
use rockon_core::realtime::{AccessToken, Endpoint, TokenFuture, TokenSource};
use rockon_core::redact::Secret;
use rockon_core::session::{MemorySecrets, Session};
use rockon_core::time::{Clock, SystemClock};
use rockon_local_stack::Project;
use rockon_tests::listener::{Listener, Told};
use rockon_tests::phone::{BAND, PASSWORD, PATIENCE, Phone};
use rockon_tests::reverse_proxy::ReverseProxy;
use rockon_tests::{eventually, project};

const EMAIL: &str = "eric@rock-on.test";

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_signs_in_syncs_and_is_live_through_tls() {
    let project = project().await;
    let reverse_proxy = ReverseProxy::tls(project.url(), "127.0.0.1").await;
    let eric = Phone::with_roots(
        reverse_proxy.url(),
        project.anon_key(),
        &reverse_proxy.authority,
    );
    let signed_in = eric.client().sign_in(EMAIL, Secret::new(PASSWORD)).await;
    signed_in.unwrap();
    eric.caught_up().await;
    eventually("the phone is live", PATIENCE, || async {
        let status = eric.client().status_now().await.unwrap();
        status.connection?.is_live().then_some(())
    })
    .await;
    let sam = Phone::of(&project, "sam").await;
    sam.add_song("Over the Wire").await;
    eric.sees("Over the Wire", |song| song.unread).await;
    eric.add_song("And Back").await;
    sam.sees("And Back", |_| true).await;
    let report = eric.client().diagnose().await;
    assert_eq!(report.broken_layer(), None, "{report}");
}

/// The tokens of a session.
#[derive(Debug)]
struct Tokens {
    session: Session,
    user: UserId,
    clock: Arc<dyn Clock>,
}

impl TokenSource for Tokens {
    fn token(&self, min_valid: Duration, _rejected: Option<Secret>) -> TokenFuture {
        let (session, user, clock) = (self.session.clone(), self.user, self.clock.clone());
        Box::pin(async move {
            let secret = session.token(user, min_valid).await?;
            let (left, lifetime) = session.validity(user)?;
            Ok(AccessToken {
                secret,
                expires: clock.monotonic().after(left),
                lifetime,
            })
        })
    }
}

/// Eric signs in at `front`; his realtime connection is to go the same way.
async fn secure(reverse_proxy: &ReverseProxy, project: &Project) -> Listener {
    let config = rockon_core::config::ClientConfig {
        extra_roots: reverse_proxy.authority.clone(),
        ..rockon_core::config::ClientConfig::new(reverse_proxy.url(), project.anon_key(), "unused")
    };
    let tls = tls::client_config_with(&config.extra_roots).unwrap();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let http = Http::new(&config, &tls, clock.clone(), Timeouts::default()).unwrap();
    let session = Session::new(http, Arc::new(MemorySecrets::new()), clock.clone(), 7);
    let account = session.sign_in(EMAIL, Secret::new(PASSWORD)).await.unwrap();
    let tokens = Tokens {
        session,
        user: account.user,
        clock: clock.clone(),
    };
    let endpoint = Endpoint {
        url: config.url,
        key: config.anon_key,
        tls,
    };
    Listener::start(endpoint, Arc::new(tokens), clock, [BAND])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hint_comes_through_a_secure_web_socket() {
    let project = project().await;
    let reverse_proxy = ReverseProxy::tls(project.url(), "127.0.0.1").await;
    let mut listener = secure(&reverse_proxy, &project).await;
    let joined = |told| (told == Told::Gap).then_some(());
    listener.until("join", PATIENCE, joined).await;
    let sam = Phone::of(&project, "sam").await;
    sam.add_song("Hint Me").await;
    let hinted = |told| matches!(told, Told::Hint(hint) if hint.scope == BAND).then_some(());
    listener.until("hint", PATIENCE, hinted).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_untrusted_or_foreign_certificate_is_a_typed_error_and_sends_no_password() {
    let project = project().await;
    let trusted = ReverseProxy::tls(project.url(), "127.0.0.1").await;
    let foreign = ReverseProxy::tls(project.url(), "other.example").await;
    for (url, roots) in [
        (trusted.url(), ""),
        (trusted.url(), foreign.authority.as_str()),
        (foreign.url(), foreign.authority.as_str()),
    ] {
        let phone = Phone::with_roots(url, project.anon_key(), roots);
        let refused = phone.client().sign_in(EMAIL, Secret::new(PASSWORD)).await;
        let error = Error::Protocol {
            service: Service::Auth,
            reason: "the TLS handshake failed",
        };
        assert_eq!(refused.map(drop), Err(error));
        let report = phone.client().diagnose().await;
        assert_eq!(report.broken_layer(), Some(Layer::Network), "{report}");
        let first = report.first_broken().map(|check| check.name);
        assert_eq!(first, Some("way to the server"), "{report}");
    }
    let admin = project.admin().await.unwrap();
    let sessions = "select count(*) from auth.sessions";
    let sessions: i64 = admin.query_one(sessions, &[]).await.unwrap().get(0);
    assert_eq!(sessions, 0, "nobody got through");
}
