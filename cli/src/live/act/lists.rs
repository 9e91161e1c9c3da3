//! Setlists: choose, make, rename; what is in them and in which order.

use rockon_core::model::{Kind, RowId, ScopeId};
use rockon_core::store::{ItemPlace, SetlistItem};
use rockon_core::{Error, Result};
use serde_json::json;

use super::super::fill::title_of;
use super::{EffectRunner, Pane, Undo, one};
use crate::out::printable;
use crate::screen::effect::Effect;

impl EffectRunner<'_> {
    pub(super) async fn on_setlist(&mut self, effect: Effect) -> Result<String> {
        match effect {
            Effect::SeeSetlist(list) => {
                let workspace = self.device.phone.workspace()?;
                workspace.mark_read(Kind::Setlist, list).await?;
                Ok(String::new())
            }
            Effect::ShowSetlist(list) => {
                self.device.look(|view| view.list = Some(list));
                if let Some(phone) = self.model.focused() {
                    phone.pane = Pane::Setlist;
                }
                let workspace = self.device.phone.workspace()?;
                workspace.mark_read(Kind::Setlist, list).await?;
                Ok(String::new())
            }
            Effect::DeleteItem { list, item } => self.delete_item(list, item).await,
            Effect::MoveItem { list, item, down } => self.move_item(list, item, down).await,
            Effect::AddToSetlist { list, song } => self.add_to_setlist(list, song).await,
            _ => Ok(String::new()),
        }
    }

    pub(super) async fn new_setlist(&mut self, place: ScopeId, name: &str) -> Result<String> {
        let workspace = self.device.phone.workspace()?;
        let mut set = one("name", json!(name));
        set.insert("items".to_owned(), json!([]));
        let list = workspace.add(place, Kind::Setlist, set).await?;
        self.device.look(|view| view.list = Some(list));
        Ok(format!(
            "Made \"{}\" (+ on a song adds it)",
            printable(name)
        ))
    }

    pub(super) async fn rename_setlist(&mut self, list: RowId, name: &str) -> Result<String> {
        let workspace = self.device.phone.workspace()?;
        let set = one("name", json!(name));
        workspace.change(Kind::Setlist, list, set).await?;
        Ok(format!("It is called \"{}\" now", printable(name)))
    }

    async fn add_to_setlist(&mut self, list: RowId, song: RowId) -> Result<String> {
        let workspace = self.device.phone.workspace()?;
        let songs = vec![song];
        workspace
            .add_songs_to_setlist(list, songs, ItemPlace::Last)
            .await?;
        let shown = &self.device.shown;
        let title = |id| title_of(shown, id).unwrap_or_else(|| "it".to_owned());
        Ok(format!("Added {} to {}", title(song), title(list)))
    }

    async fn delete_item(&mut self, list: RowId, item: String) -> Result<String> {
        let workspace = self.device.phone.workspace()?;
        let taken = workspace.remove_item(list, item).await?;
        self.device.remember(Undo::Item { list, taken });
        Ok("Taken out (z puts it back)".to_owned())
    }

    /// By one line of the setlist as it is now.
    async fn move_item(&mut self, list: RowId, item: String, down: bool) -> Result<String> {
        let workspace = self.device.phone.workspace()?;
        let now = workspace.setlist(list).next().await.transpose()?.flatten();
        let now = now.ok_or(Error::NotFound { what: "setlist" })?;
        if let Some(place) = beside(&now.items, &item, down) {
            workspace.move_item(list, item, place).await?;
        }
        Ok(String::new())
    }
}

/// The place one line further; `None` where there is none.
fn beside(items: &[SetlistItem], item: &str, down: bool) -> Option<ItemPlace> {
    let at = items.iter().position(|one| one.id == item)?;
    if down {
        let item = items.get(at + 1)?.id.clone();
        Some(ItemPlace::After { item })
    } else {
        let item = items.get(at.checked_sub(1)?)?.id.clone();
        Some(ItemPlace::Before { item })
    }
}

#[cfg(test)]
mod tests {
    use rockon_core::store::ItemBody;

    use super::*;

    #[test]
    fn an_item_moves_by_one_line_and_not_beyond_the_ends() {
        let items = ["a", "b"].map(|id| SetlistItem {
            id: id.to_owned(),
            body: ItemBody::Other,
            raw: json!({}),
            number: None,
        });
        let [a, b] = ["a", "b"].map(str::to_owned);
        assert_eq!(
            beside(&items, "a", true),
            Some(ItemPlace::After { item: b })
        );
        assert_eq!(
            beside(&items, "b", false),
            Some(ItemPlace::Before { item: a })
        );
        assert_eq!(beside(&items, "a", false), None);
        assert_eq!(beside(&items, "b", true), None);
        assert_eq!(beside(&items, "x", true), None);
    }
}
