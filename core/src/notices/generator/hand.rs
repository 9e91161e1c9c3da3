//! A generator moved by hand, for the histories of sync.

use std::sync::Arc;
use std::time::Duration;

use super::{Command, NoticeGenerator};
use crate::error::Result;
use crate::store::Store;
use crate::time::ManualClock;

/// A generator without a task of its own.
pub(crate) struct Hand {
    generator: NoticeGenerator,
    clock: Arc<ManualClock>,
    started: bool,
}

/// What it does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    Away,
    Back,
    /// Windows close.
    Due,
    /// Reads what is new.
    Look,
    /// Gig mode begins or ends.
    Gig(bool),
}

impl Hand {
    pub(crate) fn new(store: Store, clock: Arc<ManualClock>) -> Self {
        let generator = NoticeGenerator::new(store, clock.clone());
        Self {
            generator,
            clock,
            started: false,
        }
    }

    /// Does one thing; what a start does before the first.
    pub(crate) async fn turn(&mut self, turn: Turn) -> Result<()> {
        if !std::mem::replace(&mut self.started, true) {
            self.generator.begin().await?;
        }
        match turn {
            Turn::Back => self.generator.come_back().await,
            Turn::Away => self.generator.handle(Command::Away { offline: true }).await,
            Turn::Due => {
                self.generator.look().await?;
                self.clock.advance(Duration::from_secs(3));
                self.generator.tell_due().await
            }
            Turn::Look => self.generator.look().await,
            Turn::Gig(on) => self.generator.gig(on).await,
        }
    }
}
