//! W2: a band changes 10,000 rows in 1,000 transactions while the phone is connected and shows its list.
//!
//! Counted is the phone from the first of these changes to its shutdown: engine, store, feeds and notices, answers parsed
//! from their text. Not counted: the first sync before, the server in memory (a thread of its own), and what a real phone
//! adds for TLS, HTTP and the socket.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rockon_core::client;
use rockon_core::feed;
use rockon_core::hint::Hints;
use rockon_core::notices::{NoticeObserver, Notices};
use rockon_core::platform::Platform;
use rockon_core::store::{SongQuery, Store};
use rockon_core::sync::{Activity, SyncHandle, SyncStatus};
use rockon_core::time::SystemClock;
use tokio::sync::watch;

use crate::report::Line;
use crate::server::{self, LAST_KEY};
use crate::stats::{Samples, ms};
use crate::{Outcome, Scratch, machine, rows};

const ROUNDS: usize = 3;
/// A round that takes longer has failed.
const PATIENCE: Duration = Duration::from_mins(1);

#[derive(Debug, Default)]
struct Figures {
    cpu: Samples,
    pulls: Samples,
    gap: Samples,
    last: Samples,
}

struct Round {
    pulls_a_second: f64,
    /// Shortest time between two deliveries.
    shortest_gap: Duration,
    last_on_screen: Instant,
    /// Processor time of the process when the changes began.
    spent_before: Duration,
}

/// The first sync is over, and nothing of it is left to do.
async fn rest(sync: &SyncHandle) -> Outcome<()> {
    let mut status = sync.status();
    let done =
        |status: &SyncStatus| status.synced_at.is_some() && status.activity == Activity::Idle;
    status.wait_for(done).await?;
    Ok(())
}

fn list() -> SongQuery {
    SongQuery {
        scope: Some(rows::bands()[0]),
        limit: 50,
        ..SongQuery::default()
    }
}

/// The window, until its first song has the key of the last transaction.
async fn watch(store: &Store, remote: &server::FakeRemote, sync: &SyncHandle) -> Outcome<Round> {
    let mut songs = client::songs(store, list());
    let mut window = Vec::new();
    let mut at: Option<Instant> = None;
    let mut shortest = PATIENCE;
    let mut begun: Option<(Instant, u64, Duration)> = None;
    sync.set_session(true);
    while let Some(steps) = songs.next().await {
        feed::apply(&mut window, &steps?);
        let now = Instant::now();
        shortest = at.map_or(shortest, |at| shortest.min(now.duration_since(at)));
        at = Some(now);
        if begun.is_none() && window.len() == 50 {
            rest(sync).await?;
            begun = Some((Instant::now(), remote.pulls(), machine::process_time()));
            remote.start_changes();
        }
        let first = window.first().and_then(|song| song.key.as_deref());
        if let (Some((since, before, spent_before)), Some(LAST_KEY)) = (begun, first) {
            let seconds = now.duration_since(since).as_secs_f64();
            return Ok(Round {
                pulls_a_second: (remote.pulls() - before) as f64 / seconds,
                shortest_gap: shortest,
                last_on_screen: now,
                spent_before,
            });
        }
    }
    Err("the feed ended".into())
}

async fn round(figures: &mut Figures) -> Outcome<()> {
    let scratch = Scratch::new()?;
    let store = scratch.store()?;
    let hints = Arc::new(Hints::default());
    let to = Arc::clone(&hints);
    let (remote, server) = server::start(move |hint| to.tell(hint));
    let platform = watch::Sender::new(Platform::default());
    platform.send_modify(|now| now.foreground.set(true));
    let clock = Arc::new(SystemClock::new());
    let sync = SyncHandle::start(
        store.clone(),
        remote.clone(),
        Arc::new(NoticeObserver),
        clock.clone(),
        1,
        platform.subscribe(),
        hints,
    );
    let notices = Notices::start(store.clone(), clock);
    let round = tokio::time::timeout(PATIENCE, watch(&store, &remote, &sync)).await??;
    drop(notices);
    sync.shutdown().await;
    store.close().await;
    drop(remote);
    let spent = machine::process_time().saturating_sub(round.spent_before);
    let (theirs, last) = tokio::task::spawn_blocking(move || server.join())
        .await?
        .map_err(|_| "the server failed")?;
    let last = last.ok_or("no transaction was made")?;
    figures.cpu.push_ms(spent.saturating_sub(theirs));
    figures.pulls.push(round.pulls_a_second);
    figures.gap.push_ms(round.shortest_gap);
    figures
        .last
        .push(ms(round.last_on_screen.saturating_duration_since(last)));
    Ok(())
}

pub(crate) fn run() -> Outcome<Vec<Line>> {
    let runtime = crate::runtime()?;
    let mut figures = Figures::default();
    for _ in 0..ROUNDS {
        runtime.block_on(round(&mut figures))?;
    }
    let line = |what: &str, samples: &Samples, unit: &'static str| {
        Line::new("W2", what, samples.median(), unit).shown(samples.spread(unit))
    };
    // What is seen here may come a little late, and the next one then looks a little early.
    let frame = ms(feed::FRAME) - 1.0;
    let gap = figures.gap.least();
    Ok(vec![
        line(
            "10k changes in 1k transactions: the phone's processor",
            &figures.cpu,
            "ms",
        )
        .at_most(500.0),
        line("pulls", &figures.pulls, "a second").at_most(20.0),
        Line::new(
            "W2",
            "deliveries closer than a frame",
            f64::from(u8::from(gap < frame)),
            "rounds",
        )
        .at_most(0.0)
        .shown(format!("shortest gap {gap:.1} ms")),
        line("last change on screen after", &figures.last, "ms").at_most(100.0),
    ])
}
