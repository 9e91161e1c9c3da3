//! What must come to be.

use std::collections::{BTreeMap, BTreeSet};

use rockon_core::client::{Client, Status, Workspace};
use rockon_core::doctor;
use rockon_core::model::{Kind, RowId, Values};
use rockon_core::notices::SeenChange;
use rockon_core::realtime::ConnectionState;
use rockon_core::session::SessionState;
use rockon_core::store::{ItemBody, LastChange, RejectedEdit, Song, SongOrder, SongQuery};
use rockon_tests::phone::BAND;
use serde_json::Value;

use super::items::called;
use super::play::ScenarioRun;
use super::step::{Expect, Order};
use super::wait::{ALL, Erased, List, asked, until, until_rows};

/// `Ok` when it is so; otherwise what is seen instead.
fn so(holds: bool, seen: impl std::fmt::Debug) -> Result<(), String> {
    if holds {
        Ok(())
    } else {
        Err(format!("{seen:?}"))
    }
}

async fn unseen(client: &Client) -> rockon_core::Result<u32> {
    client.workspace()?.count_unseen_notices(None).await
}

async fn conflicts(client: &Client) -> rockon_core::Result<u64> {
    client.workspace()?.count_conflicts().await
}

async fn refused(client: &Client) -> rockon_core::Result<u64> {
    client.workspace()?.count_rejected_edits().await
}

fn long<T>(list: &[T]) -> u64 {
    u64::try_from(list.len()).unwrap_or(u64::MAX)
}

/// Nothing is said of it, or it is so.
fn fits<T: PartialEq>(wanted: Option<&T>, is: &T) -> bool {
    wanted.is_none_or(|wanted| wanted == is)
}

impl From<Order> for SongOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::Title => Self::Title,
            Order::Artist => Self::Artist,
            Order::Key => Self::Key,
            Order::Newest => Self::Newest,
        }
    }
}

/// These columns have these values.
fn holds(row: Option<Values>, values: &Values) -> Result<(), String> {
    let all = values
        .iter()
        .all(|(name, value)| row.as_ref().and_then(|row| row.get(name)) == Some(value));
    so(all, row)
}

/// Exactly these columns, each changed by this person at a known time.
fn has_changed(
    found: &[SeenChange],
    changes: &BTreeMap<String, [Value; 2]>,
    by: Option<&str>,
) -> bool {
    let as_said = |one: &SeenChange| {
        changes
            .get(&one.field)
            .is_some_and(|[from, to]| (from, to) == (&one.from, &one.to))
            && by.is_none_or(|by| one.by_name.as_deref() == Some(by))
            && one.at.is_some()
    };
    found.len() == changes.len() && found.iter().all(as_said)
}

impl ScenarioRun {
    /// Waits for the state.
    pub(super) async fn reached(&mut self, phone: &str, expect: Expect) -> Result<(), String> {
        let client = self.client(phone);
        match expect {
            Expect::Song {
                row,
                unread,
                pending,
                gone,
            } => self.song(&client, &row, unread, pending, gone).await,
            songs @ Expect::Songs { .. } => self.songs(&client, songs).await,
            gig @ Expect::Gig { .. } => self.gig(&client, gig).await,
            Expect::Setlist {
                row,
                songs,
                items,
                running_time,
            } => {
                let id = self.row(&client, Kind::Setlist, &row).await?;
                let wanted = (songs, items, running_time);
                self.setlist(&client, id, wanted).await
            }
            expect => self.row_reached(&client, expect).await,
        }
    }

    async fn songs(&self, client: &Client, expect: Expect) -> Result<(), String> {
        let Expect::Songs {
            search,
            unread_only,
            mine_only,
            order,
            limit,
            titles,
            bands,
            count,
        } = expect
        else {
            return Err("no songs".to_owned());
        };
        let query = SongQuery {
            scope: None,
            search,
            unread_only,
            mine_only,
            order: order.map(SongOrder::from).unwrap_or_default(),
            limit: limit.unwrap_or(ALL),
        };
        let open = || Ok(List::from(client.workspace()?.songs(query.clone())));
        until(self.patience, open, async |songs| {
            let band = |song: &Song| song.band.clone().unwrap_or_default();
            let of: Vec<_> = songs.iter().map(band).collect();
            let shown: Vec<_> = songs.into_iter().map(|song| song.title).collect();
            let workspace = client.workspace().map_err(|error| error.to_string())?;
            let counted = workspace.count_songs(query.clone()).await.ok();
            let is = shown == titles
                && fits(bands.as_ref(), &of)
                && count.is_none_or(|count| counted == Some(count));
            so(is, (shown, of, counted))
        })
        .await
    }

