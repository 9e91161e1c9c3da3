//! Sign-up, sign-in, refresh and sign-out as the hosted auth service does them, below `/auth/v1`.
//!
//! Owns: schema `auth` of the project's database, passwords, sessions, tokens. Answers, texts, headers and order of
//! checks are those observed on the real server. Never: sends mail; what would need one is answered as if it was sent.
//!
//! Not here: phone, anonymous users, OAuth, PKCE, magic links, multi-factor; asked for, they are refused as the real
//! service refuses them when they are switched off, or are its 404.

mod account;
mod admin;
mod answer;
mod body;
mod grant;
mod info;
mod mail;
mod password;
mod refresh;
mod request;
mod routes;
mod session;
mod signup;
mod token;
mod users;

pub(crate) use routes::router;
