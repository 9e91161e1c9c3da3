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
}
