//! What a member does to rows: add, change, delete, mark read. Every call is checked, durable and shown when it returns.

use serde_json::{Value, json};

use super::Workspace;
use crate::error::{Error, Result};
use crate::model::{Kind, RowId, ScopeId, Values, checked, fields};
use crate::redact::Unsaved;
use crate::store::Edit;

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
        let set = self.new_row(scope, kind, values)?;
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
            .map(|song| self.new_row(scope, Kind::Song, song));
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
            let write = move |tx: &mut crate::store::WriteTx<'_>| {
                for (id, song) in chunk {
                    tx.edit(Edit::create(scope, Kind::Song, id, song))?;
                }
                Ok(())
            };
            self.sync.write(write).await?;
        }
        Ok(ids)
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

    /// Checks a new row and says where it belongs, in the columns of its kind.
    fn new_row(&self, scope: ScopeId, kind: Kind, values: Values) -> Result<Values> {
        let mut row = all_checked(kind, values)?;
        let personal = scope == ScopeId::from(self.user());
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
                put(
                    "context_type",
                    json!(if personal { "personal" } else { "band" }),
                );
                put("context_id", json!(scope));
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
    use crate::model::UserId;
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
                Err(Error::NotFound { what: "row" })
            );
            drop(held);
        });
    }
}
