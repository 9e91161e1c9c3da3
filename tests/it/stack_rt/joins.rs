//! Cases 31 to 50: join and leave.

use std::time::{Duration, Instant};

use rockon_local_stack::realtime::{Limits, Timing};
use serde_json::{Value, json};

use super::changes::{table, watch};
use super::harness::{Project, anon, now, token};

fn reason(text: &str) -> Value {
    json!({"status": "error", "response": {"reason": text}})
}

fn empty_ok() -> Value {
    json!({"status": "ok", "response": {"postgres_changes": []}})
}

#[tokio::test]
async fn s031_a_join_is_answered_with_an_empty_list() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.send(json!(["1", "1", "realtime:t", "phx_join", {"config": {}}]))
        .await;
    assert_eq!(
        ws.json().await,
        json!(["1", "1", "realtime:t", "phx_reply", empty_ok()])
    );
    project.stop().await;
}

#[tokio::test]
async fn s032_s033_requested_changes_are_echoed_in_order_with_an_id() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    let one = json!({"event": "*", "schema": "public", "table": "notes", "more": 1});
    let two = json!({"event": "INSERT", "schema": "public"});
    let reply = ws
        .join(
            "t",
            json!({"config": {"postgres_changes": [one, two, one]}}),
        )
        .await;
    let echoed = reply["response"]["postgres_changes"]
        .as_array()
        .unwrap()
        .clone();
    for (sent, got) in [&one, &two, &one].into_iter().zip(&echoed) {
        assert!(got["id"].as_u64().unwrap() < 1 << 27);
        for (key, value) in sent.as_object().unwrap() {
            assert_eq!(&got[key], value);
        }
    }
    assert_eq!(echoed[0]["id"], echoed[2]["id"]);
    assert_ne!(echoed[0]["id"], echoed[1]["id"]);
    project.stop().await;
}

#[tokio::test]
async fn s034_null_entries_are_no_entries_and_give_no_system_message() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    assert_eq!(
        ws.join("t", json!({"config": {"postgres_changes": [null]}}))
            .await,
        empty_ok()
    );
    // A later subscription of the same project is answered; one for `t` would have come before it.
    ws.join("u", watch(&table("notes"), &anon())).await;
    let next = ws.json().await;
    assert_eq!(next[2], json!("realtime:u"), "{next}");
    ws.silent().await;
    project.stop().await;
}

#[tokio::test]
async fn s035_a_topic_needs_a_name() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    let reply = ws.join("", json!({"config": {}})).await;
    assert_eq!(
        reply,
        reason("TopicNameRequired: You must provide a topic name")
    );
    project.stop().await;
}

#[tokio::test]
async fn s036_booleans_may_be_strings() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.join("t", json!({"config": {"broadcast": {"self": "TRUE"}}}))
        .await;
    let body = json!({"type": "broadcast", "event": "e", "payload": {}});
    ws.send(json!(["t", "2", "realtime:t", "broadcast", body]))
        .await;
    assert_eq!(
        ws.json().await,
        json!([null, null, "realtime:t", "broadcast", body])
    );
    project.stop().await;
}

/// The protocol file says that invalid types never fail a join. Observed: text in place of `config` or
/// `config.broadcast` does.
#[tokio::test]
async fn s037_most_invalid_options_fall_back_to_defaults() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    let fine = [
        json!({"postgres_changes": {"a": 1}}),
        json!({"private": "maybe"}),
        json!({"presence": 3}),
    ];
    for (at, config) in fine.into_iter().enumerate() {
        assert_eq!(
            ws.join(&format!("f{at}"), json!({"config": config})).await,
            empty_ok()
        );
    }
    let failed = reason("UnknownErrorOnChannel: no function clause matching in Access.get/3");
    assert_eq!(ws.join("a", json!({"config": "x"})).await, failed);
    assert_eq!(
        ws.join("b", json!({"config": {"broadcast": "x"}})).await,
        failed
    );
    project.stop().await;
}

