//! The call that a tap waits for: one edit, safe on the disk, with nothing else going on and while a large pull comes in.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use rockon_core::model::{Kind, Rev, RowId, ScopeId, ScopeType};
use rockon_core::store::{Cursor, Edit, PullPage, ScopePage, SongQuery, Store};
use serde_json::json;

use crate::report::Line;
use crate::rows::{Pages, bands};
use crate::stats::Samples;
use crate::{Outcome, Scratch, apply, raw};

/// Edits with nothing else going on.
const IDLE_EDITS: usize = 400;
/// Large pulls under which edits are made.
const PULLS: usize = 5;

/// In the last band, which no workload takes away.
fn edit(id: RowId, n: usize) -> Edit {
    let band = bands()[2];
    let set = json!({ "title": format!("Mine {n}"), "context_type": "band", "context_id": band });
    let set = set.as_object().cloned().unwrap_or_default();
    match n {
        0 => Edit::create(band, Kind::Song, id, set),
        _ => Edit::update(Kind::Song, id, set),
    }
}

async fn timed_edit(store: &Store, id: RowId, n: usize, into: &mut Samples) -> Outcome<()> {
    let edit = edit(id, n);
    let started = Instant::now();
    store.edit(edit).await?;
    into.push_ms(started.elapsed());
    Ok(())
}

/// One row changed with `rusqlite` alone, as safe on the disk: what the machine's disk and scheduler take of it.
fn timed_raw(conn: &rusqlite::Connection, id: uuid::Uuid, into: &mut Samples) -> Outcome<()> {
    let started = Instant::now();
    conn.prepare_cached("update song set title = 'Mine', sort = 'mine' where id = ?1")?
        .execute([id.as_bytes().as_slice()])?;
    into.push_ms(started.elapsed());
    Ok(())
}

/// Edits with nothing else going on, in turns with the same on a raw file of the same rows.
async fn idle() -> Outcome<[Samples; 2]> {
    let (scratch, other) = (Scratch::new()?, Scratch::new()?);
    let store = scratch.store()?;
    apply::take_in(&store, Pages::new(10_000)).await?;
    let mut conn = other.raw()?;
    Pages::new(10_000).try_for_each(|page| raw::insert(&mut conn, &page))?;
    conn.pragma_update(None, "synchronous", "full")?;
    let known = conn.query_row("select id from song limit 1", [], |row| {
        row.get::<_, Vec<u8>>(0)
    })?;
    let known = uuid::Uuid::from_slice(&known)?;
    let mut samples: [Samples; 2] = Default::default();
    for _ in 0..IDLE_EDITS / 4 {
        let id = RowId::fresh();
        for n in 0..4 {
            timed_edit(&store, id, n, &mut samples[0]).await?;
            timed_raw(&conn, known, &mut samples[1])?;
        }
    }
    store.close().await;
    Ok(samples)
}

/// Edits one after the other for as long as `work` takes.
async fn during(
    store: &Store,
    samples: &mut Samples,
    work: impl Future<Output = Outcome<()>> + Send + 'static,
) -> Outcome<()> {
    let done = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&done);
    let work = tokio::spawn(async move {
        let outcome = work.await;
        flag.store(true, Ordering::Release);
        outcome
    });
    while !done.load(Ordering::Acquire) {
        timed_edit(store, RowId::fresh(), 0, samples).await?;
    }
    work.await?
}

/// A first sync, then every row of it again at a higher revision: the long publish.
async fn busy() -> Outcome<[Samples; 2]> {
    let mut samples: [Samples; 2] = Default::default();
    let first: Vec<PullPage> = Pages::new(10_000).collect();
    let again: Vec<PullPage> = Pages::new(10_000).map(newer).collect();
    for _ in 0..PULLS {
        let scratch = Scratch::new()?;
        let store = scratch.store()?;
        for (pages, samples) in [&first, &again].into_iter().zip(&mut samples) {
            let (pages, writer) = (pages.clone(), store.clone());
            let work = async move { apply::take_in(&writer, pages.into_iter()).await };
            during(&store, samples, work).await?;
        }
        store.close().await;
    }
    Ok(samples)
}

/// A band of 10,000 rows goes, then another one is set back and has none of its 10,000 any more.
async fn clearing() -> Outcome<[Samples; 2]> {
    let mut samples: [Samples; 2] = Default::default();
    let [gone, set_back, _] = bands();
    let page = |scopes, gone| PullPage { scopes, gone };
    for _ in 0..PULLS {
        let scratch = Scratch::new()?;
        let store = scratch.store()?;
        apply::take_in(&store, Pages::new(30_000)).await?;
        let steps = [
            page(vec![], vec![gone]),
            page(vec![empty(set_back)], vec![]),
        ];
        for (step, samples) in steps.into_iter().zip(&mut samples) {
            let writer = store.clone();
            let work = async move { Ok(writer.commit_pages(step, |_, _| Ok(())).await?) };
            during(&store, samples, work).await?;
        }
        let left = store
            .read(move |reader| {
                reader.songs(&SongQuery {
                    scope: Some(set_back),
                    limit: 1,
                    ..SongQuery::default()
                })
            })
            .await?;
        let bands = store.read(|reader| reader.scopes()).await?.len();
        if !left.is_empty() || bands != 2 {
            return Err(format!("songs left, or not 2 but {bands} bands").into());
        }
        store.close().await;
    }
    Ok(samples)
}

/// A band read again, in which nothing is found.
fn empty(band: ScopeId) -> ScopePage {
    ScopePage {
        id: band,
        scope_type: ScopeType::Band,
        epoch: uuid::Uuid::from_u128(0xf),
        head: Rev(1),
        reset: true,
        cursor: Cursor {
            rev: Rev(1),
            ord: None,
            id: None,
            since: None,
        },
        has_more: false,
        rows: std::collections::BTreeMap::new(),
        tombstones: Vec::new(),
        log: Vec::new(),
        values: Vec::new(),
        times: Vec::new(),
        lost: Vec::new(),
    }
}

/// The page with every revision moved up.
fn newer(mut page: PullPage) -> PullPage {
    const BY: i64 = 100_000;
    for scope in &mut page.scopes {
        scope.head.0 += BY;
        scope.cursor.rev.0 += BY;
        for row in scope.rows.values_mut().flatten() {
            for name in ["sync_rev", "sync_by_rev"] {
                if let Some(rev) = row.get(name).and_then(serde_json::Value::as_i64) {
                    row.insert(name.to_owned(), json!(rev + BY));
                }
            }
        }
    }
    page
}

pub(crate) fn run() -> Outcome<Vec<Line>> {
    let runtime = crate::runtime()?;
    let [idle, disk] = runtime.block_on(idle())?;
    let [first, again] = runtime.block_on(busy())?;
    let [gone, set_back] = runtime.block_on(clearing())?;
    let line = |what: &str, samples: &Samples, target: f64| {
        Line::new("edit", what, samples.percentile(0.95), "ms")
            .at_most(target)
            .shown(format!("{} of {}", samples.tail("ms"), samples.len()))
    };
    Ok(vec![
        line("an edit, full sync", &idle, 2.0),
        Line::new(
            "edit",
            "one row by raw rusqlite, full sync, in turns",
            disk.percentile(0.95),
            "ms",
        )
        .shown(disk.tail("ms")),
        line(
            "the same while a first sync of 10k rows is applied",
            &first,
            50.0,
        ),
        line("the same while 10k changed rows are applied", &again, 50.0),
        line("the same while a scope of 10k rows is cleared", &gone, 50.0),
        line(
            "the same while a reset takes 10k rows away",
            &set_back,
            50.0,
        ),
    ])
}
