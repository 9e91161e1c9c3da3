//! The migrations of `supabase/` on real PostgreSQL: what they promise, each promise beside a form that breaks it.
#![expect(
    clippy::too_many_lines,
    reason = "a scenario is read from top to bottom, and formatting makes its JSON and SQL tall"
)]

mod accounts;
mod backfill;
mod bands;
mod budgets;
mod catalogue;
mod codes;
mod conflicts;
mod crossing;
mod db;
mod deadlocks;
mod deleted;
mod grants;
mod grid;
mod large;
mod limits;
mod members;
mod names;
mod notices;
mod operations;
mod order;
mod plans;
mod policies;
mod pull;
mod push;
mod scopes;
mod statements;
mod unread;
mod uses;
mod values;
mod waiting;
mod world;
