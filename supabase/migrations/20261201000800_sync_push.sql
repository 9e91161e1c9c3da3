-- sync_push, second version of the functions that changed.
--
-- Owns and never: as `..._sync_apply.sql` and `..._sync_push.sql`.

create or replace function sync.current_row(p_kind sync.kinds, p_scope uuid, p_id uuid) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  found_row jsonb;
begin
  execute format('select sync.row_json(t) from public.%I t where t.id = $1 and t.sync_scope = $2', p_kind.tbl)
    into found_row using p_id, p_scope;
  return found_row;
end $$;

create or replace function sync.changed_by(p_scope uuid, p_ord smallint, p_id uuid, p_since bigint) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('user', l.actor, 'name', sync.name_in(p_scope, l.actor),
                                                       'rev', l.rev, 'fields', l.fields, 'ops', l.ops) order by l.rev), '[]')
            from (select g.actor, max(g.rev) as rev, jsonb_agg(distinct g.op order by g.op) as ops, coalesce(jsonb_agg(distinct c.col order by c.col) filter (where c.col is not null), '[]') as fields
                    from sync.log g left join lateral unnest(g.cols) c (col) on true
                   where g.scope_id = p_scope and g.ord = 20 + p_ord and g.row_id = p_id and g.rev > p_since
                     and p_scope in (select sync.my_scopes()) and g.actor is distinct from auth.uid() group by g.actor) l);
end $$;
comment on function sync.changed_by(uuid, smallint, uuid, bigint) is 'Who else changed the row after a revision, which columns, and what he did to it, in the words of the log; nobody in a scope that is not the caller''s.';

create or replace function sync.apply_update(p_kind sync.kinds, p_scope uuid, p_id uuid, p_row jsonb, p_set jsonb, p_base jsonb)
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
    if p_base ? field and (known -> field = p_row -> field or (sync.is_nothing(known -> field) and sync.is_nothing(p_row -> field))) then
      todo := todo || jsonb_build_object(field, p_set -> field);
    elsif sync.is_unreadable(p_row -> field) then
      perform sync.refuse('RO004', field); -- no phone can be told what is there
    elsif sync.is_too_large((p_row ->> 'sync_bytes')::integer) and sync.is_cut(p_row -> field) then
      perform sync.refuse('54000', field);
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

create or replace function sync.revive(p_kind sync.kinds, p_scope uuid, p_id uuid, p_set jsonb) returns boolean
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
  kept := kept || (select coalesce(jsonb_object_agg(s.col, null::text), '{}') from sync.suspects(p_kind.tbl) s -- what nobody can read costs itself alone
    join pg_catalog.pg_attribute a on a.attrelid = target and a.attname = s.col and not a.attnotnull
   where coalesce(kept -> s.col, 'null') <> 'null' and sync.fault_of(s.class, kept -> s.col) in ('22003', '22008', '22023'));
  for link in select a.attname::text as col, c.confrelid::regclass as other, f.attname::text as key,
                     case when cardinality(c.conkey) = 2 then ' and o.sync_scope = $2' else '' end as home
      from pg_catalog.pg_constraint c
      join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] and not a.attnotnull
      join pg_catalog.pg_attribute f on f.attrelid = c.confrelid and f.attnum = c.confkey[1]
     where c.conrelid = target and c.contype = 'f' loop
    execute format('select exists (select from %s o where o.%I::text = $1%s)', link.other, link.key, link.home)
      into there using kept ->> link.col, p_scope;
    if not there then
      kept := kept || jsonb_build_object(link.col, null); -- what it pointed to is gone meanwhile
    end if;
  end loop;
  delete from sync.images i where i.scope_id = p_scope and i.ord = 10 + p_kind.ord and i.row_id = p_id; -- first: the scope holds the row once
  perform set_config('sync.reviving', case when p_set ?| '{items,songs}' then '' else 'yes' end, true); -- its own list names what it named
  perform sync.add_row(p_kind, p_scope,
    kept || jsonb_build_object('version', coalesce((kept ->> 'version')::integer, 0) + 1) || sync.with_context(p_kind, p_set));
  perform set_config('sync.reviving', '', true);
  perform sync.note_revived(p_scope, p_kind.ord, p_id);
  return true;
