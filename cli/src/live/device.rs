//! A phone on the screen: the program on it, and what it shows.

use std::sync::Arc;

use rockon_core::model::{RowId, ScopeId};
use rockon_core::store::{Setlist, SetlistItem, Song};
use tokio::sync::Notify;

use super::deleted::DeletedList;
use super::fill::fill;
use super::watch::{Shown, Watch};
use crate::phone::Phone;
use crate::screen::model;

/// One phone.
pub(super) struct Device {
    pub(super) phone: Phone,
    watch: Option<Watch>,
    /// What is on the screen: what a key acts on.
    pub(super) shown: Shown,
    /// What was deleted lately, while it is asked what to restore.
    pub(super) deleted: Option<DeletedList>,
    /// Which setlist is on the screen.
    list: usize,
    gig_mode: bool,
    changed: Arc<Notify>,
}

impl Device {
    /// Follows a phone whose program runs.
    pub(super) async fn new(phone: Phone, changed: Arc<Notify>) -> rockon_core::Result<Self> {
        let mut device = Self {
            phone,
            watch: None,
            shown: Shown::default(),
            deleted: None,
            list: 0,
            gig_mode: false,
            changed,
        };
        device.follow().await?;
        Ok(device)
    }

    async fn follow(&mut self) -> rockon_core::Result<()> {
        self.gig_mode = self.phone.space()?.gig_mode().await?;
        self.watch = Some(Watch::start(&self.phone, Arc::clone(&self.changed))?);
        Ok(())
    }

    /// Shows what was deleted lately, live, until the prompt closes.
    pub(super) fn show_deleted(&mut self) -> rockon_core::Result<()> {
        let scope = self.scope()?;
        let changed = Arc::clone(&self.changed);
        self.deleted = Some(DeletedList::open(self.phone.client()?, scope, changed)?);
        Ok(())
    }

    /// The program is killed, or opened again as it was: offline if it was offline. True when it runs now.
    pub(super) async fn kill_or_reopen(&mut self) -> rockon_core::Result<bool> {
        if self.watch.take().is_some() {
            self.phone.kill();
            return Ok(false);
        }
        self.phone.open(self.network()).await?;
        self.follow().await?;
        Ok(true)
    }

    /// The phone has a signal.
    pub(super) fn network(&self) -> bool {
        self.shown
            .status
            .as_ref()
            .is_none_or(|status| status.network)
    }

    pub(super) fn gig_mode(&self) -> bool {
        self.gig_mode
    }

    pub(super) async fn set_gig_mode(&mut self, on: bool) -> rockon_core::Result<()> {
        self.phone.space()?.set_gig_mode(on).await?;
        self.gig_mode = on;
        Ok(())
    }

    /// Brings the newest on the screen.
    pub(super) fn refresh(&mut self, screen: &mut model::Phone) {
        let Some(watch) = &self.watch else {
            let role = std::mem::take(&mut screen.role);
            *screen = model::Phone::dark(&self.phone.owner);
            screen.role = role;
            return;
        };
        let now = watch.now();
        self.list = self.list.min(now.setlists.len().saturating_sub(1));
        fill(screen, &self.shown, &now, self.list);
        screen.gig_mode = self.gig_mode;
        self.shown = now;
    }

    /// Shows the next setlist.
    pub(super) fn next_setlist(&mut self) {
        self.list = (self.list + 1) % self.shown.setlists.len().max(1);
    }

    pub(super) fn setlist(&self) -> Option<&Setlist> {
        self.shown.setlists.get(self.list)
    }

    pub(super) fn item(&self, at: usize) -> Option<&SetlistItem> {
        self.setlist()?.items.get(at)
    }

    pub(super) fn song(&self, at: usize) -> Option<&Song> {
        self.shown.songs.get(at)
    }

    /// What a song or a setlist on the screen is called.
    pub(super) fn title_of(&self, id: RowId) -> String {
        let song = self.shown.songs.iter().find(|song| song.id == id);
        let list = self.shown.setlists.iter().find(|list| list.id == id);
        let title = song.map(|song| &song.title).or(list.map(|list| &list.name));
        title.map_or_else(|| "it".to_owned(), |title| format!("\"{title}\""))
    }

    /// Where a new song goes: the first band, or the member's own songs.
    pub(super) fn scope(&self) -> rockon_core::Result<ScopeId> {
        match self.shown.bands.first() {
            Some(band) => Ok(band.id),
            None => Ok(self.phone.space()?.user().into()),
        }
    }

    /// The song at the cursor, in the list or in the setlist.
    pub(super) fn song_at(&self, screen: &model::Phone) -> Option<RowId> {
        use rockon_core::store::ItemBody;
        match screen.pane {
            model::Pane::Songs => self.song(screen.cursor).map(|song| song.id),
            model::Pane::Setlist => match &self.item(screen.cursor)?.body {
                ItemBody::Song { id, .. } => *id,
                _ => None,
            },
            model::Pane::Notices => None,
        }
    }
}
