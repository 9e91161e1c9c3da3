//! Feeds as Kotlin and Swift pull them.
//!
//! Owns: [`Subscription`], which a screen asks for the next batch, and [`Batch`], the one form in which every feed crosses.
//! Invariants: a feed is read by one task of the client's runtime, when somebody asks for its next batch and not before:
//! whoever is slow gets fewer and larger batches, and nothing is queued. A failure is thrown once, and the feed goes on. `next` may be
//! given up while it waits: nothing is lost. The task ends with `cancel`, with the last handle, with the client's runtime,
//! and when the feed ends by itself (sign-out, another member, shutdown); whoever waits in `next` is told each time.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rockon_core::Error as CoreError;
use rockon_core::client::{Deleted, DeletedFeed, DoctorFeed, Status, StatusFeed};
use rockon_core::doctor::DoctorReport;
use rockon_core::feed::{Feed, Keyed, ListDiff, Live, Window};
use rockon_core::ffi::Notice;
use rockon_core::gig::Gig;
use rockon_core::model::{RowId, ScopeId};
use rockon_core::notices::SaidNotice;
use rockon_core::store::{
    Band, CalendarEntry, Conflict, Member, Practice, PracticeQuery, RejectedEdit, Setlist,
    SetlistQuery, Show, ShowQuery, Song, SongQuery, UnreadCount, UnsentEdit,
};
use tokio::sync::{mpsc, oneshot};
use tokio::task::AbortHandle;

use crate::Client;

/// Where somebody waits for a batch.
type Reply = oneshot::Sender<Result<Batch, CoreError>>;

/// A running feed. Ended by `cancel`, or when the last reference goes.
#[derive(Debug, uniffi::Object)]
pub struct Subscription {
    requests: mpsc::Sender<Reply>,
    task: AbortHandle,
    cancelled: AtomicBool,
    window: Option<Window>,
}

#[uniffi::export]
impl Subscription {
    /// The next batch, as soon as there is one; nothing at the end, which comes when the member signs out, another signs in,
    /// the client is shut down, or after `cancel`. Throws when the feed could not be read: it goes on, and is read again
    /// after the next change.
    pub async fn next(&self) -> Result<Option<Batch>, CoreError> {
        let (reply, batch) = oneshot::channel();
        // Where the task has ended, nobody takes it.
        let _ = self.requests.send(reply).await;
        let batch = batch.await.ok();
        let goes_on = !self.cancelled.load(Ordering::Acquire);
        batch.filter(|_| goes_on).transpose()
    }

    /// Ends the feed; whoever waits for its next batch gets none. Idempotent.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Release);
        self.task.abort();
    }

    /// Shows the first `limit` items of a list from now on; nothing for a feed of one value.
    pub fn set_limit(&self, limit: u32) {
        if let Some(window) = &self.window {
            window.set(limit);
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One step from the list shown to the new one. Indexes are those of the list after the steps before.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum BatchStep {
    /// Forget the list: the next `count` items are it.
    Reset {
        /// How many items it takes.
        count: u32,
    },
    /// The next item comes in at the index.
    Insert {
        /// From 0 to the length.
        index: u32,
    },
    /// The item at the index has changed: it is the next item now.
    Update {
        /// From 0, below the length.
        index: u32,
    },
    /// The item at the index goes. Takes no item.
    Remove {
        /// From 0, below the length.
        index: u32,
    },
}

/// What a feed brings at once. The first batch is the whole window of a list, or the value as it is.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Batch {
    /// Of a list: the steps, one after the other. None of a feed of one value.
    pub steps: Vec<BatchStep>,
    /// The items that the steps take, in their order; or the value.
    pub items: Items,
}

/// A batch that is on its way. Boxed: who waits for it is there once in the library, not once for each feed.
type Next<'a> = Pin<Box<dyn Future<Output = Option<Result<Batch, CoreError>>> + Send + 'a>>;

/// What a feed gives next: a batch, or why there is none; `None` at its end.
trait Source: Send + 'static {
    /// The next one.
    fn next(&mut self) -> Next<'_>;

    /// The handle that changes how much of a list it shows; none for one value.
    fn window(&self) -> Option<Window> {
        None
    }
}

/// What the batch of a feed's items, or of its value, is.
trait Crosses: Sized {
    fn cross(items: Vec<Self>) -> Items;
}

