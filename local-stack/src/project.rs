//! One project: a database and its services on one port.
//!
//! Owns: the HTTP server and the database's life. The server listens on 127.0.0.1 only.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_postgres::NoTls;

use crate::auth::{Attempts, Mail, Mailbox};
use crate::clock::Clock;
use crate::cluster::{Cluster, Contents, SUPERUSER, TemporaryDatabase};
use crate::error::{Result, StackError};
use crate::faults::Faults;
use crate::gateway;
use crate::issuer::{IdTokenRequest, Issuer};
use crate::keys::Keys;
use crate::random;
use crate::realtime::{self, Limits, Place, Realtime, Settings};
use crate::rest::{self, Rest};
use crate::shared::{AdminKey, AuthSettings, Context, Shared, Timing};

/// Connections of the auth service, as many as the real one's default.
const AUTH_CONNECTIONS: usize = 10;

/// How a project is started. The default: any free port, a fresh database with the migrations, real timing.
#[derive(Debug, Clone)]
pub struct ProjectConfig {
    /// Port on 127.0.0.1; 0 is any free one.
    pub port: u16,
    /// What the database holds when it is new.
    pub contents: Contents,
    /// Name of a database that stays; `None` is a temporary one, dropped with the project.
    pub database: Option<String>,
    /// Times of the services.
    pub timing: Timing,
    /// Settings of the auth service.
    pub auth: AuthSettings,
    /// Secret of the tokens; `None` is the development default.
    pub jwt_secret: Option<String>,
    /// The gateway wants a known API key with every request, as a hosted and a self-hosted one do; the CLI's lets every
    /// request through to the service.
    pub key_check: bool,
    /// Another secret for the realtime service alone: a project whose parts were set up apart. `None` is the same one.
    pub realtime_secret: Option<String>,
}

impl Default for ProjectConfig {
    fn default() -> Self {
        Self {
            port: 0,
            contents: Contents::Migrated,
            database: None,
            timing: Timing::default(),
            auth: AuthSettings::default(),
            jwt_secret: None,
            key_check: true,
            realtime_secret: None,
        }
    }
}

/// A running project. Dropping it ends the server at once; [`Project::shutdown`] lets requests finish.
#[derive(Debug)]
pub struct Project {
    shared: Shared,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
    database: TemporaryDatabase,
}

impl Project {
    /// Creates the database (about 30 ms once its template exists) and listens.
    pub async fn start(cluster: &Arc<Cluster>, config: ProjectConfig) -> Result<Self> {
        let (name, temporary) = match &config.database {
            Some(name) => (name.clone(), false),
            None => (format!("project_{:012x}", fastrand::u64(..) >> 16), true),
        };
        cluster.open_database(&name, config.contents).await?;
        let database = TemporaryDatabase {
            cluster: Arc::clone(cluster),
            name,
            temporary,
        };
        let (listener, url) = listen(config.port).await?;
        let shared = context(cluster, &database.name, config, url)?;
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(serve(listener, gateway::router(&shared), stopped));
        Ok(Self {
            shared,
            stop: Some(stop),
            server,
            database,
        })
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.shared.url
    }

    /// The key of an app.
    pub fn anon_key(&self) -> &str {
        self.shared.keys.anon()
    }

    /// The key of a server.
    pub fn service_key(&self) -> &str {
        self.shared.keys.service()
    }

    /// What opens the `/admin` paths; new with each start.
    pub fn admin_key(&self) -> &str {
        &self.shared.admin_key.0
    }

    /// The last mails of the auth service, the newest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.shared.mails.newest_first()
    }

    /// An identity token as Apple's or Google's, for [`AuthSettings::id_tokens_for`].
    pub fn id_token(&self, request: &IdTokenRequest) -> Result<String> {
        self.shared.id_token(request)
    }

    /// The secret tokens are signed with.
    pub fn jwt_secret(&self) -> &str {
        self.shared.keys.jwt_secret()
    }

    /// Signing and checking of tokens.
    pub fn keys(&self) -> &Keys {
        &self.shared.keys
    }

    /// A superuser's connection to the project's database.
    pub async fn admin(&self) -> Result<tokio_postgres::Client> {
        self.shared.cluster.superuser(&self.shared.database).await
    }

    /// A connection as any database user, such as `postgres` (who applies migrations) or `authenticator`.
    pub async fn connect(&self, user: &str) -> Result<tokio_postgres::Client> {
        self.shared
            .cluster
            .connect(user, &self.shared.database)
            .await
    }

    /// See [`Context::stop_database`].
    pub async fn stop_database(&self) -> Result<()> {
        self.shared.stop_database().await
    }

    /// See [`Context::start_database`].
    pub async fn start_database(&self) -> Result<()> {
        self.shared.start_database().await
    }

    /// See [`Context::expire_tokens`].
    pub fn expire_tokens(&self) {
        self.shared.expire_tokens();
    }

    /// Where `psql` and other PostgreSQL programs find the project's database, as `postgres`, who applies migrations.
    /// It is reached over a socket in the server's directory only, without a password.
    pub fn database_url(&self) -> String {
        let directory = self.shared.cluster.directory().display();
        let name = &self.database.name;
        format!("postgresql://postgres@/{name}?host={directory}&port=5432")
    }

    /// Name of the project's database.
    pub fn database(&self) -> &str {
        &self.database.name
    }

    /// The switches to break things.
    pub fn faults(&self) -> &Faults {
        &self.shared.faults
    }

    /// The realtime service: its switches, its limits, and cutting its sockets.
    pub fn realtime(&self) -> &Realtime {
        &self.shared.realtime
    }

    /// The stack's clock, which can be moved.
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// What the services share.
    pub fn shared(&self) -> &Shared {
        &self.shared
    }

    /// Stops listening, lets running requests finish for a second, drops a temporary database.
    pub async fn shutdown(mut self) -> Result<()> {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let patience = Duration::from_secs(1);
        if tokio::time::timeout(patience, &mut self.server)
            .await
            .is_err()
        {
            self.server.abort();
        }
        self.shared.realtime.stop().await;
        self.shared.rest.close();
        self.shared.auth_pool.close();
        if self.database.temporary {
            self.database
                .cluster
                .drop_database(&self.database.name)
                .await?;
        }
        Ok(())
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        self.server.abort();
        self.shared.realtime.abort();
        self.shared.rest.close();
        self.shared.auth_pool.close();
    }
}

