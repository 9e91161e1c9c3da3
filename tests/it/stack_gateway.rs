//! The gateway before the services: keys, what it answers itself, and what browsers are told.

use reqwest::Method;
use rockon_local_stack::{Contents, Outage, Project, ProjectConfig, Service};
use rockon_tests::http::{Answer, app, request, send};
use rockon_tests::{bare_project, fast, project_with};
use serde_json::json;

const ORIGIN: &str = "http://localhost:3000";
const HEALTH: &str = "/auth/v1/health";
const JSON: &str = "application/json; charset=utf-8";

/// A path of each service, and what it answers there to nobody with a key.
const PATHS: [(&str, u16); 3] = [
    ("/auth/v1/user", 401),
    ("/rest/v1/no_such_table", 404),
    ("/realtime/v1/api/ping", 200),
];

async fn from_page(project: &Project, path: &str) -> Answer {
    send(app(project, Method::GET, path).header("origin", ORIGIN)).await
}

#[tokio::test]
async fn a_request_without_a_known_key_is_refused_by_the_gateway() {
    let project = bare_project().await;
    for (path, status) in PATHS {
        let none = send(request(&project, Method::GET, path)).await;
        let wrong = request(&project, Method::GET, path).header("apikey", "wrong");
        for (answer, text) in [
            (none, "No API key found in request"),
            (send(wrong).await, "Invalid authentication credentials"),
        ] {
            assert_eq!(
                (answer.status, answer.json()),
                (401, json!({ "message": text })),
                "{path}"
            );
            assert_eq!(answer.header("content-type"), JSON);
            assert!(answer.header("www-authenticate").starts_with("Key"));
        }
        let keys = project.keys();
        for key in [
            keys.anon(),
            keys.service(),
            keys.publishable(),
            keys.secret_key(),
        ] {
            // A server's opaque key is a token too, and no user's.
            let is_token = path == "/auth/v1/user" && key == keys.secret_key();
            let status = if is_token { 403 } else { status };
            let known = request(&project, Method::GET, path).header("apikey", key);
            assert_eq!(send(known).await.status, status, "{path} {key}");
            let known = format!("{path}?apikey={key}");
            let known = send(request(&project, Method::GET, &known)).await;
            assert_ne!(known.json()["message"], "No API key found in request");
        }
    }
}

#[tokio::test]
async fn links_and_public_keys_need_no_api_key() {
    let project = bare_project().await;
    let keys = send(request(
        &project,
        Method::GET,
        "/auth/v1/.well-known/jwks.json",
    ))
    .await;
    assert_eq!((keys.status, keys.json()), (200, json!({ "keys": [] })));
    let link = request(
        &project,
        Method::GET,
        "/auth/v1/verify?type=signup&token=none",
    );
    assert_eq!(send(link).await.status, 303);
}

#[tokio::test]
async fn a_gateway_without_key_check_leaves_the_key_to_the_service() {
    let project = project_with(ProjectConfig {
        contents: Contents::Bare,
        key_check: false,
        ..fast()
    })
    .await;
    assert_eq!(
        send(request(&project, Method::GET, HEALTH)).await.status,
        200
    );
    let stranger = request(&project, Method::GET, "/rest/v1/t").header("apikey", "wrong");
    assert_eq!(send(stranger).await.json()["code"], "PGRST301");
}

#[tokio::test]
async fn the_user_without_a_token_is_nobody_whatever_key_the_app_has() {
    let project = bare_project().await;
    let keys = project.keys();
    for key in [keys.anon(), keys.publishable(), keys.service()] {
        let user = request(&project, Method::GET, "/auth/v1/user").header("apikey", key);
        for request in [
            user.try_clone().unwrap(),
            user.bearer_auth(keys.publishable()),
        ] {
            let answer = send(request).await;
            assert_eq!(
                (answer.status, &answer.json()["error_code"]),
                (401, &json!("no_authorization")),
                "{key}"
            );
        }
    }
    // A server's opaque key opens what is a server's.
    let server = |method, path: &str| {
        let path = format!("/auth/v1/admin/{path}");
        request(&project, method, &path).header("apikey", keys.secret_key())
    };
    let user = json!({"email": "ann@example.com"});
    let made = send(server(Method::POST, "users").json(&user)).await;
    assert_eq!(made.status, 200);
    for path in ["users", "users/x"] {
        let answer = send(server(Method::GET, path)).await;
        assert_eq!(
            (answer.status, &answer.json()["error_code"]),
            (501, &json!("not_offered"))
        );
    }
}

