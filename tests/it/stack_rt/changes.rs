//! Cases 58 and 60 to 75: row changes.

use std::time::Duration;

use rockon_local_stack::realtime::{Limits, Timing};
use rockon_tests::ws::Ws;
use serde_json::{Value, json};

use super::harness::{ANN, BOB, Project, anon, user};

pub(crate) fn watch(entries: &Value, token: &str) -> Value {
    json!({"config": {"postgres_changes": entries}, "access_token": token})
}

pub(crate) fn table(name: &str) -> Value {
    json!([{"event": "*", "schema": "public", "table": name}])
}

pub(crate) fn filtered(name: &str, filter: &str) -> Value {
    json!([{"event": "*", "schema": "public", "table": name, "filter": filter}])
}

/// The `data` of the next change.
pub(crate) async fn data(ws: &mut Ws) -> Value {
    let frame = ws.json().await;
    assert_eq!(frame[3], json!("postgres_changes"), "{frame}");
    assert_eq!((&frame[0], &frame[1]), (&Value::Null, &Value::Null));
    frame[4]["data"].clone()
}

/// Type and one column of the next change's record.
async fn next(ws: &mut Ws, column: &str) -> (String, Value) {
    let data = data(ws).await;
    (
        data["type"].as_str().unwrap().to_owned(),
        data["record"][column].clone(),
    )
}

/// A row whose arrival proves that what was changed before was decided before.
pub(crate) async fn sentinel(project: &Project, ws: &mut Ws) {
    project
        .run("insert into notes (room) values ('sentinel')")
        .await;
    let got = next(ws, "room").await;
    assert_eq!(got, ("INSERT".to_owned(), json!("sentinel")));
}

pub(crate) async fn system_error(ws: &mut Ws, name: &str, entries: Value) -> String {
    let reply = ws.join(name, watch(&entries, &anon())).await;
    assert_eq!(reply["status"], json!("ok"));
    let system = ws.json().await;
    assert_eq!((&system[0], &system[1]), (&json!(name), &Value::Null));
    assert_eq!(
        (&system[4]["status"], &system[4]["extension"]),
        (&json!("error"), &json!("postgres_changes"))
    );
    assert_eq!(system[4]["channel"], json!(name));
    system[4]["message"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn s058_the_join_is_answered_before_the_subscription_is_there() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    assert_eq!(
        ws.join("t", watch(&table("notes"), &anon())).await["status"],
        json!("ok")
    );
    let system = json!({"message": "Subscribed to PostgreSQL", "status": "ok", "extension": "postgres_changes", "channel": "t"});
    assert_eq!(
        ws.json().await,
        json!(["t", null, "realtime:t", "system", system])
    );
    project.stop().await;
}

#[tokio::test]
async fn s060_a_change_before_the_subscription_is_not_delivered() {
    // Longer than the statement below takes on a busy machine.
    let timing = Timing {
        cold_subscribe: Duration::from_secs(3),
        ..Timing::fast()
    };
    let project = Project::with(timing, Limits::default()).await;
    let mut ws = project.v2().await;
    ws.join("t", watch(&table("notes"), &anon())).await;
    project
        .run("insert into notes (room) values ('early')")
        .await;
    assert_eq!(ws.json().await[3], json!("system"));
    sentinel(&project, &mut ws).await;
    project.stop().await;
}

#[tokio::test]
async fn s061_s066_s067_an_insert_has_columns_record_and_time_and_no_old_record() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    let reply = ws.subscribe("t", watch(&table("notes"), &anon())).await;
    project
        .run("insert into notes (room, n, tags) values ('r', 5, '{a,\"b c\",NULL}')")
        .await;
    let frame = ws.json().await;
    let data = &frame[4]["data"];
    assert_eq!(
        frame[4]["ids"],
        json!([reply["response"]["postgres_changes"][0]["id"]])
    );
    assert_eq!(
        data["record"],
        json!({"id": 1, "room": "r", "body": null, "n": 5, "tags": ["a", "b c", null], "raw": null})
    );
    assert_eq!(
        (&data["errors"], data.get("old_record")),
        (&Value::Null, None)
    );
    assert_eq!(
        (&data["schema"], &data["table"], &data["type"]),
        (&json!("public"), &json!("notes"), &json!("INSERT"))
    );
    let types: Vec<&str> = data["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| column["type"].as_str().unwrap())
        .collect();
    assert_eq!(types, ["int8", "text", "text", "int4", "_text", "bytea"]);
    let time = data["commit_timestamp"].as_str().unwrap();
    let shape: String = time
        .chars()
        .map(|letter| if letter.is_ascii_digit() { '0' } else { letter })
        .collect();
    assert_eq!(shape, "0000-00-00T00:00:00.000Z");
    project.stop().await;
}

#[tokio::test]
async fn s062_s063_updates_and_deletes_show_the_old_key() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.subscribe("t", watch(&table("notes"), &anon())).await;
    project.run("insert into notes (room) values ('a')").await;
    next(&mut ws, "room").await;
    project.run("update notes set room = 'b'").await;
    let update = data(&mut ws).await;
    assert_eq!(
        (&update["old_record"], &update["record"]["room"]),
        (&json!({"id": 1}), &json!("b"))
    );
    project.run("update notes set id = 9 where id = 1").await;
    assert_eq!(data(&mut ws).await["old_record"], json!({"id": 1}));
    project.run("delete from notes").await;
    let delete = data(&mut ws).await;
    assert_eq!(
        (delete.get("record"), &delete["old_record"]),
        (None, &json!({"id": 9}))
    );
    project.stop().await;
}

