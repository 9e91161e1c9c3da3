//! Who did what to a row and when, as far as the log, the row and the edits of this phone know.

use rusqlite::Connection;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::super::{LastChange, LoggedChange, Op, PullPage, Store};
use super::opening::files;
use super::{Fixture, ME, SAM, config, fixture, id, page, song, unfinished};
use crate::model::{FieldChange, Kind, Verb};
use crate::time::Timestamp;

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

/// Sam changes the key of song 1, from G to A, at this revision and time.
fn change(mut page: PullPage, rev: i64, times: Value) -> PullPage {
    let scope = &mut page.scopes[0];
    scope.log = read(json!([[
        rev,
        "song",
        id(1),
        "update",
        SAM,
        ["key", "notes", "version"]
    ]]));
    scope.values = read(json!([[rev, "song", id(1), {"key": ["G", "A"]}]]));
    scope.times = read(times);
    page
}

impl Fixture {
    async fn history(&self) -> Vec<LoggedChange> {
        let log = self.store.read(|r| r.log_of_row(Kind::Song, id(1), 10));
        log.await.unwrap()
    }

    async fn last_change(&self) -> Option<LastChange> {
        let last = self.store.read(|r| r.last_change(Kind::Song, id(1)));
        last.await.unwrap()
    }
}

fn field(name: &str, values: Option<(&str, &str)>) -> FieldChange {
    let (from, to) = values.map_or((Value::Null, Value::Null), |(from, to)| {
        (json!(from), json!(to))
    });
    FieldChange {
        field: name.to_owned(),
        from,
        to,
        known: values.is_some(),
    }
}

#[tokio::test]
async fn a_history_says_what_was_done_when_and_which_values_it_knows_of() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    let next = page(6, vec![song(1, 6, "Wonderwall")]);
    f.pull(change(next, 6, json!([[6, 1_700], [5, 900]]))).await;
    let log = f.history().await;
    assert_eq!(log.len(), 1);
    assert_eq!(
        (log[0].verb, log[0].at),
        (Verb::Changed, Some(Timestamp(1_700)))
    );
    let fields = [field("key", Some(("G", "A"))), field("notes", None)];
    assert_eq!(log[0].fields, fields, "and no bookkeeping");
}

#[tokio::test]
async fn each_deed_of_the_log_has_its_verb_and_one_that_is_not_known_is_a_change() {
    use Verb::{Added, Changed, Deleted, Moved, Restored};
    let f = fixture().synced(5, vec![]).await;
    let mut next = page(11, vec![song(1, 11, "Wonderwall")]);
    let deeds = ["insert", "update", "delete", "restore", "move", "polish"];
    let log = (6..)
        .zip(deeds)
        .map(|(rev, op)| json!([rev, "song", id(1), op, SAM, []]));
    next.scopes[0].log = read(log.collect());
    f.pull(next).await;
    let done: Vec<Verb> = f.history().await.iter().rev().map(|one| one.verb).collect();
    assert_eq!(done, [Added, Changed, Deleted, Restored, Moved, Changed]);
}

#[tokio::test]
async fn times_outlive_the_staging_of_a_page() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    let first = change(unfinished(6, vec![]), 6, json!([[6, 1_700]]));
    f.store.stage(first).await.unwrap();
    f.pull(page(7, vec![song(1, 7, "Wonderwall")])).await;
    assert_eq!(f.history().await[0].at, Some(Timestamp(1_700)));
}

/// A file of the version before, and an older server.
#[tokio::test]
async fn what_was_logged_without_a_time_has_none() {
    let f = fixture().synced(5, vec![song(1, 5, "Wonderwall")]).await;
    f.pull(change(page(6, vec![]), 6, json!([]))).await;
    assert_eq!(f.history().await[0].at, None);
    let (path, dir) = (files(&f.dir).database, f.dir);
    drop(f.store);
    let conn = Connection::open(&path).unwrap();
    let version: i64 = conn
        .query_row("pragma user_version", [], |row| row.get(0))
        .unwrap();
    conn.execute_batch(
        "alter table change_log drop column at; drop table gig; alter table notice drop column told",
    )
    .unwrap();
    conn.pragma_update(None, "user_version", version - 3)
        .unwrap();
    drop(conn);
    let store = Store::open(&config(&dir, ME)).unwrap();
    let f = Fixture { dir, store };
    assert_eq!(f.history().await.len(), 1);
    f.pull(change(page(7, vec![]), 7, json!([[7, 1_700]])))
        .await;
    let times: Vec<_> = f.history().await.iter().map(|one| one.at).collect();
    assert_eq!(times, [Some(Timestamp(1_700)), None]);
}

#[tokio::test]
async fn the_last_change_is_of_the_log_else_of_the_row_else_of_the_unsent_edit() {
    let mut first = song(1, 5, "Wonderwall");
    first["updated_date"] = json!("2026-01-01T20:00:00.5+00:00");
    let f = fixture();
    assert_eq!(f.last_change().await, None);
    let f = f.synced(5, vec![first]).await;
    let by_sam = |at: i64| LastChange {
        by: Some(SAM),
        by_name: None,
        at: Some(Timestamp(at)),
    };
    assert_eq!(f.last_change().await, Some(by_sam(1_767_297_600_500)));
    let next = page(6, vec![song(1, 6, "Wonderwall")]);
    f.pull(change(next, 6, json!([[6, 1_700]]))).await;
    assert_eq!(f.last_change().await, Some(by_sam(1_700)));
    f.edit(id(1), Op::Update, json!({"key": "B"})).await;
    assert_eq!(f.last_change().await.unwrap().by, Some(ME));
}
