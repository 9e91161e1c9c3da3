//! What runs for the member who is signed in: store, sync, notices, realtime and the tasks that join them.

use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Inner;
use super::remote::SessionRemote;
use super::space::Space;
use super::{hints, link};
use crate::error::Result;
use crate::model::UserId;
use crate::notices::{NoticeWitness, Notices};
use crate::realtime::ConnectionState;
use crate::realtime::machine::Counters;
use crate::store::{Store, StoreConfig};
use crate::sync::SyncHandle;

/// A member's running parts. Dropping it ends its tasks; [`Member::close`] also waits until the file is free.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) space: Arc<Space>,
    pub(super) connection: watch::Receiver<ConnectionState>,
    /// What the connection has seen.
    pub(super) counters: watch::Receiver<Counters>,
    tasks: std::sync::Mutex<JoinSet<()>>,
}

impl Inner {
    /// Opens the member's file and starts what works on it.
    pub(super) fn open_member(&self, user: UserId) -> Result<Arc<Member>> {
        let config = StoreConfig {
            dir: self.config.data_dir.clone(),
            user,
            clock: self.clock.clone(),
        };
        let store = Store::open(&config)?;
        let _inside = self.handle.enter();
        let remote = SessionRemote {
            session: self.session.clone(),
            user,
            network: self.network.subscribe(),
        };
        let sync = SyncHandle::start(
            store.clone(),
            remote,
            Arc::new(NoticeWitness),
            self.clock.clone(),
            self.seed,
        );
        let notices = Notices::start(store.clone(), self.clock.clone());
        let space = Arc::new(Space {
            store,
            sync: Arc::new(sync),
            notices,
        });
        let mut tasks = JoinSet::new();
        link::start(self, user, &space, &mut tasks);
        let (connection, counters) = hints::start(self, user, &space, &mut tasks);
        Ok(Arc::new(Member {
            space,
            connection,
            counters,
            tasks: std::sync::Mutex::new(tasks),
        }))
    }

    /// Opens the space of whoever the session belongs to now, and closes another's before.
    pub(super) async fn settle_member(&self) -> Result<()> {
        let _turn = self.turn.lock().await;
        let wanted = self.session.state().account().map(|account| account.user);
        let open = self
            .member
            .borrow()
            .as_ref()
            .map(|member| member.space.user());
        if wanted == open || *self.closed.borrow() {
            return Ok(());
        }
        if let Some(former) = self.member.send_replace(None) {
            former.close().await;
        }
        if let Some(user) = wanted {
            let member = self.open_member(user)?;
            self.show(member);
        }
        Ok(())
    }

    /// Makes a member's space the client's. What the platform said so far is told after it can be reached, so that no
    /// word of [`super::Client::set_network`] falls between.
    pub(super) fn show(&self, member: Arc<Member>) {
        let sync = Arc::clone(&member.space.sync);
        self.member.send_replace(Some(member));
        sync.set_network(*self.network.borrow());
        sync.set_foreground(*self.foreground.borrow());
    }
}

impl Member {
    /// Stops everything and frees the file.
    pub(super) async fn close(&self) {
        let tasks = {
            let mut tasks = self
                .tasks
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            std::mem::take(&mut *tasks)
        };
        drop(tasks);
        self.space.sync.shutdown().await;
        self.space.store.close().await;
    }
}
