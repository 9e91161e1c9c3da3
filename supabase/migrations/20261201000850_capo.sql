-- The capo of a song.
--
-- Owns: the column, its range, and that phones may set it. A project's own web app need not know it: nothing there names columns by place.
-- Not checked for rows that are there: a project that has a column of this name keeps what is in it.

alter table public.songs add column if not exists capo smallint;
alter table public.songs drop constraint if exists songs_capo_check;
alter table public.songs add constraint songs_capo_check check (capo between 0 and 11) not valid;
comment on column public.songs.capo is 'Fret of the capo, 0 to 11; 0 = none is wanted, null = nobody said.';

update sync.kinds set fields = fields || '{capo}' where kind = 'song' and 'capo' <> all (fields);
select sync.write_rows_between();
