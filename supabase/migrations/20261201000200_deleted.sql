-- Deletes: what may be deleted unseen (nothing), and what was deleted lately.
--
-- Owns: the question whether somebody changed a row after a revision; the list of what was deleted; the short time in which a
-- restored row is held against the echo of its own delete.
-- Never: deletes or restores anything itself; `..._sync_push.sql` does.
-- Invariants: what one person wrote is not deleted by another who has not seen it. Nobody sees what was deleted in a scope that is
-- not his, or before he joined it.

create function sync.changed_since(p_row jsonb, p_rev bigint) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(case when (p_row ->> 'sync_by')::uuid is distinct from auth.uid()
                       then (p_row ->> 'sync_by_rev')::bigint else (p_row ->> 'sync_other_rev')::bigint end > p_rev, false)
$$;
comment on function sync.changed_since(jsonb, bigint) is
  'Whether anybody but the caller changed the content of this row after a revision of its scope. From the author pair of the row, so it is known for ever; the log is pruned. False without a row.';
revoke execute on function sync.changed_since(jsonb, bigint) from public, anon, authenticated;
grant execute on function sync.changed_since(jsonb, bigint) to authenticated;

alter table sync.tombstones add column revived_at timestamptz;
comment on column sync.tombstones.revived_at is 'When the row was brought back from its image, if it was.';

create function sync.note_revived(p_scope uuid, p_ord smallint, p_id uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update sync.tombstones t set revived_at = clock_timestamp()
   where t.scope_id = p_scope and t.ord = 10 + p_ord and t.row_id = p_id
     and p_scope = any (array(select sync.my_writable_scopes()));
end $$;
comment on function sync.note_revived(uuid, smallint, uuid) is 'The row was brought back just now, by a caller who may write the scope.';

create function sync.hold_revived() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if current_user = 'authenticated' and coalesce(current_setting('sync.pushing', true), '') <> 'yes'
     and exists (select from sync.tombstones t where t.scope_id = old.sync_scope and t.ord = tg_argv[0]::smallint
                    and t.row_id = old.id and t.revived_at > clock_timestamp() - interval '3 seconds') then
    return null;
  end if;
  return old;
end $$;
comment on function sync.hold_revived() is
  'BEFORE ROW on delete: a row that was brought back less than three seconds ago is not deleted by a plain request. The web app answers the event of a delete with a delete of its own, about a second later; that one is not meant for the row that came back. Not definer: what the database itself deletes (a whole band) runs as the owner and is not held. Argument: the place of the kind''s tombstones.';

do $triggers$
declare
  one sync.kinds;
begin
  for one in select * from sync.kinds where kind in ('song', 'setlist', 'show', 'practice') order by ord loop
    execute format('create trigger ab_sync_hold before delete on public.%I for each row execute function sync.hold_revived(%L)', one.tbl, 10 + one.ord);
  end loop;
end $triggers$;

create function public.sync_deleted(scope uuid, max_rows integer default 100) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := sync.require_user();
  since bigint := 0;
begin
  if scope is null or not scope = any (array(select sync.my_scopes())) then
    perform sync.fail('not_member: you are not in this band');
  elsif scope <> me then
    since := coalesce((select m.joined_rev from public.band_memberships m
                        where m.band_id = scope and m.user_id = me and m.status = 'active'), 0);
  end if;
  return (select coalesce(jsonb_agg(to_jsonb(d) order by d.rev desc, d.kind, d.id), '[]') from (
    select t.kind, t.row_id as id, t.rev, t.title, t.actor_id as actor, t.actor_name, t.deleted_at,
           (extract(epoch from t.deleted_at) * 1000)::bigint as deleted_ms
      from sync.tombstones t
      join sync.images i on i.scope_id = t.scope_id and i.ord = t.ord and i.row_id = t.row_id
     where t.scope_id = scope and t.rev > since
       and not exists (select from public.songs r where t.kind = 'song' and r.id = t.row_id)
       and not exists (select from public.setlists r where t.kind = 'setlist' and r.id = t.row_id)
       and not exists (select from public.shows r where t.kind = 'show' and r.id = t.row_id)
       and not exists (select from public.practice_sessions r where t.kind = 'practice' and r.id = t.row_id)
       and t.kind in ('song', 'setlist', 'show', 'practice')
     order by t.rev desc, t.kind, t.row_id limit greatest(1, least(max_rows, 500))) d);
end $$;
comment on function public.sync_deleted(uuid, integer) is
  'What was deleted in a scope of the caller and can be brought back by `restore`, the newest first: kind, id, title, who and when. Images are kept 90 days. What was deleted before the caller joined is not listed. A viewer may look; restoring is for those who may write.';

revoke execute on function sync.note_revived(uuid, smallint, uuid), sync.hold_revived(), public.sync_deleted(uuid, integer)
  from public, anon, authenticated;
grant execute on function sync.note_revived(uuid, smallint, uuid), public.sync_deleted(uuid, integer) to authenticated;

notify pgrst, 'reload schema';
