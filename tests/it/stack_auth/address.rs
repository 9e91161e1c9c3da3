//! A change of address: mails to both, and the new one once both are confirmed.

use std::time::Duration;

use reqwest::Method;
use rockon_local_stack::{Mail, Project};
use rockon_tests::bare_project;
use rockon_tests::http::{Answer, app, request, send};
use serde_json::{Value, json};

const OLD: &str = "ann@example.com";
const NEW: &str = "ann.b@example.com";
const PASSWORD: &str = "correct horse 42";

async fn post(project: &Project, path: &str, body: Value) -> Answer {
    send(app(project, Method::POST, path).json(&body)).await
}

async fn sign_in(project: &Project, email: &str) -> Answer {
    let body = json!({ "email": email, "password": PASSWORD });
    post(project, "/auth/v1/token?grant_type=password", body).await
}

/// Ann asks for the new address; the token of her session, and the mails to the old and to the new one.
async fn asked(project: &Project) -> (String, Mail, Mail) {
    let body = json!({ "email": OLD, "password": PASSWORD });
    let session = post(project, "/auth/v1/signup", body).await.json();
    let token = session["access_token"].as_str().unwrap().to_owned();
    let answer = change(project, &token).await;
    assert_eq!(
        (answer.status, &answer.json()["new_email"]),
        (200, &json!(NEW))
    );
    assert_eq!(answer.json()["email"], OLD);
    let mails = project.mails();
    assert_eq!(mails.len(), 2);
    assert!(mails.iter().all(|mail| mail.kind == "email_change"));
    let to = |email: &str| mails.iter().find(|mail| mail.to == email).unwrap().clone();
    (token, to(OLD), to(NEW))
}

async fn change(project: &Project, token: &str) -> Answer {
    let change = app(project, Method::PUT, "/auth/v1/user").bearer_auth(token);
    send(change.json(&json!({ "email": NEW }))).await
}

async fn verify(project: &Project, mail: &Mail) -> Answer {
    let body = json!({ "type": "email_change", "email": mail.to, "token": mail.code });
    post(project, "/auth/v1/verify", body).await
}

/// Opens the link; where it leads.
async fn follow(project: &Project, mail: &Mail) -> String {
    let path = mail.link.strip_prefix(project.url()).unwrap();
    let answer = send(request(project, Method::GET, path)).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.header("location").to_owned()
}

#[tokio::test]
async fn the_new_address_is_there_once_both_codes_were_handed_in_in_any_order() {
    for order in [[0, 1], [1, 0]] {
        let project = bare_project().await;
        let (token, old, new) = asked(&project).await;
        let mails = [&old, &new];
        let first = verify(&project, mails[order[0]]).await;
        let said =
            "Confirmation link accepted. Please proceed to confirm link sent to the other email";
        assert_eq!(
            (first.status, first.json()),
            (200, json!({ "code": "200", "msg": said }))
        );
        assert_eq!(verify(&project, mails[order[0]]).await.status, 403, "once");
        assert_eq!(sign_in(&project, NEW).await.status, 400);
        let second = verify(&project, mails[order[1]]).await.json();
        assert_eq!(second["user"]["email"], NEW);
        assert!(second["access_token"].is_string());
        assert_eq!(second["user"]["identities"][0]["email"], NEW);
        assert_eq!(sign_in(&project, NEW).await.status, 200);
        assert_eq!(sign_in(&project, OLD).await.status, 400);
        let me = app(&project, Method::GET, "/auth/v1/user").bearer_auth(&token);
        let me = send(me).await;
        assert_eq!(
            (me.status, &me.json()["email"]),
            (200, &json!(NEW)),
            "the session stays"
        );
        assert_eq!(me.json()["new_email"], Value::Null);
    }
}

#[tokio::test]
async fn the_links_do_what_the_codes_do() {
    let project = bare_project().await;
    let (_, old, new) = asked(&project).await;
    let first = follow(&project, &new).await;
    assert!(
        first.contains("#message=Confirmation+link+accepted"),
        "{first}"
    );
    let second = follow(&project, &old).await;
    assert!(
        second.contains("type=email_change") && second.contains("access_token="),
        "{second}"
    );
    let again = follow(&project, &old).await;
    assert!(again.contains("error_code=otp_expired"), "{again}");
    assert_eq!(sign_in(&project, NEW).await.status, 200);
}

#[tokio::test]
async fn the_mails_are_sent_again_after_a_minute_and_the_earlier_codes_are_void() {
    let project = bare_project().await;
    let (token, old, new) = asked(&project).await;
    assert_eq!(change(&project, &token).await.status, 429);
    verify(&project, &new).await;
    let minute = i64::try_from(Duration::from_secs(61).as_millis()).unwrap();
    project.clock().set_offset_ms(minute);
    let again = json!({ "type": "email_change", "email": OLD });
    assert_eq!(post(&project, "/auth/v1/resend", again).await.status, 200);
    assert_eq!(project.mails().len(), 4);
    assert_eq!(verify(&project, &old).await.status, 403);
}

#[tokio::test]
async fn an_address_that_somebody_else_took_meanwhile_is_refused() {
    let project = bare_project().await;
    let (_, old, new) = asked(&project).await;
    let body = json!({ "email": NEW, "password": PASSWORD });
    post(&project, "/auth/v1/signup", body).await;
    verify(&project, &new).await;
    let refused = verify(&project, &old).await;
    let code = refused.json()["error_code"].clone();
    assert_eq!((refused.status, code), (422, json!("email_exists")));
}
