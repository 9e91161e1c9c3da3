-- Who may read and write what: policies and grants.
--
-- Owns: row level security of every table of ours, and the strict rules for the base tables.
-- Never: changes the policies of tables that were there before us; `supabase/optional/hardening.sql` does, by calling
-- sync.apply_strict_policies(), the same function that a fresh project gets here.

create function sync.apply_strict_policies() returns void
language plpgsql set search_path = '' as $strict$
declare
  one record;
begin
  for one in select p.tablename, p.policyname from pg_catalog.pg_policies p
              where p.schemaname = 'public' and p.tablename in ('users', 'bands', 'band_memberships', 'invite_codes',
                'songs', 'setlists', 'shows', 'practice_sessions') loop
    execute format('drop policy %I on public.%I', one.policyname, one.tablename);
  end loop;
  for one in select * from unnest(array['users', 'bands', 'band_memberships', 'invite_codes', 'songs', 'setlists',
                                        'shows', 'practice_sessions']) t (tbl) loop
    execute format('alter table public.%I enable row level security', one.tbl);
    execute format('revoke all on public.%I from public, anon, authenticated', one.tbl);
    execute format('grant all on public.%I to service_role', one.tbl);
    execute format('grant select on public.%I to authenticated', one.tbl);
  end loop;

  create policy strict_select on public.users for select to authenticated using (id = (select auth.uid()));
  create policy strict_update on public.users for update to authenticated
    using (id = (select auth.uid())) with check (id = (select auth.uid()));
  grant update (name) on public.users to authenticated;

  create policy strict_select on public.bands for select to authenticated
    using (sync_scope = any (array(select sync.my_scopes())));
  create policy strict_update on public.bands for update to authenticated
    using (sync_scope = any (array(select sync.my_admin_scopes())))
    with check (sync_scope = any (array(select sync.my_admin_scopes())));
  grant update (name, description, settings) on public.bands to authenticated;

  create policy strict_select on public.band_memberships for select to authenticated
    using (sync_scope = any (array(select sync.my_scopes())) or user_id = (select auth.uid()));

  create policy strict_select on public.invite_codes for select to authenticated
    using (band_id = any (array(select sync.my_admin_scopes())));
  create policy strict_update on public.invite_codes for update to authenticated
    using (band_id = any (array(select sync.my_admin_scopes())))
    with check (band_id = any (array(select sync.my_admin_scopes())));
  grant update (is_active) on public.invite_codes to authenticated;

  for one in select * from unnest(array['songs', 'setlists', 'shows', 'practice_sessions']) t (tbl) loop
    execute format('grant insert, update, delete on public.%I to authenticated', one.tbl);
    execute format('create policy strict_select on public.%I for select to authenticated
      using (sync_scope = any (array(select sync.my_scopes())))', one.tbl);
    execute format('create policy strict_update on public.%I for update to authenticated
      using (sync_scope = any (array(select sync.my_writable_scopes())))
      with check (sync_scope = any (array(select sync.my_writable_scopes())))', one.tbl);
    if one.tbl = 'practice_sessions' then -- has no created_by
      create policy strict_insert on public.practice_sessions for insert to authenticated
        with check (sync_scope = any (array(select sync.my_writable_scopes())));
      create policy strict_delete on public.practice_sessions for delete to authenticated
        using (sync_scope = any (array(select sync.my_writable_scopes())));
      continue;
    end if;
    execute format('create policy strict_insert on public.%I for insert to authenticated
      with check (sync_scope = any (array(select sync.my_writable_scopes())) and created_by = (select auth.uid()))', one.tbl);
    execute format('create policy strict_delete on public.%I for delete to authenticated
      using (sync_scope = any (array(select sync.my_admin_scopes()))
        or (sync_scope = any (array(select sync.my_writable_scopes())) and created_by = (select auth.uid())))', one.tbl);
    execute format('drop trigger if exists strict_creator on public.%I', one.tbl);
    execute format('create trigger strict_creator before update on public.%I
      for each row execute function sync.keep_creator()', one.tbl);
  end loop;
  insert into sync.meta values ('strict', 'yes') on conflict (key) do update set value = 'yes';
end $strict$;
comment on function sync.apply_strict_policies() is
  'Replaces every policy and client grant of the eight base tables by ours: viewers write nothing, joining is by invite only, roles by function only, nobody reads another person''s e-mail, a creator cannot be forged. For the owner of the tables only.';

create function sync.keep_creator() returns trigger
language plpgsql set search_path = '' as $$
begin
  if auth.uid() is not null then
    new.created_by := old.created_by;
  end if;
  return new;
end $$;
comment on function sync.keep_creator() is 'The right to delete hangs on created_by: a client cannot change it.';

-- Our own tables, in every installation. Writes are by functions only.
create policy sync_select on public.sync_head for select to authenticated
  using (scope_id = any (array(select sync.my_scopes())));
create policy sync_select on public.read_marks for select to authenticated
  using (user_id = (select auth.uid()));
create policy sync_select on sync.tombstones for select to authenticated
  using (scope_id = any (array(select sync.my_scopes())));
create policy sync_select on sync.log for select to authenticated
  using (scope_id = any (array(select sync.my_scopes())));
create policy sync_select on sync.kinds for select to authenticated using (true);

revoke all on public.sync_head, public.read_marks from public, anon, authenticated;
grant select on public.sync_head, public.read_marks to authenticated;
grant all on public.sync_head, public.read_marks to service_role;
grant usage on schema sync to authenticated, service_role;
revoke all on all tables in schema sync from public, anon, authenticated;
grant select on sync.tombstones, sync.log, sync.kinds to authenticated;
grant select on all tables in schema sync to service_role;

do $strict$
begin
  if (select value from sync.meta where key = 'base') = 'own' then
    perform sync.apply_strict_policies();
  end if;
end $strict$;
