//! What waits for a person: two values of one field, and edits that the server refused. Nothing of either is lost until
//! the person has chosen.

use serde_json::Value;

use super::Workspace;
use crate::error::{Error, Result};
use crate::model::{ConflictId, EditId, Values};
use crate::notices;
use crate::store::{Asks, ConflictDetails, Edit, WriteTx};

/// What a person chooses in a conflict.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum Choice {
    /// My value; delete or move it anyway.
    Mine,
    /// The other's; keep the row.
    Theirs,
    /// Something made of both values.
    Other(Value),
}

impl Workspace {
    /// Settles a conflict: what is chosen becomes an ordinary edit, the other is let go. Of a delete that met a change,
    /// "mine" deletes the row as it is shown now, "theirs" keeps it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is settled already; [`Error::Invalid`] for a value that the column cannot hold.
    pub async fn resolve(&self, conflict: ConflictId, choice: Choice) -> Result<()> {
        self.sync
            .write(move |tx| settle(tx, conflict, choice))
            .await
    }

    /// Sends a refused edit once more, behind everything else.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not rejected any more.
    pub async fn retry(&self, edit: EditId) -> Result<()> {
        self.answer_rejection(edit, |tx, edit| tx.retry_rejected(edit))
            .await
    }

    /// Gives a refused edit up. The row shows the server's values already.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not rejected any more.
    pub async fn discard(&self, edit: EditId) -> Result<()> {
        self.answer_rejection(edit, |tx, edit| tx.discard_rejected(edit))
            .await
    }

    /// The notice that asks goes in the transaction that answers.
    async fn answer_rejection(
        &self,
        edit: EditId,
        answer: impl FnOnce(&mut WriteTx<'_>, EditId) -> Result<()> + Send + 'static,
    ) -> Result<()> {
        self.sync
            .write(move |tx| {
                let told = tx.notice_of_rejection(edit)?;
                answer(tx, edit)?;
                notices::rejection_settled(tx, told)
            })
            .await
    }
}

fn settle(tx: &mut WriteTx<'_>, conflict: ConflictId, choice: Choice) -> Result<()> {
    let found = tx
        .conflict(conflict)?
        .ok_or(Error::NotFound { what: "conflict" })?;
    if found.what.asks == Asks::Value {
        settle_value(tx, found.what, choice)?;
    } else {
        let insist = match choice {
            Choice::Mine => true,
            Choice::Theirs => false,
            Choice::Other(_) => {
                return Err(Error::Invalid {
                    field: "choice",
                    reason: "there is no third way",
                });
            }
        };
        tx.settle_crossing(&found, insist)?;
    }
    tx.close_conflict(conflict)?;
    notices::conflict_closed(tx, found.notice)
}

fn settle_value(tx: &mut WriteTx<'_>, found: ConflictDetails, choice: Choice) -> Result<()> {
    let value = match choice {
        Choice::Mine => found.mine,
        Choice::Theirs => found.theirs,
        Choice::Other(value) => crate::model::checked(found.kind, &found.field, value)?,
    };
    // The row may have been deleted meanwhile; then there is nothing left to choose for.
    if tx.row(found.kind, found.row)?.is_some() {
        let set = Values::from_iter([(found.field, value)]);
        tx.edit(Edit::update(found.kind, found.row, set))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
