//! The letters by which a finger scrolls a long list of songs.

use std::collections::HashSet;

use super::super::tx::Reader;
use super::{SongOrder, SongQuery};
use crate::error::Result;

/// What is under it begins with no letter: digits, signs, nothing.
const NO_LETTER: &str = "#";

/// A letter of a list, and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct Letter {
    /// The letter without accents, a capital if it has one; `#` for what begins with none.
    pub letter: String,
    /// Index of its first song in the list, without a limit.
    pub index: u32,
}

impl Reader<'_> {
    /// The letters of a list by title or artist, in its order and whatever its limit. Each is there once, where it first comes.
    /// A list in another order has none.
    pub fn song_letters(&self, query: &SongQuery) -> Result<Vec<Letter>> {
        let (text, last) = match query.order {
            SongOrder::Title => ("r.sort", "0"),
            SongOrder::Artist => ("folded(r.artist)", "coalesce(r.artist, '') = ''"),
            SongOrder::Key | SongOrder::Newest => return Ok(Vec::new()),
        };
        // As the list is ordered: by the whole text is by its front first.
        let sql = format!(
            "select coalesce(substr({text}, 1, 1), '') as front, {last} as last, count(*) from song r where {} \
             group by last, front order by last, front",
            query.filter()
        );
        let bound = self.bound(query);
        let fronts = self.list(&sql, &bound.args(&sql), |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, u32>(2)?))
        })?;
        Ok(letters(fronts))
    }
}

/// Pure: from the first characters of a list with how many songs begin with each, in the order of the list.
fn letters(fronts: Vec<(String, u32)>) -> Vec<Letter> {
    let mut seen = HashSet::new();
    let mut begin = 0_u32;
    let mut found = Vec::new();
    for (front, count) in fronts {
        let letter = letter(&front);
        if seen.insert(letter.clone()) {
            found.push(Letter {
                letter,
                index: begin,
            });
        }
        begin = begin.saturating_add(count);
    }
    found
}

/// A letter whose capital is several, such as `ß`, stays as it is.
fn letter(front: &str) -> String {
    let Some(first) = front.chars().next().filter(|c| c.is_alphabetic()) else {
        return NO_LETTER.to_owned();
    };
    let mut capital = first.to_uppercase();
    match (capital.next(), capital.next()) {
        (Some(one), None) => one.to_string(),
        _ => first.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::store::fold::fold;
    use crate::store::tests::{Fixture, fixture, song};

    /// Titles and artists, in no order.
    const SONGS: [(&str, Option<&str>); 10] = [
        ("505", None),
        ("(I Can't", Some("zz top")),
        ("Angels", Some("Ärzte")),
        ("Ärger", Some("Abba")),
        ("zebra", Some("Ä")),
        ("Zoo", Some("2 Unlimited")),
        ("Straße", Some("ßet")),
        ("Вера", Some("")),
        ("😀", Some("Zappa")),
        ("", Some("Queen")),
    ];

    async fn with_songs() -> Fixture {
        let rows = SONGS.iter().zip(1..).map(|((title, artist), n)| {
            let mut row = song(n, 5, title);
            row["artist"] = json!(artist);
            row
        });
        fixture().synced(5, rows.collect()).await
    }

    #[tokio::test]
    async fn letters_are_those_of_the_list_in_its_order() {
        let f = with_songs().await;
        for (order, letters) in [
            (SongOrder::Title, "# A S Z В"),
            (SongOrder::Artist, "# A Q Z ß"),
            (SongOrder::Key, ""),
            (SongOrder::Newest, ""),
        ] {
            let all = SongQuery {
                order,
                ..SongQuery::default()
            };
            let first = SongQuery {
                limit: 1,
                ..all.clone()
            };
            let read = f
                .store
                .read(move |r| Ok((r.song_letters(&first)?, r.songs(&all)?)));
            let (found, songs) = read.await.unwrap();
            let said: Vec<_> = found.iter().map(|one| one.letter.as_str()).collect();
            assert_eq!(said.join(" "), letters, "{order:?}");
            for one in found {
                let song = &songs[usize::try_from(one.index).unwrap()];
                let text = match order {
                    SongOrder::Artist => song.artist.clone().unwrap_or_default(),
                    _ => song.title.clone(),
                };
                let front: String = fold(&text).chars().take(1).collect();
                assert_eq!(letter(&front), one.letter, "{text}");
            }
        }
    }

    #[tokio::test]
    async fn a_list_without_songs_has_no_letters() {
        let f = with_songs().await;
        let none = SongQuery {
            search: "nowhere".to_owned(),
            ..SongQuery::default()
        };
        let found = f.store.read(move |r| r.song_letters(&none)).await;
        assert!(found.unwrap().is_empty());
    }
}
