//! When the files are let go: a system that suspends an app kills it if it holds a lock on a file then.
//!
//! Owns: the rule, [`next`], which is pure; how the files stand, [`FilesState`]; and the task that follows the rule.
//! Never: closes a file; the writer thread does. Never waits for a network: a call under way holds nothing, and its answer
//! opens the files again.
//! Invariant: in the background the files are open while somebody holds them, and [`LINGER`] longer.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::handle::Store;
use super::open::Quarantined;
use crate::platform::{self, Platform};
use crate::time::{Clock, MonotonicInstant, rest};

/// So long after their last use the files are let go: calls that follow each other find them open, and there is time left
/// to close them within a second.
const LINGER: Duration = Duration::from_millis(100);

/// How the files stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Files {
    /// The readers have connections.
    open: bool,
    /// Something is open or locked: also while they are being opened and closed.
    taken: bool,
    /// So many hold them.
    holds: usize,
    /// When they were opened, or the last one stopped to hold them.
    used: MonotonicInstant,
}

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    LetGo,
    /// Look again after this long.
    After(Duration),
    /// Nothing until something is different.
    Wait,
}

fn next(foreground: bool, files: Files, now: MonotonicInstant) -> Next {
    if foreground || !files.open || files.holds > 0 {
        return Next::Wait;
    }
    match LINGER.saturating_sub(now.since(files.used)) {
        Duration::ZERO => Next::LetGo,
        left => Next::After(left),
    }
}

/// How the files stand, as the writer thread and those who hold them say it. Threads: any.
#[derive(Debug, Default)]
pub(super) struct FilesState {
    files: watch::Sender<Files>,
    damaged: Mutex<Option<Quarantined>>,
}

impl FilesState {
    pub(super) fn opened(&self, now: MonotonicInstant) {
        self.files.send_modify(|files| {
            files.open = true;
            files.used = now;
        });
    }

    /// The readers lose their connections.
    pub(super) fn closing(&self) {
        self.files.send_modify(|files| files.open = false);
    }

    /// Something may be open from now on, or nothing is any more.
    pub(super) fn taken(&self, taken: bool) {
        self.files.send_modify(|files| files.taken = taken);
    }

    pub(super) fn are_open(&self) -> bool {
        self.files.borrow().open
    }

    /// A damaged file was put aside.
    pub(super) fn quarantined(&self, kept: Quarantined) {
        *self.damaged.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
    }

    /// The last one that was.
    pub(super) fn damaged(&self) -> Option<Quarantined> {
        self.damaged
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Somebody uses the files, until this is dropped.
#[derive(Debug)]
pub(crate) struct Hold {
    state: Arc<FilesState>,
    clock: Arc<dyn Clock>,
}

impl Hold {
    pub(super) fn new(state: &Arc<FilesState>, clock: &Arc<dyn Clock>) -> Self {
        state.files.send_modify(|files| files.holds += 1);
        Self {
            state: Arc::clone(state),
            clock: Arc::clone(clock),
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let now = self.clock.monotonic();
        self.state.files.send_modify(|files| {
            files.holds -= 1;
            files.used = now;
        });
    }
}

impl Store {
    /// Lets the files go in the background when nobody uses them, and opens them when the app comes on screen. Runs until
    /// it is dropped.
    pub(crate) async fn let_go_in_background(self, mut platform: watch::Receiver<Platform>) {
        let mut files = self.files().files.subscribe();
        loop {
            let foreground = platform.borrow_and_update().foreground.on;
            if foreground {
                // Closed by now, or it cannot be opened: the next call says why.
                let _ = self.open_again().await;
                platform::changed(&mut platform).await;
                continue;
            }
            let now = *files.borrow_and_update();
            let wait = match next(foreground, now, self.now()) {
                Next::LetGo => {
                    self.let_go().await;
                    continue;
                }
                Next::After(left) => Some(left),
                Next::Wait => None,
            };
            tokio::select! {
                () = platform::changed(&mut platform) => {}
                _ = files.changed() => {}
                () = rest(wait) => {}
            }
        }
    }

    /// Waits until the files are let go.
    pub(crate) async fn is_let_go(&self) {
        let mut files = self.files().files.subscribe();
        // The sender lives as long as this handle.
        let _ = files.wait_for(|files| !files.taken).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Store {
        /// Waits until the files are open.
        pub(crate) async fn is_open(&self) {
            let mut files = self.files().files.subscribe();
            files.wait_for(|files| files.open).await.unwrap();
        }
    }

    fn at(ms: u64) -> MonotonicInstant {
        MonotonicInstant(Duration::from_millis(ms))
    }

    #[test]
    fn in_the_background_the_files_go_a_moment_after_their_last_use_and_well_within_a_second() {
        let free = Files {
            open: true,
            taken: true,
            holds: 0,
            used: at(5_000),
        };
        let held = Files { holds: 1, ..free };
        let gone = Files {
            open: false,
            ..free
        };
        let left = |ms| Next::After(Duration::from_millis(ms));
        let cases = [
            (false, free, 5_000, left(100)),
            (false, free, 5_099, left(1)),
            (false, free, 5_100, Next::LetGo),
            (false, held, 9_000, Next::Wait),
            (false, gone, 9_000, Next::Wait),
            (true, free, 9_000, Next::Wait),
        ];
        for (foreground, files, now, wanted) in cases {
            let found = next(foreground, files, at(now));
            assert_eq!(found, wanted, "{foreground} {files:?} at {now}");
        }
    }
}
