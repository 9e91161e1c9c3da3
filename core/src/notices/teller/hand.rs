//! A teller moved by hand, for the histories of sync.

use std::sync::Arc;
use std::time::Duration;

use super::{Ask, Teller};
use crate::error::Result;
use crate::store::Store;
use crate::time::ManualClock;

/// A teller without a task of its own.
pub(crate) struct Hand {
    teller: Teller,
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
        let teller = Teller::new(store, clock.clone());
        Self {
            teller,
            clock,
            started: false,
        }
    }

    /// Does one thing; what a start does before the first.
    pub(crate) async fn turn(&mut self, turn: Turn) -> Result<()> {
        if !std::mem::replace(&mut self.started, true) {
            self.teller.begin().await?;
        }
        match turn {
            Turn::Back => self.teller.come_back().await,
            Turn::Away => self.teller.obey(Ask::Away { offline: true }).await,
            Turn::Due => {
                self.teller.look().await?;
                self.clock.advance(Duration::from_secs(3));
                self.teller.tell_due().await
            }
            Turn::Look => self.teller.look().await,
            Turn::Gig(on) => self.teller.gig(on).await,
        }
    }
}
