//! What is in a setlist, item by item. An item is called by the `id` that it is shown with. Edits like any other: durable
//! and on every feed when the call comes back, and merged item by item with what others did.

use rockon_core::Error as CoreError;
use rockon_core::model::RowId;
use rockon_core::store::{ItemPlace, TakenItem};

use super::Client;

calls! { local:
    /// The same setlist once more, under another name: notes, tags and items, which are new ones; for no show, and not archived.
    /// Returns its id. Throws `NotFound`, or `Invalid` for the name.
    duplicate_setlist(list: RowId, name: String) -> RowId;
    /// Puts songs into a setlist, in this order. Returns the ids of the new items. Throws `NotFound` for a setlist, a song or
    /// a place that is not here, `Invalid` for a song of another band; nothing was added then.
    add_songs_to_setlist(list: RowId, songs: Vec<RowId>, place: ItemPlace) -> Vec<String>;
    /// Puts a break of 1 to 1,440 minutes into a setlist. Returns the id of the item.
    add_break(list: RowId, minutes: i64, notes: Option<String>, place: ItemPlace) -> String;
    /// Puts a heading into a setlist. Returns the id of the item.
    add_section(list: RowId, title: String, place: ItemPlace) -> String;
    /// Moves an item. It keeps its id; what somebody else did to the setlist meanwhile stays. Throws `NotFound` when it, or
    /// the item at its place, is not in the setlist any more.
    move_item(list: RowId, item: String, place: ItemPlace) -> ();
    /// Takes an item out. What comes back is for `put_item_back`.
    remove_item(list: RowId, item: String) -> TakenItem;
    /// Puts an item back where it was, with its id; at the end if what was before it has gone.
    put_item_back(list: RowId, taken: TakenItem) -> ();
    /// Gives a break other minutes (1 to 1,440) and notes; without notes it has none. Throws `Invalid` for an item that is
    /// no break.
    set_break(list: RowId, item: String, minutes: i64, notes: Option<String>) -> ();
    /// Gives a heading another text. Throws `Invalid` for an item that is none.
    set_section(list: RowId, item: String, title: String) -> ();
    /// Gives a song or a break of a setlist notes, or takes them away. Throws `Invalid` for a heading.
    set_item_notes(list: RowId, item: String, notes: Option<String>) -> ();
}
