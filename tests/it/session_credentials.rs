//! Codes, tokens of other services, and changes of what a person signs in with.

use std::sync::Arc;
use std::time::Duration;

use rockon_core::Error;
use rockon_core::net::{CodePurpose, LogoutScope};
use rockon_core::redact::Secret;
use rockon_core::session::{EmailChange, IdProvider, SessionState};
use rockon_tests::auth_harness::{AuthHarness, ERIC, SAM, access, grant, refusal, user};
use rockon_tests::eventually;
use rockon_tests::scripted::{Reply, Request};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

const SECONDS: Duration = Duration::from_secs(5);
const MIN: Duration = Duration::from_mins(1);

fn secret(text: &str) -> Secret {
    Secret::new(text)
}

fn auth<T>(code: &str) -> Result<T, Error> {
    Err(Error::Auth {
        reason: code.into(),
    })
}

/// What the last request asked.
fn last(harness: &AuthHarness) -> (String, String, Value) {
    let seen = harness.server.seen("");
    let last = seen.last().unwrap();
    (last.method.clone(), last.target.clone(), last.json())
}

fn asked(method: &str, path: &str, body: Value) -> (String, String, Value) {
    (method.to_owned(), format!("/auth/v1/{path}"), body)
}

#[tokio::test]
async fn each_way_in_is_asked_as_the_service_wants_it_and_is_stored_like_the_others() {
    let harness = AuthHarness::new(|_| Reply::Json(200, grant(SAM, 1, 3_600))).await;
    let session = &harness.session;
    let code = secret(" 123 456\n");
    for (purpose, kind) in [
        (CodePurpose::SignIn, "email"),
        (CodePurpose::Recovery, "recovery"),
    ] {
        let entered = session.sign_in_with_code(purpose, " sam@example.com ", &code);
        assert_eq!(entered.await.unwrap().user, user(SAM));
        let body = json!({ "type": kind, "email": "sam@example.com", "token": "123456" });
        assert_eq!(last(&harness), asked("POST", "verify", body));
    }
    let state = harness.restarted().state();
    assert_eq!(state.account().unwrap().user, user(SAM));
    let path = "token?grant_type=id_token";
    for (provider, nonce, body) in [
        (
            IdProvider::Apple,
            Some(secret("raw")),
            json!({ "provider": "apple", "id_token": "t", "nonce": "raw" }),
        ),
        (
            IdProvider::Google,
            None,
            json!({ "provider": "google", "id_token": "t" }),
        ),
    ] {
        let entered = session.sign_in_with_id_token(provider, secret("t"), nonce);
        entered.await.unwrap();
        assert_eq!(last(&harness), asked("POST", path, body));
    }
}

#[tokio::test]
async fn what_is_empty_is_refused_without_a_request() {
    let harness = AuthHarness::new(|_| Reply::Silence).await;
    let (session, none) = (&harness.session, secret(" "));
    let sign_in = CodePurpose::SignIn;
    let refused = [
        session.send_code(" ", true).await.err(),
        session.send_recovery_code("").await.err(),
        session.sign_in_with_code(sign_in, "a@b", &none).await.err(),
        session
            .sign_in_with_id_token(IdProvider::Apple, secret(""), None)
            .await
            .err(),
    ];
    let fields = refused.map(|error| match error {
        Some(Error::Invalid { field, .. }) => field,
        other => panic!("{other:?}"),
    });
    assert_eq!(fields, ["email", "email", "code", "token"]);
    assert!(harness.server.seen("").is_empty());
}

#[tokio::test]
async fn a_token_of_another_service_that_is_not_taken_has_a_code() {
    let harness = AuthHarness::signed_in().await;
    for (error, code) in [
        ("invalid request", "invalid_request"),
        ("invalid nonce", "invalid_nonce"),
        ("PLANTED, and more", "unreadable_code"),
    ] {
        let body = json!({ "error": error, "error_description": "PLANTED" });
        harness.server.on(move |_| Reply::Json(400, body.clone()));
        let entered = harness
            .session
            .sign_in_with_id_token(IdProvider::Google, secret("t"), None);
        assert_eq!(entered.await, auth(code));
        assert!(harness.token().await.is_ok(), "Eric is still signed in");
    }
}

#[tokio::test]
async fn a_code_that_was_handed_in_counts_although_nobody_waits_any_more() {
    let gate = Arc::new(Semaphore::new(0));
    let held = Arc::clone(&gate);
    let harness = AuthHarness::new(move |_| {
        let late = Reply::Json(200, grant(ERIC, 1, 3_600));
        Reply::Held(Arc::clone(&held), Box::new(late))
    })
    .await;
    let session = harness.session.clone();
    let entering = tokio::spawn(async move {
        let code = secret("123456");
        let entered = session.sign_in_with_code(CodePurpose::SignIn, "eric@example.com", &code);
        entered.await
    });
    let arrived = || async { (!harness.server.seen("/verify").is_empty()).then_some(()) };
    eventually("the code arrives", SECONDS, arrived).await;
    entering.abort();
    gate.add_permits(1);
    let mut state = harness.session.watch();
    let signed_in = state.wait_for(|state| matches!(state, SessionState::SignedIn { .. }));
    tokio::time::timeout(SECONDS, signed_in)
        .await
        .expect("signed in")
        .unwrap();
}