#[tokio::test]
async fn s038_s039_s040_a_bad_token_refuses_the_join() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    let expired = token(&json!({"role": "anon", "exp": now() - 100}));
    let reply = ws
        .join("a", json!({"config": {}, "access_token": expired}))
        .await;
    let text = reply["response"]["reason"].as_str().unwrap().to_owned();
    assert!(
        text.starts_with("InvalidJWTToken: Token has expired 10"),
        "{text}"
    );
    let cases = [
        (
            "potato".to_owned(),
            "MalformedJWT: The token provided is not a valid JWT",
        ),
        (
            token(&json!({"exp": now() + 9})),
            "InvalidJWTToken: Fields `role` and `exp` are required in JWT",
        ),
    ];
    for (token, expected) in cases {
        let reply = ws
            .join("b", json!({"config": {}, "access_token": token}))
            .await;
        assert_eq!(reply, reason(expected));
    }
    ws.silent().await;
    project.stop().await;
}

#[tokio::test]
async fn s041_a_new_style_key_in_the_join_is_ignored() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    let reply = ws
        .join(
            "t",
            json!({"config": {}, "access_token": "sb_publishable_x"}),
        )
        .await;
    assert_eq!(reply, empty_ok());
    project.stop().await;
}

#[tokio::test]
async fn s042_one_channel_too_many_is_refused_and_the_socket_stays() {
    let limits = Limits {
        channels: 1,
        ..Limits::default()
    };
    let project = Project::with(Timing::fast(), limits).await;
    let mut ws = project.v2().await;
    assert_eq!(ws.join("a", json!({"config": {}})).await, empty_ok());
    let refused = reason("ChannelRateLimitReached: Too many channels");
    assert_eq!(ws.join("b", json!({"config": {}})).await, refused);
    ws.silent().await;
    project.stop().await;
}

#[tokio::test]
async fn s043_too_many_joins_close_the_socket_with_1001() {
    let limits = Limits {
        joins_per_second: 1,
        ..Limits::default()
    };
    let project = Project::with(Timing::fast(), limits).await;
    let mut ws = project.v2().await;
    // Without waiting for an answer, so that two of them arrive within a second on any machine.
    for topic in ["a", "b", "c", "d", "e"] {
        let frame = json!(["1", "1", format!("realtime:{topic}"), "phx_join", {"config": {}}]);
        ws.send(frame).await;
    }
    let refused = reason("ClientJoinRateLimitReached: Too many joins per second");
    while ws.json().await[4] != refused {}
    assert_eq!(ws.closed().await, Some(1001));
    project.stop().await;
}

/// The stack serves any host name, so the reason is made by the fault switch; the close is the server's.
#[tokio::test]
async fn s044_an_unknown_tenant_closes_the_socket_with_1001() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    let text = "TenantNotFound: Tenant with the given ID does not exist";
    project.realtime.faults().refuse_joins(Some(text));
    assert_eq!(ws.join("t", json!({"config": {}})).await, reason(text));
    assert_eq!(ws.closed().await, Some(1001));
    project.stop().await;
}

/// The protocol file puts the old channel's close first. Observed: the new join's reply comes first.
#[tokio::test]
async fn s045_a_second_join_replaces_the_first() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.send(json!(["1", "1", "realtime:t", "phx_join", {"config": {}}]))
        .await;
    ws.json().await;
    ws.send(json!(["5", "5", "realtime:t", "phx_join", {"config": {}}]))
        .await;
    assert_eq!(
        ws.json().await,
        json!(["5", "5", "realtime:t", "phx_reply", empty_ok()])
    );
    assert_eq!(
        ws.json().await,
        json!(["1", "1", "realtime:t", "phx_close", {}])
    );
    project.stop().await;
}

#[tokio::test]
async fn s046_leaving_is_answered_and_then_closed() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.join("t", json!({"config": {}})).await;
    ws.send(json!(["t", "2", "realtime:t", "phx_leave", {}]))
        .await;
    let ok = json!({"status": "ok", "response": {}});
    assert_eq!(
        ws.json().await,
        json!(["t", "2", "realtime:t", "phx_reply", ok])
    );
    assert_eq!(
        ws.json().await,
        json!(["t", "t", "realtime:t", "phx_close", {}])
    );
    project.stop().await;
}

