//! The stage for runners in other languages: HTTP on loopback.
//!
//! | request | answer |
//! |---|---|
//! | `POST /worlds` | 201, a fresh world as JSON: `id`, `url`, `anon_key`, `password`, `band` |
//! | `POST /worlds/{id}/steps` | 204; 422 with a text when the step is not understood or failed |
//! | `DELETE /worlds/{id}` | 204; the world is gone |

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, post};
use axum::{Json, Router};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Mutex;

use super::World;

#[derive(Default)]
struct Worlds {
    next: AtomicU64,
    open: Mutex<HashMap<u64, Arc<World>>>,
}

/// Serves on `listener` until it is dropped.
///
/// # Errors
/// When the listener fails.
pub async fn serve(listener: TcpListener) -> std::io::Result<()> {
    let routes = Router::new()
        .route("/worlds", post(create))
        .route("/worlds/{id}", delete(remove))
        .route("/worlds/{id}/steps", post(play))
        .with_state(Arc::new(Worlds::default()));
    axum::serve(listener, routes).await
}

async fn create(State(worlds): State<Arc<Worlds>>) -> Response {
    let world = World::new().await;
    let mut told = world.described();
    let id = worlds.next.fetch_add(1, Ordering::Relaxed);
    told["id"] = id.into();
    worlds.open.lock().await.insert(id, Arc::new(world));
    (StatusCode::CREATED, Json(told)).into_response()
}

async fn play(
    State(worlds): State<Arc<Worlds>>,
    Path(id): Path<u64>,
    Json(step): Json<Value>,
) -> Response {
    let world = worlds.open.lock().await.get(&id).cloned();
    let Some(world) = world else {
        return (StatusCode::NOT_FOUND, "no such world").into_response();
    };
    match world.play(&step).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(text) => (StatusCode::UNPROCESSABLE_ENTITY, text).into_response(),
    }
}

async fn remove(State(worlds): State<Arc<Worlds>>, Path(id): Path<u64>) -> StatusCode {
    worlds.open.lock().await.remove(&id);
    StatusCode::NO_CONTENT
}
