//! Users and identities: rows of `auth.users` and `auth.identities`, and the JSON the service makes of them.

use deadpool_postgres::Transaction;
use serde::Serialize;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio_postgres::Row;
use uuid::Uuid;

use super::answer::AuthError;

const COLUMNS: &str = "id, coalesce(aud, 'authenticated') as aud, coalesce(role, 'authenticated') as role, \
     coalesce(email, '') as email, encrypted_password, email_confirmed_at, coalesce(phone, '') as phone, \
     confirmation_sent_at, confirmed_at, nullif(email_change, '') as email_change, email_change_sent_at, \
     recovery_sent_at, reauthentication_sent_at, last_sign_in_at, coalesce(raw_app_meta_data, '{}') as app_metadata, \
     coalesce(raw_user_meta_data, '{}') as user_metadata, created_at, updated_at, banned_until, deleted_at, is_anonymous";

/// A user as stored.
#[derive(Debug, Clone)]
pub(super) struct User {
    pub(super) id: Uuid,
    pub(super) aud: String,
    pub(super) role: String,
    pub(super) email: String,
    pub(super) password_hash: Option<String>,
    pub(super) phone: String,
    pub(super) email_confirmed_at: Option<OffsetDateTime>,
    pub(super) confirmation_sent_at: Option<OffsetDateTime>,
    pub(super) confirmed_at: Option<OffsetDateTime>,
    pub(super) email_change: Option<String>,
    pub(super) email_change_sent_at: Option<OffsetDateTime>,
    pub(super) recovery_sent_at: Option<OffsetDateTime>,
    pub(super) reauthentication_sent_at: Option<OffsetDateTime>,
    pub(super) last_sign_in_at: Option<OffsetDateTime>,
    pub(super) app_metadata: Value,
    pub(super) metadata: Value,
    pub(super) created_at: Option<OffsetDateTime>,
    pub(super) updated_at: Option<OffsetDateTime>,
    pub(super) banned_until: Option<OffsetDateTime>,
    pub(super) deleted_at: Option<OffsetDateTime>,
    pub(super) is_anonymous: bool,
}

impl User {
    fn from_row(row: &Row) -> Self {
        Self {
            id: row.get("id"),
            aud: row.get("aud"),
            role: row.get("role"),
            email: row.get("email"),
            password_hash: row.get("encrypted_password"),
            phone: row.get("phone"),
            email_confirmed_at: row.get("email_confirmed_at"),
            confirmation_sent_at: row.get("confirmation_sent_at"),
            confirmed_at: row.get("confirmed_at"),
            email_change: row.get("email_change"),
            email_change_sent_at: row.get("email_change_sent_at"),
            recovery_sent_at: row.get("recovery_sent_at"),
            reauthentication_sent_at: row.get("reauthentication_sent_at"),
            last_sign_in_at: row.get("last_sign_in_at"),
            app_metadata: row.get("app_metadata"),
            metadata: row.get("user_metadata"),
            created_at: row.get("created_at"),
            updated_at: row.get("updated_at"),
            banned_until: row.get("banned_until"),
            deleted_at: row.get("deleted_at"),
            is_anonymous: row.get("is_anonymous"),
        }
    }

    /// The user of this address, whatever its letter case. Deleted ones keep no readable address.
    pub(super) async fn by_email(
        tx: &Transaction<'_>,
        email: &str,
    ) -> Result<Option<Self>, AuthError> {
        let sql =
            format!("select {COLUMNS} from auth.users where email = lower($1) and not is_sso_user");
        Ok(tx
            .query_opt(&sql, &[&email])
            .await?
            .as_ref()
            .map(Self::from_row))
    }

    /// The user who wants this address, and has not confirmed it yet.
    pub(super) async fn by_new_email(
        tx: &Transaction<'_>,
        email: &str,
    ) -> Result<Option<Self>, AuthError> {
        let sql = format!(
            "select {COLUMNS} from auth.users where auth.users.email_change = lower($1) \
             order by email_change_sent_at desc limit 1"
        );
        Ok(tx
            .query_opt(&sql, &[&email])
            .await?
            .as_ref()
            .map(Self::from_row))
    }

    pub(super) async fn by_id(tx: &Transaction<'_>, id: Uuid) -> Result<Option<Self>, AuthError> {
        let sql = format!("select {COLUMNS} from auth.users where id = $1");
        Ok(tx
            .query_opt(&sql, &[&id])
            .await?
            .as_ref()
            .map(Self::from_row))
    }

    pub(super) fn is_banned(&self, now: OffsetDateTime) -> bool {
        self.banned_until.is_some_and(|until| until > now)
    }

