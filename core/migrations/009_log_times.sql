-- When a change of the log was made, by the server's clock: milliseconds since 1970. Null = an older server did not say.
alter table change_log add column at integer;
