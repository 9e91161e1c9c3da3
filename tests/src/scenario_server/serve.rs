//! The scenario server for runners in other languages: HTTP on loopback.
//!
//! | request | answer |
//! |---|---|
//! | `POST /worlds` | 201, a fresh world as JSON: `id`, `url`, `anon_key`, `password`, `band`; 503 with a text when there is none |
//! | `POST /worlds/{id}/steps` | 204; 422 with a text when the step is not understood or failed |
//! | `GET /worlds/{id}/codes/{email}` | the newest code that was sent to an address: `code`; 422 with a text when there is none |
//! | `POST /worlds/{id}/identity_tokens` | an identity token for a step: `token`, `nonce`; 422 with a text when there is none |
//! | `DELETE /worlds/{id}` | 204; the world is gone |

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Mutex;

use super::{ScenarioServer, Worlds};

struct Served {
    worlds: Worlds,
    next: AtomicU64,
    played: Mutex<HashMap<u64, Arc<dyn ScenarioServer>>>,
}

/// Serves on `listener` until it is dropped.
///
/// # Errors
/// When the listener fails.
pub async fn serve(listener: TcpListener, worlds: Worlds) -> std::io::Result<()> {
    let served = Served {
        worlds,
        next: AtomicU64::default(),
        played: Mutex::default(),
    };
    let routes = Router::new()
        .route("/worlds", post(create))
        .route("/worlds/{id}", delete(remove))
        .route("/worlds/{id}/steps", post(play))
        .route("/worlds/{id}/codes/{email}", get(code))
        .route("/worlds/{id}/identity_tokens", post(identity_token))
        .with_state(Arc::new(served));
    axum::serve(listener, routes).await
}

async fn create(State(state): State<Arc<Served>>) -> Response {
    let world = match state.worlds.next().await {
        Ok(world) => world,
        Err(text) => return (StatusCode::SERVICE_UNAVAILABLE, text).into_response(),
    };
    let mut told = world.described();
    let id = state.next.fetch_add(1, Ordering::Relaxed);
    told["id"] = id.into();
    state.played.lock().await.insert(id, world);
    (StatusCode::CREATED, Json(told)).into_response()
}

async fn play(
    State(state): State<Arc<Served>>,
    Path(id): Path<u64>,
    Json(step): Json<Value>,
) -> Response {
    let world = state.played.lock().await.get(&id).cloned();
    let Some(world) = world else {
        return (StatusCode::NOT_FOUND, "no such world").into_response();
    };
    match world.play(&step).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(text) => (StatusCode::UNPROCESSABLE_ENTITY, text).into_response(),
    }
}

async fn code(
    State(state): State<Arc<Served>>,
    Path((id, email)): Path<(u64, String)>,
) -> Response {
    let world = state.played.lock().await.get(&id).cloned();
    let Some(world) = world else {
        return (StatusCode::NOT_FOUND, "no such world").into_response();
    };
    match world.code(&email).await {
        Ok(code) => Json(json!({ "code": code })).into_response(),
        Err(text) => (StatusCode::UNPROCESSABLE_ENTITY, text).into_response(),
    }
}

async fn identity_token(
    State(state): State<Arc<Served>>,
    Path(id): Path<u64>,
    Json(step): Json<Value>,
) -> Response {
    let world = state.played.lock().await.get(&id).cloned();
    let Some(world) = world else {
        return (StatusCode::NOT_FOUND, "no such world").into_response();
    };
    match world.identity_token(&step).await {
        Ok(made) => Json(made).into_response(),
        Err(text) => (StatusCode::UNPROCESSABLE_ENTITY, text).into_response(),
    }
}

async fn remove(State(state): State<Arc<Served>>, Path(id): Path<u64>) -> StatusCode {
    state.played.lock().await.remove(&id);
    StatusCode::NO_CONTENT
}