    /// The user object of answers.
    pub(super) fn json(&self, identities: Value) -> UserJson<'_> {
        let time = |at: Option<OffsetDateTime>| at.and_then(|at| at.format(&Rfc3339).ok());
        UserJson {
            id: self.id,
            aud: &self.aud,
            role: &self.role,
            email: &self.email,
            email_confirmed_at: time(self.email_confirmed_at),
            phone: &self.phone,
            confirmation_sent_at: time(self.confirmation_sent_at),
            confirmed_at: time(self.confirmed_at),
            recovery_sent_at: time(self.recovery_sent_at),
            new_email: self.email_change.as_deref(),
            email_change_sent_at: time(self.email_change_sent_at),
            last_sign_in_at: time(self.last_sign_in_at),
            app_metadata: &self.app_metadata,
            user_metadata: &self.metadata,
            identities,
            created_at: time(self.created_at),
            updated_at: time(self.updated_at),
            banned_until: time(self.banned_until),
            deleted_at: time(self.deleted_at),
            is_anonymous: self.is_anonymous,
        }
    }
}

/// A user as sent; members in the real service's order, absent ones left out.
#[derive(Debug, Serialize)]
pub(super) struct UserJson<'a> {
    id: Uuid,
    aud: &'a str,
    role: &'a str,
    email: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_confirmed_at: Option<String>,
    phone: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmation_sent_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) confirmed_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery_sent_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_change_sent_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_sign_in_at: Option<String>,
    app_metadata: &'a Value,
    user_metadata: &'a Value,
    identities: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    banned_until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_at: Option<String>,
    is_anonymous: bool,
}

/// What is needed to make a user.
#[derive(Debug)]
pub(super) struct NewUser {
    pub(super) id: Uuid,
    pub(super) role: String,
    /// Lower case.
    pub(super) email: String,
    pub(super) password_hash: Option<String>,
    pub(super) app_metadata: Map<String, Value>,
    pub(super) user_metadata: Map<String, Value>,
    pub(super) identity_data: Map<String, Value>,
    pub(super) confirmed: bool,
}

impl NewUser {
    /// Writes user and identity. A taken address is a database error: look first.
    pub(super) async fn insert(
        mut self,
        tx: &Transaction<'_>,
        now: OffsetDateTime,
    ) -> Result<User, AuthError> {
        let identity = Value::Object(std::mem::take(&mut self.identity_data));
        let user = self.insert_alone(tx, now).await?;
        tx.execute(
            "insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, \
             created_at, updated_at) values ($1::uuid::text, $1, $2, 'email', $3, $3, $3)",
            &[&user.id, &identity, &now],
        )
        .await?;
        Ok(user)
    }

    /// Writes the user without an identity.
    pub(super) async fn insert_alone(
        self,
        tx: &Transaction<'_>,
        now: OffsetDateTime,
    ) -> Result<User, AuthError> {
        let confirmed_at = self.confirmed.then_some(now);
        tx.execute(
            "insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, \
             confirmation_token, recovery_token, email_change_token_new, email_change, raw_app_meta_data, \
             raw_user_meta_data, created_at, updated_at) values ('00000000-0000-0000-0000-000000000000', $1, \
             'authenticated', $2, $3, $4, $5, '', '', '', '', $6, $7, $8, $8)",
            &[
                &self.id,
                &self.role,
                &self.email,
                &self.password_hash,
                &confirmed_at,
                &Value::Object(self.app_metadata),
                &Value::Object(self.user_metadata),
                &now,
            ],
        )
        .await?;
        User::by_id(tx, self.id).await?.ok_or_else(not_found)
    }
}

pub(super) fn not_found() -> AuthError {
    AuthError::new(404, "user_not_found", "User not found")
}

/// A user's identities as sent.
pub(super) async fn identities(tx: &Transaction<'_>, user: Uuid) -> Result<Value, AuthError> {
    let rows = tx
        .query(
            "select id, provider_id, identity_data, provider, last_sign_in_at, created_at, updated_at, email \
             from auth.identities where user_id = $1 order by created_at, id",
            &[&user],
        )
        .await?;
    let time = |row: &Row, column: &str| {
        let at: Option<OffsetDateTime> = row.get(column);
        at.and_then(|at| at.format(&Rfc3339).ok())
    };
    let identity = |row: &Row| {
        json!({
            "identity_id": row.get::<_, Uuid>("id"),
            "id": row.get::<_, String>("provider_id"),
            "user_id": user,
            "identity_data": row.get::<_, Value>("identity_data"),
            "provider": row.get::<_, String>("provider"),
            "last_sign_in_at": time(row, "last_sign_in_at"),
            "created_at": time(row, "created_at"),
            "updated_at": time(row, "updated_at"),
            "email": row.get::<_, Option<String>>("email"),
        })
    };
    Ok(rows.iter().map(identity).collect())
}
