//! What a notice says, as data.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::items::{Item, ListStep};
use crate::model::{FieldChange, Fields, Kind, Rev, RowId, ScopeId, UserId, Verb, tagged};
use crate::store::StoredNotice;

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Author {
    /// The person; `None` when the change came from no person (a service), shown as "System".
    pub id: Option<UserId>,
    /// Their name in the band at that time.
    pub name: String,
}

/// One change of one row by one person: what a pull found.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Where.
    pub scope: ScopeId,
    /// By whom.
    pub author: Author,
    /// At which revision.
    pub rev: Rev,
    /// What happened to which row.
    pub row: RowChange,
    /// Of a setlist whose items changed: the items before and after, of which the steps are made.
    pub(super) lists: Option<Lists>,
}

/// What happened to one row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct RowChange {
    /// What was done.
    pub verb: Verb,
    /// What the row is.
    pub kind: Kind,
    /// Which row.
    pub id: RowId,
    /// Its title, or what stands for one (a practice's date).
    pub title: String,
    /// What changed in it, as far as this device knows.
    #[serde(default)]
    pub fields: Vec<FieldChange>,
    /// Of a changed setlist: what was done to its items; empty where that is not known.
    #[serde(default)]
    pub steps: Vec<ListStep>,
}

/// The items of a setlist before and after one person's changes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lists {
    pub(super) was: Vec<Item>,
    pub(super) now: Vec<Item>,
}

/// What a notice says.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum NoticeBody {
    /// One person's changes within a window.
    Changes {
        /// Who.
        author: Author,
        /// The newest changes, one a row, at most [`batch::MAX_ROWS`](super::batch::MAX_ROWS); of each kind and verb
        /// that there is at least one.
        rows: Vec<RowChange>,
        /// How many rows changed, those not in `rows` included.
        count: u32,
    },
    /// What several people did while this phone was away or in gig mode.
    Digest {
        /// One entry a person, each as in `Changes`.
        people: Vec<DigestEntry>,
    },
    /// Two edits of one field met; both values are kept until a person chooses.
    Conflict {
        /// What the row is.
        kind: Kind,
        /// Which row.
        id: RowId,
        /// Its title.
        title: String,
        /// Column names that conflict.
        fields: Vec<String>,
        /// Whose value met mine.
        other: Author,
    },
    /// The server refused an edit, or several alike within a short time; they are rejected and can be tried again or discarded.
    Rejected {
        /// What the row is.
        kind: Kind,
        /// Which row; of several the newest.
        id: RowId,
        /// Its title.
        title: String,
        /// Why.
        reason: crate::model::RefusalCode,
        /// What the edit did.
        verb: Verb,
        /// Which columns, if it changed some.
        fields: Vec<String>,
        /// The member was a viewer of the band then.
        viewer: bool,
        /// How many edits wait, at least 1. Of several, `fields` are those of the newest.
        count: u32,
    },
    /// I deleted a row, or moved it away, that somebody else had changed unseen. It was not done: a person chooses.
    Crossed {
        /// What the row is.
        kind: Kind,
        /// Which row.
        id: RowId,
        /// Its title.
        title: String,
        /// It was a move.
        moved: bool,
        /// What the other changed; empty when that is not known.
        fields: Vec<String>,
        /// Who changed it.
        other: Author,
    },
    /// An edit of mine met a delete: the row is back.
    Restored {
        /// What the row is.
        kind: Kind,
        /// Which row.
        id: RowId,
        /// Its title.
        title: String,
        /// Who had deleted it; without an id where that is not known.
        other: Author,
    },
    /// Somebody joined, left, was removed or got another role.
    Membership {
        /// Who did it.
        author: Author,
        /// Whom it is about.
        member: Author,
        /// What happened.
        event: MembershipEvent,
        /// The band's name where it is not on this phone any more.
        band: Option<String>,
    },
    /// My account was deleted, and what I could see has been removed from this phone.
    AccountGone {
        /// How many edits were not sent. They are among the refused ones, until somebody signs out or in here.
        kept: u32,
    },
    /// Edits made offline have reached the server.
    Sent {
        /// How many.
        count: u32,
    },
}

