//! Unread from the author pair alone, against a recount of everything that happened; read marks and read-up-to marks.

use serde_json::{Value, json};
use uuid::Uuid;

use super::db::{Db, Who, id};
use super::push::{add_song, request};
use super::world::{ADMIN, MEMBER, OTHER, SECOND, VIEWER, band, world};

/// Rows, each with its own random history.
const HISTORIES: usize = 2_400;
const ROUNDS: usize = 9;
const WRITERS: [u32; 3] = [ADMIN, MEMBER, SECOND];

/// A change of content: its revision, and who made it (none = the service).
type Change = (i64, Option<u32>);

fn row_id(history: usize) -> Uuid {
    id(0x10_0000 + u32::try_from(history).expect("few"))
}

fn list(rows: &[usize]) -> String {
    rows.iter()
        .map(|row| format!("'{}'", row_id(*row)))
        .collect::<Vec<_>>()
        .join(",")
}

/// One round: every row is changed by somebody, only touched by somebody (bookkeeping), or left alone.
async fn round(db: &Db, histories: &mut [Vec<Change>]) {
    let mut groups: [(Vec<usize>, Vec<usize>); 4] = Default::default();
    for row in 0..histories.len() {
        let (changed, touched) = &mut groups[fastrand::usize(..4)];
        match fastrand::u8(..4) {
            0 => touched.push(row),
            1 | 2 => changed.push(row),
            _ => {}
        }
    }
    for (actor, (changed, touched)) in groups.iter().enumerate() {
        let actor = WRITERS.get(actor).copied();
        let who = actor.map_or(Who::Service, |person| Who::User(id(person)));
        db.run(who, &format!(
            "update public.songs set tempo = coalesce(tempo, 0) + 1 where id in ({}); update public.songs set version = 1 where id in ({})",
            list(changed), list(touched))).await;
        let rev = db
            .number(&format!(
                "select rev from public.sync_head where scope_id = '{}'",
                band()
            ))
            .await;
        for row in changed {
            histories[*row].push((rev, actor));
        }
    }
}

#[tokio::test]
async fn the_author_pair_gives_unread_as_a_recount_of_random_histories_does() {
    let (_project, db) = world().await;
    let mut histories = vec![Vec::new(); HISTORIES];
    for (n, person) in WRITERS.iter().enumerate() {
        let rows: Vec<String> = (n..HISTORIES)
            .step_by(3)
            .map(|row| {
                format!(
                    "('{}', 'Song', '{}', '{}')",
                    row_id(row),
                    band(),
                    id(*person)
                )
            })
            .collect();
        db.run(
            Who::User(id(*person)),
            &format!(
                "insert into public.songs (id, title, context_id, created_by) values {}",
                rows.join(",")
            ),
        )
        .await;
        let rev = db
            .number(&format!(
                "select rev from public.sync_head where scope_id = '{}'",
                band()
            ))
            .await;
        for row in (n..HISTORIES).step_by(3) {
            histories[row].push((rev, Some(*person)));
        }
    }
    let first = db
        .number(&format!(
            "select rev from public.sync_head where scope_id = '{}'",
            band()
        ))
        .await;
    for _ in 0..ROUNDS {
        round(&db, &mut histories).await;
    }
    let last = db
        .number(&format!(
            "select rev from public.sync_head where scope_id = '{}'",
            band()
        ))
        .await;
    let stamps = db
        .run(
            Who::Owner,
            "select sync_by, sync_by_rev, sync_other_rev from public.songs order by id",
        )
        .await;
    let (mut pairs, mut wrong, mut wrong_by_last_author) = (0, 0, 0);
    for (stamp, history) in stamps.rows.iter().zip(&histories) {
        let by = stamp[0].as_deref();
        let number = |column: usize| {
            stamp[column]
                .as_deref()
                .expect("a number")
                .parse::<i64>()
                .expect("a number")
        };
        let (by_rev, other_rev) = (number(1), number(2));
        for person in [ADMIN, MEMBER, SECOND, VIEWER] {
            let mark = fastrand::i64(first - 3..=last);
            let mine = by == Some(id(person).to_string().as_str());
            let recount = history
                .iter()
                .any(|(rev, actor)| *rev > mark && *actor != Some(person));
            pairs += 1;
            wrong += usize::from((if mine { other_rev } else { by_rev } > mark) != recount);
            wrong_by_last_author += usize::from((!mine && by_rev > mark) != recount);
        }
    }
    assert_eq!(wrong, 0, "of {pairs}");
    assert!(
        wrong_by_last_author > 0,
        "the last author alone is never wrong: these histories show nothing"
    );
    eprintln!(
        "{pairs} (row, person) pairs: 0 wrong; by the last author alone {wrong_by_last_author}"
    );
}

