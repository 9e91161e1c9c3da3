//! The client as Kotlin and Swift hold it: sessions and lifecycle here, the rest in the files beside.
//!
//! Owns: the way each call takes onto the core's runtime. Never: logic; what is decided is decided in the core.

/// Calls that cross as they are in the core, of the client (`run`) or of the member's data (`local`): what they say to apps,
/// name, what they take (`as &` where the core only borrows it) and what they give.
macro_rules! calls {
    ($on:ident: $($(#[$says:meta])* $call:ident($($name:ident: $takes:ty $(as $by:tt)?),*) -> $gives:ty;)*) => {
        #[uniffi::export]
        impl Client {
            $($(#[$says])*
            pub async fn $call(&self, $($name: $takes),*) -> Result<$gives, CoreError> {
                self.$on(|core| Box::pin(async move { core.$call($($($by)? $name),*).await })).await
            })*
        }
    };
}

mod band;
mod counts;
mod credentials;
mod edits;
mod gig;
mod setlists;
mod tools;

use std::any::Any;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use rockon_core::Error as CoreError;
use rockon_core::client::{self, Status, Workspace};
use rockon_core::config::ClientConfig;
use rockon_core::redact::Secret;
use rockon_core::session::{Account, SignOut, SignUp};
use rockon_core::speech::Language;
use rockon_core::sync::SyncOutcome;
use tokio::sync::oneshot;

use crate::secrets::{Foreign, PlatformSecrets};

/// One phone's client of one project. May be used from any thread. Local data can be read as soon as it is open,
/// whatever the state of the network and the session.
#[derive(Debug, uniffi::Object)]
pub struct Client {
    pub(crate) core: client::Client,
}

impl Client {
    /// How many tasks the client's runtime has: for tests of what is left behind.
    #[doc(hidden)]
    pub fn tasks(&self) -> usize {
        self.core.runtime().metrics().num_alive_tasks()
    }

    /// Runs a call on the core's runtime to its end, even when the caller stops waiting: work is never torn in half.
    fn run<T: Send + 'static>(&self, call: impl FnOnce(client::Client) -> Call<T>) -> Call<T> {
        self.start(call(self.core.clone()))
    }

    /// As [`Client::run`], with the data of the member who is signed in.
    fn local<T: Send + 'static>(&self, call: impl FnOnce(Arc<Workspace>) -> Call<T>) -> Call<T> {
        match self.core.workspace() {
            Ok(data) => self.start(call(data)),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }

    /// One for each type that a call gives; for each of a hundred calls it would be 0.4 MB of code in every app.
    #[inline(never)]
    fn start<T: Send + 'static>(&self, call: Call<T>) -> Call<T> {
        let end = self.spawn(Box::pin(async move { Box::new(call.await) as Outcome }));
        Box::pin(async move {
            let outcome = end.await.ok().and_then(|outcome| outcome.downcast().ok());
            outcome.map_or(Err(STOPPED), |outcome| *outcome)
        })
    }

    /// [`Client::start`] without a type: it is in the library once.
    fn spawn(
        &self,
        call: Pin<Box<dyn Future<Output = Outcome> + Send>>,
    ) -> oneshot::Receiver<Outcome> {
        let (done, end) = oneshot::channel();
        let task: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(async move {
            // Nobody waits any more: the call was made all the same.
            let _ = done.send(call.await);
        });
        self.core.runtime().spawn(task);
        end
    }
}

/// What a call gives, whatever its type.
type Outcome = Box<dyn Any + Send>;

/// A call under way.
type Call<T> = Pin<Box<dyn Future<Output = Result<T, CoreError>> + Send>>;

/// The runtime went away under a call, or the call panicked.
const STOPPED: CoreError = CoreError::Internal {
    place: "a call that did not come to its end",
};

#[uniffi::export]
impl Client {
    /// Opens the client: the data of the stored session can be read at once, without a network. In the background until
    /// `set_foreground` says otherwise.
    #[uniffi::constructor]
    pub async fn open(
        config: ClientConfig,
        secrets: Arc<dyn PlatformSecrets>,
    ) -> Result<Arc<Self>, CoreError> {
        // It reads the disk and the platform's secrets, and there is no runtime yet that has threads for that.
        let (opened, outcome) = oneshot::channel();
        let work = move || {
            // When nobody waits any more, the client goes here, as at a kill.
            drop(opened.send(client::Client::open(config, Arc::new(Foreign(secrets)))));
        };
        let thread = std::thread::Builder::new().name("rockon-open".to_owned());
        thread.spawn(work).map_err(|_| CoreError::Internal {
            place: "a thread to open the client on",
        })?;
        let core = outcome.await.unwrap_or(Err(STOPPED))?;
        Ok(Arc::new(Self { core }))
    }

    /// The app is on screen, or not. In the background no timer runs, and nothing is sent but by `sync_once` and, once, what
    /// was left to send when the app went there. Nor is a file open or locked there a second after its last use; the next
    /// call opens it again, and throws `Storage` if another program has taken it. Returns at once.
    pub fn set_foreground(&self, on: bool) {
        self.core.set_foreground(on);
    }

    /// What the platform says about the network. Only a hint: the truth is whether requests work. An edit made after
    /// this call with `false` is not sent before one with `true`. Returns at once.
    pub fn set_network(&self, on: bool) {
        self.core.set_network(on);
    }

    /// From now on everything is said in this language: notices that are shown are delivered again, and the doctor's next
    /// report is in it. Returns at once.
    pub fn set_language(&self, language: Language) {
        self.core.set_language(language);
    }

    /// Sends and reads what there is, in the background too, and comes back within `budget_ms` milliseconds: for the
    /// system's background jobs. In the background no file is open then; that may take up to a second more.
    pub async fn sync_once(&self, budget_ms: u32) -> Result<SyncOutcome, CoreError> {
        let budget = Duration::from_millis(budget_ms.into());
        self.run(|core| Box::pin(async move { core.sync_once(budget).await }))
            .await
    }

    /// The status as it is now; nothing once the client is shut down.
    pub async fn status_now(&self) -> Result<Option<Status>, CoreError> {
        self.run(|core| Box::pin(async move { Ok(core.status_now().await) }))
            .await
    }

    /// Stops everything and frees the files; calls after it throw `Closed`. Unsent edits are on the disk. Again is
    /// nothing.
    pub async fn shutdown(&self) -> Result<(), CoreError> {
        self.run(|core| {
            Box::pin(async move {
                core.shutdown().await;
                Ok(())
            })
        })
        .await
    }
}

calls! { run:
    /// Signs in. Another person's session on this phone ends; their data stays on it, out of sight.
    sign_in(email: String as &, password: Secret) -> Account;
    /// Makes an account and, unless its address must be confirmed first, signs it in. `name` is what the bands see.
    sign_up(email: String as &, password: Secret, name: String as &) -> SignUp;
    /// My name as my bands see it; none where I have given none yet: then ask for it and call `set_name`.
    my_name() -> Option<String>;
    /// Gives me another name, 1 to 80 characters. Returns it as it is stored.
    set_name(name: String as &) -> String;
    /// Deletes my account on the server, and my data on this phone with their unsent edits. What I wrote in my bands
    /// stays there, by a "Former member". There is no way back.
    delete_account() -> ();
    /// Signs out, at once and without a network if need be; `everywhere` ends the person's sessions on other devices too.
    /// Data and unsent edits stay on the phone for the next sign-in of the same person.
    sign_out(everywhere: bool) -> SignOut;
    /// Ends when everything of the member who is signed in now has been read once, in this run or in an earlier one. Throws
    /// `SignedOut` when nobody is signed in, or when they sign out first.
    wait_for_first_sync() -> ();
}
