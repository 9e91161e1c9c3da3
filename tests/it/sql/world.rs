//! A small world for the tests: two bands, people of every role, a few rows; made as those people would make it.

use rockon_local_stack::Project;
use uuid::Uuid;

use super::db::{Db, Who, id};

/// Admin of the band.
pub(super) const ADMIN: u32 = 1;
/// Member of the band.
pub(super) const MEMBER: u32 = 2;
/// Viewer of the band.
pub(super) const VIEWER: u32 = 3;
/// Was a member, was removed by the admin.
pub(super) const REMOVED: u32 = 4;
/// Admin of the other band, never in this one.
pub(super) const OTHER: u32 = 5;
/// A second member of the band.
pub(super) const SECOND: u32 = 6;
/// In no band.
pub(super) const NOBODY: u32 = 7;

/// The band.
pub(super) fn band() -> Uuid {
    id(0xb1)
}

/// The other band.
pub(super) fn other_band() -> Uuid {
    id(0xb2)
}

/// People with these numbers, named after them: `P1`, `P2`.
pub(super) async fn add_people(db: &Db, numbers: impl Iterator<Item = u32>) {
    let rows: Vec<String> = numbers
        .map(|n| format!(r#"('{}', 'p{n}@example.com', '{{"name": "P{n}"}}')"#, id(n)))
        .collect();
    db.client()
        .batch_execute(&format!(
            "insert into auth.users (id, email, raw_user_meta_data) values {}",
            rows.join(",")
        ))
        .await
        .expect("accounts");
}

/// Makes `who` join `band` by an invite of `admin`.
pub(super) async fn join(db: &Db, admin: Uuid, band: Uuid, who: Uuid) {
    let code = db
        .run(
            Who::User(admin),
            &format!("select public.create_invite('{band}')"),
        )
        .await
        .value();
    db.run(
        Who::User(who),
        &format!("select public.redeem_invite('{code}')"),
    )
    .await;
}

/// The two bands with everybody in his place. No content yet.
pub(super) async fn populate(db: &Db) {
    add_people(db, 1..=7).await;
    let (admin, other) = (id(ADMIN), id(OTHER));
    db.run(
        Who::User(admin),
        &format!("select public.create_band('One', '{}')", band()),
    )
    .await;
    db.run(
        Who::User(other),
        &format!("select public.create_band('Two', '{}')", other_band()),
    )
    .await;
    for n in [MEMBER, VIEWER, REMOVED, SECOND] {
        join(db, admin, band(), id(n)).await;
    }
    db.run(
        Who::User(admin),
        &format!(
            "select public.set_member_role('{0}', '{1}', 'viewer'); select public.remove_member('{0}', '{2}')",
            band(),
            id(VIEWER),
            id(REMOVED)
        ),
    )
    .await;
}

/// A project with that world, and a connection to it.
pub(super) async fn world() -> (Project, Db) {
    let project = rockon_tests::empty_project().await;
    let db = Db::open(&project).await;
    populate(&db).await;
    (project, db)
}
