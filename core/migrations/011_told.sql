-- Whether a notice was told outside the app, where it is told once. What is here already was made by a version that told nothing there.
alter table notice add column told integer not null default 0;
update notice set told = 1;
