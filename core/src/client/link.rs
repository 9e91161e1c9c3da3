//! The tasks that tell each part of a member's client about the others. No decisions: those are the parts' own.
//! Tasks are boxed, here and elsewhere: tokio's code for a task is in the library once, not once for each.

use std::sync::Arc;

use futures_util::FutureExt as _;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Inner;
use super::workspace::Workspace;
use crate::model::UserId;
use crate::session::SessionState;
use crate::sync::SyncHandle;

/// For the whole client: opens, closes and empties spaces when the session changes by itself, and keeps its token fresh.
pub(super) fn supervise(inner: &Arc<Inner>) {
    let weak = Arc::downgrade(inner);
    let mut session = inner.session.watch();
    let settle = async move {
        loop {
            let Some(inner) = weak.upgrade() else { return };
            if let Err(error) = inner.settle_member().await {
                tracing::error!(code = error.code(), "a member's data cannot be opened");
            }
            if let Err(error) = inner.forget_gone().await {
                tracing::error!(
                    code = error.code(),
                    "data of a deleted account stays until the next start"
                );
            }
            drop(inner);
            if session.changed().await.is_err() {
                return;
            }
        }
    };
    inner.handle.spawn(settle.boxed());
    let (session, platform) = (inner.session.clone(), inner.platform.subscribe());
    let mut closed = inner.closed.subscribe();
    let fresh = async move {
        tokio::select! {
            () = session.keep_fresh(platform) => {}
            _ = closed.wait_for(|closed| *closed) => {}
        }
    };
    inner.handle.spawn(fresh.boxed());
}

/// For one member. Called with the client's runtime entered.
pub(super) fn start(
    inner: &Inner,
    user: UserId,
    workspace: &Arc<Workspace>,
    tasks: &mut JoinSet<()>,
) {
    let sync = &workspace.sync;
    tasks.spawn(session(inner.session.watch(), user, sync.clone()).boxed());
    let files = workspace.store.clone();
    tasks.spawn(
        files
            .let_go_in_background(inner.platform.subscribe())
            .boxed(),
    );
    let notices = workspace.notices.clone();
    let following = notices.follow(inner.platform.subscribe(), sync.status());
    tasks.spawn(following.boxed());
}

/// Sync calls the server only while this member has a session.
async fn session(mut session: watch::Receiver<SessionState>, user: UserId, sync: Arc<SyncHandle>) {
    loop {
        let mine = matches!(&*session.borrow_and_update(), SessionState::SignedIn { account } if account.user == user);
        sync.set_session(mine);
        if session.changed().await.is_err() {
            return;
        }
    }
}
