//! What screens show, live: the value first, then its changes, until the subscription is cancelled.

use std::sync::Arc;

use rockon_core::Error as CoreError;
use rockon_core::model::{RowId, ScopeId};
use rockon_core::store::{PracticeQuery, SetlistQuery, ShowQuery, SongQuery};

use super::Client;
use crate::listen::{
    self, BandsListener, ConflictsListener, CountListener, DeletedListener, MembersListener,
    NoticesListener, PracticesListener, RejectedEditsListener, SetlistListener, SetlistsListener,
    ShowsListener, SongListener, SongsListener, StatusListener, Subscription, UnreadListener,
};

#[uniffi::export]
impl Client {
    /// Songs.
    pub fn observe_songs(
        &self,
        query: SongQuery,
        listener: Arc<dyn SongsListener>,
    ) -> Result<Arc<Subscription>, CoreError> {
        Ok(listen::songs(
            self.core.runtime(),
            self.core.workspace()?.songs(query),
            listener,
        ))
    }

    /// One song; nothing while it is not there.
    pub fn observe_song(
        &self,
        id: RowId,
        listener: Arc<dyn SongListener>,
    ) -> Result<Arc<Subscription>, CoreError> {
        Ok(listen::song(
            self.core.runtime(),
            self.core.workspace()?.song(id),
            listener,
        ))
    }

    /// Setlists.
    pub fn observe_setlists(
        &self,
        query: SetlistQuery,
        listener: Arc<dyn SetlistsListener>,
    ) -> Result<Arc<Subscription>, CoreError> {
        Ok(listen::setlists(
            self.core.runtime(),
            self.core.workspace()?.setlists(query),
            listener,
        ))
    }

    /// One setlist with its songs; nothing while it is not there.
    pub fn observe_setlist(
        &self,
        id: RowId,
        listener: Arc<dyn SetlistListener>,
    ) -> Result<Arc<Subscription>, CoreError> {
        Ok(listen::setlist(
            self.core.runtime(),
            self.core.workspace()?.setlist(id),
            listener,
        ))
    }

    /// Shows, the earliest first.
    pub fn observe_shows(
        &self,
        query: ShowQuery,
        listener: Arc<dyn ShowsListener>,
    ) -> Result<Arc<Subscription>, CoreError> {
        Ok(listen::shows(
            self.core.runtime(),
            self.core.workspace()?.shows(query),
            listener,
        ))
    }

    /// Practices, the earliest first.
    pub fn observe_practices(
        &self,
        query: PracticeQuery,
        listener: Arc<dyn PracticesListener>,
    ) -> Result<Arc<Subscription>, CoreError> {
        Ok(listen::practices(
            self.core.runtime(),
            self.core.workspace()?.practices(query),
            listener,
        ))
    }

    /// My bands.
    pub fn observe_bands(
        &self,
        listener: Arc<dyn BandsListener>,
    ) -> Result<Arc<Subscription>, CoreError> {
        Ok(listen::bands(
            self.core.runtime(),
            self.core.workspace()?.bands(),
            listener,
        ))
    }

    /// The active members of a band; with `former`, those who left or were removed too.
    pub fn observe_members(
        &self,
        band: ScopeId,
        former: bool,
        listener: Arc<dyn MembersListener>,
    ) -> Result<Arc<Subscription>, CoreError> {
        Ok(listen::members(
            self.core.runtime(),
            self.core.workspace()?.members(band, former),
            listener,
        ))
    }

    /// Notices, the newest first.
    pub fn observe_notices(
        &self,
        limit: u32,
        listener: Arc<dyn NoticesListener>,
    ) -> Result<Arc<Subscription>, CoreError> {
        Ok(listen::notices(
            self.core.runtime(),
            self.core.workspace()?.notices(limit),
            listener,
        ))
    }

    /// How many notices have not been looked at.
    pub fn observe_unseen_notices(
        &self,
        listener: Arc<dyn CountListener>,
    ) -> Result<Arc<Subscription>, CoreError> {
        Ok(listen::count(
            self.core.runtime(),
            self.core.workspace()?.unseen_notices(),
            listener,
        ))
    }

    /// Unread rows by band and kind.
    pub fn observe_unread(
        &self,
        listener: Arc<dyn UnreadListener>,
    ) -> Result<Arc<Subscription>, CoreError> {
        Ok(listen::unread(
            self.core.runtime(),
            self.core.workspace()?.unread(),
            listener,
        ))
    }

    /// Conflicts that wait for a person.
    pub fn observe_conflicts(
        &self,
        limit: u32,
        listener: Arc<dyn ConflictsListener>,
    ) -> Result<Arc<Subscription>, CoreError> {
        Ok(listen::conflicts(
            self.core.runtime(),
            self.core.workspace()?.conflicts(limit),
            listener,
        ))
    }

    /// Refused edits that wait for a person.
    pub fn observe_rejected_edits(
        &self,
        limit: u32,
        listener: Arc<dyn RejectedEditsListener>,
    ) -> Result<Arc<Subscription>, CoreError> {
        Ok(listen::rejected_edits(
            self.core.runtime(),
            self.core.workspace()?.rejected_edits(limit),
            listener,
        ))
    }

    /// What was deleted in a band, or in my personal scope, within 90 days, and can be brought back by `restore`: the newest
    /// first, at most `limit` (500). Mine that are not sent yet come first. Where the server cannot be asked, that is told as
    /// a failure, and the list is what is known here; it is asked again after each change in the scope, and when the phone has
    /// synced again. Everybody in the band may look; a viewer's restore is refused.
    pub fn observe_deleted(
        &self,
        scope: ScopeId,
        limit: u32,
        listener: Arc<dyn DeletedListener>,
    ) -> Result<Arc<Subscription>, CoreError> {
        Ok(listen::deleted(
            self.core.runtime(),
            self.core.deleted(scope, limit)?,
            listener,
        ))
    }

    /// Session, connection, sync and what is unsent, in one value; also while nobody is signed in.
    pub fn observe_status(
        &self,
        listener: Arc<dyn StatusListener>,
    ) -> Result<Arc<Subscription>, CoreError> {
        Ok(listen::status(
            self.core.runtime(),
            self.core.status(),
            listener,
        ))
    }
}
