//! The WebSocket upgrade: who is let in, and how a refusal looks (2 s late, JSON `{"error": text}`).
//!
//! The upgrade is done by hand on hyper, so that one WebSocket library serves server, core and tests and the server can
//! close with any code or with none.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::header::{CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE};
use axum::http::{HeaderMap, Response, StatusCode};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::frame::Vsn;
use super::{Realtime, outbox, socket, token};
use crate::not_offered;

/// Frames above this are not read at all: the connection ends without a close frame.
const HARD_LIMIT: usize = 16_000_000;

/// `GET /realtime/v1/websocket`.
pub(crate) async fn websocket(
    State(realtime): State<Arc<Realtime>>,
    Query(query): Query<HashMap<String, String>>,
    request: Request,
) -> Response<Body> {
    let vsn = Vsn::parse(query.get("vsn").map(String::as_str));
    if vsn == Vsn::Unknown {
        return response(StatusCode::FORBIDDEN, Body::empty());
    }
    let key = request
        .headers()
        .get("x-api-key")
        .and_then(|value| value.to_str().ok());
    let key = key.or(query.get("apikey").map(String::as_str));
    let token = match admit(&realtime, key) {
        Ok(token) => token,
        Err((status, text)) => return refuse(&realtime, status, text).await,
    };
    if vsn == Vsn::Older {
        let text = not_offered::text("protocol 1.0.0 (what is spoken is vsn=2.0.0)");
        return refuse(&realtime, 501, &text).await;
    }
    let Some(accept) = accept_key(request.headers()) else {
        return response(
            StatusCode::BAD_REQUEST,
            "'connection' header must contain 'upgrade', got []".into(),
        );
    };
    let (outbox, inbox) = outbox::outbox();
    let Some(number) = realtime.hub.open(&outbox, realtime.limits().users) else {
        return refuse(&realtime, 429, "Too many connected users").await;
    };
    tokio::spawn(async move {
        // A client that goes away during the upgrade is no error.
        if let Ok(upgraded) = hyper::upgrade::on(request).await {
            let stream = stream(upgraded).await;
            socket::serve(Arc::clone(&realtime), stream, outbox, inbox, token).await;
        }
        realtime.hub.close(number);
    });
    switching(&accept)
}

async fn stream(upgraded: Upgraded) -> WebSocketStream<TokioIo<Upgraded>> {
    let config = WebSocketConfig::default()
        .max_message_size(Some(HARD_LIMIT))
        .max_frame_size(Some(HARD_LIMIT));
    WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, Some(config)).await
}

/// The token a new socket's channels fall back to, or status and text of the refusal.
fn admit(realtime: &Realtime, key: Option<&str>) -> Result<String, (u16, &'static str)> {
    let key = key.ok_or((401, "API key is missing"))?;
    if realtime.limits().suspended {
        return Err((403, "Realtime was disabled for this tenant"));
    }
    let token = realtime.translate_key(key);
    realtime
        .verify(&token)
        .map_err(token::TokenError::upgrade)?;
    Ok(token)
}

async fn refuse(realtime: &Realtime, status: u16, text: &str) -> Response<Body> {
    if realtime.faults.bare_refusals() {
        return response(StatusCode::FORBIDDEN, Body::empty());
    }
    tokio::time::sleep(realtime.timing.upgrade_refusal).await;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    super::http::json(status, &serde_json::json!({ "error": text }))
}

fn accept_key(headers: &HeaderMap) -> Option<String> {
    let connection = headers.get(CONNECTION)?.to_str().ok()?.to_ascii_lowercase();
    let upgrade = headers.get(UPGRADE)?.to_str().ok()?;
    let wanted = connection.contains("upgrade") && upgrade.eq_ignore_ascii_case("websocket");
    wanted.then(|| {
        Some(derive_accept_key(
            headers.get(SEC_WEBSOCKET_KEY)?.as_bytes(),
        ))
    })?
}

fn switching(accept: &str) -> Response<Body> {
    let mut response = response(StatusCode::SWITCHING_PROTOCOLS, Body::empty());
    let headers = [
        (CONNECTION, "Upgrade"),
        (UPGRADE, "websocket"),
        (SEC_WEBSOCKET_ACCEPT, accept),
    ];
    for (name, value) in headers {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn response(status: StatusCode, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
}
