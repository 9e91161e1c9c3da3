//! One phone of the simulation, and the faulty line between it and the server.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio::sync::watch;

use super::Rule;
use super::server::Server;
use crate::error::{Error, Result, Service};
use crate::model::{Kind, RowId, ScopeId, UserId, Values};
use crate::store::rules::leave_out as leave_out_here;
use crate::store::{Durability, Entry, Store, StoreConfig, WriteTx};
use crate::sync::batch::BatchSizes;
use crate::sync::engine::{Engine, SyncStatus};
use crate::sync::inbox::Inbox;
use crate::sync::remote::Remote;
use crate::sync::schedule::{Next, Schedule};
use crate::sync::witness::NoWitness;
use crate::time::{Clock, ManualClock, Timestamp};

/// The server, shared by all phones.
pub(crate) type World = Arc<Mutex<Server>>;

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the line does to calls.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) random: fastrand::Rng,
    /// Of a hundred calls, how many are lost before they arrive, and as many after.
    pub(crate) loss: u32,
    /// Calls until the phone is killed in the middle of one.
    pub(crate) kill_in: Option<u32>,
    /// Items a page: small, so that a pull takes several.
    pub(crate) limit: u16,
    /// Which rule is left out.
    pub(crate) left_out: Rule,
}

pub(crate) struct SimRemote {
    world: World,
    user: UserId,
    line: Arc<Mutex<Line>>,
    /// Done on the server between two calls, as if somebody else had been quicker.
    pub(crate) between: Arc<Mutex<Vec<Action>>>,
}

impl Remote for SimRemote {
    async fn call(&self, function: &'static str, arguments: Value) -> Result<Value> {
        let mut request = arguments["request"].clone();
        let (lost, unanswered) = {
            let mut line = lock(&self.line);
            let killed = match &mut line.kill_in {
                Some(0) => true,
                Some(left) => {
                    *left -= 1;
                    false
                }
                None => false,
            };
            let loss = line.loss;
            request["limit"] = json!(line.limit);
            (
                line.random.u32(0..100) < loss,
                killed || line.random.u32(0..100) < loss,
            )
        };
        if lost {
            return Err(Error::Offline);
        }
        let mut server = lock(&self.world);
        let mut answer = match function {
            "sync_pull" => server.pull(self.user, &request),
            _ => server.push(self.user, &request),
        };
        leave_out(lock(&self.line).left_out, &mut answer);
        for action in lock(&self.between).drain(..) {
            action(&mut server);
        }
        if unanswered {
            return Err(Error::Timeout {
                service: Service::Rest,
            });
        }
        Ok(answer)
    }
}

/// Makes an answer look as if a rule did not exist.
fn leave_out(rule: Rule, answer: &mut Value) {
    if rule != Rule::PublishAtOwnHead {
        return;
    }
    for scope in answer["scopes"].as_array_mut().into_iter().flatten() {
        scope["has_more"] = json!(false);
        if scope["cursor"].is_null() {
            scope["cursor"] = json!({"rev": 0});
        }
    }
}

/// Something that happens on the server between two calls.
pub(crate) type Action = Box<dyn FnOnce(&mut Server) + Send>;

pub(crate) struct Phone {
    pub(crate) user: UserId,
    pub(crate) line: Arc<Mutex<Line>>,
    pub(crate) between: Arc<Mutex<Vec<Action>>>,
    pub(crate) clock: Arc<ManualClock>,
    world: World,
    config: StoreConfig,
    engine: Option<Engine<SimRemote>>,
    starts: u64,
}

impl Phone {
    /// A phone that is not started. `dir` holds its database; `seed`: of what its line does.
    pub(crate) fn new(world: &World, user: UserId, dir: &Path, rule: Rule, seed: u64) -> Self {
        let clock = Arc::new(ManualClock::new(Timestamp(1_000_000)));
        Self {
            user,
            line: Arc::new(Mutex::new(Line {
                random: fastrand::Rng::with_seed(seed),
                loss: 15,
                kill_in: None,
                limit: 3,
                left_out: rule,
            })),
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
        }
    }

