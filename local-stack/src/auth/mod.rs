//! Sign-up, sign-in, refresh and sign-out as the hosted auth service does them, below `/auth/v1`.
//!
//! Owns: schema `auth` of the project's database, passwords, one-time codes, sessions, tokens. Answers, texts, headers and
//! order of checks are those observed on the real server. Never: sends mail; the last ones can be read in the mailbox.
//!
//! Tokens of Apple and Google are those of a stand-in ([`crate::issuer`]), and off unless the settings name the app.
//!
//! Not here: phone, anonymous users, OAuth in a browser, PKCE, multi-factor, and of the administration all
//! but making a user and a link; asked for, they are refused as the real service refuses them when they are switched off,
//! or by name (501 `not_offered`). Also as there: where addresses need no
//! confirmation, a sign-up tells that an address is taken.

mod account;
mod admin;
mod answer;
mod attempts;
mod body;
mod codes;
mod grant;
mod id_token;
mod info;
mod link;
mod mail;
mod mailbox;
mod password;
mod redirect;
mod refresh;
mod request;
mod routes;
mod session;
mod signup;
mod token;
mod users;
mod verify;

pub use attempts::Attempts;
pub use mailbox::{Mail, Mailbox};
pub(crate) use routes::router;
