-- sync_pull: what is newer than a cursor, from one snapshot.
--
-- Owns: pages, cursors, reset, gone scopes. The contract is docs/sync-protocol.md.
-- Never: writes. Every function here is STABLE, so all its queries use the snapshot of the caller's statement; a VOLATILE
-- helper (the default!) would see commits in between. Runs as the caller: the policies decide what he sees.
-- Items are ordered by (rev, ord, id); a page may end anywhere, also inside a revision. JSON is written as text and
-- returned as `json`: building the same page as `jsonb` takes about twice as long (docs/adr/0011-pull-answers-json.md).

create type sync.place as (rev bigint, ord integer, id uuid);
comment on type sync.place is 'A place in the order of a scope''s items.';

create type sync.bounds as (revs bigint[], ids uuid[]);
comment on type sync.bounds is 'A place as seen by each kind''s own order (rev, id): element k + 1 belongs to the kind with ord k.';

create function sync.bounds_of(p_at sync.place) returns sync.bounds
language sql immutable parallel safe as $$
  select row(
    array(select p_at.rev - (k > p_at.ord)::integer from generate_series(0, 6) k order by k),
    array(select case when k = p_at.ord then p_at.id else 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid end
            from generate_series(0, 6) k order by k))::sync.bounds
$$;
comment on function sync.bounds_of(sync.place) is
  'Turns a place into one (rev, id) for each kind, so that index (sync_scope, sync_rev, id) answers alone: a kind sorted behind the place still has all of that revision to come, a kind before it nothing.';

create type sync.page_end as (rev bigint, ord integer, id uuid, items integer);
comment on type sync.page_end is 'The last item of a page and how many items it has.';

create function sync.find_page_end(p_scope uuid, p_from sync.place, p_since bigint, p_items integer) returns sync.page_end
language plpgsql stable set search_path = '' as $$
declare
  lo sync.bounds := sync.bounds_of(p_from);
  found_end sync.page_end;
begin
  select e.rev, e.ord, e.id, e.items into found_end from (
    select k.rev, k.ord, k.id, (row_number() over (order by k.rev, k.ord, k.id))::integer as items from (
    (select t.sync_rev as rev, 0 as ord, t.id from public.bands t
      where t.sync_scope = p_scope and (t.sync_rev, t.id) > (lo.revs[1], lo.ids[1])
      order by t.sync_rev, t.id limit p_items)
    union all
    (select t.sync_rev as rev, 1 as ord, t.id from public.band_memberships t
      where t.sync_scope = p_scope and (t.sync_rev, t.id) > (lo.revs[2], lo.ids[2])
      order by t.sync_rev, t.id limit p_items)
    union all
    (select t.sync_rev as rev, 2 as ord, t.id from public.songs t
      where t.sync_scope = p_scope and (t.sync_rev, t.id) > (lo.revs[3], lo.ids[3])
      order by t.sync_rev, t.id limit p_items)
    union all
    (select t.sync_rev as rev, 3 as ord, t.id from public.setlists t
      where t.sync_scope = p_scope and (t.sync_rev, t.id) > (lo.revs[4], lo.ids[4])
      order by t.sync_rev, t.id limit p_items)
    union all
    (select t.sync_rev as rev, 4 as ord, t.id from public.shows t
      where t.sync_scope = p_scope and (t.sync_rev, t.id) > (lo.revs[5], lo.ids[5])
      order by t.sync_rev, t.id limit p_items)
    union all
    (select t.sync_rev as rev, 5 as ord, t.id from public.practice_sessions t
      where t.sync_scope = p_scope and (t.sync_rev, t.id) > (lo.revs[6], lo.ids[6])
      order by t.sync_rev, t.id limit p_items)
    union all
    (select t.sync_rev as rev, 6 as ord, t.id from public.read_marks t
      where t.sync_scope = p_scope and (t.sync_rev, t.id) > (lo.revs[7], lo.ids[7])
      order by t.sync_rev, t.id limit p_items)
    union all
    (select t.rev, t.ord, t.row_id from sync.tombstones t
      where t.scope_id = p_scope and t.rev > p_since and (t.rev, t.ord, t.row_id) > (p_from.rev, p_from.ord, p_from.id)
      order by t.rev, t.ord, t.row_id limit p_items)
    union all
    (select t.rev, t.ord, t.row_id from sync.log t
      where t.scope_id = p_scope and t.rev > p_since and (t.rev, t.ord, t.row_id) > (p_from.rev, p_from.ord, p_from.id)
      order by t.rev, t.ord, t.row_id limit p_items)
    ) k order by k.rev, k.ord, k.id limit p_items
  ) e order by e.items desc limit 1;
  return found_end;
