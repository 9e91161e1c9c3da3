//! A development stand-in for a Supabase project: real PostgreSQL, and the part of Auth, REST and Realtime that our core
//! and the official clients use, on one port with Supabase's paths. For development, tests and the demo; production is
//! Supabase.

pub mod realtime;
pub mod rest;
