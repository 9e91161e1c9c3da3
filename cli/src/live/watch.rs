//! Follows what one phone shows, from the core's feeds. Holds no client: a kill is not held up by it.

use std::sync::Arc;

use rockon_core::client::Status;
use rockon_core::feed::{Feed, apply};
use rockon_core::model::ScopeId;
use rockon_core::store::{
    Band, Conflict, RejectedEdit, Setlist, SetlistQuery, Song, SongQuery, StoredNotice,
};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::phone::Phone;

/// Entries of a list: all of them.
const ALL: u32 = u32::MAX;

/// What a phone shows. Lists that can be long are shared, not copied.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    pub(super) songs: Arc<Vec<Song>>,
    pub(super) setlists: Arc<Vec<Setlist>>,
    pub(super) notices: Arc<Vec<StoredNotice>>,
    pub(super) bands: Vec<Band>,
    pub(super) rejected: Vec<RejectedEdit>,
    pub(super) conflicts: Vec<Conflict>,
    pub(super) status: Option<Status>,
}

/// A task that follows; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Watch<T> {
    task: JoinHandle<()>,
    shown: watch::Receiver<T>,
}

impl<T: Clone + Send + Sync + 'static> Watch<T> {
    /// Begins with `first`; `follow` sends what comes after it.
    pub(super) fn start<F: Future<Output = ()> + Send + 'static>(
        first: T,
        follow: impl FnOnce(watch::Sender<T>) -> F,
    ) -> Self {
        let (sender, mut shown) = watch::channel(first);
        // What it begins with is news too.
        shown.mark_changed();
        let task = tokio::spawn(follow(sender));
        Self { task, shown }
    }

    /// One that nothing follows but the test.
    #[cfg(test)]
    pub(super) fn of(shown: watch::Receiver<T>) -> Self {
        let task = tokio::spawn(async {});
        Self { task, shown }
    }

    /// What is shown now, if it is news.
    pub(super) fn news(&mut self) -> Option<T> {
        let changed = self.shown.has_changed().unwrap_or(false);
        changed.then(|| self.shown.borrow_and_update().clone())
    }
}

impl<T> Drop for Watch<T> {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Watch<Shown> {
    /// Follows everything; `changed` is told of every change.
    pub(super) fn all(phone: &Phone, changed: Arc<Notify>) -> rockon_core::Result<Self> {
        let feeds = Feeds::of(phone)?;
        Ok(Self::start(Shown::default(), |sender| {
            feeds.follow(sender, changed)
        }))
    }
}

impl Watch<Option<Arc<Vec<Song>>>> {
    /// Follows the songs with a text in title or artist; nothing until they are found.
    pub(super) fn found(
        phone: &Phone,
        scope: ScopeId,
        search: &str,
        changed: Arc<Notify>,
    ) -> rockon_core::Result<Self> {
        let query = SongQuery {
            scope: Some(scope),
            search: search.to_owned(),
            limit: ALL,
            ..SongQuery::default()
        };
        let mut feed = phone.workspace()?.songs(query);
        Ok(Self::start(None, |sender| async move {
            let mut songs = Arc::new(Vec::new());
            while let Some(steps) = feed.next().await {
                let Ok(steps) = steps else { continue };
                apply(Arc::make_mut(&mut songs), &steps);
                sender.send_replace(Some(Arc::clone(&songs)));
                changed.notify_one();
            }
        }))
    }
}

struct Feeds {
    songs: Feed<Song>,
    setlists: Feed<Setlist>,
    notices: Feed<StoredNotice>,
    bands: Feed<Band>,
    rejected: Feed<RejectedEdit>,
    conflicts: Feed<Conflict>,
    status: rockon_core::client::StatusFeed,
}

impl Feeds {
    fn of(phone: &Phone) -> rockon_core::Result<Self> {
        let workspace = phone.workspace()?;
        let songs = SongQuery {
            limit: ALL,
            ..SongQuery::default()
        };
        let setlists = SetlistQuery::default();
        Ok(Self {
            songs: workspace.songs(songs),
            setlists: workspace.setlists(setlists),
            notices: workspace.notices(ALL),
            bands: workspace.bands(),
            rejected: workspace.rejected_edits(ALL),
            conflicts: workspace.conflicts(ALL),
            status: phone.client()?.status(),
        })
    }

    /// Until every feed has ended, which is when the client is shut down.
    async fn follow(mut self, sender: watch::Sender<Shown>, changed: Arc<Notify>) {
        let mut shown = Shown::default();
        loop {
            tokio::select! {
                Some(Ok(steps)) = self.songs.next() => apply(Arc::make_mut(&mut shown.songs), &steps),
                Some(Ok(steps)) = self.setlists.next() => apply(Arc::make_mut(&mut shown.setlists), &steps),
                Some(Ok(steps)) = self.notices.next() => apply(Arc::make_mut(&mut shown.notices), &steps),
                Some(Ok(steps)) = self.bands.next() => apply(&mut shown.bands, &steps),
                Some(Ok(steps)) = self.rejected.next() => apply(&mut shown.rejected, &steps),
                Some(Ok(steps)) = self.conflicts.next() => apply(&mut shown.conflicts, &steps),
                Some(status) = self.status.next() => shown.status = Some(status),
                else => return,
            }
            sender.send_replace(shown.clone());
            changed.notify_one();
        }
    }
}
