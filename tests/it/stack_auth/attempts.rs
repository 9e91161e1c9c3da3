//! How often things may be tried.

use reqwest::Method;
use rockon_local_stack::{AuthSettings, Contents, Project, ProjectConfig};
use rockon_tests::http::{Answer, app, send};
use rockon_tests::{fast, project_with};
use serde_json::{Value, json};

/// A path and a body for each bucket; those of one row share it.
fn kinds() -> [Vec<(&'static str, Value)>; 5] {
    let who = json!({ "email": "ann@example.com", "password": "wrong horse 42" });
    let wrong = json!({ "type": "email", "email": "ann@example.com", "token": "000000" });
    [
        vec![("signup", who.clone())],
        vec![
            ("token?grant_type=password", who.clone()),
            (
                "token?grant_type=refresh_token",
                json!({ "refresh_token": "abcdefghijkl" }),
            ),
        ],
        vec![("recover", who.clone())],
        vec![("verify", wrong)],
        vec![
            ("otp", who.clone()),
            (
                "resend",
                json!({ "type": "signup", "email": "ann@example.com" }),
            ),
        ],
    ]
}

async fn post(project: &Project, path: &str, body: &Value) -> Answer {
    let path = format!("/auth/v1/{path}");
    send(app(project, Method::POST, &path).json(body)).await
}

fn is_limited(answer: &Answer) -> bool {
    answer.status == 429 && answer.json()["error_code"] == "over_request_rate_limit"
}

/// Some time of 2026; the clock stands, so that how long a request takes says nothing.
const START_MS: i64 = 1_796_000_000_000;

async fn with(auth: AuthSettings) -> Project {
    let project = project_with(ProjectConfig {
        contents: Contents::Bare,
        auth,
        ..fast()
    })
    .await;
    project.clock().hold_unix_ms(START_MS);
    project
}

#[tokio::test]
async fn thirty_of_a_kind_pass_at_once_and_the_next_is_refused_until_time_has_passed() {
    let project = with(AuthSettings::default()).await;
    for kind in kinds() {
        let mut turns = kind.iter().cycle();
        for n in 1..=30 {
            let (path, body) = turns.next().unwrap();
            assert!(!is_limited(&post(&project, path, body).await), "{path} {n}");
        }
        for (path, body) in &kind {
            let answer = post(&project, path, body).await;
            assert!(is_limited(&answer), "{path}: {}", answer.text);
            assert_eq!(answer.json()["msg"], "Request rate limit reached");
            assert_eq!(answer.header("x-sb-error-code"), "over_request_rate_limit");
            assert_eq!(answer.header("retry-after"), "");
        }
    }
    // What is not an attempt goes on, and a grant nobody knows is no attempt.
    let health = send(app(&project, Method::GET, "/auth/v1/health")).await;
    assert_eq!(health.status, 200);
    let unknown = post(&project, "token?grant_type=banana", &json!({})).await;
    assert_eq!(unknown.status, 400);
    project.clock().hold_unix_ms(START_MS + 10_000);
    for kind in kinds() {
        let (path, body) = &kind[0];
        assert!(!is_limited(&post(&project, path, body).await), "{path}");
    }
}

#[tokio::test]
async fn tests_and_people_may_raise_the_limit() {
    let project = with(AuthSettings {
        attempts: 40,
        ..AuthSettings::default()
    })
    .await;
    let kinds = kinds();
    let (path, body) = &kinds[1][0];
    for n in 1..=41 {
        let answer = post(&project, path, body).await;
        assert_eq!(is_limited(&answer), n == 41, "{n}");
    }
}
