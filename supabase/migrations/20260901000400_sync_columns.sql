-- The sync layer's columns on the synced tables, and heads for what is already there.
--
-- Invariant: no row is changed by UPDATE. Constant defaults touch no row, and `ALTER COLUMN ... TYPE ... USING` rewrites
-- the table without firing a trigger, writing an audit line or emitting a logical change.

create function sync.to_uuid(p_text text) returns uuid
language sql immutable parallel safe as $$
  select case when p_text ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then p_text::uuid end
$$;
comment on function sync.to_uuid(text) is 'A uuid, or null where the text is none: a garbage context_id must not fail a write.';

create function sync.name_of(p_user uuid) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select left(u.name, 200) from public.users u where u.id = p_user);
end $$;
comment on function sync.name_of(uuid) is 'A person''s name, or null. At most 200 characters: it goes into every answer.';

-- Columns of the two tables that get more than the stamps.
alter table public.band_memberships
  add column member_name text,
  add column joined_rev bigint not null default 1,
  add column share_seen boolean not null default true;
alter table public.band_memberships alter column member_name type text using (sync.name_of(user_id));
comment on column public.band_memberships.member_name is 'The member''s name, kept by trigger, so that no bandmate needs to read public.users.';
comment on column public.band_memberships.joined_rev is 'The band''s revision at the (last) joining: the floor of unread. Kept by trigger.';
comment on column public.band_memberships.share_seen is 'Whether seen_by() may show this member. Only the member changes it.';

alter table public.practice_sessions add column if not exists status text not null default 'scheduled'
  check (status in ('scheduled', 'in-progress', 'completed', 'cancelled'));
comment on column public.practice_sessions.status is 'Whether the practice takes place: without it a cancelled practice never reaches the others.';

do $columns$
declare
  one record;
  size text;
begin
  for one in select * from (values
      ('bands', 'id'),
      ('band_memberships', 'band_id'),
      ('songs', 'sync.to_uuid(context_id)'),
      ('setlists', 'case when context_type = ''personal'' then sync.to_uuid(context_id) else band_id end'),
      ('shows', 'band_id'),
      ('practice_sessions', 'band_id'),
      ('read_marks', 'user_id')) t (tbl, scope) loop
    execute format('alter table public.%I
      add column sync_scope uuid,
      add column sync_rev bigint not null default 1,
      add column sync_by uuid,
      add column sync_by_rev bigint not null default 1,
      add column sync_other_rev bigint not null default 0,
      add column sync_bytes integer not null default 0', one.tbl);
    select string_agg(format('coalesce(octet_length(to_json(%I)::text), 4) + %s', a.attname, octet_length(to_json(a.attname::text)::text) + 2), ' + ') into size
      from pg_catalog.pg_attribute a
     where a.attrelid = format('public.%I', one.tbl)::regclass and a.attnum > 0 and not a.attisdropped;
    execute format('alter table public.%I alter column sync_scope type uuid using (%s), alter column sync_bytes type integer using (100 + %s)',
                   one.tbl, one.scope, size);
    execute format('create index %I on public.%I (sync_scope, sync_rev, id)', one.tbl || '_sync_page', one.tbl);
    execute format('create index %I on public.%I (id) where sync_scope is null', one.tbl || '_sync_lost', one.tbl);
    execute format('comment on column public.%I.sync_scope is %L', one.tbl,
      'The scope the row belongs to: the band''s or the user''s id. Null = garbage context, not synced. Set by trigger.');
    execute format('comment on column public.%I.sync_bytes is %L', one.tbl, 'Not less than the bytes of the row as JSON in a page: where a page ends, and what is too large for a phone, is decided without reading the rows. Set by trigger.');
    execute format('comment on column public.%I.sync_rev is %L', one.tbl, 'Revision of the last write. Set by trigger.');
    execute format('comment on column public.%I.sync_by is %L', one.tbl, 'Who made the last change of content; null = System. Set by trigger.');
    execute format('comment on column public.%I.sync_by_rev is %L', one.tbl, 'Revision of the last change of content. Set by trigger.');
    execute format('comment on column public.%I.sync_other_rev is %L', one.tbl,
      'Last revision that somebody other than sync_by made. The last change by others than X is this if sync_by = X, else sync_by_rev. Set by trigger.');
  end loop;
end $columns$;

-- What was there before is revision 1 of its scope.
insert into public.sync_head (scope_id, rev)
select id, 1 from public.bands union select id, 1 from public.users
on conflict do nothing;
