//! The conformance cases S 113 to 126 of the auth service, one test each.

use std::time::Duration;

use reqwest::Method;
use rockon_local_stack::{AuthSettings, Contents, Project, ProjectConfig};
use rockon_tests::http::{Answer, app, request, send};
use rockon_tests::{bare_project, fast, project_with};
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse 42";

async fn post(project: &Project, path: &str, body: Value) -> Answer {
    send(app(project, Method::POST, path).json(&body)).await
}

async fn sign_up(project: &Project, email: &str) -> Answer {
    let body = json!({"email": email, "password": PASSWORD});
    post(project, "/auth/v1/signup", body).await
}

async fn sign_in(project: &Project, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    post(project, "/auth/v1/token?grant_type=password", body).await
}

async fn refresh(project: &Project, token: &Value) -> Answer {
    let body = json!({"refresh_token": token});
    post(project, "/auth/v1/token?grant_type=refresh_token", body).await
}

async fn get_user(project: &Project, token: &str) -> Answer {
    send(app(project, Method::GET, "/auth/v1/user").bearer_auth(token)).await
}

fn claims(project: &Project, session: &Value) -> Value {
    let token = session["access_token"].as_str().unwrap();
    Value::Object(project.keys().verify_signature(token).unwrap())
}

async fn unconfirmed() -> Project {
    let auth = AuthSettings {
        autoconfirm: false,
        ..fast().auth
    };
    project_with(ProjectConfig {
        auth,
        contents: Contents::Bare,
        ..fast()
    })
    .await
}

/// Moves the stack's clock into the future.
fn pass(project: &Project, time: Duration) {
    project
        .clock()
        .set_offset_ms(i64::try_from(time.as_millis()).unwrap());
}

