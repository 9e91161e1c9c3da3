//! What waits for a person: two values of one field, and edits that the server refused. Nothing of either is lost until
//! the person has chosen.

use serde_json::Value;

use super::Space;
use crate::error::{Error, Result};
use crate::model::Values;
use crate::notices;
use crate::store::{Edit, Op, WriteTx};

/// What a person chooses for a field whose two values met.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// My value.
    Mine,
    /// The other's.
    Theirs,
    /// Something made of both.
    Other(Value),
}

impl Space {
    /// Settles a conflict: the chosen value becomes an ordinary edit, the other is let go.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is settled already; [`Error::Invalid`] for a value that the column cannot hold.
    pub async fn resolve(&self, conflict: i64, choice: Choice) -> Result<()> {
        self.sync
            .write(move |tx| settle(tx, conflict, choice))
            .await
    }

    /// Sends a refused edit once more, behind everything else.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not parked any more.
    pub async fn retry(&self, entry: i64) -> Result<()> {
        self.answer_refusal(entry, |tx, entry| tx.retry_parked(entry))
            .await
    }

    /// Gives a refused edit up. The row shows the server's values already.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not parked any more.
    pub async fn discard(&self, entry: i64) -> Result<()> {
        self.answer_refusal(entry, |tx, entry| tx.discard_parked(entry))
            .await
    }

    /// The notice that asks goes in the transaction that answers.
    async fn answer_refusal(
        &self,
        entry: i64,
        answer: impl FnOnce(&mut WriteTx<'_>, i64) -> Result<()> + Send + 'static,
    ) -> Result<()> {
        self.sync
            .write(move |tx| {
                let found = tx.entry(entry)?.ok_or(Error::NotFound { what: "edit" })?;
                answer(tx, entry)?;
                notices::refusal_settled(tx, found.kind, found.row)
            })
            .await
    }
}

fn settle(tx: &mut WriteTx<'_>, conflict: i64, choice: Choice) -> Result<()> {
    let found = tx
        .conflict(conflict)?
        .ok_or(Error::NotFound { what: "conflict" })?
        .what;
    let value = match choice {
        Choice::Mine => found.mine,
        Choice::Theirs => found.theirs,
        Choice::Other(value) => crate::model::checked(found.kind, &found.field, value)?,
    };
    // The row may have been deleted meanwhile; then there is nothing left to choose for.
    if tx.row(found.kind, found.row)?.is_some() {
        let set = Values::from_iter([(found.field, value)]);
        tx.edit(Edit::new(
            found.scope,
            found.kind,
            found.row,
            Op::Update,
            set,
        ))?;
    }
    tx.close_conflict(conflict)?;
    notices::conflict_closed(tx, found.row)
}

#[cfg(test)]
mod tests;
