//! What was deleted lately, as a feed: live, and true without a network.

use rockon_core::Error;
use rockon_core::client::{Deleted, DeletedFeed};
use rockon_core::feed::{ListDiff, apply};
use rockon_core::model::Kind;
use rockon_tests::phone::{BAND, PATIENCE, Phone};
use rockon_tests::{eventually, project};

/// A feed that stays open, as a screen has it.
struct Screen {
    feed: DeletedFeed,
    rows: Vec<Deleted>,
}

impl Screen {
    fn of(phone: &Phone) -> Self {
        Self {
            feed: phone.client().deleted(BAND, 100).unwrap(),
            rows: Vec::new(),
        }
    }

    /// The next delivery; steps are applied.
    async fn next(&mut self) -> Result<Vec<ListDiff<Deleted>>, Error> {
        let next = tokio::time::timeout(PATIENCE, self.feed.next());
        let next = next.await.expect("in time").expect("the client is open");
        next.inspect(|steps| apply(&mut self.rows, steps))
    }

    /// Reads on until it shows this: title, name and whether it is unsent.
    async fn shows(&mut self, wanted: &[(&str, &str, bool)]) {
        loop {
            let seen: Vec<_> = self
                .rows
                .iter()
                .map(|row| (row.title.as_str(), row.by_name.as_str(), row.unsent))
                .collect();
            if seen == wanted {
                return;
            }
            self.next().await.unwrap();
        }
    }

    /// The same, and not a word before.
    async fn shows_next(&mut self, wanted: &[(&str, &str, bool)]) {
        self.next().await.unwrap();
        let seen: Vec<_> = self
            .rows
            .iter()
            .map(|row| (row.title.as_str(), row.by_name.as_str(), row.unsent))
            .collect();
        assert_eq!(seen, wanted);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_list_of_deleted_rows_follows_what_everybody_does() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    let sam = Phone::of(&project, "sam").await;
    let song = sam.add_song("Hello").await;
    eric.sees("Hello", |_| true).await;
    let mut screen = Screen::of(&eric);
    let first = screen.next().await.unwrap();
    assert!(matches!(first[..], [ListDiff::Reset(_)]), "{first:?}");
    screen.shows(&[]).await;
    sam.workspace().delete(Kind::Song, song).await.unwrap();
    screen.shows_next(&[("Hello", "Sam", false)]).await;
    eric.workspace()
        .restore(BAND, Kind::Song, song)
        .await
        .unwrap();
    // At once: it is on its way back.
    screen.shows_next(&[]).await;
    sam.hears("Eric restored \"Hello\"").await;
    eric.sees("Hello", |_| true).await;
    // A delete of his own, from unsent to what the server says of it, is never missing in between.
    eric.workspace().delete(Kind::Song, song).await.unwrap();
    screen.shows_next(&[("Hello", "", true)]).await;
    screen.shows_next(&[("Hello", "Eric", false)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_the_list_says_so_and_shows_what_is_known() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    let sam = Phone::of(&project, "sam").await;
    let song = sam.add_song("Hello").await;
    eric.sees("Hello", |_| true).await;
    sam.workspace().delete(Kind::Song, song).await.unwrap();
    eventually("the delete is read", PATIENCE, || async {
        eric.song("Hello").await.is_none().then_some(())
    })
    .await;
    let mut screen = Screen::of(&eric);
    screen.shows(&[("Hello", "Sam", false)]).await;
    eric.network(false);
    let own = eric.song("Wonderwall").await.unwrap().id;
    eric.workspace().delete(Kind::Song, own).await.unwrap();
    let known = [("Wonderwall", "", true), ("Hello", "Sam", false)];
    screen.shows_next(&known).await;
    // Opened without a network: what is known here, and why it is not more.
    let mut late = Screen::of(&eric);
    late.shows_next(&known[..1]).await;
    assert_eq!(late.next().await.err(), Some(Error::Offline));
    eric.network(true);
    let all = [("Wonderwall", "Eric", false), ("Hello", "Sam", false)];
    late.shows(&all).await;
    screen.shows(&all).await;
    // Also where nothing has changed meanwhile; and that the fault is over is said.
    eric.network(false);
    let mut late = Screen::of(&eric);
    late.shows_next(&[]).await;
    assert_eq!(late.next().await.err(), Some(Error::Offline));
    eric.network(true);
    let first = late.next().await.unwrap();
    assert!(matches!(first[..], [ListDiff::Reset(_)]), "{first:?}");
    late.shows(&all).await;
}
