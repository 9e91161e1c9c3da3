-- Rows stay in their scope: where links may lead, who may take an id, whose name is told, what is published.
--
-- Owns: the foreign keys between synced tables, the check of links without a key, the reservation of ids.
-- Never: looks at a link that a write leaves as it was. A database that the web app filled may hold links into other
-- scopes; they stay, and an edit of another column is not refused for them.
-- Invariant: a delete changes rows of its own scope only. The keys name the scope too, so a row of another scope that
-- (by an older version) points to a deleted one is neither changed nor waited for.

-- Links with a foreign key.
alter table public.bands add constraint bands_sync_home unique (id, sync_scope);
alter table public.setlists add constraint setlists_sync_home unique (id, sync_scope);

create function sync.bind_link(p_table regclass, p_column text, p_other regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  old_key record;
  on_delete text := format('set null (%I)', p_column);
  wanted text := format('%s_%s_fkey', (select c.relname from pg_catalog.pg_class c where c.oid = p_table), p_column);
begin
  for old_key in select c.conname, c.confdeltype from pg_catalog.pg_constraint c
      join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attname = p_column and c.conkey = array[a.attnum]
     where c.conrelid = p_table and c.confrelid = p_other and c.contype = 'f' loop
    execute format('alter table %s drop constraint %I', p_table, old_key.conname);
    wanted := old_key.conname;
    on_delete := case old_key.confdeltype when 'c' then 'cascade' when 'r' then 'restrict' when 'a' then 'no action' else on_delete end;
  end loop;
  execute format('alter table %s add constraint %I foreign key (%I, sync_scope) references %s (id, sync_scope) on update %s on delete %s not valid',
    p_table, wanted, p_column, p_other, case when on_delete like 'set null%' or p_column = 'forked_from' then 'set null' else 'no action' end, on_delete);
end $$;
comment on function sync.bind_link(regclass, text, regclass) is
  'Replaces the foreign key of a column by one that also asks for the same scope; name and action stay. Not validated: links of before may lead elsewhere. A row that is pointed to and moves away loses the links of its old scope (the scope column is filled again by the stamp).';

do $links$
begin
  perform sync.bind_link('public.setlists', 'band_id', 'public.bands');
  perform sync.bind_link('public.setlists', 'forked_from', 'public.setlists');
  perform sync.bind_link('public.setlists', 'source_setlist_id', 'public.setlists');
  perform sync.bind_link('public.shows', 'setlist_id', 'public.setlists');
  perform sync.bind_link('public.practice_sessions', 'setlist_id', 'public.setlists');
end $links$;

-- Links without one: a setlist's show, the songs of a setlist or a practice, rows of tables that only the web app has. What
-- is in another scope and what is nowhere are refused alike, so that an id tells nobody whether it is known.
create index tombstones_row on sync.tombstones (row_id);

create function sync.song_ids(p_items jsonb) returns uuid[]
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(sync.to_uuid(i ->> 'songId')), '{}') from jsonb_array_elements(
    case when jsonb_typeof(p_items) = 'array' then p_items else '[]' end) i
   where jsonb_typeof(i) = 'object' and i ->> 'songId' is not null
$$;
comment on function sync.song_ids(jsonb) is 'The songs that the items of a setlist or practice name.';

create function sync.check_links(p_kind text, p_ids uuid[], p_scope uuid, p_column text) returns void
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if auth.uid() is not null and exists (select from unnest(p_ids) i (id)
      where not exists (select from public.songs t where p_kind = 'song' and t.id = i.id and t.sync_scope in (p_scope, auth.uid()))
        and not exists (select from public.shows t where p_kind = 'show' and t.id = i.id and t.sync_scope = p_scope)
        and not exists (select from sync.tombstones t where t.row_id = i.id and t.kind = p_kind and t.scope_id in (p_scope, auth.uid()))
        and not exists (select from sync.uses u where u.scope_id = p_scope and u.target_id = i.id)) then
    raise exception 'a link leads out of its band or personal space' using errcode = '23503', column = p_column;
  end if;
end $$;
comment on function sync.check_links(text, uuid[], uuid, text) is
  'Refuses ids that are not of this scope or the caller''s own space: neither there, nor deleted there and still kept, nor named there by another list. So a row of another scope and one that nobody knows are answered alike. Service jobs, which may write in any order, are not asked.';

