//! Every integration test, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking and says why on stderr"
)]

mod account;
mod architecture;
mod bad_values;
mod bindings;
mod bindings_rules;
mod cli;
mod cli_bad_input;
mod cli_doctor;
mod cli_migrations;
mod cli_private;
mod defects;
mod deleted_feed;
mod docs;
mod doctor;
mod evening;
mod hostile_values;
mod idle;
mod js_client;
mod let_go;
mod net_answers;
mod realtime_driver;
mod realtime_stack;
mod scenario_server;
mod scenarios;
mod server;
mod session_credentials;
mod session_enter_leave;
mod session_planted;
mod session_refresh;
mod sql;
mod stack_admin;
mod stack_auth;
mod stack_browser;
mod stack_cluster;
mod stack_faults;
mod stack_gateway;
mod stack_program;
mod stack_project;
mod stack_rest;
mod stack_rest_replay;
mod stack_rt;
mod stack_unfiltered;
mod store_kill;
mod store_power;
mod sync_faults;
mod sync_large;
mod sync_lifecycle;
mod sync_refusals;
mod sync_resets;
mod tls;