#[tokio::test]
async fn s113_a_right_password_gives_a_session() {
    let project = bare_project().await;
    sign_up(&project, "ann@example.com").await;
    let answer = sign_in(&project, "Ann@Example.com", PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let session = answer.json();
    assert_eq!(session["token_type"], "bearer");
    assert_eq!(session["expires_in"], 3600);
    assert_eq!(session["expires_at"], claims(&project, &session)["exp"]);
    assert_eq!(session["refresh_token"].as_str().unwrap().len(), 12);
    assert_eq!(session["user"]["email"], "ann@example.com");
}

#[tokio::test]
async fn s114_a_wrong_password_is_refused_in_the_shape_the_caller_asks_for() {
    let project = bare_project().await;
    sign_up(&project, "ann@example.com").await;
    let older = sign_in(&project, "ann@example.com", "wrong").await;
    assert_eq!(older.status, 400);
    let expected = json!({"code": 400, "error_code": "invalid_credentials", "msg": "Invalid login credentials"});
    assert_eq!(older.json(), expected);
    assert_eq!(older.header("x-sb-error-code"), "invalid_credentials");
    assert_eq!(older.header("x-supabase-api-version"), "");
    let newer = app(&project, Method::POST, "/auth/v1/token?grant_type=password")
        .header("x-supabase-api-version", "2024-01-01")
        .json(&json!({"email": "ann@example.com", "password": "wrong"}));
    let newer = send(newer).await;
    assert_eq!(newer.status, 400);
    let expected = json!({"code": "invalid_credentials", "message": "Invalid login credentials"});
    assert_eq!(newer.json(), expected);
    assert_eq!(newer.header("x-sb-error-code"), "invalid_credentials");
    assert_eq!(newer.header("x-supabase-api-version"), "2024-01-01");
}

#[tokio::test]
async fn s115_an_unconfirmed_address_cannot_sign_in() {
    let project = unconfirmed().await;
    sign_up(&project, "ann@example.com").await;
    let answer = sign_in(&project, "ann@example.com", PASSWORD).await;
    assert_eq!(
        (answer.status, &answer.json()["error_code"]),
        (400, &json!("email_not_confirmed"))
    );
}

#[tokio::test]
async fn s116_a_sign_up_gives_a_user_without_autoconfirm_and_a_session_with_it() {
    let project = unconfirmed().await;
    let user = sign_up(&project, "ann@example.com").await;
    assert_eq!(
        (user.status, &user.json()["email"]),
        (200, &json!("ann@example.com"))
    );
    assert_eq!(user.json()["access_token"], Value::Null);
    let project = bare_project().await;
    let session = sign_up(&project, "ann@example.com").await;
    assert_eq!(
        (session.status, session.json()["access_token"].is_string()),
        (200, true)
    );
}

#[tokio::test]
async fn s117_a_taken_address_is_refused_with_autoconfirm() {
    let project = bare_project().await;
    sign_up(&project, "ann@example.com").await;
    let answer = sign_up(&project, "ANN@example.com").await;
    assert_eq!(
        (answer.status, &answer.json()["error_code"]),
        (422, &json!("user_already_exists"))
    );
}

#[tokio::test]
async fn s118_a_refresh_rotates_the_token_and_keeps_the_session() {
    let project = bare_project().await;
    let first = sign_up(&project, "ann@example.com").await.json();
    let second = refresh(&project, &first["refresh_token"]).await.json();
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    let session = |session| claims(&project, session)["session_id"].clone();
    assert_eq!(session(&first), session(&second));
    assert!(session(&first).is_string());
}

#[tokio::test]
async fn s119_the_previous_token_used_again_at_once_gives_the_active_one() {
    let project = bare_project().await;
    let first = sign_up(&project, "ann@example.com").await.json();
    let second = refresh(&project, &first["refresh_token"]).await.json();
    let again = refresh(&project, &first["refresh_token"]).await;
    assert_eq!(
        (again.status, &again.json()["refresh_token"]),
        (200, &second["refresh_token"])
    );
}

#[tokio::test]
async fn s120_the_previous_token_still_works_hours_later() {
    let project = bare_project().await;
    let first = sign_up(&project, "ann@example.com").await.json();
    let second = refresh(&project, &first["refresh_token"]).await.json();
    pass(&project, Duration::from_hours(9));
    let again = refresh(&project, &first["refresh_token"]).await;
    assert_eq!(
        (again.status, &again.json()["refresh_token"]),
        (200, &second["refresh_token"])
    );
}

#[tokio::test]
async fn s121_a_token_two_generations_old_ends_the_family() {
    let project = bare_project().await;
    let other = sign_up(&project, "ann@example.com").await.json();
    let first = sign_in(&project, "ann@example.com", PASSWORD).await.json();
    let second = refresh(&project, &first["refresh_token"]).await.json();
    let third = refresh(&project, &second["refresh_token"]).await.json();
    pass(&project, Duration::from_secs(12));
    let reused = refresh(&project, &first["refresh_token"]).await;
    assert_eq!(
        (reused.status, &reused.json()["error_code"]),
        (400, &json!("refresh_token_already_used"))
    );
    pass(&project, Duration::from_secs(24));
    let newest = refresh(&project, &third["refresh_token"]).await;
    assert_eq!(
        (newest.status, &newest.json()["error_code"]),
        (400, &json!("refresh_token_already_used"))
    );
    assert_eq!(refresh(&project, &other["refresh_token"]).await.status, 200);
}

#[tokio::test]
async fn s122_unknown_and_malformed_refresh_tokens_are_told_apart() {
    let project = bare_project().await;
    let unknown = refresh(&project, &json!("abcdefghijkl")).await;
    assert_eq!(
        (unknown.status, &unknown.json()["error_code"]),
        (400, &json!("refresh_token_not_found"))
    );
    let malformed = refresh(&project, &json!("abc")).await;
    assert_eq!(
        (malformed.status, &malformed.json()["error_code"]),
        (400, &json!("validation_failed"))
    );
}

#[tokio::test]
async fn s123_after_a_local_logout_neither_token_of_the_session_works() {
    let project = bare_project().await;
    let session = sign_up(&project, "ann@example.com").await.json();
    let token = session["access_token"].as_str().unwrap();
    let logout = app(&project, Method::POST, "/auth/v1/logout?scope=local").bearer_auth(token);
    let logout = send(logout).await;
    assert_eq!((logout.status, logout.text.as_str()), (204, ""));
    let answer = refresh(&project, &session["refresh_token"]).await;
    assert_eq!(
        (answer.status, &answer.json()["error_code"]),
        (400, &json!("refresh_token_not_found"))
    );
    let answer = get_user(&project, token).await;
    assert_eq!(
        (answer.status, &answer.json()["error_code"]),
        (403, &json!("session_not_found"))
    );
}

#[tokio::test]
async fn s124_the_user_needs_a_token_that_has_not_expired() {
    let project = bare_project().await;
    let none = send(app(&project, Method::GET, "/auth/v1/user")).await;
    assert_eq!(
        (none.status, &none.json()["error_code"]),
        (401, &json!("no_authorization"))
    );
    let session = sign_up(&project, "ann@example.com").await.json();
    let token = session["access_token"].as_str().unwrap();
    assert_eq!(get_user(&project, token).await.status, 200);
    pass(&project, Duration::from_hours(1) + Duration::from_secs(1));
    let expired = get_user(&project, token).await;
    assert_eq!(
        (expired.status, &expired.json()["error_code"]),
        (403, &json!("bad_jwt"))
    );
}

#[tokio::test]
async fn s125_health_and_settings_need_no_session_and_the_public_keys_no_api_key() {
    let project = bare_project().await;
    let health = send(app(&project, Method::GET, "/auth/v1/health")).await;
    assert_eq!(
        (health.status, &health.json()["name"]),
        (200, &json!("GoTrue"))
    );
    let settings = send(app(&project, Method::GET, "/auth/v1/settings"))
        .await
        .json();
    assert_eq!(settings["external"]["email"], true);
    assert_eq!(
        (&settings["disable_signup"], &settings["mailer_autoconfirm"]),
        (&json!(false), &json!(true))
    );
    let jwks = send(request(
        &project,
        Method::GET,
        "/auth/v1/.well-known/jwks.json",
    ))
    .await;
    assert_eq!((jwks.status, jwks.json()), (200, json!({"keys": []})));
}

#[tokio::test]
async fn s126_the_access_token_carries_what_policies_and_clients_read() {
    let project = bare_project().await;
    let session = sign_up(&project, "ann@example.com").await.json();
    let claims = claims(&project, &session);
    assert_eq!(claims["sub"], session["user"]["id"]);
    assert_eq!(claims["iss"], format!("{}/auth/v1", project.url()));
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        3600
    );
    for (name, value) in [
        ("aud", json!("authenticated")),
        ("role", json!("authenticated")),
        ("email", json!("ann@example.com")),
        ("aal", json!("aal1")),
        ("is_anonymous", json!(false)),
        (
            "app_metadata",
            json!({"provider": "email", "providers": ["email"]}),
        ),
    ] {
        assert_eq!(claims[name], value, "{name}");
    }
    assert_eq!(claims["amr"][0]["method"], "password");
    assert_eq!(claims["user_metadata"]["email"], "ann@example.com");
    assert!(claims["session_id"].is_string());
}

