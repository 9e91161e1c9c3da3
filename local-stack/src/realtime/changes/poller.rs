//! The poll: at the real server's pace it takes what the stream brought and decides who gets it, as the table and the
//! memberships are *now*.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use deadpool_postgres::tokio_postgres::error::SqlState;
use deadpool_postgres::tokio_postgres::{Client, Error};
use serde_json::Value;

use super::binding::Kind;
use super::catalog::{self, Table};
use super::event::{self, Facts, Json};
use super::rows::{self, Look, Statements, Values};
use super::{Row, Subscription, Transaction, Watch};
use crate::realtime::Realtime;
use crate::realtime::filter::Condition;
use crate::realtime::frame::{Frame, Out};
use crate::realtime::limits::Rate;
use crate::realtime::outbox::Event;
use crate::realtime::token::Claims;

/// Polls for ever; ends only with its task.
pub(crate) async fn run(realtime: Arc<Realtime>) {
    let mut rate = Rate::default();
    loop {
        // The real server polls through a connection of its own; ours ends when the database goes and comes back.
        if let Ok(client) = realtime.connect().await {
            let mut poll = Poll {
                realtime: &realtime,
                client,
                statements: Statements::default(),
                published: None,
                checked: Instant::now(),
                rate: &mut rate,
            };
            let error = poll.run().await;
            tracing::warn!(%error, "row changes are not delivered until the database is back");
        }
        realtime.changes.pending().clear();
        tokio::time::sleep(realtime.timing.reconnect).await;
    }
}

struct Poll<'a> {
    realtime: &'a Realtime,
    client: Client,
    statements: Statements,
    published: Option<Vec<u32>>,
    checked: Instant,
    rate: &'a mut Rate,
}

/// A row with what was found out about it in this poll.
struct Found {
    row: Row,
    committed: String,
    new: Values,
    old: Values,
}

/// Who matches a row: the subscription and its matching bindings.
struct Match {
    row: usize,
    subscription: Arc<Subscription>,
    ids: Vec<u32>,
    refusal: Option<&'static str>,
}