#[tokio::test]
async fn s063_with_identity_full_and_no_row_security_the_whole_old_row_is_shown() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.subscribe("t", watch(&table("notes_full"), &anon()))
        .await;
    project
        .run("insert into notes_full (room) values ('a')")
        .await;
    next(&mut ws, "room").await;
    project.run("update notes_full set room = 'b'").await;
    assert_eq!(data(&mut ws).await["old_record"]["room"], json!("a"));
    project.run("delete from notes_full").await;
    assert_eq!(data(&mut ws).await["old_record"]["room"], json!("b"));
    project.stop().await;
}

#[tokio::test]
async fn s064_s065_one_frame_names_all_bindings_that_match() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    let entries = json!([{"event": "*", "schema": "public", "table": "notes"}, {"event": "insert", "schema": "public", "table": "notes"}]);
    let reply = ws.subscribe("t", watch(&entries, &anon())).await;
    let ids: Vec<&Value> = reply["response"]["postgres_changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["id"])
        .collect();
    project
        .run(
            "insert into notes (room) values ('a'); update notes set room = 'b'; delete from notes",
        )
        .await;
    // Observed: in reverse order.
    assert_eq!(ws.json().await[4]["ids"], json!([ids[1], ids[0]]));
    assert_eq!(ws.json().await[4]["ids"], json!([ids[0]]));
    assert_eq!(ws.json().await[4]["ids"], json!([ids[0]]));
    project.stop().await;
}

#[tokio::test]
async fn s068_binary_columns_are_hexadecimal_without_a_prefix() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.subscribe("t", watch(&table("notes"), &anon())).await;
    project
        .run(r"insert into notes (raw) values ('\xdeadbeef')")
        .await;
    assert_eq!(next(&mut ws, "raw").await.1, json!("deadbeef"));
    project.stop().await;
}

