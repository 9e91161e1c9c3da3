//! Every kind of writer at once: no deadlock; with locks taken in the row triggers alone there are some.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use rockon_local_stack::Project;
use serde_json::json;
use uuid::Uuid;

use super::db::{Db, Refusal, Who, id, literal};
use super::world::{ADMIN, MEMBER, NOBODY, OTHER, SECOND, VIEWER, band, join, other_band, world};

/// How long the mix runs.
const LASTS: Duration = Duration::from_secs(8);
/// The losing form ends at its first deadlock, at the latest after this.
const LOSES_WITHIN: Duration = Duration::from_secs(30);
const SONGS: u32 = 30;
/// Kinds of work, and how many connections do each.
const WORK: [(Work, usize); 9] = [
    (Work::Single, 3),
    (Work::Bulk, 1),
    (Work::Push, 2),
    (Work::Cascade, 2),
    (Work::Role, 1),
    (Work::Service, 1),
    (Work::Name, 1),
    (Work::Move, 1),
    (Work::Band, 1),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Work {
    /// Three single-row updates in any order, as three REST writes of one transaction.
    Single,
    /// One statement over every row of a band.
    Bulk,
    /// `sync_push` of five edits, moves to the other band among them.
    Push,
    /// A setlist with a show goes; its key is set null.
    Cascade,
    /// Roles, leaving and joining.
    Role,
    /// The service key: no person, rows of both bands.
    Service,
    /// A new name reaches every membership.
    Name,
    /// A song goes to the other band and back.
    Move,
    /// A band with songs comes and goes.
    Band,
}

fn any_song() -> Uuid {
    id(0x1000 + fastrand::u32(..SONGS))
}

fn update_one() -> String {
    let tempo = fastrand::u16(60..200);
    match fastrand::u8(..3) {
        0 => format!(
            "update public.setlists set notes = '{tempo}' where id = '{}'",
            id(0x2000)
        ),
        _ => format!(
            "update public.songs set tempo = {tempo} where id = '{}'",
            any_song()
        ),
    }
}

fn push_call(scope: Uuid, client: Uuid, first: u64) -> String {
    let edits: Vec<_> = (first..first + 5)
        .map(|n| {
            let target = [band(), other_band()][fastrand::usize(..2)];
            let set = match fastrand::u8(..5) {
                0 => json!({ "context_id": target }), // a move
                _ => json!({"tempo": fastrand::u16(60..200)}),
            };
            json!({"n": n, "kind": "song", "op": "update", "id": any_song(), "base_rev": 0, "set": set, "base": {}})
        })
        .collect();
    let request = json!({"client_id": client, "scope": scope, "acked": 0, "mutations": edits});
    format!("select public.sync_push({}::jsonb)", literal(&request))
}

impl Work {
    /// Somebody and what he does in one transaction.
    fn next(self, worker: usize, round: u64) -> (Who, String) {
        let people = [ADMIN, MEMBER, SECOND];
        let who = Who::User(id(people[fastrand::usize(..3)]));
        let both = [band(), other_band()];
        let scope = both[fastrand::usize(..2)];
        let fresh = Uuid::new_v4();
        match self {
            Self::Single => (who, [update_one(), update_one(), update_one()].join("; ")),
            Self::Bulk => (who, format!("update public.songs set tempo = {} where context_id = '{scope}'", fastrand::u8(60..))),
            Self::Push => {
                let client = id(0x3000 + u32::try_from(worker).expect("few"));
                (Who::User(id(MEMBER)), push_call(scope, client, round * 5 + 1))
            }
            Self::Cascade => (who, format!(
                "insert into public.setlists (id, name, band_id, created_by) values ('{fresh}', 'Set', '{scope}', auth.uid());
                 insert into public.shows (name, band_id, setlist_id, scheduled_date, created_by) values ('Gig', '{scope}', '{fresh}', now(), auth.uid());
                 update public.shows set notes = 'x' where band_id = '{scope}';
                 delete from public.setlists where id = '{fresh}'; delete from public.shows where created_by = auth.uid() and band_id = '{scope}'")),
            Self::Role => match round % 3 {
                0 => (Who::User(id(ADMIN)), format!("select public.set_member_role('{}', '{}', '{}')", band(), id(VIEWER), ["viewer", "member"][fastrand::usize(..2)])),
                1 => (Who::User(id(NOBODY)), "select public.redeem_invite('TORTURE234')".to_owned()),
                _ => (Who::User(id(NOBODY)), format!("select public.leave_band('{}')", band())),
            },
            Self::Service => (Who::Service, format!(
                "{}; update public.songs set genre = 'Rock' where sync_scope in ('{}', '{}')", update_one(), both[1], both[0])),
            Self::Name => (who, format!("update public.users set name = 'P{}' where id = auth.uid()", fastrand::u8(..))),
            Self::Move => (Who::User(id(ADMIN)), format!("update public.songs set context_id = '{scope}' where id = '{}'", any_song())),
            Self::Band => (who, format!(
                "select public.create_band('Short', '{fresh}');
                 insert into public.songs (title, context_id, created_by) values ('S', '{fresh}', auth.uid());
                 {}; select public.delete_band('{fresh}')", update_one())),
        }
    }
}

/// What became of the transactions of one kind: committed, and refused by SQLSTATE.
type Tally = BTreeMap<(Work, String), usize>;

async fn work(db: Db, kind: Work, worker: usize, until: Instant, stop_at_deadlock: bool) -> Tally {
    let mut tally = Tally::new();
    let mut round = 0;
    while Instant::now() < until {
        let (who, sql) = kind.next(worker, round);
        let code = match db.try_run(who, &sql).await {
            Ok(_) => "ok".to_owned(),
            Err(Refusal { code, .. }) => code,
        };
        let deadlock = code == "40P01";
        *tally.entry((kind, code)).or_default() += 1;
        round += 1;
        if deadlock && stop_at_deadlock {
            break;
        }
    }
    tally
}

async fn torture(project: &Project, lasts: Duration, stop_at_deadlock: bool) -> Tally {
    let until = Instant::now() + lasts;
    let mut workers = tokio::task::JoinSet::new();
    for (kind, connections) in WORK {
        for _ in 0..connections {
            let db = Db::open(project).await;
            db.client()
                .batch_execute("set deadlock_timeout = '100ms'")
                .await
                .expect("a setting");
            let worker = workers.len();
            workers.spawn(work(db, kind, worker, until, stop_at_deadlock));
        }
    }
    let mut all = Tally::new();
    while let Some(tally) = workers.join_next().await {
        for (key, count) in tally.expect("a worker") {
            *all.entry(key).or_default() += count;
        }
        if stop_at_deadlock && deadlocks(&all) > 0 {
            break; // the others end with their connections
        }
    }
    all
}

fn deadlocks(tally: &Tally) -> usize {
    tally
        .iter()
        .filter(|((_, code), _)| code == "40P01")
        .map(|(_, count)| count)
        .sum()
}

async fn stage() -> (Project, Db) {
    let (project, db) = world().await;
    for user in [ADMIN, MEMBER, SECOND] {
        join(&db, id(OTHER), other_band(), id(user)).await;
    }
    let songs: Vec<String> = (0..SONGS)
        .map(|n| {
            format!(
                "('{}', 'Song', '{}', '{}')",
                id(0x1000 + n),
                [band(), other_band()][n as usize % 2],
                id(ADMIN)
            )
        })
        .collect();
    db.run(Who::User(id(ADMIN)), &format!(
        "select public.set_member_role('{0}', '{1}', 'admin'); select public.set_member_role('{0}', '{2}', 'admin');
         insert into public.songs (id, title, context_id, created_by) values {3};
         insert into public.setlists (id, name, band_id, created_by) values ('{4}', 'Set', '{0}', '{5}')",
        band(), id(MEMBER), id(SECOND), songs.join(","), id(0x2000), id(ADMIN)
    )).await;
    // The budget of one person would keep most of these writers from ever meeting.
    db.run(
        Who::Owner,
        "update sync.limits set value = 100 where name = 'pushes_at_once'",
    )
    .await;
    db.run(Who::Owner, &format!(
        "insert into public.invite_codes (band_id, code, created_by, max_uses) values ('{}', 'TORTURE234', '{}', 1000000)", band(), id(ADMIN)
    )).await;
    (project, db)
}

#[tokio::test]
async fn writers_of_every_kind_never_deadlock() {
    let (project, _db) = stage().await;
    let tally = torture(&project, LASTS, false).await;
    assert_eq!(deadlocks(&tally), 0, "{tally:?}");
    for (kind, _) in WORK {
        assert!(
            tally.contains_key(&(kind, "ok".to_owned())),
            "{kind:?} never got through: {tally:?}"
        );
    }
    let expected = ["ok", "P0001", "42501"];
    let odd: Vec<_> = tally
        .keys()
        .filter(|(_, code)| !expected.contains(&code.as_str()))
        .collect();
    assert!(odd.is_empty(), "{tally:?}");
    eprintln!("{tally:?}");
}

#[tokio::test]
async fn with_locks_in_the_row_triggers_alone_they_do() {
    let (project, db) = stage().await;
    db.client()
        .batch_execute(
            "do $$ declare one record; begin
               for one in select tgrelid::regclass as tbl, tgname from pg_trigger where tgname = 'aa_sync_lock' loop
                 execute format('drop trigger %I on %s', one.tgname, one.tbl);
               end loop; end $$",
        )
        .await
        .expect("the statement triggers go");
    let tally = torture(&project, LOSES_WITHIN, true).await;
    assert!(deadlocks(&tally) > 0, "this load shows nothing: {tally:?}");
}
