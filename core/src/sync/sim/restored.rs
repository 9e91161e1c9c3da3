//! A phone that was restored from its own backup: its numbers were used before, for other edits.

use serde_json::{Value, json};

use super::Rule;
use super::phone::{Phone, World, lock};
use super::run::{Lab, USERS};
use super::server::Server;
use crate::model::{Kind, RowId, ScopeId, Values};
use crate::store::{Edit, Op};

const SONG: (Kind, RowId) = (Kind::Song, RowId(uuid::Uuid::from_u128(0x50)));

fn retitle(phone: &mut Phone, runtime: &tokio::runtime::Runtime, op: Op, title: &str) {
    let mine: ScopeId = phone.user.into();
    let mut set = Values::new();
    set.insert("title".to_owned(), json!(title));
    if op == Op::Insert {
        set.insert("context_type".to_owned(), json!("personal"));
        set.insert("context_id".to_owned(), json!(mine));
    }
    let edit = Edit::new(mine, SONG.0, SONG.1, op, set);
    phone.edit(runtime, move |tx| tx.edit(edit)).unwrap();
}

fn title(server: &Server) -> Value {
    server.row(SONG.0, SONG.1).unwrap().values["title"].clone()
}

#[test]
fn a_restored_phone_does_not_take_the_result_of_its_other_life_for_that_of_a_new_edit() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let (lab, world) = (Lab::new(), World::default());
    let [mut phone, _other] = lab.phones(&world, Rule::None, 1);
    lock(&world).add_scope(phone.user.into(), false, &[USERS[0]]);
    lock(&phone.line).loss = 0;
    phone.start(&runtime, None);
    retitle(&mut phone, &runtime, Op::Insert, "first");
    assert!(phone.settle(&runtime));

    let backup = lab.of("backup", 0);
    phone.back_up(&runtime, &backup);
    retitle(&mut phone, &runtime, Op::Update, "of the other life");
    assert!(phone.settle(&runtime));
    phone.restore(&runtime, &backup);
    retitle(&mut phone, &runtime, Op::Update, "typed afterwards");

    // The push is lost, the pull is not: it reports the other life's result, which nobody has acknowledged.
    lock(&phone.line).loss = 100;
    while phone.unsent(&runtime, &[SONG])[0].n.is_none() {
        assert!(phone.turn(&runtime), "the push comes first or soon");
    }
    lock(&phone.line).loss = 0;
    assert!(phone.settle(&runtime));
    assert_eq!(title(&lock(&world)), json!("typed afterwards"));
    assert!(phone.unsent(&runtime, &[SONG]).is_empty());
}
