-- Stamps, tombstones and the log: what a write to a synced row leaves behind.
--
-- Owns: the `sync_*` columns of every synced row, whoever writes it and by whatever way.
-- Never: ENABLE ALWAYS. A replica or a restore under `session_replication_role = replica` must keep the stamps it copies.
-- The row trigger is named `zz_sync_stamp` to fire last, so what clients or other triggers put there is overwritten.

create function sync.content_of(p_row jsonb) returns jsonb
language sql immutable parallel safe as $$
  select p_row - '{version,created_date,updated_date,last_modified,last_modified_by,normalized_title,normalized_artist,joined_rev,sync_scope,sync_rev,sync_by,sync_by_rev,sync_other_rev,sync_bytes}'::text[]
$$;
comment on function sync.content_of(jsonb) is 'A row without its bookkeeping columns. A write that changes nothing of this is nobody''s change: it gets a revision, but no author.';

create function sync.is_strict() returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return coalesce((select m.value = 'yes' from sync.meta m where m.key = 'strict'), false);
end $$;
comment on function sync.is_strict() is 'Whether our own policies are in force (sync.apply_strict_policies).';

create function sync.may_delete(p_scope uuid, p_row jsonb) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return p_scope = any (array(select sync.my_admin_scopes()))
    or (p_scope = any (array(select sync.my_writable_scopes()))
        and (not p_row ? 'created_by' or (p_row ->> 'created_by')::uuid = auth.uid()));
end $$;
comment on function sync.may_delete(uuid, jsonb) is
  'The rule for deleting, and so for moving a row out of a scope: an admin anything, a member what he created; practices, which name no creator, any member.';

create function sync.guard_member(old_row public.band_memberships, new_row public.band_memberships)
returns public.band_memberships
language plpgsql stable set search_path = '' as $$
begin
  if old_row.id is null or new_row.user_id <> old_row.user_id or new_row.status <> 'inactive' then
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
comment on function sync.guard_member(public.band_memberships, public.band_memberships) is
  'Keeps member_name, joined_rev and share_seen of a membership whatever a client sent: a joining, also a second one, renews joined_rev; somebody removed keeps his last name.';

create function sync.scope_of(p_kind text, p_row jsonb) returns uuid
language sql immutable parallel safe as $$
  select case
    when p_kind = 'band' then sync.to_uuid(p_row ->> 'id')
    when p_kind = 'song' then sync.to_uuid(p_row ->> 'context_id')
    when p_kind = 'setlist' and p_row ->> 'context_type' = 'personal' then sync.to_uuid(p_row ->> 'context_id')
    when p_kind = 'read_mark' then sync.to_uuid(p_row ->> 'user_id')
    else sync.to_uuid(p_row ->> 'band_id')
  end
$$;
comment on function sync.scope_of(text, jsonb) is 'The scope that a row of this kind belongs to by its content; null for a garbage context.';

create function sync.stamp() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  fresh boolean := tg_op = 'INSERT';
  new_json jsonb := to_jsonb(new);
  old_json jsonb;
begin
  if tg_op = 'UPDATE' then
    if new.id <> old.id then
      raise exception 'the id of a synced row is fixed' using errcode = '0A000';
    end if;
    old_json := to_jsonb(old);
  end if;
  new.sync_scope := sync.scope_of(tg_argv[0], new_json);
  if new.sync_scope is null then -- Garbage context: not synced, reported by sync.audit, never an error.
    new.sync_rev := 0; new.sync_by := me; new.sync_by_rev := 0; new.sync_other_rev := 0;
    return new;
  end if;
  new.sync_rev := sync.bump(new.sync_scope);
  if tg_op = 'UPDATE' and new.sync_scope is distinct from old.sync_scope then
    if old.sync_scope is not null and me is not null
       and (sync.is_strict() or current_setting('sync.pushing', true) = 'yes')
       and not sync.may_delete(old.sync_scope, old_json) then
      raise exception 'moving a row away needs the right to delete it' using errcode = '42501';
    end if;
    fresh := true;
  end if;
  if fresh then
    new.sync_by := me; new.sync_by_rev := new.sync_rev; new.sync_other_rev := 0;
  elsif sync.content_of(new_json) = sync.content_of(old_json) then
    new.sync_by := old.sync_by; new.sync_by_rev := old.sync_by_rev; new.sync_other_rev := old.sync_other_rev;
  else
    new.sync_other_rev := case when old.sync_by is distinct from me then old.sync_by_rev else old.sync_other_rev end;
    new.sync_by := me; new.sync_by_rev := new.sync_rev;
  end if;
  if tg_argv[0] = 'membership' then
    if tg_op = 'UPDATE' then
      new := sync.guard_member(old, new);
    else
      new := sync.guard_member(null, new);
    end if;
  end if;
  new.sync_bytes := octet_length(row_to_json(new)::text); -- as a page writes it (generated columns are not there yet, nor sent): escapes can make a text six times as long
  return new;
end $$;
comment on function sync.stamp() is
  'BEFORE ROW, last: scope, revision, and the author pair (sync_by/sync_by_rev: the last change of content; sync_other_rev: the last by anybody else), from which unread follows exactly for every user without history. Argument: the kind.';

