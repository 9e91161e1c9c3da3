//! One member's data on this phone: readable whatever the state of the session and the network.

use std::sync::Arc;

use tokio::sync::watch;

use crate::error::Result;
use crate::model::{Kind, NoticeId, RowId, ScopeId, UserId, Values};
use crate::notices::{ChangesSinceSeen, Notices, changes_since_seen};
use crate::speech::Language;
use crate::store::{LastChange, LoggedChange, Quarantined, SongQuery, Store};
use crate::sync::SyncHandle;
use crate::time::Clock;
use crate::transfer::{self, Format, SongFile};

/// What belongs to the member whose session this phone holds. Reads go to SQLite and never wait for the network.
#[derive(Debug)]
pub struct Workspace {
    pub(super) store: Store,
    pub(super) sync: Arc<SyncHandle>,
    pub(super) notices: Notices,
    pub(super) language: watch::Receiver<Language>,
    pub(super) clock: Arc<dyn Clock>,
}

impl Workspace {
    /// Whose data this is.
    #[must_use]
    pub fn user(&self) -> UserId {
        self.store.user()
    }

    /// A damaged file that was quarantined when this one was opened, at the start or after a time in the background.
    #[must_use]
    pub fn quarantined(&self) -> Option<Quarantined> {
        self.store.quarantined()
    }

    /// A whole row as it is shown, by column names. `sync_too_large`, if it is there, lists columns of which the row has
    /// the beginning or nothing: it is too large for a phone, and [`Workspace::change`] refuses them. Of a song it is
    /// [`crate::store::Song::shortened`].
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn row(&self, kind: Kind, id: RowId) -> Result<Option<Values>> {
        self.store.read(move |reader| reader.row(kind, id)).await
    }

    /// Who changed a row last, and when; `None` when it is not here.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn last_change(&self, kind: Kind, id: RowId) -> Result<Option<LastChange>> {
        self.store
            .read(move |reader| reader.last_change(kind, id))
            .await
    }

    /// What is different about a row since the member looked, who did it and when; `None` when it is not unread, or new to
    /// them.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn changes_since_seen(
        &self,
        kind: Kind,
        id: RowId,
    ) -> Result<Option<ChangesSinceSeen>> {
        self.store
            .read(move |reader| changes_since_seen(reader, kind, id))
            .await
    }

    /// Who did what to a row, newest first. A first reading brings no log: it begins with what came after.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn history(&self, kind: Kind, id: RowId, limit: u32) -> Result<Vec<LoggedChange>> {
        self.store
            .read(move |reader| reader.log_of_row(kind, id, limit))
            .await
    }

    /// What a row was when the member last looked; `None` when it is not unread.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn last_seen(&self, kind: Kind, id: RowId) -> Result<Option<Values>> {
        self.store
            .read(move |reader| reader.last_seen(kind, id))
            .await
    }

    /// The member has looked at a notice.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn see_notice(&self, id: NoticeId) -> Result<()> {
        self.sync.write(move |tx| tx.see_notice(id)).await
    }

    /// The member has looked at all notices, or at all of a band.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn see_all_notices(&self, scope: Option<ScopeId>) -> Result<()> {
        self.sync.write(move |tx| tx.see_all_notices(scope)).await
    }

    /// On stage: notices are held back, and come as one digest when it is switched off. Remembered across restarts.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn set_gig_mode(&self, on: bool) -> Result<()> {
        self.notices.set_gig_mode(on).await
    }

    /// Whether gig mode is on.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn gig_mode(&self) -> Result<bool> {
        Notices::gig_mode(&self.store).await
    }

    /// All songs of a band (or my own) as a file, how many they are, and what is not whole in it.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn export_songs(&self, scope: ScopeId, format: Format) -> Result<SongFile> {
        let query = SongQuery {
            scope: Some(scope),
            limit: u32::MAX,
            ..SongQuery::default()
        };
        let rows = self.store.read(move |reader| {
            let songs = reader.songs(&query)?;
            songs
                .iter()
                .filter_map(|song| reader.row(Kind::Song, song.id).transpose())
                .collect::<Result<Vec<_>>>()
        });
        Ok(transfer::write(&rows.await?, format))
    }
}
