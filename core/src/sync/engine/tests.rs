use std::future::pending;

use serde_json::Value;
use serde_json::value::RawValue;
use tempfile::TempDir;
use tokio::sync::Notify;

use super::*;
use crate::model::UserId;
use crate::store::StoreConfig;
use crate::sync::{NoObserver, SyncHandle};
use crate::time::SystemClock;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server of which no call ever returns.
#[derive(Debug, Default)]
struct Hanging {
    called: Notify,
}

impl Remote for Hanging {
    async fn call(&self, _: &'static str, _: Value) -> Result<Box<RawValue>> {
        self.called.notify_one();
        pending().await
    }
}

/// A phone on screen whose first call hangs. Then the platform speaks; whether the call was made again.
async fn is_made_again(word: fn(&mut Platform)) -> bool {
    let dir = TempDir::new().unwrap();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let config = StoreConfig {
        dir: dir.path().to_owned(),
        user: UserId(uuid::Uuid::from_u128(7)),
        clock: Arc::clone(&clock),
    };
    let (store, server) = (Store::open(&config).unwrap(), Arc::new(Hanging::default()));
    let platform = watch::Sender::new(Platform::default());
    platform.send_modify(|now| now.foreground.set(true));
    let sync = SyncHandle::start(
        store.clone(),
        Arc::clone(&server),
        Arc::new(NoObserver),
        clock,
        7,
        platform.subscribe(),
        Arc::default(),
    );
    sync.set_session(true);
    let called = || tokio::time::timeout(PATIENCE, server.called.notified());
    called().await.expect("the first call");
    platform.send_modify(word);
    let again = called().await.is_ok();
    sync.shutdown().await;
    store.close().await;
    again
}

#[tokio::test]
async fn a_call_that_hangs_is_made_again_on_another_network() {
    assert!(is_made_again(|now| now.network.set(true)).await);
}

#[tokio::test]
async fn a_network_that_went_and_came_back_before_anybody_looked_is_another_one() {
    let blink = |now: &mut Platform| {
        now.network.set(false);
        now.network.set(true);
    };
    assert!(is_made_again(blink).await);
}
