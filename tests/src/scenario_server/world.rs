//! A world on the local stack: every word can be done, and other worlds are not touched by it.

use futures_util::future::BoxFuture;
use rockon_local_stack::{AuthSettings, Contents, IdTokenRequest, Outage, Project, ProjectConfig};
use serde::Deserialize as _;
use serde_json::{Value, json};

use super::interceptor::Interceptor;
use super::step::{Flaw, Part, Step, TokenWanted};
use super::{ScenarioServer, follow, said};
use crate::{fast, project_with};

/// The app's client id at Apple and Google.
const APP: &str = "org.rockon.app";

/// A project of its own on real PostgreSQL.
#[derive(Debug)]
pub struct World {
    project: Project,
    interceptor: Interceptor,
}

impl World {
    /// A fresh one, with the seed.
    pub async fn new() -> Self {
        let config = fast();
        let auth = AuthSettings {
            id_tokens_for: Some(APP.to_owned()),
            ..config.auth
        };
        let project = project_with(ProjectConfig {
            contents: Contents::Seeded,
            auth,
            ..config
        });
        let project = project.await;
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
            Step::ConfirmEmail { email } => {
                let mut mails = self.project.mails().into_iter();
                let mail = mails.find(|mail| mail.to == email && mail.kind == "email_change");
                let mail = mail.ok_or_else(|| format!("no mail about a change to {email}"))?;
                return follow(&mail.link, None).await;
            }
        }
        Ok(())
    }

    /// A token whose person has the address, and is the same one whenever they have.
    fn id_token(&self, wanted: &TokenWanted) -> Result<Value, String> {
        let (sub, email) = (format!("person of {}", wanted.email), &wanted.email);
        let mut claims = json!({ "sub": sub, "email": email });
        match wanted.flaw {
            Some(Flaw::Expired) => claims["exp"] = json!(self.project.clock().unix() - 1),
            Some(Flaw::Audience) => claims["aud"] = json!("another.app"),
            Some(Flaw::Issuer) => claims["iss"] = json!("https://example.com"),
            Some(Flaw::Unverified) => claims["email_verified"] = json!(false),
            Some(Flaw::Nonce | Flaw::Signature) | None => {}
        }
        let request = IdTokenRequest {
            provider: wanted.provider.clone(),
            nonce: "a nonce of the app".to_owned(),
            claims: claims.as_object().cloned().unwrap_or_default(),
        };
        let mut token = said(self.project.id_token(&request))?;
        let nonce = match wanted.flaw {
            Some(Flaw::Nonce) => "another one",
            _ => &request.nonce,
        };
        if wanted.flaw == Some(Flaw::Signature) {
            let (signed, _) = token.rsplit_once('.').unwrap_or_default();
            token = format!("{signed}.AAAA");
        }
        Ok(json!({ "token": token, "nonce": nonce }))
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

    fn identity_token<'a>(&'a self, step: &'a Value) -> BoxFuture<'a, Result<Value, String>> {
        let wanted = TokenWanted::deserialize(step).map_err(|error| format!("{step}: {error}"));
        let made = wanted.and_then(|wanted| self.id_token(&wanted));
        Box::pin(async move { made })
    }
}

/// The version that the migrations write, or the one before it.
pub(super) fn schema(old: bool) -> String {
    let version = rockon_core::doctor::NEEDS_SCHEMA - i64::from(old);
    format!("update sync.meta set value = '{version}' where key = 'schema_version'")
}
