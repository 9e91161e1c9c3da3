//! The HTTP side: broadcast by POST, ping, and the project's health.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use serde_json::{Value, json};

use super::Realtime;
use super::authorize;
use super::frame::Broadcast;
use super::hub::Topic;
use super::token::Claims;

/// A JSON answer.
pub(crate) fn json(status: StatusCode, body: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

/// `GET /realtime/v1/api/ping`.
pub(crate) async fn ping() -> Json<Value> {
    std::future::ready(Json(json!({"message": "Success"}))).await
}

/// `GET /realtime/v1/api/tenants/NAME/health`: 403 with an empty body without a good bearer token.
pub(crate) async fn health(
    State(realtime): State<Arc<Realtime>>,
    headers: HeaderMap,
) -> Response<Body> {
    if caller(&realtime, &headers).is_none() {
        let mut refused = Response::new(Body::empty());
        *refused.status_mut() = StatusCode::FORBIDDEN;
        return refused;
    }
    let database = realtime.client().await.is_ok();
    let streaming = realtime.is_streaming();
    let data = json!({
        "healthy": database, "db_connected": database, "replication_connected": streaming,
        "connected_cluster": realtime.hub.sockets().len(),
    });
    json(StatusCode::OK, &json!({ "data": data }))
}

/// `POST /realtime/v1/api/broadcast`.
pub(crate) async fn broadcast(
    State(realtime): State<Arc<Realtime>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let Some(claims) = caller(&realtime, &headers) else {
        return json(
            StatusCode::UNAUTHORIZED,
            &json!({"message": "Unauthorized"}),
        );
    };
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let messages = body
        .get("messages")
        .and_then(Value::as_array)
        .filter(|list| !list.is_empty());
    let Some(messages) = messages else {
        return json(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({"errors": {"messages": ["can't be blank"]}}),
        );
    };
    let parsed: Result<Vec<Sent>, Value> = messages.iter().map(Sent::parse).collect();
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(errors) => {
            return json(
                StatusCode::UNPROCESSABLE_ENTITY,
                &json!({"errors": {"messages": [errors]}}),
            );
        }
    };
    for sent in parsed {
        send(&realtime, &claims, sent).await;
    }
    accepted()
}

/// `POST /realtime/v1/api/broadcast/TOPIC/events/EVENT?private=true`: the body is the payload.
pub(crate) async fn broadcast_one(
    State(realtime): State<Arc<Realtime>>,
    Path((topic, event)): Path<(String, String)>,
    Query(query): Query<std::collections::HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let Some(claims) = caller(&realtime, &headers) else {
        return json(
            StatusCode::UNAUTHORIZED,
            &json!({"message": "Unauthorized"}),
        );
    };
    let Ok(payload) = serde_json::from_slice::<Value>(&body) else {
        return json(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({"errors": {"payload": ["is invalid"]}}),
        );
    };
    let private = query
        .get("private")
        .is_some_and(|private| private == "true");
    send(
        &realtime,
        &claims,
        Sent {
            topic,
            event,
            payload,
            private,
        },
    )
    .await;
    accepted()
}

struct Sent {
    topic: String,
    event: String,
    payload: Value,
    private: bool,
}

impl Sent {
    /// The message, or its errors by field.
    fn parse(message: &Value) -> Result<Self, Value> {
        let text = |key| {
            message
                .get(key)
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
        };
        let blank = |missing: bool| {
            if missing {
                json!(["can't be blank"])
            } else {
                Value::Null
            }
        };
        match (text("topic"), text("event"), message.get("payload")) {
            (Some(topic), Some(event), Some(payload)) => Ok(Self {
                topic: topic.to_owned(),
                event: event.to_owned(),
                payload: payload.clone(),
                private: message
                    .get("private")
                    .and_then(Value::as_bool)
                    .unwrap_or(false),
            }),
            (topic, event, payload) => {
                let mut errors = json!({
                    "topic": blank(topic.is_none()), "event": blank(event.is_none()), "payload": blank(payload.is_none()),
                });
                if let Value::Object(fields) = &mut errors {
                    fields.retain(|_, error| !error.is_null());
                }
                Err(errors)
            }
        }
    }
}

/// A private message is passed on only if the policies let the caller write; a refused one is dropped, as observed for
/// sockets.
async fn send(realtime: &Realtime, claims: &Claims, sent: Sent) {
    if sent.private && !may_write(realtime, claims, &sent.topic).await {
        return;
    }
    let body = json!({"event": sent.event, "payload": sent.payload, "type": "broadcast"});
    let topic = Topic {
        private: sent.private,
        name: sent.topic,
    };
    realtime.deliver_message(&topic, &Broadcast::Json("broadcast", body.to_string()));
}

async fn may_write(realtime: &Realtime, claims: &Claims, topic: &str) -> bool {
    let Ok(mut client) = realtime.client().await else {
        return false;
    };
    authorize::write(&mut client, topic, claims)
        .await
        .is_ok_and(|writes| writes.broadcast)
}

/// The claims of the bearer token, else of the key.
fn caller(realtime: &Realtime, headers: &HeaderMap) -> Option<Claims> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let bearer = header(AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer "));
    let key = bearer
        .filter(|token| !token.starts_with("sb_"))
        .or_else(|| header("apikey"))?;
    let token = realtime.translate_key(key);
    realtime.verify(&token).ok()
}

fn accepted() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::ACCEPTED;
    response
}
