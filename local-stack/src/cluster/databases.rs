//! Databases of a cluster: roles once, templates once, copies in about 30 ms each.
//!
//! Owns: what is applied to a fresh database and in which order; dropping the temporary ones. A template's name carries
//! a hash of everything in it, so a kept cluster notices a changed migration.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;

use sha2::{Digest as _, Sha256};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, NoTls};

use super::Cluster;
use crate::error::{Result, StackError};

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

const ROLES: &str = include_str!("../../bootstrap/1_roles.sql");
/// What a Supabase project has before any migration, applied by the superuser.
const BOOTSTRAP: [(&str, &str); 4] = [
    (
        "bootstrap/2_schemas.sql",
        include_str!("../../bootstrap/2_schemas.sql"),
    ),
    (
        "bootstrap/3_auth.sql",
        include_str!("../../bootstrap/3_auth.sql"),
    ),
    (
        "bootstrap/4_realtime.sql",
        include_str!("../../bootstrap/4_realtime.sql"),
    ),
    LATER,
];
/// What a database that stays may be too old to have; running it again changes nothing.
const LATER: (&str, &str) = (
    "bootstrap/5_codes.sql",
    include_str!("../../bootstrap/5_codes.sql"),
);
/// Owner of a project's database and of what migrations create; not a superuser, as on the hosted platform.
const OWNER: &str = "postgres";

/// What a new database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Contents {
    /// Only what a fresh Supabase project has.
    Bare,
    /// That, and our migrations.
    Migrated,
    /// That, and the seed: a band with people, songs and shows.
    Seeded,
}

impl Cluster {
    pub(super) async fn create_roles(&self) -> Result<()> {
        let client = self.superuser("postgres").await?;
        client
            .batch_execute(ROLES)
            .await
            .map_err(StackError::sql("bootstrap/1_roles.sql"))
    }

    /// Creates a database with these contents. `name` must be new.
    pub async fn create_database(&self, name: &str, contents: Contents) -> Result<()> {
        let template = self.template(contents).await?;
        let client = self.superuser("postgres").await?;
        create(&client, name, &template).await
    }

    /// Opens a database that stays: creates it when missing, else applies the migrations it does not have yet.
    pub async fn open_database(&self, name: &str, contents: Contents) -> Result<()> {
        if !self.exists(name).await? {
            return self.create_database(name, contents).await;
        }
        let (what, sql) = LATER;
        let client = self.superuser(name).await?;
        let newer = client.batch_execute(sql).await;
        newer.map_err(StackError::sql(what))?;
        if contents == Contents::Bare {
            return Ok(());
        }
        let client = self.connect(OWNER, name).await?;
        migrate(&client).await
    }

    /// Drops a database and ends its connections. A missing one is no error.
    pub async fn drop_database(&self, name: &str) -> Result<()> {
        let client = self.superuser("postgres").await?;
        Ok(client.batch_execute(&drop_statement(name)).await?)
    }

    /// Drops a database some time later, on the cluster's own thread; for `Drop` implementations. When 1,024 wait
    /// already, it is left to the end of the cluster.
    pub(crate) fn drop_database_later(&self, name: String) {
        self.janitor.send(name);
    }

    async fn exists(&self, name: &str) -> Result<bool> {
        let client = self.superuser("postgres").await?;
        let found = client
            .query_opt("select from pg_database where datname = $1", &[&name])
            .await?;
        Ok(found.is_some())
    }

    /// Name of the template with these contents, made on first use.
    async fn template(&self, contents: Contents) -> Result<String> {
        let name = template_name(contents);
        let _one_at_a_time = self.templates.lock().await;
        if self.exists(&name).await? {
            return Ok(name);
        }
        // Built under another name: a killed run leaves no half-made template.
        let building = format!("{name}_building");
        self.drop_database(&building).await?;
        self.build(&building, contents).await?;
        let client = self.superuser("postgres").await?;
        let rename = format!("alter database {building} rename to {name}");
        client
            .batch_execute(&rename)
            .await
            .map_err(StackError::sql("naming a template"))?;
        Ok(name)
    }

    async fn build(&self, name: &str, contents: Contents) -> Result<()> {
        let maintenance = self.superuser("postgres").await?;
        create(&maintenance, name, "template0").await?;
        let client = self.superuser(name).await?;
        for (what, sql) in BOOTSTRAP {
            client
                .batch_execute(sql)
                .await
                .map_err(StackError::sql(what))?;
        }
        close(client, &maintenance, name).await?;
        if contents != Contents::Bare {
            let client = self.connect(OWNER, name).await?;
            migrate(&client).await?;
            if contents == Contents::Seeded {
                client
                    .batch_execute(SEED)
                    .await
                    .map_err(StackError::sql("seed.sql"))?;
            }
            close(client, &maintenance, name).await?;
        }
        Ok(())
    }
}

