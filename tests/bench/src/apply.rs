//! W1: a first sync into an empty database, beside the same rows written with `rusqlite` alone.

use std::time::{Duration, Instant};

use rockon_core::store::{PullPage, Store};
use rusqlite::Connection;

use crate::report::Line;
use crate::rows::Pages;
use crate::stats::{Samples, ms};
use crate::{Outcome, Scratch, machine, raw};

/// Time on the wall and on the processor.
type Cost = (Duration, Duration);

fn timed(work: impl FnOnce() -> Outcome<()>) -> Outcome<Cost> {
    let (wall, cpu) = (Instant::now(), machine::process_time());
    work()?;
    Ok((wall.elapsed(), machine::process_time().saturating_sub(cpu)))
}

/// Stages every page and commits the last, as the engine does.
pub(crate) async fn take_in(store: &Store, pages: impl Iterator<Item = PullPage>) -> Outcome<()> {
    for page in pages {
        if page.is_last() {
            store.commit_pages(page, |_, _| Ok(())).await?;
        } else {
            store.stage(page).await?;
        }
    }
    Ok(())
}

fn ours(runtime: &tokio::runtime::Runtime, pages: &[PullPage]) -> Outcome<Cost> {
    let scratch = Scratch::new()?;
    let store = scratch.store()?;
    let pages = pages.to_vec();
    timed(|| runtime.block_on(take_in(&store, pages.into_iter())))
}

fn theirs(pages: &[PullPage], one_transaction: bool) -> Outcome<Cost> {
    let scratch = Scratch::new()?;
    let mut conn = scratch.raw()?;
    // Both own their rows and free them inside the time that counts.
    let owned = pages.to_vec();
    let mut pages = owned.into_iter();
    timed(|| {
        if !one_transaction {
            return pages.try_for_each(|page| raw::insert(&mut conn, &page));
        }
        let tx = conn.transaction()?;
        pages.try_for_each(|page| raw::insert_rows(&tx, &page))?;
        Ok(tx.commit()?)
    })
}

/// Interleaved rounds of ours, raw by pages, and raw in one transaction.
pub(crate) fn run(total: usize, rounds: usize) -> Outcome<Vec<Line>> {
    let runtime = crate::runtime()?;
    let pages: Vec<PullPage> = Pages::new(total).collect();
    let mut wall: [Samples; 3] = Default::default();
    let mut cpu: [Samples; 3] = Default::default();
    let mut ratio = Samples::default();
    let mut ratio_one = Samples::default();
    for _ in 0..rounds {
        let costs = [
            ours(&runtime, &pages)?,
            theirs(&pages, false)?,
            theirs(&pages, true)?,
        ];
        for ((wall, cpu), cost) in wall.iter_mut().zip(&mut cpu).zip(costs) {
            wall.push_ms(cost.0);
            cpu.push_ms(cost.1);
        }
        ratio.push(ms(costs[0].1) / ms(costs[1].1));
        ratio_one.push(ms(costs[0].1) / ms(costs[2].1));
    }
    let what = format!("apply {} pulled rows", thousands(total));
    let figures = |name: &str, at: usize| {
        Line::new("W1", &format!("{what}: {name}"), cpu[at].median(), "ms").shown(format!(
            "{} cpu, wall {}",
            cpu[at].spread("ms"),
            wall[at].spread("ms")
        ))
    };
    let against = |name: &str, ratio: &Samples| {
        Line::new("W1", &format!("{what} / {name}"), ratio.median(), "x").shown(ratio.spread("x"))
    };
    Ok(vec![
        figures("the store", 0),
        figures("raw, a transaction a page", 1),
        figures("raw, one transaction", 2),
        against("raw, a transaction a page", &ratio).at_most(1.5),
        against("raw, one transaction", &ratio_one),
    ])
}

/// In a process of its own: how far memory grows above what the open database takes. Rows are made page by page.
pub(crate) fn memory(total: usize) -> Outcome<u64> {
    let runtime = crate::runtime()?;
    let scratch = Scratch::new()?;
    let store = scratch.store()?;
    // Statements, caches and the generator's own page are there from the start.
    let before = machine::memory_kb("VmRSS")?;
    runtime.block_on(take_in(&store, Pages::new(total)))?;
    Ok(machine::memory_kb("VmHWM")?.saturating_sub(before))
}

/// The same for raw writing.
pub(crate) fn raw_memory(total: usize) -> Outcome<u64> {
    let scratch = Scratch::new()?;
    let mut conn: Connection = scratch.raw()?;
    let before = machine::memory_kb("VmRSS")?;
    for page in Pages::new(total) {
        raw::insert(&mut conn, &page)?;
    }
    Ok(machine::memory_kb("VmHWM")?.saturating_sub(before))
}

pub(crate) fn thousands(count: usize) -> String {
    format!("{}k", count / 1_000)
}