impl Poll<'_> {
    /// Polls until the connection fails.
    async fn run(&mut self) -> String {
        while !self.client.is_closed() {
            let taken = self.realtime.changes.pending().take();
            let busy = !taken.is_empty();
            if let Err(error) = self.deliver(taken).await {
                if error.code().is_none() {
                    return error.to_string();
                }
                tracing::warn!(
                    code = error.code().map(SqlState::code),
                    "a poll for row changes failed"
                );
            }
            if let Err(error) = self.check_publication().await {
                return error.to_string();
            }
            if !busy {
                tokio::time::sleep(self.pause()).await;
            }
        }
        "closed".to_owned()
    }

    /// Observed: at once after rows, about one and three quarter intervals after foreign changes, else long.
    fn pause(&self) -> Duration {
        let timing = &self.realtime.timing;
        let foreign = self.realtime.changes.foreign.swap(false, Ordering::Relaxed);
        if foreign {
            timing.poll_busy * 7 / 4
        } else {
            timing.poll_idle
        }
    }

    /// Observed: a change of the published tables is noticed within a minute and everyone is subscribed again.
    async fn check_publication(&mut self) -> Result<(), Error> {
        if self.published.is_some()
            && self.checked.elapsed() < self.realtime.timing.publication_check
        {
            return Ok(());
        }
        self.checked = Instant::now();
        let published = catalog::published(&self.client, "%", "%").await?;
        let before = self.published.replace(published);
        if before.is_some_and(|before| Some(before) != self.published) {
            for subscription in self.realtime.changes.subscriptions() {
                let event = Event::Resubscribe(subscription.channel);
                subscription.outbox.send(event, Duration::ZERO);
            }
        }
        Ok(())
    }

    async fn deliver(&mut self, transactions: Vec<Transaction>) -> Result<(), Error> {
        let subscriptions = self.realtime.changes.subscriptions();
        if transactions.is_empty() || subscriptions.is_empty() {
            return Ok(());
        }
        let found = self.find(transactions).await?;
        let mut tables = HashMap::new();
        let mut matches = Vec::new();
        for (at, one) in found.iter().enumerate() {
            let relation = one.row.relation.id;
            for subscription in &subscriptions {
                if !concerns(subscription, &one.row) {
                    continue;
                }
                let key = (relation, subscription.claims.role.clone());
                if !tables.contains_key(&key) {
                    let table = catalog::table(&self.client, relation, &key.1).await;
                    tables.insert(key.clone(), table.ok().flatten());
                }
                if let Some(Some(table)) = tables.get(&key) {
                    matches.extend(self.matching(at, one, subscription, table).await?);
                }
            }
        }
        self.drop_hidden(&found, &tables, &mut matches).await?;
        self.send(&found, &tables, matches).await
    }

    async fn find(&mut self, transactions: Vec<Transaction>) -> Result<Vec<Found>, Error> {
        let format = "select to_char(timestamp '2000-01-01' + $1::int8 * interval '1 microsecond', \
                      'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";
        let mut found = Vec::new();
        for transaction in transactions {
            let committed: String = self
                .client
                .query_one(format, &[&transaction.committed])
                .await?
                .get(0);
            for row in transaction.rows {
                let (new, old) = (rows::new_values(&row), rows::old_values(&row));
                found.push(Found {
                    row,
                    committed: committed.clone(),
                    new,
                    old,
                });
            }
        }
        Ok(found)
    }

    /// The match of a subscription with this row, if one of its bindings fits.
    async fn matching(
        &mut self,
        at: usize,
        found: &Found,
        subscription: &Arc<Subscription>,
        table: &Table,
    ) -> Result<Option<Match>, Error> {
        let refusal = event::refusal(found.row.kind, table);
        let mut ids = Vec::new();
        for watch in subscription
            .watches
            .iter()
            .filter(|watch| names(watch, &found.row))
        {
            let binding = &watch.binding;
            if refusal.is_none() && !self.passes(found, table, &binding.filter).await? {
                continue;
            }
            // Observed: the ids of one event come in reverse order.
            ids.insert(0, binding.id);
        }
        Ok((!ids.is_empty()).then(|| Match {
            row: at,
            subscription: Arc::clone(subscription),
            ids,
            refusal,
        }))
    }

    async fn passes(
        &mut self,
        found: &Found,
        table: &Table,
        filter: &[Condition],
    ) -> Result<bool, Error> {
        let values = if found.row.kind == Kind::Delete {
            &found.old
        } else {
            &found.new
        };
        match rows::passes(&self.client, &mut self.statements, table, filter, values).await {
            Err(error) if error.code().is_some() => Ok(false),
            result => result,
        }
    }

    /// Row level security, per user, in one transaction of the user's role. Deletes are never checked.
    async fn drop_hidden(
        &mut self,
        found: &[Found],
        tables: &Tables,
        matches: &mut Vec<Match>,
    ) -> Result<(), Error> {
        let mut users: Vec<Claims> = Vec::new();
        for one in matches.iter() {
            if !users.contains(&one.subscription.claims) {
                users.push(one.subscription.claims.clone());
            }
        }
        for claims in users {
            let (places, looks) = looks(&claims, found, tables, matches);
            if looks.is_empty() {
                continue;
            }
            let seen =
                rows::visible(&mut self.client, &mut self.statements, &claims, &looks).await?;
            let hidden: HashSet<usize> = places
                .into_iter()
                .zip(seen)
                .filter(|(_, seen)| !seen)
                .map(|(at, _)| at)
                .collect();
            let mut places = 0..;
            matches.retain(|_| places.next().is_none_or(|at| !hidden.contains(&at)));
        }
        Ok(())
    }

    async fn send(
        &mut self,
        found: &[Found],
        tables: &Tables,
        matches: Vec<Match>,
    ) -> Result<(), Error> {
        self.rate.add(Instant::now(), matches.len() as u64);
        let limit = self.realtime.limits().events_per_second;
        let mut values: HashMap<usize, (Json, Json)> = HashMap::new();
        for one in matches {
            let (row, Some(table)) = (&found[one.row], table_of(tables, found, &one)) else {
                continue;
            };
            if let std::collections::hash_map::Entry::Vacant(e) = values.entry(one.row) {
                let new =
                    rows::as_json(&self.client, &mut self.statements, table, &row.new).await?;
                let old =
                    rows::as_json(&self.client, &mut self.statements, table, &row.old).await?;
                e.insert((new, old));
            }
            let Some((new, old)) = values.get(&one.row) else {
                continue;
            };
            let facts = Facts {
                schema: &row.row.relation.schema,
                name: &row.row.relation.table,
                table,
                kind: row.row.kind,
                committed: &row.committed,
                bytes: row.row.bytes(),
                new,
                old,
            };
            let data = match one.refusal {
                Some(error) => event::refused(&facts, error),
                None => event::data(&facts),
            };
            self.realtime
                .deliver_change(&one.subscription, frame(&one, &data));
        }
        // Observed: what was decided is still sent; while the average is too high later changes are skipped.
        if self.rate.exceeds(Instant::now(), limit) {
            self.realtime.changes.pending().clear();
        }
        Ok(())
    }
}

/// The matches that must be looked at as this user, and what to ask.
fn looks<'a>(
    claims: &Claims,
    found: &'a [Found],
    tables: &'a Tables,
    matches: &[Match],
) -> (Vec<usize>, Vec<Look<'a>>) {
    let asked = matches.iter().enumerate().filter_map(|(at, one)| {
        let table = table_of(tables, found, one)?;
        let row = &found[one.row];
        let must_ask = table.secured && row.row.kind != Kind::Delete && one.refusal.is_none();
        (must_ask && one.subscription.claims == *claims).then_some((
            at,
            Look {
                table,
                values: &row.new,
            },
        ))
    });
    asked.unzip()
}

type Tables = HashMap<(u32, String), Option<Table>>;

fn table_of<'a>(tables: &'a Tables, found: &[Found], one: &Match) -> Option<&'a Table> {
    let key = (
        found[one.row].row.relation.id,
        one.subscription.claims.role.clone(),
    );
    tables.get(&key)?.as_ref()
}

fn concerns(subscription: &Subscription, row: &Row) -> bool {
    subscription.watches.iter().any(|watch| names(watch, row))
}

fn names(watch: &Watch, row: &Row) -> bool {
    watch.tables.contains(&row.relation.id)
        && watch.binding.kind.is_none_or(|kind| kind == row.kind)
}

fn frame(one: &Match, data: &str) -> Frame {
    let null = Value::Null;
    let ids = Value::from(one.ids.clone());
    let out = Out {
        join_ref: &null,
        reference: &null,
        topic: &one.subscription.topic,
        event: "postgres_changes",
        payload: &format!(r#"{{"data":{data},"ids":{ids}}}"#),
    };
    out.encode()
}