create function sync.note(p_scope uuid, p_rev bigint, p_ord smallint, p_row uuid, p_op text, p_cols text[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into sync.log as l (scope_id, rev, ord, row_id, op, actor, cols)
  values (p_scope, p_rev, 20 + p_ord, p_row, p_op, auth.uid(), p_cols)
  on conflict (scope_id, rev, ord, row_id) do update set
    op = case when excluded.op = 'update' then l.op else excluded.op end,
    cols = case when excluded.op <> 'update' then excluded.cols
                when l.op = 'insert' then l.cols
                else array(select unnest(l.cols) union select unnest(excluded.cols) order by 1) end;
end $$;
comment on function sync.note(uuid, bigint, smallint, uuid, text, text[]) is 'One log entry a row and revision; a second change in the same transaction joins the first.';

create function sync.bury(p_kind sync.kinds, p_scope uuid, p_row jsonb, p_keep boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  at_rev bigint := sync.bump(p_scope);
  dead uuid := (p_row ->> 'id')::uuid;
begin
  insert into sync.tombstones as t (scope_id, ord, row_id, kind, rev, actor_id, actor_name, title)
  values (p_scope, 10 + p_kind.ord, dead, p_kind.kind, at_rev, auth.uid(),
          coalesce(sync.name_of(auth.uid()), 'System'), left(p_row ->> p_kind.title, 200))
  on conflict (scope_id, ord, row_id) do update set
    rev = excluded.rev, actor_id = excluded.actor_id, actor_name = excluded.actor_name,
    title = excluded.title, deleted_at = excluded.deleted_at;
  if p_keep then
    insert into sync.images values (p_scope, 10 + p_kind.ord, dead, p_row)
    on conflict (scope_id, ord, row_id) do update set image = excluded.image;
  end if;
  perform sync.note(p_scope, at_rev, p_kind.ord, dead, 'delete', '{}');
end $$;
comment on function sync.bury(sync.kinds, uuid, jsonb, boolean) is 'Leaves a tombstone in a scope, and for a real delete the row''s last image.';

create function sync.record() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  what sync.kinds;
  old_json jsonb;
  new_json jsonb;
begin
  select * into strict what from sync.kinds k where k.kind = tg_argv[0];
  if tg_op = 'DELETE' then
    if old.sync_scope is not null then
      perform sync.bury(what, old.sync_scope, to_jsonb(old), true);
    end if;
    return null;
  end if;
  if tg_op = 'UPDATE' and old.sync_scope is not null and new.sync_scope is distinct from old.sync_scope then
    perform sync.bury(what, old.sync_scope, to_jsonb(old), false);
  end if;
  if new.sync_scope is null then
    return null;
  end if;
  if tg_op = 'INSERT' or new.sync_scope is distinct from old.sync_scope then
    perform sync.note(new.sync_scope, new.sync_rev, what.ord, new.id, 'insert', '{}');
    return null;
  end if;
  if new.sync_by_rev = new.sync_rev then -- else only bookkeeping changed
    old_json := sync.content_of(to_jsonb(old));
    new_json := sync.content_of(to_jsonb(new));
    perform sync.note(new.sync_scope, new.sync_rev, what.ord, new.id, 'update',
      array(select n.key from jsonb_each(new_json) n where n.value is distinct from old_json -> n.key order by 1));
  end if;
  return null;
end $$;
comment on function sync.record() is
  'AFTER ROW: tombstone, kept image, log. After, not before, because BEFORE INSERT also fires where ON CONFLICT then inserts nothing. Argument: the kind.';

create function sync.renamed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.band_memberships set member_name = new.name where user_id = new.id and status = 'active';
  return null;
end $$;
comment on function sync.renamed() is 'A new name reaches the person''s memberships; where he left, the old name stays.';

create function sync.user_added() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.sync_head (scope_id) values (new.id) on conflict do nothing;
  return null;
end $$;
comment on function sync.user_added() is 'Every person has a scope from the start, so that the list of scopes names it.';

do $triggers$
declare
  one sync.kinds;
begin
  for one in select * from sync.kinds order by ord loop
    execute format('create trigger aa_sync_lock before insert or update or delete on public.%I for each statement execute function sync.lock_mine()', one.tbl);
    execute format('create trigger zz_sync_stamp before insert or update on public.%I for each row execute function sync.stamp(%L)', one.tbl, one.kind);
    execute format('create trigger zz_sync_truncated after truncate on public.%I for each statement execute function sync.truncated()', one.tbl);
    if one.kind <> 'read_mark' then
      execute format('create trigger zz_sync_record after insert or update or delete on public.%I for each row execute function sync.record(%L)', one.tbl, one.kind);
    end if;
  end loop;
  create trigger aa_sync_lock before delete or update of name on public.users
    for each statement execute function sync.lock_mine();
  create trigger zz_sync_renamed after update of name on public.users
    for each row when (old.name is distinct from new.name) execute function sync.renamed();
  create trigger zz_sync_added after insert on public.users
    for each row execute function sync.user_added();
end $triggers$;
