//! Reading answers, piece by piece. The values of rows are moved, never copied.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    ChangedBy, Cursor, Gone, MAX_REV, PullAnswer, PullRequest, PushAnswer, PushRequest, PushResult,
    ScopePage, Verdict, WireLog, WireRow, WireTombstone, protocol,
};
use crate::error::Result;
use crate::model::{Kind, MutationNo, Rev, RowId, ScopeId, ScopeType, UserId, Values};

impl PullAnswer {
    /// Reads the answer to `request`.
    ///
    /// # Errors
    /// [`crate::Error::Protocol`] naming the part that is not as the contract says: a wrong shape, an absurd revision, a
    /// scope that was not asked for or that is missing, a page that says "more" without moving on.
    pub fn parse(request: &PullRequest, answer: Value) -> Result<Self> {
        let mut answer = object(answer, "answer")?;
        let user_id = UserId(uuid(take(&mut answer, "user_id"), "user_id")?);
        let scopes = list(take(&mut answer, "scopes"), "scopes")?
            .into_iter()
            .map(scope_page)
            .collect::<Result<Vec<_>>>()?;
        let gone = optional_list(take(&mut answer, "gone"), "gone")?
            .into_iter()
            .map(gone_scope)
            .collect::<Result<Vec<_>>>()?;
        let results = results(take(&mut answer, "results"))?;
        let answer = Self {
            user_id,
            scopes,
            gone,
            results,
        };
        check_against(request, &answer)?;
        Ok(answer)
    }
}

/// An answer that speaks of other scopes than those asked for, or stands still, would confuse or never end a pull.
fn check_against(request: &PullRequest, answer: &PullAnswer) -> Result<()> {
    if request.scopes.is_empty() {
        return Ok(());
    }
    for asked in &request.scopes {
        let pages = answer.scopes.iter().filter(|page| page.id == asked.id);
        let gone = answer.gone.iter().filter(|gone| gone.id == asked.id);
        if pages.count() + gone.count() != 1 {
            return Err(protocol("a scope is missing or twice"));
        }
    }
    if answer.scopes.len() + answer.gone.len() != request.scopes.len() {
        return Err(protocol("a scope that was not asked for"));
    }
    let mut moved = false;
    for page in &answer.scopes {
        let Some(cursor) = &page.cursor else {
            return Err(protocol("no cursor"));
        };
        let asked = request.scopes.iter().find(|scope| scope.id == page.id);
        moved |= asked.and_then(|scope| scope.cursor.as_ref()) != Some(cursor.as_value());
    }
    if !moved && !answer.is_last() {
        return Err(protocol("more, but no step on"));
    }
    Ok(())
}

