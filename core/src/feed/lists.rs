//! The feeds that screens use.

use super::{Feed, Keyed, Live};
use crate::model::{Kind, RowId, ScopeId};
use crate::store::{
    Band, ChangeSet, Conflict, Member, OutboxCounts, OutboxEntry, Practice, PracticeQuery,
    ScopeState, Setlist, SetlistQuery, Show, ShowQuery, Song, SongQuery, Store, StoredNotice,
    Topic, UnreadCount, UnreadableRow,
};

/// Rows that could not be read are named in the status up to this many.
const UNREADABLE_SHOWN: u32 = 50;

macro_rules! keyed {
    ($($type:ident by $field:ident: $key:ty),* $(,)?) => {
        $(impl Keyed for $type {
            type Key = $key;

            fn key(&self) -> $key {
                self.$field
            }
        })*
    };
}

keyed!(
    Song by id: RowId,
    Setlist by id: RowId,
    Show by id: RowId,
    Practice by id: RowId,
    Band by id: ScopeId,
    Member by id: RowId,
    StoredNotice by id: i64,
    Conflict by id: i64,
    OutboxEntry by seq: i64,
);

/// Rows of a kind in a scope, or in any.
fn rows_in(kind: Kind, scope: Option<ScopeId>) -> impl Fn(&ChangeSet) -> bool + Send + Sync {
    move |set| match scope {
        Some(scope) => set.touches_in(Topic::Rows(kind), scope),
        None => set.touches(Topic::Rows(kind)),
    }
}

/// Songs; the window starts at `query.limit`.
pub fn songs(store: &Store, query: SongQuery) -> Feed<Song> {
    let concerns = rows_in(Kind::Song, query.scope);
    Feed::new(store, query.limit, concerns, move |reader, limit| {
        reader.songs(&SongQuery {
            limit,
            ..query.clone()
        })
    })
}

/// One song; `None` while it is not there.
pub(crate) fn song(store: &Store, id: RowId) -> Live<Option<Song>> {
    let concerns = move |set: &ChangeSet| set.touches_row(Kind::Song, id);
    Live::new(store, concerns, move |reader| reader.song(id))
}

/// Setlists; they show titles and lengths of songs, so songs concern them too.
pub fn setlists(store: &Store, query: SetlistQuery) -> Feed<Setlist> {
    let own = rows_in(Kind::Setlist, query.scope);
    let concerns = move |set: &ChangeSet| own(set) || set.touches(Topic::Rows(Kind::Song));
    Feed::new(store, query.limit, concerns, move |reader, limit| {
        reader.setlists(&SetlistQuery { limit, ..query })
    })
}

/// One setlist; `None` while it is not there.
pub(crate) fn setlist(store: &Store, id: RowId) -> Live<Option<Setlist>> {
    let concerns = move |set: &ChangeSet| {
        set.touches_row(Kind::Setlist, id) || set.touches(Topic::Rows(Kind::Song))
    };
    Live::new(store, concerns, move |reader| reader.setlist(id))
}

/// Shows.
pub fn shows(store: &Store, query: ShowQuery) -> Feed<Show> {
    let concerns = rows_in(Kind::Show, query.scope);
    Feed::new(store, query.limit, concerns, move |reader, limit| {
        reader.shows(&ShowQuery {
            limit,
            ..query.clone()
        })
    })
}

/// Practices.
pub fn practices(store: &Store, query: PracticeQuery) -> Feed<Practice> {
    let concerns = rows_in(Kind::Practice, query.scope);
    Feed::new(store, query.limit, concerns, move |reader, limit| {
        reader.practices(&PracticeQuery {
            limit,
            ..query.clone()
        })
    })
}

/// This user's bands. Nobody has so many that a window matters.
pub fn bands(store: &Store) -> Feed<Band> {
    let concerns = |set: &ChangeSet| {
        set.touches(Topic::Rows(Kind::Band)) || set.touches(Topic::Rows(Kind::Membership))
    };
    Feed::new(store, u32::MAX, concerns, |reader, _| reader.bands())
}

/// The active members of a band; with `former`, those who left too.
pub fn members(store: &Store, scope: ScopeId, former: bool) -> Feed<Member> {
    let concerns = rows_in(Kind::Membership, Some(scope));
    Feed::new(store, u32::MAX, concerns, move |reader, _| {
        reader.members(scope, former)
    })
}

/// Notices, the newest first.
pub fn notices(store: &Store, limit: u32) -> Feed<StoredNotice> {
    let concerns = |set: &ChangeSet| set.touches(Topic::Notices);
    Feed::new(store, limit, concerns, |reader, limit| {
        reader.notices(None, limit)
    })
}

/// Notices not seen yet.
pub(crate) fn unseen_notices(store: &Store) -> Live<u32> {
    let concerns = |set: &ChangeSet| set.touches(Topic::Notices);
    Live::new(store, concerns, |reader| reader.unseen_notices())
}

/// Conflicts waiting for a person.
pub(crate) fn conflicts(store: &Store, limit: u32) -> Feed<Conflict> {
    // They say whose value is shown.
    let concerns = |set: &ChangeSet| {
        set.touches(Topic::Conflicts)
            || Kind::CONTENT
                .iter()
                .any(|kind| set.touches(Topic::Rows(*kind)))
    };
    Feed::new(store, limit, concerns, |reader, limit| {
        reader.conflicts(limit)
    })
}

/// Refused edits waiting for a person.
pub(crate) fn rejected_edits(store: &Store, limit: u32) -> Feed<OutboxEntry> {
    let concerns = |set: &ChangeSet| set.touches(Topic::Outbox);
    Feed::new(store, limit, concerns, |reader, limit| {
        reader.rejected_edits(limit)
    })
}

/// How much is on its way.
pub(crate) fn outbox_counts(store: &Store) -> Live<OutboxCounts> {
    let concerns = |set: &ChangeSet| set.touches(Topic::Outbox) || set.touches(Topic::Conflicts);
    Live::new(store, concerns, |reader| reader.outbox_counts())
}

/// Rows that could not be read, the first 50.
pub(crate) fn unreadable(store: &Store) -> Live<Vec<UnreadableRow>> {
    let concerns = |set: &ChangeSet| set.touches(Topic::Unreadable);
    Live::new(store, concerns, |reader| {
        reader.unreadable(UNREADABLE_SHOWN)
    })
}

/// Scopes and how far they are read.
pub(crate) fn scopes(store: &Store) -> Live<Vec<ScopeState>> {
    let concerns = |set: &ChangeSet| set.touches(Topic::Scopes);
    Live::new(store, concerns, |reader| reader.scopes())
}

/// Unread rows by band and kind.
pub(crate) fn unread_counts(store: &Store) -> Live<Vec<UnreadCount>> {
    let concerns = |set: &ChangeSet| {
        set.touches(Topic::Scopes)
            || Kind::CONTENT
                .iter()
                .any(|kind| set.touches(Topic::Rows(*kind)))
    };
    Live::new(store, concerns, |reader| reader.unread_counts())
}
