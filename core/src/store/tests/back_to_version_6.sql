-- A file of this version is turned into one of version 6.
alter table server_row rename to mirror;
alter table last_seen rename to before;
alter table scope rename column committed to published;
update outbox set state = 'parked' where op = 'insert';
insert into notice (at, body) values (1, '{"type":"refused","count":1}');
insert into before (kind, row, body) select 'song', row, '{"title":"Old"}' from outbox where op = 'update';
insert into meta (key, value) values ('store.publishing', '[]');
drop table deleted_unsent;
drop table gig;
alter table change_log drop column at;
alter table notice drop column told;
