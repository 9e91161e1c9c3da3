//! Requests on tables and views.

use axum::http::Method;

use super::answer::Answer;
use super::catalog::{Catalog, Column, Table};
use super::error::RestError;
use super::media::Media;
use super::params::Params;
use super::payload::Payload;
use super::prefer::{Count, Kind, Prefer, Resolution, Return};
use super::range::{self, MAX_ROWS, Window};
use super::request::RestRequest;
use super::run::{Counting, Outcome, Work};
use super::sql::write::{Insert, Returning};
use super::sql::{read, write};
use super::url;

/// What one request does to a table, ready to run.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) work: Work,
    pub(crate) read_only: bool,
    finish: Finish,
    media: Media,
    prefer: Prefer,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Finish {
    Read { offset: i64, location: String },
    Insert { merges: bool, table: String },
    Update,
    Delete,
    Put,
}

/// Plans a request.
pub(crate) fn plan(
    request: &RestRequest,
    table: &Table,
    params: &Params,
    prefer: Prefer,
) -> Result<Plan, RestError> {
    let media = request.media()?;
    match request.method {
        Method::GET | Method::HEAD => plan_read(request, table, params, prefer, media),
        Method::POST => plan_insert(request, table, params, prefer, media),
        Method::PATCH => plan_update(request, table, params, prefer, media),
        Method::PUT => plan_put(request, table, params, prefer, media),
        Method::DELETE => {
            let returning = Returning {
                prefer: prefer.returning,
                media,
            };
            let statement = write::delete(table, params, returning);
            Ok(Plan::new(statement, Finish::Delete, media, prefer))
        }
        _ => Err(RestError::method(request.method.as_str())),
    }
}

fn plan_read(
    request: &RestRequest,
    table: &Table,
    params: &Params,
    prefer: Prefer,
    media: Media,
) -> Result<Plan, RestError> {
    let window = Window::of(
        params.limit.as_deref(),
        params.offset.as_deref(),
        request.range(),
    )?;
    let window = window.capped();
    let exact = prefer.count == Some(Count::Exact);
    let statement = read::page(table, params, window, exact, media);
    let count = match prefer.count {
        None | Some(Count::Exact) => Counting::ByStatement,
        Some(Count::Planned) => Counting::Planned(read::plan(table, params)),
        Some(Count::Estimated) => Counting::Estimated {
            bounded: read::bounded_count(table, params, MAX_ROWS + 1),
            most: MAX_ROWS + 1,
            plan: read::plan(table, params),
        },
    };
    let location = url::content_location(&request.path, &request.pairs);
    let finish = Finish::Read {
        offset: window.offset,
        location,
    };
    let mut plan = Plan::new(statement, finish, media, prefer);
    plan.work.count = count;
    plan.read_only = true;
    Ok(plan)
}

fn plan_insert(
    request: &RestRequest,
    table: &Table,
    params: &Params,
    prefer: Prefer,
    media: Media,
) -> Result<Plan, RestError> {
    let payload = rows(request, params)?;
    let columns = columns(table, params, &payload)?;
    let target = params.on_conflict.as_deref().unwrap_or(&table.primary_key);
    let insert = Insert {
        columns: &columns,
        resolution: prefer.resolution,
        target,
        defaults: prefer.missing_default == Some(true),
        key: &[],
    };
    let returning = Returning {
        prefer: prefer.returning,
        media,
    };
    let statement = write::insert(table, params, &payload, insert, returning);
    let merges = prefer.resolution == Some(Resolution::Merge) && !target.is_empty();
    let has_key = !table.primary_key.is_empty();
    let name = if has_key {
        format!("/{}", table.name)
    } else {
        String::new()
    };
    let finish = Finish::Insert {
        merges,
        table: name,
    };
    Ok(Plan::new(statement, finish, media, prefer))
}

fn plan_update(
    request: &RestRequest,
    table: &Table,
    params: &Params,
    prefer: Prefer,
    media: Media,
) -> Result<Plan, RestError> {
    let payload = rows(request, params)?;
    let columns = columns(table, params, &payload)?;
    let returning = Returning {
        prefer: prefer.returning,
        media,
    };
    let defaults = prefer.missing_default == Some(true);
    let statement = write::update(table, params, &payload, &columns, defaults, returning);
    Ok(Plan::new(statement, Finish::Update, media, prefer))
}

fn plan_put(
    request: &RestRequest,
    table: &Table,
    params: &Params,
    prefer: Prefer,
    media: Media,
) -> Result<Plan, RestError> {
    if params.limit.is_some() || params.offset.is_some() {
        let text = "limit/offset querystring parameters are not allowed for PUT";
        return Err(RestError::new(400, "PGRST114", text));
    }
    let key = params
        .plain_equalities()
        .ok_or_else(RestError::put_filters)?;
    let mut named: Vec<&str> = key.iter().map(|(name, _)| *name).collect();
    let mut wanted: Vec<&str> = table.primary_key.iter().map(String::as_str).collect();
    named.sort_unstable();
    wanted.sort_unstable();
    if named.is_empty() || named != wanted {
        return Err(RestError::put_filters());
    }
    let payload = rows(request, params)?;
    let columns = columns(table, params, &payload)?;
    if !wanted
        .iter()
        .all(|name| columns.iter().any(|column| column.name == *name))
    {
        return Err(put_mismatch());
    }
    let insert = Insert {
        columns: &columns,
        resolution: Some(Resolution::Merge),
        target: &table.primary_key,
        defaults: prefer.missing_default == Some(true),
        key: &key,
    };
    let returning = Returning {
        prefer: prefer.returning,
        media,
    };
    let statement = write::insert(table, params, &payload, insert, returning);
    Ok(Plan::new(statement, Finish::Put, media, prefer))
}

