//! What a key means.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::model::World;

/// Something to carry out on the focused phone, or on the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    Quit,
    SwitchPhone,
    NextPane,
    Up,
    Down,
    /// Reads the line at the cursor: marks it read.
    Open,
    MarkAllRead,
    AddSong,
    EditKey,
    EditNotes,
    Delete,
    /// Shows what was deleted lately, live, to bring it back.
    Restore,
    MoveItem {
        down: bool,
    },
    ToggleNetwork,
    ToggleGigMode,
    KillOrReopen,
    ToggleRealtime,
    RetryParked,
    DiscardParked,
    /// Chooses between two values of one field.
    Choose,
    NextSetlist,
    Doctor,
    /// The prompt was answered.
    Answered,
    /// A character went into the prompt, or it was closed: nothing to do but to draw.
    Redraw,
}

/// The keys as the bottom line shows them.
pub(crate) const HELP: &str = "Tab phone  ←→ list  ↑↓ line  Enter read  m all read  a add  k key  n notes  d delete  z restore  \
    PgUp/PgDn move  l setlist  o offline  g gig  x kill/reopen  s realtime  r retry  u discard  c choose  ? doctor  q quit";

/// Takes a key. With a prompt or a report open, keys go there first.
pub(crate) fn action(key: KeyEvent, world: &mut World) -> Option<Action> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    if key.modifiers.contains(KeyModifiers::CONTROL) && key.code == KeyCode::Char('c') {
        return Some(Action::Quit);
    }
    if world.report.take().is_some() {
        return Some(Action::Redraw);
    }
    if world.prompt.is_some() {
        return in_prompt(key, world);
    }
    if world.listing.take().is_some() {
        return Some(Action::Redraw);
    }
    plain(key.code)
}

fn in_prompt(key: KeyEvent, world: &mut World) -> Option<Action> {
    let prompt = world.prompt.as_mut()?;
    match key.code {
        KeyCode::Enter => return Some(Action::Answered),
        KeyCode::Esc => {
            world.prompt = None;
            world.listing = None;
        }
        KeyCode::Backspace => drop(prompt.answer.pop()),
        KeyCode::Char(c) => prompt.answer.push(c),
        _ => return None,
    }
    Some(Action::Redraw)
}

fn plain(code: KeyCode) -> Option<Action> {
    Some(match code {
        KeyCode::Char('q') => Action::Quit,
        KeyCode::Tab => Action::SwitchPhone,
        KeyCode::Left | KeyCode::Right => Action::NextPane,
        KeyCode::Up => Action::Up,
        KeyCode::Down => Action::Down,
        KeyCode::Enter => Action::Open,
        KeyCode::Char('m') => Action::MarkAllRead,
        KeyCode::Char('a') => Action::AddSong,
        KeyCode::Char('k') => Action::EditKey,
        KeyCode::Char('n') => Action::EditNotes,
        KeyCode::Char('d') | KeyCode::Delete => Action::Delete,
        KeyCode::Char('z') => Action::Restore,
        KeyCode::PageUp => Action::MoveItem { down: false },
        KeyCode::PageDown => Action::MoveItem { down: true },
        KeyCode::Char('o') => Action::ToggleNetwork,
        KeyCode::Char('g') => Action::ToggleGigMode,
        KeyCode::Char('x') => Action::KillOrReopen,
        KeyCode::Char('s') => Action::ToggleRealtime,
        KeyCode::Char('r') => Action::RetryParked,
        KeyCode::Char('u') => Action::DiscardParked,
        KeyCode::Char('c') => Action::Choose,
        KeyCode::Char('l') => Action::NextSetlist,
        KeyCode::Char('?') => Action::Doctor,
        _ => return None,
    })
}
