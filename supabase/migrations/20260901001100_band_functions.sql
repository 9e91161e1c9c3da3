-- Bands, invites, roles, leaving, and who has seen a setlist or show.
--
-- Owns: everything about membership. With the strict policies there is no other way in or out of a band.
-- Refusals are P0001 with a constant text `code: sentence`; see docs/sync-protocol.md.
-- Every function names the scopes it will write by sync.lock_own() before it touches another row.

create function sync.fail(p_text text) returns void
language plpgsql stable set search_path = '' as $$
begin
  raise exception '%', p_text using errcode = 'P0001';
end $$;
comment on function sync.fail(text) is 'Refuses a call with a constant text.';

create function sync.require_user() returns uuid
language plpgsql stable set search_path = '' as $$
begin
  if auth.uid() is null then
    raise exception 'not_signed_in: this function needs a session' using errcode = '42501';
  end if;
  return auth.uid();
end $$;
comment on function sync.require_user() is 'The caller''s id, or 42501.';

create function sync.require_band(p_band uuid, p_admin boolean) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := sync.require_user();
  my_role text;
begin
  if not exists (select from sync.my_scopes() s where s = p_band) or p_band = me then
    perform sync.fail('not_member: you are not a member of this band');
  end if;
  perform sync.lock_own();
  select m.role into my_role from public.band_memberships m -- again, now that nobody can change it
   where m.band_id = p_band and m.user_id = me and m.status = 'active';
  if my_role is null then
    perform sync.fail('not_member: you are not a member of this band');
  elsif p_admin and my_role <> 'admin' then
    perform sync.fail('not_admin: only an admin of the band may do this');
  end if;
  return me;
end $$;
comment on function sync.require_band(uuid, boolean) is 'Locks the caller''s scopes and checks that he is an active member (admin) of the band. Returns his id.';

create function sync.keep_an_admin(p_band uuid, p_member uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from public.band_memberships m where m.band_id = p_band and m.user_id = p_member
              and m.status = 'active' and m.role = 'admin')
     and not exists (select from public.band_memberships m where m.band_id = p_band and m.user_id <> p_member
              and m.status = 'active' and m.role = 'admin') then
    perform sync.fail('last_admin: a band needs at least one admin');
  end if;
end $$;
comment on function sync.keep_an_admin(uuid, uuid) is 'Refuses where this member is the band''s only admin. The band''s head is locked, so two admins cannot both go.';

create function public.create_band(name text, id uuid default null) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := sync.require_user();
  band uuid := coalesce(create_band.id, gen_random_uuid());
  wanted text := btrim(create_band.name);
begin
  if wanted is null or wanted = '' or length(wanted) > 200 then
    perform sync.fail('bad_name: a band needs a name of 1 to 200 characters');
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

