//! What a key asks for that needs a client. The screen decides what; the program carries it out.

use rockon_core::model::{ConflictId, EditId, Kind, NoticeId, RowId, ScopeId};

use super::dialog::Prompt;
use super::form::Form;

/// Which part of a song is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    All,
    Key,
    Notes,
}

/// What is chosen in a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Mine,
    Theirs,
}

/// Something to carry out on the focused phone, or on the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    Quit,
    /// Shows a song whole, and marks it read.
    ShowSong(RowId),
    SeeSetlist(RowId),
    SeeNotice(NoticeId),
    MarkAllRead,
    Edit(RowId, Part),
    DeleteSong(RowId),
    DeleteItem {
        list: RowId,
        item: String,
    },
    DeleteSetlist(RowId),
    MoveItem {
        list: RowId,
        item: String,
        down: bool,
    },
    AddToSetlist {
        list: RowId,
        song: RowId,
    },
    /// Takes the last delete back; without one, shows what was deleted lately.
    Undo,
    Restore(Kind, RowId),
    /// Shows only songs with this text.
    Search(String),
    /// Shows this band, or the own songs.
    ShowPlace(ScopeId),
    ShowSetlist(RowId),
    Invite(ScopeId),
    Resolve(ConflictId, Side),
    Retry(EditId),
    Discard(EditId),
    /// Sends and reads at once.
    TryNow,
    Doctor,
    ToggleNetwork,
    ToggleGigMode,
    KillOrReopen,
    ToggleRealtime,
    /// A question was answered. It comes back when the answer cannot be used.
    Answer(Prompt),
    /// A form was filled in. It comes back when something in it cannot be used.
    Save(Form),
}
