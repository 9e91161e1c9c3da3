//! The server as sync sees it: functions called with the session's token.

use serde_json::Value;

use crate::error::Result;
use crate::model::UserId;
use crate::session::Session;
use crate::sync::Remote;

/// Calls as one person; once the session is another's, calls fail.
#[derive(Debug, Clone)]
pub(super) struct SessionRemote {
    pub(super) session: Session,
    pub(super) user: UserId,
}

impl Remote for SessionRemote {
    async fn call(&self, function: &'static str, arguments: Value) -> Result<Value> {
        self.session.rpc(self.user, function, &arguments).await
    }
}
