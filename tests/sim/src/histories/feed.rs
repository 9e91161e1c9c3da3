//! The feed of a phone, held against what people did in what it has pulled: every change of another person is told once.
//!
//! What one person did in one scope is a row of deeds; the notices about him there, in their order, must cut it into pieces,
//! each notice saying what its piece is together ([`Fold`]). Pieces of which nothing is left are not told. Where a scope
//! began again on the phone, what was not told by then may be lost.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::History;
use super::fold::Fold;
use super::members::is_called;
use crate::phone::lock;
use crate::server::{Placed, Server, value};
use rockon_core::model::{Kind, RowId, ScopeId, UserId};
use rockon_core::notices::{Author, NoticeBody, RowChange};
use rockon_core::store::rules::Move;

/// More than a feed has.
const ALL: u32 = 10_000;

/// Whose changes, where.
type Whose = (ScopeId, Option<UserId>);

/// What a notice tells of one person.
#[derive(Debug, Clone, Copy)]
struct Told<'a> {
    rows: &'a [RowChange],
    count: u32,
}

/// One after the other, as a phone pulled it.
#[derive(Debug, Clone, Copy)]
enum Pulled<'a> {
    Deed(Placed<'a>),
    /// The scope began again.
    Restart,
}

/// What one person did in one scope, as far as a phone must tell it.
struct Deeds<'a> {
    pulled: Vec<Pulled<'a>>,
    /// What a row was called.
    called: &'a dyn Fn(&RowChange) -> bool,
}

impl History<'_> {
    /// Everything must be told by now.
    pub(crate) fn check_feed(&self, n: usize) {
        let read = self.phones[n].store().read(|reader| {
            let scopes = reader.scopes()?.into_iter().map(|scope| scope.id);
            let scopes: BTreeSet<ScopeId> = scopes.collect();
            Ok((reader.moves()?, reader.notices(None, ALL)?, scopes))
        });
        let (moves, feed, scopes) = self.runtime.block_on(read).unwrap();
        let bodies: Vec<_> = feed
            .iter()
            .rev()
            .map(|one| (one, NoticeBody::of(one)))
            .collect();
        let mut told: BTreeMap<Whose, Vec<Told<'_>>> = BTreeMap::new();
        for (notice, body) in &bodies {
            for (author, one) in entries(body.as_ref()) {
                assert!(is_called(author), "phone {n}: an untrue notice: {author:?}");
                let whose = (notice.scope.unwrap(), author.id);
                told.entry(whose).or_default().push(one);
            }
        }
        self.check_members(n, &moves, &bodies, |scope| !scopes.contains(&scope));
        let server = lock(&self.world);
        let called = |row: &RowChange| self.is_called(row.kind, row.id, &row.title);
        let mut done = pulled(&server, &moves);
        for whose in told.keys() {
            done.entry(*whose).or_default();
        }
        for ((scope, author), pulled) in done {
            let none = Vec::new();
            let told = told.get(&(scope, author)).unwrap_or(&none);
            let of_mine = author == Some(self.phones[n].user);
            let pulled = if of_mine { Vec::new() } else { pulled };
            let called = &called;
            let deeds = Deeds { pulled, called };
            if let Err(why) = deeds.check(told, !scopes.contains(&scope)) {
                panic!("phone {n}: {why} in {scope} by {author:?}");
            }
        }
    }

    /// Was the row ever called so, anywhere? It may be gone.
    fn is_called(&self, kind: Kind, id: RowId, title: &str) -> bool {
        title.is_empty() || kind == Kind::Practice || self.titles.contains(&(id, title.to_owned()))
    }
}

/// What a notice tells of each person.
fn entries(body: Option<&NoticeBody>) -> Vec<(&Author, Told<'_>)> {
    match body {
        Some(NoticeBody::Changes {
            author,
            rows,
            count,
        }) => vec![(
            author,
            Told {
                rows,
                count: *count,
            },
        )],
        Some(NoticeBody::Digest { people }) => {
            let told = people.iter().map(|one| Told {
                rows: &one.rows,
                count: one.count,
            });
            people.iter().map(|one| &one.author).zip(told).collect()
        }
        _ => Vec::new(),
    }
}

