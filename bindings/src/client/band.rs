//! Bands, members and invites: functions of the server. They need a network; nothing of them is queued.

use rockon_core::Error as CoreError;
use rockon_core::client::{Invite, SeenBy};
use rockon_core::model::{Kind, Role, RowId, ScopeId, UserId};

use super::Client;

calls! { run:
    /// Makes a band with me as its admin. Returns the band.
    create_band(name: String as &) -> ScopeId;
    /// Deletes a band and everything in it, for everybody.
    delete_band(band: ScopeId) -> ();
    /// A code that others join with, `uses` times (at most 100) within `hours` (at most 720).
    create_invite(band: ScopeId, uses: u16, hours: u16) -> String;
    /// A code for somebody who was in the band: for them alone, once. The only way back for who was removed.
    create_invite_for(band: ScopeId, member: UserId, hours: u16) -> String;
    /// The open codes of a band, newest first: 100 at most.
    list_invites(band: ScopeId) -> Vec<Invite>;
    /// Closes a code.
    revoke_invite(invite: RowId) -> ();
    /// Joins the band of an invite code. Returns the band; its songs come with the next pull.
    redeem_invite(code: String as &) -> ScopeId;
    /// Gives a member another role.
    set_member_role(band: ScopeId, member: UserId, role: Role) -> ();
    /// Takes a member out of the band. Their name stays where they did something.
    remove_member(band: ScopeId, member: UserId) -> ();
    /// Leaves a band. Its rows leave this phone; edits not yet sent are rejected.
    leave_band(band: ScopeId) -> ();
    /// Whether others may see which setlists and shows I have opened.
    set_share_seen(band: ScopeId, share: bool) -> ();
    /// Who has opened a setlist or a show of a band, up to which revision.
    seen_by(kind: Kind, id: RowId) -> Vec<SeenBy>;
}
