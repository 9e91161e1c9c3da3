//! Sign-in, restoring, sign-out and change of user, with late answers in between.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use rockon_core::Error;
use rockon_core::model::AuthErrorCode;
use rockon_core::net::LogoutScope;
use rockon_core::redact::Secret;
use rockon_core::session::{Held, SecretStore, SessionState, SignUp};
use rockon_tests::auth_harness::{
    AuthHarness, ERIC, PASSWORD, SAM, access, grant, refresh, refusal, user,
};
use rockon_tests::eventually;
use rockon_tests::scripted::{Reply, Request, ScriptedServer};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

const SECONDS: Duration = Duration::from_secs(5);

fn password() -> Secret {
    Secret::new(PASSWORD)
}

fn key(id: &str) -> String {
    format!("session.{id}")
}

/// Answers whoever signs in by the address; refreshes with the n-th grant of Eric after the gate lets it.
fn two_people(gate: &Arc<Semaphore>) -> impl Fn(&Request) -> Reply + Send + Sync + 'static {
    let gate = Arc::clone(gate);
    move |request| {
        if request.target.contains("/logout") {
            return Reply::Json(204, Value::Null);
        }
        if request.target.contains("refresh_token") {
            let late = Reply::Json(200, grant(ERIC, 1, 3_600));
            return Reply::Held(Arc::clone(&gate), Box::new(late));
        }
        let sam = request.body.contains("sam@");
        Reply::Json(200, grant(if sam { SAM } else { ERIC }, 7, 3_600))
    }
}

#[tokio::test]
async fn a_session_is_restored_without_a_network() {
    let harness = AuthHarness::signed_in().await;
    let requests = harness.server.seen("").len();
    let session = harness.restarted();
    assert_eq!(session.state().account().unwrap().user, user(ERIC));
    let token = session.token(user(ERIC), SECONDS).await.unwrap();
    assert_eq!(token.expose(), access(ERIC, 0, 3_600));
    assert_eq!(harness.server.seen("").len(), requests);
}

#[tokio::test]
async fn a_secret_that_is_lost_asks_for_a_sign_in_which_works_and_a_locked_store_says_try_later() {
    let harness = AuthHarness::signed_in().await;
    harness.secrets.lose(ERIC);
    let session = harness.restarted();
    let SessionState::NeedsSignIn { account, reason } = session.state() else {
        panic!("{:?}", session.state());
    };
    assert_eq!(
        (account.user, reason),
        (user(ERIC), AuthErrorCode::StoredSessionUnreadable)
    );
    let token = session.token(user(ERIC), SECONDS).await;
    assert_eq!(token.err(), Some(Error::SignedOut));
    session.sign_in("eric@x.test", password()).await.unwrap();
    let state = harness.restarted().state();
    assert!(matches!(state, SessionState::SignedIn { .. }), "{state:?}");
    // The pointer alone can be lost too: nobody is signed in, and a sign-in writes it again.
    harness.secrets.lose("session.current");
    assert_eq!(harness.restarted().state(), SessionState::SignedOut);
    session.sign_in("eric@x.test", password()).await.unwrap();
    let state = harness.restarted().state();
    assert!(matches!(state, SessionState::SignedIn { .. }), "{state:?}");
}

#[tokio::test]
async fn a_damaged_or_newer_stored_session_asks_for_a_sign_in_and_names_the_person() {
    for value in ["", "{", "[]", r#"{"v":2}"#, r#"{"v":1,"user":"x"}"#] {
        let harness = AuthHarness::signed_in().await;
        harness
            .secrets
            .write(&key(ERIC), &Secret::new(value))
            .unwrap();
        let state = harness.restarted().state();
        assert_eq!(state.account().unwrap().user, user(ERIC));
        assert!(
            matches!(&state, SessionState::NeedsSignIn { reason, .. } if *reason == AuthErrorCode::StoredSessionUnreadable)
        );
    }
}

