//! Cases 89 to 98: a channel's token.

use std::time::Duration;

use rockon_local_stack::realtime::{Limits, Timing};
use rockon_tests::ws::Ws;
use serde_json::{Value, json};

use super::harness::{ANN, BOB, Project, anon, now, token, user};

async fn push(ws: &mut Ws, name: &str, payload: Value) {
    ws.send(json!([
        name,
        "9",
        format!("realtime:{name}"),
        "access_token",
        payload
    ]))
    .await;
}

async fn ends(ws: &mut Ws, name: &str, message: &str) {
    let topic = format!("realtime:{name}");
    let system =
        json!({"message": message, "status": "error", "extension": "system", "channel": name});
    assert_eq!(
        ws.json().await,
        json!([name, null, topic, "system", system])
    );
    assert_eq!(ws.json().await, json!([name, name, topic, "phx_close", {}]));
}

#[tokio::test]
async fn s089_a_new_token_is_not_answered_and_renews_the_subscription() {
    // Long enough that what is written below comes while the old claims decide, on a busy machine too.
    let timing = Timing {
        resubscribe: Duration::from_secs(5),
        ..Timing::fast()
    };
    let project = Project::with(timing, Limits::default()).await;
    let mut ws = project.v2().await;
    let entries = json!([{"event": "*", "table": "todos"}]);
    ws.subscribe(
        "t",
        json!({"config": {"postgres_changes": entries}, "access_token": user(ANN)}),
    )
    .await;
    push(&mut ws, "t", json!({"access_token": user(BOB)})).await;
    // Until the second message the old claims decide.
    project
        .run(&format!(
            "insert into todos (user_id, title) values ('{ANN}', 'old claims')"
        ))
        .await;
    assert_eq!(
        ws.json().await[4]["data"]["record"]["title"],
        json!("old claims")
    );
    assert_eq!(
        ws.json().await[4]["message"],
        json!("Subscribed to PostgreSQL")
    );
    project
        .run(&format!(
            "insert into todos (user_id, title) values ('{ANN}', 'hidden'), ('{BOB}', 'seen')"
        ))
        .await;
    assert_eq!(ws.json().await[4]["data"]["record"]["title"], json!("seen"));
    project.stop().await;
}

#[tokio::test]
async fn s090_null_identical_and_new_style_tokens_are_ignored() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.join("t", json!({"config": {}})).await;
    for payload in [
        json!({"access_token": null}),
        json!({"access_token": anon()}),
        json!({"access_token": "sb_x"}),
        json!({"access_token": 5}),
        json!({"access_token": {}}),
        json!({}),
        json!("str"),
    ] {
        push(&mut ws, "t", payload).await;
    }
    ws.silent().await;
    project.stop().await;
}

#[tokio::test]
async fn s091_s092_s093_a_bad_token_ends_the_channel_and_not_the_socket() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.join("other", json!({"config": {"broadcast": {"ack": true}}}))
        .await;
    let roleless = token(&json!({"exp": now() + 100}));
    let endless = token(&json!({"role": "anon"}));
    let list = token(&json!([1]));
    let mut forged = user(ANN);
    forged.replace_range(forged.len() - 10.., "AAAAAAAAAA");
    let missing = "Fields `role` and `exp` are required in JWT";
    let cases = [
        ("", "The token provided is not a valid JWT"),
        ("not-a-jwt", "The token provided is not a valid JWT"),
        (&roleless, missing),
        (&endless, missing),
        (&forged, ":signature_error"),
        (&list, ":expected_claims_map"),
    ];
    for (token, message) in cases {
        ws.join("t", json!({"config": {}})).await;
        push(&mut ws, "t", json!({"access_token": token})).await;
        ends(&mut ws, "t", message).await;
    }
    ws.send(json!(["other", "2", "realtime:other", "broadcast", {}]))
        .await;
    assert_eq!(ws.json().await[4]["status"], json!("ok"));
    project.stop().await;
}

#[tokio::test]
async fn s092_an_expired_token_ends_the_channel() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.join("t", json!({"config": {}})).await;
    let expired = token(&json!({"role": "anon", "exp": now() - 100}));
    push(&mut ws, "t", json!({"access_token": expired})).await;
    let system = ws.json().await;
    let message = system[4]["message"].as_str().unwrap();
    assert!(message.starts_with("Token has expired 10"), "{system}");
    assert_eq!(ws.json().await[3], json!("phx_close"));
    project.stop().await;
}

#[tokio::test]
async fn s094_a_channel_ends_when_its_token_expires_and_others_live() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.join("long", json!({"config": {}})).await;
    ws.join("short", json!({"config": {}, "access_token": ann(600)}))
        .await;
    pass(&project, &mut ws, 700).await;
    ends(&mut ws, "short", "Token has expired 0 seconds ago").await;
    ws.silent().await;
    let again = ws
        .join("short", json!({"config": {}, "access_token": ann(1_400)}))
        .await;
    assert_eq!(again["status"], json!("ok"));
    project.stop().await;
}

