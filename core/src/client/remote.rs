//! The server as sync sees it: functions called with the session's token.

use serde_json::Value;
use serde_json::value::RawValue;
use tokio::sync::watch;

use crate::error::{Error, Result};
use crate::model::UserId;
use crate::platform::Platform;
use crate::session::Session;
use crate::sync::Remote;

/// Calls as one person; once the session is another's, calls fail.
#[derive(Debug, Clone)]
pub(super) struct SessionRemote {
    pub(super) session: Session,
    pub(super) user: UserId,
    /// What the platform says now. A job that began before it said "no network" sends nothing that was typed after it.
    pub(super) platform: watch::Receiver<Platform>,
}

impl Remote for SessionRemote {
    async fn call(&self, function: &'static str, arguments: Value) -> Result<Box<RawValue>> {
        if !self.platform.borrow().network.on {
            return Err(Error::Offline);
        }
        self.session.rpc(self.user, function, &arguments).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::client::Client;
    use crate::config::ClientConfig;
    use crate::session::MemorySecrets;

    #[test]
    fn nothing_leaves_after_the_platform_said_that_there_is_no_network() {
        let dir = tempfile::TempDir::new().unwrap();
        let config = ClientConfig::new("http://127.0.0.1:1", "sb_publishable_x", dir.path());
        let client = Client::open(config, Arc::new(MemorySecrets::new())).unwrap();
        let remote = SessionRemote {
            session: client.inner.session.clone(),
            user: UserId(uuid::Uuid::nil()),
            platform: client.inner.platform.subscribe(),
        };
        for (network, error) in [(false, Error::Offline), (true, Error::SignedOut)] {
            client.set_network(network);
            let call = remote.call("sync_push", Value::Null);
            assert_eq!(client.runtime().block_on(call).err(), Some(error));
        }
    }
}