#[tokio::test]
async fn tokens_of_one_server_are_never_given_to_another() {
    let harness = AuthHarness::signed_in().await;
    let other = ScriptedServer::start(|_| refusal(400, "session_not_found")).await;
    let session = harness.restarted_at(other.url());
    let state = session.state();
    assert_eq!(
        state.account().unwrap().user,
        user(ERIC),
        "his data is shown"
    );
    assert!(
        matches!(&state, SessionState::NeedsSignIn { reason, .. } if *reason == AuthErrorCode::StoredSessionOfAnotherServer),
        "{state:?}"
    );
    assert_eq!(
        session.token(user(ERIC), SECONDS).await.err(),
        Some(Error::SignedOut)
    );
    assert!(other.seen("").is_empty(), "it was sent nothing");
    // The address was a mistake: the session is where it was.
    let state = harness.restarted().state();
    assert!(matches!(state, SessionState::SignedIn { .. }), "{state:?}");
    // Or it was none: what the other server gives is its own from then on.
    other.on(|_| Reply::Json(200, grant(ERIC, 3, 3_600)));
    session.sign_in("eric@x.test", password()).await.unwrap();
    let state = harness.restarted_at(other.url()).state();
    assert!(matches!(state, SessionState::SignedIn { .. }), "{state:?}");
    let state = harness.restarted().state();
    assert!(
        matches!(state, SessionState::NeedsSignIn { .. }),
        "{state:?}"
    );
}

#[tokio::test]
async fn a_session_stored_before_servers_were_is_the_servers_that_the_app_names() {
    let harness = AuthHarness::signed_in().await;
    let Held::Value(text) = harness.secrets.read(&key(ERIC)).unwrap() else {
        panic!("it is stored")
    };
    let mut value: Value = serde_json::from_str(text.expose()).unwrap();
    value.as_object_mut().unwrap().remove("server").unwrap();
    let older = Secret::new(value.to_string());
    harness.secrets.write(&key(ERIC), &older).unwrap();
    let state = harness.restarted().state();
    assert!(matches!(state, SessionState::SignedIn { .. }), "{state:?}");
}

#[tokio::test]
async fn a_refused_sign_in_names_the_reason_and_changes_nothing() {
    for (status, code) in [
        (400, "invalid_credentials"),
        (400, "email_not_confirmed"),
        (400, "user_banned"),
        (422, "email_provider_disabled"),
    ] {
        let harness = AuthHarness::signed_in().await;
        harness.server.on(move |_| refusal(status, code));
        let refused = harness.session.sign_in("sam@example.com", password()).await;
        assert_eq!(
            refused,
            Err(Error::Auth {
                reason: code.into()
            })
        );
        assert!(harness.token().await.is_ok(), "Eric is still signed in");
    }
}

#[tokio::test]
async fn an_empty_address_or_password_is_refused_without_a_request() {
    let harness = AuthHarness::new(|_| Reply::Silence).await;
    for (email, password, field) in [(" ", "x", "email"), ("a@b", "", "password")] {
        let refused = harness.session.sign_in(email, Secret::new(password)).await;
        assert!(matches!(refused, Err(Error::Invalid { field: f, .. }) if f == field));
    }
    assert!(harness.server.seen("").is_empty());
}

#[tokio::test]
async fn a_sign_in_that_cannot_be_stored_signs_nobody_in_and_is_ended_on_the_server() {
    let harness = AuthHarness::new(two_people(&Arc::new(Semaphore::new(0)))).await;
    harness.secrets.locked.store(true, Ordering::SeqCst);
    let refused = harness
        .session
        .sign_in("eric@example.com", password())
        .await;
    assert_eq!(refused, Err(Error::Secrets { step: "write" }));
    assert_eq!(harness.session.state(), SessionState::SignedOut);
    let ended = || async { (!harness.server.seen("/logout?scope=local").is_empty()).then_some(()) };
    eventually("the session is ended", SECONDS, ended).await;
}

