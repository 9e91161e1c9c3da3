//! The tasks that tell each part of a member's client about the others. No decisions: those are the parts' own.

use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Inner;
use super::space::Space;
use crate::model::UserId;
use crate::notices::Notices;
use crate::session::SessionState;
use crate::sync::{Activity, SyncHandle, SyncStatus};

/// For the whole client: opens and closes spaces when the session changes by itself, and keeps its token fresh.
pub(super) fn supervise(inner: &Arc<Inner>) {
    let weak = Arc::downgrade(inner);
    let mut session = inner.session.watch();
    inner.handle.spawn(async move {
        while session.changed().await.is_ok() {
            let Some(inner) = weak.upgrade() else { return };
            if let Err(error) = inner.settle_member().await {
                tracing::error!(code = error.code(), "a member's data cannot be opened");
            }
        }
    });
    let (session, active) = (inner.session.clone(), active(inner));
    let mut up = active.clone();
    inner.handle.spawn(async move {
        let retry = async {
            while up.changed().await.is_ok() {
                if *up.borrow_and_update() {
                    session.retry_now();
                }
            }
        };
        tokio::join!(session.keep_fresh(active), retry);
    });
}

/// True while the app is on screen and there is a network. Ends with the client, or when it is shut down.
fn active(inner: &Arc<Inner>) -> watch::Receiver<bool> {
    let (sender, active) = watch::channel(false);
    let (mut foreground, mut network) = (inner.foreground.subscribe(), inner.network.subscribe());
    let mut closed = inner.closed.subscribe();
    inner.handle.spawn(async move {
        loop {
            let on = *foreground.borrow_and_update() && *network.borrow_and_update();
            sender.send_if_modified(|active| std::mem::replace(active, on) != on);
            let alive = tokio::select! {
                changed = foreground.changed() => changed.is_ok(),
                changed = network.changed() => changed.is_ok(),
                _ = closed.wait_for(|closed| *closed) => false,
            };
            if !alive {
                return;
            }
        }
    });
    active
}

/// For one member. Called with the client's runtime entered.
pub(super) fn start(inner: &Inner, user: UserId, space: &Arc<Space>, tasks: &mut JoinSet<()>) {
    let sync = &space.sync;
    tasks.spawn(away(
        inner.foreground.subscribe(),
        inner.network.subscribe(),
        space.notices.clone(),
    ));
    tasks.spawn(session(inner.session.watch(), user, sync.clone()));
    tasks.spawn(caught_up(sync.status(), space.notices.clone()));
}

/// Out of sight or without a network, what others do meanwhile will be a digest.
async fn away(
    mut foreground: watch::Receiver<bool>,
    mut network: watch::Receiver<bool>,
    notices: Notices,
) {
    loop {
        let (seen, online) = (
            *foreground.borrow_and_update(),
            *network.borrow_and_update(),
        );
        if !(seen && online) {
            notices.away().await;
        }
        let alive = tokio::select! {
            changed = foreground.changed() => changed.is_ok(),
            changed = network.changed() => changed.is_ok(),
        };
        if !alive {
            return;
        }
    }
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

/// Each time that everything is read and sent, held back notices may be told.
async fn caught_up(mut status: watch::Receiver<SyncStatus>, notices: Notices) {
    let mut told = None;
    loop {
        let (quiet, synced) = {
            let now = status.borrow_and_update();
            (
                now.activity == Activity::Idle && now.error.is_none(),
                now.synced_at,
            )
        };
        if quiet && synced.is_some() && synced != told {
            told = synced;
            notices.caught_up().await;
        }
        if status.changed().await.is_err() {
            return;
        }
    }
}
