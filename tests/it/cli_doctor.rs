//! `rockon doctor`, asked once for each broken thing: what it says first, and that nothing which it did not see is called
//! well.

use rockon_local_stack::{Contents, Outage, Project, ProjectConfig, Service, Timing};
use rockon_tests::reverse_proxy::{ReverseProxy, json};
use rockon_tests::{fast, project, project_with};

use crate::cli::{EMAIL, PASSWORD, output, refused, rockon, text, with_input};

/// The first line, the whole text and the exit code of one run, with Eric's eyes.
fn asked(url: &str, key: &str, password: &str) -> (String, String, Option<i32>) {
    let place = ["doctor", "--url", url, "--key", key, "--email", EMAIL];
    let run = with_input(&place, password);
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    let first = said.lines().next().unwrap_or_default().to_owned();
    (first, text(&run), run.status.code())
}

#[track_caller]
fn says(project: &Project, begins: &str, holds: &[&str], code: i32) {
    let (first, said, ended) = asked(project.url(), project.anon_key(), PASSWORD);
    assert!(
        first.starts_with(begins),
        "{begins:?} is not first in {said}"
    );
    for words in holds {
        assert!(said.contains(words), "{words:?} is not in {said}");
    }
    assert!(!said.contains("All is well"), "{said}");
    assert_eq!(ended, Some(code), "{said}");
}

async fn run(project: &Project, sql: &str) {
    let admin = project.admin().await.unwrap();
    admin.batch_execute(sql).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_project_is_well_and_everything_was_looked_at() {
    let project = project().await;
    let (first, said, code) = asked(project.url(), project.anon_key(), PASSWORD);
    assert_eq!((&*first, code), ("All is well.", Some(0)), "{said}");
    assert!(said.lines().filter(|l| l.starts_with("ok")).count() >= 20);
    assert!(said.contains("hints: by broadcast"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_as_slow_as_the_real_one_is_waited_for_until_hints_are_judged() {
    let project = project_with(ProjectConfig {
        contents: Contents::Seeded,
        timing: Timing::default(), // 5 s for each refused join, one after the other
        ..fast()
    })
    .await;
    let drop = "drop policy sync_members_listen on realtime.messages";
    run(&project, drop).await;
    let transport = "hints: by changes of sync_head; the database cannot broadcast";
    says(&project, "It works. Look at: hints.", &[transport], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_cannot_send_is_named_although_every_channel_opens() {
    let project = project().await;
    let drop = "drop function realtime.send(jsonb, text, text, boolean)";
    run(&project, drop).await;
    says(&project, "It works. Look at: hints.", &["realtime.send"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_with_tokens_of_a_minute_gets_its_hints_and_is_told_what_they_cost() {
    let mut config = ProjectConfig {
        contents: Contents::Seeded,
        ..fast()
    };
    config.timing.access_token = std::time::Duration::from_mins(1);
    let project = project_with(config).await;
    let words = [
        "its tokens last 60 s",
        "ok    app       hints: by broadcast",
    ];
    says(&project, "It works. Look at: session.", &words, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_realtime_that_joins_and_sends_nothing_is_broken() {
    let project = project().await;
    project.realtime().faults().drop_events(true);
    let words = [
        "a hint that was asked for did not come",
        "replication slots",
    ];
    says(&project, "Broken: hints.", &words, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_and_a_publication_that_are_missing_are_named() {
    let project = project().await;
    run(
        &project,
        "drop policy sync_members_listen on realtime.messages;
         alter publication supabase_realtime drop table sync_head",
    )
    .await;
    says(&project, "Broken: hints.", &["Add `sync_head`"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_run_is_said_before_anybody_is_asked_for_a_password() {
    let project = project().await;
    let named = |first: &str| {
        let (said, all, code) = asked(project.url(), project.anon_key(), "");
        assert!(said.starts_with(first), "{all}");
        assert_eq!(code, Some(1), "{all}");
    };
    for (service, name) in [
        (Service::Auth, "Broken: auth service."),
        (Service::Rest, "Broken: rest service."),
        (Service::Realtime, "Broken: realtime service."),
    ] {
        for outage in [Outage::Removed, Outage::Crashed] {
            project.faults().stop(service, outage);
            named(name);
            project.faults().start(service);
        }
    }
    project.stop_database().await.unwrap();
    named("Broken: database.");
    project.start_database().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_realtime_that_answers_500_to_the_upgrade_is_realtime_and_not_the_network() {
    let project = project().await;
    let body = r#"{"error":"Error connecting to Realtime"}"#;
    let refusal = json("500 Internal Server Error", body);
    let reverse_proxy = ReverseProxy::plain(project.url(), move |head| {
        head.contains("\r\nupgrade:").then(|| refusal.clone())
    })
    .await;
    let (first, said, code) = asked(reverse_proxy.url(), project.anon_key(), PASSWORD);
    assert!(first.starts_with("Broken: realtime service."), "{said}");
    assert!(said.contains("no socket opens: 500"), "{said}");
    assert_eq!(code, Some(1), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_wrong_password_or_too_many_tries_nothing_is_called_well() {
    let project = project().await;
    let (first, said, code) = asked(project.url(), project.anon_key(), "wrong\n");
    assert!(first.starts_with("Nothing broken was found. "), "{said}");
    assert!(first.contains("checks could not be made"), "{said}");
    assert!(said.contains("Check the e-mail address and the password."));
    assert_eq!(code, Some(1), "{said}");
    project.faults().change(|faults| faults.rate_limited = true);
    let (first, said, code) = asked(project.url(), project.anon_key(), PASSWORD);
    assert!(first.starts_with("Nothing broken was found. "), "{said}");
    assert!(said.contains("There were too many tries."), "{said}");
    assert_eq!(code, Some(1), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_signed_in_is_said_and_a_server_that_is_not_there_is_broken() {
    let project = project().await;
    let place = ["--url", project.url(), "--key", project.anon_key()];
    let run = output(rockon(&[&["doctor"][..], &place].concat()));
    let said = text(&run);
    assert!(run.status.success(), "{said}");
    assert!(said.starts_with("Nothing broken was found. "), "{said}");
    assert!(said.contains("Give --email"), "{said}");
    let nowhere = ["doctor", "--url", "http://127.0.0.1:1", "--key", "a.b.c"];
    let run = output(rockon(&nowhere));
    refused(&run, 1, &["Broken: gateway"]);
    assert!(
        text(&run).contains("Tell whoever runs it"),
        "{}",
        text(&run)
    );
}