async fn mark(db: &Db, person: u32, row: Uuid, set: Value) -> Value {
    let mutation = json!({"n": 1, "kind": "read_mark", "op": "mark", "id": row, "set": set});
    let answer = db
        .push(
            id(person),
            &request(Uuid::new_v4(), id(person), 0, &[mutation]),
        )
        .await;
    answer["results"][0].clone()
}

#[tokio::test]
async fn marks_only_grow_stop_at_the_head_and_make_no_traffic_for_the_band() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    let head = db
        .number(&format!(
            "select rev from public.sync_head where scope_id = '{}'",
            band()
        ))
        .await;
    let at = |rev: i64| json!({"scope_id": band(), "row_kind": "song", "rev": rev});
    let stored = async || {
        db.one("select rev || ' ' || seen_rev from public.read_marks")
            .await
    };
    let own = format!(
        "select rev from public.sync_head where scope_id = '{}'",
        id(MEMBER)
    );
    let own = db.number(&own).await;
    assert_eq!(
        mark(&db, MEMBER, id(1), at(3)).await["rev"],
        own + 1,
        "a revision of his own scope"
    );
    assert_eq!(stored().await, "3 0");
    assert_eq!(
        mark(&db, MEMBER, id(1), at(2)).await["rev"],
        0,
        "lower: nothing to do"
    );
    let seen = json!({"scope_id": band(), "row_kind": "song", "rev": 2, "seen": true});
    mark(&db, MEMBER, id(1), seen).await;
    assert_eq!(
        stored().await,
        "3 2",
        "opened at an older revision than read"
    );
    mark(&db, MEMBER, id(1), at(head + 1000)).await;
    assert_eq!(stored().await, format!("{head} 2"), "never above the head");
    let now = db
        .number(&format!(
            "select rev from public.sync_head where scope_id = '{}'",
            band()
        ))
        .await;
    assert_eq!(now, head, "a tap is no news for the band");
    let pulled = db
        .pull(
            id(MEMBER),
            &json!({"scopes": [{"id": id(MEMBER), "cursor": null, "epoch": null}]}),
        )
        .await;
    assert_eq!(
        pulled["scopes"][0]["rows"]["read_mark"][0]["rev"], head,
        "his other device gets it"
    );
    assert_eq!(pulled["scopes"][0]["log"], json!([]));
}

#[tokio::test]
async fn a_second_devices_read_up_to_mark_does_not_wipe_the_first_ones_unread() {
    let (_project, db) = world().await;
    add_song(&db, ADMIN, id(1), "Wonderwall").await;
    let read_up_to = |rev: i64, if_absent: bool| json!({"scope_id": band(), "row_kind": "song", "rev": rev, "if_absent": if_absent, "seen": true});
    let stored = async || {
        db.one("select rev || ' ' || seen_rev from public.read_marks")
            .await
    };
    mark(&db, MEMBER, Uuid::nil(), read_up_to(2, true)).await;
    assert_eq!(stored().await, "2 0", "a read-up-to mark is not seen");
    assert_eq!(
        mark(&db, MEMBER, Uuid::nil(), read_up_to(4, true)).await["rev"],
        0
    );
    assert_eq!(stored().await, "2 0");
    mark(&db, MEMBER, Uuid::nil(), read_up_to(4, false)).await;
    assert_eq!(stored().await, "4 0", "mark all read");
}

#[tokio::test]
async fn marks_of_other_people_other_scopes_and_nonsense_are_refused() {
    let (_project, db) = world().await;
    let good = json!({"scope_id": band(), "row_kind": "song", "rev": 1});
    let with = |key: &str, value: Value| {
        let mut set = good.clone();
        set[key] = value;
        set
    };
    let cases = [
        (OTHER, good.clone(), "42501"),
        (MEMBER, with("scope_id", json!(id(ADMIN))), "42501"),
        (MEMBER, with("scope_id", Value::Null), "42501"),
        (MEMBER, with("row_kind", json!("read_mark")), "22023"),
        (MEMBER, with("row_kind", json!("nothing")), "22023"),
        (MEMBER, with("rev", json!(-1)), "22023"),
        (MEMBER, with("rev", Value::Null), "22023"),
        (MEMBER, with("rev", json!("x")), "22P02"),
    ];
    for (person, set, state) in cases {
        assert_eq!(
            mark(&db, person, id(1), set.clone()).await["sqlstate"],
            state,
            "{set}"
        );
    }
    let mutation = json!({"n": 1, "kind": "read_mark", "op": "mark", "id": id(1), "set": good});
    let in_the_bands_scope = db
        .push(id(MEMBER), &request(Uuid::new_v4(), band(), 0, &[mutation]))
        .await;
    assert_eq!(in_the_bands_scope["results"][0]["sqlstate"], "42501");
}
