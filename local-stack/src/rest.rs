//! The REST service of one project: the part of PostgREST 14 that our core and everyday use of the official clients need.
//!
//! Owns the parsing of requests, the statements and the answers. Never decides what a caller may see: each request is
//! one transaction as the caller's role with `request.jwt.claims` set, and the policies are PostgreSQL's own.
//! Behaviour and texts are those observed on the real server.
//!
//! ```text
//! query, prefer, payload   query string, headers, body      catalog   the schema cache
//! token    Authorization -> role and claims                 sql       a statement with parameters
//! plan     statement, accept, answer                        run       one transaction as the caller
//! error, sqlstate   refusals                                unfiltered   changes of every row
//! ```
//!
//! | bound | value | beyond it |
//! |---|---|---|
//! | rows of a read | 1,000 | cut without a word, as configured on Supabase |
//! | body of a request | 64 MiB | 413 |
//! | database connections | 10 | wait [`POOL_WAIT`], then 504 PGRST003 |
//! | nesting and number of filters | 16, 1,600 | 400 PGRST100 |
//!
//! What is not offered is refused by name (501 `NOT_OFFERED`), never left out: embedding, aggregates, aliases, casts and
//! paths into JSON in `select`, full text search, other media types than JSON, other schemas, PUT, calls by GET, other
//! counts than exact ones. Differences from the real server are in `docs/adr/0025-rest-differences.md`.

mod catalog;
mod error;
mod payload;
mod plan;
mod prefer;
mod query;
mod run;
mod sql;
mod sqlstate;
mod token;
mod unfiltered;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header, request};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use deadpool_postgres::{
    Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime, Timeouts,
};
use tokio_postgres::{Config, NoTls};

use self::catalog::Catalog;
use self::catalog::load::Cache;
use self::error::RestError;
use self::plan::{Plan, Sent};
use self::prefer::Prefer;
use self::query::{Pair, Query};
use self::run::Setup;
use self::token::Caller;
use self::unfiltered::{Findings, Watched};

/// The one schema that is exposed.
const SCHEMA: &str = "public";

/// What is searched for names: the exposed schema, then where extensions are.
const SEARCH_PATH: &str = "\"public\", \"extensions\"";

/// The type of every body that is sent.
const JSON: &str = "application/json; charset=utf-8";

/// Connections to the database, as many as the real service's default.
const CONNECTIONS: usize = 10;

/// How long a request waits for a connection, as the real service's default.
pub const POOL_WAIT: Duration = Duration::from_secs(10);

/// Largest body that is read, in bytes. The real service has no bound of its own.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// What a project's REST service needs to know.
#[derive(Clone)]
pub struct Settings {
    /// How to reach the database, as a role that may take every role a token names (`authenticator`).
    pub database: Config,
    /// Secret of the project's tokens (HS256).
    pub secret: Vec<u8>,
    /// An `UPDATE` or `DELETE` without `WHERE` is refused, as on a hosted project.
    pub safe_updates: bool,
    /// Asked for each request.
    pub times: Arc<dyn Fn() -> Times + Send + Sync>,
}

/// The time by which a token is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// Now, in seconds since 1970.
    pub now: i64,
    /// Tokens issued until then count as expired: a fault that tests switch on.
    pub expired_until: Option<i64>,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings").finish_non_exhaustive()
    }
}

/// The REST service of one project.
#[derive(Debug)]
pub struct Rest {
    settings: Settings,
    pool: Pool,
    cache: Cache,
    findings: Option<Arc<Findings>>,
}

impl Rest {
    /// Makes a service that connects to nothing until the first request.
    ///
    /// # Errors
    /// When no pool can be built.
    pub fn new(settings: Settings) -> Result<Arc<Self>, deadpool_postgres::BuildError> {
        let recycling = ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        };
        let database = settings.database.clone();
        let findings = settings.safe_updates.then(Arc::<Findings>::default);
        let manager = match &findings {
            Some(findings) => {
                let findings = Arc::clone(findings);
                Manager::from_connect(database, Watched { findings }, recycling)
            }
            None => Manager::from_config(database, NoTls, recycling),
        };
        let timeouts = Timeouts {
            wait: Some(POOL_WAIT),
            ..Timeouts::default()
        };
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS)
            .runtime(Runtime::Tokio1)
            .timeouts(timeouts)
            .build()?;
        let cache = Cache::new(settings.database.clone());
        Ok(Arc::new(Self {
            settings,
            pool,
            cache,
            findings,
        }))
    }

    /// The service's routes, to be nested below `/rest/v1`: every path is its own.
    pub fn router(self: &Arc<Self>) -> Router {
        Router::new().fallback(serve).with_state(Arc::clone(self))
    }

    /// Ends every connection to the database; requests are refused from then on.
    pub fn close(&self) {
        self.pool.close();
        self.cache.close();
    }

    async fn connection(&self) -> Result<Object, RestError> {
        self.pool.get().await.map_err(|error| match error {
            PoolError::Timeout(_) => RestError::pool_timeout(),
            _ => RestError::no_schema_cache(),
        })
    }
}

/// The one header that pages of other origins want to read.
const EXPOSED: HeaderValue = HeaderValue::from_static("Content-Range");

