//! What a key means while no dialog is open.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::dialog::{self, About, Dialog};
use super::effect::{Effect, Part};
use super::help;
use super::input::Input;
use super::list::Go;
use super::model::{Link, Pane, Phone, World};

/// A key for a song, where none is.
const NO_SONG: &str = "No song selected";
/// A key for the program on a phone, where it does not run.
const NOT_RUNNING: &str = "The program is not running (x opens it)";

/// Takes a key. With a dialog open, keys go there; with Ctrl or Alt they are no plain keys.
pub(crate) fn key(world: &mut World, key: KeyEvent) -> Option<Effect> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    if ctrl && key.code == KeyCode::Char('c') {
        return Some(Effect::Quit);
    }
    if world.dialog.is_some() {
        return dialog::key(world, key);
    }
    let shift = KeyModifiers::SHIFT;
    if !key.modifiers.difference(shift).is_empty() {
        return None;
    }
    let moving = matches!(key.code, KeyCode::Up | KeyCode::Down);
    if moving && key.modifiers.contains(shift) {
        return move_item(world, key.code == KeyCode::Down);
    }
    let effect = plain(world, key.code);
    if world.dialog.is_some() {
        world.message.clear();
    }
    effect
}

/// Takes pasted text: it is text, never keys.
pub(crate) fn paste(world: &mut World, text: &str) -> Option<Effect> {
    world.dialog.as_mut()?.paste(text)
}

fn plain(world: &mut World, code: KeyCode) -> Option<Effect> {
    match code {
        KeyCode::Char('q') => return Some(Effect::Quit),
        KeyCode::Char('h') | KeyCode::F(1) => {
            world.dialog = Some(Dialog::Sheet(help::sheet(world), None));
            return None;
        }
        KeyCode::Tab if world.phones.len() > 1 => {
            world.focus = (world.focus + 1) % world.phones.len();
            return None;
        }
        KeyCode::Char('x') if world.demo => return Some(Effect::KillOrReopen),
        KeyCode::Char('s') if world.demo => return Some(Effect::ToggleRealtime),
        _ => {}
    }
    if world.shown()?.link == Link::Killed {
        NOT_RUNNING.clone_into(&mut world.message);
        return None;
    }
    let on_setlist = world.shown()?.pane == Pane::Setlist;
    match code {
        KeyCode::PageUp | KeyCode::PageDown if on_setlist => {
            move_item(world, code == KeyCode::PageDown)
        }
        KeyCode::Left | KeyCode::Right | KeyCode::Tab | KeyCode::BackTab => {
            let back = matches!(code, KeyCode::Left | KeyCode::BackTab);
            let phone = world.focused()?;
            phone.pane = phone.pane.next(back);
            None
        }
        _ => match dialog::moves(code) {
            Some(to) => {
                world.focused()?.go(to);
                None
            }
            None => on_list(world, code).or_else(|| on_phone(world, code)),
        },
    }
}

/// Keys for the line at the cursor.
fn on_list(world: &mut World, code: KeyCode) -> Option<Effect> {
    let song = match code {
        KeyCode::Enter => return open(world),
        KeyCode::Char('d') | KeyCode::Delete => return delete(world),
        KeyCode::Char('e' | 'k' | 'n' | '+') => world.shown()?.song(),
        _ => return None,
    };
    let Some(song) = song else {
        NO_SONG.clone_into(&mut world.message);
        return None;
    };
    match code {
        KeyCode::Char('e') => Some(Effect::Edit(song, Part::All)),
        KeyCode::Char('k') => Some(Effect::Edit(song, Part::Key)),
        KeyCode::Char('n') => Some(Effect::Edit(song, Part::Notes)),
        _ => {
            let Some(list) = world.shown()?.setlist else {
                "No setlist yet (l, then a, makes one)".clone_into(&mut world.message);
                return None;
            };
            Some(Effect::AddToSetlist { list, song })
        }
    }
}

fn open(world: &mut World) -> Option<Effect> {
    let phone = world.shown()?;
    match (phone.pane, phone.song()) {
        (Pane::Notices, _) => {
            let id = phone.notices.selected()?.id;
            Some(Effect::SeeNotice(id))
        }
        (_, Some(song)) => Some(Effect::ShowSong(song)),
        (Pane::Setlist, None) => phone.setlist.map(Effect::SeeSetlist),
        (Pane::Songs, None) => {
            NO_SONG.clone_into(&mut world.message);
            None
        }
    }
}

fn delete(world: &mut World) -> Option<Effect> {
    let phone = world.shown()?;
    let found = match phone.pane {
        Pane::Songs => phone.song().map(Effect::DeleteSong),
        Pane::Setlist => item(phone).map(|(list, item, at)| Effect::DeleteItem { list, item, at }),
        Pane::Notices => None,
    };
    if found.is_none() {
        NO_SONG.clone_into(&mut world.message);
    }
    found
}

fn item(phone: &Phone) -> Option<(rockon_core::model::RowId, String, usize)> {
    let item = phone.items.selected()?;
    Some((phone.setlist?, item.id.clone(), phone.items.at()))
}

/// The item at the cursor takes the cursor with it: the next key moves the same item.
fn move_item(world: &mut World, down: bool) -> Option<Effect> {
    let phone = world.focused()?;
    if phone.pane != Pane::Setlist {
        phone.go(if down { Go::Down } else { Go::Up });
        return None;
    }
    let (list, item, at) = item(phone)?;
    Some(Effect::MoveItem {
        list,
        item,
        at,
        down,
    })
}

/// Keys for the phone as a whole.
fn on_phone(world: &mut World, code: KeyCode) -> Option<Effect> {
    let phone = world.focused()?;
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
        KeyCode::Char('c') => return waiting(world, true),
        KeyCode::Char('r') => return waiting(world, false),
        KeyCode::Char('i') if phone.link == Link::SignedOut => Dialog::sign_in(),
        _ => return None,
    };
    world.dialog = Some(dialog);
    None
}

/// Opens what waits for a choice: conflicts, or refused edits.
fn waiting(world: &mut World, conflicts: bool) -> Option<Effect> {
    let phone = world.shown()?;
    let (none, dialog, said) = if conflicts {
        let none = phone.conflicts.lines().is_empty();
        (none, Dialog::Conflicts(0), "No conflicts")
    } else {
        let none = phone.refused.lines().is_empty();
        (none, Dialog::Refused(0), "No refused edits")
    };
    if none {
        said.clone_into(&mut world.message);
    } else {
        world.dialog = Some(dialog);
    }
    None
}
