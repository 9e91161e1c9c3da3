-- Accounts: what they are called, how they end, and that a sign-in waits for nobody.
--
-- Owns: the mirror of auth users, names of people, the end of an account (by the person or by an operator).
-- Never: makes the deletion of an auth user fail; locks a scope for a name that does not change.
-- Invariants: whose auth user is gone has no scope, so no function and no policy gives him anything, whatever his token
-- says. His row in public.users stays without name and address: rows of his bands refer to it.
-- Lock order: the rows of his devices (sync.clients), the row of public.users, heads, rows.

create table sync.ended_accounts (
  user_id uuid primary key,
  at timestamptz not null default now(),
  tidied boolean not null default false
);
comment on table sync.ended_accounts is 'Accounts that were deleted. From here on nothing is theirs.';
comment on column sync.ended_accounts.tidied is 'Memberships, own space, name and address are gone, too. False: sync.tidy_accounts() has still to do it.';
alter table sync.ended_accounts enable row level security;
revoke all on sync.ended_accounts from public, anon, authenticated;
grant select on sync.ended_accounts to service_role;

-- Who the caller is -------------------------------------------------------------------------------------------------------

create function sync.me() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select a.id from auth.users a where a.id = auth.uid()
           and not exists (select from sync.ended_accounts e where e.user_id = a.id));
end $$;
comment on function sync.me() is 'The caller''s id, or null without a session or when the account was deleted: a token outlives its account by up to an hour.';

create or replace function sync.require_user() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if auth.uid() is null then
    raise exception 'not_signed_in: this function needs a session' using errcode = '42501';
  elsif sync.me() is null then
    perform sync.fail('account_gone: this account was deleted');
  end if;
  return auth.uid();
end $$;
comment on function sync.require_user() is 'The caller''s id; 42501 without a session, account_gone where the account was deleted.';

create or replace function sync.my_scopes() returns setof uuid
language plpgsql stable security definer rows 5 set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := sync.me();
begin
  if me is null then
    return;
  end if;
  return next me;
  return query select m.band_id from public.band_memberships m where m.user_id = me and m.status = 'active';
end $$;

create or replace function sync.my_writable_scopes() returns setof uuid
language plpgsql stable security definer rows 5 set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := sync.me();
begin
  if me is null then
    return;
  end if;
  return next me;
  return query select m.band_id from public.band_memberships m
    where m.user_id = me and m.status = 'active' and m.role in ('admin', 'member');
end $$;

create or replace function sync.my_admin_scopes() returns setof uuid
language plpgsql stable security definer rows 5 set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := sync.me();
begin
  if me is null then
    return;
  end if;
  return next me;
  return query select m.band_id from public.band_memberships m
    where m.user_id = me and m.status = 'active' and m.role = 'admin';
end $$;

-- Names of people -----------------------------------------------------------------------------------------------------------

create function sync.own_name(p_meta jsonb) returns text
language sql immutable parallel safe as $$
  select coalesce(nullif(sync.clean_name(p_meta ->> 'name'), ''), nullif(sync.clean_name(p_meta ->> 'full_name'), ''))
$$;
comment on function sync.own_name(jsonb) is 'The name that an account''s own data give, clean, or null.';

create function sync.guard_user_name() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ended boolean := exists (select from sync.ended_accounts e where e.user_id = new.id);
  front text := lower(split_part(new.email, '@', 1));
  wanted text;
begin
  if tg_op = 'UPDATE' and new.name is not distinct from old.name then
    return new;
  elsif ended then
    new.name := 'Former member';
    return new;
  elsif tg_op = 'UPDATE' and auth.uid() = new.id and pg_trigger_depth() = 1 then
    wanted := sync.name_from(new.name);
    if wanted is null then
      raise exception 'bad_name: a name has 1 to 80 visible characters' using errcode = '23514', column = 'name', table = 'users', schema = 'public';
    end if;
    new.name := wanted;
    return new;
  end if;
  wanted := sync.name_from(sync.clean_name(new.name));
  if wanted is not null and lower(wanted) in (front, lower(new.email))
     and (tg_op = 'INSERT' or pg_trigger_depth() > 1)
     and lower(wanted) is distinct from (select lower(sync.own_name(a.raw_user_meta_data)) from auth.users a where a.id = new.id) then
    wanted := null; -- the front of the address is no name that he chose
  end if;
  new.name := coalesce(wanted, case when tg_op = 'UPDATE' then nullif(sync.clean_name(old.name), '') end, 'New member');
  return new;
