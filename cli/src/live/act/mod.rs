//! Carrying out what keys ask for, on the focused phone.
//!
//! Owns: which call of the core each [`Effect`] is, and the message that says what came of it. Every edit is made on the
//! row as it is in the store, not as the screen has it: keys may come faster than the screen.
//! Never: waits for the server. What does that runs beside, one thing a phone, and its outcome arrives ([`Arrived`]).

mod bands;
mod lists;
mod remote;
mod songs;

use rockon_core::client::Choice;
use rockon_core::model::{ConflictId, EditId, FieldType, Kind, NoticeId, Values, field};
use rockon_core::store::Conflict;
use rockon_core::{Error, Result};
use rockon_local_stack::{Outage, Project, Service};
use serde_json::{Value, json};

pub(super) use remote::{Arrived, Outcomes};

use super::device::{Device, Undo};
use crate::failure::words;
use crate::screen::dialog::{About, Dialog, Prompt};
use crate::screen::effect::{Effect, Side};
use crate::screen::form::Form;
use crate::screen::model::{Model, Pane};
use crate::screen::sheet::{Piece, Sheet};

/// Everything that a key can act on.
pub(super) struct EffectRunner<'a> {
    pub(super) model: &'a mut Model,
    pub(super) device: &'a mut Device,
    pub(super) project: Option<&'a Project>,
    /// Where outcomes go of what waits for the server.
    pub(super) outcomes: &'a Outcomes,
}

