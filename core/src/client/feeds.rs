//! The feeds of a member's data that screens use: which commits concern each, and what it reads; and how long a list is.
//!
//! Never: waits for the network. A list is read again after a commit that concerns it; one that names too few kinds stays old.

use std::sync::Arc;

use super::Workspace;
use crate::error::Result;
use crate::feed::{Feed, Keyed, Live};
use crate::model::{ConflictId, EditId, Kind, NoticeId, RowId, ScopeId};
use crate::store::{
    Band, CalendarEntry, ChangeSet, Conflict, Letter, Member, Practice, PracticeQuery,
    RejectedEdit, Setlist, SetlistQuery, Show, ShowQuery, Song, SongQuery, Store, StoredNotice,
    Topic, UnreadCount, UnsentEdit,
};

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
    StoredNotice by id: NoticeId,
    Conflict by id: ConflictId,
    RejectedEdit by id: EditId,
    UnsentEdit by id: EditId,
);

impl Keyed for CalendarEntry {
    type Key = (Kind, RowId);

    fn key(&self) -> (Kind, RowId) {
        match self {
            Self::OfShow { show, .. } => (Kind::Show, show.id),
            Self::OfPractice { practice, .. } => (Kind::Practice, practice.id),
        }
    }
}

/// Rows of a kind in a scope, or in any.
fn rows_in(kind: Kind, scope: Option<ScopeId>) -> impl Fn(&ChangeSet) -> bool + Send + Sync {
    move |set| match scope {
        Some(scope) => set.touches_in(Topic::Rows(kind), scope),
        None => set.touches(Topic::Rows(kind)),
    }
}

/// What setlists show of other rows: their songs, and when their show is.
fn is_in_setlists(set: &ChangeSet) -> bool {
    set.touches(Topic::Rows(Kind::Song)) || set.touches(Topic::Rows(Kind::Show))
}

/// What calls rows by their titles.
fn is_of_rows(set: &ChangeSet) -> bool {
    let mut content = Kind::CONTENT.iter();
    content.any(|kind| set.touches(Topic::Rows(*kind)))
}

/// Songs, with the names of their bands; the window starts at `query.limit`.
pub fn songs(store: &Store, query: SongQuery) -> Feed<Song> {
    let own = rows_in(Kind::Song, query.scope);
    let concerns = move |set: &ChangeSet| own(set) || set.touches(Topic::Rows(Kind::Band));
    Feed::new(store, query.limit, concerns, move |reader, limit| {
        reader.songs(&SongQuery {
            limit,
            ..query.clone()
        })
    })
}

impl Workspace {
    /// Songs, live.
    #[must_use]
    pub fn songs(&self, query: SongQuery) -> Feed<Song> {
        songs(&self.store, query)
    }

    /// One song, live.
    #[must_use]
    pub fn song(&self, id: RowId) -> Live<Option<Song>> {
        let concerns = move |set: &ChangeSet| {
            set.touches_row(Kind::Song, id) || set.touches(Topic::Rows(Kind::Band))
        };
        Live::new(&self.store, concerns, move |reader| reader.song(id))
    }

    /// Setlists, live.
    #[must_use]
    pub fn setlists(&self, query: SetlistQuery) -> Feed<Setlist> {
        let own = rows_in(Kind::Setlist, query.scope);
        let concerns = move |set: &ChangeSet| own(set) || is_in_setlists(set);
        Feed::new(&self.store, query.limit, concerns, move |reader, limit| {
            reader.setlists(&SetlistQuery { limit, ..query })
        })
    }

    /// One setlist with its songs, live.
    #[must_use]
    pub fn setlist(&self, id: RowId) -> Live<Option<Setlist>> {
        let concerns =
            move |set: &ChangeSet| set.touches_row(Kind::Setlist, id) || is_in_setlists(set);
        Live::new(&self.store, concerns, move |reader| reader.setlist(id))
    }

