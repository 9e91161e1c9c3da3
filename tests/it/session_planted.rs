//! A secret that is planted in every place appears in no log line, no error text and no `Debug` output.

use std::fmt::Debug;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rockon_core::Error;
use rockon_core::net::{AuthCall, Bearer, CodePurpose, Credentials, LogoutScope};
use rockon_core::redact::Secret;
use rockon_core::session::{SecretStore, Session};
use rockon_core::speech::Language;
use rockon_tests::auth_harness::{
    AuthHarness, ERIC, MARK, PASSWORD, Rotation, grant, refusal, user,
};
use rockon_tests::scripted::{Reply, Request};
use serde_json::{Value, json};
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Lines {
    fn say(&self, what: &(impl Debug + ?Sized)) {
        use io::Write as _;
        let mut to = self.clone();
        writeln!(to, "{what:?} {what:#?}").unwrap();
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

/// Bad answers with the mark in their texts.
fn bad(n: usize) -> Reply {
    let rest = |status, code: &str| {
        let body = json!({ "code": code, "details": MARK, "hint": MARK, "message": format!("{MARK}: {MARK}") });
        Reply::Json(status, body)
    };
    match n {
        0 => refusal(400, "invalid_credentials"),
        1 => refusal(500, "unexpected_failure"),
        2 => refusal(400, &format!("{MARK} with blanks")),
        3 => rest(400, "P0001"),
        4 => rest(401, "PGRST303"),
        5 => rest(503, "PGRST002"),
        6 => Reply::Json(401, json!({ "message": MARK })),
        7 => Reply::Json(200, json!({ "access_token": MARK, "refresh_token": MARK })),
        8 => Reply::Bytes(200, String::new(), format!("<html>{MARK}").into_bytes()),
        9 => Reply::Bytes(
            302,
            format!("location: https://{MARK}.invalid/\r\n"),
            Vec::new(),
        ),
        10 => Reply::CutOff(MARK.as_bytes().to_vec(), 5),
        11 => Reply::Wire(MARK.as_bytes().to_vec()),
        _ => refusal(400, "session_expired"),
    }
}

async fn every_step(lines: &Lines) {
    let rotation = Rotation::hourly();
    let harness = AuthHarness::new(move |request: &Request| rotation.answer(request)).await;
    lines.say(
        &harness
            .session
            .sign_in("PLANTED@example.com", Secret::new(PASSWORD))
            .await,
    );
    show(lines, &harness, &harness.session).await;
    harness.clock.advance(Duration::from_hours(1));
    lines.say(&harness.token().await);
    show(lines, &harness, &harness.restarted()).await;
    for n in 0..=12 {
        harness.server.on(move |_| bad(n));
        harness.clock.advance(Duration::from_hours(1));
        harness.session.retry_now();
        for error in errors(&harness).await.into_iter().flatten() {
            lines.say(&error);
            lines.say(&error.to_string());
            lines.say(&error.advice(Language::English));
        }
        lines.say(&harness.http.realtime_key_probe().await);
        show(lines, &harness, &harness.session).await;
    }
    harness
        .server
        .on(|_| Reply::Json(200, grant(ERIC, 9, 3_600)));
    harness.sign_in().await;
    lines.say(&harness.session.sign_out(LogoutScope::Global).await);
}

async fn errors(harness: &AuthHarness) -> [Option<Error>; 9] {
    let (session, email, body) = (
        &harness.session,
        "PLANTED@example.com",
        json!({ "title": MARK }),
    );
    let called: Result<Value, _> = session.rpc(user(ERIC), "sync_pull", &body).await;
    let direct: Result<i64, _> = harness.http.rpc("sync_pull", &body, Bearer::Key).await;
    [
        harness.token().await.err(),
        called.err(),
        direct.err(),
        session.sign_in(email, Secret::new(PASSWORD)).await.err(),
        session
            .sign_up(email, Secret::new(PASSWORD), "Planted")
            .await
            .err(),
        session
            .sign_in_with_code(CodePurpose::SignIn, email, &Secret::new(MARK))
            .await
            .err(),
        session.set_email(email).await.err(),
        session
            .set_password(Secret::new(MARK), Some(Secret::new(MARK)))
            .await
            .err(),
        session.send_recovery_code(email).await.err(),
    ]
}

async fn show(lines: &Lines, harness: &AuthHarness, session: &Session) {
    let secret = Secret::new(MARK);
    lines.say(session);
    lines.say(&session.state());
    lines.say(&harness.http);
    lines.say(&harness.secrets);
    lines.say(&harness.secrets.read(&format!("session.{ERIC}")));
    let (email, password) = (secret.clone(), secret.clone());
    lines.say(&AuthCall::Enter(&Credentials::Password { email, password }));
    lines.say(&AuthCall::Refresh(&secret));
    lines.say(&Bearer::User(&secret));
    lines.say(&session.token(user(ERIC), Duration::ZERO).await);
}

/// One thread, so that the subscriber of this thread sees every task.
#[test]
fn no_planted_secret_is_written_anywhere() {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(lines.clone())
        .finish();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    tracing::subscriber::with_default(subscriber, || runtime.block_on(every_step(&lines)));
    let text = lines.text();
    assert!(
        text.contains("sync_pull") && text.contains("auth/v1/token"),
        "requests are logged"
    );
    assert!(text.contains("session_expired"), "the whole story was told");
    let leaks: Vec<_> = text.lines().filter(|line| line.contains(MARK)).collect();
    assert!(
        leaks.is_empty(),
        "{} lines, such as {:?}",
        leaks.len(),
        leaks.first()
    );
}
