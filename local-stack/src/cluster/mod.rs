//! A private PostgreSQL server: real binaries, a unix socket in a directory of mode 0700, no TCP port.
//!
//! Owns: the server's process and its directory, databases on it and the templates they are copied from.
//! Never: touches a server it did not start.
//! Invariants: the server ends when this process ends, however it ends; a temporary directory is removed then.
//! Threads: [`Cluster`] is shared behind an `Arc`; its methods may be called from any thread and any tokio runtime.

mod binaries;
mod databases;
mod directory;
mod download;
mod owner;
mod server;
mod trust;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_postgres::NoTls;

pub use binaries::{Binaries, installed};
pub(crate) use databases::TemporaryDatabase;
pub use databases::{Contents, MIGRATIONS, SEED};
pub use owner::Owner;

use crate::error::{Result, StackError};
use databases::Janitor;
use directory::Directory;
pub(crate) use server::SUPERUSER;
use server::Server;

/// What takes time at a start; told so that a person can be shown it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// There is no server on this machine, and another process is downloading one.
    Waiting,
    /// There is no server on this machine: about 10 MB are downloaded, once. A broken transfer begins again at 0.
    Downloading {
        /// Bytes so far.
        received: u64,
        /// Bytes in all, where the repository says so.
        total: Option<u64>,
    },
    /// The download is checked and unpacked, about 60 MB.
    Unpacking,
}

/// Is called at each [`Step`], at most ten times a second and from any thread; must not block.
pub type Progress = fn(Step);

/// How a cluster is started. The default: a temporary directory and the newest server installed, else a downloaded one.
#[derive(Debug, Clone)]
pub struct ClusterConfig {
    /// A directory that stays and is used again; `None` is a temporary one, removed at the end.
    pub data: Option<PathBuf>,
    /// Server programs to use instead of looking for some.
    pub binaries: Option<PathBuf>,
    /// Act as if no server was installed.
    pub ignore_installed: bool,
    /// Where downloaded servers are kept; `None` is the system's place for caches.
    pub cache: Option<PathBuf>,
    /// Is told what takes time.
    pub progress: Progress,
}

impl Default for ClusterConfig {
    fn default() -> Self {
        Self {
            data: None,
            binaries: None,
            ignore_installed: false,
            cache: None,
            progress: |_| {},
        }
    }
}

/// A running PostgreSQL server.
#[derive(Debug)]
pub struct Cluster {
    // Fields drop in this order: first the janitor's connections, then the server, then its directory's lock.
    janitor: Janitor,
    server: Mutex<Option<Server>>,
    directory: Directory,
    binaries: Binaries,
    owner: Owner,
    templates: tokio::sync::Mutex<()>,
}

impl Cluster {
    /// Starts a server and creates the roles of a Supabase project.
    pub async fn start(config: ClusterConfig) -> Result<Arc<Self>> {
        let cache = config.cache.clone().unwrap_or_else(download::cache_dir);
        let progress = config.progress;
        let (owner, directory, installed) = blocking(move || prepare(&config)).await?;
        let binaries = match installed {
            Some(binaries) => Ok(binaries),
            None => download::fetch(&cache, progress).await,
        };
        let binaries = match binaries {
            Ok(binaries) => binaries,
            Err(error) => {
                directory.remove();
                return Err(error);
            }
        };
        let cluster = Arc::new(blocking(move || Self::launch(owner, directory, binaries)).await?);
        cluster.create_roles().await?;
        Ok(cluster)
    }

    fn launch(owner: Owner, directory: Directory, binaries: Binaries) -> Result<Self> {
        let server = server::initialise(&binaries, &directory, owner)
            .and_then(|()| Server::start(&binaries, &directory, owner));
        let server = match server {
            Ok(server) => server,
            Err(error) => {
                directory.remove();
                return Err(error);
            }
        };
        let janitor = Janitor::start(config_for(&directory.path, SUPERUSER, "postgres"));
        Ok(Self {
            janitor,
            server: Mutex::new(Some(server)),
            directory,
            binaries,
            owner,
            templates: tokio::sync::Mutex::new(()),
        })
    }

    /// How to reach `database` as `user`, over the socket.
    pub fn connect_config(&self, user: &str, database: &str) -> tokio_postgres::Config {
        config_for(&self.directory.path, user, database)
    }

    /// A connection as the superuser. Its driver runs on the caller's runtime and ends with the client.
    pub async fn superuser(&self, database: &str) -> Result<tokio_postgres::Client> {
        self.connect(SUPERUSER, database).await
    }

    /// A connection as `user`. Its driver runs on the caller's runtime and ends with the client.
    pub async fn connect(&self, user: &str, database: &str) -> Result<tokio_postgres::Client> {
        let (client, connection) = self.connect_config(user, database).connect(NoTls).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a database connection ended");
            }
        });
        Ok(client)
    }

    /// Directory with the socket, the log and the data.
    pub fn directory(&self) -> &Path {
        &self.directory.path
    }

    /// The programs in use.
    pub fn binaries(&self) -> &Binaries {
        &self.binaries
    }

    /// Process id of the server, while it runs.
    pub fn server_pid(&self) -> Option<u32> {
        let mut server = self.lock_server();
        server
            .as_mut()
            .and_then(|s| s.is_running().then_some(s.pid))
    }

    /// Stops the server; every connection is ended. Databases stay for [`Cluster::resume`].
    pub async fn stop(self: &Arc<Self>) -> Result<()> {
        let this = Arc::clone(self);
        blocking(move || {
            this.lock_server().take();
            Ok(())
        })
        .await
    }

    /// Starts a stopped server again; a running one is left alone.
    pub async fn resume(self: &Arc<Self>) -> Result<()> {
        let this = Arc::clone(self);
        blocking(move || {
            let mut server = this.lock_server();
            if server.as_mut().is_some_and(Server::is_running) {
                return Ok(());
            }
            *server = None;
            this.directory.recover()?;
            *server = Some(Server::start(&this.binaries, &this.directory, this.owner)?);
            Ok(())
        })
        .await
    }

    /// Stops and starts the server: every connection breaks.
    pub async fn restart(self: &Arc<Self>) -> Result<()> {
        self.stop().await?;
        self.resume().await
    }

    fn lock_server(&self) -> MutexGuard<'_, Option<Server>> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.janitor.stop();
        self.lock_server().take();
        self.directory.remove();
    }
}

/// Locks the directory and looks for a server that fits its data; `None` means one must be downloaded.
fn prepare(config: &ClusterConfig) -> Result<(Owner, Directory, Option<Binaries>)> {
    let owner = Owner::choose()?;
    let directory = match &config.data {
        Some(path) => Directory::kept(path, owner)?,
        None => Directory::temporary(owner)?,
    };
    let candidates = match &config.binaries {
        Some(dir) => Binaries::probe(dir).into_iter().collect(),
        None if config.ignore_installed => Vec::new(),
        None => installed(),
    };
    let chosen = binaries::choose(candidates, directory.data_version().as_deref())?;
    Ok((owner, directory, chosen))
}

fn config_for(directory: &Path, user: &str, database: &str) -> tokio_postgres::Config {
    let mut config = tokio_postgres::Config::new();
    config
        .host_path(directory)
        .port(5432)
        .user(user)
        .dbname(database);
    config
}

/// Runs file and process work off the runtime's threads.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(StackError::System {
            what: "a worker thread",
            source: error.into(),
        }),
    }
}
