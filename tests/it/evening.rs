//! The evening: two phones of one band, online, in the basement, killed, refused, and back.

use rockon_core::client::Choice;
use rockon_core::model::Kind;
use rockon_tests::phone::{BAND, PATIENCE, Phone};
use rockon_tests::{eventually, project};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_song_added_on_one_phone_is_seen_unread_and_told_on_the_other() {
    let project = project().await;
    let (eric, sam) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "sam").await,
    );
    let id = eric.add_song("Half the World Away").await;
    let seen = sam.sees("Half the World Away", |song| song.unread).await;
    assert_eq!(seen.id, id);
    assert_eq!(
        sam.hears("Half the World Away").await,
        "Eric added \"Half the World Away\""
    );
    assert!(
        eric.notices().await.is_empty(),
        "own changes make no notice"
    );
    sam.workspace().mark_read(Kind::Song, id).await.unwrap();
    sam.sees("Half the World Away", |song| !song.unread).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_phone_without_network_has_everything_and_sends_it_once_later() {
    let project = project().await;
    let (eric, mut sam) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "sam").await,
    );
    sam.network(false);
    sam.add_song("Basement Song").await;
    sam.kill();
    sam.open();
    sam.network(false);
    let kept = sam.song("Basement Song").await.expect("the edit survived");
    assert!(kept.pending);
    sam.network(true);
    sam.caught_up().await;
    eric.sees("Basement Song", |_| true).await;
    let count: i64 = project
        .admin()
        .await
        .unwrap()
        .query_one(
            "select count(*) from songs where title = 'Basement Song'",
            &[],
        )
        .await
        .unwrap()
        .get(0);
    assert_eq!(count, 1);
    sam.hears("Sent 1 change made offline").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn offline_edits_of_different_fields_merge_and_of_the_same_notes_keep_both() {
    let project = project().await;
    let (eric, sam) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "sam").await,
    );
    let id = eric.add_song("Merge Me").await;
    sam.sees("Merge Me", |_| true).await;
    sam.network(false);
    sam.change_song(id, json!({ "tempo": 120, "notes": "capo 2" }))
        .await;
    eric.change_song(id, json!({ "key": "A", "notes": "drop D" }))
        .await;
    eric.caught_up().await;
    sam.network(true);
    sam.caught_up().await;
    sam.sees("Merge Me", |song| {
        song.key.as_deref() == Some("A") && song.tempo == Some(120)
    })
    .await;
    eric.sees("Merge Me", |song| {
        song.tempo == Some(120) && song.key.as_deref() == Some("A")
    })
    .await;
    sam.hears("Both are kept").await;
    choose_both(&sam).await;
    eric.sees("Merge Me", |song| {
        song.notes.as_deref() == Some("capo 2, drop D")
    })
    .await;
}

/// The conflict holds both texts; the person makes one of them.
async fn choose_both(sam: &Phone) {
    let workspace = sam.workspace();
    let mut feed = workspace.conflicts(10);
    let mut conflicts = Vec::new();
    rockon_core::feed::apply(&mut conflicts, &feed.next().await.unwrap().unwrap());
    let conflict = conflicts.first().expect("the clash waits for a choice");
    let both = [conflict.what.mine.clone(), conflict.what.theirs.clone()];
    assert!(
        both.contains(&json!("capo 2")) && both.contains(&json!("drop D")),
        "{both:?}"
    );
    workspace
        .resolve(conflict.id, Choice::Other(json!("capo 2, drop D")))
        .await
        .unwrap();
    sam.caught_up().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewers_edit_is_rejected_and_shown_and_the_row_stays() {
    let project = project().await;
    let viewer = Phone::of(&project, &viewer(&project).await).await;
    let song = viewer.song("Wonderwall").await.expect("the seed has it");
    viewer.change_song(song.id, json!({ "key": "C" })).await;
    viewer.hears("was refused").await;
    let back = viewer.sees("Wonderwall", |s| s.key == song.key).await;
    assert!(!back.pending);
    let status = viewer.client().status_now().await.unwrap();
    assert_eq!((status.outbox.unsent, status.outbox.rejected), (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_realtime_service_is_named_and_edits_still_flow() {
    use rockon_core::doctor::Layer;
    use rockon_local_stack::{Outage, Service};
    let project = project().await;
    let (eric, sam) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "sam").await,
    );
    project.faults().stop(Service::Realtime, Outage::Removed);
    let report = eventually("the doctor names realtime", PATIENCE, || async {
        let report = sam.client().diagnose().await;
        report
            .first_broken()
            .is_some_and(|check| check.name == "realtime service")
            .then_some(report)
    })
    .await;
    assert_eq!(report.broken_layer(), Some(Layer::Services), "{report}");
    eric.add_song("Without Hints").await;
    eric.caught_up().await;
    project.faults().start(Service::Realtime);
    sam.sees("Without Hints", |_| true).await;
}

/// A seeded member who only reads.
async fn viewer(project: &rockon_local_stack::Project) -> String {
    let admin = project.admin().await.unwrap();
    let query =
        "select lower(member_name) from band_memberships where band_id = $1 and role = 'viewer'";
    admin.query_one(query, &[&BAND.0]).await.unwrap().get(0)
}
