//! Carrying out what a key means, on the focused phone.

use rockon_core::client::Choice;
use rockon_core::model::{Kind, RowId, Values};
use rockon_core::notices::{NoticeBody, text};
use rockon_core::store::{Asks, Entry, StoredNotice};
use rockon_core::{Error, Result};
use rockon_local_stack::{Outage, Project, Service};
use serde_json::{Value, json};

use super::device::Device;
use crate::out::printable;
use crate::screen::keys::Action;
use crate::screen::model::{Listing, Pane, Phone, Prompt, World};

/// What a prompt's answer is for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Asked {
    Title,
    Key(RowId),
    Notes(RowId),
    Conflict(i64, Asks),
    Restore,
}

/// Said after a restore: a web app answers the event of a delete with a delete of its own, about a second later.
const HELD: &str = ". For 3 seconds it is held against an app that still deletes it";

/// A key for a song, where none is.
const NOTHING: &str = "No song selected";

/// Everything that a key can act on.
pub(super) struct Hands<'a> {
    pub(super) world: &'a mut World,
    pub(super) device: &'a mut Device,
    pub(super) asked: &'a mut Option<Asked>,
    pub(super) project: Option<&'a Project>,
}

impl Hands<'_> {
    /// Carries out an action; the outcome is the message at the bottom.
    pub(super) async fn act(&mut self, action: Action) {
        let done = match action {
            Action::KillOrReopen => self.kill_or_reopen().await,
            Action::ToggleRealtime => Ok(self.toggle_realtime()),
            Action::Answered => self.answered().await,
            _ => self.on_running(action).await,
        };
        self.world.message = match done {
            Ok(message) => message,
            Err(Error::Closed) => "the program is not running; x opens it".to_owned(),
            Err(error) => format!("{error}. {}", error.advice()),
        };
    }

    fn screen(&mut self) -> Result<&mut Phone> {
        self.world
            .focused()
            .ok_or(Error::NotFound { what: "phone" })
    }

    async fn on_running(&mut self, action: Action) -> Result<String> {
        // A program that does not run can do none of these.
        self.device.phone.client()?;
        match action {
            Action::Open => self.open().await,
            Action::MarkAllRead => self.mark_all_read().await,
            Action::AddSong => Ok(self.ask(Asked::Title, "Title of the new song:", "")),
            Action::EditKey | Action::EditNotes => self.ask_about_song(action),
            Action::Choose => Ok(self.ask_about_conflict()),
            Action::Delete => self.delete().await,
            Action::Restore => self.ask_what_to_restore(),
            Action::MoveItem { down } => self.move_item(down).await,
            Action::NextSetlist => {
                self.device.next_setlist();
                Ok(String::new())
            }
            Action::ToggleNetwork => self.toggle_network(),
            Action::ToggleGigMode => self.toggle_gig_mode().await,
            Action::RetryParked | Action::DiscardParked => self.parked(action).await,
            Action::Doctor => {
                let report = self.device.phone.client()?.diagnose().await;
                self.world.report = Some(report.to_string());
                Ok(String::new())
            }
            _ => Ok(String::new()),
        }
    }

    async fn mark_all_read(&mut self) -> Result<String> {
        let space = self.device.phone.space()?;
        space.mark_all_read().await?;
        space.see_all_notices().await?;
        Ok("all read".to_owned())
    }

    fn toggle_network(&mut self) -> Result<String> {
        let on = !self.device.network();
        self.device.phone.client()?.set_network(on);
        Ok(if on { "signal" } else { "no signal" }.to_owned())
    }

    async fn toggle_gig_mode(&mut self) -> Result<String> {
        let on = !self.device.gig_mode();
        self.device.set_gig_mode(on).await?;
        let said = if on {
            "gig mode: notices wait"
        } else {
            "gig mode is over"
        };
        Ok(said.to_owned())
    }

    async fn kill_or_reopen(&mut self) -> Result<String> {
        let owner = self.device.phone.owner.clone();
        let runs = self.device.kill_or_reopen().await?;
        Ok(if runs {
            format!("{owner}'s program runs again")
        } else {
            format!("{owner}'s program was killed; x opens it again")
        })
    }

    fn toggle_realtime(&mut self) -> String {
        let Some(project) = self.project else {
            return "only the demo can stop services".to_owned();
        };
        let faults = project.faults();
        if faults.state().outage(Service::Realtime).is_some() {
            faults.start(Service::Realtime);
            self.world.stopped.clear();
            "realtime runs again".to_owned()
        } else {
            faults.stop(Service::Realtime, Outage::Removed);
            self.world.stopped = vec!["realtime"];
            "realtime is stopped; ? asks the doctor".to_owned()
        }
    }

    /// What is opened is read.
    async fn open(&mut self) -> Result<String> {
        let space = self.device.phone.space()?;
        let (pane, at) = self.screen().map(|screen| (screen.pane, screen.cursor))?;
        match pane {
            Pane::Songs => {
                let Some(song) = self.device.song(at).cloned() else {
                    return Ok(NOTHING.to_owned());
                };
                space.mark_read(Kind::Song, song.id).await?;
                let cut = song.shortened.iter().any(|column| column == "notes");
                let notes = song.notes.unwrap_or_else(|| "no notes".to_owned());
                let rest = if cut { "… too large for a phone" } else { "" };
                Ok(format!(
                    "{}: {}{rest}",
                    song.title,
                    notes.replace('\n', " / ")
                ))
            }
            Pane::Setlist => {
                if let Some(list) = self.device.setlist() {
                    space.mark_read(Kind::Setlist, list.id).await?;
                }
                Ok(String::new())
            }
            Pane::Notices => {
                if let Some(notice) = self.device.shown.notices.get(at) {
                    space.see_notice(notice.id).await?;
                    if tells_of_several(notice) {
                        self.world.listing = Some(refused(&self.device.shown.parked));
                        return Ok(String::new());
                    }
                }
                let lines = &self.screen()?.notices;
                Ok(lines
                    .get(at)
                    .map(|line| line.text.clone())
                    .unwrap_or_default())
            }
        }
    }

    fn ask(&mut self, asked: Asked, question: &str, answer: &str) -> String {
        *self.asked = Some(asked);
        self.world.prompt = Some(Prompt {
            question: question.to_owned(),
            answer: answer.to_owned(),
        });
        String::new()
    }

    fn ask_about_song(&mut self, action: Action) -> Result<String> {
        let screen = self.screen()?.clone();
        let id = self.device.song_at(&screen);
        let song = self
            .device
            .shown
            .songs
            .iter()
            .find(|song| Some(song.id) == id);
        let Some(song) = song.cloned() else {
            return Ok(NOTHING.to_owned());
        };
        Ok(if action == Action::EditKey {
            let question = format!("Key of {}:", song.title);
            self.ask(
                Asked::Key(song.id),
                &question,
                &song.key.unwrap_or_default(),
            )
        } else {
            let question = format!("Notes of {}:", song.title);
            self.ask(
                Asked::Notes(song.id),
                &question,
                &song.notes.unwrap_or_default(),
            )
        })
    }

    fn ask_about_conflict(&mut self) -> String {
        let Some(conflict) = self.device.shown.conflicts.first().cloned() else {
            return "No conflicts".to_owned();
        };
        let what = conflict.what;
        let asks = what.asks;
        let name = what.by_name.unwrap_or_else(|| "the other".to_owned());
        let title = self.device.title_of(what.row);
        let question = match asks {
            Asks::Value => format!(
                "{}: m mine {} · t {name}'s {} · or another:",
                what.field, what.mine, what.theirs
            ),
            Asks::Delete => format!("{name} had changed {title}: d delete anyway · k keep:"),
            Asks::Move => format!("{name} had changed {title}: m move anyway · k keep here:"),
        };
        self.ask(Asked::Conflict(conflict.id, asks), &question, "")
    }

    async fn answered(&mut self) -> Result<String> {
        let (Some(prompt), Some(asked)) = (self.world.prompt.take(), self.asked.take()) else {
            return Ok(String::new());
        };
        let space = self.device.phone.space()?;
        let text = prompt.answer.trim();
        let or_none = if text.is_empty() {
            Value::Null
        } else {
            json!(text)
        };
        match asked.clone() {
            Asked::Title => {
                let scope = self.device.scope()?;
                space
                    .add(scope, Kind::Song, one("title", json!(text)))
                    .await?;
                Ok(format!("added {text}"))
            }
            Asked::Key(id) => {
                let set = one("key", or_none);
                self.save(asked, prompt, id, set).await
            }
            Asked::Notes(id) => {
                let set = one("notes", or_none);
                self.save(asked, prompt, id, set).await
            }
            Asked::Restore => self.restore(text).await,
            Asked::Conflict(id, asks) => {
                let Some(choice) = choice(asks, text) else {
                    return Ok("Conflict not resolved yet (c)".to_owned());
                };
                space.resolve(id, choice).await?;
                Ok("Conflict resolved".to_owned())
            }
        }
    }

    /// What was deleted lately, by number, live.
    fn ask_what_to_restore(&mut self) -> Result<String> {
        self.device.show_deleted()?;
        Ok(self.ask(Asked::Restore, "Restore which number:", ""))
    }

    async fn restore(&mut self, text: &str) -> Result<String> {
        self.world.listing = None;
        let list = self.device.deleted.take();
        let number = text.parse().ok();
        let found = list.zip(number).and_then(|(list, number)| list.row(number));
        let Some(one) = found else {
            return Ok("Nothing restored".to_owned());
        };
        let scope = self.device.scope()?;
        let space = self.device.phone.space()?;
        space.restore(scope, one.kind, one.id).await?;
        Ok(format!("Restored \"{}\"{HELD}", printable(&one.title)))
    }

    /// Saves; what cannot be saved because its song is gone stays in the prompt.
    async fn save(
        &mut self,
        asked: Asked,
        prompt: Prompt,
        id: RowId,
        set: Values,
    ) -> Result<String> {
        let space = self.device.phone.space()?;
        match space.change(Kind::Song, id, set).await {
            Ok(_) => Ok("saved".to_owned()),
            Err(error @ Error::Gone { .. }) => {
                *self.asked = Some(asked);
                self.world.prompt = Some(prompt);
                Err(error)
            }
            Err(error) => Err(error),
        }
    }

    async fn delete(&mut self) -> Result<String> {
        let space = self.device.phone.space()?;
        let (pane, at) = self.screen().map(|screen| (screen.pane, screen.cursor))?;
        match (pane, self.device.song(at).cloned()) {
            (Pane::Songs, Some(song)) => {
                space.delete(Kind::Song, song.id).await?;
                Ok(format!("Deleted \"{}\" (z restores it)", song.title))
            }
            (Pane::Setlist, _) => {
                self.edit_items(|items| (at < items.len()).then(|| drop(items.remove(at))))
                    .await
            }
            _ => Ok(NOTHING.to_owned()),
        }
    }

    async fn move_item(&mut self, down: bool) -> Result<String> {
        let (pane, at) = self.screen().map(|screen| (screen.pane, screen.cursor))?;
        if pane != Pane::Setlist {
            return Ok("go to the setlist first (left, right)".to_owned());
        }
        self.edit_items(|items| {
            let to = if down { at + 1 } else { at.checked_sub(1)? };
            (to < items.len()).then(|| items.swap(at, to))
        })
        .await
    }

    /// Changes the order of the shown setlist.
    async fn edit_items(
        &mut self,
        edit: impl FnOnce(&mut Vec<Value>) -> Option<()>,
    ) -> Result<String> {
        let Some(list) = self.device.setlist() else {
            return Ok(NOTHING.to_owned());
        };
        let mut items: Vec<Value> = list.items.iter().map(|item| item.raw.clone()).collect();
        if edit(&mut items).is_none() {
            return Ok(NOTHING.to_owned());
        }
        crate::phone::number(&mut items);
        let space = self.device.phone.space()?;
        space
            .change(Kind::Setlist, list.id, one("items", json!(items)))
            .await?;
        Ok(String::new())
    }

    async fn parked(&mut self, action: Action) -> Result<String> {
        let Some(entry) = self.device.shown.parked.first() else {
            return Ok("no refused edit waits".to_owned());
        };
        let space = self.device.phone.space()?;
        if action == Action::RetryParked {
            space.retry(entry.seq).await?;
            Ok("sent again".to_owned())
        } else {
            space.discard(entry.seq).await?;
            Ok("Change discarded".to_owned())
        }
    }
}

fn one(column: &str, value: Value) -> Values {
    Values::from_iter([(column.to_owned(), value)])
}

/// One notice of several refused edits: reading it opens their list.
fn tells_of_several(notice: &StoredNotice) -> bool {
    matches!(NoticeBody::of(notice), Some(NoticeBody::Refused { count, .. }) if count > 1)
}

/// All refused edits, the newest first.
fn refused(parked: &[Entry]) -> Listing {
    Listing {
        title: "Refused · r sends the first one again, u gives it up".to_owned(),
        lines: parked
            .iter()
            .map(|entry| printable(&text::refused(entry)))
            .collect(),
    }
}

/// What an answer chooses; `None` = nothing yet.
fn choice(asks: Asks, answer: &str) -> Option<Choice> {
    match (asks, answer) {
        (Asks::Value | Asks::Move, "m") | (Asks::Delete, "d") => Some(Choice::Mine),
        (Asks::Value, "t") | (Asks::Delete | Asks::Move, "k") => Some(Choice::Theirs),
        (Asks::Delete | Asks::Move, _) | (_, "") => None,
        (Asks::Value, other) => Some(Choice::Other(json!(other))),
    }
}
