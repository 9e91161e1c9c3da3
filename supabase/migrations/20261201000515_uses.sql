-- Uses: which rows of a scope point to which, since when and by whose hand.
--
-- Owns: sync.uses, and the two questions asked of it: was a row put to use unseen by who deletes it (then the delete waits
-- for him), and which deleted rows does an edit put to use whose author did not see the delete (then they come back).
-- Never: deletes or restores anything itself; `..._sync_push.sql` does.
-- Invariant: a row is here as long as its source names its target, no longer; so it is as small as the lists are.
-- A use: the songs in the items of a setlist and in a practice, the setlist of a show or practice, the show of a setlist.

create table sync.uses (
  scope_id uuid not null,
  target_id uuid not null,
  source_id uuid not null,
  source text not null,
  rev bigint not null,
  actor uuid,
  primary key (scope_id, target_id, source_id)
);
comment on table sync.uses is 'Which row of a scope (source) names which other (target), also one that is deleted.';
comment on column sync.uses.source is 'Kind of the source.';
comment on column sync.uses.rev is 'Revision in which it was last put there; 0 = before this was written down.';
comment on column sync.uses.actor is 'Who put it there; null = System.';
create index uses_source on sync.uses (source_id);
alter table sync.uses enable row level security;
revoke all on sync.uses from public, anon, authenticated;
grant select on sync.uses to service_role;

create function sync.links_of(p_kind text, p_row jsonb) returns uuid[]
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select array_remove(case p_kind when 'setlist' then array_append(sync.song_ids(p_row -> 'items'), sync.to_uuid(p_row ->> 'show_id'))
                                  when 'show' then array[sync.to_uuid(p_row ->> 'setlist_id')]
                                  when 'practice' then array_append(sync.song_ids(p_row -> 'songs'), sync.to_uuid(p_row ->> 'setlist_id'))
                                  else '{}' end, null)
$$;
comment on function sync.links_of(text, jsonb) is 'The rows that these values of a row of this kind put to use.';

create function sync.find_uses() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from sync.uses u where not exists (select from public.setlists t where t.id = u.source_id)
    and not exists (select from public.shows t where t.id = u.source_id) and not exists (select from public.practice_sessions t where t.id = u.source_id);
  insert into sync.uses (scope_id, target_id, source_id, source, rev)
  select distinct u.scope, u.target, u.id, u.kind, 0 from (
    select t.sync_scope as scope, unnest(array_append(sync.song_ids(t.items), t.show_id)) as target, t.id, 'setlist' as kind from public.setlists t
    union all select t.sync_scope, t.setlist_id, t.id, 'show' from public.shows t
    union all select t.sync_scope, unnest(array_append(sync.song_ids(t.songs), t.setlist_id)), t.id, 'practice' from public.practice_sessions t) u
   where u.scope is not null and u.target is not null
  on conflict do nothing;
end $$;
comment on function sync.find_uses() is 'Writes down the uses that are there and not yet known, as old ones, and forgets those of rows that are gone: at the migration, and after a restore without triggers.';
do $$ begin perform sync.find_uses(); end $$;

create function sync.note_uses() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  stays boolean := tg_op = 'UPDATE';
  was uuid[] := '{}';
  is_now uuid[] := '{}';
begin
  if tg_op <> 'INSERT' then
    stays := stays and new.sync_scope is not distinct from old.sync_scope;
    was := sync.links_of(tg_argv[0], sync.row_json(old));
  end if;
  if not stays and tg_op <> 'INSERT' then
    delete from sync.uses u where u.source_id = old.id;
    was := '{}';
  end if;
  if tg_op = 'DELETE' or new.sync_scope is null then
    return null;
  end if;
  is_now := sync.links_of(tg_argv[0], sync.row_json(new));
  delete from sync.uses u where u.source_id = new.id and u.target_id <> all (is_now);
  insert into sync.uses as u (scope_id, target_id, source_id, source, rev, actor)
  select distinct new.sync_scope, a, new.id, tg_argv[0], new.sync_rev, auth.uid() from unnest(is_now) a where a <> all (was)
  on conflict (scope_id, target_id, source_id) do update set rev = excluded.rev, actor = excluded.actor;
  return null;
end $$;
comment on function sync.note_uses() is 'AFTER ROW, where the links of a setlist, show or practice change: writes down what it names now. Argument: the kind.';

do $triggers$
declare
  one record;
begin
  for one in select * from (values ('setlists', 'setlist', 'items, show_id'), ('shows', 'show', 'setlist_id'),
                                   ('practice_sessions', 'practice', 'songs, setlist_id')) t (tbl, kind, columns) loop
    execute format('create trigger zz_sync_uses after insert on public.%I for each row execute function sync.note_uses(%L)', one.tbl, one.kind);
    execute format('create trigger zz_sync_uses_gone after delete on public.%I for each row execute function sync.note_uses(%L)', one.tbl, one.kind);
    execute format('create trigger zz_sync_uses_new after update on public.%I for each row when (%s or new.sync_scope is distinct from old.sync_scope)
      execute function sync.note_uses(%L)', one.tbl,
      (select string_agg(format('new.%I is distinct from old.%1$I', c), ' or ') from unnest(string_to_array(one.columns, ', ')) c), one.kind);
  end loop;
end $triggers$;

create function sync.used_since(p_scope uuid, p_id uuid, p_since bigint) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('user', u.actor, 'name', sync.name_in(p_scope, u.actor), 'rev', u.rev,
                                                       'fields', u.fields) order by u.rev), '[]')
            from (select g.actor, max(g.rev) as rev, jsonb_agg(distinct k.tbl order by k.tbl) as fields
                    from sync.uses g join sync.kinds k on k.kind = g.source
                   where g.scope_id = p_scope and g.target_id = p_id and g.rev > p_since and g.actor is distinct from auth.uid()
                     and p_scope in (select sync.my_scopes()) group by g.actor) u);
end $$;
comment on function sync.used_since(uuid, uuid, bigint) is
  'Who else put a row to use after a revision of its scope, in the form of changed_by, with the tables as fields; nobody in a scope that is not the caller''s.';

create function sync.buried_since(p_scope uuid, p_ids uuid[], p_since bigint) returns setof sync.tombstones
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select t.* from sync.tombstones t join sync.images i on i.scope_id = t.scope_id and i.ord = t.ord and i.row_id = t.row_id
    where t.scope_id = p_scope and t.row_id = any (p_ids) and t.rev > p_since and t.kind in ('song', 'setlist', 'show')
      and p_scope in (select sync.my_writable_scopes())
      and not (p_since = 0 and exists (select from sync.uses u where u.scope_id = p_scope and u.target_id = t.row_id and u.rev < t.rev))
    order by t.ord desc, t.row_id;
end $$;
comment on function sync.buried_since(uuid, uuid[], bigint) is
  'Which of these rows were deleted after a revision and can come back, in a scope that the caller may write. Where nothing was seen (0), not one that a list of the scope has named since before: a copy of that list names it, too.';

revoke execute on function sync.find_uses(), sync.note_uses(), sync.used_since(uuid, uuid, bigint), sync.links_of(text, jsonb),
  sync.buried_since(uuid, uuid[], bigint) from public, anon, authenticated;
grant execute on function sync.song_ids(jsonb), sync.used_since(uuid, uuid, bigint), sync.links_of(text, jsonb), sync.buried_since(uuid, uuid[], bigint) to authenticated;
