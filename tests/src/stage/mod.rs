//! The stage of the scenarios: a world each, on real PostgreSQL, and what a step does to its server.
//!
//! Owns: the words of `server` steps; see `tests/scenarios/README.md`. Never: knows of phones.
//! Phones reach their world by a [`Road`], so that an answer can be lost and a page can stand in the way.

mod serve;

use rockon_local_stack::{Outage, Project, Service};
use serde_json::{Value, json};

pub use serve::serve;

use crate::phone::{BAND, PASSWORD};
use crate::project;
use crate::road::{Road, Way};
use crate::scripted::Reply;

/// One scenario's server.
#[derive(Debug)]
pub struct World {
    project: Project,
    road: Road,
}

impl World {
    /// A fresh one, with the seed.
    pub async fn new() -> Self {
        let project = project().await;
        let road = Road::to(project.url()).await;
        Self { project, road }
    }

    /// What a runner needs to know.
    pub fn described(&self) -> Value {
        json!({
            "url": self.road.url(),
            "anon_key": self.project.anon_key(),
            "password": PASSWORD,
            "band": BAND,
        })
    }

    /// Where phones reach it.
    pub fn url(&self) -> &str {
        self.road.url()
    }

    /// The key of its phones.
    pub fn anon_key(&self) -> &str {
        self.project.anon_key()
    }

    /// Carries out a `server` step; says what it does not understand.
    pub async fn play(&self, step: &Value) -> Result<(), String> {
        let word = |name: &str| step.get(name).and_then(Value::as_str);
        let on = step.get("on").and_then(Value::as_bool);
        match (word("server"), on) {
            (Some("stop"), _) => self.service(word("service"), false).await,
            (Some("start"), _) => self.service(word("service"), true).await,
            (Some("drop_hints"), Some(on)) => {
                let realtime = self.project.realtime();
                realtime.faults().drop_events(on);
                Ok(())
            }
            (Some("cut_sockets"), _) => {
                let code = step.get("code").and_then(Value::as_u64);
                let code = code.and_then(|code| u16::try_from(code).ok());
                self.project.realtime().cut_sockets(code);
                Ok(())
            }
            (Some("restart_database"), _) => self.restart().await,
            (Some("expire_tokens"), _) => {
                self.project.expire_tokens();
                // A token says the second it is of: the next one must be of a later one.
                self.project.clock().set_offset_ms(2_000);
                Ok(())
            }
            (Some("new_epoch"), _) => self.sql("select public.sync_new_epoch()").await,
            (Some("html"), Some(true)) => {
                self.road.when(|_| true, page);
                Ok(())
            }
            (Some("html"), Some(false)) => {
                self.road.clear();
                Ok(())
            }
            (Some("lose_answer"), _) => self.lose(word("path").unwrap_or_default()),
            (Some("old_schema"), Some(on)) => self.schema(on).await,
            _ => Err(format!("no such server step: {step}")),
        }
    }

    async fn service(&self, name: Option<&str>, on: bool) -> Result<(), String> {
        let service = match name {
            Some("auth") => Service::Auth,
            Some("rest") => Service::Rest,
            Some("realtime") => Service::Realtime,
            Some("gateway") if on => {
                self.road.clear();
                return Ok(());
            }
            Some("gateway") => {
                self.road.when(|_| true, || Way::LoseRequest);
                // Those that are open end with it.
                self.project.realtime().cut_sockets(None);
                return Ok(());
            }
            Some("database") if on => return said(self.project.start_database().await),
            Some("database") => return said(self.project.stop_database().await),
            _ => return Err(format!("no such service: {name:?}")),
        };
        if on {
            self.project.faults().start(service);
        } else {
            self.project.faults().stop(service, Outage::Crashed);
        }
        Ok(())
    }

    /// This world's database only: others share the server.
    async fn restart(&self) -> Result<(), String> {
        said(self.project.stop_database().await)?;
        said(self.project.start_database().await)
    }

    fn lose(&self, path: &str) -> Result<(), String> {
        if path.is_empty() {
            return Err("which path?".to_owned());
        }
        let path = path.to_owned();
        let lost = std::sync::atomic::AtomicBool::new(false);
        self.road.on(move |request| {
            let this = request.target.contains(&path);
            if this && !lost.swap(true, std::sync::atomic::Ordering::SeqCst) {
                Way::LoseAnswer
            } else {
                Way::Through
            }
        });
        Ok(())
    }

    /// The version that the migrations write, or the one before it.
    async fn schema(&self, old: bool) -> Result<(), String> {
        let version = i32::from(!old);
        self.sql(&format!(
            "update sync.meta set value = '{version}' where key = 'schema_version'"
        ))
        .await
    }

    async fn sql(&self, text: &str) -> Result<(), String> {
        let admin = said(self.project.admin().await)?;
        said(admin.batch_execute(text).await)
    }
}

fn said<T, E: std::fmt::Display>(result: Result<T, E>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

fn page() -> Way {
    let html = "content-type: text/html\r\n".to_owned();
    Way::Answer(Reply::Bytes(
        200,
        html,
        b"<!doctype html><title>Hotel</title>".to_vec(),
    ))
}
