//! Cases 1 to 30 of the protocol: upgrade, serializer, heartbeat.

use std::time::Duration;

use rockon_local_stack::realtime::{Limits, Timing};
use rockon_tests::ws::{Got, Ws};
use serde_json::{Value, json};

use super::harness::{Project, anon, now, token};

async fn refused(project: &Project, query: &str) -> (u16, Value) {
    let refused = project.open(query).await.unwrap_err();
    (
        refused.status,
        serde_json::from_str(&refused.body).unwrap_or(Value::Null),
    )
}

#[tokio::test]
async fn s001_version_two_speaks_arrays_of_five() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.send(json!([null, "1", "phoenix", "heartbeat", {}]))
        .await;
    assert_eq!(ws.json().await.as_array().map(Vec::len), Some(5));
    project.stop().await;
}

/// The real server speaks version one too, and takes it for the one that is meant if none is named.
#[tokio::test]
async fn version_one_is_refused_by_name() {
    let project = Project::start().await;
    for query in ["apikey=KEY", "apikey=KEY&vsn=1.0.0"] {
        let (status, body) = refused(&project, &query.replace("KEY", &anon())).await;
        let text = body["error"].as_str().unwrap();
        assert_eq!(status, 501);
        assert!(text.contains("does not offer protocol 1.0.0"), "{text}");
    }
    project.stop().await;
}

#[tokio::test]
async fn s003_another_version_is_refused_with_an_empty_body() {
    let project = Project::start().await;
    for vsn in ["3.0.0", "garbage"] {
        let refused = project
            .open(&format!("apikey={}&vsn={vsn}", anon()))
            .await
            .unwrap_err();
        assert_eq!((refused.status, refused.body.as_str()), (403, ""));
    }
    project.stop().await;
}

#[tokio::test]
async fn s004_without_a_key_the_key_is_missing() {
    let project = Project::start().await;
    assert_eq!(
        refused(&project, "vsn=2.0.0").await,
        (401, json!({"error": "API key is missing"}))
    );
    project.stop().await;
}

#[tokio::test]
async fn s005_to_s008_a_bad_key_is_refused_with_its_reason() {
    let project = Project::start().await;
    let expired = token(&json!({"role": "anon", "exp": now() - 100}));
    let roleless = token(&json!({"exp": now() + 100}));
    let endless = token(&json!({"role": "anon"}));
    let wordy = token(&json!({"role": "anon", "exp": "later"}));
    let mut forged = anon();
    forged.replace_range(forged.len() - 10.., "AAAAAAAAAA");
    let cases = [
        ("", 401, "The token provided is not a valid JWT"),
        ("garbage", 401, "The token provided is not a valid JWT"),
        (&expired, 401, "Token has expired"),
        (
            &roleless,
            401,
            "Fields `role` and `exp` are required in JWT",
        ),
        (&endless, 401, "Fields `role` and `exp` are required in JWT"),
        (&wordy, 500, "Error connecting to Realtime"),
        (&forged, 401, "Failed to validate JWT signature"),
    ];
    for (key, status, text) in cases {
        let answer = refused(&project, &format!("apikey={key}&vsn=2.0.0")).await;
        assert_eq!(answer, (status, json!({"error": text})), "{key}");
    }
    project.stop().await;
}

#[tokio::test]
async fn s009_a_suspended_project_refuses_and_too_many_users_too() {
    let limits = Limits {
        suspended: true,
        ..Limits::default()
    };
    let project = Project::with(Timing::fast(), limits).await;
    let query = format!("apikey={}&vsn=2.0.0", anon());
    let suspended = json!({"error": "Realtime was disabled for this tenant"});
    assert_eq!(refused(&project, &query).await, (403, suspended));
    project.realtime.set_limits(Limits {
        users: 1,
        ..Limits::default()
    });
    let _one = project.v2().await;
    let full = json!({"error": "Too many connected users"});
    assert_eq!(refused(&project, &query).await, (429, full));
    project.stop().await;
}

#[tokio::test]
async fn s010_the_header_overrides_the_query() {
    let project = Project::start().await;
    let key = anon();
    let good = Ws::open(
        &project.url("apikey=garbage&vsn=2.0.0"),
        &[("x-api-key", &key)],
    )
    .await;
    assert!(good.is_ok());
    let bad = Ws::open(
        &project.url(&format!("apikey={key}&vsn=2.0.0")),
        &[("x-api-key", "garbage")],
    )
    .await;
    assert_eq!(bad.unwrap_err().status, 401);
    // Observed: neither of these headers counts.
    for name in ["authorization", "apikey"] {
        let ignored = Ws::open(&project.url("vsn=2.0.0"), &[(name, &key)]).await;
        assert_eq!(ignored.unwrap_err().status, 401, "{name}");
    }
    project.stop().await;
}

