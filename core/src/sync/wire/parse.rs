//! Reading answers, piece by piece. A piece that cannot be read is left aside where the contract says what that costs.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::rows::{self, readable};
use super::{
    ChangedBy, Gone, MAX_REV, PullAnswer, PullRequest, PullScope, PushAnswer, PushRequest,
    PushResult, Verdict, protocol,
};
use crate::error::Result;
use crate::hint::Hint;
use crate::model::{MutationNo, RefusalCode, Rev, ScopeId, ScopeType, UserId, Values};
use crate::store::{Cursor, LogEntry, PullPage, ScopePage, Tombstone};

/// The members of a JSON object, not read yet.
pub(super) type Parts<'a> = BTreeMap<String, &'a RawValue>;

/// Reads the answer to a request without scopes: which scopes are mine, and where they stand.
///
/// # Errors
/// [`crate::Error::Protocol`], also when the server takes the caller for somebody else than `me`.
pub(crate) fn parse_heads(me: UserId, answer: &RawValue) -> Result<Vec<Hint>> {
    let answer = parts(answer, "answer")?;
    check_user(me, &answer)?;
    list(answer.get("scopes").copied(), "scopes")?
        .into_iter()
        .map(|scope| {
            let scope = parts(scope, "scope")?;
            Ok(Hint {
                scope: ScopeId(uuid(&value(&scope, "id"), "id of a scope")?),
                rev: rev(&value(&scope, "head"), "head")?,
                epoch: uuid(&value(&scope, "epoch"), "epoch")?,
            })
        })
        .collect()
}

impl PullAnswer {
    /// Reads the answer to `request`, made by `me`.
    ///
    /// # Errors
    /// [`crate::Error::Protocol`] naming the part that is not as the contract says: a wrong shape, an absurd revision, a
    /// scope that was not asked for or that is missing, a cursor that goes back or stands still, another person.
    pub(crate) fn parse(request: &PullRequest, me: UserId, answer: &RawValue) -> Result<Self> {
        let answer = parts(answer, "answer")?;
        check_user(me, &answer)?;
        let scopes = list(answer.get("scopes").copied(), "scopes")?
            .into_iter()
            .map(|scope| scope_page(request, scope))
            .collect::<Result<_>>()?;
        let ended = optional_list(answer.get("gone").copied(), "gone")?
            .into_iter()
            .map(gone)
            .collect::<Result<Vec<_>>>()?;
        let gone = ended.iter().map(|gone| gone.id).collect();
        let mut page = PullPage { scopes, gone };
        restart(request, &mut page);
        let below = check_against(request, &page)?;
        let (results, _) = results(answer.get("results").copied())?;
        Ok(Self {
            page,
            results,
            ended,
            below,
        })
    }
}

fn gone(entry: &RawValue) -> Result<Gone> {
    let gone = parts(entry, "gone")?;
    let id = ScopeId(uuid(&value(&gone, "id"), "id of a gone scope")?);
    let by = value(&gone, "by").as_str().and_then(|by| by.parse().ok());
    let by_name = value(&gone, "by_name").as_str().map(str::to_owned);
    Ok(Gone { id, by, by_name })
}

/// A file holds one person's rows; an answer for another must not get into it.
fn check_user(me: UserId, answer: &Parts<'_>) -> Result<()> {
    if uuid(&value(answer, "user_id"), "user_id")? == me.0 {
        Ok(())
    } else {
        Err(protocol("another person"))
    }
}

/// An answer that speaks of other scopes than those asked for, goes back, or stands still, would confuse or never end a
/// pull. Returns the scopes whose head is below what was read of them: their reading is void, whatever the server says.
fn check_against(request: &PullRequest, page: &PullPage) -> Result<Vec<ScopeId>> {
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
    let mut below = Vec::new();
    let mut moved = false;
    for scope in &page.scopes {
        let cursor = asked(request, scope.id).and_then(|asked| asked.cursor);
        match cursor {
            // A page that begins again may end anywhere, also just where an earlier one did.
            _ if scope.reset => moved |= scope.cursor.rev > Rev(0),
            Some(cursor) if scope.head < cursor.rev => below.push(scope.id),
            Some(cursor) if place(&scope.cursor) < place(&cursor) => {
                return Err(protocol("a cursor that goes back"));
            }
            Some(cursor) => moved |= place(&scope.cursor) > place(&cursor),
            None => moved |= scope.cursor.rev > Rev(0),
        }
    }
    if !moved && below.is_empty() && !page.is_last() {
        return Err(protocol("more, but no step on"));
    }
    Ok(below)
}

/// Where a cursor stands in the order of a scope's items; without an item it is behind all of its revision.
fn place(cursor: &Cursor) -> (Rev, i64, Uuid) {
    let ord = cursor.ord.unwrap_or(i64::MAX);
    (cursor.rev, ord, cursor.id.unwrap_or(Uuid::max()))
}

