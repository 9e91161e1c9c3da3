//! Bands, members and invites: functions of the server. They need a network; nothing of them is queued.

use rockon_core::Error as CoreError;
use rockon_core::client::{Invite, SeenBy};
use rockon_core::model::{Kind, Role, RowId, ScopeId, UserId};

use super::Client;

#[uniffi::export]
impl Client {
    /// Makes a band with me as its admin. Returns the band.
    pub async fn create_band(&self, name: String) -> Result<ScopeId, CoreError> {
        self.run(async move |core| core.create_band(&name).await)
            .await
    }

    /// Deletes a band and everything in it, for everybody.
    pub async fn delete_band(&self, band: ScopeId) -> Result<(), CoreError> {
        self.run(async move |core| core.delete_band(band).await)
            .await
    }

    /// A code that others join with, `uses` times (at most 100) within `hours` (at most 720).
    pub async fn create_invite(
        &self,
        band: ScopeId,
        uses: u16,
        hours: u16,
    ) -> Result<String, CoreError> {
        self.run(async move |core| core.create_invite(band, uses, hours).await)
            .await
    }

    /// A code for somebody who was in the band: for them alone, once. The only way back for who was removed.
    pub async fn create_invite_for(
        &self,
        band: ScopeId,
        member: UserId,
        hours: u16,
    ) -> Result<String, CoreError> {
        self.run(async move |core| core.create_invite_for(band, member, hours).await)
            .await
    }

    /// The open codes of a band, newest first: 100 at most.
    pub async fn list_invites(&self, band: ScopeId) -> Result<Vec<Invite>, CoreError> {
        self.run(async move |core| core.list_invites(band).await)
            .await
    }

    /// Closes a code.
    pub async fn revoke_invite(&self, invite: RowId) -> Result<(), CoreError> {
        self.run(async move |core| core.revoke_invite(invite).await)
            .await
    }

    /// Joins the band of an invite code. Returns the band; its songs come with the next pull.
    pub async fn redeem_invite(&self, code: String) -> Result<ScopeId, CoreError> {
        self.run(async move |core| core.redeem_invite(&code).await)
            .await
    }

    /// Gives a member another role.
    pub async fn set_member_role(
        &self,
        band: ScopeId,
        member: UserId,
        role: Role,
    ) -> Result<(), CoreError> {
        self.run(async move |core| core.set_member_role(band, member, role).await)
            .await
    }

    /// Takes a member out of the band. Their name stays where they did something.
    pub async fn remove_member(&self, band: ScopeId, member: UserId) -> Result<(), CoreError> {
        self.run(async move |core| core.remove_member(band, member).await)
            .await
    }

    /// Leaves a band. Its rows leave this phone; edits not yet sent are rejected.
    pub async fn leave_band(&self, band: ScopeId) -> Result<(), CoreError> {
        self.run(async move |core| core.leave_band(band).await)
            .await
    }

    /// Whether others may see which setlists and shows I have opened.
    pub async fn set_share_seen(&self, band: ScopeId, share: bool) -> Result<(), CoreError> {
        self.run(async move |core| core.set_share_seen(band, share).await)
            .await
    }

    /// Who has opened a setlist or a show of a band, up to which revision.
    pub async fn seen_by(&self, kind: Kind, id: RowId) -> Result<Vec<SeenBy>, CoreError> {
        self.run(async move |core| core.seen_by(kind, id).await)
            .await
    }
}
