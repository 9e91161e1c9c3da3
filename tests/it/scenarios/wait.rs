//! Waiting for a state: a feed is read until it shows what is wanted, or patience ends; the last complaint is the reason.

use std::fmt::Debug;
use std::time::Duration;

use rockon_core::Result;
use rockon_core::client::{Client, Deleted, DeletedFeed, Status, StatusFeed, Workspace};
use rockon_core::feed::{Feed, Keyed, Live, apply};
use rockon_core::model::{Kind, RowId};
use rockon_core::store::{
    Practice, PracticeQuery, Setlist, SetlistQuery, Show, ShowQuery, Song, SongQuery,
};

/// More than any scenario has.
pub(super) const ALL: u32 = 1_000;

/// What a feed shows, whole, after each delivery.
pub(super) trait Shows {
    type Seen: Debug;
    async fn next(&mut self) -> Option<Result<Self::Seen>>;
}

/// A list, put together from its steps as an app does it.
pub(super) struct List<T> {
    feed: Feed<T>,
    items: Vec<T>,
}

impl<T> From<Feed<T>> for List<T> {
    fn from(feed: Feed<T>) -> Self {
        let items = Vec::new();
        Self { feed, items }
    }
}

impl<T: Keyed + Clone + PartialEq + Debug + Send + Sync + 'static> Shows for List<T> {
    type Seen = Vec<T>;

    async fn next(&mut self) -> Option<Result<Vec<T>>> {
        let steps = self.feed.next().await?;
        Some(steps.map(|steps| {
            apply(&mut self.items, &steps);
            self.items.clone()
        }))
    }
}

/// What was deleted, put together in the same way.
pub(super) struct Erased {
    feed: DeletedFeed,
    items: Vec<Deleted>,
}

impl From<DeletedFeed> for Erased {
    fn from(feed: DeletedFeed) -> Self {
        let items = Vec::new();
        Self { feed, items }
    }
}

impl Shows for Erased {
    type Seen = Vec<Deleted>;

    async fn next(&mut self) -> Option<Result<Vec<Deleted>>> {
        let steps = self.feed.next().await?;
        Some(steps.map(|steps| {
            apply(&mut self.items, &steps);
            self.items.clone()
        }))
    }
}

impl<T: Clone + PartialEq + Debug + Send + 'static> Shows for Live<T> {
    type Seen = T;

    async fn next(&mut self) -> Option<Result<T>> {
        Self::next(self).await
    }
}

impl Shows for StatusFeed {
    type Seen = Status;

    async fn next(&mut self) -> Option<Result<Status>> {
        Self::next(self).await.map(Ok)
    }
}

/// Reads the feed that `open` opens until `judge` has an answer. A feed ends when another person signs in: then the next
/// is opened.
pub(super) async fn until<S: Shows, R>(
    patience: Duration,
    open: impl Fn() -> Result<S>,
    mut judge: impl AsyncFnMut(S::Seen) -> Result<R, String>,
) -> Result<R, String> {
    let mut said = "nothing was shown".to_owned();
    let reading = async {
        loop {
            let mut feed = open().map_err(|error| format!("no feed: {error}"))?;
            while let Some(shown) = feed.next().await {
                match shown {
                    Ok(seen) => match judge(seen).await {
                        Ok(answer) => return Ok(answer),
                        Err(complaint) => said = complaint,
                    },
                    Err(error) => said = error.to_string(),
                }
            }
            tokio::task::yield_now().await;
        }
    };
    match tokio::time::timeout(patience, reading).await {
        Ok(answer) => answer,
        Err(_) => Err(said),
    }
}

/// Asks the server, which tells of no change of it, until the answer is right.
pub(super) async fn asked<R>(
    patience: Duration,
    mut ask: impl AsyncFnMut() -> Result<R, String>,
) -> Result<R, String> {
    let started = std::time::Instant::now();
    loop {
        match ask().await {
            Err(_) if started.elapsed() < patience => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            answer => return answer,
        }
    }
}

/// What any row shows.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) id: RowId,
    pub(super) name: String,
    pub(super) unread: bool,
    pub(super) pending: bool,
}

macro_rules! items {
    ($($row:ident.$name:ident),*) => {$(
        impl From<$row> for Item {
            fn from(row: $row) -> Self {
                let name = row.$name.into();
                Self { id: row.id, name, unread: row.unread, pending: row.pending }
            }
        }
    )*};
}

impl From<Practice> for Item {
    fn from(row: Practice) -> Self {
        let name = String::new();
        Self {
            id: row.id,
            name,
            unread: row.unread,
            pending: row.pending,
        }
    }
}

items!(Song.title, Setlist.name, Show.name);

/// Reads the list of a kind until `judge` has an answer. It is asked again after each change of any row of the kind.
pub(super) async fn until_rows<R>(
    patience: Duration,
    client: &Client,
    kind: Kind,
    mut judge: impl AsyncFnMut(Vec<Item>) -> Result<R, String>,
) -> Result<R, String> {
    macro_rules! rows {
        ($feed:expr) => {
            until(
                patience,
                || {
                    client
                        .workspace()
                        .map(|workspace| List::from($feed(&workspace)))
                },
                async |rows| judge(rows.into_iter().map(Item::from).collect()).await,
            )
            .await
        };
    }
    match kind {
        Kind::Song => rows!(|workspace: &Workspace| workspace.songs(SongQuery {
            limit: ALL,
            ..SongQuery::default()
        })),
        Kind::Setlist => rows!(|workspace: &Workspace| workspace.setlists(SetlistQuery {
            limit: ALL,
            ..SetlistQuery::default()
        })),
        Kind::Show => rows!(|workspace: &Workspace| workspace.shows(ShowQuery {
            limit: ALL,
            ..ShowQuery::default()
        })),
        Kind::Practice => rows!(|workspace: &Workspace| workspace.practices(PracticeQuery {
            limit: ALL,
            ..PracticeQuery::default()
        })),
        Kind::Band | Kind::Membership | Kind::ReadMark => Err(format!("no list of {kind:?}")),
    }
}
