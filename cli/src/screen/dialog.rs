//! What lies over the phones and takes the keys until it is closed. Pure.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use rockon_core::model::{ConflictId, RowId, ScopeId};
use rockon_core::store::Asks;

use super::effect::{Effect, Part, Side};
use super::form::{Form, Left};
use super::input::Input;
use super::list::Go;
use super::model::{ConflictLine, DeletedRows, Model};
use super::sheet::Sheet;

/// What an answer or a form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum About {
    NewSong(ScopeId),
    Key(RowId),
    Song(RowId),
    NewSetlist(ScopeId),
    RenameSetlist(RowId),
    NewBand,
    Join,
    SignIn,
    /// What the bands see of a member who has no name yet.
    Name,
    /// A value made of both of a conflict.
    Both(ConflictId),
}

/// A question with one line for the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Prompt {
    pub(crate) question: String,
    pub(crate) input: Input,
    pub(crate) about: About,
}

/// What takes the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Dialog {
    Prompt(Prompt),
    /// The text that is searched for.
    Search(Input),
    Form(Form),
    /// Something to read; `e` edits the song that it is about.
    Sheet(Sheet, Option<RowId>),
    Setlists,
    Places,
    /// The conflict at the cursor, from this line on.
    Conflicts(usize),
    /// The refused edit at the cursor, from this line on.
    Refused(usize),
    Deleted(DeletedRows),
}

impl Dialog {
    /// A question with an empty answer.
    pub(crate) fn ask(question: &str, about: About) -> Self {
        Self::ask_about(question, "", about)
    }

    /// A question whose answer so far is `text`.
    pub(crate) fn ask_about(question: &str, text: &str, about: About) -> Self {
        Self::Prompt(Prompt {
            question: question.to_owned(),
            input: Input::line(text),
            about,
        })
    }

    /// The password, after the server has ended the session.
    pub(crate) fn sign_in() -> Self {
        Self::Prompt(Prompt {
            question: "Password:".to_owned(),
            input: Input::secret(),
            about: About::SignIn,
        })
    }

    /// Pasted text goes where text is typed, and nowhere else.
    pub(crate) fn paste(&mut self, text: &str) -> Option<Effect> {
        match self {
            Self::Prompt(prompt) => prompt.input.insert(text),
            Self::Form(form) => form.paste(text),
            Self::Search(input) => {
                input.insert(text);
                return Some(Effect::Search(input.text().to_owned()));
            }
            _ => {}
        }
        None
    }
}

/// Where a key takes a cursor, if it is such a key.
pub(super) fn moves(code: KeyCode) -> Option<Go> {
    Some(match code {
        KeyCode::Up => Go::Up,
        KeyCode::Down => Go::Down,
        KeyCode::PageUp => Go::PageUp,
        KeyCode::PageDown => Go::PageDown,
        KeyCode::Home => Go::Home,
        KeyCode::End => Go::End,
        _ => return None,
    })
}

/// Takes a key while a dialog is open.
pub(super) fn key(model: &mut Model, key: KeyEvent) -> Option<Effect> {
    let dialog = model.dialog.take()?;
    let typing = matches!(
        dialog,
        Dialog::Prompt(_) | Dialog::Search(_) | Dialog::Form(_)
    );
    let plain = key.modifiers.difference(KeyModifiers::SHIFT).is_empty();
    if !typing && !plain {
        model.dialog = Some(dialog);
        return None;
    }
    let (dialog, effect) = match dialog {
        Dialog::Prompt(prompt) => in_prompt(prompt, key),
        Dialog::Search(input) => in_search(model, input, key),
        Dialog::Form(form) => in_form(form, key),
        Dialog::Sheet(sheet, song) => in_sheet(sheet, song, key.code),
        Dialog::Setlists => in_setlists(model, key.code),
        Dialog::Places => in_places(model, key.code),
        Dialog::Conflicts(from) => in_conflicts(model, from, key.code),
        Dialog::Refused(from) => in_rejected(model, from, key.code),
        Dialog::Deleted(rows) => in_deleted(rows, key.code),
    };
    model.dialog = dialog;
    effect
}

