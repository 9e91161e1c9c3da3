//! Bands, members and invites: functions of the server. They need a network; nothing of them is queued.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Client;
use crate::error::Result;
use crate::model::{Kind, Rev, Role, RowId, ScopeId, UserId};

/// Who has opened a setlist or a show.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SeenBy {
    /// The member.
    pub user: UserId,
    /// The member's name.
    #[serde(default)]
    pub name: String,
    /// The revision they saw; older than the row's own = an earlier version.
    #[serde(default)]
    pub rev: Rev,
    /// They have seen it as it is now.
    #[serde(default)]
    pub current: bool,
}

impl Client {
    /// Makes a band with me as its admin. Returns the band.
    ///
    /// # Errors
    /// [`crate::Error::Denied`] with the server's code (`bad_name`); network errors; [`crate::Error::SignedOut`].
    pub async fn create_band(&self, name: &str) -> Result<ScopeId> {
        let arguments = json!({ "name": name.replace('\0', "") });
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

    /// A code that others join with, `uses` times within `hours`.
    ///
    /// # Errors
    /// As [`Client::create_band`]; `not_admin`.
    pub async fn create_invite(&self, band: ScopeId, uses: u16, hours: u16) -> Result<String> {
        let arguments = json!({ "band": band, "max_uses": uses, "valid_hours": hours });
        self.call("create_invite", arguments).await
    }

    /// Joins the band of an invite code. Returns the band; its songs come with the next pull.
    ///
    /// # Errors
    /// As [`Client::create_band`]; `invite_unknown`, `invite_expired`, `invite_used_up`.
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
    /// As [`Client::create_band`]; `not_admin`, `last_admin`.
    pub async fn set_member_role(&self, band: ScopeId, member: UserId, role: Role) -> Result<()> {
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

    /// Leaves a band. Its rows leave this phone; edits not yet sent are parked.
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
        self.call("seen_by", json!({ "kind": kind, "id": id }))
            .await
    }

    async fn act(&self, function: &'static str, arguments: Value) -> Result<()> {
        self.call::<Value>(function, arguments).await?;
        self.recheck();
        Ok(())
    }
}
