//! Breaking the stack on purpose: each switch has the effect its description promises, and only that.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use rockon_local_stack::{BadAnswer, Outage, Project, Service};
use rockon_tests::http::{app, send};
use rockon_tests::{bare_project, eventually};
use serde_json::json;

const PATIENCE: Duration = Duration::from_secs(30);

async fn health(project: &Project) -> rockon_tests::http::Answer {
    send(app(project, Method::GET, "/auth/v1/health")).await
}

async fn sign_up(project: &Project, email: &str) -> rockon_tests::http::Answer {
    let body = json!({"email": email, "password": "correct horse 42"});
    send(app(project, Method::POST, "/auth/v1/signup").json(&body)).await
}

#[tokio::test]
async fn a_stopped_service_is_worded_as_the_real_gateway_words_it() {
    let project = bare_project().await;
    for (outage, status, text) in [
        (Outage::Removed, 503, "name resolution failed"),
        (
            Outage::Crashed,
            502,
            "An invalid response was received from the upstream server",
        ),
        (
            Outage::NoPeer,
            503,
            "failure to get a peer from the ring-balancer",
        ),
        (Outage::Hanging, 504, "The upstream server is timing out"),
    ] {
        project.faults().stop(Service::Auth, outage);
        let answer = health(&project).await;
        assert_eq!(
            (answer.status, answer.json()),
            (status, json!({"message": text}))
        );
        let other = send(app(&project, Method::GET, "/realtime/v1/api/ping")).await;
        assert_eq!(other.status, 200, "only auth is stopped");
    }
    project.faults().start(Service::Auth);
    assert_eq!(health(&project).await.status, 200);
}

#[tokio::test]
async fn bad_answers_come_once_each_and_in_order() {
    let project = bare_project().await;
    for answer in [
        BadAnswer::Html,
        BadAnswer::WrongShape,
        BadAnswer::Huge,
        BadAnswer::Status(418),
    ] {
        project.faults().answer_once(Service::Auth, answer);
    }
    assert!(health(&project).await.text.starts_with("<!doctype html>"));
    assert!(health(&project).await.json().is_array());
    assert!(health(&project).await.text.len() > 5 * 1024 * 1024);
    assert_eq!(health(&project).await.status, 418);
    assert_eq!(health(&project).await.json()["name"], "GoTrue");
    project
        .faults()
        .answer_once(Service::Auth, BadAnswer::CutOff);
    let answer = app(&project, Method::GET, "/auth/v1/health")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(answer.text().await.is_err(), "the body ends in the middle");
}

#[tokio::test]
async fn a_delay_holds_every_answer_back() {
    let project = bare_project().await;
    project
        .faults()
        .change(|state| state.delay = Duration::from_millis(80));
    let started = Instant::now();
    health(&project).await;
    assert!(started.elapsed() >= Duration::from_millis(80));
}

#[tokio::test]
async fn tokens_expired_now_are_refused_and_new_ones_work_a_second_later() {
    let project = bare_project().await;
    let session = sign_up(&project, "ann@example.com").await.json();
    let user = |token: &str| app(&project, Method::GET, "/auth/v1/user").bearer_auth(token);
    let token = session["access_token"].as_str().unwrap();
    assert_eq!(send(user(token)).await.status, 200);
    project.expire_tokens();
    assert_eq!(send(user(token)).await.json()["error_code"], "bad_jwt");
    project.clock().set_offset_ms(2_000);
    let body = json!({"refresh_token": session["refresh_token"]});
    let path = "/auth/v1/token?grant_type=refresh_token";
    let renewed = send(app(&project, Method::POST, path).json(&body))
        .await
        .json();
    assert_eq!(
        send(user(renewed["access_token"].as_str().unwrap()))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_stopped_database_fails_this_project_alone_and_comes_back() {
    let (project, other) = (bare_project().await, bare_project().await);
    assert_eq!(sign_up(&project, "ann@example.com").await.status, 200);
    project.stop_database().await.unwrap();
    let answer = sign_up(&project, "ben@example.com").await;
    assert_eq!(
        (answer.status, &answer.json()["error_code"]),
        (500, &json!("unexpected_failure"))
    );
    assert_eq!(
        health(&project).await.status,
        200,
        "the service itself is up"
    );
    assert_eq!(sign_up(&other, "ann@example.com").await.status, 200);
    project.start_database().await.unwrap();
    eventually("the database is back", PATIENCE, async || {
        (sign_up(&project, "ben@example.com").await.status == 200).then_some(())
    })
    .await;
}