create function public.delete_band(band uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform sync.require_band(delete_band.band, true);
  delete from public.songs s where s.sync_scope = delete_band.band; -- no foreign key leads to them
  delete from public.bands b where b.id = delete_band.band;
end $$;
comment on function public.delete_band(uuid) is 'Deletes a band and everything in it. Tombstones and images stay 90 days, for an operator.';

create function public.create_invite(band uuid, max_uses integer default 1, valid_hours integer default 168) returns text
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := sync.require_band(create_invite.band, true);
  letters constant text := 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'; -- 32, none that looks like another
  noise bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
  fresh text;
begin
  if create_invite.max_uses is null or create_invite.max_uses not between 1 and 1000
     or create_invite.valid_hours is null or create_invite.valid_hours not between 1 and 8760 then
    perform sync.fail('bad_limits: 1 to 1000 uses, 1 to 8760 hours');
  end if;
  fresh := (select string_agg(substr(letters, get_byte(noise, i) % 32 + 1, 1), '' order by i) from generate_series(0, 9) i);
  insert into public.invite_codes (band_id, code, created_by, expires_at, max_uses)
  values (create_invite.band, fresh, me, now() + make_interval(hours => create_invite.valid_hours), create_invite.max_uses);
  return fresh;
end $$;
comment on function public.create_invite(uuid, integer, integer) is 'An invite code: 10 letters, 50 random bits.';

create function public.redeem_invite(code text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := sync.require_user();
  typed text := upper(regexp_replace(coalesce(redeem_invite.code, ''), '[^A-Za-z0-9]', '', 'g'));
  invite public.invite_codes;
  mine public.band_memberships;
begin
  select i.* into invite from public.invite_codes i where i.code in (redeem_invite.code, typed)
   order by i.code = redeem_invite.code desc limit 1;
  if invite.id is null or not invite.is_active then
    perform sync.fail('invite_unknown: there is no such invite');
  end if;
  perform sync.lock_own(array[invite.band_id]);
  select i.* into invite from public.invite_codes i where i.id = invite.id for update;
  select m.* into mine from public.band_memberships m where m.user_id = me and m.band_id = invite.band_id;
  if mine.status = 'active' then
    return invite.band_id; -- a member already: the code is not used up
  elsif invite.id is null or not invite.is_active then
    perform sync.fail('invite_unknown: there is no such invite');
  elsif invite.expires_at < now() then
    perform sync.fail('invite_expired: this invite is no longer valid');
  elsif invite.current_uses >= invite.max_uses then
    perform sync.fail('invite_used_up: this invite was used already');
  end if;
  update public.invite_codes i set current_uses = i.current_uses + 1 where i.id = invite.id;
  if mine.id is null then
    insert into public.band_memberships (user_id, band_id, role) values (me, invite.band_id, 'member');
  else
    update public.band_memberships m set status = 'active', role = 'member', joined_date = now() where m.id = mine.id;
  end if;
  return invite.band_id;
end $$;
comment on function public.redeem_invite(text) is 'Joins the code''s band as a member; joining again renews joined_rev. Case and separators do not matter.';

create function public.set_member_role(band uuid, member uuid, role text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform sync.require_band(set_member_role.band, true);
  if set_member_role.role is null or set_member_role.role not in ('admin', 'member', 'viewer') then
    perform sync.fail('bad_role: admin, member or viewer');
  end if;
  if set_member_role.role <> 'admin' then
    perform sync.keep_an_admin(set_member_role.band, set_member_role.member);
  end if;
  if not exists (select from public.band_memberships m where m.band_id = set_member_role.band
                  and m.user_id = set_member_role.member and m.status = 'active') then
    perform sync.fail('not_member: this person is not a member of the band');
  end if;
  update public.band_memberships m set role = set_member_role.role
   where m.band_id = set_member_role.band and m.user_id = set_member_role.member and m.role <> set_member_role.role;
end $$;
comment on function public.set_member_role(uuid, uuid, text) is 'Gives an active member a role; the last admin keeps his.';

create function sync.end_membership(p_band uuid, p_member uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform sync.keep_an_admin(p_band, p_member);
  update public.band_memberships m set status = 'inactive'
   where m.band_id = p_band and m.user_id = p_member and m.status <> 'inactive';
  if not found then
    perform sync.fail('not_member: this person is not a member of the band');
  end if;
end $$;
comment on function sync.end_membership(uuid, uuid) is 'Sets a membership inactive: the name stays on old rows, and the removed person can see who did it.';

create function public.remove_member(band uuid, member uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform sync.require_band(remove_member.band, true);
  perform sync.end_membership(remove_member.band, remove_member.member);
end $$;
comment on function public.remove_member(uuid, uuid) is 'Removes a member.';

create function public.leave_band(band uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform sync.end_membership(leave_band.band, sync.require_band(leave_band.band, false));
end $$;
comment on function public.leave_band(uuid) is 'The caller leaves; the last admin cannot.';

create function public.set_share_seen(band uuid, share boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := sync.require_band(set_share_seen.band, false);
begin
  update public.band_memberships m set share_seen = coalesce(set_share_seen.share, false)
   where m.band_id = set_share_seen.band and m.user_id = me and m.share_seen <> coalesce(set_share_seen.share, false);
end $$;
comment on function public.set_share_seen(uuid, boolean) is 'Whether the others may see what the caller has opened.';

create function sync.row_stamps(p_kind text, p_id uuid) returns table (scope uuid, by_user uuid, by_rev bigint, other_rev bigint)
language plpgsql stable security definer set search_path = '' as $$
begin
  if p_kind = 'setlist' then
    return query select t.sync_scope, t.sync_by, t.sync_by_rev, t.sync_other_rev from public.setlists t where t.id = p_id;
  elsif p_kind = 'show' then
    return query select t.sync_scope, t.sync_by, t.sync_by_rev, t.sync_other_rev from public.shows t where t.id = p_id;
  end if;
end $$;
comment on function sync.row_stamps(text, uuid) is 'Scope and author pair of a setlist or show.';

create function public.seen_by(kind text, id uuid) returns json
language plpgsql stable security definer set search_path = '' as $$
declare
  me uuid := sync.require_user();
  it record;
begin
  select * into it from sync.row_stamps(seen_by.kind, seen_by.id);
  if it.scope is null or it.scope = me or it.scope <> all (array(select sync.my_scopes())) then
    perform sync.fail('not_member: not a setlist or show of a band of yours');
  end if;
  return (select coalesce(json_agg(json_build_object('user', s.user_id, 'name', s.member_name, 'rev', s.rev,
                                                     'current', s.rev >= s.others_rev) order by s.member_name, s.user_id), '[]')
    from (select m.user_id, m.member_name,
                 greatest(coalesce(r.seen_rev, 0), case when it.by_user = m.user_id then it.by_rev else 0 end) as rev,
                 case when it.by_user = m.user_id then it.other_rev else it.by_rev end as others_rev
            from public.band_memberships m
            left join public.read_marks r on r.user_id = m.user_id and r.mark_scope = it.scope
              and r.row_kind = seen_by.kind and r.row_id = seen_by.id
           where m.band_id = it.scope and m.status = 'active' and m.share_seen) s
   where s.rev > 0);
end $$;
comment on function public.seen_by(text, uuid) is
  'Which active members have opened this setlist or show of a band, up to which revision, without times; only rows really opened count, never a floor. Who changed it last has seen that revision.';
