-- A reset removes what it does not bring back, some rows at a time: it asks for each row whether a page has brought it.
-- The index holds pages of resets alone, so that ordinary pages cost nothing more.
alter table staged add column reset integer not null default 0;
create index staged_by_row on staged (scope, what, row) where reset = 1;

-- Pages of a reset that an older version has staged.
update staged set reset = 1 where scope in (select id from scope where staged_reset = 1);
