//! What is told is told once, and nothing is passed over.

use super::*;
use crate::notices::NoticeObserver;
use crate::store::kill;
use crate::sync::SyncObserver as _;
use crate::sync::wire::Gone;

async fn add(phone: &mut TestPhone, rev: i64, id: u128, title: &str) {
    let row = song(id, title, "C", rev, ERIC);
    phone
        .pull(rev, vec![row], vec![line(rev, id, "insert", ERIC, &[])])
        .await;
}

/// A change of a member's role by Eric, as the log tells it.
fn role_line(rev: i64, from: &str, to: &str) -> LogEntry {
    let mut line = line(rev, ME, "update", ERIC, &["role"]);
    line.1 = "membership".to_owned();
    line.6 = values(json!({ "role": [from, to] }));
    line
}

fn sam_as(role: &str, rev: i64) -> (Kind, Value) {
    let (kind, mut row) = member(ME, "Sam");
    (row["role"], row["sync_rev"]) = (json!(role), json!(rev));
    (kind, row)
}

#[tokio::test]
async fn after_a_restored_server_its_low_revisions_are_news() {
    let mut phone = TestPhone::new().await;
    add(&mut phone, 50, 1, "A").await;
    phone.after(5).await;
    phone.generator.come_back().await.unwrap();
    phone.set_back(30).await;
    add(&mut phone, 31, 2, "B").await;
    assert_eq!(
        phone.after(40).await,
        ["Eric added \"A\"", "Eric added \"B\""]
    );
}

#[tokio::test]
async fn what_waits_when_a_server_is_restored_marks_nothing_of_the_new_revisions() {
    let mut phone = TestPhone::new().await;
    phone.generator.come_back().await.unwrap();
    add(&mut phone, 45, 1, "A").await;
    phone.set_back(30).await;
    add(&mut phone, 31, 2, "B").await;
    assert_eq!(phone.after(5).await, ["Eric added 2 songs: \"B\", \"A\""]);
    phone.clock.advance(Duration::from_mins(1));
    add(&mut phone, 32, 3, "C").await;
    let said = phone.after(5).await;
    assert_eq!(said.last().unwrap(), "Eric added \"C\"");
}

#[tokio::test]
async fn an_import_is_not_continued_over_another_notice_about_the_same_person() {
    let mut phone = TestPhone::new().await;
    add(&mut phone, 2, 1, "A").await;
    phone.after(2).await;
    let changed = song(1, "A", "D", 3, ERIC);
    phone
        .pull(3, vec![changed], vec![key_change(3, ERIC, "C", "D")])
        .await;
    phone.after(2).await;
    add(&mut phone, 4, 2, "B").await;
    assert_eq!(
        phone.after(2).await,
        [
            "Eric added \"A\"",
            "Eric changed the key of \"A\": C → D",
            "Eric added \"B\""
        ]
    );
}

#[tokio::test]
async fn what_happened_to_a_member_marks_nothing_that_its_author_changed_before() {
    let mut phone = TestPhone::new().await;
    add(&mut phone, 2, 1, "A").await;
    let log = vec![role_line(3, "member", "viewer")];
    phone.pull(3, vec![sam_as("viewer", 3)], log).await;
    assert_eq!(phone.feed().await, ["Eric made Sam a viewer"]);
    let mut phone = phone.reopened();
    phone.generator.come_back().await.unwrap();
    assert_eq!(
        phone.feed().await,
        ["Eric made Sam a viewer", "Eric added \"A\""]
    );
}

#[tokio::test]
async fn two_roles_in_one_pull_are_told_as_they_were_given() {
    let mut phone = TestPhone::new().await;
    let log = vec![
        role_line(2, "member", "viewer"),
        role_line(3, "viewer", "admin"),
    ];
    phone.pull(3, vec![sam_as("admin", 3)], log).await;
    assert_eq!(
        phone.feed().await,
        ["Eric made Sam a viewer", "Eric made Sam an admin"]
    );
}

#[tokio::test]
async fn who_left_was_not_removed_and_who_was_removed_did_not_leave() {
    let mut phone = TestPhone::new().await;
    let (noel, liv) = (0x1, 0x2);
    let rows = vec![member(noel, "Noel"), member(liv, "Liv")];
    phone.pull(2, rows, vec![]).await;
    for (rev, id, name, by) in [(3, noel, "Noel", noel), (4, liv, "Liv", ERIC)] {
        let (kind, mut row) = member(id, name);
        (row["status"], row["sync_rev"]) = (json!("inactive"), json!(rev));
        let mut line = line(rev, id, "update", by, &["status"]);
        line.1 = "membership".to_owned();
        phone.pull(rev, vec![(kind, row)], vec![line]).await;
    }
    assert_eq!(
        phone.feed().await,
        ["Noel left the band", "Eric removed Liv from the band"]
    );
}

#[tokio::test]
async fn who_is_removed_by_another_is_told_and_who_left_is_not() {
    let phone = TestPhone::new().await;
    for (by, told) in [(ME, 0), (ERIC, 1)] {
        let gone = Gone {
            id: BAND,
            by: Some(UserId(Uuid::from_u128(by))),
            by_name: Some("Eric".to_owned()),
        };
        let write = move |tx: &mut WriteTx<'_>| {
            NoticeObserver.gone(tx, &gone, Some("The Wonderwalls".to_owned()))
        };
        let store = &phone.generator.store;
        store.write(Durability::Full, write).await.unwrap();
        assert_eq!(phone.feed().await.len(), told);
    }
}

#[tokio::test]
async fn a_notice_that_could_not_be_written_is_written_later() {
    let mut phone = TestPhone::new().await;
    add(&mut phone, 2, 1, "A").await;
    let store = phone.generator.store.clone();
    let arm = |_: &mut WriteTx<'_>| {
        kill::arm(0);
        Ok(())
    };
    store.write(Durability::Normal, arm).await.unwrap();
    phone.clock.advance(Duration::from_secs(2));
    assert!(phone.generator.tell_due().await.is_err());
    let spare = |_: &mut WriteTx<'_>| Ok(kill::spare());
    store.write(Durability::Normal, spare).await.unwrap();
    assert!(phone.feed().await.is_empty());
    phone.generator.look().await.unwrap();
    assert_eq!(phone.after(2).await, ["Eric added \"A\""]);
}
