//! Cases 105 to 111: broadcast between clients, from the database, and who may take part.

use std::time::Duration;

use rockon_local_stack::realtime::{Limits, Timing};
use rockon_tests::ws::Ws;
use serde_json::{Value, json};

use super::harness::{ANN, BOB, Project, user};

fn body(event: &str) -> Value {
    json!({"type": "broadcast", "event": event, "payload": {"x": 1}})
}

async fn private(ws: &mut Ws, name: &str, who: &str) -> Value {
    let config = json!({"private": true, "broadcast": {"ack": true}});
    ws.join(name, json!({"config": config, "access_token": user(who)}))
        .await
}

/// Topic, event, metadata and payload of a binary broadcast.
pub(crate) fn read(bytes: &[u8]) -> (String, String, Value, Value) {
    let [4, topic, event, meta, encoding, rest @ ..] = bytes else {
        panic!("not kind 4: {bytes:?}");
    };
    assert_eq!(*encoding, 1);
    let (topic, rest) = rest.split_at(usize::from(*topic));
    let (event, rest) = rest.split_at(usize::from(*event));
    let (meta, payload) = rest.split_at(usize::from(*meta));
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let json = |bytes: &[u8]| serde_json::from_slice(bytes).unwrap();
    (text(topic), text(event), json(meta), json(payload))
}

#[tokio::test]
async fn s105_one_s_own_broadcast_comes_back_only_if_asked_for() {
    let project = Project::start().await;
    let (mut one, mut other) = (project.v2().await, project.v2().await);
    one.join("t", json!({"config": {"broadcast": {"self": true}}}))
        .await;
    other.join("t", json!({"config": {}})).await;
    one.send(json!(["t", "2", "realtime:t", "broadcast", body("a")]))
        .await;
    assert_eq!(one.json().await[4], body("a"));
    assert_eq!(other.json().await[4], body("a"));
    other
        .send(json!(["t", "2", "realtime:t", "broadcast", body("b")]))
        .await;
    assert_eq!(one.json().await[4], body("b"));
    other.silent().await;
    project.stop().await;
}

#[tokio::test]
async fn s106_an_acknowledgement_comes_after_the_echo() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.join(
        "t",
        json!({"config": {"broadcast": {"self": true, "ack": true}}}),
    )
    .await;
    ws.send(json!(["t", "2", "realtime:t", "broadcast", body("a")]))
        .await;
    assert_eq!(
        ws.json().await,
        json!([null, null, "realtime:t", "broadcast", body("a")])
    );
    let ok = json!({"status": "ok", "response": {}});
    assert_eq!(
        ws.json().await,
        json!(["t", "2", "realtime:t", "phx_reply", ok])
    );
    project.stop().await;
}

#[tokio::test]
async fn s107_a_payload_that_is_too_large_is_refused_with_a_bare_string() {
    let limits = Limits {
        payload_bytes: 1_000,
        ..Limits::default()
    };
    let project = Project::with(Timing::fast(), limits).await;
    let mut ws = project.v2().await;
    ws.join("t", json!({"config": {"broadcast": {"ack": true}}}))
        .await;
    ws.send(json!(["t", "2", "realtime:t", "broadcast", {"payload": "y".repeat(2_000)}]))
        .await;
    let refused = json!({"status": "error", "response": "payload_size_exceeded"});
    assert_eq!(
        ws.json().await,
        json!(["t", "2", "realtime:t", "phx_reply", refused])
    );
    project.stop().await;
}

#[tokio::test]
async fn s108_without_the_right_to_write_there_is_no_reply_and_no_broadcast() {
    let project = Project::start().await;
    let (mut ann, mut bob) = (project.v2().await, project.v2().await);
    assert_eq!(private(&mut ann, "ro:x", ANN).await["status"], json!("ok"));
    assert_eq!(private(&mut bob, "ro:x", BOB).await["status"], json!("ok"));
    ann.send(json!([
        "ro:x",
        "2",
        "realtime:ro:x",
        "broadcast",
        body("a")
    ]))
    .await;
    ann.silent().await;
    bob.silent().await;
    project.stop().await;
}