#[tokio::test]
async fn s011_older_servers_refused_everything_with_an_empty_403() {
    let project = Project::start().await;
    project.realtime.faults().refuse_like_older_servers(true);
    for query in ["vsn=2.0.0", "apikey=garbage&vsn=2.0.0", "vsn=3.0.0"] {
        let refused = project.open(query).await.unwrap_err();
        assert_eq!((refused.status, refused.body.as_str()), (403, ""));
    }
    project.stop().await;
}

#[tokio::test]
async fn s015_a_publishable_key_stands_for_the_anonymous_token() {
    let project = Project::start().await;
    let mut ws = project
        .open(&format!(
            "apikey={}&vsn=2.0.0",
            project.inner.keys().publishable()
        ))
        .await
        .unwrap();
    assert_eq!(
        ws.join("t", json!({"config": {}})).await["status"],
        json!("ok")
    );
    project.stop().await;
}

#[tokio::test]
async fn s016_a_plain_get_is_told_what_is_missing() {
    let project = Project::start().await;
    let base = format!("http://{}/realtime/v1/websocket", project.address);
    let good = rockon_tests::http::client()
        .get(format!("{base}?apikey={}&vsn=2.0.0", anon()))
        .send()
        .await
        .unwrap();
    assert_eq!(good.status().as_u16(), 400);
    assert_eq!(
        good.text().await.unwrap(),
        "'connection' header must contain 'upgrade', got []"
    );
    let bad = rockon_tests::http::client()
        .get(format!("{base}?apikey=bad&vsn=2.0.0"))
        .send()
        .await
        .unwrap();
    assert_eq!(bad.status().as_u16(), 401);
    project.stop().await;
}

#[tokio::test]
async fn s017_a_heartbeat_is_answered() {
    let project = Project::start().await;
    project.v2().await.silent().await;
    project.stop().await;
}

#[tokio::test]
async fn s020_s021_frames_that_are_not_valid_are_ignored() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    for text in [
        "not json",
        "",
        "{",
        "[]",
        "[1,2,3]",
        "null",
        r#"{"topic":"x"}"#,
    ] {
        ws.text(text).await;
        ws.silent().await;
    }
    for bytes in [&b""[..], b"\x00\x01\x02", &[0xff; 50]] {
        ws.binary(bytes).await;
        ws.silent().await;
    }
    project.stop().await;
}

#[tokio::test]
async fn s023_s024_binary_broadcasts_are_passed_on_as_they_are() {
    let project = Project::start().await;
    let (mut sender, mut other) = (project.v2().await, project.v2().await);
    sender.join("b", json!({"config": {}})).await;
    other.join("b", json!({"config": {}})).await;
    for (sent, passed_on) in [
        (
            &b"\x03\x01\x01\x0a\x03\x00\x00b1realtime:bbin\x00\xff"[..],
            &b"\x04\x0a\x03\x00\x00realtime:bbin\x00\xff"[..],
        ),
        (
            b"\x03\x01\x01\x0a\x01\x00\x01b2realtime:be{\"a\":1}",
            b"\x04\x0a\x01\x00\x01realtime:be{\"a\":1}",
        ),
    ] {
        sender.binary(sent).await;
        assert_eq!(other.bytes().await, passed_on);
    }
    // Other pushes in bytes, which the real server takes, end the socket: they have no way to be answered.
    sender
        .binary(b"\x00\x01\x01\x0a\x09b3realtime:bbroadcastraw")
        .await;
    assert_eq!(sender.closed().await, Some(1003));
    project.stop().await;
}

#[tokio::test]
async fn s029_a_silent_socket_is_closed_with_1000() {
    // The protocol file says "closes"; observed is the code 1000 after 60 s.
    let timing = Timing {
        silence: Duration::from_millis(200),
        ..Timing::fast()
    };
    let project = Project::with(timing, Limits::default()).await;
    let mut ws = project.v2().await;
    ws.join("t", json!({"config": {}})).await;
    assert_eq!(ws.closed().await, Some(1000));
    project.stop().await;
}

#[tokio::test]
async fn s030_a_socket_without_channel_is_closed() {
    let timing = Timing {
        no_channel: Duration::from_millis(200),
        ..Timing::fast()
    };
    let project = Project::with(timing, Limits::default()).await;
    let mut ws = project.v2().await;
    let closed = loop {
        ws.text("[]").await;
        if let Got::Closed(code) = ws.next().await {
            break code;
        }
    };
    assert_eq!(closed, Some(1000));
    project.stop().await;
}

#[tokio::test]
async fn a_frame_over_five_megabytes_closes_with_1009() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.text(&format!(
        r#"[null,"1","phoenix","heartbeat","{}"]"#,
        "a".repeat(5_000_000)
    ))
    .await;
    assert_eq!(ws.closed().await, Some(1009));
    project.stop().await;
}