    /// Shows, live.
    #[must_use]
    pub fn shows(&self, query: ShowQuery) -> Feed<Show> {
        let concerns = rows_in(Kind::Show, query.scope);
        Feed::new(&self.store, query.limit, concerns, move |reader, limit| {
            reader.shows(&ShowQuery {
                limit,
                ..query.clone()
            })
        })
    }

    /// Practices, live.
    #[must_use]
    pub fn practices(&self, query: PracticeQuery) -> Feed<Practice> {
        let concerns = rows_in(Kind::Practice, query.scope);
        Feed::new(&self.store, query.limit, concerns, move |reader, limit| {
            reader.practices(&PracticeQuery {
                limit,
                ..query.clone()
            })
        })
    }

    /// One show, live.
    #[must_use]
    pub fn show(&self, id: RowId) -> Live<Option<Show>> {
        let concerns = move |set: &ChangeSet| set.touches_row(Kind::Show, id);
        Live::new(&self.store, concerns, move |reader| reader.show(id))
    }

    /// One practice, live.
    #[must_use]
    pub fn practice(&self, id: RowId) -> Live<Option<Practice>> {
        let concerns = move |set: &ChangeSet| set.touches_row(Kind::Practice, id);
        Live::new(&self.store, concerns, move |reader| reader.practice(id))
    }

    /// Shows and practices in one list, live: what comes, the next first; what has passed, the latest first; what has no time.
    /// An entry whose time comes moves when the list is read again, after the next change.
    #[must_use]
    pub fn calendar(&self, scope: Option<ScopeId>, limit: u32) -> Feed<CalendarEntry> {
        let (shows, practices) = (rows_in(Kind::Show, scope), rows_in(Kind::Practice, scope));
        let concerns = move |set: &ChangeSet| shows(set) || practices(set);
        let clock = Arc::clone(&self.clock);
        Feed::new(&self.store, limit, concerns, move |reader, limit| {
            reader.calendar(scope, clock.wall(), limit)
        })
    }

    /// My bands, live.
    #[must_use]
    pub fn bands(&self) -> Feed<Band> {
        let concerns = |set: &ChangeSet| {
            set.touches(Topic::Rows(Kind::Band)) || set.touches(Topic::Rows(Kind::Membership))
        };
        Feed::new(&self.store, u32::MAX, concerns, |reader, _| reader.bands())
    }

    /// The active members of a band, live; with `former`, those who left or were removed too.
    #[must_use]
    pub fn members(&self, band: ScopeId, former: bool) -> Feed<Member> {
        let concerns = rows_in(Kind::Membership, Some(band));
        Feed::new(&self.store, u32::MAX, concerns, move |reader, _| {
            reader.members(band, former)
        })
    }

    /// Notices, newest first, live.
    #[must_use]
    pub fn notices(&self, limit: u32) -> Feed<StoredNotice> {
        let concerns = |set: &ChangeSet| set.touches(Topic::Notices);
        Feed::new(&self.store, limit, concerns, |reader, limit| {
            reader.notices_in(None, limit)
        })
    }

    /// How many notices of a band, or of all, have not been looked at, live.
    #[must_use]
    pub fn unseen_notices(&self, scope: Option<ScopeId>) -> Live<u32> {
        let concerns = |set: &ChangeSet| set.touches(Topic::Notices);
        Live::new(&self.store, concerns, move |reader| {
            reader.unseen_notices(scope)
        })
    }

    /// Unread rows by band and kind, live.
    #[must_use]
    pub fn unread(&self) -> Live<Vec<UnreadCount>> {
        let concerns = |set: &ChangeSet| set.touches(Topic::Scopes) || is_of_rows(set);
        Live::new(&self.store, concerns, |reader| reader.unread_counts())
    }

    /// Conflicts that wait for a person, live.
    #[must_use]
    pub fn conflicts(&self, limit: u32) -> Feed<Conflict> {
        // They say whose value is shown.
        let concerns = |set: &ChangeSet| set.touches(Topic::Conflicts) || is_of_rows(set);
        Feed::new(&self.store, limit, concerns, |reader, limit| {
            reader.conflicts(limit)
        })
    }