/// A service that takes one access token alone for a change, and renews to it.
fn wants(token: String) -> impl Fn(&Request) -> Reply + Send + Sync + 'static {
    move |request| {
        if request.target.contains("refresh_token") {
            return Reply::Json(200, grant(ERIC, 1, 3_600));
        }
        if request.header("authorization") == format!("Bearer {token}") {
            Reply::Json(200, json!({ "id": ERIC, "email": "eric@example.com" }))
        } else {
            refusal(403, "bad_jwt")
        }
    }
}

#[tokio::test]
async fn a_change_is_asked_once_more_with_a_new_token_when_the_first_is_refused() {
    let harness = AuthHarness::signed_in().await;
    harness.server.on(wants(access(ERIC, 1, 3_600)));
    let set = harness
        .session
        .set_password(secret("new"), Some(secret(" 12 34 56 ")));
    assert_eq!(set.await, Ok(()));
    let body = json!({ "password": "new", "nonce": "123456" });
    assert_eq!(last(&harness), asked("PUT", "user", body));
    assert_eq!(harness.server.seen("/user").len(), 2);
    harness.server.on(wants("another".to_owned()));
    let set = harness.session.set_password(secret("newer"), None);
    assert_eq!(set.await, auth("bad_jwt"));
    assert_eq!(harness.server.seen("/user").len(), 3, "not a third time");
}

#[tokio::test]
async fn a_change_says_why_not_and_the_session_stays() {
    for code in [
        "weak_password",
        "same_password",
        "reauthentication_needed",
        "reauthentication_not_valid",
        "session_not_found",
    ] {
        let harness = AuthHarness::signed_in().await;
        harness.server.on(move |_| refusal(422, code));
        let set = harness.session.set_password(secret("new"), None);
        assert_eq!(set.await, auth(code));
        assert!(harness.token().await.is_ok(), "Eric is still signed in");
    }
    let harness = AuthHarness::signed_in().await;
    harness.session.sign_out(LogoutScope::Local).await.unwrap();
    let seen = harness.server.seen("").len();
    let signed_out = Err(Error::SignedOut);
    assert_eq!(
        harness.session.set_password(secret("x"), None).await,
        signed_out
    );
    assert_eq!(
        harness.session.set_email("a@b").await.err(),
        Some(Error::SignedOut)
    );
    assert_eq!(
        harness.session.send_reauthentication_code().await,
        signed_out
    );
    assert_eq!(
        harness.session.access_token(MIN).await.err(),
        Some(Error::SignedOut)
    );
    assert_eq!(harness.server.seen("").len(), seen, "nothing is asked");
}

#[tokio::test]
async fn a_new_address_waits_or_is_there_and_the_next_renewal_shows_it() {
    let harness = AuthHarness::signed_in().await;
    for (now, change) in [
        ("eric@example.com", EmailChange::ConfirmEmail),
        ("eric.b@example.com", EmailChange::Changed),
    ] {
        harness
            .server
            .on(move |_| Reply::Json(200, json!({ "id": ERIC, "email": now })));
        let set = harness.session.set_email(" Eric.B@example.com ").await;
        assert_eq!(set, Ok(change));
    }
    let mut renewed = grant(ERIC, 1, 3_600);
    renewed["user"]["email"] = json!("eric.b@example.com");
    harness
        .server
        .on(move |_| Reply::Json(200, renewed.clone()));
    harness.clock.advance(Duration::from_secs(3_570));
    harness.session.access_token(MIN).await.unwrap();
    let state = harness.session.state();
    let email = state.account().unwrap().email.as_ref().unwrap();
    assert_eq!(email.text(), "eric.b@example.com");
}

#[tokio::test]
async fn a_token_for_other_uses_lasts_a_minute_or_is_refused() {
    let harness = AuthHarness::signed_in().await;
    harness.clock.advance(Duration::from_secs(3_539));
    assert_eq!(
        harness.session.access_token(MIN).await,
        Ok(secret(&access(ERIC, 0, 3_600)))
    );
    assert_eq!(harness.refreshes(), 0, "61 s are left");
    harness.clock.advance(Duration::from_secs(20));
    harness
        .server
        .on(|_| Reply::Json(200, grant(ERIC, 2, 3_600)));
    assert_eq!(
        harness.session.access_token(MIN).await,
        Ok(secret(&access(ERIC, 2, 3_600)))
    );
    harness.clock.advance(Duration::from_secs(3_559));
    // Nobody listens there any more.
    drop(harness.server);
    let before = harness.session.state();
    let offline = harness.session;
    assert_eq!(offline.access_token(MIN).await, Err(Error::Offline));
    let call = offline.token(user(ERIC), MIN).await;
    assert!(call.is_ok(), "41 s will do for a call: {call:?}");
    let code = secret("123456");
    let entered = offline.sign_in_with_code(CodePurpose::SignIn, "sam@example.com", &code);
    assert_eq!(entered.await, Err(Error::Offline));
    assert_eq!(offline.state(), before, "nothing has changed");
}
