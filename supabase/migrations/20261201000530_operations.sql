-- For whoever runs the project, second version: pruning, and a health check that costs the same at any size.
--
-- Owns and never: as `..._operations.sql`.

create or replace function sync.prune(p_keep interval default '90 days') returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
  scopes uuid[];
  revs bigint[];
begin
  perform set_config('sync.pruning', 'yes', true);
  delete from sync.clients c where c.seen_at < now() - p_keep; -- with all their results
  with old as (
    delete from sync.results r where r.body is null and r.at < now() - p_keep returning r.client_id
  ), counted as (
    select o.client_id, count(*) as n from old o group by o.client_id
  )
  update sync.clients c set kept = greatest(c.kept - o.n, 0) from counted o where o.client_id = c.client_id;
  with old as (
    delete from sync.log l where l.at < now() - p_keep returning l.scope_id, l.rev
  ), marks as (
    select o.scope_id, max(o.rev) as rev from old o group by o.scope_id
  )
  select array_agg(m.scope_id), array_agg(m.rev) into scopes, revs from marks m;
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
  update public.sync_head h set min_rev = m.rev from unnest(scopes, revs) m (scope_id, rev) where h.scope_id = m.scope_id and h.min_rev < m.rev;
  perform sync.recount();
  perform sync.write_rows_between(); -- columns may have come since
  return gone;
end $$;
comment on function sync.prune(interval) is
  'Drops what is older than this: tombstones with their images, log entries, acknowledged results, devices that were not seen (with everything kept for them), counts of bands made. Counts what each scope holds. Returns how many tombstones. A cursor below min_rev, the newest of what is gone, then starts again: without the log nobody could tell it who changed what. Columns that came since then travel without the spared ones from now on. Scheduled daily where pg_cron is enabled; otherwise call it now and then. The space is free for new rows; only VACUUM FULL gives it back to the disk.';

create function sync.left_accounts() returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select a.id from sync.ended_accounts e join auth.users a on a.id = e.user_id where to_jsonb(a) ->> 'deleted_at' is null;
end $$;
comment on function sync.left_accounts() is 'Accounts that ended here and can still sign in.';
revoke execute on function sync.left_accounts() from public, anon, authenticated;
grant execute on function sync.left_accounts() to service_role;

create or replace view sync.audit with (security_invoker = true) as
select r.kind, r.id, r.sync_scope, r.sync_rev, h.rev as head,
       case when r.sync_scope is null then 'no scope: its context is no id'
            when r.sync_scope is distinct from r.wanted then 'scope differs from the content: written without triggers'
            when h.scope_id is null then 'its scope has no head'
            when r.sync_rev > h.rev then 'revision above the head: restored or copied without sync_new_epoch()'
            when not r.alive then 'its band or person does not exist'
       end as fault
  from (
    select 'band' as kind, t.id, t.sync_scope, t.sync_rev, t.id as wanted, true as alive from public.bands t
    union all
    select 'membership', t.id, t.sync_scope, t.sync_rev, t.band_id, true from public.band_memberships t
    union all
    select 'song', t.id, t.sync_scope, t.sync_rev, sync.to_uuid(t.context_id),
           exists (select from public.bands b where b.id = t.sync_scope) or exists (select from public.users u where u.id = t.sync_scope)
      from public.songs t
    union all
    select 'setlist', t.id, t.sync_scope, t.sync_rev,
           case when t.context_type = 'personal' then sync.to_uuid(t.context_id) else t.band_id end,
           exists (select from public.bands b where b.id = t.sync_scope) or exists (select from public.users u where u.id = t.sync_scope)
      from public.setlists t
    union all
    select 'show', t.id, t.sync_scope, t.sync_rev, t.band_id, true from public.shows t
    union all
    select 'practice', t.id, t.sync_scope, t.sync_rev, t.band_id, true from public.practice_sessions t
    union all
    select 'read_mark', t.id, t.sync_scope, t.sync_rev, t.user_id, true from public.read_marks t
  ) r left join public.sync_head h on h.scope_id = r.sync_scope
 where r.sync_scope is null or r.sync_scope is distinct from r.wanted or h.scope_id is null or r.sync_rev > h.rev or not r.alive
union all
select 'account', l.id, l.id, 0, 0, 'ended, but its auth user is still there: delete it in the dashboard' from sync.left_accounts() l (id);
comment on view sync.audit is 'Rows that do not sync, and why, and accounts that ended whose auth user could not be deleted. Empty is right. Run it nightly as the owner; a row that any update touches through the triggers is mended.';

create or replace function public.sync_new_epoch() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gap constant bigint := 1000000;
  done integer;
  one sync.kinds;
begin
  lock table public.sync_head in exclusive mode;
  perform set_config('sync.locked', 'all', true);
  for one in select * from sync.kinds loop -- heads may be older than the rows
    execute format('update public.sync_head h set rev = m.rev from (select sync_scope, max(sync_rev) as rev from public.%I
      where sync_scope is not null group by sync_scope) m where h.scope_id = m.sync_scope and h.rev < m.rev', one.tbl);
  end loop;
  insert into public.sync_head (scope_id)
  select b.id from public.bands b union select u.id from public.users u on conflict do nothing;
  -- Above all that was given out after the backup was made: what an edit that is on its way had seen is of that life, and must
  -- not pass for having seen this one.
  update public.sync_head h set rev = h.rev + gap where h.scope_id is not null;
  done := sync.restart_all();
  -- After it, so that the marks' stamps find the revision of their scope made and announced. It is the gap and one above what was there.
  update public.read_marks m set rev = least(m.rev, h.rev - gap - 1), seen_rev = least(m.seen_rev, h.rev - gap - 1)
    from public.sync_head h where h.scope_id = m.mark_scope and greatest(m.rev, m.seen_rev) > h.rev - gap - 1;
  perform sync.find_uses();
  perform sync.recount();
  return done;
end $$;
comment on function public.sync_new_epoch() is
  'Run once after any restore: heads are lifted to their rows, and 1,000,000 above them, read marks are cut to the heads, what scopes hold and what points to what is counted again, every scope gets a new epoch, so every device reads again from the beginning. Service role only. Returns the number of scopes.';

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

create function public.sync_echo() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  head public.sync_head;
begin
  update public.sync_head h set rev = h.rev where h.scope_id = sync.require_user() returning * into head;
  if not found then
    return false; -- nothing of this person's has ever moved
  end if;
  perform sync.send_hint(head.scope_id, head.rev, head.epoch);
  return true;
end $$;
comment on function public.sync_echo() is
  'Announces the caller''s own scope once more, as it stands, on both lanes: by broadcast and as a change of sync_head that changes nothing. For the doctor, who waits for it: a lane that is joined and silent shows in no other way. False where there is nothing to announce yet.';

revoke execute on function public.sync_echo() from public, anon, authenticated;
grant execute on function public.sync_echo() to authenticated;

update sync.meta set value = '2' where key = 'schema_version';