#[tokio::test]
async fn a_secret_store_that_panics_has_failed_and_the_session_goes_on() {
    let harness = AuthHarness::new(two_people(&Arc::new(Semaphore::new(0)))).await;
    let failed = |step| Error::Secrets { step };
    harness.secrets.panics.store(true, Ordering::SeqCst);
    let refused = harness
        .session
        .sign_in("eric@example.com", password())
        .await;
    assert_eq!(refused, Err(failed("write")));
    assert_eq!(harness.session.state(), SessionState::SignedOut);
    assert_eq!(harness.session.restore(), Err(failed("read")));
    harness.secrets.panics.store(false, Ordering::SeqCst);
    harness.sign_in().await;
    harness.secrets.panics.store(true, Ordering::SeqCst);
    let out = harness.session.sign_out(LogoutScope::Local).await;
    assert_eq!(out, Err(failed("delete")));
    assert!(harness.token().await.is_ok(), "Eric is still signed in");
}

#[tokio::test]
async fn a_sign_up_gives_a_session_or_asks_to_confirm_the_address() {
    let harness = AuthHarness::new(|_| Reply::Json(200, grant(ERIC, 0, 3_600))).await;
    let up = harness
        .session
        .sign_up("eric@example.com", password(), "Eric")
        .await;
    assert!(matches!(up, Ok(SignUp::SignedIn(account)) if account.user == user(ERIC)));
    let harness =
        AuthHarness::new(|_| Reply::Json(200, json!({ "id": ERIC, "identities": [] }))).await;
    let up = harness
        .session
        .sign_up("eric@example.com", password(), "Eric")
        .await;
    assert_eq!(up, Ok(SignUp::ConfirmEmail));
    assert_eq!(harness.session.state(), SessionState::SignedOut);
    harness.server.on(|_| refusal(422, "user_already_exists"));
    let up = harness
        .session
        .sign_up("eric@example.com", password(), "Eric")
        .await;
    assert!(
        matches!(up, Err(Error::Auth { reason }) if reason == AuthErrorCode::UserAlreadyExists)
    );
}

#[tokio::test]
async fn c133_signing_out_works_offline_and_at_once() {
    let harness = AuthHarness::signed_in().await;
    let gate = Arc::new(Semaphore::new(0));
    let held = Arc::clone(&gate);
    harness
        .server
        .on(move |_| Reply::Held(Arc::clone(&held), Box::new(Reply::Wire(Vec::new()))));
    let mut states = harness.session.watch();
    let session = harness.session.clone();
    let leaving = tokio::spawn(async move { session.sign_out(LogoutScope::Local).await });
    states
        .wait_for(|state| *state == SessionState::SignedOut)
        .await
        .unwrap();
    assert!(
        !leaving.is_finished(),
        "the state does not wait for the server"
    );
    assert_eq!(harness.secrets.read(&key(ERIC)), Ok(Held::Nothing));
    assert_eq!(harness.restarted().state(), SessionState::SignedOut);
    gate.add_permits(10);
    assert!(!leaving.await.unwrap().unwrap().server_told);
    assert_eq!(harness.token().await, Err(Error::SignedOut));
}

#[tokio::test]
async fn signing_out_with_an_ended_token_gets_a_new_one_to_end_the_session_with() {
    let harness = AuthHarness::signed_in().await;
    harness.clock.advance(Duration::from_hours(2));
    let out = harness.session.sign_out(LogoutScope::Global).await.unwrap();
    assert!(out.server_told);
    let asked = harness.server.seen("/logout?scope=global");
    let bearer = format!("Bearer {}", access(ERIC, 1, 3_600));
    assert_eq!(asked[0].header("authorization"), bearer);
    assert_eq!(harness.restarted().state(), SessionState::SignedOut);
}

#[tokio::test]
async fn a_sign_out_that_cannot_be_stored_says_so_and_leaves_the_person_signed_in() {
    let harness = AuthHarness::signed_in().await;
    harness.secrets.locked.store(true, Ordering::SeqCst);
    let out = harness.session.sign_out(LogoutScope::Local).await;
    assert_eq!(out, Err(Error::Secrets { step: "delete" }));
    assert!(harness.token().await.is_ok());
}

