//! Breaking the stack from outside its process: every path of `/admin` does what `rockon stack --help` says.

use std::time::{Duration, Instant};

use reqwest::Method;
use rockon_local_stack::{Cluster, ClusterConfig, Outage, Project, Service};
use rockon_tests::http::{app, order, request, send};
use rockon_tests::ws::Ws;
use rockon_tests::{bare_project, eventually, fast};
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(30);

/// Gives an order that must be carried out.
#[track_caller]
fn done(
    project: &Project,
    method: Method,
    path: &str,
    body: Option<Value>,
) -> impl Future<Output = ()> {
    let caller = std::panic::Location::caller();
    async move {
        let answer = order(project, method, path, body).await;
        assert_eq!(answer.status, 204, "{caller}: {}", answer.text);
    }
}

async fn health(project: &Project) -> u16 {
    send(app(project, Method::GET, "/auth/v1/health"))
        .await
        .status
}

async fn sign_up(project: &Project, email: &str) -> rockon_tests::http::Answer {
    let body = json!({"email": email, "password": "correct horse 42"});
    send(app(project, Method::POST, "/auth/v1/signup").json(&body)).await
}

async fn socket(project: &Project) -> Ws {
    let address = project.url().replace("http", "ws");
    let key = project.anon_key();
    let url = format!("{address}/realtime/v1/websocket?apikey={key}&vsn=2.0.0");
    Ws::open(&url, &[]).await.unwrap()
}

/// Every order there is.
const ORDERS: [(Method, &str); 13] = [
    (Method::GET, "/admin/faults"),
    (Method::PUT, "/admin/faults"),
    (Method::DELETE, "/admin/faults"),
    (Method::GET, "/admin/realtime"),
    (Method::PUT, "/admin/realtime"),
    (Method::POST, "/admin/sockets/cut"),
    (Method::POST, "/admin/tokens/expire"),
    (Method::POST, "/admin/clock?offset_ms=1"),
    (Method::POST, "/admin/database/stop"),
    (Method::POST, "/admin/database/start"),
    (Method::POST, "/admin/postgres/restart"),
    (Method::GET, "/admin/mail"),
    (Method::POST, "/admin/id_tokens"),
];

#[tokio::test]
async fn every_admin_path_needs_the_key_of_this_very_start() {
    let (project, other) = (bare_project().await, bare_project().await);
    let keys = project.keys();
    for (method, path) in ORDERS {
        let none = app(&project, method.clone(), path);
        assert_eq!(send(none).await.status, 401, "{method} {path}");
        for wrong in [
            project.anon_key(),
            project.service_key(),
            keys.secret_key(),
            other.admin_key(),
            "",
        ] {
            let order = request(&project, method.clone(), path).bearer_auth(wrong);
            assert_eq!(send(order).await.status, 401, "{method} {path}");
        }
    }
    assert!(project.admin_key().len() >= 32);
    let order = request(&project, Method::GET, "/admin/faults").bearer_auth(project.admin_key());
    assert_eq!(send(order).await.status, 200);
}

#[tokio::test]
async fn an_order_reached_through_another_name_is_refused_with_the_right_key_too() {
    let project = bare_project().await;
    let ask = |host: &str| {
        let order = request(&project, Method::GET, "/admin/faults");
        send(order.bearer_auth(project.admin_key()).header("host", host))
    };
    for ours in [
        "localhost",
        "LocalHost:54321",
        "127.0.0.1:1",
        "127.8.8.8",
        "[::1]:54321",
    ] {
        assert_eq!(ask(ours).await.status, 200, "{ours}");
    }
    for theirs in [
        "evil.example",
        "evil.example:54321",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.168.1.7:54321",
        "localhost@evil.example",
        "0.0.0.0",
    ] {
        assert_eq!(ask(theirs).await.status, 403, "{theirs}");
    }
    // Services take any name: an emulator calls this machine by a name of its own.
    let health = app(&project, Method::GET, "/auth/v1/health").header("host", "10.0.2.2:54321");
    assert_eq!(send(health).await.status, 200);
}

