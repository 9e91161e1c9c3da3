//! What is on the screen.

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
    /// No network.
    Offline,
    /// The program on this phone is not running.
    Killed,
}

/// One line of the song list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SongLine {
    pub(crate) title: String,
    pub(crate) artist: String,
    pub(crate) key: String,
    pub(crate) unread: bool,
    pub(crate) unsent: bool,
}

/// One line of a setlist: a song, a break or a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ItemLine {
    pub(crate) text: String,
    pub(crate) is_song: bool,
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoticeLine {
    pub(crate) text: String,
    pub(crate) seen: bool,
}

/// Which list the keys move in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Pane {
    #[default]
    Songs,
    Setlist,
    Notices,
}

/// One phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phone {
    pub(crate) owner: String,
    pub(crate) role: String,
    pub(crate) link: Link,
    pub(crate) unsent: usize,
    pub(crate) parked: usize,
    /// Rows that are not whole here.
    pub(crate) unreadable: usize,
    pub(crate) gig_mode: bool,
    pub(crate) songs: Vec<SongLine>,
    pub(crate) setlist_name: String,
    pub(crate) setlist_time: String,
    pub(crate) items: Vec<ItemLine>,
    pub(crate) notices: Vec<NoticeLine>,
    pub(crate) pane: Pane,
    pub(crate) cursor: usize,
}

impl Phone {
    /// A phone whose program is not running.
    pub(crate) fn dark(owner: &str) -> Self {
        Self {
            owner: owner.to_owned(),
            role: String::new(),
            link: Link::Killed,
            unsent: 0,
            parked: 0,
            unreadable: 0,
            gig_mode: false,
            songs: Vec::new(),
            setlist_name: String::new(),
            setlist_time: String::new(),
            items: Vec::new(),
            notices: Vec::new(),
            pane: Pane::Songs,
            cursor: 0,
        }
    }

    /// Lines in the list that the keys move in.
    pub(crate) fn lines(&self) -> usize {
        match self.pane {
            Pane::Songs => self.songs.len(),
            Pane::Setlist => self.items.len(),
            Pane::Notices => self.notices.len(),
        }
    }

    /// Moves the cursor, staying inside the list.
    pub(crate) fn step(&mut self, down: bool) {
        let last = self.lines().saturating_sub(1);
        self.cursor = if down {
            (self.cursor + 1).min(last)
        } else {
            self.cursor.saturating_sub(1)
        };
    }

    /// Goes to the next list.
    pub(crate) fn next_pane(&mut self) {
        self.pane = match self.pane {
            Pane::Songs => Pane::Setlist,
            Pane::Setlist => Pane::Notices,
            Pane::Notices => Pane::Songs,
        };
        self.cursor = 0;
    }
}

/// A question being answered at the bottom of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Prompt {
    pub(crate) question: String,
    pub(crate) answer: String,
}

/// A list laid over the screen: while it is asked about it changes; else any key closes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listing {
    pub(crate) title: String,
    pub(crate) lines: Vec<String>,
}

/// Everything on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct World {
    pub(crate) phones: Vec<Phone>,
    pub(crate) focus: usize,
    /// Services that have been stopped, by name.
    pub(crate) stopped: Vec<&'static str>,
    /// The last thing that happened, or an error with its advice.
    pub(crate) message: String,
    pub(crate) prompt: Option<Prompt>,
    pub(crate) listing: Option<Listing>,
    /// The doctor's report, when asked for.
    pub(crate) report: Option<String>,
}

impl World {
    /// The phone that the keys act on.
    pub(crate) fn focused(&mut self) -> Option<&mut Phone> {
        let focus = self.focus;
        self.phones.get_mut(focus)
    }
}
