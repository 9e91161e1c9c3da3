//! How long lists are, whatever a screen shows of them.

use rockon_core::Error as CoreError;
use rockon_core::model::ScopeId;
use rockon_core::store::{PracticeQuery, SetlistQuery, ShowQuery, SongQuery};

use super::Client;

calls! { local:
    /// How many songs a list has, whatever its limit.
    count_songs(query: SongQuery) -> u32;
    /// How many setlists a list has, whatever its limit.
    count_setlists(query: SetlistQuery) -> u32;
    /// How many shows a list has, whatever its limit.
    count_shows(query: ShowQuery) -> u32;
    /// How many practices a list has, whatever its limit.
    count_practices(query: PracticeQuery) -> u32;
    /// How many shows and practices there are.
    count_calendar(scope: Option<ScopeId>) -> u32;
    /// How many notices there are.
    count_notices() -> u32;
    /// How many notices have not been looked at.
    count_unseen_notices() -> u32;
    /// How many conflicts wait for a person.
    count_conflicts() -> u64;
    /// How many refused edits wait for a person.
    count_rejected_edits() -> u64;
}
