-- The base tables of a fresh project: people, bands, memberships, invites, songs, setlists, shows, practices.
--
-- Owns: their columns, defaults and checks; column-compatible with the web app that these tables come from.
-- Never: touches a database that already has them. `public.songs` decides: where it exists, the base migrations do
-- nothing, and the sync layer that follows is laid over what is there.
-- Policies and grants come with the sync layer (`..._access.sql`), because they speak of its columns; until then row
-- level security is on without a policy, so nobody but the owner and the service role sees a row.

create schema if not exists sync;
comment on schema sync is 'Private half of the band database: helpers and bookkeeping. Never list it among the exposed schemas of the REST API.';
revoke all on schema sync from public;

create table sync.meta (
  key text primary key,
  value text not null
);
comment on table sync.meta is 'Facts about this installation, one a row: `base` = own (our base tables) or web (tables that were there before), `schema_version`.';
comment on column sync.meta.key is 'Name of the fact.';
comment on column sync.meta.value is 'The fact.';
alter table sync.meta enable row level security;

do $base$
begin
  if to_regclass('public.songs') is not null then
    insert into sync.meta values ('base', 'web');
    return;
  end if;
  insert into sync.meta values ('base', 'own');

  create table public.users (
    id uuid primary key,
    email text not null unique check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    name text not null,
    created_date timestamptz not null default now(),
    last_login timestamptz,
    auth_provider text not null default 'email',
    account_tier text not null default 'free' check (account_tier in ('free', 'pro')),
    tier_updated_at timestamptz,
    last_active_at timestamptz,
    last_seen_release_version text
  );
  comment on table public.users is
    'A person, mirrored from auth.users. Not synced and not published: it holds the e-mail; other members read the name from band_memberships.member_name. No foreign key to auth.users: the name on old rows outlives the account.';

  create table public.bands (
    id uuid primary key default gen_random_uuid(),
    name text not null check (length(name) >= 1),
    description text,
    created_by uuid references public.users (id),
    created_date timestamptz not null default now(),
    updated_date timestamptz,
    settings jsonb default '{}'::jsonb,
    is_active boolean not null default true
  );
  comment on table public.bands is 'A band. Its id is also the id of its scope.';

  create table public.band_memberships (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references public.users (id) on delete cascade,
    band_id uuid not null references public.bands (id) on delete cascade,
    role text not null default 'member' check (role in ('admin', 'member', 'viewer')),
    permissions text[] not null default '{}',
    joined_date timestamptz not null default now(),
    status text not null default 'active' check (status in ('active', 'inactive', 'pending')),
    unique (user_id, band_id)
  );
  comment on table public.band_memberships is
    'Who is in a band, with which role. Leaving sets status = inactive and keeps the row, so that old names stay. Written by functions only.';
  create index band_memberships_band on public.band_memberships (band_id);

  create table public.invite_codes (
    id uuid primary key default gen_random_uuid(),
    band_id uuid not null references public.bands (id) on delete cascade,
    code text not null unique check (length(code) >= 6),
    created_by uuid not null references public.users (id),
    created_date timestamptz not null default now(),
    expires_at timestamptz,
    max_uses integer not null default 1,
    current_uses integer not null default 0,
    is_active boolean not null default true
  );
  comment on table public.invite_codes is 'Invitations into a band. Not synced: only admins see them, only redeem_invite() consumes them.';
  create index invite_codes_band on public.invite_codes (band_id);

  create table public.songs (
    id uuid primary key default gen_random_uuid(),
    title text not null,
    artist text,
    key text,
    tempo integer,
    time_signature text,
    duration integer,
    difficulty integer default 1 check (difficulty between 1 and 5),
    guitar_tuning text default 'Standard',
    genre text,
    notes text,
    lyrics_url text,
    chords_url text,
    recording_url text,
    reference_links jsonb default '[]'::jsonb,
    created_date timestamptz not null default now(),
    updated_date timestamptz,
    last_practiced timestamptz,
    confidence_level integer default 1 check (confidence_level between 1 and 5),
    context_type text not null default 'band' check (context_type in ('band', 'personal')),
    context_id text not null,
    created_by uuid not null references public.users (id),
    visibility text default 'band' check (visibility in ('band', 'personal', 'public')),
    song_group_id uuid,
    normalized_title text generated always as (lower(btrim(title))) stored,
    normalized_artist text generated always as (lower(btrim(artist))) stored,
    version integer not null default 1,
    last_modified_by uuid references public.users (id),
    tuning_id uuid
  );
  comment on table public.songs is
    'A song of a band or of one person (context_type, context_id). duration in seconds. tuning_id names a row of a table that only the web app has.';
  create index songs_context on public.songs (context_type, context_id);

  create table public.setlists (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    band_id uuid references public.bands (id) on delete cascade,
    show_id uuid,
    status text default 'draft' check (status in ('draft', 'active', 'archived')),
    created_date timestamptz not null default now(),
    last_modified timestamptz not null default now(),
    created_by uuid not null references public.users (id),
    notes text,
    context_type text not null default 'band' check (context_type in ('band', 'personal')),
    context_id text,
    jam_session_id uuid,
    tags text[] default '{}',
    items jsonb default '[]'::jsonb,
    forked_from uuid references public.setlists (id) on delete set null,
    fork_count integer not null default 0,
    version integer not null default 1,
    last_modified_by uuid references public.users (id),
    source_setlist_id uuid references public.setlists (id) on delete set null,
    constraint setlists_context_check check (
      (context_type = 'band' and band_id is not null) or (context_type = 'personal' and context_id is not null))
  );
  comment on table public.setlists is
    'An ordered list: items = [{id, type: song|break|section, position, ...}]. A band''s has band_id, a personal one context_id.';
  create index setlists_band on public.setlists (band_id);
  create index setlists_forked_from on public.setlists (forked_from);
  create index setlists_source on public.setlists (source_setlist_id);

  create table public.shows (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    venue text,
    location text,
    band_id uuid not null references public.bands (id) on delete cascade,
    setlist_id uuid references public.setlists (id) on delete set null,
    scheduled_date timestamptz not null,
    load_in_time text,
    soundcheck_time text,
    set_time text,
    end_time text,
    duration integer,
    payment integer check (payment >= 0),
    contacts jsonb default '[]'::jsonb,
    notes text,
    gig_type text,
    status text not null default 'scheduled' check (status in ('scheduled', 'confirmed', 'completed', 'cancelled')),
    created_date timestamptz not null default now(),
    updated_date timestamptz,
    created_by uuid not null references public.users (id),
    version integer not null default 1,
    last_modified_by uuid references public.users (id)
  );
  comment on table public.shows is 'A gig. duration in minutes, payment in cents.';
  create index shows_band on public.shows (band_id);
  create index shows_setlist on public.shows (setlist_id);

  create table public.practice_sessions (
    id uuid primary key default gen_random_uuid(),
    band_id uuid not null references public.bands (id) on delete cascade,
    setlist_id uuid references public.setlists (id) on delete set null,
    scheduled_date timestamptz not null,
    start_time timestamptz,
    end_time timestamptz,
    duration integer,
    location text,
    type text not null check (type in ('rehearsal', 'writing', 'recording', 'audition', 'lesson')),
    notes text,
    wrapup_notes text,
    objectives text[],
    completed_objectives text[],
    session_rating integer check (session_rating between 1 and 5),
    songs jsonb default '[]'::jsonb,
    attendees jsonb default '[]'::jsonb,
    created_date timestamptz not null default now(),
    version integer not null default 1,
    last_modified_by uuid references public.users (id)
  );
  comment on table public.practice_sessions is 'A rehearsal or session. No created_by, no updated_date: the web app''s table has none. The sync layer adds status.';
  create index practice_sessions_band on public.practice_sessions (band_id);
  create index practice_sessions_setlist on public.practice_sessions (setlist_id);

  alter table public.users enable row level security;
  alter table public.bands enable row level security;
  alter table public.band_memberships enable row level security;
  alter table public.invite_codes enable row level security;
  alter table public.songs enable row level security;
  alter table public.setlists enable row level security;
  alter table public.shows enable row level security;
  alter table public.practice_sessions enable row level security;
end $base$;
