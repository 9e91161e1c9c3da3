//! An edit on its way: kills, lost answers, rejections and collisions.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rockon_core::model::{Kind, RefusalCode};
use rockon_core::store::ItemPlace;
use rockon_tests::lossy_proxy::{LossyProxy, Way};
use rockon_tests::phone::{BAND, PATIENCE, Phone, first, values};
use rockon_tests::scripted::{Reply, Request};
use rockon_tests::{eventually, project};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::server;

const PUSH: &str = "sync_push";

/// Waits until this many pushes have left the phone.
async fn pushes(proxy: &LossyProxy, at_least: usize) -> Vec<Request> {
    eventually(format!("{at_least} pushes"), PATIENCE, || async {
        let seen = proxy.seen(PUSH);
        (seen.len() >= at_least).then_some(seen)
    })
    .await
}

/// The pushes that carry this text.
fn carrying(proxy: &LossyProxy, text: &str) -> Vec<Value> {
    let seen = proxy.seen(PUSH).into_iter();
    let fits = seen.filter(|request| request.body.contains(text));
    fits.map(|request| request.json()["request"].clone())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn d01_an_edit_in_flight_when_the_phone_is_killed_is_delivered_after_the_restart_once() {
    for lose_answer in [false, true] {
        let project = project().await;
        let proxy = LossyProxy::to(project.url()).await;
        let mut sam = Phone::by(&proxy, &project, "sam").await;
        let gate = Arc::new(Semaphore::new(0));
        let held = Arc::clone(&gate);
        proxy.when(
            |request| request.target.contains(PUSH),
            move || {
                if lose_answer {
                    Way::LoseAnswer
                } else {
                    Way::held(&held)
                }
            },
        );
        let before = proxy.seen(PUSH).len();
        sam.add_song("Killed Mid-Push").await;
        pushes(&proxy, before + 1).await;
        if lose_answer {
            let sql = "select count(*) from songs where title = 'Killed Mid-Push'";
            eventually("carried out", PATIENCE, || async {
                (server::count(&project, sql).await == 1).then_some(())
            })
            .await;
        }
        sam.kill();
        proxy.clear();
        sam.open();
        sam.caught_up().await;
        let shown = sam.song("Killed Mid-Push").await.expect("it is still here");
        assert!(!shown.pending);
        let sql = "select count(*) from songs where title = 'Killed Mid-Push'";
        assert_eq!(server::count(&project, sql).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d02_a_create_whose_answer_is_lost_is_sent_again_under_its_number_and_makes_one_row() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let sam = Phone::by(&proxy, &project, "sam").await;
    let sent = AtomicUsize::new(0);
    // No pull gets through in between: it would bring the result, and nothing would have to be sent again.
    proxy.on(move |request| {
        if request.body.contains("Only Once") {
            return match sent.fetch_add(1, Ordering::SeqCst) {
                0 => Way::LoseAnswer,
                _ => Way::Through,
            };
        }
        match sent.load(Ordering::SeqCst) {
            1 => Way::LoseRequest,
            _ => Way::Through,
        }
    });
    sam.add_song("Only Once").await;
    sam.caught_up().await;
    let sent = carrying(&proxy, "Only Once");
    assert_eq!(sent.len(), 2, "the answer was lost once: {sent:?}");
    assert_eq!(sent[0]["client_id"], sent[1]["client_id"]);
    assert_eq!(sent[0]["mutations"], sent[1]["mutations"]);
    let sql = "select count(*) from songs where title = 'Only Once'";
    assert_eq!(server::count(&project, sql).await, 1);
    let status = sam.client().status_now().await.unwrap();
    assert_eq!((status.outbox.unsent, status.outbox.rejected), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn d02_calls_for_sync_during_a_push_do_not_start_a_second_one() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let sam = Phone::by(&proxy, &project, "sam").await;
    let gate = Arc::new(Semaphore::new(0));
    let held = Arc::clone(&gate);
    proxy.when(
        |request| request.body.contains("One Loop"),
        move || Way::held(&held),
    );
    sam.add_song("One Loop").await;
    eventually("the push is on its way", PATIENCE, || async {
        (carrying(&proxy, "One Loop").len() == 1).then_some(())
    })
    .await;
    let calls: Vec<_> = (0..3)
        .map(|_| {
            let client = sam.client().clone();
            tokio::spawn(async move { client.sync_once(PATIENCE).await })
        })
        .collect();
    gate.add_permits(10);
    for call in calls {
        let once = call.await.unwrap().unwrap();
        assert!(once.complete, "{once:?}");
    }
    assert_eq!(carrying(&proxy, "One Loop").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn d05_when_an_edit_fails_for_good_what_came_meanwhile_appears() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let eric = Phone::of(&project, "eric").await;
    let toni = Phone::by(&proxy, &project, "toni").await;
    let busy = || Reply::JsonWith(503, "retry-after: 1\r\n".to_owned(), json!({}));
    proxy.when(
        |request| request.target.contains(PUSH),
        move || Way::Answer(busy()),
    );
    let song = toni.song("Wonderwall").await.expect("the seed has it");
    toni.change_song(song.id, json!({ "key": "C" })).await;
    eric.change_song(song.id, json!({ "key": "D" })).await;
    eric.caught_up().await;
    eric.add_song("Behind It").await;
    toni.sees("Behind It", |_| true).await;
    let mine = toni.song("Wonderwall").await.unwrap();
    assert_eq!((mine.key.as_deref(), mine.pending), (Some("C"), true));
    proxy.clear();
    toni.hears("was refused").await;
    let theirs = toni.song("Wonderwall").await.unwrap();
    assert_eq!((theirs.key.as_deref(), theirs.pending), (Some("D"), false));
}

#[tokio::test(flavor = "multi_thread")]
async fn d06_two_offline_edits_of_one_field_are_noticed_and_both_values_can_be_had() {
    let project = project().await;
    let (eric, sam) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "sam").await,
    );
    let id = sam.song("Wonderwall").await.unwrap().id;
    eric.network(false);
    sam.network(false);
    eric.change_song(id, json!({ "key": "Em" })).await;
    sam.change_song(id, json!({ "key": "Am" })).await;
    eric.network(true);
    eric.caught_up().await;
    sam.network(true);
    sam.caught_up().await;
    sam.hears("You and Eric both changed the key").await;
    let conflicts = first(sam.workspace().conflicts(10)).await;
    let [conflict] = conflicts.as_slice() else {
        panic!("{conflicts:?}")
    };
    assert_eq!(conflict.what.field, "key");
    assert_eq!(
        (&conflict.what.mine, &conflict.what.theirs),
        (&json!("Am"), &json!("Em"))
    );
    eric.sees("Wonderwall", |song| song.key.as_deref() == Some("Am"))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d11_a_delete_that_is_refused_brings_the_item_back_and_says_so() {
    let project = project().await;
    let (eric, sam) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "sam").await,
    );
    let song = sam.song("Wonderwall").await.unwrap();
    let shown = sam.workspace().row(Kind::Song, song.id).await.unwrap();
    sam.workspace().delete(Kind::Song, song.id).await.unwrap();
    sam.hears(
        "Your delete of \"Wonderwall\" was refused. Only an admin, or who added it, can delete it.",
    )
    .await;
    sam.sees("Wonderwall", |song| !song.pending).await;
    let back = sam.workspace().row(Kind::Song, song.id).await.unwrap();
    assert_eq!(back, shown, "with everything it had");
    let rejected = first(sam.workspace().rejected_edits(10)).await;
    let rejection = &rejected[0].rejection;
    assert_eq!(rejection.code, RefusalCode::NotAllowed);
    eric.client()
        .sync_once(Duration::from_secs(10))
        .await
        .unwrap();
    assert!(eric.song("Wonderwall").await.is_some());
    assert_eq!(rejected[0].scope, BAND);
}

/// A setlist that is filled with new songs in a train, while a bandmate changes it too.
#[tokio::test(flavor = "multi_thread")]
async fn songs_made_offline_stay_in_a_setlist_that_a_bandmate_changes_meanwhile() {
    let project = project().await;
    let (eric, sam) = tokio::join!(Phone::of(&project, "eric"), Phone::of(&project, "sam"));
    let (mine, theirs) = (eric.workspace(), sam.workspace());
    let list = mine.add(BAND, Kind::Setlist, values(json!({"name": "Train"})));
    let list = list.await.unwrap();
    eventually("it is there", PATIENCE, || async {
        theirs.row(Kind::Setlist, list).await.unwrap()
    })
    .await;
    eric.network(false);
    for title in ["First", "Second", "Third"] {
        let songs = vec![eric.add_song(title).await];
        let added = mine.add_songs_to_setlist(list, songs, ItemPlace::Last);
        added.await.unwrap();
    }
    let encore = theirs.add_section(list, "Encore".to_owned(), ItemPlace::First);
    encore.await.unwrap();
    sam.caught_up().await;
    eric.network(true);
    eric.caught_up().await;
    let sql = format!("select jsonb_array_length(items)::bigint from setlists where id = '{list}'");
    assert_eq!(server::count(&project, &sql).await, 4);
    let shown = mine.row(Kind::Setlist, list).await.unwrap().unwrap();
    assert_eq!(shown["items"].as_array().map(Vec::len), Some(4));
    assert_eq!(mine.count_conflicts().await, Ok(0));
}