end $$;
comment on function sync.revive(sync.kinds, uuid, uuid, jsonb) is
  'Brings a deleted row back from its kept image, with new values on top; its creator stays, and a value that no phone could read is left out. Definer, because no policy lets one member insert in another''s name: checks the right to write itself. False without an image.';

create or replace function sync.apply_insert(p_kind sync.kinds, p_scope uuid, p_id uuid, p_set jsonb) returns jsonb
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
  if was_buried then
    perform sync.note_revived(p_scope, p_kind.ord, p_id);
  end if;
  return jsonb_build_object('verdict', 'applied', 'rev', sync.rev_now(p_scope), 'restored', was_buried);
end $$;
comment on function sync.apply_insert(sync.kinds, uuid, uuid, jsonb) is 'A new row of the caller''s.';

create function sync.take_turn() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me text := auth.uid()::text;
begin
  if not exists (select from generate_series(1, sync.limit_of('pushes_at_once')) n where pg_try_advisory_xact_lock(hashtextextended(me, n)) limit 1) then
    raise exception 'too_busy: several devices of yours are sending, try again in a moment' using errcode = 'PT429';
  end if;
  perform pg_advisory_xact_lock(hashtextextended(me, 0));
end $$;
comment on function sync.take_turn() is
  'The pushes and plain writes of one person run one after the other, and few may wait: nobody takes all connections, or more than one processor. Before the client''s row, the heads and the rows.';

create function sync.told_result(p_body jsonb) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  what sync.kinds;
  at_row jsonb := p_body -> 'row';
  found_row jsonb;
begin
  if at_row is null then
    return p_body;
  end if;
  select k.* into what from sync.kinds k where k.kind = at_row ->> 'kind';
  if (at_row ->> 'scope')::uuid in (select sync.my_scopes()) then
    found_row := sync.current_row(what, (at_row ->> 'scope')::uuid, (at_row ->> 'id')::uuid);
  end if;
  return (p_body - 'row') || jsonb_build_object('current', (select coalesce(jsonb_object_agg(f.key, found_row -> f.key), '{}')
    from jsonb_object_keys(p_body -> 'current') f (key)
   where found_row is not null and not (sync.is_too_large((found_row ->> 'sync_bytes')::integer) and sync.is_cut(found_row -> f.key))));
end $$;
comment on function sync.told_result(jsonb) is
  'A stored result as it is told again: the values of the fields that were not applied are read again, as they are now. None where the row is gone or a value is too large; the device then sends them again.';

