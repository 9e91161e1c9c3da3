//! What others did arrives: whatever the clock says, however much it is, whatever became of the socket.

use std::collections::BTreeSet;

use rockon_core::model::{Kind, RowId, ScopeId};
use rockon_core::realtime::ConnectionState;
use rockon_core::store::SongQuery;
use rockon_local_stack::Project;
use rockon_tests::lossy_proxy::{LossyProxy, Way};
use rockon_tests::phone::{BAND, PATIENCE, Phone, first, values};
use rockon_tests::{eventually, project};
use serde_json::json;

use crate::server;

/// Ten minutes, in milliseconds.
const TEN_MINUTES: i64 = 600_000;

async fn is_live(phone: &Phone) -> bool {
    let status = phone.client().status_now().await;
    status.is_some_and(|status| matches!(status.connection, Some(ConnectionState::Live(_))))
}

async fn goes_live(phone: &Phone) {
    eventually("the connection is live", PATIENCE, || async {
        is_live(phone).await.then_some(())
    })
    .await;
}

/// All songs of the band as the phone has them.
async fn songs(phone: &Phone) -> BTreeSet<RowId> {
    let query = SongQuery {
        scope: Some(BAND),
        limit: u32::MAX,
        ..SongQuery::default()
    };
    let list = first(phone.workspace().songs(query)).await;
    list.into_iter().map(|song| song.id).collect()
}

