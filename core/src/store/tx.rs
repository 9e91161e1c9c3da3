//! The two views of the database that closures get: [`Reader`] and [`WriteTx`].
//!
//! Their methods live beside the tables they are about (`outbox.rs`, `marks.rs`, `query/`, ...). Neither shows a type
//! of the database library.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::ops::Deref;

use rusqlite::{CachedStatement, Connection, OptionalExtension as _, params};

use super::changes::{ChangeSet, Topic};
use super::row::{self, Encoder, Here, Placement, sort_key, sql};
use crate::error::Result;
use crate::model::{ClientId, Kind, RowId, ScopeId, UserId, Values};
use crate::time::Timestamp;

/// A consistent view of the database, for the length of one closure.
pub struct Reader<'c> {
    pub(super) conn: &'c Connection,
    pub(super) me: UserId,
}

impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}

/// One write transaction. It reads its own writes; it commits when the closure returns `Ok`, else nothing happened.
pub struct WriteTx<'c> {
    reader: Reader<'c>,
    pub(super) changes: ChangeSet,
    pub(super) now: Timestamp,
    /// One encoder a kind, kept by the writer between transactions.
    pub(super) encoders: &'c RefCell<Vec<Encoder>>,
    /// Statements used so far that run once a row: looked up by their long text once a transaction.
    forms: [[Option<CachedStatement<'c>>; Kind::COUNT]; Form::COUNT],
    /// Whether any row has a server row; `None` = not looked, or it may have changed.
    pub(super) has_server_rows: Cell<Option<bool>>,
    /// Whether any row is noted as not to be read; `None` = not looked.
    pub(super) unreadable: Cell<Option<bool>>,
}

impl fmt::Debug for WriteTx<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WriteTx").finish_non_exhaustive()
    }
}

impl<'c> Deref for WriteTx<'c> {
    type Target = Reader<'c>;

    fn deref(&self) -> &Reader<'c> {
        &self.reader
    }
}

/// The statements of [`row::Sql`] that run once a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Whatever was there.
    Put,
    /// Unless the same scope holds a newer revision.
    PutNewer,
    /// Of a row that is there, in its scope and at its place.
    Update,
    /// Reads what is there.
    Here,
}

/// One encoder for each kind.
pub(super) fn encoders(me: UserId) -> RefCell<Vec<Encoder>> {
    RefCell::new(
        Kind::ALL
            .iter()
            .map(|kind| Encoder::new(*kind, me))
            .collect(),
    )
}

impl Form {
    /// How many there are.
    const COUNT: usize = Self::Here as usize + 1;
}

