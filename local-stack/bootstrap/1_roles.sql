-- Roles of a Supabase project. Cluster-wide, so applied once per cluster; running it again changes nothing.
-- The superuser is `supabase_admin`, as on the hosted platform; `postgres`, which applies migrations, is not one.
do $$
declare
  wanted record;
begin
  for wanted in
    select * from (values
      ('anon', 'nologin noinherit'),
      ('authenticated', 'nologin noinherit'),
      ('service_role', 'nologin noinherit bypassrls'),
      ('authenticator', 'login noinherit'),
      ('supabase_auth_admin', 'login noinherit createrole'),
      ('supabase_realtime_admin', 'nologin noinherit'),
      ('postgres', 'login createdb createrole replication bypassrls')
    ) as r(name, attributes)
  loop
    if not exists (select from pg_roles where rolname = wanted.name) then
      execute format('create role %I %s', wanted.name, wanted.attributes);
    end if;
  end loop;
end
$$;

grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role to postgres with admin option;
grant authenticator, supabase_realtime_admin to postgres;
grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres;

-- What the owner of a hosted project may set without being a superuser, as far as plain PostgreSQL knows the setting.
grant set on parameter session_replication_role, log_lock_waits, log_min_duration_statement, log_min_messages,
  log_replication_commands, log_statement, log_temp_files, track_functions, track_io_timing, wal_compression to postgres;

-- Limits a client of the hosted platform meets; whoever runs a request as these roles applies them.
alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';
alter role authenticator set statement_timeout = '8s';
alter role authenticator set lock_timeout = '8s';
-- Ours: the REST service has the trees of its statements shown to itself; the server's log need not have them.
alter role authenticator set log_min_messages = 'fatal';
alter role supabase_auth_admin set search_path = 'auth';
alter role postgres set search_path = '$user', public, extensions;
alter role supabase_admin set search_path = '$user', public, auth, extensions;
