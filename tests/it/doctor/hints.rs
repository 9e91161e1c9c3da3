//! Rung 4: whether and how hints come.

use rockon_core::doctor::{CheckStatus, DoctorReport, Layer};
use rockon_local_stack::{Contents, Project, ProjectConfig};
use rockon_tests::phone::{PATIENCE, Phone};
use rockon_tests::{eventually, fast, project, project_with};

use super::{find, first_broken, warned};

const NAME: &str = "hints";
const NO_BROADCAST: &str = "drop policy sync_members_listen on realtime.messages";
const NOT_PUBLISHED: &str = "alter publication supabase_realtime drop table sync_head";

async fn run(project: &Project, sql: &str) {
    let admin = project.admin().await.unwrap();
    admin.batch_execute(sql).await.unwrap();
}

/// What the doctor says once it has something to say about hints.
async fn judged(phone: &Phone, status: CheckStatus) -> DoctorReport {
    eventually("hints are judged", PATIENCE, || async {
        let report = phone.client().diagnose().await;
        let fits = find(&report, NAME).status == status;
        fits.then_some(report)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_transport_in_use_is_said() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    let report = judged(&eric, CheckStatus::Fine).await;
    assert_eq!(find(&report, NAME).evidence, "by broadcast");
    run(&project, NO_BROADCAST).await;
    let sam = Phone::of(&project, "sam").await;
    let report = judged(&sam, CheckStatus::Warning).await;
    let said = &find(&report, NAME).evidence;
    assert!(said.starts_with("by changes of sync_head"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_is_not_published_is_named() {
    let project = project().await;
    run(&project, NOT_PUBLISHED).await;
    let eric = Phone::of(&project, "eric").await;
    let report = judged(&eric, CheckStatus::Warning).await;
    warned(&report, NAME, "Add `sync_head`");
    run(&project, NO_BROADCAST).await;
    let sam = Phone::of(&project, "sam").await;
    let report = judged(&sam, CheckStatus::Broken).await;
    first_broken(&report, Layer::App, NAME, "Add `sync_head`");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_feed_that_never_starts_is_named() {
    let mut config = ProjectConfig {
        contents: Contents::Seeded,
        ..fast()
    };
    config.timing.realtime.cold_subscribe = std::time::Duration::from_hours(1);
    let project = project_with(config).await;
    run(&project, NO_BROADCAST).await;
    let eric = Phone::of(&project, "eric").await;
    // The phone itself waits 15 s before it says so.
    let report = judged(&eric, CheckStatus::Broken).await;
    first_broken(&report, Layer::App, NAME, "wal_level");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_join_is_the_rules_and_a_busy_server_only_a_warning() {
    let project = project().await;
    let faults = project.realtime().faults();
    faults.refuse_joins(Some(
        "Unauthorized: You do not have permissions to read from this Channel topic: x",
    ));
    let eric = Phone::of(&project, "eric").await;
    let report = judged(&eric, CheckStatus::Broken).await;
    first_broken(&report, Layer::App, NAME, "realtime.messages");
    faults.refuse_joins(Some(
        "DatabaseLackOfConnections: Database can't accept more connections",
    ));
    let sam = Phone::of(&project, "sam").await;
    let report = judged(&sam, CheckStatus::Warning).await;
    warned(&report, NAME, "realtime's log");
}
