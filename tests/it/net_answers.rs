//! Every kind of bad answer gets its own clear error; nothing hangs, swells or follows.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use rockon_core::error::Service;
use rockon_core::net::{Bearer, MAX_BODY, Unreached};
use rockon_core::redact::Secret;
use rockon_core::speech::Language;
use rockon_core::time::{ManualClock, Timestamp};
use rockon_core::{Error, Result};
use rockon_tests::auth_harness::{AuthHarness, PASSWORD, START, http, http_that_waits, refusal};
use rockon_tests::scripted::{Reply, ScriptedServer};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;

async fn call(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Result<Value> {
    let harness = AuthHarness::new(move |_| reply()).await;
    let token = Secret::new("a.b.c");
    harness
        .http
        .rpc("sync_pull", &json!({ "request": {} }), Bearer::User(&token))
        .await
}

fn bytes(status: u16, kind: &str, body: &[u8]) -> Reply {
    Reply::Bytes(status, format!("content-type: {kind}\r\n"), body.to_vec())
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn gzipped(body: Vec<u8>) -> Reply {
    Reply::Bytes(200, "content-encoding: gzip\r\n".into(), body)
}

fn protocol(answer: Result<Value>) -> &'static str {
    match answer {
        Err(Error::Protocol { reason, .. }) => reason,
        other => panic!("expected a protocol error, got {other:?}"),
    }
}

#[tokio::test]
async fn a_web_page_is_told_from_an_answer() {
    for status in [200, 203, 401, 404, 511] {
        let page = move || {
            bytes(
                status,
                "text/html",
                b"\n<!doctype html><title>Hotel</title>",
            )
        };
        assert_eq!(
            protocol(call(page).await),
            "a web page instead of an answer"
        );
    }
    let edge = call(|| bytes(522, "text/html", b"<html>")).await;
    assert!(matches!(
        edge,
        Err(Error::Server {
            service: Service::Gateway,
            status: 522,
            ..
        })
    ));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = ScriptedServer::start(|_| Reply::Json(200, json!(1))).await;
    let location = format!("location: {}/x\r\n", elsewhere.url());
    for status in [301, 302, 303, 307, 308] {
        let location = location.clone();
        let answer = call(move || Reply::Bytes(status, location.clone(), Vec::new())).await;
        assert_eq!(protocol(answer), "a redirect instead of an answer");
    }
    assert!(elsewhere.seen("").is_empty());
}

#[tokio::test]
async fn an_answer_that_is_cut_off_is_named() {
    for cut in [0, 1, 9] {
        let whole = br#"{"a": [1]}"#;
        let answer = call(move || Reply::CutOff(whole[..cut].to_vec(), whole.len() - cut)).await;
        assert_eq!(protocol(answer), "it was cut off");
    }
    assert_eq!(
        protocol(call(|| Reply::Wire(Vec::new())).await),
        "it was cut off"
    );
    let half = b"HTTP/1.1 200 OK\r\ncontent-le".to_vec();
    assert_eq!(
        protocol(call(move || Reply::Wire(half.clone())).await),
        "it was cut off"
    );
    let no_http = b"SSH-2.0-OpenSSH_9.9\r\n".to_vec();
    assert_eq!(
        protocol(call(move || Reply::Wire(no_http.clone())).await),
        "it was cut off"
    );
}

#[tokio::test]
async fn an_answer_above_5_mb_is_refused_and_one_just_below_is_read() {
    let fits = json!("x".repeat(MAX_BODY - 2));
    let whole = fits.clone();
    let read = call(move || Reply::Json(200, whole.clone())).await.unwrap();
    assert!(read == fits, "it arrives whole");
    let long = json!("x".repeat(MAX_BODY - 1));
    assert_eq!(
        protocol(call(move || Reply::Json(200, long.clone())).await),
        "it is larger than 5 MB"
    );
    // Without a told length, and without an end.
    let endless = || Reply::Chunks(vec![b'x'; 65_536], usize::MAX);
    assert_eq!(protocol(call(endless).await), "it is larger than 5 MB");
}

#[tokio::test]
async fn a_small_answer_cannot_swell() {
    let fits = gzip(br#"{"a":1}"#);
    assert_eq!(
        call(move || gzipped(fits.clone())).await,
        Ok(json!({ "a": 1 }))
    );
    let bomb = gzip(&vec![b'x'; 50 * 1024 * 1024]);
    assert!(bomb.len() < 100_000, "{} bytes are sent", bomb.len());
    assert_eq!(
        protocol(call(move || gzipped(bomb.clone())).await),
        "it is larger than 5 MB"
    );
    let damaged = || gzipped(b"this is no gzip stream".to_vec());
    assert_eq!(protocol(call(damaged).await), "its compression is damaged");
    let mut cut = gzip(&vec![7; 10_000]);
    cut.truncate(cut.len() / 2);
    assert_eq!(
        protocol(call(move || gzipped(cut.clone())).await),
        "it was cut off"
    );
}

#[tokio::test]
async fn json_of_another_shape_or_none_at_all_is_named() {
    #[derive(Debug, serde::Deserialize)]
    struct Head {
        #[expect(dead_code, reason = "only its shape matters")]
        head: i64,
    }
    for body in [
        "{\"head\":\"x\"}",
        "[]",
        "null",
        "",
        "{\"head\":",
        "nonsense",
        "{}",
    ] {
        let harness =
            AuthHarness::new(move |_| bytes(200, "application/json", body.as_bytes())).await;
        let answer: Result<Head> = harness.http.rpc("sync_pull", &json!({}), Bearer::Key).await;
        let reason = "it has another shape than expected";
        assert!(
            matches!(answer, Err(Error::Protocol { reason: r, .. }) if r == reason),
            "{body}"
        );
    }
    let deep = "[".repeat(100_000);
    let answer = call(move || bytes(200, "application/json", deep.as_bytes())).await;
    assert_eq!(protocol(answer), "it has another shape than expected");
    let harness =
        AuthHarness::new(|_| Reply::Json(200, json!({ "head": 1, "unknown": [1] }))).await;
    let known: Result<Head> = harness.http.rpc("sync_pull", &json!({}), Bearer::Key).await;
    known.unwrap();
}

#[tokio::test]
async fn silence_ends_by_a_time_out_and_a_closed_port_is_offline() {
    let silent = ScriptedServer::start(|_| Reply::Silence).await;
    let clock = Arc::new(ManualClock::new(START));
    let short = http_that_waits(silent.url(), "a.b.c", clock, Duration::from_millis(100));
    let answer: Result<Value> = short.rpc("sync_pull", &json!({}), Bearer::Key).await;
    let service = Service::Rest;
    assert_eq!(answer, Err(Error::Timeout { service }));
    let url = {
        let gone = ScriptedServer::start(|_| Reply::Silence).await;
        gone.url().to_owned()
    };
    let http = http(&url, "a.b.c", Arc::new(ManualClock::new(START)));
    let closed = || async {
        let seen = http.get("auth/v1/health", Bearer::Key).await;
        (seen.err() == Some(Unreached::Refused)).then_some(())
    };
    rockon_tests::eventually("the port is closed", Duration::from_secs(5), closed).await;
    let answer: Result<Value> = http.rpc("sync_pull", &json!({}), Bearer::Key).await;
    assert_eq!(answer, Err(Error::Offline));
}

#[tokio::test]
async fn plain_http_behind_an_https_address_is_a_tls_failure_and_an_unknown_host_is_named() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let answers = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .await
            .unwrap();
        stream
    });
    let clock = || Arc::new(ManualClock::new(START));
    let seen = http(&url, "a.b.c", clock())
        .get("auth/v1/health", Bearer::Key)
        .await;
    assert_eq!(seen.err(), Some(Unreached::TlsFailed));
    answers.await.unwrap();
    let nowhere = http("https://project.invalid", "a.b.c", clock());
    let seen = nowhere.get("auth/v1/health", Bearer::Key).await;
    assert_eq!(seen.err(), Some(Unreached::NoSuchHost));
}

