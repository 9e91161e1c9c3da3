//! The one port: Supabase's paths, CORS, API keys, and the answers of a gateway whose service is down.
//!
//! Owns: routing by prefix, the check of API keys and their translation into tokens, gateway error bodies
//! (`{"message": ...}` and nothing else, by which clients tell the gateway's errors from a service's). Never: looks into
//! a body.

mod admin;
mod broken;
mod cors;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::auth;
use crate::faults::{Outage, Service};
use crate::shared::Shared;

/// The whole HTTP service of a project.
pub(crate) fn router(shared: &Shared) -> Router {
    Router::new()
        // As services: a nested router would not match the prefix with a slash at its end.
        .nest_service("/auth/v1", auth::router(shared))
        .nest_service("/rest/v1", shared.rest.router())
        .nest_service("/realtime/v1", shared.realtime.router())
        .nest("/admin", admin::router(shared))
        .fallback(async || message(StatusCode::NOT_FOUND, "no Route matched with those values"))
        .layer(from_fn_with_state(shared.clone(), guard))
}

/// A gateway's own answer.
pub(crate) fn message(status: StatusCode, text: &str) -> Response {
    let kind = [(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json; charset=utf-8"),
    )];
    (status, kind, json!({"message": text}).to_string()).into_response()
}

/// Everything between the socket and a service.
async fn guard(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let service = service_of(request.uri().path());
    if service.is_some() && cors::is_preflight(request.method(), request.headers()) {
        return cors::preflight(request.headers());
    }
    let mut response = pass(&shared, service, request, next).await;
    if let Ok(date) = HeaderValue::from_str(&shared.clock.http_date()) {
        response.headers_mut().insert(header::DATE, date);
    }
    if service.is_some() {
        cors::allow(&mut response);
    }
    response
}

async fn pass(
    shared: &Shared,
    service: Option<Service>,
    mut request: Request,
    next: Next,
) -> Response {
    let faults = shared.faults.state();
    // Not before `/admin`: the order that ends a delay need not wait for it.
    if service.is_some() && !faults.delay.is_zero() {
        tokio::time::sleep(faults.delay).await;
    }
    if shared.key_check
        && let Some(refusal) = service.and_then(|_| check_key(shared, &request))
    {
        return refusal;
    }
    if let Some(outage) = service.and_then(|service| faults.outage(service)) {
        if outage == Outage::Hanging {
            tokio::time::sleep(faults.hang).await;
        }
        return unavailable(outage);
    }
    if let Some(kind) = service.and_then(|service| shared.faults.take_bad_answer(service)) {
        return broken::answer(kind);
    }
    if let Some(service) = service {
        translate_key(shared, service, &mut request);
    }
    next.run(request).await
}

/// Paths that a browser opens from a link or a redirect, or anybody reads: no key is asked for.
const OPEN: [&str; 4] = [
    "/auth/v1/verify",
    "/auth/v1/callback",
    "/auth/v1/authorize",
    "/auth/v1/.well-known/jwks.json",
];

/// A known key is needed, in the header or in the query.
fn check_key(shared: &Shared, request: &Request) -> Option<Response> {
    if OPEN.contains(&request.uri().path()) {
        return None;
    }
    let header = request
        .headers()
        .get("apikey")
        .and_then(|value| value.to_str().ok());
    let query = request.uri().query().unwrap_or_default();
    let key = header.or_else(|| {
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix("apikey="))
    });
    let text = match key {
        Some(key) if shared.keys.is_known(key) => return None,
        Some(_) => "Invalid authentication credentials",
        None => "No API key found in request",
    };
    let mut response = message(StatusCode::UNAUTHORIZED, text);
    let scheme = HeaderValue::from_static("Key realm=\"kong\"");
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, scheme);
    Some(response)
}

fn service_of(path: &str) -> Option<Service> {
    let first = path.trim_start_matches('/').split('/').next()?;
    match first {
        "auth" => Some(Service::Auth),
        "rest" => Some(Service::Rest),
        "realtime" => Some(Service::Realtime),
        _ => None,
    }
}

fn unavailable(outage: Outage) -> Response {
    let (status, text) = match outage {
        Outage::Removed => (StatusCode::SERVICE_UNAVAILABLE, "name resolution failed"),
        Outage::Crashed => (
            StatusCode::BAD_GATEWAY,
            "An invalid response was received from the upstream server",
        ),
        Outage::NoPeer => (
            StatusCode::SERVICE_UNAVAILABLE,
            "failure to get a peer from the ring-balancer",
        ),
        Outage::Hanging => (
            StatusCode::GATEWAY_TIMEOUT,
            "The upstream server is timing out",
        ),
    };
    message(status, text)
}

/// A user's token in `Authorization` wins. An opaque key there is ignored; then the `apikey` decides. The auth service
/// knows no role `anon`: it gets a token made of a key only for the opaque key of a server.
fn translate_key(shared: &Shared, service: Service, request: &mut Request) {
    let headers = request.headers_mut();
    let text = |value: &HeaderValue| value.to_str().ok().map(str::to_owned);
    let authorization = headers.get(header::AUTHORIZATION).and_then(text);
    if authorization
        .as_deref()
        .is_some_and(|value| !value.starts_with("Bearer sb_"))
    {
        return;
    }
    headers.remove(header::AUTHORIZATION);
    let Some(apikey) = headers.get("apikey").and_then(text) else {
        return;
    };
    if service == Service::Auth && apikey != shared.keys.secret_key() {
        return;
    }
    let token = shared.keys.translate(&apikey);
    if let Ok(value) = HeaderValue::from_str(&format!("Bearer {token}")) {
        headers.insert(header::AUTHORIZATION, value);
    }
}
