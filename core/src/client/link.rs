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

/// For the whole client: opens, closes and empties spaces when the session changes by itself, and keeps its token fresh.
pub(super) fn supervise(inner: &Arc<Inner>) {
    let weak = Arc::downgrade(inner);
    let mut session = inner.session.watch();
    inner.handle.spawn(async move {
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
    tasks.spawn(session(inner.session.watch(), user, sync.clone()));
    tasks.spawn(telling(
        inner.foreground.subscribe(),
        inner.network.subscribe(),
        sync.status(),
        space.notices.clone(),
    ));
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

/// Out of sight or without a network, what others do meanwhile will be a digest; each time that everything is read and
/// sent, held back notices may be told. What was on its way when the network went says nothing of what was done since.
async fn telling(
    mut foreground: watch::Receiver<bool>,
    mut network: watch::Receiver<bool>,
    mut status: watch::Receiver<SyncStatus>,
    notices: Notices,
) {
    let (mut told, mut place) = (None, None);
    loop {
        let online = *network.borrow_and_update();
        let now = (*foreground.borrow_and_update(), online);
        if place.replace(now) != Some(now) && now != (true, true) {
            notices.away().await;
        }
        let (quiet, synced) = {
            let now = status.borrow_and_update();
            (
                now.activity == Activity::Idle && now.error.is_none(),
                now.synced_at,
            )
        };
        if !online {
            told = synced;
        } else if quiet && synced.is_some() && synced != told {
            told = synced;
            notices.caught_up().await;
        }
        let alive = tokio::select! {
            changed = foreground.changed() => changed.is_ok(),
            changed = network.changed() => changed.is_ok(),
            changed = status.changed() => changed.is_ok(),
        };
        if !alive {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::feed;
    use crate::model::{Kind, RowId, ScopeId, Values};
    use crate::notices::NoticeBody;
    use crate::store::{Edit, Op, Store, StoreConfig};
    use crate::time::{Clock, SystemClock, Timestamp};

    fn synced(at: i64) -> SyncStatus {
        SyncStatus {
            activity: Activity::Idle,
            synced_at: Some(Timestamp(at)),
            ..SyncStatus::default()
        }
    }

    #[tokio::test]
    async fn a_pull_that_ends_after_the_network_went_does_not_tell_that_all_is_sent() {
        let dir = tempfile::TempDir::new().unwrap();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let user = UserId(uuid::Uuid::from_u128(7));
        let store = Store::open(&StoreConfig {
            dir: dir.path().to_owned(),
            user,
            clock: clock.clone(),
        })
        .unwrap();
        let notices = Notices::start(store.clone(), clock);
        let (foreground, network) = (watch::Sender::new(true), watch::Sender::new(false));
        let status = watch::Sender::new(synced(1));
        let watched = (foreground.subscribe(), network.subscribe());
        tokio::spawn(telling(
            watched.0,
            watched.1,
            status.subscribe(),
            notices.clone(),
        ));
        // It has told what it had to, and that has been heard.
        tokio::task::yield_now().await;
        notices.set_gig_mode(false).await.unwrap();
        let song = Values::from_iter([("title".to_owned(), json!("Basement Song"))]);
        let id = RowId::fresh();
        let edit = Edit::new(ScopeId::from(user), Kind::Song, id, Op::Insert, song);
        store.edit(edit).await.unwrap();
        network.send_replace(true);
        status.send_replace(synced(2));
        let mut told = feed::notices(&store, 10);
        let sent = serde_json::to_value(NoticeBody::Sent { count: 1 }).unwrap();
        let heard = async {
            let mut list = Vec::new();
            while let Some(steps) = told.next().await {
                feed::apply(&mut list, &steps.unwrap());
                if list.iter().any(|one| one.body == sent) {
                    return;
                }
            }
        };
        let heard = tokio::time::timeout(std::time::Duration::from_secs(10), heard).await;
        heard.expect("a notice says that the change was sent");
    }
}