/// Every feed that crosses: the case of its items, and the type in the core.
macro_rules! feeds {
    (lists { $($list_says:literal $list:ident: $item:ty => $shown:ty,)* }
     values { $($value_says:literal $one:ident: $value:ty,)* }) => {
        /// Items of a list, or one value.
        #[derive(Debug, Clone, PartialEq, uniffi::Enum)]
        pub enum Items {
            $(#[doc = $list_says] $list {
                /// The items.
                items: Vec<$shown>,
            },)*
            $(#[doc = $value_says] $one {
                /// The value.
                value: $value,
            },)*
        }

        $(impl Crosses for $item {
            fn cross(items: Vec<Self>) -> Items {
                Items::$list { items: items.into_iter().map(<$shown>::from).collect() }
            }
        })*

        $(impl From<$value> for Items {
            fn from(value: $value) -> Self {
                Self::$one { value }
            }
        })*
    };
}

feeds! {
    lists {
        "Songs." Songs: Song => Song,
        "Setlists." Setlists: Setlist => Setlist,
        "Shows." Shows: Show => Show,
        "Practices." Practices: Practice => Practice,
        "Shows and practices." Calendar: CalendarEntry => CalendarEntry,
        "Bands." Bands: Band => Band,
        "Members." Members: Member => Member,
        "Notices." Notices: SaidNotice => Notice,
        "Conflicts." Conflicts: Conflict => Conflict,
        "Rejected edits." RejectedEdits: RejectedEdit => RejectedEdit,
        "Unsent edits." UnsentEdits: UnsentEdit => UnsentEdit,
        "Deleted rows." DeletedRows: Deleted => Deleted,
    }
    values {
        "One song." OneSong: Option<Song>,
        "One setlist." OneSetlist: Option<Setlist>,
        "One show." OneShow: Option<Show>,
        "One practice." OnePractice: Option<Practice>,
        "Unread rows." UnreadRows: Vec<UnreadCount>,
        "A count." Count: u32,
        "The status." StatusNow: Status,
        "The gig that runs." RunningGig: Option<Gig>,
        "The report of the doctor, so far." Examination: DoctorReport,
    }
}

type Running = Result<Arc<Subscription>, CoreError>;

