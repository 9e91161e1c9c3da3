//! Refreshing: once for many, ahead of expiry, stored before use, and only the listed codes end a session.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use rockon_core::Error;
use rockon_core::model::AuthErrorCode;
use rockon_core::net::Bearer;
use rockon_core::platform::Platform;
use rockon_core::redact::Secret;
use rockon_core::session::policy::ENDING;
use rockon_core::session::{Session, SessionState};
use rockon_core::time::{Clock, Timestamp};
use rockon_tests::auth_harness::{AuthHarness, ERIC, SAM, access, grant, refresh, refusal, user};
use rockon_tests::eventually;
use rockon_tests::scripted::Reply;
use serde_json::{Value, json};
use tokio::sync::{Semaphore, watch};

const HOUR: Duration = Duration::from_hours(1);
const MIN: Duration = Duration::from_mins(1);

fn reason(session: &Session) -> Option<AuthErrorCode> {
    match session.state() {
        SessionState::NeedsSignIn { reason, .. } => Some(reason),
        _ => None,
    }
}

#[tokio::test]
async fn a_fresh_token_is_given_without_a_request() {
    let harness = AuthHarness::signed_in().await;
    assert_eq!(
        harness.token().await.unwrap().expose(),
        access(ERIC, 0, 3_600)
    );
    assert_eq!(harness.refreshes(), 0);
}

