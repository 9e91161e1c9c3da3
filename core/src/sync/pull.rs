//! Reading: pages until one has reached the head of its own snapshot, then all of them at once.
//!
//! Pages before the last are staged, durably; a pull that breaks off goes on behind them. The head of the first page is
//! no target: rows touched again meanwhile have left the range, and a screen would show half of a transaction.
//!
//! All scopes are read in one go. When an answer cannot be read, each is read alone: one that fails even so stays apart
//! from the others, with its error, and is tried again now and then.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::json;

use super::observer::SyncObserver;
use super::remote::Remote;
use super::settle::settle;
use super::wire::{
    Gone, PAGE_ITEMS, PullAnswer, PullRequest, PullScope, PushResult, parse_heads, protocol,
};
use crate::error::{Error, Result, Service};
use crate::hint::Hint;
use crate::model::{Kind, Rev, ScopeId, one_by_one};
use crate::store::{CommittedPages, Durability, Store, WriteTx};

/// Pages of one pull at most: ten million items. Guards against a server that pages without end.
const MAX_PAGES: u32 = 10_000;
/// Bytes of one pull at most. What came is kept, and the next pull goes on behind it.
const MAX_BYTES: usize = if cfg!(test) { 8 } else { 256 } * 1024 * 1024;

/// Scopes that cannot be read, and why not.
pub(super) type Apart = BTreeMap<ScopeId, Error>;

/// What a pull did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Pulled {
    /// Which cursors moved and which scopes are gone.
    pub(super) committed: CommittedPages,
    /// Calls made.
    pub(super) pages: u32,
}

impl Pulled {
    fn add(&mut self, more: Self) {
        self.committed.moved.extend(more.committed.moved);
        self.committed.gone.extend(more.committed.gone);
        self.pages += more.pages;
    }
}

/// Asks which scopes there are and where their heads stand.
///
/// # Errors
/// As [`Remote::call`], and [`crate::Error::Protocol`].
pub(super) async fn list<R: Remote>(store: &Store, remote: &R) -> Result<Vec<Hint>> {
    let request = PullRequest {
        client_id: store.read(|reader| reader.client_id()).await?,
        scopes: Vec::new(),
        limit: PAGE_ITEMS,
    };
    let answer = remote
        .call("sync_pull", json!({ "request": request }))
        .await?;
    parse_heads(store.user(), &answer)
}

/// Reads every scope to its head and commits. `more` are scopes that the store does not know yet. Those of `apart` are
/// read alone, and only if `all` are wanted; which are apart after it is in there.
///
/// # Errors
/// As [`Remote::call`]; what was staged stays staged. That a scope could not be read is no error of the others.
pub(super) async fn pull<R: Remote>(
    store: &Store,
    remote: &R,
    more: &BTreeSet<ScopeId>,
    observer: &Arc<dyn SyncObserver>,
    (apart, all): (&mut Apart, bool),
    mut page_done: impl FnMut(u32, u64) + Send,
) -> Result<Pulled> {
    let mut reading = Reading {
        store,
        remote,
        observer,
        page_done: &mut page_done,
    };
    let wanted = request(store, more).await?;
    apart.retain(|id, _| wanted.scopes.iter().any(|scope| scope.id == *id));
    let ids: BTreeSet<ScopeId> = one_by_one(wanted.scopes.iter().map(|scope| scope.id));
    let joined = ids.iter().filter(|id| !apart.contains_key(id));
    let together: BTreeSet<ScopeId> = one_by_one(joined.copied());
    let mut alone: Vec<ScopeId> = if all {
        apart.keys().copied().collect()
    } else {
        Vec::new()
    };
    let mut pulled = Pulled::default();
    if !together.is_empty() || apart.is_empty() {
        match reading.group(&together, apart.is_empty()).await {
            Ok(done) => pulled.add(done),
            Err(error) if is_unreadable(&error) && ids.len() > 1 => alone.extend(together),
            Err(error) => return Err(error),
        }
    }
    let more = reading.alone(alone, ids.len() == 1, apart).await?;
    pulled.add(more);
    if apart.len() == ids.len()
        && let Some((_, error)) = apart.pop_first()
    {
        apart.clear(); // Nothing can be read: that is no fault of a scope.
        return Err(error);
    }
    Ok(pulled)
}

