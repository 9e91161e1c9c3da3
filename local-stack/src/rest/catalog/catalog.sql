-- Everything the schema cache holds, as one JSON document. $1: the exposed schema. Run with an empty search_path, so
-- that types and defaults are written out qualified. Functions whose arguments have no names, or any number, are left out.
with exposed as (
  select oid, nspname from pg_catalog.pg_namespace where nspname = $1
),
columns as (
  select a.attrelid, pg_catalog.json_agg(pg_catalog.json_build_object(
      'name', a.attname,
      'type_name', pg_catalog.format_type(a.atttypid, a.atttypmod),
      'default', case
        when a.attidentity <> '' then
          pg_catalog.format('nextval(%L)', pg_catalog.pg_get_serial_sequence(c.oid::regclass::text, a.attname))
        when a.attgenerated = '' then pg_catalog.pg_get_expr(d.adbin, d.adrelid)
      end) order by a.attnum) as list
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_class c on c.oid = a.attrelid
  join exposed e on e.oid = c.relnamespace
  left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f')
  group by a.attrelid
),
keys as (
  select i.indrelid, pg_catalog.json_agg(a.attname order by k.place) as list
  from pg_catalog.pg_index i
  cross join lateral unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
  join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
  where i.indisprimary
  group by i.indrelid
),
tables as (
  select pg_catalog.json_agg(pg_catalog.json_build_object(
      'name', c.relname,
      'columns', coalesce(columns.list, '[]'), 'primary_key', coalesce(keys.list, '[]'))) as list
  from pg_catalog.pg_class c
  join exposed e on e.oid = c.relnamespace
  left join columns on columns.attrelid = c.oid
  left join keys on keys.indrelid = c.oid
  where c.relkind in ('r', 'p', 'v', 'm', 'f')
),
functions as (
  select pg_catalog.json_agg(pg_catalog.json_build_object(
      'name', p.proname,
      'arguments', coalesce(arguments.list, '[]'),
      'returns', case
        when p.prorettype = 'void'::regtype then 'void'
        when r.typtype = 'c' or p.prorettype = 'record'::regtype
          or coalesce(p.proargmodes::text[] && array['t', 'b', 'o'], false)
          or (r.typtype = 'd' and base.typtype = 'c') then 'row'
        else 'scalar'
      end,
      'is_set', p.proretset,
      'is_volatile', p.provolatile = 'v') order by p.oid) as list
  from pg_catalog.pg_proc p
  join exposed e on e.oid = p.pronamespace
  join pg_catalog.pg_type r on r.oid = p.prorettype
  left join pg_catalog.pg_type base on base.oid = r.typbasetype
  left join lateral (
    select pg_catalog.json_agg(pg_catalog.json_build_object(
        'name', p.proargnames[given.place],
        'type_name', pg_catalog.format_type(given.type, null),
        'has_default', given.nth > p.pronargs - p.pronargdefaults) order by given.place) as list,
      bool_and(coalesce(p.proargnames[given.place], '') <> '') as named
    from (
      select t.type, t.place, row_number() over (order by t.place) as nth
      from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as t (type, place)
      where coalesce(p.proargmodes[t.place], 'i') in ('i', 'b')
    ) as given
  ) as arguments on true
  where p.prokind = 'f' and p.prorettype <> 'trigger'::regtype and p.provariadic = 0
    and coalesce(arguments.named, true)
),
settings as (
  select pg_catalog.json_object_agg(r.rolname, s.setconfig) as list
  from pg_catalog.pg_db_role_setting s
  join pg_catalog.pg_roles r on r.oid = s.setrole
  where s.setdatabase = 0
)
select pg_catalog.json_build_object(
  'tables', coalesce((select list from tables), '[]'),
  'functions', coalesce((select list from functions), '[]'),
  'role_settings', coalesce((select list from settings), '{}'))::text
