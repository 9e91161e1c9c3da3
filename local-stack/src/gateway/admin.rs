//! `/admin/...`: the switches from outside the process, for the demo and for tests in other languages. Not a path of
//! Supabase.
//!
//! Owns: who may give an order. The project's admin key is the bearer token; it is random and new with each start, since
//! the API keys are public. The name in `Host` must be this machine's own, so that no page reaches an order through a name
//! that it lets point here; there are no cross-origin rules, so that a browser does not even try.
//!
//! | request | effect |
//! |---|---|
//! | `GET /admin/faults` | the state of the gateway's and the auth service's switches: [`FaultState`] |
//! | `PUT /admin/faults` | replaces it; members left out are off, unknown ones refused (422) |
//! | `DELETE /admin/faults` | everything works again, realtime too; clock and database stay as they are |
//! | `GET`, `PUT /admin/realtime` | the same for the realtime service's switches: [`Switches`] |
//! | `POST /admin/sockets/cut?code=1012` | cuts every WebSocket, without `code` the hard way; 400 for a code that may not be sent |
//! | `POST /admin/tokens/expire` | tokens issued until now count as expired |
//! | `POST /admin/clock?offset_ms=0` | moves the stack's clock |
//! | `POST /admin/database/stop`, `/start` | this project's database refuses connections, or takes them again |
//! | `POST /admin/postgres/restart` | the whole server restarts: every connection breaks |
//! | `GET /admin/mail` | the last mails of the auth service, the newest first: [`Mail`](crate::Mail) |
//! | `POST /admin/id_tokens` | makes an identity token as Apple or Google would: `id_token`; see [`IdTokenRequest`] |
//!
//! Orders answer 204 when they are carried out.

use std::net::IpAddr;

use axum::Json;
use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::json;

use super::message;
use crate::error::StackError;
use crate::faults::FaultState;
use crate::issuer::IdTokenRequest;
use crate::realtime::Switches;
use crate::shared::Shared;

#[derive(Debug, Deserialize)]
struct Cut {
    code: Option<u16>,
}

#[derive(Debug, Deserialize)]
struct Offset {
    offset_ms: i64,
}

/// Routes below `/admin`.
pub(super) fn router(shared: &Shared) -> Router {
    Router::new()
        .route("/faults", get(show).put(replace).delete(clear))
        .route("/realtime", get(show_realtime).put(replace_realtime))
        .route("/sockets/cut", post(cut))
        .route("/tokens/expire", post(expire))
        .route("/clock", post(set_clock))
        .route(
            "/database/stop",
            post(async |State(shared): State<Shared>| answer(shared.stop_database().await)),
        )
        .route(
            "/database/start",
            post(async |State(shared): State<Shared>| answer(shared.start_database().await)),
        )
        .route(
            "/postgres/restart",
            post(async |State(shared): State<Shared>| answer(shared.cluster.restart().await)),
        )
        .route(
            "/mail",
            get(async |State(shared): State<Shared>| Json(shared.mails.newest_first())),
        )
        .route("/id_tokens", post(id_token))
        .layer(from_fn_with_state(shared.clone(), guard))
        .with_state(shared.clone())
}

async fn guard(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    if !is_ours(&request) {
        let text = "orders are taken at 127.0.0.1 and localhost only";
        return message(StatusCode::FORBIDDEN, text);
    }
    let value = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let key = value
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default();
    if shared.is_admin_key(key) {
        return next.run(request).await;
    }
    let text = "the admin key is needed: the stack prints it when it starts";
    message(StatusCode::UNAUTHORIZED, text)
}

/// Whether the request names this machine: a name that only points here is another site's.
fn is_ours(request: &Request) -> bool {
    let host = request.headers().get(header::HOST);
    let host = host
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let Ok(authority) = host.parse::<axum::http::uri::Authority>() else {
        return false;
    };
    let name = authority.host();
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

fn answer(result: Result<(), StackError>) -> Response {
    match result {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => message(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

async fn id_token(State(shared): State<Shared>, Json(request): Json<IdTokenRequest>) -> Response {
    match shared.id_token(&request) {
        Ok(token) => Json(json!({ "id_token": token })).into_response(),
        Err(error) => message(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

async fn show(State(shared): State<Shared>) -> Json<FaultState> {
    Json(shared.faults.state())
}

async fn replace(State(shared): State<Shared>, Json(state): Json<FaultState>) -> StatusCode {
    shared.faults.change(|old| *old = state);
    StatusCode::NO_CONTENT
}

async fn clear(State(shared): State<Shared>) -> StatusCode {
    shared.faults.clear();
    shared.realtime.faults().set(Switches::default());
    StatusCode::NO_CONTENT
}

async fn show_realtime(State(shared): State<Shared>) -> Json<Switches> {
    Json(shared.realtime.faults().state())
}

async fn replace_realtime(State(shared): State<Shared>, Json(state): Json<Switches>) -> StatusCode {
    shared.realtime.faults().set(state);
    StatusCode::NO_CONTENT
}

async fn cut(State(shared): State<Shared>, Query(cut): Query<Cut>) -> Response {
    if cut.code.is_some_and(|code| !may_be_sent(code)) {
        return message(StatusCode::BAD_REQUEST, "no close code that may be sent");
    }
    shared.realtime.cut_sockets(cut.code);
    StatusCode::NO_CONTENT.into_response()
}

/// Close codes that may stand in a frame: RFC 6455 section 7.4 and those registered since.
fn may_be_sent(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999)
}

async fn expire(State(shared): State<Shared>) -> StatusCode {
    shared.expire_tokens();
    StatusCode::NO_CONTENT
}

async fn set_clock(State(shared): State<Shared>, Query(offset): Query<Offset>) -> StatusCode {
    shared.clock.set_offset_ms(offset.offset_ms);
    StatusCode::NO_CONTENT
}
