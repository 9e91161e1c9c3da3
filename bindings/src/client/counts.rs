//! How long lists are and where their letters begin, whatever a screen shows of them.

use rockon_core::Error as CoreError;
use rockon_core::model::ScopeId;
use rockon_core::store::{Letter, PracticeQuery, SetlistQuery, ShowQuery, SongQuery};

use super::Client;

calls! { local:
    /// How many songs a list has, whatever its limit.
    count_songs(query: SongQuery) -> u32;
    /// The letters of a list by title or artist, in its order, for fast scrolling: each once, with the index of its first song
    /// whatever the list's limit. `#` stands for what begins with no letter. None in other orders.
    song_letters(query: SongQuery) -> Vec<Letter>;
    /// How many setlists a list has, whatever its limit.
    count_setlists(query: SetlistQuery) -> u32;
    /// How many shows a list has, whatever its limit.
    count_shows(query: ShowQuery) -> u32;
    /// How many practices a list has, whatever its limit.
    count_practices(query: PracticeQuery) -> u32;
    /// How many shows and practices there are.
    count_calendar(scope: Option<ScopeId>) -> u32;
    /// How many notices of a band there are, or of all.
    count_notices(scope: Option<ScopeId>) -> u32;
    /// How many notices of a band, or of all, have not been looked at.
    count_unseen_notices(scope: Option<ScopeId>) -> u32;
    /// How many conflicts wait for a person.
    count_conflicts() -> u64;
    /// How many refused edits wait for a person.
    count_rejected_edits() -> u64;
}
