//! The scenario server: each word does to the server what the README says, and only that; the way over HTTP; the
//! program.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use reqwest::{Method, RequestBuilder, Response};
use rockon_tests::eventually;
use rockon_tests::http;
use rockon_tests::phone::{BAND, PASSWORD, PATIENCE};
use rockon_tests::scenario_server::{ScenarioServer as _, World, Worlds, serve};
use rockon_tests::ws::Ws;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// Each service, a path of it, and what it answers there to somebody who is not signed in. The 401 is the database's own.
const SERVICES: [(&str, &str, u16); 3] = [
    ("auth", "/auth/v1/health", 200),
    REST,
    ("realtime", "/realtime/v1/api/ping", 200),
];
const REST: (&str, &str, u16) = ("rest", "/rest/v1/songs?select=id&limit=1", 401);

async fn play(world: &World, step: Value) {
    world.play(&step).await.unwrap();
}

/// A request over the proxy that phones take.
fn ask(world: &World, method: Method, path: &str) -> RequestBuilder {
    let request = http::client().request(method, format!("{}{path}", world.url()));
    request.header("apikey", world.anon_key())
}

async fn status(world: &World, path: &str) -> u16 {
    http::send(ask(world, Method::GET, path)).await.status
}

/// Signs in as an app does: the connection may break.
async fn sign_in(world: &World, member: &str) -> reqwest::Result<Response> {
    let path = "/auth/v1/token?grant_type=password";
    let who = json!({ "email": format!("{member}@rock-on.test"), "password": PASSWORD });
    ask(world, Method::POST, path).json(&who).send().await
}

async fn token(world: &World) -> String {
    let told: Value = sign_in(world, "eric").await.unwrap().json().await.unwrap();
    told["access_token"].as_str().unwrap().to_owned()
}

async fn socket(world: &World) -> Ws {
    let address = world.url().replace("http", "ws");
    let key = world.anon_key();
    let url = format!("{address}/realtime/v1/websocket?apikey={key}&vsn=2.0.0");
    Ws::open(&url, &[]).await.unwrap()
}

#[tokio::test]
async fn a_service_that_is_stopped_is_away_alone_until_it_is_started() {
    let world = World::new().await;
    for (stopped, ..) in SERVICES {
        play(&world, json!({ "server": "stop", "service": stopped })).await;
        for (service, path, _) in SERVICES {
            let away = status(&world, path).await == 502;
            assert_eq!(
                away,
                service == stopped,
                "{service} while {stopped} is stopped"
            );
        }
        play(&world, json!({ "server": "start", "service": stopped })).await;
    }
    for (service, path, answer) in SERVICES {
        assert_eq!(status(&world, path).await, answer, "{service}");
    }
}

#[tokio::test]
async fn without_the_gateway_nothing_gets_through_and_sockets_are_cut() {
    let world = World::new().await;
    let mut open = socket(&world).await;
    play(&world, json!({ "server": "stop", "service": "gateway" })).await;
    assert_eq!(open.closed().await, None);
    assert!(sign_in(&world, "eric").await.is_err());
    play(&world, json!({ "server": "start", "service": "gateway" })).await;
    assert_eq!(sign_in(&world, "eric").await.unwrap().status(), 200);
}

#[tokio::test]
async fn without_the_database_rest_answers_that_it_is_away() {
    let world = World::new().await;
    play(&world, json!({ "server": "stop", "service": "database" })).await;
    assert!(status(&world, REST.1).await >= 500);
    assert!(world.project().admin().await.is_err());
    play(&world, json!({ "server": "start", "service": "database" })).await;
    back(&world).await;
}

#[tokio::test]
async fn a_restart_ends_every_connection_to_the_database_and_takes_new_ones() {
    let world = World::new().await;
    let before = world.project().admin().await.unwrap();
    play(&world, json!({ "server": "restart_database" })).await;
    eventually("the connection ends", PATIENCE, async || {
        before.is_closed().then_some(())
    })
    .await;
    assert!(world.project().admin().await.is_ok());
    back(&world).await;
}

