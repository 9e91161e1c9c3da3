//! Codes and links of mails: sign-in without a password, a forgotten password, a confirmed address.

use std::time::Duration;

use reqwest::Method;
use rockon_local_stack::{AuthSettings, Contents, Mail, Project, ProjectConfig};
use rockon_tests::http::{Answer, app, order, request, send};
use rockon_tests::{bare_project, fast, project, project_with};
use serde_json::{Value, json};

const ANN: &str = "ann@example.com";
const PASSWORD: &str = "correct horse 42";

async fn post(project: &Project, path: &str, body: Value) -> Answer {
    send(app(project, Method::POST, path).json(&body)).await
}

/// Asks for a mail that is sent, and gives it.
async fn mail(project: &Project, path: &str, body: Value) -> Mail {
    let before = project.mails().len();
    let answer = post(project, path, body).await;
    assert_eq!((answer.status, answer.json()), (200, json!({})), "{path}");
    let mails = project.mails();
    assert_eq!(mails.len(), before + 1, "{path}");
    mails[0].clone()
}

async fn code(project: &Project, email: &str) -> Mail {
    mail(project, "/auth/v1/otp", json!({ "email": email })).await
}

async fn verify(project: &Project, kind: &str, email: &str, code: &str) -> Answer {
    let body = json!({ "type": kind, "email": email, "token": code });
    post(project, "/auth/v1/verify", body).await
}

fn refused(answer: &Answer) {
    let seen = (answer.status, answer.json()["error_code"].clone());
    assert_eq!(seen, (403, json!("otp_expired")));
}

async fn sign_up(project: &Project, email: &str) -> Answer {
    let body = json!({ "email": email, "password": PASSWORD, "data": { "name": "Ann" } });
    post(project, "/auth/v1/signup", body).await
}

async fn sign_in(project: &Project, email: &str, password: &str) -> u16 {
    let body = json!({ "email": email, "password": password });
    let path = "/auth/v1/token?grant_type=password";
    post(project, path, body).await.status
}

/// A project where an address is confirmed by mail.
async fn confirming() -> Project {
    project_with(ProjectConfig {
        contents: Contents::Bare,
        auth: AuthSettings {
            autoconfirm: false,
            ..fast().auth
        },
        ..fast()
    })
    .await
}

fn pass(project: &Project, time: Duration) {
    let ms = i64::try_from(time.as_millis()).unwrap();
    project.clock().set_offset_ms(ms);
}

#[tokio::test]
async fn a_member_signs_in_by_the_code_of_a_mail() {
    let project = project().await;
    let mail = code(&project, "eric@rock-on.test").await;
    assert_eq!(
        (mail.to.as_str(), mail.kind),
        ("eric@rock-on.test", "magiclink")
    );
    assert!(mail.code.len() == 6 && mail.code.bytes().all(|b| b.is_ascii_digit()));
    let answer = verify(&project, "email", "Eric@Rock-On.test", &mail.code).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let session = answer.json();
    assert_eq!(session["user"]["email"], "eric@rock-on.test");
    let token = session["access_token"].as_str().unwrap();
    let claims = project.keys().verify_signature(token).unwrap();
    assert_eq!(claims["amr"][0]["method"], "otp");
    let refresh = json!({ "refresh_token": session["refresh_token"] });
    let path = "/auth/v1/token?grant_type=refresh_token";
    assert_eq!(post(&project, path, refresh).await.status, 200);
}