    async fn song(
        &self,
        client: &Client,
        row: &str,
        unread: Option<bool>,
        pending: Option<bool>,
        gone: bool,
    ) -> Result<(), String> {
        let id = self.known(Kind::Song, row);
        until_rows(self.patience, client, Kind::Song, async |songs| {
            let song = songs
                .iter()
                .find(|song| id.map_or(song.name == row, |id| song.id == id));
            let is = song.is_some_and(|song| {
                fits(unread.as_ref(), &song.unread) && fits(pending.as_ref(), &song.pending)
            });
            so(if gone { song.is_none() } else { is }, song)
        })
        .await
    }

    async fn row_reached(&mut self, client: &Client, expect: Expect) -> Result<(), String> {
        match expect {
            Expect::Row { kind, row, values } => {
                let id = self.row(client, kind, &row).await?;
                self.read(client, kind, async |workspace| {
                    Ok(holds(workspace.row(kind, id).await?, &values))
                })
                .await
            }
            Expect::Before { kind, row, values } => {
                let id = self.row(client, kind, &row).await?;
                self.read(client, kind, async |workspace| {
                    Ok(holds(workspace.last_seen(kind, id).await?, &values))
                })
                .await
            }
            Expect::Export { format, text } => {
                self.read(client, Kind::Song, async |workspace| {
                    let file = workspace.export_songs(BAND, format.into()).await?;
                    Ok(so(file.text.contains(&text), "the file does not have it"))
                })
                .await
            }
            expect => self.changed(client, expect).await,
        }
    }

    /// Who changed a row, how and when.
    async fn changed(&mut self, client: &Client, expect: Expect) -> Result<(), String> {
        match expect {
            Expect::History {
                kind,
                row,
                by,
                verbs,
            } => {
                let id = self.row(client, kind, &row).await?;
                self.read(client, kind, async |workspace| {
                    let log = workspace.history(kind, id, ALL).await?;
                    let names = log.iter().map(|one| one.actor_name.as_deref());
                    let done: Vec<_> = log.iter().map(|one| one.verb).collect();
                    let is = names.eq(by.iter().map(|by| Some(by.as_str())))
                        && fits(verbs.as_ref(), &done)
                        && log.iter().all(|one| one.at.is_some());
                    Ok(so(is, log))
                })
                .await
            }
            Expect::LastChange { kind, row, by } => {
                let id = self.row(client, kind, &row).await?;
                self.read(client, kind, async |workspace| {
                    let last = workspace.last_change(kind, id).await?;
                    let is = |last: &LastChange| last.by_name.as_ref() == Some(&by);
                    let timed = |last: &LastChange| last.at.is_some();
                    Ok(so(
                        last.as_ref().is_some_and(|one| is(one) && timed(one)),
                        last,
                    ))
                })
                .await
            }
            expect => self.since_seen(client, expect).await,
        }
    }

    async fn since_seen(&mut self, client: &Client, expect: Expect) -> Result<(), String> {
        match expect {
            Expect::SinceSeen {
                kind,
                row,
                changes,
                by,
                gone,
            } => {
                let id = self.row(client, kind, &row).await?;
                self.read(client, kind, async |workspace| {
                    let seen = workspace.changes_since_seen(kind, id).await?;
                    let is = match &seen {
                        Some(seen) => !gone && has_changed(&seen.fields, &changes, by.as_deref()),
                        None => gone,
                    };
                    Ok(so(is, seen))
                })
                .await
            }
            expect => self.told(client, expect).await,
        }
    }