end $$;
comment on function sync.find_page_end(uuid, sync.place, bigint, integer) is
  'Where the next p_items items after a place end; null when nothing follows. Tombstones and log only above p_since.';

create function sync.render_page(p_scope uuid, p_from sync.place, p_to sync.place, p_since bigint)
returns table (ord integer, body text, bytes bigint)
language plpgsql stable set search_path = '' as $$
declare
  lo sync.bounds := sync.bounds_of(p_from);
  hi sync.bounds := sync.bounds_of(p_to);
begin
  return query select r.ord, string_agg(r.body, ',' order by r.rev, r.id), sum(octet_length(r.body))::bigint from (
    select 0 as ord, t.sync_rev as rev, t.id, row_to_json(t)::text as body from public.bands t
      where t.sync_scope = p_scope and (t.sync_rev, t.id) > (lo.revs[1], lo.ids[1])
        and (t.sync_rev, t.id) <= (hi.revs[1], hi.ids[1])
    union all
    select 1 as ord, t.sync_rev as rev, t.id, row_to_json(t)::text as body from public.band_memberships t
      where t.sync_scope = p_scope and (t.sync_rev, t.id) > (lo.revs[2], lo.ids[2])
        and (t.sync_rev, t.id) <= (hi.revs[2], hi.ids[2])
    union all
    select 2 as ord, t.sync_rev as rev, t.id, row_to_json(t)::text as body from public.songs t
      where t.sync_scope = p_scope and (t.sync_rev, t.id) > (lo.revs[3], lo.ids[3])
        and (t.sync_rev, t.id) <= (hi.revs[3], hi.ids[3])
    union all
    select 3 as ord, t.sync_rev as rev, t.id, row_to_json(t)::text as body from public.setlists t
      where t.sync_scope = p_scope and (t.sync_rev, t.id) > (lo.revs[4], lo.ids[4])
        and (t.sync_rev, t.id) <= (hi.revs[4], hi.ids[4])
    union all
    select 4 as ord, t.sync_rev as rev, t.id, row_to_json(t)::text as body from public.shows t
      where t.sync_scope = p_scope and (t.sync_rev, t.id) > (lo.revs[5], lo.ids[5])
        and (t.sync_rev, t.id) <= (hi.revs[5], hi.ids[5])
    union all
    select 5 as ord, t.sync_rev as rev, t.id, row_to_json(t)::text as body from public.practice_sessions t
      where t.sync_scope = p_scope and (t.sync_rev, t.id) > (lo.revs[6], lo.ids[6])
        and (t.sync_rev, t.id) <= (hi.revs[6], hi.ids[6])
    union all
    select 6 as ord, t.sync_rev as rev, t.id, row_to_json(t)::text as body from public.read_marks t
      where t.sync_scope = p_scope and (t.sync_rev, t.id) > (lo.revs[7], lo.ids[7])
        and (t.sync_rev, t.id) <= (hi.revs[7], hi.ids[7])
    union all
    select 10, t.rev, t.row_id, json_build_object('kind', t.kind, 'id', t.row_id, 'rev', t.rev, 'actor', t.actor_id,
        'actor_name', t.actor_name, 'title', t.title, 'deleted_at', t.deleted_at)::text from sync.tombstones t
      where t.scope_id = p_scope and t.rev > p_since
        and (t.rev, t.ord, t.row_id) > (p_from.rev, p_from.ord, p_from.id)
        and (t.rev, t.ord, t.row_id) <= (p_to.rev, p_to.ord, p_to.id)
    union all
    select 20, t.rev, t.row_id, json_build_array(t.rev, k.kind, t.row_id, t.op, t.actor, t.cols)::text
      from sync.log t join sync.kinds k on k.ord = t.ord - 20
      where t.scope_id = p_scope and t.rev > p_since
        and (t.rev, t.ord, t.row_id) > (p_from.rev, p_from.ord, p_from.id)
        and (t.rev, t.ord, t.row_id) <= (p_to.rev, p_to.ord, p_to.id)
  ) r group by r.ord;