    /// Makes an empty database in `dir`, to be copied.
    pub(crate) fn new_database(dir: &Path, user: UserId) {
        let clock = Arc::new(ManualClock::new(Timestamp(1_000_000)));
        drop(Store::open(&StoreConfig {
            dir: dir.to_owned(),
            user,
            clock,
        }));
    }

    pub(crate) fn store(&self) -> &Store {
        &self.engine.as_ref().unwrap().store
    }

    /// Starts the program: everything volatile is new. `store`: what is on the disk, still open or opened again.
    pub(crate) fn start(&mut self, runtime: &Runtime, store: Option<Store>) {
        let store = store.unwrap_or_else(|| Store::open(&self.config).unwrap());
        let rule = lock(&self.line).left_out;
        leave_out_here(rule);
        let there = store.write(Durability::Normal, move |_| {
            // The store's own rules are followed on its writer thread.
            leave_out_here(rule);
            Ok(())
        });
        runtime.block_on(there).unwrap();
        self.starts = self.starts.wrapping_add(1);
        let mut schedule = Schedule::new(self.starts);
        schedule.set_foreground(true);
        schedule.set_session(true);
        let mut engine = Engine {
            store,
            remote: SimRemote {
                world: Arc::clone(&self.world),
                user: self.user,
                line: Arc::clone(&self.line),
                between: Arc::clone(&self.between),
            },
            witness: Arc::new(NoWitness),
            clock: Arc::clone(&self.clock) as Arc<dyn Clock>,
            inbox: Arc::new(Inbox::default()),
            status: watch::channel(SyncStatus::default()).0,
            schedule,
            sizes: BatchSizes::default(),
            fresh: std::collections::BTreeSet::new(),
            once: Vec::new(),
        };
        runtime.block_on(engine.learn_scopes()).unwrap();
        self.engine = Some(engine);
    }

    /// Kills the program. With `cold` the file is closed and opened again too.
    pub(crate) fn kill(&mut self, runtime: &Runtime, cold: bool) {
        let engine = self.engine.take().unwrap();
        let store = (!cold).then(|| engine.store.clone());
        drop(engine);
        self.start(runtime, store);
    }

    pub(crate) fn engine(&mut self) -> &mut Engine<SimRemote> {
        self.engine.as_mut().unwrap()
    }

    /// An own edit, if the store takes it.
    pub(crate) fn edit<T: Send + 'static>(
        &mut self,
        runtime: &Runtime,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let done = runtime.block_on(self.store().write(Durability::Normal, f));
        self.engine().schedule.edited();
        done
    }

    /// Runs one job if one is due. False when there is nothing to do now.
    pub(crate) fn turn(&mut self, runtime: &Runtime) -> bool {
        let now = self.clock.mono();
        let engine = self.engine();
        let Next::Run(job) = engine.schedule.next(now) else {
            return false;
        };
        runtime.block_on(engine.work(job));
        if lock(&self.line)
            .kill_in
            .take_if(|left| *left == 0)
            .is_some()
        {
            self.kill(runtime, false);
        }
        true
    }

    /// Lets time pass and does what becomes due, until nothing is left to do. False if it never comes to rest.
    pub(crate) fn settle(&mut self, runtime: &Runtime) -> bool {
        for _ in 0..40 {
            self.clock.advance(Duration::from_secs(61));
            let mut turns = 0;
            while self.turn(runtime) {
                // Pulls keep their pause.
                self.clock.advance(Duration::from_millis(60));
                turns += 1;
                if turns > 200 {
                    return false;
                }
            }
            if self.engine().schedule.is_quiet() {
                return true;
            }
        }
        false
    }

    /// The edits of these rows that are on their way.
    pub(crate) fn unsent(&self, runtime: &Runtime, ids: &[(Kind, RowId)]) -> Vec<Entry> {
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
