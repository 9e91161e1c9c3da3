//! What is in a setlist, item by item. An item is called by the `id` that it is shown with. Edits like any other: durable
//! and on every feed when the call comes back, and merged item by item with what others did.

use rockon_core::Error as CoreError;
use rockon_core::model::RowId;
use rockon_core::store::{ItemPlace, TakenItem};

use super::Client;

#[uniffi::export]
impl Client {
    /// Puts songs into a setlist, in this order. Returns the ids of the new items. Throws `NotFound` for a setlist, a song or
    /// a place that is not here, `Invalid` for a song of another band; nothing was added then.
    pub async fn add_songs_to_setlist(
        &self,
        list: RowId,
        songs: Vec<RowId>,
        place: ItemPlace,
    ) -> Result<Vec<String>, CoreError> {
        self.local(async move |workspace| workspace.add_songs_to_setlist(list, songs, place).await)
            .await
    }

    /// Puts a break of 1 to 1,440 minutes into a setlist. Returns the id of the item.
    pub async fn add_break(
        &self,
        list: RowId,
        minutes: i64,
        notes: Option<String>,
        place: ItemPlace,
    ) -> Result<String, CoreError> {
        self.local(async move |workspace| workspace.add_break(list, minutes, notes, place).await)
            .await
    }

    /// Puts a heading into a setlist. Returns the id of the item.
    pub async fn add_section(
        &self,
        list: RowId,
        title: String,
        place: ItemPlace,
    ) -> Result<String, CoreError> {
        self.local(async move |workspace| workspace.add_section(list, title, place).await)
            .await
    }

    /// Moves an item. It keeps its id; what somebody else did to the setlist meanwhile stays. Throws `NotFound` when it, or
    /// the item at its place, is not in the setlist any more.
    pub async fn move_item(
        &self,
        list: RowId,
        item: String,
        place: ItemPlace,
    ) -> Result<(), CoreError> {
        self.local(async move |workspace| workspace.move_item(list, item, place).await)
            .await
    }

    /// Takes an item out. What comes back is for `put_item_back`.
    pub async fn remove_item(&self, list: RowId, item: String) -> Result<TakenItem, CoreError> {
        self.local(async move |workspace| workspace.remove_item(list, item).await)
            .await
    }

    /// Puts an item back where it was, with its id; at the end if what was before it has gone.
    pub async fn put_item_back(&self, list: RowId, taken: TakenItem) -> Result<(), CoreError> {
        self.local(async move |workspace| workspace.put_item_back(list, taken).await)
            .await
    }

    /// Gives a break other minutes (1 to 1,440) and notes; without notes it has none. Throws `Invalid` for an item that is
    /// no break.
    pub async fn set_break(
        &self,
        list: RowId,
        item: String,
        minutes: i64,
        notes: Option<String>,
    ) -> Result<(), CoreError> {
        self.local(async move |workspace| workspace.set_break(list, item, minutes, notes).await)
            .await
    }

    /// Gives a heading another text. Throws `Invalid` for an item that is none.
    pub async fn set_section(
        &self,
        list: RowId,
        item: String,
        title: String,
    ) -> Result<(), CoreError> {
        self.local(async move |workspace| workspace.set_section(list, item, title).await)
            .await
    }

    /// Gives a song or a break of a setlist notes, or takes them away. Throws `Invalid` for a heading.
    pub async fn set_item_notes(
        &self,
        list: RowId,
        item: String,
        notes: Option<String>,
    ) -> Result<(), CoreError> {
        self.local(async move |workspace| workspace.set_item_notes(list, item, notes).await)
            .await
    }
}
