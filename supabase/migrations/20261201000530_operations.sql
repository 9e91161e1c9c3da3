-- For whoever runs the project, second version: pruning, and a health check that costs the same at any size.
--
-- Owns and never: as `..._operations.sql`.

create or replace function sync.prune(p_keep interval default '90 days') returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
begin
  perform set_config('sync.pruning', 'yes', true);
  delete from sync.clients c where c.seen_at < now() - p_keep; -- with all their results
  with old as (
    delete from sync.results r where r.body is null and r.at < now() - p_keep returning r.client_id
  ), counted as (
    select o.client_id, count(*) as n from old o group by o.client_id
  )
  update sync.clients c set kept = greatest(c.kept - o.n, 0) from counted o where o.client_id = c.client_id;
  delete from sync.log l where l.at < now() - p_keep;
  delete from sync.band_days d where d.day < now() - p_keep;
  lock table public.sync_head in exclusive mode; -- heads before rows, here all of them
  perform set_config('sync.locked', 'all', true);
  with old as (
    delete from sync.tombstones t where t.deleted_at < now() - p_keep returning t.scope_id, t.rev
  ), marks as (
    select o.scope_id, max(o.rev) as rev, count(*) as n from old o group by o.scope_id
  ), raised as (
    update public.sync_head h set min_rev = greatest(h.min_rev, m.rev) from marks m where h.scope_id = m.scope_id
  )
  select coalesce(sum(n), 0) into gone from marks;
  perform sync.recount();
  perform sync.write_rows_between(); -- columns may have come since
  return gone;
end $$;
comment on function sync.prune(interval) is
  'Drops what is older than this: tombstones with their images, log entries, acknowledged results, devices that were not seen (with everything kept for them), counts of bands made. Counts what each scope holds. Returns how many tombstones. A cursor below min_rev then starts again. Columns that came since then travel without the spared ones from now on. Scheduled daily where pg_cron is enabled; otherwise call it now and then. The space is free for new rows; only VACUUM FULL gives it back to the disk.';

create or replace function public.sync_health() returns json
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  mine uuid[];
  lost bigint;
begin
  perform sync.require_user();
  mine := array(select sync.my_scopes());
  select sum(x.n) into lost from (
    select count(*) as n from (select from public.songs t where t.sync_scope is null order by t.id limit 1000) s
    union all select count(*) from (select from public.setlists t where t.sync_scope is null order by t.id limit 1000) s
    union all select count(*) from unnest(mine) m (scope) join public.sync_head h on h.scope_id = m.scope
      cross join lateral (select from public.songs t where t.sync_scope = m.scope and t.sync_rev > h.rev order by t.sync_scope, t.sync_rev limit 1000) s
    union all select count(*) from unnest(mine) m (scope) join public.sync_head h on h.scope_id = m.scope
      cross join lateral (select from public.setlists t where t.sync_scope = m.scope and t.sync_rev > h.rev order by t.sync_scope, t.sync_rev limit 1000) s) x;
  return json_build_object(
    'schema_version', (select m.value::integer from sync.meta m where m.key = 'schema_version'),
    'epochs_ok', not exists (select from unnest(mine) s where not exists (select from public.sync_head h where h.scope_id = s)),
    'publication', exists (select from pg_catalog.pg_publication_tables p where p.pubname = 'supabase_realtime'
                            and p.schemaname = 'public' and p.tablename = 'sync_head'),
    'private_broadcast', to_regprocedure('realtime.send(jsonb,text,text,boolean)') is not null
      and exists (select from pg_catalog.pg_policies p where p.schemaname = 'realtime' and p.tablename = 'messages'
                   and p.policyname = 'sync_members_listen'),
    'policies', case when sync.is_strict() and not exists (select from pg_catalog.pg_policies p
        where p.schemaname = 'public' and p.policyname not like 'strict\_%' and p.tablename in ('users', 'bands',
          'band_memberships', 'invite_codes', 'songs', 'setlists', 'shows', 'practice_sessions')) then 'strict' else 'other' end,
    'orphans', lost,
    'server_time', now());
end $$;
comment on function public.sync_health() is
  'What the doctor asks for. orphans = rows of anybody without a scope, and rows of the caller''s scopes above their head; counted by indexes, up to 1,000 of each, so the answer costs the same at any size.';

update sync.meta set value = '2' where key = 'schema_version';
