-- New rows that their author deleted before they were sent. The server never hears of them; they are kept so that the delete
-- can be taken back, as long as the server keeps a row that it deleted.
create table deleted_unsent (
  kind text not null,
  row blob not null,
  scope blob not null,
  body text not null,                     -- the row as it would have been sent, as JSON
  at integer not null,                    -- when it was deleted, wall clock
  primary key (kind, row)
) without rowid;
