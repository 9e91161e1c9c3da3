-- Values that a phone can read, in every column that can hold others.
--
-- Owns: what an unreadable value is (`sync.is_unreadable`), the limits of a new one (`sync.fault_of`), the triggers that
-- refuse it whoever writes it, and the indexes by which a pull knows without reading a row that one of a page has one.
-- Never: changes a row. What is in the tables already stays; a pull sends null in its place and names the column.
-- Invariant: an index, not a trigger, knows the rows with unreadable values: so also those that were there before, were
-- restored, or were written with triggers off.

-- What no phone reads: nested more than 32 deep, or a number that no double holds. Bodies are parsed once, here: these
-- functions run for every writer of the tables, also for one who may not look into this schema.
create function sync.has_odd_number(p_value jsonb) returns boolean
language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp set extra_float_digits = 1 as $$
declare
  n numeric;
begin
  for n in select (x #>> '{}')::numeric from jsonb_path_query(p_value, 'strict $.** ? (@.type() == "number")') x loop
    if n <> 0 and (abs(n) > 1.7976931348623157e308 or abs(n) < 4.95e-324) then
      return true;
    elsif n::float8::text::numeric <> n then
      return true;
    end if;
  end loop;
  return false;
end $$;
comment on function sync.has_odd_number(jsonb) is
  'Whether a number in it comes out of a phone as another one: too large or too small for a double, or with more digits than one has.';

create function sync.is_unreadable(p_value jsonb) returns boolean
language sql immutable parallel safe
return case
  when p_value is null or p_value in ('[]', '{}') then false
  when jsonb_path_exists(p_value, 'strict $.**{32} ? (@.type() == "array" || @.type() == "object")') then true
  when jsonb_path_exists(p_value, 'strict $.** ? (@.type() == "number" && (@ > 9007199254740992 || @ < -9007199254740992 || @.floor() != @))')
    then sync.has_odd_number(p_value)
  else false end;
comment on function sync.is_unreadable(jsonb) is 'Whether no phone can read this value: nested more than 32 deep, or with a number that a double cannot hold.';

create function sync.is_unreadable(p_list text[]) returns boolean
language sql immutable parallel safe
return case when p_list is null then false when array_ndims(p_list) > 1 then true else array_position(p_list, null) is not null end;
comment on function sync.is_unreadable(text[]) is 'Whether this is no plain list: of several dimensions, or with a null in it.';

create function sync.is_unreadable(p_time timestamptz) returns boolean
language sql immutable parallel safe
return coalesce(not isfinite(p_time) or p_time < timestamptz '0001-01-01 00:00:00+00' or p_time >= timestamptz '10000-01-01 00:00:00+00', false);
comment on function sync.is_unreadable(timestamptz) is 'Whether this is no time of the years 1 to 9999, which phones can sort and show.';

create function sync.is_unreadable(p_time timestamp) returns boolean
language sql immutable parallel safe
return coalesce(not isfinite(p_time) or p_time < timestamp '0001-01-01' or p_time >= timestamp '10000-01-01', false);
comment on function sync.is_unreadable(timestamp) is 'Whether this is no time of the years 1 to 9999.';

create function sync.is_unreadable(p_day date) returns boolean
language sql immutable parallel safe
return coalesce(not isfinite(p_day) or p_day < date '0001-01-01' or p_day >= date '10000-01-01', false);
comment on function sync.is_unreadable(date) is 'Whether this is no day of the years 1 to 9999.';

create function sync.parsed(p_json text) returns jsonb
language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
begin
  return p_json::jsonb;
exception when others then
  return '1e400'; -- a NUL or half a character: as unreadable as this
end $$;
comment on function sync.parsed(text) is 'JSON that is stored as text (type json) and can hold more than jsonb can; an unreadable value in its place.';

create function sync.json_text(p_value anyelement) returns text
language plpgsql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
begin
  return to_json(p_value)::text;
end $$;
comment on function sync.json_text(anyelement) is 'A value of any type as a page writes it.';

create function sync.is_unreadable_text(p_json text) returns boolean
language sql immutable parallel safe
return sync.is_unreadable(sync.parsed(p_json));
comment on function sync.is_unreadable_text(text) is 'Whether no phone can read this JSON.';

create function sync.readable_result(p_body jsonb) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when exists (select from jsonb_each(coalesce(nullif(p_body -> 'current', 'null'), '{}') || coalesce(nullif(p_body -> 'overwritten', 'null'), '{}')) v
                            where sync.is_unreadable(v.value))
         then p_body || '{"current": {}, "overwritten": {}}' else p_body end
$$;
comment on function sync.readable_result(jsonb) is
  'A stored result that a phone can read: with an unreadable value of the row in it, it tells the verdict only, and a phone sends what was not applied again.';

create function sync.suspects(p_tbl text) returns table (col text, class text, test text)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select a.attname, case when b.typcategory = 'D' then 'time' when b.typcategory = 'A' then 'list' else 'value' end,
         case when b.typname in ('jsonb', 'timestamptz', 'timestamp', 'date') or (b.typcategory = 'A' and e.typcategory = 'S')
                then format('sync.is_unreadable(t.%I)', a.attname)
              when b.typname = 'json' then format('sync.is_unreadable_text(t.%I::text)', a.attname)
              else format('sync.is_unreadable_text(sync.json_text(t.%I))', a.attname) end
    from pg_attribute a
    join pg_type d on d.oid = a.atttypid
    join pg_type b on b.oid = coalesce(nullif(d.typbasetype, 0), d.oid)
    left join pg_type e on e.oid = b.typelem
   where a.attrelid = format('public.%I', p_tbl)::regclass and a.attnum > 0 and not a.attisdropped and a.attname not like 'sync\_%'
     and (b.typname in ('json', 'jsonb', 'timestamptz', 'timestamp', 'date', 'numeric') or b.typcategory in ('A', 'C', 'R'))
   order by a.attnum
$$;
comment on function sync.suspects(text) is
  'The columns of a table whose type has values that a phone cannot read, and for each the test of a row t. Numbers of fixed size, texts and ids have none.';

-- A row as JSON, also where a column of type json holds what jsonb cannot: that must not stop the triggers of its row.
create function sync.row_json(p_row anyelement) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  columns text;
  whole jsonb;
begin
  return to_jsonb(p_row);
exception when untranslatable_character or invalid_text_representation then
  select string_agg(format(case when d.typname = 'json' then '(%L, sync.parsed(($1).%I::text))' else '(%L, sync.parsed(to_json(($1).%I)::text))' end,
                           a.attname, a.attname), ', ')
    into columns from pg_attribute a join pg_type d on d.oid = a.atttypid
   where a.attrelid = (select r.typrelid from pg_type r where r.oid = pg_typeof(p_row)) and a.attnum > 0 and not a.attisdropped;
  execute format('select jsonb_object_agg(c.key, c.value) from (values %s) c (key, value)', columns) into whole using p_row;
  return whole;
end $$;
comment on function sync.row_json(anyelement) is 'A row as jsonb; a value that jsonb cannot hold becomes one that counts as unreadable.';

-- On write.
create function sync.fault_of(p_class text, p_value jsonb) returns text
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  bytes integer := octet_length(p_value::text);
begin
  if p_class = 'time' then
    return case when p_value #>> '{}' !~ '^[0-9]{4}-' or p_value #>> '{}' ~ 'BC$' then '22008' end;
  elsif bytes > 1000000 then
    return '22001';
  elsif jsonb_path_exists(p_value, 'strict $.**{32} ? (@.type() == "array" || @.type() == "object")') then
    return '22023';
  elsif bytes > 100000 and (select count(*) from (select from jsonb_path_query(p_value, 'strict $.**') limit 50001) x) > 50000 then
    return '22001';
  elsif sync.is_unreadable(p_value) then
    return '22003';
  elsif p_class = 'list' and exists (select from jsonb_array_elements(p_value) x where jsonb_typeof(x) in ('null', 'array')) then
    return '22023';
  end if;
  return null;
end $$;
comment on function sync.fault_of(text, jsonb) is
  'The limits of a new value in one place, as the SQLSTATE of what is wrong: 22001 more than 1,000,000 bytes or 50,000 elements, 22023 nested more than 32 deep or no plain list, 22003 a number that no double holds, 22008 a time outside the years 1 to 9999.';

create function sync.check_values() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  fresh jsonb := sync.row_json(new);
  old_row jsonb := case when tg_op = 'UPDATE' then sync.row_json(old) end;
  one text;
  col text;
  fault text;
begin
  foreach one in array tg_argv loop
    col := split_part(one, ' ', 2);
    continue when coalesce(fresh -> col, 'null') = 'null' or fresh -> col is not distinct from old_row -> col;
    fault := sync.fault_of(split_part(one, ' ', 1), fresh -> col);
    if fault is not null then
      raise exception 'unreadable_value: a phone cannot read this value' using errcode = fault, column = col, detail = col;
    end if;
  end loop;
  return null;
end $$;
comment on function sync.check_values() is
  'AFTER ROW: refuses a new value that a phone could not read, and names its column. A value that was there before stays. After, not before, because BEFORE INSERT also fires for an upsert that then updates. Arguments: class and name of each column.';

create function sync.write_checks() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $write$
declare
  one sync.kinds;
  tests text;
  columns text;
  arguments text;
  found text[] := '{}';
begin
  for one in select * from sync.kinds order by ord loop
    select string_agg(s.test, ' or '), string_agg(quote_ident(s.col), ', '), string_agg(quote_literal(s.class || ' ' || s.col), ', ')
      into tests, columns, arguments from sync.suspects(one.tbl) s;
    continue when tests is null;
    found := found || format('exists (select from public.%I t where t.sync_scope = p_scope and t.sync_rev between p_from and p_to and (%s))', one.tbl, tests);
    continue when obj_description(to_regclass(format('public.%I', one.tbl || '_sync_unreadable')), 'pg_class') = md5(tests);
    execute format('drop index if exists public.%I', one.tbl || '_sync_unreadable');
    execute format('create index %I on public.%I (sync_scope, sync_rev) where %s', one.tbl || '_sync_unreadable', one.tbl, replace(tests, '(t.', '('));
    execute format('comment on index public.%I is %L', one.tbl || '_sync_unreadable', md5(tests));
    execute format('create or replace trigger zy_sync_values after insert or update of %s on public.%I for each row execute function sync.check_values(%s)',
                   columns, one.tbl, arguments);
  end loop;
  execute format($format$create or replace function sync.holds_unreadable(p_scope uuid, p_from bigint, p_to bigint) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $holds$
begin
  return p_scope = any (array(select sync.my_scopes())) and (
    %s);
end $holds$$format$, array_to_string(found, E'\n    or '));
end $write$;
comment on function sync.write_checks() is
  'Writes the indexes, triggers and sync.holds_unreadable() for the columns there are now; nothing where they did not change. sync.write_rows_between() calls it.';

do $$ begin perform sync.write_checks(); end $$;
comment on function sync.holds_unreadable(uuid, bigint, bigint) is
  'Whether a row of these revisions has a value that no phone can read. Looks into indexes of such rows alone, which are nearly always empty; definer, so that no policy is evaluated for it: checks the scope itself. Written by sync.write_checks().';

revoke execute on function sync.readable_result(jsonb), sync.suspects(text), sync.row_json(anyelement), sync.fault_of(text, jsonb), sync.check_values(), sync.write_checks(),
  sync.holds_unreadable(uuid, bigint, bigint) from public, anon, authenticated;
grant execute on function sync.readable_result(jsonb), sync.suspects(text), sync.row_json(anyelement), sync.holds_unreadable(uuid, bigint, bigint) to authenticated;
