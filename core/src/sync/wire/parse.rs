//! Reading answers, piece by piece. The values of rows are moved, never copied.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    ChangedBy, Gone, MAX_REV, PullAnswer, PullRequest, PushAnswer, PushRequest, PushResult,
    Verdict, protocol,
};
use crate::error::Result;
use crate::model::{Kind, MutationNo, Rev, ScopeId, UserId, Values};
use crate::store::{PullPage, ScopePage};
use crate::sync::schedule::HeadHint;

/// Reads the answer to a request without scopes: which scopes are mine, and where they stand.
///
/// # Errors
/// [`crate::Error::Protocol`], also when the server takes the caller for somebody else than `me`.
pub fn parse_heads(me: UserId, answer: Value) -> Result<Vec<HeadHint>> {
    let mut answer = object(answer, "answer")?;
    check_user(me, &mut answer)?;
    list(take(&mut answer, "scopes"), "scopes")?
        .into_iter()
        .map(|scope| {
            let mut scope = object(scope, "scope")?;
            Ok(HeadHint {
                scope: ScopeId(uuid(&take(&mut scope, "id"), "id of a scope")?),
                rev: rev(&take(&mut scope, "head"), "head")?,
                epoch: uuid(&take(&mut scope, "epoch"), "epoch")?,
            })
        })
        .collect()
}

impl PullAnswer {
    /// Reads the answer to `request`, made by `me`.
    ///
    /// # Errors
    /// [`crate::Error::Protocol`] naming the part that is not as the contract says: a wrong shape, an absurd revision, a
    /// scope that was not asked for or that is missing, a page that says "more" without moving on, another person.
    pub fn parse(request: &PullRequest, me: UserId, answer: Value) -> Result<Self> {
        let mut answer = object(answer, "answer")?;
        check_user(me, &mut answer)?;
        let scopes = list(take(&mut answer, "scopes"), "scopes")?
            .into_iter()
            .map(scope_page)
            .collect::<Result<_>>()?;
        let ended = optional_list(take(&mut answer, "gone"), "gone")?
            .into_iter()
            .map(gone)
            .collect::<Result<Vec<_>>>()?;
        let gone = ended.iter().map(|gone| gone.id).collect();
        let mut page = PullPage { scopes, gone };
        check_against(request, &page)?;
        restart(request, &mut page);
        Ok(Self {
            page,
            results: results(take(&mut answer, "results"))?,
            ended,
        })
    }
}

fn gone(entry: Value) -> Result<Gone> {
    let mut gone = object(entry, "gone")?;
    let id = ScopeId(uuid(&take(&mut gone, "id"), "id of a gone scope")?);
    let by = take(&mut gone, "by")
        .as_str()
        .and_then(|by| by.parse().ok());
    let by_name = take(&mut gone, "by_name").as_str().map(str::to_owned);
    Ok(Gone { id, by, by_name })
}

/// A file holds one person's rows; an answer for another must not get into it.
fn check_user(me: UserId, answer: &mut Values) -> Result<()> {
    if uuid(&take(answer, "user_id"), "user_id")? == me.0 {
        Ok(())
    } else {
        Err(protocol("another person"))
    }
}

/// An answer that speaks of other scopes than those asked for, or stands still, would confuse or never end a pull.
fn check_against(request: &PullRequest, page: &PullPage) -> Result<()> {
    for asked in &request.scopes {
        let pages = page.scopes.iter().filter(|scope| scope.id == asked.id);
        let gone = page.gone.iter().filter(|gone| **gone == asked.id);
        if pages.count() + gone.count() != 1 {
            return Err(protocol("a scope is missing or twice"));
        }
    }
    if page.scopes.len() + page.gone.len() != request.scopes.len() {
        return Err(protocol("a scope that was not asked for"));
    }
    let moved = page.scopes.iter().any(|scope| {
        let asked = request.scopes.iter().find(|asked| asked.id == scope.id);
        // A page that begins anew may end just where an earlier one did.
        let elsewhere = asked.and_then(|asked| asked.cursor) != Some(scope.cursor);
        (elsewhere || scope.reset) && scope.cursor.rev > Rev(0)
    });
    if !moved && !page.is_last() {
        return Err(protocol("more, but no step on"));
    }
    Ok(())
}

