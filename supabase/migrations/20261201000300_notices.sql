-- What notices need to tell the truth: short values in the log, and the same title of a kind here and on the device.
--
-- Owns: `sync.log.vals` and what is written there. The functions that write it are in `..._stamps.sql`.
-- Never: long text, lists or whole rows in the log. An entry's values have 400 bytes at most, so the log stays bounded
-- and a page of 2,000 entries far below what a phone reads.
-- Invariants: a value in the log is what the author of that revision found or left, never anybody else's; what he did is named as he
-- did it: who brings a row back has not added it, and who moves one away has not deleted it.

alter table sync.log add column vals jsonb;
comment on column sync.log.vals is
  'Of changed scalar columns the old and the new value, {"key": ["G", "A"]}, where they are short. A column of cols that is missing here has values that are not kept.';
comment on table sync.log is
  'Who changed which columns of which row in which revision, with short values: what notices say, attribution when several people changed one row, and "what changed" on a second device.';

alter table sync.log drop constraint log_op_check;
alter table sync.log add constraint log_op_check check (op in ('insert', 'update', 'delete', 'restore', 'move'));
comment on column sync.log.op is
  'restore: a row that was deleted in this scope is there again. move: it left for another scope, where it is an insert. Devices of before take restore for an insert.';

update sync.kinds set title = 'scheduled_date' where kind = 'practice';

create function sync.is_nothing(p_value jsonb) returns boolean
language sql immutable parallel safe as $$
  select p_value is null or p_value in ('null', '""', '[]')
$$;
comment on function sync.is_nothing(jsonb) is 'Whether a value says nothing to a person: null, an empty text and an empty list are the same.';

create function sync.changed_columns(p_old jsonb, p_new jsonb) returns text[]
language sql immutable parallel safe as $$
  select coalesce(array_agg(n.key order by n.key), '{}') from jsonb_each(p_new) n
   where n.value is distinct from p_old -> n.key and not (sync.is_nothing(n.value) and sync.is_nothing(p_old -> n.key))
$$;
comment on function sync.changed_columns(jsonb, jsonb) is 'The columns in which two images of a row differ for a person.';

create function sync.short_values(p_kind sync.kinds, p_cols text[], p_old jsonb, p_new jsonb) returns jsonb
language sql immutable parallel safe as $$
  select case when octet_length(v.pairs::text) <= 400 then v.pairs end
    from (select jsonb_object_agg(c, jsonb_build_array(p_old -> c, p_new -> c)) as pairs from unnest(p_cols) c
           where (c = any (p_kind.fields) and c <> all (p_kind.merged) or p_kind.kind = 'membership' and c in ('role', 'status'))
             and coalesce(jsonb_typeof(p_old -> c), 'null') not in ('object', 'array')
             and coalesce(jsonb_typeof(p_new -> c), 'null') not in ('object', 'array')
             and coalesce(octet_length((p_old -> c)::text), 0) <= 120 and coalesce(octet_length((p_new -> c)::text), 0) <= 120) v
$$;
comment on function sync.short_values(sync.kinds, text[], jsonb, jsonb) is
  'Of these columns the old and the new value, where they are scalars and short, and of members the role and the status; null where there is none, or where together they are too long.';

create function sync.joined_values(p_cols text[], p_vals jsonb, p_new_cols text[], p_new_vals jsonb) returns jsonb
language sql immutable parallel safe as $$
  select jsonb_object_agg(j.key, j.pair) from (
    select o.key, case when o.key = any (p_new_cols) then jsonb_build_array(o.value -> 0, p_new_vals -> o.key -> 1) else o.value end as pair
      from jsonb_each(p_vals) o where o.key <> all (p_new_cols) or p_new_vals ? o.key
    union all
    select n.key, n.value from jsonb_each(p_new_vals) n where n.key <> all (p_cols)) j
$$;
comment on function sync.joined_values(text[], jsonb, text[], jsonb) is
  'The values of two changes of one row in one transaction: from the first what was, from the second what is. What one of them does not know is not known.';

create function sync.values_between(p_scope uuid, p_from sync.place, p_to sync.place, p_since bigint) returns json
language plpgsql stable set search_path = '' as $$
begin
  if p_from = p_to then
    return '[]';
  end if;
  return (select coalesce(json_agg(json_build_array(t.rev, k.kind, t.row_id, t.vals) order by t.rev, t.ord, t.row_id), '[]')
    from sync.log t join sync.kinds k on k.ord = t.ord - 20
   where t.scope_id = p_scope and t.rev > p_since and t.vals is not null
     and (t.rev, t.ord, t.row_id) > (p_from.rev, p_from.ord, p_from.id)
     and (t.rev, t.ord, t.row_id) <= (p_to.rev, p_to.ord, p_to.id));
end $$;
comment on function sync.values_between(uuid, sync.place, sync.place, bigint) is
  'The short values of the log entries after one place up to another. Beside the log, not in it: a device of before reads entries of six parts only.';

create function sync.times_between(p_scope uuid, p_from sync.place, p_to sync.place, p_since bigint) returns json
language plpgsql stable set search_path = '' as $$
begin
  if p_from = p_to then
    return '[]';
  end if;
  return (select coalesce(json_agg(json_build_array(r.rev, r.ms) order by r.rev), '[]')
    from (select t.rev, (extract(epoch from min(t.at)) * 1000)::bigint as ms from sync.log t
     where t.scope_id = p_scope and t.rev > p_since
       and (t.rev, t.ord, t.row_id) > (p_from.rev, p_from.ord, p_from.id)
       and (t.rev, t.ord, t.row_id) <= (p_to.rev, p_to.ord, p_to.id) group by t.rev) r);
end $$;
comment on function sync.times_between(uuid, sync.place, sync.place, bigint) is
  'When the revisions of the log entries after one place up to another were made: milliseconds since 1970. Beside the log, as the values are.';

revoke execute on function sync.is_nothing(jsonb), sync.changed_columns(jsonb, jsonb),
  sync.short_values(sync.kinds, text[], jsonb, jsonb), sync.joined_values(text[], jsonb, text[], jsonb),
  sync.values_between(uuid, sync.place, sync.place, bigint), sync.times_between(uuid, sync.place, sync.place, bigint)
  from public, anon, authenticated;
grant execute on function sync.values_between(uuid, sync.place, sync.place, bigint),
  sync.times_between(uuid, sync.place, sync.place, bigint) to authenticated;
