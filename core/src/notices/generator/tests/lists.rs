//! Setlists, imports and the log's values, from pulls to notices.

use super::*;

pub(super) const PILE: u128 = 0x11;

pub(super) fn item(id: &str, song: u128) -> Value {
    json!({"id": id, "type": "song", "songId": Uuid::from_u128(song)})
}

pub(super) fn pile(items: &[Value], rev: i64, by: u128) -> (Kind, Value) {
    let row = json!({"id": Uuid::from_u128(PILE), "name": "Pile", "items": items, "sync_rev": rev,
        "sync_by": Uuid::from_u128(by), "sync_by_rev": rev, "sync_other_rev": 0});
    (Kind::Setlist, row)
}

pub(super) fn items_line(rev: i64, by: u128) -> LogEntry {
    let mut line = line(rev, PILE, "update", by, &["items"]);
    line.1 = "setlist".to_owned();
    line
}

/// A phone with a setlist of three songs and a break.
pub(super) async fn with_pile() -> (TestPhone, Vec<Value>) {
    let mut phone = TestPhone::new().await;
    let tea = json!({"id": "b", "type": "break", "breakDuration": 10});
    let items = vec![item("1", 1), item("2", 2), tea, item("3", 3)];
    let mut rows: Vec<_> = ["Wonderwall", "505", "Zombie", "Creep"]
        .into_iter()
        .zip(1..)
        .map(|(title, n)| song(n, title, "C", 2, ME))
        .collect();
    rows.push(pile(&items, 2, ME));
    phone.pull(2, rows, vec![]).await;
    (phone, items)
}

#[tokio::test]
async fn each_thing_done_to_a_setlist_is_told_as_what_it_is() {
    let (mut phone, mut items) = with_pile().await;
    let mut rev = 2;
    let mut said = Vec::new();
    let steps: [fn(&mut Vec<Value>); 4] = [
        |items| drop(items.remove(1)),
        |items| items.push(item("4", 4)),
        |items| items[1]["breakDuration"] = json!(25),
        |items| items.rotate_right(1),
    ];
    for step in steps {
        step(&mut items);
        rev += 1;
        phone
            .pull(
                rev,
                vec![pile(&items, rev, ERIC)],
                vec![items_line(rev, ERIC)],
            )
            .await;
        said = phone.after(5).await;
    }
    assert_eq!(
        said,
        [
            "Eric removed \"505\" from \"Pile\"",
            "Eric added \"Creep\" to \"Pile\"",
            "Eric changed \"Pile\": break now 25 min",
            "Eric moved \"Creep\" to 1 in \"Pile\"",
        ]
    );
}

#[tokio::test]
async fn several_things_done_offline_are_told_together_and_what_is_put_back_is_not() {
    let (mut phone, items) = with_pile().await;
    let mut other = items.clone();
    other.remove(1);
    other.rotate_right(1);
    let log = vec![items_line(3, ERIC), items_line(4, ERIC)];
    phone.pull(4, vec![pile(&other, 4, ERIC)], log).await;
    let said = phone.after(5).await;
    assert_eq!(
        said,
        ["Eric changed \"Pile\": removed \"505\", moved \"Zombie\" to 1"]
    );
    // There and back, in two pulls of one window.
    phone
        .pull(5, vec![pile(&items, 5, ERIC)], vec![items_line(5, ERIC)])
        .await;
    phone
        .pull(6, vec![pile(&other, 6, ERIC)], vec![items_line(6, ERIC)])
        .await;
    assert_eq!(phone.after(5).await, said);
}

#[tokio::test]
async fn what_was_done_to_a_setlist_is_told_though_its_last_revision_changed_something_else() {
    let (mut phone, mut items) = with_pile().await;
    items.remove(1);
    let mut renamed = items_line(4, 0xf);
    renamed.5 = vec!["name".to_owned()];
    let log = vec![items_line(3, ERIC), renamed];
    phone.pull(4, vec![pile(&items, 4, 0xf)], log).await;
    let mut said = phone.after(5).await;
    said.sort();
    assert_eq!(
        said,
        [
            "Eric removed \"505\" from \"Pile\"",
            "Somebody changed the name of \"Pile\""
        ]
    );
}

#[tokio::test]
async fn a_setlist_that_two_have_changed_between_two_pulls_is_told_without_details() {
    let (mut phone, mut items) = with_pile().await;
    items.remove(1);
    let log = vec![items_line(3, ERIC), items_line(4, 0xf)];
    phone.pull(4, vec![pile(&items, 4, 0xf)], log).await;
    let mut said = phone.after(5).await;
    said.sort();
    assert_eq!(
        said,
        [
            "Eric changed the contents of \"Pile\"",
            "Somebody changed the contents of \"Pile\""
        ]
    );
}

#[tokio::test]
async fn a_setlist_with_own_unsent_edits_tells_what_the_other_did_and_not_mine() {
    let (mut phone, items) = with_pile().await;
    let mut mine = items.clone();
    mine.rotate_right(1);
    let set = values(json!({ "items": mine }));
    let id = RowId(Uuid::from_u128(PILE));
    let edit = Edit::update(Kind::Setlist, id, set);
    phone.generator.store.edit(edit).await.unwrap();
    let mut theirs = items.clone();
    theirs.push(item("4", 4));
    phone
        .pull(3, vec![pile(&theirs, 3, ERIC)], vec![items_line(3, ERIC)])
        .await;
    assert_eq!(phone.after(5).await, ["Eric added \"Creep\" to \"Pile\""]);
}