end $$;
comment on function sync.guard_user_name() is
  'BEFORE ROW on users: a person''s own edit of his name is trimmed or refused; what a trigger or a service writes is mended, so that no sign-in fails. Without a name of his own he is a "New member", never the front of his address.';

create function sync.former_email(p_user uuid) returns text
language sql immutable parallel safe as $$
  select 'former-' || p_user || '@deleted.invalid'
$$;
comment on function sync.former_email(uuid) is 'What stands in place of the address of a deleted account.';

create function sync.free_email() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  stale uuid;
begin
  if exists (select from sync.ended_accounts e where e.user_id = new.id) then
    new.email := sync.former_email(new.id);
    return new;
  end if;
  select u.id into stale from public.users u where u.email = new.email and u.id <> new.id
     and not exists (select from auth.users a where a.id = u.id and to_jsonb(a) ->> 'deleted_at' is null);
  if stale is not null then
    perform sync.mark_ended(stale);
    update public.users u set email = sync.former_email(u.id) where u.id = stale;
    perform sync.try_end(stale);
  end if;
  return new;
end $$;
comment on function sync.free_email() is
  'BEFORE ROW on users: an address that a deleted account still holds is free for the next. So the same person can sign up again, also after a deletion that this database did not hear of.';

create function sync.lock_person() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if current_setting('sync.locked', true) is distinct from 'all' then
    perform sync.lock_scopes(array[old.id]);
    perform sync.lock_scopes(array(select m.band_id from public.band_memberships m where m.user_id = old.id));
  end if;
  return new;
end $$;
comment on function sync.lock_person() is
  'BEFORE ROW on users, for a name that really changes: the heads of this person''s scopes, his own first. A write of the same name, as at each sign-in with the web app, locks nothing.';

-- Accounts that are older than the first migration were named after the front of their address. Before the guard, which
-- gives nobody the name "New member" who has another.
do $names$
begin
  if (select m.value from sync.meta m where m.key = 'base') = 'own' then
    update public.users u set name = coalesce(sync.own_name(a.raw_user_meta_data), 'New member') from auth.users a
     where a.id = u.id and u.name = split_part(u.email, '@', 1) and sync.own_name(a.raw_user_meta_data) is distinct from u.name;
  end if;
end $names$;

drop trigger aa_sync_lock on public.users;
create trigger aa_sync_email before insert or update of email on public.users
  for each row execute function sync.free_email();
create trigger aa_sync_name before insert or update of name on public.users
  for each row execute function sync.guard_user_name();
create trigger ab_sync_lock before update of name on public.users
  for each row when (old.name is distinct from new.name) execute function sync.lock_person();
create trigger aa_sync_lock before delete on public.users
  for each statement execute function sync.lock_mine();

create or replace function sync.renamed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.band_memberships m set member_name = new.name where m.user_id = new.id
     and (m.status = 'active' or exists (select from sync.ended_accounts e where e.user_id = new.id));
  return null;
end $$;
comment on function sync.renamed() is 'A new name reaches the person''s memberships; where he left, the old name stays, unless the account ended.';

create or replace function sync.guard_member(old_row public.band_memberships, new_row public.band_memberships)
returns public.band_memberships
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if old_row.id is null or new_row.user_id <> old_row.user_id or new_row.status <> 'inactive'
     or exists (select from sync.ended_accounts e where e.user_id = new_row.user_id) then
    new_row.member_name := coalesce(sync.name_of(new_row.user_id), new_row.member_name, '');
  else
    new_row.member_name := old_row.member_name;
  end if;
  if old_row.id is null or (new_row.status = 'active' and old_row.status <> 'active')
     or new_row.band_id <> old_row.band_id then
    new_row.joined_rev := new_row.sync_rev;
  else
    new_row.joined_rev := old_row.joined_rev;
  end if;
  if old_row.id is not null and auth.uid() is distinct from new_row.user_id and auth.uid() is not null then
    new_row.share_seen := old_row.share_seen;
  end if;
  return new_row;
