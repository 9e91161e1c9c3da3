//! What screens read of shows, practices and members has types, and a value that fits none costs no other.

use super::*;
use crate::model::{PracticeStatus, PracticeType, Role, ShowStatus, ShowTime, TimeSignature};
use crate::store::{PracticeQuery, SetlistQuery, ShowQuery};

fn row(n: u128, more: Value) -> Values {
    let mut row = values(json!({ "id": RowId(Uuid::from_u128(n)), "sync_rev": 5 }));
    row.append(&mut values(more));
    row
}

async fn with(kind: &str, rows: Vec<Values>) -> Fixture {
    let mut first = page(5, vec![]);
    first.scopes[0].rows = [(kind.to_owned(), rows)].into();
    let f = fixture();
    f.pull(first).await;
    f
}

#[tokio::test]
async fn a_show_has_times_and_a_status_and_keeps_what_it_cannot_read() {
    let f = with(
        "show",
        vec![
            row(1, json!({"name": "Gig", "scheduled_date": "2026-12-05T20:00:00.5+00:00", "status": "confirmed",
                "load_in_time": "17:30", "set_time": "late", "contacts": [{"name": "Pat"}, 7]})),
            row(2, json!({"name": "Odd", "scheduled_date": "soon", "status": "postponed", "contacts": {}})),
        ],
    )
    .await;
    let all = f
        .store
        .read(|r| r.shows(&ShowQuery::default()))
        .await
        .unwrap();
    let (gig, odd) = (&all[0], &all[1]);
    assert_eq!(gig.scheduled_date, Some(Timestamp(1_796_500_800_500)));
    assert_eq!(gig.status, Some(ShowStatus::Confirmed));
    assert!(matches!(gig.load_in_time, Some(ShowTime::At { .. })));
    let text = "late".to_owned();
    assert_eq!(gig.set_time, Some(ShowTime::Words { text }));
    let names: Vec<_> = gig.contacts.iter().map(|one| one.name.as_deref()).collect();
    assert_eq!(names, [Some("Pat"), None]);
    assert_eq!(gig.contacts[1].value(), 7);
    assert_eq!((odd.name.as_str(), odd.scheduled_date), ("Odd", None));
    let code = "postponed".to_owned();
    assert_eq!(odd.status, Some(ShowStatus::Other { code }));
    let kept = f
        .store
        .read(move |r| r.row(Kind::Show, RowId(Uuid::from_u128(2))));
    assert_eq!(kept.await.unwrap().unwrap()["scheduled_date"], "soon");
}

#[tokio::test]
async fn lists_from_a_time_on_compare_moments_whatever_zone_they_are_written_in() {
    let when = [
        "2026-12-05T20:00:00.12+00:00",
        "2026-12-05T21:00:00.13+01:00",
        "2026-12-05 19:00Z",
    ];
    let rows = when.iter().zip(1..).map(|(when, n)| {
        row(
            n,
            json!({"type": "lesson", "status": "in-progress", "scheduled_date": when,
            "songs": [{"songId": RowId(Uuid::from_u128(8))}], "attendees": [{"memberId": "m"}]}),
        )
    });
    let f = with("practice", rows.collect()).await;
    let from = |at: Option<i64>| PracticeQuery {
        from: at.map(Timestamp),
        ..PracticeQuery::default()
    };
    let all = f
        .store
        .read(move |r| r.practices(&from(None)))
        .await
        .unwrap();
    let order: Vec<u128> = all.iter().map(|one| one.id.0.as_u128()).collect();
    assert_eq!(order, [3, 1, 2]);
    assert_eq!(all[0].practice_type, Some(PracticeType::Lesson));
    assert_eq!(all[0].status, Some(PracticeStatus::InProgress));
    assert_eq!(all[0].songs[0].song, Some(RowId(Uuid::from_u128(8))));
    assert_eq!(all[0].attendees[0].member.as_deref(), Some("m"));
    for (at, count) in [(0, 3), (119, 2), (120, 2), (121, 1), (130, 1), (131, 0)] {
        let query = from(Some(1_796_500_800_000 + at));
        let query = if at == 0 {
            from(Some(1_796_497_200_000))
        } else {
            query
        };
        let found = f.store.read(move |r| r.count_practices(&query)).await;
        assert_eq!(found.unwrap(), count, "{at}");
    }
}

#[tokio::test]
async fn a_member_with_a_role_of_a_newer_version_is_shown_with_it() {
    let joined = json!({"user_id": SAM, "status": "active", "role": "roadie", "member_name": "Sam",
        "joined_date": "2026-01-01T00:00:00+00:00"});
    let f = with("membership", vec![row(1, joined)]).await;
    let all = f.store.read(|r| r.members(BAND, false)).await.unwrap();
    let code = "roadie".to_owned();
    assert_eq!(all[0].role, Some(Role::Other { code }));
    assert_eq!(all[0].joined_date, Some(Timestamp(1_767_225_600_000)));
}

