//! What is on the screen.
//!
//! Owns: everything that is drawn, as lines of printable text with the ids that keys act on. Invariant: every text of
//! others in it has passed [`crate::out::printable`], but for one that is being edited.

use rockon_core::model::{ConflictId, EditId, Kind, NoticeId, RowId, ScopeId};
use rockon_core::store::Asks;

use super::dialog::Dialog;
use super::list::{Go, Line, List};

/// How a phone stands to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    /// Hints arrive.
    Live,
    /// On its way there.
    Connecting,
    /// The server can be asked, hints do not arrive.
    Polling,
    /// Hints may arrive, but reading or sending fails.
    Failing,
    /// The server ended the session.
    SignedOut,
    /// No network.
    Offline,
    /// The program on this phone is not running.
    Killed,
}

/// One line of the song list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SongLine {
    pub(crate) id: RowId,
    pub(crate) title: String,
    pub(crate) artist: String,
    pub(crate) key: String,
    pub(crate) unread: bool,
    pub(crate) unsent: bool,
}

/// One line of a setlist: a song, a break or a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ItemLine {
    pub(crate) id: String,
    pub(crate) song: Option<RowId>,
    pub(crate) text: String,
    pub(crate) key: String,
    pub(crate) is_song: bool,
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoticeLine {
    pub(crate) id: NoticeId,
    pub(crate) text: String,
    pub(crate) seen: bool,
}

/// One setlist of the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SetlistLine {
    pub(crate) id: RowId,
    pub(crate) name: String,
    pub(crate) time: String,
    pub(crate) unread: bool,
}

/// A band, or the member's own songs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlaceLine {
    pub(crate) id: ScopeId,
    pub(crate) name: String,
    pub(crate) role: String,
    /// Rows that somebody else changed.
    pub(crate) unread: usize,
    /// A band, not the member's own songs.
    pub(crate) is_band: bool,
}

/// Two wishes of which a person chooses one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConflictLine {
    pub(crate) id: ConflictId,
    pub(crate) asks: Asks,
    /// What it is about: `notes of "Creep"`.
    pub(crate) about: String,
    /// Who the other is.
    pub(crate) other: String,
    pub(crate) mine: String,
    pub(crate) theirs: String,
    /// Whose value is shown now: "shown now" behind one of them.
    pub(crate) mine_is_shown: bool,
    pub(crate) theirs_is_shown: bool,
    /// Both values as a text to edit; `None` where no third value can be typed.
    pub(crate) both: Option<String>,
}

/// An edit that the server refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RejectedLine {
    pub(crate) id: EditId,
    /// What it was.
    pub(crate) what: String,
    /// Why it was refused.
    pub(crate) why: String,
    /// What was typed.
    pub(crate) typed: String,
}

/// Something that was deleted and can be brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeletedLine {
    pub(crate) id: (Kind, RowId),
    /// What it was, and who deleted it.
    pub(crate) text: String,
    pub(crate) when: String,
}

/// What was deleted lately, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct DeletedRows {
    pub(crate) list: List<DeletedLine>,
    /// Said below the rows: why there are none, or why there may be more.
    pub(crate) note: String,
}

macro_rules! lines {
    ($($type:ident: $id:ty),* $(,)?) => {
        $(impl Line for $type {
            type Id = $id;

            fn id(&self) -> $id {
                self.id.clone()
            }
        })*
    };
}

lines!(
    SongLine: RowId,
    ItemLine: String,
    NoticeLine: NoticeId,
    SetlistLine: RowId,
    PlaceLine: ScopeId,
    ConflictLine: ConflictId,
    RejectedLine: EditId,
    DeletedLine: (Kind, RowId),
);

/// Which list the keys move in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Pane {
    #[default]
    Songs,
    Setlist,
    Notices,
}

impl Pane {
    /// The next list, or the one before.
    pub(crate) fn next(self, back: bool) -> Self {
        match (self, back) {
            (Self::Songs, false) | (Self::Notices, true) => Self::Setlist,
            (Self::Setlist, false) | (Self::Songs, true) => Self::Notices,
            (Self::Notices, false) | (Self::Setlist, true) => Self::Songs,
        }
    }
}

/// One phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PhoneView {
    pub(crate) owner: String,
    pub(crate) link: Link,
    pub(crate) unsent: usize,
    pub(crate) rejected_count: usize,
    pub(crate) conflict_count: usize,
    /// Rows that are not whole here.
    pub(crate) unreadable: usize,
    pub(crate) gig_mode: bool,
    /// The band, or the own songs, that is on the screen.
    pub(crate) place: Option<ScopeId>,
    pub(crate) places: List<PlaceLine>,
    pub(crate) songs: List<SongLine>,
    /// Only songs with this text are in the list; empty = all.
    pub(crate) search: String,
    /// Which setlist is on the screen.
    pub(crate) setlist: Option<RowId>,
    pub(crate) setlists: List<SetlistLine>,
    pub(crate) items: List<ItemLine>,
    pub(crate) notices: List<NoticeLine>,
    pub(crate) conflicts: List<ConflictLine>,
    pub(crate) refused: List<RejectedLine>,
    pub(crate) pane: Pane,
}

impl PhoneView {
    /// A phone whose program is not running.
    pub(crate) fn dark(owner: &str) -> Self {
        Self {
            owner: owner.to_owned(),
            link: Link::Killed,
            unsent: 0,
            rejected_count: 0,
            conflict_count: 0,
            unreadable: 0,
            gig_mode: false,
            place: None,
            places: List::default(),
            songs: List::default(),
            search: String::new(),
            setlist: None,
            setlists: List::default(),
            items: List::default(),
            notices: List::default(),
            conflicts: List::default(),
            refused: List::default(),
            pane: Pane::Songs,
        }
    }

    /// The band, or the own songs, that is on the screen.
    pub(crate) fn place(&self) -> Option<&PlaceLine> {
        let places = self.places.lines().iter();
        places
            .into_iter()
            .find(|place| Some(place.id) == self.place)
    }

    /// The setlist that is on the screen.
    pub(crate) fn setlist(&self) -> Option<&SetlistLine> {
        let lists = self.setlists.lines().iter();
        lists.into_iter().find(|list| Some(list.id) == self.setlist)
    }

    /// Moves the cursor of the list that the keys move in.
    pub(crate) fn go(&mut self, to: Go) {
        match self.pane {
            Pane::Songs => self.songs.go(to),
            Pane::Setlist => self.items.go(to),
            Pane::Notices => self.notices.go(to),
        }
    }

    /// The song at the cursor, in the list or in the setlist.
    pub(crate) fn song(&self) -> Option<RowId> {
        match self.pane {
            Pane::Songs => self.songs.selected().map(|song| song.id),
            Pane::Setlist => self.items.selected()?.song,
            Pane::Notices => None,
        }
    }
}

/// Everything on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Model {
    pub(crate) phones: Vec<PhoneView>,
    pub(crate) focus: usize,
    /// Programs can be killed and services stopped here: it is the demo.
    pub(crate) demo: bool,
    /// Services that have been stopped, by name.
    pub(crate) stopped: Vec<&'static str>,
    /// The last thing that happened, or an error with its advice.
    pub(crate) message: String,
    /// What lies over the phones and takes the keys.
    pub(crate) dialog: Option<Dialog>,
}

impl Model {
    /// The phone that the keys act on.
    pub(crate) fn focused(&mut self) -> Option<&mut PhoneView> {
        let focus = self.focus;
        self.phones.get_mut(focus)
    }

    /// The same, to look at.
    pub(crate) fn shown(&self) -> Option<&PhoneView> {
        self.phones.get(self.focus)
    }
}