/// What everybody did, by scope and person.
fn pulled<'a>(server: &'a Server, moves: &[Move]) -> BTreeMap<Whose, Vec<Pulled<'a>>> {
    let mut found: BTreeMap<Whose, Vec<Pulled<'a>>> = BTreeMap::new();
    for one in moves {
        let Some(from) = one.from else {
            let known = found
                .iter_mut()
                .filter(|((scope, _), _)| *scope == one.scope);
            known.for_each(|(_, pulled)| pulled.push(Pulled::Restart));
            continue;
        };
        for deed in server.deeds_between(one.scope, one.epoch, (from.0, one.to.0)) {
            if Kind::CONTENT.contains(&deed.0) {
                let whose = (one.scope, deed.2.actor);
                found.entry(whose).or_default().push(Pulled::Deed(deed));
            }
        }
    }
    found
}

impl Deeds<'_> {
    /// Do these notices tell it, in their order, and all of it? `is_gone`: the scope is not there any more, and what was not
    /// told may be lost with it.
    fn check(&self, told: &[Told<'_>], is_gone: bool) -> Result<(), String> {
        let mut places = self.silently(BTreeSet::from([0]));
        for one in told {
            let next = self.after(&places, *one);
            if next.is_empty() {
                let told =
                    |places: RangeInclusive<usize>| !self.after(&places.collect(), *one).is_empty();
                let first = places.first().copied().unwrap_or_default();
                let what = if told(first..=self.pulled.len()) {
                    "a change is not told"
                } else if told(0..=first) {
                    "a notice told again"
                } else {
                    "an untrue notice"
                };
                return Err(format!("{what}: {one:?}, {}", self.shown(&places)));
            }
            places = self.silently(next);
        }
        if is_gone || places.contains(&self.pulled.len()) {
            return Ok(());
        }
        Err(format!("a change is not told: {}", self.shown(&places)))
    }

    /// For whoever looks into it.
    fn shown(&self, places: &BTreeSet<usize>) -> String {
        let one = |one: &Pulled<'_>| match one {
            Pulled::Restart => "restart".to_owned(),
            Pulled::Deed((kind, id, deed)) => {
                let pair = |name: &String| {
                    (
                        name.clone(),
                        value(&deed.was, name).clone(),
                        value(&deed.now, name).clone(),
                    )
                };
                let changed: Vec<_> = deed.changed().map(pair).collect();
                format!("{} {kind} {id} {changed:?}", deed.op)
            }
        };
        let deeds: Vec<String> = self.pulled.iter().map(one).collect();
        format!("at {places:?} of {deeds:#?}")
    }

    /// Where one may stand after this notice.
    fn after(&self, places: &BTreeSet<usize>, told: Told<'_>) -> BTreeSet<usize> {
        let says = |fold: &Fold| fold.is_said(told.rows, told.count, self.called);
        self.walk(places, &says)
    }

    /// Where one may stand after these places without a notice.
    fn silently(&self, places: BTreeSet<usize>) -> BTreeSet<usize> {
        let mut all = places.clone();
        let mut fresh = places;
        while !fresh.is_empty() {
            let mut next = self.walk(&fresh, &Fold::may_be_silent);
            next.extend(fresh.iter().filter_map(|at| self.restart_after(*at)));
            fresh = next.difference(&all).copied().collect();
            all.extend(&fresh);
        }
        all
    }

    fn walk(&self, places: &BTreeSet<usize>, says: &dyn Fn(&Fold) -> bool) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for at in places {
            self.walk_from(*at, Fold::default(), says, &mut found);
        }
        found
    }

    /// Every end of a piece that begins here. A piece may go on where the scope began again, and leave out what was before.
    fn walk_from(
        &self,
        mut at: usize,
        mut fold: Fold,
        says: &dyn Fn(&Fold) -> bool,
        found: &mut BTreeSet<usize>,
    ) {
        loop {
            if let Some(restart) = self.restart_after(at) {
                self.walk_from(restart, fold.clone(), says, found);
            }
            let Some(Pulled::Deed(deed)) = self.pulled.get(at) else {
                return;
            };
            fold.add(*deed);
            at += 1;
            if says(&fold) {
                found.insert(at);
            }
        }
    }

    /// The place after the next beginning of the scope.
    fn restart_after(&self, at: usize) -> Option<usize> {
        let mut rest = self.pulled.iter().enumerate().skip(at);
        rest.find(|(_, one)| matches!(one, Pulled::Restart))
            .map(|(at, _)| at + 1)
    }
}
