//! Keeps the schema cache: loads it in one query, forgets it on `notify pgrst` and looks again on a miss.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::AbortHandle;
use tokio_postgres::{AsyncMessage, Client, Config, NoTls};

use super::Catalog;
use crate::rest::SCHEMA;
use crate::rest::error::RestError;
use crate::rest::run::refused;

type Slot = Arc<Mutex<Option<Arc<Catalog>>>>;

/// The schema cache of one service. Two requests that find it empty both load it; the later one stays.
#[derive(Debug)]
pub(crate) struct Cache {
    database: Config,
    slot: Slot,
    listener: Mutex<Option<AbortHandle>>,
}

impl Cache {
    pub(crate) fn new(database: Config) -> Self {
        Self {
            database,
            slot: Slot::default(),
            listener: Mutex::default(),
        }
    }

    /// Ends the listener: with its client the connection closes.
    pub(crate) fn close(&self) {
        let mut listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(handle) = listener.take() {
            handle.abort();
        }
    }

    /// The cached catalogue, loaded now if there is none.
    pub(crate) async fn get(&self, client: &mut Client) -> Result<Arc<Catalog>, RestError> {
        let cached = self
            .slot
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        match cached {
            Some(catalog) => Ok(catalog),
            None => self.load(client).await,
        }
    }

    /// A catalogue newer than `stale`.
    pub(crate) async fn fresh(
        &self,
        client: &mut Client,
        stale: &Arc<Catalog>,
    ) -> Result<Arc<Catalog>, RestError> {
        let cached = self
            .slot
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        match cached {
            Some(catalog) if !Arc::ptr_eq(&catalog, stale) => Ok(catalog),
            _ => self.load(client).await,
        }
    }

    async fn load(&self, client: &mut Client) -> Result<Arc<Catalog>, RestError> {
        self.listen().await;
        let catalog = Arc::new(load(client).await?);
        put(&self.slot, Some(Arc::clone(&catalog)));
        Ok(catalog)
    }

    /// Listens for `notify pgrst` on a connection of its own; it is made again when it has ended. Without it the cache
    /// still looks again on a miss.
    async fn listen(&self) {
        let is_alive =
            |handle: &Option<AbortHandle>| handle.as_ref().is_some_and(|h| !h.is_finished());
        if is_alive(&self.listener.lock().unwrap_or_else(PoisonError::into_inner)) {
            return;
        }
        let Ok((client, mut connection)) = self.database.connect(NoTls).await else {
            return;
        };
        let slot = Arc::clone(&self.slot);
        let task = tokio::spawn(async move {
            while let Some(Ok(message)) = poll_fn(|cx| connection.poll_message(cx)).await {
                if matches!(message, AsyncMessage::Notification(_)) {
                    put(&slot, None);
                }
            }
            put(&slot, None);
        });
        if client.batch_execute("listen pgrst").await.is_err() {
            task.abort();
            return;
        }
        let keep = tokio::spawn(async move {
            let _client = client;
            let _ended = task.await;
        });
        let mut listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
        if is_alive(&listener) {
            keep.abort();
        } else {
            *listener = Some(keep.abort_handle());
        }
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        self.close();
    }
}

fn put(slot: &Slot, catalog: Option<Arc<Catalog>>) {
    *slot.lock().unwrap_or_else(PoisonError::into_inner) = catalog;
}

/// The catalogue as the database holds it now.
async fn load(client: &mut Client) -> Result<Catalog, RestError> {
    let json: Result<String, tokio_postgres::Error> = async {
        let transaction = client.build_transaction().read_only(true).start().await?;
        transaction
            .batch_execute("set local search_path = ''")
            .await?;
        let row = transaction
            .query_one(include_str!("catalog.sql"), &[&SCHEMA])
            .await?;
        row.try_get(0)
    }
    .await;
    let json = json.map_err(|error| refused(&error, false))?;
    serde_json::from_str(&json).map_err(|error| {
        tracing::error!(%error, "the catalogue query gave something else than a catalogue");
        RestError::no_schema_cache()
    })
}