/// Feeds of the data of the member who is signed in: what they say to apps, name, what they take, and their name in the core.
macro_rules! observed {
    ($($(#[$says:meta])* $call:ident($($name:ident: $takes:ty),*) = $feed:ident;)*) => {
        #[uniffi::export]
        impl Client {
            $($(#[$says])*
            pub fn $call(&self, $($name: $takes),*) -> Running {
                self.feed(self.core.workspace()?.$feed($($name),*))
            })*
        }
    };
}

observed! {
    /// Songs.
    observe_songs(query: SongQuery) = songs;
    /// One song; nothing while it is not there.
    observe_song(id: RowId) = song;
    /// Setlists.
    observe_setlists(query: SetlistQuery) = setlists;
    /// One setlist with its songs; nothing while it is not there.
    observe_setlist(id: RowId) = setlist;
    /// Shows, the earliest first.
    observe_shows(query: ShowQuery) = shows;
    /// One show; nothing while it is not there.
    observe_show(id: RowId) = show;
    /// One practice; nothing while it is not there.
    observe_practice(id: RowId) = practice;
    /// Practices, the earliest first.
    observe_practices(query: PracticeQuery) = practices;
    /// Shows and practices in one list: what comes, the next first; what has passed, the latest first; what has no time. An
    /// entry whose time comes moves after the next change of the list.
    observe_calendar(scope: Option<ScopeId>, limit: u32) = calendar;
    /// The gig that runs: its page, and what a newer version of the setlist would change; nothing while none does.
    observe_gig() = gig_changes;
    /// My bands.
    observe_bands() = bands;
    /// The active members of a band; with `former`, those who left or were removed too.
    observe_members(band: ScopeId, former: bool) = members;
    /// Notices of a band, or of all, the newest first, in the language of the app.
    observe_notices(limit: u32, scope: Option<ScopeId>) = said_notices;
    /// How many notices of a band, or of all, have not been looked at.
    observe_unseen_notices(scope: Option<ScopeId>) = unseen_notices;
    /// Unread rows by band and kind.
    observe_unread() = unread;
    /// Conflicts that wait for a person.
    observe_conflicts(limit: u32) = conflicts;
    /// Refused edits that wait for a person.
    observe_rejected_edits(limit: u32) = rejected_edits;
    /// Edits that wait to be sent, the one that waits longest first. The status counts them.
    observe_unsent_edits(limit: u32) = unsent_edits;
}

#[uniffi::export]
impl Client {
    /// What was deleted in a band, or in my personal scope, within 90 days, and can be brought back by `restore`: the newest
    /// first, at most `limit` (500). Mine that are not sent yet come first. Where the server cannot be asked, that is told as
    /// a failure, and the list is what is known here; it is asked again after each change in the scope, and when the phone has
    /// synced again. Everybody in the band may look; a viewer's restore is refused.
    pub fn observe_deleted(&self, scope: ScopeId, limit: u32) -> Running {
        self.feed(self.core.deleted(scope, limit)?)
    }

    /// As `diagnose`, told as it goes: each value is the report with the checks so far. The last has all; then the feed ends.
    pub fn observe_doctor(&self) -> Running {
        self.feed(self.core.examine())
    }

    /// Session, connection, sync and what is unsent, in one value; also while nobody is signed in.
    pub fn observe_status(&self) -> Running {
        self.feed(self.core.status())
    }
}

fn list<T: Crosses>(steps: Vec<ListDiff<T>>) -> Batch {
    let mut items = Vec::new();
    let steps = steps.into_iter().map(|step| match step {
        ListDiff::Reset(all) => {
            let count = index(all.len());
            items.extend(all);
            BatchStep::Reset { count }
        }
        ListDiff::Insert { index: at, item } => {
            items.push(item);
            BatchStep::Insert { index: index(at) }
        }
        ListDiff::Update { index: at, item } => {
            items.push(item);
            BatchStep::Update { index: index(at) }
        }
        ListDiff::Remove { index: at } => BatchStep::Remove { index: index(at) },
    });
    Batch {
        steps: steps.collect(),
        items: T::cross(items),
    }
}

fn value(value: impl Into<Items>) -> Batch {
    Batch {
        steps: Vec::new(),
        items: value.into(),
    }
}

/// An index of a list. Lists are bounded by their windows, which are `u32`.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl<T> Source for Feed<T>
where
    T: Keyed<Key: Send + Sync> + Crosses + Clone + PartialEq + Send + Sync + 'static,
{
    fn next(&mut self) -> Next<'_> {
        Box::pin(async { Some(Self::next(self).await?.map(list)) })
    }

    fn window(&self) -> Option<Window> {
        Some(Self::window(self))
    }
}

impl Source for DeletedFeed {
    fn next(&mut self) -> Next<'_> {
        Box::pin(async { Some(Self::next(self).await?.map(list)) })
    }

    fn window(&self) -> Option<Window> {
        Some(Self::window(self))
    }
}

impl<T: Into<Items> + Clone + PartialEq + Send + Sync + 'static> Source for Live<T> {
    fn next(&mut self) -> Next<'_> {
        Box::pin(async { Some(Self::next(self).await?.map(value)) })
    }
}

impl Source for StatusFeed {
    fn next(&mut self) -> Next<'_> {
        Box::pin(async { Some(Ok(value(Self::next(self).await?))) })
    }
}

impl Source for DoctorFeed {
    fn next(&mut self) -> Next<'_> {
        Box::pin(async { Some(Ok(value(Self::next(self).await?))) })
    }
}

impl Client {
    #[allow(clippy::unnecessary_wraps, reason = "every caller has the same end")]
    fn feed(&self, source: impl Source) -> Running {
        Ok(self.read(Box::new(source)))
    }

    /// Reads `source` on the client's runtime, whenever somebody asks.
    fn read(&self, mut source: Box<dyn Source>) -> Arc<Subscription> {
        let (requests, mut asked) = mpsc::channel::<Reply>(1);
        let window = source.window();
        let task: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(async move {
            // A batch whose asker gave up is the next one's.
            let mut held = None;
            while let Some(reply) = asked.recv().await {
                if held.is_none() {
                    held = source.next().await;
                    if let Some(Err(error)) = &held {
                        tracing::warn!(error = error.code(), "a feed failed; it goes on");
                    }
                }
                let Some(batch) = held.take() else { break };
                held = reply.send(batch).err();
            }
        });
        Arc::new(Subscription {
            requests,
            task: self.core.runtime().spawn(task).abort_handle(),
            cancelled: AtomicBool::new(false),
            window,
        })
    }
}
