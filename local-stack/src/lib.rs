//! A local development server for a Supabase project: real PostgreSQL, and the part of Auth, REST and Realtime that our core
//! and the official clients use, on one port with Supabase's paths. For development, tests and the demo; production is
//! Supabase.
//!
//! [`Cluster`] is a private PostgreSQL server, [`Project`] one database on it with its services. REST and functions run
//! as the caller's database role with the claims set, so policies are PostgreSQL's own.

mod auth;
mod clock;
mod cluster;
mod error;
mod faults;
mod gateway;
mod issuer;
mod jwt;
mod keys;
mod not_offered;
mod project;
mod random;
pub mod realtime;
pub mod rest;
mod shared;

pub use auth::{Attempts, Mail, Mailbox};
pub use clock::Clock;
pub use cluster::{
    Binaries, Cluster, ClusterConfig, Contents, MIGRATIONS, Owner, Progress, SEED, Step, installed,
};
pub use error::{Result, StackError};
pub use faults::{BadAnswer, FaultState, Faults, Outage, Service};
pub use issuer::IdTokenRequest;
pub use keys::{Claims, Keys, TokenError};
pub use project::{Project, ProjectConfig};
pub use shared::{AuthSettings, Context, Shared, Timing};
