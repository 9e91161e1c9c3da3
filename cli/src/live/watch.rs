//! Follows everything that one phone shows, from the core's feeds. Holds no client: a kill is not held up by it.

use std::sync::Arc;

use rockon_core::client::Status;
use rockon_core::feed::apply;
use rockon_core::store::{
    Band, Conflict, Entry, Setlist, SetlistQuery, Song, SongQuery, StoredNotice,
};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::phone::Phone;

/// Songs on the screen at most; a terminal shows fewer.
const SONGS: u32 = 1_000;
/// Entries of the other lists at most.
const OTHERS: u32 = 100;

/// What a phone shows.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    pub(super) songs: Vec<Song>,
    pub(super) setlists: Vec<Setlist>,
    pub(super) notices: Vec<StoredNotice>,
    pub(super) bands: Vec<Band>,
    pub(super) parked: Vec<Entry>,
    pub(super) conflicts: Vec<Conflict>,
    pub(super) status: Option<Status>,
}

/// The task that follows; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Watch {
    task: JoinHandle<()>,
    shown: watch::Receiver<Shown>,
}

impl Watch {
    /// Starts following; `changed` is told of every change.
    pub(super) fn start(phone: &Phone, changed: Arc<Notify>) -> rockon_core::Result<Self> {
        let feeds = Feeds::of(phone)?;
        let (sender, shown) = watch::channel(Shown::default());
        let task = tokio::spawn(feeds.follow(sender, changed));
        Ok(Self { task, shown })
    }

    /// What is shown now.
    pub(super) fn now(&self) -> Shown {
        self.shown.borrow().clone()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Feeds {
    songs: rockon_core::feed::Feed<Song>,
    setlists: rockon_core::feed::Feed<Setlist>,
    notices: rockon_core::feed::Feed<StoredNotice>,
    bands: rockon_core::feed::Feed<Band>,
    parked: rockon_core::feed::Feed<Entry>,
    conflicts: rockon_core::feed::Feed<Conflict>,
    status: rockon_core::client::StatusFeed,
}

impl Feeds {
    fn of(phone: &Phone) -> rockon_core::Result<Self> {
        let space = phone.space()?;
        let songs = SongQuery {
            limit: SONGS,
            ..SongQuery::default()
        };
        let setlists = SetlistQuery {
            scope: None,
            limit: OTHERS,
        };
        Ok(Self {
            songs: space.songs(songs),
            setlists: space.setlists(setlists),
            notices: space.notices(OTHERS),
            bands: space.bands(),
            parked: space.parked(OTHERS),
            conflicts: space.conflicts(OTHERS),
            status: phone.client()?.status(),
        })
    }

    /// Until every feed has ended, which is when the client is shut down.
    async fn follow(mut self, sender: watch::Sender<Shown>, changed: Arc<Notify>) {
        let mut shown = Shown::default();
        loop {
            tokio::select! {
                Some(Ok(steps)) = self.songs.next() => apply(&mut shown.songs, &steps),
                Some(Ok(steps)) = self.setlists.next() => apply(&mut shown.setlists, &steps),
                Some(Ok(steps)) = self.notices.next() => apply(&mut shown.notices, &steps),
                Some(Ok(steps)) = self.bands.next() => apply(&mut shown.bands, &steps),
                Some(Ok(steps)) = self.parked.next() => apply(&mut shown.parked, &steps),
                Some(Ok(steps)) = self.conflicts.next() => apply(&mut shown.conflicts, &steps),
                Some(status) = self.status.next() => shown.status = Some(status),
                else => return,
            }
            sender.send_replace(shown.clone());
            changed.notify_one();
        }
    }
}