create function sync.leads_home(p_table text, p_id uuid, p_scope uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  target regclass := to_regclass(format('public.%I', p_table));
  it jsonb;
  maker uuid;
  shared boolean := false;
begin
  if target is null or auth.uid() is null then
    return true; -- there is no such table here, so the id leads nowhere
  end if;
  execute format('select to_jsonb(t) from %s t where t.id = $1', target) into it using p_id;
  maker := sync.to_uuid(coalesce(it ->> 'host_user_id', it ->> 'created_by'));
  if p_table = 'jam_sessions' and to_regclass('public.jam_participants') is not null then
    execute 'select exists (select from public.jam_participants p where p.jam_session_id = $1 and p.user_id = $2)' into shared using p_id, auth.uid();
  end if;
  return coalesce(shared or it -> 'is_builtin' = 'true', false)
    or coalesce(sync.to_uuid(it ->> 'context_id') in (p_scope, auth.uid()), false)
    or (it ->> 'context_id' is null and (coalesce(maker in (p_scope, auth.uid()), false)
        or exists (select from public.band_memberships m where p_table = 'song_groups' and m.band_id = p_scope and m.user_id = maker)));
end $$;
comment on function sync.leads_home(text, uuid, uuid) is
  'Whether a row of a table that only the web app has may be pointed to from a scope: it is everybody''s, of the scope, the caller''s own, of a jam he takes part in, or a group of songs that a member made. False where there is no such row: that is answered like one of somebody else.';

create function sync.check_outer_links(p_scope uuid, p_old jsonb, p_new jsonb) returns void
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  one record;
begin
  for one in select * from (values ('tuning_id', 'tunings'), ('song_group_id', 'song_groups')) t (col, tbl) loop
    if p_new ->> one.col is not null and p_new -> one.col is distinct from p_old -> one.col
       and not sync.leads_home(one.tbl, sync.to_uuid(p_new ->> one.col), p_scope) then
      raise exception 'a link leads out of its band or personal space' using errcode = '23503', column = one.col;
    end if;
  end loop;
end $$;
comment on function sync.check_outer_links(uuid, jsonb, jsonb) is
  'A tuning or group of songs that a write of a song names is of the same scope. Called by the stamp: a trigger of its own would keep a web app from dropping such a column.';

create function sync.keep_setlist_links() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  home uuid := case when new.context_type = 'personal' then sync.to_uuid(new.context_id) else new.band_id end;
  fresh uuid[] := '{}';
begin
  if tg_op = 'INSERT' and sync.home_of('setlist', new.id) is not null then
    return new; -- an upsert: its update is checked
  elsif tg_op = 'INSERT' then
    fresh := case when current_setting('sync.reviving', true) = 'yes' then fresh else sync.song_ids(new.items) end;
  elsif new.items is distinct from old.items then
    fresh := array(select unnest(sync.song_ids(new.items)) except select unnest(sync.song_ids(old.items)));
  end if;
  if tg_op = 'UPDATE' and home is distinct from old.sync_scope then
    new.show_id := nullif(new.show_id, old.show_id);
    new.forked_from := nullif(new.forked_from, old.forked_from);
    new.source_setlist_id := nullif(new.source_setlist_id, old.source_setlist_id);
  end if;
  if new.show_id is not null and (tg_op = 'INSERT' or new.show_id is distinct from old.show_id) then
    perform sync.check_links('show', array[new.show_id], home, 'show_id');
  end if;
  if new.jam_session_id is not null and (tg_op = 'INSERT' or new.jam_session_id is distinct from old.jam_session_id)
     and not sync.leads_home('jam_sessions', new.jam_session_id, home) then
    raise exception 'a link leads out of its band or personal space' using errcode = '23503', column = 'jam_session_id';
  end if;
  if cardinality(fresh) > 0 then
    perform sync.check_links('song', fresh, home, 'items');
  end if;
  return new;
end $$;
comment on function sync.keep_setlist_links() is
  'BEFORE ROW: checks the links that a write adds to a setlist. A setlist that moves to another scope leaves behind the links that would lead back; its songs stay named. What a deleted setlist named before it comes back is not asked again.';

create function sync.keep_event_links() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  fresh uuid[] := '{}';
begin
  if tg_op = 'UPDATE' and new.band_id is distinct from old.sync_scope then
    new.setlist_id := nullif(new.setlist_id, old.setlist_id);
  end if;
  if tg_argv[0] = 'practice' then
    if tg_op = 'INSERT' and sync.home_of('practice', new.id) is not null then
      return new;
    elsif tg_op = 'INSERT' then
      fresh := case when current_setting('sync.reviving', true) = 'yes' then fresh else sync.song_ids(new.songs) end;
    elsif new.songs is distinct from old.songs then
      fresh := array(select unnest(sync.song_ids(new.songs)) except select unnest(sync.song_ids(old.songs)));
    end if;
  end if;
  if cardinality(fresh) > 0 then
    perform sync.check_links('song', fresh, new.band_id, 'songs');
  end if;
  return new;
end $$;
comment on function sync.keep_event_links() is 'BEFORE ROW: the same for a show or practice; the foreign key checks its setlist. Argument: the kind.';

create trigger zy_sync_links before insert or update on public.setlists for each row execute function sync.keep_setlist_links();
create trigger zy_sync_links before insert or update on public.practice_sessions for each row execute function sync.keep_event_links('practice');
create trigger zy_sync_links before update of band_id on public.shows for each row execute function sync.keep_event_links('show');

create or replace function sync.field_at_fault(p_kind sync.kinds, p_set jsonb, p_constraint text) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  field text;
begin
  if p_constraint <> '' then
    return (select a.attname from pg_catalog.pg_constraint c
              join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
             where c.conrelid = format('public.%I', p_kind.tbl)::regclass and c.conname = p_constraint
               and (cardinality(c.conkey) = 1 or c.contype = 'f')); -- of a key with the scope, the link comes first
  end if;
  for field in select k from jsonb_object_keys(p_set) k where k = any (p_kind.fields) order by k loop
    begin
      perform sync.typed(p_kind, jsonb_build_object(field, p_set -> field));
    exception when data_exception then
      return field;
    end;
  end loop;
  return null;
end $$;
comment on function sync.field_at_fault(sync.kinds, jsonb, text) is 'The column that a constraint is about, or the first whose value does not fit its type.';

-- Ids.
create function sync.home_of(p_kind text, p_id uuid) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
begin
  case p_kind
    when 'band' then return (select t.sync_scope from public.bands t where t.id = p_id);
    when 'membership' then return (select t.sync_scope from public.band_memberships t where t.id = p_id);
    when 'song' then return (select t.sync_scope from public.songs t where t.id = p_id);
    when 'setlist' then return (select t.sync_scope from public.setlists t where t.id = p_id);
    when 'show' then return (select t.sync_scope from public.shows t where t.id = p_id);
    when 'practice' then return (select t.sync_scope from public.practice_sessions t where t.id = p_id);
    else return null;
  end case;
end $$;
comment on function sync.home_of(text, uuid) is 'The scope in which a row with this id lives, if there is one. Not granted to clients.';

create function sync.reserve_id(p_kind text, p_id uuid, p_scope uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  home uuid;
begin
  if auth.uid() is null then
    return; -- a service job or a restore
  end if;
  home := sync.home_of(p_kind, p_id);
  if (home is null or home is not distinct from p_scope or home in (select sync.my_scopes()))
     and not exists (select from sync.tombstones t
          where t.row_id = p_id and t.kind = p_kind and t.scope_id is distinct from p_scope
            and not exists (select from sync.tombstones mine where mine.row_id = p_id and mine.kind = p_kind
                             and mine.scope_id = p_scope and mine.deleted_at >= t.deleted_at)) then
    return;
  end if;
  raise exception 'new row violates row-level security policy for table "%"', (select k.tbl from sync.kinds k where k.kind = p_kind)
    using errcode = '42501';
end $$;
comment on function sync.reserve_id(text, uuid, uuid) is
  'Refuses a new row with an id that lives in a scope the caller cannot see, or that was last deleted in another scope and whose tombstone is still kept: there it can come back. In the words of a policy, so that it tells nothing else. Ids in other scopes of the caller are left to the key, for an upsert may move a row.';

-- Names.
create function sync.name_in(p_scope uuid, p_user uuid) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_user is null then
    return 'System';
  elsif p_user = p_scope or exists (select from public.band_memberships m where m.band_id = p_scope and m.user_id = p_user) then
    return coalesce(sync.name_of(p_user), 'System');
  end if;
  return 'Somebody';
end $$;
comment on function sync.name_in(uuid, uuid) is
  'The name of who did something in a scope, for its members: only of who is or was one. With policies of others, or by a link of an older version, a stranger may have written there; his name is not told.';

-- What is published. Plain changes of a table hand the ids of all deleted rows to whoever listens without a filter.
do $publication$
declare
  one text;
begin
  if (select m.value from sync.meta m where m.key = 'base') <> 'own' then
    return; -- what a web app has published stays
  end if;
  for one in select p.tablename from pg_catalog.pg_publication_tables p where p.pubname = 'supabase_realtime' and p.schemaname = 'public'
      and p.tablename in ('songs', 'setlists', 'shows', 'practice_sessions') loop
    execute format('alter publication supabase_realtime drop table public.%I', one);
  end loop;
exception when insufficient_privilege then
  raise warning 'publication supabase_realtime cannot be changed (%): leave only sync_head in it, as its owner', sqlstate;
end $publication$;

revoke execute on all functions in schema sync from public, anon;
revoke execute on function sync.bind_link(regclass, text, regclass), sync.song_ids(jsonb), sync.check_links(text, uuid[], uuid, text),
  sync.leads_home(text, uuid, uuid), sync.check_outer_links(uuid, jsonb, jsonb),  sync.keep_setlist_links(), sync.keep_event_links(), sync.home_of(text, uuid), sync.reserve_id(text, uuid, uuid), sync.name_in(uuid, uuid)
  from authenticated;