end $$;
comment on function sync.render_page(uuid, sync.place, sync.place, bigint) is
  'The items after one place up to another as JSON texts, one line a kind (10 = all tombstones, 20 = all log entries).';

create type sync.page as (body text, items integer, bytes bigint);
comment on type sync.page is 'One scope''s part of an answer, and what it used of the answer''s limits.';

create function sync.scope_json(p_head public.sync_head, p_void boolean, p_cursor json, p_more boolean, p_parts text[])
returns text
language sql stable set search_path = '' as $$
  select '{"id":"' || p_head.scope_id || '","type":"' || case when p_head.scope_id = auth.uid() then 'user' else 'band' end
    || '","epoch":"' || p_head.epoch || '","head":' || p_head.rev || ',"reset":' || p_void
    || ',"cursor":' || coalesce(p_cursor::text, 'null') || ',"has_more":' || p_more || ',"rows":{'
    || coalesce((select string_agg('"' || k.kind || '":[' || p_parts[k.ord + 1] || ']', ',' order by k.ord)
                   from sync.kinds k where p_parts[k.ord + 1] <> ''), '')
    || '},"tombstones":[' || coalesce(p_parts[11], '') || '],"log":[' || coalesce(p_parts[21], '') || ']}'
$$;
comment on function sync.scope_json(public.sync_head, boolean, json, boolean, text[]) is 'One scope of an answer. p_parts: element ord + 1 holds the items of that ord, comma-separated.';

create function sync.pull_scope(p_ask jsonb, p_items integer, p_bytes bigint) returns sync.page
language plpgsql stable set search_path = '' as $$
declare
  head public.sync_head := sync.head_of((p_ask ->> 'id')::uuid);
  given jsonb := nullif(p_ask -> 'cursor', 'null');
  nowhere uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  at sync.place := row(coalesce((given ->> 'rev')::bigint, -1), coalesce((given ->> 'ord')::integer, 32767),
                       coalesce((given ->> 'id')::uuid, nowhere));
  since bigint := coalesce((given ->> 'since')::bigint, 0);
  void boolean := false;
  more boolean := false;
  chunk integer := 250; -- items rendered at a time, so that huge rows cannot fill the memory
  part sync.page_end;
  piece record;
  parts text[] := array_fill(''::text, array[21]);
  page sync.page := row('', 0, 0);
begin
  if given is not null then
    void := at.rev < 0 or at.rev > head.rev or greatest(at.rev, since) < head.min_rev
      or head.epoch is distinct from (p_ask ->> 'epoch')::uuid;
  end if;
  if given is null or void then
    at := row(0, 32767, nowhere);
    since := head.rev; -- a reader from nothing has nothing to forget, now or on the next pages
  end if;
  while at.rev < head.rev or at.ord < 32767 loop
    if page.items >= p_items or page.bytes >= p_bytes then
      more := (sync.find_page_end(head.scope_id, at, since, 1)).items is not null;
      exit;
    end if;
    part := sync.find_page_end(head.scope_id, at, since, least(chunk, p_items - page.items));
    exit when part.items is null;
    select array_agg(r.ord) as ords, array_agg(r.body) as bodies, coalesce(sum(r.bytes), 0)::bigint as bytes into piece
      from sync.render_page(head.scope_id, at, row(part.rev, part.ord, part.id)::sync.place, since) r;
    if page.bytes + piece.bytes > p_bytes and part.items > 1 then
      chunk := greatest(1, part.items / 4); -- too much: take fewer
      continue;
    end if;
    for i in 1 .. coalesce(cardinality(piece.ords), 0) loop
      parts[piece.ords[i] + 1] := concat_ws(',', nullif(parts[piece.ords[i] + 1], ''), piece.bodies[i]);
    end loop;
    page.items := page.items + part.items;
    page.bytes := page.bytes + piece.bytes;
    at := row(part.rev, part.ord, part.id);
  end loop;
  page.body := sync.scope_json(head, void, case when more
    then json_build_object('rev', at.rev, 'ord', nullif(at.ord, 32767), 'id', nullif(at.id, nowhere), 'since', nullif(since, 0))
    else json_build_object('rev', head.rev, 'ord', null, 'id', null) end, more, parts);
  return page;
