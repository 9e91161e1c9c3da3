//! What a request does, ready to run: a statement, whether its outcome may be committed, and the answer.

use axum::body::Body;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::JSON;
use super::catalog::{Catalog, Column, Function, Returns, Table};
use super::error::RestError;
use super::payload::Payload;
use super::prefer::{Prefer, Resolution};
use super::query::Query;
use super::run::Outcome;
use super::sql::{self, Statement};

/// Rows a read gives at most, as the Supabase CLI's `max_rows`.
const MAX_ROWS: i64 = 1_000;

/// The type of an answer that is one object.
const OBJECT: &str = "application/vnd.pgrst.object+json; charset=utf-8";

/// A window of rows: `limit` none means all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) offset: i64,
    pub(crate) limit: Option<i64>,
}

impl Window {
    /// The window that is asked for, never longer than [`MAX_ROWS`].
    fn of(query: &Query) -> Result<Self, RestError> {
        let limit = query.limit.unwrap_or(MAX_ROWS);
        if limit < 0 {
            let text = "Limit should be greater than or equal to zero.";
            return Err(RestError::range(text));
        }
        Ok(Self {
            offset: query.offset.unwrap_or(0).max(0),
            limit: Some(limit.min(MAX_ROWS)),
        })
    }
}

/// One request, ready to run.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) statement: Statement,
    pub(crate) read_only: bool,
    prefer: Prefer,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Read {
        offset: i64,
    },
    /// A call; one object may be asked for only of a set.
    Call {
        offset: i64,
        is_void: bool,
        is_set: bool,
    },
    Insert {
        merges: bool,
    },
    Update,
    Delete,
}

/// The request's body, as far as a plan needs it.
pub(crate) struct Sent<'a> {
    pub(crate) method: &'a Method,
    pub(crate) content_type: Option<&'a str>,
    pub(crate) body: &'a [u8],
}

/// Plans a request on a table or view.
pub(crate) fn table(
    sent: &Sent<'_>,
    table: &Table,
    query: &Query,
    prefer: Prefer,
) -> Result<Plan, RestError> {
    let (statement, kind) = match *sent.method {
        Method::GET | Method::HEAD => {
            let window = Window::of(query)?;
            let kind = Kind::Read {
                offset: window.offset,
            };
            (sql::read(table, query, window, prefer), kind)
        }
        _ if query.limit.is_some() || query.offset.is_some() => {
            return Err(RestError::not_offered("a limit of what is written"));
        }
        Method::DELETE => (sql::delete(table, query, prefer), Kind::Delete),
        _ => {
            let any_keys = query.columns.is_some();
            let payload = Payload::read(sent.content_type, sent.body, any_keys)?;
            write(sent.method, table, query, &payload, prefer)?
        }
    };
    Ok(Plan {
        statement,
        read_only: matches!(kind, Kind::Read { .. }),
        prefer,
        kind,
    })
}

fn write(
    method: &Method,
    table: &Table,
    query: &Query,
    payload: &Payload,
    prefer: Prefer,
) -> Result<(Statement, Kind), RestError> {
    let columns = columns(table, query, payload)?;
    if *method == Method::POST {
        let has_target = query.on_conflict.is_some() || !table.primary_key.is_empty();
        let merges = prefer.resolution == Some(Resolution::Merge) && has_target;
        let statement = sql::insert(table, query, payload, &columns, prefer);
        return Ok((statement, Kind::Insert { merges }));
    }
    if payload.rows.is_some() {
        return Err(RestError::not_offered("a change by a list"));
    }
    let statement = sql::update(table, query, payload, &columns, prefer);
    Ok((statement, Kind::Update))
}

/// The columns a body fills: those of the `columns` parameter, else its keys; PGRST204 for one that is not there.
fn columns<'a>(
    table: &'a Table,
    query: &Query,
    payload: &Payload,
) -> Result<Vec<&'a Column>, RestError> {
    let mut names: Vec<&String> = match &query.columns {
        Some(names) => names.iter().collect(),
        None => payload.keys.iter().collect(),
    };
    names.sort_unstable();
    names.dedup();
    let known = |name: &String| {
        let column = table.column(name);
        column.ok_or_else(|| RestError::no_column(name, &table.name))
    };
    names.into_iter().map(known).collect()
}