/// May the fault be in what one scope holds, so that others can be read without it?
fn is_unreadable(error: &Error) -> bool {
    match error {
        Error::Protocol { service, .. } => *service == Service::Rest,
        // PostgreSQL could not write a value of some row.
        Error::Denied { reason } => matches!(reason.sqlstate_class(), Some("22" | "54")),
        _ => false,
    }
}

/// What the reading of every group of scopes needs.
struct Reading<'r, R> {
    store: &'r Store,
    remote: &'r R,
    observer: &'r Arc<dyn SyncObserver>,
    /// Told of each page: how many there were, and its rows.
    page_done: &'r mut (dyn FnMut(u32, u64) + Send),
}

impl<R: Remote> Reading<'_, R> {
    /// Reads scopes one by one; those that cannot be read are apart after it, the others are not.
    async fn alone(
        &mut self,
        scopes: Vec<ScopeId>,
        whole: bool,
        apart: &mut Apart,
    ) -> Result<Pulled> {
        let mut pulled = Pulled::default();
        for id in scopes {
            match self.group(&BTreeSet::from([id]), whole).await {
                Ok(done) => {
                    pulled.add(done);
                    apart.remove(&id);
                }
                Err(error) if is_unreadable(&error) => {
                    tracing::warn!(scope = %id, code = error.code(), "a scope cannot be read");
                    apart.insert(id, error);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(pulled)
    }

    /// One call. Returns what it brought, and its size.
    async fn ask(&mut self, pages: u32, request: &PullRequest) -> Result<(PullAnswer, usize)> {
        let arguments = json!({ "request": request });
        let raw = self.remote.call("sync_pull", arguments).await?;
        let answer = PullAnswer::parse(request, self.store.user(), &raw)?;
        (self.page_done)(pages, answer.page.row_count());
        Ok((answer, raw.get().len()))
    }

    /// Reads these scopes to their heads and commits them. `whole`: there are no others; else what is staged of others
    /// would be lost with this page commit, so all of them begin from what is committed.
    async fn group(&mut self, ids: &BTreeSet<ScopeId>, whole: bool) -> Result<Pulled> {
        if !whole {
            let drop = |tx: &mut WriteTx<'_>| tx.drop_staged();
            self.store.write(Durability::Normal, drop).await?;
        }
        let mut bytes = 0;
        let mut void = BTreeSet::new();
        let mut restarted = BTreeSet::new();
        for pages in 1..=MAX_PAGES {
            let mut request = request(self.store, ids).await?;
            request
                .scopes
                .retain(|scope| whole || ids.contains(&scope.id));
            forget_cursors(&mut request, &void);
            if request.scopes.is_empty() {
                return Ok(Pulled {
                    pages,
                    ..Pulled::default()
                });
            }
            let (mut answer, size) = self.ask(pages, &request).await?;
            bytes += size;
            note_restarts(&answer, &mut restarted)?;
            begin_void(&mut answer, &mut void);
            if !answer.below.is_empty() {
                void.extend(&answer.below);
                continue;
            }
            if answer.page.is_last() {
                let committed = commit_pages(self.store, answer, self.observer, whole).await?;
                return Ok(Pulled { committed, pages });
            }
            self.store.stage(answer.page).await?;
            if bytes > MAX_BYTES {
                return Err(protocol("more bytes than a pull brings"));
            }
        }
        Err(protocol("pages without end"))
    }
}

/// The reading of these scopes is void: they are asked for from the beginning.
fn forget_cursors(request: &mut PullRequest, void: &BTreeSet<ScopeId>) {
    let scopes = request.scopes.iter_mut();
    for scope in scopes.filter(|scope| void.contains(&scope.id)) {
        scope.cursor = None;
        scope.epoch = None;
    }
}

/// What was asked for from the beginning starts again here, as if the server had called the cursor void.
fn begin_void(answer: &mut PullAnswer, void: &mut BTreeSet<ScopeId>) {
    if answer.below.is_empty() {
        for scope in &mut answer.page.scopes {
            scope.reset |= void.remove(&scope.id);
        }
    }
}

/// A scope starts over at most once in a pull.
fn note_restarts(answer: &PullAnswer, restarted: &mut BTreeSet<ScopeId>) -> Result<()> {
    let resets = answer.page.scopes.iter().filter(|scope| scope.reset);
    for id in resets.map(|scope| &scope.id).chain(&answer.below) {
        if !restarted.insert(*id) {
            return Err(protocol("a scope that starts over and over"));
        }
    }
    Ok(())
}

async fn request(store: &Store, more: &BTreeSet<ScopeId>) -> Result<PullRequest> {
    // Edits of a scope that was never read, such as a band made a moment ago, wait for its rows or for its end.
    let (client_id, known, edited) = store
        .read(|reader| {
            Ok((
                reader.client_id()?,
                reader.scopes()?,
                reader.scopes_of_edits()?,
            ))
        })
        .await?;
    let mut scopes: Vec<PullScope> = known.into_iter().map(PullScope::from).collect();
    for id in more.iter().chain(&edited) {
        if scopes.iter().all(|scope| scope.id != *id) {
            scopes.push(PullScope {
                id: *id,
                cursor: None,
                epoch: None,
            });
        }
    }
    Ok(PullRequest {
        client_id,
        scopes,
        limit: PAGE_ITEMS,
    })
}

/// Rows, cursors and what became of our edits, from one snapshot into one transaction.
async fn commit_pages(
    store: &Store,
    answer: PullAnswer,
    observer: &Arc<dyn SyncObserver>,
    whole: bool,
) -> Result<CommittedPages> {
    let observer = Arc::clone(observer);
    let here: BTreeSet<ScopeId> = one_by_one(answer.page.scopes.iter().map(|scope| scope.id));
    let results = answer.results;
    let ended = named(store, answer.ended).await?;
    store
        .commit_pages(answer.page, move |tx, committed| {
            // The rows of this very snapshot are below: the edits need not be shown on top of them any longer.
            let own = |scope| whole || here.contains(&scope);
            let results = own_results(tx, results, own)?;
            settle(tx, results, Rev(0), observer.as_ref())?;
            begin_read_up_to_marks(tx, committed)?;
            for (gone, name) in ended {
                if committed.gone.contains(&gone.id) {
                    observer.gone(tx, &gone, name)?;
                }
            }
            Ok(committed.clone())
        })
        .await
}

/// The results of the edits that are here. A number does not say that alone: of a device that was restored from its
/// backup, or copied to a new one, another life may have used it for another edit. What is left out is sent again, and
/// the server, which compares the content, answers with the result or asks for a new client id. Results about scopes that
/// this pull did not read have to wait for their rows.
fn own_results(
    tx: &WriteTx<'_>,
    results: Vec<PushResult>,
    is_here: impl Fn(ScopeId) -> bool,
) -> Result<Vec<PushResult>> {
    let mut own = Vec::new();
    for result in results {
        let entry = tx.entry_numbered(result.n)?;
        let entry = entry.filter(|entry| is_here(entry.scope));
        if entry.is_some_and(|entry| Some(entry.tag()) == result.tag) {
            own.push(result);
        }
    }
    Ok(own)
}

/// What the bands that are gone were called, and who ended it there, before the page commit purges them.
async fn named(store: &Store, ended: Vec<Gone>) -> Result<Vec<(Gone, Option<String>)>> {
    store
        .read(move |reader| {
            let named = ended.into_iter().map(|mut gone| {
                gone.by_name = reader.name_in(gone.id, gone.by, gone.by_name.take())?;
                let band = reader.band(gone.id)?.map(|band| band.name);
                Ok((gone, band))
            });
            named.collect()
        })
        .await
}

/// What is there when a member first sees a scope is not news. The server's own read-up-to mark, if it has one, came with it.
fn begin_read_up_to_marks(tx: &mut WriteTx<'_>, committed: &CommittedPages) -> Result<()> {
    let new = committed.moved.iter().filter(|(_, from, _)| from.is_none());
    for (scope, ..) in new {
        for kind in Kind::CONTENT {
            tx.begin_read_up_to(*scope, kind)?;
        }
    }
    Ok(())
}
