//! Bands and who is in them.

use rusqlite::{OptionalExtension as _, Row};

use super::super::row::{self, Blob};
use super::super::tx::Reader;
use crate::error::Result;
use crate::model::{Rev, Role, RowId, ScopeId, UserId, timestamp, told_apart};
use crate::time::Timestamp;

/// A band as a screen shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Band {
    /// Its scope; as a row, its id is the same.
    pub id: ScopeId,
    /// Name.
    pub name: String,
    /// Description.
    pub description: Option<String>,
    /// This user's role in it, if it is known.
    pub my_role: Option<Role>,
    /// I may change songs, setlists, shows and practices; false while my role is not known. See [`Role::may_edit`].
    pub may_edit: bool,
    /// I may invite, give roles, remove members, rename and delete the band. See [`Role::may_manage`].
    pub may_manage: bool,
    /// Active members.
    pub members: u32,
    /// It has edits the server has not confirmed.
    pub pending: bool,
    /// Revision of the server's row.
    pub rev: Rev,
}

/// A member, or somebody who was one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Member {
    /// Id of the membership.
    pub id: RowId,
    /// The band.
    pub scope: ScopeId,
    /// The person.
    pub user: Option<UserId>,
    /// Their name in the band, told apart from namesakes: "Sam", "Sam (2)".
    pub name: String,
    /// Their role, if it is known.
    pub role: Option<Role>,
    /// False once they left or were removed.
    pub active: bool,
    /// May `seen_by` show them?
    pub share_seen: Option<bool>,
    /// Since when.
    pub joined_date: Option<Timestamp>,
}

const BAND: &str = "r.id, r.name, r.description,
  (select role from membership where scope = r.scope and user_id = :me and status = 'active') as my_role,
  (select count(*) from membership where scope = r.scope and status = 'active') as members, r.pending, r.sync_rev";

fn band(row: &Row<'_>) -> Result<Band> {
    let role: Option<String> = row.get("my_role")?;
    let role = role.map(Role::from);
    Ok(Band {
        id: ScopeId(row::uuid_at(row, 0)?),
        name: row.get::<_, Option<String>>("name")?.unwrap_or_default(),
        description: row.get("description")?,
        may_edit: role.as_ref().is_some_and(Role::may_edit),
        may_manage: role.as_ref().is_some_and(Role::may_manage),
        my_role: role,
        members: row.get("members")?,
        pending: row.get("pending")?,
        rev: Rev(row.get("sync_rev")?),
    })
}

/// How many of the same name joined the band of membership `r` before, those who left included.
pub(in crate::store) const BEFORE: &str =
    "(select count(*) from membership o where o.scope = r.scope and o.sort = r.sort
  and (coalesce(o.joined_date, ''), o.id) < (coalesce(r.joined_date, ''), r.id))";

fn member(row: &Row<'_>) -> Result<Member> {
    let user: Option<String> = row.get("user_id")?;
    let role: Option<String> = row.get("role")?;
    let status: Option<String> = row.get("status")?;
    let joined: Option<String> = row.get("joined_date")?;
    Ok(Member {
        id: RowId(row::uuid_at(row, 0)?),
        scope: ScopeId(row::uuid_at(row, 1)?),
        user: user.and_then(|id| id.parse().ok()),
        name: told_apart(
            row.get::<_, Option<String>>("member_name")?
                .unwrap_or_default(),
            row.get("before")?,
        ),
        role: role.map(Role::from),
        active: status.as_deref() == Some("active"),
        share_seen: row.get("share_seen")?,
        joined_date: joined.as_deref().and_then(timestamp),
    })
}

impl Reader<'_> {
    /// This user's role in a band, if it is known.
    pub fn my_role(&self, band: ScopeId) -> Result<Option<Role>> {
        let mut statement = self.conn.prepare_cached(
            "select role from membership where scope = ?1 and user_id = ?2 and status = 'active'",
        )?;
        let role = statement.query_row(
            rusqlite::params![Blob::from(band), self.user().to_string()],
            |row| row.get::<_, Option<String>>(0),
        );
        Ok(role.optional()?.flatten().map(Role::from))
    }

    /// This user's bands, by name.
    pub fn bands(&self) -> Result<Vec<Band>> {
        let sql = format!("select {BAND} from band r order by r.sort, r.id");
        self.list(&sql, &[(":me", &self.me.to_string())], band)
    }

    /// One band.
    pub fn band(&self, id: ScopeId) -> Result<Option<Band>> {
        let sql = format!("select {BAND} from band r where r.id = :id");
        let me = self.me.to_string();
        Ok(self
            .list(&sql, &[(":me", &me), (":id", &Blob::from(id))], band)?
            .pop())
    }

    /// The members of a band, by name; with `former`, those who left too.
    pub fn members(&self, scope: ScopeId, former: bool) -> Result<Vec<Member>> {
        let sql = format!(
            "select r.id, r.scope, r.user_id, r.member_name, r.role, r.status, r.share_seen, r.joined_date, {BEFORE} as before
             from membership r where r.scope = :scope and (:former or r.status = 'active') order by r.sort, r.id"
        );
        self.list(
            &sql,
            &[(":scope", &Blob::from(scope)), (":former", &former)],
            member,
        )
    }
}
