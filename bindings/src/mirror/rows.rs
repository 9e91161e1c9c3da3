//! Rows as screens show them, and the windows of lists.

use rockon_core::model::{Kind, Rev, Role, RowId, ScopeId, UserId, Values};
use rockon_core::store::{
    Band, ItemBody, LoggedChange, Member, Practice, PracticeQuery, Setlist, SetlistItem,
    SetlistQuery, Show, ShowQuery, Song, SongOrder, SongQuery, UnreadCount,
};
use serde_json::Value;

/// What a synced row is. The names are those of the sync protocol.
#[uniffi::remote(Enum)]
pub enum Kind {
    /// A band: name, description, settings.
    Band,
    /// Who is in the band, with role and name.
    Membership,
    /// A song of a band or of one person.
    Song,
    /// A setlist of a band or of one person.
    Setlist,
    /// A gig.
    Show,
    /// A rehearsal, writing or recording session, an audition, a lesson.
    Practice,
    /// How far I have read; only in my own scope.
    ReadMark,
}

/// What a member may do in a band. The server enforces it; the phone only greys buttons out.
#[uniffi::remote(Enum)]
pub enum Role {
    /// Everything, members and roles included.
    Admin,
    /// Reads and edits songs, setlists, shows and practices.
    Member,
    /// Only reads.
    Viewer,
}

/// A song as a screen shows it.
#[uniffi::remote(Record)]
pub struct Song {
    /// Its id.
    pub id: RowId,
    /// The band or person it belongs to.
    pub scope: ScopeId,
    /// Title.
    pub title: String,
    /// Artist.
    pub artist: Option<String>,
    /// Musical key, as written.
    pub key: Option<String>,
    /// Beats a minute.
    pub tempo: Option<i64>,
    /// Such as `4/4`.
    pub time_signature: Option<String>,
    /// Seconds.
    pub duration: Option<i64>,
    /// 1 to 5.
    pub difficulty: Option<i64>,
    /// Guitar tuning.
    pub guitar_tuning: Option<String>,
    /// Genre.
    pub genre: Option<String>,
    /// Notes.
    pub notes: Option<String>,
    /// Links.
    pub reference_links: Vec<Value>,
    /// Columns of which this phone has the beginning or nothing, because the whole song is too large for it; they cannot
    /// be edited here. Empty for nearly every song.
    pub shortened: Vec<String>,
    /// Somebody else changed it since this user looked.
    pub unread: bool,
    /// It has edits the server has not confirmed.
    pub pending: bool,
    /// Revision of the server's row; 0 = not on the server yet.
    pub rev: Rev,
}

/// How a list of songs is ordered.
#[uniffi::remote(Enum)]
pub enum SongOrder {
    /// By title, then artist, ignoring case and accents.
    Title,
    /// By artist, then title.
    Artist,
    /// The newest change first.
    Newest,
}

/// A window of a list of songs.
#[uniffi::remote(Record)]
pub struct SongQuery {
    /// Only of this band or person; `None` = all.
    pub scope: Option<ScopeId>,
    /// Only with this text in title or artist, ignoring case and accents; empty = all.
    pub search: String,
    /// Only unread ones.
    pub unread_only: bool,
    /// Order.
    pub order: SongOrder,
    /// How many; 0 = none.
    pub limit: u32,
}

/// A setlist as a screen shows it.
#[uniffi::remote(Record)]
pub struct Setlist {
    /// Its id.
    pub id: RowId,
    /// The band or person it belongs to.
    pub scope: ScopeId,
    /// Name.
    pub name: String,
    /// `draft`, `active` or `archived`.
    pub status: Option<String>,
    /// Notes.
    pub notes: Option<String>,
    /// The show it is for.
    pub show: Option<RowId>,
    /// Tags.
    pub tags: Vec<String>,
    /// What is played, in order.
    pub items: Vec<SetlistItem>,
    /// Seconds: songs of known duration plus breaks.
    pub running_time: u64,
    /// Songs without a known duration, deleted ones included; the running time does not count them.
    pub untimed: u32,
    /// Columns of which this phone has the beginning or nothing, because the whole setlist is too large for it; they cannot
    /// be edited here. Empty for nearly every setlist.
    pub shortened: Vec<String>,
    /// Somebody else changed it since this user looked.
    pub unread: bool,
    /// It has edits the server has not confirmed.
    pub pending: bool,
    /// Revision of the server's row; 0 = not on the server yet.
    pub rev: Rev,
}

