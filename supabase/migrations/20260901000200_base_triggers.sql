-- What the web app's triggers do and clients rely on, for a fresh project.
--
-- Owns: version + 1 and dates on update, who modified, who created, the creator's membership, the mirror of auth users.
-- Never: creates a trigger on a database that brought its own tables (`sync.meta.base = web`): it has its own.
-- Names begin with `base_`: they fire before the sync layer's `zz_sync_stamp`, which must see the finished row.

create function sync.base_insert() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.created_by := coalesce(new.created_by, auth.uid());
  return new;
end $$;
comment on function sync.base_insert() is 'Fills created_by from the session where the client left it out.';

create function sync.base_update() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.version := old.version + 1;
  new.last_modified_by := auth.uid();
  new.created_date := old.created_date;
  if tg_argv[0] = 'updated_date' then
    new.updated_date := now();
  elsif tg_argv[0] = 'last_modified' then
    new.last_modified := now();
  end if;
  return new;
end $$;
comment on function sync.base_update() is 'Counts versions and keeps the dates; last_modified_by is forced to the session''s user. Argument: the table''s date column, or none.';

create function sync.base_band_insert() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.band_memberships (user_id, band_id, role)
  select new.created_by, new.id, 'admin' where new.created_by is not null
  on conflict do nothing;
  return null;
end $$;
comment on function sync.base_band_insert() is 'Makes the creator of a band its admin.';

create function sync.base_band_update() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.updated_date := now();
  new.created_date := old.created_date;
  return new;
end $$;
comment on function sync.base_band_update() is 'Keeps the dates of a band.';

create function sync.base_band_delete() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from public.songs where context_type = 'band' and context_id = old.id::text;
  return null;
end $$;
comment on function sync.base_band_delete() is 'No foreign key leads from a band to its songs (context_id is text): they go by hand.';

create function sync.base_mirror_user() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  wanted text := coalesce(nullif(btrim(new.raw_user_meta_data ->> 'name'), ''),
                          nullif(btrim(new.raw_user_meta_data ->> 'full_name'), ''));
begin
  if new.email is null then
    return null; -- An account without an e-mail (anonymous, telephone) is no member of anything yet.
  end if;
  insert into public.users as u (id, email, name, auth_provider)
  values (new.id, new.email, coalesce(wanted, split_part(new.email, '@', 1)),
          coalesce(new.raw_app_meta_data ->> 'provider', 'email'))
  on conflict (id) do nothing;
  if tg_op = 'UPDATE' then
    update public.users set email = new.email where id = new.id and email is distinct from new.email;
    if wanted is not null and new.raw_user_meta_data is distinct from old.raw_user_meta_data then
      -- The name fans out into the person's memberships: their heads first, his own before all (see sync.lock_own).
      perform sync.lock_scopes(array[new.id]);
      perform sync.lock_scopes(sync.scopes_of(new.id));
      update public.users set name = wanted where id = new.id and name is distinct from wanted;
    end if;
  end if;
  return null;
end $$;
comment on function sync.base_mirror_user() is 'Mirrors an auth user into public.users: e-mail always, the name when the account''s own name changed.';

do $base$
declare
  one record;
begin
  if (select value from sync.meta where key = 'base') <> 'own' then
    return;
  end if;
  for one in select * from (values ('songs', 'updated_date'), ('setlists', 'last_modified'), ('shows', 'updated_date'),
                                   ('practice_sessions', 'none')) t (tbl, date_column) loop
    execute format('create trigger base_update before update on public.%I for each row execute function sync.base_update(%L)',
                   one.tbl, one.date_column);
    if one.tbl <> 'practice_sessions' then
      execute format('create trigger base_insert before insert on public.%I for each row execute function sync.base_insert()', one.tbl);
    end if;
  end loop;
  create trigger base_insert before insert on public.bands for each row execute function sync.base_insert();
  create trigger base_update before update on public.bands for each row execute function sync.base_band_update();
  create trigger base_admin after insert on public.bands for each row execute function sync.base_band_insert();
  create trigger base_songs after delete on public.bands for each row execute function sync.base_band_delete();
  create trigger base_mirror_user after insert or update of email, raw_user_meta_data on auth.users
    for each row execute function sync.base_mirror_user();
  insert into public.users (id, email, name) -- accounts older than this migration
  select id, email, split_part(email, '@', 1) from auth.users where email is not null
  on conflict do nothing;
end $base$;