/// A scope that an earlier page did not get to is asked for from the beginning. If it has another epoch by now, the
/// server has no cursor to call void; the page starts anew all the same.
fn restart(request: &PullRequest, page: &mut PullPage) {
    for scope in &mut page.scopes {
        let asked = request.scopes.iter().find(|asked| asked.id == scope.id);
        scope.reset |= asked.is_some_and(|asked| {
            asked.cursor.is_none() && asked.epoch.is_some_and(|epoch| epoch != scope.epoch)
        });
    }
}

/// One scope of a page: its shape is the store's, its revisions are checked here.
fn scope_page(mut value: Value) -> Result<ScopePage> {
    // A scope that the page did not get to may have no cursor yet.
    if let Some(cursor @ Value::Null) = value.get_mut("cursor") {
        *cursor = json!({ "rev": 0 });
    }
    let rows = value.as_object_mut().and_then(|page| page.remove("rows"));
    let rows = rows.map(self::rows).transpose()?.unwrap_or_default();
    let mut page: ScopePage =
        serde_json::from_value(value).map_err(|_| protocol("a scope's page"))?;
    page.rows = rows;
    let head = page.head;
    if !(Rev(0)..=Rev(MAX_REV)).contains(&head) {
        return Err(protocol("head"));
    }
    if !(Rev(0)..=head).contains(&page.cursor.rev) {
        return Err(protocol("a cursor outside the revisions"));
    }
    for (kind, rows) in &page.rows {
        let Ok(kind) = kind.parse::<Kind>() else {
            continue; // A kind of a newer server.
        };
        for row in rows {
            rev_up_to(row.get("sync_rev").unwrap_or(&Value::Null), head)?;
            if kind != Kind::ReadMark {
                uuid(row.get("id").unwrap_or(&Value::Null), "id of a row")?;
            }
        }
    }
    let stones = page.tombstones.iter().map(|stone| stone.rev);
    if stones
        .chain(page.log.iter().map(|entry| entry.0))
        .any(|rev| rev < Rev(0) || rev > head)
    {
        return Err(protocol("a tombstone or log entry outside the revisions"));
    }
    Ok(page)
}

/// The rows of a page by kind. Most of an answer is in them, so they are handed on as they were read.
fn rows(value: Value) -> Result<BTreeMap<String, Vec<Values>>> {
    object(value, "a scope's page")?
        .into_iter()
        .map(|(kind, rows)| {
            let rows = list(rows, "a scope's page")?
                .into_iter()
                .map(|row| object(row, "a scope's page"))
                .collect::<Result<_>>()?;
            Ok((kind, rows))
        })
        .collect()
}

impl PushAnswer {
    /// Reads the answer to `request`.
    ///
    /// # Errors
    /// [`crate::Error::Protocol`] as for a pull; also when a mutation has no result.
    pub fn parse(request: &PushRequest, answer: Value) -> Result<Self> {
        let mut answer = object(answer, "answer")?;
        let client_reset = flag(&answer, "client_reset")?;
        let scope = ScopeId(uuid(&take(&mut answer, "scope"), "scope")?);
        let head = match take(&mut answer, "head") {
            Value::Null => Rev(0), // A scope that is not mine has no head for me.
            value => rev(&value, "head")?,
        };
        let mut results = results(take(&mut answer, "results"))?;
        if scope != request.scope {
            return Err(protocol("another scope"));
        }
        results.retain(|result| request.mutations.iter().any(|sent| sent.n == result.n));
        let all_there = request
            .mutations
            .iter()
            .all(|sent| results.iter().any(|result| result.n == sent.n));
        if !client_reset && !all_there {
            return Err(protocol("a mutation without a result"));
        }
        Ok(Self {
            scope,
            head,
            client_reset,
            results,
        })
    }
}