/// One item of a setlist.
#[uniffi::remote(Record)]
pub struct SetlistItem {
    /// The item's own id.
    pub id: String,
    /// What it is.
    pub body: ItemBody,
    /// The item as it is in the row, for editing: keys nobody here knows must not be lost.
    pub raw: Value,
}

/// What an item of a setlist is.
#[uniffi::remote(Enum)]
pub enum ItemBody {
    /// A song. Title and duration are `None` when it was deleted or has not arrived.
    Song {
        /// Which, if the item says so readably.
        id: Option<RowId>,
        /// Its title.
        title: Option<String>,
        /// Its artist.
        artist: Option<String>,
        /// Its key.
        key: Option<String>,
        /// Its tempo.
        tempo: Option<i64>,
        /// Its length in seconds.
        duration: Option<i64>,
        /// Notes on this item.
        notes: Option<String>,
    },
    /// A pause.
    Break {
        /// Minutes.
        minutes: i64,
        /// Notes on this item.
        notes: Option<String>,
    },
    /// A heading.
    Section {
        /// Its text.
        title: String,
    },
    /// Something a newer version knows.
    Other,
}

/// A window of a list of setlists, by name.
#[uniffi::remote(Record)]
pub struct SetlistQuery {
    /// Only of this band or person; `None` = all.
    pub scope: Option<ScopeId>,
    /// How many.
    pub limit: u32,
}

/// A show as a screen shows it. Times are the server's texts.
#[uniffi::remote(Record)]
pub struct Show {
    /// Its id.
    pub id: RowId,
    /// The band.
    pub scope: ScopeId,
    /// Name.
    pub name: String,
    /// Venue.
    pub venue: Option<String>,
    /// Place.
    pub location: Option<String>,
    /// The setlist played; it may name one that is not here.
    pub setlist: Option<RowId>,
    /// When.
    pub scheduled_date: Option<String>,
    /// Load-in.
    pub load_in_time: Option<String>,
    /// Sound check.
    pub soundcheck_time: Option<String>,
    /// Start of the set.
    pub set_time: Option<String>,
    /// End.
    pub end_time: Option<String>,
    /// Minutes.
    pub duration: Option<i64>,
    /// Cents.
    pub payment: Option<i64>,
    /// Contacts, as they are in the row.
    pub contacts: Vec<Value>,
    /// Notes.
    pub notes: Option<String>,
    /// Kind of gig.
    pub gig_type: Option<String>,
    /// `scheduled`, `confirmed`, `completed` or `cancelled`.
    pub status: Option<String>,
    /// Columns of which this phone has the beginning or nothing, because the whole show is too large for it; they cannot
    /// be edited here. Empty for nearly every show.
    pub shortened: Vec<String>,
    /// Somebody else changed it since this user looked.
    pub unread: bool,
    /// It has edits the server has not confirmed.
    pub pending: bool,
    /// Revision of the server's row; 0 = not on the server yet.
    pub rev: Rev,
}

/// A window of a list of shows, the earliest first.
#[uniffi::remote(Record)]
pub struct ShowQuery {
    /// Only of this band; `None` = all.
    pub scope: Option<ScopeId>,
    /// Only from this time on (as the server writes times); empty = all.
    pub from: String,
    /// How many.
    pub limit: u32,
}