#[tokio::test]
async fn pages_of_other_origins_get_no_leave_to_give_an_order() {
    let project = bare_project().await;
    let origin = "http://localhost:3000";
    for (method, path) in ORDERS {
        let question = request(&project, Method::OPTIONS, path)
            .header("origin", origin)
            .header("access-control-request-method", method.as_str())
            .header("access-control-request-headers", "authorization");
        let order = request(&project, method.clone(), path)
            .bearer_auth("wrong")
            .header("origin", origin);
        for answer in [send(question).await, send(order).await] {
            let leave = answer.headers.keys().map(|name| name.as_str());
            let mut leave = leave.filter(|name| name.starts_with("access-control-"));
            assert_eq!(leave.next(), None, "{method} {path}");
            assert!(answer.status >= 400, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn services_are_broken_and_mended_by_the_state_put() {
    let project = bare_project().await;
    let path = "/admin/faults";
    let state = json!({"stopped": [["auth", "crashed"]], "rate_limited": true});
    done(&project, Method::PUT, path, Some(state)).await;
    let outage = project.faults().state().outage(Service::Auth);
    assert_eq!(outage, Some(Outage::Crashed));
    assert_eq!(health(&project).await, 502);
    let shown = order(&project, Method::GET, path, None).await.json();
    let wanted = json!({
        "stopped": [["auth", "crashed"]], "delay_ms": 0, "hang_ms": 0, "bad_answers": [],
        "rate_limited": true, "tokens_expired_until": null,
    });
    assert_eq!(shown, wanted);
    // What is left out is off.
    let state = json!({"bad_answers": [["auth", {"status": 418}]]});
    done(&project, Method::PUT, path, Some(state)).await;
    assert_eq!([health(&project).await, health(&project).await], [418, 200]);
    done(
        &project,
        Method::PUT,
        path,
        Some(json!({"rate_limited": true})),
    )
    .await;
    assert_eq!(sign_up(&project, "ann@example.com").await.status, 429);
    done(&project, Method::DELETE, path, None).await;
    assert_eq!(sign_up(&project, "ann@example.com").await.status, 200);
}

#[tokio::test]
async fn an_unknown_switch_is_refused_and_changes_nothing() {
    let project = bare_project().await;
    for path in ["/admin/faults", "/admin/realtime"] {
        let before = order(&project, Method::GET, path, None).await.json();
        let typo = Some(json!({"rate_limit": true, "frozn": true}));
        assert_eq!(order(&project, Method::PUT, path, typo).await.status, 422);
        assert_eq!(
            order(&project, Method::GET, path, None).await.json(),
            before
        );
    }
}

#[tokio::test]
async fn a_delay_in_milliseconds_holds_services_back_but_not_the_order_that_ends_it() {
    let project = bare_project().await;
    let path = "/admin/faults";
    done(&project, Method::PUT, path, Some(json!({"delay_ms": 80}))).await;
    let started = Instant::now();
    assert_eq!(health(&project).await, 200);
    assert!(started.elapsed() >= Duration::from_millis(80));
    // An hour: the order would not come back if it waited too.
    done(
        &project,
        Method::PUT,
        path,
        Some(json!({"delay_ms": 3_600_000})),
    )
    .await;
    done(&project, Method::DELETE, path, None).await;
    assert_eq!(health(&project).await, 200);
}

#[tokio::test]
async fn realtime_drops_delays_refuses_and_freezes_by_order() {
    let project = bare_project().await;
    let path = "/admin/realtime";
    let put = |state: Value| done(&project, Method::PUT, path, Some(state));
    let mut ws = socket(&project).await;
    ws.join("t", json!({"config": {"broadcast": {"self": true}}}))
        .await;
    let send = json!(["t", "2", "realtime:t", "broadcast", {"n": 1}]);
    put(json!({"drop_events": true})).await;
    ws.send(send.clone()).await;
    ws.silent().await;
    put(json!({"delay_events_ms": 150})).await;
    let before = Instant::now();
    ws.send(send).await;
    assert_eq!(ws.json().await[4], json!({"n": 1}));
    assert!(before.elapsed() >= Duration::from_millis(150));
    let reason = "UnableToConnectToProject: refused on purpose";
    put(json!({"refuse_joins": reason})).await;
    let refused = ws.join("u", json!({"config": {}})).await;
    assert_eq!(refused["response"]["reason"], json!(reason));
    put(json!({"frozen": true})).await;
    ws.send(json!([null, "3", "phoenix", "heartbeat", {}]))
        .await;
    let frozen = tokio::time::timeout(Duration::from_millis(100), ws.json()).await;
    assert!(frozen.is_err(), "a frozen server answered");
    let shown = order(&project, Method::GET, path, None).await.json();
    let wanted = json!({
        "drop_events": false, "delay_events_ms": 0, "refuse_joins": null, "frozen": true,
        "bare_refusals": false,
    });
    assert_eq!(shown, wanted);
    done(&project, Method::DELETE, "/admin/faults", None).await;
    assert_eq!(ws.json().await[1], json!("3"));
    assert_eq!(
        ws.join("u", json!({"config": {}})).await["status"],
        json!("ok")
    );
}

#[tokio::test]
async fn sockets_are_cut_with_the_wanted_close_code_or_without_one() {
    let project = bare_project().await;
    for code in [Some(1001), Some(1012), Some(4000), None] {
        let mut ws = socket(&project).await;
        ws.join("t", json!({"config": {}})).await;
        let query = code.map_or(String::new(), |code| format!("?code={code}"));
        let path = format!("/admin/sockets/cut{query}");
        done(&project, Method::POST, &path, None).await;
        assert_eq!(ws.closed().await, code);
    }
    let mut ws = socket(&project).await;
    for code in [0, 999, 1005, 1006, 1015, 2000, 5000] {
        let path = format!("/admin/sockets/cut?code={code}");
        let answer = order(&project, Method::POST, &path, None).await;
        assert_eq!(answer.status, 400, "{code}");
    }
    ws.silent().await;
}

#[tokio::test]
async fn tokens_expire_by_order_in_auth_rest_and_realtime() {
    let project = bare_project().await;
    let session = sign_up(&project, "ann@example.com").await.json();
    let token = session["access_token"].as_str().unwrap();
    let mut ws = socket(&project).await;
    let joined = ws
        .join("t", json!({"config": {}, "access_token": token}))
        .await;
    assert_eq!(joined["status"], json!("ok"));
    done(&project, Method::POST, "/admin/tokens/expire", None).await;
    let user = send(app(&project, Method::GET, "/auth/v1/user").bearer_auth(token)).await;
    assert_eq!(user.json()["error_code"], "bad_jwt");
    let rows = send(app(&project, Method::GET, "/rest/v1/").bearer_auth(token)).await;
    assert_eq!(
        (rows.status, &rows.json()["code"]),
        (401, &json!("PGRST303"))
    );
    let told = ws.json().await;
    assert_eq!(told[4]["message"], json!("Token has expired 0 seconds ago"));
    assert_eq!(ws.json().await[3], json!("phx_close"));
}

#[tokio::test]
async fn the_clock_moves_by_order_and_takes_tokens_with_it() {
    let project = bare_project().await;
    let session = sign_up(&project, "ann@example.com").await.json();
    let token = session["access_token"].as_str().unwrap();
    let user = async || {
        let user = app(&project, Method::GET, "/auth/v1/user").bearer_auth(token);
        send(user).await.status
    };
    assert_eq!(user().await, 200);
    done(
        &project,
        Method::POST,
        "/admin/clock?offset_ms=3700000",
        None,
    )
    .await;
    assert_eq!(user().await, 403, "an hour has passed");
    done(&project, Method::POST, "/admin/clock?offset_ms=0", None).await;
    assert_eq!(user().await, 200);
}

#[tokio::test]
async fn the_database_stops_and_starts_by_order() {
    let project = bare_project().await;
    done(&project, Method::POST, "/admin/database/stop", None).await;
    assert_eq!(sign_up(&project, "ann@example.com").await.status, 500);
    done(&project, Method::POST, "/admin/database/start", None).await;
    eventually("the database is back", PATIENCE, async || {
        (sign_up(&project, "ann@example.com").await.status == 200).then_some(())
    })
    .await;
}

#[tokio::test]
async fn postgresql_restarts_by_order_and_keeps_what_it_had() {
    // A server of its own: the shared one must not restart under other tests.
    let cluster = Cluster::start(ClusterConfig::default()).await.unwrap();
    let config = rockon_local_stack::ProjectConfig {
        contents: rockon_local_stack::Contents::Bare,
        ..fast()
    };
    let project = Project::start(&cluster, config).await.unwrap();
    assert_eq!(sign_up(&project, "ann@example.com").await.status, 200);
    let pid = cluster.server_pid().unwrap();
    let broken = project.admin().await.unwrap();
    done(&project, Method::POST, "/admin/postgres/restart", None).await;
    assert_ne!(cluster.server_pid().unwrap(), pid);
    assert!(broken.simple_query("select 1").await.is_err());
    let taken = eventually("auth answers again", PATIENCE, async || {
        let answer = sign_up(&project, "ann@example.com").await;
        (answer.status < 500).then_some(answer)
    })
    .await;
    assert_eq!(taken.json()["error_code"], "user_already_exists");
    project.shutdown().await.unwrap();
}
