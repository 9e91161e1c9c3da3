use std::sync::Mutex;

use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::error::Service;
use crate::model::{Kind, RowId, ScopeId, UserId, Values};
use crate::store::{Edit, StoreConfig};
use crate::sync::NoObserver;
use crate::time::SystemClock;

const BAND: ScopeId = ScopeId(Uuid::from_u128(0xbad));

type Answer = fn(&Value) -> Result<Value>;

/// A phone with songs to send.
struct Harness {
    _dir: TempDir,
    store: Store,
    sizes: BatchSizes,
    server: Fake,
}

/// A server that answers each push by `answer`.
struct Fake {
    answer: Answer,
    asked: Mutex<Vec<Value>>,
}

impl Remote for Fake {
    async fn call(&self, _: &'static str, arguments: Value) -> Result<Box<RawValue>> {
        let request = &arguments["request"];
        self.asked.lock().unwrap().push(request.clone());
        let answer = (self.answer)(request)?;
        Ok(to_raw_value(&answer).unwrap())
    }
}

impl Harness {
    async fn new(songs: u128, answer: Answer) -> Self {
        let dir = TempDir::new().unwrap();
        let config = StoreConfig {
            dir: dir.path().to_owned(),
            user: UserId(Uuid::from_u128(9)),
            clock: Arc::new(SystemClock::new()),
        };
        let store = Store::open(&config).unwrap();
        for n in 1..=songs {
            let song = Values::from_iter([("title".to_owned(), json!("Creep"))]);
            let id = RowId(Uuid::from_u128(n));
            let edit = Edit::create(BAND, Kind::Song, id, song);
            store.edit(edit).await.unwrap();
        }
        Self {
            _dir: dir,
            store,
            sizes: BatchSizes::default(),
            server: Fake {
                answer,
                asked: Mutex::default(),
            },
        }
    }

    async fn push(&mut self) -> Result<Pushed> {
        let observer: Arc<dyn SyncObserver> = Arc::new(NoObserver);
        push(&self.store, &self.server, &mut self.sizes, &observer).await
    }

    /// How many edits wait to be sent, and how many for a person.
    async fn counts(&self) -> (u64, u64) {
        let counts = self.store.read(|reader| reader.outbox_counts()).await;
        let counts = counts.unwrap();
        (counts.unsent, counts.rejected)
    }

    /// The mutations of each call, and whose numbers they were.
    fn asked(&self) -> (Vec<usize>, Vec<Value>) {
        let asked = self.server.asked.lock().unwrap();
        let many = |call: &Value| call["mutations"].as_array().unwrap().len();
        let whose = |call: &Value| call["client_id"].clone();
        (
            asked.iter().map(many).collect(),
            asked.iter().map(whose).collect(),
        )
    }
}

fn error(status: u16) -> Error {
    Error::Server {
        service: Service::Rest,
        status,
        reason: Some("XX000".to_owned()),
        retry_after: None,
    }
}

/// The server applies everything.
fn applied(request: &Value) -> Value {
    let sent = request["mutations"].as_array().unwrap().iter();
    let result =
        |one: &Value| json!({"n": one["n"], "tag": one["tag"], "verdict": "applied", "rev": 2});
    let results: Vec<Value> = sent.map(result).collect();
    json!({"scope": BAND, "head": 2, "client_reset": false, "results": results})
}

#[tokio::test]
async fn after_the_edit_that_spoiled_its_call_is_found_calls_grow_again() {
    let spoiled = |request: &Value| {
        let first = Uuid::from_u128(1).to_string();
        let sent = request["mutations"].as_array().unwrap();
        if sent.iter().any(|one| one["id"] == json!(first)) {
            return Err(error(400));
        }
        Ok(applied(request))
    };
    let mut harness = Harness::new(4, spoiled).await;
    while harness.push().await.unwrap().more {}
    assert_eq!(harness.asked().0, [4, 2, 1, 2, 1]);
    assert_eq!(harness.counts().await, (3, 1));
}

#[tokio::test]
async fn a_server_in_failure_rejects_nothing_and_is_asked_again() {
    let mut harness = Harness::new(1, |_| Err(error(500))).await;
    for _ in 0..3 {
        assert_eq!(harness.push().await, Err(error(500)));
        assert_eq!(harness.counts().await, (1, 0));
    }
}

#[tokio::test]
async fn a_server_that_went_back_to_a_backup_gets_the_edits_again_under_a_new_client_id() {
    let back =
        |_: &Value| Ok(json!({"scope": BAND, "head": 1, "client_reset": true, "results": []}));
    let mut harness = Harness::new(2, back).await;
    harness.push().await.unwrap();
    harness.server.answer = |request| Ok(applied(request));
    while harness.push().await.unwrap().more {}
    let (many, whose) = harness.asked();
    assert_eq!(many, [2, 2]);
    assert_ne!(whose[0], whose[1]);
}