fn context(
    cluster: &Arc<Cluster>,
    database: &str,
    config: ProjectConfig,
    url: String,
) -> Result<Shared> {
    let keys = Keys::new(config.jwt_secret.as_deref())?;
    let (clock, faults) = (Arc::<Clock>::default(), Arc::<Faults>::default());
    let times = rest_times(&clock, &faults);
    let mut realtime = realtime_settings(cluster, database, &keys, &clock, &faults);
    realtime.timing = config.timing.realtime;
    if let Some(secret) = config.realtime_secret {
        realtime.secret = secret.into_bytes();
    }
    Ok(Arc::new(Context {
        auth_pool: auth_pool(cluster, database)?,
        rest: rest_service(cluster, database, &keys, times)?,
        realtime: Realtime::new(realtime).map_err(StackError::pool)?,
        cluster: Arc::clone(cluster),
        database: database.to_owned(),
        keys,
        faults,
        timing: config.timing,
        auth: config.auth,
        clock,
        url,
        key_check: config.key_check,
        issuer: Issuer::new()?,
        admin_key: AdminKey(random::key()),
        attempts: Attempts::default(),
        mails: Mailbox::default(),
    }))
}

fn auth_pool(cluster: &Cluster, database: &str) -> Result<Pool> {
    let config = cluster.connect_config("supabase_auth_admin", database);
    let recycling = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    Pool::builder(Manager::from_config(config, NoTls, recycling))
        .max_size(AUTH_CONNECTIONS)
        .wait_timeout(Some(Duration::from_secs(10)))
        .runtime(Runtime::Tokio1)
        .build()
        .map_err(StackError::pool)
}

type TimesOf = Arc<dyn Fn() -> rest::Times + Send + Sync>;

/// The stack's time and the fault "tokens expired", as the REST service asks for them.
fn rest_times(clock: &Arc<Clock>, faults: &Arc<Faults>) -> TimesOf {
    let (clock, faults) = (Arc::clone(clock), Arc::clone(faults));
    Arc::new(move || rest::Times {
        now: clock.unix(),
        expired_until: faults.state().tokens_expired_until,
    })
}

fn rest_service(
    cluster: &Cluster,
    database: &str,
    keys: &Keys,
    times: TimesOf,
) -> Result<Arc<Rest>> {
    let settings = rest::Settings {
        database: cluster.connect_config("authenticator", database),
        secret: keys.jwt_secret().as_bytes().to_vec(),
        safe_updates: true,
        times,
    };
    Rest::new(settings).map_err(StackError::pool)
}

fn realtime_settings(
    cluster: &Cluster,
    database: &str,
    keys: &Keys,
    clock: &Arc<Clock>,
    faults: &Faults,
) -> Settings {
    let opaque = [keys.publishable(), keys.secret_key()];
    Settings {
        place: Place {
            socket_dir: cluster.directory().to_string_lossy().into_owned(),
            port: 5432,
            user: SUPERUSER.to_owned(),
            database: database.to_owned(),
        },
        secret: keys.jwt_secret().as_bytes().to_vec(),
        keys: opaque
            .map(|key| (key.to_owned(), keys.translate(key).to_owned()))
            .to_vec(),
        clock: Arc::clone(clock),
        switches: faults.watch(),
        timing: realtime::Timing::default(),
        limits: Limits::default(),
    }
}

async fn listen(port: u16) -> Result<(TcpListener, String)> {
    let error = |source| StackError::Listen { port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(error)?;
    let address = listener.local_addr().map_err(error)?;
    Ok((listener, format!("http://{address}")))
}

/// Serves until told to stop; then running requests end, new ones are refused.
async fn serve(listener: TcpListener, router: axum::Router, stopped: oneshot::Receiver<()>) {
    let ended = axum::serve(listener, router).with_graceful_shutdown(async {
        let _ = stopped.await;
    });
    if let Err(error) = ended.await {
        tracing::error!(%error, "the HTTP server ended");
    }
}
