//! The setlist on stage: `gig` pins it, `notices` is silent meanwhile.

use super::Workspace;
use crate::error::Result;
use crate::feed::Live;
use crate::gig::{self, Gig};
use crate::model::{Kind, RowId};
use crate::notices::remember_gig_mode;
use crate::store::{ChangeSet, Topic};

impl Workspace {
    /// Pins a setlist as it is now, songs included, opens its first page and switches gig mode on. It takes the place of
    /// a gig that runs. It stays, on its page, over a kill, the end of the session and the deletion of the setlist.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a setlist that is not here; [`crate::Error::Storage`].
    pub async fn start_gig(&self, setlist: RowId) -> Result<Gig> {
        let started = self.sync.write(move |tx| {
            remember_gig_mode(tx, true)?;
            gig::start(tx, setlist)
        });
        let started = started.await?;
        self.notices.set_gig_mode(true).await?;
        Ok(started)
    }

    /// The gig that runs.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn gig(&self) -> Result<Option<Gig>> {
        self.store.read(gig::running).await
    }

    /// The gig that runs, live: its page, and what a newer version of the setlist would change.
    #[must_use]
    pub fn gig_changes(&self) -> Live<Option<Gig>> {
        let concerns = |set: &ChangeSet| {
            let topics = [
                Topic::Gig,
                Topic::Rows(Kind::Setlist),
                Topic::Rows(Kind::Song),
            ];
            topics.into_iter().any(|topic| set.touches(topic))
        };
        Live::new(&self.store, concerns, gig::running)
    }

    /// Opens a page of the gig; behind the last, the last.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when no gig runs; [`crate::Error::Storage`].
    pub async fn turn_page(&self, page: u32) -> Result<()> {
        self.sync.write(move |tx| gig::turn(tx, page)).await
    }

    /// Pins the setlist as it is now and stays on the song that is open, or on the nearest before it that is still there.
    /// Where the setlist is gone, all stays as it is.
    ///
    /// # Errors
    /// As [`Workspace::turn_page`].
    pub async fn take_gig_update(&self) -> Result<Gig> {
        self.sync.write(gig::take_update).await
    }

    /// Ends the gig, if one runs, and switches gig mode off: what was held back comes as one digest.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn end_gig(&self) -> Result<()> {
        let ended = self.sync.write(|tx| {
            remember_gig_mode(tx, false)?;
            tx.forget_gig()
        });
        ended.await?;
        self.notices.set_gig_mode(false).await
    }
}