#[tokio::test]
async fn s109_public_and_private_channels_of_one_name_are_apart() {
    let project = Project::start().await;
    let (mut ann, mut bob, mut anyone) =
        (project.v2().await, project.v2().await, project.v2().await);
    private(&mut ann, "shared:1", ANN).await;
    private(&mut bob, "shared:1", BOB).await;
    anyone.join("shared:1", json!({"config": {}})).await;
    ann.send(json!([
        "shared:1",
        "2",
        "realtime:shared:1",
        "broadcast",
        body("secret")
    ]))
    .await;
    assert_eq!(bob.json().await[4], body("secret"));
    anyone.silent().await;
    project
        .run("select realtime.send('{}', 'to all', 'shared:1', false)")
        .await;
    assert_eq!(read(&anyone.bytes().await).1, "to all");
    bob.silent().await;
    project.stop().await;
}

#[tokio::test]
async fn s111_changes_broadcast_by_a_function_carry_row_and_id() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    private(&mut ws, "shared:c", ANN).await;
    project.run("insert into notes (room) values ('r')").await;
    project
        .run("select realtime.broadcast_changes('shared:c', 'ins', 'INSERT', 'notes', 'public', changed, null) from notes changed")
        .await;
    let (topic, event, meta, payload) = read(&ws.bytes().await);
    assert_eq!(
        (topic.as_str(), event.as_str()),
        ("realtime:shared:c", "ins")
    );
    assert_eq!(meta["id"], payload["id"]);
    let mut keys: Vec<&String> = payload.as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(
        keys,
        ["id", "old_record", "operation", "record", "schema", "table"]
    );
    assert_eq!(payload["record"]["room"], json!("r"));
    project.stop().await;
}

#[tokio::test]
async fn replay_and_broadcast_over_http_are_refused_by_name() {
    let project = Project::start().await;
    let config = json!({"private": true, "broadcast": {"replay": {"since": 0, "limit": 5}}});
    let join = json!({"config": config, "access_token": user(ANN)});
    let mut ws = project.v2().await;
    let reply = ws.join("shared:r", join).await;
    let text = "This development server does not offer replay of stored messages.";
    assert_eq!(reply["response"], json!({"reason": text}));
    for path in ["broadcast", "broadcast/t/events/e"] {
        let url = format!("http://{}/realtime/v1/api/{path}", project.address);
        let answer = rockon_tests::http::client().post(url).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 501);
        let text = answer.text().await.unwrap();
        assert!(
            text.contains("does not offer broadcast over HTTP"),
            "{text}"
        );
    }
    project.stop().await;
}

#[tokio::test]
async fn messages_from_the_database_come_in_order_after_commit_and_never_from_a_rollback() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    private(&mut ws, "shared:s", ANN).await;
    project
        .run("begin; select realtime.send('{}', 'lost', 'shared:s'); rollback")
        .await;
    project
        .run("select realtime.send(jsonb_build_object('n', n), 'e', 'shared:s') from generate_series(1, 50) n")
        .await;
    for n in 1..=50 {
        let (_, event, meta, payload) = read(&ws.bytes().await);
        assert_eq!((event.as_str(), &payload["n"]), ("e", &json!(n)));
        assert_eq!(meta["id"], payload["id"]);
    }
    ws.silent().await;
    project.stop().await;
}