    /// Reads again after each change of a row of the kind.
    async fn read(
        &self,
        client: &Client,
        kind: Kind,
        mut judge: impl AsyncFnMut(&Workspace) -> rockon_core::Result<Result<(), String>>,
    ) -> Result<(), String> {
        until_rows(self.patience, client, kind, async |_| {
            let workspace = client.workspace().map_err(|error| error.to_string())?;
            judge(&workspace).await.map_err(|error| error.to_string())?
        })
        .await
    }

    async fn setlist(
        &self,
        client: &Client,
        id: RowId,
        (songs, items, running_time): (Option<Vec<String>>, Option<Vec<String>>, Option<u64>),
    ) -> Result<(), String> {
        let open = || Ok(client.workspace()?.setlist(id));
        until(self.patience, open, async |setlist| {
            let setlist = setlist.ok_or("no such setlist")?;
            let titles: Vec<_> = setlist
                .items
                .iter()
                .filter_map(|item| match &item.body {
                    ItemBody::Song { title, .. } => title.clone(),
                    _ => None,
                })
                .collect();
            let names: Vec<_> = setlist.items.iter().map(called).collect();
            let is = fits(songs.as_ref(), &titles)
                && fits(items.as_ref(), &names)
                && fits(running_time.as_ref(), &setlist.running_time);
            so(is, (names, setlist.running_time))
        })
        .await
    }

    async fn told(&mut self, client: &Client, expect: Expect) -> Result<(), String> {
        match expect {
            Expect::Notice { text, count } => {
                let open = || Ok(List::from(client.workspace()?.said_notices(ALL, None)));
                until(self.patience, open, async |notices| {
                    let said: Vec<_> = notices.iter().map(|one| &one.text).collect();
                    let n = said.iter().filter(|said| said.contains(&text)).count();
                    so(count.map_or(n > 0, |count| n == count), said)
                })
                .await
            }
            Expect::Unseen { count } => {
                let open = || Ok(client.workspace()?.unseen_notices(None));
                until(self.patience, open, async |n| {
                    so(n == count && unseen(client).await == Ok(n), n)
                })
                .await
            }
            Expect::Unread { kind, count } => {
                let open = || Ok(client.workspace()?.unread());
                until(self.patience, open, async |counts| {
                    let mut ours = counts.iter().filter(|c| c.scope == BAND && c.kind == kind);
                    so(ours.next().map_or(0, |c| c.count) == count, counts)
                })
                .await
            }
            Expect::Members { roles } => {
                let wanted = roles.into_iter().map(|(name, role)| (name, Some(role)));
                let wanted: BTreeMap<_, _> = wanted.collect();
                let open = || Ok(List::from(client.workspace()?.members(BAND, false)));
                until(self.patience, open, async |members| {
                    let roles_of = members.into_iter().map(|one| (one.name, one.role));
                    let shown: BTreeMap<_, _> = roles_of.collect();
                    so(shown == wanted, shown)
                })
                .await
            }
            expect => self.waits_for_person(client, expect).await,
        }
    }

    async fn waits_for_person(&mut self, client: &Client, expect: Expect) -> Result<(), String> {
        match expect {
            Expect::Conflict {
                kind,
                row,
                field,
                mine,
                theirs,
                asks,
                live,
                gone,
            } => {
                let id = self.row(client, kind, &row).await?;
                let open = || Ok(List::from(client.workspace()?.conflicts(ALL)));
                until(self.patience, open, async |found| {
                    let there = found.iter().any(|one| {
                        one.what.row == id
                            && fits(field.as_ref(), &one.what.field)
                            && fits(mine.as_ref(), &one.what.mine)
                            && fits(theirs.as_ref(), &one.what.theirs)
                            && fits(asks.as_ref(), &word(one.what.asks))
                            && fits(live.as_ref(), &word(one.live))
                    });
                    so(
                        there != gone && conflicts(client).await == Ok(long(&found)),
                        found,
                    )
                })
                .await
            }
            expect => self.waits_refused(client, expect).await,
        }
    }

