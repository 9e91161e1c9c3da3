//! What runs for the member who is signed in: store, sync, notices, realtime and the tasks that join them.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Inner;
use super::remote::SessionRemote;
use super::workspace::Workspace;
use super::{hints, link};
use crate::error::Result;
use crate::hint::Hints;
use crate::model::{AuthErrorCode, ScopeId, UserId, one_by_one};
use crate::notices::{self, NoticeObserver, Notices};
use crate::realtime::ConnectionState;
use crate::realtime::machine::Counters;
use crate::session::SessionState;
use crate::store::{self, CommittedPages, PullPage, Store, StoreConfig, WriteTx};
use crate::sync::SyncHandle;

/// A member's running parts. Dropping it ends its tasks; [`RunningMember::close`] also waits until the file is free.
#[derive(Debug)]
pub(super) struct RunningMember {
    pub(super) workspace: Arc<Workspace>,
    pub(super) connection: watch::Receiver<ConnectionState>,
    /// What the connection has seen.
    pub(super) counters: watch::Receiver<Counters>,
    /// The account was deleted: the file goes with its last reader.
    gone: AtomicBool,
    tasks: std::sync::Mutex<JoinSet<()>>,
}

impl Inner {
    /// Opens the member's file and starts what works on it.
    pub(super) fn open_member(&self, user: UserId) -> Result<Arc<RunningMember>> {
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
            platform: self.platform.subscribe(),
        };
        let told = Arc::new(Hints::default());
        let sync = SyncHandle::start(
            store.clone(),
            remote,
            Arc::new(NoticeObserver),
            self.clock.clone(),
            self.seed,
            self.platform.subscribe(),
            told.clone(),
        );
        let notices = Notices::start(store.clone(), self.clock.clone());
        let workspace = Arc::new(Workspace {
            store,
            sync: Arc::new(sync),
            notices,
            language: self.language.subscribe(),
            clock: self.clock.clone(),
        });
        let mut tasks = JoinSet::new();
        link::start(self, user, &workspace, &mut tasks);
        let (connection, counters) = hints::start(self, user, &workspace, told, &mut tasks);
        Ok(Arc::new(RunningMember {
            workspace,
            connection,
            counters,
            gone: AtomicBool::new(false),
            tasks: std::sync::Mutex::new(tasks),
        }))
    }

    /// Opens the workspace of whoever the session belongs to now, and closes another's before.
    pub(super) async fn settle_member(&self) -> Result<()> {
        let _turn = self.turn.lock().await;
        let wanted = self.session.state().account().map(|account| account.user);
        let open = self
            .member
            .borrow()
            .as_ref()
            .map(|member| member.workspace.user());
        if wanted == open || *self.closed.borrow() {
            return Ok(());
        }
        let mut erased = Ok(());
        if let Some(former) = self.member.send_replace(None) {
            former.close().await;
            if former.gone.load(Ordering::Acquire) {
                erased = store::erase(&self.config.data_dir, former.workspace.user());
            }
        }
        if let Some(user) = wanted {
            let member = self.open_member(user)?;
            self.member.send_replace(Some(member));
        }
        erased
    }

    /// The account of whoever is shown was deleted: what they could see leaves this phone, as after a removal from every
    /// band. Edits that were not sent are kept for them to copy, until somebody signs out or in here.
    pub(super) async fn forget_gone(&self) -> Result<()> {
        let _turn = self.turn.lock().await;
        let state = self.session.state();
        let gone = matches!(
            state,
            SessionState::NeedsSignIn {
                reason: AuthErrorCode::AccountGone,
                ..
            }
        );
        let member = self.member.borrow().clone();
        match member.filter(|member| gone && !member.gone.load(Ordering::Acquire)) {
            Some(member) => member.forget().await,
            None => Ok(()),
        }
    }
}

impl RunningMember {
    /// Purges every scope. Nothing that is under way may bring a row back, so sync stops first.
    async fn forget(&self) -> Result<()> {
        self.workspace.sync.shutdown().await;
        let store = &self.workspace.store;
        let scopes = store.read(|reader| {
            let known = reader.scopes()?.into_iter().map(|scope| scope.id);
            let mut all: BTreeSet<ScopeId> = one_by_one(known);
            all.extend(reader.scopes_of_edits()?);
            Ok(all)
        });
        let page = PullPage {
            scopes: Vec::new(),
            gone: scopes.await?.into_iter().collect(),
        };
        if !page.gone.is_empty() {
            let tell = |tx: &mut WriteTx<'_>, _: &CommittedPages| {
                tx.forget_gig().and_then(|()| notices::account_gone(tx))
            };
            store.commit_pages(page, tell).await?;
        }
        self.gone.store(true, Ordering::Release);
        Ok(())
    }

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
        self.workspace.sync.shutdown().await;
        self.workspace.store.close().await;
    }
}