fn put_mismatch() -> RestError {
    let text = "Payload values do not match URL in primary key column(s)";
    RestError::new(400, "PGRST115", text)
}

fn rows(request: &RestRequest, params: &Params) -> Result<Payload, RestError> {
    Payload::rows(
        request.body_type()?,
        &request.body,
        params.columns.is_some(),
    )
}

/// The columns a body fills: those of the `columns` parameter, else its keys; PGRST204 for one that is not there.
fn columns<'a>(
    table: &'a Table,
    params: &Params,
    payload: &Payload,
) -> Result<Vec<&'a Column>, RestError> {
    let mut names: Vec<&String> = match &params.columns {
        Some(names) => names.iter().collect(),
        None => payload.keys.iter().collect(),
    };
    names.sort_unstable();
    names.dedup();
    let known = |name: &String| {
        table
            .column(name)
            .ok_or_else(|| RestError::no_column(name, &table.name))
    };
    names.into_iter().map(known).collect()
}

impl Plan {
    fn new(statement: super::sql::Statement, finish: Finish, media: Media, prefer: Prefer) -> Self {
        let work = Work {
            statement,
            count: Counting::ByStatement,
        };
        Self {
            work,
            read_only: false,
            finish,
            media,
            prefer,
        }
    }

    fn represents(&self) -> bool {
        matches!(self.finish, Finish::Read { .. })
            || self.prefer.returning == Some(Return::Representation)
    }

    /// Whether the outcome may be committed.
    pub(crate) fn accept(&self, outcome: &Outcome) -> Result<(), RestError> {
        if self.finish == Finish::Put && outcome.rows != 1 {
            return Err(put_mismatch());
        }
        let changes = matches!(self.finish, Finish::Update | Finish::Delete);
        if let Some(most) = self.prefer.affected_limit().filter(|_| changes)
            && outcome.rows > most
        {
            return Err(RestError::max_affected(outcome.rows));
        }
        let is_past_end = matches!(&self.finish, Finish::Read { offset, .. }
            if outcome.total.is_some_and(|total| *offset > total));
        if self.media.is_object() && self.represents() && outcome.rows != 1 && !is_past_end {
            return Err(RestError::not_single(outcome.rows));
        }
        Ok(())
    }

    /// The answer to what was done.
    pub(crate) fn answer(self, outcome: Outcome) -> Result<Answer, RestError> {
        let is_represented = self.represents();
        let kind = match self.finish {
            Finish::Read { .. } => Kind::Read,
            Finish::Insert { .. } | Finish::Put => Kind::Insert,
            Finish::Update | Finish::Delete => Kind::Change,
        };
        let (status, range) = self.status(&outcome);
        let mut answer = Answer::empty(status).header_if("Content-Range", range);
        if let Finish::Read { offset, location } = &self.finish {
            answer = answer.header("Content-Location", location);
            if status == 416 {
                let details = past_end(*offset, outcome.total.unwrap_or(0));
                let error = RestError::range(details);
                return Ok(answer
                    .header_if("Preference-Applied", self.prefer.applied(kind))
                    .body("application/json; charset=utf-8", error.body()));
            }
        }
        if let Finish::Insert { table, .. } = &self.finish
            && self.prefer.returning == Some(Return::HeadersOnly)
        {
            answer = answer.header_if("Location", location(table, &outcome.body));
        }
        answer = answer.header_if("Preference-Applied", self.prefer.applied(kind));
        if is_represented {
            answer = answer.body(self.media.content_type(), outcome.body);
        }
        answer.chosen_by_database(outcome.headers.as_deref(), outcome.status.as_deref())
    }

    fn status(&self, outcome: &Outcome) -> (u16, Option<String>) {
        let total = self.prefer.count.map(|_| outcome.rows);
        let unranged = range::content_range(None, total);
        let with_body = if self.represents() { 200 } else { 204 };
        match &self.finish {
            Finish::Read { offset, .. } => {
                let (status, range) = range::of_read(*offset, outcome.rows, outcome.total);
                (status, Some(range))
            }
            Finish::Insert { merges, .. } => {
                let all_were_there = *merges && outcome.rows <= outcome.changed;
                (if all_were_there { 200 } else { 201 }, Some(unranged))
            }
            Finish::Update => {
                let rows = (outcome.rows > 0).then_some((0, outcome.rows - 1));
                (with_body, Some(range::content_range(rows, total)))
            }
            Finish::Delete => (with_body, Some(unranged)),
            Finish::Put => (with_body, None),
        }
    }
}

pub(crate) fn past_end(offset: i64, total: i64) -> String {
    format!("An offset of {offset} was requested, but there are only {total} rows.")
}

/// `/songs?id=eq.1` of the one row that was inserted.
fn location(table: &str, body: &str) -> Option<String> {
    let rows: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(body).ok()?;
    let [row] = rows.as_slice() else { return None };
    if table.is_empty() {
        return None;
    }
    let pairs: Vec<url::Pair> = row
        .iter()
        .map(|(name, value)| {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            (name.clone(), format!("eq.{text}"))
        })
        .collect();
    Some(url::content_location(table, &pairs))
}

/// `OPTIONS` of a table: every method, as the real service says even of views.
pub(crate) fn options(catalog: &Catalog, schema: &str, name: &str) -> Result<Answer, RestError> {
    catalog.table(schema, name)?;
    Ok(Answer::empty(200).header("Allow", "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE"))
}
