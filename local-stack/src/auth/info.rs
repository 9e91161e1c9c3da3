//! What the service tells about itself.

use axum::Json;
use serde_json::{Value, json};

/// `GET /health`.
pub(super) async fn health() -> Json<Value> {
    Json(json!({
        "version": concat!("v", env!("CARGO_PKG_VERSION"), "-local"),
        "name": "GoTrue",
        "description": "GoTrue is a user registration and authentication API",
    }))
}
