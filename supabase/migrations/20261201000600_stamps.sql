-- Stamps, tombstones and the log, second version of the functions of `..._sync_stamps.sql` that changed.
--
-- Owns and never: as there.

create function sync.light_pair(p_kind text, p_old anyelement, p_new anyelement) returns jsonb[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  was record;
  is_now record;
begin
  was := p_old;
  is_now := p_new;
  if p_kind in ('song', 'setlist', 'show', 'practice') then
    if is_now.notes is not distinct from was.notes then
      is_now.notes := null; was.notes := null;
    end if;
  end if;
  if p_kind = 'song' then
    if is_now.reference_links is not distinct from was.reference_links then
      is_now.reference_links := null; was.reference_links := null;
    end if;
  elsif p_kind = 'setlist' then
    if is_now.items is not distinct from was.items then
      is_now.items := null; was.items := null;
    end if;
  elsif p_kind = 'show' then
    if is_now.contacts is not distinct from was.contacts then
      is_now.contacts := null; was.contacts := null;
    end if;
  elsif p_kind = 'practice' then
    if is_now.wrapup_notes is not distinct from was.wrapup_notes then
      is_now.wrapup_notes := null; was.wrapup_notes := null;
    end if;
    if is_now.songs is not distinct from was.songs then
      is_now.songs := null; was.songs := null;
    end if;
    if is_now.attendees is not distinct from was.attendees then
      is_now.attendees := null; was.attendees := null;
    end if;
  end if;
  return array[sync.row_json(was), sync.row_json(is_now)];
end $$;
comment on function sync.light_pair(text, anyelement, anyelement) is
  'A row before and after an update as JSON, without the long values that did not change: comparing is cheap, turning them into JSON is not.';

create or replace function sync.stamp() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  fresh boolean := tg_op = 'INSERT';
  new_json jsonb;
  old_json jsonb;
  pair jsonb[];
begin
  if fresh then
    new_json := sync.row_json(new);
  elsif new.id <> old.id then
    raise exception 'the id of a synced row is fixed' using errcode = '0A000';
  elsif old.sync_bytes < 10000 then
    old_json := sync.row_json(old);
    new_json := sync.row_json(new);
  else
    pair := sync.light_pair(tg_argv[0], old, new);
    old_json := pair[1];
    new_json := pair[2];
  end if;
  new.sync_scope := sync.scope_of(tg_argv[0], new_json);
  if tg_op = 'INSERT' then
    perform sync.reserve_id(tg_argv[0], new.id, new.sync_scope);
  end if;
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
  if pair is null or tg_argv[0] = 'membership' then -- as a page writes it (generated columns are not there yet, nor sent): escapes can make a text six times as long
    new.sync_bytes := octet_length(row_to_json(new)::text);
  else
    new.sync_bytes := old.sync_bytes + octet_length(new_json::text) - octet_length(old_json::text)
      + octet_length(jsonb_build_array(new.sync_scope, new.sync_rev, new.sync_by, new.sync_by_rev, new.sync_other_rev)::text)
      - octet_length(jsonb_build_array(old.sync_scope, old.sync_rev, old.sync_by, old.sync_by_rev, old.sync_other_rev)::text);
  end if;
  if tg_argv[0] = 'song' and (new_json ->> 'tuning_id' is not null or new_json ->> 'song_group_id' is not null)
     and (tg_op = 'UPDATE' or sync.home_of('song', new.id) is null) then
    perform sync.check_outer_links(new.sync_scope, old_json, new_json);
  end if;
  if new.sync_bytes > 10000 and (tg_op = 'UPDATE' or sync.home_of(tg_argv[0], new.id) is null) then -- else an upsert: its update is checked
    perform sync.check_sizes(tg_argv[0], old_json, new_json, fresh or new.sync_bytes > old.sync_bytes, new.sync_bytes);
  end if;
  return new;
end $$;
comment on function sync.stamp() is
  'BEFORE ROW, last: scope, revision, and the author pair (sync_by/sync_by_rev: the last change of content; sync_other_rev: the last by anybody else), from which unread follows exactly for every user without history. Argument: the kind.';

drop function sync.note(uuid, bigint, smallint, uuid, text, text[]);

create function sync.note(p_scope uuid, p_rev bigint, p_ord smallint, p_row uuid, p_op text, p_cols text[], p_vals jsonb default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  back text[]; -- columns that end where they began
  joined jsonb;
  held sync.log;
begin
  select l.* into held from sync.log l where l.scope_id = p_scope and l.rev = p_rev and l.ord = 20 + p_ord and l.row_id = p_row;
  if held.op = 'update' and p_op = 'update' then
    joined := sync.joined_values(held.cols, held.vals, p_cols, p_vals);
    back := array(select j.key from jsonb_each(joined) j
      where j.value -> 0 = j.value -> 1 or (sync.is_nothing(j.value -> 0) and sync.is_nothing(j.value -> 1)));
    p_vals := nullif(joined - back, '{}');
    p_cols := array(select c from unnest(held.cols || p_cols) c where c <> all (back) group by c order by c);
  elsif held.op in ('insert', 'restore') and p_op = 'update' then
    return;
  end if;
  insert into sync.log as l (scope_id, rev, ord, row_id, op, actor, cols, vals)
  values (p_scope, p_rev, 20 + p_ord, p_row, p_op, auth.uid(), p_cols, p_vals)
  on conflict (scope_id, rev, ord, row_id) do update set op = excluded.op, cols = excluded.cols, vals = excluded.vals;
end $$;
comment on function sync.note(uuid, bigint, smallint, uuid, text, text[], jsonb) is 'One log entry a row and revision; a second change in the same transaction joins the first.';
revoke execute on function sync.note(uuid, bigint, smallint, uuid, text, text[], jsonb) from public, anon, authenticated;

create or replace function sync.bury(p_kind sync.kinds, p_scope uuid, p_row jsonb, p_keep boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  at_rev bigint := sync.bump(p_scope);
  dead uuid := (p_row ->> 'id')::uuid;
begin
  insert into sync.tombstones as t (scope_id, ord, row_id, kind, rev, actor_id, actor_name, title)
  values (p_scope, 10 + p_kind.ord, dead, p_kind.kind, at_rev, auth.uid(),
          case when sync.is_strict() then coalesce(sync.name_of(auth.uid()), 'System') else sync.name_in(p_scope, auth.uid()) end,
          left(p_row ->> p_kind.title, 200))
  on conflict (scope_id, ord, row_id) do update set
    rev = excluded.rev, actor_id = excluded.actor_id, actor_name = excluded.actor_name,
    title = excluded.title, deleted_at = excluded.deleted_at;
  if p_keep then
    insert into sync.images values (p_scope, 10 + p_kind.ord, dead, p_row)
    on conflict (scope_id, ord, row_id) do update set image = excluded.image;
  else
    delete from sync.images i where i.scope_id = p_scope and i.ord = 10 + p_kind.ord and i.row_id = dead; -- of an earlier delete
  end if;
  perform sync.note(p_scope, at_rev, p_kind.ord, dead, case when p_keep then 'delete' else 'move' end, '{}');
end $$;
comment on function sync.bury(sync.kinds, uuid, jsonb, boolean) is 'Leaves a tombstone in a scope, and for a real delete the row''s last image.';

create or replace function sync.record() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
declare
  what sync.kinds;
  old_json jsonb;
  new_json jsonb;
  pair jsonb[];
  cols text[];
begin
  select * into strict what from sync.kinds k where k.kind = tg_argv[0];
  if tg_op = 'DELETE' then
    if old.sync_scope is not null then
      perform sync.bury(what, old.sync_scope, sync.row_json(old), true);
    end if;
    return null;
  end if;
  if tg_op = 'UPDATE' and old.sync_scope is not null and new.sync_scope is distinct from old.sync_scope then
    perform sync.bury(what, old.sync_scope, sync.row_json(old), false);
  end if;
  if new.sync_scope is null then
    return null;
  end if;
  if tg_op = 'INSERT' or new.sync_scope is distinct from old.sync_scope then
    perform sync.note(new.sync_scope, new.sync_rev, what.ord, new.id, case when tg_op = 'INSERT' and exists (select from sync.tombstones t
      where t.scope_id = new.sync_scope and t.ord = 10 + what.ord and t.row_id = new.id) then 'restore' else 'insert' end, '{}');
    return null;
  end if;
  if new.sync_by_rev = new.sync_rev then -- else only bookkeeping changed
    pair := case when old.sync_bytes < 10000 then array[sync.row_json(old), sync.row_json(new)] else sync.light_pair(tg_argv[0], old, new) end;
    old_json := sync.content_of(pair[1]);
    new_json := sync.content_of(pair[2]);
    cols := sync.changed_columns(old_json, new_json);
    perform sync.note(new.sync_scope, new.sync_rev, what.ord, new.id, 'update', cols, sync.short_values(what, cols, old_json, new_json));
  end if;
  return null;
end $$;
comment on function sync.record() is
  'AFTER ROW: tombstone, kept image, log. After, not before, because BEFORE INSERT also fires where ON CONFLICT then inserts nothing. Argument: the kind.';

revoke execute on function sync.light_pair(text, anyelement, anyelement) from public, anon, authenticated;
