//! What a phone tells of members, held against what happened to them: each thing once, in its order, and who did it.

use super::History;
use crate::phone::lock;
use crate::server::{Deed, Server, value};
use rockon_core::model::{Kind, Role, ScopeId, UserId};
use rockon_core::notices::{Author, MembershipEvent, NoticeBody};
use rockon_core::store::StoredNotice;
use rockon_core::store::rules::Move;

/// Who did what to whom.
type Happened = (Option<UserId>, Option<UserId>, MembershipEvent);

impl History<'_> {
    /// `is_gone`: this scope is not on the phone any more.
    pub(crate) fn check_members(
        &self,
        n: usize,
        moves: &[Move],
        feed: &[(&StoredNotice, Option<NoticeBody>)],
        is_gone: impl Fn(ScopeId) -> bool,
    ) {
        let server = lock(&self.world);
        for band in self.bands {
            let mut pulled = pulled(&server, moves, band, self.phones[n].user)
                .into_iter()
                .peekable();
            for (_, body) in feed.iter().filter(|(notice, _)| notice.scope == Some(band)) {
                let Some(told) = body.as_ref().and_then(told) else {
                    continue;
                };
                // What was not told before the scope began again may be lost.
                while let Some(next) = pulled.next_if(|next| next.as_ref() != Some(&told)) {
                    let lost = next.is_none() || pulled.clone().any(|later| later.is_none());
                    assert!(
                        lost,
                        "phone {n}: what happened to a member is not told: {next:?}"
                    );
                }
                assert!(
                    pulled.next().is_some(),
                    "phone {n}: an untrue notice: {body:?}"
                );
            }
            let rest: Vec<_> = pulled.collect();
            let all = rest
                .iter()
                .rposition(Option::is_none)
                .map_or(0, |restart| restart + 1);
            assert!(
                all == rest.len() || is_gone(band),
                "phone {n}: what happened to a member is not told: {rest:?}"
            );
        }
        let mine = feed
            .iter()
            .filter(|(notice, _)| notice.scope == Some(self.phones[n].user.into()));
        for (_, body) in mine {
            if let Some(told) = body.as_ref().and_then(told) {
                self.check_removed(&server, &told);
            }
        }
    }

    fn check_removed(&self, server: &Server, told: &Happened) {
        let mut bands = self
            .bands
            .into_iter()
            .flat_map(|band| server.deeds_in(band));
        let did = bands.any(|deed| happened(deed).as_ref() == Some(told));
        assert!(did, "an untrue notice: {told:?}");
    }
}

/// What happened to members in a band, by others; `None` = the scope began again.
fn pulled(server: &Server, moves: &[Move], band: ScopeId, me: UserId) -> Vec<Option<Happened>> {
    let mut found = Vec::new();
    for one in moves.iter().filter(|one| one.scope == band) {
        let Some(from) = one.from else {
            found.push(None);
            continue;
        };
        let deeds = server.deeds_between(band, one.epoch, (from.0, one.to.0));
        let deeds =
            deeds.filter(|(kind, _, deed)| *kind == Kind::Membership && deed.actor != Some(me));
        found.extend(deeds.filter_map(|(_, _, deed)| happened(deed)).map(Some));
    }
    found
}

fn happened(deed: &Deed) -> Option<Happened> {
    let member = value(&deed.now, "user_id").as_str()?.parse().ok();
    let event = if deed.op != "update" {
        MembershipEvent::Joined
    } else if deed.changes("status") {
        match value(&deed.now, "status").as_str() {
            Some("active") => MembershipEvent::Joined,
            _ if member == deed.actor => MembershipEvent::Left,
            _ => MembershipEvent::Removed,
        }
    } else {
        let role = Role::from(value(&deed.now, "role").as_str()?);
        MembershipEvent::Role(role)
    };
    Some((deed.actor, member, event))
}

/// What a notice says, of people with their names.
fn told(body: &NoticeBody) -> Option<Happened> {
    let NoticeBody::Membership {
        author,
        member,
        event,
        ..
    } = body
    else {
        return None;
    };
    for one in [author, member] {
        assert!(is_called(one), "an untrue notice: {one:?}");
    }
    Some((author.id, member.id, event.clone()))
}

/// Is this his name, as far as a phone knows it?
pub(crate) fn is_called(person: &Author) -> bool {
    let name = person.id.map_or("System", Server::name_of);
    [name, "Somebody", "Somebody else", "you"].contains(&person.name.as_str())
}
