//! The bindings against a project: what a bug under a call becomes.

use std::sync::Arc;

use rockon::{Client, PlatformError, PlatformSecrets};
use rockon_core::Error;
use rockon_core::config::ClientConfig;
use rockon_core::redact::Secret;
use rockon_tests::phone::PASSWORD;
use rockon_tests::project;

/// A store with a bug.
struct Panics;

impl PlatformSecrets for Panics {
    fn read(&self, _key: String) -> Result<Option<String>, PlatformError> {
        Ok(None)
    }

    fn write(&self, _key: String, _value: String) -> Result<(), PlatformError> {
        panic!("a bug")
    }

    fn delete(&self, _key: String) -> Result<(), PlatformError> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_panics_throws_a_typed_error_and_the_client_lives_on() {
    let project = project().await;
    let dir = tempfile::TempDir::new().unwrap();
    let config = ClientConfig::new(project.url(), project.anon_key(), dir.path());
    let client = Client::open(config, Arc::new(Panics)).await.unwrap();
    let password = || Secret::new(PASSWORD);
    for _ in 0..2 {
        let sign_in = client.sign_in("eric@rock-on.test".to_owned(), password());
        let outcome = sign_in.await;
        assert!(matches!(outcome, Err(Error::Secrets { .. })), "{outcome:?}");
    }
    assert!(client.status_now().await.unwrap().is_some());
    client.shutdown().await.unwrap();
}
