//! What sync needs of a server: one call of one function.

use std::future::Future;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::error::Result;

/// The server. The client uses its HTTP session; tests use a model in memory.
pub trait Remote: Send + Sync + 'static {
    /// Calls a function of the database with named arguments as the signed-in user and gives its JSON back as it came:
    /// one piece that cannot be read must not spoil the others.
    ///
    /// Dropping the future must be safe at any point: the call then may or may not have happened.
    ///
    /// # Errors
    /// As the HTTP client reports them. An answer above 5 MB is refused there.
    fn call(
        &self,
        function: &'static str,
        arguments: Value,
    ) -> impl Future<Output = Result<Box<RawValue>>> + Send;
}

impl<R: Remote> Remote for std::sync::Arc<R> {
    async fn call(&self, function: &'static str, arguments: Value) -> Result<Box<RawValue>> {
        self.as_ref().call(function, arguments).await
    }
}
