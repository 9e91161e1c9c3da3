-- Heads, second version: who locks what, what is asked again under the locks, how a transaction remembers its revisions.
--
-- Owns and never: as `..._sync_revisions.sql`.

create function sync.revs_slot(p_scope uuid) returns text
language sql immutable parallel safe as $$
  select 'sync.revs_' || (uuid_hash(p_scope) & 255)
$$;
comment on function sync.revs_slot(uuid) is 'The setting that holds this scope''s revision.';

create or replace function sync.rev_now(p_scope uuid) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(nullif(split_part(split_part(current_setting(sync.revs_slot(p_scope), true), ';' || p_scope || '=', 2), ';', 1), '')::bigint, 0)
$$;
comment on function sync.rev_now(uuid) is 'The revision this transaction has made in a scope, 0 if none.';

create or replace function sync.bump(p_scope uuid) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  slot text := sync.revs_slot(p_scope);
  seen text := coalesce(current_setting(slot, true), '');
  place integer := strpos(seen, ';' || p_scope || '=');
  head public.sync_head;
begin
  if place > 0 then
    return split_part(substr(seen, place + 38), ';', 1)::bigint;
  end if;
  update public.sync_head set rev = rev + 1 where scope_id = p_scope returning * into head;
  if not found then
    insert into public.sync_head as h (scope_id, rev) values (p_scope, 1)
    on conflict (scope_id) do update set rev = h.rev + 1
    returning * into head;
  end if;
  perform set_config(slot, seen || ';' || p_scope || '=' || head.rev, true);
  perform sync.send_hint(p_scope, head.rev, head.epoch);
  return head.rev;
end $$;
comment on function sync.bump(uuid) is
  'The revision of this transaction in a scope: the first call counts the head up and sends the hint, later calls read it back from transaction-local settings that hold maps. 256 settings by a hash of the scope: one alone is parsed and written whole for each row, and slow with thousands of scopes. Not one setting a scope (they never leave a pooled connection), not a stored transaction id (after a restore another transaction could have it). Without sequential scans: a plan made while the table was small would be kept for the whole transaction.';

create or replace function sync.restart_all() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  one uuid;
  done integer := 0;
begin
  lock table public.sync_head in exclusive mode;
  perform set_config('sync.locked', 'all', true);
  perform set_config('sync.revs_' || n, '', true) from generate_series(0, 255) n; -- each scope is announced again, with its new epoch
  update public.sync_head h set epoch = gen_random_uuid() where h.scope_id is not null;
  for one in select scope_id from public.sync_head order by scope_id loop
    perform sync.bump(one);
    done := done + 1;
  end loop;
  return done;
end $$;
comment on function sync.restart_all() is 'A new epoch for every scope, each announced by a hint. Returns the number of scopes.';

create or replace function sync.lock_own(p_also uuid[] default '{}') returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform sync.lock_scopes(array[auth.uid()]);
  perform sync.lock_scopes(array(select sync.my_scopes()) || p_also);
  perform sync.still_here();
end $$;

create function sync.still_here() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if auth.uid() is not null and sync.me() is null then
    perform sync.fail('account_gone: this account was deleted');
  end if;
end $$;
comment on function sync.still_here() is
  'Refuses a caller whose account ended while he waited for a lock. To be asked under his own head, which the end of an account holds.';

create or replace function sync.lock_mine() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(current_setting('sync.locked', true), '') <> '' then
    return null;
  elsif auth.uid() is null then
    lock table public.sync_head in exclusive mode;
    perform set_config('sync.locked', 'all', true);
    return null;
  elsif tg_relid <> 'public.users'::regclass then
    perform sync.take_turn();
  end if;
  if tg_relid <> 'public.users'::regclass and sync.is_strict() then
    perform sync.lock_scopes(array[auth.uid()]);
    perform sync.lock_scopes(array(select sync.my_writable_scopes()));
    perform sync.still_here();
  else
    perform sync.lock_own();
  end if;
  return null;
end $$;
comment on function sync.lock_mine() is
  'BEFORE STATEMENT, on every synced table: heads before rows. Of a person, the scopes that he may write (a new name reaches all his memberships; with policies of others he may write anywhere), when it is his turn: plain writes and pushes have one budget. Without a user (service role, dashboard) nobody knows which scopes will be written, so all writers wait until this transaction ends; reads go on. A service job that names its scopes by sync.lock_scopes() first avoids that.';

-- A right that ended while its owner waited. A policy is asked with the snapshot of the statement, which is older than the
-- locks that the statement waited for: who was removed meanwhile would still write. Asked again under the locks.
create function sync.still_mine() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  mine uuid[];
begin
  if current_user <> 'authenticated' or coalesce(current_setting('sync.pushing', true), '') = 'yes' then
    return null; -- a function asks for itself, a push asks the policies with a snapshot of after the locks
  elsif sync.is_strict() then
    mine := array(select sync.my_writable_scopes());
    if exists (select from touched t where t.sync_scope <> all (mine)) then
      raise exception 'new row violates row-level security policy for table "%"', tg_table_name using errcode = '42501';
    end if;
  elsif sync.left_one_of(array(select distinct t.sync_scope from touched t)) then
    raise exception 'new row violates row-level security policy for table "%"', tg_table_name using errcode = '42501';
  end if;
  return null;
end $$;
comment on function sync.still_mine() is
  'AFTER STATEMENT: refuses a plain write into a scope that the caller may not write any more. With policies of others: into a band that he has left. Not definer: what functions and foreign keys do is not asked.';

create function sync.left_one_of(p_scopes uuid[]) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from sync.departures d where d.user_id = auth.uid() and d.band_id = any (p_scopes));
end $$;
comment on function sync.left_one_of(uuid[]) is 'Whether the caller is out of one of these bands.';

do $triggers$
declare
  tbl text;
begin
  foreach tbl in array array['bands', 'songs', 'setlists', 'shows', 'practice_sessions'] loop
    execute format('create trigger zx_sync_still after insert on public.%I referencing new table as touched for each statement execute function sync.still_mine()', tbl);
    execute format('create trigger zx_sync_still_change after update on public.%I referencing new table as touched for each statement execute function sync.still_mine()', tbl);
    execute format('create trigger zx_sync_still_delete after delete on public.%I referencing old table as touched for each statement execute function sync.still_mine()', tbl);
  end loop;
end $triggers$;

revoke execute on function sync.still_here(), sync.still_mine(), sync.left_one_of(uuid[]) from public, anon, authenticated;
grant execute on function sync.left_one_of(uuid[]), sync.is_strict() to authenticated;
revoke execute on function sync.revs_slot(uuid) from public, anon;
grant execute on function sync.revs_slot(uuid) to authenticated;
