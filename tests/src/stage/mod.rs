//! The stage of the scenarios: a world each, on real PostgreSQL, and what a step does to its server.
//!
//! Owns: the words of `server` steps; see `tests/scenarios/README.md`. Never: knows of phones.
//! Phones reach their world by a [`Road`], so that an answer can be lost and a page can stand in the way.

mod serve;
mod step;

use std::sync::atomic::{AtomicBool, Ordering};

use rockon_local_stack::{Outage, Project};
use serde_json::{Value, json};

pub use serve::serve;

use crate::phone::{BAND, PASSWORD};
use crate::project;
use crate::road::{Road, Way};
use crate::scripted::Reply;
use step::{Part, Step};

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

    /// The project behind the road.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Carries out a `server` step; says what it does not understand.
    pub async fn play(&self, step: &Value) -> Result<(), String> {
        match Step::read(step)? {
            Step::Stop { service } => self.stop(service).await,
            Step::Start { service } => self.start(service).await,
            Step::DropHints { on } => {
                self.project.realtime().faults().drop_events(on);
                Ok(())
            }
            Step::CutSockets { code } => {
                self.project.realtime().cut_sockets(code);
                Ok(())
            }
            Step::RestartDatabase {} => self.restart().await,
            Step::ExpireTokens {} => {
                self.project.expire_tokens();
                // A token says the second it is of: the next one must be of a later one.
                self.project.clock().set_offset_ms(2_000);
                Ok(())
            }
            Step::NewEpoch {} => self.sql("select public.sync_new_epoch()").await,
            Step::Html { on: true } => {
                self.road.when(|_| true, page);
                Ok(())
            }
            Step::Html { on: false } => {
                self.road.clear();
                Ok(())
            }
            Step::LoseAnswer { path } => {
                self.lose(path);
                Ok(())
            }
            Step::OldSchema { on } => self.schema(on).await,
        }
    }

    async fn stop(&self, part: Part) -> Result<(), String> {
        match (part, part.service()) {
            (_, Some(service)) => self.project.faults().stop(service, Outage::Crashed),
            (Part::Database, _) => return said(self.project.stop_database().await),
            _ => {
                self.road.when(|_| true, || Way::LoseRequest);
                // Those that are open end with it.
                self.project.realtime().cut_sockets(None);
            }
        }
        Ok(())
    }

    async fn start(&self, part: Part) -> Result<(), String> {
        match (part, part.service()) {
            (_, Some(service)) => self.project.faults().start(service),
            (Part::Database, _) => return said(self.project.start_database().await),
            _ => self.road.clear(),
        }
        Ok(())
    }

    /// This world's database only: others share the server.
    async fn restart(&self) -> Result<(), String> {
        said(self.project.stop_database().await)?;
        said(self.project.start_database().await)
    }

    /// Of the next request to `path`.
    fn lose(&self, path: String) {
        let lost = AtomicBool::new(false);
        self.road.on(move |request| {
            let this = request.target.contains(&path);
            if this && !lost.swap(true, Ordering::SeqCst) {
                Way::LoseAnswer
            } else {
                Way::Through
            }
        });
    }

    /// The version that the migrations write, or the one before it.
    async fn schema(&self, old: bool) -> Result<(), String> {
        let version = rockon_core::doctor::NEEDS_SCHEMA - i64::from(old);
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