#[tokio::test]
async fn s047_s048_on_a_topic_not_joined_leaving_is_fine_and_nothing_else() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.send(json!(["9", "1", "realtime:x", "phx_leave", {}]))
        .await;
    let ok = json!({"status": "ok", "response": {}});
    assert_eq!(
        ws.json().await,
        json!(["9", "1", "realtime:x", "phx_reply", ok])
    );
    ws.send(json!(["9", "2", "realtime:x", "broadcast", {}]))
        .await;
    let unmatched = reason("unmatched topic");
    assert_eq!(
        ws.json().await,
        json!([null, "2", "realtime:x", "phx_reply", unmatched])
    );
    ws.send(json!(["9", "3", "public:x", "phx_join", {}])).await;
    assert_eq!(
        ws.json().await,
        json!([null, "3", "public:x", "phx_reply", unmatched])
    );
    project.stop().await;
}

/// The protocol file says that stale join refs are accepted. Observed: they are ignored without a reply, missing ones
/// are accepted.
#[tokio::test]
async fn s049_a_stale_join_ref_is_ignored_and_a_missing_one_accepted() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.join("t", json!({"config": {"broadcast": {"ack": true}}}))
        .await;
    ws.send(json!(["old", "2", "realtime:t", "broadcast", {}]))
        .await;
    ws.send(json!(["old", "3", "realtime:t", "phx_leave", {}]))
        .await;
    ws.silent().await;
    ws.send(json!([null, "4", "realtime:t", "broadcast", {}]))
        .await;
    let ok = json!({"status": "ok", "response": {}});
    assert_eq!(
        ws.json().await,
        json!(["t", "4", "realtime:t", "phx_reply", ok])
    );
    project.stop().await;
}

#[tokio::test]
async fn s050_unknown_events_are_not_answered() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.join("t", json!({"config": {}})).await;
    for event in ["bogus", "heartbeat"] {
        ws.send(json!(["t", "2", "realtime:t", event, {}])).await;
    }
    ws.silent().await;
    project.stop().await;
}

#[tokio::test]
async fn a_refused_join_holds_back_the_whole_socket() {
    let timing = Timing {
        join_refusal: Duration::from_millis(300),
        ..Timing::fast()
    };
    let project = Project::with(timing, Limits::default()).await;
    let mut ws = project.v2().await;
    let before = Instant::now();
    ws.send(json!(["1", "1", "realtime:", "phx_join", {"config": {}}]))
        .await;
    ws.send(json!([null, "2", "phoenix", "heartbeat", {}]))
        .await;
    assert_eq!(ws.json().await[1], json!("1"));
    assert_eq!(ws.json().await[1], json!("2"));
    assert!(before.elapsed() >= timing.join_refusal);
    project.stop().await;
}

#[tokio::test]
async fn a_join_whose_payload_is_no_object_fails_and_ends_the_old_channel() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.join("t", json!({"config": {}})).await;
    ws.send(json!(["7", "x", "realtime:t", "phx_join", "str"]))
        .await;
    let text = "UnknownErrorOnChannel: expected params to be a :map, got: `\"str\"`";
    assert_eq!(
        ws.json().await,
        json!(["7", "x", "realtime:t", "phx_reply", reason(text)])
    );
    assert_eq!(
        ws.json().await,
        json!(["t", "t", "realtime:t", "phx_close", {}])
    );
    project.stop().await;
}

#[tokio::test]
async fn a_private_only_project_refuses_public_channels() {
    let limits = Limits {
        private_only: true,
        ..Limits::default()
    };
    let project = Project::with(Timing::fast(), limits).await;
    let mut ws = project.v2().await;
    let refused = reason("PrivateOnly: This project only allows private channels");
    assert_eq!(ws.join("t", json!({"config": {}})).await, refused);
    project.stop().await;
}
