//! Reads the schema cache from the database's catalogue, in one query.

use tokio_postgres::Client;

use super::Catalog;
use crate::rest::run::{Raw, refused};
use crate::rest::error::RestError;

/// The catalogue of `schemas` as the database holds it now.
pub(crate) async fn load(client: &mut Client, schemas: &[String]) -> Result<Catalog, RestError> {
    let list = crate::rest::sql::array(schemas);
    let json: String = async {
        let transaction = client.build_transaction().read_only(true).start().await?;
        transaction.batch_execute("set local search_path = ''").await?;
        let row = transaction.query_one(include_str!("catalog.sql"), &[&Raw(&list)]).await?;
        row.try_get(0)
    }
    .await
    .map_err(|error| refused(&error, false))?;
    serde_json::from_str(&json).map_err(|error| {
        tracing::error!(%error, "the catalogue query gave something else than a catalogue");
        RestError::no_schema_cache()
    })
}
