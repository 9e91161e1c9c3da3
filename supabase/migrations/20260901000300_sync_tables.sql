-- The sync layer's own tables: heads, tombstones, log, kept images, read marks, clients and their results.
--
-- Owns: the bookkeeping that `docs/sync-protocol.md` speaks of. Additive: nothing that exists is changed here.
-- Row level security is on everywhere; policies and grants are in `..._access.sql`.

create table sync.kinds (
  kind text primary key,
  ord smallint not null unique,
  tbl text not null unique,
  title text,
  fields text[] not null,
  merged text[] not null
);
comment on table sync.kinds is 'The catalogue of synced kinds. Which columns a device may set is decided here and nowhere else.';
comment on column sync.kinds.ord is 'Place in a page; tombstones sort as 10 + ord, log entries as 20 + ord.';
comment on column sync.kinds.title is 'The column that names the row in a tombstone.';
comment on column sync.kinds.fields is 'Columns that sync_push may set.';
comment on column sync.kinds.merged is 'Of these, text and lists: on a conflict the device merges (the others are scalars: applied, the old value returned).';
alter table sync.kinds enable row level security;

insert into sync.kinds values
  ('band', 0, 'bands', 'name', '{name,description,settings}', '{description}'),
  ('membership', 1, 'band_memberships', 'member_name', '{}', '{}'),
  ('song', 2, 'songs', 'title',
   '{title,artist,key,tempo,time_signature,duration,difficulty,guitar_tuning,genre,notes,lyrics_url,chords_url,recording_url,reference_links,last_practiced,confidence_level,context_type,context_id,visibility,song_group_id,tuning_id}',
   '{notes,reference_links}'),
  ('setlist', 3, 'setlists', 'name',
   '{name,band_id,show_id,status,notes,context_type,context_id,tags,items,source_setlist_id}', '{notes,items,tags}'),
  ('show', 4, 'shows', 'name',
   '{name,venue,location,band_id,setlist_id,scheduled_date,load_in_time,soundcheck_time,set_time,end_time,duration,payment,contacts,notes,gig_type,status}',
   '{notes,contacts}'),
  ('practice', 5, 'practice_sessions', 'type',
   '{band_id,setlist_id,scheduled_date,start_time,end_time,duration,location,type,status,notes,wrapup_notes,objectives,completed_objectives,session_rating,songs,attendees}',
   '{notes,wrapup_notes,objectives,completed_objectives,songs,attendees}'),
  ('read_mark', 6, 'read_marks', null, '{}', '{}');

create table public.sync_head (
  scope_id uuid primary key,
  rev bigint not null default 0,
  epoch uuid not null default gen_random_uuid(),
  min_rev bigint not null default 0
) with (fillfactor = 50);
comment on table public.sync_head is
  'The newest revision of each scope: one more for every transaction that writes into it, the row lock held until it ends, so revision order is commit order without holes. A change of this table is a hint (postgres_changes). No foreign key: a scope outlives its band by its tombstones.';
comment on column public.sync_head.scope_id is 'The band''s or the user''s id.';
comment on column public.sync_head.rev is 'Newest revision. 0 = nothing was written yet.';
comment on column public.sync_head.epoch is 'A new one voids every cursor (truncate, restore).';
comment on column public.sync_head.min_rev is 'Highest revision whose tombstones were pruned: an older cursor must start again.';
alter table public.sync_head enable row level security;

create table sync.tombstones (
  scope_id uuid not null,
  ord smallint not null,
  row_id uuid not null,
  kind text not null,
  rev bigint not null,
  actor_id uuid,
  actor_name text not null,
  title text,
  deleted_at timestamptz not null default now(),
  primary key (scope_id, ord, row_id)
);
comment on table sync.tombstones is 'What a row leaves in a scope when it is deleted or moves away. A later return of the row leaves it in place: the higher revision wins.';
comment on column sync.tombstones.ord is '10 + the kind''s ord: the place in a page.';
comment on column sync.tombstones.actor_name is 'Name at the time, System without a person.';
create index tombstones_page on sync.tombstones (scope_id, rev, ord, row_id);
create index tombstones_age on sync.tombstones (deleted_at);
alter table sync.tombstones enable row level security;

create table sync.images (
  scope_id uuid not null,
  ord smallint not null,
  row_id uuid not null,
  image jsonb not null,
  primary key (scope_id, ord, row_id),
  foreign key (scope_id, ord, row_id) references sync.tombstones on delete cascade
);
comment on table sync.images is 'The last image of a deleted row, so that an edit can bring it back whole. Private; goes with its tombstone.';
alter table sync.images enable row level security;

create table sync.log (
  scope_id uuid not null,
  rev bigint not null,
  ord smallint not null,
  row_id uuid not null,
  op text not null check (op in ('insert', 'update', 'delete')),
  actor uuid,
  cols text[] not null default '{}',
  at timestamptz not null default now(),
  primary key (scope_id, rev, ord, row_id)
);
comment on table sync.log is 'Who changed which columns of which row in which revision: attribution when several people changed one row, and "what changed" on a second device. Values are not kept.';
comment on column sync.log.ord is '20 + the kind''s ord: the place in a page.';
comment on column sync.log.op is 'A move is a delete in the old scope and an insert in the new one; a return after a delete is an insert.';
create index log_row on sync.log (scope_id, ord, row_id, rev);
create index log_age on sync.log (at);
alter table sync.log enable row level security;

create table public.read_marks (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.users (id) on delete cascade,
  mark_scope uuid not null,
  row_kind text not null references sync.kinds (kind),
  row_id uuid not null,
  rev bigint not null default 0,
  seen_rev bigint not null default 0,
  unique (user_id, mark_scope, row_kind, row_id)
);
comment on table public.read_marks is 'How far a member has read. A kind in the member''s own scope, so a tap makes no traffic for the band. Written by sync_push only, as a maximum.';
comment on column public.read_marks.mark_scope is 'The scope of the rows that were read. A mark is void after its row moved to another scope.';
comment on column public.read_marks.row_id is 'The row, or the nil uuid for the floor of that kind.';
comment on column public.read_marks.rev is 'Read up to this revision.';
comment on column public.read_marks.seen_rev is 'The row was really opened at this revision; what seen_by() reports. Never set by a floor.';
alter table public.read_marks enable row level security;

create table sync.clients (
  client_id uuid primary key,
  user_id uuid not null,
  acked bigint not null default 0,
  seen_at timestamptz not null default now()
);
comment on table sync.clients is 'One row for each database file of a device that ever pushed. Its row lock makes the calls of one client queue up.';
comment on column sync.clients.acked is 'Every number up to it is answered and durable on the device.';
alter table sync.clients enable row level security;

create table sync.results (
  client_id uuid not null references sync.clients on delete cascade,
  n bigint not null,
  hash bytea not null,
  verdict text not null,
  rev bigint not null,
  body jsonb,
  at timestamptz not null default now(),
  primary key (client_id, n)
);
comment on table sync.results is 'What became of each mutation: that it is here is what "exactly once" means.';
comment on column sync.results.hash is 'SHA-256 of the mutation: the same number with another content is a restored backup.';
comment on column sync.results.body is 'The whole answer, until the device has acknowledged it. Numbers and hashes go 90 days after that.';
create index results_age on sync.results (at) where body is null;
alter table sync.results enable row level security;
