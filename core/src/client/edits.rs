//! What a member does to rows: add, change, delete, mark read. Every call is checked, durable and shown when it returns.

use serde_json::{Value, json};

use super::Workspace;
use crate::error::{Error, Result};
use crate::model::{Kind, RowId, ScopeId, UserId, Values, checked, fields};
use crate::redact::Unsaved;
use crate::store::{Edit, WriteTx};

/// Rows that one transaction of an import writes. Others may write between two of them, and every list is read again after
/// each: fewer and larger ones are faster, but an edit waits for one of these.
pub(super) const CHUNK: usize = 500;

impl Workspace {
    /// Adds a row to a band or to my personal scope (`scope` = my user id), made from column values. Returns its new id.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the column; [`Error::Storage`]. Nothing was added then.
    pub async fn add(&self, scope: ScopeId, kind: Kind, values: Values) -> Result<RowId> {
        let id = RowId::fresh();
        let set = new_row(self.user(), scope, kind, values)?;
        self.sync.edit(Edit::create(scope, kind, id, set)).await?;
        Ok(id)
    }

    /// Adds songs, as an import does: checked all before the first is added. Returns their ids in order.
    ///
    /// # Errors
    /// As [`Workspace::add`]; after [`Error::Storage`] the songs before the fault are there.
    pub async fn add_songs(&self, scope: ScopeId, songs: Vec<Values>) -> Result<Vec<RowId>> {
        let songs = songs
            .into_iter()
            .map(|song| new_row(self.user(), scope, Kind::Song, song));
        let songs = songs.collect::<Result<Vec<_>>>()?;
        let mut ids = Vec::with_capacity(songs.len());
        let mut songs = songs.into_iter().peekable();
        while songs.peek().is_some() {
            let chunk: Vec<(RowId, Values)> = songs
                .by_ref()
                .take(CHUNK)
                .map(|song| (RowId::fresh(), song))
                .collect();
            ids.extend(chunk.iter().map(|(id, _)| *id));
            let write = move |tx: &mut WriteTx<'_>| {
                for (id, song) in chunk {
                    tx.edit(Edit::create(scope, Kind::Song, id, song))?;
                }
                Ok(())
            };
            self.sync.write(write).await?;
        }
        Ok(ids)
    }

    /// Adds a song once more, to a band or to my own songs (`to` = my user id): all that is in it, but not its history, who has
    /// looked, and what a band or person noted of playing it. Returns the id of the copy. In a band where I may not write the
    /// copy is refused like any other edit; whoever sees a song may copy it.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] naming a column that came shortened; [`Error::Storage`].
    pub async fn copy_song(&self, song: RowId, to: ScopeId) -> Result<RowId> {
        let user = self.user();
        let copy = move |tx: &mut WriteTx<'_>| {
            let set = new_row(user, to, Kind::Song, tx.copy_of_song(song)?)?;
            let id = RowId::fresh();
            tx.edit(Edit::create(to, Kind::Song, id, set))?;
            Ok(id)
        };
        self.sync.write(copy).await
    }

    /// Moves a song to a band or to my own songs (`to` = my user id): one edit, after which it is there under the same id, and not
    /// here any more. The server lets admins of the band that it leaves do this and whoever made the song, if they may write
    /// where it goes; else the edit is refused and the song stays. Its history stays behind. Setlists that name it go on
    /// naming it: who does not see it where it is now sees a song that is not here. For others it is new, and unread.
    /// One who changed it at the same time is asked for: the move waits as a conflict then. True when it was elsewhere before.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Storage`].
    pub async fn move_song(&self, song: RowId, to: ScopeId) -> Result<bool> {
        let place = place(self.user(), to).map(|(name, value)| (name.to_owned(), value));
        let set = Values::from_iter(place);
        self.sync.edit(Edit::update(Kind::Song, song, set)).await
    }

    /// Changes some columns of a row; the others stay. True when something is different now.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the column; [`Error::Gone`], with the edit, when the row is not here any more;
    /// [`Error::Storage`]. Nothing was changed then.
    pub async fn change(&self, kind: Kind, id: RowId, values: Values) -> Result<bool> {
        let set = all_checked(kind, values.clone())?;
        let changed = self.sync.edit(Edit::update(kind, id, set));
        changed.await.map_err(|error| match error {
            Error::NotFound { .. } => Error::Gone {
                edit: Unsaved::new(values),
            },
            error => error,
        })
    }

    /// Deletes a row. An edit that somebody makes at the same time brings it back, with a notice; one that they made before
    /// and this phone has not seen keeps it, with a notice and a conflict to choose in.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Storage`].
    pub async fn delete(&self, kind: Kind, id: RowId) -> Result<()> {
        self.sync.edit(Edit::delete(kind, id)).await.map(drop)
    }

    /// Brings a deleted row back: right after a delete of mine, which is withdrawn if it has not been sent, or within 90 days
    /// from what the server keeps (see [`super::Client::deleted`]). False when the row is there already. A row that this phone
    /// does not hold any more is shown when the server has answered; if it keeps nothing, or I may not write, the edit is
    /// refused like any other. A web app that still shows the row may delete it again in the first second: the server does not
    /// let that count.
    ///
    /// # Errors
    /// [`Error::Storage`].
    pub async fn restore(&self, scope: ScopeId, kind: Kind, id: RowId) -> Result<bool> {
        self.sync
            .write(move |tx| tx.bring_back(scope, kind, id))
            .await
    }

    /// The member has opened a row: its dot goes, on all of their devices.
    ///
    /// # Errors
    /// [`Error::Storage`].
    pub async fn mark_read(&self, kind: Kind, id: RowId) -> Result<()> {
        self.sync
            .write(move |tx| tx.mark_read(kind, id))
            .await
            .map(drop)
    }

    /// Everything of a kind in a band is read.
    ///
    /// # Errors
    /// [`Error::Storage`].
    pub async fn mark_kind_read(&self, scope: ScopeId, kind: Kind) -> Result<()> {
        self.sync
            .write(move |tx| tx.mark_kind_read(scope, kind))
            .await
            .map(drop)
    }

    /// Everything everywhere is read.
    ///
    /// # Errors
    /// [`Error::Storage`].
    pub async fn mark_all_read(&self) -> Result<()> {
        self.sync.write(|tx| tx.mark_all_read()).await
    }
}

