//! Revision order is commit order: no reader skips a row, and heads have no hole; a timestamp cursor skips.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rockon_local_stack::Project;
use serde_json::{Value, json};
use uuid::Uuid;

use super::db::{Db, Who, id};
use super::world::{ADMIN, MEMBER, OTHER, SECOND, VIEWER, band, join, other_band, world};

const WRITERS: usize = 8;
/// Rows committed before the writers stop.
const ROWS: usize = 50_000;
const ROWS_A_STATEMENT: usize = 60;

/// One transaction of a writer: bulk rows, a savepoint that is rolled back or kept, a delay before and after, and now
/// and then a roll-back of all of it. Gives how many rows it committed.
async fn write_once(db: &Db, user: Uuid, scopes: &[Uuid]) -> usize {
    let insert = || {
        let scope = scopes[fastrand::usize(..scopes.len())];
        format!(
            "insert into public.songs (title, context_id, created_by)
             select 'Song', '{scope}', '{user}' from generate_series(1, {ROWS_A_STATEMENT})"
        )
    };
    let (keep_savepoint, keep_all) = (fastrand::bool(), fastrand::u8(..10) > 0);
    let sql = format!(
        "select pg_sleep({before}); {first}; savepoint s; {second}; {savepoint}; {third}; select pg_sleep({after})",
        before = fastrand::f64() * 0.004,
        first = insert(),
        second = insert(),
        savepoint = if keep_savepoint {
            "release savepoint s"
        } else {
            "rollback to savepoint s"
        },
        third = insert(),
        after = fastrand::f64() * 0.004,
    );
    let end = if keep_all { "commit" } else { "rollback" };
    db.tx(Who::User(user), &sql, end)
        .await
        .expect("writers never collide");
    match (keep_all, keep_savepoint) {
        (false, _) => 0,
        (true, false) => 2 * ROWS_A_STATEMENT,
        (true, true) => 3 * ROWS_A_STATEMENT,
    }
}

/// Starts the writers; they stop when enough rows are committed. Half of them write into both bands.
async fn start_writers(
    project: &Project,
    done: &Arc<AtomicUsize>,
) -> Vec<tokio::task::JoinHandle<()>> {
    let mut writers = Vec::new();
    for n in 0..WRITERS {
        let db = Db::open(project).await;
        let done = Arc::clone(done);
        let (user, scopes) = match n % 4 {
            0 => (id(ADMIN), vec![band()]),
            1 => (id(MEMBER), vec![band(), other_band()]),
            2 => (id(SECOND), vec![other_band(), band()]),
            _ => (id(OTHER), vec![other_band()]),
        };
        writers.push(tokio::spawn(async move {
            while done.load(Ordering::SeqCst) < ROWS {
                let rows = write_once(&db, user, &scopes).await;
                done.fetch_add(rows, Ordering::SeqCst);
            }
        }));
    }
    writers
}

/// A device that reads both bands by `sync_pull`, page after page, and remembers every song it was shown.
struct Reader {
    cursors: Vec<Value>,
    songs: BTreeSet<String>,
}

impl Reader {
    /// Reads one page; true when it reached the head of its own snapshot.
    async fn read(&mut self, db: &Db) -> bool {
        let answer = db
            .pull(id(VIEWER), &json!({"scopes": self.cursors, "limit": 2000}))
            .await;
        let scopes = answer["scopes"].as_array().expect("scopes");
        let mut complete = true;
        for (scope, cursor) in scopes.iter().zip(&mut self.cursors) {
            assert_eq!(scope["reset"], false);
            for song in scope["rows"]["song"].as_array().expect("songs") {
                self.songs
                    .insert(song["id"].as_str().expect("an id").to_owned());
            }
            *cursor =
                json!({"id": scope["id"], "cursor": scope["cursor"], "epoch": scope["epoch"]});
            complete &= scope["has_more"] == false;
        }
        complete
    }
}

/// The losing form: a cursor over `created_date`. It counts each row at most once, so what is missing was skipped.
#[derive(Default)]
struct TimestampReader {
    cursor: Option<String>,
    seen: i64,
}

impl TimestampReader {
    async fn read(&mut self, db: &Db) {
        let cursor = self.cursor.as_deref().unwrap_or("-infinity");
        let answer = db
            .run(
                Who::Owner,
                &format!("select count(*), max(created_date) from public.songs where created_date > '{cursor}'"),
            )
            .await;
        let row = &answer.rows[0];
        self.seen += row[0]
            .as_deref()
            .expect("a count")
            .parse::<i64>()
            .expect("a number");
        self.cursor = row[1].clone().or_else(|| self.cursor.take());
    }
}

/// Heads minus revisions in the log: a hole, or a revision that was given twice.
async fn assert_heads_have_no_hole(db: &Db) {
    for scope in [band(), other_band()] {
        let holes = db
            .number(&format!(
                "select (select rev from public.sync_head where scope_id = '{scope}') - count(distinct rev)
                   from sync.log where scope_id = '{scope}'"
            ))
            .await;
        assert_eq!(
            holes, 0,
            "every revision up to the head was some transaction's"
        );
    }
}

#[tokio::test]
async fn no_row_of_eight_concurrent_writers_is_skipped_and_heads_have_no_hole() {
    let (project, db) = world().await;
    for user in [MEMBER, SECOND, VIEWER] {
        join(&db, id(OTHER), other_band(), id(user)).await;
    }
    let done = Arc::new(AtomicUsize::new(0));
    let mut reader = Reader {
        cursors: [band(), other_band()]
            .map(|scope| json!({"id": scope, "cursor": null, "epoch": null}))
            .to_vec(),
        songs: BTreeSet::new(),
    };
    let mut by_time = TimestampReader::default();
    let writers = start_writers(&project, &done).await;
    let mut pulls = 0;
    while writers.iter().any(|writer| !writer.is_finished()) {
        reader.read(&db).await;
        by_time.read(&db).await;
        pulls += 1;
    }
    for writer in writers {
        writer.await.expect("a writer");
    }
    while !reader.read(&db).await {}
    by_time.read(&db).await;

    let rows = db.number("select count(*) from public.songs").await;
    assert!(
        rows >= 50_000 && pulls >= 20,
        "{rows} rows, {pulls} pulls beside the writers"
    );
    let skipped = rows - i64::try_from(reader.songs.len()).expect("few");
    assert_eq!(skipped, 0, "of {rows} rows");
    let skipped_by_time = rows - by_time.seen;
    assert!(
        skipped_by_time > 0,
        "the timestamp cursor skipped none: this load shows nothing"
    );
    assert_heads_have_no_hole(&db).await;
    eprintln!(
        "{rows} rows, {pulls} pulls: 0 skipped; the timestamp cursor skipped {skipped_by_time}"
    );
}
