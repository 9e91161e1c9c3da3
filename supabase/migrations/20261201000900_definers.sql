-- The last word on names: where the functions of this project look for types, tables and functions.
--
-- Owns: the search path of every function of ours, and the one grant to everybody. This file stays the last one.
-- An empty search_path does not keep a caller's temporary objects out: for tables and types pg_temp is searched first
-- unless it is named, so a temporary type called `jsonb` would run its check as the owner of a definer function. Named
-- last, it is never found before pg_catalog. Also for functions that run as the caller: a definer function may call them.

do $definers$
declare
  one record;
begin
  for one in select p.oid::regprocedure as name from pg_catalog.pg_proc p
      join pg_catalog.pg_namespace n on n.oid = p.pronamespace
     where p.prokind = 'f' and p.proowner = (select c.relowner from pg_catalog.pg_class c where c.oid = 'sync.meta'::regclass)
       and (n.nspname = 'sync' or (n.nspname = 'public' and p.prosrc ~ '\msync\.'))
       and (p.prosecdef or exists (select from unnest(p.proconfig) s where s like 'search_path=%')) loop
    execute format('alter function %s set search_path = pg_catalog, pg_temp', one.name);
  end loop;
end $definers$;

-- Conditions of triggers and expressions of indexes call these with the rights of whoever writes. They look at their argument only.
grant execute on function sync.has_odd_number(jsonb), sync.is_unreadable(jsonb), sync.is_unreadable(text[]), sync.is_unreadable(timestamptz),
  sync.is_unreadable(timestamp), sync.is_unreadable(date), sync.parsed(text), sync.json_text(anyelement), sync.is_unreadable_text(text) to public;