/// Where a song or a setlist belongs, as its row says it.
fn place(user: UserId, scope: ScopeId) -> [(&'static str, Value); 2] {
    let personal = scope == ScopeId::from(user);
    let context = if personal { "personal" } else { "band" };
    [
        ("context_type", json!(context)),
        ("context_id", json!(scope)),
    ]
}

/// Checks a new row and says where it belongs, in the columns of its kind.
pub(super) fn new_row(user: UserId, scope: ScopeId, kind: Kind, values: Values) -> Result<Values> {
    let mut row = all_checked(kind, values)?;
    let personal = scope == ScopeId::from(user);
    if kind == Kind::Song {
        // What nobody set is nothing, not what the database would put there.
        for name in ["difficulty", "guitar_tuning"] {
            row.entry(name).or_insert(Value::Null);
        }
    }
    let mut put = |name: &str, value: Value| {
        row.insert(name.to_owned(), value);
    };
    match kind {
        Kind::Song | Kind::Setlist => {
            for (name, value) in place(user, scope) {
                put(name, value);
            }
        }
        Kind::Show | Kind::Practice if personal => {
            return Err(Error::Invalid {
                field: "scope",
                reason: "it belongs to a band",
            });
        }
        Kind::Show | Kind::Practice => put("band_id", json!(scope)),
        Kind::Band | Kind::Membership | Kind::ReadMark => {
            return Err(Error::Invalid {
                field: "kind",
                reason: "it is made by a function of the server",
            });
        }
    }
    if kind == Kind::Setlist && !personal {
        put("band_id", json!(scope));
    }
    required(kind, &row)?;
    Ok(row)
}

fn all_checked(kind: Kind, values: Values) -> Result<Values> {
    values
        .into_iter()
        .map(|(name, value)| checked(kind, &name, value).map(|value| (name, value)))
        .collect()
}

/// What the server would refuse a new row without.
fn required(kind: Kind, row: &Values) -> Result<()> {
    let mut needed = fields(kind).iter().filter(|field| field.required);
    match needed.find(|field| row.get(field.name).is_none_or(Value::is_null)) {
        Some(missing) => Err(Error::Invalid {
            field: missing.name,
            reason: "it is missing",
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::client::Client;
    use crate::config::ClientConfig;
    use crate::feed::apply;
    use crate::session::MemorySecrets;

    #[test]
    fn a_row_that_the_readers_do_not_see_yet_can_be_changed_and_deleted() {
        let dir = tempfile::TempDir::new().unwrap();
        let config = ClientConfig::new("http://127.0.0.1:1", "sb_publishable_x", dir.path());
        let client = Client::open(config, Arc::new(MemorySecrets::new())).unwrap();
        let user = UserId(uuid::Uuid::from_u128(7));
        let workspace = Arc::clone(&client.inner.open_member(user).unwrap().workspace);
        let title = |text: &str| Values::from_iter([("title".to_owned(), json!(text))]);
        client.runtime().block_on(async {
            let held = workspace.store.pin_readers().await;
            let id = workspace
                .add(user.into(), Kind::Song, title("Basement"))
                .await;
            let id = id.unwrap();
            let seen = workspace
                .store
                .read(move |reader| reader.scope_of(Kind::Song, id));
            assert_eq!(seen.await.unwrap(), None, "the readers stand before it");
            assert_eq!(
                workspace.change(Kind::Song, id, title("Attic")).await,
                Ok(true)
            );
            assert_eq!(workspace.delete(Kind::Song, id).await, Ok(()));
            assert_eq!(
                workspace.delete(Kind::Song, id).await,
                Err(Error::NotFound { what: "song" })
            );
            drop(held);
        });
    }

    fn member(dir: &tempfile::TempDir, user: UserId) -> (Client, Arc<Workspace>) {
        let config = ClientConfig::new("http://127.0.0.1:1", "sb_publishable_x", dir.path());
        let client = Client::open(config, Arc::new(MemorySecrets::new())).unwrap();
        let workspace = Arc::clone(&client.inner.open_member(user).unwrap().workspace);
        (client, workspace)
    }

    async fn says(workspace: &Workspace, song: RowId) -> [Value; 3] {
        let row = workspace.row(Kind::Song, song).await.unwrap().unwrap();
        ["title", "context_type", "context_id"].map(|name| row[name].clone())
    }

    #[test]
    fn a_song_is_copied_and_moved_between_a_band_and_my_own() {
        let dir = tempfile::TempDir::new().unwrap();
        let user = UserId(uuid::Uuid::from_u128(7));
        let (client, workspace) = member(&dir, user);
        let (mine, band) = (ScopeId::from(user), ScopeId(uuid::Uuid::from_u128(8)));
        let in_band = [json!("Basement"), json!("band"), json!(band)];
        let my_own = [json!("Basement"), json!("personal"), json!(mine)];
        client.runtime().block_on(async {
            let title = Values::from_iter([("title".to_owned(), json!("Basement"))]);
            let id = workspace.add(mine, Kind::Song, title).await.unwrap();
            let copy = workspace.copy_song(id, band).await.unwrap();
            assert_eq!(says(&workspace, copy).await, in_band);
            assert_eq!(says(&workspace, id).await, my_own);
            assert_eq!(workspace.move_song(id, band).await, Ok(true));
            assert_eq!(workspace.move_song(id, band).await, Ok(false));
            assert_eq!(says(&workspace, id).await, in_band);
            assert_eq!(workspace.move_song(copy, mine).await, Ok(true));
            assert_eq!(says(&workspace, copy).await, my_own);
            let lost = RowId::fresh();
            let copied = workspace.copy_song(lost, band).await;
            assert_eq!(copied, Err(Error::NotFound { what: "song" }));
            let moved = workspace.move_song(lost, band).await;
            assert_eq!(moved, Err(Error::NotFound { what: "song" }));
        });
    }

    #[test]
    fn what_waits_to_be_sent_is_told_live() {
        let dir = tempfile::TempDir::new().unwrap();
        let user = UserId(uuid::Uuid::from_u128(7));
        let (client, workspace) = member(&dir, user);
        client.runtime().block_on(async {
            let title = |title: &str| Values::from_iter([("title".to_owned(), json!(title))]);
            let mine = ScopeId::from(user);
            let mut feed = workspace.unsent_edits(9);
            let mut waiting = Vec::new();
            apply(&mut waiting, &feed.next().await.unwrap().unwrap());
            assert!(waiting.is_empty());
            for name in ["Basement", "Attic"] {
                workspace.add(mine, Kind::Song, title(name)).await.unwrap();
                apply(&mut waiting, &feed.next().await.unwrap().unwrap());
            }
            let titles = waiting.iter().map(|edit| edit.title.as_deref());
            assert!(titles.eq([Some("Basement"), Some("Attic")]));
        });
    }
}