    async fn waits_refused(&mut self, client: &Client, expect: Expect) -> Result<(), String> {
        match expect {
            Expect::Rejected {
                kind,
                row,
                reason,
                verb,
                typed,
                had,
                gone,
            } => {
                let id = self.row(client, kind, &row).await?;
                let is = |edit: &RejectedEdit| {
                    edit.row == id
                        && fits(reason.as_ref(), &edit.rejection.code.to_string())
                        && fits(verb.as_ref(), &edit.verb)
                        && fits(typed.as_ref(), &edit.set)
                        && fits(had.as_ref(), &edit.base)
                };
                let open = || Ok(List::from(client.workspace()?.rejected_edits(ALL)));
                until(self.patience, open, async |rejected| {
                    let there = rejected.iter().any(is);
                    so(
                        there != gone && refused(client).await == Ok(long(&rejected)),
                        rejected,
                    )
                })
                .await
            }
            expect => self.around(client, expect).await,
        }
    }

    async fn around(&mut self, client: &Client, expect: Expect) -> Result<(), String> {
        match expect {
            Expect::Status {
                session,
                connection,
                unsent,
                rejected,
                conflicts,
            } => {
                let open = || Ok(client.status());
                let (session, connection) = (session.as_deref(), connection.as_deref());
                until(self.patience, open, async |now| {
                    let is = fits(session.as_ref(), &session_of(&now))
                        && fits(connection.as_ref(), &connection_of(&now))
                        && fits(unsent.as_ref(), &now.outbox.unsent)
                        && fits(rejected.as_ref(), &now.outbox.rejected)
                        && fits(conflicts.as_ref(), &now.outbox.conflicts);
                    so(is, now)
                })
                .await
            }
            Expect::Bands { names } => {
                let wanted: BTreeSet<_> = names.into_iter().collect();
                let open = || Ok(List::from(client.workspace()?.bands()));
                until(self.patience, open, async |bands| {
                    let shown: BTreeSet<_> = bands.into_iter().map(|band| band.name).collect();
                    so(shown == wanted, shown)
                })
                .await
            }
            expect => self.answered(client, expect).await,
        }
    }

    async fn answered(&mut self, client: &Client, expect: Expect) -> Result<(), String> {
        match expect {
            Expect::SeenBy { kind, row, names } => {
                let id = self.row(client, kind, &row).await?;
                let wanted: BTreeSet<_> = names.into_iter().collect();
                asked(self.patience, async || {
                    let seen = client.seen_by(kind, id).await.map_err(|e| e.to_string())?;
                    let seen = seen.into_iter().filter(|one| one.current);
                    let seen: BTreeSet<_> = seen.map(|one| one.name).collect();
                    so(seen == wanted, seen)
                })
                .await
            }
            Expect::Deleted { title, by, gone } => {
                let open = || client.deleted(BAND, ALL).map(Erased::from);
                until(self.patience, open, async |all| {
                    let there = all
                        .iter()
                        .any(|one| one.title == title && fits(by.as_ref(), &one.by_name));
                    so(there != gone, all)
                })
                .await
            }
            Expect::Doctor { broken, check } => {
                asked(self.patience, async || {
                    let report = client.diagnose().await;
                    let worst = report
                        .checks
                        .iter()
                        .find(|one| one.status == doctor::CheckStatus::Broken);
                    let layer = worst.map_or(Value::Null, |one| one.layer.to_string().into());
                    let name = worst.map_or("", |one| one.name);
                    let named = check.as_ref().is_none_or(|check| check == name);
                    so(layer == broken && named, &report.checks)
                })
                .await
            }
            expect => Err(format!("nobody expects {expect:?}")),
        }
    }
}

/// The case of an enumeration, as the scenarios say it.
fn word(case: impl std::fmt::Debug) -> String {
    format!("{case:?}").to_lowercase()
}

fn session_of(now: &Status) -> &'static str {
    match now.session {
        SessionState::SignedOut => "signed_out",
        SessionState::SignedIn { .. } => "signed_in",
        SessionState::NeedsSignIn { .. } => "needs_sign_in",
    }
}

fn connection_of(now: &Status) -> &'static str {
    match now.connection {
        None | Some(ConnectionState::Off(_)) => "off",
        Some(ConnectionState::Connecting) => "connecting",
        Some(ConnectionState::Live(_)) => "live",
        Some(ConnectionState::Degraded { .. }) => "degraded",
        Some(ConnectionState::Retrying(_)) => "retrying",
        Some(ConnectionState::Stopped(_)) => "stopped",
    }
}