fn asked(request: &PullRequest, id: ScopeId) -> Option<&PullScope> {
    request.scopes.iter().find(|asked| asked.id == id)
}

/// A scope that an earlier page did not get to is asked for from the beginning. If it has another epoch by now, the
/// server has no cursor to call void; the page starts again all the same.
fn restart(request: &PullRequest, page: &mut PullPage) {
    for scope in &mut page.scopes {
        scope.reset |= asked(request, scope.id).is_some_and(|asked| {
            asked.cursor.is_none() && asked.epoch.is_some_and(|epoch| epoch != scope.epoch)
        });
    }
}

/// A scope's part of an answer, its rows not read yet.
#[derive(Deserialize)]
struct RawPage<'a> {
    id: ScopeId,
    #[serde(rename = "type")]
    scope_type: ScopeType,
    epoch: Uuid,
    head: Rev,
    #[serde(default)]
    reset: bool,
    /// A scope that the page did not get to may have none yet.
    cursor: Option<Cursor>,
    has_more: bool,
    #[serde(borrow, default)]
    rows: Parts<'a>,
    #[serde(default)]
    tombstones: Vec<Tombstone>,
    #[serde(default)]
    log: Vec<LogEntry>,
    #[serde(borrow, default)]
    values: Option<&'a RawValue>,
    #[serde(borrow, default)]
    times: Option<&'a RawValue>,
}

/// One scope of a page: its shape is the store's, its revisions are checked here.
fn scope_page(request: &PullRequest, raw: &RawValue) -> Result<ScopePage> {
    let page: RawPage<'_> =
        serde_json::from_str(raw.get()).map_err(|_| protocol("a scope's page"))?;
    let head = page.head;
    if !(Rev(0)..=Rev(MAX_REV)).contains(&head) {
        return Err(protocol("head"));
    }
    let cursor = page.cursor.unwrap_or(Cursor {
        rev: Rev(0),
        ord: None,
        id: None,
        since: None,
    });
    if !(Rev(0)..=head).contains(&cursor.rev) {
        return Err(protocol("a cursor outside the revisions"));
    }
    let tombstones = page.tombstones.iter().map(|tombstone| tombstone.rev);
    if tombstones
        .chain(page.log.iter().map(|entry| entry.0))
        .any(|rev| rev < Rev(0) || rev > head)
    {
        return Err(protocol("a tombstone or log entry outside the revisions"));
    }
    let from = asked(request, page.id).and_then(|asked| asked.cursor);
    let from = from.filter(|_| !page.reset).map_or(Rev(0), |from| from.rev);
    let read = rows::read(&page.rows, from, head)?;
    Ok(ScopePage {
        id: page.id,
        scope_type: page.scope_type,
        epoch: page.epoch,
        head,
        reset: page.reset,
        cursor,
        has_more: page.has_more,
        rows: read.rows,
        tombstones: page.tombstones,
        log: page.log,
        values: what_is_readable(page.values),
        times: what_is_readable(page.times),
        lost: read.lost,
    })
}

/// What can be read of what an answer has beside the log: a notice or a history says less without one.
fn what_is_readable<T: DeserializeOwned>(raw: Option<&RawValue>) -> Vec<T> {
    let list = optional_list(raw, "beside the log").unwrap_or_default();
    list.into_iter()
        .filter_map(|one| serde_json::from_str(one.get()).ok())
        .collect()
}

impl PushAnswer {
    /// Reads the answer to `request`.
    ///
    /// # Errors
    /// [`crate::Error::Protocol`] as for a pull; also when a mutation has no result.
    pub(crate) fn parse(request: &PushRequest, answer: &RawValue) -> Result<Self> {
        let answer = parts(answer, "answer")?;
        let client_reset = flag(&value(&answer, "client_reset"), "client_reset")?;
        let scope = ScopeId(uuid(&value(&answer, "scope"), "scope")?);
        let head = match value(&answer, "head") {
            Value::Null => Rev(0), // A scope that is not mine has no head for me.
            value => rev(&value, "head")?,
        };
        let (mut results, nameless) = results(answer.get("results").copied())?;
        if scope != request.scope {
            return Err(protocol("another scope"));
        }
        results.retain(|result| request.mutations.iter().any(|sent| sent.n == result.n));
        let sent = request.mutations.iter();
        let missing: Vec<MutationNo> = sent
            .map(|sent| sent.n)
            .filter(|n| results.iter().all(|result| result.n != *n))
            .collect();
        if !client_reset && missing.len() > nameless {
            return Err(protocol("a mutation without a result"));
        }
        results.extend(missing.into_iter().map(|n| unreadable_result(n, None)));
        Ok(Self {
            scope,
            head,
            client_reset,
            results,
        })
    }
}

