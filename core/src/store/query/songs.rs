//! Songs: list, search, count, one.

use std::collections::HashMap;

use super::super::fold::fold;
use super::super::marks::unread_sql;
use super::super::row::Blob;
use super::super::tx::Reader;
use super::rows::ReadRow as _;
use super::{ALL, Song, select};
use crate::error::Result;
use crate::model::{Kind, RowId, ScopeId};

/// How a list of songs is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum SongOrder {
    /// By title, then artist, ignoring case and accents.
    #[default]
    Title,
    /// By artist, ignoring case and accents, then title; those without one come last.
    Artist,
    /// By key as it is written, then title; those without one come last.
    Key,
    /// The newest change first; those that are not sent come before all others.
    Newest,
}

/// A window of a list of songs. By default all songs of all bands, and my own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct SongQuery {
    /// Only of this band or person; `None` = all.
    #[cfg_attr(feature = "ffi", uniffi(default = None))]
    pub scope: Option<ScopeId>,
    /// Only with this text in title, artist or notes, ignoring case and accents; empty = all.
    #[cfg_attr(feature = "ffi", uniffi(default = ""))]
    pub search: String,
    /// Only unread ones.
    #[cfg_attr(feature = "ffi", uniffi(default = false))]
    pub unread_only: bool,
    /// Only those that I added, to a band or for myself.
    #[cfg_attr(feature = "ffi", uniffi(default = false))]
    pub mine_only: bool,
    /// Order.
    pub order: SongOrder,
    /// How many; 0 = none, [`ALL`] = all.
    #[cfg_attr(feature = "ffi", uniffi(default = 4294967295))]
    pub limit: u32,
}

impl Default for SongQuery {
    fn default() -> Self {
        Self {
            scope: None,
            search: String::new(),
            unread_only: false,
            mine_only: false,
            order: SongOrder::default(),
            limit: ALL,
        }
    }
}

/// Mine, also before the server has said who added it.
const MINE: &str =
    "(r.created_by = :me or r.scope = :my_scope or (r.created_by is null and r.pending = 1))";

impl SongQuery {
    fn needle(&self) -> String {
        fold(self.search.trim())
    }

    pub(super) fn filter(&self) -> String {
        let mut parts = Vec::new();
        if self.scope.is_some() {
            parts.push("r.scope = :scope".to_owned());
        }
        if !self.needle().is_empty() {
            parts.push("(instr(r.sort, :needle) > 0 or folded_has(r.notes, :needle))".to_owned());
        }
        if self.unread_only {
            parts.push(unread_sql(Kind::Song));
        }
        if self.mine_only {
            parts.push(MINE.to_owned());
        }
        if parts.is_empty() {
            parts.push("1".to_owned());
        }
        parts.join(" and ")
    }

    fn order(&self) -> &'static str {
        match self.order {
            SongOrder::Title => "r.sort, r.id",
            SongOrder::Artist => "coalesce(r.artist, '') = '', folded(r.artist), r.sort, r.id",
            SongOrder::Key => "coalesce(r.key, '') = '', r.key collate nocase, r.sort, r.id",
            // Revisions of two bands are not compared.
            SongOrder::Newest if self.scope.is_none() => {
                "r.pending desc, r.updated_date desc, r.sort, r.id"
            }
            SongOrder::Newest => "r.pending desc, r.sync_rev desc, r.id",
        }
    }

    /// The order of the index, in one band: rows come in it, and the window's end ends the reading. In any other case the
    /// window is found first by as few columns as that takes.
    fn sql(&self) -> String {
        let (columns, filter, order) = (select::<Song>(), self.filter(), self.order());
        let by_index = self.scope.is_some() && self.order == SongOrder::Title;
        if by_index && self.needle().is_empty() {
            return format!("{columns} where {filter} order by {order} limit :limit");
        }
        format!(
            "{columns} where r.id in (select r.id from song r where {filter} order by {order} limit :limit) \
             order by {order}"
        )
    }
}

/// The values of a query's text.
pub(super) struct Bound {
    scope: Option<Blob>,
    needle: String,
    me: String,
    my_scope: Blob,
    limit: u32,
}

