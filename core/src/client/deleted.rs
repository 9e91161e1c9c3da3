//! What was deleted lately and can be brought back.

use serde::Deserialize;
use serde_json::json;

use super::Client;
use crate::error::{Error, Result};
use crate::model::{Kind, RowId, ScopeId, UserId};
use crate::time::Timestamp;

/// A deleted row, as far as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    /// What the row was.
    pub kind: Kind,
    /// Which row.
    pub id: RowId,
    /// What it was called; empty when that is not known.
    pub title: String,
    /// Who deleted it; `None` = no person.
    pub by: Option<UserId>,
    /// Their name then; empty for a delete of mine that has not been sent.
    pub by_name: String,
    /// When, by the server's clock; by this phone's for a delete that has not been sent.
    pub at: Timestamp,
    /// The server does not know of it yet: bringing it back withdraws it.
    pub unsent: bool,
}

/// As the server writes it. A kind of a newer server is passed over.
#[derive(Debug, Deserialize)]
struct Line {
    kind: String,
    id: RowId,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    actor: Option<UserId>,
    #[serde(default)]
    actor_name: Option<String>,
    deleted_ms: i64,
}

impl Client {
    /// What was deleted in a band, or in my own space, within 90 days, and can be brought back by
    /// [`Space::restore`](super::Space::restore); the newest first, at most `limit` (500). Mine that are not sent yet come first;
    /// without a network they are all there is. Everybody in the band may look; a viewer's restore is refused.
    ///
    /// # Errors
    /// [`Error::Denied`] with `not_member`; network errors when there is nothing of mine to show either; [`Error::SignedOut`].
    pub async fn deleted(&self, scope: ScopeId, limit: u32) -> Result<Vec<Deleted>> {
        let space = self.space()?;
        let me = space.user();
        let own = space.store.read(move |reader| reader.own_deletes(scope));
        let mut found: Vec<Deleted> = own
            .await?
            .into_iter()
            .map(|(entry, title)| Deleted {
                kind: entry.kind,
                id: entry.row,
                title: title.unwrap_or_default(),
                by: Some(me),
                by_name: String::new(),
                at: entry.at,
                unsent: true,
            })
            .collect();
        let arguments = json!({ "scope": scope, "max_rows": limit });
        match self.call::<Vec<Line>>("sync_deleted", arguments).await {
            Ok(lines) => {
                for line in lines.into_iter().filter_map(Line::read) {
                    if found.iter().all(|own| own.id != line.id) {
                        found.push(line);
                    }
                }
            }
            Err(Error::Offline | Error::Timeout { .. }) if !found.is_empty() => {}
            Err(error) => return Err(error),
        }
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(found)
    }
}

impl Line {
    fn read(self) -> Option<Deleted> {
        Some(Deleted {
            kind: self.kind.parse().ok()?,
            id: self.id,
            title: self.title.unwrap_or_default(),
            by: self.actor,
            by_name: self.actor_name.unwrap_or_default(),
            at: Timestamp(self.deleted_ms),
            unsent: false,
        })
    }
}
