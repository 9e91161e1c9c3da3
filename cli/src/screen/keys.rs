//! What a key means while no dialog is open.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::dialog::{self, About, Dialog};
use super::effect::{Effect, Part};
use super::help;
use super::input::Input;
use super::list::Go;
use super::model::{Link, Model, Pane, PhoneView};

/// A key for a song, where none is.
const NO_SONG: &str = "No song selected";
/// A key for the program on a phone, where it does not run.
const NOT_RUNNING: &str = "The program is not running (x opens it)";

/// Takes a key. With a dialog open, keys go there; with Ctrl or Alt they are no plain keys.
pub(crate) fn key(model: &mut Model, key: KeyEvent) -> Option<Effect> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    if ctrl && key.code == KeyCode::Char('c') {
        return Some(Effect::Quit);
    }
    if model.dialog.is_some() {
        return dialog::key(model, key);
    }
    let shift = KeyModifiers::SHIFT;
    if !key.modifiers.difference(shift).is_empty() {
        return None;
    }
    let moving = matches!(key.code, KeyCode::Up | KeyCode::Down);
    if moving && key.modifiers.contains(shift) {
        return move_item(model, key.code == KeyCode::Down);
    }
    let effect = plain(model, key.code);
    if model.dialog.is_some() {
        model.message.clear();
    }
    effect
}

/// Takes pasted text: it is text, never keys.
pub(crate) fn paste(model: &mut Model, text: &str) -> Option<Effect> {
    model.dialog.as_mut()?.paste(text)
}

fn plain(model: &mut Model, code: KeyCode) -> Option<Effect> {
    match code {
        KeyCode::Char('q') => return Some(Effect::Quit),
        KeyCode::Char('h') | KeyCode::F(1) => {
            model.dialog = Some(Dialog::Sheet(help::sheet(model), None));
            return None;
        }
        KeyCode::Tab if model.phones.len() > 1 => {
            model.focus = (model.focus + 1) % model.phones.len();
            return None;
        }
        KeyCode::Char('x') if model.demo => return Some(Effect::KillOrReopen),
        KeyCode::Char('s') if model.demo => return Some(Effect::ToggleRealtime),
        _ => {}
    }
    if model.shown()?.link == Link::Killed {
        NOT_RUNNING.clone_into(&mut model.message);
        return None;
    }
    let on_setlist = model.shown()?.pane == Pane::Setlist;
    match code {
        KeyCode::PageUp | KeyCode::PageDown if on_setlist => {
            move_item(model, code == KeyCode::PageDown)
        }
        KeyCode::Left | KeyCode::Right | KeyCode::Tab | KeyCode::BackTab => {
            let back = matches!(code, KeyCode::Left | KeyCode::BackTab);
            let phone = model.focused()?;
            phone.pane = phone.pane.next(back);
            None
        }
        _ => match dialog::moves(code) {
            Some(to) => {
                model.focused()?.go(to);
                None
            }
            None => on_list(model, code).or_else(|| on_phone(model, code)),
        },
    }
}

/// Keys for the line at the cursor.
fn on_list(model: &mut Model, code: KeyCode) -> Option<Effect> {
    let song = match code {
        KeyCode::Enter => return open(model),
        KeyCode::Char('d') | KeyCode::Delete => return delete(model),
        KeyCode::Char('e' | 'k' | 'n' | '+') => model.shown()?.song(),
        _ => return None,
    };
    let Some(song) = song else {
        NO_SONG.clone_into(&mut model.message);
        return None;
    };
    match code {
        KeyCode::Char('e') => Some(Effect::Edit(song, Part::All)),
        KeyCode::Char('k') => Some(Effect::Edit(song, Part::Key)),
        KeyCode::Char('n') => Some(Effect::Edit(song, Part::Notes)),
        _ => {
            let Some(list) = model.shown()?.setlist else {
                "No setlist yet (l, then a, makes one)".clone_into(&mut model.message);
                return None;
            };
            Some(Effect::AddToSetlist { list, song })
        }
    }
}