#[tokio::test]
async fn c131_a_refresh_that_ends_after_the_sign_out_is_discarded() {
    let gate = Arc::new(Semaphore::new(0));
    let harness = AuthHarness::new(two_people(&gate)).await;
    harness.sign_in().await;
    harness.clock.advance(Duration::from_mins(59));
    let session = harness.session.clone();
    let waiting = tokio::spawn(async move { session.token(user(ERIC), 2 * SECONDS * 60).await });
    let arrived = || async { (harness.refreshes() == 1).then_some(()) };
    eventually("the refresh arrives", SECONDS, arrived).await;
    harness.session.sign_out(LogoutScope::Local).await.unwrap();
    gate.add_permits(10);
    assert_eq!(waiting.await.unwrap(), Err(Error::SignedOut));
    assert_eq!(
        harness.secrets.read(&key(ERIC)),
        Ok(Held::Nothing),
        "nothing comes back"
    );
    assert_eq!(harness.restarted().state(), SessionState::SignedOut);
}

#[tokio::test]
async fn a_refresh_of_the_former_person_cannot_touch_the_next_ones_session() {
    let gate = Arc::new(Semaphore::new(0));
    let harness = AuthHarness::new(two_people(&gate)).await;
    harness.sign_in().await;
    harness.clock.advance(Duration::from_mins(59));
    let session = harness.session.clone();
    let waiting = tokio::spawn(async move { session.token(user(ERIC), 2 * SECONDS * 60).await });
    let arrived = || async { (harness.refreshes() == 1).then_some(()) };
    eventually("the refresh arrives", SECONDS, arrived).await;
    let sam = harness.session.sign_in("sam@example.com", password()).await;
    assert_eq!(sam.unwrap().user, user(SAM));
    gate.add_permits(10);
    assert_eq!(waiting.await.unwrap(), Err(Error::SignedOut));
    assert_eq!(
        harness.secrets.read(&key(ERIC)),
        Ok(Held::Nothing),
        "Eric's tokens are gone"
    );
    let reopened = harness.restarted();
    assert_eq!(reopened.state().account().unwrap().user, user(SAM));
    let token = reopened.token(user(SAM), SECONDS).await.unwrap();
    assert_eq!(token.expose(), access(SAM, 7, 3_600));
    let ended = || async { (!harness.server.seen("/logout").is_empty()).then_some(()) };
    eventually("Eric's session is ended on the server", SECONDS, ended).await;
}

#[tokio::test]
async fn a_sign_in_that_ends_after_a_sign_out_is_discarded() {
    let harness = AuthHarness::signed_in().await;
    let gate = Arc::new(Semaphore::new(0));
    let held = Arc::clone(&gate);
    harness.server.on(move |request| {
        if request.target.contains("password") {
            Reply::Held(
                Arc::clone(&held),
                Box::new(Reply::Json(200, grant(SAM, 1, 3_600))),
            )
        } else {
            Reply::Json(204, Value::Null)
        }
    });
    let session = harness.session.clone();
    let entering =
        tokio::spawn(async move { session.sign_in("sam@example.com", password()).await });
    let arrived = || async { (harness.server.seen("=password").len() == 2).then_some(()) };
    eventually("the sign-in arrives", SECONDS, arrived).await;
    harness.session.sign_out(LogoutScope::Local).await.unwrap();
    gate.add_permits(1);
    assert_eq!(entering.await.unwrap(), Err(Error::SignedOut));
    assert_eq!(harness.restarted().state(), SessionState::SignedOut);
}

#[tokio::test]
async fn after_an_end_the_same_person_signs_in_again() {
    let harness = AuthHarness::signed_in().await;
    harness.server.on(|request| {
        if request.target.contains("refresh") {
            refusal(400, "session_expired")
        } else {
            Reply::Json(200, grant(ERIC, 5, 3_600))
        }
    });
    harness.clock.advance(Duration::from_hours(1));
    assert_eq!(harness.token().await, Err(Error::SignedOut));
    harness.sign_in().await;
    assert_eq!(
        harness.token().await.unwrap().expose(),
        access(ERIC, 5, 3_600)
    );
    let Held::Value(stored) = harness.secrets.read(&key(ERIC)).unwrap() else {
        panic!("nothing is stored");
    };
    assert!(stored.expose().contains(&refresh(5)));
}
