//! Calls of functions.

use std::collections::BTreeSet;

use axum::http::Method;

use super::answer::Answer;
use super::catalog::{Catalog, Function, Returns, Unnamed};
use super::error::RestError;
use super::media::{BodyType, Media};
use super::params::Params;
use super::payload::Payload;
use super::prefer::{Kind, Prefer};
use super::range::{self, Window};
use super::request::RestRequest;
use super::run::{Counting, Outcome, Work};
use super::sql::Statement;
use super::sql::call::{self, Arguments};
use super::tables::past_end;
use super::url::Pair;

/// One call, ready to run.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) work: Work,
    pub(crate) read_only: bool,
    offset: i64,
    returns: Returns,
    is_set: bool,
    media: Media,
    prefer: Prefer,
}

/// Plans a call. By GET everything is read only; by POST what the function says of itself decides.
pub(crate) fn plan(
    request: &RestRequest,
    catalog: &Catalog,
    schema: &str,
    name: &str,
    params: &Params,
    prefer: Prefer,
) -> Result<Plan, RestError> {
    let media = request.media()?;
    let by_get = request.is_read();
    let sent = if by_get {
        None
    } else {
        Some(payload(request)?)
    };
    let (names, unnamed) = match &sent {
        None => (names(&params.arguments), Unnamed::None),
        Some((payload, unnamed)) => (payload.keys.clone(), *unnamed),
    };
    let chosen = catalog.function(schema, name, &names, unnamed)?;
    let function = chosen.function;
    check_limit(&prefer, function)?;
    let window = window(request, params, function)?;
    let by_query = Arguments::Query(&params.arguments);
    let arguments = sent
        .as_ref()
        .map_or(by_query, |(payload, _)| Arguments::Body(payload));
    // The planner knows nothing of a function's rows: every way of counting counts them.
    let counts = prefer.count.is_some();
    let statement = call::call(chosen, arguments, params, window, counts, media);
    let read_only = by_get || !function.is_volatile;
    Ok(Plan::new(
        statement,
        read_only,
        window.offset,
        function,
        media,
        prefer,
    ))
}

fn names(arguments: &[Pair]) -> BTreeSet<String> {
    arguments.iter().map(|(name, _)| name.clone()).collect()
}

fn window(
    request: &RestRequest,
    params: &Params,
    function: &Function,
) -> Result<Window, RestError> {
    let window = Window::of(
        params.limit.as_deref(),
        params.offset.as_deref(),
        request.range(),
    )?;
    Ok(if function.is_set {
        window.capped()
    } else {
        window
    })
}

/// PGRST128: a limit on changed rows makes no sense of a function that gives none.
fn check_limit(prefer: &Prefer, function: &Function) -> Result<(), RestError> {
    if prefer.affected_limit().is_none() || function.is_set {
        return Ok(());
    }
    let text = "Function must return SETOF or TABLE when max-affected preference is used with handling=strict";
    Err(RestError::new(400, "PGRST128", text))
}

fn payload(request: &RestRequest) -> Result<(Payload, Unnamed), RestError> {
    let kind = request.body_type()?;
    let unnamed = match kind {
        BodyType::Text => Unnamed::Text,
        BodyType::Bytes => Unnamed::Bytea,
        BodyType::Json | BodyType::Form | BodyType::Csv => Unnamed::Json,
    };
    Ok((Payload::arguments(kind, &request.body)?, unnamed))
}

impl Plan {
    fn new(
        statement: Statement,
        read_only: bool,
        offset: i64,
        function: &Function,
        media: Media,
        prefer: Prefer,
    ) -> Self {
        let work = Work {
            statement,
            count: Counting::ByStatement,
        };
        let (returns, is_set) = (function.returns, function.is_set);
        Self {
            work,
            read_only,
            offset,
            returns,
            is_set,
            media,
            prefer,
        }
    }

    /// Whether the outcome may be committed.
    pub(crate) fn accept(&self, outcome: &Outcome) -> Result<(), RestError> {
        if let Some(most) = self.prefer.affected_limit()
            && outcome.rows > most
        {
            return Err(RestError::max_affected(outcome.rows));
        }
        let is_past_end = outcome.total.is_some_and(|total| self.offset > total);
        if self.media.is_object() && self.is_set && outcome.rows != 1 && !is_past_end {
            return Err(RestError::not_single(outcome.rows));
        }
        Ok(())
    }

    /// The answer to what was done.
    pub(crate) fn answer(self, outcome: Outcome) -> Result<Answer, RestError> {
        let (status, range) = range::of_read(self.offset, outcome.rows, outcome.total);
        let is_void = self.returns == Returns::Void;
        let status = if is_void { 204 } else { status };
        let mut answer = Answer::empty(status)
            .header("Content-Range", range)
            .header_if("Preference-Applied", self.prefer.applied(Kind::Call));
        if status == 416 {
            let error = RestError::range(past_end(self.offset, outcome.total.unwrap_or(0)));
            return Ok(answer.body("application/json; charset=utf-8", error.body()));
        }
        if !is_void {
            answer = answer.body(self.media.content_type(), outcome.body);
        }
        answer.chosen_by_database(outcome.headers.as_deref(), outcome.status.as_deref())
    }
}

/// The method of a call, or PGRST101.
pub(crate) fn check_method(method: &Method) -> Result<(), RestError> {
    match *method {
        Method::GET | Method::HEAD | Method::POST => Ok(()),
        Method::PUT | Method::PATCH | Method::DELETE => {
            let text = format!("Cannot use the {method} method on RPC");
            Err(RestError::new(405, "PGRST101", text))
        }
        _ => Err(RestError::method(method.as_str())),
    }
}

/// `OPTIONS` of a function: it is looked for without arguments, as on the real service.
pub(crate) fn options(catalog: &Catalog, schema: &str, name: &str) -> Result<Answer, RestError> {
    let chosen = catalog.function(schema, name, &BTreeSet::new(), Unnamed::None)?;
    let Function { is_volatile, .. } = chosen.function;
    let allow = if *is_volatile {
        "OPTIONS,POST"
    } else {
        "OPTIONS,GET,HEAD,POST"
    };
    Ok(Answer::empty(200).header("Allow", allow))
}