impl PushAnswer {
    /// Reads the answer to `request`.
    ///
    /// # Errors
    /// [`crate::Error::Protocol`] as for a pull; also when a mutation has no result.
    pub fn parse(request: &PushRequest, answer: Value) -> Result<Self> {
        let mut answer = object(answer, "answer")?;
        let client_reset = flag(&answer, "client_reset")?;
        let scope = ScopeId(uuid(take(&mut answer, "scope"), "scope")?);
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

fn scope_page(value: Value) -> Result<ScopePage> {
    let mut page = object(value, "scope")?;
    let head = rev(&take(&mut page, "head"), "head")?;
    let cursor = match take(&mut page, "cursor") {
        Value::Null => None,
        cursor => Some(Cursor::from_value(cursor)?),
    };
    if cursor.as_ref().is_some_and(|cursor| cursor.rev() > head) {
        return Err(protocol("a cursor above the head"));
    }
    let scope_type = match page.get("type").and_then(Value::as_str) {
        Some("band") => ScopeType::Band,
        Some("user") => ScopeType::User,
        _ => return Err(protocol("type of a scope")),
    };
    Ok(ScopePage {
        id: ScopeId(uuid(take(&mut page, "id"), "id of a scope")?),
        scope_type,
        epoch: uuid(take(&mut page, "epoch"), "epoch")?,
        reset: flag(&page, "reset")?,
        has_more: flag(&page, "has_more")?,
        rows: rows(take(&mut page, "rows"), head)?,
        tombstones: tombstones(take(&mut page, "tombstones"), head)?,
        log: log(take(&mut page, "log"))?,
        head,
        cursor,
    })
}

fn rows(value: Value, head: Rev) -> Result<Vec<(Kind, Vec<WireRow>)>> {
    let mut by_kind = match value {
        Value::Null => Map::new(),
        value => object(value, "rows")?,
    };
    let mut out = Vec::new();
    for kind in Kind::ALL {
        let rows = optional_list(take(&mut by_kind, kind.as_str()), "rows of a kind")?
            .into_iter()
            .map(|row| {
                let values = object(row, "row")?;
                Ok(WireRow {
                    id: row_id(&values, "id of a row")?,
                    rev: rev_up_to(values.get("sync_rev"), head)?,
                    values,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        if !rows.is_empty() {
            out.push((kind, rows));
        }
    }
    Ok(out)
}

fn tombstones(value: Value, head: Rev) -> Result<Vec<WireTombstone>> {
    let mut out = Vec::new();
    for value in optional_list(value, "tombstones")? {
        let values = object(value, "tombstone")?;
        let kind = text(&values, "kind").ok_or(protocol("kind of a tombstone"))?;
        let (Ok(kind), id, rev) = (
            kind.parse(),
            row_id(&values, "id of a tombstone")?,
            rev_up_to(values.get("rev"), head)?,
        ) else {
            continue; // A kind of a newer server.
        };
        out.push(WireTombstone {
            kind,
            id,
            rev,
            values,
        });
    }
    Ok(out)
}

fn log(value: Value) -> Result<Vec<WireLog>> {
    let mut out = Vec::new();
    for entry in optional_list(value, "log")? {
        let entry = list(entry, "log entry")?;
        let [number, kind, id, op, actor, columns, ..] = entry.as_slice() else {
            return Err(protocol("length of a log entry"));
        };
        let Some(kind) = kind.as_str() else {
            return Err(protocol("kind of a log entry"));
        };
        let Ok(kind) = kind.parse() else {
            continue; // A kind of a newer server.
        };
        out.push(WireLog {
            rev: rev(number, "revision of a log entry")?,
            kind,
            id: RowId(uuid(id.clone(), "id of a log entry")?),
            op: op.as_str().ok_or(protocol("op of a log entry"))?.to_owned(),
            actor: optional_user(actor)?,
            columns: columns
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default()
                .iter()
                .filter_map(|name| name.as_str().map(str::to_owned))
                .collect(),
        });
    }
    Ok(out)
}

fn gone_scope(value: Value) -> Result<Gone> {
    let mut gone = object(value, "gone")?;
    Ok(Gone {
        id: ScopeId(uuid(take(&mut gone, "id"), "id of a gone scope")?),
        by: optional_user(gone.get("by").unwrap_or(&Value::Null))?,
        by_name: text(&gone, "by_name"),
    })
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
    if verdict == Verdict::Partial && current.is_empty() {
        return Err(protocol("partial without a field"));
    }
    Ok(PushResult {
        n: MutationNo(number),
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
    })
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

#[expect(
    clippy::needless_pass_by_value,
    reason = "reads beside the other readers"
)]
fn uuid(value: Value, what: &'static str) -> Result<Uuid> {
    value
        .as_str()
        .and_then(|text| Uuid::try_parse(text).ok())
        .ok_or(protocol(what))
}

fn row_id(values: &Values, what: &'static str) -> Result<RowId> {
    values
        .get("id")
        .and_then(Value::as_str)
        .and_then(|text| Uuid::try_parse(text).ok())
        .map(RowId)
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

fn rev_up_to(value: Option<&Value>, head: Rev) -> Result<Rev> {
    let rev = rev(value.unwrap_or(&Value::Null), "revision of a row")?;
    if rev > head {
        return Err(protocol("a row above the head"));
    }
    Ok(rev)
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
