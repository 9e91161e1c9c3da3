//! The items of a setlist, changed one by one.

use serde_json::{Value, json};

use super::super::{Durability, Edit, ItemBody, ItemChange, ItemPlace, NewItem, Op, WriteTx};
use super::{BAND, Fixture, ME, fixture, id, song, values};
use crate::error::{Error, Result};
use crate::model::{Kind, ScopeId};

const LIST: u128 = 50;

/// A setlist of these items, with songs 1 and 2 in the band.
async fn with(items: Value) -> Fixture {
    let f = fixture()
        .synced(5, vec![song(1, 5, "Wonderwall"), song(2, 5, "Half a Mile")])
        .await;
    let set = values(
        json!({"name": "Tonight", "context_type": "band", "context_id": BAND, "items": items}),
    );
    let new = Edit::create(BAND, Kind::Setlist, id(LIST), set);
    f.store.edit(new).await.unwrap();
    f
}

impl Fixture {
    async fn does<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut WriteTx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.store.write(Durability::Full, change).await
    }

    async fn items(&self) -> Vec<Value> {
        let row = self.store.read(|r| r.row(Kind::Setlist, id(LIST))).await;
        row.unwrap().unwrap()["items"].as_array().unwrap().clone()
    }

    /// Ids, with a star where the position is not the place.
    async fn order(&self) -> Vec<String> {
        let items = self.items().await;
        let items = (1..).zip(&items).map(|(place, item)| {
            let right = !item.is_object() || item["position"] == json!(place);
            let id = item["id"].as_str().unwrap_or("-");
            format!("{id}{}", if right { "" } else { "*" })
        });
        items.collect()
    }
}

fn before(item: &str) -> ItemPlace {
    let item = item.to_owned();
    ItemPlace::Before { item }
}

fn after(item: &str) -> ItemPlace {
    let item = item.to_owned();
    ItemPlace::After { item }
}

fn invalid<T>(field: &'static str, reason: &'static str) -> Result<T> {
    Err(Error::Invalid { field, reason })
}

#[tokio::test]
async fn new_items_go_to_their_place_and_are_numbered_with_the_others() {
    let f = with(json!([{"id": "a", "type": "song", "songId": id(1), "colour": "red"}, {"id": "b", "type": "x"}])).await;
    let put = |new: NewItem, place: ItemPlace| {
        f.does(move |tx| tx.add_items(id(LIST), vec![new], &place))
    };
    let pause = put(
        NewItem::Break {
            minutes: 15,
            notes: Some("Tea".to_owned()),
        },
        after("a"),
    );
    let pause = pause.await.unwrap().remove(0);
    let title = "First set".to_owned();
    let head = put(NewItem::Section { title }, ItemPlace::First)
        .await
        .unwrap()
        .remove(0);
    let last = put(NewItem::Song(id(2)), ItemPlace::Last)
        .await
        .unwrap()
        .remove(0);
    assert_eq!(f.order().await, [&head, "a", &pause, "b", &last]);
    let items = f.items().await;
    assert_eq!(items[1]["colour"], "red", "what nobody here knows stays");
    let made = json!({"id": pause, "type": "break", "breakDuration": 15, "breakNotes": "Tea", "position": 3});
    assert_eq!(items[2], made);
    let shown = f
        .store
        .read(|r| r.setlist(id(LIST)))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(shown.items[4].id, last);
    assert!(
        matches!(&shown.items[4].body, ItemBody::Song { title: Some(title), .. } if title == "Half a Mile")
    );
}

