//! What was deleted lately, live for as long as its dialog is open.
//!
//! Owns: the task that follows the core's feed, and what the dialog says of it. Never: holds a client.

use std::sync::Arc;

use rockon_core::client::{Client, Deleted, DeletedFeed, MAX_DELETED};
use rockon_core::feed::{Keyed as _, apply};
use rockon_core::model::{Kind, RowId, ScopeId};
use rockon_core::time::{Clock as _, SystemClock, Timestamp};
use rockon_core::{Error, Result};
use tokio::sync::{Notify, watch};

use super::watch::Watch;
use crate::out::printable;
use crate::screen::model::{DeletedLine, DeletedRows};

/// What the feed has said so far.
#[derive(Debug, Clone, Default)]
struct Said {
    rows: Option<Vec<Deleted>>,
    /// Why the server cannot be asked now.
    failure: Option<Error>,
}

/// The open list; dropping it ends the feed.
#[derive(Debug)]
pub(super) struct DeletedList {
    /// Of which band, or of the own songs.
    pub(super) scope: ScopeId,
    watch: Watch<Said>,
    said: Said,
}

impl DeletedList {
    /// Opens it; `changed` is told of every change.
    pub(super) fn open(client: &Client, scope: ScopeId, changed: Arc<Notify>) -> Result<Self> {
        let feed = client.deleted(scope, MAX_DELETED)?;
        Ok(Self {
            scope,
            watch: Watch::start(Said::default(), |sender| follow(feed, sender, changed)),
            said: Said::default(),
        })
    }

    /// Brings the newest on the screen. The cursor stays on its row.
    pub(super) fn fill(&mut self, shown: &mut DeletedRows) {
        if let Some(said) = self.watch.news() {
            self.said = said;
        }
        let now = SystemClock::new().wall();
        let rows = self.said.rows.iter().flatten();
        let lines: Vec<DeletedLine> = rows.map(|row| line(row, now)).collect();
        shown.note = note(&self.said, lines.is_empty());
        shown.list.replace(lines);
    }

    /// What a row was, if it is still deleted.
    pub(super) fn row(&self, kind: Kind, id: RowId) -> Option<&Deleted> {
        let mut rows = self.said.rows.iter().flatten();
        rows.find(|row| row.key() == (kind, id))
    }
}

/// Until the feed ends, which is when the client is shut down.
async fn follow(mut feed: DeletedFeed, sender: watch::Sender<Said>, changed: Arc<Notify>) {
    while let Some(next) = feed.next().await {
        sender.send_modify(|said| match next {
            Ok(steps) => {
                apply(said.rows.get_or_insert_default(), &steps);
                said.failure = None;
            }
            Err(error) => said.failure = Some(error),
        });
        changed.notify_one();
    }
}

/// What stands below the rows.
fn note(said: &Said, empty: bool) -> String {
    match (&said.failure, &said.rows) {
        (Some(failure), _) => {
            format!("The server cannot be asked now: {failure}. This is what is known here.")
        }
        (None, None) => "Asking what was deleted ...".to_owned(),
        (None, Some(_)) if empty => "Nothing was deleted in the last 90 days".to_owned(),
        (None, Some(_)) => String::new(),
    }
}

fn line(row: &Deleted, now: Timestamp) -> DeletedLine {
    let what = match row.title.as_str() {
        "" => format!("a {}", row.kind),
        title => format!("\"{title}\" ({})", row.kind),
    };
    let by = match row.by_name.as_str() {
        _ if row.unsent => "you",
        "" => "somebody",
        name => name,
    };
    DeletedLine {
        id: row.key(),
        text: printable(&format!("{what}, deleted by {by}")),
        when: if row.unsent {
            "not sent yet".to_owned()
        } else {
            ago(row.at, now)
        },
    }
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

    fn texts(shown: &DeletedRows) -> Vec<&str> {
        let lines = shown.list.lines().iter();
        lines.map(|line| line.text.as_str()).collect()
    }

    #[tokio::test]
    async fn the_cursor_stays_on_its_row_while_rows_come_and_go() {
        let (sender, said) = watch::channel(Said::default());
        let mut list = DeletedList {
            scope: ScopeId(uuid::Uuid::nil()),
            watch: Watch::of(said),
            said: Said::default(),
        };
        let mut shown = DeletedRows::default();
        let show = |rows: &[Deleted]| {
            sender.send_modify(|said| said.rows = Some(rows.to_vec()));
        };
        list.fill(&mut shown);
        assert_eq!(shown.note, "Asking what was deleted ...");
        show(&[row(1, "A"), row(2, "B")]);
        list.fill(&mut shown);
        shown.list.go(crate::screen::list::Go::Down);
        show(&[row(3, "C"), row(4, "D"), row(2, "B")]);
        list.fill(&mut shown);
        let on = shown.list.selected().map(|line| line.id);
        assert_eq!(on, Some(row(2, "B").key()));
        assert_eq!(texts(&shown)[0], "\"C\" (song), deleted by Eric");
        assert_eq!(shown.note, "");
        let gone = row(1, "A");
        assert_eq!(list.row(gone.kind, gone.id), None, "it is there again");
        assert_eq!(list.row(Kind::Song, row(2, "").id), Some(&row(2, "B")));
        show(&[]);
        list.fill(&mut shown);
        assert_eq!(shown.note, "Nothing was deleted in the last 90 days");
    }

    #[tokio::test]
    async fn where_the_server_cannot_be_asked_it_says_so_and_shows_what_is_known() {
        let (sender, said) = watch::channel(Said::default());
        let mut list = DeletedList {
            scope: ScopeId(uuid::Uuid::nil()),
            watch: Watch::of(said),
            said: Said::default(),
        };
        let mut shown = DeletedRows::default();
        sender.send_modify(|said| {
            said.rows = Some(vec![row(1, "A")]);
            said.failure = Some(Error::Offline);
        });
        list.fill(&mut shown);
        assert_eq!(texts(&shown), ["\"A\" (song), deleted by Eric"]);
        assert_eq!(
            shown.note,
            "The server cannot be asked now: the server cannot be reached. This is what is known here."
        );
    }

    #[test]
    fn a_line_says_what_who_and_when() {
        let now = Timestamp(7_200_000);
        let told = |row: Deleted| {
            let line = line(&row, now);
            format!("{} | {}", line.text, line.when)
        };
        let unsent = Deleted {
            by_name: String::new(),
            unsent: true,
            ..row(1, "A\u{1b}[2J")
        };
        let said = told(unsent);
        assert!(!said.contains('\u{1b}'), "{said:?}");
        assert!(
            said.ends_with("(song), deleted by you | not sent yet"),
            "{said}"
        );
        let nobody = Deleted {
            by_name: String::new(),
            ..row(1, "")
        };
        assert_eq!(told(nobody), "a song, deleted by somebody | 2 h ago");
    }

    #[test]
    fn times_are_told_in_words() {
        let told = |seconds: i64| ago(Timestamp(1_000), Timestamp(1_000 + seconds * 1_000));
        let words = [-90, 0, 61, 7_200, 260_000].map(told);
        let wanted = ["just now", "just now", "1 min ago", "2 h ago", "3 days ago"];
        assert_eq!(words, wanted);
    }
}