/// Applies what is not applied yet, each file as one transaction, and notes it as the Supabase CLI does.
async fn migrate(client: &Client) -> Result<()> {
    let rows = client
        .query(
            "select version from supabase_migrations.schema_migrations",
            &[],
        )
        .await?;
    let applied: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    for (file, sql) in MIGRATIONS {
        let (version, name) = file.split_once('_').unwrap_or((file, ""));
        if applied.iter().any(|known| known == version) {
            continue;
        }
        client
            .batch_execute(sql)
            .await
            .map_err(StackError::sql(*file))?;
        let note =
            "insert into supabase_migrations.schema_migrations (version, name) values ($1, $2)";
        client
            .execute(note, &[&version, &name])
            .await
            .map_err(StackError::sql(*file))?;
    }
    Ok(())
}

/// A template can be copied only while nobody is connected; waits until the server has seen our connection go.
async fn close(client: Client, maintenance: &Client, database: &str) -> Result<()> {
    drop(client);
    let query = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1";
    maintenance.query(query, &[&database]).await?;
    Ok(())
}

async fn create(client: &Client, name: &str, template: &str) -> Result<()> {
    let sql = format!("create database \"{name}\" template {template} owner {OWNER}");
    client
        .batch_execute(&sql)
        .await
        .map_err(StackError::sql(format!("creating database {name}")))
}

fn drop_statement(name: &str) -> String {
    format!("drop database if exists \"{name}\" with (force)")
}

fn template_name(contents: Contents) -> String {
    let mut hash = Sha256::new();
    let bootstrap = BOOTSTRAP.iter().copied();
    let migrations = MIGRATIONS
        .iter()
        .copied()
        .filter(|_| contents != Contents::Bare);
    for (name, sql) in bootstrap.chain(migrations) {
        hash.update(name);
        hash.update(sql);
    }
    if contents == Contents::Seeded {
        hash.update(SEED);
    }
    let digest = hash.finalize();
    let kind = format!("{contents:?}").to_lowercase();
    let [a, b, c, d, ..] = digest[..] else {
        return format!("rockon_{kind}");
    };
    format!("rockon_{kind}_{:08x}", u32::from_be_bytes([a, b, c, d]))
}

/// A thread that drops databases nobody uses any more, so that a long test run does not fill the disk.
#[derive(Debug)]
pub(super) struct Janitor {
    queue: Option<SyncSender<String>>,
    thread: Option<JoinHandle<()>>,
}

impl Janitor {
    pub(super) fn start(config: tokio_postgres::Config) -> Self {
        let (queue, names) = sync_channel(1024);
        let thread = std::thread::Builder::new()
            .name("rockon-janitor".to_owned())
            .spawn(move || sweep(&config, &names))
            .ok();
        Self {
            queue: Some(queue),
            thread,
        }
    }

    fn send(&self, name: String) {
        if let Some(Err(TrySendError::Full(name))) = self.queue.as_ref().map(|q| q.try_send(name)) {
            tracing::debug!(name, "left to the end of the cluster");
        }
    }

    pub(super) fn stop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn sweep(config: &tokio_postgres::Config, names: &Receiver<String>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    else {
        return;
    };
    while let Ok(name) = names.recv() {
        let dropped = runtime.block_on(async {
            let (client, connection) = config.connect(NoTls).await?;
            let driver = tokio::spawn(connection);
            let result = client.batch_execute(&drop_statement(&name)).await;
            drop(client);
            let _ = driver.await;
            result
        });
        if let Err(error) = dropped
            && error.code() != Some(&SqlState::INVALID_CATALOG_NAME)
        {
            tracing::debug!(%error, "a database was not dropped");
        }
    }
}

/// Keeps the cluster alive and drops the database when the last user is gone.
#[derive(Debug)]
pub(crate) struct TemporaryDatabase {
    pub(crate) cluster: Arc<Cluster>,
    pub(crate) name: String,
    pub(crate) temporary: bool,
}

impl Drop for TemporaryDatabase {
    fn drop(&mut self) {
        if self.temporary {
            self.cluster
                .drop_database_later(std::mem::take(&mut self.name));
        }
    }
}
