-- Names, who may come back into a band, and invite codes.
--
-- Owns: what a person or a band may be called; how a membership ended; making, listing, revoking and redeeming codes.
-- Never: lets somebody back in by a code that was not made for him after his removal, or with more rights than he had.
-- Invariants: a code is open only while the admin who made it is one; removal, demotion and leaving close it in the same
-- transaction, whoever writes. A guess is counted: redeem_invite() answers it instead of raising, because a raise would
-- take back the count. Lock order: the person's row of attempts or of public.users, then heads, then rows.

-- Names ---------------------------------------------------------------------------------------------------------------

create function sync.unseen() returns text
language sql immutable parallel safe as $$
  select '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u0600-\u0605\u061C\u06DD\u070F\u0890\u0891\u08E2\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000110BD\U000110CD\U00013430-\U0001343F\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]'
$$;
comment on function sync.unseen() is
  'A regular expression: characters that no name may hold, because nobody sees them or they change how the rest is shown: control and formatting characters (with bidirectional overrides and zero width), line separators, blank letters.';

create function sync.clean_name(p_text text) returns text
language sql immutable parallel safe as $$
  select btrim(left(btrim(regexp_replace(regexp_replace(
    regexp_replace(normalize(left(coalesce(p_text, ''), 2000), nfc), '[\t\n\u000B\f\r\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]', ' ', 'g'),
    sync.unseen(), '', 'g'), ' +', ' ', 'g')), 80))
$$;
comment on function sync.clean_name(text) is 'What is left of a text as a name: no unseen characters, single spaces, composed, at most 80 characters; may be empty.';

create function sync.name_from(p_text text) returns text
language sql immutable parallel safe as $$
  select sync.clean_name(p_text)
   where btrim(p_text, E' \t\n\r') !~ sync.unseen() and length(normalize(btrim(p_text, E' \t\n\r'), nfc)) <= 80
     and sync.clean_name(p_text) <> '' and lower(sync.clean_name(p_text)) not in ('new member', 'former member', 'system')
$$;
comment on function sync.name_from(text) is
  'The name that somebody asks for, trimmed, or null where it cannot be one: empty, longer than 80 characters, with unseen characters, or one that the database gives itself.';

create or replace function sync.name_of(p_user uuid) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select coalesce(nullif(sync.clean_name(u.name), ''), 'New member') from public.users u where u.id = p_user);
end $$;
comment on function sync.name_of(uuid) is 'A person''s name as others see it, or null without such a person: clean, also where an older row is not.';

create function sync.guard_band_name() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  wanted text := sync.name_from(new.name);
begin
  if tg_op = 'UPDATE' and new.name is not distinct from old.name then
    return new; -- an older name stays until somebody changes it
  elsif wanted is null then
    raise exception 'bad_name: a name has 1 to 80 visible characters' using errcode = '23514', column = 'name', table = 'bands', schema = 'public';
  end if;
  new.name := wanted;
  return new;
end $$;
comment on function sync.guard_band_name() is 'BEFORE ROW on bands, before the stamp: a new name is trimmed, or refused where it cannot be one.';

create trigger aa_sync_name before insert or update of name on public.bands
  for each row execute function sync.guard_band_name();

-- How a membership ended ------------------------------------------------------------------------------------------------

create table sync.departures (
  band_id uuid not null,
  user_id uuid not null,
  removed boolean not null,
  role text not null,
  at timestamptz not null default now(),
  primary key (band_id, user_id)
);
comment on table sync.departures is 'Who is out of which band, and how: written by a trigger, so that a row the web app deletes is remembered, too. Goes when he is in again.';
comment on column sync.departures.removed is 'Somebody else ended it: only a code made for him brings him back.';
comment on column sync.departures.role is 'The role he had: who comes back gets this role at most.';
alter table sync.departures enable row level security;
revoke all on sync.departures from public, anon, authenticated;
grant select on sync.departures to service_role;

alter table public.invite_codes add column for_user uuid;
comment on column public.invite_codes.for_user is 'Made for this person alone, who was in the band before; null = for whoever has it.';

