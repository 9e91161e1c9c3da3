//! The REST service of one project: the subset of PostgREST 14 that our core and the official clients use.
//!
//! Owns the parsing of requests, the statements and the answers. Never decides what a caller may see: each request is
//! one transaction as the caller's role with `request.jwt.claims` set, and the policies are PostgreSQL's own.
//! Behaviour and texts are those observed on the real server.
//!
//! ```text
//! url, scan, filter, select, params   query string -> Params        prefer, media, range, payload   headers and body
//! token       Authorization -> role and claims                      catalog                         the schema cache
//! sql         Params -> statement with parameters                   run      one transaction as the caller
//! tables, functions                   plan -> accept -> answer      error, sqlstate, answer         refusals, HTTP
//! unfiltered  changes of every row
//! ```
//!
//! | bound | value | beyond it |
//! |---|---|---|
//! | rows of a read | 1,000 | cut without a word, as configured on Supabase |
//! | body of a request | 64 MiB | 413 |
//! | database connections | 10 | wait [`POOL_WAIT`], then 504 PGRST003 |
//! | nesting and number of filters | 64, 8,000 | 400 PGRST100 |
//!
//! Not offered, and refused by name: embedding (PGRST200, PGRST108), aggregates (PGRST123), plans and `GeoJSON` (PGRST107).
//! Differences from the real server are in `docs/adr/0025-rest-differences.md`.

mod answer;
mod catalog;
mod error;
mod filter;
mod functions;
mod media;
mod openapi;
mod params;
mod payload;
mod prefer;
mod range;
mod request;
mod run;
mod scan;
mod select;
mod similar;
mod sql;
mod sqlstate;
mod tables;
mod token;
mod unfiltered;
mod url;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{self, Body, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use deadpool_postgres::{
    Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime, Timeouts,
};
use tokio_postgres::{Config, NoTls};

use self::answer::Answer;
use self::catalog::Catalog;
use self::catalog::load::Cache;
use self::error::RestError;
use self::params::Params;
use self::prefer::Prefer;
use self::request::{RestRequest, Target};
use self::run::Setup;
use self::select::SelectError;
use self::token::Caller;
use self::unfiltered::{Findings, Watched};

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
    /// Schemas that are exposed; the first is the default.
    pub schemas: Vec<String>,
    /// Schemas that are searched behind the exposed one, such as `extensions`.
    pub extra_search_path: Vec<String>,
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
        f.debug_struct("Settings")
            .field("schemas", &self.schemas)
            .finish_non_exhaustive()
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
        let cache = Cache::new(settings.database.clone(), settings.schemas.clone());
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

