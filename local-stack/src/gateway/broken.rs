//! Answers no service would give, for tests of clients.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};

use crate::faults::BadAnswer;

/// More than the 5 MB a client of ours reads.
const HUGE: usize = 6 * 1024 * 1024;

pub(super) fn answer(kind: BadAnswer) -> Response {
    let json = [(header::CONTENT_TYPE, "application/json")];
    match kind {
        BadAnswer::Html => {
            let page = "<!doctype html><title>Welcome</title><p>Accept the terms to go online.";
            ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
        }
        BadAnswer::CutOff => {
            let start = stream::once(async { Ok(Bytes::from_static(br#"{"data":[{"id":"#)) });
            let end = stream::once(async {
                // The server sends what it has while the body waits; without, the client would see no answer at all.
                tokio::task::yield_now().await;
                Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))
            });
            (json, Body::from_stream(start.chain(end))).into_response()
        }
        BadAnswer::Huge => {
            let mut body = String::with_capacity(HUGE + 2);
            body.push('"');
            body.extend(std::iter::repeat_n('x', HUGE));
            body.push('"');
            (json, body).into_response()
        }
        BadAnswer::WrongShape => (json, r#"[[null,{"unexpected":true}],42]"#).into_response(),
        BadAnswer::Status(code) => StatusCode::from_u16(code)
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response(),
    }
}
