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
}

impl Hand {
    pub(crate) fn new(store: Store, clock: Arc<ManualClock>) -> Self {
        let teller = Teller::new(store, clock.clone());
        Self { teller, clock }
    }

    /// Does one thing: comes back, goes away, lets a window close, or reads what is new.
    pub(crate) async fn turn(&mut self, roll: u32) -> Result<()> {
        match roll {
            0 => self.teller.come_back().await,
            1 => self.teller.obey(Ask::Away).await,
            2..4 => {
                self.teller.look().await?;
                self.clock.advance(Duration::from_secs(3));
                self.teller.tell_due().await
            }
            _ => self.teller.look().await,
        }
    }
}
