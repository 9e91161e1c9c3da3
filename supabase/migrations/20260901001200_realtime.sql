-- Hints: who may listen, and what is published.
--
-- Owns: one policy on realtime.messages and membership in the publication `supabase_realtime`. Both belong to the
-- project; where they do not exist (an older or a smaller server) this does nothing, and clients use the other lane.
-- Broadcast from the database: topic `scope:<uuid>`, private, members listen, nobody sends. Changes: `sync_head`.

do $broadcast$
begin
  if to_regclass('realtime.messages') is null or to_regprocedure('realtime.topic()') is null then
    raise notice 'no private broadcast here: hints travel as changes of sync_head only';
    return;
  end if;
  drop policy if exists sync_members_listen on realtime.messages;
  create policy sync_members_listen on realtime.messages for select to authenticated
    using (extension = 'broadcast' and realtime.topic() like 'scope:%'
           and sync.to_uuid(substr(realtime.topic(), 7)) = any (array(select sync.my_scopes())));
exception when insufficient_privilege then
  raise warning 'policy on realtime.messages refused (%): create it as the owner, see this migration', sqlstate;
end $broadcast$;

do $publication$
declare
  one text;
  -- For the web app and other clients a fresh project also publishes the four data tables. Never users, results,
  -- images, invites, log. A database that brought its own tables keeps its publication, and gets sync_head.
  wanted text[] := array['sync_head'];
begin
  if not exists (select from pg_catalog.pg_publication p where p.pubname = 'supabase_realtime' and not p.puballtables) then
    return;
  end if;
  if (select m.value from sync.meta m where m.key = 'base') = 'own' then
    wanted := wanted || array['songs', 'setlists', 'shows', 'practice_sessions'];
  end if;
  foreach one in array wanted loop
    if not exists (select from pg_catalog.pg_publication_tables p where p.pubname = 'supabase_realtime'
                    and p.schemaname = 'public' and p.tablename = one) then
      execute format('alter publication supabase_realtime add table public.%I', one);
    end if;
  end loop;
exception when insufficient_privilege then
  raise warning 'publication supabase_realtime cannot be changed (%): add sync_head to it as its owner', sqlstate;
end $publication$;
