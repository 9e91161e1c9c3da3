//! Sign-out: local first, the server when it can be reached.

use std::sync::Arc;
use std::time::Duration;

use super::policy;
use super::shared::{LiveSession, Session, SessionState, Shared, detached};
use super::token_response::TokenResponseWire;
use crate::error::Result;
use crate::net::{AuthCall, LogoutScope};

/// Below this the access token may end under way, and the server would refuse to end the session with it.
const LOGOUT_VALIDITY: Duration = Duration::from_secs(5);

/// What came of a sign-out. The device is signed out in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct SignOut {
    /// True if the server ended the session(s). False offline: the tokens are gone from this device, and end by
    /// themselves elsewhere; other devices stay signed in even if [`LogoutScope::Global`] was asked.
    pub server_told: bool,
}

impl Session {
    /// Forgets the session on this device, at once and without a network, then tells the server. The state changes
    /// before the server is asked. A refresh or sign-in that is under way is discarded when it ends.
    ///
    /// # Errors
    /// [`crate::Error::Secrets`] if the stored session could not be removed; then the person is still signed in.
    pub async fn sign_out(&self, scope: LogoutScope) -> Result<SignOut> {
        let shared = Arc::clone(&self.0);
        detached(async move {
            let former = {
                let _turn = shared.session_store_turn.lock().await;
                let user = shared.state.borrow().account().map(|account| account.user);
                if let Some(user) = user {
                    shared
                        .in_session_store(move |session_store| session_store.leave(user))
                        .await?;
                }
                shared.change(None, SessionState::SignedOut)
            };
            let server_told = match former {
                Some(live) => shared.revoke(live, scope).await,
                None => false,
            };
            Ok(SignOut { server_told })
        })
        .await
    }
}

impl Shared {
    /// Ends a session on the server. An access token that has ended is replaced first; the new one is used for this only.
    pub(super) async fn revoke(&self, live: LiveSession, scope: LogoutScope) -> bool {
        let mut access = live.tokens.access.clone();
        if live.remaining(&*self.clock) < LOGOUT_VALIDITY {
            let call = AuthCall::Refresh(&live.tokens.refresh);
            match self
                .http
                .auth::<TokenResponseWire>(call)
                .await
                .map(TokenResponseWire::checked)
            {
                Ok(Ok(token_response)) => access = token_response.tokens.access,
                Ok(Err(_)) => return false,
                Err(error) => return policy::is_gone(&error),
            }
        }
        match self.http.auth::<()>(AuthCall::Logout(scope, &access)).await {
            Ok(()) => true,
            Err(error) => policy::is_gone(&error),
        }
    }
}
