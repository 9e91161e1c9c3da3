//! The list of what was deleted lately, live for as long as the prompt is open that asks what to restore.
//!
//! Owns: the task that follows the core's feed. Never: holds a client.
//! Invariant: a number means the same row while the list is open, whatever comes and goes meanwhile.

use std::sync::Arc;

use rockon_core::Error;
use rockon_core::client::{Client, Deleted, DeletedFeed};
use rockon_core::feed::apply;
use rockon_core::model::{Kind, RowId, ScopeId};
use rockon_core::time::{Clock as _, SystemClock, Timestamp};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::out::printable;
use crate::screen::model::Listing;

/// Deleted rows that the list has room for.
const ROWS: u32 = 20;

/// What the feed has said so far.
#[derive(Debug, Clone, Default)]
struct Said {
    rows: Option<Vec<Deleted>>,
    /// Why the server cannot be asked now.
    fault: Option<Error>,
}

/// The open list; dropping it ends the feed.
#[derive(Debug)]
pub(super) struct DeletedList {
    task: JoinHandle<()>,
    said: watch::Receiver<Said>,
    numbered: Vec<(Kind, RowId)>,
}

impl Drop for DeletedList {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl DeletedList {
    /// Opens it; `changed` is told of every change.
    pub(super) fn open(
        client: &Client,
        scope: ScopeId,
        changed: Arc<Notify>,
    ) -> rockon_core::Result<Self> {
        let feed = client.deleted(scope, ROWS)?;
        let (sender, said) = watch::channel(Said::default());
        Ok(Self {
            task: tokio::spawn(follow(feed, sender, changed)),
            said,
            numbered: Vec::new(),
        })
    }

    /// What the screen shows now.
    pub(super) fn listing(&mut self) -> Listing {
        let said = self.said.borrow().clone();
        let now = SystemClock::new().wall();
        let mut lines: Vec<String> = Vec::new();
        for row in said.rows.iter().flatten() {
            let number = self.number(row);
            lines.push(line(number, row, now));
        }
        match (&said.fault, &said.rows) {
            (Some(fault), _) => lines.push(format!(
                "The server cannot be asked now: {fault}. This is what is known here."
            )),
            (None, None) => lines.push("asking ...".to_owned()),
            (None, Some(rows)) if rows.is_empty() => {
                lines.push("Nothing was deleted in the last 90 days.".to_owned());
            }
            (None, Some(_)) => {}
        }
        Listing {
            title: "Recently deleted · Esc closes".to_owned(),
            lines,
        }
    }

    /// The row of a number, if it is still there.
    pub(super) fn row(&self, number: usize) -> Option<Deleted> {
        let key = *self.numbered.get(number.checked_sub(1)?)?;
        let said = self.said.borrow();
        let mut rows = said.rows.iter().flatten();
        rows.find(|row| (row.kind, row.id) == key).cloned()
    }

    fn number(&mut self, row: &Deleted) -> usize {
        let key = (row.kind, row.id);
        let known = self.numbered.iter().position(|known| *known == key);
        let at = known.unwrap_or_else(|| {
            self.numbered.push(key);
            self.numbered.len() - 1
        });
        at + 1
    }
}

/// Until the feed ends, which is when the client is shut down.
async fn follow(mut feed: DeletedFeed, sender: watch::Sender<Said>, changed: Arc<Notify>) {
    while let Some(next) = feed.next().await {
        sender.send_modify(|said| match next {
            Ok(steps) => {
                apply(said.rows.get_or_insert_default(), &steps);
                said.fault = None;
            }
            Err(error) => said.fault = Some(error),
        });
        changed.notify_one();
    }
}

fn line(number: usize, row: &Deleted, now: Timestamp) -> String {
    let title = match row.title.as_str() {
        "" => format!("a {}", row.kind),
        title => format!("\"{}\"", printable(title)),
    };
    if row.unsent {
        return format!("{number:>3}  {title} · you, not sent");
    }
    let by = match row.by_name.as_str() {
        "" => "somebody".to_owned(),
        name => printable(name),
    };
    format!("{number:>3}  {title} · {by}, {}", ago(row.at, now))
}

/// How long ago, by this machine's clock.
fn ago(at: Timestamp, now: Timestamp) -> String {
    let minutes = now.0.saturating_sub(at.0) / 60_000;
    match minutes {
        ..=0 => "just now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..2_880 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1_440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(n: u128, title: &str) -> Deleted {
        Deleted {
            kind: Kind::Song,
            id: RowId(uuid::Uuid::from_u128(n)),
            title: title.to_owned(),
            by: None,
            by_name: "Eric".to_owned(),
            at: Timestamp(0),
            unsent: false,
        }
    }

    #[tokio::test]
    async fn a_number_means_the_same_row_while_the_list_is_open() {
        let (sender, said) = watch::channel(Said::default());
        let mut list = DeletedList {
            task: tokio::spawn(async {}),
            said,
            numbered: Vec::new(),
        };
        let show = |rows: &[Deleted]| {
            sender.send_modify(|said| said.rows = Some(rows.to_vec()));
        };
        assert_eq!(list.listing().lines, ["asking ..."]);
        show(&[row(1, "A"), row(2, "B")]);
        list.listing();
        show(&[row(3, "C"), row(2, "B")]);
        let lines = list.listing().lines;
        assert!(lines[0].starts_with("  3  \"C\" · Eric, "), "{lines:?}");
        assert!(lines[1].starts_with("  2  \"B\""), "{lines:?}");
        assert_eq!(list.row(1), None, "it is not deleted any more");
        assert_eq!(list.row(2).map(|row| row.title), Some("B".to_owned()));
        sender.send_modify(|said| said.fault = Some(Error::Offline));
        let lines = list.listing().lines;
        assert_eq!(
            lines.last().map(String::as_str),
            Some(
                "The server cannot be asked now: the server cannot be reached. This is what is known here."
            )
        );
    }

    #[test]
    fn times_are_told_in_words() {
        let told = |seconds: i64| ago(Timestamp(1_000), Timestamp(1_000 + seconds * 1_000));
        let words = [-90, 0, 61, 7_200, 260_000].map(told);
        let wanted = ["just now", "just now", "1 min ago", "2 h ago", "3 days ago"];
        assert_eq!(words, wanted);
    }
}