type After = (Option<Dialog>, Option<Effect>);

fn in_prompt(mut prompt: Prompt, key: KeyEvent) -> After {
    match key.code {
        KeyCode::Enter => (None, Some(Effect::Answer(prompt))),
        KeyCode::Esc => (None, None),
        _ => {
            prompt.input.key(key);
            (Some(Dialog::Prompt(prompt)), None)
        }
    }
}

/// The list follows what is typed; its cursor can be moved meanwhile.
fn in_search(model: &mut Model, mut input: Input, key: KeyEvent) -> After {
    match key.code {
        KeyCode::Enter => return (None, None),
        KeyCode::Esc => return (None, Some(Effect::Search(String::new()))),
        KeyCode::Up | KeyCode::Down | KeyCode::PageUp | KeyCode::PageDown => {
            if let (Some(phone), Some(to)) = (model.focused(), moves(key.code)) {
                phone.songs.go(to);
            }
            return (Some(Dialog::Search(input)), None);
        }
        _ => {}
    }
    let before = input.text().to_owned();
    input.key(key);
    let changed = (input.text() != before).then(|| Effect::Search(input.text().to_owned()));
    (Some(Dialog::Search(input)), changed)
}

fn in_form(mut form: Form, key: KeyEvent) -> After {
    match form.key(key) {
        Left::Open => (Some(Dialog::Form(form)), None),
        Left::Closed => (None, None),
        Left::Saved => (None, Some(Effect::Save(form))),
    }
}

fn in_sheet(mut sheet: Sheet, song: Option<RowId>, code: KeyCode) -> After {
    match (code, song) {
        (KeyCode::Char('e'), Some(song)) => return (None, Some(Effect::Edit(song, Part::All))),
        (KeyCode::Esc | KeyCode::Enter | KeyCode::Char('q'), _) => return (None, None),
        _ => {}
    }
    if let Some(to) = moves(code) {
        sheet.go(to);
    }
    (Some(Dialog::Sheet(sheet, song)), None)
}

fn in_setlists(model: &mut Model, code: KeyCode) -> After {
    let open = Some(Dialog::Setlists);
    let Some(phone) = model.focused() else {
        return (None, None);
    };
    if let Some(to) = moves(code) {
        phone.setlists.go(to);
        return (open, None);
    }
    let on = phone.setlists.selected();
    match (code, on, phone.place) {
        (KeyCode::Enter, Some(list), _) => (None, Some(Effect::ShowSetlist(list.id))),
        (KeyCode::Char('a'), _, Some(place)) => {
            let asked = Dialog::ask("Name of the new setlist:", About::NewSetlist(place));
            (Some(asked), None)
        }
        (KeyCode::Char('e'), Some(list), _) => {
            let about = About::RenameSetlist(list.id);
            (Some(Dialog::ask_about("Name:", &list.name, about)), None)
        }
        (KeyCode::Char('d') | KeyCode::Delete, Some(list), _) => {
            (open, Some(Effect::DeleteSetlist(list.id)))
        }
        (KeyCode::Char('z'), ..) => (open, Some(Effect::Undo)),
        (KeyCode::Esc | KeyCode::Char('q' | 'l'), ..) => (None, None),
        _ => (open, None),
    }
}

fn in_places(model: &mut Model, code: KeyCode) -> After {
    let open = Some(Dialog::Places);
    let Some(phone) = model.focused() else {
        return (None, None);
    };
    if let Some(to) = moves(code) {
        phone.places.go(to);
        return (open, None);
    }
    match (code, phone.places.selected()) {
        (KeyCode::Enter, Some(place)) => (None, Some(Effect::ShowPlace(place.id))),
        (KeyCode::Char('i'), Some(place)) if place.is_band => {
            (None, Some(Effect::Invite(place.id)))
        }
        (KeyCode::Char('j'), _) => (Some(Dialog::ask("Invite code:", About::Join)), None),
        (KeyCode::Char('n'), _) => {
            let asked = Dialog::ask("Name of the new band:", About::NewBand);
            (Some(asked), None)
        }
        (KeyCode::Esc | KeyCode::Char('q' | 'b'), _) => (None, None),
        _ => (open, None),
    }
}

