//! Paths and methods of the auth service, in the real service's order of checks: below `/user` and `/admin` the token
//! comes before method and path.

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::Response;
use futures_util::FutureExt as _;

use super::answer::{Answered, AuthError};
use super::attempts::{self, Attempt};
use super::request::{Parts, not_allowed, not_found};
use super::{account, admin, body, grant, info, mail, signup, token, verify};
use crate::shared::{Context, Shared};

/// The service's routes, to be nested below `/auth/v1`.
pub(crate) fn router(shared: &Shared) -> Router {
    Router::new().fallback(serve).with_state(shared.clone())
}

async fn serve(State(shared): State<Shared>, request: Request) -> Response {
    let from_browser = request.headers().contains_key(header::ORIGIN);
    let mut response = answer(&shared, request).await;
    for_browsers(response.headers_mut(), from_browser);
    response
}

/// The service's own cross-origin rules, beside those of the gateway. What depends on the origin says so to caches.
fn for_browsers(headers: &mut HeaderMap, from_browser: bool) {
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    if from_browser {
        let exposed = HeaderValue::from_static("X-Supabase-Api-Version");
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
        let allowed = HeaderValue::from_static("true");
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, allowed);
    }
}

async fn answer(shared: &Shared, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, body::LIMIT).await else {
        let text = format!("Request body too large (max {} bytes)", body::LIMIT);
        return AuthError::new(413, "request_entity_too_large", text).into_response(&parts.headers);
    };
    let request = Parts {
        method: &parts.method,
        path: parts.uri.path(),
        query: parts.uri.query().unwrap_or_default(),
        headers: &parts.headers,
        body: &bytes,
    };
    let answer = route(shared, &request).boxed().await;
    answer.unwrap_or_else(|error| error.into_response(&parts.headers))
}

async fn route(context: &Context, request: &Parts<'_>) -> Answered {
    match request.path {
        "/health" => Ok(only(request, &Method::GET, info::health)),
        "/settings" => Ok(only(request, &Method::GET, || info::settings(context))),
        "/.well-known/jwks.json" => Ok(only(request, &Method::GET, info::jwks)),
        "/signup" | "/token" | "/recover" | "/resend" | "/otp"
            if request.method != Method::POST =>
        {
            Ok(not_allowed("POST"))
        }
        "/signup" => {
            count(context, Attempt::SignUp)?;
            signup::signup(context, request).await
        }
        "/token" => grant(context, request).await,
        "/recover" | "/otp" | "/resend" | "/reauthenticate" => mailed(context, request).await,
        "/magiclink" | "/authorize" | "/callback" | "/factors" | "/sso" | "/invite" => {
            Err(AuthError::not_offered(request.path))
        }
        "/verify" => verification(context, request).await,
        "/logout" if request.method != Method::POST => Ok(not_allowed("POST")),
        "/logout" | "/user" | "/user/" => signed_in(context, request).await,
        path => match path.strip_prefix("/admin/") {
            Some(rest) => administer(context, request, rest).await,
            None => Ok(not_found()),
        },
    }
}

/// What is answered with a mail.
async fn mailed(context: &Context, request: &Parts<'_>) -> Answered {
    if request.path == "/recover" {
        count(context, Attempt::Recovery)?;
        return mail::recover(context, request).await;
    }
    count(context, Attempt::Code)?;
    match request.path {
        "/otp" => mail::otp(context, request).await,
        "/resend" => mail::resend(context, request).await,
        _ if request.method != Method::GET => Ok(not_allowed("GET")),
        _ => mail::reauthenticate(context, request).await,
    }
}

fn only(request: &Parts<'_>, method: &Method, answer: impl FnOnce() -> Response) -> Response {
    if request.method == method {
        answer()
    } else {
        not_allowed(method.as_str())
    }
}

/// Counts an attempt before anything of it is looked at.
fn count(context: &Context, attempt: Attempt) -> Result<(), AuthError> {
    if context.faults.state().rate_limited {
        return Err(attempts::too_many());
    }
    let now = context.clock.now();
    context.attempts.count(attempt, context.auth.attempts, now)
}

/// A grant that does not exist is refused without being counted.
async fn grant(context: &Context, request: &Parts<'_>) -> Answered {
    let grant = request.parameter("grant_type").unwrap_or_default();
    if grant::is_known(&grant) {
        count(context, Attempt::Grant)?;
    }
    grant::token(context, &grant, request.body).await
}

async fn verification(context: &Context, request: &Parts<'_>) -> Answered {
    match *request.method {
        Method::POST => {
            count(context, Attempt::Verification)?;
            verify::by_app(context, request).await
        }
        Method::GET => {
            count(context, Attempt::Verification)?;
            verify::by_link(context, request).await
        }
        _ => Ok(not_allowed("GET, POST")),
    }
}

async fn signed_in(context: &Context, request: &Parts<'_>) -> Answered {
    let claims = token::claims(context, request.headers)?;
    let mut client = context.auth_pool.get().await?;
    let tx = client.transaction().await?;
    let bearer = token::user(context, &tx, &claims).await?;
    let mut mails = Vec::new();
    let response = match (request.path, request.method) {
        ("/logout", _) => {
            let scope = request.parameter("scope").unwrap_or_default();
            account::logout(&tx, &bearer, &scope).await?
        }
        (_, &Method::GET) => account::show(&tx, bearer.user.id).await?,
        (_, &Method::PUT) => {
            let (response, sent) = account::change(context, &tx, &bearer, request).await?;
            mails = sent;
            response
        }
        _ => not_allowed("PUT"),
    };
    tx.commit().await?;
    for mail in mails {
        context.mails.put(mail);
    }
    Ok(response)
}

async fn administer(context: &Context, request: &Parts<'_>, path: &str) -> Answered {
    let claims = token::claims(context, request.headers)?;
    admin::check(&claims)?;
    let mut client = context.auth_pool.get().await?;
    let tx = client.transaction().await?;
    let response = admin::serve(context, &tx, request, path).await?;
    tx.commit().await?;
    Ok(response)
}
