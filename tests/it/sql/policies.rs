//! Who may do what: every role, every table, every operation, every function; and that the table below notices a
//! policy that was loosened.

use std::collections::BTreeSet;

use rockon_local_stack::Project;

use super::db::{Answer, Db, Refusal, Who, id, lines};
use super::grid::{GRID, Probe, ROLES};
use super::world::{
    ADMIN, MEMBER, NOBODY, OTHER, REMOVED, SECOND, VIEWER, band, other_band, world,
};

const CALLERS: [Who; 7] = [
    Who::User(id(ADMIN)),
    Who::User(id(MEMBER)),
    Who::User(id(VIEWER)),
    Who::User(id(REMOVED)),
    Who::User(id(OTHER)),
    Who::Anon,
    Who::Service,
];

/// Names in the grid's statements and what they stand for.
fn filled_in(sql: &str, caller: Who) -> String {
    let me = match caller {
        Who::User(user) => user,
        _ => id(NOBODY),
    };
    let names = [
        ("{me}", me),
        ("{admin}", id(ADMIN)),
        ("{member}", id(MEMBER)),
        ("{second}", id(SECOND)),
        ("{nobody}", id(NOBODY)),
        ("{band}", band()),
        ("{other_band}", other_band()),
        ("{row_of_admin}", id(0x501)),
        ("{row_of_member}", id(0x502)),
        ("{personal_row}", id(0x503)),
        ("{row_of_other_band}", id(0x504)),
        ("{client}", id(0xc1)),
        ("{removed}", id(REMOVED)),
        ("{invite}", id(0x506)),
    ];
    names.iter().fold(sql.to_owned(), |text, (name, value)| {
        text.replace(name, &value.to_string())
    })
}

/// One letter for what happened; see [`GRID`].
fn letter(outcome: Result<Answer, Refusal>) -> char {
    match outcome {
        Ok(answer) if *answer.counts.last().expect("a statement") > 0 => '+',
        Ok(_) => '0',
        Err(refusal) => match (refusal.code.as_str(), refusal.text.split(':').next()) {
            ("42501", _) => 'x',
            ("0A000", _) => 'f',
            ("P0001", Some("not_admin")) => 'a',
            ("P0001", Some("not_member")) => 'm',
            ("P0001", Some("last_admin")) => 'l',
            ("P0001", Some("invite_unknown")) => 'u',
            ("P0001", Some("was_removed")) => 'r',
            ("P0001", Some("hand_over")) => 'h',
            ("P0001", Some("account_gone")) => 'g',
            _ => panic!("{refusal:?}"),
        },
    }
}

/// The same rows in each table: the admin's, a member's, the other band's, and for songs and setlists a personal one.
async fn add_rows(db: &Db) {
    let (ours, theirs) = (band(), other_band());
    let people = [
        (0x501, ADMIN, ours),
        (0x502, MEMBER, ours),
        (0x504, OTHER, theirs),
    ];
    for (row, owner, scope) in people {
        let (row, me) = (id(row), id(owner));
        db.run(Who::User(me), &format!(
            "insert into public.songs (id, title, context_id, created_by) values ('{row}', 'Song', '{scope}', '{me}');
             insert into public.setlists (id, name, band_id, context_id, created_by) values ('{row}', 'Set', '{scope}', '{scope}', '{me}');
             insert into public.shows (id, name, band_id, scheduled_date, created_by) values ('{row}', 'Gig', '{scope}', now(), '{me}');
             insert into public.practice_sessions (id, type, band_id, scheduled_date) values ('{row}', 'rehearsal', '{scope}', now())"
        )).await;
    }
    let (me, own, dead, code) = (id(ADMIN), id(0x503), id(0x505), "invite-of-one");
    db.run(Who::User(me), &format!(
        "insert into public.songs (id, title, context_type, context_id, created_by) values
           ('{own}', 'Mine', 'personal', '{me}', '{me}'), ('{dead}', 'Gone', 'band', '{ours}', '{me}');
         insert into public.setlists (id, name, context_type, context_id, created_by) values ('{own}', 'Mine', 'personal', '{me}', '{me}');
         delete from public.songs where id = '{dead}';
         select public.sync_push(jsonb_build_object('client_id', '{}', 'scope', '{me}', 'acked', 0, 'mutations',
           '[{{\"n\": 1, \"kind\": \"read_mark\", \"op\": \"mark\", \"id\": \"{own}\", \"set\": {{\"scope_id\": \"{ours}\", \"row_kind\": \"song\", \"rev\": 1}}}}]'::jsonb))",
        id(0xc1)
    )).await;
    db.run(Who::Owner, &format!(
        "insert into public.invite_codes (id, band_id, code, created_by, max_uses) values ('{}', '{ours}', '{code}', '{me}', 9)",
        id(0x506)
    )).await;
}

