-- The setlist that is on stage, as it was when it was pinned. At most one, of this phone alone.
create table gig (
  id integer primary key check (id = 1),
  setlist blob not null,
  page integer not null,                  -- from 0
  body text not null                      -- the pages, as JSON
);
