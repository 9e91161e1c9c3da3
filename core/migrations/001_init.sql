-- The local database of one user. Applied in one transaction together with `user_version = 1`.
--
-- Ids and scopes are 16-byte blobs. Columns named like the server's hold the server's values verbatim; what does not
-- fit its column's type, and columns this version does not know, stay in `extra` (a JSON object). No foreign keys: a
-- setlist may name a song that was deleted or has not arrived yet.
--
-- Columns on every row table besides the server's:
--   other_rev  the last revision made by somebody else than this file's user (0 = nobody): unread compares it
--   sort       the folded text or the date that the default list is ordered by
--   pending    1 while the row has edits the server has not confirmed

create table meta (key text primary key, value) without rowid;

-- One row a scope. `rev/ord/row` is the published cursor; `next` and the rest belong to pages not yet published.
create table scope (
  id blob primary key,
  type text not null,
  epoch blob,
  rev integer not null default 0,
  cursor text,                           -- published cursor as JSON; null = nothing read yet
  published integer not null default 0,  -- 0 = first sync is still running: rows are shown as they come
  staged_cursor text,
  staged_epoch blob,
  staged_reset integer not null default 0
) without rowid;

-- Pages wait here until a page has reached the head of its own snapshot. Order of `seq` = order of arrival.
create table staged (
  seq integer primary key,
  scope blob not null,
  what text not null,                    -- a kind, 'tombstone' or 'log'
  row blob,
  body text not null
);

create table band (
  id blob primary key, scope blob not null,
  sync_rev integer not null, sync_by text, sync_by_rev integer, sync_other_rev integer,
  other_rev integer not null, sort text not null, pending integer not null default 0,
  "name" text, "description" text, "settings" text, "created_by" text, "created_date" text,
  extra text
) without rowid;

create table membership (
  id blob primary key, scope blob not null,
  sync_rev integer not null, sync_by text, sync_by_rev integer, sync_other_rev integer,
  other_rev integer not null, sort text not null, pending integer not null default 0,
  "user_id" text, "band_id" text, "role" text, "status" text, "member_name" text, "joined_date" text,
  "joined_rev" integer, "share_seen" integer,
  extra text
) without rowid;
create index membership_by_sort on membership (scope, sort);

create table song (
  id blob primary key, scope blob not null,
  sync_rev integer not null, sync_by text, sync_by_rev integer, sync_other_rev integer,
  other_rev integer not null, sort text not null, pending integer not null default 0,
  "title" text, "artist" text, "key" text, "tempo" integer, "time_signature" text, "duration" integer,
  "difficulty" integer, "guitar_tuning" text, "genre" text, "notes" text, "lyrics_url" text, "chords_url" text,
  "recording_url" text, "reference_links" text, "last_practiced" text, "confidence_level" integer,
  "context_type" text, "context_id" text, "visibility" text, "song_group_id" text, "created_by" text,
  "created_date" text, "updated_date" text, "version" integer,
  extra text
) without rowid;
create index song_by_sort on song (scope, sort);
create index song_by_other on song (scope, other_rev);

create table setlist (
  id blob primary key, scope blob not null,
  sync_rev integer not null, sync_by text, sync_by_rev integer, sync_other_rev integer,
  other_rev integer not null, sort text not null, pending integer not null default 0,
  "name" text, "band_id" text, "show_id" text, "status" text, "notes" text, "context_type" text, "context_id" text,
  "tags" text, "items" text, "source_setlist_id" text, "created_by" text, "created_date" text, "last_modified" text,
  "version" integer,
  extra text
) without rowid;
create index setlist_by_sort on setlist (scope, sort);
create index setlist_by_other on setlist (scope, other_rev);

create table show (
  id blob primary key, scope blob not null,
  sync_rev integer not null, sync_by text, sync_by_rev integer, sync_other_rev integer,
  other_rev integer not null, sort text not null, pending integer not null default 0,
  "name" text, "venue" text, "location" text, "band_id" text, "setlist_id" text, "scheduled_date" text,
  "load_in_time" text, "soundcheck_time" text, "set_time" text, "end_time" text, "duration" integer,
  "payment" integer, "contacts" text, "notes" text, "gig_type" text, "status" text, "created_by" text,
  "created_date" text, "updated_date" text, "version" integer,
  extra text
) without rowid;
create index show_by_sort on show (scope, sort);
create index show_by_other on show (scope, other_rev);

create table practice (
  id blob primary key, scope blob not null,
  sync_rev integer not null, sync_by text, sync_by_rev integer, sync_other_rev integer,
  other_rev integer not null, sort text not null, pending integer not null default 0,
  "band_id" text, "setlist_id" text, "scheduled_date" text, "start_time" text, "end_time" text, "duration" integer,
  "location" text, "type" text, "status" text, "notes" text, "wrapup_notes" text, "objectives" text,
  "completed_objectives" text, "session_rating" integer, "songs" text, "attendees" text, "created_date" text,
  "version" integer,
  extra text
) without rowid;
create index practice_by_sort on practice (scope, sort);
create index practice_by_other on practice (scope, other_rev);

-- The server's row, for rows with unsent edits only. body null = the server has no such row, as far as we know;
-- deleted = the server has deleted it and `body` is its last image.
create table mirror (
  kind text not null, row blob not null,
  scope blob not null, rev integer not null, body text, deleted integer not null default 0,
  primary key (kind, row)
) without rowid;

-- Edits on their way. n is given when an entry is first sent; from then on its content never changes.
create table outbox (
  seq integer primary key autoincrement,
  n integer unique,
  scope blob not null,
  kind text not null,
  row blob not null,
  op text not null,                      -- insert, update, delete, restore, mark
  base_rev integer not null,
  body text not null,                    -- the changed fields, as JSON
  base text not null,                    -- what the server had in them, as JSON
  state text not null,                   -- queued, sent, answered, parked
  rev integer,                           -- answered: the revision it made
  attempt integer not null default 0,
  sqlstate text, reason text, field text,
  at integer not null
);
create index outbox_by_row on outbox (kind, row);
create index outbox_by_scope on outbox (scope, state);

-- Two values of one field; both are kept until a person chooses.
create table conflict (
  id integer primary key autoincrement,
  scope blob not null, kind text not null, row blob not null, field text not null,
  mine text not null, theirs text not null,
  by_id text, by_name text,
  at integer not null
);
create index conflict_by_row on conflict (kind, row);

-- How far this user has looked: one floor a scope and kind (row = 16 zero bytes) and marks above it.
create table mark (
  scope blob not null, kind text not null, row blob not null,
  rev integer not null, seen integer not null,
  primary key (scope, kind, row)
) without rowid;

-- What a row was when this user last looked, kept from when it turns unread until it is read.
create table before (
  kind text not null, row blob not null, body text not null,
  primary key (kind, row)
) without rowid;

-- Who changed what, as the server tells it.
create table change_log (
  scope blob not null, rev integer not null, kind text not null, row blob not null,
  op text not null, actor text, actor_name text, title text, columns text not null,
  primary key (scope, rev, kind, row)
) without rowid;
create index change_log_by_row on change_log (kind, row, rev);

create table notice (
  id integer primary key autoincrement,
  at integer not null, scope blob, body text not null, seen integer not null default 0
);
create index notice_unseen on notice (seen) where seen = 0;
