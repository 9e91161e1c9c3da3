//! Rung 4, on the server: schema, grants, rules.

use rockon_core::doctor::{CheckStatus, Layer};
use rockon_core::redact::Secret;
use rockon_local_stack::Project;
use rockon_tests::phone::{PASSWORD, Phone};
use rockon_tests::{bare_project, project};

use super::{find, first_broken, warned};

const SCHEMA: &str = "schema and functions";

async fn run(project: &Project, sql: &str) {
    let admin = project.admin().await.unwrap();
    admin.batch_execute(sql).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_migrations_are_the_schema() {
    let project = bare_project().await;
    let phone = Phone::new(&project);
    let signed_up = phone
        .client()
        .sign_up("new@rock-on.test", Secret::new(PASSWORD), "New");
    signed_up.await.unwrap();
    let report = phone.client().diagnose().await;
    first_broken(&report, Layer::App, SCHEMA, "migrations are missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_schema_is_broken_and_a_newer_one_is_fine() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    let version =
        |n: u8| format!("update sync.meta set value = '{n}' where key = 'schema_version'");
    run(&project, &version(0)).await;
    let report = eric.client().diagnose().await;
    first_broken(&report, Layer::App, SCHEMA, "newest migrations");
    run(&project, &version(99)).await;
    let report = eric.client().diagnose().await;
    assert_eq!(report.broken_layer(), None, "{report}");
    assert_eq!(find(&report, SCHEMA).status, CheckStatus::Fine, "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_grants_are_named() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    let revoke = "revoke execute on function sync_health() from authenticated";
    run(&project, revoke).await;
    let report = eric.client().diagnose().await;
    first_broken(&report, Layer::App, SCHEMA, "grants are missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn policies_that_let_anyone_in_and_rows_without_a_scope_are_warned_of() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    let report = eric.client().diagnose().await;
    assert_eq!(find(&report, "access rules").status, CheckStatus::Fine);
    run(
        &project,
        "create policy \"Users can join bands\" on band_memberships for insert to authenticated
           with check (user_id = auth.uid())",
    )
    .await;
    let report = eric.client().diagnose().await;
    warned(&report, "access rules", "anyone can make himself a member");
    run(
        &project,
        "alter table songs disable trigger user;
         update songs set sync_scope = null where title = 'Wonderwall'",
    )
    .await;
    let report = eric.client().diagnose().await;
    warned(&report, "every row has a scope", "sync.audit");
}