async fn prepared() -> (Project, Db) {
    let (project, db) = world().await;
    add_rows(&db).await;
    (project, db)
}

/// Where what happens is not what the grid says: `name, role: expected, happened`.
async fn differences(db: &Db) -> Vec<String> {
    let mut found = Vec::new();
    for Probe {
        name,
        sql,
        expected,
    } in GRID
    {
        for ((caller, role), want) in CALLERS.iter().zip(ROLES).zip(expected.chars()) {
            let got = letter(db.tx(*caller, &filled_in(sql, *caller), "rollback").await);
            if got != want {
                found.push(format!("{name}, {role}: {want}, {got}"));
            }
        }
    }
    found
}

#[tokio::test]
async fn every_role_may_do_exactly_what_the_grid_says() {
    let (_project, db) = prepared().await;
    for probe in GRID {
        assert_eq!(probe.expected.len(), ROLES.len(), "{}", probe.name);
    }
    let found = differences(&db).await;
    assert!(found.is_empty(), "{}", lines(&found));
}

#[tokio::test]
async fn the_grid_names_every_table_operation_and_function() {
    let (_project, db) = prepared().await;
    let named: BTreeSet<&str> = GRID.iter().map(|probe| probe.name).collect();
    let relations = db
        .run(Who::Owner, "select c.relname, c.relkind from pg_class c
           where c.relnamespace in ('public'::regnamespace, 'sync'::regnamespace) and c.relkind in ('r', 'v', 'p', 'm', 'f')")
        .await;
    assert!(relations.rows.len() > 15, "{relations:?}");
    for row in &relations.rows {
        let table = row[0].as_deref().unwrap();
        let view = row[1].as_deref() == Some("v");
        for operation in ["select", "insert", "update", "delete"] {
            if view && operation != "select" {
                continue;
            }
            let probe = format!("{table} {operation}");
            assert!(named.contains(probe.as_str()), "the grid lacks {probe}");
        }
    }
    let functions = db
        .run(
            Who::Owner,
            "select proname from pg_proc where pronamespace = 'public'::regnamespace",
        )
        .await;
    assert_eq!(functions.rows.len(), 20);
    for row in &functions.rows {
        let probe = format!("{}()", row[0].as_deref().unwrap());
        assert!(named.contains(probe.as_str()), "the grid lacks {probe}");
    }
}

#[tokio::test]
async fn clients_may_call_only_those_definer_helpers_that_check_the_caller_themselves() {
    let (_project, db) = prepared().await;
    let granted = |role: &str| {
        format!(
            "select coalesce(string_agg(proname, ' ' order by proname), '') from pg_proc
              where pronamespace = 'sync'::regnamespace and prosecdef and has_function_privilege('{role}', oid, 'execute')"
        )
    };
    assert_eq!(
        db.one(&granted("authenticated")).await,
        "apply_mark buried_since changed_by gone_json has_moved holds_unreadable is_strict left_one_of limit_of me my_admin_scopes my_scopes my_writable_scopes note_revived push_close push_lock push_open require_user results_of revive used_since"
    );
    assert_eq!(db.one(&granted("anon")).await, "");
    let loose = db
        .one(
            "select coalesce(string_agg(p.oid::regprocedure::text, ' '), '') from pg_proc p
               where p.pronamespace in ('public'::regnamespace, 'sync'::regnamespace)
                 and p.prosecdef and not coalesce(p.proconfig @> array['search_path=pg_catalog, pg_temp'], false)",
        )
        .await;
    assert_eq!(loose, "", "definer functions without a fixed search path");
}

/// What a token still opens after its account is gone: what everybody may read, and his own emptied row.
const LEFT: [&str; 4] = [
    "users select own",
    "users update own name",
    "band_memberships select own",
    "kinds select",
];

#[tokio::test]
async fn the_token_of_a_deleted_account_opens_nothing() {
    for gone in [
        format!("delete from auth.users where id = '{}'", id(ADMIN)),
        format!(
            "update auth.users set deleted_at = now() where id = '{}'",
            id(ADMIN)
        ),
    ] {
        let (_project, db) = prepared().await;
        db.run(Who::Owner, &gone).await;
        let caller = Who::User(id(ADMIN));
        let mut opened = Vec::new();
        for Probe { name, sql, .. } in GRID {
            let outcome = db.tx(caller, &filled_in(sql, caller), "rollback").await;
            if letter(outcome) == '+' && !LEFT.contains(name) {
                opened.push(*name);
            }
        }
        assert!(opened.is_empty(), "{}", lines(&opened));
    }
}

/// A grant or policy that is wrong, the statement that takes it back, and what the grid must say of it.
const LOOSENED: [(&str, &str, &[&str]); 5] = [
    (
        "alter policy strict_update on public.songs using (sync_scope = any (array(select sync.my_scopes())))
           with check (sync_scope = any (array(select sync.my_scopes())))",
        "select sync.apply_strict_policies()",
        &["songs update, viewer: 0, x", "songs move to own space, viewer: 0, x", "songs move own to own space, viewer: 0, x",
          "songs move to other band, viewer: 0, x", "songs forge creator, viewer: 0, x", "songs forge stamps, viewer: 0, x"],
        // The right is asked for again under the locks, and sync_push asks for the role itself.
    ),
    (
        "create policy hole on public.band_memberships for insert to authenticated with check (user_id = auth.uid());
         grant insert on public.band_memberships to authenticated",
        "select sync.apply_strict_policies()",
        &[
            "band_memberships insert self as admin, other: x, +", // let himself in; the rest have a row already
            "band_memberships insert self as admin, admin: x, 0",
            "band_memberships insert self as admin, member: x, 0",
            "band_memberships insert self as admin, viewer: x, 0",
            "band_memberships insert self as admin, removed: x, 0",
        ],
    ),
    (
        "create policy hole on public.invite_codes for select to authenticated using (true)",
        "select sync.apply_strict_policies()",
        &["invite_codes select, member: 0, +", "invite_codes select, viewer: 0, +", "invite_codes select, removed: 0, +",
          "invite_codes select, other: 0, +"],
    ),
    (
        "drop trigger strict_creator on public.shows",
        "select sync.apply_strict_policies()",
        &["shows forge creator, member: 0, +"],
    ),
    (
        "grant execute on function public.sync_new_epoch() to authenticated",
        "revoke execute on function public.sync_new_epoch() from authenticated",
        &["sync_new_epoch(), admin: x, +", "sync_new_epoch(), member: x, +", "sync_new_epoch(), viewer: x, +",
          "sync_new_epoch(), removed: x, +", "sync_new_epoch(), other: x, +"],
    ),
];

#[tokio::test]
async fn the_grid_notices_whatever_is_loosened() {
    let (_project, db) = prepared().await;
    for (loosen, restore, expected) in LOOSENED {
        db.run(Who::Owner, loosen).await;
        let found: BTreeSet<String> = differences(&db).await.into_iter().collect();
        let expected: BTreeSet<String> = expected.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{loosen}");
        db.run(Who::Owner, restore).await;
    }
}
