//! Cases 59, 76 to 80 and 88a: what a subscription asks for, and filters.

use rockon_tests::ws::Ws;
use serde_json::json;

use super::changes::{data, filtered, sentinel, system_error, table, watch};
use super::harness::{Project, anon};

#[tokio::test]
async fn s059_a_table_that_is_not_published_is_a_system_error() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    for name in ["unpublished", "does_not_exist"] {
        let expected = format!(
            "Unable to subscribe to changes with given parameters. Please check Realtime is enabled for the given \
             connect parameters: [event: *, schema: public, table: {name}, filters: [], select: nil]"
        );
        assert_eq!(system_error(&mut ws, name, table(name)).await, expected);
    }
    ws.silent().await;
    project.stop().await;
}

#[tokio::test]
async fn s076_a_filter_on_a_delete_sees_the_replica_identity_only() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.subscribe("key", watch(&filtered("notes", "id=eq.1"), &anon()))
        .await;
    ws.subscribe("other", watch(&filtered("notes", "room=eq.a"), &anon()))
        .await;
    ws.subscribe("full", watch(&filtered("notes_full", "room=eq.a"), &anon()))
        .await;
    project.run("insert into notes (room) values ('a')").await;
    let mut topics = [
        ws.json().await[2].to_string(),
        ws.json().await[2].to_string(),
    ];
    topics.sort();
    assert_eq!(topics, ["\"realtime:key\"", "\"realtime:other\""]);
    project.run("delete from notes").await;
    assert_eq!(ws.json().await[2], json!("realtime:key"));
    project
        .run("insert into notes_full (room) values ('a'), ('b'); delete from notes_full")
        .await;
    let kinds = [
        data(&mut ws).await["type"].clone(),
        data(&mut ws).await["type"].clone(),
    ];
    assert_eq!(kinds, [json!("INSERT"), json!("DELETE")]);
    ws.silent().await;
    project.stop().await;
}

/// Ids of the rows that reached each of the channels named 0.., until the row that ends the test arrives.
async fn received(ws: &mut Ws, channels: usize) -> Vec<Vec<i64>> {
    let mut got = vec![Vec::new(); channels];
    loop {
        let frame = ws.json().await;
        let topic = frame[2]
            .as_str()
            .unwrap()
            .trim_start_matches("realtime:")
            .to_owned();
        let id = frame[4]["data"]["record"]["id"].as_i64().unwrap();
        match topic.parse::<usize>() {
            Ok(at) if id < 6 => got[at].push(id),
            // The last row may match too, before or after the end.
            Ok(_) => {}
            Err(_) => return got,
        }
    }
}

#[tokio::test]
async fn s077_s078_s079_filters_choose_rows() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    let cases = [
        ("n=gt.1,room=eq.x", vec![4]),
        ("n=in.(1,3)", vec![1, 3]),
        ("n=neq.1", vec![2, 3, 4]),
        ("n=lt.2", vec![1]),
        ("n=lte.2", vec![1, 2]),
        ("n=gte.3", vec![3, 4]),
        ("room=in.(\"x\",zz)", vec![1, 4]),
        ("n=in.()", vec![]),
        ("  ", vec![1, 2, 3, 4, 5]),
    ];
    for (at, (filter, _)) in cases.iter().enumerate() {
        ws.subscribe(&at.to_string(), watch(&filtered("notes", filter), &anon()))
            .await;
    }
    ws.subscribe("end", watch(&filtered("notes", "room=eq.end"), &anon()))
        .await;
    let rows = "(1, 'x'), (2, 'y'), (3, 'yy'), (4, 'x'), (null, null), (9, 'end')";
    project
        .run(&format!("insert into notes (n, room) values {rows}"))
        .await;
    let got = received(&mut ws, cases.len()).await;
    for ((filter, expected), got) in cases.into_iter().zip(got) {
        assert_eq!(got, expected, "{filter}");
    }
    project.stop().await;
}

