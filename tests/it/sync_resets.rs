//! When cursors, scopes or the phone's own file are not what they were: nothing of a member's is lost or doubled.

use std::path::Path;
use std::time::Duration;

use rockon_core::model::Kind;
use rockon_core::store::SongQuery;
use rockon_local_stack::Project;
use rockon_tests::lossy_proxy::{LossyProxy, Way};
use rockon_tests::phone::{BAND, Phone, first};
use rockon_tests::{eventually, project};
use serde_json::{Value, json};

use crate::server;

/// All songs of the band as the phone has them, by title.
async fn titles(phone: &Phone) -> Vec<String> {
    let query = SongQuery {
        scope: Some(BAND),
        limit: u32::MAX,
        ..SongQuery::default()
    };
    let list = first(phone.workspace().songs(query)).await;
    let mut titles: Vec<String> = list.into_iter().map(|song| song.title).collect();
    titles.sort();
    titles
}

async fn titles_of_the_server(project: &Project) -> Vec<String> {
    let admin = project.admin().await.unwrap();
    let sql = "select title from songs where sync_scope = $1";
    let rows = admin.query(sql, &[&BAND.0]).await.unwrap();
    let mut titles: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    titles.sort();
    titles
}

async fn tell(project: &Project, sql: &str) {
    let admin = project.admin().await.unwrap();
    admin.batch_execute(sql).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_epoch_after_a_restore_keeps_unsent_edits_and_reads_everything_else_again() {
    let project = project().await;
    let (eric, sam) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "sam").await,
    );
    let id = eric.add_song("Made After the Backup").await;
    sam.sees("Made After the Backup", |_| true).await;
    let kept = sam.song("Wonderwall").await.unwrap();
    sam.network(false);
    sam.add_song("Not Sent Yet").await;
    sam.change_song(kept.id, json!({ "key": "Bm" })).await;
    // As a restore of yesterday's backup does: the row has never been, and leaves no tombstone.
    let restore = format!(
        "set session_replication_role = replica; delete from public.songs where id = '{id}';
         set session_replication_role = origin; select public.sync_new_epoch()"
    );
    tell(&project, &restore).await;
    sam.network(true);
    sam.caught_up().await;
    eric.sees("Not Sent Yet", |_| true).await;
    eric.sees("Wonderwall", |song| song.key.as_deref() == Some("Bm"))
        .await;
    for phone in [&sam, &eric] {
        phone.caught_up().await;
        assert_eq!(titles(phone).await, titles_of_the_server(&project).await);
    }
    assert!(
        !titles(&sam)
            .await
            .contains(&"Made After the Backup".to_owned())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_older_than_the_tombstones_that_are_kept_reads_again_and_keeps_unsent_edits() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let eric = Phone::of(&project, "eric").await;
    let sam = Phone::by(&proxy, &project, "sam").await;
    let gone = sam.song("Ruby").await.unwrap().id;
    sam.network(false);
    sam.add_song("Typed in the Basement").await;
    eric.workspace().delete(Kind::Song, gone).await.unwrap();
    eric.caught_up().await;
    tell(&project, "select sync.prune(interval '0 seconds')").await;
    let sql = format!("select min_rev from sync_head where scope_id = '{BAND}'");
    assert!(
        server::count(&project, &sql).await > 1,
        "the cursor is void"
    );
    sam.network(true);
    sam.caught_up().await;
    assert_eq!(sam.workspace().row(Kind::Song, gone).await.unwrap(), None);
    eric.sees("Typed in the Basement", |_| true).await;
    assert_eq!(titles(&sam).await, titles_of_the_server(&project).await);
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The files as they were, and nothing else.
fn put_back(backup: &Path, dir: &Path) {
    std::fs::remove_dir_all(dir).unwrap();
    std::fs::create_dir_all(dir).unwrap();
    copy(backup, dir);
}

/// The client ids that pushed this text.
fn clients(proxy: &LossyProxy, text: &str) -> Vec<Value> {
    let seen = proxy.seen("sync_push").into_iter();
    let fits = seen.filter(|push| push.body.contains(text));
    fits.map(|push| push.json()["request"]["client_id"].clone())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_put_back_from_a_backup_of_its_file_takes_a_new_id_and_loses_and_doubles_nothing() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let mut sam = Phone::by(&proxy, &project, "sam").await;
    let backup = tempfile::TempDir::new().unwrap();
    sam.network(false);
    sam.add_song("In the Backup, Unsent").await;
    sam.client().shutdown().await;
    copy(sam.dir(), backup.path());
    sam.kill();
    sam.open();
    sam.network(true);
    sam.caught_up().await;
    sam.add_song("After the Backup").await;
    sam.caught_up().await;
    sam.client().shutdown().await;
    sam.kill();
    put_back(backup.path(), sam.dir());
    sam.open();
    sam.network(false);
    sam.add_song("After the Restore").await;
    sam.network(true);
    sam.caught_up().await;
    let there = titles_of_the_server(&project).await;
    for title in [
        "In the Backup, Unsent",
        "After the Backup",
        "After the Restore",
    ] {
        let times = there.iter().filter(|one| *one == title);
        assert_eq!(times.count(), 1, "{title}");
        sam.sees(title, |song| !song.pending).await;
    }
    let [old, new] = ["After the Backup", "After the Restore"].map(|text| clients(&proxy, text));
    assert_ne!(
        old.last(),
        new.last(),
        "numbers of the old id mean other edits"
    );
    assert_eq!(first(sam.workspace().rejected_edits(10)).await, []);
}

/// The edit "typed once" gets its number, its call is lost, the files are copied; then the program starts, without a
/// network.
async fn backed_up_in_a_call(sam: &mut Phone, proxy: &LossyProxy, backup: &Path) {
    proxy.when(
        |request| request.target.contains("sync_push"),
        || Way::LoseRequest,
    );
    sam.network(true);
    let patience = Duration::from_secs(20);
    let lost = async || (!clients(proxy, "typed once").is_empty()).then_some(());
    eventually("the edit is sent", patience, lost).await;
    sam.network(false);
    sam.client().shutdown().await;
    copy(sam.dir(), backup);
    sam.kill();
    sam.open();
    proxy.clear();
}

/// The program ends, its files are put back, and it has no network.
async fn restored(sam: &mut Phone, backup: &Path) {
    sam.client().shutdown().await;
    sam.kill();
    put_back(backup, sam.dir());
    sam.open();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_conflicted_before_the_phone_was_put_back_conflicts_again_and_does_not_vanish()
{
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let mut sam = Phone::by(&proxy, &project, "sam").await;
    let eric = Phone::of(&project, "eric").await;
    sam.network(false);
    let id = sam.song("Wonderwall").await.unwrap().id;
    let backup = tempfile::TempDir::new().unwrap();
    sam.change_song(id, json!({ "notes": "mine, typed once" }))
        .await;
    backed_up_in_a_call(&mut sam, &proxy, backup.path()).await;

    eric.change_song(id, json!({ "notes": "theirs" })).await;
    eric.caught_up().await;
    sam.network(true);
    sam.caught_up().await;
    // Another call acknowledges the answer: the server drops what it said.
    sam.add_song("Acknowledges").await;
    sam.caught_up().await;
    let kept = "select count(*) from sync.results where verdict = 'partial' and body is null";
    assert_eq!(server::count(&project, kept).await, 1);
    sam.network(false);
    restored(&mut sam, backup.path()).await;
    assert_eq!(
        first(sam.workspace().conflicts(10)).await,
        [],
        "the backup has no clash"
    );
    sam.network(true);
    sam.caught_up().await;
    let conflicts = first(sam.workspace().conflicts(10)).await;
    let both: Vec<_> = conflicts
        .iter()
        .map(|one| (&one.what.mine, &one.what.theirs))
        .collect();
    assert_eq!(both, [(&json!("mine, typed once"), &json!("theirs"))]);
}