#[tokio::test]
async fn a_band_says_what_i_may_do_there() {
    for (role, may) in [
        (json!("admin"), (true, true)),
        (json!("member"), (true, false)),
        (json!("viewer"), (false, false)),
        (json!("roadie"), (false, false)),
        (Value::Null, (false, false)),
    ] {
        let mine = json!({"user_id": ME, "status": "active", "role": role, "member_name": "Me"});
        let mut first = page(5, vec![]);
        first.scopes[0].rows = [
            ("membership".to_owned(), vec![row(1, mine)]),
            (
                "band".to_owned(),
                vec![row(0xbad, json!({"name": "Night Shift"}))],
            ),
        ]
        .into();
        let f = fixture();
        f.pull(first).await;
        let band = f.store.read(|r| r.band(BAND)).await.unwrap().unwrap();
        assert_eq!((band.may_edit, band.may_manage), may, "{role}");
        assert_eq!(f.store.read(|r| r.bands()).await.unwrap(), [band]);
    }
}

#[tokio::test]
async fn a_song_is_counted_in_numbers() {
    let f = with(
        "song",
        vec![row(1, json!({"title": "A", "time_signature": "6/8"}))],
    )
    .await;
    let query = crate::store::SongQuery::default();
    let all = f.store.read(move |r| r.songs(&query)).await.unwrap();
    let counted = TimeSignature::Counted { beats: 6, unit: 8 };
    assert_eq!(all[0].time_signature, Some(counted));
}

fn lists() -> Vec<Values> {
    let item = |n: u128| json!({"id": format!("{n}"), "type": "song", "songId": id(n)});
    let pause = json!({"type": "break", "breakDuration": 15});
    let items = json!([item(1), pause, item(2), {"type": "section"}]);
    let c = json!({"name": "C", "show_id": id(99), "status": "active"});
    vec![
        row(11, json!({"name": "A", "show_id": id(21), "items": items})),
        row(12, json!({"name": "B", "status": "archived"})),
        row(13, c),
        row(14, json!({"name": "D", "status": "draft"})),
    ]
}

fn show(n: u128, day: u32, list: &Value, set_time: &str) -> Values {
    let date = format!("2026-12-{day:02}T20:00:00+00:00");
    let show =
        json!({"name": "Gig", "scheduled_date": date, "setlist_id": list, "set_time": set_time});
    row(n, show)
}

/// A setlist that names a show, one that two shows name, one of an unknown show, and one of none.
async fn setlists_with_shows() -> Fixture {
    let shows = vec![
        show(21, 1, &Value::Null, "23:50"),
        show(22, 7, &json!(id(12)), "late"),
        show(23, 5, &json!(id(12)), "20:00"),
        show(24, 9, &json!(id(11)), "20:00"),
        show(25, 3, &json!(id(13)), ""),
    ];
    let mut first = page(5, vec![]);
    first.scopes[0].rows = [("setlist".to_owned(), lists()), ("show".to_owned(), shows)].into();
    let f = fixture();
    f.pull(first).await;
    f
}

#[tokio::test]
async fn a_setlist_counts_its_songs_and_says_when_its_show_is() {
    let f = setlists_with_shows().await;
    let day = |day: i64| Some(Timestamp(1_796_155_200_000 + (day - 1) * 86_400_000));
    for (n, songs, date) in [
        (11, 2, day(1)),
        (12, 0, day(7)),
        (13, 0, day(3)),
        (14, 0, None),
    ] {
        let list = f.store.read(move |r| r.setlist(id(n))).await.unwrap();
        let list = list.unwrap();
        assert_eq!((list.songs, list.show_date), (songs, date), "{n}");
        let numbers: Vec<_> = list.items.iter().map(|item| item.number).collect();
        let times = (list.start, list.end);
        if n == 11 {
            assert_eq!(numbers, [Some(1), None, Some(2), None]);
            let time = |text: &str| text.parse().ok();
            assert_eq!(
                times,
                (time("23:50"), time("00:05")),
                "a break of 15 minutes"
            );
        } else {
            assert_eq!(times, (None, None), "{n}");
        }
    }
}

#[tokio::test]
async fn archived_setlists_are_a_list_of_their_own() {
    let f = setlists_with_shows().await;
    for (archived, names) in [(false, &["A", "C", "D"][..]), (true, &["B"])] {
        let query = SetlistQuery {
            archived,
            ..SetlistQuery::default()
        };
        let read = f
            .store
            .read(move |r| Ok((r.setlists(&query)?, r.count_setlists(&query)?)));
        let (lists, count) = read.await.unwrap();
        let found: Vec<_> = lists.iter().map(|list| list.name.as_str()).collect();
        assert_eq!(found, names);
        assert_eq!(count as usize, names.len());
    }
}

#[tokio::test]
async fn a_list_is_counted_whatever_its_limit() {
    let list = |n: u128| row(n, json!({"name": "Tour"}));
    let f = with("setlist", vec![list(1), list(2), list(3)]).await;
    let query = |scope| SetlistQuery {
        scope: Some(scope),
        limit: 1,
        ..SetlistQuery::default()
    };
    for (scope, counted, shown) in [(BAND, 3, 1), (ME.into(), 0, 0)] {
        let read = f.store.read(move |r| {
            let query = query(scope);
            Ok((r.count_setlists(&query)?, r.setlists(&query)?.len()))
        });
        assert_eq!(read.await.unwrap(), (counted, shown));
    }
}