    /// The routes of the service's admin port, to be nested below `/rest-admin/v1`: `live` and `ready`.
    pub fn admin_router(self: &Arc<Self>) -> Router {
        Router::new()
            .route("/live", any(async || StatusCode::OK))
            .route("/ready", any(ready))
            .with_state(Arc::clone(self))
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

/// Whether the schema cache can be had.
async fn ready(State(rest): State<Arc<Rest>>) -> StatusCode {
    let loaded = async {
        let mut client = rest.connection().await?;
        client
            .simple_query("select 1")
            .await
            .map_err(|_| RestError::no_schema_cache())?;
        rest.cache.get(&mut client).await
    };
    match loaded.await {
        Ok(_) => StatusCode::OK,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// The headers that pages of other origins may read.
const EXPOSED: &str = "Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, Server, \
     Transfer-Encoding, Range-Unit";

async fn serve(State(rest): State<Arc<Rest>>, request: Request) -> Response {
    let from_browser = request.headers().contains_key(header::ORIGIN);
    let mut response = respond(&rest, request).await;
    if from_browser {
        let headers = response.headers_mut();
        let exposed = HeaderValue::from_static(EXPOSED);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
        let everyone = HeaderValue::from_static("*");
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, everyone);
    }
    response
}

async fn respond(rest: &Rest, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = body::to_bytes(body, MAX_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let query = parts.uri.query().unwrap_or_default();
    let request = RestRequest::new(parts.method, parts.uri.path(), query, parts.headers, body);
    let Ok(request) = request else {
        // What the real service answers to a URL that is no UTF-8.
        return (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong").into_response();
    };
    let answer = rest
        .answer(&request)
        .await
        .unwrap_or_else(|error| Answer::refusal(&error));
    let mut response = answer.into_response();
    if request.method == Method::HEAD {
        bare(&mut response);
    }
    response
}

/// Headers of the body that is not sent.
fn bare(response: &mut Response) {
    let body = std::mem::replace(response.body_mut(), Body::empty());
    let length = http_body_length(&body);
    if let Some(length) = length {
        response
            .headers_mut()
            .insert("content-length", length.into());
    }
}

fn http_body_length(body: &Body) -> Option<u64> {
    body.size_hint().exact()
}

impl Rest {
    /// The token is checked before the path, the path before the parameters, as on the real service. A name that the
    /// schema cache does not hold is looked for once more in a fresh one.
    async fn answer(&self, request: &RestRequest) -> Result<Answer, RestError> {
        let times = (self.settings.times)();
        let authorization = request.header("authorization");
        let caller = token::caller(authorization, &self.settings.secret, times)?;
        let target = request.target()?;
        let mut client = self.connection().await?;
        let catalog = self.cache.get(&mut client).await?;
        let planned = self.plan(request, target, &catalog);
        let (plan, catalog) = match planned {
            Err(error) if is_miss(&error) => {
                let catalog = self.cache.fresh(&mut client, &catalog).await?;
                (self.plan(request, target, &catalog)?, catalog)
            }
            other => (other?, catalog),
        };
        match plan {
            Plan::Ready(answer) => {
                // Known from memory, but without its database the real service says nothing else than that.
                let alive = client.simple_query("select 1").await;
                alive.map_err(|_| RestError::no_schema_cache())?;
                Ok(answer)
            }
            Plan::Table(plan, zone) => {
                let setup = self.setup(request, &caller, &catalog, plan.read_only, zone)?;
                let outcome = run::run(&mut client, &setup, &plan.work, |o| plan.accept(o)).await?;
                self.with_profile(request, plan.answer(outcome)?)
            }
            Plan::Call(plan, zone) => {
                let setup = self.setup(request, &caller, &catalog, plan.read_only, zone)?;
                let outcome = run::run(&mut client, &setup, &plan.work, |o| plan.accept(o)).await?;
                self.with_profile(request, plan.answer(outcome)?)
            }
        }
    }

    fn plan(
        &self,
        request: &RestRequest,
        target: Target<'_>,
        catalog: &Catalog,
    ) -> Result<Plan, RestError> {
        let schema = request.schema(&self.settings.schemas)?;
        let is_options = request.method == Method::OPTIONS;
        match target {
            Target::Root if is_options => Ok(Plan::Ready(
                Answer::empty(200).header("Allow", "OPTIONS,GET,HEAD"),
            )),
            Target::Root if request.is_read() => Ok(Plan::Ready(openapi::answer(catalog, schema))),
            Target::Root => Err(RestError::method(request.method.as_str())),
            Target::Table(name) if is_options => {
                tables::options(catalog, schema, name).map(Plan::Ready)
            }
            Target::Function(name) if is_options => {
                functions::options(catalog, schema, name).map(Plan::Ready)
            }
            Target::Table(name) => {
                check_table_method(&request.method)?;
                let prefer = prefer(request, catalog)?;
                let params = parameters(request, false, name, schema)?;
                let zone = prefer.timezone.clone();
                let table = catalog.table(schema, name)?;
                Ok(Plan::Table(
                    Box::new(tables::plan(request, table, &params, prefer)?),
                    zone,
                ))
            }
            Target::Function(name) => {
                functions::check_method(&request.method)?;
                let prefer = prefer(request, catalog)?;
                let params = parameters(request, request.is_read(), name, schema)?;
                let zone = prefer.timezone.clone();
                let plan = functions::plan(request, catalog, schema, name, &params, prefer)?;
                Ok(Plan::Call(Box::new(plan), zone))
            }
        }
    }

    /// The transaction's settings: search path, role and its own settings, claims, the request.
    fn setup(
        &self,
        request: &RestRequest,
        caller: &Caller,
        catalog: &Catalog,
        read_only: bool,
        timezone: Option<String>,
    ) -> Result<Setup, RestError> {
        let schema = request.schema(&self.settings.schemas)?;
        let path = std::iter::once(schema)
            .chain(self.settings.extra_search_path.iter().map(String::as_str))
            .map(sql::identifier)
            .collect::<Vec<_>>();
        let mut settings = vec![
            ("search_path".to_owned(), path.join(", ")),
            ("role".to_owned(), caller.role.clone()),
            ("request.jwt.claims".to_owned(), caller.claims.clone()),
        ];
        let own = catalog
            .role_settings
            .get(&caller.role)
            .into_iter()
            .flatten();
        let own = own.filter_map(|setting| setting.split_once('='));
        settings.extend(own.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let sent = request.settings().into_iter();
        settings.extend(sent.map(|(name, value)| (name.to_owned(), value)));
        settings.extend(timezone.map(|zone| ("timezone".to_owned(), zone)));
        if self.findings.is_some() {
            let shown = unfiltered::SETTINGS.iter();
            settings.extend(shown.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        }
        Ok(Setup {
            findings: self.findings.clone(),
            read_only,
            is_anonymous: caller.is_anonymous(),
            settings,
        })
    }

    /// `Content-Profile` where there is more than one schema to tell apart.
    fn with_profile(&self, request: &RestRequest, answer: Answer) -> Result<Answer, RestError> {
        if self.settings.schemas.len() < 2 || answer.body.is_none() {
            return Ok(answer);
        }
        Ok(answer.header("Content-Profile", request.schema(&self.settings.schemas)?))
    }
}

/// What a request comes to.
#[derive(Debug)]
enum Plan {
    Ready(Answer),
    Table(Box<tables::Plan>, Option<String>),
    Call(Box<functions::Plan>, Option<String>),
}

/// Whether an error says that the schema cache does not hold a name.
fn is_miss(error: &RestError) -> bool {
    matches!(error.code.as_str(), "PGRST202" | "PGRST204" | "PGRST205")
}

fn check_table_method(method: &Method) -> Result<(), RestError> {
    let known = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PATCH,
        Method::PUT,
        Method::DELETE,
    ];
    if known.contains(method) {
        Ok(())
    } else {
        Err(RestError::method(method.as_str()))
    }
}

fn prefer(request: &RestRequest, catalog: &Catalog) -> Result<Prefer, RestError> {
    Prefer::parse(request.prefer_headers(), |zone| {
        catalog.timezones.contains(zone)
    })
}

fn parameters(
    request: &RestRequest,
    is_call_by_get: bool,
    name: &str,
    schema: &str,
) -> Result<Params, RestError> {
    params::parse(&request.pairs, is_call_by_get).map_err(|error| match error {
        SelectError::Refused(error) => error,
        SelectError::Embeds(embedded) => RestError::no_relation(name, &embedded, schema),
    })
}
