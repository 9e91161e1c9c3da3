//! The feed of notices, as rows. What a notice says is the business of the `notices` room: here it is JSON.
//!
//! Invariants: at most [`KEPT`] notices are kept; the oldest seen ones go first, unseen ones never before seen ones. While notices are
//! held back, those made since wait: they are not shown, counted or told outside the app.

use rusqlite::{OptionalExtension as _, params};
use serde_json::Value;

use super::changes::Topic;
use super::failure::unreadable_body;
use super::row::{self, Blob};
use super::tx::{Reader, WriteTx};
use crate::error::Result;
use crate::model::{EditId, NoticeId, ScopeId};
use crate::time::Timestamp;

/// Notices kept on the device.
const KEPT: u32 = 500;

/// The setting that holds notices back: those above this id wait.
const HELD_ABOVE: &str = "store.notices.held_above";

/// Condition of a notice that does not wait.
const SHOWN: &str = "id <= coalesce((select cast(value as integer) from meta where key = 'store.notices.held_above'), 9223372036854775807)";

/// A notice in the feed.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredNotice {
    /// Identifies it on this device; grows with time.
    pub id: NoticeId,
    /// When it was made, wall clock.
    pub at: Timestamp,
    /// The band it is about; `None` = the whole device.
    pub scope: Option<ScopeId>,
    /// What it says.
    pub body: Value,
    /// Has this user seen it?
    pub seen: bool,
}

impl Reader<'_> {
    /// All of them, those that wait too, newest first: at most `limit` notices older than `before` (`None` = from the newest).
    pub fn notices(&self, before: Option<NoticeId>, limit: u32) -> Result<Vec<StoredNotice>> {
        self.notices_by(
            "where id < ?1 order by id desc limit ?2",
            params![before.map_or(i64::MAX, |before| before.0), limit],
        )
    }

    /// The feed: those of one scope, or of all, newest first.
    pub fn notices_in(&self, scope: Option<ScopeId>, limit: u32) -> Result<Vec<StoredNotice>> {
        self.notices_by(
            &format!("where (?1 is null or scope = ?1) and {SHOWN} order by id desc limit ?2"),
            params![scope.map(Blob::from), limit],
        )
    }

    /// How many there are in the feed, of one scope or of all.
    pub fn count_notices(&self, scope: Option<ScopeId>) -> Result<u32> {
        self.count_by("?1 is null or scope = ?1", scope)
    }

    fn count_by(&self, which: &str, scope: Option<ScopeId>) -> Result<u32> {
        let mut statement = self.conn.prepare_cached(&format!(
            "select count(*) from notice where ({which}) and {SHOWN}"
        ))?;
        Ok(statement.query_row([scope.map(Blob::from)], |row| row.get(0))?)
    }

    /// The newest notice that does not wait, while notices are held back.
    pub fn held_above(&self) -> Result<Option<NoticeId>> {
        let id = self.meta(HELD_ABOVE)?;
        Ok(id.and_then(|id| id.parse().ok()).map(NoticeId))
    }

    /// One notice.
    pub fn notice(&self, id: NoticeId) -> Result<Option<StoredNotice>> {
        Ok(self.notices_by("where id = ?1", params![id.0])?.pop())
    }

    /// The notice that tells of a refused edit.
    pub fn notice_of_rejection(&self, edit: EditId) -> Result<Option<NoticeId>> {
        let mut statement = self
            .conn
            .prepare_cached("select notice from outbox where seq = ?1")?;
        let found = statement.query_row([edit.0], |row| row.get(0));
        Ok(found.optional()?.flatten().map(NoticeId))
    }

    /// The notices of a scope.
    pub fn notices_of(&self, scope: ScopeId) -> Result<Vec<StoredNotice>> {
        self.notices_by("where scope = ?1", params![Blob::from(scope)])
    }

    fn notices_by(&self, rest: &str, args: &[&dyn rusqlite::ToSql]) -> Result<Vec<StoredNotice>> {
        let mut statement = self.conn.prepare_cached(&format!(
            "select id, at, scope, body, seen from notice {rest}"
        ))?;
        let mut rows = statement.query(args)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let body = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
            let scope = match row.get_ref(2)? {
                rusqlite::types::ValueRef::Null => None,
                _ => Some(ScopeId(row::uuid_at(row, 2)?)),
            };
            found.push(StoredNotice {
                id: NoticeId(row.get(0)?),
                at: Timestamp(row.get(1)?),
                scope,
                body: serde_json::from_str(body).map_err(|_| unreadable_body())?,
                seen: row.get(4)?,
            });
        }
        Ok(found)
    }

    /// Notices not seen yet, of one scope or of all.
    pub fn unseen_notices(&self, scope: Option<ScopeId>) -> Result<u32> {
        self.count_by("seen = 0 and (?1 is null or scope = ?1)", scope)
    }
}

