//! The realtime client against the local stack: our migrations, real policies, real logical decoding.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use rockon_core::model::ScopeId;
use rockon_core::realtime::{
    AccessToken, ConnectionError, ConnectionState, Endpoint, TokenFuture, TokenSource,
};
use rockon_core::redact::Secret;
use rockon_core::time::{Clock, SystemClock};
use rockon_local_stack::{Keys, Project};
use rockon_tests::listener::{Listener, Told};
use serde_json::json;
use tokio_postgres::Client;

const BAND: &str = "b0000000-0000-4000-8000-000000000001";
const SAM: &str = "a0000000-0000-4000-8000-000000000002";
/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// Tokens of Sam, each another one.
#[derive(Debug)]
struct Tokens {
    clock: Arc<SystemClock>,
    secret: String,
    made: AtomicU32,
}

impl Tokens {
    fn make(&self) -> AccessToken {
        let number = self.made.fetch_add(1, Ordering::SeqCst);
        let exp = UNIX_EPOCH.elapsed().unwrap().as_secs() + 3600;
        let claims = json!({ "role": "authenticated", "sub": SAM, "exp": exp, "jti": number });
        let keys = Keys::new(Some(&self.secret)).unwrap();
        AccessToken {
            secret: Secret::new(keys.sign(&claims).unwrap()),
            expires: self.clock.monotonic().after(Duration::from_hours(1)),
            lifetime: Duration::from_hours(1),
        }
    }
}

impl TokenSource for Tokens {
    fn token(&self, _min_valid: Duration, _rejected: Option<Secret>) -> TokenFuture {
        let token = self.make();
        Box::pin(async move { Ok(token) })
    }
}

struct Listening {
    project: Project,
    sql: Client,
    tokens: Arc<Tokens>,
    listener: Listener,
}

fn band() -> ScopeId {
    BAND.parse().unwrap()
}

impl Listening {
    /// Sam's phone, listening to the seeded band. `before` runs on the database first.
    async fn start(before: &str) -> Self {
        let project = rockon_tests::project().await;
        let sql = project.admin().await.unwrap();
        sql.batch_execute(before).await.unwrap();
        let clock = Arc::new(SystemClock::new());
        let tokens = Arc::new(Tokens {
            clock: Arc::clone(&clock),
            secret: project.jwt_secret().to_owned(),
            made: AtomicU32::new(0),
        });
        let endpoint = Endpoint {
            url: project.url().to_owned(),
            key: Secret::new(project.anon_key()),
            tls: rockon_core::net::tls::client_config_with("").unwrap(),
        };
        let source: Arc<dyn TokenSource> = Arc::clone(&tokens) as _;
        Self {
            project,
            sql,
            tokens,
            listener: Listener::start(endpoint, source, clock, [band()]),
        }
    }

    async fn until<T>(&mut self, what: &str, wanted: impl Fn(Told) -> Option<T>) -> T {
        self.listener.until(what, PATIENCE, wanted).await
    }

    /// Live again. Every way out of and back into that state is told, so an older one that was taken does not count.
    async fn live(&mut self) {
        let live = |event| matches!(event, Told::State(state) if state.is_live());
        self.until("live", |event| live(event).then_some(())).await;
    }

    /// Somebody changes a song: the revision of that change.
    async fn change(&self, key: &str) -> i64 {
        let song = "50000000-0000-4000-8000-000000000001";
        let update = format!("update public.songs set key = '{key}' where id = '{song}'");
        self.sql.batch_execute(&update).await.unwrap();
        let head = format!("select rev from public.sync_head where scope_id = '{BAND}'");
        self.sql.query_one(&head, &[]).await.unwrap().get(0)
    }

    /// A change is made and its hint arrives.
    async fn change_arrives(&mut self, key: &str) {
        let rev = self.change(key).await;
        self.until("hint", |event| match event {
            Told::Hint(hint) => (hint.scope == band() && hint.rev.0 == rev).then_some(()),
            _ => None,
        })
        .await;
    }