/// `PostgREST` finds its database again when it next looks.
async fn back(world: &World) {
    let (_, path, answer) = REST;
    eventually("rest is back", PATIENCE, async || {
        (status(world, path).await == answer).then_some(())
    })
    .await;
}

#[tokio::test]
async fn hints_are_dropped_without_a_word_until_they_are_not() {
    let world = World::new().await;
    let mut ws = socket(&world).await;
    ws.join("t", json!({ "config": { "broadcast": { "self": true } } }))
        .await;
    let body = |event| json!({ "type": "broadcast", "event": event, "payload": {} });
    let hint = |event| json!(["t", "2", "realtime:t", "broadcast", body(event)]);
    play(&world, json!({ "server": "drop_hints", "on": true })).await;
    ws.send(hint("lost")).await;
    ws.silent().await;
    play(&world, json!({ "server": "drop_hints", "on": false })).await;
    ws.send(hint("heard")).await;
    assert_eq!(ws.json().await[4], body("heard"));
}

#[tokio::test]
async fn sockets_are_cut_with_the_code_or_without_one() {
    let world = World::new().await;
    for (step, code) in [
        (json!({ "server": "cut_sockets", "code": 1012 }), Some(1012)),
        (json!({ "server": "cut_sockets" }), None),
    ] {
        let mut open = socket(&world).await;
        play(&world, step).await;
        assert_eq!(open.closed().await, code);
    }
}

#[tokio::test]
async fn tokens_issued_until_now_do_not_count_and_the_next_ones_do() {
    let world = World::new().await;
    let old = token(&world).await;
    let user = async |token: &str| {
        let request = ask(&world, Method::GET, "/auth/v1/user").bearer_auth(token);
        http::send(request).await.status
    };
    assert_eq!(user(&old).await, 200);
    play(&world, json!({ "server": "expire_tokens" })).await;
    assert!([401, 403].contains(&user(&old).await));
    assert_eq!(user(&token(&world).await).await, 200);
}

async fn one(world: &World, sql: &str) -> String {
    let admin = world.project().admin().await.unwrap();
    admin.query_one(sql, &[]).await.unwrap().get(0)
}

#[tokio::test]
async fn a_new_epoch_is_another_one_for_the_band() {
    let world = World::new().await;
    let sql = format!("select epoch::text from public.sync_head where scope_id = '{BAND}'");
    let before = one(&world, &sql).await;
    play(&world, json!({ "server": "new_epoch" })).await;
    assert_ne!(one(&world, &sql).await, before);
}

#[tokio::test]
async fn a_page_answers_in_place_of_the_server_until_it_is_gone() {
    let world = World::new().await;
    play(&world, json!({ "server": "html", "on": true })).await;
    for (_, path, _) in SERVICES {
        let answer = http::send(ask(&world, Method::GET, path)).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, "text/html")
        );
    }
    play(&world, json!({ "server": "html", "on": false })).await;
    assert_eq!(sign_in(&world, "eric").await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_lost_answer_is_that_of_the_next_request_to_the_path_which_was_carried_out() {
    let world = World::new().await;
    play(
        &world,
        json!({ "server": "lose_answer", "path": "/auth/v1/signup" }),
    )
    .await;
    assert_eq!(
        sign_in(&world, "eric").await.unwrap().status(),
        200,
        "another path"
    );
    let who = json!({ "email": "max@rock-on.test", "password": PASSWORD });
    let sign_up = || {
        ask(&world, Method::POST, "/auth/v1/signup")
            .json(&who)
            .send()
    };
    assert!(sign_up().await.is_err());
    assert_eq!(
        sign_in(&world, "max").await.unwrap().status(),
        200,
        "it was carried out"
    );
    assert!(sign_up().await.is_ok(), "one answer only");
}

#[tokio::test]
async fn an_old_schema_is_older_until_it_is_not() {
    let world = World::new().await;
    let sql = "select value from sync.meta where key = 'schema_version'";
    let now = one(&world, sql).await;
    play(&world, json!({ "server": "old_schema", "on": true })).await;
    let old = one(&world, sql).await;
    assert!(old.parse::<i32>().unwrap() < now.parse().unwrap());
    play(&world, json!({ "server": "old_schema", "on": false })).await;
    assert_eq!(one(&world, sql).await, now);
}

/// The scenario server over HTTP.
struct Served(String);

impl Served {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(serve(listener, Worlds::Local));
        Self(format!("http://{address}"))
    }

    async fn send(&self, method: Method, path: &str, body: &Value) -> (u16, String) {
        let request = http::client().request(method, format!("{}{path}", self.0));
        let answer = http::send(request.json(body)).await;
        (answer.status, answer.text)
    }

    async fn world(&self) -> Value {
        let (status, told) = self.send(Method::POST, "/worlds", &Value::Null).await;
        assert_eq!(status, 201);
        serde_json::from_str(&told).unwrap()
    }
}

