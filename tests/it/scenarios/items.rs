//! What a member does to the items of a setlist.

use rockon_core::client::Client;
use rockon_core::model::{Kind, RowId};
use rockon_core::store::{ItemBody, ItemPlace, SetlistItem};

use super::play::{Fault, ScenarioRun};
use super::step::{Act, ItemAct};
use super::wait::until;

impl ScenarioRun {
    pub(super) async fn items_of(&mut self, client: &Client, act: Act) -> Result<(), Fault> {
        let workspace = client.workspace()?;
        match act {
            Act::AddToSetlist(step) => {
                let (list, place) = self.placed(client, &step).await?;
                let mut songs = Vec::new();
                for title in &step.songs {
                    songs.push(self.row(client, Kind::Song, title).await?);
                }
                workspace.add_songs_to_setlist(list, songs, place).await?;
            }
            Act::AddBreak(step) => {
                let (list, place) = self.placed(client, &step).await?;
                workspace
                    .add_break(list, step.minutes, step.notes, place)
                    .await?;
            }
            Act::AddSection(step) => {
                let (list, place) = self.placed(client, &step).await?;
                workspace.add_section(list, step.title, place).await?;
            }
            Act::PutItemBack(step) => {
                let list = self.row(client, Kind::Setlist, &step.row).await?;
                let taken = self
                    .taken
                    .remove(&list)
                    .ok_or("nothing was taken out".to_owned())?;
                workspace.put_item_back(list, taken).await?;
            }
            act => return self.item_changes(client, act).await,
        }
        Ok(())
    }

    async fn item_changes(&mut self, client: &Client, act: Act) -> Result<(), Fault> {
        let workspace = client.workspace()?;
        match act {
            Act::MoveItem(step) => {
                let (list, place) = self.placed(client, &step).await?;
                let item = self.item(client, list, &step.item).await?;
                workspace.move_item(list, item, place).await?;
            }
            Act::RemoveItem(step) => {
                let (list, item) = self.named(client, &step).await?;
                let taken = workspace.remove_item(list, item).await?;
                self.taken.insert(list, taken);
            }
            Act::SetBreak(step) => {
                let (list, item) = self.named(client, &step).await?;
                workspace
                    .set_break(list, item, step.minutes, step.notes)
                    .await?;
            }
            Act::SetSection(step) => {
                let (list, item) = self.named(client, &step).await?;
                workspace.set_section(list, item, step.title).await?;
            }
            Act::SetItemNotes(step) => {
                let (list, item) = self.named(client, &step).await?;
                workspace.set_item_notes(list, item, step.notes).await?;
            }
            act => return self.reading(client, act).await,
        }
        Ok(())
    }

    async fn named(&mut self, client: &Client, step: &ItemAct) -> Result<(RowId, String), String> {
        let list = self.row(client, Kind::Setlist, &step.row).await?;
        Ok((list, self.item(client, list, &step.item).await?))
    }

    async fn placed(
        &mut self,
        client: &Client,
        step: &ItemAct,
    ) -> Result<(RowId, ItemPlace), String> {
        let list = self.row(client, Kind::Setlist, &step.row).await?;
        let place = match (&step.before, &step.after) {
            (Some(name), _) => ItemPlace::Before {
                item: self.item(client, list, name).await?,
            },
            (_, Some(name)) => ItemPlace::After {
                item: self.item(client, list, name).await?,
            },
            _ if step.first => ItemPlace::First,
            _ => ItemPlace::Last,
        };
        Ok((list, place))
    }

    /// The id of the item that is shown so.
    async fn item(&self, client: &Client, list: RowId, name: &str) -> Result<String, String> {
        let open = || Ok(client.workspace()?.setlist(list));
        until(self.patience, open, async |setlist| {
            let items = setlist.map(|setlist| setlist.items).unwrap_or_default();
            let item = items.iter().find(|item| called(item) == name);
            item.map(|item| item.id.clone())
                .ok_or_else(|| format!("no {name} in {items:?}"))
        })
        .await
    }
}

/// What a step calls an item.
pub(super) fn called(item: &SetlistItem) -> String {
    match &item.body {
        ItemBody::Song { title, .. } => title.clone().unwrap_or_default(),
        ItemBody::Break { minutes, notes } => {
            let notes = notes.as_ref().map(|notes| format!(": {notes}"));
            format!("Break {minutes}{}", notes.unwrap_or_default())
        }
        ItemBody::Section { title } => title.clone(),
        ItemBody::Other => String::new(),
    }
}