#[tokio::test]
async fn what_the_gateway_says_itself_is_json_with_a_charset() {
    let project = bare_project().await;
    let nowhere = send(request(&project, Method::GET, "/nowhere")).await;
    assert_eq!(
        (nowhere.status, nowhere.header("content-type")),
        (404, JSON)
    );
    for outage in [Outage::Removed, Outage::Crashed, Outage::NoPeer] {
        project.faults().stop(Service::Auth, outage);
        let away = send(app(&project, Method::GET, HEALTH)).await;
        assert_eq!(away.header("content-type"), JSON);
    }
    // The services themselves: auth without, rest with one.
    project.faults().clear();
    let auth = send(app(&project, Method::GET, HEALTH)).await;
    assert_eq!(auth.header("content-type"), "application/json");
}

#[tokio::test]
async fn pages_of_every_origin_may_read_every_answer_of_a_service() {
    let project = bare_project().await;
    for (path, status) in PATHS {
        let answer = from_page(&project, path).await;
        let everyone = answer.header("access-control-allow-origin");
        assert_eq!((answer.status, everyone), (status, "*"), "{path}");
        let refused = request(&project, Method::GET, path).header("origin", ORIGIN);
        let refused = send(refused).await;
        let everyone = refused.header("access-control-allow-origin");
        assert_eq!((refused.status, everyone), (401, "*"), "{path}");
    }
    project.faults().stop(Service::Rest, Outage::Crashed);
    let away = from_page(&project, PATHS[1].0).await;
    let everyone = away.header("access-control-allow-origin");
    assert_eq!((away.status, everyone), (502, "*"));
}

#[tokio::test]
async fn each_service_says_which_headers_a_page_may_read() {
    let project = bare_project().await;
    let exposed = "access-control-expose-headers";
    let auth = from_page(&project, HEALTH).await;
    assert_eq!(auth.header(exposed), "X-Supabase-Api-Version");
    assert_eq!(auth.header("access-control-allow-credentials"), "true");
    let rest = from_page(&project, PATHS[1].0).await;
    assert_eq!(rest.header(exposed), "Content-Range");
    assert_eq!(rest.header("access-control-allow-credentials"), "");
}

#[tokio::test]
async fn a_browsers_question_is_answered_for_every_path_without_a_key() {
    let project = bare_project().await;
    let wanted =
        "apikey,authorization,content-profile,content-type,prefer,x-client-info,x-of-tomorrow";
    let paths = [
        "/auth/v1/token?grant_type=password",
        "/rest/v1/songs",
        "/rest/v1/rpc/sync_pull",
        "/realtime/v1/api/broadcast",
    ];
    for path in paths {
        for method in ["POST", "PATCH", "DELETE", "PUT", "GET"] {
            let question = request(&project, Method::OPTIONS, path)
                .header("origin", ORIGIN)
                .header("access-control-request-method", method)
                .header("access-control-request-headers", wanted);
            let answer = send(question).await;
            assert_eq!((answer.status, answer.text.as_str()), (200, ""), "{path}");
            assert_eq!(answer.header("access-control-allow-origin"), "*");
            assert_eq!(answer.header("access-control-allow-headers"), wanted);
            let methods = answer.header("access-control-allow-methods");
            assert!(methods.split(',').any(|one| one == method), "{methods}");
        }
    }
}

#[tokio::test]
async fn what_auth_answers_depends_on_the_origin_and_says_so() {
    let project = bare_project().await;
    for path in [HEALTH, "/auth/v1/user", "/auth/v1/no/such/path"] {
        let answer = send(app(&project, Method::GET, path)).await;
        assert_eq!(answer.header("vary"), "Origin", "{path}");
    }
}