impl EffectRunner<'_> {
    /// Carries out an effect; the outcome is the message at the bottom.
    pub(super) async fn carry_out(&mut self, effect: Effect) {
        let done = match effect {
            Effect::KillOrReopen => self.kill_or_reopen().await,
            Effect::ToggleRealtime => Ok(self.toggle_realtime()),
            effect => self.on_running(effect).await,
        };
        self.model.message = match done {
            Ok(message) => message,
            Err(Error::Closed) => "The program is not running (x opens it)".to_owned(),
            Err(error) => words(&error),
        };
    }

    async fn on_running(&mut self, effect: Effect) -> Result<String> {
        // A program that does not run can do none of these.
        self.device.phone.client()?;
        match effect {
            Effect::ShowSong(id) => self.show_song(id).await,
            Effect::Edit(id, part) => self.edit(id, part).await,
            Effect::DeleteSong(id) => self.delete_row(Kind::Song, id).await,
            Effect::DeleteSetlist(id) => self.delete_row(Kind::Setlist, id).await,
            Effect::Undo => self.undo().await,
            Effect::Restore(kind, id) => self.restore(kind, id).await,
            Effect::Answer(prompt) => self.answer(prompt).await,
            Effect::Save(form) => self.save(form).await,
            Effect::SeeSetlist(_)
            | Effect::ShowSetlist(_)
            | Effect::DeleteItem { .. }
            | Effect::MoveItem { .. }
            | Effect::AddToSetlist { .. } => self.on_setlist(effect).await,
            Effect::SeeNotice(id) => self.see_notice(id).await,
            Effect::MarkAllRead => self.mark_all_read().await,
            Effect::Search(text) => self.device.search(&text).map(|()| String::new()),
            Effect::ShowPlace(place) => self.show_place(place),
            Effect::Invite(place) => self.invite(place),
            Effect::Resolve(id, side) => self.resolve(id, side).await,
            Effect::Retry(id) => self.retry(id).await,
            Effect::Discard(id) => self.discard(id).await,
            Effect::TryNow => self.try_now(),
            Effect::Doctor => self.ask_doctor(),
            Effect::ToggleNetwork => self.toggle_network(),
            Effect::ToggleGigMode => self.toggle_gig_mode().await,
            Effect::Quit | Effect::KillOrReopen | Effect::ToggleRealtime => Ok(String::new()),
        }
    }

    async fn mark_all_read(&mut self) -> Result<String> {
        let workspace = self.device.phone.workspace()?;
        workspace.mark_all_read().await?;
        workspace.see_all_notices(None).await?;
        Ok("Everything is marked as read".to_owned())
    }

    async fn see_notice(&mut self, id: NoticeId) -> Result<String> {
        self.device.phone.workspace()?.see_notice(id).await?;
        if let Some(asks) = self.asks(id) {
            self.model.dialog = Some(asks);
            return Ok(String::new());
        }
        let lines = self.model.shown().map(|phone| phone.notices.lines());
        let line = lines.and_then(|lines| lines.iter().find(|line| line.id == id));
        if let Some(line) = line {
            let sheet = Sheet::new("Notice", vec![Piece::Body(line.text.clone())]);
            self.model.dialog = Some(Dialog::Sheet(sheet, None));
        }
        Ok(String::new())
    }

    /// What a notice asks for, if that still waits: a conflict, or refused edits.
    fn asks(&mut self, notice: NoticeId) -> Option<Dialog> {
        let shown = &self.device.shown;
        let conflict = shown
            .conflicts
            .iter()
            .find(|one| one.notice == Some(notice));
        let conflict = conflict.map(|one| one.id);
        let refused = shown.rejected.iter().find(|one| one.notice == Some(notice));
        let refused = refused.map(|one| one.id);
        let phone = self.model.focused()?;
        if let Some(id) = conflict {
            return phone.conflicts.select(&id).then_some(Dialog::Conflicts(0));
        }
        (phone.refused.select(&refused?)).then_some(Dialog::Refused(0))
    }

    fn toggle_network(&mut self) -> Result<String> {
        let on = !self.device.network();
        self.device.phone.client()?.set_network(on);
        let said = if on {
            "Online again"
        } else {
            "Offline: edits wait on this phone (o goes online)"
        };
        Ok(said.to_owned())
    }

    async fn toggle_gig_mode(&mut self) -> Result<String> {
        let on = !self.device.gig_mode();
        self.device.set_gig_mode(on).await?;
        let said = if on {
            "Gig mode: notices wait until it is over (g)"
        } else {
            "Gig mode is over"
        };
        Ok(said.to_owned())
    }

    async fn kill_or_reopen(&mut self) -> Result<String> {
        let owner = self.device.phone.owner.clone();
        let runs = self.device.kill_or_reopen().await?;
        Ok(if runs {
            format!("{owner}'s program runs again")
        } else {
            format!("{owner}'s program was killed (x opens it again)")
        })
    }

    fn toggle_realtime(&mut self) -> String {
        let Some(project) = self.project else {
            return String::new();
        };
        let faults = project.faults();
        if faults.state().outage(Service::Realtime).is_some() {
            faults.start(Service::Realtime);
            self.model.stopped.clear();
            "Realtime runs again".to_owned()
        } else {
            faults.stop(Service::Realtime, Outage::Removed);
            self.model.stopped = vec!["realtime"];
            "Edits still arrive, later (? asks the doctor)".to_owned()
        }
    }

    async fn resolve(&mut self, id: ConflictId, side: Side) -> Result<String> {
        let choice = match side {
            Side::Mine => Choice::Mine,
            Side::Theirs => Choice::Theirs,
        };
        self.device.phone.workspace()?.resolve(id, choice).await?;
        Ok(self.resolved(id))
    }

    fn resolved(&self, id: ConflictId) -> String {
        let left = self.device.shown.conflicts.iter();
        match left.filter(|one| one.id != id).count() {
            0 => "Conflict resolved".to_owned(),
            n => format!("Conflict resolved, {n} left (c)"),
        }
    }

    async fn retry(&mut self, id: EditId) -> Result<String> {
        self.device.phone.workspace()?.retry(id).await?;
        Ok("Sent again".to_owned())
    }

    async fn discard(&mut self, id: EditId) -> Result<String> {
        self.device.phone.workspace()?.discard(id).await?;
        Ok("Change discarded".to_owned())
    }

    /// A value made of both of a conflict, in the type of its column.
    fn both(&self, id: ConflictId, text: &str) -> Result<Value> {
        let conflicts = self.device.shown.conflicts.iter();
        let one: Option<&Conflict> = conflicts.into_iter().find(|one| one.id == id);
        let what = &one.ok_or(Error::NotFound { what: "conflict" })?.what;
        let known = field(what.kind, &what.field);
        let text = text.trim();
        Ok(match known.map(|known| known.kind) {
            _ if text.is_empty() => Value::Null,
            Some(FieldType::Int) => text
                .parse::<i64>()
                .map_or_else(|_| json!(text), Value::from),
            _ => json!(text),
        })
    }

    /// A question was answered. It stays open, with what was typed, when the answer cannot be used.
    async fn answer(&mut self, prompt: Prompt) -> Result<String> {
        let text = prompt.input.text().to_owned();
        let text = text.trim();
        let done = match prompt.about {
            About::NewSong(place) => self.new_song(place, text).await,
            About::Key(id) => self.save_key(id, text).await,
            About::NewSetlist(place) => self.new_setlist(place, text).await,
            About::RenameSetlist(id) => self.rename_setlist(id, text).await,
            About::NewBand => return self.new_band(prompt),
            About::Join => return self.join(prompt),
            About::SignIn => return self.sign_in(prompt),
            About::Name => return self.set_name(prompt),
            About::Song(_) | About::Both(_) => Ok(String::new()),
        };
        if done.is_err() {
            self.model.dialog = Some(Dialog::Prompt(prompt));
        }
        done
    }

    /// A form was filled in. It stays open, with what was typed, when something in it cannot be used.
    async fn save(&mut self, mut form: Form) -> Result<String> {
        let done = match form.about {
            About::Both(id) => self.save_both(id, form.text()).await,
            About::Song(id) => match form.changed() {
                Ok(set) if set.is_empty() => Ok("Nothing was changed".to_owned()),
                Ok(set) => self.save_song(id, set).await,
                Err(problem) => {
                    form.problem = problem;
                    self.model.dialog = Some(Dialog::Form(form));
                    return Ok(String::new());
                }
            },
            _ => Ok(String::new()),
        };
        if let Err(error) = &done {
            form.problem = words(error);
            if let Error::Invalid { field, .. } = error {
                form.turn_to(field);
            }
            self.model.dialog = Some(Dialog::Form(form));
        }
        done
    }

    async fn save_both(&mut self, id: ConflictId, text: &str) -> Result<String> {
        let choice = Choice::Other(self.both(id, text)?);
        self.device.phone.workspace()?.resolve(id, choice).await?;
        Ok(self.resolved(id))
    }
}

/// One column and its value.
fn one(column: &str, value: Value) -> Values {
    Values::from_iter([(column.to_owned(), value)])
}
