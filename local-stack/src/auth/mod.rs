//! Sign-up, sign-in, refresh and sign-out as the hosted auth service does them, below `/auth/v1`.

mod info;

use axum::Router;
use axum::routing::get;

use crate::shared::Shared;

/// Routes below `/auth/v1`, without that prefix.
pub(crate) fn router(shared: &Shared) -> Router {
    Router::new()
        .route("/health", get(info::health))
        .with_state(shared.clone())
}