impl Bound {
    pub(super) fn args(&self, sql: &str) -> Vec<(&'static str, &dyn rusqlite::ToSql)> {
        let all: [(&'static str, &dyn rusqlite::ToSql); 5] = [
            (":scope", &self.scope),
            (":needle", &self.needle),
            (":me", &self.me),
            (":my_scope", &self.my_scope),
            (":limit", &self.limit),
        ];
        let named = all.into_iter().filter(|(name, _)| sql.contains(name));
        named.collect()
    }
}

impl Reader<'_> {
    pub(super) fn bound(&self, query: &SongQuery) -> Bound {
        Bound {
            scope: query.scope.map(Blob::from),
            needle: query.needle(),
            me: self.me.to_string(),
            my_scope: Blob::from(ScopeId::from(self.me)),
            limit: query.limit,
        }
    }

    /// The first songs of a list.
    pub fn songs(&self, query: &SongQuery) -> Result<Vec<Song>> {
        let (sql, bound) = (query.sql(), self.bound(query));
        let mut songs = self.list(&sql, &bound.args(&sql), Song::read)?;
        self.name_bands(&mut songs)?;
        Ok(songs)
    }

    /// How many songs the list has without its limit.
    pub fn count_songs(&self, query: &SongQuery) -> Result<u32> {
        let filter = query.filter();
        let sql = format!("select count(*) from song r where {filter}");
        self.count(&sql, &self.bound(query).args(&sql))
    }

    /// One song.
    pub fn song(&self, id: RowId) -> Result<Option<Song>> {
        let mut song: Option<Song> = self.one(id)?;
        self.name_bands(song.as_mut_slice())?;
        Ok(song)
    }

