-- The words of the program, in the tables too.
alter table mirror rename to server_row;
alter table before rename to last_seen;
alter table scope rename column published to committed;

update outbox set state = 'rejected' where state = 'parked';
update notice set body = json_set(body, '$.type', 'rejected') where json_extract(body, '$.type') = 'refused';
update meta set key = 'store.committing' where key = 'store.publishing';
