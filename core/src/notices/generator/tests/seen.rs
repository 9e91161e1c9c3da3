//! What is different about a row since the member looked.

use super::lists::{PILE, item, items_line, pile, with_pile};
use super::*;
use crate::notices::{ChangesSinceSeen, ListItem, ListStep, changes_since_seen};

const NOEL: u128 = 0x9;

async fn since(phone: &TestPhone, kind: Kind, id: u128) -> Option<ChangesSinceSeen> {
    let id = RowId(Uuid::from_u128(id));
    let read = move |reader: &Reader<'_>| changes_since_seen(reader, kind, id);
    phone.generator.store.read(read).await.unwrap()
}

/// `column: old -> new, who, when` of each.
fn said(changes: Option<ChangesSinceSeen>) -> Vec<String> {
    let one = |one: crate::notices::SeenChange| {
        let (by, at) = (one.by_name.unwrap_or_default(), one.at.map(|at| at.0));
        format!("{}: {} -> {}, {by}, {at:?}", one.field, one.from, one.to)
    };
    changes.unwrap().fields.into_iter().map(one).collect()
}

fn creep(key: &str, tempo: i64, rev: i64, by: u128) -> (Kind, Value) {
    let (kind, mut row) = song(1, "Creep", key, rev, by);
    row["tempo"] = json!(tempo);
    (kind, row)
}

#[tokio::test]
async fn each_column_is_told_with_what_was_seen_what_is_and_who_left_it_so_when() {
    let mut phone = TestPhone::new().await;
    let rows = vec![creep("G", 90, 2, ME), member(NOEL, "Noel")];
    phone.pull(2, rows, vec![]).await;
    assert_eq!(
        since(&phone, Kind::Song, 1).await,
        None,
        "nothing is unread"
    );
    for (rev, key, tempo, column, by) in [
        (3, "A", 90, "key", ERIC),
        (4, "A", 96, "tempo", ERIC),
        (5, "B", 96, "key", NOEL),
    ] {
        let row = creep(key, tempo, rev, by);
        let line = line(rev, 1, "update", by, &[column, "version"]);
        phone.pull(rev, vec![row], vec![line]).await;
    }
    assert_eq!(
        said(since(&phone, Kind::Song, 1).await),
        [
            "key: \"G\" -> \"B\", Noel, Some(5000)",
            "tempo: 90 -> 96, Eric, Some(4000)"
        ]
    );
    let read = |tx: &mut WriteTx<'_>| tx.mark_read(Kind::Song, RowId(Uuid::from_u128(1)));
    let store = &phone.generator.store;
    store.write(Durability::Full, read).await.unwrap();
    assert_eq!(since(&phone, Kind::Song, 1).await, None);
}

#[tokio::test]
async fn of_a_setlist_it_is_told_what_was_done_to_its_items() {
    let (mut phone, mut items) = with_pile().await;
    items.remove(1);
    items.push(item("4", 4));
    let list = pile(&items, 3, ERIC);
    phone.pull(3, vec![list], vec![items_line(3, ERIC)]).await;
    let changes = since(&phone, Kind::Setlist, PILE).await.unwrap();
    let song = |title: &str| ListItem::Song {
        title: Some(title.to_owned()),
    };
    let (removed, added) = (song("505"), song("Creep"));
    assert_eq!(
        changes.steps,
        [
            ListStep::Removed {
                item: removed,
                at: 2
            },
            ListStep::Added { item: added, at: 4 }
        ]
    );
    assert_eq!(changes.fields.len(), 1);
    assert_eq!(changes.fields[0].by_name.as_deref(), Some("Eric"));
}

/// The row shows this phone's key, which was not seen by anybody.
#[tokio::test]
async fn own_edits_that_are_not_sent_are_no_change_since_it_was_seen() {
    let mut phone = TestPhone::new().await;
    phone.pull(2, vec![creep("G", 90, 2, ME)], vec![]).await;
    let id = RowId(Uuid::from_u128(1));
    let mine = Edit::update(Kind::Song, id, values(json!({"key": "B"})));
    phone.generator.store.edit(mine).await.unwrap();
    let line = line(3, 1, "update", ERIC, &["tempo"]);
    phone
        .pull(3, vec![creep("G", 96, 3, ERIC)], vec![line])
        .await;
    assert_eq!(
        said(since(&phone, Kind::Song, 1).await),
        ["tempo: 90 -> 96, Eric, Some(3000)"]
    );
}