#[tokio::test]
async fn a_stranger_may_not_join_and_a_member_who_lost_his_right_stays_until_a_new_token() {
    let project = Project::start().await;
    let (mut ann, mut bob) = (project.v2().await, project.v2().await);
    let room = format!("room:{ANN}");
    let refused = format!(
        "Unauthorized: You do not have permissions to read from this Channel topic: {room}"
    );
    assert_eq!(
        private(&mut bob, &room, BOB).await["response"]["reason"],
        json!(refused)
    );
    assert_eq!(private(&mut ann, &room, ANN).await["status"], json!("ok"));
    project.run("drop policy read on realtime.messages").await;
    project
        .run(&format!("select realtime.send('{{}}', 'still', '{room}')"))
        .await;
    assert_eq!(read(&ann.bytes().await).1, "still");
    let topic = format!("realtime:{room}");
    // The same token is ignored.
    ann.send(json!([room, "2", topic, "access_token", {"access_token": user(ANN)}]))
        .await;
    ann.silent().await;
    let other = super::harness::token(
        &json!({"role": "authenticated", "sub": ANN, "exp": 9_999_999_998_u64}),
    );
    ann.send(json!([room, "3", topic, "access_token", {"access_token": other}]))
        .await;
    let message = format!("You do not have permissions to read from this Channel topic: {room}");
    let system =
        json!({"message": message, "status": "error", "extension": "system", "channel": room});
    assert_eq!(
        ann.json().await,
        json!([room, null, topic, "system", system])
    );
    assert_eq!(
        ann.json().await,
        json!([room, room, topic, "phx_close", {}])
    );
    project.stop().await;
}

#[tokio::test]
async fn odd_payloads_are_passed_on_as_sent_but_a_bare_text_ends_the_channel() {
    let project = Project::start().await;
    let (mut sender, mut other) = (project.v2().await, project.v2().await);
    sender
        .join("t", json!({"config": {"broadcast": {"ack": true}}}))
        .await;
    other.join("t", json!({"config": {}})).await;
    for odd in [
        json!({}),
        json!({"event": "x"}),
        json!({"payload": [1], "extra": null}),
    ] {
        sender
            .send(json!(["t", "2", "realtime:t", "broadcast", odd]))
            .await;
        assert_eq!(other.json().await[4], odd);
        sender.json().await;
    }
    sender
        .send(json!(["t", "3", "realtime:t", "broadcast", "str"]))
        .await;
    let system = sender.json().await[4]["message"].clone();
    let text = "This development server does not offer a broadcast that is a bare text.";
    assert_eq!(system, json!(text));
    assert_eq!(sender.json().await[3], json!("phx_close"));
    sender
        .send(json!(["t", "4", "realtime:t", "broadcast", {}]))
        .await;
    assert_eq!(
        sender.json().await[4]["response"],
        json!({"reason": "unmatched topic"})
    );
    project.stop().await;
}

#[tokio::test]
async fn too_many_broadcasts_close_the_channel_for_sender_and_receivers() {
    let limits = Limits {
        events_per_second: 0,
        ..Limits::default()
    };
    let project = Project::with(Timing::fast(), limits).await;
    let (mut sender, mut other) = (project.v2().await, project.v2().await);
    sender.join("t", json!({"config": {}})).await;
    other.join("t", json!({"config": {}})).await;
    sender
        .send(json!(["t", "2", "realtime:t", "broadcast", body("a")]))
        .await;
    assert_eq!(other.json().await[4], body("a"));
    for ws in [&mut sender, &mut other] {
        assert_eq!(
            ws.json().await[4]["message"],
            json!("Too many messages per second")
        );
        assert_eq!(ws.json().await[3], json!("phx_close"));
    }
    project.stop().await;
}

/// The next poll for row changes is an hour away.
#[tokio::test]
async fn a_message_from_the_database_does_not_wait_for_a_poll() {
    let hour = Duration::from_hours(1);
    let timing = Timing {
        poll_busy: hour,
        poll_idle: hour,
        ..Timing::fast()
    };
    let project = Project::with(timing, Limits::default()).await;
    let mut ws = project.v2().await;
    private(&mut ws, "shared:l", ANN).await;
    for _ in 0..2 {
        project
            .run("select realtime.send('{}', 'e', 'shared:l')")
            .await;
        assert_eq!(read(&ws.bytes().await).0, "realtime:shared:l");
    }
    project.stop().await;
}
