//! What the evening needs: a PostgreSQL, a project with the seeded band, and the phones.

use std::sync::Arc;
use std::time::Instant;

use rockon_core::model::{Kind, RowId, ScopeId, Values};
use rockon_core::session::MemorySecrets;
use rockon_local_stack::{Cluster, Contents, Project, ProjectConfig};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use super::{Miss, check, say};
use crate::failure::Failure;
use crate::phone::Phone;
use crate::stack::{start_cluster, start_project};

/// The seeded covers band.
pub(crate) const BAND: ScopeId =
    ScopeId(Uuid::from_u128(0xb000_0000_0000_4000_8000_0000_0000_0001));

/// Everything that plays a part.
pub(crate) struct Evening {
    pub(crate) eric: Phone,
    pub(crate) sam: Phone,
    /// The setlist that both reorder.
    pub(crate) setlist: Option<RowId>,
    pub(crate) project: Project,
    /// Dropped after the project; with it PostgreSQL ends.
    cluster: Arc<Cluster>,
    /// The phones' files; removed at the end.
    dir: TempDir,
}

impl Evening {
    /// Starts PostgreSQL and the services; the phones exist but are off.
    pub(crate) async fn set_up() -> Result<Self, Failure> {
        let dir = TempDir::with_prefix("rockon-demo-").map_err(|error| {
            Failure::input(format!(
                "no directory for the phones: {error}. Set TMPDIR to one that may be written to."
            ))
        })?;
        let started = Instant::now();
        let cluster = start_cluster(None).await?;
        let config = ProjectConfig {
            contents: Contents::Seeded,
            ..ProjectConfig::default()
        };
        let project = start_project(&cluster, config).await?;
        println!(
            "PostgreSQL {} and the services on {} are up after {}.",
            cluster.binaries().major,
            project.url(),
            say::duration(started.elapsed())
        );
        Ok(Self {
            eric: phone(&project, &dir, "Eric"),
            sam: phone(&project, &dir, "Sam"),
            setlist: None,
            project,
            cluster,
            dir,
        })
    }

    /// Another member's phone.
    pub(crate) fn another(&self, owner: &str) -> Phone {
        phone(&self.project, &self.dir, owner)
    }

    /// Hands the two phones on as they are.
    pub(crate) fn take_phones(&mut self) -> Vec<Phone> {
        let off = |owner| phone(&self.project, &self.dir, owner);
        let (eric, sam) = (off("Eric"), off("Sam"));
        vec![
            std::mem::replace(&mut self.eric, eric),
            std::mem::replace(&mut self.sam, sam),
        ]
    }

    /// Ends the phones, the services and PostgreSQL.
    pub(crate) async fn tear_down(self) -> Result<(), Failure> {
        let Self {
            mut eric,
            mut sam,
            project,
            cluster,
            ..
        } = self;
        for phone in [&mut eric, &mut sam] {
            if let Ok(client) = phone.client() {
                client.shutdown().await;
            }
            phone.kill();
        }
        project.shutdown().await?;
        cluster.stop().await?;
        Ok(())
    }

    /// One number from the database, asked as its superuser: what the server really has.
    pub(crate) async fn count(
        &self,
        sql: &str,
        parameters: &[&(dyn tokio_postgres::types::ToSql + Sync)],
    ) -> Result<i64, Miss> {
        let admin = self.project.admin().await?;
        Ok(admin.query_one(sql, parameters).await?.try_get(0)?)
    }

    /// The setlist that both reorder.
    pub(crate) fn setlist(&self) -> Result<RowId, Miss> {
        self.setlist
            .ok_or_else(|| Miss::new("there is a setlist", "none"))
    }
}

fn phone(project: &Project, dir: &TempDir, owner: &str) -> Phone {
    let data = dir.path().join(owner.to_lowercase());
    let secrets = Arc::new(MemorySecrets::new());
    Phone::new(owner, project.url(), project.anon_key(), data, secrets)
}

/// Adds a song to the band.
pub(crate) async fn add_song(phone: &Phone, song: Value) -> Result<RowId, Miss> {
    Ok(phone
        .workspace()?
        .add(BAND, Kind::Song, values(song))
        .await?)
}

/// Changes columns of a row.
pub(crate) async fn change(phone: &Phone, kind: Kind, id: RowId, set: Value) -> Result<(), Miss> {
    let changed = phone.workspace()?.change(kind, id, values(set)).await?;
    check(changed, "the edit makes a difference", || {
        format!("{kind} {id} is the same")
    })
}

/// Column values from a JSON object.
pub(crate) fn values(value: Value) -> Values {
    match value {
        Value::Object(map) => map,
        other => Values::from_iter([("title".to_owned(), json!(other))]),
    }
}