create or replace function sync.push_open(p_client uuid, p_acked bigint, p_mutations jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  client sync.clients;
  stale boolean;
  known jsonb;
  dropped integer;
begin
  perform sync.take_turn();
  if not exists (select from sync.clients c where c.client_id = p_client)
     and (select count(*) from sync.clients c where c.user_id = auth.uid()) >= sync.limit_of('clients') then
    delete from sync.clients c where c.client_id = (select o.client_id from sync.clients o where o.user_id = auth.uid() order by o.seen_at limit 1);
  end if;
  insert into sync.clients (client_id, user_id) values (p_client, auth.uid()) on conflict do nothing;
  select c.* into client from sync.clients c where c.client_id = p_client for update;
  perform sync.require_user(); -- again: the account may have ended while this call waited
  if client.user_id is distinct from auth.uid() then
    return '{"reset": true}'; -- a client id belongs to one user; the device takes a new one
  end if;
  select coalesce(bool_or(case when r.n is null then s.n <= greatest(client.acked, p_acked) else r.hash <> s.hash end), false),
         coalesce(jsonb_object_agg(r.n, coalesce(sync.readable_result(r.body), sync.blank_result() || jsonb_build_object('n', r.n, 'verdict', r.verdict, 'rev', r.rev)))
                  filter (where r.n is not null), '{}')
    into stale, known
    from (select (m ->> 'n')::bigint as n, sha256(convert_to(m::text, 'UTF8')) as hash
            from jsonb_array_elements(p_mutations) m) s
    left join sync.results r on r.client_id = p_client and r.n = s.n;
  if stale then
    return '{"reset": true}';
  end if;
  update sync.results r set body = null where r.client_id = p_client and r.n <= p_acked and r.body is not null;
  delete from sync.results r where r.client_id = p_client and (r.body is null and r.at < now() - interval '90 days'
    or client.kept > sync.limit_of('results') and r.n <= (select o.n from sync.results o where o.client_id = p_client
         order by o.n desc offset sync.limit_of('results') limit 1));
  get diagnostics dropped = row_count;
  update sync.clients c set acked = greatest(c.acked, p_acked), seen_at = now(), kept = c.kept - dropped where c.client_id = p_client;
  return jsonb_build_object('reset', false, 'known', known);
end $$;
comment on function sync.push_open(uuid, bigint, jsonb) is
  'Waits for the caller''s turn, locks the client, recognises a restored backup (a known number with another content, or one at or below acked without a result), drops what is acknowledged or beyond the limit, and returns the results there already are, as they are stored. A new device beyond the limit ends the one that was not seen for longest.';

drop function sync.push_lock(uuid, boolean);

create function sync.push_lock(p_scope uuid, p_mutations jsonb) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  mine uuid[] := array(select sync.my_writable_scopes());
begin
  if not sync.is_strict() then -- the policies of others may let a viewer write
    mine := array(select sync.my_scopes());
  end if;
  if p_scope is null or p_scope <> all (mine) then
    return false;
  end if;
  perform sync.lock_scopes(array(
    select p_scope
    union
    select x.target from jsonb_array_elements(p_mutations) m
      cross join lateral (values (sync.to_uuid(m -> 'set' ->> 'context_id')), (sync.to_uuid(m -> 'set' ->> 'band_id'))) x (target)
     where jsonb_typeof(m -> 'set') = 'object' and x.target = any (mine)
    union
    select unnest(mine) where exists (select from jsonb_array_elements(p_mutations) m -- the row itself names where it goes
      where m ->> 'op' in ('update', 'restore') and m -> 'set' ? 'context_type' and not m -> 'set' ?| '{context_id,band_id}')));
  return true;
end $$;
comment on function sync.push_lock(uuid, jsonb) is
  'Heads before rows, for a push: the scope of the call, and where a row is moved to. False, and no lock, where the caller may write nothing.';

create or replace function sync.push_close(p_client uuid, p_mutations jsonb, p_results jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  added integer;
begin
  insert into sync.results (client_id, n, hash, verdict, rev, body)
  select p_client, (r ->> 'n')::bigint, sha256(convert_to(m::text, 'UTF8')), r ->> 'verdict', (r ->> 'rev')::bigint, r
    from jsonb_array_elements(p_results) r
    join jsonb_array_elements(p_mutations) m on m -> 'n' = r -> 'n'
   where exists (select from sync.clients c where c.client_id = p_client and c.user_id = auth.uid());
  get diagnostics added = row_count;
  update sync.clients c set kept = c.kept + added where c.client_id = p_client and c.user_id = auth.uid();
end $$;
comment on function sync.push_close(uuid, jsonb, jsonb) is 'Stores the new results, in the transaction that did the work: both or neither.';

create function sync.short_result(p_scope uuid, p_mutation jsonb, p_result jsonb) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p_result
    || case when p_result -> 'current' <> '{}' then jsonb_build_object(
         'current', (select jsonb_object_agg(f, null::text) from jsonb_object_keys(p_result -> 'current') f),
         'row', jsonb_build_object('kind', p_mutation -> 'kind', 'id', p_mutation -> 'id', 'scope', p_scope)) else '{}' end
    || case when octet_length((p_result -> 'overwritten')::text) > 1000 then jsonb_build_object('overwritten',
         (select jsonb_object_agg(f.key, case when octet_length(f.value::text) > 200 and jsonb_typeof(f.value) = 'string'
            then to_jsonb(left(f.value #>> '{}', 200)) else f.value end) from jsonb_each(p_result -> 'overwritten') f)) else '{}' end
$$;
comment on function sync.short_result(uuid, jsonb, jsonb) is
  'A result as it is stored: the names of the fields that were not applied, and of their row; of long values that gave way the beginning. So a small call never makes much of what is kept.';

create function sync.push_weight(p_scope uuid, p_mutations jsonb) returns bigint
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  one record;
  part bigint;
  total bigint := 0;
begin
  for one in select k.tbl, array_agg(sync.to_uuid(m ->> 'id')) as ids from jsonb_array_elements(p_mutations) m
      join sync.kinds k on k.kind = m ->> 'kind' and k.kind <> 'read_mark' group by k.tbl loop
    execute format('select sum(t.sync_bytes) from unnest($1) i (id) join public.%I t on t.id = i.id and t.sync_scope = $2', one.tbl)
      into part using one.ids, p_scope;
    total := total + coalesce(part, 0);
  end loop;
  return total;
end $$;
comment on function sync.push_weight(uuid, jsonb) is 'The bytes of the rows that these mutations are about, as often as they are named.';

create function sync.revive_used(p_kind sync.kinds, p_scope uuid, p_row jsonb, p_set jsonb, p_seen bigint) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  fresh uuid[] := array(select unnest(sync.links_of(p_kind.kind, p_set)) except select unnest(sync.links_of(p_kind.kind, p_row)));
  dead sync.tombstones;
  what sync.kinds;
begin
  for dead in select * from sync.buried_since(p_scope, fresh, p_seen) loop
    select k.* into what from sync.kinds k where k.kind = dead.kind;
    if sync.current_row(what, p_scope, dead.row_id) is null then
      perform sync.revive(what, p_scope, dead.row_id, '{}');
    end if;
  end loop;
end $$;
comment on function sync.revive_used(sync.kinds, uuid, jsonb, jsonb, bigint) is
  'Brings back the rows that these values of a row put to use, and that somebody deleted unseen by who wrote them.';

create function sync.has_moved(p_kind sync.kinds, p_scope uuid, p_id uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return p_scope in (select sync.my_scopes()) and exists (select from sync.tombstones t
    where t.scope_id = p_scope and t.ord = 10 + p_kind.ord and t.row_id = p_id
      and not exists (select from sync.images i where i.scope_id = t.scope_id and i.ord = t.ord and i.row_id = t.row_id)
      and (sync.home_of(p_kind.kind, p_id) <> p_scope
           or exists (select from sync.tombstones o where o.row_id = p_id and o.kind = t.kind and o.scope_id <> p_scope and o.deleted_at >= t.deleted_at)));
end $$;
comment on function sync.has_moved(sync.kinds, uuid, uuid) is
  'Whether a row has left this scope of the caller''s for another, also if it was deleted there since. Whoever was in the scope knew the row; he learns no more than that.';

create or replace function sync.apply(p_scope uuid, p_kind sync.kinds, p_mutation jsonb) returns jsonb
language plpgsql set search_path = '' as $$
declare
  op text := p_mutation ->> 'op';
  id uuid := (p_mutation ->> 'id')::uuid;
  given jsonb := coalesce(nullif(p_mutation -> 'set', 'null'), '{}');
  base jsonb := coalesce(nullif(p_mutation -> 'base', 'null'), '{}');
  old_row jsonb;
  others jsonb := '[]';
  leaves boolean := false;
  unseen boolean;
  seen bigint := coalesce((p_mutation ->> 'base_rev')::bigint, 0);
  outcome jsonb;
begin
  if op = 'mark' then
    if p_kind.kind <> 'read_mark' or id is null then
      perform sync.refuse('22023', 'kind');
    end if;
    return sync.apply_mark(p_scope, id, given);
  elsif op not in ('insert', 'update', 'delete', 'restore') or op is null or id is null then
    perform sync.refuse('22023', case when id is null then 'id' else 'op' end);
  elsif p_kind.kind in ('membership', 'read_mark') or (p_kind.kind = 'band' and op <> 'update') then
    perform sync.refuse('42501', 'kind'); -- by function only
  end if;
  old_row := sync.current_row(p_kind, p_scope, id);
  others := sync.changed_by(p_scope, p_kind.ord, id, seen);
  -- Before it is done: a delete takes away the links to the row, too.
  unseen := old_row is not null and (op = 'delete' or given ?| array['context_id', 'band_id']) and (sync.changed_since(old_row, seen) or sync.used_since(p_scope, id, seen) <> '[]');
  if op = 'delete' then
    outcome := sync.apply_delete(p_kind, p_scope, id, old_row);
    leaves := true;
  else
    given := sync.settable(p_kind, given, op <> 'update');
    perform sync.revive_used(p_kind, p_scope, old_row, given, seen);
    if old_row is not null then
      outcome := sync.apply_update(p_kind, p_scope, id, old_row, given, case when op = 'update' then base else '{}' end);
      leaves := given ?| array['context_id', 'band_id'] and sync.current_row(p_kind, p_scope, id) is null;
    elsif op <> 'insert' and sync.revive(p_kind, p_scope, id, given) then
      outcome := jsonb_build_object('verdict', 'applied', 'rev', sync.rev_now(p_scope), 'restored', true);
    elsif sync.has_moved(p_kind, p_scope, id) then
      perform sync.refuse('RO003');
    elsif op = 'update' or (op = 'restore' and given = '{}') then
      perform sync.refuse('02000');
    else
      outcome := sync.apply_insert(p_kind, p_scope, id, given);
    end if;
  end if;
  if leaves and unseen then
    perform sync.refuse('RO001'); -- takes back what was done: it was only to learn that the caller may do it
  end if;
  return outcome || jsonb_build_object('changed_by', others);
end $$;
comment on function sync.apply(uuid, sync.kinds, jsonb) is
  'Does one mutation. An insert or restore whose row is there is an update of unknown base: a device that sends again never overwrites in silence. A delete, or a move out of the scope, of a row that somebody else changed or put to use since base_rev is refused (RO001): its author has not seen that. A deleted row that an edit puts to use comes back, if the author of the edit had not seen the delete. An edit of a row that has moved to another scope is refused as that (RO003).';

create or replace function sync.reason_of(p_state text) returns text
language sql immutable set search_path = '' as $$
  select case
    when p_state = '42501' then 'not allowed'
    when p_state = 'RO001' then 'somebody else changed it meanwhile'
    when p_state = 'RO003' then 'it was moved to another band or personal space'
    when p_state = '02000' then 'deleted, and no image is kept: send the whole row'
    when p_state = '23502' then 'a value is missing'
    when p_state = '23503' then 'it refers to something that does not exist'
    when p_state = '23505' then 'it exists already'
    when p_state = '23514' then 'a value is out of range'
    when p_state = '22001' then 'a value is too long'
    when p_state = 'RO002' then 'this band or personal space is full'
    when p_state = '42703' then 'no such column'
    when p_state = '22001' then 'a value is too long'
    when p_state = '22003' then 'a number is out of range'
    when p_state = '22008' then 'a date is out of range'
    when p_state = '22023' then 'not a valid edit'
    when p_state = '54000' then 'it is too long for a phone; change it in the web app'
    when p_state = 'RO004' then 'what is there cannot be read by a phone; change it in the web app'
    when left(p_state, 2) = '22' then 'a value has the wrong type'
    else 'refused by the database' end
$$;
comment on function sync.reason_of(text) is 'A constant text for a refusal. PostgreSQL''s own messages quote values, which must not reach a log.';

create function sync.unseen_by(p_scope uuid, p_ord smallint, p_id uuid, p_since bigint) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_agg(w.one order by (w.one ->> 'rev')::bigint), '[]') from (
    select jsonb_build_object('user', u.who -> 'user', 'name', u.who -> 'name', 'rev', max((u.who ->> 'rev')::bigint),
                              'fields', (select coalesce(jsonb_agg(f order by f), '[]') from jsonb_array_elements(jsonb_agg(u.who -> 'fields')) a, jsonb_array_elements(a) f)) as one
      from jsonb_array_elements(sync.changed_by(p_scope, p_ord, p_id, p_since) || sync.used_since(p_scope, p_id, p_since)) u (who)
     group by u.who -> 'user', u.who -> 'name') w
$$;
comment on function sync.unseen_by(uuid, smallint, uuid, bigint) is
  'Who else changed a row or put it to use after a revision: what a delete that is held back was not to beat. `fields` are columns, and the tables of rows that name it.';

create or replace function sync.push_one(p_scope uuid, p_mine boolean, p_mutation jsonb) returns jsonb
language plpgsql set search_path = '' as $$
declare
  what sync.kinds;
  outcome jsonb;
  state text;
  field text;
  cons text;
begin
  begin
    if not p_mine then
      perform sync.refuse('42501');
    end if;
    select k.* into what from sync.kinds k where k.kind = p_mutation ->> 'kind';
    if what.kind is null then
      perform sync.refuse('22023', 'kind');
    end if;
    outcome := sync.apply(p_scope, what, p_mutation);
    set constraints all immediate;
  exception when others then
    get stacked diagnostics state = returned_sqlstate, field = column_name, cons = constraint_name;
    if left(state, 2) in ('40', '53', '55', '57', '58', 'XX') then
      raise; -- transient: the call ends, nothing is stored, the device sends it again
    end if;
    if state = '23505' and sync.current_row(what, p_scope, sync.to_uuid(p_mutation ->> 'id')) is null then
      state := '42501'; -- somebody takes the id at this moment: as for any foreign id
    end if;
    if field = '' and what.kind is not null and left(state, 2) in ('22', '23') then
      field := sync.field_at_fault(what, coalesce(nullif(p_mutation -> 'set', 'null'), '{}'), cons);
    end if;
    outcome := jsonb_build_object('verdict', 'refused', 'sqlstate', state, 'reason', sync.reason_of(state), 'field', nullif(field, ''));
    if state = 'RO001' then
      outcome := outcome || jsonb_build_object('changed_by', sync.unseen_by(p_scope, what.ord, (p_mutation ->> 'id')::uuid,
                                                                            coalesce((p_mutation ->> 'base_rev')::bigint, 0)));
    end if;
  end;
  return sync.blank_result() || outcome || jsonb_build_object('n', p_mutation -> 'n', 'tag', p_mutation -> 'tag');
end $$;
comment on function sync.push_one(uuid, boolean, jsonb) is 'One mutation in its own savepoint, deferred constraints included. A refusal never stops its neighbours.';

create or replace function sync.push_check(p_request jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  mutations jsonb := p_request -> 'mutations';
begin
  perform sync.require_user();
  if octet_length(p_request::text) > 655360 then -- 512 kB as sent; the text PostgreSQL writes is a little longer
    raise exception 'too_large' using errcode = 'PT413';
  elsif jsonb_typeof(mutations) is distinct from 'array' or jsonb_array_length(mutations) > 100 then
    raise exception 'bad_request: mutations must be a list of at most 100' using errcode = '22023';
  elsif (p_request ->> 'client_id')::uuid is null or (p_request ->> 'scope')::uuid is null then
    raise exception 'bad_request: client_id and scope are needed' using errcode = '22023';
  elsif exists (select from jsonb_array_elements(mutations) m
                 where jsonb_typeof(m -> 'n') is distinct from 'number' or (m ->> 'n')::numeric < 1
                    or (m ->> 'n')::numeric > 9007199254740992 or (m ->> 'n')::numeric % 1 <> 0)
     or (select count(distinct m ->> 'n') from jsonb_array_elements(mutations) m) < jsonb_array_length(mutations) then
    raise exception 'bad_request: every mutation needs its own number' using errcode = '22023';
  end if;
end $$;
comment on function sync.push_check(jsonb) is 'Refuses a call whose shape is wrong, as a whole. Texts are constants.';

create or replace function public.sync_push(request jsonb) returns jsonb
language plpgsql set search_path = pg_catalog, pg_temp set timezone = 'UTC' set lock_timeout = '5s' as $$
declare
  client uuid;
  scope uuid;
  mutations jsonb := request -> 'mutations';
  opened jsonb;
  one jsonb;
  outcome jsonb;
  mine boolean;
  room bigint := sync.limit_of('push_answer_bytes');
  fresh jsonb[] := '{}';
  results jsonb[] := '{}';
  head public.sync_head;
begin
  perform sync.push_check(request);
  client := (request ->> 'client_id')::uuid;
  scope := (request ->> 'scope')::uuid;
  opened := sync.push_open(client, coalesce((request ->> 'acked')::bigint, 0), mutations);
  if not (opened -> 'reset')::boolean then
    if sync.push_weight(scope, mutations) > sync.limit_of('push_rows_bytes') then
      raise exception 'too_large' using errcode = 'PT413';
    end if;
    mine := sync.push_lock(scope, mutations);
    perform set_config('sync.pushing', 'yes', true);
    for one in select m from jsonb_array_elements(mutations) with ordinality a (m, place) order by place loop
      outcome := opened -> 'known' -> (one ->> 'n');
      if outcome is null then
        outcome := sync.push_one(scope, mine, one);
        fresh := fresh || sync.short_result(scope, one, outcome);
      else
        outcome := sync.readable_result(sync.told_result(outcome));
      end if;
      if outcome -> 'current' <> '{}' then
        room := case when room > 0 then room - octet_length((outcome -> 'current')::text) else -1 end;
        if room < 0 and results <> '{}' then
          outcome := outcome || '{"current": {}}'; -- it comes when the device sends it again
          room := 0;
        end if;
      end if;
      results := results || outcome;
    end loop;
    perform sync.push_close(client, mutations, to_jsonb(fresh));
  end if;
  select h.* into head from public.sync_head h where h.scope_id = scope;
  return jsonb_build_object('scope', scope, 'epoch', head.epoch, 'head', head.rev,
                            'client_reset', opened -> 'reset', 'results', to_jsonb(results));
end $$;
comment on function public.sync_push(jsonb) is 'Applies a device''s mutations to one scope, each exactly once. See docs/sync-protocol.md.';

revoke execute on function sync.take_turn(), sync.revive_used(sync.kinds, uuid, jsonb, jsonb, bigint), sync.has_moved(sync.kinds, uuid, uuid),
  sync.unseen_by(uuid, smallint, uuid, bigint), sync.told_result(jsonb), sync.short_result(uuid, jsonb, jsonb), sync.push_weight(uuid, jsonb),
  sync.push_lock(uuid, jsonb) from public, anon, authenticated;
grant execute on function sync.is_nothing(jsonb), sync.revive_used(sync.kinds, uuid, jsonb, jsonb, bigint), sync.has_moved(sync.kinds, uuid, uuid),
  sync.unseen_by(uuid, smallint, uuid, bigint), sync.told_result(jsonb), sync.short_result(uuid, jsonb, jsonb), sync.push_weight(uuid, jsonb), sync.push_lock(uuid, jsonb)
  to authenticated;
