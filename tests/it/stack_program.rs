//! `rockon stack` as a program: what it says of itself, and on which data it runs.

use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Stdio};

use rockon_local_stack::{Cluster, ClusterConfig, Owner};
use rockon_tests::eventually;
use rockon_tests::http::{client, send};
use rockon_tests::phone::PATIENCE;
use serde_json::json;
use tempfile::TempDir;

use crate::cli::{first_lines, open_to_all, output, rockon, said, text};

/// A stack that runs; a test that fails leaves none behind.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts it on a free port and gives what it printed.
fn start(more: &[&str]) -> (Running, String) {
    let mut command = rockon(&["stack", "--port", "0"]);
    command.args(more).stdout(Stdio::piped());
    let mut running = Running(command.spawn().unwrap());
    let lines = first_lines(&mut running.0);
    (running, lines)
}

/// Ends it the polite way.
fn stop(mut running: Running) {
    let pid = running.0.id().to_string();
    let asked = std::process::Command::new("kill").arg(&pid).status();
    assert!(asked.unwrap().success());
    assert!(running.0.wait().unwrap().success());
}

/// A directory that the server's user gets to.
fn place() -> TempDir {
    let place = TempDir::new_in("/tmp").unwrap();
    open_to_all(place.path());
    place
}

/// Changes the data of a stack that does not run.
async fn change(data: &Path, sql: &str) {
    let config = ClusterConfig {
        data: Some(data.to_owned()),
        ..ClusterConfig::default()
    };
    let cluster = Cluster::start(config).await.unwrap();
    let database = cluster.superuser("rockon").await.unwrap();
    database.batch_execute(sql).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_there_is_served_and_only_its_own_accounts_are_named() {
    let place = place();
    let data = place.path().join("data");
    let path = data.to_str().unwrap();
    let (child, lines) = start(&["--data", path]);
    let members = "eric@rock-on.test (admin), sam@rock-on.test, toni@rock-on.test (viewer)";
    assert_eq!(said(&lines, "members"), members);
    assert_eq!(said(&lines, "password"), "rock-on-demo");
    let first_key = said(&lines, "admin key");
    stop(child);

    // As if it had been brought from elsewhere.
    let others = "set session_replication_role = replica;
        delete from auth.users where email <> 'sam@rock-on.test'; create table public.brought as select 7 as id";
    change(&data, others).await;
    let (child, lines) = start(&["--data", path]);
    assert_eq!(said(&lines, "members"), "sam@rock-on.test");
    assert_ne!(said(&lines, "admin key"), first_key, "new with each start");
    let table = format!("{}/brought", said(&lines, "REST URL"));
    let table = client()
        .get(table)
        .header("apikey", said(&lines, "secret key"));
    assert_eq!(send(table).await.json(), json!([{ "id": 7 }]));
    stop(child);

    let nobody = "set session_replication_role = replica; delete from auth.users";
    change(&data, nobody).await;
    let (child, lines) = start(&["--data", path]);
    for name in ["members", "password"] {
        assert!(!lines.contains(&format!("{name}: ")), "{lines}");
    }
    stop(child);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_confirm_an_account_waits_for_the_code_of_a_mail_that_is_read_by_order() {
    let (child, lines) = start(&["--confirm"]);
    let url = said(&lines, "API URL");
    let post = |path: &str, body: serde_json::Value| {
        let request = client().post(format!("{url}/auth/v1/{path}"));
        send(
            request
                .header("apikey", said(&lines, "anon key"))
                .json(&body),
        )
    };
    let ann = json!({ "email": "ann@example.com", "password": "correct horse 42" });
    let user = post("signup", ann.clone()).await.json();
    assert_eq!(user["email"], "ann@example.com");
    let path = "token?grant_type=password";
    let early = post(path, ann.clone()).await.json();
    assert_eq!(early["error_code"], "email_not_confirmed");
    let mails = client().get(format!("{url}/admin/mail"));
    let mails = send(mails.bearer_auth(said(&lines, "admin key")))
        .await
        .json();
    assert_eq!(mails[0]["to"], "ann@example.com");
    let code = json!({ "type": "signup", "email": "ann@example.com", "token": mails[0]["code"] });
    assert_eq!(post("verify", code).await.status, 200);
    assert_eq!(post(path, ann).await.status, 200);
    stop(child);
}

#[tokio::test]
async fn a_data_directory_that_the_database_cannot_reach_is_said_in_one_line_with_what_to_do() {
    if Owner::choose().unwrap() == Owner::Caller {
        return;
    }
    let closed = TempDir::new_in("/tmp").unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::set_permissions(closed.path(), mode).unwrap();
    let data = closed.path().join("x");
    let mut command = rockon(&["stack", "--port", "0", "--data", data.to_str().unwrap()]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = Running(command.spawn().unwrap());
    let status = eventually("it gives up", PATIENCE, || {
        std::future::ready(running.0.try_wait().unwrap())
    })
    .await;
    let mut said = String::new();
    let errors = running.0.stderr.as_mut().unwrap();
    errors.read_to_string(&mut said).unwrap();
    assert_eq!(status.code(), Some(1), "{said}");
    assert_eq!(
        said.lines()
            .filter(|line| line.starts_with("error:"))
            .count(),
        1,
        "{said}"
    );
    let closed = closed.path().display();
    for words in [
        format!("cannot enter {closed}."),
        format!("chmod o+x {closed}"),
        "/var/lib".to_owned(),
    ] {
        assert!(said.contains(&words), "{words} in {said}");
    }
    assert!(!said.contains("initdb"), "{said}");
}

#[test]
fn the_help_says_what_becomes_of_a_database_that_is_there_and_what_opens_the_orders() {
    let said = text(&output(rockon(&["stack", "--help"])));
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "A database that is there already is served as it is",
        "Authorization: Bearer <admin key>",
        "/admin/mail",
        "--confirm",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    assert!(!said.contains("key_auth"), "{said}");
}
