//! Setlists: choose, make, rename; what is in them and in which order.

use rockon_core::model::{Kind, RowId, ScopeId};
use rockon_core::{Error, Result};
use serde_json::{Value, json};
use uuid::Uuid;

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
            Effect::DeleteItem { list, item, at } => self.delete_item(list, &item, at).await,
            Effect::MoveItem {
                list,
                item,
                at,
                down,
            } => self.move_item(list, &item, at, down).await,
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
        let item = json!({ "id": Uuid::now_v7(), "type": "song", "songId": song });
        let put = |items: &mut Vec<Value>| {
            items.push(item);
            Some(())
        };
        self.change_items(list, put).await?;
        let shown = &self.device.shown;
        let title = |id| title_of(shown, id).unwrap_or_else(|| "it".to_owned());
        Ok(format!("Added {} to {}", title(song), title(list)))
    }

    async fn delete_item(&mut self, list: RowId, item: &str, at: usize) -> Result<String> {
        let mut taken = None;
        let take = |items: &mut Vec<Value>| {
            let at = place(items, item, at)?;
            taken = Some((at, items.remove(at)));
            Some(())
        };
        self.change_items(list, take).await?;
        if let Some((at, raw)) = taken {
            self.device.remember(Undo::Item { list, at, raw });
        }
        Ok("Taken out (z puts it back)".to_owned())
    }

    async fn move_item(
        &mut self,
        list: RowId,
        item: &str,
        at: usize,
        down: bool,
    ) -> Result<String> {
        let swap = |items: &mut Vec<Value>| {
            let at = place(items, item, at)?;
            let to = if down { at + 1 } else { at.checked_sub(1)? };
            (to < items.len()).then(|| items.swap(at, to))
        };
        self.change_items(list, swap).await?;
        Ok(String::new())
    }

    /// Changes the items of a setlist as they are now; true when something changed.
    pub(super) async fn change_items(
        &mut self,
        list: RowId,
        change: impl FnOnce(&mut Vec<Value>) -> Option<()>,
    ) -> Result<bool> {
        let workspace = self.device.phone.workspace()?;
        let now = workspace.setlist(list).next().await.transpose()?.flatten();
        let now = now.ok_or(Error::NotFound { what: "setlist" })?;
        let mut items: Vec<Value> = now.items.into_iter().map(|item| item.raw).collect();
        if change(&mut items).is_none() {
            return Ok(false);
        }
        crate::phone::number(&mut items);
        let set = one("items", json!(items));
        workspace.change(Kind::Setlist, list, set).await
    }
}

/// Where an item is now: by its id, the nearest to where it was; without an id, where it was.
fn place(items: &[Value], item: &str, was: usize) -> Option<usize> {
    if item.is_empty() {
        return (was < items.len()).then_some(was);
    }
    let same = |(_, one): &(usize, &Value)| one["id"].as_str() == Some(item);
    let found = items.iter().enumerate().filter(same).map(|(at, _)| at);
    found.min_by_key(|at| at.abs_diff(was))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_found_where_it_is_now() {
        let items = ["a", "b", "c", "a"].map(|id| json!({ "id": id }));
        assert_eq!(place(&items, "c", 0), Some(2));
        assert_eq!(place(&items, "a", 3), Some(3));
        assert_eq!(place(&items, "x", 1), None);
        assert_eq!(place(&items, "", 1), Some(1));
        assert_eq!(place(&items, "", 4), None);
    }
}
