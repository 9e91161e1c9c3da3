//! What a member does to rows, notices, conflicts and refused edits. An edit is durable and on every feed when its call
//! comes back; it is sent when there is a network.

use rockon_core::Error as CoreError;
use rockon_core::client::Choice;
use rockon_core::model::{ConflictId, EditId, Kind, NoticeId, RowId, ScopeId, Values};
use rockon_core::notices::{ChangesSinceSeen, Untold};
use rockon_core::store::{LastChange, LoggedChange};

use super::Client;

calls! { local:
    /// Adds a song, setlist, show or practice to a band or to my personal scope (`scope` = my user id), from column values.
    /// Returns its id. Throws `Invalid` naming the column; nothing was added then.
    add(scope: ScopeId, kind: Kind, values: Values) -> RowId;
    /// Adds many songs, as an import does: all are checked before the first is added. Returns their ids in order.
    add_songs(scope: ScopeId, songs: Vec<Values>) -> Vec<RowId>;
    /// Adds a song once more, to a band or to my own songs (`to` = my user id): all that is in it, but not its history, who has
    /// looked, and what a band or person noted of playing it. Returns the id of the copy. In a band where I may not write the
    /// copy is refused like any other edit; whoever sees a song may copy it. Throws `NotFound`, or `Invalid` naming a column
    /// that came shortened.
    copy_song(song: RowId, to: ScopeId) -> RowId;
    /// Moves a song to a band or to my own songs (`to` = my user id): one edit, after which it is there under the same id, and not
    /// here any more. The server lets admins of the band that it leaves do this and whoever made the song, if they may write
    /// where it goes; else the edit is refused and the song stays. Its history stays behind. Setlists that name it go on
    /// naming it: who does not see it where it is now sees a song that is not here. For others it is new, and unread. True
    /// when it was elsewhere before. Throws `NotFound`.
    move_song(song: RowId, to: ScopeId) -> bool;
    /// Changes some columns of a row; the others stay. True when something is different now. Throws `Gone`, with the edit, when
    /// the row is not there any more.
    change(kind: Kind, id: RowId, values: Values) -> bool;
    /// Deletes a row. An edit that somebody makes at the same time brings it back, with a notice; one that they made before
    /// and this phone has not seen keeps it, with a notice and a conflict to choose in.
    delete(kind: Kind, id: RowId) -> ();
    /// Brings a deleted row back: right after a delete of mine, which is withdrawn if it has not been sent, or within 90 days
    /// from what the server keeps (see `deleted`). False when the row is there already. A row that this phone does not hold
    /// any more is shown when the server has answered; if it keeps nothing, or I may not write, the edit is refused like any
    /// other. A web app that still shows the row may delete it again in the first second: the server does not let that count.
    restore(scope: ScopeId, kind: Kind, id: RowId) -> bool;
    /// A whole row as it is shown, by column names; nothing if it is not there.
    row(kind: Kind, id: RowId) -> Option<Values>;
    /// Who changed a row last, and when; nothing if it is not there.
    last_change(kind: Kind, id: RowId) -> Option<LastChange>;
    /// What is different about a row since this member looked: column, old and new value, who and when; nothing when it is not
    /// unread, or new to them.
    changes_since_seen(kind: Kind, id: RowId) -> Option<ChangesSinceSeen>;
    /// Who did what to a row, the newest first. A first reading brings no log: it begins with what came after.
    history(kind: Kind, id: RowId, limit: u32) -> Vec<LoggedChange>;
    /// What a row was when this member last looked; nothing when it is not unread.
    last_seen(kind: Kind, id: RowId) -> Option<Values>;
    /// The member has opened a row: its dot goes, on all of their devices.
    mark_read(kind: Kind, id: RowId) -> ();
    /// Everything of a kind in a band is read.
    mark_kind_read(scope: ScopeId, kind: Kind) -> ();
    /// Everything everywhere is read.
    mark_all_read() -> ();
    /// The member has looked at a notice.
    see_notice(id: NoticeId) -> ();
    /// The member has looked at all notices, or at all of a band.
    see_all_notices(scope: Option<ScopeId>) -> ();
    /// Notices for the system to show outside the app, the oldest first: those that were neither looked at nor taken before.
    /// They say who did what to which thing, and nothing of what is in it. Each is given once, unless it is news again; it has
    /// its id then.
    take_untold(limit: u32) -> Vec<Untold>;
    /// On stage: notices are held back, and come as one digest when it is switched off. Remembered across restarts.
    set_gig_mode(on: bool) -> ();
    /// Whether gig mode is on.
    gig_mode() -> bool;
    /// Settles a conflict: what is chosen becomes an ordinary edit, the other is let go. Of a delete that met a change,
    /// "mine" deletes the row as it is shown now, "theirs" keeps it.
    resolve(conflict: ConflictId, choice: Choice) -> ();
    /// Sends a refused edit once more, behind everything else.
    retry(rejected: EditId) -> ();
    /// Gives a refused edit up. The row shows the server's values already.
    discard(rejected: EditId) -> ();
}
