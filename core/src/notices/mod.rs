//! What the member is told: notices in the style of push messages, kept in a feed.
//!
//! Owns: what a notice says ([`NoticeBody`]), how a stream of changes becomes few notices ([`batch`]), and which sentence that
//! is ([`text`]). Notices are structured: they are kept without words, and said in the language of the app when they are shown.
//! Never: decides what changed (the page commit of a pull does) and never shows anything by itself.
//! Invariants: at most one change notice per author and band per window, never none; own changes make none; in gig mode
//! nothing is delivered: changes are kept for one digest, and every other notice waits; a notice that asks for a choice goes when
//! it is made; old and new values are those of the author that the notice names, and what ends where it began is not told.

mod batch;
mod body;
mod derive;
mod gather;
mod generator;
mod items;
mod observer;
mod presence;
mod rejected;
mod said;
mod settled;
mod since;
pub mod text;
mod watermark;

#[cfg(test)]
mod tests;

pub use body::{Author, Change, DigestEntry, MembershipEvent, NoticeBody, RowChange};
pub use items::{ListItem, ListStep};
pub use said::{SaidNotice, Untold};
pub use since::{ChangesSinceSeen, SeenChange};

testing! {
    use rejected::rejection_settled;
    use settled::conflict_closed;
    use generator::Notices;
    use observer::NoticeObserver;
}
pub(crate) use generator::remember_gig_mode;
pub(crate) use items::{Item as ListedItem, list_changes};
pub(crate) use settled::account_gone;
pub(crate) use since::changes_since_seen;
#[cfg(feature = "testing")]
pub use {
    batch::says_nothing,
    gather::PAUSE,
    generator::{Hand, Turn},
    items::apply,
};
