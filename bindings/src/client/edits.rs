//! What a member does to rows, notices, conflicts and refused edits. An edit is durable and on every feed when its call
//! comes back; it is sent when there is a network.

use rockon_core::Error as CoreError;
use rockon_core::client::Choice;
use rockon_core::model::{ConflictId, EditId, Kind, NoticeId, RowId, ScopeId, Values};
use rockon_core::notices::ChangesSinceSeen;
use rockon_core::store::{LastChange, LoggedChange};

use super::Client;

#[uniffi::export]
impl Client {
    /// Adds a song, setlist, show or practice to a band or to my personal scope (`scope` = my user id), from column values.
    /// Returns its id. Throws `Invalid` naming the column; nothing was added then.
    pub async fn add(
        &self,
        scope: ScopeId,
        kind: Kind,
        values: Values,
    ) -> Result<RowId, CoreError> {
        self.local(async move |workspace| workspace.add(scope, kind, values).await)
            .await
    }

    /// Adds many songs, as an import does: all are checked before the first is added. Returns their ids in order.
    pub async fn add_songs(
        &self,
        scope: ScopeId,
        songs: Vec<Values>,
    ) -> Result<Vec<RowId>, CoreError> {
        self.local(async move |workspace| workspace.add_songs(scope, songs).await)
            .await
    }

    /// Changes some columns of a row; the others stay. True when something is different now. Throws `Gone`, with the edit, when
    /// the row is not there any more.
    pub async fn change(&self, kind: Kind, id: RowId, values: Values) -> Result<bool, CoreError> {
        self.local(async move |workspace| workspace.change(kind, id, values).await)
            .await
    }

    /// Deletes a row. An edit that somebody makes at the same time brings it back, with a notice; one that they made before
    /// and this phone has not seen keeps it, with a notice and a conflict to choose in.
    pub async fn delete(&self, kind: Kind, id: RowId) -> Result<(), CoreError> {
        self.local(async move |workspace| workspace.delete(kind, id).await)
            .await
    }

    /// Brings a deleted row back: right after a delete of mine, which is withdrawn if it has not been sent, or within 90 days
    /// from what the server keeps (see `deleted`). False when the row is there already. A row that this phone does not hold
    /// any more is shown when the server has answered; if it keeps nothing, or I may not write, the edit is refused like any
    /// other. A web app that still shows the row may delete it again in the first second: the server does not let that count.
    pub async fn restore(&self, scope: ScopeId, kind: Kind, id: RowId) -> Result<bool, CoreError> {
        self.local(async move |workspace| workspace.restore(scope, kind, id).await)
            .await
    }

    /// A whole row as it is shown, by column names; nothing if it is not there.
    pub async fn row(&self, kind: Kind, id: RowId) -> Result<Option<Values>, CoreError> {
        self.local(async move |workspace| workspace.row(kind, id).await)
            .await
    }

    /// Who changed a row last, and when; nothing if it is not there.
    pub async fn last_change(
        &self,
        kind: Kind,
        id: RowId,
    ) -> Result<Option<LastChange>, CoreError> {
        self.local(async move |workspace| workspace.last_change(kind, id).await)
            .await
    }

    /// What is different about a row since this member looked: column, old and new value, who and when; nothing when it is not
    /// unread, or new to them.
    pub async fn changes_since_seen(
        &self,
        kind: Kind,
        id: RowId,
    ) -> Result<Option<ChangesSinceSeen>, CoreError> {
        self.local(async move |workspace| workspace.changes_since_seen(kind, id).await)
            .await
    }

    /// Who did what to a row, the newest first. A first reading brings no log: it begins with what came after.
    pub async fn history(
        &self,
        kind: Kind,
        id: RowId,
        limit: u32,
    ) -> Result<Vec<LoggedChange>, CoreError> {
        self.local(async move |workspace| workspace.history(kind, id, limit).await)
            .await
    }

    /// What a row was when this member last looked; nothing when it is not unread.
    pub async fn last_seen(&self, kind: Kind, id: RowId) -> Result<Option<Values>, CoreError> {
        self.local(async move |workspace| workspace.last_seen(kind, id).await)
            .await
    }

    /// The member has opened a row: its dot goes, on all of their devices.
    pub async fn mark_read(&self, kind: Kind, id: RowId) -> Result<(), CoreError> {
        self.local(async move |workspace| workspace.mark_read(kind, id).await)
            .await
    }

    /// Everything of a kind in a band is read.
    pub async fn mark_kind_read(&self, scope: ScopeId, kind: Kind) -> Result<(), CoreError> {
        self.local(async move |workspace| workspace.mark_kind_read(scope, kind).await)
            .await
    }

    /// Everything everywhere is read.
    pub async fn mark_all_read(&self) -> Result<(), CoreError> {
        self.local(async move |workspace| workspace.mark_all_read().await)
            .await
    }

    /// The member has looked at a notice.
    pub async fn see_notice(&self, id: NoticeId) -> Result<(), CoreError> {
        self.local(async move |workspace| workspace.see_notice(id).await)
            .await
    }

    /// The member has looked at all notices.
    pub async fn see_all_notices(&self) -> Result<(), CoreError> {
        self.local(async move |workspace| workspace.see_all_notices().await)
            .await
    }

    /// On stage: notices are held back, and come as one digest when it is switched off. Remembered across restarts.
    pub async fn set_gig_mode(&self, on: bool) -> Result<(), CoreError> {
        self.local(async move |workspace| workspace.set_gig_mode(on).await)
            .await
    }

    /// Whether gig mode is on.
    pub async fn gig_mode(&self) -> Result<bool, CoreError> {
        self.local(async move |workspace| workspace.gig_mode().await)
            .await
    }

    /// Settles a conflict: what is chosen becomes an ordinary edit, the other is let go. Of a delete that met a change,
    /// "mine" deletes the row as it is shown now, "theirs" keeps it.
    pub async fn resolve(&self, conflict: ConflictId, choice: Choice) -> Result<(), CoreError> {
        self.local(async move |workspace| workspace.resolve(conflict, choice).await)
            .await
    }

    /// Sends a refused edit once more, behind everything else.
    pub async fn retry(&self, rejected: EditId) -> Result<(), CoreError> {
        self.local(async move |workspace| workspace.retry(rejected).await)
            .await
    }

    /// Gives a refused edit up. The row shows the server's values already.
    pub async fn discard(&self, rejected: EditId) -> Result<(), CoreError> {
        self.local(async move |workspace| workspace.discard(rejected).await)
            .await
    }
}
