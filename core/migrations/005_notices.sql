-- What notices say of a change: the short values that the server's log has of it, and of a setlist its items before and
-- after, as this device saw them. The items are forgotten once the change is told; a scope has fifty at most.
alter table change_log add column vals text;

create table list_change (
  scope blob not null, rev integer not null, row blob not null,
  since integer not null,                -- `was` is what the row had from this revision up to the one before `rev`
  was text not null, now text not null,
  primary key (scope, rev, row)
) without rowid;