    fn name_bands(&self, songs: &mut [Song]) -> Result<()> {
        let mut names: HashMap<ScopeId, Option<String>> = HashMap::new();
        for song in songs {
            if let Some(name) = names.get(&song.scope) {
                song.band.clone_from(name);
                continue;
            }
            song.band = self.title(Kind::Band, RowId(song.scope.0))?;
            names.insert(song.scope, song.band.clone());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::store::Op;
    use crate::store::tests::{BAND, Fixture, ME, SAM, fixture, id, page, scope_page, song};

    fn of(n: u128, title: &str, more: &Value) -> Value {
        let mut row = song(n, 5, title);
        for (name, value) in more.as_object().into_iter().flatten() {
            row[name] = value.clone();
        }
        row
    }

    async fn titles(f: &Fixture, query: SongQuery) -> Vec<String> {
        let songs = f.store.read(move |r| {
            let count = r.count_songs(&query)?;
            let songs = r.songs(&query)?;
            assert_eq!(
                songs.len().min(2),
                (count as usize).min(query.limit as usize).min(2)
            );
            Ok(songs)
        });
        let songs = songs.await.unwrap().into_iter();
        songs.map(|song| song.title).collect()
    }

    fn search(text: &str) -> SongQuery {
        SongQuery {
            search: text.to_owned(),
            ..SongQuery::default()
        }
    }

    #[tokio::test]
    async fn a_text_is_found_in_title_artist_and_notes_whatever_its_case_and_accents() {
        let f = fixture()
            .synced(
                5,
                vec![
                    of(1, "Étude", &json!({"notes": null})),
                    of(
                        2,
                        "Plain",
                        &json!({"artist": "Motörhead", "notes": "50 % slower_"}),
                    ),
                    of(3, "Other", &json!({"notes": "as in MOTORHEAD's ÉTUDE"})),
                ],
            )
            .await;
        for (text, found) in [
            ("etude", &["Étude", "Other"][..]),
            (" MOTÖR ", &["Other", "Plain"]),
            ("50 %", &["Plain"]),
            ("slower_", &["Plain"]),
            ("r_", &["Plain"]),
            ("'; drop", &[]),
            ("", &["Étude", "Other", "Plain"]),
        ] {
            assert_eq!(titles(&f, search(text)).await, found, "{text}");
        }
        let first = SongQuery {
            limit: 1,
            ..search("motor")
        };
        assert_eq!(titles(&f, first).await, ["Other"]);
    }

    #[tokio::test]
    async fn each_order_ends_with_the_title_and_puts_what_is_unknown_last() {
        let f = fixture()
            .synced(
                5,
                vec![
                    of(
                        1,
                        "C",
                        &json!({"artist": "Ärzte", "key": "A", "created_by": ME}),
                    ),
                    of(
                        2,
                        "B",
                        &json!({"artist": "zz", "key": "b", "created_by": SAM}),
                    ),
                    of(3, "A", &json!({"artist": null, "key": "A"})),
                    of(4, "D", &json!({"artist": "Arzt", "key": ""})),
                ],
            )
            .await;
        let by = |order| SongQuery {
            order,
            ..SongQuery::default()
        };
        assert_eq!(titles(&f, by(SongOrder::Title)).await.concat(), "ABCD");
        assert_eq!(titles(&f, by(SongOrder::Artist)).await.concat(), "DCBA");
        assert_eq!(titles(&f, by(SongOrder::Key)).await.concat(), "ACBD");
        f.edit(id(2), Op::Update, json!({"tempo": 1})).await;
        let newest = titles(&f, by(SongOrder::Newest)).await;
        assert_eq!(newest[0], "B", "not sent yet");
        let mine = SongQuery {
            mine_only: true,
            ..SongQuery::default()
        };
        assert_eq!(titles(&f, mine.clone()).await.concat(), "C");
        f.edit(id(9), Op::Insert, json!({"title": "New"})).await;
        assert_eq!(titles(&f, mine).await.concat(), "CNew");
    }

    #[tokio::test]
    async fn a_song_says_which_band_it_is_of() {
        let mut rows = page(5, vec![song(1, 5, "Wonderwall")]);
        let band = json!({"id": BAND, "name": "The Wonderwalls", "sync_scope": BAND, "sync_rev": 5, "sync_by": SAM,
            "sync_by_rev": 5, "sync_other_rev": 0});
        let band = band.as_object().unwrap().clone();
        rows.scopes[0].rows.insert("band".to_owned(), vec![band]);
        let own = ScopeId::from(ME);
        let mut mine = song(2, 5, "Mine");
        mine["sync_scope"] = json!(own);
        mine["context_id"] = json!(own);
        rows.scopes.push(scope_page(own, 5, vec![mine]));
        let f = fixture();
        f.pull(rows).await;
        let songs = f
            .store
            .read(|r| r.songs(&SongQuery::default()))
            .await
            .unwrap();
        let bands: Vec<_> = songs.into_iter().map(|song| song.band).collect();
        assert_eq!(bands, [None, Some("The Wonderwalls".to_owned())]);
        let one = f.store.read(|r| r.song(id(1))).await.unwrap().unwrap();
        assert_eq!(one.band.as_deref(), Some("The Wonderwalls"));
    }

    async fn plan(f: &Fixture, query: SongQuery) -> String {
        let plan = f.store.read(move |r| {
            let sql = format!("explain query plan {}", query.sql());
            let bound = r.bound(&query);
            r.list(&sql, &bound.args(&sql), |row| Ok(row.get::<_, String>(3)?))
        });
        plan.await.unwrap().join("\n")
    }

    /// The window of one band is read in the order of an index; in all other lists what is sorted is narrow.
    #[tokio::test]
    async fn no_list_sorts_whole_rows() {
        let f = fixture();
        let orders = [
            SongOrder::Title,
            SongOrder::Artist,
            SongOrder::Key,
            SongOrder::Newest,
        ];
        for scope in [None, Some(BAND)] {
            for order in orders {
                let query = SongQuery {
                    scope,
                    order,
                    limit: 50,
                    ..SongQuery::default()
                };
                let plan = plan(&f, query).await;
                let (one, by_title) = (scope.is_some(), order == SongOrder::Title);
                let inside = plan.contains("LIST SUBQUERY");
                assert_ne!(inside, one && by_title, "{plan}");
                let narrow = plan.contains("COVERING INDEX song_by_sort");
                assert_eq!(narrow, !one && by_title, "{plan}");
                assert!(inside || !plan.contains("TEMP B-TREE"), "{plan}");
            }
        }
    }
}
