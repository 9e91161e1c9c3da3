//! Reading: pages until one has reached the head of its own snapshot, then all of them at once.
//!
//! Pages before the last are staged, durably; a pull that breaks off goes on behind them. The head of the first page is
//! no target: rows touched again meanwhile have left the range, and a screen would show half of a transaction.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::json;

use super::remote::Remote;
use super::schedule::HeadHint;
use super::settle::settle;
use super::wire::{
    Gone, PAGE_ITEMS, PullAnswer, PullRequest, PullScope, PushResult, parse_heads, protocol,
};
use super::witness::Witness;
use crate::error::Result;
use crate::model::{Kind, Rev, ScopeId};
use crate::store::{Published, Store, WriteTx};

/// Pages of one pull at most: ten million items. A server that never comes to an end is none.
const MAX_PAGES: u32 = 10_000;

/// What a pull did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pulled {
    /// Which cursors moved and which scopes are gone.
    pub(super) published: Published,
    /// Calls made.
    pub(super) pages: u32,
}

/// Asks which scopes there are and where their heads stand.
///
/// # Errors
/// As [`Remote::call`], and [`crate::Error::Protocol`].
pub(super) async fn list<R: Remote>(store: &Store, remote: &R) -> Result<Vec<HeadHint>> {
    let request = PullRequest {
        client_id: store.read(|reader| reader.client_id()).await?,
        scopes: Vec::new(),
        limit: PAGE_ITEMS,
    };
    let answer = remote
        .call("sync_pull", json!({ "request": request }))
        .await?;
    parse_heads(store.user(), answer)
}

/// Reads every scope to its head and publishes. `more` are scopes that the store does not know yet.
///
/// # Errors
/// As [`Remote::call`]; what was staged stays staged.
pub(super) async fn pull<R: Remote>(
    store: &Store,
    remote: &R,
    more: &BTreeSet<ScopeId>,
    witness: &Arc<dyn Witness>,
    mut page_done: impl FnMut(u32),
) -> Result<Pulled> {
    for pages in 1..=MAX_PAGES {
        let request = request(store, more).await?;
        if request.scopes.is_empty() {
            return Ok(Pulled {
                published: Published::default(),
                pages,
            });
        }
        let answer = remote
            .call("sync_pull", json!({ "request": request }))
            .await?;
        let answer = PullAnswer::parse(&request, store.user(), answer)?;
        page_done(pages);
        if !answer.page.is_last() {
            store.stage(answer.page).await?;
            continue;
        }
        let published = publish(store, answer, Arc::clone(witness)).await?;
        return Ok(Pulled { published, pages });
    }
    Err(protocol("pages without end"))
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
async fn publish(
    store: &Store,
    answer: PullAnswer,
    witness: Arc<dyn Witness>,
) -> Result<Published> {
    let (results, ended) = (answer.results, answer.ended);
    let names = names(store, &ended).await?;
    store
        .publish(answer.page, move |tx, published| {
            // The rows of this very snapshot are below: the edits need not be shown on top of them any longer.
            let results = own_results(tx, results)?;
            settle(tx, results, Rev(0), witness.as_ref())?;
            begin_floors(tx, published)?;
            witness.published(tx, published)?;
            for (gone, name) in ended.iter().zip(names) {
                if published.gone.contains(&gone.id) {
                    witness.gone(tx, gone, name)?;
                }
            }
            Ok(published.clone())
        })
        .await
}

/// The results of the edits that are here. A number does not say that alone: of a device that was restored from its
/// backup, or copied to a new one, another life may have used it for another edit. What is left out is sent again, and
/// the server, which compares the content, answers with the result or asks for a new client id.
fn own_results(tx: &WriteTx<'_>, results: Vec<PushResult>) -> Result<Vec<PushResult>> {
    let mut own = Vec::new();
    for result in results {
        let entry = tx.entry_numbered(result.n)?;
        if entry.is_some_and(|entry| Some(entry.tag()) == result.tag) {
            own.push(result);
        }
    }
    Ok(own)
}

/// What the bands that are gone were called, before the publish purges them.
async fn names(store: &Store, ended: &[Gone]) -> Result<Vec<Option<String>>> {
    let ids: Vec<_> = ended.iter().map(|gone| gone.id).collect();
    store
        .read(move |reader| {
            let name = |id: &ScopeId| Ok(reader.band(*id)?.map(|band| band.name));
            ids.iter().map(name).collect()
        })
        .await
}

/// What is there when a member first sees a scope is not news. The server's own floor, if it has one, came with it.
fn begin_floors(tx: &mut WriteTx<'_>, published: &Published) -> Result<()> {
    let new = published.moved.iter().filter(|(_, from, _)| from.is_none());
    for (scope, ..) in new {
        for kind in Kind::CONTENT {
            tx.begin_floor(*scope, kind)?;
        }
    }
    Ok(())
}