end $$;
comment on function sync.pull_scope(jsonb, integer, bigint) is
  'One scope of a pull. A cursor in the middle of a first reading carries since = the head when it began: tombstones up to there are not needed, and pruning them does not void it.';

create function sync.head_of(p_scope uuid) returns public.sync_head
language plpgsql stable set search_path = '' as $$
declare
  head public.sync_head;
begin
  select h.* into head from public.sync_head h where h.scope_id = p_scope;
  if head.scope_id is null then -- only if somebody deleted it: the next write makes one with another epoch
    head := row(p_scope, 0, '00000000-0000-0000-0000-000000000000', 0);
  end if;
  return head;
end $$;
comment on function sync.head_of(uuid) is 'The head of a scope of mine.';

create function sync.gone_json(p_scope uuid) returns json
language plpgsql stable security definer set search_path = '' as $$
declare
  mine public.band_memberships;
begin
  select m.* into mine from public.band_memberships m
   where m.band_id = p_scope and m.user_id = auth.uid() and m.status = 'inactive';
  return json_build_object('id', p_scope, 'by', mine.sync_by, 'by_name', sync.name_of(mine.sync_by));
end $$;
comment on function sync.gone_json(uuid) is 'A scope that is not mine; who ended it, only when my own membership row tells.';

create function sync.results_of(p_client uuid) returns json
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select coalesce(json_agg(r.body order by r.n), '[]'::json)
            from sync.results r join sync.clients c using (client_id)
           where c.client_id = p_client and c.user_id = auth.uid() and r.n > c.acked and r.body is not null);
end $$;
comment on function sync.results_of(uuid) is 'The stored results of the caller''s own client above its acknowledged number.';

create function public.sync_pull(request jsonb) returns json
language plpgsql stable set search_path = '' set timezone = 'UTC' as $$
declare
  me uuid := auth.uid();
  mine uuid[] := array(select sync.my_scopes());
  asked jsonb := coalesce(nullif(request -> 'scopes', 'null'), '[]');
  items integer := least(greatest(coalesce((request ->> 'limit')::integer, 1000), 1), 2000);
  bytes bigint := 2000000;
  bodies text[] := '{}';
  gone text[] := '{}';
  one jsonb;
  page sync.page;
begin
  if me is null then
    raise exception 'not_signed_in: this function needs a session' using errcode = '42501';
  end if;
  if jsonb_typeof(asked) <> 'array' or jsonb_array_length(asked) > 500 then
    raise exception 'bad_request: scopes must be a list of at most 500' using errcode = '22023';
  end if;
  if asked = '[]' then
    bodies := array(select sync.scope_json(sync.head_of(x), false, null, false, '{}') from unnest(mine) x order by x);
  end if;
  for one in select x.ask from (select distinct on (a.ask ->> 'id') a.ask, a.place
      from jsonb_array_elements(asked) with ordinality a (ask, place) order by a.ask ->> 'id', a.place) x order by x.place loop
    if (one ->> 'id')::uuid = any (mine) then
      page := sync.pull_scope(one, items, bytes);
      bodies := bodies || page.body;
      items := items - page.items;
      bytes := bytes - page.bytes;
    else
      gone := gone || sync.gone_json((one ->> 'id')::uuid)::text;
    end if;
  end loop;
  return ('{"user_id":"' || me || '","server_time":' || to_json(now()) || ',"scopes":[' || array_to_string(bodies, ',')
    || '],"gone":[' || array_to_string(gone, ',') || '],"results":'
    || sync.results_of((request ->> 'client_id')::uuid) || '}')::json;
end $$;
comment on function public.sync_pull(jsonb) is 'What is newer than each cursor, from one snapshot. See docs/sync-protocol.md.';
