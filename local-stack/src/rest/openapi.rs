//! The answer at the root: enough of an `OpenAPI` description for probes, which tables and functions there are.

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::catalog::Catalog;

/// A short Swagger 2.0 document. Unlike the real service's it lists names only, and all of the schema's, whatever the
/// caller may use.
pub(crate) fn answer(catalog: &Catalog, schema: &str) -> Answer {
    let tables = catalog.tables.iter().filter(|table| table.schema == schema);
    let functions = catalog
        .functions
        .iter()
        .filter(|function| function.schema == schema);
    let paths: Map<String, Value> = std::iter::once("/".to_owned())
        .chain(tables.map(|table| format!("/{}", table.name)))
        .chain(functions.map(|function| format!("/rpc/{}", function.name)))
        .map(|path| (path, json!({})))
        .collect();
    let document = json!({
        "swagger": "2.0",
        "info": {"title": format!("standard {schema} schema"), "description": "", "version": "14"},
        "basePath": "/",
        "paths": paths,
    });
    Answer::empty(200).body(
        "application/openapi+json; charset=utf-8",
        document.to_string(),
    )
}
