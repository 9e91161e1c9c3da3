//! The doctor before real faults: each row of the table of gateway texts (E2), of the probes (E3) and of the ladder (E4)
//! is produced on the local stack, and the doctor has to name the right rung, its fix, and nothing above it.
//!
//! | row | test |
//! |---|---|
//! | E2 refused, E4 1.1 | `services::a_stack_that_does_not_run_is_named_and_nobody_is_signed_out` |
//! | E2 404 no Route, E4 1.2 | `services::a_path_the_gateway_does_not_know_is_named` |
//! | E2 401 no key, unknown key (three texts), duplicate key; 403 acl; hosted texts | `auth::every_refusal_of_the_key_by_a_gateway_is_the_key` |
//! | E2 502, 503 removed, 503 no peer, 504, E4 1.3 | `services::each_stopped_service_is_named_alone_however_it_stopped` |
//! | E2 503 unavailable, 520-530 | `services::answers_of_a_provider_whose_project_is_away_are_services` |
//! | E3 PGRST000-002 | `services::a_stopped_database_is_named_and_rest_is_not` |
//! | E3 REST 401 PGRST301 (key) | `auth::a_key_of_another_project_is_the_key` |
//! | E3 REST 401 PGRST301, PGRST303 (token) | `auth::a_token_that_rest_alone_refuses_is_auth_not_the_schema` |
//! | E3 user 403 `session_not_found` | `auth::a_session_ended_on_the_server_is_the_session` |
//! | E3 user 403 `user_not_found` | `auth::a_deleted_account_is_the_session` |
//! | E3 user 403 `bad_jwt` | `auth::a_token_that_auth_does_not_accept_is_the_session` |
//! | E4 3.2 ended session | `auth::a_session_that_cannot_be_renewed_asks_to_sign_in_again` |
//! | E3 ping 401, handshake 404, E4 3.4 | `auth::a_project_unknown_to_realtime_is_the_tenants_name` |
//! | E3 handshake 401/403, E4 3.4 | `auth::another_secret_in_realtime_is_told_by_new_and_old_servers` |
//! | E4 0 key | `auth::a_service_key_is_refused_before_anything_is_asked` |
//! | E4 0 address | `cli::unusable_arguments_and_settings_are_named_with_advice_and_end_with_2` |
//! | E4 2 DNS | `network::an_unknown_host_is_the_network` |
//! | E4 2 time-out | `network::a_server_that_never_answers_is_the_network` |
//! | E4 2 TLS | `network::broken_tls_is_the_network`, and in `tls` |
//! | E4 2 captive portal | `network::a_sign_in_page_is_the_network` |
//! | E4 2 proxy without upgrades | `network::a_proxy_without_web_sockets_is_told_from_a_stopped_service` |
//! | E4 2 clock | `network::a_wrong_clock_is_measured_warned_of_and_named` |
//! | E3 404, E4 4.1 missing | `app::missing_migrations_are_the_schema` |
//! | E4 4.1 older, newer | `app::an_older_schema_is_broken_and_a_newer_one_is_fine` |
//! | E4 4.2 grants | `app::missing_grants_are_named` |
//! | E4 4.2 rules | `app::policies_that_let_anyone_in_and_rows_without_a_scope_are_warned_of` |
//! | E3 CDC, E4 4.3 system error | `hints::a_table_that_is_not_published_is_named` |
//! | E4 4.3 nothing in 15 s | `hints::a_change_feed_that_never_starts_is_named` |
//! | E3 protocol reply error | `hints::a_refused_join_is_the_rules_and_a_busy_server_only_a_warning` |
//! | the transport in use | `hints::the_transport_in_use_is_said` |
//! | the local database | `local::*` |
//!
//! Not produced, with the reason:
//!
//! | row | why |
//! |---|---|
//! | E4 1.1 connect time-out | on loopback a port answers or refuses; a host that swallows packets would be off this machine. The time-out of a connection that is never answered is produced instead |
//! | E3 tenant health, REST `rest-admin` | the doctor does not ask there: hosted gateways close both |
//! | E3 `wal_level`, slots | the shared cluster cannot change them for one project; their symptom, a feed that does not start, is produced |
//! | E4 4.4 round trip | the doctor changes nothing, so it does not insert |

mod app;
mod auth;
mod hints;
mod local;
mod network;
mod services;

use rockon_core::doctor::{Check, CheckStatus, DoctorReport, Layer};

/// The first broken check is this one with this advice, and no higher layer is blamed.
#[track_caller]
fn first_broken(report: &DoctorReport, layer: Layer, name: &str, fix: &str) {
    let first = report.first_broken().map(|check| (check.layer, check.name));
    assert_eq!(first, Some((layer, name)), "{report}");
    let first = find(report, name);
    assert!(first.fix.contains(fix), "{fix:?} is not in {report}");
    let blamed = report.checks.iter().find(|check| {
        check.layer > layer
            && check.name != "local database"
            && check.status != CheckStatus::NotJudged
    });
    assert_eq!(blamed, None, "{report}");
}

/// Nothing is broken, but this is worth knowing.
#[track_caller]
fn warned(report: &DoctorReport, name: &str, fix: &str) {
    assert_eq!(report.broken_layer(), None, "{report}");
    let found = find(report, name);
    assert_eq!(found.status, CheckStatus::Warning, "{report}");
    assert!(found.fix.contains(fix), "{fix:?} is not in {report}");
}

#[track_caller]
fn find<'a>(report: &'a DoctorReport, name: &str) -> &'a Check {
    let found = report.checks.iter().find(|check| check.name == name);
    found.unwrap_or_else(|| panic!("no check {name:?} in {report}"))
}
