//! The migrations of `supabase/` on real PostgreSQL: what they promise, each promise beside a form that breaks it.

mod db;
mod grid;
mod policies;
mod world;