end $$;

create or replace function sync.base_mirror_user() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  wanted text := sync.own_name(new.raw_user_meta_data);
begin
  if new.email is null or to_jsonb(new) ->> 'deleted_at' is not null then
    return null; -- An account without an e-mail (anonymous, telephone) is no member of anything yet; a deleted one none any more.
  end if;
  insert into public.users as u (id, email, name, auth_provider)
  values (new.id, new.email, coalesce(wanted, 'New member'), coalesce(new.raw_app_meta_data ->> 'provider', 'email'))
  on conflict (id) do nothing;
  if tg_op = 'UPDATE' then
    update public.users u set email = new.email where u.id = new.id and u.email is distinct from new.email;
    if wanted is distinct from sync.own_name(old.raw_user_meta_data) then
      update public.users u set name = wanted where u.id = new.id and u.name is distinct from wanted and wanted is not null;
    end if;
  end if;
  return null;
end $$;
comment on function sync.base_mirror_user() is 'Mirrors an auth user into public.users: e-mail always, the name when the account''s own name changed.';

create function public.set_name(name text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := sync.require_user();
  wanted text := sync.name_from(set_name.name);
begin
  if wanted is null then
    perform sync.fail('bad_name: a name has 1 to 80 visible characters');
  end if;
  update public.users u set name = wanted where u.id = me;
  begin -- else a mirror that follows the account's data would write the old name back at the next sign-in
    update auth.users a set raw_user_meta_data = coalesce(a.raw_user_meta_data, '{}') || jsonb_build_object('name', wanted)
     where a.id = me and a.raw_user_meta_data ->> 'name' is distinct from wanted;
  exception when insufficient_privilege then
    raise warning 'the name of the auth user was not written (%)', sqlstate;
  end;
  return wanted;
end $$;
comment on function public.set_name(text) is 'Gives the caller a name, here and in the account''s own data, and returns it as stored.';

create function public.my_name() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := sync.require_user();
begin
  return (select nullif(sync.name_of(u.id), 'New member') from public.users u where u.id = me);
end $$;
comment on function public.my_name() is 'The caller''s name; null where he has given none yet: then the app asks for it.';

-- The end -------------------------------------------------------------------------------------------------------------------

create function sync.mark_ended(p_user uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into sync.ended_accounts (user_id) values (p_user) on conflict do nothing;
end $$;
comment on function sync.mark_ended(uuid) is 'From here on nothing is this account''s.';

create function sync.lonely_bands(p_user uuid) returns table (band uuid, others boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select m.band_id, exists (select from public.band_memberships o
      where o.band_id = m.band_id and o.user_id <> p_user and o.status = 'active')
    from public.band_memberships m
   where m.user_id = p_user and m.status = 'active' and not exists (select from public.band_memberships o
      where o.band_id = m.band_id and o.user_id <> p_user and o.status = 'active' and o.role = 'admin');
end $$;
comment on function sync.lonely_bands(uuid) is 'The bands that have no admin without this person, and whether others are in them.';

create function sync.leave_all(p_user uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  one record;
begin
  for one in select l.band, l.others from sync.lonely_bands(p_user) l order by l.band loop
    if one.others then
      update public.band_memberships m set role = 'admin' where m.role <> 'admin' and m.id = (select o.id
        from public.band_memberships o where o.band_id = one.band and o.user_id <> p_user and o.status = 'active'
        order by o.role = 'viewer', o.joined_date, o.id limit 1);
    else
      begin
        delete from public.songs s where s.sync_scope = one.band;
        delete from public.bands b where b.id = one.band;
      exception when foreign_key_violation then
        raise warning 'a band without members stays: something else refers to it';
      end;
    end if;
  end loop;
  update public.band_memberships m set status = 'inactive', share_seen = false, member_name = 'Former member'
   where m.user_id = p_user and (m.status <> 'inactive' or m.member_name <> 'Former member');
end $$;
comment on function sync.leave_all(uuid) is
  'Ends every membership. A band with nobody else goes; where others would be left without an admin, who has been there longest becomes one.';

create function sync.empty_space(p_user uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.setlists s set forked_from = null where s.forked_from in (select o.id from public.setlists o where o.sync_scope = p_user);
  delete from public.read_marks r where r.user_id = p_user;
  delete from public.setlists s where s.sync_scope = p_user;
  delete from public.songs s where s.sync_scope = p_user;
  delete from sync.tombstones t where t.scope_id = p_user; -- images with them
  delete from sync.log l where l.scope_id = p_user;
  delete from sync.clients c where c.user_id = p_user; -- results with them
  delete from sync.band_days d where d.user_id = p_user;
  delete from sync.usage u where u.scope_id = p_user;
  delete from sync.uses u where u.scope_id = p_user;
end $$;
comment on function sync.empty_space(uuid) is 'Deletes everything in a person''s own space, and what devices left of it.';

create function sync.forget_name(p_user uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  former constant text := 'Former member';
begin
  update sync.tombstones t set actor_name = former where t.actor_id = p_user and t.actor_name <> former;
  update sync.tombstones t set title = former from sync.images i
   where t.kind = 'membership' and i.scope_id = t.scope_id and i.ord = t.ord and i.row_id = t.row_id and i.image ->> 'user_id' = p_user::text;
  update sync.images i set image = i.image || jsonb_build_object('member_name', former)
   where i.ord = 11 and i.image ->> 'user_id' = p_user::text;
  update sync.results r set body = jsonb_set(r.body, '{changed_by}', (select coalesce(jsonb_agg(case when c ->> 'user' = p_user::text
      then c || jsonb_build_object('name', former) else c end), '[]') from jsonb_array_elements(r.body -> 'changed_by') c))
   where r.body -> 'changed_by' @> jsonb_build_array(jsonb_build_object('user', p_user));
  if exists (select from pg_catalog.pg_attribute a where a.attrelid = to_regclass('public.audit_log') and a.attname = 'user_name') then
    execute 'update public.audit_log set user_name = $2 where user_id = $1 and user_name <> $2' using p_user, former;
  end if;
end $$;
comment on function sync.forget_name(uuid) is 'Takes a person''s name from what is kept of deleted rows, from results that wait for a device, and from the web app''s audit log.';

create function sync.end_account(p_user uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform sync.mark_ended(p_user);
  perform from sync.ended_accounts e where e.user_id = p_user and not e.tidied for update;
  if not found then
    return;
  end if;
  perform from sync.clients c where c.user_id = p_user order by c.client_id for update;
  perform from public.users u where u.id = p_user for no key update;
  perform sync.lock_scopes(array[p_user]);
  perform sync.lock_scopes(array(select m.band_id from public.band_memberships m where m.user_id = p_user));
  update public.users u set name = 'Former member', email = sync.former_email(p_user) where u.id = p_user;
  perform sync.leave_all(p_user);
  perform sync.empty_space(p_user);
  perform sync.forget_name(p_user);
  update public.invite_codes i set is_active = false where i.is_active and (i.created_by = p_user or i.for_user = p_user);
  delete from sync.invite_attempts a where a.user_id = p_user;
  update sync.ended_accounts e set tidied = true where e.user_id = p_user;
end $$;
comment on function sync.end_account(uuid) is
  'Ends an account, once: memberships, own space, name and address everywhere. What he wrote in bands stays, by a "Former member".';

create function sync.try_end(p_user uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '3s' as $$
begin
  perform sync.end_account(p_user);
exception when others then
  raise warning 'a deleted account is marked, and tidied later by sync.tidy_accounts() (%)', sqlstate;
end $$;
comment on function sync.try_end(uuid) is 'Ends an account where that is possible now. For triggers: whoever deletes an auth user never waits long and never fails.';

create function sync.tidy_accounts() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  one uuid;
  done integer := 0;
begin
  for one in select e.user_id from sync.ended_accounts e where not e.tidied order by e.at limit 100 loop
    perform sync.end_account(one);
    done := done + 1;
  end loop;
  return done;
end $$;
comment on function sync.tidy_accounts() is 'Ends the accounts that were only marked, at most 100; returns how many. Daily by pg_cron where it is enabled.';

create function sync.account_deleted() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform sync.mark_ended(old.id);
  perform sync.try_end(old.id);
  return null;
exception when others then
  raise warning 'a deleted account was not marked (%)', sqlstate;
  return null;
end $$;
comment on function sync.account_deleted() is 'AFTER ROW on auth.users: an operator deleted the account, also where only a date says so. Never fails.';

create function sync.drop_auth_user(p_user uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from auth.users a where a.id = p_user; -- sessions, refresh tokens and identities with it
  return true;
exception when others then
  if left(sqlstate, 2) in ('40', '53', '55', '57', '58', 'XX') then
    raise; -- for this moment only: the call ends, and is made again
  end if;
  raise warning 'the auth user stays, see sync.audit (%)', sqlstate;
  begin
    delete from auth.sessions s where s.user_id = p_user; -- so that no device goes on
  exception when others then
    raise warning 'its sessions stay, too (%)', sqlstate;
  end;
  return false;
end $$;
comment on function sync.drop_auth_user(uuid) is
  'Deletes the auth user of an ended account, or where the project forbids that, his sessions at least: then false, and sync.audit names the row until an operator has deleted it.';

create function public.delete_account() returns json
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := sync.require_user();
  bands integer;
begin
  delete from sync.invite_attempts a where a.user_id = me;
  perform from sync.clients c where c.user_id = me order by c.client_id for update;
  perform from public.users u where u.id = me for no key update;
  perform sync.lock_own();
  bands := (select count(*) from sync.lonely_bands(me) l where l.others);
  if bands > 0 then
    raise exception 'hand_over: make somebody else an admin first' using errcode = 'P0001', detail = bands;
  end if;
  perform sync.end_account(me);
  return json_build_object('sign_in', case when sync.drop_auth_user(me) then 'deleted' else 'stays' end);
end $$;
comment on function public.delete_account() is
  'Ends the caller''s account. Refused (hand_over, the detail says for how many bands) where others would be left without an admin. Answers whether his way to sign in is gone, too: a project can forbid to delete auth users; he has nothing there any more, and an operator deletes the row.';

do $triggers$
begin
  create trigger zz_sync_account after delete on auth.users for each row execute function sync.account_deleted();
  if exists (select from pg_catalog.pg_attribute a where a.attrelid = 'auth.users'::regclass and a.attname = 'deleted_at' and not a.attisdropped) then
    create trigger zz_sync_account_hidden after update on auth.users for each row
      when (new.deleted_at is not null and old.deleted_at is null) execute function sync.account_deleted();
  end if;
exception when insufficient_privilege then
  raise warning 'no trigger on auth.users (%): a deleted account is noticed when its address signs up again', sqlstate;
end $triggers$;

do $schedule$
begin
  if to_regprocedure('cron.schedule(text,text,text)') is not null then
    perform cron.schedule('rock-on sync accounts', '47 4 * * *', 'select sync.tidy_accounts()');
  end if;
exception when others then
  raise warning 'the daily tidying of accounts was not scheduled (%)', sqlstate;
end $schedule$;

-- Grants: sync.me() and sync.require_user() look at the caller alone.
revoke execute on function sync.me(), sync.require_user(), sync.own_name(jsonb), sync.guard_user_name(), sync.former_email(uuid),
  sync.free_email(), sync.lock_person(), sync.mark_ended(uuid), sync.lonely_bands(uuid), sync.leave_all(uuid), sync.empty_space(uuid),
  sync.forget_name(uuid), sync.drop_auth_user(uuid), sync.end_account(uuid), sync.try_end(uuid), sync.tidy_accounts(), sync.account_deleted()
  from public, anon, authenticated;
grant execute on function sync.me(), sync.require_user() to authenticated;
grant execute on function sync.tidy_accounts() to service_role;
revoke execute on function public.set_name(text), public.my_name(), public.delete_account() from public, anon, authenticated;
grant execute on function public.set_name(text), public.my_name(), public.delete_account() to authenticated;
