//! Histories that chance meets too seldom. A phone that was restored from its own backup: its numbers were used before,
//! for other edits, and the server has dropped what it once answered. An edit whose row has gone out of sight.

use serde_json::{Value, json};
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::Rule;
use super::phone::{SimPhone, World, lock};
use super::run::{Lab, USERS, runtime};
use super::server::{Server, Tx};
use rockon_core::model::{Kind, RowId, ScopeId, UserId, Values};
use rockon_core::store::{Edit, Op};
use rockon_core::sync::schedule::Job;

const SONG: (Kind, RowId) = (Kind::Song, RowId(Uuid::from_u128(0x50)));

fn retitle(phone: &mut SimPhone, runtime: &Runtime, op: Op, title: &str) {
    let at = phone.rows(runtime, &[SONG]).pop().flatten();
    let mine = at.map_or_else(|| phone.user.into(), |(scope, _)| scope);
    let mut set = Values::new();
    set.insert("title".to_owned(), json!(title));
    if op == Op::Insert {
        set.insert("context_type".to_owned(), json!("personal"));
        set.insert("context_id".to_owned(), json!(mine));
    }
    let edit = match op {
        Op::Insert => Edit::create(mine, SONG.0, SONG.1, set),
        _ => Edit::update(SONG.0, SONG.1, set),
    };
    phone.edit(runtime, move |tx| tx.edit(edit)).unwrap();
}

fn title(server: &Server) -> Value {
    server.row(SONG.0, SONG.1).unwrap().values["title"].clone()
}

/// A phone that reads and writes two bands, on a line without faults.
fn phone_of_two_bands(runtime: &Runtime, lab: &Lab, world: &World) -> (SimPhone, [ScopeId; 2]) {
    let bands = [1, 2].map(|n| ScopeId(Uuid::from_u128(0xBA << 112 | n)));
    let mut phone = lab.phones(world, Rule::None, 1, 1).remove(0);
    lock(world).add_scope(phone.user.into(), false, &[USERS[0]]);
    for band in bands {
        lock(world).add_scope(band, true, &[USERS[0]]);
    }
    lock(&phone.line).loss = 0;
    phone.start(runtime, None);
    (phone, bands)
}

/// Somebody else writes the song.
fn web_writes(world: &World, scope: ScopeId, notes: &str) {
    let values =
        json!({"title": "first", "notes": notes, "context_type": "band", "context_id": scope});
    let (server, web) = (&mut *lock(world), UserId(Uuid::from_u128(0xC)));
    let values = values.as_object().unwrap().clone();
    server.put(&mut Tx::default(), web, scope, SONG.0, SONG.1, values);
}

fn change_notes(phone: &mut SimPhone, runtime: &Runtime, notes: &str) {
    let set = json!({ "notes": notes }).as_object().unwrap().clone();
    let edit = Edit::update(SONG.0, SONG.1, set);
    phone.edit(runtime, move |tx| tx.edit(edit)).unwrap();
}

/// The next edits get their numbers, and their call is lost.
fn push_in_vain(phone: &mut SimPhone, runtime: &Runtime) {
    lock(&phone.line).loss = 100;
    runtime.block_on(phone.engine().work(Job::Push));
    lock(&phone.line).loss = 0;
    assert!(phone.unsent(runtime, &[SONG])[0].n.is_some());
}

#[test]
fn a_text_that_was_not_applied_is_there_after_a_restore_although_the_phone_acknowledged_the_answer()
{
    let runtime = runtime();
    let (lab, world) = (Lab::new(), World::default());
    let (mut phone, [band, _]) = phone_of_two_bands(&runtime, &lab, &world);
    web_writes(&world, band, "first");
    assert!(phone.settle(&runtime));
    change_notes(&mut phone, &runtime, "mine");
    push_in_vain(&mut phone, &runtime);
    let backup = lab.of("backup", 0);
    phone.back_up(&runtime, &backup);

    // The other life: the two texts conflict, which only this phone's file knows, and the answer is acknowledged.
    web_writes(&world, band, "theirs");
    assert!(phone.settle(&runtime));
    retitle(&mut phone, &runtime, Op::Update, "acknowledges");
    assert!(phone.settle(&runtime));
    phone.restore(&runtime, &backup);
    assert!(phone.settle(&runtime));

    let conflicts = phone.store().read(|reader| reader.conflicts(10));
    let conflicts = runtime.block_on(conflicts).unwrap();
    let both: Vec<_> = conflicts
        .iter()
        .map(|one| (&one.what.mine, &one.what.theirs))
        .collect();
    assert_eq!(both, [(&json!("mine"), &json!("theirs"))]);
    assert!(phone.unsent(&runtime, &[SONG]).is_empty());
}

#[test]
fn an_edit_that_must_be_merged_is_rejected_when_its_row_has_gone_where_the_member_sees_nothing() {
    let runtime = runtime();
    let (lab, world) = (Lab::new(), World::default());
    let (mut phone, [band, other]) = phone_of_two_bands(&runtime, &lab, &world);
    web_writes(&world, band, "a\nb\nc");
    assert!(phone.settle(&runtime));
    change_notes(&mut phone, &runtime, "mine\nb\nc");
    push_in_vain(&mut phone, &runtime);
    // The row moves away, and what it moved to is the member's no longer.
    web_writes(&world, other, "a\nb\nc");
    runtime.block_on(phone.engine().work(Job::Pull));
    lock(&world).leave(phone.user, other, phone.user);
    runtime.block_on(phone.engine().work(Job::Pull));
    assert_eq!(phone.rows(&runtime, &[SONG]), [None]);
    // It comes back for a moment, in which the edit arrives.
    web_writes(&world, band, "a\nb\ntheirs");
    let for_good = Box::new(move |server: &mut Server| {
        let row = server.row(SONG.0, SONG.1).unwrap().values.clone();
        let web = UserId(Uuid::from_u128(0xC));
        server.put(&mut Tx::default(), web, other, SONG.0, SONG.1, row);
    });
    lock(&phone.between).push((0, for_good));
    runtime.block_on(phone.engine().work(Job::Push));
    assert!(phone.settle(&runtime), "it never comes to rest");

    let rejected = phone.store().read(|reader| reader.rejected_edits(10));
    let rejected = runtime.block_on(rejected).unwrap();
    assert_eq!(rejected.len(), 1);
    assert_eq!(rejected[0].set["notes"], json!("mine\nb\nc"));
}

#[test]
fn a_restored_phone_does_not_take_the_result_of_its_other_life_for_that_of_a_new_edit() {
    let runtime = runtime();
    let (lab, world) = (Lab::new(), World::default());
    let mut phone = lab.phones(&world, Rule::None, 1, 1).remove(0);
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