#[tokio::test]
async fn s094_a_new_token_moves_the_expiry() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.join("t", json!({"config": {}, "access_token": ann(500)}))
        .await;
    ws.join("first", json!({"config": {}, "access_token": ann(600)}))
        .await;
    push(&mut ws, "t", json!({"access_token": ann(1_400)})).await;
    // The new token is there before the clock moves.
    ws.silent().await;
    pass(&project, &mut ws, 700).await;
    ends(&mut ws, "first", "Token has expired 0 seconds ago").await;
    ws.silent().await;
    project.stop().await;
}

/// Ann's token that ends so many seconds from the real now.
fn ann(left_s: u64) -> String {
    token(&json!({"role": "authenticated", "sub": ANN, "exp": now() + left_s}))
}

/// Moves the stack's clock on. The socket looks at it again with the next frame.
async fn pass(project: &Project, ws: &mut Ws, seconds: i64) {
    project.inner.clock().set_offset_ms(seconds * 1_000);
    ws.silent().await;
}

#[tokio::test]
async fn s095_a_new_token_without_the_right_to_read_ends_a_private_channel() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    let room = format!("room:{ANN}");
    ws.join(
        &room,
        json!({"config": {"private": true}, "access_token": user(ANN)}),
    )
    .await;
    push(&mut ws, &room, json!({"access_token": user(BOB)})).await;
    let message = format!("You do not have permissions to read from this Channel topic: {room}");
    ends(&mut ws, &room, &message).await;
    project.stop().await;
}

#[tokio::test]
async fn s098_a_requested_disconnect_is_announced_and_closes_with_1012() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.join("t", json!({"config": {}})).await;
    project.realtime.disconnect_all();
    let system =
        json!({"message": "Server requested disconnect", "status": "ok", "extension": "system"});
    assert_eq!(
        ws.json().await,
        json!(["t", null, "realtime:t", "system", system])
    );
    assert_eq!(ws.closed().await, Some(1012));
    project.stop().await;
}

#[tokio::test]
async fn a_role_the_database_does_not_know_is_a_system_error_and_the_channel_stays() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    let nobody = token(&json!({"role": "nobody_here", "exp": now() + 600}));
    let entries = json!([{"event": "*", "table": "notes"}]);
    ws.join("t", json!({"config": {"postgres_changes": entries, "broadcast": {"ack": true}}, "access_token": nobody})).await;
    let system = ws.json().await;
    assert_eq!(
        (&system[4]["status"], &system[4]["extension"]),
        (&json!("error"), &json!("postgres_changes"))
    );
    ws.send(json!(["t", "2", "realtime:t", "broadcast", {}]))
        .await;
    assert_eq!(ws.json().await[4]["status"], json!("ok"));
    project.stop().await;
}

#[tokio::test]
async fn events_can_be_dropped_and_delayed_joins_refused_and_sockets_frozen() {
    let project = Project::with(Timing::fast(), Limits::default()).await;
    let mut ws = project.v2().await;
    ws.join("t", json!({"config": {"broadcast": {"self": true}}}))
        .await;
    let send = json!(["t", "2", "realtime:t", "broadcast", {"n": 1}]);
    project.realtime.faults().drop_events(true);
    ws.send(send.clone()).await;
    ws.silent().await;
    project.realtime.faults().drop_events(false);
    let delay = Duration::from_millis(150);
    project.realtime.faults().delay_events(delay);
    let before = std::time::Instant::now();
    ws.send(send.clone()).await;
    assert_eq!(ws.json().await[4], json!({"n": 1}));
    assert!(before.elapsed() >= delay);
    project.realtime.faults().delay_events(Duration::ZERO);
    project
        .realtime
        .faults()
        .refuse_joins(Some("UnableToConnectToProject: refused on purpose"));
    let refused = ws.join("u", json!({"config": {}})).await;
    assert_eq!(
        refused["response"]["reason"],
        json!("UnableToConnectToProject: refused on purpose")
    );
    project.realtime.faults().refuse_joins(None);
    project.realtime.faults().freeze(true);
    ws.send(json!([null, "3", "phoenix", "heartbeat", {}]))
        .await;
    let frozen = tokio::time::timeout(Duration::from_millis(100), ws.json()).await;
    project.realtime.faults().freeze(false);
    assert!(frozen.is_err(), "a frozen server answered");
    assert_eq!(ws.json().await[1], json!("3"));
    project.stop().await;
}

#[tokio::test]
async fn tokens_can_be_expired_and_sockets_cut_on_purpose() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.join("t", json!({"config": {}})).await;
    project.realtime.expire_tokens();
    ends(&mut ws, "t", "Token has expired 0 seconds ago").await;
    project.realtime.cut_sockets(None);
    assert_eq!(ws.closed().await, None);
    let mut ws = project.v2().await;
    project.realtime.cut_sockets(Some(1001));
    assert_eq!(ws.closed().await, Some(1001));
    project.stop().await;
}
