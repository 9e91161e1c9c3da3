//! What a person is told: notices, and whether an edit has been sent.

use std::time::Instant;

use rockon_core::sync::Activity;
use rockon_tests::lossy_proxy::{LossyProxy, Way};
use rockon_tests::phone::{PATIENCE, Phone};
use rockon_tests::scripted::Reply;
use rockon_tests::{eventually, project};
use serde_json::json;

use crate::server;

#[tokio::test(flavor = "multi_thread")]
async fn d14_a_change_is_told_though_nobody_listened_when_it_came_and_survives_a_restart() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    let mut sam = Phone::of(&project, "sam").await;
    sam.kill();
    sam.open();
    sam.caught_up().await;
    eric.add_song("First After Start").await;
    // Only the list of songs is looked at; the notices are not asked for before the next start.
    sam.sees("First After Start", |song| song.unread).await;
    sam.kill();
    sam.open();
    sam.hears("First After Start").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d14_a_stream_of_changes_without_a_pause_gives_a_notice_while_it_runs() {
    let project = project().await;
    let (eric, sam) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "sam").await,
    );
    let id = eric.add_song("Steady").await;
    let started = Instant::now();
    let mut tempo = 60;
    while sam.notices().await.is_empty() {
        assert!(
            started.elapsed() < PATIENCE,
            "nothing said of {tempo} edits"
        );
        tempo += 1;
        eric.change_song(id, json!({ "tempo": tempo })).await;
        sam.sees("Steady", |song| song.tempo == Some(tempo)).await;
    }
    assert!(tempo > 70, "a stream, not {tempo} edits");
    sam.hears("Steady").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d18_an_edit_that_could_not_be_sent_is_never_shown_as_synced() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let sam = Phone::by(&proxy, &project, "sam").await;
    let id = sam.song("Wonderwall").await.unwrap().id;
    proxy.when(
        |request| request.target.contains("sync_push"),
        || Way::Answer(Reply::Json(500, json!({ "message": "out of order" }))),
    );
    let before = proxy.seen("sync_push").len();
    let mut live = sam.workspace().song(id);
    sam.change_song(id, json!({ "key": "B" })).await;
    eventually("two tries", PATIENCE, || async {
        (proxy.seen("sync_push").len() >= before + 2).then_some(())
    })
    .await;
    let status = eventually("the failure is told", PATIENCE, || async {
        let status = sam.client().status_now().await?;
        let sync = status.sync.clone()?;
        (sync.error.is_some() && sync.activity == Activity::Retrying).then_some(status)
    })
    .await;
    assert_eq!((status.outbox.unsent, status.outbox.rejected), (1, 0));
    proxy.clear();
    // Every state that the screen was shown, in order, up to the first one that claims to be synced.
    loop {
        let song = live.next().await.unwrap().unwrap().expect("it is there");
        if song.key.as_deref() == Some("B") && !song.pending {
            break;
        }
    }
    let row = server::row(&project, "songs", id).await;
    assert_eq!(row["key"], json!("B"), "shown as synced before it was");
    assert_eq!(sam.client().status_now().await.unwrap().outbox.unsent, 0);
}
