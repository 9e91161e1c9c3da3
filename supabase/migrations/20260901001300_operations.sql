-- For whoever runs the project: audit, pruning, a new epoch, health. And the grants on all functions.
--
-- Owns: what is done rarely and by hand, by a schedule, or by the doctor.

create view sync.audit with (security_invoker = true) as
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
 where r.sync_scope is null or r.sync_scope is distinct from r.wanted or h.scope_id is null or r.sync_rev > h.rev or not r.alive;
comment on view sync.audit is 'Rows that do not sync, and why. Empty is right. Run it nightly as the owner; a row that any update touches through the triggers is mended.';

create function sync.prune(p_keep interval default '90 days') returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  gone bigint;
begin
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
  delete from sync.log l where l.at < now() - p_keep;
  delete from sync.results r where r.body is null and r.at < now() - p_keep;
  perform sync.write_rows_between(); -- columns may have come since
  return gone;
end $$;
comment on function sync.prune(interval) is
  'Drops tombstones (with their images), log entries and acknowledged results older than this; returns how many tombstones. A cursor below min_rev then starts again. Columns that came since then travel without the spared ones from now on. Scheduled daily where pg_cron is enabled; otherwise call it now and then.';

create function public.sync_new_epoch() returns integer
language plpgsql security definer set search_path = '' as $$
declare
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
  done := sync.restart_all();
  -- After it, so that the marks' stamps find the revision of their scope made and announced. It is one above what was there.
  update public.read_marks m set rev = least(m.rev, h.rev - 1), seen_rev = least(m.seen_rev, h.rev - 1)
    from public.sync_head h where h.scope_id = m.mark_scope and greatest(m.rev, m.seen_rev) > h.rev - 1;
  return done;
end $$;
comment on function public.sync_new_epoch() is
  'Run once after any restore: heads are lifted to their rows, read marks are cut to the heads, every scope gets a new epoch, so every device reads again from the beginning. Service role only. Returns the number of scopes.';

create function public.sync_health() returns json
language plpgsql stable security definer set search_path = '' as $$
declare
  mine uuid[];
  lost bigint;
begin
  perform sync.require_user();
  mine := array(select sync.my_scopes());
  select sum(n) into lost from (
    select count(*) as n from public.songs where sync_scope is null
    union all select count(*) from public.setlists where sync_scope is null
    union all select count(*) from public.songs t join public.sync_head h on h.scope_id = t.sync_scope
      where t.sync_scope = any (mine) and t.sync_rev > h.rev
    union all select count(*) from public.setlists t join public.sync_head h on h.scope_id = t.sync_scope
      where t.sync_scope = any (mine) and t.sync_rev > h.rev) x;
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
comment on function public.sync_health() is 'What the doctor asks for. orphans = rows of anybody without a scope, and rows of the caller''s scopes above their head.';

insert into sync.meta values ('schema_version', '1');

do $schedule$
begin
  if to_regprocedure('cron.schedule(text,text,text)') is not null then
    perform cron.schedule('rock-on sync prune', '17 4 * * *', 'select sync.prune()');
  end if;
exception when others then
  raise warning 'daily pruning was not scheduled (%)', sqlstate;
end $schedule$;

-- Grants: nothing in `sync` is anybody's by default; only what runs with the caller's own rights is granted.
revoke execute on all functions in schema sync from public, anon, authenticated;
grant execute on function sync.to_uuid(text), sync.my_scopes(), sync.my_writable_scopes(), sync.my_admin_scopes(),
  sync.bounds_of(sync.place), sync.find_page_end(uuid, sync.place, bigint, integer, bigint, boolean),
  sync.is_too_large(integer), sync.is_cut(jsonb), sync.shortened(jsonb), sync.shortened_between(text, uuid, sync.place, sync.place, text[]),
  sync.columns_now(), sync.rows_between(uuid, sync.place, sync.place, boolean), sync.tombstones_between(uuid, sync.place, sync.place, bigint),
  sync.log_between(uuid, sync.place, sync.place, bigint), sync.plan_page(jsonb, integer, bigint, boolean), sync.list_page(uuid),
  sync.head_of(uuid), sync.gone_json(uuid),
  sync.results_of(uuid), sync.refuse(text, text), sync.current_row(sync.kinds, uuid, uuid), sync.typed(sync.kinds, jsonb),
  sync.settable(sync.kinds, jsonb, boolean), sync.with_context(sync.kinds, jsonb), sync.in_scope(sync.kinds, uuid, jsonb),
  sync.changed_by(uuid, smallint, uuid, bigint), sync.rev_now(uuid), sync.write_row(sync.kinds, uuid, uuid, jsonb),
  sync.add_row(sync.kinds, uuid, jsonb), sync.apply_update(sync.kinds, uuid, uuid, jsonb, jsonb, jsonb),
  sync.revive(sync.kinds, uuid, uuid, jsonb), sync.apply_insert(sync.kinds, uuid, uuid, jsonb),
  sync.apply_delete(sync.kinds, uuid, uuid, jsonb), sync.apply_mark(uuid, uuid, jsonb), sync.apply(uuid, sync.kinds, jsonb),
  sync.blank_result(), sync.push_open(uuid, bigint, jsonb), sync.push_lock(uuid, boolean), sync.push_close(uuid, jsonb, jsonb),
  sync.field_at_fault(sync.kinds, jsonb, text), sync.reason_of(text), sync.push_one(uuid, boolean, jsonb),
  sync.push_check(jsonb) to authenticated;
grant select on sync.audit to service_role;
grant execute on function sync.lock_scopes(uuid[]), sync.prune(interval), sync.to_uuid(text) to service_role;

revoke execute on function public.sync_pull(jsonb), public.sync_push(jsonb), public.create_band(text, uuid),
  public.delete_band(uuid), public.create_invite(uuid, integer, integer), public.redeem_invite(text),
  public.set_member_role(uuid, uuid, text), public.remove_member(uuid, uuid), public.leave_band(uuid),
  public.set_share_seen(uuid, boolean), public.seen_by(text, uuid), public.sync_health(), public.sync_new_epoch()
  from public, anon, authenticated;
grant execute on function public.sync_pull(jsonb), public.sync_push(jsonb), public.create_band(text, uuid),
  public.delete_band(uuid), public.create_invite(uuid, integer, integer), public.redeem_invite(text),
  public.set_member_role(uuid, uuid, text), public.remove_member(uuid, uuid), public.leave_band(uuid),
  public.set_share_seen(uuid, boolean), public.seen_by(text, uuid), public.sync_health() to authenticated;
grant execute on function public.sync_new_epoch() to service_role;

notify pgrst, 'reload schema';