impl<'de> Deserialize<'de> for NoticeBody {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        tagged(from, "type", |case, fields| {
            Ok(Some(match case {
                "changes" => Self::Changes {
                    author: fields.take("author")?,
                    rows: fields.take("rows")?,
                    count: fields.take("count")?,
                },
                "digest" => Self::Digest {
                    people: fields.take("people")?,
                },
                "membership" => Self::Membership {
                    author: fields.take("author")?,
                    member: fields.take("member")?,
                    event: fields.take("event")?,
                    band: fields.take("band")?,
                },
                "account_gone" => Self::AccountGone {
                    kept: fields.take("kept")?,
                },
                "sent" => Self::Sent {
                    count: fields.take("count")?,
                },
                of_a_row => return Self::of_a_row(of_a_row, fields),
            }))
        })
    }
}

impl NoticeBody {
    /// The cases about one edited row.
    fn of_a_row(case: &str, fields: &mut Fields) -> Result<Option<Self>, serde_json::Error> {
        Ok(Some(match case {
            "conflict" => Self::Conflict {
                kind: fields.take("kind")?,
                id: fields.take("id")?,
                title: fields.take("title")?,
                fields: fields.take("fields")?,
                other: fields.take("other")?,
            },
            "rejected" => Self::Rejected {
                kind: fields.take("kind")?,
                id: fields.take("id")?,
                title: fields.take("title")?,
                reason: fields.take("reason")?,
                verb: fields.take_or("verb", Verb::Changed)?,
                fields: fields.take_or("fields", Vec::new())?,
                viewer: fields.take_or("viewer", false)?,
                count: fields.take_or("count", 1)?,
            },
            "crossed" => Self::Crossed {
                kind: fields.take("kind")?,
                id: fields.take("id")?,
                title: fields.take("title")?,
                moved: fields.take("moved")?,
                fields: fields.take("fields")?,
                other: fields.take("other")?,
            },
            "restored" => Self::Restored {
                kind: fields.take("kind")?,
                id: fields.take("id")?,
                title: fields.take("title")?,
                other: fields.take("other")?,
            },
            _ => return Ok(None),
        }))
    }

    /// Without what is in rows: no values, and of a setlist's items only that they changed.
    #[must_use]
    pub(super) fn without_contents(mut self) -> Self {
        let rows: Vec<&mut RowChange> = match &mut self {
            Self::Changes { rows, .. } => rows.iter_mut().collect(),
            Self::Digest { people } => people.iter_mut().flat_map(|one| &mut one.rows).collect(),
            Self::Conflict { .. }
            | Self::Rejected { .. }
            | Self::Crossed { .. }
            | Self::Restored { .. }
            | Self::Membership { .. }
            | Self::AccountGone { .. }
            | Self::Sent { .. } => Vec::new(),
        };
        for row in rows {
            row.steps.clear();
            for change in &mut row.fields {
                change.known = false;
                (change.from, change.to) = (Value::Null, Value::Null);
            }
        }
        self
    }

    /// What a stored notice says; `None` when a newer version of the program made it.
    #[must_use]
    pub fn of(notice: &StoredNotice) -> Option<Self> {
        Self::deserialize(&notice.body).ok()
    }
}

/// One person's part of a digest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct DigestEntry {
    /// Who.
    pub author: Author,
    /// The newest changes, one a row.
    pub rows: Vec<RowChange>,
    /// How many rows changed.
    pub count: u32,
}

/// What happened to a membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum MembershipEvent {
    /// Joined, or came back.
    Joined,
    /// Left by themselves.
    Left,
    /// Was removed by somebody.
    Removed,
    /// Has another role now.
    Role(crate::model::Role),
}

#[cfg(test)]
mod tests;
