//! What is in a setlist, item by item. Items are called by [`SetlistItem::id`](crate::store::SetlistItem::id).

use super::Workspace;
use super::edits::new_row;
use crate::error::Result;
use crate::model::{Kind, RowId};
use crate::store::{Edit, ItemChange, ItemPlace, NewItem, TakenItem, WriteTx};

impl Workspace {
    /// The same setlist once more, under another name: notes, tags and items, which are new ones; for no show, and not
    /// archived. Returns its id.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`]; [`crate::Error::Invalid`] for the name, or for what came shortened;
    /// [`crate::Error::Storage`].
    pub async fn duplicate_setlist(&self, list: RowId, name: String) -> Result<RowId> {
        let user = self.user();
        let copy = move |tx: &mut WriteTx<'_>| {
            let (scope, copy) = tx.copy_of_setlist(list, &name)?;
            let set = new_row(user, scope, Kind::Setlist, copy)?;
            let id = RowId::fresh();
            tx.edit(Edit::create(scope, Kind::Setlist, id, set))?;
            Ok(id)
        };
        self.sync.write(copy).await
    }

    /// Puts songs into a setlist, in this order. Returns what the new items are called.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a setlist, a song or a place that is not here; [`crate::Error::Invalid`] for a song
    /// of another band; [`crate::Error::Storage`]. Nothing was added then.
    pub async fn add_songs_to_setlist(
        &self,
        list: RowId,
        songs: Vec<RowId>,
        place: ItemPlace,
    ) -> Result<Vec<String>> {
        let new = songs.into_iter().map(NewItem::Song).collect();
        self.sync
            .write(move |tx| tx.add_items(list, new, &place))
            .await
    }

    /// Puts a break of 1 to 1,440 minutes into a setlist. Returns what it is called.
    ///
    /// # Errors
    /// As [`Workspace::add_songs_to_setlist`].
    pub async fn add_break(
        &self,
        list: RowId,
        minutes: i64,
        notes: Option<String>,
        place: ItemPlace,
    ) -> Result<String> {
        self.add_item(list, NewItem::Break { minutes, notes }, place)
            .await
    }

    /// Puts a heading into a setlist. Returns what it is called.
    ///
    /// # Errors
    /// As [`Workspace::add_songs_to_setlist`].
    pub async fn add_section(
        &self,
        list: RowId,
        title: String,
        place: ItemPlace,
    ) -> Result<String> {
        self.add_item(list, NewItem::Section { title }, place).await
    }

    async fn add_item(&self, list: RowId, item: NewItem, place: ItemPlace) -> Result<String> {
        let added = self
            .sync
            .write(move |tx| tx.add_items(list, vec![item], &place));
        Ok(added.await?.pop().unwrap_or_default())
    }

    /// Moves an item of a setlist. It keeps its id; what somebody else did to the setlist meanwhile stays.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for what is not in the setlist any more; [`crate::Error::Storage`].
    pub async fn move_item(&self, list: RowId, item: String, place: ItemPlace) -> Result<()> {
        self.sync
            .write(move |tx| tx.move_item(list, &item, &place))
            .await
    }

    /// Takes an item out of a setlist. What comes back is for [`Workspace::put_item_back`].
    ///
    /// # Errors
    /// As [`Workspace::move_item`].
    pub async fn remove_item(&self, list: RowId, item: String) -> Result<TakenItem> {
        self.sync.write(move |tx| tx.remove_item(list, &item)).await
    }

    /// Puts an item back where it was, with its id; at the end if what was before it has gone.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for the setlist; [`crate::Error::Invalid`] when the item is there already;
    /// [`crate::Error::Storage`].
    pub async fn put_item_back(&self, list: RowId, taken: TakenItem) -> Result<()> {
        self.sync
            .write(move |tx| tx.put_item_back(list, taken))
            .await
    }

    /// Gives a break other minutes (1 to 1,440) and notes; without notes it has none.
    ///
    /// # Errors
    /// As [`Workspace::move_item`]; [`crate::Error::Invalid`] for an item of another type.
    pub async fn set_break(
        &self,
        list: RowId,
        item: String,
        minutes: i64,
        notes: Option<String>,
    ) -> Result<()> {
        self.change_item(list, item, ItemChange::Break { minutes, notes })
            .await
    }

    /// Gives a heading another text.
    ///
    /// # Errors
    /// As [`Workspace::set_break`].
    pub async fn set_section(&self, list: RowId, item: String, title: String) -> Result<()> {
        self.change_item(list, item, ItemChange::Section { title })
            .await
    }

    /// Gives a song or a break of a setlist notes, or takes them away.
    ///
    /// # Errors
    /// As [`Workspace::set_break`].
    pub async fn set_item_notes(
        &self,
        list: RowId,
        item: String,
        notes: Option<String>,
    ) -> Result<()> {
        self.change_item(list, item, ItemChange::Notes { notes })
            .await
    }

    async fn change_item(&self, list: RowId, item: String, change: ItemChange) -> Result<()> {
        self.sync
            .write(move |tx| tx.change_item(list, &item, change))
            .await
    }
}
