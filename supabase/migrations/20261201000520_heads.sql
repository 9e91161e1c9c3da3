-- Heads, second version: who locks what, and how a transaction remembers its revisions.
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

create or replace function sync.lock_mine() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(current_setting('sync.locked', true), '') <> '' then
    return null;
  elsif auth.uid() is null then
    lock table public.sync_head in exclusive mode;
    perform set_config('sync.locked', 'all', true);
  elsif tg_relid <> 'public.users'::regclass and sync.is_strict() then
    perform sync.lock_scopes(array[auth.uid()]);
    perform sync.lock_scopes(array(select sync.my_writable_scopes()));
  else
    perform sync.lock_own();
  end if;
  return null;
end $$;
comment on function sync.lock_mine() is
  'BEFORE STATEMENT, on every synced table: heads before rows. Of a person, the scopes that he may write (a new name reaches all his memberships; with policies of others he may write anywhere). Without a user (service role, dashboard) nobody knows which scopes will be written, so all writers wait until this transaction ends; reads go on. A service job that names its scopes by sync.lock_scopes() first avoids that.';

revoke execute on function sync.revs_slot(uuid) from public, anon;
grant execute on function sync.revs_slot(uuid) to authenticated;