/// The results, and how many there are besides that do not even say which edit they are about.
fn results(raw: Option<&RawValue>) -> Result<(Vec<PushResult>, usize)> {
    let mut nameless = 0;
    let mut read = Vec::new();
    for raw in optional_list(raw, "results")? {
        match result(raw) {
            Some(result) => read.push(result),
            None => nameless += 1,
        }
    }
    Ok((read, nameless))
}

/// One result. What cannot be read refuses its edit, so that its text is kept and a person decides; `None` = it cannot
/// be told which edit that is.
fn result(raw: &RawValue) -> Option<PushResult> {
    let result: Parts<'_> = serde_json::from_str(raw.get()).ok()?;
    let number = value(&result, "n").as_i64();
    let n = MutationNo(number.filter(|n| (1..=MAX_REV).contains(n))?);
    let tag = text(&value(&result, "tag"));
    Some(told(n, tag.clone(), &result).unwrap_or_else(|| unreadable_result(n, tag)))
}

fn told(n: MutationNo, tag: Option<String>, result: &Parts<'_>) -> Option<PushResult> {
    let verdict = match value(result, "verdict").as_str()? {
        "applied" => Verdict::Applied,
        "partial" => Verdict::Partial,
        "refused" => Verdict::Refused,
        _ => return None,
    };
    let changed_by = optional_list(result.get("changed_by").copied(), "changed_by").ok()?;
    Some(PushResult {
        n,
        tag,
        verdict,
        rev: match value(result, "rev") {
            Value::Null => Rev(0),
            value => rev(&value, "revision of a result").ok()?,
        },
        restored: flag(&value(result, "restored"), "restored").ok()?,
        overwritten: optional_values(result.get("overwritten").copied())?,
        current: optional_values(result.get("current").copied())?,
        changed_by: changed_by
            .into_iter()
            .map(|by| changed_by_of(by).ok())
            .collect::<Option<_>>()?,
        code: text(&value(result, "sqlstate")).map(RefusalCode::from),
        reason: text(&value(result, "reason")),
        field: text(&value(result, "field")),
    })
}

fn unreadable_result(n: MutationNo, tag: Option<String>) -> PushResult {
    PushResult {
        n,
        tag,
        verdict: Verdict::Refused,
        rev: Rev(0),
        restored: false,
        overwritten: Values::new(),
        current: Values::new(),
        changed_by: Vec::new(),
        code: Some(RefusalCode::UnreadableAnswer),
        reason: Some("the server's answer about it cannot be read".to_owned()),
        field: None,
    }
}

fn changed_by_of(raw: &RawValue) -> Result<ChangedBy> {
    let by = parts(raw, "changed_by")?;
    Ok(ChangedBy {
        user: optional_user(&value(&by, "user"))?,
        name: text(&value(&by, "name")),
        rev: rev(&value(&by, "rev"), "revision of changed_by")?,
        fields: names(&value(&by, "fields")),
        ops: by.contains_key("ops").then(|| names(&value(&by, "ops"))),
    })
}

/// Names for display: a value that is not a name is left out.
fn names(value: &Value) -> Vec<String> {
    let list = value.as_array().into_iter().flatten();
    list.filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

/// A member as a value; null where it is missing or cannot be read.
fn value(parts: &Parts<'_>, key: &str) -> Value {
    let raw = parts.get(key);
    raw.and_then(|raw| serde_json::from_str(raw.get()).ok())
        .unwrap_or_default()
}

fn parts<'a>(raw: &'a RawValue, what: &'static str) -> Result<Parts<'a>> {
    serde_json::from_str(raw.get()).map_err(|_| protocol(what))
}

/// Columns of a row in a result; `None` = one of them cannot be read.
fn optional_values(raw: Option<&RawValue>) -> Option<Values> {
    let Some(raw) = raw.filter(|raw| raw.get() != "null") else {
        return Some(Values::new());
    };
    let columns: Parts<'_> = serde_json::from_str(raw.get()).ok()?;
    let columns = columns.into_iter();
    columns
        .map(|(name, raw)| Some((name, readable(raw)?)))
        .collect()
}

pub(super) fn list<'a>(raw: Option<&'a RawValue>, what: &'static str) -> Result<Vec<&'a RawValue>> {
    let raw = raw.ok_or(protocol(what))?;
    serde_json::from_str(raw.get()).map_err(|_| protocol(what))
}

fn optional_list<'a>(raw: Option<&'a RawValue>, what: &'static str) -> Result<Vec<&'a RawValue>> {
    match raw.filter(|raw| raw.get() != "null") {
        None => Ok(Vec::new()),
        raw => list(raw, what),
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

/// Absent and null mean no.
fn flag(value: &Value, what: &'static str) -> Result<bool> {
    match value {
        Value::Null => Ok(false),
        Value::Bool(flag) => Ok(*flag),
        _ => Err(protocol(what)),
    }
}

/// Texts for display: a value that is not a text is left out. None of them decides anything.
fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