#[tokio::test]
async fn a_world_over_http_takes_steps_until_it_is_deleted() {
    let scenario_server = Served::start().await;
    let told = scenario_server.world().await;
    for member in ["url", "anon_key"] {
        assert!(
            told[member].as_str().is_some_and(|text| !text.is_empty()),
            "{member}"
        );
    }
    assert_eq!(
        (&told["password"], &told["band"]),
        (&json!(PASSWORD), &json!(BAND))
    );
    let (world, steps) = (
        format!("/worlds/{}", told["id"]),
        format!("/worlds/{}/steps", told["id"]),
    );
    let stop = json!({ "server": "stop", "service": "auth" });
    let done = scenario_server.send(Method::POST, &steps, &stop).await;
    assert_eq!(done, (204, String::new()));
    let health = format!("{}/auth/v1/health", told["url"].as_str().unwrap());
    let key = told["anon_key"].as_str().unwrap();
    let answer = http::send(http::client().get(health).header("apikey", key)).await;
    assert_eq!(answer.status, 502, "the step was carried out");
    let wrong = json!({ "server": "stop", "service": "storage" });
    let (status, text) = scenario_server.send(Method::POST, &steps, &wrong).await;
    assert!(status == 422 && text.contains("storage"), "{status} {text}");
    assert_eq!(
        scenario_server
            .send(Method::DELETE, &world, &Value::Null)
            .await
            .0,
        204
    );
    assert_eq!(
        scenario_server.send(Method::POST, &steps, &stop).await.0,
        404
    );
}

#[tokio::test]
async fn worlds_are_apart() {
    let scenario_server = Served::start().await;
    let (one, other) = (scenario_server.world().await, scenario_server.world().await);
    assert_ne!(one["id"], other["id"]);
    let steps = format!("/worlds/{}/steps", one["id"]);
    let stop = json!({ "server": "stop", "service": "auth" });
    assert_eq!(
        scenario_server.send(Method::POST, &steps, &stop).await.0,
        204
    );
    let health = format!("{}/auth/v1/health", other["url"].as_str().unwrap());
    let request = http::client().get(health);
    let answer = http::send(request.header("apikey", other["anon_key"].as_str().unwrap())).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn the_program_says_its_address_and_ends_when_its_input_does() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rockon-scenario-server"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let out = child.stdout.take().unwrap();
    BufReader::new(out).read_line(&mut line).unwrap();
    let scenario_server = Served(
        line.trim()
            .strip_prefix("scenario server ")
            .unwrap()
            .to_owned(),
    );
    assert_eq!(
        scenario_server
            .send(Method::POST, "/worlds/7/steps", &json!({}))
            .await
            .0,
        404
    );
    drop(child.stdin.take());
    let ended = tokio::task::spawn_blocking(move || child.wait());
    let ended = tokio::time::timeout(PATIENCE, ended).await.unwrap();
    assert!(ended.unwrap().unwrap().success());
}
