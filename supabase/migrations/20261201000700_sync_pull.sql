-- sync_pull, second version of the functions that changed.
--
-- Owns and never: as `..._sync_pull.sql`.

drop function sync.shortened(jsonb);
create function sync.shortened(p_row jsonb, p_large boolean, p_unreadable text[]) returns jsonb
language sql immutable parallel safe as $$
  select case when not p_large and p_unreadable = '{}' then p_row
    else p_row || coalesce(jsonb_object_agg(c.key, case when jsonb_typeof(c.value) = 'string' then to_jsonb(left(c.value #>> '{}', 200)) end), '{}')
      || jsonb_build_object('sync_too_large', coalesce(jsonb_agg(c.key order by c.key), '[]'))
      || case when p_unreadable = '{}' then '{}' else jsonb_build_object('sync_unreadable', to_jsonb(p_unreadable)) end end
    from jsonb_each(p_row) c where c.key = any (p_unreadable) or (p_large and sync.is_cut(c.value))
$$;
comment on function sync.shortened(jsonb, boolean, text[]) is
  'A row for a phone that cannot have all of it: of long texts of a row that is too large the beginning, other long values null, and their columns'' names in sync_too_large; with them those whose value was unreadable and is null, which sync_unreadable names again.';

create or replace function sync.shortened_between(p_kind text, p_scope uuid, p_from sync.place, p_to sync.place, p_spared text[]) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  what sync.kinds;
  lo sync.bounds := sync.bounds_of(p_from);
  hi sync.bounds := sync.bounds_of(p_to);
  columns text;
  unreadable text;
  rows jsonb;
begin
  select k.* into strict what from sync.kinds k where k.kind = p_kind;
  select string_agg(case when s.test is null then format('t.%I', a.attname) else format('case when not %s then t.%I end as %2$I', s.test, a.attname) end, ', ' order by a.attnum),
         string_agg(format('case when %s then %L end', s.test, a.attname), ', ' order by a.attname) filter (where s.test is not null)
    into columns, unreadable
    from pg_catalog.pg_attribute a left join sync.suspects(what.tbl) s on s.col = a.attname
   where a.attrelid = format('public.%I', what.tbl)::regclass and a.attnum > 0 and not a.attisdropped;
  execute format('select jsonb_agg(sync.shortened(to_jsonb(r) - $6 - ''sync_cut''::text, sync.is_too_large(r.sync_bytes), r.sync_cut) order by r.sync_rev, r.id)
      from (select %s, array_remove(array[%s]::text[], null) as sync_cut from public.%I t
     where t.sync_scope = $1 and (t.sync_rev, t.id) > ($2, $3) and (t.sync_rev, t.id) <= ($4, $5)) r', columns, unreadable, what.tbl)
    into rows using p_scope, lo.revs[what.ord + 1], lo.ids[what.ord + 1], hi.revs[what.ord + 1], hi.ids[what.ord + 1], p_spared;
  return coalesce(rows, '[]');
end $$;
comment on function sync.shortened_between(text, uuid, sync.place, sync.place, text[]) is
  'The rows of a kind after one place up to another, those that are too large shortened, unreadable values null. Slower than rows_between, which calls it for pages that have one.';

create or replace function sync.write_rows_between() returns void
language plpgsql set search_path = '' as $write$
declare
  one sync.kinds;
  spared text[] := '{sync_scope,sync_bytes,normalized_title,normalized_artist,last_modified_by}';
  columns text;
  rows text;
  few text[] := '{}';
  whole text[] := '{}';
  none text[] := '{}';
  short text[] := '{}';
begin
  for one in select * from sync.kinds order by ord loop
    select string_agg(format('t.%I', a.attname), ', ' order by a.attnum) into columns from pg_catalog.pg_attribute a
     where a.attrelid = format('public.%I', one.tbl)::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> all (spared);
    rows := format('from public.%I t where t.sync_scope = p_scope and (t.sync_rev, t.id) > (lo.revs[%s], lo.ids[%2$s])
      and (t.sync_rev, t.id) <= (hi.revs[%2$s], hi.ids[%2$s]) order by t.sync_rev, t.id', one.tbl, one.ord + 1);
    few := few || format('array(select r from (select %s %s) r) as %I', columns, rows, one.kind);
    whole := whole || format('array(select t %s) as %I', rows, one.kind);
    none := none || format('array[]::text[] as %I', one.kind);
    short := short || format('sync.shortened_between(%L, p_scope, p_from, p_to, %L) as %1$I', one.kind, spared);
  end loop;
  execute format($format$create or replace function sync.rows_between(p_scope uuid, p_from sync.place, p_to sync.place, p_large boolean)
returns record language plpgsql stable set search_path = pg_catalog, pg_temp as $rows$
declare
  lo sync.bounds;
  hi sync.bounds;
begin
  if p_from = p_to then -- most pages: nothing new
    return (select r from (select %s) r);
  end if;
  if p_large then
    return (select r from (select
      %s) r);
  end if;
  lo := sync.bounds_of(p_from);
  hi := sync.bounds_of(p_to);
  if sync.columns_now() = %L then
    return (select r from (select
      %s) r);
  end if; -- a column came or went: whole rows, until this is written again
  return (select r from (select
      %s) r);
end $rows$$format$, array_to_string(none, ', '), array_to_string(short, E',\n      '), sync.columns_now(), array_to_string(few, E',\n      '), array_to_string(whole, E',\n      '));
  perform sync.write_checks();
end $write$;
comment on function sync.write_rows_between() is
  'Writes sync.rows_between() for the columns there are now, without those that a device has no use for or can tell itself. Then the checks of their values, which may be of new columns too. Run it after a column was added; sync.prune() does.';

create or replace function sync.plan_page(p_ask jsonb, p_items integer, p_bytes bigint, p_alone boolean) returns sync.page
language plpgsql stable set search_path = '' as $$
declare
  head public.sync_head := sync.head_of((p_ask ->> 'id')::uuid);
  given jsonb := nullif(p_ask -> 'cursor', 'null');
  nowhere uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  at sync.place := row(coalesce((given ->> 'rev')::bigint, -1), coalesce((given ->> 'ord')::integer, 32767),
                       coalesce((given ->> 'id')::uuid, nowhere));
  since bigint := coalesce((given ->> 'since')::bigint, 0);
  void boolean;
  part sync.page_end := row(null, null, null, 0, 0, false, false);
  till sync.place;
  cursor json;
begin
  -- What was pruned of a revision that is read in part may be what was not read of it.
  void := given is not null and (at.rev < 0 or at.rev > head.rev or greatest(at.rev - (at.ord < 32767)::integer, since) < head.min_rev
    or head.epoch is distinct from (p_ask ->> 'epoch')::uuid);
  if given is null or void then
    at := row(0, 32767, nowhere);
    since := head.rev; -- a reader from nothing has nothing to forget, now or on the next pages
  end if;
  if at.rev < head.rev or at.ord < 32767 then
    part := sync.find_page_end(head.scope_id, at, since, greatest(p_items, 0), p_bytes, p_alone);
  end if;
  till := case when part.items > 0 then row(part.rev, part.ord, part.id)::sync.place else at end;
  part.large := part.items > 0 and (part.large or sync.holds_unreadable(head.scope_id, at.rev, till.rev));
  cursor := case when part.more
    then json_build_object('rev', till.rev, 'ord', nullif(till.ord, 32767), 'id', nullif(till.id, nowhere), 'since', nullif(since, 0))
    else json_build_object('rev', head.rev, 'ord', null, 'id', null) end;
  return row(head.scope_id, head.epoch, head.rev, void, cursor, part.more, since, at, till, part.items, part.bytes, part.large);
end $$;
comment on function sync.plan_page(jsonb, integer, bigint, boolean) is
  'What a pull will answer about one scope. A cursor in the middle of a first reading carries since = the head when it began: tombstones up to there are not needed, and pruning them does not void it.';

create or replace function sync.results_of(p_client uuid) returns json
language plpgsql stable security definer set search_path = '' as $$
declare
  one jsonb;
  bodies jsonb[] := '{}';
  room integer := 1000000;
begin
  for one in select r.body from sync.results r join sync.clients c using (client_id)
      where c.client_id = p_client and c.user_id = auth.uid() and r.n > c.acked and r.body is not null order by r.n loop
    one := sync.readable_result(sync.told_result(one));
    room := room - octet_length(one::text);
    exit when room < 0;
    bodies := bodies || one;
  end loop;
  return array_to_json(bodies);
end $$;
comment on function sync.results_of(uuid) is
  'The stored results of the caller''s own client above its acknowledged number, as many as fit into 1 MB. A device that misses one sends the mutation again and gets it then.';

create or replace function public.sync_pull(request jsonb) returns json
language plpgsql stable set search_path = '' set timezone = 'UTC' as $$
declare
  me uuid := auth.uid();
  mine uuid[] := array(select sync.my_scopes());
  asked jsonb := coalesce(nullif(request -> 'scopes', 'null'), '[]');
  items integer := least(greatest(coalesce((request ->> 'limit')::integer, 1000), 1), 2000);
  bytes bigint := 2000000;
  pages sync.page[] := '{}';
  gone json[] := '{}';
  page sync.page;
  one jsonb;
begin
  perform sync.require_user();
  if jsonb_typeof(asked) <> 'array' or jsonb_array_length(asked) > 500 then
    raise exception 'bad_request: scopes must be a list of at most 500' using errcode = '22023';
  elsif exists (select from jsonb_array_elements(asked) a where a ->> 'id' is null) then
    raise exception 'bad_request: a scope needs an id' using errcode = '22023';
  end if;
  if asked = '[]' then
    pages := array(select sync.list_page(x) from unnest(mine) x order by x);
  end if;
  for one in select x.ask from (select distinct on (a.ask ->> 'id') a.ask, a.place
      from jsonb_array_elements(asked) with ordinality a (ask, place) order by a.ask ->> 'id', a.place) x order by x.place loop
    if (one ->> 'id')::uuid = any (mine) then
      page := sync.plan_page(one, items, bytes, bytes = 2000000);
      pages := pages || page;
      items := items - page.items;
      bytes := bytes - page.bytes;
    else
      gone := gone || sync.gone_json((one ->> 'id')::uuid);
    end if;
  end loop;
  return (select row_to_json(answer) from (select me as user_id, now() as server_time,
    array(select part from (select p.scope as id, case when p.scope = me then 'user' else 'band' end as type, p.epoch, p.head,
        p.reset, p.cursor, p.has_more, sync.rows_between(p.scope, p.after, p.till, p.large) as rows,
        sync.tombstones_between(p.scope, p.after, p.till, p.since) as tombstones,
        sync.log_between(p.scope, p.after, p.till, p.since) as log,
        sync.values_between(p.scope, p.after, p.till, p.since) as values,
        sync.times_between(p.scope, p.after, p.till, p.since) as times
      from unnest(pages) with ordinality p order by p.ordinality) part) as scopes,
    gone, sync.results_of((request ->> 'client_id')::uuid) as results) answer);
end $$;
comment on function public.sync_pull(jsonb) is 'What is newer than each cursor, from one snapshot. See docs/sync-protocol.md.';

revoke execute on function sync.shortened(jsonb, boolean, text[]) from public, anon, authenticated;
grant execute on function sync.shortened(jsonb, boolean, text[]) to authenticated;
