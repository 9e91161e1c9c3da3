//! What a client can call: with which names our functions work, and how each that runs as the owner checks its caller.

use super::db::{Db, Who, id, lines};
use super::push::add_song;
use super::world::{ADMIN, NOBODY, band, world};

/// Every function that runs as its owner and that a signed-in person may call, how he would misuse it about a band that
/// is not his, and what he gets: a value, or an SQLSTATE.
const DEFINERS: [(&str, &str, &str); 38] = [
    (
        "public.create_band",
        "public.create_band('Mine') is not null",
        "true",
    ),
    (
        "public.create_invite",
        "public.create_invite('{band}')",
        "P0001",
    ),
    (
        "public.delete_account",
        "public.delete_account() ->> 'sign_in'",
        "deleted",
    ),
    (
        "public.delete_band",
        "public.delete_band('{band}')",
        "P0001",
    ),
    ("public.leave_band", "public.leave_band('{band}')", "P0001"),
    (
        "public.list_invites",
        "public.list_invites('{band}')",
        "P0001",
    ),
    ("public.my_name", "public.my_name()", "P7"),
    (
        "public.redeem_invite",
        "public.redeem_invite('NOSUCHCODE') ->> 'band'",
        "null",
    ),
    (
        "public.remove_member",
        "public.remove_member('{band}', '{admin}')",
        "P0001",
    ),
    (
        "public.revoke_invite",
        "public.revoke_invite('{invite}')",
        "P0001",
    ),
    (
        "public.seen_by",
        "public.seen_by('setlist', '{song}')",
        "P0001",
    ),
    (
        "public.set_member_role",
        "public.set_member_role('{band}', auth.uid(), 'admin')",
        "P0001",
    ),
    ("public.set_name", "public.set_name('Me')", "Me"),
    (
        "public.set_share_seen",
        "public.set_share_seen('{band}', true)",
        "P0001",
    ),
    ("public.sync_echo", "public.sync_echo()", "true"),
    (
        "public.sync_health",
        "(public.sync_health() ->> 'orphans')",
        "0",
    ),
    (
        "public.sync_deleted",
        "public.sync_deleted('{band}')",
        "P0001",
    ),
    (
        "sync.holds_unreadable",
        "sync.holds_unreadable('{band}', 0, 99)",
        "false",
    ),
    (
        "sync.note_revived",
        "sync.note_revived('{band}', 2::smallint, '{dead}')",
        "",
    ),
    (
        "sync.apply_mark",
        "sync.apply_mark(auth.uid(), '{song}', '{\"scope_id\": \"{band}\", \"row_kind\": \"song\", \"rev\": 1}')",
        "42501",
    ),
    (
        "sync.changed_by",
        "sync.changed_by('{band}', 2::smallint, '{song}', 0)",
        "[]",
    ),
    (
        "sync.gone_json",
        "sync.gone_json('{band}') ->> 'by_name'",
        "null",
    ),
    (
        "sync.buried_since",
        "(select count(*) from sync.buried_since('{band}', array['{dead}']::uuid[], 0))",
        "0",
    ),
    (
        "sync.has_moved",
        "sync.has_moved((select k from sync.kinds k where k.kind = 'song'), '{band}', '{dead}')",
        "false",
    ),
    ("sync.is_strict", "sync.is_strict()", "true"),
    (
        "sync.left_one_of",
        "sync.left_one_of(array['{band}']::uuid[])",
        "false",
    ),
    (
        "sync.used_since",
        "sync.used_since('{band}', '{song}', -1)",
        "[]",
    ),
    ("sync.limit_of", "sync.limit_of('scope_rows')", "100000"),
    ("sync.me", "sync.me() = auth.uid()", "true"),
    (
        "sync.my_admin_scopes",
        "array(select sync.my_admin_scopes()) = array[auth.uid()]",
        "true",
    ),
    (
        "sync.my_scopes",
        "array(select sync.my_scopes()) = array[auth.uid()]",
        "true",
    ),
    (
        "sync.my_writable_scopes",
        "array(select sync.my_writable_scopes()) = array[auth.uid()]",
        "true",
    ),
    (
        "sync.push_close",
        "sync.push_close('{client}', '[{\"n\": 9}]', '[{\"n\": 9, \"verdict\": \"applied\", \"rev\": 1}]')",
        "",
    ),
    ("sync.push_lock", "sync.push_lock('{band}', '[]')", "false"),
    (
        "sync.push_open",
        "sync.push_open('{client}', 0, '[]')",
        "{\"reset\": true}",
    ),
    (
        "sync.require_user",
        "sync.require_user() = auth.uid()",
        "true",
    ),
    ("sync.results_of", "sync.results_of('{client}')", "[]"),
    (
        "sync.revive",
        "sync.revive((select k from sync.kinds k where k.kind = 'song'), '{band}', '{dead}', '{}')",
        "42501",
    ),
];