/// (status, body, the error's code, its reason)
const ROWS: [(u16, &str, &str, &str); 24] = [
    (
        401,
        r#"{"message":"No API key found in request"}"#,
        "config",
        "anon_key",
    ),
    (
        401,
        r#"{"message":"Invalid API key","hint":"x"}"#,
        "config",
        "anon_key",
    ),
    (
        403,
        r#"{"message":"You cannot consume this service"}"#,
        "config",
        "anon_key",
    ),
    (
        404,
        r#"{"message":"no Route matched with those values"}"#,
        "config",
        "url",
    ),
    (404, "404 page not found\n", "config", "url"),
    (
        502,
        r#"{"message":"An invalid response was received from the upstream server"}"#,
        "server",
        "gateway",
    ),
    (
        503,
        r#"{"message":"name resolution failed"}"#,
        "server",
        "gateway",
    ),
    (504, "", "server", "gateway"),
    (
        503,
        r#"{"code":"PGRST002","details":null,"hint":null,"message":"m"}"#,
        "server",
        "database",
    ),
    (
        504,
        r#"{"code":"PGRST003","details":null,"hint":null,"message":"m"}"#,
        "server",
        "database",
    ),
    (
        503,
        r#"{"code":"57P01","details":null,"hint":null,"message":"m"}"#,
        "server",
        "database",
    ),
    (
        500,
        r#"{"code":"40P01","details":null,"hint":null,"message":"m"}"#,
        "server",
        "database",
    ),
    (
        500,
        r#"{"code":"57014","details":null,"hint":null,"message":"m"}"#,
        "server",
        "database",
    ),
    (
        401,
        r#"{"code":"PGRST301","details":null,"hint":null,"message":"m"}"#,
        "server",
        "rest",
    ),
    (
        404,
        r#"{"code":"PGRST202","details":null,"hint":null,"message":"m"}"#,
        "server",
        "rest",
    ),
    (
        429,
        r#"{"code":"PGRST999","details":null,"hint":null,"message":"m"}"#,
        "server",
        "rest",
    ),
    (
        500,
        r#"{"code":"42P17","details":null,"hint":null,"message":"m"}"#,
        "denied",
        "42P17",
    ),
    (
        500,
        r#"{"code":"21000","details":null,"hint":null,"message":"m"}"#,
        "denied",
        "21000",
    ),
    (
        403,
        r#"{"code":"42501","details":null,"hint":null,"message":"m"}"#,
        "denied",
        "42501",
    ),
    (
        401,
        r#"{"code":"42501","details":null,"hint":null,"message":"m"}"#,
        "denied",
        "42501",
    ),
    (
        400,
        r#"{"code":"22P02","details":null,"hint":null,"message":"m"}"#,
        "denied",
        "22P02",
    ),
    (
        400,
        r#"{"code":"P0001","details":null,"hint":null,"message":"last_admin: a band keeps one"}"#,
        "denied",
        "last_admin",
    ),
    (
        400,
        r#"{"code":"P0001","details":null,"hint":null,"message":"Wonderwall: not ours"}"#,
        "denied",
        "P0001",
    ),
    (
        300,
        r#"{"code":"PGRST203","details":null,"hint":null,"message":"m"}"#,
        "denied",
        "PGRST203",
    ),
];

