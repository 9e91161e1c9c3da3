//! The account itself: its name, and its end.

use serde_json::{Value, json};

use super::Client;
use crate::error::Result;
use crate::model::checked_name;
use crate::net::LogoutScope;
use crate::net::verdict;
use crate::store;

impl Client {
    /// My name as my bands see it; `None` where I have given none yet: then the app asks for it and calls
    /// [`Client::set_name`].
    ///
    /// # Errors
    /// Network errors; [`crate::Error::SignedOut`].
    pub async fn my_name(&self) -> Result<Option<String>> {
        self.call("my_name", json!({})).await
    }

    /// Gives me another name. Returns it as it is stored.
    ///
    /// # Errors
    /// [`crate::Error::Invalid`] for a name that cannot be one; network errors; [`crate::Error::SignedOut`].
    pub async fn set_name(&self, name: &str) -> Result<String> {
        let name = checked_name(name)?;
        self.call("set_name", json!({ "name": name })).await
    }

    /// Deletes my account on the server, and my data on this phone with their unsent edits. What I wrote in my bands
    /// stays there, by a "Former member". There is no way back.
    ///
    /// # Errors
    /// [`crate::Error::HandOver`] where bands would be left without an admin; network errors: calling it again is safe;
    /// [`crate::Error::SignedOut`]; [`crate::Error::Secrets`], [`crate::Error::Storage`] when something stayed on this phone.
    pub async fn delete_account(&self) -> Result<()> {
        self.running()?;
        let user = self.workspace()?.user();
        match self.call::<Value>("delete_account", json!({})).await {
            // The answer to an earlier call was lost: it is done.
            Err(error) if !verdict::account_gone(&error) => return Err(error),
            _ => {}
        }
        self.inner.session.sign_out(LogoutScope::Local).await?;
        self.inner.settle_member().await?;
        store::erase(&self.inner.config.data_dir, user)
    }
}