#[tokio::test]
async fn c130_many_callers_cause_one_refresh_and_get_the_same_new_token() {
    let harness = Arc::new(AuthHarness::signed_in().await);
    let gate = Arc::new(Semaphore::new(0));
    let held = Arc::clone(&gate);
    harness.server.on(move |_| {
        let reply = Reply::Json(200, grant(ERIC, 1, 3_600));
        Reply::Held(Arc::clone(&held), Box::new(reply))
    });
    harness.clock.advance(HOUR);
    let callers: Vec<_> = (0..20)
        .map(|_| {
            let harness = Arc::clone(&harness);
            tokio::spawn(async move { harness.token().await })
        })
        .collect();
    let arrived = || async { (harness.refreshes() > 0).then_some(()) };
    eventually("the refresh arrives", Duration::from_secs(5), arrived).await;
    gate.add_permits(100);
    for caller in callers {
        let token = caller.await.unwrap().unwrap();
        assert_eq!(token.expose(), access(ERIC, 1, 3_600));
    }
    assert_eq!(harness.refreshes(), 1);
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_lose_the_rotation() {
    let harness = AuthHarness::signed_in().await;
    let gate = Arc::new(Semaphore::new(0));
    let held = Arc::clone(&gate);
    harness.server.on(move |_| {
        let reply = Reply::Json(200, grant(ERIC, 1, 3_600));
        Reply::Held(Arc::clone(&held), Box::new(reply))
    });
    harness.clock.advance(HOUR);
    let mut renewals = harness.session.renewals();
    renewals.mark_unchanged();
    let (session, arrived) = (harness.session.clone(), || async {
        (harness.refreshes() > 0).then_some(())
    });
    let caller = tokio::spawn(async move { session.token(user(ERIC), MIN).await });
    eventually("the refresh arrives", Duration::from_secs(5), arrived).await;
    caller.abort();
    gate.add_permits(1);
    renewals.changed().await.unwrap();
    assert_eq!(
        harness.token().await.unwrap().expose(),
        access(ERIC, 1, 3_600)
    );
    assert_eq!(harness.refreshes(), 1);
}

#[tokio::test]
async fn c132_killed_between_answer_and_persist_the_old_token_recovers() {
    let harness = AuthHarness::signed_in().await;
    harness.clock.advance(HOUR);
    // The answer comes, and nothing of it reaches the store: the same as being killed there.
    harness.secrets.locked.store(true, Ordering::SeqCst);
    assert_eq!(harness.token().await, Err(Error::Secrets { step: "write" }));
    assert_eq!(harness.refreshes(), 1);
    harness.secrets.locked.store(false, Ordering::SeqCst);
    let reopened = harness.restarted();
    let token = reopened.token(user(ERIC), MIN).await.unwrap();
    assert_eq!(token.expose(), access(ERIC, 1, 3_600));
    let sent: Vec<_> = harness.server.seen("grant_type=refresh_token");
    assert_eq!(sent[1].json()["refresh_token"], json!(refresh(0)));
}

#[tokio::test]
async fn a_token_is_stored_before_anybody_gets_it() {
    let harness = AuthHarness::signed_in().await;
    harness.clock.advance(Duration::from_secs(3_570));
    harness.secrets.locked.store(true, Ordering::SeqCst);
    // The old one is good for 30 s more; the new one, which is not stored, is not given.
    assert_eq!(
        harness.token().await.unwrap().expose(),
        access(ERIC, 0, 3_600)
    );
    assert_eq!(harness.refreshes(), 1);
}

type Row = (&'static str, fn() -> Reply);

/// Answers to a refresh that say nothing about the session.
const KEPT: [Row; 16] = [
    ("503", || {
        Reply::Json(503, json!({ "message": "name resolution failed" }))
    }),
    ("502 page", || {
        Reply::Bytes(502, String::new(), b"<html>".to_vec())
    }),
    ("500", || refusal(500, "unexpected_failure")),
    ("504", || refusal(504, "request_timeout")),
    ("429", || refusal(429, "over_request_rate_limit")),
    ("409", || refusal(409, "conflict")),
    ("403 bad_jwt", || refusal(403, "bad_jwt")),
    ("400 bad_json", || refusal(400, "bad_json")),
    ("ending code with 503", || refusal(503, "session_not_found")),
    ("no code", || {
        Reply::Json(400, json!({ "msg": "session_not_found" }))
    }),
    ("no route", || {
        let message = "no Route matched with those values";
        Reply::Json(404, json!({ "message": message }))
    }),
    ("page", || {
        Reply::Bytes(200, String::new(), b"<html>".to_vec())
    }),
    ("cut off", || Reply::CutOff(b"{".to_vec(), 10)),
    ("closed", || Reply::Wire(Vec::new())),
    ("other user", || Reply::Json(200, grant(SAM, 1, 3_600))),
    ("other shape", || {
        Reply::Json(200, json!({ "access_token": 1 }))
    }),
];

#[tokio::test]
async fn c127_what_is_no_refusal_of_the_session_keeps_it() {
    for (name, make) in KEPT {
        let harness = AuthHarness::signed_in().await;
        harness.server.on(move |_| make());
        harness.clock.advance(HOUR);
        assert!(harness.token().await.is_err(), "{name}");
        assert!(
            matches!(harness.session.state(), SessionState::SignedIn { .. }),
            "{name}"
        );
        assert!(
            matches!(harness.restarted().state(), SessionState::SignedIn { .. }),
            "{name}"
        );
        harness
            .server
            .on(|_| Reply::Json(200, grant(ERIC, 1, 3_600)));
        harness.session.retry_now();
        assert!(harness.token().await.is_ok(), "{name}: it recovers");
    }
}

#[tokio::test]
async fn c128_each_ending_code_asks_for_a_sign_in_and_keeps_whose_data_it_is() {
    for code in ENDING {
        let harness = AuthHarness::signed_in().await;
        let asked = code.clone();
        harness.server.on(move |_| refusal(400, asked.code()));
        harness.clock.advance(HOUR);
        assert_eq!(harness.token().await, Err(Error::SignedOut), "{code}");
        for session in [harness.session.clone(), harness.restarted()] {
            assert_eq!(reason(&session).as_ref(), Some(&code));
            assert_eq!(session.state().account().unwrap().user, user(ERIC));
        }
        assert_eq!(
            harness.refreshes(),
            1,
            "{code}: a dead token is not tried again"
        );
    }
}

#[tokio::test]
async fn c128_a_token_used_by_another_process_is_read_again_from_the_store() {
    for code in ["refresh_token_already_used", "refresh_token_not_found"] {
        let harness = AuthHarness::signed_in().await;
        harness.clock.advance(HOUR);
        // Another process over the same secrets rotates first, and goes two generations on.
        harness
            .server
            .on(|_| Reply::Json(200, grant(ERIC, 2, 3_600)));
        harness.restarted().token(user(ERIC), MIN).await.unwrap();
        harness.server.on(move |request| {
            if request.json()["refresh_token"] == json!(refresh(2)) {
                Reply::Json(200, grant(ERIC, 3, 3_600))
            } else {
                refusal(400, code)
            }
        });
        assert_eq!(
            harness.token().await.unwrap().expose(),
            access(ERIC, 3, 3_600),
            "{code}"
        );
    }
}

#[tokio::test]
async fn c129_a_wrong_key_is_named_and_keeps_the_session() {
    let harness = AuthHarness::signed_in().await;
    harness.server.on(|_| {
        Reply::Json(
            401,
            json!({ "message": "Invalid authentication credentials" }),
        )
    });
    harness.clock.advance(HOUR);
    let error = harness.token().await.unwrap_err();
    assert!(
        matches!(
            error,
            Error::Config {
                field: "anon_key",
                ..
            }
        ),
        "{error}"
    );
    assert!(matches!(
        harness.session.state(),
        SessionState::SignedIn { .. }
    ));
}

#[tokio::test]
async fn c134_a_clock_two_hours_wrong_makes_no_storm_and_ends_nothing() {
    for skew_ms in [7_200_000, -7_200_000] {
        let harness = AuthHarness::signed_in().await;
        harness
            .clock
            .set_wall(Timestamp(harness.clock.wall().0 + skew_ms));
        for _ in 0..50 {
            harness.clock.advance(Duration::from_secs(30));
            harness.token().await.unwrap();
        }
        let most = usize::from(skew_ms > 0);
        assert_eq!(harness.refreshes(), most, "25 minutes of an hour's token");
        assert!(matches!(
            harness.restarted().state(),
            SessionState::SignedIn { .. }
        ));
    }
}

#[tokio::test]
async fn after_a_failure_callers_wait_for_the_next_try_instead_of_asking_the_server() {
    let harness = AuthHarness::signed_in().await;
    harness.server.on(|_| {
        Reply::JsonWith(
            503,
            "retry-after: 30\r\n".into(),
            json!({ "message": "name resolution failed" }),
        )
    });
    harness.clock.advance(HOUR);
    for _ in 0..10 {
        let error = harness.token().await.unwrap_err();
        assert!(matches!(
            error,
            Error::Server {
                status: 503,
                retry_after: Some(30),
                ..
            }
        ));
    }
    assert_eq!(harness.refreshes(), 1);
    harness.clock.advance(Duration::from_secs(29));
    assert!(harness.token().await.is_err());
    assert_eq!(harness.refreshes(), 1, "29 of 30 seconds");
    harness.clock.advance(Duration::from_secs(2));
    assert!(harness.token().await.is_err());
    assert_eq!(harness.refreshes(), 2);
    harness.session.retry_now();
    assert!(harness.token().await.is_err());
    assert_eq!(harness.refreshes(), 3, "the network is back: at once");
}

#[tokio::test]
async fn the_keeper_refreshes_ahead_of_expiry_only_while_active() {
    let harness = AuthHarness::signed_in().await;
    let platform = watch::Sender::new(Platform::default());
    let (session, heard) = (harness.session.clone(), platform.subscribe());
    let keeper = tokio::spawn(async move { session.keep_fresh(heard).await });
    harness.clock.advance(Duration::from_mins(56));
    let mut renewals = harness.session.renewals();
    renewals.mark_unchanged();
    // A round trip to the same server: a refresh that had been started would be seen before or with it.
    for _ in 0..3 {
        harness
            .http
            .get("auth/v1/health", Bearer::Key)
            .await
            .unwrap();
    }
    assert_eq!(harness.refreshes(), 0, "no work in the background");
    platform.send_modify(|now| now.foreground.set(true));
    renewals.changed().await.unwrap();
    assert_eq!(harness.refreshes(), 1);
    drop(platform);
    keeper.await.unwrap();
}

#[tokio::test]
async fn another_network_ends_the_pause_after_a_refresh_that_failed() {
    let harness = AuthHarness::signed_in().await;
    harness.server.on(|_| {
        let later = "retry-after: 30\r\n".into();
        Reply::JsonWith(503, later, json!({ "message": "name resolution failed" }))
    });
    let platform = watch::Sender::new(Platform::default());
    platform.send_modify(|now| now.foreground.set(true));
    let (session, heard) = (harness.session.clone(), platform.subscribe());
    let keeper = tokio::spawn(async move { session.keep_fresh(heard).await });
    // A round trip: the keeper has looked by then, and waits for the end of an hour.
    let _ = harness.http.get("auth/v1/health", Bearer::Key).await;
    harness.clock.advance(HOUR);
    for _ in 0..3 {
        assert!(harness.token().await.is_err());
    }
    assert_eq!(harness.refreshes(), 1);
    platform.send_modify(|now| now.network.set(true));
    eventually("another try", Duration::from_secs(5), || async {
        (harness.refreshes() == 2).then_some(())
    })
    .await;
    drop(platform);
    keeper.await.unwrap();
}

/// Gives the n-th grant to a refresh, and takes that grant's access token only if it `takes` any.
fn rest(harness: &AuthHarness, code: &'static str, n: u32, takes: bool) {
    let fresh = format!("Bearer {}", access(ERIC, n, 3_600));
    harness.server.on(move |request| {
        if request.target.contains("/token") {
            Reply::Json(200, grant(ERIC, n, 3_600))
        } else if takes && request.header("authorization") == fresh {
            Reply::Json(200, json!({ "ok": true }))
        } else {
            let body =
                json!({ "code": code, "details": null, "hint": null, "message": "JWT expired" });
            Reply::Json(401, body)
        }
    });
}

async fn health(harness: &AuthHarness) -> Result<Value, Error> {
    let body = json!({});
    harness.session.rpc(user(ERIC), "sync_health", &body).await
}

#[tokio::test]
async fn c148_an_expired_token_costs_one_refresh_and_one_replay() {
    for code in ["PGRST303", "PGRST301"] {
        let harness = AuthHarness::signed_in().await;
        rest(&harness, code, 1, true);
        assert_eq!(health(&harness).await, Ok(json!({ "ok": true })));
        assert_eq!(
            (harness.refreshes(), harness.server.seen("/rpc/").len()),
            (1, 2)
        );
    }
}

#[tokio::test]
async fn c148_a_second_refusal_surfaces_and_makes_no_storm() {
    let harness = AuthHarness::signed_in().await;
    rest(&harness, "PGRST303", 1, false);
    for _ in 0..5 {
        let failed = health(&harness).await;
        assert!(matches!(failed, Err(Error::Server { status: 401, .. })));
        assert!(matches!(
            harness.session.state(),
            SessionState::SignedIn { .. }
        ));
    }
    assert_eq!(
        (harness.refreshes(), harness.server.seen("/rpc/").len()),
        (1, 6)
    );
    harness.clock.advance(Duration::from_mins(2));
    rest(&harness, "PGRST303", 2, true);
    assert_eq!(health(&harness).await, Ok(json!({ "ok": true })));
}

#[tokio::test]
async fn nobody_gets_another_persons_token() {
    let harness = AuthHarness::signed_in().await;
    assert_eq!(
        harness.session.token(user(SAM), MIN).await,
        Err(Error::SignedOut)
    );
    let held: Secret = harness.token().await.unwrap();
    assert_eq!(
        harness.session.replace_refused(user(SAM), &held).await,
        Err(Error::SignedOut)
    );
}
