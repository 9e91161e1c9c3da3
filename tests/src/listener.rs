//! A realtime connection as a test holds it: on screen, with a network, and what it tells piece by piece.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use rockon_core::hint::{Hint, Hints};
use rockon_core::model::ScopeId;
use rockon_core::platform::Platform;
use rockon_core::realtime::{ConnectionState, Endpoint, Realtime, Setup, TokenSource};
use rockon_core::time::Clock;
use tokio::sync::watch;

/// One piece of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// The connection's state, the newest.
    State(ConnectionState),
    /// A channel was joined, or something happened of which no hint tells.
    Gap,
    /// The newest hint of a scope.
    Hint(Hint),
}

/// The connection and what it has told.
#[derive(Debug)]
pub struct Listener {
    /// The connection; it ends when this is taken out.
    pub realtime: Option<Realtime>,
    platform: watch::Sender<Platform>,
    hints: Arc<Hints>,
    state: watch::Receiver<ConnectionState>,
    waiting: VecDeque<Told>,
}

impl Listener {
    /// Connects by itself, for these scopes.
    pub fn start(
        endpoint: Endpoint,
        tokens: Arc<dyn TokenSource>,
        clock: Arc<dyn Clock>,
        scopes: impl IntoIterator<Item = ScopeId>,
    ) -> Self {
        let platform = watch::Sender::new(Platform::default());
        platform.send_modify(|now| now.foreground.set(true));
        let hints = Arc::new(Hints::default());
        let setup = Setup {
            endpoint,
            tokens,
            clock,
            seed: 7,
            platform: platform.subscribe(),
            hints: Arc::clone(&hints),
        };
        let realtime = Realtime::start(&tokio::runtime::Handle::current(), setup);
        realtime.set_scopes(BTreeSet::from_iter(scopes));
        Self {
            state: realtime.watch_state(),
            realtime: Some(realtime),
            platform,
            hints,
            waiting: VecDeque::new(),
        }
    }

    /// The connection, while it is held.
    pub fn realtime(&self) -> &Realtime {
        self.realtime.as_ref().unwrap()
    }

    /// The platform says whether the app is on screen.
    pub fn set_foreground(&self, on: bool) {
        self.platform.send_modify(|now| now.foreground.set(on));
    }

    /// The platform says whether there is a network; again, that it is another one.
    pub fn set_network(&self, on: bool) {
        self.platform.send_modify(|now| now.network.set(on));
    }

    /// The next piece, the state before all else; `None` when the connection has ended. Cancel-safe.
    pub async fn next(&mut self) -> Option<Told> {
        loop {
            if let Some(told) = self.waiting.pop_front() {
                return Some(told);
            }
            tokio::select! {
                biased;
                changed = self.state.changed() => {
                    changed.ok()?;
                    return Some(Told::State(*self.state.borrow_and_update()));
                }
                () = self.hints.changed() => {
                    let heard = self.hints.take();
                    self.waiting.extend(heard.gap.then_some(Told::Gap));
                    self.waiting.extend(heard.newest.into_values().map(Told::Hint));
                }
            }
        }
    }

    /// Waits up to `patience` for what is wanted; says which others came when it does not.
    pub async fn until<T>(
        &mut self,
        what: &str,
        patience: Duration,
        wanted: impl Fn(Told) -> Option<T>,
    ) -> T {
        let mut seen = Vec::new();
        let found = tokio::time::timeout(patience, async {
            while let Some(told) = self.next().await {
                if let Some(found) = wanted(told) {
                    return Some(found);
                }
                seen.push(told);
            }
            None
        });
        let found = found.await.ok().flatten();
        found.unwrap_or_else(|| panic!("no {what}, but {seen:?}"))
    }
}
