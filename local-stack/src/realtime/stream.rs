//! The logical replication stream of a project: rows of published tables go to the poller, rows of
//! `realtime.messages` are broadcast at once (about a millisecond after commit).
//!
//! The slot is temporary, so it ends with its session: a project that stops, or a server that stops, leaves no slot
//! behind, and what was committed while there was no stream is lost without a word, as on the real server. Only
//! committed transactions come, in commit order.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use pgwire_replication::{
    Lsn, PgWireError, ReplicationClient, ReplicationConfig, ReplicationEvent,
};
use tokio::sync::watch;

use super::Realtime;
use super::changes::binding::Kind;
use super::changes::pgoutput::{self, Cell, Message, Relation};
use super::changes::{MAX_TRANSACTION_ROWS, Row, Transaction};
use super::frame::{Broadcast, UserBroadcast};
use super::hub::Topic;

const TABLES: &str = "supabase_realtime";
const MESSAGES: &str = "supabase_realtime_messages_publication";
/// Events between the connection and this task; when full the server waits.
const BUFFER: usize = 1_024;
/// How often a raised position is reported: a server that shuts down waits for it.
const REPORT: Duration = Duration::from_millis(100);

/// Streams for ever, connecting again after a failure; `ready` says whether messages flow.
pub(crate) async fn run(realtime: Arc<Realtime>, ready: watch::Sender<bool>) {
    loop {
        let error = match open(&realtime).await {
            Ok(client) => {
                ready.send_replace(true);
                follow(&realtime, client).await
            }
            Err(error) => error,
        };
        ready.send_replace(false);
        tracing::warn!(%error, "the replication stream ended");
        tokio::time::sleep(realtime.timing.reconnect).await;
    }
}

async fn open(realtime: &Realtime) -> Result<ReplicationClient, String> {
    let client = realtime
        .connect()
        .await
        .map_err(|error| error.to_string())?;
    // A Supabase project has both; a database that was prepared by hand may not.
    for (name, rest) in [(TABLES, ""), (MESSAGES, " for table realtime.messages")] {
        let select = "select 1 from pg_publication where pubname = $1";
        let exists = client
            .query_opt(select, &[&name])
            .await
            .map_err(|error| error.to_string())?;
        if exists.is_none() {
            let create = format!("create publication {name}{rest}");
            client
                .batch_execute(&create)
                .await
                .map_err(|error| error.to_string())?;
        }
    }
    let slot = format!("rockon_realtime_{}", uuid::Uuid::new_v4().simple());
    let place = realtime.place();
    let config = ReplicationConfig::unix(
        &place.socket_dir,
        place.port,
        &place.user,
        "",
        &place.database,
        &slot,
        [TABLES, MESSAGES],
    )
    .with_buffer_size(BUFFER)
    .with_status_interval(REPORT)
    .with_options("-c timezone=UTC -c datestyle=ISO,MDY -c intervalstyle=postgres");
    start(config, &slot)
        .await
        .map_err(|error| error.to_string())
}

async fn start(config: ReplicationConfig, slot: &str) -> Result<ReplicationClient, PgWireError> {
    let mut client = ReplicationClient::connect_gated(config).await?;
    let create =
        format!("CREATE_REPLICATION_SLOT \"{slot}\" TEMPORARY LOGICAL pgoutput NOEXPORT_SNAPSHOT");
    client.simple_query(&create).await?;
    client.start().await?;
    client.wait_started().await?;
    Ok(client)
}

/// Handles events until the stream ends; why it ended.
async fn follow(realtime: &Realtime, mut client: ReplicationClient) -> String {
    let mut stream = Stream::default();
    loop {
        match client.recv().await {
            Ok(Some(event)) => {
                if let Some(done) = stream.event(realtime, event) {
                    client.update_applied_lsn(done);
                }
            }
            Ok(None) => return "stopped".to_owned(),
            Err(error) => return error.to_string(),
        }
    }
}

/// The transaction that is being read.
#[derive(Default)]
struct Stream {
    relations: HashMap<u32, Arc<Relation>>,
    rows: Vec<Row>,
    messages: Vec<(Topic, Broadcast)>,
    overflown: bool,
}

impl Stream {
    /// Handles one event; the position that need not be kept any more.
    fn event(&mut self, realtime: &Realtime, event: ReplicationEvent) -> Option<Lsn> {
        match event {
            ReplicationEvent::Begin { .. } => {
                self.rows.clear();
                self.messages.clear();
                self.overflown = false;
                None
            }
            ReplicationEvent::XLogData { data, .. } => {
                self.data(&data);
                None
            }
            ReplicationEvent::Commit {
                end_lsn,
                commit_time_micros,
                ..
            } => {
                self.commit(realtime, commit_time_micros);
                Some(end_lsn)
            }
            ReplicationEvent::KeepAlive { wal_end, .. } => Some(wal_end),
            ReplicationEvent::Message { .. } | ReplicationEvent::StoppedAt { .. } => None,
        }
    }

