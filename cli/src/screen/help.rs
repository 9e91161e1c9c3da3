//! Which keys there are: the line at the bottom, and the page with all of them.
//!
//! Owns: one table for both. A key that does nothing here is in neither.

use super::dialog::{Dialog, choices};
use super::model::{Link, Model, Pane};
use super::sheet::{Piece, Sheet};

/// A key, its word at the bottom (empty = only on the page), and what it does.
struct Hint {
    keys: &'static str,
    word: &'static str,
    says: &'static str,
    on: On,
}

/// Where a key works.
#[derive(Clone, Copy, PartialEq, Eq)]
enum On {
    Always,
    Songs,
    Setlist,
    /// With something that waits.
    Conflicts,
    Refused,
    SignedOut,
    Searching,
    /// In the demo alone.
    Demo,
    /// Where there are two phones, or one.
    Two,
    One,
}

const fn hint(keys: &'static str, word: &'static str, says: &'static str, on: On) -> Hint {
    Hint {
        keys,
        word,
        says,
        on,
    }
}

/// In the order in which they are wanted at the bottom.
const HINTS: [Hint; 31] = [
    hint("i", "sign in", "sign in again", On::SignedOut),
    hint("c", "conflict", "choose between two values", On::Conflicts),
    hint(
        "r",
        "refused",
        "look at refused edits: send them again, or discard them",
        On::Refused,
    ),
    hint("Esc", "all songs", "end the search", On::Searching),
    hint("Tab", "phone", "go to the other phone", On::Two),
    hint("Tab", "", "go to the next list", On::One),
    hint("←→", "list", "go to another list", On::Always),
    hint(
        "↑↓",
        "",
        "move by a line; Home and End to the first and the last",
        On::Always,
    ),
    hint("PgUp PgDn", "", "move by a page", On::Songs),
    hint(
        "PgUp PgDn",
        "move",
        "move the line at the cursor; also Shift with ↑↓",
        On::Setlist,
    ),
    hint(
        "Enter",
        "open",
        "show it whole; what was opened is read",
        On::Always,
    ),
    hint("/", "find", "show only songs with a text", On::Songs),
    hint("a", "add", "add a song", On::Always),
    hint("e", "edit", "edit all fields of the song", On::Always),
    hint("+", "to setlist", "add the song to the setlist", On::Songs),
    hint("k", "key", "change the key of the song", On::Always),
    hint("n", "notes", "change the notes of the song", On::Always),
    hint("d", "delete", "delete it; z brings it back", On::Always),
    hint(
        "z",
        "undo",
        "bring back what was deleted last, or look what was deleted lately",
        On::Always,
    ),
    hint(
        "l",
        "setlists",
        "choose, make, rename or delete a setlist",
        On::Always,
    ),
    hint(
        "b",
        "bands",
        "go to another band or your own songs; join, make a band, invite",
        On::Always,
    ),
    hint("m", "all read", "mark everything as read", On::Always),
    hint("t", "try now", "send and read at once", On::Always),
    hint(
        "g",
        "gig mode",
        "hold notices back while you are on stage",
        On::Always,
    ),
    hint(
        "o",
        "offline",
        "work without the network, or with it again",
        On::Always,
    ),
    hint(
        "x",
        "kill/reopen",
        "kill the program on this phone, or open it again",
        On::Demo,
    ),
    hint(
        "s",
        "realtime",
        "stop the realtime service, or start it",
        On::Demo,
    ),
    hint(
        "?",
        "doctor",
        "say what is wrong with the connection",
        On::Always,
    ),
    hint("Ctrl-C", "", "quit, whatever is open", On::Always),
    hint("h", "all keys", "show this page", On::Always),
    hint("q", "quit", "quit; unsent edits are kept", On::Always),
];

/// Hints at the end that are shown however small the screen is.
const LAST: usize = 2;

fn works(on: On, model: &Model) -> bool {
    let Some(phone) = model.shown() else {
        return false;
    };
    match on {
        On::Always => true,
        On::Songs => phone.pane == Pane::Songs,
        On::Setlist => phone.pane == Pane::Setlist,
        On::Conflicts => phone.conflict_count > 0,
        On::Refused => phone.rejected_count > 0,
        On::SignedOut => phone.link == Link::SignedOut,
        On::Searching => !phone.search.is_empty(),
        On::Demo => model.demo,
        On::Two => model.phones.len() > 1,
        On::One => model.phones.len() == 1,
    }
}

