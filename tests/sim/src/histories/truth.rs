//! What the phones tell of what became of a member's own edits, held against what the server answered and what others did;
//! and whether what asks for a choice stands as long as there is something to choose.

use std::collections::{BTreeMap, BTreeSet};

use super::History;
use crate::phone::lock;
use crate::server::{Answered, SETLISTS, Server, songs_of};
use rockon_core::model::{Kind, NoticeId, RefusalCode, RowId, ScopeId, UserId, Verb};
use rockon_core::notices::{Author, NoticeBody, PAUSE, Turn};
use rockon_core::store::{Asks, RejectedEdit, StoredNotice};

/// Why a statement is untrue.
type Untrue = String;

/// More than waits for a person.
const ALL: u32 = 10_000;

/// One of my edits, as a notice names it.
struct Mine<'a> {
    me: UserId,
    kind: Kind,
    id: RowId,
    server: &'a Server,
}

impl History<'_> {
    /// One phone reads its log; it may tell what is due, go away or come back, and be killed in the middle of it.
    pub(crate) fn listen(&mut self) {
        let n = self.ear.usize(0..self.phones.len());
        let turn = match self.ear.u32(0..20) {
            0..3 => Turn::Back,
            3..5 => Turn::Away,
            5..9 => Turn::Due,
            9 => Turn::Gig(self.ear.bool()),
            _ => Turn::Look,
        };
        let commits = (self.ear.u32(0..20) == 0).then(|| self.ear.u32(0..2));
        self.hear(n, turn, commits);
        if self.ear.u32(0..20) == 0 {
            self.phones[n].kill(self.runtime, false);
        }
    }

    /// At quiet everything is told.
    pub(crate) fn hear_the_rest(&mut self) {
        for n in 0..self.phones.len() {
            for turn in [Turn::Gig(false), Turn::Back, Turn::Due] {
                self.hear(n, turn, None);
            }
            // Nothing of it again when the program starts later.
            self.phones[n].clock.advance(PAUSE * 2);
            self.phones[n].kill(self.runtime, false);
            for turn in [Turn::Back, Turn::Due] {
                self.hear(n, turn, None);
            }
            self.check_feed(n);
            self.check_questions(n);
        }
    }

    fn hear(&mut self, n: usize, turn: Turn, commits: Option<u32>) {
        for notice in self.phones[n].told(self.runtime, turn, commits) {
            let body = NoticeBody::of(&notice);
            let Err(why) = self.check_notice(n, &notice, body.as_ref()) else {
                continue;
            };
            panic!("phone {n}: an untrue notice: {why}: {body:?}");
        }
    }

    fn check_notice(
        &self,
        n: usize,
        notice: &StoredNotice,
        body: Option<&NoticeBody>,
    ) -> Result<(), Untrue> {
        let server = lock(&self.world);
        let mine = |kind, id| Mine {
            me: self.phones[n].user,
            kind,
            id,
            server: &server,
        };
        let scope = notice.scope.ok_or("no scope")?;
        match body.ok_or("it cannot be read")? {
            NoticeBody::Rejected {
                kind,
                id,
                reason,
                verb,
                fields,
                count,
                ..
            } => {
                let mine = mine(*kind, *id);
                mine.is_refused(reason, *verb, fields)?;
                mine.are_refused(scope, reason, *verb, *count)
            }
            NoticeBody::Conflict {
                kind,
                id,
                fields,
                other,
                ..
            } => {
                let mine = mine(*kind, *id);
                mine.met(fields)?;
                mine.is_changed_by(other, fields)
            }
            NoticeBody::Crossed {
                kind,
                id,
                moved,
                fields,
                other,
                ..
            } => {
                let mine = mine(*kind, *id);
                mine.is_crossed(*moved)?;
                mine.is_changed_by(other, fields)
            }
            NoticeBody::Restored {
                kind, id, other, ..
            } => mine(*kind, *id).is_deleted_by(other),
            // Held against each other at the end, but for the last: how many edits were sent.
            NoticeBody::Changes { .. }
            | NoticeBody::Digest { .. }
            | NoticeBody::Membership { .. }
            | NoticeBody::AccountGone { .. }
            | NoticeBody::Sent { .. } => Ok(()),
        }
    }

    /// Each question that is open is asked by a notice, and each notice that asks has an open question.
    fn check_questions(&self, n: usize) {
        let read = self.phones[n].store().read(|reader| {
            Ok((
                reader.rejected_edits(ALL)?,
                reader.conflicts(ALL)?,
                reader.notices(None, ALL)?,
            ))
        });
        let (refused, conflicts, feed) = self.runtime.block_on(read).unwrap();
        let mut open = BTreeSet::new();
        let stands = |id: Option<NoticeId>, asks: &dyn Fn(&NoticeBody) -> bool| {
            let found = feed.iter().find(|one| Some(one.id) == id);
            found
                .and_then(NoticeBody::of)
                .is_some_and(|body| asks(&body))
        };
        let mut waiting: BTreeMap<NoticeId, Vec<&RejectedEdit>> = BTreeMap::new();
        for entry in &refused {
            // What went with its scope is told with the scope.
            let gone = entry.rejection.code == RefusalCode::ScopeGone;
            assert!(
                gone || entry.notice.is_some(),
                "phone {n}: a rejection is not told: {entry:?}"
            );
            if let Some(notice) = entry.notice {
                waiting.entry(notice).or_default().push(entry);
            }
        }
        for (notice, entries) in &waiting {
            let asks = |body: &NoticeBody| are_told(body, entries);
            assert!(
                stands(Some(*notice), &asks),
                "phone {n}: rejections are not told: {entries:?}"
            );
        }
        open.extend(waiting.into_keys());
        for conflict in conflicts {
            let what = &conflict.what;
            let asks = |body: &NoticeBody| match body {
                NoticeBody::Conflict { id, fields, .. } => {
                    *id == what.row && what.asks == Asks::Value && fields.contains(&what.field)
                }
                NoticeBody::Crossed { id, moved, .. } => {
                    *id == what.row && what.asks == if *moved { Asks::Move } else { Asks::Delete }
                }
                _ => false,
            };
            assert!(
                stands(conflict.notice, &asks),
                "phone {n}: a conflict is not told: {what:?}"
            );
            open.extend(conflict.notice);
        }
        for notice in feed.iter().filter(|one| !open.contains(&one.id)) {
            let body = NoticeBody::of(notice);
            let asks = matches!(
                body,
                Some(
                    NoticeBody::Rejected { .. }
                        | NoticeBody::Conflict { .. }
                        | NoticeBody::Crossed { .. }
                )
            );
            assert!(!asks, "phone {n}: a question that is settled: {body:?}");
        }
    }
}

