//! A world on a project of anybody's, such as a self-hosted Supabase with the migrations: one world at a time.
//!
//! Owns: emptying that project for each world. It refuses a project with accounts of people, that is, with an address
//! that does not end in `@rock-on.test`. Services are stopped by a command of whoever runs the project.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use rockon_local_stack::SEED;
use serde_json::Value;
use tokio::process::Command;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_postgres::{Client, NoTls};

use super::interceptor::Interceptor;
use super::step::{Part, Step};
use super::world::schema;
use super::{ScenarioServer, follow, said};

/// How long a scenario waits for the one before it.
const TURN: Duration = Duration::from_mins(10);

/// Where the project is, and how it is driven.
#[derive(Debug)]
pub struct HostedConfig {
    /// `http://HOST:PORT` of its gateway; no TLS.
    pub url: String,
    /// Its anon or publishable key.
    pub anon_key: String,
    /// Its database as `postgres`, as a URL; no TLS.
    pub database: String,
    /// Run as `COMMAND stop|start SERVICE` with `auth`, `rest`, `realtime` or `db`, such as `docker compose`. Empty: services
    /// cannot be stopped, and steps that do it fail.
    pub services: String,
    turn: Arc<Semaphore>,
}

impl HostedConfig {
    /// A project that no scenario plays on yet.
    pub fn new(url: String, anon_key: String, database: String, services: String) -> Self {
        let turn = Arc::new(Semaphore::new(1));
        Self {
            url,
            anon_key,
            database,
            services,
            turn,
        }
    }
}

/// The project, emptied and seeded, until this is dropped.
#[derive(Debug)]
pub struct Hosted {
    config: Arc<HostedConfig>,
    interceptor: Interceptor,
    _turn: OwnedSemaphorePermit,
}

impl Hosted {
    /// A fresh one, when the one before it is gone.
    ///
    /// # Errors
    /// Says why the project cannot be used.
    pub async fn new(config: &Arc<HostedConfig>) -> Result<Self, String> {
        let turn = tokio::time::timeout(TURN, Arc::clone(&config.turn).acquire_owned()).await;
        let turn = turn.map_err(|_| "another scenario does not leave the project".to_owned())?;
        let hosted = Self {
            config: Arc::clone(config),
            interceptor: Interceptor::to(&config.url).await,
            _turn: said(turn)?,
        };
        hosted.sql(EMPTY).await?;
        hosted.sql(SEED).await?;
        Ok(hosted)
    }

    async fn carry_out(&self, step: Step) -> Result<(), String> {
        match step {
            Step::Stop { service } => return self.service("stop", service).await,
            Step::Start { service } => return self.service("start", service).await,
            Step::DropHints { on: true } => return self.sql(DROP_HINTS).await,
            Step::DropHints { on: false } => return self.sql(KEEP_HINTS).await,
            Step::CutSockets { code } => self.interceptor.cut_sockets(code),
            Step::RestartDatabase {} => {
                self.service("stop", Part::Database).await?;
                return self.service("start", Part::Database).await;
            }
            Step::ExpireTokens {} => self.interceptor.expire_tokens().await,
            Step::NewEpoch {} => return self.sql("select public.sync_new_epoch()").await,
            Step::Html { on } => self.interceptor.page(on),
            Step::LoseAnswer { path } => self.interceptor.lose_answer(path),
            Step::OldSchema { on } => return self.sql(&schema(on)).await,
            Step::ConfirmEmail { email } => {
                let hash = self.code_of_change(&email).await?;
                let url = &self.config.url;
                let link = format!("{url}/auth/v1/verify?type=email_change&token={hash}");
                return follow(&link, Some(&self.config.anon_key)).await;
            }
        }
        Ok(())
    }

    async fn service(&self, verb: &str, part: Part) -> Result<(), String> {
        let name = match part {
            Part::Gateway => {
                self.interceptor.away(verb == "stop");
                return Ok(());
            }
            Part::Auth => "auth",
            Part::Rest => "rest",
            Part::Realtime => "realtime",
            Part::Database => "db",
        };
        let mut words = self.config.services.split_whitespace();
        let program = words
            .next()
            .ok_or_else(|| format!("cannot {verb} {name}: no command for services was given"))?;
        let ran = Command::new(program)
            .args(words)
            .args([verb, name])
            .output()
            .await;
        let ran = said(ran)?;
        if ran.status.success() {
            return Ok(());
        }
        let why = String::from_utf8_lossy(&ran.stderr);
        Err(format!("{verb} {name}: {}", why.trim()))
    }

    /// The hash of the code that was sent to an address about its change.
    async fn code_of_change(&self, email: &str) -> Result<String, String> {
        let (client, connection) =
            said(tokio_postgres::connect(&self.config.database, NoTls).await)?;
        let connection = tokio::spawn(connection);
        let sql = "select token_hash from auth.one_time_tokens \
                   where relates_to = $1 and token_type::text like 'email_change%'";
        let hash = said(client.query_one(sql, &[&email]).await)?.get(0);
        drop(client);
        let _ = connection.await;
        Ok(hash)
    }

    async fn sql(&self, text: &str) -> Result<(), String> {
        let (client, connection) =
            said(tokio_postgres::connect(&self.config.database, NoTls).await)?;
        let connection = tokio::spawn(connection);
        let done = run(&client, text).await;
        drop(client);
        let _ = connection.await;
        done
    }
}

async fn run(client: &Client, text: &str) -> Result<(), String> {
    client.batch_execute(text).await.map_err(|error| {
        let said = error.as_db_error().map(|error| error.message().to_owned());
        said.unwrap_or_else(|| error.to_string())
    })
}

impl ScenarioServer for Hosted {
    fn url(&self) -> &str {
        self.interceptor.url()
    }

    fn anon_key(&self) -> &str {
        &self.config.anon_key
    }

    fn play<'a>(&'a self, step: &'a Value) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async { self.carry_out(Step::read(step)?).await })
    }

    /// Nobody can read the mail: the code in it is replaced by one that is known.
    fn code<'a>(&'a self, email: &'a str) -> BoxFuture<'a, Result<String, String>> {
        Box::pin(async move {
            let (email, code) = (email.replace('\'', "''"), "246810");
            let hash = format!("encode(sha224(convert_to('{email}{code}', 'UTF8')), 'hex')");
            self.sql(&format!(
                "update auth.one_time_tokens set token_hash = {hash} where relates_to = '{email}';
                 update auth.users set confirmation_token = {hash} where email = '{email}' and confirmation_token <> '';
                 update auth.users set recovery_token = {hash} where email = '{email}' and recovery_token <> '';"
            ))
            .await?;
            Ok(code.to_owned())
        })
    }
}

/// Back to what the migrations leave. Everything that the steps of a scenario change is changed back, too.
const EMPTY: &str = include_str!("empty.sql");

/// Neither transport says anything: no broadcast, and heads are not published.
const DROP_HINTS: &str = "
alter function sync.send_hint(uuid, bigint, uuid) rename to send_hint_kept;
create function sync.send_hint(uuid, bigint, uuid) returns void language sql as '';
alter publication supabase_realtime drop table public.sync_head;";

/// As it was.
const KEEP_HINTS: &str = "
drop function sync.send_hint(uuid, bigint, uuid);
alter function sync.send_hint_kept(uuid, bigint, uuid) rename to send_hint;
alter publication supabase_realtime add table public.sync_head;";
