//! The local database: everything a member sees, and everything that is on its way.
//!
//! Owns: `SQLite` (no other room names it), one file a user, its upgrade and repair, the threads that use it, the rules
//! by which server rows and local edits become the rows on screen, and telling others what a commit touched.
//! Never: talks to a network, decides when to sync, or asks whether a member may do something.
//!
//! # For the sync engine
//! 1. [`Reader::scopes`] says what to ask `sync_pull` for; put each scope page of the answer into a [`PullPage`].
//!    Not the last page ([`PullPage::is_last`]): [`Store::stage`]. The last one: [`Store::commit_pages`]; its closure runs in
//!    the page commit's last transaction, when rows and cursors are in place: settle the answer's `results` there
//!    ([`WriteTx::answer`], [`WriteTx::reject`]), make notices from [`Reader::log_since`], keep your watermark with
//!    [`WriteTx::set_meta`]. A pull that broke off just goes on: `scopes()` gives the staged cursor; or
//!    [`WriteTx::drop_staged`] to begin again from what is committed. One pull at a time.
//! 2. [`Reader::scopes_to_push`], then [`WriteTx::take_batch`] under [`Durability::Full`], then send, then
//!    [`WriteTx::answer`] or [`WriteTx::reject`] for each result. An answered entry is shown until a page commit has reached
//!    its revision, so pull after a push. Fields in `current`: merge, and [`WriteTx::edit`] with `base` = the server's
//!    value, in the same transaction as `answer`; keep conflicts with [`WriteTx::add_conflict`].
//! 3. `client_reset`: [`WriteTx::new_client_id`]. Sent entries go back to the queue.
//! 4. Reads after a write see it, except while a large page commit runs (more than 400 items): screens keep the
//!    earlier state until it is complete, so an edit made in that moment shows up with it. [`WriteTx`] always reads its own
//!    writes and everything before.
//!
//! # Threads
//! One writer thread, two reader threads, queues of 64 commands; the async caller waits when one is full. [`Store`] is a
//! cheap handle, usable and droppable on any thread. Dropping a caller's future does not stop a write that has begun.

mod apply;
mod changes;
mod commit;
mod conflicts;
mod connect;
mod copies;
mod deleted_unsent;
mod edit;
mod edit_form;
mod erase;
mod failure;
mod fold;
mod gig;
mod handle;
mod items;
#[cfg(any(test, feature = "testing"))]
pub mod kill;
mod letting_go;
mod lists;
mod log;
mod marks;
mod migrate;
mod notices;
mod open;
mod outbox;
mod private;
mod pull;
mod purge;
mod query;
mod rebase;
mod rejected;
mod row;
#[cfg(feature = "testing")]
pub mod rules;
mod salvage;
mod scopes;
mod tx;
mod unreadable;
mod unsent;
mod worker;

#[cfg(test)]
mod tests;

pub use conflicts::{Asks, Conflict, ConflictDetails, Side};
pub use deleted_unsent::DeletedUnsent;
pub use gig::KeptGig;
pub use items::{ItemPlace, TakenItem};
pub use lists::ListChange;
pub use log::{LastChange, LoggedChange};
pub use marks::UnreadCount;
pub use notices::StoredNotice;
pub use open::Quarantined;
pub use outbox::{OutboxCounts, Rejection};
pub use query::*;
pub use rejected::RejectedEdit;
pub use unreadable::UnreadableRow;
pub use unsent::UnsentEdit;

testing! {
    use edit_form::Edit;
    use handle::{Durability, Store, StoreConfig};
    use items::{ItemChange, NewItem};
    use outbox::{EntryState, Op, OutboxEntry};
    use pull::{Cursor, PullPage, ScopePage};
    use tx::{Reader, WriteTx};
}
pub(crate) use changes::{ChangeSet, Topic};
pub(crate) use erase::erase;
pub(crate) use log::LogStart;
pub(crate) use outbox::{Batch, Mutation};
pub(crate) use pull::{CommittedPages, LogEntry, LostRow, ScopeState, Tombstone};
pub(crate) use row::{TOO_LARGE, is_cut};
pub(crate) use unreadable::UNREADABLE;