impl Reader<'_> {
    /// Whose data this is.
    #[must_use]
    pub fn user(&self) -> UserId {
        self.me
    }

    /// A whole row as the member sees it, unsent edits included: server columns by name, nulls left out.
    pub fn row(&self, kind: Kind, id: RowId) -> Result<Option<Values>> {
        Ok(row::read(self.conn, kind, id)?.map(|stored| stored.values))
    }

    /// The scope a row is in, as the member sees it.
    pub fn scope_of(&self, kind: Kind, id: RowId) -> Result<Option<ScopeId>> {
        Ok(row::read(self.conn, kind, id)?.map(|stored| stored.scope))
    }

    /// A small setting of the engine's own, kept in the same transactions as the rows.
    pub fn meta(&self, key: &str) -> Result<Option<String>> {
        let mut statement = self
            .conn
            .prepare_cached("select value from meta where key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    /// Under which client id edits are sent.
    pub fn client_id(&self) -> Result<ClientId> {
        let text = self.meta("client_id")?;
        text.as_deref()
            .and_then(|text| text.parse().ok())
            .ok_or(crate::Error::Internal {
                place: "store client id",
            })
    }
}

impl<'c> WriteTx<'c> {
    /// When this transaction began, wall clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    pub(super) fn new(
        conn: &'c Connection,
        me: UserId,
        now: Timestamp,
        encoders: &'c RefCell<Vec<Encoder>>,
    ) -> Self {
        Self {
            reader: Reader { conn, me },
            changes: ChangeSet::default(),
            now,
            encoders,
            forms: Default::default(),
            has_server_rows: Cell::new(None),
            unreadable: Cell::new(None),
        }
    }

    /// Sets a small setting; see [`Reader::meta`]. Keys starting with `store.` are the store's own.
    pub fn set_meta(&mut self, key: &str, value: &str) -> Result<()> {
        self.conn
            .prepare_cached("insert or replace into meta (key, value) values (?1, ?2)")?
            .execute(params![key, value])?;
        Ok(())
    }

    /// Scopes that a setting of the store's own names; see [`WriteTx::set_noted`].
    pub(super) fn noted(&self, key: &str) -> Result<Vec<ScopeId>> {
        let list = self.meta(key)?.unwrap_or_default();
        Ok(list.split(',').filter_map(|id| id.parse().ok()).collect())
    }

    /// Notes that something of these scopes must be finished, after a crash too; none = nothing is left to do.
    pub(super) fn set_noted(&mut self, key: &str, scopes: &[ScopeId]) -> Result<()> {
        if scopes.is_empty() {
            self.conn
                .prepare_cached("delete from meta where key = ?1")?
                .execute([key])?;
            return Ok(());
        }
        let list: Vec<String> = scopes.iter().map(ToString::to_string).collect();
        self.set_meta(key, &list.join(","))
    }

    /// Notes one scope more.
    pub(super) fn note_scope(&mut self, key: &str, scope: ScopeId) -> Result<()> {
        let mut noted = self.noted(key)?;
        if !noted.contains(&scope) {
            noted.push(scope);
        }
        self.set_noted(key, &noted)
    }

    /// Writes a live row whatever was there.
    pub(super) fn put_live(&mut self, kind: Kind, at: Placement, values: &Values) -> Result<()> {
        self.put(Form::Put, kind, at, &sort_key(kind, values), values)
    }

    /// Writes a live row in one of the ways of [`row::Sql`]. `sort` is its sort key.
    pub(super) fn put(
        &mut self,
        form: Form,
        kind: Kind,
        at: Placement,
        sort: &str,
        values: &Values,
    ) -> Result<()> {
        let mut encoders = self.encoders.borrow_mut();
        let statement = self.form(form, kind)?;
        if encoders[kind as usize].put(statement, at, sort, values)? {
            self.changes.row(at.scope, kind, at.id);
        }
        Ok(())
    }

    /// What is here of a row that comes to `at` with this sort key.
    pub(super) fn here(&mut self, kind: Kind, at: Placement, sort: &str) -> Result<Option<Here>> {
        row::here(self.form(Form::Here, kind)?, at, sort)
    }

    fn form(&mut self, form: Form, kind: Kind) -> Result<&mut CachedStatement<'c>> {
        let known = &mut self.forms[form as usize][kind as usize];
        match known {
            Some(statement) => Ok(statement),
            none => {
                let sql = sql(kind);
                let text = match form {
                    Form::Put => &sql.put,
                    Form::PutNewer => &sql.put_newer,
                    Form::Update => &sql.update,
                    Form::Here => &sql.here,
                };
                Ok(none.insert(self.reader.conn.prepare_cached(text)?))
            }
        }
    }

    /// Removes a live row, and what was kept of how it looked before.
    pub(super) fn delete_live(&mut self, scope: ScopeId, kind: Kind, id: RowId) -> Result<()> {
        self.conn
            .prepare_cached(&sql(kind).delete)?
            .execute([row::Blob::from(id)])?;
        self.conn
            .prepare_cached("delete from last_seen where kind = ?1 and row = ?2")?
            .execute(params![kind.as_str(), row::Blob::from(id)])?;
        self.changes.row(scope, kind, id);
        Ok(())
    }

    pub(super) fn touch(&mut self, topic: Topic) {
        self.changes.topic(topic);
    }
}
