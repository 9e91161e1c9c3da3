-- What waits for a person is linked by id to the notice that asks, and a conflict may be about a delete or a move.
alter table conflict add column asks text not null default 'value'; -- value, delete, move
alter table conflict add column entry integer;                      -- delete, move: the parked entry of the outbox
alter table conflict add column notice integer;                     -- the notice that asks
alter table outbox add column notice integer;                       -- parked: the notice that tells
create index conflict_by_notice on conflict (notice);

-- An older version linked a clash and its notice by their time, and a refusal by the row.
update conflict set notice = (
  select max(n.id) from notice n where n.at = conflict.at and json_extract(n.body, '$.type') = 'conflict'
    and lower(replace(json_extract(n.body, '$.id'), '-', '')) = lower(hex(conflict.row)))
 where notice is null;
update outbox set notice = (
  select max(n.id) from notice n where json_extract(n.body, '$.type') = 'refused'
    and lower(replace(json_extract(n.body, '$.id'), '-', '')) = lower(hex(outbox.row)))
 where state = 'parked';
