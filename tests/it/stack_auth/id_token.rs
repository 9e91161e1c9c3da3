//! Tokens of Apple and Google, as the stand-in makes them: which are taken, and whose they are.

use reqwest::Method;
use rockon_local_stack::{AuthSettings, Contents, IdTokenRequest, Project, ProjectConfig};
use rockon_tests::http::{Answer, app, order, send};
use rockon_tests::{bare_project, fast, project_with};
use serde_json::{Value, json};

const APP: &str = "org.rockon.app";
const ANN: &str = "ann@example.com";
const PASSWORD: &str = "correct horse 42";

async fn project() -> Project {
    project_with(ProjectConfig {
        contents: Contents::Bare,
        auth: AuthSettings {
            id_tokens_for: Some(APP.to_owned()),
            autoconfirm: false,
            ..fast().auth
        },
        ..fast()
    })
    .await
}

fn token(project: &Project, nonce: &str, claims: Value) -> String {
    let Value::Object(claims) = claims else {
        panic!("claims are an object");
    };
    let request = IdTokenRequest {
        provider: "google".to_owned(),
        nonce: nonce.to_owned(),
        claims,
    };
    project.id_token(&request).unwrap()
}

async fn enter(project: &Project, token: &str, nonce: &str) -> Answer {
    let body = json!({ "provider": "google", "id_token": token, "nonce": nonce });
    let path = "/auth/v1/token?grant_type=id_token";
    send(app(project, Method::POST, path).json(&body)).await
}

async fn post(project: &Project, path: &str, body: Value) -> Answer {
    send(app(project, Method::POST, path).json(&body)).await
}

fn oauth(error: &str, description: &str) -> Value {
    json!({ "error": error, "error_description": description })
}

#[tokio::test]
async fn what_is_wrong_with_a_token_is_said_in_the_shape_of_oauth() {
    let project = project().await;
    let person = json!({ "sub": "7", "email": ANN });
    let with = |name: &str, value: Value| {
        let mut claims = person.clone();
        claims[name] = value;
        token(&project, "", claims)
    };
    let invalid = "invalid request";
    let bad = oauth(invalid, "Bad ID token");
    let access = project
        .keys()
        .sign(&json!({ "sub": "7", "aud": APP, "exp": 4_000_000_000_u64,
        "iss": "https://accounts.google.com", "email": ANN, "email_verified": true }));
    let no_sub = oauth(invalid, "Missing sub claim in id_token");
    let another_app = oauth(invalid, "Unacceptable audience in id_token: [x.y]");
    for (token, said) in [
        (String::new(), oauth(invalid, "id_token required")),
        ("no token".to_owned(), bad.clone()),
        (access.unwrap(), bad.clone()),
        (with("exp", json!(1)), bad.clone()),
        (with("exp", Value::Null), bad.clone()),
        (with("iss", json!("https://appleid.apple.com")), bad),
        (with("sub", Value::Null), no_sub),
        (with("aud", json!("x.y")), another_app),
    ] {
        let answer = enter(&project, &token, "").await;
        assert_eq!((answer.status, answer.json()), (400, said));
        assert_eq!(answer.header("x-sb-error-code"), "");
    }
    let unverified = enter(&project, &with("email_verified", json!(false)), "").await;
    let code = unverified.json()["error_code"].clone();
    assert_eq!(
        (unverified.status, code),
        (422, json!("provider_email_needs_verification"))
    );
}

#[tokio::test]
async fn a_nonce_is_handed_in_as_it_is_and_held_as_its_hash_or_neither() {
    let project = project().await;
    let person = json!({ "sub": "7", "email": ANN });
    let invalid = "invalid request";
    let both = oauth(
        invalid,
        "Passed nonce and nonce in id_token should either both exist or not.",
    );
    for (held, given, said) in [
        ("", "mine", both.clone()),
        ("mine", "", both),
        ("mine", "another", oauth("invalid nonce", "Nonces mismatch")),
    ] {
        let answer = enter(&project, &token(&project, held, person.clone()), given).await;
        assert_eq!((answer.status, answer.json()), (400, said));
    }
    let mine = token(&project, "mine", person);
    assert_eq!(enter(&project, &mine, "mine").await.status, 200);
}