/// Keys and words for the bottom of the screen, and how many at their end must be there.
pub(super) fn bottom(model: &Model) -> (Vec<(&'static str, String)>, usize) {
    let owned = |keys: &[(&'static str, &str)]| {
        let keys = keys.iter().map(|(key, word)| (*key, (*word).to_owned()));
        keys.collect::<Vec<_>>()
    };
    match &model.dialog {
        None => {
            let shown = HINTS.iter().filter(|hint| !hint.word.is_empty());
            let shown = shown.filter(|hint| works(hint.on, model));
            let keys = shown.map(|hint| (hint.keys, hint.word.to_owned()));
            (keys.collect(), LAST)
        }
        Some(Dialog::Conflicts(_)) => (conflict_keys(model), 1),
        Some(Dialog::Refused(_)) => {
            let mut keys = owned(&[("s", "send again"), ("d", "discard"), ("Esc", "later")]);
            let count = model.shown().map_or(0, |phone| phone.refused.lines().len());
            others(&mut keys, count);
            (keys, 1)
        }
        Some(dialog) => (owned(of_dialog(dialog)), 1),
    }
}

fn of_dialog(dialog: &Dialog) -> &'static [(&'static str, &'static str)] {
    match dialog {
        Dialog::Prompt(_) => &[("Enter", "save"), ("Esc", "cancel")],
        Dialog::Search(_) => &[("↑↓", "line"), ("Enter", "keep"), ("Esc", "all songs")],
        Dialog::Form(form) if form.fields.len() > 1 => &[
            ("↑↓ Tab", "field"),
            ("Enter", "save (in notes: new line)"),
            ("Ctrl-S", "save"),
            ("Esc", "cancel"),
        ],
        Dialog::Form(_) => &[("Enter", "new line"), ("Ctrl-S", "save"), ("Esc", "cancel")],
        Dialog::Sheet(_, Some(_)) => &[("↑↓", "scroll"), ("e", "edit"), ("Esc", "close")],
        Dialog::Sheet(..) => &[("↑↓", "scroll"), ("Esc", "close")],
        Dialog::Setlists => &[
            ("Enter", "show"),
            ("a", "new"),
            ("e", "rename"),
            ("d", "delete"),
            ("z", "undo"),
            ("Esc", "close"),
        ],
        Dialog::Places => &[
            ("Enter", "show"),
            ("j", "join with a code"),
            ("n", "new band"),
            ("i", "invite"),
            ("Esc", "close"),
        ],
        Dialog::Deleted(_) => &[("Enter", "bring back"), ("Esc", "close")],
        Dialog::Conflicts(_) | Dialog::Refused(_) => &[],
    }
}

fn conflict_keys(model: &Model) -> Vec<(&'static str, String)> {
    let phone = model.shown();
    let on = phone.and_then(|phone| phone.conflicts.selected());
    let mut keys = on.map(choices).unwrap_or_default();
    keys.push(("Esc", "later".to_owned()));
    others(
        &mut keys,
        phone.map_or(0, |phone| phone.conflicts.lines().len()),
    );
    keys
}

/// Where there are several, there is a key to the others, before the last.
fn others(keys: &mut Vec<(&'static str, String)>, count: usize) {
    if count > 1 {
        keys.insert(keys.len().saturating_sub(1), ("←→", "other".to_owned()));
    }
}

/// The page with all keys that do something here.
pub(super) fn sheet(model: &Model) -> Sheet {
    let on = |hint: &&Hint| match hint.on {
        On::Demo | On::Two | On::One => works(hint.on, model),
        _ => true,
    };
    let lines = HINTS.iter().filter(on).map(|hint| {
        let place = match hint.on {
            On::Songs => " (in the songs)",
            On::Setlist => " (in the setlist)",
            On::SignedOut => " (when the server has ended the session)",
            _ => "",
        };
        Piece::Body(format!("{:<10} {}{place}", hint.keys, hint.says))
    });
    Sheet::new("Keys", lines.collect())
}
