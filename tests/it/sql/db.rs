//! A database as its callers meet it: one transaction a call, the role and the claims set as the REST server sets them.

use std::fmt::Write as _;

use rockon_local_stack::Project;
use serde_json::{Value, json};
use tokio_postgres::{Client, SimpleQueryMessage};
use uuid::Uuid;

/// Who runs a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A signed-in person.
    User(Uuid),
    /// Nobody: the anon key alone.
    Anon,
    /// The service key.
    Service,
    /// The owner of the tables, past every policy, without claims.
    Owner,
}

impl Who {
    /// What comes before a statement of his, inside the transaction.
    pub(super) fn preamble(self) -> String {
        let (role, claims) = match self {
            Self::User(id) => (
                "authenticated",
                json!({"sub": id, "role": "authenticated"}).to_string(),
            ),
            Self::Anon => ("anon", json!({"role": "anon"}).to_string()),
            Self::Service => ("service_role", json!({"role": "service_role"}).to_string()),
            Self::Owner => ("postgres", String::new()),
        };
        format!("set local role {role}; select set_config('request.jwt.claims', '{claims}', true);")
    }
}

/// What PostgreSQL said no with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// SQLSTATE.
    pub(super) code: String,
    /// The message.
    pub(super) text: String,
    /// The detail, empty where there is none.
    pub(super) detail: String,
}

/// What a transaction answered: the columns of each row as text, and the row counts of the statements.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// The rows of every statement, one after the other.
    pub(super) rows: Vec<Vec<Option<String>>>,
    /// Rows affected, a number for each statement.
    pub(super) counts: Vec<u64>,
}

impl Answer {
    /// The only value of the last row.
    pub(super) fn value(&self) -> String {
        let row = self.rows.last().expect("a row");
        row[0].clone().expect("no null")
    }
}

/// One connection.
pub(super) struct Db {
    client: Client,
}

impl Db {
    /// A connection that may take any role.
    pub(super) async fn open(project: &Project) -> Self {
        let client = project.admin().await.expect("a connection");
        Self { client }
    }

    /// The bare connection.
    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// Runs statements as somebody in one transaction and ends it with `end`.
    pub(super) async fn tx(&self, who: Who, sql: &str, end: &str) -> Result<Answer, Refusal> {
        let preamble = who.preamble();
        let all = format!("begin; {preamble} {sql}; {end}");
        match self.client.simple_query(&all).await {
            Ok(messages) => Ok(answer_of(messages)),
            Err(error) => {
                self.client
                    .batch_execute("rollback")
                    .await
                    .expect("a roll-back");
                Err(refusal_of(&error))
            }
        }
    }

    /// Runs statements as somebody and commits.
    pub(super) async fn try_run(&self, who: Who, sql: &str) -> Result<Answer, Refusal> {
        self.tx(who, sql, "commit").await
    }

    /// The same, where a refusal is a failure of the test.
    #[track_caller]
    pub(super) fn run<'a>(&'a self, who: Who, sql: &str) -> impl Future<Output = Answer> + use<'a> {
        let caller = std::panic::Location::caller();
        let sql = sql.to_owned();
        async move {
            self.try_run(who, &sql)
                .await
                .unwrap_or_else(|refusal| panic!("{caller}: {refusal:?} for {sql:.300}"))
        }
    }

    /// One value as the owner.
    #[track_caller]
    pub(super) fn one<'a>(&'a self, sql: &str) -> impl Future<Output = String> + use<'a> {
        let run = self.run(Who::Owner, sql);
        async move { run.await.value() }
    }

    /// One number as the owner.
    #[track_caller]
    pub(super) fn number<'a>(&'a self, sql: &str) -> impl Future<Output = i64> + use<'a> {
        let one = self.one(sql);
        async move { one.await.parse().expect("a number") }
    }

    /// `sync_push` as a person.
    #[track_caller]
    pub(super) fn push<'a>(
        &'a self,
        user: Uuid,
        request: &Value,
    ) -> impl Future<Output = Value> + use<'a> {
        self.rpc(
            Who::User(user),
            &format!("sync_push({}::jsonb)", literal(request)),
        )
    }

    /// `sync_pull` as a person.
    #[track_caller]
    pub(super) fn pull<'a>(
        &'a self,
        user: Uuid,
        request: &Value,
    ) -> impl Future<Output = Value> + use<'a> {
        self.rpc(
            Who::User(user),
            &format!("sync_pull({}::jsonb)", literal(request)),
        )
    }

    /// A function that answers JSON.
    #[track_caller]
    pub(super) fn rpc<'a>(&'a self, who: Who, call: &str) -> impl Future<Output = Value> + use<'a> {
        let run = self.run(who, &format!("select public.{call}"));
        async move { serde_json::from_str(&run.await.value()).expect("JSON") }
    }
}

fn answer_of(messages: Vec<SimpleQueryMessage>) -> Answer {
    let mut answer = Answer::default();
    for message in messages {
        match message {
            SimpleQueryMessage::Row(row) => answer.rows.push(
                (0..row.len())
                    .map(|i| row.get(i).map(str::to_owned))
                    .collect(),
            ),
            SimpleQueryMessage::CommandComplete(count) => answer.counts.push(count),
            _ => {}
        }
    }
    answer.rows.remove(0); // the claims
    // begin, set, select set_config before; commit or rollback after
    answer.counts.drain(..3);
    answer.counts.pop();
    answer
}

/// What a statement was refused with.
pub(super) fn refusal_of(error: &tokio_postgres::Error) -> Refusal {
    let database = error
        .as_db_error()
        .unwrap_or_else(|| panic!("the connection failed: {error}"));
    Refusal {
        code: database.code().code().to_owned(),
        text: database.message().to_owned(),
        detail: database.detail().unwrap_or_default().to_owned(),
    }
}

/// A value as an SQL string literal.
pub(super) fn literal(value: &Value) -> String {
    quoted(&value.to_string())
}

/// A text as an SQL string literal.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A fixed id, readable in a failure.
pub(super) const fn id(number: u32) -> Uuid {
    Uuid::from_u128(0x1000_0000_0000_4000_8000_0000_0000_0000 | number as u128)
}

/// Puts texts one under the other, for a failure that shows them all.
pub(super) fn lines<T: std::fmt::Debug>(items: &[T]) -> String {
    items.iter().fold(String::new(), |mut text, item| {
        let _ = writeln!(text, "{item:?}");
        text
    })
}