/// Plans a call. What the function says of itself decides whether it may write.
pub(crate) fn call(
    sent: &Sent<'_>,
    catalog: &Catalog,
    name: &str,
    query: &Query,
    prefer: Prefer,
) -> Result<Plan, RestError> {
    let payload = if sent.body.is_empty() {
        None
    } else {
        Some(Payload::read(sent.content_type, sent.body, false)?)
    };
    if payload
        .as_ref()
        .is_some_and(|payload| payload.rows.is_some())
    {
        return Err(RestError::not_offered("a call with a list"));
    }
    let names = payload.as_ref().map(|payload| payload.keys.clone());
    let function = catalog.function(name, &names.unwrap_or_default())?;
    let Function {
        returns, is_set, ..
    } = *function;
    let mut window = Window::of(query)?;
    if !is_set && query.limit.is_none() {
        window.limit = None;
    }
    let kind = Kind::Call {
        offset: window.offset,
        is_void: returns == Returns::Void,
        is_set,
    };
    Ok(Plan {
        statement: sql::call(function, payload.as_ref(), query, window, prefer),
        read_only: !function.is_volatile,
        prefer,
        kind,
    })
}

impl Plan {
    /// Whether the outcome may be committed.
    pub(crate) fn accept(&self, outcome: &Outcome) -> Result<(), RestError> {
        if outcome.headers.is_some() {
            return Err(RestError::not_offered("headers chosen by a function"));
        }
        let counts = match self.kind {
            Kind::Read { .. } => true,
            Kind::Call { is_set, .. } => is_set,
            _ => self.prefer.rows == Some(true),
        };
        if self.prefer.object && counts && outcome.rows != 1 && self.past_end(outcome).is_none() {
            return Err(RestError::not_single(outcome.rows));
        }
        Ok(())
    }

    /// A page behind the last of the counted rows: its offset and their number.
    fn past_end(&self, outcome: &Outcome) -> Option<(i64, i64)> {
        let (Kind::Read { offset } | Kind::Call { offset, .. }) = self.kind else {
            return None;
        };
        outcome
            .total
            .filter(|total| offset > *total)
            .map(|total| (offset, total))
    }

    /// The answer to what was done.
    pub(crate) fn answer(&self, outcome: Outcome) -> Result<Response, RestError> {
        let (mut status, range) = self.status(&outcome);
        let mut response = if let Some((offset, total)) = self.past_end(&outcome) {
            let details =
                format!("An offset of {offset} was requested, but there are only {total} rows.");
            let mut refusal = RestError::range(details).into_response();
            // As observed: it counts as an answer.
            refusal.headers_mut().remove("proxy-status");
            refusal
        } else if self.has_body() {
            let kind = if self.prefer.object { OBJECT } else { JSON };
            ([("content-type", kind)], Body::from(outcome.body)).into_response()
        } else {
            Response::new(Body::empty())
        };
        if let Some(text) = outcome.status {
            let chosen = text.parse().ok().filter(|code| (200..=999).contains(code));
            let text = "response.status guc must be a valid status code";
            status = chosen.ok_or_else(|| RestError::new(500, "PGRST112", text))?;
        }
        *response.status_mut() =
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let writes = !matches!(self.kind, Kind::Read { .. } | Kind::Call { .. });
        let headers = [
            ("content-range", Some(range)),
            ("preference-applied", self.prefer.applied(writes)),
        ];
        for (name, value) in headers {
            let value = value.and_then(|value| HeaderValue::from_str(&value).ok());
            if let Some(value) = value {
                response.headers_mut().insert(name, value);
            }
        }
        Ok(response)
    }

    fn has_body(&self) -> bool {
        match self.kind {
            Kind::Read { .. } => true,
            Kind::Call { is_void, .. } => !is_void,
            _ => self.prefer.rows == Some(true),
        }
    }

    /// Status and `Content-Range`.
    fn status(&self, outcome: &Outcome) -> (u16, String) {
        let total = self.prefer.count.then_some(outcome.rows);
        let with_body = if self.has_body() { 200 } else { 204 };
        match self.kind {
            Kind::Read { offset } | Kind::Call { offset, .. } => {
                let status = match outcome.total {
                    Some(total) if offset > total => 416,
                    Some(total) if outcome.rows < total && with_body == 200 => 206,
                    _ => with_body,
                };
                let last = offset + outcome.rows - 1;
                let rows = (outcome.rows > 0).then_some((offset, last));
                (status, content_range(rows, outcome.total))
            }
            Kind::Insert { merges } => {
                let all_were_there = merges && outcome.rows <= outcome.changed;
                let status = if all_were_there { 200 } else { 201 };
                (status, content_range(None, total))
            }
            Kind::Update => {
                let rows = (outcome.rows > 0).then_some((0, outcome.rows - 1));
                (with_body, content_range(rows, total))
            }
            Kind::Delete => (with_body, content_range(None, total)),
        }
    }
}

/// `0-9/*`, `*/12`.
fn content_range(rows: Option<(i64, i64)>, total: Option<i64>) -> String {
    let rows = rows.map_or("*".to_owned(), |(first, last)| format!("{first}-{last}"));
    let total = total.map_or("*".to_owned(), |total| total.to_string());
    format!("{rows}/{total}")
}