#[tokio::test]
async fn each_refusal_is_told_by_its_shape() {
    for (status, body, code, reason) in ROWS {
        let error = call(move || bytes(status, "application/json", body.as_bytes())).await;
        let error = error.unwrap_err();
        let shown = match &error {
            Error::Config { field, .. } => (*field).to_owned(),
            Error::Server { service, .. } => service.to_string(),
            Error::Denied { reason } => reason.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(
            (error.code(), shown.as_str()),
            (code, reason),
            "{status} {body}"
        );
        assert_eq!(
            error.is_retryable(),
            code == "server" && !matches!(status, 401 | 404),
            "{body}"
        );
    }
}

#[tokio::test]
async fn retry_after_is_read_and_bounded() {
    for (header, seconds) in [
        ("0", Some(0)),
        ("7", Some(7)),
        ("99999999999999", Some(900)),
        ("soon", None),
    ] {
        let told = move || {
            let header = format!("retry-after: {header}\r\n");
            Reply::JsonWith(503, header, json!({ "message": "name resolution failed" }))
        };
        let error = call(told).await.unwrap_err();
        assert!(matches!(error, Error::Server { retry_after, .. } if retry_after == seconds));
    }
}

#[tokio::test]
async fn a_wait_that_the_auth_service_tells_in_its_text_is_read_and_told() {
    for (message, seconds, advice) in [
        (
            "For security purposes, you can only request this after 12 seconds.",
            Some(12),
            "Try again in 12 seconds.",
        ),
        (
            "For security purposes, you can only request this after 99999 seconds.",
            Some(900),
            "Try again in 15 minutes.",
        ),
        ("Email rate limit exceeded", None, "ask for another."),
        ("look after -3 seconds", None, "ask for another."),
        ("after", None, "ask for another."),
    ] {
        let harness = AuthHarness::new(move |_| {
            let code = "over_email_send_rate_limit";
            let headers = format!("x-sb-error-code: {code}\r\n");
            Reply::JsonWith(429, headers, json!({ "code": code, "message": message }))
        })
        .await;
        let password = Secret::new(PASSWORD);
        let error = harness.session.sign_in("eric@example.com", password).await;
        let error = error.unwrap_err();
        assert!(
            matches!(&error, Error::Server { retry_after, .. } if *retry_after == seconds),
            "{error:?}"
        );
        let said = error.advice(Language::English);
        assert!(said.ends_with(advice), "{said}");
    }
}

#[tokio::test]
async fn the_servers_clock_is_noticed_and_changes_no_answer() {
    let harness = AuthHarness::new(|_| {
        Reply::JsonWith(
            200,
            "date: Sun, 06 Nov 1994 08:49:37 GMT\r\n".into(),
            json!(1),
        )
    })
    .await;
    assert_eq!(harness.http.clock_ahead_s(), None);
    for ahead in [7_200, -7_200] {
        harness
            .clock
            .set_wall(Timestamp((784_111_777 + ahead) * 1_000));
        let answer: Result<Value> = harness.http.rpc("f", &json!({}), Bearer::Key).await;
        assert_eq!(answer, Ok(json!(1)));
        assert_eq!(harness.http.clock_ahead_s(), Some(ahead));
    }
}

#[tokio::test]
async fn a_request_carries_what_supabase_expects_and_an_opaque_key_is_no_bearer() {
    let server = ScriptedServer::start(|_| refusal(400, "invalid_credentials")).await;
    let clock = || Arc::new(ManualClock::new(START));
    for (key, bearer) in [("a.b.c", "Bearer a.b.c"), ("sb_publishable_x", "")] {
        let http = http(server.url(), key, clock());
        http.get("auth/v1/settings", Bearer::Key).await.unwrap();
        http.realtime_key_probe().await.unwrap();
        let _: Result<Value> = http.rpc("sync_pull", &json!({ "a": 1 }), Bearer::Key).await;
        let seen = server.seen("");
        let of_key: Vec<_> = seen.iter().filter(|r| r.header("apikey") == key).collect();
        assert_eq!(of_key.len(), 3);
        assert!(of_key.iter().all(|r| r.header("authorization") == bearer));
        assert!(
            of_key
                .iter()
                .all(|r| r.header("x-client-info").starts_with("rockon-core/"))
        );
        assert_eq!(of_key[0].header("x-supabase-api-version"), "2024-01-01");
        assert_eq!(
            of_key[1].target,
            format!("/realtime/v1/websocket?apikey={key}&vsn=2.0.0")
        );
        assert_eq!(
            (of_key[2].method.as_str(), of_key[2].target.as_str()),
            ("POST", "/rest/v1/rpc/sync_pull")
        );
        assert_eq!(of_key[2].json(), json!({ "a": 1 }));
    }
}
