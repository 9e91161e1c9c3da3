//! A pull for the doctor: reads, keeps nothing, and says what could not be read.

use serde_json::{Value, json};
use uuid::Uuid;

use super::remote::Remote;
use super::wire::{PAGE_ITEMS, PullAnswer, PullRequest, PullScope, parse_heads};
use crate::error::{Error, Result};
use crate::model::{ClientId, Kind, RowId, ScopeId, UserId};
use crate::store::{ScopePage, UNREADABLE, UnreadableRow};

/// Calls of one trial at most.
const MAX_CALLS: u32 = 25;
/// Rows that are named at most.
const MAX_NAMED: usize = 50;

/// What a trial found so far.
#[derive(Debug, Default)]
pub(crate) struct Trial {
    /// Scopes that were read, to their end or as far as a trial goes.
    pub scopes: u32,
    /// Rows that were read.
    pub rows: usize,
    /// Everything was read; else the bounds of a trial ended it.
    pub complete: bool,
    /// Scopes that could not be read, and why not; none = not even their list.
    pub failed: Vec<(Option<ScopeId>, Error)>,
    /// Rows that are not whole, the first 50.
    pub unreadable: Vec<UnreadableRow>,
}

/// Reads the scopes of `me` from their beginning, within bounds. What was found is in `trial` also when the future is
/// dropped before its end.
pub(crate) async fn trial<R: Remote>(remote: &R, me: UserId, trial: &mut Trial) {
    let heads = match heads(remote, me).await {
        Ok(heads) => heads,
        Err(error) => return trial.failed.push((None, error)),
    };
    let mut calls = 1;
    for scope in heads {
        if calls >= MAX_CALLS {
            return;
        }
        match read(remote, (me, scope), &mut calls, trial).await {
            Ok(()) => trial.scopes += 1,
            Err(error) => trial.failed.push((Some(scope), error)),
        }
    }
    trial.complete = calls < MAX_CALLS;
}

async fn heads<R: Remote>(remote: &R, me: UserId) -> Result<Vec<ScopeId>> {
    let answer = remote.call("sync_pull", asking(Vec::new())).await?;
    let heads = parse_heads(me, &answer)?;
    Ok(heads.into_iter().map(|head| head.scope).collect())
}

async fn read<R: Remote>(
    remote: &R,
    (me, scope): (UserId, ScopeId),
    calls: &mut u32,
    trial: &mut Trial,
) -> Result<()> {
    let mut asked = PullScope {
        id: scope,
        cursor: None,
        epoch: None,
    };
    while *calls < MAX_CALLS {
        *calls += 1;
        let request = request(vec![asked.clone()]);
        let arguments = json!({ "request": request });
        let answer = remote.call("sync_pull", arguments).await?;
        let answer = PullAnswer::parse(&request, me, &answer)?;
        let Some(page) = answer.page.scopes.into_iter().next() else {
            return Ok(()); // It went meanwhile.
        };
        trial.look(&page);
        if !page.has_more {
            return Ok(());
        }
        asked.cursor = Some(page.cursor);
        asked.epoch = Some(page.epoch);
    }
    Ok(())
}

fn request(scopes: Vec<PullScope>) -> PullRequest {
    PullRequest {
        client_id: ClientId(Uuid::nil()), // whose results nobody asks for
        scopes,
        limit: PAGE_ITEMS,
    }
}

fn asking(scopes: Vec<PullScope>) -> Value {
    json!({ "request": request(scopes) })
}

impl Trial {
    fn look(&mut self, page: &ScopePage) {
        for (name, rows) in &page.rows {
            let Ok(kind) = name.parse::<Kind>() else {
                continue;
            };
            self.rows += rows.len();
            for row in rows {
                let Some(columns) = row.get(UNREADABLE).and_then(Value::as_array) else {
                    continue;
                };
                let columns = columns.iter().filter_map(Value::as_str).map(str::to_owned);
                let id = row.get("id").and_then(Value::as_str);
                self.name(UnreadableRow {
                    scope: page.id,
                    kind,
                    id: id
                        .and_then(|id| id.parse().ok())
                        .unwrap_or(RowId(Uuid::nil())),
                    columns: columns.collect(),
                });
            }
        }
        for lost in &page.lost {
            if let Ok(kind) = lost.kind.parse() {
                self.name(UnreadableRow {
                    scope: page.id,
                    kind,
                    id: lost.id,
                    columns: Vec::new(),
                });
            }
        }
    }

    fn name(&mut self, row: UnreadableRow) {
        if self.unreadable.len() < MAX_NAMED {
            self.unreadable.push(row);
        }
    }
}