/// Does it tell of these edits, all alike, and name one of them?
fn are_told(body: &NoticeBody, entries: &[&RejectedEdit]) -> bool {
    let NoticeBody::Rejected {
        kind,
        id,
        reason,
        verb,
        count,
        ..
    } = body
    else {
        return false;
    };
    let alike = |edit: &&RejectedEdit| {
        edit.kind == *kind && edit.rejection.code == *reason && edit.verb == *verb
    };
    entries.iter().all(alike)
        && entries.iter().any(|entry| entry.row == *id)
        && u32::try_from(entries.len()) == Ok(*count)
}

/// Was it refused for this reason? A phone that acknowledged the answer, and came back from an older backup, sends once more
/// and hears that it was refused: the server does not keep why.
fn is_refused_so(one: &Answered, reason: &RefusalCode) -> bool {
    match reason {
        RefusalCode::Unstated => one.result["verdict"] == "refused",
        reason => one.result["sqlstate"] == reason.code(),
    }
}

impl Mine<'_> {
    fn is_refused(
        &self,
        reason: &RefusalCode,
        verb: Verb,
        fields: &[String],
    ) -> Result<(), Untrue> {
        if *reason == RefusalCode::ScopeGone {
            return Ok(());
        }
        let named: BTreeSet<&String> = fields.iter().collect();
        let mut refused = self.answers(verb).filter(|one| is_refused_so(one, reason));
        let all = |names: &BTreeSet<String>| {
            verb != Verb::Changed || names.iter().eq(named.iter().copied())
        };
        let found = refused.any(|one| all(&one.names));
        found
            .then_some(())
            .ok_or_else(|| "no such edit was refused so".to_owned())
    }

    /// So many edits of things of this kind were refused so in this scope.
    fn are_refused(
        &self,
        scope: ScopeId,
        reason: &RefusalCode,
        verb: Verb,
        count: u32,
    ) -> Result<(), Untrue> {
        if *reason == RefusalCode::ScopeGone {
            return Ok(());
        }
        let alike = self.server.answers_to(self.me).filter(|one| {
            let what = (one.scope, one.row.0, one.verb);
            what == (scope, self.kind, verb) && is_refused_so(one, reason)
        });
        let all = u32::try_from(alike.count()).is_ok_and(|all| (1..=all).contains(&count));
        all.then_some(())
            .ok_or_else(|| "not so many edits were refused so".to_owned())
    }

    /// A move that found its row deleted is sent again as a return to where it was to go.
    fn is_crossed(&self, moved: bool) -> Result<(), Untrue> {
        let mut crossed = self
            .about_it()
            .filter(|one| one.result["sqlstate"] == RefusalCode::Crossed.code());
        crossed
            .any(|one| (one.verb != Verb::Deleted) == moved)
            .then_some(())
            .ok_or_else(|| "it was not answered so".to_owned())
    }

    /// Each of these fields of my edit met another value.
    fn met(&self, fields: &[String]) -> Result<(), Untrue> {
        let met = |name: &String| {
            self.about_it().any(|one| {
                let values = |part: &str| one.result[part].get(name).is_some();
                values("overwritten") || values("current")
            })
        };
        let all = !fields.is_empty() && fields.iter().all(met);
        all.then_some(())
            .ok_or_else(|| "nothing of it met another value".to_owned())
    }

    fn about_it(&self) -> impl Iterator<Item = &Answered> {
        let all = self.server.answers_to(self.me);
        all.filter(|one| one.row == (self.kind, self.id))
    }

    fn answers(&self, verb: Verb) -> impl Iterator<Item = &Answered> {
        self.about_it().filter(move |one| one.verb == verb)
    }

    /// Did this person change each of these fields?
    fn is_changed_by(&self, other: &Author, fields: &[String]) -> Result<(), Untrue> {
        self.is_another(other)?;
        let Some(other) = other.id else {
            return Ok(());
        };
        let mut names = fields.iter();
        let did = |name: &String| {
            if name == SETLISTS {
                return self.is_put_to_use_by(other);
            }
            let mut deeds = self.server.deeds_of(self.kind, self.id);
            // Who brings a row, or brings it back, brings its values.
            deeds.any(|deed| {
                let brings = matches!(deed.op, "insert" | "restore");
                deed.actor == Some(other) && (brings || deed.changes(name))
            })
        };
        match names.find(|name| !did(name)) {
            Some(name) => Err(format!("another had changed {name}")),
            None => Ok(()),
        }
    }

    fn is_put_to_use_by(&self, other: UserId) -> bool {
        let mut deeds = self.server.all_deeds();
        let names = |values| songs_of(values).any(|(_, song)| song == self.id.0);
        deeds.any(|deed| deed.actor == Some(other) && names(&deed.now) && !names(&deed.was))
    }

    fn is_deleted_by(&self, other: &Author) -> Result<(), Untrue> {
        self.is_another(other)?;
        let mut deeds = self.server.deeds_of(self.kind, self.id);
        let did = deeds.any(|deed| deed.op == "delete" && deed.actor == other.id);
        let known = did || other.id.is_none();
        known
            .then_some(())
            .ok_or_else(|| "another had deleted it".to_owned())
    }

    /// Where nobody knows who, it is somebody else.
    fn is_another(&self, other: &Author) -> Result<(), Untrue> {
        match other.id {
            Some(id) if id == self.me => Err("I did it".to_owned()),
            None if other.name != "Somebody else" => Err("a name of nobody".to_owned()),
            _ => Ok(()),
        }
    }
}