#[tokio::test]
async fn somebody_new_becomes_a_user_by_the_code_unless_the_app_says_otherwise() {
    let project = bare_project().await;
    let closed = json!({ "email": ANN, "create_user": false });
    let answer = post(&project, "/auth/v1/otp", closed).await;
    assert_eq!(
        (answer.status, &answer.json()["error_code"]),
        (422, &json!("otp_disabled"))
    );
    assert_eq!(project.mails(), []);
    let asked = json!({ "email": ANN, "create_user": true, "data": { "name": "Ann" } });
    let mail = mail(&project, "/auth/v1/otp", asked).await;
    let user = verify(&project, "email", ANN, &mail.code).await.json()["user"].clone();
    assert_eq!(user["user_metadata"]["name"], "Ann");
    let known = json!({ "email": ANN, "create_user": false });
    pass(&project, Duration::from_secs(61));
    assert_eq!(
        post(&project, "/auth/v1/otp", known).await.status,
        200,
        "now known"
    );
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_after_the_code() {
    let project = bare_project().await;
    sign_up(&project, ANN).await;
    let mail = mail(&project, "/auth/v1/recover", json!({ "email": ANN })).await;
    assert_eq!(mail.kind, "recovery");
    let session = verify(&project, "recovery", ANN, &mail.code).await.json();
    let token = session["access_token"].as_str().unwrap();
    let change = app(&project, Method::PUT, "/auth/v1/user").bearer_auth(token);
    let change = change.json(&json!({ "password": "another horse 43" }));
    assert_eq!(send(change).await.status, 200);
    assert_eq!(sign_in(&project, ANN, "another horse 43").await, 200);
    assert_eq!(sign_in(&project, ANN, PASSWORD).await, 400);
    let nobody = json!({ "email": "nobody@example.com" });
    let answer = post(&project, "/auth/v1/recover", nobody).await;
    assert_eq!((answer.status, answer.json()), (200, json!({})));
    assert_eq!(project.mails().len(), 1, "nobody gets no mail");
}

#[tokio::test]
async fn an_address_is_confirmed_by_the_code_of_the_sign_up_or_of_a_second_mail() {
    let project = confirming().await;
    sign_up(&project, ANN).await;
    let first = project.mails()[0].clone();
    assert_eq!((first.kind, first.to.as_str()), ("signup", ANN));
    assert_eq!(sign_in(&project, ANN, PASSWORD).await, 400);
    pass(&project, Duration::from_secs(61));
    let again = json!({ "type": "signup", "email": ANN });
    let second = mail(&project, "/auth/v1/resend", again).await;
    refused(&verify(&project, "signup", ANN, &first.code).await);
    refused(&verify(&project, "recovery", ANN, &second.code).await);
    let session = verify(&project, "signup", ANN, &second.code).await;
    assert_eq!(session.status, 200, "{}", session.text);
    let user = &session.json()["user"];
    assert!(user["email_confirmed_at"].is_string());
    assert_eq!(user["user_metadata"]["email_verified"], true);
    assert_eq!(
        user["identities"][0]["identity_data"]["email_verified"],
        true
    );
    assert_eq!(sign_in(&project, ANN, PASSWORD).await, 200);
}

#[tokio::test]
async fn a_code_works_once_also_when_two_hand_it_in_together() {
    let project = bare_project().await;
    let mail = code(&project, ANN).await;
    let tries = (0..6).map(|_| verify(&project, "email", ANN, &mail.code));
    let answers = futures_util::future::join_all(tries).await;
    let taken = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(taken, 1);
    let mut others = answers.iter().filter(|answer| answer.status != 200);
    assert!(others.all(|answer| answer.json()["error_code"] == "otp_expired"));
    refused(&verify(&project, "email", ANN, &mail.code).await);
}

#[tokio::test]
async fn a_code_is_good_for_an_hour() {
    let project = bare_project().await;
    let mail = code(&project, ANN).await;
    pass(&project, Duration::from_secs(3_601));
    refused(&verify(&project, "email", ANN, &mail.code).await);
    pass(&project, Duration::from_secs(3_601 + 61));
    let mail = code(&project, ANN).await;
    pass(&project, Duration::from_secs(3_601 + 61 + 3_590));
    let answer = verify(&project, "email", ANN, &mail.code).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn after_ten_wrong_codes_the_right_one_is_worth_nothing() {
    let project = bare_project().await;
    let (ann, ben) = (
        code(&project, ANN).await,
        code(&project, "ben@example.com").await,
    );
    let wrong = if ann.code == "000000" {
        "000001"
    } else {
        "000000"
    };
    for _ in 0..10 {
        refused(&verify(&project, "email", ANN, wrong).await);
    }
    refused(&verify(&project, "email", ANN, &ann.code).await);
    let other = verify(&project, "email", "ben@example.com", &ben.code).await;
    assert_eq!(other.status, 200, "another's is as good as before");
}

#[tokio::test]
async fn the_database_holds_no_code_and_the_log_of_a_mail_neither() {
    let project = bare_project().await;
    let mail = code(&project, ANN).await;
    assert!(!format!("{mail:?}").contains(&mail.code));
    assert!(!format!("{:?}", project.shared()).contains(&mail.code));
    let admin = project.admin().await.unwrap();
    let tables = admin
        .query(
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'auth'",
            &[],
        )
        .await
        .unwrap();
    assert!(tables.len() > 4);
    for table in tables {
        let table: String = table.get(0);
        let sql = format!("select exists (select from {table} t where t::text ~ $1)");
        let digits = format!(r"(^|[^0-9a-f.]){}([^0-9a-f]|$)", mail.code);
        let found = admin.query_one(&sql, &[&digits]).await.unwrap();
        assert!(!found.get::<_, bool>(0), "{table}");
    }
}

#[tokio::test]
async fn a_second_mail_within_a_minute_is_refused_for_codes_and_passwords_together() {
    let project = bare_project().await;
    code(&project, ANN).await;
    for path in ["/auth/v1/otp", "/auth/v1/recover"] {
        let answer = post(&project, path, json!({ "email": ANN })).await;
        assert_eq!(
            (answer.status, &answer.json()["error_code"]),
            (429, &json!("over_email_send_rate_limit")),
            "{path}"
        );
    }
    assert_eq!(project.mails().len(), 1);
}

#[tokio::test]
async fn a_link_signs_a_browser_in_once_and_sends_it_to_this_machine_only() {
    let project = bare_project().await;
    let asked = json!({ "email": ANN });
    let path = "/auth/v1/otp?redirect_to=http%3A%2F%2Flocalhost%3A4000%2Fwelcome";
    let mail = mail(&project, path, asked).await;
    let link = mail.link.strip_prefix(project.url()).unwrap();
    let followed = send(request(&project, Method::GET, link)).await;
    assert_eq!(followed.status, 303);
    let place = followed.header("location").to_owned();
    assert!(
        place.starts_with("http://localhost:4000/welcome#access_token="),
        "{place}"
    );
    assert!(place.ends_with("&sb=&token_type=bearer&type=magiclink"));
    assert_ne!(followed.header("sb-auth-session-id"), "");
    let again = send(request(&project, Method::GET, link)).await;
    assert_eq!(
        again.header("location"),
        "http://localhost:4000/welcome#error=access_denied&error_code=otp_expired&\
         error_description=Email+link+is+invalid+or+has+expired&sb="
    );
    let elsewhere = "/auth/v1/verify?type=magiclink&token=x&redirect_to=https%3A%2F%2Fevil.example";
    let elsewhere = send(request(&project, Method::GET, elsewhere)).await;
    assert!(
        elsewhere
            .header("location")
            .starts_with("http://127.0.0.1:3000#error=")
    );
}

#[tokio::test]
async fn mails_are_read_by_order_the_newest_first_and_only_the_last_hundred() {
    let project = bare_project().await;
    for n in 0..103 {
        let body = json!({ "email": format!("u{n}@example.com") });
        assert_eq!(post(&project, "/auth/v1/otp", body).await.status, 200);
    }
    let shown = order(&project, Method::GET, "/admin/mail", None).await;
    let mails = shown.json();
    let mails = mails.as_array().unwrap();
    assert_eq!(mails.len(), 100);
    assert_eq!(mails[0]["to"], "u102@example.com");
    assert_eq!(mails[99]["to"], "u3@example.com");
    let code = mails[0]["code"].as_str().unwrap();
    let answer = verify(&project, "email", "u102@example.com", code).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn where_addresses_are_confirmed_a_sign_up_does_not_tell_who_has_an_account() {
    let project = confirming().await;
    sign_up(&project, ANN).await;
    let code = project.mails()[0].code.clone();
    verify(&project, "signup", ANN, &code).await;
    let admin = project.admin().await.unwrap();
    let secret = "update auth.users set phone = '491701234567', is_anonymous = true, \
                  raw_app_meta_data = '{\"provider\": \"github\", \"plan\": \"gold\"}'";
    admin.batch_execute(secret).await.unwrap();
    let known = sign_up(&project, ANN).await;
    let new = sign_up(&project, "new@example.com").await;
    assert_eq!((known.status, new.status), (200, 200));
    let (known, new) = (known.json(), new.json());
    for member in ["aud", "phone", "app_metadata", "is_anonymous"] {
        assert_eq!(known[member], new[member], "{member}");
    }
    let names =
        |user: &Value| -> Vec<String> { user.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(names(&known), names(&new));
    assert_eq!(known["user_metadata"]["name"], "Ann");
    let again = sign_up(&project, ANN).await.json();
    assert_ne!(known["id"], again["id"], "made up each time");
    assert_eq!(
        project.mails().len(),
        2,
        "the owner of a known address gets none"
    );
}

/// A project where a new password wants a sign-in of the last day, or a code.
async fn cautious() -> Project {
    project_with(ProjectConfig {
        contents: Contents::Bare,
        auth: AuthSettings {
            reauthenticate_after: Some(Duration::from_hours(24)),
            ..fast().auth
        },
        ..fast()
    })
    .await
}

/// Sets a password; status and code of the answer.
async fn change(project: &Project, token: &str, password: &str, nonce: &str) -> (u16, Value) {
    let body = json!({ "password": password, "nonce": nonce });
    let change = app(project, Method::PUT, "/auth/v1/user").bearer_auth(token);
    let answer = send(change.json(&body)).await;
    (answer.status, answer.json()["error_code"].clone())
}

async fn reauthenticate(project: &Project, token: &str) -> Answer {
    let asked = app(project, Method::GET, "/auth/v1/reauthenticate").bearer_auth(token);
    send(asked).await
}

#[tokio::test]
async fn a_password_is_changed_long_after_the_sign_in_with_a_code_only() {
    let project = cautious().await;
    let session = sign_up(&project, ANN).await.json();
    let token = session["access_token"].as_str().unwrap();
    let fresh = change(&project, token, "another horse 43", "").await;
    assert_eq!(fresh.0, 200, "just signed in");
    let sql = "update auth.sessions set created_at = created_at - interval '25 hours'";
    let admin = project.admin().await.unwrap();
    admin.batch_execute(sql).await.unwrap();
    let new = "another horse 44";
    let needed = (400, json!("reauthentication_needed"));
    assert_eq!(change(&project, token, new, "").await, needed);
    let asked = app(&project, Method::GET, "/auth/v1/reauthenticate");
    assert_eq!(send(asked).await.status, 401, "a token is needed");
    let asked = reauthenticate(&project, token).await;
    assert_eq!((asked.status, asked.json()), (200, json!({})));
    let again = reauthenticate(&project, token).await;
    assert_eq!(again.status, 429, "within a minute");
    let mail = project.mails()[0].clone();
    assert_eq!((mail.kind, mail.to.as_str()), ("reauthentication", ANN));
    let not_valid = (422, json!("reauthentication_not_valid"));
    assert_eq!(change(&project, token, new, "12345").await, not_valid);
    refused(&verify(&project, "email", ANN, &mail.code).await);
    let weak = (422, json!("weak_password"));
    assert_eq!(change(&project, token, "tiny", &mail.code).await, weak);
    assert_eq!(change(&project, token, new, &mail.code).await.0, 200);
    let other = "another horse 45";
    assert_eq!(change(&project, token, other, &mail.code).await, not_valid);
    assert_eq!(sign_in(&project, ANN, new).await, 200);
}
