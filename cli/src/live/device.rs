//! A phone on the screen: the program on it, what it shows, and which part of that.

use std::sync::Arc;

use rockon_core::model::{Kind, RowId, ScopeId};
use rockon_core::store::{Song, TakenItem};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::deleted::DeletedList;
use super::fill::{View, fill};
use super::watch::{Shown, Watch};
use crate::phone::Phone;
use crate::screen::model;

/// Deletes that can be taken back one after the other.
const UNDO: usize = 50;

/// A delete that can be taken back.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Undo {
    Row {
        scope: ScopeId,
        kind: Kind,
        id: RowId,
        title: String,
    },
    /// An item that was taken out of a setlist.
    Item { list: RowId, taken: TakenItem },
}

/// One phone.
pub(super) struct Device {
    pub(super) phone: Phone,
    watch: Option<Watch<Shown>>,
    found: Option<Watch<Option<Arc<Vec<Song>>>>>,
    /// What is on the phone.
    pub(super) shown: Shown,
    /// Which part of it is on the screen.
    pub(super) view: View,
    undo: Vec<Undo>,
    /// What was deleted lately, while its dialog is open.
    pub(super) deleted: Option<DeletedList>,
    /// Something that waits for the server.
    pub(super) task: Option<JoinHandle<()>>,
    gig_mode: bool,
    changed: Arc<Notify>,
    /// The screen does not show the newest yet.
    stale: bool,
}

impl Device {
    /// Follows a phone whose program runs.
    pub(super) async fn new(phone: Phone, changed: Arc<Notify>) -> rockon_core::Result<Self> {
        let mut device = Self {
            phone,
            watch: None,
            found: None,
            shown: Shown::default(),
            view: View::default(),
            undo: Vec::new(),
            deleted: None,
            task: None,
            gig_mode: false,
            changed,
            stale: true,
        };
        device.follow().await?;
        Ok(device)
    }

    async fn follow(&mut self) -> rockon_core::Result<()> {
        let workspace = self.phone.workspace()?;
        self.gig_mode = workspace.gig_mode().await?;
        self.view.own = Some(workspace.user().into());
        self.watch = Some(Watch::all(&self.phone, Arc::clone(&self.changed))?);
        Ok(())
    }

    /// Follows what was deleted lately, until its dialog closes.
    pub(super) fn follow_deleted(&mut self) -> rockon_core::Result<()> {
        let scope = self.scope()?;
        let changed = Arc::clone(&self.changed);
        self.deleted = Some(DeletedList::open(self.phone.client()?, scope, changed)?);
        Ok(())
    }

    /// The program is killed, or opened again as it was: offline if it was offline. True when it runs now.
    pub(super) async fn kill_or_reopen(&mut self) -> rockon_core::Result<bool> {
        self.stale = true;
        self.found = None;
        self.view.search.clear();
        self.view.found = None;
        if self.watch.take().is_some() {
            if let Some(task) = self.task.take() {
                task.abort();
            }
            self.phone.kill();
            return Ok(false);
        }
        self.phone.open(self.network()).await?;
        self.follow().await?;
        Ok(true)
    }

    /// The phone has a signal.
    pub(super) fn network(&self) -> bool {
        let status = self.shown.status.as_ref();
        status.is_none_or(|status| status.network)
    }

    pub(super) fn gig_mode(&self) -> bool {
        self.gig_mode
    }

    pub(super) async fn set_gig_mode(&mut self, on: bool) -> rockon_core::Result<()> {
        self.phone.workspace()?.set_gig_mode(on).await?;
        self.gig_mode = on;
        self.stale = true;
        Ok(())
    }

    /// Shows another part of what is on the phone.
    pub(super) fn look(&mut self, change: impl FnOnce(&mut View)) {
        change(&mut self.view);
        self.stale = true;
    }

    /// Shows only songs with this text; all of them without.
    pub(super) fn search(&mut self, text: &str) -> rockon_core::Result<()> {
        let text = text.trim();
        text.clone_into(&mut self.view.search);
        self.stale = true;
        let scope = self.view.place_in(&self.shown);
        self.found = match scope {
            Some(scope) if !text.is_empty() => {
                let changed = Arc::clone(&self.changed);
                Some(Watch::found(&self.phone, scope, text, changed)?)
            }
            _ => {
                self.view.found = None;
                None
            }
        };
        Ok(())
    }

    /// Brings the newest on the screen.
    pub(super) fn refresh(&mut self, screen: &mut model::PhoneView) {
        let Some(watch) = &mut self.watch else {
            *screen = model::PhoneView::dark(&crate::out::printable(&self.phone.owner));
            return;
        };
        if let Some(now) = watch.news() {
            self.shown = now;
            self.stale = true;
        }
        if let Some(Some(found)) = self.found.as_mut().and_then(Watch::news) {
            self.view.found = Some(found);
            self.stale = true;
        }
        if std::mem::take(&mut self.stale) {
            fill(screen, &self.shown, &self.view);
            let turn_to = self.view.turn_to.take();
            self.view.turn_to = turn_to.filter(|song| !screen.songs.select(song));
            screen.gig_mode = self.gig_mode;
        }
    }

    /// Keeps a delete, to take it back.
    pub(super) fn remember(&mut self, undo: Undo) {
        if self.undo.len() == UNDO {
            self.undo.remove(0);
        }
        self.undo.push(undo);
    }

    /// The last delete that was not taken back.
    pub(super) fn last_delete(&mut self) -> Option<Undo> {
        self.undo.pop()
    }

    /// Where new rows go: the band, or the own songs, that is on the screen.
    pub(super) fn scope(&self) -> rockon_core::Result<ScopeId> {
        self.view
            .place_in(&self.shown)
            .ok_or(rockon_core::Error::SignedOut)
    }
}
