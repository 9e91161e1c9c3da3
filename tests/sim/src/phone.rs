//! One phone of the simulation.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Runtime;

use super::Rule;
use super::line::{Action, SimLine, SimRemote};
use super::server::Server;
use rockon_core::error::Result;
use rockon_core::hint::Hint;
use rockon_core::model::{Kind, NoticeId, RowId, ScopeId, UserId, Values};
use rockon_core::notices::{Hand, NoticeObserver, Turn};
use rockon_core::store::kill;
use rockon_core::store::rules::leave_out;
use rockon_core::store::{Durability, OutboxEntry, Store, StoreConfig, StoredNotice, WriteTx};
use rockon_core::sync::ManualEngine;
use rockon_core::sync::schedule::{HINT_GAP, Job};
use rockon_core::time::{Clock, ManualClock, Timestamp};

/// The server, shared by all phones.
pub(crate) type World = Arc<Mutex<Server>>;

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes `to` a directory with the files of `from` and no others.
pub(crate) fn copy_files(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

pub(crate) struct SimPhone {
    pub(crate) user: UserId,
    pub(crate) line: Arc<Mutex<SimLine>>,
    pub(crate) between: Arc<Mutex<Vec<(u32, Action)>>>,
    pub(crate) clock: Arc<ManualClock>,
    world: World,
    config: StoreConfig,
    engine: Option<ManualEngine<SimRemote>>,
    starts: u64,
    /// What tells the member, and the newest notice that was looked at.
    generator: Option<Hand>,
    heard: NoticeId,
}

impl SimPhone {
    /// A phone that is not started. `dir` holds its database; `seed`: of what its line does.
    pub(crate) fn new(world: &World, user: UserId, dir: &Path, rule: Rule, seed: u64) -> Self {
        let clock = Arc::new(ManualClock::new(Timestamp(1_000_000)));
        Self {
            user,
            line: Arc::new(Mutex::new(SimLine::new(seed, rule))),
            between: Arc::default(),
            clock: Arc::clone(&clock),
            world: Arc::clone(world),
            config: StoreConfig {
                dir: dir.to_owned(),
                user,
                clock,
            },
            engine: None,
            starts: seed,
            generator: None,
            heard: NoticeId(0),
        }
    }

    /// Makes an empty database in `dir`, to be copied.
    pub(crate) fn new_database(runtime: &Runtime, dir: &Path, user: UserId) {
        let clock = Arc::new(ManualClock::new(Timestamp(1_000_000)));
        let store = Store::open(&StoreConfig {
            dir: dir.to_owned(),
            user,
            clock,
        });
        let store = store.unwrap();
        let keep = store.write(Durability::Full, |tx| tx.keep_moves());
        runtime.block_on(keep).unwrap();
        runtime.block_on(store.close());
    }

    pub(crate) fn store(&self) -> &Store {
        self.engine.as_ref().unwrap().store()
    }

    fn remote(&self) -> SimRemote {
        SimRemote {
            world: Arc::clone(&self.world),
            user: self.user,
            line: Arc::clone(&self.line),
            between: Arc::clone(&self.between),
        }
    }

    /// Starts the program: everything volatile is new. `store`: what is on the disk, still open or opened again.
    pub(crate) fn start(&mut self, runtime: &Runtime, store: Option<Store>) {
        let store = store.unwrap_or_else(|| self.open());
        let rule = lock(&self.line).left_out.in_core();
        leave_out(rule);
        let there = store.write(Durability::Normal, move |_| {
            // The store's own rules are followed on its writer thread.
            leave_out(rule);
            Ok(())
        });
        runtime.block_on(there).unwrap();
        self.starts = self.starts.wrapping_add(1);
        let engine = ManualEngine::start(
            store,
            self.remote(),
            Arc::new(NoticeObserver),
            Arc::clone(&self.clock) as Arc<dyn Clock>,
            self.starts,
        );
        let engine = runtime.block_on(engine).unwrap();
        let clock = Arc::new(ManualClock::new(Timestamp(1_000_000)));
        self.generator = Some(Hand::new(engine.store().clone(), clock));
        self.engine = Some(engine);
        let newest = self.notices(runtime, 1);
        self.heard = newest.first().map_or(NoticeId(0), |notice| notice.id);
    }

    /// Copies the phone's files to `to`, as a backup does.
    pub(crate) fn back_up(&mut self, runtime: &Runtime, to: &Path) {
        self.stop(runtime);
        copy_files(&self.config.dir, to);
        self.start(runtime, None);
    }

    /// The phone has the files of its backup again.
    pub(crate) fn restore(&mut self, runtime: &Runtime, from: &Path) {
        self.stop(runtime);
        copy_files(from, &self.config.dir);
        lock(&self.line).answered.clear();
        self.start(runtime, None);
    }

    fn notices(&self, runtime: &Runtime, limit: u32) -> Vec<StoredNotice> {
        let read = self.store().read(move |reader| reader.notices(None, limit));
        runtime.block_on(read).unwrap()
    }

    /// The new notices after the generator has done something, newest first. It may be killed while it does, after so many
    /// commits.
    pub(crate) fn told(
        &mut self,
        runtime: &Runtime,
        turn: Turn,
        commits: Option<u32>,
    ) -> Vec<StoredNotice> {
        if let Some(commits) = commits {
            self.arm(runtime, commits);
        }
        let generator = self.generator.as_mut().unwrap();
        let done = runtime.block_on(generator.turn(turn));
        if commits.is_some() && self.spare(runtime).is_none() {
            self.kill(runtime, true);
            return Vec::new();
        }
        done.unwrap();
        let mut fresh: Vec<StoredNotice> = Vec::new();
        loop {
            let before = fresh.last().map(|notice| notice.id);
            let read = self.store().read(move |reader| reader.notices(before, 3));
            let more = runtime.block_on(read).unwrap();
            let known = more.len();
            fresh.extend(more.into_iter().filter(|notice| notice.id > self.heard));
            if known < 3 || fresh.last().map(|notice| notice.id) == before {
                break;
            }
        }
        self.heard = fresh.first().map_or(self.heard, |notice| notice.id);
        fresh
    }

    fn stop(&mut self, runtime: &Runtime) {
        self.generator = None;
        let engine = self.engine.take().unwrap();
        runtime.block_on(engine.store().close());
    }

    /// Kills the program. With `cold` the file is closed and opened again too.
    pub(crate) fn kill(&mut self, runtime: &Runtime, cold: bool) {
        self.generator = None;
        let engine = self.engine.take().unwrap();
        let store = (!cold).then(|| engine.store().clone());
        drop(engine);
        self.start(runtime, store);
    }

    pub(crate) fn engine(&mut self) -> &mut ManualEngine<SimRemote> {
        self.engine.as_mut().unwrap()
    }

    /// An own edit, if the store takes it.
    pub(crate) fn edit<T: Send + 'static>(
        &mut self,
        runtime: &Runtime,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let done = runtime.block_on(self.store().write(Durability::Normal, f));
        self.engine().edited();
        done
    }

    /// Runs one job if one is due. False when there is nothing to do now.
    pub(crate) fn turn(&mut self, runtime: &Runtime) -> bool {
        let Some(job) = self.engine().next_job() else {
            return false;
        };
        let left = lock(&self.line).commits_left.take();
        if let Some(left) = left {
            self.arm(runtime, left);
        }
        runtime.block_on(self.engine().work(job));
        if left.is_some() && self.is_dead(runtime) {
            self.kill(runtime, true);
            return true;
        }
        self.leave_out_after(runtime, job);
        if lock(&self.line)
            .kill_in
            .take_if(|left| *left == 0)
            .is_some()
        {
            self.kill(runtime, false);
        }
        true
    }

    /// So many commits are still made.
    fn arm(&self, runtime: &Runtime, commits: u32) {
        let arm = self.store().write(Durability::Normal, move |_| {
            kill::arm(commits);
            Ok(())
        });
        runtime.block_on(arm).unwrap();
    }

    /// Has it been killed between two commits? If not, it still will be.
    fn is_dead(&self, runtime: &Runtime) -> bool {
        let left = self.spare(runtime);
        lock(&self.line).commits_left = left;
        left.is_none()
    }

    /// Commits that it would still have made.
    fn spare(&self, runtime: &Runtime) -> Option<u32> {
        let spare = self
            .store()
            .write(Durability::Normal, |_| Ok(kill::spare()));
        runtime.block_on(spare).unwrap()
    }

    /// Opens the file after a kill; what was left half done is finished, and that may be killed too.
    fn open(&self) -> Store {
        let commits = lock(&self.line).commits_of_start.take();
        kill::after(commits);
        let opened = Store::open(&self.config);
        kill::after(None);
        match opened {
            Err(_) if commits.is_some() => Store::open(&self.config).unwrap(),
            opened => opened.unwrap(),
        }
    }

    /// A hint has come.
    pub(crate) fn hint(&mut self, hint: Hint) {
        self.engine().hint(hint);
    }

    /// Does to the store what one without the rule would have done in this job.
    fn leave_out_after(&mut self, runtime: &Runtime, job: Job) {
        let rule = lock(&self.line).left_out;
        let done = self
            .store()
            .write(Durability::Normal, move |tx| match rule {
                Rule::AnsweredStaysUntilPulled if job == Job::Push => tx.forget_answered(),
                Rule::OwnEditsStay if job == Job::Pull => tx.show_server_rows(),
                _ => Ok(()),
            });
        if matches!(rule, Rule::AnsweredStaysUntilPulled | Rule::OwnEditsStay) {
            runtime.block_on(done).unwrap();
        }
    }

    /// Lets time pass and does what becomes due, until nothing is left to do. False if it never comes to rest.
    pub(crate) fn settle(&mut self, runtime: &Runtime) -> bool {
        for _ in 0..40 {
            self.clock.advance(Duration::from_secs(61));
            let mut turns = 0;
            while self.turn(runtime) {
                // Pulls keep their pause.
                self.clock.advance(HINT_GAP);
                turns += 1;
                if turns > 200 {
                    return false;
                }
            }
            if self.engine().is_quiet() {
                return true;
            }
        }
        false
    }

    /// The edits of these rows that are on their way.
    pub(crate) fn unsent(&self, runtime: &Runtime, ids: &[(Kind, RowId)]) -> Vec<OutboxEntry> {
        let ids = ids.to_vec();
        let found = self.store().read(move |reader| {
            let mut found = Vec::new();
            for (kind, id) in ids {
                found.extend(reader.entries_of(kind, id)?);
            }
            Ok(found)
        });
        runtime.block_on(found).unwrap()
    }

    /// The rows as the member sees them, with their scope.
    pub(crate) fn rows(
        &self,
        runtime: &Runtime,
        ids: &[(Kind, RowId)],
    ) -> Vec<Option<(ScopeId, Values)>> {
        let ids = ids.to_vec();
        runtime
            .block_on(self.store().read(move |reader| {
                ids.iter()
                    .map(|(kind, id)| {
                        let scope = reader.scope_of(*kind, *id)?;
                        Ok(scope.zip(reader.row(*kind, *id)?))
                    })
                    .collect()
            }))
            .unwrap()
    }
}