#[tokio::test]
async fn s077_to_s080_bad_filters_are_system_errors_and_are_not_retried() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    let many: Vec<String> = (0..101).map(|n| n.to_string()).collect();
    let many = format!("n=in.({})", many.join(","));
    let cases = [
        (",n=eq.1", "Error parsing `filter` params: "),
        (
            "n=in.1,2",
            "Error parsing `filter` params: `in` filter value must be wrapped by parentheses",
        ),
        (
            "room=foo.1",
            "Error parsing `filter` params: [\"foo\", \"1\"]",
        ),
        (
            "undefined",
            "Error parsing `filter` params: [\"undefined\"]",
        ),
        (
            &many,
            "Exception: ERROR P0001 (raise_exception) too many values for `in` filter. Maximum 100",
        ),
        (
            "nocol=eq.1",
            "filters: [{\"nocol\", \"eq\", \"1\", false}], select: nil]. Exception: ERROR P0001 (raise_exception) invalid column for filter nocol",
        ),
        (
            "n=eq.abc",
            "Exception: ERROR 22P02 (invalid_text_representation) invalid input syntax for type integer: \"abc\"",
        ),
    ];
    for (at, (filter, expected)) in cases.into_iter().enumerate() {
        let message = system_error(&mut ws, &at.to_string(), filtered("notes", filter)).await;
        assert!(message.contains(expected), "{message}");
    }
    let secret = system_error(&mut ws, "secret", filtered("secret", "id=eq.1")).await;
    assert!(secret.ends_with("invalid column for filter id"), "{secret}");
    ws.silent().await;
    project.stop().await;
}

#[tokio::test]
async fn one_bad_binding_ends_all_of_the_join() {
    let project = Project::start().await;
    let (mut ws, mut good) = (project.v2().await, project.v2().await);
    let entries =
        json!([{"event": "*", "table": "notes"}, {"event": "*", "table": "does_not_exist"}]);
    system_error(&mut ws, "t", entries).await;
    good.subscribe("t", watch(&table("notes"), &anon())).await;
    sentinel(&project, &mut good).await;
    ws.silent().await;
    project.stop().await;
}

#[tokio::test]
async fn what_is_not_offered_is_refused_by_name() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    let columns = json!([{"event": "*", "schema": "public", "table": "notes", "select": ["room"]}]);
    let cases = [
        (columns, "a choice of columns in row changes"),
        (filtered("notes", "n=not.eq.1"), "`not` in row changes"),
        (filtered("notes", "room=like.y%"), "`like` in row changes"),
        (filtered("notes", "n=is.null"), "`is` in row changes"),
    ];
    for (at, (entries, what)) in cases.into_iter().enumerate() {
        let message = system_error(&mut ws, &at.to_string(), entries).await;
        let text = format!("This development server does not offer {what}.");
        assert!(message.ends_with(&text), "{message}");
    }
    let reply = ws.join("public:notes", json!({"user_token": anon()})).await;
    let text = "This development server does not offer a join without config.";
    assert_eq!(reply["response"], json!({"reason": text}));
    project.stop().await;
}

#[tokio::test]
async fn s088a_a_null_filter_makes_the_entry_invalid() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    let entries = json!([{"event": "*", "schema": "public", "table": "notes", "filter": null}]);
    let message = system_error(&mut ws, "t", entries).await;
    assert!(
        message.starts_with("No subscription params provided."),
        "{message}"
    );
    let message = system_error(&mut ws, "u", json!([{"event": "*"}])).await;
    assert!(
        message.ends_with("to subscribe to: %{\"event\" => \"*\"}"),
        "{message}"
    );
    project.stop().await;
}

#[tokio::test]
async fn only_granted_columns_are_sent() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.subscribe("t", watch(&table("partial"), &anon())).await;
    project
        .run("insert into partial values (1, 'o', 'h')")
        .await;
    assert_eq!(data(&mut ws).await["record"], json!({"id": 1, "open": "o"}));
    project.stop().await;
}

#[tokio::test]
async fn a_table_that_is_no_longer_published_is_reported() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.subscribe("t", watch(&table("notes"), &anon())).await;
    sentinel(&project, &mut ws).await;
    project
        .run("alter publication supabase_realtime drop table notes")
        .await;
    let system = ws.json().await;
    assert_eq!(
        (&system[3], &system[4]["status"]),
        (&json!("system"), &json!("error"))
    );
    project.stop().await;
}
