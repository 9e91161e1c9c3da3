//! Scenarios on a project of anybody's: emptied for each, driven from outside. The local stack's project stands in for it.

use std::sync::Arc;

use reqwest::Method;
use rockon_local_stack::Project;
use rockon_tests::phone::PASSWORD;
use rockon_tests::scenario_server::{Hosted, HostedConfig, Remote, ScenarioServer, Worlds, serve};
use rockon_tests::{http, project};
use serde_json::json;
use tokio::net::TcpListener;

use super::play::play_in;
use super::scenario;

fn config(project: &Project, services: &str) -> HostedConfig {
    HostedConfig::new(
        project.url().to_owned(),
        project.anon_key().to_owned(),
        project.database_url(),
        services.to_owned(),
    )
}

/// One that needs nothing, and one for each word that is carried out on the way to the server or by SQL.
#[tokio::test(flavor = "multi_thread")]
async fn scenarios_are_played_one_after_the_other_over_http() {
    let project = project().await;
    let worlds = Worlds::Hosted(Arc::new(config(&project, "")));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let scenario_server = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(serve(listener, worlds));
    for file in [
        "add_change_delete",
        "answer_lost",
        "realtime_silent",
        "sockets_cut",
        "token_expires_while_sending",
        "offline_edits_and_reconnect",
        "doctor_network",
        "doctor_app",
        "new_epoch",
        "names",
        "password_reset",
        "add_change_delete",
    ] {
        let world = Remote::open(&scenario_server).await.unwrap();
        let played = play_in(Arc::new(world), &scenario(file)).await;
        played.unwrap_or_else(|failure| panic!("{file}: {failure}"));
    }
}

/// Phones go on while the step is played: a token that they get because theirs was refused must not be refused, too.
#[tokio::test]
async fn a_token_that_takes_the_place_of_an_expired_one_counts() {
    let project = project().await;
    let world = Hosted::new(&Arc::new(config(&project, ""))).await.unwrap();
    let ask = |method, path: &str| {
        let request = http::client().request(method, format!("{}{path}", world.url()));
        request.header("apikey", world.anon_key())
    };
    let token = async || {
        let who = json!({ "email": "eric@rock-on.test", "password": PASSWORD });
        let request = ask(Method::POST, "/auth/v1/token?grant_type=password").json(&who);
        let told = http::send(request).await.json();
        told["access_token"].as_str().unwrap().to_owned()
    };
    let user = async |token: &str| {
        let request = ask(Method::GET, "/auth/v1/user").bearer_auth(token);
        http::send(request).await.status
    };
    let old = token().await;
    let renewed = async {
        while user(&old).await == 200 {}
        user(&token().await).await
    };
    let step = json!({ "server": "expire_tokens" });
    let (played, renewed) = tokio::join!(world.play(&step), renewed);
    assert_eq!((played, renewed), (Ok(()), 200));
}

#[tokio::test]
async fn a_project_with_accounts_of_people_is_refused_and_left_alone() {
    let project = project().await;
    let admin = project.admin().await.unwrap();
    let person = "insert into auth.users (id, email) values (gen_random_uuid(), 'jo@band.example')";
    admin.batch_execute(person).await.unwrap();
    let counted = async || -> (i64, i64) {
        let sql = "select (select count(*) from auth.users), (select count(*) from public.songs)";
        let row = admin.query_one(sql, &[]).await.unwrap();
        (row.get(0), row.get(1))
    };
    let before = counted().await;
    let refused = Hosted::new(&Arc::new(config(&project, "")))
        .await
        .unwrap_err();
    assert!(refused.contains("accounts of people"), "{refused}");
    assert_eq!(counted().await, before);
}

#[tokio::test]
async fn services_are_driven_by_the_command_or_not_at_all() {
    let project = project().await;
    let stop = json!({ "server": "stop", "service": "database" });
    let world = Hosted::new(&Arc::new(config(&project, ""))).await.unwrap();
    let refused = world.play(&stop).await.unwrap_err();
    assert!(refused.contains("no command"), "{refused}");
    drop(world);

    let dir = tempfile::TempDir::new().unwrap();
    let log = dir.path().join("log");
    let script = dir.path().join("services.sh");
    std::fs::write(
        &script,
        format!("echo \"$@\" >> {}; test $2 = db\n", log.display()),
    )
    .unwrap();
    let services = format!("sh {}", script.display());
    let world = Hosted::new(&Arc::new(config(&project, &services)))
        .await
        .unwrap();
    world.play(&stop).await.unwrap();
    world
        .play(&json!({ "server": "restart_database" }))
        .await
        .unwrap();
    let auth = json!({ "server": "stop", "service": "auth" });
    assert!(world.play(&auth).await.is_err(), "the command failed");
    let ran = std::fs::read_to_string(log).unwrap();
    assert_eq!(ran, "stop db\nstop db\nstart db\nstop auth\n");
}