#[tokio::test]
async fn a_person_is_known_by_the_services_id_then_by_the_address_and_else_is_new() {
    let project = project().await;
    let claims =
        json!({ "sub": "7", "email": "Ann@Example.com", "email_verified": "true", "name": "Ann" });
    let new = enter(&project, &token(&project, "", claims), "").await;
    assert_eq!(new.status, 200, "{}", new.text);
    let user = new.json()["user"].clone();
    assert_eq!(
        user["app_metadata"],
        json!({ "provider": "google", "providers": ["google"] })
    );
    assert_eq!(
        (&user["email"], &user["user_metadata"]["name"]),
        (&json!(ANN), &json!("Ann"))
    );
    let signed = new.json()["access_token"].as_str().unwrap().to_owned();
    let claims = project.keys().verify_signature(&signed).unwrap();
    assert_eq!(claims["amr"][0]["method"], "oauth");
    let moved = json!({ "sub": "7", "email": "ann.b@example.com" });
    let same = enter(&project, &token(&project, "", moved), "")
        .await
        .json();
    assert_eq!(
        (&same["user"]["id"], &same["user"]["email"]),
        (&user["id"], &json!(ANN))
    );
}

#[tokio::test]
async fn who_has_the_address_signs_in_both_ways_unless_it_was_never_confirmed() {
    let project = project().await;
    let sam = "sam@example.com";
    for email in [ANN, sam] {
        let body = json!({ "email": email, "password": PASSWORD });
        assert_eq!(post(&project, "/auth/v1/signup", body).await.status, 200);
    }
    let code = project.mails()[0].code.clone();
    let confirm = json!({ "type": "signup", "email": sam, "token": code });
    assert_eq!(post(&project, "/auth/v1/verify", confirm).await.status, 200);
    for (email, providers, password) in [
        (sam, json!(["email", "google"]), 200),
        (ANN, json!(["google"]), 400),
    ] {
        let claims = json!({ "sub": email, "email": email });
        let entered = enter(&project, &token(&project, "", claims), "")
            .await
            .json();
        assert_eq!(entered["user"]["app_metadata"]["providers"], providers);
        let body = json!({ "email": email, "password": PASSWORD });
        let path = "/auth/v1/token?grant_type=password";
        assert_eq!(post(&project, path, body).await.status, password, "{email}");
    }
}

#[tokio::test]
async fn without_an_app_both_services_are_off_and_others_are_never_on() {
    let off = bare_project().await;
    let answer = enter(&off, "token", "").await;
    let code = answer.json()["error_code"].clone();
    assert_eq!((answer.status, code), (400, json!("provider_disabled")));
    let body = json!({ "provider": "azure", "id_token": "token" });
    let answer = post(&off, "/auth/v1/token?grant_type=id_token", body).await;
    let text = "Custom OIDC provider \"azure\" not allowed";
    assert_eq!((answer.status, &answer.json()["msg"]), (400, &json!(text)));
    for (project, on) in [(&off, false), (&project().await, true)] {
        let settings = send(app(project, Method::GET, "/auth/v1/settings"))
            .await
            .json();
        assert_eq!(settings["external"]["google"], on);
    }
}

#[tokio::test]
async fn an_order_makes_a_token_that_is_taken() {
    let project = project().await;
    let wanted =
        json!({ "provider": "google", "nonce": "n", "claims": { "sub": "1", "email": ANN } });
    let made = order(&project, Method::POST, "/admin/id_tokens", Some(wanted))
        .await
        .json();
    let entered = enter(&project, made["id_token"].as_str().unwrap(), "n").await;
    assert_eq!(entered.status, 200, "{}", entered.text);
}
