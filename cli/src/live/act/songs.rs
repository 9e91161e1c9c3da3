//! Songs: show, add, edit, delete, bring back.

use rockon_core::client::{Deleted, Workspace};
use rockon_core::model::{Kind, RowId, ScopeId, Values};
use rockon_core::{Error, Result};
use serde_json::{Value, json};

use super::super::fill::{field_name, title_of, value_text};
use super::{Dialog, EffectRunner, Form, Piece, Sheet, Undo, one};
use crate::out::{capital, printable};
use crate::screen::dialog::About;
use crate::screen::effect::Part;
use crate::screen::form::columns;
use crate::screen::model::DeletedRows;

/// What is not shown among the values of a song: its title is the title, and its notes have room of their own.
const APART: [&str; 3] = ["title", "notes", "last_practiced"];

impl EffectRunner<'_> {
    /// What is opened is read.
    pub(super) async fn show_song(&mut self, id: RowId) -> Result<String> {
        let workspace = self.device.phone.workspace()?;
        let row = row(&workspace, id).await?;
        workspace.mark_read(Kind::Song, id).await?;
        let title = row.get("title").and_then(Value::as_str).unwrap_or_default();
        let mut pieces: Vec<Piece> = Vec::new();
        for column in columns().filter(|column| !APART.contains(column)) {
            let value = row.get(column).unwrap_or(&Value::Null);
            let text = value_text(column, value, &self.device.shown);
            if !text.is_empty() {
                let name = capital(&field_name(column));
                let text = printable(&text);
                pieces.push(Piece::Body(format!("{name:<16} {text}")));
            }
        }
        let notes = row.get("notes").and_then(Value::as_str).unwrap_or_default();
        if !notes.is_empty() {
            pieces.push(Piece::Body(String::new()));
            pieces.push(Piece::Head("Notes".to_owned()));
            let lines = notes.split('\n').map(|line| Piece::Body(printable(line)));
            pieces.extend(lines);
        }
        if cut(&row).iter().any(|column| column == "notes") {
            let said = "… the rest is too large for a phone: read it in the web app";
            pieces.push(Piece::Head(said.to_owned()));
        }
        let sheet = Sheet::new(&printable(title), pieces);
        self.model.dialog = Some(Dialog::Sheet(sheet, Some(id)));
        Ok(String::new())
    }

    pub(super) async fn edit(&mut self, id: RowId, part: Part) -> Result<String> {
        let workspace = self.device.phone.workspace()?;
        let row = row(&workspace, id).await?;
        let text = |column: &str| row.get(column).and_then(Value::as_str).unwrap_or_default();
        let dialog = if part == Part::Key {
            let question = format!("Key of \"{}\":", printable(text("title")));
            Dialog::ask_about(&question, text("key"), About::Key(id))
        } else {
            let notes_only = part == Part::Notes;
            Dialog::Form(Form::of_song(id, &row, &cut(&row), notes_only))
        };
        self.model.dialog = Some(dialog);
        Ok(String::new())
    }

    pub(super) async fn new_song(&mut self, place: ScopeId, title: &str) -> Result<String> {
        let workspace = self.device.phone.workspace()?;
        let set = one("title", json!(title));
        let id = workspace.add(place, Kind::Song, set).await?;
        if let Some(phone) = self.model.focused() {
            phone.pane = super::Pane::Songs;
        }
        self.device.look(|view| view.turn_to = Some(id));
        Ok(format!("Added \"{}\" (e edits it)", printable(title)))
    }

    pub(super) async fn save_key(&mut self, id: RowId, text: &str) -> Result<String> {
        let value = if text.is_empty() {
            Value::Null
        } else {
            json!(text)
        };
        self.save_song(id, one("key", value)).await
    }

    pub(super) async fn save_song(&mut self, id: RowId, set: Values) -> Result<String> {
        let workspace = self.device.phone.workspace()?;
        workspace.change(Kind::Song, id, set).await?;
        Ok("Saved".to_owned())
    }

    /// Deletes a song or a setlist of the place on the screen.
    pub(super) async fn delete_row(&mut self, kind: Kind, id: RowId) -> Result<String> {
        let scope = self.device.scope()?;
        let title = title_of(&self.device.shown, id).unwrap_or_else(|| kind.to_string());
        self.device.phone.workspace()?.delete(kind, id).await?;
        let said = format!("Deleted {title} (z brings it back)");
        self.device.remember(Undo::Row {
            scope,
            kind,
            id,
            title,
        });
        Ok(said)
    }

    /// Takes the last delete back; without one, shows what was deleted lately.
    pub(super) async fn undo(&mut self) -> Result<String> {
        let Some(undo) = self.device.last_delete() else {
            return self.show_deleted();
        };
        let done = match &undo {
            Undo::Row {
                scope,
                kind,
                id,
                title,
            } => {
                let workspace = self.device.phone.workspace()?;
                let restored = workspace.restore(*scope, *kind, *id).await;
                if *kind == Kind::Song {
                    self.device.look(|view| view.turn_to = Some(*id));
                }
                restored.map(|_| brought_back(title))
            }
            Undo::Item { list, taken } => {
                let workspace = self.device.phone.workspace()?;
                let put = workspace.put_item_back(*list, taken.clone()).await;
                put.map(|()| "Put back".to_owned())
            }
        };
        if done.is_err() {
            self.device.remember(undo);
        }
        done
    }

    /// Shows what was deleted lately, live.
    fn show_deleted(&mut self) -> Result<String> {
        self.device.follow_deleted()?;
        self.model.dialog = Some(Dialog::Deleted(DeletedRows::default()));
        Ok(String::new())
    }

    /// Brings back one of the rows that were deleted lately.
    pub(super) async fn restore(&mut self, kind: Kind, id: RowId) -> Result<String> {
        let list = self.device.deleted.take();
        let found = list.and_then(|list| Some((list.scope, list.row(kind, id)?.clone())));
        let Some((scope, one)) = found else {
            return Ok("Nothing brought back: it is not deleted any more".to_owned());
        };
        let workspace = self.device.phone.workspace()?;
        workspace.restore(scope, kind, id).await?;
        Ok(brought_back(&named(&one)))
    }
}

fn named(one: &Deleted) -> String {
    match one.title.as_str() {
        "" => format!("the {}", one.kind),
        title => format!("\"{}\"", printable(title)),
    }
}

/// A web app answers the event of a delete with a delete of its own, about a second later: the server does not let it count.
fn brought_back(title: &str) -> String {
    format!("Brought {title} back. For 3 seconds it is held against an app that still deletes it")
}

async fn row(workspace: &Workspace, id: RowId) -> Result<Values> {
    let row = workspace.row(Kind::Song, id).await?;
    row.ok_or(Error::NotFound { what: "song" })
}

/// Columns of which only the beginning, or nothing, is on this phone.
fn cut(row: &Values) -> Vec<String> {
    let names = row.get("sync_too_large").and_then(Value::as_array);
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}