create function sync.close_invites(p_band uuid, p_user uuid, p_for_him boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.invite_codes i set is_active = false
   where i.band_id = p_band and i.is_active and (i.created_by = p_user or (p_for_him and i.for_user = p_user));
end $$;
comment on function sync.close_invites(uuid, uuid, boolean) is 'Closes the codes that this person made in a band, and those made for him.';

create function sync.announce(p_user uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from public.sync_head h where h.scope_id = p_user for no key update skip locked;
  if found then
    perform sync.bump(p_user);
  end if;
end $$;
comment on function sync.announce(uuid) is
  'A revision and a hint in a person''s own scope: he is in a band now of which his devices do not know yet, so they listen to nothing of it. Whose head another transaction holds is not waited for (a band''s head may be held here, and people come first): his devices find the band when they next ask.';

create function sync.membership_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  stays boolean := tg_op = 'UPDATE' and new.band_id = old.band_id and new.user_id = old.user_id;
begin
  if tg_op <> 'INSERT' and old.status = 'active' and not (stays and new.status = 'active') then
    if exists (select from public.bands b where b.id = old.band_id) then
      insert into sync.departures as d (band_id, user_id, removed, role)
      values (old.band_id, old.user_id, auth.uid() is distinct from old.user_id, old.role)
      on conflict (band_id, user_id) do update set removed = excluded.removed, role = excluded.role, at = excluded.at;
      perform sync.close_invites(old.band_id, old.user_id, true);
    end if;
  elsif stays and old.role = 'admin' and new.role <> 'admin' then
    perform sync.close_invites(old.band_id, old.user_id, false);
  elsif tg_op = 'DELETE' and exists (select from public.bands b where b.id = old.band_id) then
    insert into sync.departures (band_id, user_id, removed, role) -- it ended before this was written down
    values (old.band_id, old.user_id, old.sync_by is distinct from old.user_id, old.role) on conflict do nothing;
  end if;
  if tg_op <> 'DELETE' and new.status = 'active' then
    delete from sync.departures d where d.band_id = new.band_id and d.user_id = new.user_id;
    if not stays or old.status <> 'active' then
      perform sync.announce(new.user_id);
    end if;
  end if;
  return null;
end $$;
comment on function sync.membership_changed() is
  'AFTER ROW on band_memberships: remembers how a membership ended, closes the codes of somebody who is not an admin of the band any more, and tells his own devices of a band that he has joined. Under the band''s head, like every write to a membership.';

create trigger zz_sync_membership after insert or update or delete on public.band_memberships
  for each row execute function sync.membership_changed();

-- Codes -----------------------------------------------------------------------------------------------------------------

create table sync.invite_attempts (
  user_id uuid primary key,
  since timestamptz not null default now(),
  misses integer not null default 0
);
comment on table sync.invite_attempts is 'Wrong invite codes of a person in the hour that began with the first. Its row lock makes his attempts queue up.';
comment on column sync.invite_attempts.since is 'When the hour began.';
comment on column sync.invite_attempts.misses is 'Wrong codes since then.';
alter table sync.invite_attempts enable row level security;
revoke all on sync.invite_attempts from public, anon, authenticated;
grant select on sync.invite_attempts to service_role;

create function sync.may_attempt(p_user uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  allowed boolean;
begin
  insert into sync.invite_attempts as a (user_id) values (p_user)
  on conflict (user_id) do update set
    misses = case when a.since < now() - interval '1 hour' then 0 else a.misses end,
    since = case when a.since < now() - interval '1 hour' then now() else a.since end
  returning misses < 10 into allowed;
  return allowed;
end $$;
comment on function sync.may_attempt(uuid) is 'Whether a person may try a code: 10 wrong ones an hour. Locks his row of attempts until the transaction ends.';

create function sync.invite_missed(p_user uuid) returns json
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update sync.invite_attempts a set misses = a.misses + 1 where a.user_id = p_user;
  perform set_config('response.status', '400', true);
  return json_build_object('code', 'P0001', 'details', null, 'hint', null, 'message', 'invite_unknown: there is no such invite');
end $$;
comment on function sync.invite_missed(uuid) is
  'Counts a wrong code and answers as a raised invite_unknown does (status and body): the count is committed, where a raise would take it back.';

create function sync.invite_state(p_invite public.invite_codes, p_user uuid) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return case
    when p_invite.id is null or not p_invite.is_active or p_invite.for_user <> p_user
      or not exists (select from public.band_memberships m where m.band_id = p_invite.band_id and m.user_id = p_invite.created_by
                      and m.status = 'active' and m.role = 'admin') then 'unknown'
    when least(p_invite.expires_at, p_invite.created_date + interval '30 days') < now() then 'expired'
    when coalesce(p_invite.current_uses, 0) >= least(coalesce(p_invite.max_uses, 1), 100) then 'used_up'
    else 'open' end;
end $$;
comment on function sync.invite_state(public.invite_codes, uuid) is
  'What a code is to a person: open, expired, used_up, or unknown (closed, made for somebody else, or its maker is no admin). No code lives longer than 30 days or is used more than 100 times, whoever wrote it.';

drop function public.create_invite(uuid, integer, integer);

create function public.create_invite(band uuid, max_uses integer default 1, valid_hours integer default 168, member uuid default null) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := sync.require_band(create_invite.band, true);
  letters constant text := 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'; -- 32, none that looks like another
  noise bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
  fresh text;
begin
  if create_invite.max_uses is null or create_invite.max_uses not between 1 and 100
     or create_invite.valid_hours is null or create_invite.valid_hours not between 1 and 720 then
    perform sync.fail('bad_limits: 1 to 100 uses, 1 to 720 hours');
  elsif (select count(*) from public.invite_codes i where i.band_id = create_invite.band and sync.invite_state(i, i.for_user) = 'open') >= 100 then
    perform sync.fail('too_many_invites: this band has 100 open codes');
  elsif exists (select from public.band_memberships m where m.band_id = create_invite.band and m.user_id = create_invite.member and m.status = 'active') then
    perform sync.fail('already_member: this person is in the band');
  elsif create_invite.member is not null
     and not exists (select from public.band_memberships m where m.band_id = create_invite.band and m.user_id = create_invite.member)
     and not exists (select from sync.departures d where d.band_id = create_invite.band and d.user_id = create_invite.member) then
    perform sync.fail('not_member: this person was never in the band');
  end if;
  fresh := (select string_agg(substr(letters, get_byte(noise, i) % 32 + 1, 1), '' order by i) from generate_series(0, 9) i);
  insert into public.invite_codes (band_id, code, created_by, expires_at, max_uses, for_user)
  values (create_invite.band, fresh, me, now() + make_interval(hours => create_invite.valid_hours),
          case when create_invite.member is null then create_invite.max_uses else 1 end, create_invite.member);
  return fresh;
end $$;
comment on function public.create_invite(uuid, integer, integer, uuid) is
  'An invite code: 10 letters, 50 random bits. With a member: for somebody who was in the band and is not now, for him alone, once; the only way back for somebody who was removed.';

create function sync.role_of_return(p_band uuid, p_user uuid, p_mine public.band_memberships, p_for_him boolean) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone sync.departures;
begin
  select d.* into gone from sync.departures d where d.band_id = p_band and d.user_id = p_user;
  if gone.user_id is null and p_mine.status = 'inactive' then -- it ended before departures were written down
    gone.role := p_mine.role;
    gone.removed := p_mine.sync_by is distinct from p_user;
  end if;
  if gone.removed and not p_for_him then
    return null;
  end if;
  return case when gone.role = 'viewer' then 'viewer' else 'member' end;
end $$;
comment on function sync.role_of_return(uuid, uuid, public.band_memberships, boolean) is
  'The role in which somebody joins: member, or viewer where he was one when he left. Null: he was removed, and the code was not made for him.';

drop function public.redeem_invite(text);

create function public.redeem_invite(code text) returns json
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := sync.require_user();
  typed text := upper(regexp_replace(left(coalesce(redeem_invite.code, ''), 200), '[^A-Za-z0-9]', '', 'g'));
  invite public.invite_codes;
  mine public.band_memberships;
  state text;
  joins_as text;
begin
  if not sync.may_attempt(me) then
    return sync.invite_missed(me);
  end if;
  select i.* into invite from public.invite_codes i where i.code in (redeem_invite.code, typed)
   order by i.code = redeem_invite.code desc limit 1;
  if sync.invite_state(invite, me) = 'unknown' then
    return sync.invite_missed(me);
  end if;
  perform sync.lock_own(array[invite.band_id]);
  select i.* into invite from public.invite_codes i where i.id = invite.id for update;
  select m.* into mine from public.band_memberships m where m.user_id = me and m.band_id = invite.band_id;
  state := sync.invite_state(invite, me);
  joins_as := sync.role_of_return(invite.band_id, me, mine, invite.for_user is not distinct from me);
  if state = 'unknown' then
    return sync.invite_missed(me);
  elsif mine.status = 'active' then
    return to_json(invite.band_id); -- a member already: the code is not used up
  elsif state = 'expired' then
    perform sync.fail('invite_expired: this invite is no longer valid');
  elsif state = 'used_up' then
    perform sync.fail('invite_used_up: this invite was used already');
  elsif joins_as is null then
    perform sync.fail('was_removed: an admin must make a code for you');
  end if;
  update public.invite_codes i set current_uses = coalesce(i.current_uses, 0) + 1 where i.id = invite.id;
  insert into public.band_memberships as m (user_id, band_id, role) values (me, invite.band_id, joins_as)
  on conflict (user_id, band_id) do update set status = 'active', role = excluded.role, joined_date = now();
  return to_json(invite.band_id);
end $$;
comment on function public.redeem_invite(text) is
  'Joins the code''s band and returns its id; joining again renews joined_rev. Case and separators do not matter. A wrong code is answered with status 400 and the body of a raised invite_unknown; after 10 in an hour every code is.';

create function public.list_invites(band uuid) returns json
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform sync.require_band(list_invites.band, true);
  return (select coalesce(json_agg(json_build_object('id', i.id, 'code', i.code, 'by', i.created_by, 'by_name', sync.name_of(i.created_by),
      'created_at', i.created_date, 'expires_at', least(i.expires_at, i.created_date + interval '30 days'),
      'max_uses', least(coalesce(i.max_uses, 1), 100), 'uses', coalesce(i.current_uses, 0),
      'member', i.for_user, 'member_name', sync.name_of(i.for_user)) order by i.created_date desc, i.id), '[]')
    from (select c.* from public.invite_codes c where c.band_id = list_invites.band and sync.invite_state(c, c.for_user) = 'open'
           order by c.created_date desc limit 100) i);
end $$;
comment on function public.list_invites(uuid) is 'The open codes of a band, newest first, for its admins.';

create function public.revoke_invite(invite uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  its_band uuid;
begin
  perform sync.require_user();
  select i.band_id into its_band from public.invite_codes i where i.id = revoke_invite.invite
     and i.band_id = any (array(select sync.my_scopes()));
  if its_band is null then
    perform sync.fail('invite_unknown: there is no such invite');
  end if;
  perform sync.require_band(its_band, true);
  update public.invite_codes i set is_active = false where i.id = revoke_invite.invite and i.is_active;
end $$;
comment on function public.revoke_invite(uuid) is 'Closes a code; repeating it changes nothing. For admins of its band.';

-- Making a band ---------------------------------------------------------------------------------------------------------

create or replace function public.create_band(name text, id uuid default null) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := sync.require_user();
  band uuid := coalesce(create_band.id, gen_random_uuid());
  wanted text := sync.name_from(create_band.name);
begin
  if wanted is null then
    perform sync.fail('bad_name: a name has 1 to 80 visible characters');
  end if;
  perform sync.lock_own();
  if exists (select from public.bands b where b.id = band) then
    if exists (select from public.bands b join public.band_memberships m on m.band_id = b.id
                where b.id = band and b.created_by = me and m.user_id = me and m.status = 'active') then
      return band; -- the answer to the first call was lost
    end if;
    perform sync.fail('bad_id: this id is taken');
  elsif exists (select from public.sync_head h where h.scope_id = band) then
    perform sync.fail('bad_id: this id is taken'); -- a person's, or a band's that was deleted
  end if;
  insert into public.bands (id, name, created_by) values (band, wanted, me);
  insert into public.band_memberships (user_id, band_id, role)
  select me, band, 'admin' where not exists (select from public.band_memberships m where m.band_id = band and m.user_id = me);
  return band;
end $$;
comment on function public.create_band(text, uuid) is 'A new band with the caller as its admin. Calling again with the same id returns it.';

-- Grants ----------------------------------------------------------------------------------------------------------------

revoke execute on function sync.unseen(), sync.clean_name(text), sync.name_from(text), sync.guard_band_name(),
  sync.close_invites(uuid, uuid, boolean), sync.announce(uuid), sync.membership_changed(), sync.may_attempt(uuid), sync.invite_missed(uuid),
  sync.invite_state(public.invite_codes, uuid), sync.role_of_return(uuid, uuid, public.band_memberships, boolean)
  from public, anon, authenticated;
-- The trigger on bands runs as the caller.
grant execute on function sync.unseen(), sync.clean_name(text), sync.name_from(text) to authenticated, service_role;
revoke execute on function public.create_invite(uuid, integer, integer, uuid), public.redeem_invite(text),
  public.list_invites(uuid), public.revoke_invite(uuid) from public, anon, authenticated;
grant execute on function public.create_invite(uuid, integer, integer, uuid), public.redeem_invite(text),
  public.list_invites(uuid), public.revoke_invite(uuid) to authenticated;
