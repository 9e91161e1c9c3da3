-- The log is written with every change and read by row only when somebody opens a row's history: that scan of some
-- thousand lines is worth less than a second index on each of them.
drop index change_log_by_row;
