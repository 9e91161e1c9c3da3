-- Limits: how much a value, a row, a scope, a person and a call may be.
--
-- Owns: the numbers (sync.limits), what each scope holds (sync.usage), the refusals of what is too much.
-- Never: refuses an edit for what was there before. Only values that a write changes are measured, and only what grows.
-- Invariant: a value that the core of the phones accepts (core/src/model/check.rs) is accepted here: the same numbers.
-- Refusals: 22001 with the column for a value that is too long, RO002 for a scope that is full.

create table sync.limits (
  name text primary key,
  value bigint not null check (value > 0),
  meaning text not null
);
comment on table sync.limits is 'Every limit there is, one a row. An operator may change a value; it counts from the next call.';
comment on column sync.limits.name is 'Name of the limit.';
comment on column sync.limits.value is 'The largest that is allowed.';
comment on column sync.limits.meaning is 'What is limited, in which unit.';
alter table sync.limits enable row level security;
insert into sync.limits values
  ('line_chars', 10000, 'characters of a text of one line'),
  ('text_bytes', 262144, 'bytes of a long text'),
  ('json_bytes', 262144, 'bytes of a list or a JSON value, as a phone writes it'),
  ('row_bytes', 3500000, 'bytes of a row as JSON'),
  ('scope_rows', 100000, 'rows of a band or a personal space, deleted ones until they are pruned'),
  ('scope_bytes', 268435456, 'bytes of these rows and of what is kept about their changes'),
  ('bands_a_day', 20, 'bands that one person makes a day'),
  ('clients', 50, 'devices of one person within 90 days'),
  ('results', 5000, 'answers kept for one device'),
  ('push_rows_bytes', 67108864, 'bytes of all rows that one call of sync_push is about'),
  ('push_answer_bytes', 1000000, 'bytes of other people''s values in one answer of sync_push'),
  ('pushes_at_once', 4, 'calls of sync_push and plain writes of one person that run or wait at the same time');

create function sync.limit_of(p_name text) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select l.value from sync.limits l where l.name = p_name);
end $$;
comment on function sync.limit_of(text) is 'A limit. Anybody may know it.';

-- Values and rows.
create function sync.json_bytes(p_value jsonb) returns bigint
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  return octet_length(p_value::text) - (select coalesce(sum(case jsonb_typeof(v)
      when 'array' then greatest(jsonb_array_length(v) - 1, 0)
      when 'object' then greatest(2 * (select count(*) from jsonb_object_keys(v)) - 1, 0) else 0 end), 0)
    from jsonb_path_query(p_value, 'strict $.**') v);
end $$;
comment on function sync.json_bytes(jsonb) is 'The bytes of a value as JSON without spaces, as a phone counts them.';

create function sync.check_sizes(p_kind text, p_old jsonb, p_new jsonb, p_grows boolean, p_bytes integer) returns void
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  what sync.kinds;
  field text;
  value jsonb;
