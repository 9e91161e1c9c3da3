-- One mutation: conflicts, update, insert, restore, delete, mark.
--
-- Owns: what an edit does to a row. sync_push (next file) owns exactly-once, locks and the order of calls.
-- Runs as the caller, so policies decide; the helpers that must see more are security definer, do one thing and check
-- the caller themselves. Refusals are raised with an SQLSTATE and, where one column is at fault, its name.

create function sync.refuse(p_state text, p_field text default null) returns void
language plpgsql set search_path = '' as $$
begin
  raise exception 'refused' using errcode = p_state, column = coalesce(p_field, '');
end $$;
comment on function sync.refuse(text, text) is 'Refuses the mutation under way with this SQLSTATE; the column at fault, if one is.';

create function sync.current_row(p_kind sync.kinds, p_scope uuid, p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  found_row jsonb;
begin
  execute format('select to_jsonb(t) from public.%I t where t.id = $1 and t.sync_scope = $2', p_kind.tbl)
    into found_row using p_id, p_scope;
  return found_row;
end $$;
comment on function sync.current_row(sync.kinds, uuid, uuid) is 'The row as the caller sees it in this scope, or null. The scope''s head is locked, so it does not change under us.';

create function sync.typed(p_kind sync.kinds, p_values jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  out_values jsonb;
begin
  execute format('select to_jsonb(jsonb_populate_record(null::public.%I, $1))', p_kind.tbl) into out_values using p_values;
  return out_values;
end $$;
comment on function sync.typed(sync.kinds, jsonb) is 'Values after a round trip through the column types: 1 and 1.0, Z and +00:00, key order compare equal. Fields that were not given are null.';

create function sync.settable(p_kind sync.kinds, p_set jsonb, p_whole boolean) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  field text;
  out_set jsonb := p_set;
begin
  if jsonb_typeof(p_set) is distinct from 'object' then
    perform sync.refuse('22023', 'set');
  end if;
  for field in select k from jsonb_object_keys(p_set) k where k <> all (p_kind.fields) loop
    if not exists (select from pg_catalog.pg_attribute a where a.attrelid = format('public.%I', p_kind.tbl)::regclass
                    and a.attname = field and a.attnum > 0 and not a.attisdropped) then
      perform sync.refuse('42703', field);
    elsif not p_whole then
      perform sync.refuse('42501', field);
    end if;
    out_set := out_set - field;
  end loop;
  return out_set;
end $$;
comment on function sync.settable(sync.kinds, jsonb, boolean) is
  'The fields a device may set. A whole row may hold the server''s own columns (dropped); an update that names one is refused; an unknown column always is.';

create function sync.with_context(p_kind sync.kinds, p_set jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  context text := p_set ->> 'context_type';
begin
  if p_kind.kind = 'setlist' and p_set ->> 'band_id' is not null and not p_set ? 'context_id' then
    p_set := p_set || jsonb_build_object('context_type', 'band', 'context_id', p_set -> 'band_id');
  elsif p_kind.kind = 'setlist' and context = 'personal' then
    p_set := p_set || '{"band_id": null}';
  elsif p_kind.kind = 'setlist' and p_set ->> 'context_id' is not null then
    p_set := p_set || jsonb_build_object('context_type', 'band', 'band_id', p_set -> 'context_id');
  end if;
  return p_set;
end $$;
comment on function sync.with_context(sync.kinds, jsonb) is 'Keeps the two ways in which a setlist names its scope (band_id; context_type and context_id) in step.';

create function sync.in_scope(p_kind sync.kinds, p_scope uuid, p_set jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  own boolean := p_scope = auth.uid();
begin
  if p_kind.kind in ('song', 'setlist') then
    p_set := jsonb_build_object('context_type', case when own then 'personal' else 'band' end, 'context_id', p_scope) || p_set;
  end if;
  if p_kind.kind = 'setlist' then
    return p_set || jsonb_build_object('band_id', case when own then null else p_scope end);
  elsif p_kind.kind <> 'song' then
    return jsonb_build_object('band_id', p_scope) || p_set;
  end if;
  return p_set;
end $$;
comment on function sync.in_scope(sync.kinds, uuid, jsonb) is 'A new row''s values with its scope filled in where the device left it out.';

create function sync.changed_by(p_scope uuid, p_ord smallint, p_id uuid, p_since bigint) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('user', l.actor, 'name', coalesce(sync.name_of(l.actor), 'System'),
                                                       'rev', l.rev) order by l.rev), '[]')
            from (select actor, max(rev) as rev from sync.log
                   where scope_id = p_scope and ord = 20 + p_ord and row_id = p_id and rev > p_since
                     and actor is distinct from auth.uid() group by actor) l);
end $$;
comment on function sync.changed_by(uuid, smallint, uuid, bigint) is 'Who else changed the row after a revision. For scopes that were checked before.';

create function sync.rev_now(p_scope uuid) returns bigint
language sql stable set search_path = '' as $$
  select coalesce(nullif(split_part(split_part(current_setting('sync.revs', true), ';' || p_scope || '=', 2), ';', 1), '')::bigint, 0)
$$;
comment on function sync.rev_now(uuid) is 'The revision this transaction has made in a scope, 0 if none.';

create function sync.write_row(p_kind sync.kinds, p_scope uuid, p_id uuid, p_values jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  changed integer;
begin
  execute format('update public.%I t set %s from jsonb_populate_record(null::public.%I, $1) v where t.id = $2 and t.sync_scope = $3',
      p_kind.tbl, (select string_agg(format('%I = v.%I', k, k), ', ') from jsonb_object_keys(p_values) k), p_kind.tbl)
    using p_values, p_id, p_scope;
  get diagnostics changed = row_count;
  if changed = 0 then
    perform sync.refuse('42501'); -- visible, but no policy lets the caller write it: PostgreSQL says nothing
  end if;
end $$;
comment on function sync.write_row(sync.kinds, uuid, uuid, jsonb) is 'Updates one visible row as the caller; no row changed is a refusal.';

create function sync.add_row(p_kind sync.kinds, p_scope uuid, p_values jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  columns text := (select string_agg(format('%I', k), ', ') from jsonb_object_keys(p_values) k);
  landed uuid;
begin
  execute format('insert into public.%I (%s) select %s from jsonb_populate_record(null::public.%I, $1) returning sync_scope',
      p_kind.tbl, columns, columns, p_kind.tbl)
    into landed using p_values;
  if landed is distinct from p_scope then
    perform sync.refuse('42501', 'context_id');
  end if;
end $$;
comment on function sync.add_row(sync.kinds, uuid, jsonb) is 'Inserts one row and makes sure that it landed in the scope of the call.';

create function sync.apply_update(p_kind sync.kinds, p_scope uuid, p_id uuid, p_row jsonb, p_set jsonb, p_base jsonb)
returns jsonb language plpgsql set search_path = '' as $$
declare
  wanted jsonb := sync.typed(p_kind, p_set);
  known jsonb := sync.typed(p_kind, p_base);
  todo jsonb := '{}';
  overwritten jsonb := '{}';
  current jsonb := '{}';
  field text;
begin
  for field in select k from jsonb_object_keys(p_set) k order by k loop
    continue when wanted -> field = p_row -> field;
    if p_base ? field and known -> field = p_row -> field then
      todo := todo || jsonb_build_object(field, p_set -> field);
    elsif sync.is_too_large((p_row ->> 'sync_bytes')::integer) and sync.is_cut(p_row -> field) then
      perform sync.refuse('54000', field); -- no phone can be told what is there
    elsif field = any (p_kind.merged) then
      current := current || jsonb_build_object(field, p_row -> field);
    else
      overwritten := overwritten || jsonb_build_object(field, p_row -> field);
      todo := todo || jsonb_build_object(field, p_set -> field);
    end if;
  end loop;
  if todo <> '{}' then
    perform sync.write_row(p_kind, p_scope, p_id, sync.with_context(p_kind, todo));
  end if;
  return jsonb_build_object('verdict', case when current = '{}' then 'applied' else 'partial' end,
    'rev', case when todo = '{}' then 0 else sync.rev_now(p_scope) end, 'overwritten', overwritten, 'current', current);
end $$;
comment on function sync.apply_update(sync.kinds, uuid, uuid, jsonb, jsonb, jsonb) is
  'Field by field: equal = nothing to do; the base still stands = applied; else a conflict: a scalar is applied and the old value returned, text and lists are left alone and returned for merging. A missing base is unknown, so a conflict. A conflict with a value that is too large for a phone refuses the edit.';

create function sync.revive(p_kind sync.kinds, p_scope uuid, p_id uuid, p_set jsonb) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  target regclass := format('public.%I', p_kind.tbl)::regclass;
  kept jsonb;
  link record;
  there boolean;
begin
  select i.image into kept from sync.images i where i.scope_id = p_scope and i.ord = 10 + p_kind.ord and i.row_id = p_id;
  if kept is null then
    return false;
  elsif not p_scope = any (array(select sync.my_writable_scopes())) then
    perform sync.refuse('42501');
  end if;
  select jsonb_object_agg(a.attname, kept -> a.attname::text) into kept from pg_catalog.pg_attribute a
   where a.attrelid = target and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     and a.attname not like 'sync\_%' and kept ? a.attname::text;
  for link in select a.attname::text as col, c.confrelid::regclass as other, f.attname::text as key
      from pg_catalog.pg_constraint c
      join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] and not a.attnotnull
      join pg_catalog.pg_attribute f on f.attrelid = c.confrelid and f.attnum = c.confkey[1]
     where c.conrelid = target and c.contype = 'f' and cardinality(c.conkey) = 1 loop
    execute format('select exists (select from %s o where o.%I::text = $1)', link.other, link.key)
      into there using kept ->> link.col;
    if not there then
      kept := kept || jsonb_build_object(link.col, null); -- what it pointed to is gone meanwhile
    end if;
  end loop;
  perform sync.add_row(p_kind, p_scope,
    kept || jsonb_build_object('version', coalesce((kept ->> 'version')::integer, 0) + 1) || sync.with_context(p_kind, p_set));
  delete from sync.images i where i.scope_id = p_scope and i.ord = 10 + p_kind.ord and i.row_id = p_id;
  return true;
end $$;
comment on function sync.revive(sync.kinds, uuid, uuid, jsonb) is
  'Brings a deleted row back from its kept image, with new values on top; its creator stays. Definer, because no policy lets one member insert in another''s name: checks the right to write itself. False without an image.';

create function sync.apply_insert(p_kind sync.kinds, p_scope uuid, p_id uuid, p_set jsonb) returns jsonb
language plpgsql set search_path = '' as $$
declare
  was_buried boolean := exists (select from sync.tombstones t
    where t.scope_id = p_scope and t.ord = 10 + p_kind.ord and t.row_id = p_id);
begin
  p_set := sync.in_scope(p_kind, p_scope, p_set) || jsonb_build_object('id', p_id);
  if p_kind.kind <> 'practice' then
    p_set := p_set || jsonb_build_object('created_by', auth.uid());
  end if;
  perform sync.add_row(p_kind, p_scope, p_set);
  return jsonb_build_object('verdict', 'applied', 'rev', sync.rev_now(p_scope), 'restored', was_buried);
end $$;
comment on function sync.apply_insert(sync.kinds, uuid, uuid, jsonb) is 'A new row of the caller''s.';

create function sync.apply_delete(p_kind sync.kinds, p_scope uuid, p_id uuid, p_row jsonb) returns jsonb
language plpgsql set search_path = '' as $$
declare
  changed integer;
begin
  if p_row is null then
    return '{"verdict": "applied", "rev": 0}'; -- already gone
  end if;
  execute format('delete from public.%I t where t.id = $1 and t.sync_scope = $2', p_kind.tbl) using p_id, p_scope;
  get diagnostics changed = row_count;
  if changed = 0 then
    perform sync.refuse('42501');
  end if;
  return jsonb_build_object('verdict', 'applied', 'rev', sync.rev_now(p_scope));
end $$;
comment on function sync.apply_delete(sync.kinds, uuid, uuid, jsonb) is 'Deletes as the caller; what is gone already is done.';

create function sync.apply_mark(p_scope uuid, p_id uuid, p_set jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  target uuid := (p_set ->> 'scope_id')::uuid;
  floor_mark boolean := p_id = '00000000-0000-0000-0000-000000000000';
  mark bigint := (p_set ->> 'rev')::bigint;
  seen bigint := 0;
  old_mark public.read_marks;
begin
  if p_scope is distinct from me or target is null or not target = any (array(select sync.my_scopes())) then
    perform sync.refuse('42501', 'scope_id');
  elsif not exists (select from sync.kinds k where k.kind = p_set ->> 'row_kind' and k.kind <> 'read_mark') then
    perform sync.refuse('22023', 'row_kind');
  elsif mark is null or mark < 0 then
    perform sync.refuse('22023', 'rev');
  end if;
  mark := least(mark, (select h.rev from public.sync_head h where h.scope_id = target));
  if not floor_mark and p_set -> 'seen' = 'true' then
    seen := mark;
  end if;
  select m.* into old_mark from public.read_marks m where m.user_id = me and m.mark_scope = target
     and m.row_kind = p_set ->> 'row_kind' and m.row_id = p_id;
  if old_mark.id is null then
    insert into public.read_marks (user_id, mark_scope, row_kind, row_id, rev, seen_rev)
    values (me, target, p_set ->> 'row_kind', p_id, mark, seen);
  elsif (old_mark.rev >= mark and old_mark.seen_rev >= seen) or p_set -> 'if_absent' = 'true' then
    return '{"verdict": "applied", "rev": 0}';
  else
    update public.read_marks m set rev = greatest(m.rev, mark), seen_rev = greatest(m.seen_rev, seen)
     where m.id = old_mark.id;
  end if;
  return jsonb_build_object('verdict', 'applied', 'rev', sync.rev_now(me));
end $$;
comment on function sync.apply_mark(uuid, uuid, jsonb) is
  'A read mark of the caller, as a maximum, never above the head. Definer: nobody writes read_marks directly. A mark that adds nothing makes no revision.';