impl WriteTx<'_> {
    /// Adds a notice; returns its id.
    pub fn add_notice(&mut self, scope: Option<ScopeId>, body: &Value) -> Result<NoticeId> {
        self.conn
            .prepare_cached("insert into notice (at, scope, body) values (?1, ?2, ?3)")?
            .execute(params![self.now.0, scope.map(Blob::from), body.to_string()])?;
        let id = NoticeId(self.conn.last_insert_rowid());
        self.conn
            .prepare_cached(
                "delete from notice where id in
                 (select id from notice order by seen, id desc limit -1 offset ?1)",
            )?
            .execute([KEPT])?;
        self.touch(Topic::Notices);
        Ok(id)
    }

    /// This notice tells of a refused edit.
    pub fn tell_rejection_by(&mut self, notice: NoticeId, edit: EditId) -> Result<()> {
        self.conn
            .prepare_cached("update outbox set notice = ?2 where seq = ?1")?
            .execute([edit.0, notice.0])?;
        Ok(())
    }

    /// The oldest notices that were neither seen nor told outside the app, at most `limit`; they count as told from now on.
    pub fn take_untold(&mut self, limit: u32) -> Result<Vec<StoredNotice>> {
        let untold = format!("where seen = 0 and told = 0 and {SHOWN} order by id limit ?1");
        let notices = self.notices_by(&untold, params![limit])?;
        let mut tell = self
            .conn
            .prepare_cached("update notice set told = 1 where id = ?1")?;
        for notice in &notices {
            tell.execute([notice.id.0])?;
        }
        Ok(notices)
    }

    /// A notice says something else now, and it is news again, outside the app too.
    pub fn renew_notice(&mut self, id: NoticeId, body: &Value) -> Result<()> {
        self.conn
            .prepare_cached(
                "update notice set body = ?2, at = ?3, seen = 0, told = 0 where id = ?1",
            )?
            .execute(params![id.0, body.to_string(), self.now.0])?;
        self.touch(Topic::Notices);
        Ok(())
    }

    /// A notice says something else now; whether it was seen stays.
    pub fn reword_notice(&mut self, id: NoticeId, body: &Value) -> Result<()> {
        self.conn
            .prepare_cached("update notice set body = ?2 where id = ?1")?
            .execute(params![id.0, body.to_string()])?;
        self.touch(Topic::Notices);
        Ok(())
    }

    /// There is nothing left to tell.
    pub fn remove_notice(&mut self, id: NoticeId) -> Result<()> {
        self.conn
            .prepare_cached("delete from notice where id = ?1")?
            .execute([id.0])?;
        self.touch(Topic::Notices);
        Ok(())
    }

    /// The user has seen one.
    pub fn see_notice(&mut self, id: NoticeId) -> Result<()> {
        self.conn
            .prepare_cached("update notice set seen = 1 where id = ?1")?
            .execute([id.0])?;
        self.touch(Topic::Notices);
        Ok(())
    }

    /// The user has seen them all, or all of one scope.
    pub fn see_all_notices(&mut self, scope: Option<ScopeId>) -> Result<()> {
        self.conn
            .prepare_cached(&format!(
                "update notice set seen = 1 where seen = 0 and (?1 is null or scope = ?1) and {SHOWN}"
            ))?
            .execute([scope.map(Blob::from)])?;
        self.touch(Topic::Notices);
        Ok(())
    }

    /// From now on what is added waits; or what has waited is shown.
    pub fn hold_notices(&mut self, on: bool) -> Result<()> {
        let sql = if on {
            "insert or ignore into meta (key, value) select ?1, cast(coalesce(max(id), 0) as text) from notice"
        } else {
            "delete from meta where key = ?1"
        };
        self.conn.prepare_cached(sql)?.execute([HELD_ABOVE])?;
        self.touch(Topic::Notices);
        Ok(())
    }
}