begin
  select k.* into strict what from sync.kinds k where k.kind = p_kind;
  for field, value in select n.key, n.value from jsonb_each(p_new) n
      where n.key = any (what.fields) and n.value is distinct from p_old -> n.key loop
    if (jsonb_typeof(value) = 'string' and field = any (what.merged) and octet_length(value #>> '{}') > sync.limit_of('text_bytes'))
       or (jsonb_typeof(value) = 'string' and field <> all (what.merged) and length(value #>> '{}') > sync.limit_of('line_chars'))
       or (jsonb_typeof(value) in ('array', 'object') and octet_length(value::text) > sync.limit_of('json_bytes')
           and sync.json_bytes(value) > sync.limit_of('json_bytes')) then
      raise exception 'a value is too long' using errcode = '22001', column = field;
    end if;
  end loop;
  if p_grows and p_bytes > sync.limit_of('row_bytes') then
    raise exception 'a row is too long' using errcode = '22001';
  end if;
end $$;
comment on function sync.check_sizes(text, jsonb, jsonb, boolean, integer) is
  'Refuses values of a row that a write made too long, and a row that it made too long for a phone. Called by the stamp for rows above 10,000 bytes: below that nothing can be.';

-- Scopes.
create table sync.usage (
  scope_id uuid primary key,
  rows bigint not null default 0,
  bytes bigint not null default 0
) with (fillfactor = 50);
comment on table sync.usage is
  'What each scope holds: live rows, images of deleted ones, and 200 bytes for each change that the log keeps. Counted by statement; sync.prune() counts again.';
comment on column sync.usage.scope_id is 'The band''s or the user''s id.';
comment on column sync.usage.rows is 'Live rows and kept images.';
comment on column sync.usage.bytes is 'Their bytes as JSON, and those of the log.';
alter table sync.usage enable row level security;

create function sync.recount() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from sync.usage u where u.scope_id is not null;
  insert into sync.usage (scope_id, rows, bytes)
  select r.scope, sum(r.n), sum(r.bytes) from (
    select t.sync_scope as scope, count(*) as n, sum(t.sync_bytes) as bytes from public.bands t group by 1
    union all select t.sync_scope, count(*), sum(t.sync_bytes) from public.band_memberships t group by 1
    union all select t.sync_scope, count(*), sum(t.sync_bytes) from public.songs t group by 1
    union all select t.sync_scope, count(*), sum(t.sync_bytes) from public.setlists t group by 1
    union all select t.sync_scope, count(*), sum(t.sync_bytes) from public.shows t group by 1
    union all select t.sync_scope, count(*), sum(t.sync_bytes) from public.practice_sessions t group by 1
    union all select t.sync_scope, count(*), sum(t.sync_bytes) from public.read_marks t group by 1
    union all select i.scope_id, count(*), sum((i.image ->> 'sync_bytes')::bigint) from sync.images i group by 1
    union all select l.scope_id, 0, 200 * count(*) from sync.log l group by 1) r
   where r.scope is not null group by r.scope;
end $$;
comment on function sync.recount() is 'Counts what every scope holds. No writer may run meanwhile.';
do $$ begin perform sync.recount(); end $$;

create function sync.count_usage() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  full_scope boolean;
begin
  if tg_op = 'INSERT' then
    insert into sync.usage as u (scope_id, rows, bytes)
    select f.sync_scope, count(*), sum(f.sync_bytes) + 200 * count(*) from fresh f where f.sync_scope is not null group by 1 order by 1
    on conflict (scope_id) do update set rows = u.rows + excluded.rows, bytes = u.bytes + excluded.bytes;
    full_scope := exists (select from sync.usage u where u.scope_id in (select f.sync_scope from fresh f)
      and (u.rows > sync.limit_of('scope_rows') or u.bytes > sync.limit_of('scope_bytes')));
  elsif tg_op = 'DELETE' then
    update sync.usage u set bytes = u.bytes + 200 * s.n
      from (select g.sync_scope, count(*) as n from stale g group by 1) s where u.scope_id = s.sync_scope;
  else
    insert into sync.usage as u (scope_id, rows, bytes)
    select d.sync_scope, sum(d.n), sum(d.bytes) + 200 * count(*) filter (where d.n > 0)
      from (select f.sync_scope, 1 as n, f.sync_bytes as bytes from fresh f
            union all select s.sync_scope, -1, -s.sync_bytes from stale s) d
     where d.sync_scope is not null group by 1 order by 1
    on conflict (scope_id) do update set rows = u.rows + excluded.rows, bytes = u.bytes + excluded.bytes;
    full_scope := (select sum(f.sync_bytes) from fresh f) > (select sum(s.sync_bytes) from stale s)
      and exists (select from sync.usage u where u.scope_id in (select f.sync_scope from fresh f)
        and (u.rows > sync.limit_of('scope_rows') or u.bytes > sync.limit_of('scope_bytes')));
  end if;
  if full_scope and auth.uid() is not null then
    raise exception 'this band or personal space is full' using errcode = 'RO002';
  end if;
  return null;
end $$;
comment on function sync.count_usage() is
  'AFTER STATEMENT: counts what came and grew, and refuses it where the scope is full. A deleted row goes on counting by its image. Service jobs are counted, not refused.';

create function sync.image_gone() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(current_setting('sync.pruning', true), '') = '' then
    update sync.usage u set rows = u.rows - g.n, bytes = u.bytes - g.bytes
      from (select s.scope_id, count(*) as n, sum((s.image ->> 'sync_bytes')::bigint) as bytes from stale s group by 1) g
     where u.scope_id = g.scope_id;
  end if;
  return null;
end $$;
comment on function sync.image_gone() is 'AFTER STATEMENT: an image that is used up, because its row came back, no longer counts.';

do $triggers$
declare
  one sync.kinds;
begin
  for one in select * from sync.kinds order by ord loop
    execute format('create trigger zz_sync_added_up after insert on public.%I referencing new table as fresh
      for each statement execute function sync.count_usage()', one.tbl);
    execute format('create trigger zz_sync_grown after update on public.%I referencing old table as stale new table as fresh
      for each statement execute function sync.count_usage()', one.tbl);
    if one.kind <> 'read_mark' then
      execute format('create trigger zz_sync_taken after delete on public.%I referencing old table as stale
        for each statement execute function sync.count_usage()', one.tbl);
    end if;
  end loop;
  create trigger zz_sync_image_gone after delete on sync.images referencing old table as stale
    for each statement execute function sync.image_gone();
end $triggers$;

-- People.
create table sync.band_days (
  user_id uuid not null,
  day date not null,
  bands integer not null,
  primary key (user_id, day)
);
comment on table sync.band_days is 'How many bands a person made on a day, also those that are gone. Pruned.';
comment on column sync.band_days.user_id is 'Who made them.';
comment on column sync.band_days.day is 'The day, in UTC.';
comment on column sync.band_days.bands is 'How many.';
alter table sync.band_days enable row level security;

create function sync.count_band() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  made integer;
begin
  if auth.uid() is null then
    return null;
  end if;
  insert into sync.band_days as d values (auth.uid(), (now() at time zone 'UTC')::date, 1)
  on conflict (user_id, day) do update set bands = d.bands + 1 returning d.bands into made;
  if made > sync.limit_of('bands_a_day') then
    raise exception 'too_many_bands: you have made enough bands for today' using errcode = 'P0001';
  end if;
  return null;
end $$;
comment on function sync.count_band() is 'AFTER ROW, on a new band: so many a day for each person.';
create trigger zz_sync_count_band after insert on public.bands for each row execute function sync.count_band();

alter table sync.clients add column kept integer not null default 0;
comment on column sync.clients.kept is 'How many results are kept for this device.';
create index clients_user on sync.clients (user_id);

revoke execute on function sync.limit_of(text), sync.json_bytes(jsonb), sync.check_sizes(text, jsonb, jsonb, boolean, integer), sync.recount(),
  sync.count_usage(), sync.image_gone(), sync.count_band() from public, anon, authenticated;
grant execute on function sync.limit_of(text) to authenticated;
grant select on sync.limits, sync.usage to service_role;
