//! A world on the local stack: every word can be done, and other worlds are not touched by it.

use futures_util::future::BoxFuture;
use rockon_local_stack::{Outage, Project};
use serde_json::Value;

use super::interceptor::Interceptor;
use super::step::{Part, Step};
use super::{ScenarioServer, said};
use crate::project;

/// A project of its own on real PostgreSQL.
#[derive(Debug)]
pub struct World {
    project: Project,
    interceptor: Interceptor,
}

impl World {
    /// A fresh one, with the seed.
    pub async fn new() -> Self {
        let project = project().await;
        let interceptor = Interceptor::to(project.url()).await;
        Self {
            project,
            interceptor,
        }
    }

    /// The project behind the gate.
    pub fn project(&self) -> &Project {
        &self.project
    }

    async fn carry_out(&self, step: Step) -> Result<(), String> {
        match step {
            Step::Stop { service } => return self.stop(service).await,
            Step::Start { service } => return self.start(service).await,
            Step::DropHints { on } => self.project.realtime().faults().drop_events(on),
            Step::CutSockets { code } => self.project.realtime().cut_sockets(code),
            Step::RestartDatabase {} => return self.restart().await,
            Step::ExpireTokens {} => {
                self.project.expire_tokens();
                // A token says the second it is of: the next one must be of a later one.
                self.project.clock().set_offset_ms(2_000);
            }
            Step::NewEpoch {} => return self.sql("select public.sync_new_epoch()").await,
            Step::Html { on } => self.interceptor.page(on),
            Step::LoseAnswer { path } => self.interceptor.lose_answer(path),
            Step::OldSchema { on } => return self.sql(&schema(on)).await,
        }
        Ok(())
    }

    async fn stop(&self, part: Part) -> Result<(), String> {
        match (part, part.service()) {
            (_, Some(service)) => self.project.faults().stop(service, Outage::Crashed),
            (Part::Database, _) => return said(self.project.stop_database().await),
            _ => self.interceptor.away(true),
        }
        Ok(())
    }

    async fn start(&self, part: Part) -> Result<(), String> {
        match (part, part.service()) {
            (_, Some(service)) => self.project.faults().start(service),
            (Part::Database, _) => return said(self.project.start_database().await),
            _ => self.interceptor.away(false),
        }
        Ok(())
    }

    /// This world's database only: others share the server.
    async fn restart(&self) -> Result<(), String> {
        said(self.project.stop_database().await)?;
        said(self.project.start_database().await)
    }

    async fn sql(&self, text: &str) -> Result<(), String> {
        let admin = said(self.project.admin().await)?;
        said(admin.batch_execute(text).await)
    }
}

impl ScenarioServer for World {
    fn url(&self) -> &str {
        self.interceptor.url()
    }

    fn anon_key(&self) -> &str {
        self.project.anon_key()
    }

    fn play<'a>(&'a self, step: &'a Value) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async { self.carry_out(Step::read(step)?).await })
    }

    fn code<'a>(&'a self, email: &'a str) -> BoxFuture<'a, Result<String, String>> {
        let mails = self.project.mails();
        let mail = mails.into_iter().find(|mail| mail.to == email);
        let code = mail.map(|mail| mail.code);
        Box::pin(async move { code.ok_or_else(|| format!("no mail to {email}")) })
    }
}

/// The version that the migrations write, or the one before it.
pub(super) fn schema(old: bool) -> String {
    let version = rockon_core::doctor::NEEDS_SCHEMA - i64::from(old);
    format!("update sync.meta set value = '{version}' where key = 'schema_version'")
}
