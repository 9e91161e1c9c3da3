//! Rung 3: whom the server does not accept.

use rockon_core::config::ClientConfig;
use rockon_core::doctor::Layer;
use rockon_core::error::Error;
use rockon_core::redact::Secret;
use rockon_core::session::SessionState;
use rockon_local_stack::{Contents, Project, ProjectConfig};
use rockon_tests::phone::{PASSWORD, PATIENCE, Phone};
use rockon_tests::reverse_proxy::{ReverseProxy, json};
use rockon_tests::{empty_project, eventually, fast, project, project_with};

use super::first_broken;

const KNOWN: &str = "the server knows the session";

/// A project behind a front that answers requests for `path` in its place.
async fn answered(project: &Project, path: &'static str, status: &str, body: &str) -> ReverseProxy {
    let answer = json(status, body);
    let fits = move |head: &str| head.contains(path) && !head.contains("\r\nupgrade:");
    ReverseProxy::plain(project.url(), move |head| {
        fits(head).then(|| answer.clone())
    })
    .await
}

/// Eric signs in through the front.
async fn eric_at(reverse_proxy: &ReverseProxy, project: &Project) -> Phone {
    let phone = Phone::with_key(reverse_proxy.url(), project.anon_key());
    let signed_in = phone
        .client()
        .sign_in("eric@rock-on.test", Secret::new(PASSWORD));
    signed_in.await.unwrap();
    phone
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_of_the_key_by_a_gateway_is_the_key() {
    let project = empty_project().await;
    let stranger = Phone::with_key(project.url(), "e30.e30.e30");
    let report = stranger.client().diagnose().await;
    first_broken(&report, Layer::Auth, "API key", "Copy the project's anon");
    for (status, text) in [
        ("401 Unauthorized", "No API key found in request"),
        ("401 Unauthorized", "Unauthorized"),
        ("401 Unauthorized", "Duplicate API key found"),
        ("401 Unauthorized", "Invalid API key"),
        ("403 Forbidden", "You cannot consume this service"),
    ] {
        let body = format!(r#"{{"message":"{text}","hint":"h"}}"#);
        for path in ["/auth/v1/health", "/rest/v1/ "] {
            let reverse_proxy = answered(&project, path, status, &body).await;
            let phone = Phone::with_key(reverse_proxy.url(), project.anon_key());
            let report = phone.client().diagnose().await;
            first_broken(&report, Layer::Auth, "API key", "Copy the project's anon");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_another_project_is_the_key_where_the_gateway_does_not_look_at_it() {
    let project = project_with(ProjectConfig {
        key_check: false,
        ..fast()
    })
    .await;
    let other = project_with(ProjectConfig {
        jwt_secret: Some("another-secret-that-is-long-enough-to-be-one".to_owned()),
        ..fast()
    })
    .await;
    let phone = Phone::with_key(project.url(), other.anon_key());
    let report = phone.client().diagnose().await;
    first_broken(&report, Layer::Auth, "API key", "Copy the project's anon");
}

#[test]
fn a_service_key_is_refused_before_anything_is_asked() {
    let keys = rockon_local_stack::Keys::new(None).unwrap();
    for key in [keys.service(), keys.secret_key()] {
        let config = ClientConfig::new("https://example.com", key, "x");
        let refused = config.validated().unwrap_err();
        assert!(
            matches!(
                refused,
                Error::Config {
                    field: "anon_key",
                    ..
                }
            ),
            "{refused:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ended_on_the_server_is_the_session() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    let admin = project.admin().await.unwrap();
    admin
        .execute("delete from auth.sessions", &[])
        .await
        .unwrap();
    let report = eric.client().diagnose().await;
    first_broken(&report, Layer::Auth, KNOWN, "Sign in again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_account_is_the_session() {
    let project = empty_project().await;
    let phone = Phone::new(&project);
    let signed_up = phone
        .client()
        .sign_up("new@rock-on.test", Secret::new(PASSWORD), "New");
    signed_up.await.unwrap();
    let admin = project.admin().await.unwrap();
    let delete = "set session_replication_role = replica; delete from auth.users";
    admin.batch_execute(delete).await.unwrap();
    let report = phone.client().diagnose().await;
    first_broken(&report, Layer::Auth, KNOWN, "no such account");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_auth_does_not_accept_is_the_session() {
    let project = project().await;
    let body = r#"{"code":403,"error_code":"bad_jwt","msg":"invalid JWT"}"#;
    let reverse_proxy = answered(&project, "/auth/v1/user", "403 Forbidden", body).await;
    let phone = eric_at(&reverse_proxy, &project).await;
    let report = phone.client().diagnose().await;
    first_broken(&report, Layer::Auth, KNOWN, "Sign in again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_cannot_be_renewed_asks_to_sign_in_again() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    let admin = project.admin().await.unwrap();
    admin
        .execute("delete from auth.sessions", &[])
        .await
        .unwrap();
    project.expire_tokens();
    eric.add_song("Sent with an expired token").await;
    eventually("the session has ended", PATIENCE, || async {
        let state = eric.client().session().borrow().clone();
        matches!(state, SessionState::NeedsSignIn { .. }).then_some(())
    })
    .await;
    let report = eric.client().diagnose().await;
    first_broken(
        &report,
        Layer::Auth,
        "session",
        "nothing on this phone is lost",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_rest_alone_refuses_is_auth_not_the_schema() {
    let project = project().await;
    for (code, fix) in [("PGRST301", "JWT secret"), ("PGRST303", "clocks")] {
        let body = format!(r#"{{"code":"{code}","details":null,"hint":null,"message":"JWT"}}"#);
        let path = "/rest/v1/rpc/sync_health";
        let reverse_proxy = answered(&project, path, "401 Unauthorized", &body).await;
        let phone = eric_at(&reverse_proxy, &project).await;
        let report = phone.client().diagnose().await;
        first_broken(&report, Layer::Auth, "rest accepts the token", fix);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_unknown_to_realtime_is_the_tenants_name() {
    let project = empty_project().await;
    for (path, status, body) in [
        (
            "/realtime/v1/websocket",
            "404 Not Found",
            r#"{"error":"Tenant not found"}"#,
        ),
        (
            "/realtime/v1/api/ping",
            "401 Unauthorized",
            r#"{"message":"Tenant not found in database"}"#,
        ),
    ] {
        let reverse_proxy = answered(&project, path, status, body).await;
        let phone = Phone::with_key(reverse_proxy.url(), project.anon_key());
        let report = phone.client().diagnose().await;
        first_broken(&report, Layer::Auth, "realtime accepts the key", "tenant");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_secret_in_realtime_is_told_by_new_and_old_servers() {
    let project = project_with(ProjectConfig {
        contents: Contents::Seeded,
        realtime_secret: Some("another-secret-that-is-long-enough-to-be-one".to_owned()),
        ..fast()
    })
    .await;
    let eric = Phone::of(&project, "eric").await;
    let name = "realtime accepts the key";
    let report = eric.client().diagnose().await;
    first_broken(&report, Layer::Auth, name, "another JWT secret");
    project.realtime().faults().refuse_like_older_servers(true);
    let report = eric.client().diagnose().await;
    first_broken(&report, Layer::Auth, name, "realtime's JWT secret");
}
