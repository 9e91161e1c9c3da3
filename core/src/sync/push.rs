//! Sending edits: one batch of one scope a call.
//!
//! Order: the numbers and the frozen content are durable before the call leaves, the answer is durable before the next
//! call says `acked`. A kill at any point in between leads to the same mutation with the same number again, and the
//! server answers it from its stored result.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde_json::json;

use super::batch::BatchSizes;
use super::observer::SyncObserver;
use super::remote::Remote;
use super::settle::settle;
use super::verdict::{CallFailure, read_failure};
use super::wire::{MAX_MUTATIONS, MAX_PUSH_BYTES, PushAnswer, PushRequest};
use crate::error::{Error, Result};
use crate::model::{MutationNo, RefusalCode};
use crate::store::{Batch, Durability, Rejection, Store};

/// Room for what surrounds the mutations in a call's body.
const ENVELOPE: usize = 1_024;

/// What one push did.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Pushed {
    /// Something was answered, so a pull will bring news.
    pub(super) changed: bool,
    /// There is more to send.
    pub(super) more: bool,
}

/// Sends one batch, of the scope whose turn it is.
///
/// # Errors
/// As [`Remote::call`]; the batch stays in the outbox and is sent again, smaller if its content may be the reason.
pub(super) async fn push<R: Remote>(
    store: &Store,
    remote: &R,
    sizes: &mut BatchSizes,
    observer: &Arc<dyn SyncObserver>,
) -> Result<Pushed> {
    let Some(batch) = next_batch(store, sizes).await? else {
        return Ok(Pushed::default());
    };
    let request = PushRequest::from(batch);
    let answer = remote
        .call("sync_push", json!({ "request": request }))
        .await;
    let changed = match answer.and_then(|answer| PushAnswer::parse(&request, &answer)) {
        Ok(answer) => {
            sizes.worked(request.scope);
            accept(store, answer, observer).await?;
            true
        }
        Err(error) => {
            blame(store, error, &request, sizes, observer).await?;
            false
        }
    };
    let waiting = store.read(|reader| reader.scopes_to_push()).await?;
    Ok(Pushed {
        changed,
        more: !waiting.is_empty(),
    })
}

/// Takes the next batch out of the outbox; from then on its numbers and its content are fixed.
async fn next_batch(store: &Store, sizes: &BatchSizes) -> Result<Option<Batch>> {
    let waiting = store.read(|reader| reader.scopes_to_push()).await?;
    let Some(scope) = sizes.choose(&waiting) else {
        return Ok(None);
    };
    let limit = sizes.limit(scope).min(MAX_MUTATIONS);
    store
        .write(Durability::Full, move |tx| {
            tx.take_batch(scope, limit, MAX_PUSH_BYTES - ENVELOPE)
        })
        .await
}

/// A call failed as a whole: the next one about this scope is smaller, and a mutation that spoils a call alone is rejected.
async fn blame(
    store: &Store,
    error: Error,
    request: &PushRequest,
    sizes: &mut BatchSizes,
    observer: &Arc<dyn SyncObserver>,
) -> Result<()> {
    let failure = read_failure(&error);
    if failure == CallFailure::Elsewhere {
        return Err(error);
    }
    let alone = sizes.failed(request.scope, request.mutations.len());
    if failure == CallFailure::Server {
        return Err(error);
    }
    if alone {
        reject_alone(store, request, error.code(), observer).await?;
        sizes.worked(request.scope);
    }
    Ok(())
}

/// Stores what the server said. All of it in one transaction: after a kill either the whole answer counts or none.
async fn accept(store: &Store, answer: PushAnswer, observer: &Arc<dyn SyncObserver>) -> Result<()> {
    let observer = Arc::clone(observer);
    store
        .write(Durability::Full, move |tx| {
            if answer.client_reset {
                tx.new_client_id()?;
                return Ok(());
            }
            // Any revision that these mutations made in the scope is at or below the head of the answer, so a page that
            // reaches that head brings their rows, also those of a mutation that moved its row elsewhere.
            settle(tx, answer.results, answer.head, observer.as_ref())
        })
        .await
}

async fn reject_alone(
    store: &Store,
    request: &PushRequest,
    code: &'static str,
    observer: &Arc<dyn SyncObserver>,
) -> Result<()> {
    tracing::warn!(scope = %request.scope, code, "an edit was refused with its whole call; it is rejected");
    let observer = Arc::clone(observer);
    let numbers: Vec<MutationNo> = request.mutations.iter().map(|one| one.n).collect();
    store
        .write(Durability::Full, move |tx| {
            for n in numbers {
                let rejection = Rejection {
                    code: RefusalCode::CallRefused,
                    reason: Some(code.to_owned()),
                    field: None,
                };
                if let Some(entry) = tx.reject(n, rejection)? {
                    observer.rejected(tx, &entry)?;
                }
            }
            Ok(())
        })
        .await
}
