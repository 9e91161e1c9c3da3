//! Edits that the server will not have: rejected with everything they hold, until a person decides or the reason is gone.

use rockon_core::model::{EditId, RefusalCode, Role, RowId};
use rockon_core::notices::NoticeBody;
use rockon_core::store::{RejectedEdit, SongQuery};
use rockon_tests::phone::{BAND, PATIENCE, Phone, first};
use rockon_tests::{eventually, project};
use serde_json::json;

/// Waits until this many edits are rejected.
async fn rejected(phone: &Phone, wanted: usize) -> Vec<RejectedEdit> {
    eventually(format!("{wanted} rejected edits"), PATIENCE, || async {
        let rejected = first(phone.workspace().rejected_edits(10)).await;
        (rejected.len() == wanted).then_some(rejected)
    })
    .await
}

/// Waits until nothing of the band is on the phone.
async fn has_nothing(phone: &Phone) {
    let query = SongQuery {
        scope: Some(BAND),
        limit: 1,
        ..SongQuery::default()
    };
    eventually("the band's songs are gone", PATIENCE, || async {
        let songs = first(phone.workspace().songs(query.clone())).await;
        songs.is_empty().then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_member_keeps_what_was_not_sent_and_sends_it_after_joining_again() {
    let project = project().await;
    let (eric, noel) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "noel").await,
    );
    let id = noel.song("Wonderwall").await.unwrap().id;
    noel.network(false);
    noel.change_song(id, json!({ "key": "Cm" })).await;
    noel.add_song("Noel's Last Idea").await;
    let user = noel.workspace().user();
    eric.client().remove_member(BAND, user).await.unwrap();
    noel.network(true);
    let rejected = rejected(&noel, 2).await;
    for entry in &rejected {
        let code = &entry.rejection.code;
        let expected = [RefusalCode::ScopeGone, RefusalCode::NotAllowed];
        assert!(expected.contains(code), "{code}");
    }
    let kept = |entry: &RejectedEdit| entry.set.get("key") == Some(&json!("Cm"));
    assert!(rejected.iter().any(kept), "{rejected:?}");
    noel.hears("Eric removed you from The Wonderwalls").await;
    has_nothing(&noel).await;
    let code = eric.client().create_invite_for(BAND, user, 1).await;
    let code = code.unwrap();
    noel.client().redeem_invite(&code).await.unwrap();
    noel.sees("Wonderwall", |_| true).await;
    for entry in rejected {
        noel.workspace().retry(entry.id).await.unwrap();
    }
    noel.caught_up().await;
    eric.sees("Noel's Last Idea", |_| true).await;
    eric.sees("Wonderwall", |song| song.key.as_deref() == Some("Cm"))
        .await;
}

/// Toni, who only reads, has changed the key of two songs to C, and both edits were refused.
async fn two_refused(toni: &Phone) -> [(RowId, EditId); 2] {
    let mut songs = Vec::new();
    for title in ["Wonderwall", "Supersonic"] {
        let id = toni.song(title).await.unwrap().id;
        toni.change_song(id, json!({ "key": "C" })).await;
        songs.push(id);
    }
    let rejected = rejected(toni, 2).await;
    let id_of = |row: RowId| rejected.iter().find(|entry| entry.row == row).unwrap().id;
    [songs[0], songs[1]].map(|id| (id, id_of(id)))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewers_refused_edit_goes_through_after_a_promotion_or_is_given_up() {
    let project = project().await;
    let (eric, toni) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "toni").await,
    );
    let before = toni.song("Supersonic").await.unwrap().key;
    let [(_, wanted), (_, given_up)] = two_refused(&toni).await;
    let (user, client) = (toni.workspace().user(), eric.client());
    let promoted = client.set_member_role(BAND, user, Role::Member).await;
    promoted.unwrap();
    toni.workspace().retry(wanted).await.unwrap();
    toni.workspace().discard(given_up).await.unwrap();
    toni.caught_up().await;
    for phone in [&eric, &toni] {
        phone
            .sees("Wonderwall", |song| song.key.as_deref() == Some("C"))
            .await;
        phone
            .sees("Supersonic", |song| song.key == before && !song.pending)
            .await;
    }
    assert_eq!(first(toni.workspace().rejected_edits(10)).await, []);
    let again = toni.workspace().retry(given_up).await.unwrap_err();
    assert_eq!(again.code(), "not_found");
    let notices = first(toni.workspace().notices(100)).await.into_iter();
    let bodies = notices.map(|notice| NoticeBody::of(&notice).unwrap());
    let refused = bodies.filter(|body| matches!(body, NoticeBody::Rejected { .. }));
    assert_eq!(
        refused.count(),
        0,
        "both were answered, and the retry was not refused"
    );
}
