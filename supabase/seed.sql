-- Demo data: a covers band, "The Wonderwalls", with five members of all three roles, and a second band, "Blue Hour",
-- that shares one of them. Fixed ids. Everybody's password: rock-on-demo.
--
-- For development only: never run it on a project that people use. Every row goes in through the triggers, as the
-- member who "typed" it (the claims below), so it is stamped, logged and announced like any other.

insert into auth.users (id, email, encrypted_password, raw_app_meta_data, raw_user_meta_data, created_at, updated_at) values
  ('a0000000-0000-4000-8000-000000000001', 'eric@rock-on.test', extensions.crypt('rock-on-demo', extensions.gen_salt('bf', 4)), '{"provider": "email", "providers": ["email"]}', '{"name": "Eric"}', '2026-01-05 18:00+00', '2026-01-05 18:00+00'),
  ('a0000000-0000-4000-8000-000000000002', 'sam@rock-on.test', extensions.crypt('rock-on-demo', extensions.gen_salt('bf', 4)), '{"provider": "email", "providers": ["email"]}', '{"name": "Sam"}', '2026-01-05 18:00+00', '2026-01-05 18:00+00'),
  ('a0000000-0000-4000-8000-000000000003', 'noel@rock-on.test', extensions.crypt('rock-on-demo', extensions.gen_salt('bf', 4)), '{"provider": "email", "providers": ["email"]}', '{"name": "Noel"}', '2026-01-05 18:00+00', '2026-01-05 18:00+00'),
  ('a0000000-0000-4000-8000-000000000004', 'liv@rock-on.test', extensions.crypt('rock-on-demo', extensions.gen_salt('bf', 4)), '{"provider": "email", "providers": ["email"]}', '{"name": "Liv"}', '2026-01-05 18:00+00', '2026-01-05 18:00+00'),
  ('a0000000-0000-4000-8000-000000000005', 'toni@rock-on.test', extensions.crypt('rock-on-demo', extensions.gen_salt('bf', 4)), '{"provider": "email", "providers": ["email"]}', '{"name": "Toni"}', '2026-01-05 18:00+00', '2026-01-05 18:00+00')
on conflict do nothing;

-- What a full auth server wants besides: columns that must not be null, and an identity for each account.
do $auth$
declare
  one record;
begin
  for one in select * from (values ('instance_id', '''00000000-0000-0000-0000-000000000000'''), ('aud', '''authenticated'''),
      ('role', '''authenticated'''), ('email_confirmed_at', 'now()'), ('confirmation_token', ''''''), ('recovery_token', ''''''),
      ('email_change', ''''''), ('email_change_token_new', '''''')) t (col, value) loop
    if exists (select from information_schema.columns c where c.table_schema = 'auth' and c.table_name = 'users' and c.column_name = one.col) then
      execute format('update auth.users set %I = %s where email like ''%%@rock-on.test'' and %I is null', one.col, one.value, one.col);
    end if;
  end loop;
  if exists (select from information_schema.columns c where c.table_schema = 'auth' and c.table_name = 'identities' and c.column_name = 'provider_id') then
    execute 'insert into auth.identities (id, provider_id, user_id, identity_data, provider, created_at, updated_at)
      select gen_random_uuid(), u.id::text, u.id, jsonb_build_object(''sub'', u.id, ''email'', u.email), ''email'', now(), now()
        from auth.users u where u.email like ''%@rock-on.test'' on conflict do nothing';
  end if;
end $auth$;

select set_config('request.jwt.claims', '{"sub": "a0000000-0000-4000-8000-000000000001", "role": "authenticated"}', false); -- eric
insert into public.bands (id, name, description, created_by, settings) values
  ('b0000000-0000-4000-8000-000000000001', 'The Wonderwalls', 'Nineties and noughties covers. Pubs, weddings, one festival.', 'a0000000-0000-4000-8000-000000000001', '{"defaultPracticeTime": "19:30"}');
