//! How long lists are, whatever a screen shows of them.

use rockon_core::Error as CoreError;
use rockon_core::store::{PracticeQuery, SetlistQuery, ShowQuery, SongQuery};

use super::Client;

#[uniffi::export]
impl Client {
    /// How many songs a list has, whatever its limit.
    pub async fn count_songs(&self, query: SongQuery) -> Result<u32, CoreError> {
        self.local(async move |workspace| workspace.count_songs(query).await)
            .await
    }

    /// How many setlists a list has, whatever its limit.
    pub async fn count_setlists(&self, query: SetlistQuery) -> Result<u32, CoreError> {
        self.local(async move |workspace| workspace.count_setlists(query).await)
            .await
    }

    /// How many shows a list has, whatever its limit.
    pub async fn count_shows(&self, query: ShowQuery) -> Result<u32, CoreError> {
        self.local(async move |workspace| workspace.count_shows(query).await)
            .await
    }

    /// How many practices a list has, whatever its limit.
    pub async fn count_practices(&self, query: PracticeQuery) -> Result<u32, CoreError> {
        self.local(async move |workspace| workspace.count_practices(query).await)
            .await
    }

    /// How many notices there are.
    pub async fn count_notices(&self) -> Result<u32, CoreError> {
        self.local(async move |workspace| workspace.count_notices().await)
            .await
    }

    /// How many notices have not been looked at.
    pub async fn count_unseen_notices(&self) -> Result<u32, CoreError> {
        self.local(async move |workspace| workspace.count_unseen_notices().await)
            .await
    }

    /// How many conflicts wait for a person.
    pub async fn count_conflicts(&self) -> Result<u64, CoreError> {
        self.local(async move |workspace| workspace.count_conflicts().await)
            .await
    }

    /// How many refused edits wait for a person.
    pub async fn count_rejected_edits(&self) -> Result<u64, CoreError> {
        self.local(async move |workspace| workspace.count_rejected_edits().await)
            .await
    }
}