    async fn stop(self) {
        drop(self.listener);
        drop(self.sql);
        self.project.shutdown().await.unwrap();
    }
}

#[tokio::test]
async fn a_change_arrives_by_private_broadcast() {
    let mut phone = Listening::start("").await;
    phone.live().await;
    phone.change_arrives("A").await;
    phone.change_arrives("B").await;
    assert_eq!(
        phone.listener.realtime().watch_counters().borrow().joins,
        1,
        "the private transport at once"
    );
    phone.stop().await;
}

#[tokio::test]
async fn without_a_policy_for_broadcast_a_change_arrives_as_a_change_of_the_head() {
    let mut phone = Listening::start("drop policy sync_members_listen on realtime.messages").await;
    phone.live().await;
    assert_eq!(
        phone.listener.realtime().watch_counters().borrow().joins,
        2,
        "private, then changes"
    );
    phone.change_arrives("A").await;
    phone.stop().await;
}

#[tokio::test]
async fn after_every_close_code_and_a_cut_the_phone_joins_again_and_hears_changes() {
    let mut phone = Listening::start("").await;
    phone.live().await;
    for code in [Some(1000), Some(1001), Some(1012), None] {
        phone.project.realtime().cut_sockets(code);
        phone.live().await;
        phone.change_arrives(&format!("{code:?}")).await;
    }
    assert_eq!(
        phone.listener.realtime().watch_counters().borrow().attempts,
        5
    );
    phone.stop().await;
}

#[tokio::test]
async fn a_new_token_keeps_the_channel_and_the_hints() {
    let mut phone = Listening::start("").await;
    phone.live().await;
    phone.listener.realtime().set_token(phone.tokens.make());
    phone.change_arrives("A").await;
    let counters = phone.listener.realtime().watch_counters().borrow().clone();
    assert_eq!((counters.attempts, counters.joins), (1, 1));
    phone.stop().await;
}

#[tokio::test]
async fn c096_tokens_that_end_while_joined_are_replaced_and_the_channel_joined_again() {
    let mut phone = Listening::start("").await;
    phone.live().await;
    let made = phone.tokens.made.load(Ordering::SeqCst);
    phone.project.realtime().expire_tokens();
    phone.live().await;
    assert!(phone.tokens.made.load(Ordering::SeqCst) > made);
    phone.change_arrives("A").await;
    phone.stop().await;
}

#[tokio::test]
async fn refused_joins_are_repeated_until_the_server_takes_them() {
    let mut phone = Listening::start("").await;
    phone.live().await;
    let refusal = "InitializingProjectConnection: wait";
    phone
        .project
        .realtime()
        .faults()
        .refuse_joins(Some(refusal));
    phone.project.realtime().cut_sockets(Some(1012));
    let degraded = |event| match event {
        Told::State(ConnectionState::Degraded { live: 0, cause, .. }) => cause,
        _ => None,
    };
    assert_eq!(
        phone.until("refusal", degraded).await,
        ConnectionError::ChannelFailed
    );
    phone.project.realtime().faults().refuse_joins(None);
    phone.live().await;
    phone.change_arrives("A").await;
    phone.stop().await;
}

#[tokio::test]
async fn a_stranger_to_the_band_hears_nothing_of_it_by_either_transport() {
    let out =
        format!("update public.band_memberships set status = 'inactive' where user_id = '{SAM}'");
    let mut phone = Listening::start(&out).await;
    // The public channel with the head's binding is granted; row level security keeps it silent.
    phone.live().await;
    phone.change("A").await;
    let quiet = tokio::time::timeout(Duration::from_secs(2), async {
        loop {
            match phone.listener.next().await {
                Some(Told::Hint(hint)) => return hint,
                Some(_) => {}
                None => panic!("ended"),
            }
        }
    });
    assert!(quiet.await.is_err(), "a hint for a stranger");
    phone.stop().await;
}
