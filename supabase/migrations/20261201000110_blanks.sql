-- Texts that a writer leaves out: what the web app's own forms write.
--
-- Owns: the columns whose null a web app takes for a text. docs/sync-protocol.md lists all text columns.
-- Never: changes a row that is there, or a column that a write does not name.

alter table public.songs alter column artist set default '';

create function sync.fill_blanks() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.artist := '';
  return new;
end $$;
comment on function sync.fill_blanks() is
  'BEFORE ROW on songs, for a null artist that a write names: an empty text. The web app''s list of songs sorts and searches by it without asking whether there is one, and shows nothing at all then.';
revoke execute on function sync.fill_blanks() from public, anon, authenticated;

create trigger aa_sync_blanks before insert or update of artist on public.songs
  for each row when (new.artist is null) execute function sync.fill_blanks();