#[tokio::test]
async fn s069_s070_without_key_or_right_an_event_has_no_content() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.subscribe("a", watch(&table("nopk"), &anon())).await;
    ws.subscribe("b", watch(&table("secret"), &anon())).await;
    for (sql, name, error) in [
        (
            "insert into nopk values (1, 'x')",
            "nopk",
            "Error 400: Bad Request, no primary key",
        ),
        (
            "insert into secret values (1, 'x')",
            "secret",
            "Error 401: Unauthorized",
        ),
    ] {
        project.run(sql).await;
        let expected = json!({"schema": "public", "table": name, "type": "INSERT", "columns": [], "record": {},
            "errors": [error], "commit_timestamp": null});
        assert_eq!(data(&mut ws).await, expected);
    }
    project.run("update secret set v = 'y'").await;
    assert_eq!(data(&mut ws).await["old_record"], json!({}));
    // Observed: a delete of such a table has no error.
    project.run("delete from secret").await;
    let delete = data(&mut ws).await;
    assert_eq!(
        (&delete["errors"], &delete["old_record"]),
        (&Value::Null, &json!({}))
    );
    project.run("delete from nopk").await;
    assert_eq!(data(&mut ws).await["old_record"], json!({"a": 1, "b": "x"}));
    project.stop().await;
}

#[tokio::test]
async fn s071_a_row_over_one_mebibyte_comes_without_its_large_values() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.subscribe("t", watch(&table("notes"), &anon())).await;
    project
        .run("insert into notes (room, body) values ('small', repeat('x', 1100000))")
        .await;
    let data = data(&mut ws).await;
    assert_eq!(data["errors"], json!(["Error 413: Payload Too Large"]));
    assert_eq!(
        (&data["record"]["room"], data["record"].get("body")),
        (&json!("small"), None)
    );
    assert!(data["commit_timestamp"].is_string());
    project.stop().await;
}

#[tokio::test]
async fn s073_rows_that_the_user_may_not_see_are_not_sent() {
    let project = Project::start().await;
    let (mut ann, mut bob) = (project.v2().await, project.v2().await);
    for (ws, who) in [(&mut ann, ANN), (&mut bob, BOB)] {
        let entries = json!([{"event": "*", "table": "todos"}, {"event": "*", "table": "notes"}]);
        ws.subscribe("t", watch(&entries, &user(who))).await;
    }
    project
        .run(&format!(
            "insert into todos (user_id, title) values ('{ANN}', 'mine')"
        ))
        .await;
    assert_eq!(
        next(&mut ann, "title").await,
        ("INSERT".to_owned(), json!("mine"))
    );
    // Moved to Bob: nothing for Ann, an update (no insert) for Bob.
    project
        .run(&format!(
            "update todos set user_id = '{BOB}', title = 'his'"
        ))
        .await;
    assert_eq!(
        next(&mut bob, "title").await,
        ("UPDATE".to_owned(), json!("his"))
    );
    project
        .run("insert into notes (room) values ('sentinel')")
        .await;
    assert_eq!(next(&mut ann, "room").await.1, json!("sentinel"));
    assert_eq!(next(&mut bob, "room").await.1, json!("sentinel"));
    project.stop().await;
}

#[tokio::test]
async fn s074_visibility_is_decided_when_the_server_polls() {
    // Longer than the statements below take on a busy machine; and nothing is asked between two polls.
    let timing = Timing {
        poll_idle: Duration::from_secs(3),
        publication_check: Duration::from_hours(1),
        ..Timing::fast()
    };
    let project = Project::with(timing, Limits::default()).await;
    let mut ws = project.v2().await;
    ws.subscribe("t", watch(&table("todos"), &user(ANN))).await;
    // The first row makes a poll that just passed, so that the next three are decided together.
    project
        .run(&format!(
            "insert into todos (user_id, title) values ('{ANN}', 'first')"
        ))
        .await;
    next(&mut ws, "title").await;
    project
        .run(&format!(
            "insert into todos (user_id, title) values ('{ANN}', 'gone')"
        ))
        .await;
    project.run("delete from todos where title = 'gone'").await;
    project
        .run(&format!(
            "insert into todos (user_id, title) values ('{BOB}', 'was his')"
        ))
        .await;
    project
        .run(&format!(
            "update todos set user_id = '{ANN}', title = 'now mine' where title = 'was his'"
        ))
        .await;
    assert_eq!(data(&mut ws).await["old_record"], json!({"id": 2}));
    // Observed: she sees what it was while it was Bob's.
    assert_eq!(
        next(&mut ws, "title").await,
        ("INSERT".to_owned(), json!("was his"))
    );
    assert_eq!(
        next(&mut ws, "title").await,
        ("UPDATE".to_owned(), json!("now mine"))
    );
    project.stop().await;
}