fn in_conflicts(model: &mut Model, from: usize, code: KeyCode) -> After {
    let Some(phone) = model.focused() else {
        return (None, None);
    };
    let Some(conflict) = phone.conflicts.selected().cloned() else {
        return (None, None);
    };
    match code {
        KeyCode::Char('m') => (None, Some(Effect::Resolve(conflict.id, Side::Mine))),
        KeyCode::Char('t') => (None, Some(Effect::Resolve(conflict.id, Side::Theirs))),
        KeyCode::Char('e') if conflict.both.is_some() => {
            (Some(Dialog::Form(Form::of_both(&conflict))), None)
        }
        KeyCode::Left | KeyCode::Right => {
            let to = if code == KeyCode::Left {
                Go::Up
            } else {
                Go::Down
            };
            phone.conflicts.go(to);
            (Some(Dialog::Conflicts(0)), None)
        }
        KeyCode::Esc | KeyCode::Char('q' | 'c') => {
            "Conflict not resolved yet (c)".clone_into(&mut model.message);
            (None, None)
        }
        _ => (Some(Dialog::Conflicts(scrolled(from, code))), None),
    }
}

fn in_rejected(model: &mut Model, from: usize, code: KeyCode) -> After {
    let Some(phone) = model.focused() else {
        return (None, None);
    };
    let Some(edit) = phone.refused.selected() else {
        return (None, None);
    };
    match code {
        KeyCode::Char('s') => (None, Some(Effect::Retry(edit.id))),
        KeyCode::Char('d') => (None, Some(Effect::Discard(edit.id))),
        KeyCode::Left | KeyCode::Right => {
            let to = if code == KeyCode::Left {
                Go::Up
            } else {
                Go::Down
            };
            phone.refused.go(to);
            (Some(Dialog::Refused(0)), None)
        }
        KeyCode::Esc | KeyCode::Char('q' | 'r') => (None, None),
        _ => (Some(Dialog::Refused(scrolled(from, code))), None),
    }
}

fn in_deleted(mut rows: DeletedRows, code: KeyCode) -> After {
    if let Some(to) = moves(code) {
        rows.list.go(to);
        return (Some(Dialog::Deleted(rows)), None);
    }
    match (code, rows.list.selected()) {
        (KeyCode::Enter, Some(line)) => {
            let (kind, id) = line.id;
            (None, Some(Effect::Restore(kind, id)))
        }
        (KeyCode::Esc | KeyCode::Char('q' | 'z'), _) => (None, None),
        _ => (Some(Dialog::Deleted(rows)), None),
    }
}

/// From which line on a text is shown after this key; the end of the text is minded where it is drawn.
fn scrolled(from: usize, code: KeyCode) -> usize {
    let mut sheet = Sheet::at(from);
    if let Some(to) = moves(code) {
        sheet.go(to);
    }
    sheet.from()
}

/// What a person chooses between, as words of the keys.
pub(super) fn choices(conflict: &ConflictLine) -> Vec<(&'static str, String)> {
    let other = &conflict.other;
    let mut keys = match conflict.asks {
        Asks::Value => vec![
            ("m", "keep mine".to_owned()),
            ("t", format!("take {other}'s")),
        ],
        Asks::Delete => vec![
            ("m", "delete it anyway".to_owned()),
            ("t", "keep it".to_owned()),
        ],
        Asks::Move => vec![
            ("m", "move it anyway".to_owned()),
            ("t", "keep it here".to_owned()),
        ],
    };
    if conflict.both.is_some() {
        keys.push(("e", "edit both".to_owned()));
    }
    keys
}