#[tokio::test]
async fn a_seeded_password_made_by_the_database_signs_in() {
    let project = bare_project().await;
    let admin = project.admin().await.unwrap();
    admin
        .batch_execute(
            "insert into auth.users (id, email, encrypted_password, email_confirmed_at, aud, role)
             values (gen_random_uuid(), 'eric@example.com', extensions.crypt('rock', extensions.gen_salt('bf')),
                     now(), 'authenticated', 'authenticated')",
        )
        .await
        .unwrap();
    assert_eq!(
        sign_in(&project, "eric@example.com", "rock").await.status,
        200
    );
    assert_eq!(
        sign_in(&project, "eric@example.com", "roll").await.status,
        400
    );
}

#[tokio::test]
async fn concurrent_refreshes_of_one_token_get_one_and_the_same_new_one() {
    let project = bare_project().await;
    let first = sign_up(&project, "ann@example.com").await.json();
    let token = &first["refresh_token"];
    let answers = futures_util::future::join_all((0..8).map(|_| refresh(&project, token))).await;
    let tokens: Vec<Value> = answers
        .iter()
        .map(|a| a.json()["refresh_token"].clone())
        .collect();
    assert!(tokens[0].is_string() && &tokens[0] != token);
    assert!(tokens.iter().all(|other| other == &tokens[0]), "{tokens:?}");
}

#[tokio::test]
async fn the_rate_limit_switch_refuses_sign_in_and_refresh_but_not_the_user() {
    let project = bare_project().await;
    let session = sign_up(&project, "ann@example.com").await.json();
    project.faults().change(|state| state.rate_limited = true);
    let answer = refresh(&project, &session["refresh_token"]).await;
    assert_eq!(
        (answer.status, &answer.json()["error_code"]),
        (429, &json!("over_request_rate_limit"))
    );
    let token = session["access_token"].as_str().unwrap();
    assert_eq!(get_user(&project, token).await.status, 200);
    project.faults().clear();
    assert_eq!(
        refresh(&project, &session["refresh_token"]).await.status,
        200
    );
}

#[tokio::test]
async fn what_is_not_offered_is_refused_by_name() {
    let project = bare_project().await;
    for (path, what) in [
        ("token?grant_type=pkce", "the grant \"pkce\""),
        ("magiclink", "/magiclink"),
    ] {
        let answer = post(&project, &format!("/auth/v1/{path}"), json!({})).await;
        let text = format!("This development server does not offer {what}.");
        let expected = json!({"code": 501, "error_code": "not_offered", "msg": text});
        assert_eq!((answer.status, answer.json()), (501, expected), "{path}");
    }
}
