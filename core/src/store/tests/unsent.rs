//! What waits to be sent, and what a copy is made of.

use serde_json::json;

use super::super::{Durability, Op, WriteTx};
use super::{Fixture, fixture, id, page, rejection, song};
use crate::error::Error;
use crate::model::{Kind, Rev, Values, Verb};

type Shown = (Option<String>, Verb, bool);

async fn unsent(f: &Fixture, limit: u32) -> Vec<Shown> {
    let read = f.store.read(move |r| r.unsent_edits(limit)).await;
    let shown = read.unwrap().into_iter();
    shown
        .map(|one| (one.title, one.verb, one.is_sent))
        .collect()
}

fn edit(title: &str, verb: Verb, is_sent: bool) -> Shown {
    (Some(title.to_owned()), verb, is_sent)
}

#[tokio::test]
async fn what_waits_is_told_from_the_oldest_on_with_what_it_does_and_as_much_as_is_counted() {
    let f = fixture()
        .synced(5, vec![song(1, 5, "Wonderwall"), song(2, 5, "Creep")])
        .await;
    assert!(unsent(&f, 9).await.is_empty());
    f.edit(id(1), Op::Update, json!({"tempo": 100})).await;
    f.edit(id(1), Op::Update, json!({"key": "A"})).await;
    f.edit(id(3), Op::Insert, json!({"title": "Parklife"}))
        .await;
    f.edit(id(2), Op::Delete, json!({})).await;
    let queued = [
        edit("Wonderwall", Verb::Changed, false),
        edit("Parklife", Verb::Added, false),
        edit("Creep", Verb::Deleted, false),
    ];
    assert_eq!(unsent(&f, 9).await, queued);
    assert_eq!(unsent(&f, 1).await, queued[..1]);
    let sent = f.send().await;
    f.edit(id(1), Op::Update, json!({"title": "Wonderwall (live)"}))
        .await;
    let mut shown = queued.map(|(title, verb, _)| (title, verb, true)).to_vec();
    shown[0].0 = Some("Wonderwall (live)".to_owned());
    shown.push(edit("Wonderwall (live)", Verb::Changed, false));
    assert_eq!(unsent(&f, 9).await, shown);
    let [first, second] = [sent[0].n, sent[1].n];
    let answer = move |tx: &mut WriteTx<'_>| {
        tx.answer(first, Rev(6), &Values::new())?;
        tx.reject(second, rejection("42501")).map(drop)
    };
    f.store.write(Durability::Full, answer).await.unwrap();
    let left = [shown[2].clone(), shown[3].clone()];
    assert_eq!(unsent(&f, 9).await, left);
    assert_eq!(f.unsent().await, 2);
}

#[tokio::test]
async fn a_copy_of_a_song_has_what_is_in_it_and_not_where_it_was_or_how_it_was_played() {
    let f = fixture();
    let mut row = song(1, 5, "Wonderwall");
    row["confidence_level"] = json!(5);
    row["song_group_id"] = json!(id(7));
    row["tuning_id"] = json!(id(8));
    let mut cut = song(2, 5, "Creep");
    cut["sync_too_large"] = json!(["notes"]);
    f.pull(page(5, vec![row, cut])).await;
    let copy = async |n| f.store.read(move |r| r.copy_of_song(id(n))).await;
    let whole = json!({"title": "Wonderwall", "key": "G", "tempo": 90, "notes": "a", "reference_links": []});
    assert_eq!(copy(1).await, Ok(super::values(whole)));
    let shortened = Error::Invalid {
        field: "notes",
        reason: "it is too long for a phone; change it in the web app",
    };
    assert_eq!(copy(2).await, Err(shortened));
    assert_eq!(
        copy(9).await,
        Err(Error::NotFound {
            what: Kind::Song.as_str()
        })
    );
}