    /// Refused edits that wait for a person, live.
    #[must_use]
    pub fn rejected_edits(&self, limit: u32) -> Feed<RejectedEdit> {
        let concerns = |set: &ChangeSet| set.touches(Topic::Outbox);
        Feed::new(&self.store, limit, concerns, |reader, limit| {
            reader.rejected_edits(limit)
        })
    }

    /// Edits that wait to be sent, the one that waits longest first, live. The status counts them.
    #[must_use]
    pub fn unsent_edits(&self, limit: u32) -> Feed<UnsentEdit> {
        let concerns = |set: &ChangeSet| set.touches(Topic::Outbox) || is_of_rows(set);
        Feed::new(&self.store, limit, concerns, |reader, limit| {
            reader.unsent_edits(limit)
        })
    }

    /// How many songs a list has, whatever its limit.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn count_songs(&self, query: SongQuery) -> Result<u32> {
        self.store
            .read(move |reader| reader.count_songs(&query))
            .await
    }

    /// The letters of a list of songs by title or artist, and where each begins.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn song_letters(&self, query: SongQuery) -> Result<Vec<Letter>> {
        self.store
            .read(move |reader| reader.song_letters(&query))
            .await
    }

    /// How many setlists a list has, whatever its limit.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn count_setlists(&self, query: SetlistQuery) -> Result<u32> {
        self.store
            .read(move |reader| reader.count_setlists(&query))
            .await
    }

    /// How many shows a list has, whatever its limit.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn count_shows(&self, query: ShowQuery) -> Result<u32> {
        self.store
            .read(move |reader| reader.count_shows(&query))
            .await
    }

    /// How many practices a list has, whatever its limit.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn count_practices(&self, query: PracticeQuery) -> Result<u32> {
        self.store
            .read(move |reader| reader.count_practices(&query))
            .await
    }

    /// How many shows and practices there are.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn count_calendar(&self, scope: Option<ScopeId>) -> Result<u32> {
        self.store
            .read(move |reader| reader.count_calendar(scope))
            .await
    }

    /// How many notices of a band there are, or of all.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn count_notices(&self, scope: Option<ScopeId>) -> Result<u32> {
        self.store
            .read(move |reader| reader.count_notices(scope))
            .await
    }

    /// How many notices of a band, or of all, have not been looked at.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn count_unseen_notices(&self, scope: Option<ScopeId>) -> Result<u32> {
        self.store
            .read(move |reader| reader.unseen_notices(scope))
            .await
    }

    /// How many conflicts wait for a person.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn count_conflicts(&self) -> Result<u64> {
        let counts = self.store.read(|reader| reader.outbox_counts()).await?;
        Ok(counts.conflicts)
    }

    /// How many refused edits wait for a person.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn count_rejected_edits(&self) -> Result<u64> {
        let counts = self.store.read(|reader| reader.outbox_counts()).await?;
        Ok(counts.rejected)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use serde_json::json;

    use crate::client::Client;
    use crate::config::ClientConfig;
    use crate::feed::{ListDiff, apply};
    use crate::model::{Kind, RowId, ScopeId, UserId, Values};
    use crate::session::MemorySecrets;
    use crate::store::{Durability, Edit, Rejection, SetlistQuery, WriteTx};
    use crate::time::Timestamp;

    #[test]
    fn a_setlist_follows_its_show() {
        let dir = tempfile::TempDir::new().unwrap();
        let config = ClientConfig::new("http://127.0.0.1:1", "sb_publishable_x", dir.path());
        let client = Client::open(config, Arc::new(MemorySecrets::new())).unwrap();
        let user = UserId(uuid::Uuid::from_u128(7));
        let workspace = Arc::clone(&client.inner.open_member(user).unwrap().workspace);
        let (list, show) = (RowId::fresh(), RowId::fresh());
        let edit = async |edit| workspace.store.edit(edit).await.unwrap();
        let show_at = |date: &str| {
            let date = ("scheduled_date".to_owned(), json!(date));
            Values::from_iter([("name".to_owned(), json!("Gig")), date])
        };
        let played = async {
            let named = [("name", json!("Set")), ("show_id", json!(show))];
            let named = Values::from_iter(named.map(|(name, value)| (name.to_owned(), value)));
            edit(Edit::create(user.into(), Kind::Setlist, list, named)).await;
            let mut one = workspace.setlist(list);
            let mut all = workspace.setlists(SetlistQuery::default());
            assert_eq!(one.next().await.unwrap().unwrap().unwrap().show_date, None);
            let mut lists = Vec::new();
            apply(&mut lists, &all.next().await.unwrap().unwrap());
            let first = show_at("2026-12-05T20:00:00Z");
            edit(Edit::create(user.into(), Kind::Show, show, first)).await;
            for (millis, then) in [
                (1_796_500_800_000, "2026-12-06T20:00:00Z"),
                (1_796_587_200_000, "2026-12-07T20:00:00Z"),
            ] {
                let date = Some(Timestamp(millis));
                let shown = one.next().await.unwrap().unwrap().unwrap();
                apply(&mut lists, &all.next().await.unwrap().unwrap());
                assert_eq!((shown.show_date, lists[0].show_date), (date, date));
                edit(Edit::update(Kind::Show, show, show_at(then))).await;
            }
        };
        let played = client
            .runtime()
            .block_on(async { tokio::time::timeout(Duration::from_secs(20), played).await });
        assert!(played.is_ok(), "a change of the show was not delivered");
    }

    #[test]
    fn the_calendar_is_read_again_after_a_show_and_after_a_practice() {
        let dir = tempfile::TempDir::new().unwrap();
        let config = ClientConfig::new("http://127.0.0.1:1", "sb_publishable_x", dir.path());
        let client = Client::open(config, Arc::new(MemorySecrets::new())).unwrap();
        let user = UserId(uuid::Uuid::from_u128(7));
        let workspace = Arc::clone(&client.inner.open_member(user).unwrap().workspace);
        let band = ScopeId(uuid::Uuid::from_u128(8));
        client.runtime().block_on(async {
            let mut feed = workspace.calendar(Some(band), 9);
            let mut list = Vec::new();
            let first = feed.next().await.unwrap().unwrap();
            assert_eq!(first, [ListDiff::Reset(Vec::new())]);
            for (kind, of) in [(Kind::Practice, "type"), (Kind::Show, "name")] {
                let mut set = Values::from_iter([(of.to_owned(), json!("jam"))]);
                set.insert("scheduled_date".to_owned(), json!("2026-12-02T12:00:00Z"));
                let edit = Edit::create(band, kind, RowId::fresh(), set);
                workspace.store.edit(edit).await.unwrap();
                apply(&mut list, &feed.next().await.unwrap().unwrap());
            }
            assert_eq!(list.len(), 2);
        });
    }

    #[test]
    fn a_refused_edit_is_counted_among_those_and_not_among_the_conflicts() {
        let dir = tempfile::TempDir::new().unwrap();
        let config = ClientConfig::new("http://127.0.0.1:1", "sb_publishable_x", dir.path());
        let client = Client::open(config, Arc::new(MemorySecrets::new())).unwrap();
        let user = UserId(uuid::Uuid::from_u128(7));
        let workspace = Arc::clone(&client.inner.open_member(user).unwrap().workspace);
        let refuse = move |tx: &mut WriteTx<'_>| {
            let title = Values::from_iter([("title".to_owned(), json!("Creep"))]);
            tx.edit(Edit::create(user.into(), Kind::Song, RowId::fresh(), title))?;
            let batch = tx.take_batch(user.into(), 10, 10_000)?.unwrap();
            tx.reject(batch.mutations[0].n, Rejection::scope_gone())
        };
        client.runtime().block_on(async {
            let refused = workspace.store.write(Durability::Full, refuse).await;
            assert!(refused.unwrap().is_some());
            assert_eq!(workspace.count_rejected_edits().await, Ok(1));
            assert_eq!(workspace.count_conflicts().await, Ok(0));
        });
    }
}