insert into public.band_memberships (id, user_id, band_id, role) values
  ('c0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000002', 'b0000000-0000-4000-8000-000000000001', 'member'),
  ('c0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000003', 'b0000000-0000-4000-8000-000000000001', 'member'),
  ('c0000000-0000-4000-8000-000000000004', 'a0000000-0000-4000-8000-000000000004', 'b0000000-0000-4000-8000-000000000001', 'member'),
  ('c0000000-0000-4000-8000-000000000005', 'a0000000-0000-4000-8000-000000000005', 'b0000000-0000-4000-8000-000000000001', 'viewer');
insert into public.invite_codes (band_id, code, created_by, max_uses, expires_at) values
  ('b0000000-0000-4000-8000-000000000001', 'WONDERWALL', 'a0000000-0000-4000-8000-000000000001', 5, now() + interval '30 days');
insert into public.songs (id, title, artist, key, tempo, duration, time_signature, context_type, context_id, created_by) values
  ('50000000-0000-4000-8000-000000000001', 'Wonderwall', 'Oasis', 'F#m', 87, 258, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-000000000002', 'Don''t Look Back in Anger', 'Oasis', 'C', 82, 287, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-000000000003', 'Champagne Supernova', 'Oasis', 'A', 75, 450, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-000000000004', 'Live Forever', 'Oasis', 'G', 91, 276, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-000000000005', 'Supersonic', 'Oasis', 'F#m', 104, 283, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-000000000006', 'Some Might Say', 'Oasis', 'G', 124, 328, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-000000000007', 'Acquiesce', 'Oasis', 'G', 121, 265, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-000000000008', 'Mr. Brightside', 'The Killers', 'Db', 148, 222, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-000000000009', 'When You Were Young', 'The Killers', 'B', 130, 220, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-00000000000a', 'Somebody Told Me', 'The Killers', 'Bbm', 138, 197, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-00000000000b', 'Song 2', 'Blur', 'Fm', 130, 122, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-00000000000c', 'Parklife', 'Blur', 'E', 136, 185, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-00000000000d', 'Coffee & TV', 'Blur', 'F', 120, 358, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-00000000000e', 'Bitter Sweet Symphony', 'The Verve', 'E', 86, 357, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-00000000000f', 'Lucky Man', 'The Verve', 'E', 85, 293, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-000000000010', 'Common People', 'Pulp', 'C', 146, 350, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-000000000011', 'Disco 2000', 'Pulp', 'C', 134, 273, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-000000000012', 'Creep', 'Radiohead', 'G', 92, 238, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-000000000013', 'Karma Police', 'Radiohead', 'Am', 75, 261, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001'),
  ('50000000-0000-4000-8000-000000000014', 'High and Dry', 'Radiohead', 'E', 88, 257, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001');
select set_config('request.jwt.claims', '{"sub": "a0000000-0000-4000-8000-000000000002", "role": "authenticated"}', false); -- sam
insert into public.songs (id, title, artist, key, tempo, duration, time_signature, context_type, context_id, created_by) values
  ('50000000-0000-4000-8000-000000000015', 'Yellow', 'Coldplay', 'B', 87, 269, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('50000000-0000-4000-8000-000000000016', 'Clocks', 'Coldplay', 'Eb', 131, 307, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('50000000-0000-4000-8000-000000000017', 'Fix You', 'Coldplay', 'Eb', 69, 295, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('50000000-0000-4000-8000-000000000018', 'The Scientist', 'Coldplay', 'F', 73, 309, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('50000000-0000-4000-8000-000000000019', 'Chasing Cars', 'Snow Patrol', 'A', 104, 267, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('50000000-0000-4000-8000-00000000001a', 'Run', 'Snow Patrol', 'Am', 75, 355, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('50000000-0000-4000-8000-00000000001b', 'Use Somebody', 'Kings of Leon', 'C', 137, 230, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('50000000-0000-4000-8000-00000000001c', 'Sex on Fire', 'Kings of Leon', 'E', 153, 203, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('50000000-0000-4000-8000-00000000001d', 'Are You Gonna Be My Girl', 'Jet', 'A', 105, 214, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('50000000-0000-4000-8000-00000000001e', 'Last Nite', 'The Strokes', 'C', 104, 193, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('50000000-0000-4000-8000-00000000001f', 'Reptilia', 'The Strokes', 'Bm', 158, 219, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('50000000-0000-4000-8000-000000000020', 'I Bet You Look Good on the Dancefloor', 'Arctic Monkeys', 'F#m', 103, 173, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('50000000-0000-4000-8000-000000000021', 'Do I Wanna Know?', 'Arctic Monkeys', 'Gm', 85, 272, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('50000000-0000-4000-8000-000000000022', '505', 'Arctic Monkeys', 'Dm', 140, 253, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('50000000-0000-4000-8000-000000000023', 'There She Goes', 'The La''s', 'G', 124, 162, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'),
  ('50000000-0000-4000-8000-000000000024', 'Place Your Hands', 'Reef', 'D', 100, 220, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002');
select set_config('request.jwt.claims', '{"sub": "a0000000-0000-4000-8000-000000000003", "role": "authenticated"}', false); -- noel
insert into public.songs (id, title, artist, key, tempo, duration, time_signature, context_type, context_id, created_by) values
  ('50000000-0000-4000-8000-000000000025', 'She''s Electric', 'Oasis', 'E', 113, 220, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003'),
  ('50000000-0000-4000-8000-000000000026', 'Half the World Away', 'Oasis', 'C', 94, 261, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003'),
  ('50000000-0000-4000-8000-000000000027', 'Take Me Out', 'Franz Ferdinand', 'Em', 105, 237, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003'),
  ('50000000-0000-4000-8000-000000000028', 'Naive', 'The Kooks', 'Abm', 103, 203, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003'),
  ('50000000-0000-4000-8000-000000000029', 'Ruby', 'Kaiser Chiefs', 'E', 92, 204, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003'),
  ('50000000-0000-4000-8000-00000000002a', 'I Predict a Riot', 'Kaiser Chiefs', 'Am', 157, 233, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003'),
  ('50000000-0000-4000-8000-00000000002b', 'Chelsea Dagger', 'The Fratellis', 'D', 155, 215, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003'),
  ('50000000-0000-4000-8000-00000000002c', 'Seven Nation Army', 'The White Stripes', 'Em', 124, 231, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003'),
  ('50000000-0000-4000-8000-00000000002d', 'Black Hole Sun', 'Soundgarden', 'G', 106, 318, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003'),
  ('50000000-0000-4000-8000-00000000002e', 'Smells Like Teen Spirit', 'Nirvana', 'Fm', 117, 301, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000003');
select set_config('request.jwt.claims', '{"sub": "a0000000-0000-4000-8000-000000000004", "role": "authenticated"}', false); -- liv
insert into public.songs (id, title, artist, key, tempo, duration, time_signature, context_type, context_id, created_by) values
  ('50000000-0000-4000-8000-00000000002f', 'Under the Bridge', 'Red Hot Chili Peppers', 'E', 84, 264, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004'),
  ('50000000-0000-4000-8000-000000000030', 'Basket Case', 'Green Day', 'Eb', 168, 181, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004'),
  ('50000000-0000-4000-8000-000000000031', 'Zombie', 'The Cranberries', 'Em', 83, 306, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004'),
  ('50000000-0000-4000-8000-000000000032', 'Linger', 'The Cranberries', 'D', 95, 274, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004'),
  ('50000000-0000-4000-8000-000000000033', 'Losing My Religion', 'R.E.M.', 'Am', 125, 268, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004'),
  ('50000000-0000-4000-8000-000000000034', 'Where the Streets Have No Name', 'U2', 'D', 126, 337, '4/4', 'band', 'b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000004');
select set_config('request.jwt.claims', '{"sub": "a0000000-0000-4000-8000-000000000002", "role": "authenticated"}', false); -- sam
update public.songs set notes = 'Capo 2. Sam starts alone, band in on the second verse.' where id = '50000000-0000-4000-8000-000000000001';
update public.songs set notes = 'Half a step down. Watch the stop before the solo.', guitar_tuning = 'Half-step down' where id = '50000000-0000-4000-8000-000000000012';
insert into public.songs (id, title, artist, key, tempo, duration, context_type, context_id, created_by, visibility) values
  ('50000000-0000-4000-8000-0000000000c9', 'Blackbird', 'The Beatles', 'G', 94, 138, 'personal', 'a0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000002', 'personal');
select set_config('request.jwt.claims', '{"sub": "a0000000-0000-4000-8000-000000000001", "role": "authenticated"}', false); -- eric
insert into public.setlists (id, name, band_id, context_type, context_id, status, notes, tags, items, created_by) values
  ('60000000-0000-4000-8000-000000000001', 'The Crown, two sets', 'b0000000-0000-4000-8000-000000000001', 'band', 'b0000000-0000-4000-8000-000000000001', 'active', 'Curfew 23:00, no extra songs.', '{pub,two sets}', '[{"id": "d0000001-0000-4000-8000-000000000001", "position": 1, "type": "section", "sectionTitle": "First set"}, {"id": "d0000001-0000-4000-8000-000000000002", "position": 2, "type": "song", "songId": "50000000-0000-4000-8000-000000000001"}, {"id": "d0000001-0000-4000-8000-000000000003", "position": 3, "type": "song", "songId": "50000000-0000-4000-8000-000000000008"}, {"id": "d0000001-0000-4000-8000-000000000004", "position": 4, "type": "song", "songId": "50000000-0000-4000-8000-00000000001e"}, {"id": "d0000001-0000-4000-8000-000000000005", "position": 5, "type": "song", "songId": "50000000-0000-4000-8000-000000000015"}, {"id": "d0000001-0000-4000-8000-000000000006", "position": 6, "type": "song", "songId": "50000000-0000-4000-8000-000000000023"}, {"id": "d0000001-0000-4000-8000-000000000007", "position": 7, "type": "song", "songId": "50000000-0000-4000-8000-00000000000c"}, {"id": "d0000001-0000-4000-8000-000000000008", "position": 8, "type": "song", "songId": "50000000-0000-4000-8000-00000000001c"}, {"id": "d0000001-0000-4000-8000-000000000009", "position": 9, "type": "break", "breakDuration": 20, "breakNotes": "Bar, then merch"}, {"id": "d0000001-0000-4000-8000-00000000000a", "position": 10, "type": "section", "sectionTitle": "Second set"}, {"id": "d0000001-0000-4000-8000-00000000000b", "position": 11, "type": "song", "songId": "50000000-0000-4000-8000-000000000005"}, {"id": "d0000001-0000-4000-8000-00000000000c", "position": 12, "type": "song", "songId": "50000000-0000-4000-8000-000000000029"}, {"id": "d0000001-0000-4000-8000-00000000000d", "position": 13, "type": "song", "songId": "50000000-0000-4000-8000-000000000012"}, {"id": "d0000001-0000-4000-8000-00000000000e", "position": 14, "type": "song", "songId": "50000000-0000-4000-8000-00000000001b"}, {"id": "d0000001-0000-4000-8000-00000000000f", "position": 15, "type": "song", "songId": "50000000-0000-4000-8000-00000000002a"}, {"id": "d0000001-0000-4000-8000-000000000010", "position": 16, "type": "song", "songId": "50000000-0000-4000-8000-00000000002b"}, {"id": "d0000001-0000-4000-8000-000000000011", "position": 17, "type": "section", "sectionTitle": "Encore"}, {"id": "d0000001-0000-4000-8000-000000000012", "position": 18, "type": "song", "songId": "50000000-0000-4000-8000-000000000002"}, {"id": "d0000001-0000-4000-8000-000000000013", "position": 19, "type": "song", "songId": "50000000-0000-4000-8000-000000000003"}]', 'a0000000-0000-4000-8000-000000000001'),
  ('60000000-0000-4000-8000-000000000002', 'Wedding', 'b0000000-0000-4000-8000-000000000001', 'band', 'b0000000-0000-4000-8000-000000000001', 'draft', 'First dance is Fix You.', '{wedding}', '[{"id": "d0000002-0000-4000-8000-000000000001", "position": 1, "type": "section", "sectionTitle": "Dinner"}, {"id": "d0000002-0000-4000-8000-000000000002", "position": 2, "type": "song", "songId": "50000000-0000-4000-8000-000000000032"}, {"id": "d0000002-0000-4000-8000-000000000003", "position": 3, "type": "song", "songId": "50000000-0000-4000-8000-000000000014"}, {"id": "d0000002-0000-4000-8000-000000000004", "position": 4, "type": "song", "songId": "50000000-0000-4000-8000-000000000018"}, {"id": "d0000002-0000-4000-8000-000000000005", "position": 5, "type": "song", "songId": "50000000-0000-4000-8000-00000000000f"}, {"id": "d0000002-0000-4000-8000-000000000006", "position": 6, "type": "break", "breakDuration": 30, "breakNotes": "Speeches"}, {"id": "d0000002-0000-4000-8000-000000000007", "position": 7, "type": "section", "sectionTitle": "Dancing"}, {"id": "d0000002-0000-4000-8000-000000000008", "position": 8, "type": "song", "songId": "50000000-0000-4000-8000-000000000011"}, {"id": "d0000002-0000-4000-8000-000000000009", "position": 9, "type": "song", "songId": "50000000-0000-4000-8000-000000000010"}, {"id": "d0000002-0000-4000-8000-00000000000a", "position": 10, "type": "song", "songId": "50000000-0000-4000-8000-000000000027"}, {"id": "d0000002-0000-4000-8000-00000000000b", "position": 11, "type": "song", "songId": "50000000-0000-4000-8000-000000000028"}, {"id": "d0000002-0000-4000-8000-00000000000c", "position": 12, "type": "song", "songId": "50000000-0000-4000-8000-00000000000b"}, {"id": "d0000002-0000-4000-8000-00000000000d", "position": 13, "type": "song", "songId": "50000000-0000-4000-8000-00000000000a"}, {"id": "d0000002-0000-4000-8000-00000000000e", "position": 14, "type": "song", "songId": "50000000-0000-4000-8000-000000000030"}, {"id": "d0000002-0000-4000-8000-00000000000f", "position": 15, "type": "break", "breakDuration": 15, "breakNotes": "Cake"}, {"id": "d0000002-0000-4000-8000-000000000010", "position": 16, "type": "section", "sectionTitle": "Last dance"}, {"id": "d0000002-0000-4000-8000-000000000011", "position": 17, "type": "song", "songId": "50000000-0000-4000-8000-000000000017"}, {"id": "d0000002-0000-4000-8000-000000000012", "position": 18, "type": "song", "songId": "50000000-0000-4000-8000-000000000004"}]', 'a0000000-0000-4000-8000-000000000001');
select set_config('request.jwt.claims', '{"sub": "a0000000-0000-4000-8000-000000000002", "role": "authenticated"}', false); -- sam
insert into public.setlists (id, name, band_id, context_type, context_id, status, tags, items, created_by) values
  ('60000000-0000-4000-8000-000000000003', 'Practice pile', 'b0000000-0000-4000-8000-000000000001', 'band', 'b0000000-0000-4000-8000-000000000001', 'draft', '{practice}', '[{"id": "d0000003-0000-4000-8000-000000000001", "position": 1, "type": "section", "sectionTitle": "To learn"}, {"id": "d0000003-0000-4000-8000-000000000002", "position": 2, "type": "song", "songId": "50000000-0000-4000-8000-00000000001f"}, {"id": "d0000003-0000-4000-8000-000000000003", "position": 3, "type": "song", "songId": "50000000-0000-4000-8000-000000000022"}, {"id": "d0000003-0000-4000-8000-000000000004", "position": 4, "type": "song", "songId": "50000000-0000-4000-8000-000000000021"}, {"id": "d0000003-0000-4000-8000-000000000005", "position": 5, "type": "break", "breakDuration": 10, "breakNotes": "Tea"}, {"id": "d0000003-0000-4000-8000-000000000006", "position": 6, "type": "section", "sectionTitle": "To polish"}, {"id": "d0000003-0000-4000-8000-000000000007", "position": 7, "type": "song", "songId": "50000000-0000-4000-8000-000000000013"}, {"id": "d0000003-0000-4000-8000-000000000008", "position": 8, "type": "song", "songId": "50000000-0000-4000-8000-000000000031"}, {"id": "d0000003-0000-4000-8000-000000000009", "position": 9, "type": "song", "songId": "50000000-0000-4000-8000-00000000002c"}]', 'a0000000-0000-4000-8000-000000000002');
select set_config('request.jwt.claims', '{"sub": "a0000000-0000-4000-8000-000000000001", "role": "authenticated"}', false); -- eric
insert into public.shows (id, name, venue, location, band_id, setlist_id, scheduled_date, load_in_time, soundcheck_time, set_time, end_time, duration, payment, contacts, notes, gig_type, status, created_by) values
  ('70000000-0000-4000-8000-000000000001', 'The Crown', 'The Crown', '12 Mill Lane', 'b0000000-0000-4000-8000-000000000001', '60000000-0000-4000-8000-000000000001', '2026-12-05 20:00+00', '17:30', '18:30', '20:30', '23:00', 150, 45000, '[{"id": "e0000000-0000-4000-8000-000000000001", "name": "Pat", "role": "landlord", "phone": "+44 1632 960001"}, {"id": "e0000000-0000-4000-8000-000000000002", "name": "Jo", "role": "sound", "phone": "+44 1632 960002"}]', 'Bring our own monitors.', 'pub', 'confirmed', 'a0000000-0000-4000-8000-000000000001'),
  ('70000000-0000-4000-8000-000000000002', 'Maya and Ben''s wedding', 'Ashby Barn', 'Ashby', 'b0000000-0000-4000-8000-000000000001', '60000000-0000-4000-8000-000000000002', '2027-05-22 18:00+00', '15:00', '16:00', '19:30', '23:30', 180, 120000, '[{"id": "e0000000-0000-4000-8000-000000000001", "name": "Maya", "role": "bride", "phone": "+44 1632 960003"}]', 'Outdoor stage if dry.', 'wedding', 'scheduled', 'a0000000-0000-4000-8000-000000000001');
select set_config('request.jwt.claims', '{"sub": "a0000000-0000-4000-8000-000000000003", "role": "authenticated"}', false); -- noel
insert into public.practice_sessions (id, band_id, setlist_id, scheduled_date, duration, location, type, notes, objectives, songs) values
  ('80000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000001', '60000000-0000-4000-8000-000000000003', '2026-11-26 19:30+00', 120, 'Unit 4, Dock Road', 'rehearsal', 'Noel brings the PA.', '{"Reptilia to tempo","Ends of Zombie"}', '[]'),
  ('80000000-0000-4000-8000-000000000002', 'b0000000-0000-4000-8000-000000000001', '60000000-0000-4000-8000-000000000001', '2026-12-03 19:30+00', 180, 'Unit 4, Dock Road', 'rehearsal', 'Full run, with breaks.', '{"Run both sets without stopping"}', '[]');
select set_config('request.jwt.claims', '{"sub": "a0000000-0000-4000-8000-000000000004", "role": "authenticated"}', false); -- liv
insert into public.bands (id, name, description, created_by) values
  ('b0000000-0000-4000-8000-000000000002', 'Blue Hour', 'Jazz trio without a drummer, yet.', 'a0000000-0000-4000-8000-000000000004');
insert into public.songs (id, title, artist, key, tempo, duration, time_signature, context_type, context_id, created_by) values
  ('50000000-0000-4000-8000-000000000065', 'Autumn Leaves', 'Joseph Kosma', 'Gm', 120, 300, '4/4', 'band', 'b0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000004'),
  ('50000000-0000-4000-8000-000000000066', 'Blue Bossa', 'Kenny Dorham', 'Cm', 140, 280, '4/4', 'band', 'b0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000004'),
  ('50000000-0000-4000-8000-000000000067', 'So What', 'Miles Davis', 'Dm', 136, 540, '4/4', 'band', 'b0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000004'),
  ('50000000-0000-4000-8000-000000000068', 'Fly Me to the Moon', 'Bart Howard', 'C', 120, 150, '4/4', 'band', 'b0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000004'),
  ('50000000-0000-4000-8000-000000000069', 'Summertime', 'George Gershwin', 'Am', 90, 240, '4/4', 'band', 'b0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000004');
insert into public.setlists (id, name, band_id, context_type, context_id, items, created_by) values
  ('60000000-0000-4000-8000-000000000004', 'Cafe', 'b0000000-0000-4000-8000-000000000002', 'band', 'b0000000-0000-4000-8000-000000000002', '[]', 'a0000000-0000-4000-8000-000000000004');
select set_config('request.jwt.claims', '', false);