#[tokio::test]
async fn s075_deletes_reach_strangers_with_the_key_only() {
    let project = Project::start().await;
    let mut bob = project.v2().await;
    let entries = json!([{"event": "*", "table": "todos"}, {"event": "*", "table": "todos_full"}]);
    bob.subscribe("t", watch(&entries, &user(BOB))).await;
    for name in ["todos", "todos_full"] {
        project
            .run(&format!(
                "insert into {name} (user_id, title) values ('{ANN}', 'x'); delete from {name}"
            ))
            .await;
        let delete = data(&mut bob).await;
        assert_eq!(
            (&delete["type"], &delete["old_record"]),
            (&json!("DELETE"), &json!({"id": 1}))
        );
    }
    project.stop().await;
}

#[tokio::test]
async fn an_unchanged_large_column_is_missing_from_an_update() {
    let project = Project::start().await;
    project
        .run("alter table notes alter body set storage external")
        .await;
    let mut ws = project.v2().await;
    ws.subscribe("t", watch(&table("notes"), &anon())).await;
    project
        .run("insert into notes (room, body) values ('a', repeat('x', 9000))")
        .await;
    data(&mut ws).await;
    project.run("update notes set room = 'b'").await;
    let update = data(&mut ws).await;
    assert_eq!(
        (&update["record"]["room"], update["record"].get("body")),
        (&json!("b"), None)
    );
    project.stop().await;
}

#[tokio::test]
async fn truncates_and_rollbacks_send_nothing_and_a_transaction_comes_in_order() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.subscribe("t", watch(&table("notes"), &anon())).await;
    project
        .run("begin; insert into notes (room) values ('no'); rollback; truncate notes")
        .await;
    project
        .run("insert into notes (n) select generate_series(1, 350)")
        .await;
    for n in 1..=350 {
        assert_eq!(next(&mut ws, "n").await, ("INSERT".to_owned(), json!(n)));
    }
    sentinel(&project, &mut ws).await;
    project.stop().await;
}

#[tokio::test]
async fn killed_database_connections_lose_rows_silently_and_events_go_on() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.subscribe("t", watch(&table("notes"), &anon())).await;
    sentinel(&project, &mut ws).await;
    project
        .run("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
        .await;
    ws.silent().await;
    let arrived = async {
        let mut rows = tokio::time::interval(Duration::from_millis(100));
        loop {
            rows.tick().await;
            project
                .run("insert into notes (room) values ('again')")
                .await;
        }
    };
    tokio::select! {
        () = arrived => {}
        got = next(&mut ws, "room") => assert_eq!(got.1, json!("again")),
    }
    project.stop().await;
}

/// Measured as the wait from statement to frame at the real server's pace (observed there: 0.04 to 0.53 s).
#[tokio::test]
async fn with_real_timing_a_row_waits_for_the_poll() {
    let project = Project::with(
        Timing {
            cold_subscribe: Duration::ZERO,
            ..Timing::default()
        },
        Limits::default(),
    )
    .await;
    let mut ws = project.v2().await;
    ws.subscribe("t", watch(&table("notes"), &anon())).await;
    let mut taken = Vec::new();
    for n in 0..8_u64 {
        // Spread over the period of the poll, so that the waits differ.
        tokio::time::sleep(Duration::from_millis(67 * n)).await;
        let before = std::time::Instant::now();
        sentinel(&project, &mut ws).await;
        taken.push(before.elapsed());
    }
    taken.sort();
    eprintln!(
        "row change, statement to frame at real timing: min {:?}, median {:?}, max {:?}",
        taken[0], taken[4], taken[7]
    );
    assert!(
        taken[4] > Duration::from_millis(50),
        "no poll was waited for: {taken:?}"
    );
    project.stop().await;
}