#[tokio::test]
async fn an_item_is_moved_beside_another_and_keeps_its_id() {
    let f = with(json!([{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d"}])).await;
    for (item, place, order) in [
        ("a", ItemPlace::Last, "bcda"),
        ("d", before("b"), "dbca"),
        ("d", after("c"), "bcda"),
        ("c", ItemPlace::First, "cbda"),
        ("b", after("b"), "cbda"),
        ("b", before("b"), "cbda"),
        ("b", after("c"), "cbda"),
    ] {
        let moved = f.does(move |tx| tx.move_item(id(LIST), item, &place)).await;
        moved.unwrap();
        assert_eq!(f.order().await.concat(), order, "{item}");
    }
    let lost = f.does(|tx| tx.move_item(id(LIST), "a", &before("z"))).await;
    assert_eq!(lost, Err(Error::NotFound { what: "item" }));
    let lost = f
        .does(|tx| tx.move_item(id(9), "a", &ItemPlace::First))
        .await;
    assert_eq!(lost, Err(Error::NotFound { what: "setlist" }));
}

#[tokio::test]
async fn an_item_that_was_taken_out_comes_back_where_it_was() {
    let f = with(json!([{"id": "a"}, {"id": "b", "type": "x", "more": 1}, {"id": "c"}])).await;
    let taken = f.does(|tx| tx.remove_item(id(LIST), "b")).await.unwrap();
    assert_eq!(f.order().await, ["a", "c"]);
    let back = taken.clone();
    f.does(|tx| tx.put_item_back(id(LIST), back)).await.unwrap();
    assert_eq!(f.order().await, ["a", "b", "c"]);
    assert_eq!(f.items().await[1]["more"], 1);
    let twice = taken.clone();
    let twice = f.does(|tx| tx.put_item_back(id(LIST), twice)).await;
    assert_eq!(twice, invalid("item", "it is in the setlist already"));
    for item in ["a", "b"] {
        f.does(move |tx| tx.remove_item(id(LIST), item))
            .await
            .unwrap();
    }
    f.does(|tx| tx.put_item_back(id(LIST), taken))
        .await
        .unwrap();
    assert_eq!(f.order().await, ["c", "b"], "what was before it has gone");
}

#[tokio::test]
async fn items_of_one_id_or_none_have_names_of_their_own() {
    let f =
        with(json!([{"id": "a", "n": 1}, {"n": 2}, {"id": "a", "n": 3}, "odd", {"n": 4}])).await;
    let shown = f
        .store
        .read(|r| r.setlist(id(LIST)))
        .await
        .unwrap()
        .unwrap();
    let names: Vec<String> = shown.items.into_iter().map(|item| item.id).collect();
    assert_eq!(names, ["a", "#2", "a#2", "#3", "#4"]);
    f.does(|tx| tx.remove_item(id(LIST), "a#2")).await.unwrap();
    f.does(|tx| tx.move_item(id(LIST), "#2", &ItemPlace::First))
        .await
        .unwrap();
    let left = f.items().await;
    assert_eq!(
        (&left[0]["n"], &left[1]["n"], &left[2]),
        (&json!(2), &json!(1), &json!("odd"))
    );
}

fn notes(text: &str) -> ItemChange {
    ItemChange::Notes {
        notes: Some(text.to_owned()),
    }
}

fn title(text: &str) -> ItemChange {
    ItemChange::Section {
        title: text.to_owned(),
    }
}

fn minutes(minutes: i64) -> ItemChange {
    ItemChange::Break {
        minutes,
        notes: None,
    }
}

/// A song, a break, a heading, and two that nobody here knows.
async fn one_of_each() -> Fixture {
    with(json!([
        {"id": "s", "type": "song", "songId": id(1)},
        {"id": "b", "type": "break", "breakDuration": 5, "breakNotes": "Tea"},
        {"id": "h", "type": "section", "sectionTitle": "One"},
        {"id": "x", "type": "video"},
        7
    ]))
    .await
}

#[tokio::test]
async fn an_item_is_changed_as_its_type_allows() {
    let f = one_of_each().await;
    for (item, change) in [
        ("s", notes("Capo 2")),
        ("b", minutes(20)),
        ("h", title("Two")),
    ] {
        let changed = f.does(move |tx| tx.change_item(id(LIST), item, change));
        changed.await.unwrap();
    }
    let items = f.items().await;
    assert_eq!(items[0]["notes"], "Capo 2");
    let pause = (&items[1]["breakDuration"], items[1].get("breakNotes"));
    assert_eq!(pause, (&json!(20), None));
    assert_eq!(items[2]["sectionTitle"], "Two");
}

#[tokio::test]
async fn an_item_that_cannot_be_changed_so_is_refused_by_name() {
    let f = one_of_each().await;
    let before = f.items().await;
    let newer = "it was made by a newer version of the app";
    for (item, change, field, reason) in [
        ("s", minutes(5), "item", "it is no break"),
        ("b", title("Two"), "item", "it is no section"),
        ("h", notes("x"), "item", "it is a section, without notes"),
        ("x", notes("x"), "item", newer),
        ("#2", notes("x"), "item", newer),
        (
            "b",
            minutes(0),
            "break",
            "it is not from 1 to 1,440 minutes long",
        ),
        ("h", title(" "), "section", "it is empty"),
        (
            "s",
            notes(&"x".repeat(10_001)),
            "item",
            "it is longer than 10,000 characters",
        ),
    ] {
        let changed = f.does(move |tx| tx.change_item(id(LIST), item, change));
        assert_eq!(changed.await, invalid(field, reason), "{item}");
    }
    assert_eq!(f.items().await, before, "nothing of it was saved");
}

#[tokio::test]
async fn a_song_that_is_not_here_or_of_another_band_is_no_item() {
    let f = with(json!([])).await;
    let own = values(json!({"title": "Mine", "context_type": "personal", "context_id": ME}));
    let own = Edit::create(ScopeId::from(ME), Kind::Song, id(3), own);
    f.store.edit(own).await.unwrap();
    for (song, refused) in [
        (9, Error::NotFound { what: "song" }),
        (
            3,
            Error::Invalid {
                field: "song",
                reason: "it belongs to another band",
            },
        ),
    ] {
        let both = vec![NewItem::Song(id(1)), NewItem::Song(id(song))];
        let added = f
            .does(move |tx| tx.add_items(id(LIST), both, &ItemPlace::Last))
            .await;
        assert_eq!(added, Err(refused));
    }
    assert_eq!(f.order().await, [""; 0]);
}

/// Folded into the new list, the item would reach the server before the song that it names, and be refused.
#[tokio::test]
async fn a_song_made_after_its_setlist_is_sent_before_the_item_that_names_it() {
    let f = with(json!([])).await;
    let new = values(json!({"title": "New", "context_type": "band", "context_id": BAND}));
    let new = Edit::create(BAND, Kind::Song, id(4), new);
    f.store.edit(new).await.unwrap();
    for song in [4, 1] {
        let add = vec![NewItem::Song(id(song))];
        f.does(move |tx| tx.add_items(id(LIST), add, &ItemPlace::Last))
            .await
            .unwrap();
    }
    let sent = f.send().await;
    let sent: Vec<_> = sent.iter().map(|one| (one.id, one.op)).collect();
    assert_eq!(
        sent,
        [
            (id(LIST), Op::Insert),
            (id(4), Op::Insert),
            (id(LIST), Op::Update)
        ]
    );
}

#[tokio::test]
async fn a_copy_of_a_setlist_has_its_items_under_ids_of_their_own_and_nothing_else_but_notes_and_tags()
 {
    let here = one_of_each().await;
    let theirs = here.items().await;
    let list = id(LIST);
    let copy = here
        .store
        .read(move |reader| reader.copy_of_setlist(list, "Once more"));
    let (scope, copy) = copy.await.unwrap();
    assert_eq!(scope, BAND);
    let known = ["name", "notes", "tags", "items"];
    assert!(copy.keys().all(|column| known.contains(&column.as_str())));
    assert_eq!(copy["name"], "Once more");
    let copied = copy["items"].as_array().unwrap();
    let without_id = |item: &Value| {
        let mut item = item.clone();
        let id = item.as_object_mut().and_then(|item| item.remove("id"));
        (item, id)
    };
    assert_eq!(copied.len(), theirs.len());
    for (item, own) in copied.iter().zip(&theirs) {
        let ((item, id), (own, old)) = (without_id(item), without_id(own));
        assert_eq!(item, own);
        assert_eq!(id.is_some(), item.is_object());
        assert!(id.is_none() || id != old);
    }
    let gone = here.store.read(|reader| reader.copy_of_setlist(id(99), ""));
    assert_eq!(gone.await, Err(Error::NotFound { what: "setlist" }));
}
