//! A generator moved by hand, for the simulation.

use std::sync::Arc;
use std::time::Duration;

use super::{Command, NoticeGenerator};
use crate::error::Result;
use crate::store::Store;
use crate::time::ManualClock;

/// A generator without a task of its own.
pub struct Hand {
    generator: NoticeGenerator,
    clock: Arc<ManualClock>,
    started: bool,
}

impl std::fmt::Debug for Hand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hand").finish_non_exhaustive()
    }
}

/// What it does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The phone is away.
    Away,
    /// It has caught up.
    Back,
    /// Windows close.
    Due,
    /// Reads what is new.
    Look,
    /// Gig mode begins or ends.
    Gig(bool),
}

impl Hand {
    /// A generator that has not looked yet.
    pub fn new(store: Store, clock: Arc<ManualClock>) -> Self {
        let generator = NoticeGenerator::new(store, clock.clone());
        Self {
            generator,
            clock,
            started: false,
        }
    }

    /// Does one thing; what a start does before the first.
    ///
    /// # Errors
    /// What the store answers.
    pub async fn turn(&mut self, turn: Turn) -> Result<()> {
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
