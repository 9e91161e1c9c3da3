//! What happens to open sockets when something else breaks.

use std::time::Duration;

use rockon_local_stack::realtime::{Limits, Timing};
use rockon_local_stack::{Cluster, ClusterConfig, Contents, Outage, ProjectConfig, Service};
use rockon_tests::ws::{Got, Ws};
use serde_json::json;

use super::broadcasts::read;
use super::harness::{ANN, Project, anon, now, token};

#[tokio::test]
async fn a_stopped_service_says_goodbye_and_a_crashed_one_does_not() {
    let project = Project::start().await;
    for (outage, code, status) in [
        (Outage::Removed, Some(1012), 503),
        (Outage::Crashed, None, 502),
    ] {
        let mut ws = project.v2().await;
        project.inner.faults().stop(Service::Realtime, outage);
        assert_eq!(ws.closed().await, code, "{outage:?}");
        let refused = project
            .open(&format!("apikey={}&vsn=2.0.0", anon()))
            .await
            .unwrap_err();
        assert_eq!(refused.status, status);
        project.inner.faults().start(Service::Realtime);
        project.v2().await.silent().await;
    }
    project.stop().await;
}

#[tokio::test]
async fn a_hanging_service_answers_when_it_goes_on() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    ws.silent().await;
    project
        .inner
        .faults()
        .stop(Service::Realtime, Outage::Hanging);
    // The freeze is in force when a heartbeat stays unanswered.
    rockon_tests::eventually("the service hangs", Duration::from_secs(5), || async {
        project.realtime.faults().is_frozen().then_some(())
    })
    .await;
    ws.send(json!([null, "7", "phoenix", "heartbeat", {}]))
        .await;
    assert!(
        tokio::time::timeout(Duration::from_millis(100), ws.json())
            .await
            .is_err()
    );
    project.inner.faults().start(Service::Realtime);
    assert_eq!(ws.json().await[1], json!("7"));
    project.stop().await;
}

#[tokio::test]
async fn tokens_declared_expired_end_their_channels_and_are_refused() {
    let project = Project::start().await;
    let mut ws = project.v2().await;
    let issued = |at: u64| {
        token(&json!({"role": "authenticated", "sub": ANN, "iat": at, "exp": now() + 600}))
    };
    let old = issued(now() - 100);
    ws.join(
        "new",
        json!({"config": {}, "access_token": issued(now() + 100)}),
    )
    .await;
    ws.join("old", json!({"config": {}, "access_token": old}))
        .await;
    let until = i64::try_from(now()).unwrap();
    project
        .inner
        .faults()
        .change(|state| state.tokens_expired_until = Some(until));
    assert_eq!(
        ws.json().await[4]["message"],
        json!("Token has expired 0 seconds ago")
    );
    assert_eq!(ws.json().await[2], json!("realtime:old"));
    let again = ws
        .join("old", json!({"config": {}, "access_token": old}))
        .await;
    let reason = json!("InvalidJWTToken: Token has expired 0 seconds ago");
    assert_eq!(again["response"]["reason"], reason);
    ws.silent().await;
    project.stop().await;
}

/// Observed: a database that goes away is not announced; heartbeats are answered; later events flow again.
#[tokio::test]
async fn a_restart_of_the_database_is_survived_in_silence() {
    let cluster = Cluster::start(ClusterConfig::default()).await.unwrap();
    let mut config = ProjectConfig {
        contents: Contents::Bare,
        // The key is a token of this test.
        key_check: false,
        ..rockon_tests::fast()
    };
    config.timing.realtime = Timing {
        reconnect: Duration::from_millis(50),
        ..Timing::fast()
    };
    let project = rockon_local_stack::Project::start(&cluster, config)
        .await
        .unwrap();
    let tables = "create table notes (id bigint generated always as identity primary key); \
                  alter publication supabase_realtime add table notes";
    project
        .admin()
        .await
        .unwrap()
        .batch_execute(tables)
        .await
        .unwrap();
    let address = project.url().replace("http", "ws");
    let url = format!(
        "{address}/realtime/v1/websocket?apikey={}&vsn=2.0.0",
        anon()
    );
    let mut ws = Ws::open(&url, &[]).await.unwrap();
    ws.join("hints", json!({"config": {}})).await;
    let entries = json!([{"event": "*", "table": "notes"}]);
    ws.subscribe("rows", json!({"config": {"postgres_changes": entries}}))
        .await;
    cluster.restart().await.unwrap();
    ws.silent().await;
    let sql = project.admin().await.unwrap();
    both_transports_flow(&mut ws, &sql).await;
    drop(sql);
    project.shutdown().await.unwrap();
    cluster.stop().await.unwrap();
}

/// Writes until a row change and a message have come.
async fn both_transports_flow(ws: &mut Ws, sql: &tokio_postgres::Client) {
    let (mut rows, mut hints) = (0, 0);
    while rows == 0 || hints == 0 {
        let more =
            "insert into notes default values; select realtime.send('{}', 'e', 'hints', false)";
        sql.batch_execute(more).await.unwrap();
        match tokio::time::timeout(Duration::from_millis(50), ws.next()).await {
            Ok(Got::Json(frame)) => rows += usize::from(frame[3] == "postgres_changes"),
            Ok(Got::Binary(bytes)) => hints += usize::from(read(&bytes).1 == "e"),
            Ok(other) => panic!("{other:?}"),
            Err(_) => {}
        }
    }
}

#[tokio::test]
async fn refusals_take_their_time_with_real_timing() {
    let project = Project::with(Timing::default(), Limits::default()).await;
    let before = std::time::Instant::now();
    project.open("apikey=garbage&vsn=2.0.0").await.unwrap_err();
    assert!(
        before.elapsed() >= Duration::from_secs(2),
        "{:?}",
        before.elapsed()
    );
    project.stop().await;
}
