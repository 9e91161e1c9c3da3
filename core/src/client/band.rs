//! Bands, members and invites: functions of the server. They need a network; nothing of them is queued.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::Client;
use crate::error::{Error, Result};
use crate::model::{Kind, Rev, Role, RowId, ScopeId, UserId, checked_name, timestamp};
use crate::store::Reader;
use crate::time::Timestamp;

/// Who has opened a setlist or a show.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct SeenBy {
    /// The member.
    pub user: UserId,
    /// The member's name, told apart from namesakes.
    #[serde(default)]
    pub name: String,
    /// The revision they saw; older than the row's own = an earlier version.
    #[serde(default)]
    pub rev: Rev,
    /// They have seen it as it is now.
    #[serde(default)]
    pub current: bool,
}

/// How long an invite code is good for when nobody says otherwise: a week.
pub const INVITE_HOURS: u16 = 168;

fn moment<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<Timestamp, D::Error> {
    let text = String::deserialize(from)?;
    timestamp(&text).ok_or_else(|| D::Error::custom("no point in time"))
}

/// An open invite code of a band.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Invite {
    /// Names it to [`Client::revoke_invite`].
    pub id: RowId,
    /// What the new member types.
    pub code: String,
    /// The admin who made it.
    #[serde(default)]
    pub by: Option<UserId>,
    /// That admin's name, told apart from namesakes.
    #[serde(default)]
    pub by_name: Option<String>,
    /// Until when it is good.
    #[serde(deserialize_with = "moment")]
    pub expires_at: Timestamp,
    /// How many may join with it.
    #[serde(default)]
    pub max_uses: u16,
    /// How many have.
    #[serde(default)]
    pub uses: u16,
    /// For this person alone, who was in the band before.
    #[serde(default)]
    pub member: Option<UserId>,
    /// Their name, told apart from namesakes.
    #[serde(default)]
    pub member_name: Option<String>,
}

impl Client {
    /// Makes a band with me as its admin. Returns the band.
    ///
    /// # Errors
    /// [`crate::Error::Invalid`] for a name that cannot be one; [`crate::Error::Denied`] with the server's code; network
    /// errors; [`crate::Error::SignedOut`].
    pub async fn create_band(&self, name: &str) -> Result<ScopeId> {
        let arguments = json!({ "name": checked_name(name)? });
        let band = self.call("create_band", arguments).await?;
        self.recheck();
        Ok(band)
    }

    /// Deletes a band and everything in it, for everybody.
    ///
    /// # Errors
    /// As [`Client::create_band`]; `not_admin`.
    pub async fn delete_band(&self, band: ScopeId) -> Result<()> {
        self.act("delete_band", json!({ "band": band })).await
    }

    /// A code that others join with, `uses` times (at most 100) within `hours` (at most 720).
    ///
    /// # Errors
    /// As [`Client::create_band`]; `not_admin`, `bad_limits`, `too_many_invites`.
    pub async fn create_invite(&self, band: ScopeId, uses: u16, hours: u16) -> Result<String> {
        let arguments = json!({ "band": band, "max_uses": uses, "valid_hours": hours });
        self.call("create_invite", arguments).await
    }

    /// A code for somebody who was in the band: for them alone, once. The only way back for who was removed.
    ///
    /// # Errors
    /// As [`Client::create_invite`]; `not_member`, `already_member`.
    pub async fn create_invite_for(
        &self,
        band: ScopeId,
        member: UserId,
        hours: u16,
    ) -> Result<String> {
        let arguments = json!({ "band": band, "valid_hours": hours, "member": member });
        self.call("create_invite", arguments).await
    }

    /// The open codes of a band, newest first: 100 at most.
    ///
    /// # Errors
    /// As [`Client::create_band`]; `not_admin`.
    pub async fn list_invites(&self, band: ScopeId) -> Result<Vec<Invite>> {
        let mut found: Vec<Invite> = self.call("list_invites", json!({ "band": band })).await?;
        let told_apart = move |reader: &Reader<'_>| {
            for invite in &mut found {
                invite.by_name = reader.name_in(band, invite.by, invite.by_name.take())?;
                let told = invite.member_name.take();
                invite.member_name = reader.name_in(band, invite.member, told)?;
            }
            Ok(found)
        };
        self.workspace()?.store.read(told_apart).await
    }

    /// Closes a code.
    ///
    /// # Errors
    /// As [`Client::list_invites`]; `invite_unknown`.
    pub async fn revoke_invite(&self, invite: RowId) -> Result<()> {
        self.act("revoke_invite", json!({ "invite": invite })).await
    }

    /// Joins the band of an invite code. Returns the band; its songs come with the next pull.
    ///
    /// # Errors
    /// As [`Client::create_band`]; `invite_unknown` (also after 10 wrong codes in an hour), `invite_expired`,
    /// `invite_used_up`, `was_removed`.
    pub async fn redeem_invite(&self, code: &str) -> Result<ScopeId> {
        // As pasted: PostgreSQL takes no U+0000, and no code has any other control character.
        let code = code.replace(char::is_control, "");
        let arguments = json!({ "code": code.trim() });
        let band = self.call("redeem_invite", arguments).await?;
        self.recheck();
        Ok(band)
    }

    /// Gives a member another role.
    ///
    /// # Errors
    /// As [`Client::create_band`]; `not_admin`, `last_admin`; [`Error::Invalid`] for a role that this version does not know.
    pub async fn set_member_role(&self, band: ScopeId, member: UserId, role: Role) -> Result<()> {
        if matches!(role, Role::Other { .. }) {
            return Err(Error::Invalid {
                field: "role",
                reason: "this version does not know it",
            });
        }
        self.act(
            "set_member_role",
            json!({ "band": band, "member": member, "role": role }),
        )
        .await
    }

    /// Takes a member out of the band. Their name stays where they did something.
    ///
    /// # Errors
    /// As [`Client::set_member_role`].
    pub async fn remove_member(&self, band: ScopeId, member: UserId) -> Result<()> {
        self.act("remove_member", json!({ "band": band, "member": member }))
            .await
    }

    /// Leaves a band. Its rows leave this phone; edits not yet sent are rejected.
    ///
    /// # Errors
    /// As [`Client::set_member_role`].
    pub async fn leave_band(&self, band: ScopeId) -> Result<()> {
        self.act("leave_band", json!({ "band": band })).await
    }

    /// Whether others may see which setlists and shows I have opened.
    ///
    /// # Errors
    /// As [`Client::create_band`]; `not_member`.
    pub async fn set_share_seen(&self, band: ScopeId, share: bool) -> Result<()> {
        self.act("set_share_seen", json!({ "band": band, "share": share }))
            .await
    }

    /// Who has opened a setlist or a show of a band, up to which revision.
    ///
    /// # Errors
    /// As [`Client::create_band`]; `not_member`.
    pub async fn seen_by(&self, kind: Kind, id: RowId) -> Result<Vec<SeenBy>> {
        let arguments = json!({ "kind": kind, "id": id });
        let mut found: Vec<SeenBy> = self.call("seen_by", arguments).await?;
        let told_apart = move |reader: &Reader<'_>| {
            if let Some(band) = reader.scope_of(kind, id)? {
                for one in &mut found {
                    let name = reader.member_name(band, one.user)?;
                    one.name = name.unwrap_or_else(|| std::mem::take(&mut one.name));
                }
            }
            Ok(found)
        };
        self.workspace()?.store.read(told_apart).await
    }

    async fn act(&self, function: &'static str, arguments: Value) -> Result<()> {
        self.call::<Value>(function, arguments).await?;
        self.recheck();
        Ok(())
    }
}
