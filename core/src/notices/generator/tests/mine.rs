//! What became of this member's own edits.

use super::*;
use crate::model::{ConflictId, RefusalCode};
use crate::notices::NoticeObserver;
use crate::store::{Asks, ConflictDetails, OutboxEntry, Rejection};
use crate::sync::SyncObserver as _;
use crate::sync::merge::{FieldConflict, Kept};
use crate::sync::wire::ChangedBy;

const OTHER: u128 = 0xf;

fn by(id: u128, name: &str, rev: i64, fields: &[&str]) -> ChangedBy {
    ChangedBy {
        user: Some(UserId(Uuid::from_u128(id))),
        name: Some(name.to_owned()),
        rev: Rev(rev),
        fields: fields.iter().map(|name| (*name).to_owned()).collect(),
        ops: None,
    }
}

/// A phone whose member has changed a song, told of by `tell`.
async fn told(
    tell: impl FnOnce(&mut WriteTx<'_>, &OutboxEntry) -> Result<()> + Send + 'static,
) -> Vec<String> {
    let mut phone = TestPhone::new().await;
    let row = song(1, "Creep", "G", 2, ME);
    phone.pull(2, vec![row], vec![]).await;
    let mine = values(json!({"key": "B", "tempo": 120}));
    let id = RowId(Uuid::from_u128(1));
    let mine = Edit::update(Kind::Song, id, mine);
    let write = move |tx: &mut WriteTx<'_>| {
        tx.edit(mine)?;
        let entry = tx.all_edits(false)?.remove(0);
        tell(tx, &entry)
    };
    let store = phone.generator.store.clone();
    store.write(Durability::Full, write).await.unwrap();
    phone.feed().await
}

#[tokio::test]
async fn a_conflict_names_whoever_changed_that_field() {
    let said = told(|tx, entry| {
        let field_conflict = |field: &str| FieldConflict {
            field: field.to_owned(),
            mine: json!(1),
            theirs: json!(2),
            base: json!(0),
            kept: Kept::Mine,
        };
        let by = [
            by(ERIC, "Eric", 3, &["key"]),
            by(OTHER, "Ann", 4, &["tempo"]),
        ];
        NoticeObserver.conflicted(
            tx,
            entry,
            &[field_conflict("key"), field_conflict("tempo")],
            &by,
            &[ConflictId(1), ConflictId(2)],
        )
    });
    assert_eq!(
        said.await,
        [
            "You and Eric both changed the key of \"Creep\". Both are kept: choose one.",
            "You and Ann both changed the tempo of \"Creep\". Both are kept: choose one.",
        ]
    );
}

#[tokio::test]
async fn only_who_did_nothing_but_delete_is_said_to_have_deleted() {
    let said = told(|tx, entry| {
        NoticeObserver.restored(tx, entry, &[by(ERIC, "Eric", 4, &[])])?;
        NoticeObserver.restored(tx, entry, &[by(OTHER, "Ann", 3, &["key"])])
    });
    assert_eq!(
        said.await,
        [
            "Eric had deleted \"Creep\"; your change brought it back.",
            "Your change brought back \"Creep\", which had been deleted.",
        ]
    );
}

#[tokio::test]
async fn a_delete_that_meets_a_change_a_second_time_is_asked_about_once() {
    let said = told(|tx, _| {
        let id = RowId(Uuid::from_u128(1));
        for (rev, field) in [(3, "key"), (4, "tempo")] {
            tx.edit(Edit::delete(Kind::Song, id))?;
            let batch = tx.take_batch(BAND, 10, 10_000)?.unwrap();
            let rejection = Rejection {
                code: RefusalCode::Crossed,
                reason: None,
                field: None,
            };
            let rejected = tx.reject(batch.mutations[0].n, rejection)?.unwrap();
            let found = ConflictDetails {
                scope: BAND,
                kind: Kind::Song,
                row: id,
                asks: Asks::Delete,
                field: String::new(),
                mine: Value::Null,
                theirs: json!([field]),
                by: None,
                by_name: None,
            };
            let conflict = tx.add_crossing(&found, &rejected)?;
            NoticeObserver.crossed(tx, &rejected, &[by(ERIC, "Eric", rev, &[field])], conflict)?;
        }
        Ok(())
    });
    assert_eq!(
        said.await,
        [
            "You deleted \"Creep\", but Eric had changed its tempo. The song is back: delete it anyway, or keep it."
        ]
    );
}

#[tokio::test]
async fn a_delete_that_met_two_changes_names_the_newest() {
    let said = told(|tx, entry| {
        let deleted = OutboxEntry {
            op: Op::Delete,
            ..entry.clone()
        };
        let by = [
            by(OTHER, "Ann", 3, &["key"]),
            by(ERIC, "Eric", 5, &["tempo"]),
            by(OTHER, "Ann", 4, &["notes"]),
        ];
        NoticeObserver.crossed(tx, &deleted, &by, ConflictId(1))
    });
    assert_eq!(
        said.await,
        [
            "You deleted \"Creep\", but Eric had changed its tempo. The song is back: delete it anyway, or keep it."
        ]
    );
}

/// What is made and sent with a network was not made offline, however late the end of the first sync is heard of.
#[tokio::test]
async fn edits_made_before_the_first_sync_has_ended_are_not_told_as_made_offline() {
    let mut phone = TestPhone::new().await;
    phone
        .generator
        .handle(Command::Away { offline: false })
        .await
        .unwrap();
    make_two(&phone).await;
    phone.generator.look().await.unwrap();
    send(&mut phone).await;
    phone.generator.come_back().await.unwrap();
    assert!(phone.feed().await.is_empty());
}

#[tokio::test]
async fn edits_that_an_earlier_run_left_are_told_as_sent() {
    let phone = TestPhone::new().await;
    make_two(&phone).await;
    let mut phone = phone.reopened();
    phone.generator.begin().await.unwrap();
    send(&mut phone).await;
    phone.generator.come_back().await.unwrap();
    assert_eq!(phone.feed().await, ["Sent 2 changes made offline"]);
}

#[tokio::test]
async fn edits_made_while_offline_are_told_as_sent_when_none_is_left() {
    let mut phone = TestPhone::new().await;
    phone
        .generator
        .handle(Command::Away { offline: true })
        .await
        .unwrap();
    make_two(&phone).await;
    phone.generator.look().await.unwrap();
    send(&mut phone).await;
    phone.generator.come_back().await.unwrap();
    assert_eq!(phone.feed().await, ["Sent 2 changes made offline"]);
}

async fn make_two(phone: &TestPhone) {
    let make = |tx: &mut WriteTx<'_>| {
        for n in [1, 2] {
            let (id, song) = (RowId(Uuid::from_u128(n)), values(json!({"title": "Creep"})));
            tx.edit(Edit::create(BAND, Kind::Song, id, song))?;
        }
        Ok(())
    };
    let store = &phone.generator.store;
    store.write(Durability::Full, make).await.unwrap();
}

/// Sends what waits, and reads it back.
async fn send(phone: &mut TestPhone) {
    let send = |tx: &mut WriteTx<'_>| {
        let batch = tx.take_batch(BAND, 10, 10_000)?.unwrap();
        for sent in batch.mutations {
            tx.answer(sent.n, Rev(2), &Values::new())?;
        }
        Ok(())
    };
    let store = &phone.generator.store;
    store.write(Durability::Full, send).await.unwrap();
    let rows = [1, 2].map(|n| song(n, "Creep", "G", 2, ME)).to_vec();
    phone.pull(2, rows, vec![]).await;
}
