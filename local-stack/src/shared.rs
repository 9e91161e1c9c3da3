//! What the services of one project share.

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::Pool;

use sha2::{Digest as _, Sha256};

use crate::auth::{Attempts, Mailbox};
use crate::clock::Clock;
use crate::cluster::Cluster;
use crate::error::Result;
use crate::faults::Faults;
use crate::issuer::{IdTokenRequest, Issuer};
use crate::keys::{Claims, Keys, TokenError};
use crate::realtime::{self, Realtime};
use crate::rest::Rest;

/// Shared by every handler of a project.
pub type Shared = Arc<Context>;

/// Times of the real services that tests may shorten. The defaults are the real ones.
#[derive(Debug, Clone)]
pub struct Timing {
    /// Lifetime of an access token; the CLI's default is an hour.
    pub access_token: Duration,
    /// A refresh token may be used again this long after its use; CLI and hosted: 10 s.
    pub refresh_reuse: Duration,
    /// How long a code or a link of a mail works; CLI and hosted: an hour.
    pub code: Duration,
    /// Waits of the realtime service.
    pub realtime: realtime::Timing,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            access_token: Duration::from_hours(1),
            refresh_reuse: Duration::from_secs(10),
            code: Duration::from_hours(1),
            realtime: realtime::Timing::default(),
        }
    }
}

impl Timing {
    /// For tests: waits that only cost time are short. Token lifetimes stay.
    pub fn fast() -> Self {
        Self {
            realtime: realtime::Timing::fast(),
            ..Self::default()
        }
    }
}

/// Settings of the auth service.
#[derive(Debug, Clone)]
pub struct AuthSettings {
    /// A sign-up is confirmed at once and answers with a session.
    pub autoconfirm: bool,
    /// Nobody can sign up.
    pub signup_disabled: bool,
    /// Nobody can sign in or up with an e-mail address.
    pub email_disabled: bool,
    /// Shortest password, in bytes.
    pub min_password: usize,
    /// A new password wants a sign-in that is no older than this, or a code; `None` where any will do. The real service's
    /// is a day, and off unless the project asks for it.
    pub reauthenticate_after: Option<Duration>,
    /// The client id of the app at Apple and Google, for which their identity tokens are taken; `None` where both are off.
    pub id_tokens_for: Option<String>,
    /// Requests of one kind that may come at once (sign-ups; passwords and refreshes; mails; codes); then 429 until time
    /// has passed. The real service's is 30, tests may raise it.
    pub attempts: u32,
}

impl Default for AuthSettings {
    fn default() -> Self {
        Self {
            autoconfirm: true,
            signup_disabled: false,
            email_disabled: false,
            min_password: 6,
            reauthenticate_after: None,
            id_tokens_for: None,
            attempts: 30,
        }
    }
}

/// See [`Shared`].
#[derive(Debug)]
pub struct Context {
    /// Connections as `supabase_auth_admin`, the owner of schema `auth`.
    pub auth_pool: Pool,
    /// The server the project's database lives on.
    pub cluster: Arc<Cluster>,
    /// Name of the project's database.
    pub database: String,
    /// Secret, API keys, tokens.
    pub keys: Keys,
    /// Signs identity tokens in place of Apple and Google.
    pub(crate) issuer: Issuer,
    /// Switches to break things.
    pub faults: Arc<Faults>,
    /// Times of the real services.
    pub timing: Timing,
    /// Settings of the auth service.
    pub auth: AuthSettings,
    /// The REST service.
    pub rest: Arc<Rest>,
    /// The realtime service, with its own switches.
    pub realtime: Arc<Realtime>,
    /// Now, possibly moved.
    pub clock: Arc<Clock>,
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    /// The gateway wants a known API key with every request.
    pub key_check: bool,
    /// What opens `/admin`.
    pub(crate) admin_key: AdminKey,
    /// How often what was tried.
    pub(crate) attempts: Attempts,
    /// The mails of the auth service.
    pub mails: Mailbox,
}

/// The key of `/admin`: random, as old as the project's start. Never shown by `Debug`.
pub(crate) struct AdminKey(pub(crate) String);

impl std::fmt::Debug for AdminKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AdminKey")
    }
}

impl Context {
    /// Whether this is the admin key. The time it takes says nothing of how much of it is right.
    pub(crate) fn is_admin_key(&self, given: &str) -> bool {
        Sha256::digest(given) == Sha256::digest(&self.admin_key.0)
    }

    /// An identity token as Apple's or Google's, for [`AuthSettings::id_tokens_for`].
    pub fn id_token(&self, request: &IdTokenRequest) -> Result<String> {
        let client_id = self.auth.id_tokens_for.as_deref().unwrap_or_default();
        self.issuer.sign(request, client_id, self.clock.unix())
    }

    /// PostgreSQL refuses this project's connections and ends those there are; other projects go on.
    pub async fn stop_database(&self) -> Result<()> {
        let client = self.cluster.superuser("postgres").await?;
        let refuse = format!(
            "alter database \"{}\" allow_connections false",
            self.database
        );
        client.batch_execute(&refuse).await?;
        let end = "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1";
        client.query(end, &[&self.database]).await?;
        Ok(())
    }

    /// The database takes connections again.
    pub async fn start_database(&self) -> Result<()> {
        let client = self.cluster.superuser("postgres").await?;
        let accept = format!(
            "alter database \"{}\" allow_connections true",
            self.database
        );
        Ok(client.batch_execute(&accept).await?)
    }

    /// Every token issued until now counts as expired, in all services.
    pub fn expire_tokens(&self) {
        let now = self.clock.unix();
        self.faults
            .change(|state| state.tokens_expired_until = Some(now));
    }

    /// Verifies a token at the stack's time, with the fault "tokens expired" in force.
    pub fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        let claims = self.keys.verify(token, self.clock.unix())?;
        let expired_until = self.faults.state().tokens_expired_until;
        let issued = claims.get("iat").and_then(serde_json::Value::as_i64);
        match (expired_until, issued) {
            (Some(until), Some(issued)) if issued <= until => Err(TokenError::Expired),
            _ => Ok(claims),
        }
    }
}
