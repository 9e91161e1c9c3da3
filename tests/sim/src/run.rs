//! Running many histories: over all cores, with progress, and each to be repeated by its seed alone.

use std::io::Write as _;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::Rule;
use super::histories::one;
use super::phone::{SimPhone, World, copy_files};
use rockon_core::model::UserId;

/// Histories of a plain `cargo test`; `ROCKON_HISTORIES` asks for more, `ROCKON_HISTORIES_FROM` for another first seed than
/// 0, `ROCKON_HISTORY` for one by its seed.
pub(crate) const DEFAULT: u64 = 400;
/// Between two lines of progress.
const PROGRESS: Duration = Duration::from_secs(5);
/// Whose phones they are: the first user may have two.
pub(crate) const USERS: [UserId; 3] = [A, UserId(Uuid::from_u128(0xB)), A];
const A: UserId = UserId(Uuid::from_u128(0xA));

/// What one thread's phones run on.
pub(crate) fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
}

/// A directory for the databases of one thread, with a new database of each phone to copy: upgrading an empty file for
/// every history would be most of the work.
pub(crate) struct Lab {
    dir: TempDir,
}

impl Lab {
    pub(crate) fn new() -> Self {
        // In memory where the system has such a directory: the histories wait for the disk otherwise.
        let memory = Path::new("/dev/shm");
        let dir = tempfile::tempdir_in(memory).or_else(|_| tempfile::tempdir());
        let lab = Self { dir: dir.unwrap() };
        let runtime = runtime();
        for (n, user) in USERS.into_iter().enumerate() {
            SimPhone::new_database(&runtime, &lab.of("new", n), user);
        }
        lab
    }

    /// The directory of this name of phone `n`.
    pub(crate) fn of(&self, what: &str, n: usize) -> PathBuf {
        self.dir.path().join(format!("{what}-{n}"))
    }

    /// The phones of one history, with new databases, not started.
    pub(crate) fn phones(
        &self,
        world: &World,
        rule: Rule,
        seed: u64,
        count: usize,
    ) -> Vec<SimPhone> {
        let phone = |n: usize| {
            let dir = self.of("phone", n);
            copy_files(&self.of("new", n), &dir);
            SimPhone::new(world, USERS[n], &dir, rule, seed ^ (n as u64) << 32)
        };
        (0..count).map(phone).collect()
    }
}

/// Takes seeds until none is left; gives those that end wrong, with what is wrong. After one that is wrong in the way that
/// is looked for no further one is begun.
fn worker(next: &AtomicU64, end: u64, rule: Rule, how: Option<&str>) -> Vec<(u64, String)> {
    let runtime = runtime();
    let lab = Lab::new();
    let mut wrong = Vec::new();
    loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= end {
            return wrong;
        }
        let outcome = catch_unwind(AssertUnwindSafe(|| one(seed, &runtime, &lab, rule)));
        if let Err(panic) = outcome {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|t| (*t).to_owned()));
            let text = text.unwrap_or_default();
            if how.is_some_and(|how| text.contains(how)) {
                next.store(end, Ordering::Relaxed);
            }
            wrong.push((seed, text));
        }
    }
}

/// Runs the histories of these seeds with `rule` left out, all of them or until one is wrong in this way; gives those that
/// end wrong. A search is one thread, for many run beside each other and most end with their first history.
pub(crate) fn run(seeds: Range<u64>, rule: Rule, how: Option<&str>) -> Vec<(u64, String)> {
    let next = AtomicU64::new(seeds.start);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = if how.is_some() { 1 } else { cores };
    // Nothing is sent: it closes when the last thread has ended.
    let (running, ended) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let next = &next;
        let threads: Vec<_> = (0..threads)
            .map(|_| {
                let running = running.clone();
                scope.spawn(move || {
                    let _running = running;
                    worker(next, seeds.end, rule, how)
                })
            })
            .collect();
        drop(running);
        let begin = Instant::now();
        while ended.recv_timeout(PROGRESS) == Err(RecvTimeoutError::Timeout) {
            let done = next.load(Ordering::Relaxed).min(seeds.end) - seeds.start;
            let (all, time) = (seeds.end - seeds.start, begin.elapsed().as_secs());
            // Not through the macro: the test runner would keep it until the end.
            let _ = writeln!(std::io::stderr(), "  histories: {done} of {all}, {time} s");
        }
        let wrong = threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap());
        wrong.collect()
    })
}

#[test]
fn fault_heavy_histories_end_right() {
    let asked = |name| -> Option<u64> { std::env::var(name).ok()?.parse().ok() };
    let first = asked("ROCKON_HISTORIES_FROM").unwrap_or(0);
    let many = first..first + asked("ROCKON_HISTORIES").unwrap_or(DEFAULT);
    let seeds = asked("ROCKON_HISTORY").map_or(many, |seed| seed..seed + 1);
    // Shown by the task that runs random ones: the same seeds are the same histories.
    println!("  histories: seeds {seeds:?}");
    let wrong = run(seeds, Rule::None, None);
    assert!(
        wrong.is_empty(),
        "wrong histories (again alone: ROCKON_HISTORY=<seed> cargo test --workspace --lib fault_heavy): {wrong:?}"
    );
}