fn open(model: &mut Model) -> Option<Effect> {
    let phone = model.shown()?;
    match (phone.pane, phone.song()) {
        (Pane::Notices, _) => {
            let id = phone.notices.selected()?.id;
            Some(Effect::SeeNotice(id))
        }
        (_, Some(song)) => Some(Effect::ShowSong(song)),
        (Pane::Setlist, None) => phone.setlist.map(Effect::SeeSetlist),
        (Pane::Songs, None) => {
            NO_SONG.clone_into(&mut model.message);
            None
        }
    }
}

fn delete(model: &mut Model) -> Option<Effect> {
    let phone = model.shown()?;
    let found = match phone.pane {
        Pane::Songs => phone.song().map(Effect::DeleteSong),
        Pane::Setlist => item(phone).map(|(list, item)| Effect::DeleteItem { list, item }),
        Pane::Notices => None,
    };
    if found.is_none() {
        NO_SONG.clone_into(&mut model.message);
    }
    found
}

fn item(phone: &PhoneView) -> Option<(rockon_core::model::RowId, String)> {
    let item = phone.items.selected()?;
    Some((phone.setlist?, item.id.clone()))
}

/// The item at the cursor takes the cursor with it: the next key moves the same item.
fn move_item(model: &mut Model, down: bool) -> Option<Effect> {
    let phone = model.focused()?;
    if phone.pane != Pane::Setlist {
        phone.go(if down { Go::Down } else { Go::Up });
        return None;
    }
    let (list, item) = item(phone)?;
    Some(Effect::MoveItem { list, item, down })
}

/// Keys for the phone as a whole.
fn on_phone(model: &mut Model, code: KeyCode) -> Option<Effect> {
    let phone = model.focused()?;
    let dialog = match code {
        KeyCode::Char('m') => return Some(Effect::MarkAllRead),
        KeyCode::Char('z') => return Some(Effect::Undo),
        KeyCode::Char('t') => return Some(Effect::TryNow),
        KeyCode::Char('o') => return Some(Effect::ToggleNetwork),
        KeyCode::Char('g') => return Some(Effect::ToggleGigMode),
        KeyCode::Char('?') => return Some(Effect::Doctor),
        KeyCode::Esc if !phone.search.is_empty() => return Some(Effect::Search(String::new())),
        KeyCode::Char('a') => Dialog::ask("Title of the new song:", About::NewSong(phone.place?)),
        KeyCode::Char('/') => {
            phone.pane = Pane::Songs;
            Dialog::Search(Input::line(&phone.search))
        }
        KeyCode::Char('l') => {
            if let Some(list) = phone.setlist {
                phone.setlists.select(&list);
            }
            Dialog::Setlists
        }
        KeyCode::Char('b') => {
            if let Some(place) = phone.place {
                phone.places.select(&place);
            }
            Dialog::Places
        }
        KeyCode::Char('c') => return waiting(model, true),
        KeyCode::Char('r') => return waiting(model, false),
        KeyCode::Char('i') if phone.link == Link::SignedOut => Dialog::sign_in(),
        _ => return None,
    };
    model.dialog = Some(dialog);
    None
}

/// Opens what waits for a choice: conflicts, or refused edits.
fn waiting(model: &mut Model, conflicts: bool) -> Option<Effect> {
    let phone = model.shown()?;
    let (none, dialog, said) = if conflicts {
        let none = phone.conflicts.lines().is_empty();
        (none, Dialog::Conflicts(0), "No conflicts")
    } else {
        let none = phone.refused.lines().is_empty();
        (none, Dialog::Refused(0), "No refused edits")
    };
    if none {
        said.clone_into(&mut model.message);
    } else {
        model.dialog = Some(dialog);
    }
    None
}