fn results(value: Value) -> Result<Vec<PushResult>> {
    optional_list(value, "results")?
        .into_iter()
        .map(result)
        .collect()
}

fn result(value: Value) -> Result<PushResult> {
    let mut result = object(value, "result")?;
    let verdict = match result.get("verdict").and_then(Value::as_str) {
        Some("applied") => Verdict::Applied,
        Some("partial") => Verdict::Partial,
        Some("refused") => Verdict::Refused,
        _ => return Err(protocol("verdict")),
    };
    let number = result
        .get("n")
        .and_then(Value::as_i64)
        .filter(|n| (1..=MAX_REV).contains(n))
        .ok_or(protocol("number of a result"))?;
    let current = optional_values(take(&mut result, "current"), "current")?;
    Ok(PushResult {
        n: MutationNo(number),
        tag: text(&result, "tag"),
        verdict,
        rev: match take(&mut result, "rev") {
            Value::Null => Rev(0),
            value => rev(&value, "revision of a result")?,
        },
        restored: flag(&result, "restored")?,
        overwritten: optional_values(take(&mut result, "overwritten"), "overwritten")?,
        current,
        changed_by: optional_list(take(&mut result, "changed_by"), "changed_by")?
            .into_iter()
            .map(changed_by)
            .collect::<Result<_>>()?,
        sqlstate: text(&result, "sqlstate"),
        reason: text(&result, "reason"),
        field: text(&result, "field"),
    })
}

fn changed_by(value: Value) -> Result<ChangedBy> {
    let value = object(value, "changed_by")?;
    Ok(ChangedBy {
        user: optional_user(value.get("user").unwrap_or(&Value::Null))?,
        name: text(&value, "name"),
        rev: rev(
            value.get("rev").unwrap_or(&Value::Null),
            "revision of changed_by",
        )?,
        fields: names(value.get("fields")),
    })
}

/// Names are told to a person and decide nothing: what is none is passed over.
fn names(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

fn take(object: &mut Values, key: &str) -> Value {
    object.get_mut(key).map(Value::take).unwrap_or_default()
}

fn object(value: Value, what: &'static str) -> Result<Values> {
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(protocol(what)),
    }
}

fn optional_values(value: Value, what: &'static str) -> Result<Values> {
    match value {
        Value::Null => Ok(Values::new()),
        value => object(value, what),
    }
}

fn list(value: Value, what: &'static str) -> Result<Vec<Value>> {
    match value {
        Value::Array(list) => Ok(list),
        _ => Err(protocol(what)),
    }
}

fn optional_list(value: Value, what: &'static str) -> Result<Vec<Value>> {
    match value {
        Value::Null => Ok(Vec::new()),
        value => list(value, what),
    }
}

fn uuid(value: &Value, what: &'static str) -> Result<Uuid> {
    value
        .as_str()
        .and_then(|text| Uuid::try_parse(text).ok())
        .ok_or(protocol(what))
}

fn optional_user(value: &Value) -> Result<Option<UserId>> {
    match value {
        Value::Null => Ok(None),
        value => value
            .as_str()
            .and_then(|text| Uuid::try_parse(text).ok())
            .map(|id| Some(UserId(id)))
            .ok_or(protocol("a person's id")),
    }
}

fn rev(value: &Value, what: &'static str) -> Result<Rev> {
    value
        .as_i64()
        .filter(|rev| (0..=MAX_REV).contains(rev))
        .map(Rev)
        .ok_or(protocol(what))
}

fn rev_up_to(value: &Value, head: Rev) -> Result<()> {
    if rev(value, "revision of a row")? > head {
        return Err(protocol("a row above the head"));
    }
    Ok(())
}

/// Absent and null mean no.
fn flag(object: &Values, key: &'static str) -> Result<bool> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(protocol(key)),
    }
}

/// Texts of somebody else's making are read where they are texts, else left out: none of them decides anything.
fn text(object: &Values, key: &str) -> Option<String> {
    object.get(key).and_then(Value::as_str).map(str::to_owned)
}
