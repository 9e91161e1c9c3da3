-- Scopes, locks and revisions.
--
-- Owns: which scopes somebody has, the rule "heads before rows", one revision per scope and transaction, the hint.
-- Never: looks at the content of a row.
-- Lock order of every writer: client row (push only), heads (people, then bands, each sorted), rows. PostgreSQL locks a row *before* it fires
-- the row's BEFORE trigger, so taking the head in the row trigger would deadlock two writers inside one band; a BEFORE
-- STATEMENT trigger takes the heads first. See docs/adr/0010-heads-before-rows.md.

create function sync.my_scopes() returns setof uuid
language plpgsql stable security definer rows 5 set search_path = '' as $$
declare
  me uuid := auth.uid();
begin
  if me is null then
    return;
  end if;
  return next me;
  return query select m.band_id from public.band_memberships m where m.user_id = me and m.status = 'active';
end $$;
comment on function sync.my_scopes() is
  'The caller''s scopes: himself and the bands he is an active member of. Use as `sync_scope = any (array(select sync.my_scopes()))`: evaluated once per query; a function of the row costs some 400 times more.';

create function sync.my_writable_scopes() returns setof uuid
language plpgsql stable security definer rows 5 set search_path = '' as $$
declare
  me uuid := auth.uid();
begin
  if me is null then
    return;
  end if;
  return next me;
  return query select m.band_id from public.band_memberships m
    where m.user_id = me and m.status = 'active' and m.role in ('admin', 'member');
end $$;
comment on function sync.my_writable_scopes() is 'Scopes whose content the caller may write: his own, and bands where he is no viewer.';

create function sync.my_admin_scopes() returns setof uuid
language plpgsql stable security definer rows 5 set search_path = '' as $$
declare
  me uuid := auth.uid();
begin
  if me is null then
    return;
  end if;
  return next me;
  return query select m.band_id from public.band_memberships m
    where m.user_id = me and m.status = 'active' and m.role = 'admin';
end $$;
comment on function sync.my_admin_scopes() is 'Scopes where the caller decides about everything: his own, and bands he is admin of.';

create function sync.scopes_of(p_user uuid) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
  return array(select p_user union select m.band_id from public.band_memberships m
               where m.user_id = p_user and m.status = 'active');
end $$;
comment on function sync.scopes_of(uuid) is 'The scopes of any user, for writers that act for one. Not granted to clients.';

create function sync.lock_scopes(p_scopes uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.sync_head (scope_id)
  select distinct x from unnest(p_scopes) x
   where x is not null and not exists (select from public.sync_head h where h.scope_id = x)
   order by x
  on conflict do nothing;
  perform from public.sync_head h where h.scope_id = any (p_scopes)
    order by not exists (select from public.users u where u.id = h.scope_id), h.scope_id
    for no key update;
  perform set_config('sync.locked', 'named', true);
end $$;
comment on function sync.lock_scopes(uuid[]) is
  'Locks the heads of these scopes until the transaction ends: people first, then bands, each sorted. Call it once, first, with every scope that will be written. The flag is transaction-local, so a savepoint rolls it back with the locks.';

create function sync.lock_own(p_also uuid[] default '{}') returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform sync.lock_scopes(array[auth.uid()]);
  perform sync.lock_scopes(array(select sync.my_scopes()) || p_also);
end $$;
comment on function sync.lock_own(uuid[]) is
  'Locks the caller''s scopes, and others he is about to enter. His own head comes first: under it nobody but him can add to his bands, so the list read after it is complete. Read before, it could miss a band that he joined while we waited, whose head would then be taken out of order.';

create function sync.lock_mine() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(current_setting('sync.locked', true), '') <> '' then
    return null;
  end if;
  if auth.uid() is not null then
    perform sync.lock_own();
  else
    lock table public.sync_head in exclusive mode;
    perform set_config('sync.locked', 'all', true);
  end if;
  return null;
end $$;
comment on function sync.lock_mine() is
  'BEFORE STATEMENT, on every synced table: heads before rows. Without a user (service role, dashboard) nobody knows which scopes will be written, so all writers wait until this transaction ends; reads go on. A service job that names its scopes by sync.lock_scopes() first avoids that.';

create function sync.send_hint(p_scope uuid, p_rev bigint, p_epoch uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if to_regprocedure('realtime.send(jsonb,text,text,boolean)') is null then
    return;
  end if;
  perform realtime.send(jsonb_build_object('scope', p_scope, 'rev', p_rev, 'epoch', p_epoch),
                        'hint', 'scope:' || p_scope, true);
exception when others then
  raise warning 'hint not sent (%)', sqlstate;
end $$;
comment on function sync.send_hint(uuid, bigint, uuid) is
  'Broadcasts {scope, rev, epoch} on the private topic scope:<uuid>. Runs inside the writer''s transaction: a roll-back sends none. A hint that cannot be sent costs time, never the write.';

create function sync.bump(p_scope uuid) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  seen text := coalesce(current_setting('sync.revs', true), '');
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
  perform set_config('sync.revs', seen || ';' || p_scope || '=' || head.rev, true);
  perform sync.send_hint(p_scope, head.rev, head.epoch);
  return head.rev;
end $$;
comment on function sync.bump(uuid) is
  'The revision of this transaction in a scope: the first call counts the head up and sends the hint, later calls read it back from ONE transaction-local setting that holds a map. Not one setting a scope (they never leave a pooled connection), not a stored transaction id (after a restore another transaction could have it).';

create function sync.restart_all() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  one uuid;
  done integer := 0;
begin
  lock table public.sync_head in exclusive mode;
  perform set_config('sync.locked', 'all', true);
  perform set_config('sync.revs', '', true); -- each scope is announced again, with its new epoch
  update public.sync_head set epoch = gen_random_uuid();
  for one in select scope_id from public.sync_head order by scope_id loop
    perform sync.bump(one);
    done := done + 1;
  end loop;
  return done;
end $$;
comment on function sync.restart_all() is 'A new epoch for every scope, each announced by a hint. Returns the number of scopes.';

create function sync.truncated() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform sync.restart_all();
  return null;
end $$;
comment on function sync.truncated() is 'TRUNCATE fires no row trigger and leaves no tombstone: every cursor is void, devices start again.';
