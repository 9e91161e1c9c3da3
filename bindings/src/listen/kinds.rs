//! One listener for each feed. Foreign traits cannot be generic, so each is written out by a macro.

use std::sync::Arc;

use rockon_core::Error as CoreError;
use rockon_core::client::{Deleted, DeletedFeed, Status, StatusFeed};
use rockon_core::feed::{Feed, ListDiff, Live};
use rockon_core::store::{
    Band, Conflict, Member, OutboxEntry, Practice, Setlist, Show, Song, StoredNotice, UnreadCount,
};
use tokio::runtime::Handle;

use super::{Delivery, Subscription, forward, index};
use crate::mirror::Notice;
use crate::secrets::PlatformError;

/// A list's feed: its steps, its listener, and the way from one to the other.
macro_rules! list_feed {
    ($($source:ty, $core:ident as $item:ident: $diff:ident, $listener:ident, $observe:ident;)*) => {$(
        /// One step from the list shown to the new one. Indexes are those of the list after the steps before.
        #[derive(Debug, Clone, PartialEq, uniffi::Enum)]
        pub enum $diff {
            /// Forget the list: this is it.
            Reset {
                /// All of it.
                items: Vec<$item>,
            },
            /// A new item comes in at the index.
            Insert {
                /// From 0 to the length.
                index: u32,
                /// The item.
                item: $item,
            },
            /// The item at the index has changed.
            Update {
                /// From 0, below the length.
                index: u32,
                /// Its new value.
                item: $item,
            },
            /// The item at the index goes.
            Remove {
                /// From 0, below the length.
                index: u32,
            },
        }

        impl From<ListDiff<$core>> for $diff {
            fn from(step: ListDiff<$core>) -> Self {
                match step {
                    ListDiff::Reset(items) => Self::Reset { items: items.into_iter().map($item::from).collect() },
                    ListDiff::Insert { index: at, item } => Self::Insert { index: index(at), item: item.into() },
                    ListDiff::Update { index: at, item } => Self::Update { index: index(at), item: item.into() },
                    ListDiff::Remove { index: at } => Self::Remove { index: index(at) },
                }
            }
        }

        /// Told of a list. Called by one thread at a time, in order, never on the main thread.
        #[uniffi::export(foreign)]
        pub trait $listener: Send + Sync {
            /// The next steps, to be applied one after the other. The first call brings the whole window.
            fn on_steps(&self, steps: Vec<$diff>) -> Result<(), PlatformError>;

            /// The list could not be read; it is read again after the next change.
            fn on_failure(&self, error: CoreError) -> Result<(), PlatformError>;

            /// The last call: the member signed out, another signed in, or the client was shut down.
            fn on_end(&self) -> Result<(), PlatformError>;
        }

        pub(crate) fn $observe(handle: &Handle, feed: $source, listener: Arc<dyn $listener>) -> Arc<Subscription> {
            forward(handle, feed, move |delivery| match delivery {
                Delivery::Next(steps) => listener.on_steps(steps.into_iter().map($diff::from).collect()),
                Delivery::Failure(error) => listener.on_failure(error),
                Delivery::End => listener.on_end(),
            })
        }
    )*};
}

/// The feed of one value.
macro_rules! value_feed {
    ($($source:ty, $value:ty: $listener:ident, $observe:ident;)*) => {$(
        /// Told of one value. Called by one thread at a time, in order, never on the main thread.
        #[uniffi::export(foreign)]
        pub trait $listener: Send + Sync {
            /// The value now; the first call brings it as it is.
            fn on_value(&self, value: $value) -> Result<(), PlatformError>;

            /// It could not be read; it is read again after the next change.
            fn on_failure(&self, error: CoreError) -> Result<(), PlatformError>;

            /// The last call: the member signed out, another signed in, or the client was shut down.
            fn on_end(&self) -> Result<(), PlatformError>;
        }

        pub(crate) fn $observe(handle: &Handle, feed: $source, listener: Arc<dyn $listener>) -> Arc<Subscription> {
            forward(handle, feed, move |delivery| match delivery {
                Delivery::Next(value) => listener.on_value(value),
                Delivery::Failure(error) => listener.on_failure(error),
                Delivery::End => listener.on_end(),
            })
        }
    )*};
}

list_feed! {
    Feed<Song>, Song as Song: SongStep, SongsListener, songs;
    Feed<Setlist>, Setlist as Setlist: SetlistStep, SetlistsListener, setlists;
    Feed<Show>, Show as Show: ShowStep, ShowsListener, shows;
    Feed<Practice>, Practice as Practice: PracticeStep, PracticesListener, practices;
    Feed<Band>, Band as Band: BandStep, BandsListener, bands;
    Feed<Member>, Member as Member: MemberStep, MembersListener, members;
    Feed<StoredNotice>, StoredNotice as Notice: NoticeStep, NoticesListener, notices;
    Feed<Conflict>, Conflict as Conflict: ConflictStep, ConflictsListener, conflicts;
    Feed<OutboxEntry>, OutboxEntry as OutboxEntry: RejectedEditStep, RejectedEditsListener, rejected_edits;
    DeletedFeed, Deleted as Deleted: DeletedStep, DeletedListener, deleted;
}

value_feed! {
    Live<Option<Song>>, Option<Song>: SongListener, song;
    Live<Option<Setlist>>, Option<Setlist>: SetlistListener, setlist;
    Live<Vec<UnreadCount>>, Vec<UnreadCount>: UnreadListener, unread;
    Live<u32>, u32: CountListener, count;
    StatusFeed, Status: StatusListener, status;
}
