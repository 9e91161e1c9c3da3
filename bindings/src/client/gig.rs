//! The setlist on stage. It is this phone's alone: nothing of it is sent.

use rockon_core::Error as CoreError;
use rockon_core::gig::Gig;
use rockon_core::model::RowId;

use super::Client;

calls! { local:
    /// Pins a setlist as it is now, songs included, opens its first page and switches gig mode on. It takes the place of a gig
    /// that runs. It stays, on its page, over a kill, the end of the session by the server and the deletion of the setlist.
    /// Throws `NotFound` for a setlist that is not here.
    start_gig(setlist: RowId) -> Gig;
    /// The gig that runs; nothing if none does.
    gig() -> Option<Gig>;
    /// Opens a page of the gig, from 0; behind the last, the last. Throws `NotFound` when no gig runs.
    turn_page(page: u32) -> ();
    /// Pins the setlist as it is now and stays on the song that is open, or on the nearest before it that is still there.
    /// Where the setlist is gone, all stays as it is. Throws `NotFound` when no gig runs.
    take_gig_update() -> Gig;
    /// Ends the gig, if one runs, and switches gig mode off: what was held back comes as one digest.
    end_gig() -> ();
}
