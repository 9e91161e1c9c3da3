//! Cases 100 to 104: presence.

use rockon_local_stack::realtime::{Limits, Timing};
use rockon_tests::ws::Ws;
use serde_json::{Value, json};

use super::harness::{ANN, Project, user};

async fn here(ws: &mut Ws, name: &str, key: &str) -> Value {
    ws.join(
        name,
        json!({"config": {"presence": {"enabled": true, "key": key}}}),
    )
    .await;
    let state = ws.json().await;
    assert_eq!(
        (&state[0], &state[1], &state[3]),
        (&json!(name), &Value::Null, &json!("presence_state"))
    );
    state[4].clone()
}

async fn presence(ws: &mut Ws, name: &str, payload: Value) {
    ws.send(json!([
        name,
        "p",
        format!("realtime:{name}"),
        "presence",
        payload
    ]))
    .await;
}

fn track(payload: &Value) -> Value {
    json!({"type": "presence", "event": "track", "payload": payload})
}

#[tokio::test]
async fn s100_the_state_follows_the_reply_even_if_empty() {
    let project = Project::start().await;
    assert_eq!(here(&mut project.v2().await, "t", "a").await, json!({}));
    project.stop().await;
}

#[tokio::test]
async fn s101_tracking_is_answered_and_shown_to_all() {
    let project = Project::start().await;
    let (mut ann, mut bob) = (project.v2().await, project.v2().await);
    here(&mut ann, "t", "ann").await;
    presence(&mut ann, "t", track(&json!({"at": 1}))).await;
    assert_eq!(ann.json().await[4], json!({"status": "ok", "response": {}}));
    let joined = ann.json().await;
    assert_eq!(
        (&joined[0], &joined[3]),
        (&Value::Null, &json!("presence_diff"))
    );
    let first = joined[4]["joins"]["ann"]["metas"][0]["phx_ref"].clone();
    assert_eq!(
        here(&mut bob, "t", "bob").await["ann"]["metas"][0]["at"],
        json!(1)
    );
    presence(&mut ann, "t", track(&json!({"at": 2}))).await;
    let diff = bob.json().await[4].clone();
    assert_eq!(diff["joins"]["ann"]["metas"][0]["phx_ref_prev"], first);
    assert_eq!(diff["leaves"]["ann"]["metas"][0]["phx_ref"], first);
    ann.abort();
    let left = bob.json().await;
    assert_eq!(left[4]["leaves"]["ann"]["metas"][0]["at"], json!(2));
    project.stop().await;
}

#[tokio::test]
async fn s101_the_same_again_is_no_diff_and_untracking_is_one() {
    let project = Project::start().await;
    let (mut ann, mut bob) = (project.v2().await, project.v2().await);
    here(&mut ann, "t", "ann").await;
    here(&mut bob, "t", "bob").await;
    for payload in [
        track(&json!({"at": 1})),
        track(&json!({"at": 1})),
        json!({"event": "UNTRACK"}),
    ] {
        presence(&mut ann, "t", payload).await;
    }
    assert!(bob.json().await[4]["joins"]["ann"].is_object());
    assert!(bob.json().await[4]["leaves"]["ann"].is_object());
    project.stop().await;
}

#[tokio::test]
async fn s102_bad_presence_payloads_have_their_answers() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    here(&mut ws, "t", "a").await;
    presence(&mut ws, "t", track(&json!("x"))).await;
    let reason = json!({"reason": "Presence track payload must be a map"});
    assert_eq!(
        ws.json().await[4],
        json!({"status": "error", "response": reason})
    );
    presence(&mut ws, "t", json!({"event": "bogus"})).await;
    assert_eq!(
        ws.json().await[4],
        json!({"status": "error", "response": {}})
    );
    presence(&mut ws, "t", json!({"type": "presence"})).await;
    assert_eq!(ws.json().await[4], json!({"status": "ok", "response": {}}));
    ws.silent().await;
    project.stop().await;
}

#[tokio::test]
async fn s103_without_the_right_to_write_presence_is_an_error() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.join("bonly:1", json!({"config": {"private": true, "presence": {"enabled": true}}, "access_token": user(ANN)})).await;
    presence(&mut ws, "bonly:1", track(&json!({"x": 1}))).await;
    assert_eq!(
        ws.json().await[4],
        json!({"status": "error", "response": {}})
    );
    ws.silent().await;
    project.stop().await;
}

#[tokio::test]
async fn s104_the_sixth_presence_call_ends_the_channel() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.join("t", json!({"config": {}})).await;
    for _ in 0..6 {
        presence(&mut ws, "t", json!({"type": "presence"})).await;
    }
    for _ in 0..5 {
        assert_eq!(ws.json().await[4]["status"], json!("ok"));
    }
    assert_eq!(
        ws.json().await[4]["message"],
        json!("Client presence rate limit exceeded")
    );
    assert_eq!(ws.json().await[3], json!("phx_close"));
    project.stop().await;
}

#[tokio::test]
async fn presence_that_is_too_large_ends_the_channel() {
    let limits = Limits {
        payload_bytes: 1_000,
        ..Limits::default()
    };
    let project = Project::with(Timing::fast(), limits).await;
    let mut ws = project.v2().await;
    ws.join("t", json!({"config": {}})).await;
    presence(&mut ws, "t", track(&json!({"x": "y".repeat(2_000)}))).await;
    assert_eq!(
        ws.json().await[4]["message"],
        json!("Track message size exceeded")
    );
    assert_eq!(ws.json().await[3], json!("phx_close"));
    project.stop().await;
}
