//! The setlist that is on stage, as one row. What is in it is the business of the `gig` room: here it is a text.
//!
//! Never: sends it, or takes it away with its setlist, its band or the session: it stays until the gig ends.

use rusqlite::{OptionalExtension as _, params};

use super::changes::Topic;
use super::row::{self, Blob};
use super::tx::{Reader, WriteTx};
use crate::error::Result;
use crate::model::RowId;

/// What is kept of a gig.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptGig {
    /// Which setlist it is.
    pub setlist: RowId,
    /// The page that is open, from 0.
    pub page: u32,
    /// The pinned version.
    pub body: String,
}

impl Reader<'_> {
    /// The gig that runs.
    pub fn gig(&self) -> Result<Option<KeptGig>> {
        let mut statement = self
            .conn
            .prepare_cached("select setlist, page, body from gig")?;
        let found = statement.query_row([], |found| {
            Ok(KeptGig {
                setlist: RowId(row::uuid_at(found, 0)?),
                page: found.get(1)?,
                body: found.get(2)?,
            })
        });
        Ok(found.optional()?)
    }
}

impl WriteTx<'_> {
    /// This one runs, in the place of another.
    pub fn keep_gig(&mut self, gig: &KeptGig) -> Result<()> {
        self.conn
            .prepare_cached(
                "insert or replace into gig (id, setlist, page, body) values (1, ?1, ?2, ?3)",
            )?
            .execute(params![Blob::from(gig.setlist), gig.page, gig.body])?;
        self.touch(Topic::Gig);
        Ok(())
    }

    /// Another page of it is open.
    pub fn turn_gig(&mut self, page: u32) -> Result<()> {
        self.conn
            .prepare_cached("update gig set page = ?1")?
            .execute([page])?;
        self.touch(Topic::Gig);
        Ok(())
    }

    /// None runs.
    pub fn forget_gig(&mut self) -> Result<()> {
        self.conn
            .prepare_cached("delete from gig where id = 1")?
            .execute([])?;
        self.touch(Topic::Gig);
        Ok(())
    }
}
