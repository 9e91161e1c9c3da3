//! What the handle asks of the engine, folded as it comes in.
//!
//! Owns: the one place that edits and requests go through on their way to the engine's task. Hints and what the platform
//! says have their own: [`Hints`](crate::hint::Hints), [`Platform`](crate::platform::Platform).
//! Invariant: bounded without ever refusing: a request made twice is one request.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, oneshot};

use crate::error::Error;

/// Callers of `sync_once` that wait; above it the oldest is told that its time is over.
const MAX_WAITING: usize = 16;

/// How a `sync_once` went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct SyncOutcome {
    /// Everything there was to send and to read was sent and read.
    pub complete: bool,
    /// What stopped it; `None` when it is complete or its time was over.
    pub error: Option<Error>,
}

/// Everything that came in since the engine last looked.
#[derive(Debug, Default)]
pub(super) struct Input {
    pub(super) edited: bool,
    pub(super) recheck: bool,
    pub(super) session: Option<bool>,
    pub(super) once: Vec<(Duration, oneshot::Sender<SyncOutcome>)>,
    pub(super) stop: bool,
}

/// Shared by the handles and the task. Threads: any.
#[derive(Debug, Default)]
pub(super) struct InputQueue {
    input: Mutex<Input>,
    changed: Notify,
    /// Nobody takes anything out any more.
    closed: AtomicBool,
}

impl InputQueue {
    /// Puts something in and wakes the engine.
    pub(super) fn put(&self, change: impl FnOnce(&mut Input)) {
        change(&mut self.input.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_one();
    }

    pub(super) fn put_once(&self, budget: Duration, reply: oneshot::Sender<SyncOutcome>) {
        self.put(|input| {
            if input.once.len() >= MAX_WAITING {
                let (_, oldest) = input.once.remove(0);
                let _ = oldest.send(SyncOutcome::default());
            }
            input.once.push((budget, reply));
        });
        // Looked at after putting it in: whichever of the two comes second lets the caller go.
        if self.closed.load(Ordering::SeqCst) {
            self.put(|input| input.once.clear());
        }
    }

    /// The engine has ended: callers that wait for it are let go.
    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        self.put(|input| input.once.clear());
    }

    pub(super) fn take(&self) -> Input {
        std::mem::take(&mut *self.input.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Resolves when something was put in since the last time.
    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Resolves once a stop was asked for; leaves everything in place.
    pub(super) async fn stopped(&self) {
        loop {
            if self
                .input
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .stop
            {
                return;
            }
            self.changed.notified().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn of_too_many_callers_the_oldest_is_answered_and_after_the_end_nobody_waits() {
        let inputs = InputQueue::default();
        let mut answers: Vec<_> = (0..=MAX_WAITING)
            .map(|_| {
                let (reply, answer) = oneshot::channel();
                inputs.put_once(Duration::ZERO, reply);
                answer
            })
            .collect();
        assert_eq!(answers.remove(0).await, Ok(SyncOutcome::default()));
        assert_eq!(inputs.take().once.len(), MAX_WAITING);
        inputs.close();
        let (reply, answer) = oneshot::channel();
        inputs.put_once(Duration::ZERO, reply);
        assert!(answer.await.is_err());
    }
}