#[tokio::test]
async fn gig_mode_and_a_kill_keep_what_was_done_to_a_setlist() {
    let (mut phone, mut items) = with_pile().await;
    phone.generator.gig(true).await.unwrap();
    for rev in 3..5 {
        items.pop();
        phone
            .pull(
                rev,
                vec![pile(&items, rev, ERIC)],
                vec![items_line(rev, ERIC)],
            )
            .await;
    }
    let mut phone = phone.reopened();
    phone.generator.begin().await.unwrap();
    phone.generator.come_back().await.unwrap();
    phone.generator.gig(false).await.unwrap();
    assert_eq!(
        phone.feed().await,
        ["Eric changed \"Pile\": removed 2 items"]
    );
}

#[tokio::test]
async fn the_values_of_a_page_are_those_that_are_told_and_not_what_the_row_holds_later() {
    let mut phone = TestPhone::new().await;
    phone
        .pull(2, vec![song(1, "Creep", "A", 2, ME)], vec![])
        .await;
    // Eric wrote C; then I wrote Gm on another phone.
    let log = vec![
        key_change(3, ERIC, "A", "C"),
        line(4, 1, "update", ME, &["key"]),
    ];
    phone
        .pull(4, vec![song(1, "Creep", "Gm", 4, ME)], log)
        .await;
    assert_eq!(
        phone.after(5).await,
        ["Eric changed the key of \"Creep\": A → C"]
    );
    // Without values of his revision the name alone.
    let log = vec![
        line(5, 1, "update", ERIC, &["key"]),
        line(6, 1, "update", ME, &["key"]),
    ];
    phone.pull(6, vec![song(1, "Creep", "D", 6, ME)], log).await;
    assert_eq!(phone.after(5).await[1], "Eric changed the key of \"Creep\"");
}

#[tokio::test]
async fn nothing_that_became_nothing_is_not_told() {
    let mut phone = TestPhone::new().await;
    phone
        .pull(2, vec![song(1, "Creep", "", 2, ME)], vec![])
        .await;
    let mut null = key_change(3, ERIC, "", "");
    null.6 = values(json!({"key": [null, ""]}));
    phone
        .pull(3, vec![song(1, "Creep", "", 3, ERIC)], vec![null])
        .await;
    assert!(phone.after(5).await.is_empty());
}

#[tokio::test]
async fn an_import_in_many_pulls_is_one_notice_and_what_comes_later_another() {
    let mut phone = TestPhone::new().await;
    let mut rev = 1;
    let mut feed = Vec::new();
    for batch in 0..7_u128 {
        rev += 1;
        let ids = batch * 40..(batch + 1) * 40;
        let rows = ids.clone().map(|n| song(n + 1, "s", "C", rev, ERIC));
        let rows = rows.collect();
        let log = ids.map(|n| line(rev, n + 1, "insert", ERIC, &[])).collect();
        phone.pull(rev, rows, log).await;
        feed = phone.after(4).await;
        assert_eq!(feed.len(), 1, "{feed:?}");
    }
    assert_eq!(
        feed,
        ["Eric added 280 songs: \"s\", \"s\", \"s\" and 277 more"]
    );
    phone.clock.advance(Duration::from_mins(1));
    phone
        .pull(
            rev + 1,
            vec![song(999, "Late", "C", rev + 1, ERIC)],
            vec![line(rev + 1, 999, "insert", ERIC, &[])],
        )
        .await;
    assert_eq!(phone.after(5).await[1], "Eric added \"Late\"");
}

#[tokio::test]
async fn what_is_added_again_after_its_notice_is_counted_once() {
    let mut phone = TestPhone::new().await;
    for rev in [2, 4] {
        let log = vec![
            line(rev, 1, "delete", ERIC, &[]),
            line(rev + 1, 1, "insert", ERIC, &[]),
        ];
        let log = if rev == 2 { log[1..].to_vec() } else { log };
        phone
            .pull(rev + 1, vec![song(1, "A", "C", rev + 1, ERIC)], log)
            .await;
        assert_eq!(phone.after(5).await, ["Eric added \"A\""]);
    }
}

#[tokio::test]
async fn an_import_of_one_does_not_join_that_of_another_nor_a_change() {
    let mut phone = TestPhone::new().await;
    let one = |n: u128, rev: i64, by: u128| {
        (
            vec![song(n, &format!("S{n}"), "C", rev, by)],
            vec![line(rev, n, "insert", by, &[])],
        )
    };
    for (n, rev, by) in [(1, 2, ERIC), (2, 3, 0xf)] {
        let (rows, log) = one(n, rev, by);
        phone.pull(rev, rows, log).await;
        phone.after(5).await;
    }
    let changed = vec![key_change(4, ERIC, "C", "D")];
    phone
        .pull(4, vec![song(1, "S1", "D", 4, ERIC)], changed)
        .await;
    assert_eq!(
        phone.after(5).await,
        [
            "Eric added \"S1\"",
            "Somebody added \"S2\"",
            "Eric changed the key of \"S1\": C → D"
        ]
    );
}

#[tokio::test]
async fn a_deleted_practice_is_told_with_its_day_also_where_the_tombstone_has_a_type() {
    let mut phone = TestPhone::new().await;
    let gone = |n: u128, rev: i64, title: &str| Tombstone {
        kind: "practice".to_owned(),
        id: RowId(Uuid::from_u128(n)),
        rev: Rev(rev),
        actor: Some(Uuid::from_u128(ERIC)),
        actor_name: Some("Eric".to_owned()),
        title: Some(title.to_owned()),
    };
    for (n, rev, title) in [(1, 2, "2026-03-05T20:00:00+00:00"), (2, 3, "performance")] {
        phone.pull_tombstones(rev, vec![gone(n, rev, title)]).await;
        phone.after(5).await;
    }
    assert_eq!(
        phone.feed().await,
        [
            "Eric deleted the practice on 2026-03-05",
            "Eric deleted a practice"
        ]
    );
}
