//! Rows as screens show them, and the windows of lists.

use rockon_core::model::{Kind, Rev, Role, RowId, ScopeId, UserId, Values};
use rockon_core::store::{
    Band, ItemBody, LoggedChange, Member, Practice, PracticeQuery, Setlist, SetlistItem,
    SetlistQuery, Show, ShowQuery, Song, SongOrder, SongQuery, UnreadCount,
};
use serde_json::Value;

macro_rules! kinds {
    ($($kind:ident $name:literal $doc:literal $facts:tt $fields:tt $row:tt)*) => {
        /// What a synced row is. The names are those of the sync protocol.
        #[uniffi::remote(Enum)]
        pub enum Kind {
            $(#[doc = $doc] $kind,)*
        }
    };
}

rockon_core::catalogue! { [kinds] }
rockon_core::catalogue! { [rockon_core::row_structs] [#[uniffi::remote(Record)]] }

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