async fn serve(State(rest): State<Arc<Rest>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = body::to_bytes(body, MAX_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let mut response = match Asked::new(parts, body) {
        Ok(asked) => rest
            .answer(&asked)
            .await
            .unwrap_or_else(RestError::into_response),
        // What the real service answers to a URL that is no UTF-8.
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong").into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    response
}

/// A request as the service sees it, without the gateway's prefix.
#[derive(Debug)]
struct Asked {
    method: Method,
    /// The decoded path, beginning with `/`.
    path: String,
    pairs: Vec<Pair>,
    headers: HeaderMap,
    body: Bytes,
}

/// What a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target<'a> {
    Root,
    Table(&'a str),
    Function(&'a str),
}

impl Asked {
    fn new(parts: request::Parts, body: Bytes) -> Result<Self, query::NotUtf8> {
        Ok(Self {
            path: query::decode(parts.uri.path())?,
            pairs: query::pairs(parts.uri.query().unwrap_or_default())?,
            method: parts.method,
            headers: parts.headers,
            body,
        })
    }

    /// What is asked for, or PGRST125, PGRST117.
    fn target(&self) -> Result<Target<'_>, RestError> {
        let path = self.path.strip_prefix('/').unwrap_or(&self.path);
        let target = match path.split_once('/') {
            None if path.is_empty() => Target::Root,
            None => Target::Table(path),
            Some(("rpc", name)) if !name.contains('/') => Target::Function(name),
            Some(_) => return Err(RestError::path()),
        };
        let is_read = self.method == Method::GET || self.method == Method::HEAD;
        let is_change = [Method::POST, Method::PATCH, Method::DELETE].contains(&self.method);
        match target {
            _ if self.method == Method::PUT => Err(RestError::not_offered("PUT")),
            Target::Function(_) if is_read => Err(RestError::not_offered("calls by GET")),
            Target::Function(_) if self.method == Method::POST => Ok(target),
            Target::Table(_) if is_read || is_change => Ok(target),
            Target::Root if is_read => Ok(target),
            _ => Err(RestError::method(self.method.as_str())),
        }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let values = self.headers.get_all(name).into_iter();
        values.filter_map(|value| value.to_str().ok())
    }

    /// Query and preferences, once it is sure that the schema is the exposed one.
    fn wishes(&self) -> Result<(Query, Prefer), RestError> {
        let profiles = ["accept-profile", "content-profile"];
        let mut profiles = profiles.into_iter().flat_map(|name| self.all(name));
        if let Some(name) = profiles.find(|name| *name != SCHEMA) {
            return Err(RestError::schema(name, SCHEMA));
        }
        if self.header("range").is_some() {
            return Err(RestError::not_offered("the header Range"));
        }
        let prefer = Prefer::read(self.all("prefer"), self.all("accept"))?;
        Ok((query::parse(&self.pairs)?, prefer))
    }
}

impl Rest {
    /// The token is checked before the path, the path before the parameters, as on the real service. A name that the
    /// schema cache does not hold is looked for once more in a fresh one.
    async fn answer(&self, asked: &Asked) -> Result<Response, RestError> {
        let times = (self.settings.times)();
        let authorization = asked.header("authorization");
        let caller = token::caller(authorization, &self.settings.secret, times)?;
        let target = asked.target()?;
        let mut client = self.connection().await?;
        let catalog = self.cache.get(&mut client).await?;
        if target == Target::Root {
            // Known from memory, but without its database the real service says nothing else than that.
            let alive = client.simple_query("select 1").await;
            alive.map_err(|_| RestError::no_schema_cache())?;
            return Ok(described());
        }
        let planned = plan(asked, target, &catalog);
        let (plan, catalog) = match planned {
            Err(error) if is_miss(&error) => {
                let catalog = self.cache.fresh(&mut client, &catalog).await?;
                (plan(asked, target, &catalog)?, catalog)
            }
            other => (other?, catalog),
        };
        let setup = self.setup(&caller, &catalog, plan.read_only);
        let accept = |outcome: &run::Outcome| plan.accept(outcome);
        let outcome = run::run(&mut client, &setup, &plan.statement, accept).await?;
        plan.answer(outcome)
    }

    /// The transaction's settings: search path, role and its own settings, claims.
    fn setup(&self, caller: &Caller, catalog: &Catalog, read_only: bool) -> Setup {
        let mut settings = vec![
            ("search_path".to_owned(), SEARCH_PATH.to_owned()),
            ("role".to_owned(), caller.role.clone()),
            ("request.jwt.claims".to_owned(), caller.claims.clone()),
        ];
        let own = catalog.role_settings.get(&caller.role);
        let own = own.into_iter().flatten();
        let own = own.filter_map(|setting| setting.split_once('='));
        settings.extend(own.map(|(name, value)| (name.to_owned(), value.to_owned())));
        if self.findings.is_some() {
            let shown = unfiltered::SETTINGS.iter();
            settings.extend(shown.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        }
        Setup {
            findings: self.findings.clone(),
            read_only,
            is_anonymous: caller.is_anonymous(),
            settings,
        }
    }
}

fn plan(asked: &Asked, target: Target<'_>, catalog: &Catalog) -> Result<Plan, RestError> {
    let (query, prefer) = asked.wishes()?;
    let sent = Sent {
        method: &asked.method,
        content_type: asked.header("content-type"),
        body: &asked.body,
    };
    match target {
        Target::Function(name) => plan::call(&sent, catalog, name, &query, prefer),
        Target::Root => Err(RestError::path()),
        Target::Table(name) => plan::table(&sent, catalog.table(name)?, &query, prefer),
    }
}

/// The answer at the root, for probes: enough to be told from something else's.
fn described() -> Response {
    let text = r#"{"swagger":"2.0","info":{"description":"The schema is not described here."},"paths":{}}"#;
    ([(header::CONTENT_TYPE, JSON)], text).into_response()
}

/// Whether an error says that the schema cache does not hold a name.
fn is_miss(error: &RestError) -> bool {
    matches!(error.code.as_str(), "PGRST202" | "PGRST204" | "PGRST205")
}