async fn songs_of_the_server(project: &Project) -> BTreeSet<RowId> {
    let admin = project.admin().await.unwrap();
    let sql = "select id from songs where sync_scope = $1";
    let rows = admin.query(sql, &[&BAND.0]).await.unwrap();
    rows.iter().map(|row| RowId(row.get(0))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn d03_a_clock_ten_minutes_wrong_in_either_direction_loses_nothing() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    for (ahead, title) in [(TEN_MINUTES, "Ahead"), (-TEN_MINUTES, "Behind")] {
        let sam = Phone::ahead(&project, "sam", ahead).await;
        let online = format!("{title}, online");
        eric.add_song(&online).await;
        sam.sees(&online, |_| true).await;
        sam.network(false);
        let away = format!("{title}, away");
        eric.add_song(&away).await;
        eric.caught_up().await;
        let mine = format!("{title}, mine");
        sam.add_song(&mine).await;
        sam.network(true);
        sam.sees(&away, |_| true).await;
        eric.sees(&mine, |_| true).await;
        // An edit made later in truth wins, whatever the clocks say.
        let id = sam.song(&away).await.unwrap().id;
        sam.change_song(id, json!({ "key": "E" })).await;
        eric.sees(&away, |song| song.key.as_deref() == Some("E"))
            .await;
        eric.change_song(id, json!({ "key": "F" })).await;
        sam.sees(&away, |song| song.key.as_deref() == Some("F"))
            .await;
        assert_eq!(songs(&sam).await, songs_of_the_server(&project).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d04_fifteen_hundred_missed_changes_all_arrive() {
    let project = project().await;
    let sam = Phone::of(&project, "sam").await;
    sam.network(false);
    // One transaction each, so that every one has a revision of its own.
    let changes = format!(
        "do $$ begin for i in 1..1500 loop
           insert into public.songs (title, artist, context_type, context_id, created_by)
             values ('Missed ' || i, 'Nobody', 'band', '{BAND}', '{eric}');
           commit;
         end loop; end $$",
        eric = server::member(1)
    );
    server::act_as(&project, 1, &changes).await;
    sam.network(true);
    sam.sees("Missed 1500", |_| true).await;
    let (here, there) = (songs(&sam).await, songs_of_the_server(&project).await);
    assert!(there.len() > 1_500);
    assert_eq!(here, there);
}

#[tokio::test(flavor = "multi_thread")]
async fn d12_what_happened_while_the_socket_was_down_appears_without_a_restart() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let eric = Phone::of(&project, "eric").await;
    let sam = Phone::by(&proxy, &project, "sam").await;
    let id = sam.song("Wonderwall").await.unwrap().id;
    goes_live(&sam).await;
    proxy.when(
        |request| request.target.contains("websocket"),
        || Way::LoseRequest,
    );
    project.realtime().cut_sockets(None);
    eventually("the socket is down", PATIENCE, || async {
        (!is_live(&sam).await).then_some(())
    })
    .await;
    // What the join before the cut still asked for is done: nothing but the socket can tell Sam now.
    let rest = sam.client().sync_once(PATIENCE).await.unwrap();
    assert!(rest.complete, "{rest:?}");
    eric.add_song("In the Gap").await;
    eric.change_song(id, json!({ "key": "Gm" })).await;
    eric.caught_up().await;
    assert!(!is_live(&sam).await);
    assert!(sam.song("In the Gap").await.is_none(), "nobody told Sam");
    proxy.clear();
    sam.sees("In the Gap", |song| song.unread).await;
    sam.sees("Wonderwall", |song| song.key.as_deref() == Some("Gm"))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn d13_a_dropped_socket_and_a_refused_join_end_in_joined_channels_and_the_news() {
    let project = project().await;
    let (eric, sam) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "sam").await,
    );
    for (round, code) in [None, Some(1001), Some(1012)].into_iter().enumerate() {
        goes_live(&sam).await;
        let faults = project.realtime().faults();
        faults.refuse_joins(Some("UnableToConnectToProject: refused on purpose"));
        project.realtime().cut_sockets(code);
        eventually("the channels are gone", PATIENCE, || async {
            (!is_live(&sam).await).then_some(())
        })
        .await;
        faults.refuse_joins(None);
        goes_live(&sam).await;
        let title = format!("After Drop {round}");
        eric.add_song(&title).await;
        sam.sees(&title, |_| true).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d16_a_personal_song_and_setlist_reach_the_members_own_second_phone_and_nobody_else() {
    let project = project().await;
    let (first_phone, second) = (
        Phone::of(&project, "sam").await,
        Phone::of(&project, "sam").await,
    );
    let eric = Phone::of(&project, "eric").await;
    goes_live(&second).await;
    let me = ScopeId::from(first_phone.workspace().user());
    let song = values(json!({ "title": "Shower Song", "artist": "Me" }));
    let song = first_phone
        .workspace()
        .add(me, Kind::Song, song)
        .await
        .unwrap();
    let list = values(
        json!({ "name": "Mine", "items": [{ "id": "1", "type": "song", "position": 1, "songId": song }] }),
    );
    let list = first_phone.workspace().add(me, Kind::Setlist, list).await;
    let list = list.unwrap();
    let arrived = |kind, id| {
        let second = &second;
        eventually(
            format!("{kind} on the second phone"),
            PATIENCE,
            move || async move { second.workspace().row(kind, id).await.unwrap() },
        )
    };
    let row = arrived(Kind::Song, song).await;
    assert_eq!(row["title"], json!("Shower Song"));
    arrived(Kind::Setlist, list).await;
    // And a change of it, which has no revision of a band either.
    let set = values(json!({ "key": "D" }));
    let workspace = first_phone.workspace();
    workspace.change(Kind::Song, song, set).await.unwrap();
    eventually("the change", PATIENCE, || async {
        let row = second.workspace().row(Kind::Song, song).await.unwrap()?;
        (row.get("key") == Some(&json!("D"))).then_some(())
    })
    .await;
    eric.client().sync_once(PATIENCE).await.unwrap();
    assert_eq!(eric.workspace().row(Kind::Song, song).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn d17_a_row_larger_than_any_event_may_be_arrives_whole() {
    let project = crate::sync_large::before_limits().await;
    let sam = Phone::of(&project, "sam").await;
    let id = sam.song("Wonderwall").await.unwrap().id;
    // 1.2 MB is above what an event holds, 3 MB above what a page holds.
    for bytes in [1_200_000, 3_000_000] {
        let sql = format!("update public.songs set notes = repeat('l', {bytes}) where id = '{id}'");
        server::act_as(&project, 1, &sql).await;
        let seen = sam
            .sees("Wonderwall", |song| {
                song.notes.as_ref().is_some_and(|text| text.len() == bytes)
            })
            .await;
        assert!(seen.unread);
    }
}