    fn data(&mut self, data: &Bytes) {
        let row = match pgoutput::decode(data) {
            Some(Message::Relation(relation)) => {
                self.relations.insert(relation.id, Arc::new(relation));
                return;
            }
            Some(Message::Insert { relation, new }) => (relation, Kind::Insert, None, Some(new)),
            Some(Message::Update { relation, old, new }) => {
                (relation, Kind::Update, old, Some(new))
            }
            Some(Message::Delete { relation, old }) => (relation, Kind::Delete, Some(old), None),
            Some(Message::Truncate | Message::Other) => return,
            None => {
                tracing::warn!("a message of the replication stream was not understood");
                return;
            }
        };
        let (id, kind, old, new) = row;
        let Some(relation) = self.relations.get(&id) else {
            return;
        };
        if relation.schema == "realtime" {
            if kind == Kind::Insert {
                self.messages
                    .extend(new.and_then(|new| message(relation, &new)));
            }
        } else if self.rows.len() < MAX_TRANSACTION_ROWS {
            self.rows.push(Row {
                relation: Arc::clone(relation),
                kind,
                old,
                new,
            });
        } else {
            self.overflown = true;
        }
    }

    fn commit(&mut self, realtime: &Realtime, committed: i64) {
        for (topic, broadcast) in self.messages.drain(..) {
            realtime.deliver_message(&topic, &broadcast);
        }
        let rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            realtime.changes.foreign.store(true, Ordering::Relaxed);
        }
        if !rows.is_empty()
            && (self.overflown
                || !realtime
                    .changes
                    .pending()
                    .push(Transaction { committed, rows }))
        {
            tracing::warn!("a transaction with too many changed rows is not delivered");
        }
    }
}

/// A row of `realtime.messages` as a broadcast; the payload is at most what the real server passes on.
fn message(relation: &Relation, cells: &[Cell]) -> Option<(Topic, Broadcast)> {
    let value = |name: &str| {
        let at = relation
            .columns
            .iter()
            .position(|column| column.name == name)?;
        match cells.get(at)? {
            Cell::Text(text) => Some(text.clone()),
            Cell::Null | Cell::Unchanged => None,
        }
    };
    let text = |name: &str| Some(std::str::from_utf8(&value(name)?).ok()?.to_owned());
    if text("extension")? != "broadcast" {
        return None;
    }
    let topic = Topic {
        private: text("private").as_deref() == Some("t"),
        name: text("topic")?,
    };
    let user = UserBroadcast {
        event: text("event")?,
        meta: Some(format!(r#"{{"id":"{}"}}"#, text("id")?)),
        json: true,
        payload: value("payload")?,
    };
    Some((topic, Broadcast::User(user)))
}

#[cfg(test)]
mod tests {
    use super::super::changes::pgoutput::RelationColumn;
    use super::*;

    fn relation() -> Relation {
        let columns = ["topic", "extension", "payload", "event", "private", "id"];
        let columns = columns.map(|name| RelationColumn {
            key: name == "id",
            name: name.to_owned(),
        });
        Relation {
            id: 1,
            schema: "realtime".to_owned(),
            table: "messages".to_owned(),
            columns: columns.into(),
        }
    }

    fn cells(values: [Option<&'static str>; 6]) -> Vec<Cell> {
        values
            .map(|value| {
                value.map_or(Cell::Null, |text| {
                    Cell::Text(Bytes::from_static(text.as_bytes()))
                })
            })
            .into()
    }

    #[test]
    fn a_stored_message_becomes_a_broadcast_with_its_id_as_metadata() {
        let row = cells([
            Some("scope:1"),
            Some("broadcast"),
            Some("{\"rev\": 1}"),
            Some("hint"),
            Some("t"),
            Some("i-d"),
        ]);
        let (topic, broadcast) = message(&relation(), &row).unwrap();
        assert_eq!(
            topic,
            Topic {
                private: true,
                name: "scope:1".to_owned()
            }
        );
        let Broadcast::User(user) = broadcast else {
            unreachable!()
        };
        assert_eq!(
            (user.event.as_str(), user.meta.as_deref()),
            ("hint", Some("{\"id\":\"i-d\"}"))
        );
        assert_eq!(user.payload, Bytes::from_static(b"{\"rev\": 1}"));
    }

    #[test]
    fn rows_that_are_no_broadcast_or_lack_an_event_are_not_sent() {
        let presence = cells([
            Some("t"),
            Some("presence"),
            None,
            None,
            Some("f"),
            Some("i"),
        ]);
        assert!(message(&relation(), &presence).is_none());
        let probe = cells([
            Some("t"),
            Some("broadcast"),
            None,
            None,
            Some("f"),
            Some("i"),
        ]);
        assert!(message(&relation(), &probe).is_none());
        assert!(message(&relation(), &[]).is_none());
    }
}