/// A practice as a screen shows it. Times are the server's texts.
#[uniffi::remote(Record)]
pub struct Practice {
    /// Its id.
    pub id: RowId,
    /// The band.
    pub scope: ScopeId,
    /// `rehearsal`, `writing`, `recording`, `audition` or `lesson`.
    pub practice_type: Option<String>,
    /// `scheduled`, `in-progress`, `completed` or `cancelled`.
    pub status: Option<String>,
    /// When.
    pub scheduled_date: Option<String>,
    /// When it began.
    pub start_time: Option<String>,
    /// When it ended.
    pub end_time: Option<String>,
    /// Minutes.
    pub duration: Option<i64>,
    /// Place.
    pub location: Option<String>,
    /// The setlist practised; it may name one that is not here.
    pub setlist: Option<RowId>,
    /// Notes.
    pub notes: Option<String>,
    /// Notes from the end.
    pub wrapup_notes: Option<String>,
    /// What is to be reached.
    pub objectives: Vec<String>,
    /// What was reached.
    pub completed_objectives: Vec<String>,
    /// 1 to 5.
    pub session_rating: Option<i64>,
    /// Songs practised, as they are in the row.
    pub songs: Vec<Value>,
    /// Who comes and came, as it is in the row.
    pub attendees: Vec<Value>,
    /// Columns of which this phone has the beginning or nothing, because the whole practice is too large for it; they cannot
    /// be edited here. Empty for nearly every practice.
    pub shortened: Vec<String>,
    /// Somebody else changed it since this user looked.
    pub unread: bool,
    /// It has edits the server has not confirmed.
    pub pending: bool,
    /// Revision of the server's row; 0 = not on the server yet.
    pub rev: Rev,
}

/// A window of a list of practices, the earliest first.
#[uniffi::remote(Record)]
pub struct PracticeQuery {
    /// Only of this band; `None` = all.
    pub scope: Option<ScopeId>,
    /// Only from this time on (as the server writes times); empty = all.
    pub from: String,
    /// How many.
    pub limit: u32,
}

/// A band as a screen shows it.
#[uniffi::remote(Record)]
pub struct Band {
    /// Its scope; as a row, its id is the same.
    pub id: ScopeId,
    /// Name.
    pub name: String,
    /// Description.
    pub description: Option<String>,
    /// This user's role in it, if it is known.
    pub my_role: Option<Role>,
    /// Active members.
    pub members: u32,
    /// It has edits the server has not confirmed.
    pub pending: bool,
    /// Revision of the server's row.
    pub rev: Rev,
}

/// A member, or somebody who was one.
#[uniffi::remote(Record)]
pub struct Member {
    /// Id of the membership.
    pub id: RowId,
    /// The band.
    pub scope: ScopeId,
    /// The person.
    pub user: Option<UserId>,
    /// Their name in the band.
    pub name: String,
    /// Their role; `None` when a newer version's role is not understood.
    pub role: Option<Role>,
    /// False once they left or were removed.
    pub active: bool,
    /// May `seen_by` show them?
    pub share_seen: Option<bool>,
    /// Since when, as the server writes times.
    pub joined_date: Option<String>,
}

/// Unread rows of one scope and kind.
#[uniffi::remote(Record)]
pub struct UnreadCount {
    /// Where.
    pub scope: ScopeId,
    /// Song, setlist, show or practice.
    pub kind: Kind,
    /// How many rows are unread.
    pub count: u32,
}

/// One change of one row by one person.
#[uniffi::remote(Record)]
pub struct LoggedChange {
    /// Where.
    pub scope: ScopeId,
    /// At which revision.
    pub rev: Rev,
    /// What the row is.
    pub kind: Kind,
    /// Which row.
    pub row: RowId,
    /// `insert`, `update`, `delete`, ... as the server names it.
    pub op: String,
    /// Who; `None` = no person ("System").
    pub actor: Option<UserId>,
    /// Their name: from the tombstone, else from the band's members.
    pub actor_name: Option<String>,
    /// What the row is called: from the tombstone, else from the row.
    pub title: Option<String>,
    /// Names of the changed columns.
    pub columns: Vec<String>,
    /// Of these, `[old, new]` where this very change's are known.
    pub values: Values,
}
