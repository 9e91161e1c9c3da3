//! Bad input from people, files and other programs, on real phones: a clear error or a rejected edit, and nothing lost.

use rockon_core::error::Error;
use rockon_core::model::{Kind, MAX_LINE_CHARS, RefusalCode, RowId};
use rockon_core::realtime::{ConnectionState, Transport};
use rockon_core::speech::Language;
use rockon_core::store::{ItemBody, SongQuery};
use rockon_local_stack::Project;
use rockon_tests::lossy_proxy::LossyProxy;
use rockon_tests::phone::{BAND, PATIENCE, Phone, first, values};
use rockon_tests::{eventually, project};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::server;

/// The code and the advice of a failure.
fn told<T: std::fmt::Debug>(outcome: Result<T, Error>) -> (String, String) {
    let error = outcome.expect_err("it is refused");
    let reason = match &error {
        Error::Denied { reason } => reason.to_string(),
        Error::Invalid { field, reason } => format!("{field}: {reason}"),
        Error::UnknownColumn { .. } => error.to_string(),
        other => other.code().to_owned(),
    };
    (reason, error.advice(Language::English).into_owned())
}

/// Sends hints to the band's topic as the service role does, one transaction for all.
async fn hint(project: &Project, hints: &[Value]) {
    let admin = project.admin().await.unwrap();
    for hint in hints {
        let sql = "select realtime.send($1, 'hint', 'scope:' || $2::text, true)";
        admin
            .execute(sql, &[hint, &BAND.to_string()])
            .await
            .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hints_for_unknown_scopes_and_of_absurd_revisions_cost_few_calls_and_hide_no_change() {
    let project = project().await;
    let proxy = LossyProxy::to(project.url()).await;
    let eric = Phone::of(&project, "eric").await;
    let sam = Phone::by(&proxy, &project, "sam").await;
    eventually("Sam listens", PATIENCE, || async {
        let status = sam.client().status_now().await?;
        (status.connection == Some(ConnectionState::Live(Transport::Private))).then_some(())
    })
    .await;
    let sql = format!("select epoch::text from sync_head where scope_id = '{BAND}'");
    let admin = project.admin().await.unwrap();
    let epoch: String = admin.query_one(&sql, &[]).await.unwrap().get(0);
    let other = Uuid::new_v4();
    let mut hints = vec![
        json!({ "scope": BAND, "rev": -1, "epoch": epoch }),
        json!({ "scope": BAND, "rev": i64::MAX, "epoch": epoch }),
        json!({ "scope": BAND, "rev": 1e300, "epoch": epoch }),
        json!({ "scope": BAND, "rev": "seven", "epoch": epoch }),
        json!({ "scope": BAND, "rev": null, "epoch": null }),
        json!({ "scope": "not an id", "rev": 3, "epoch": epoch }),
        json!({ "scope": BAND, "rev": 3, "epoch": other }),
        json!(["hint"]),
        json!("hint"),
    ];
    for n in 0..300_i64 {
        hints.push(json!({ "scope": Uuid::new_v4(), "rev": n + 1, "epoch": Uuid::new_v4() }));
        hints.push(json!({ "scope": BAND, "rev": 9_000_000_000_000_000_i64 + n, "epoch": epoch }));
    }
    let before = proxy.seen("sync_pull").len();
    hint(&project, &hints).await;
    eric.add_song("Behind the Noise").await;
    sam.sees("Behind the Noise", |_| true).await;
    sam.caught_up().await;
    let calls = proxy.seen("sync_pull").len() - before;
    assert!(calls < 40, "{calls} calls for {} hints", hints.len());
    let status = sam.client().status_now().await.unwrap();
    assert!(status.connection.is_some_and(ConnectionState::is_live));
    // The absurd revision was not believed: the next one is news all the same.
    eric.add_song("And One More").await;
    sam.sees("And One More", |_| true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn long_emoji_and_right_to_left_titles_reach_the_other_phone_letter_for_letter() {
    let project = project().await;
    let (eric, sam) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "sam").await,
    );
    let mut wanted = Vec::new();
    for title in [
        "🎸".repeat(MAX_LINE_CHARS),
        "👩🏽‍🎤 family: 👨‍👩‍👧‍👦, flag: 🏴󠁧󠁢󠁳󠁣󠁴󠁿".to_owned(),
        "שיר של יום חולין \u{202e}server_row\u{202c}".to_owned(),
        "e\u{301} is not é; NFC stays NFC".to_owned(),
        "quotes ' \" \\ % _ ; -- \n\ttab".to_owned(),
    ] {
        wanted.push((eric.add_song(&title).await, title));
    }
    let with_nul = eric.add_song("Nul\0 in the\0 middle").await;
    wanted.push((with_nul, "Nul in the middle".to_owned()));
    for (id, title) in &wanted {
        eventually(format!("{} letters", title.len()), PATIENCE, || async {
            let row = sam.workspace().row(Kind::Song, *id).await.unwrap()?;
            (row["title"] == json!(title)).then_some(())
        })
        .await;
        let found = sam.song(title).await;
        assert_eq!(found.map(|song| song.id), Some(*id), "the search finds it");
    }
    eric.caught_up().await;
    let status = eric.client().status_now().await.unwrap();
    assert_eq!(status.outbox.rejected, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_for_far_too_much_text_finds_nothing_and_is_no_error() {
    let project = project().await;
    let sam = Phone::of(&project, "sam").await;
    let query = SongQuery {
        search: "🎸%_".repeat(50_000),
        limit: 10,
        ..SongQuery::default()
    };
    assert_eq!(first(sam.workspace().songs(query)).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn values_that_no_column_takes_are_refused_by_name_and_leave_everything_as_it_was() {
    let project = project().await;
    let sam = Phone::of(&project, "sam").await;
    let workspace = sam.workspace();
    let id = sam.song("Wonderwall").await.unwrap().id;
    let before = workspace.row(Kind::Song, id).await.unwrap();
    for (set, reason) in [
        (json!({ "title": "" }), "title: it is empty"),
        (json!({ "title": " \u{2003}\0" }), "title: it is empty"),
        (json!({ "title": null }), "title: it is missing"),
        (
            json!({ "key": "A", "title": "x".repeat(MAX_LINE_CHARS + 1) }),
            "title: it is longer than 10,000 characters",
        ),
        (json!({ "tempo": "fast" }), "tempo: it has the wrong type"),
        (json!({ "tempo": -3 }), "tempo: it is out of range"),
        (json!({ "version": 9 }), "version: it cannot be edited"),
        (json!({ "colour": "red" }), "there is no column `colour`"),
        (
            json!({ "last_practiced": "a week ago" }),
            "last_practiced: it is no date",
        ),
    ] {
        let changed = workspace.change(Kind::Song, id, values(set.clone())).await;
        let (found, advice) = told(changed);
        assert_eq!(found, reason, "{set}");
        let absent = reason.ends_with("it is empty") || reason.ends_with("it is missing");
        let expected = if absent {
            "Nothing was saved."
        } else if reason.starts_with("there is no column") {
            "Nothing was saved. Update the app, or tell its makers."
        } else {
            "Correct the value and save again."
        };
        assert_eq!(advice, expected, "{set}");
    }
    assert_eq!(workspace.row(Kind::Song, id).await.unwrap(), before);
    let status = sam.client().status_now().await.unwrap();
    assert_eq!((status.outbox.unsent, status.outbox.rejected), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_a_row_that_is_not_there_gives_its_text_back() {
    let project = project().await;
    let sam = Phone::of(&project, "sam").await;
    let nowhere = values(json!({ "title": "Nowhere" }));
    let gone = sam
        .workspace()
        .change(Kind::Song, RowId::fresh(), nowhere.clone())
        .await;
    let Err(Error::Gone { edit }) = gone else {
        panic!("{gone:?}");
    };
    assert!(!format!("{edit:?}").contains("Nowhere"), "not for a log");
    assert_eq!(edit.into_values(), nowhere, "the text comes back");
    let status = sam.client().status_now().await.unwrap();
    assert_eq!((status.outbox.unsent, status.outbox.rejected), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_only_the_server_refuses_is_rejected_with_all_its_fields_and_shown() {
    let project = project().await;
    let sam = Phone::of(&project, "sam").await;
    let show = values(
        json!({ "name": "The Moon", "venue": "Sea of Rain", "status": "on fire",
        "scheduled_date": "2027-01-02T20:00:00Z" }),
    );
    sam.workspace()
        .add(BAND, Kind::Show, show.clone())
        .await
        .unwrap();
    sam.hears("Your new \"The Moon\" was refused. A value is outside what is allowed.")
        .await;
    let rejected = first(sam.workspace().rejected_edits(10)).await;
    let [entry] = rejected.as_slice() else {
        panic!("{rejected:?}")
    };
    let rejection = &entry.rejection;
    assert_eq!(rejection.code, RefusalCode::OutsideRange, "{rejection:?}");
    for (name, value) in &show {
        assert_eq!(entry.set.get(name), Some(value), "{name} is kept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setlist_that_names_a_deleted_song_keeps_its_place_and_can_still_be_edited() {
    let project = project().await;
    let (eric, sam) = (
        Phone::of(&project, "eric").await,
        Phone::of(&project, "sam").await,
    );
    let song = eric.add_song("Soon Gone").await;
    let item = |n: u8, id: RowId| json!({ "id": format!("item-{n}"), "position": n, "type": "song", "songId": id });
    let stays = eric.song("Wonderwall").await.unwrap().id;
    eric.network(false);
    let never_sent = eric.add_song("Gone Before It Was Sent").await;
    let items = json!([item(1, song), item(2, stays), item(3, never_sent)]);
    let list = values(json!({ "name": "Ghosts", "items": items }));
    let list = eric
        .workspace()
        .add(BAND, Kind::Setlist, list)
        .await
        .unwrap();
    for gone in [song, never_sent] {
        eric.workspace().delete(Kind::Song, gone).await.unwrap();
    }
    eric.network(true);
    eric.caught_up().await;
    let shown = eventually("the place of the deleted song", PATIENCE, || async {
        let setlist = sam.workspace().setlist(list).next().await?.unwrap()?;
        let nameless = |body: &ItemBody| matches!(body, ItemBody::Song { title: None, .. });
        let count = setlist.items.iter().filter(|item| nameless(&item.body));
        (count.count() == 2).then_some(setlist)
    })
    .await;
    assert_eq!((shown.items.len(), shown.untimed), (3, 2));
    let fewer = values(json!({ "items": [item(1, stays), item(2, song)] }));
    let workspace = sam.workspace();
    workspace.change(Kind::Setlist, list, fewer).await.unwrap();
    sam.caught_up().await;
    let row = server::row(&project, "setlists", list).await;
    assert_eq!(row["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(row["items"][1]["songId"], json!(song));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invite_that_is_unknown_expired_or_used_up_says_so_and_what_to_do() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    let stranger = Phone::new(&project);
    let password = rockon_core::redact::Secret::new("correct horse 42");
    let client = stranger.client();
    client
        .sign_up("new@rock-on.test", password, "New")
        .await
        .unwrap();
    let unknown = told(client.redeem_invite("NO-SUCH-CODE").await);
    let check = "Check the code for a typing mistake, or ask for a new one.";
    assert_eq!(unknown, ("invite_unknown".to_owned(), check.to_owned()));
    for empty in ["", "   ", "\0", "🎸"] {
        assert_eq!(told(client.redeem_invite(empty).await).0, "invite_unknown");
    }
    let ask = "Ask an admin of the band for a new code.";
    let old = eric.client().create_invite(BAND, 5, 1).await.unwrap();
    let sql = format!(
        "update invite_codes set expires_at = now() - interval '1 minute' where code = '{old}'"
    );
    let admin = project.admin().await.unwrap();
    admin.batch_execute(&sql).await.unwrap();
    let expired = told(client.redeem_invite(&old).await);
    assert_eq!(expired, ("invite_expired".to_owned(), ask.to_owned()));
    let used = eric.client().create_invite(BAND, 1, 1).await.unwrap();
    let other = Phone::of(&project, "liv").await;
    let sql = format!("update invite_codes set current_uses = max_uses where code = '{used}'");
    admin.batch_execute(&sql).await.unwrap();
    let used_up = told(client.redeem_invite(&used).await);
    assert_eq!(used_up, ("invite_used_up".to_owned(), ask.to_owned()));
    // A member who types it again is told nothing bad, and nobody has lost anything.
    assert_eq!(other.client().redeem_invite(&used).await, Ok(BAND));
    let fresh = eric.client().create_invite(BAND, 1, 1).await.unwrap();
    assert_eq!(client.redeem_invite(&fresh).await, Ok(BAND));
    stranger.sees("Wonderwall", |_| true).await;
}