/// Functions of ours, by a condition on their row in the catalogue.
async fn functions(db: &Db, condition: &str) -> Vec<String> {
    let sql = format!(
        "select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
          where n.nspname in ('public', 'sync') and p.prokind = 'f' and {condition} order by 1"
    );
    let rows = db.run(Who::Owner, &sql).await.rows;
    rows.into_iter()
        .map(|row| row[0].clone().expect("a name"))
        .collect()
}

#[tokio::test]
async fn no_function_of_ours_looks_into_the_callers_temporary_schema_first() {
    let (_project, db) = world().await;
    let loose = functions(
        &db,
        "(p.prosecdef or p.proconfig is not null)
           and not coalesce(p.proconfig @> array['search_path=pg_catalog, pg_temp'], false)",
    )
    .await;
    assert!(loose.is_empty(), "{}", lines(&loose));
    db.client()
        .batch_execute(
            "create function pg_temp.evil(v text) returns boolean language plpgsql as
               $$ begin if current_user <> 'authenticated' then raise exception 'runs as %', current_user; end if; return true; end $$;
             create domain pg_temp.text as pg_catalog.text check (pg_temp.evil(value));
             create domain pg_temp.jsonb as pg_catalog.jsonb check (pg_temp.evil(value::pg_catalog.text));
             create domain pg_temp.uuid as pg_catalog.uuid check (pg_temp.evil(value::pg_catalog.text));
             create domain pg_temp.bigint as pg_catalog.int8 check (pg_temp.evil(value::pg_catalog.text))",
        )
        .await
        .expect("a trap");
    let calls = format!(
        "select public.create_band('x'); select public.create_invite('{0}'); select public.sync_health();
         insert into public.songs (title, context_id, created_by) values ('x', '{0}', '{1}');
         update public.songs set key = 'A', notes = 'x'; delete from public.songs;
         select public.sync_pull('{{\"scopes\": []}}')",
        band(),
        id(ADMIN)
    );
    db.run(Who::User(id(ADMIN)), &calls).await;
}

#[tokio::test]
async fn every_function_that_runs_as_the_owner_checks_who_calls() {
    let (_project, db) = world().await;
    assert_eq!(
        functions(
            &db,
            "has_function_privilege('anon', p.oid, 'execute') and p.prosecdef"
        )
        .await,
        Vec::<String>::new()
    );
    let open = functions(
        &db,
        "p.prosecdef and has_function_privilege('authenticated', p.oid, 'execute')",
    )
    .await;
    let mut told: Vec<_> = DEFINERS
        .iter()
        .map(|(name, ..)| (*name).to_owned())
        .collect();
    told.sort();
    assert_eq!(open, told, "each has its line in the table above");
    add_song(&db, ADMIN, id(1), "Theirs").await;
    add_song(&db, ADMIN, id(2), "Deleted").await;
    db.run(
        Who::User(id(ADMIN)),
        &format!("delete from public.songs where id = '{}'", id(2)),
    )
    .await;
    let client = db.one("select client_id from sync.clients limit 1").await;
    let invite = format!("select public.create_invite('{}')", band());
    db.run(Who::User(id(ADMIN)), &invite).await;
    let invite = db
        .one("select id from public.invite_codes where is_active limit 1")
        .await;
    for (name, call, wanted) in DEFINERS {
        let call = [
            ("{band}", band().to_string()),
            ("{admin}", id(ADMIN).to_string()),
            ("{song}", id(1).to_string()),
            ("{dead}", id(2).to_string()),
            ("{client}", client.clone()),
            ("{invite}", invite.clone()),
        ]
        .iter()
        .fold(call.to_owned(), |call, (mark, value)| {
            call.replace(mark, value)
        });
        let got = match db
            .tx(
                Who::User(id(NOBODY)),
                &format!("select coalesce(({call})::text, 'null')"),
                "rollback",
            )
            .await
        {
            Ok(answer) => answer.value().replace("\"gone\"", ""),
            Err(refusal) => refusal.code,
        };
        let got = match got.as_str() {
            "t" => "true".to_owned(),
            "f" => "false".to_owned(),
            _ => got,
        };
        assert_eq!(got, wanted, "{name}: {call}");
    }
}
