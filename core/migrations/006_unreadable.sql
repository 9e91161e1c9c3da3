-- Rows that came with something in them that this phone could not read: a value of a column, or the whole row. They are
-- named to the member and asked for again by another version of the program.
--
--   rev      the row's revision, as far as it could be read: reading again starts below it
--   columns  names of the columns whose value is missing, as JSON; an empty list = the whole row is
--   core     the version of the program that could not read it
create table unreadable (
  scope blob not null,
  kind text not null,
  row blob not null,
  rev integer not null,
  columns text not null,
  core text not null,
  primary key (scope, kind, row)
) without rowid;
