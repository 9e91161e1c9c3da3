//! Every row of the table of probes, recognised from its evidence.

mod verdicts;

use super::checks::ServerHealth;
use super::*;
use crate::error::StorageFailure;
use crate::model::{Kind, RowId, ScopeId};
use crate::net::answer::classify;
use crate::speech::Language;

fn json(status: u16, body: &str) -> Seen {
    Seen::Answered(classify(status, None, body.as_bytes()))
}

fn healthy() -> Evidence {
    Evidence {
        language: Language::English,
        gateway: json(404, r#"{"message":"no Route matched with those values"}"#),
        auth: json(200, r#"{"name":"GoTrue","version":"v2"}"#),
        rest: json(200, r#"{"swagger":"2.0"}"#),
        realtime: json(200, r#"{"message":"Success"}"#),
        upgrade: Seen::Answered(classify(400, None, b"upgrade expected")),
        socket: Seen::upgraded(),
        clock_ahead_s: Some(1),
        session: SessionSeen::Valid,
        user: json(200, r#"{"id":"x"}"#),
        health_call: json(200, r#"{"schema_version":1}"#),
        health: Some(ServerHealth {
            schema_version: 1,
            published: true,
            private_broadcast: true,
            strict_policies: true,
            orphans: 0,
        }),
        needs_schema: 1,
        transport: TransportSeen::Broadcast,
        echo: EchoSeen::Came,
        token_lifetime_s: Some(3_600),
        pull: PullSeen {
            tried: true,
            read: (3, 100),
            complete: true,
            ..PullSeen::default()
        },
        local: LocalSeen {
            tried: true,
            ..LocalSeen::default()
        },
    }
}

#[test]
fn a_german_report_is_german_from_the_verdict_to_the_last_check() {
    let mut evidence = Evidence {
        language: Language::German,
        ..healthy()
    };
    let report = judge(&evidence).text(Language::German);
    assert!(
        report.starts_with("Alles in Ordnung.\nok    Dienste   Gateway: antwortet\n"),
        "{report}"
    );
    evidence.clock_ahead_s = Some(-7_200);
    let report = judge(&evidence).text(Language::German);
    assert!(
        report.starts_with("Kaputt: Uhr. Stell Datum und Uhrzeit dieses Geräts auf automatisch.\n"),
        "{report}"
    );
    assert!(
        report.contains("FEHL  Netz      Uhr: Die Uhr dieses Geräts geht 2 Std. nach\n"),
        "{report}"
    );
    // The one check that needs no server is judged, whatever its name.
    assert!(
        report.contains("ok    App       Daten auf diesem Gerät\n"),
        "{report}"
    );
    for english in ["service", "server", "the ", "not ", "session"] {
        assert!(!report.contains(english), "{english}: {report}");
    }
}

fn verdict(change: impl FnOnce(&mut Evidence)) -> (Layer, &'static str) {
    let mut evidence = healthy();
    change(&mut evidence);
    let report = judge(&evidence);
    let check = report
        .first_broken()
        .unwrap_or_else(|| panic!("nothing was found broken:\n{report}"));
    assert!(!check.fix.is_empty(), "{check:?} says no fix");
    (check.layer, check.name)
}

fn gateway(status: u16, message: &str) -> Seen {
    json(status, &format!(r#"{{"message":"{message}"}}"#))
}

const SCOPE: ScopeId = ScopeId(uuid::Uuid::from_u128(2));

fn unreadable(columns: &[&str]) -> RowSeen {
    RowSeen {
        scope: SCOPE,
        kind: Kind::Song,
        id: RowId(uuid::Uuid::from_u128(7)),
        columns: columns.iter().map(|name| (*name).to_owned()).collect(),
    }
}

/// What the report says of the data.
fn of_data(change: impl FnOnce(&mut PullSeen)) -> (CheckStatus, String, String) {
    let mut evidence = healthy();
    change(&mut evidence.pull);
    let report = judge(&evidence);
    let mut checks = report.checks.iter();
    let found = checks.find(|check| check.name == "reading the data");
    let found = found.unwrap();
    (found.status, found.evidence.clone(), report.to_string())
}

#[test]
fn rows_that_cannot_be_read_are_named_and_all_is_not_well() {
    let named =
        "song 00000000-0000-0000-0000-000000000007 in scope 00000000-0000-0000-0000-000000000002";
    let (status, evidence, text) = of_data(|pull| pull.rows = vec![unreadable(&[])]);
    assert_eq!((status, evidence.as_str()), (CheckStatus::Broken, named));
    assert!(text.starts_with("Broken: reading the data."), "{text}");
    let (status, evidence, text) = of_data(|pull| pull.rows = vec![unreadable(&["items", "tags"])]);
    assert_eq!(
        (status, evidence),
        (CheckStatus::Warning, format!("{named} (items, tags)"))
    );
    assert!(
        text.starts_with("It works. Look at: reading the data."),
        "{text}"
    );
    let (_, evidence, _) = of_data(|pull| pull.rows = vec![unreadable(&[]); 7]);
    assert!(evidence.ends_with("; and 2 more"), "{evidence}");
}

#[test]
fn scopes_that_cannot_be_read_are_named_with_the_code_of_the_fault() {
    let (status, evidence, _) =
        of_data(|pull| pull.failed = vec![(Some(SCOPE), "protocol"), (None, "timeout")]);
    let wanted = format!("scope {SCOPE}: protocol; the list of scopes: timeout");
    assert_eq!((status, evidence), (CheckStatus::Broken, wanted));
    let (_, evidence, _) = of_data(|pull| pull.complete = false);
    assert_eq!(evidence, "100 rows of 3 scopes, as far as the doctor looks");
    let (status, ..) = of_data(|pull| pull.tried = false);
    assert_eq!(status, CheckStatus::NotJudged);
}

#[test]
fn a_healthy_project_has_no_findings() {
    let report = judge(&healthy());
    assert_eq!(report.broken_layer(), None, "{report}");
    assert!(
        report
            .checks
            .iter()
            .all(|check| check.status == CheckStatus::Fine),
        "{report}"
    );
    let text = report.to_string();
    assert!(text.starts_with("All is well."));
    let said = text.lines().filter(|line| line.contains("  services  "));
    let said: Vec<&str> = said.collect();
    assert_eq!(
        said,
        [
            "ok    services  gateway: it answers",
            "ok    services  auth service: it answers",
            "ok    services  rest service: it answers",
            "ok    services  database",
            "ok    services  realtime service: it answers",
        ],
        "no status that reads like a failure"
    );
}

#[test]
fn an_answer_of_a_running_service_that_refuses_is_shown_as_an_answer() {
    let evidence = |change: fn(&mut Evidence), name: &str| {
        let mut evidence = healthy();
        change(&mut evidence);
        let checks = judge(&evidence).checks;
        let found = checks.into_iter().find(|check| check.name == name);
        found.map(|check| (check.status, check.evidence)).unwrap()
    };
    let refused = |e: &mut Evidence| e.auth = gateway(401, "No API key found in request");
    let said = "it answers: 401 from the gateway: No API key found in request".to_owned();
    assert_eq!(evidence(refused, "auth service"), (CheckStatus::Fine, said));
    let busy = |e: &mut Evidence| e.gateway = gateway(503, "x");
    let said = "it answers: 503 from the gateway".to_owned();
    assert_eq!(evidence(busy, "gateway"), (CheckStatus::Fine, said));
}

#[test]
fn c157_connection_refused_is_services_not_auth() {
    let all = |e: &mut Evidence| {
        (e.gateway, e.auth, e.rest, e.realtime) =
            (Seen::Refused, Seen::Refused, Seen::Refused, Seen::Refused);
        e.user = Seen::Refused;
        e.session = SessionSeen::Ended("session_not_found".into());
    };
    assert_eq!(verdict(all), (Layer::Services, "gateway"));
    let mut evidence = healthy();
    all(&mut evidence);
    let higher = judge(&evidence)
        .checks
        .into_iter()
        .filter(|c| c.layer > Layer::Services && c.name != "local database");
    assert!(
        higher
            .into_iter()
            .all(|c| c.status == CheckStatus::NotJudged),
        "nothing above is blamed"
    );
}

#[test]
fn c158_no_route_is_a_path_or_a_missing_service() {
    let seen = gateway(404, "no Route matched with those values");
    assert_eq!(
        verdict(|e| e.realtime = seen),
        (Layer::Services, "realtime service")
    );
}

#[test]
fn c159_a_stopped_rest_service_is_named_alone() {
    let stop = |e: &mut Evidence| e.rest = gateway(503, "name resolution failed");
    assert_eq!(verdict(stop), (Layer::Services, "rest service"));
    let mut evidence = healthy();
    stop(&mut evidence);
    let report = judge(&evidence);
    let status = |name: &str| {
        report
            .checks
            .iter()
            .find(|c| c.name == name)
            .map(|c| c.status)
    };
    assert_eq!(status("auth service"), Some(CheckStatus::Fine));
    assert_eq!(status("realtime service"), Some(CheckStatus::Fine));
}

#[test]
fn every_gateway_failure_of_a_service_is_that_service() {
    for (status, text) in [
        (
            502,
            "An invalid response was received from the upstream server",
        ),
        (503, "failure to get a peer from the ring-balancer"),
        (503, "The upstream server is currently unavailable"),
        (504, "The upstream server is timing out"),
    ] {
        assert_eq!(
            verdict(|e| e.auth = gateway(status, text)),
            (Layer::Services, "auth service"),
            "{status}"
        );
        assert_eq!(
            verdict(|e| e.realtime = gateway(status, text)),
            (Layer::Services, "realtime service"),
            "{status}"
        );
    }
}

#[test]
fn c160_rest_without_its_database_names_the_database() {
    for code in ["PGRST000", "PGRST001", "PGRST002"] {
        let body = format!(
            r#"{{"code":"{code}","details":null,"hint":null,"message":"Could not query the database"}}"#
        );
        assert_eq!(
            verdict(|e| e.rest = json(503, &body)),
            (Layer::Services, "database"),
            "{code}"
        );
    }
}

#[test]
fn c161_a_gateway_refusal_is_the_key_and_bad_jwt_is_the_session() {
    for (status, text) in [
        (401, "No API key found in request"),
        (401, "Invalid authentication credentials"),
        (401, "Unauthorized"),
        (403, "You cannot consume this service"),
    ] {
        assert_eq!(
            verdict(|e| e.rest = gateway(status, text)),
            (Layer::Auth, "API key"),
            "{text}"
        );
    }
    let unsigned = r#"{"code":"PGRST301","details":null,"hint":null,"message":"x"}"#;
    assert_eq!(
        verdict(|e| e.rest = json(401, unsigned)),
        (Layer::Auth, "API key")
    );
    for code in ["bad_jwt", "session_not_found", "user_not_found"] {
        let body = format!(r#"{{"code":403,"error_code":"{code}","msg":"x"}}"#);
        assert_eq!(
            verdict(|e| e.user = json(403, &body)),
            (Layer::Auth, "the server knows the session"),
            "{code}"
        );
    }
    assert_eq!(
        verdict(|e| e.session = SessionSeen::Ended("session_expired".into())),
        (Layer::Auth, "session")
    );
}

#[test]
fn c162_a_realtime_key_that_does_not_count_is_told_apart_from_a_tenant() {
    let name = "realtime accepts the key";
    let refused = json(401, r#"{"error":"Failed to validate JWT signature"}"#);
    assert_eq!(verdict(|e| e.upgrade = refused), (Layer::Auth, name));
    let unknown = json(404, r#"{"error":"Tenant not found"}"#);
    assert_eq!(verdict(|e| e.upgrade = unknown), (Layer::Auth, name));
    let report = judge(&Evidence {
        upgrade: json(404, r#"{"error":"Tenant not found"}"#),
        ..healthy()
    });
    assert!(
        report
            .first_broken()
            .is_some_and(|c| c.fix.contains("tenant"))
    );
}

#[test]
fn c163_hints_that_are_refused_or_stay_silent_are_the_apps_layer() {
    for transport in [TransportSeen::JoinRefused, TransportSeen::NotSubscribed] {
        assert_eq!(
            verdict(|e| e.transport = transport),
            (Layer::App, "hints"),
            "{transport:?}"
        );
    }
}

#[test]
fn c164_a_web_page_where_json_is_due_is_the_network() {
    let page = || Seen::Answered(classify(200, None, b"<!doctype html><title>Hotel</title>"));
    let name = (Layer::Network, "no proxy or login page in between");
    assert_eq!(
        verdict(|e| (e.auth, e.rest, e.realtime) = (page(), page(), page())),
        name
    );
    assert_eq!(
        verdict(|e| e.auth = Seen::Answered(classify(302, None, b""))),
        name
    );
}

#[test]
fn a_network_that_does_not_carry_is_named_and_services_are_not_judged() {
    for seen in [
        Seen::NoSuchHost,
        Seen::TimedOut,
        Seen::TlsFailed,
        Seen::CutOff,
    ] {
        let all = |e: &mut Evidence| {
            (e.gateway, e.auth, e.rest, e.realtime) =
                (seen.clone(), seen.clone(), seen.clone(), seen.clone());
        };
        assert_eq!(
            verdict(all),
            (Layer::Network, "way to the server"),
            "{seen:?}"
        );
    }
}

#[test]
fn a_clock_that_is_off_is_the_network_layer() {
    assert_eq!(
        verdict(|e| e.clock_ahead_s = Some(7_200)),
        (Layer::Network, "clock")
    );
    assert_eq!(
        verdict(|e| e.clock_ahead_s = Some(-61)),
        (Layer::Network, "clock")
    );
    let report = judge(&Evidence {
        clock_ahead_s: Some(-7_198),
        ..healthy()
    });
    assert!(
        report
            .to_string()
            .contains("The clock of this device is 2 h behind"),
        "{report}"
    );
    let report = judge(&Evidence {
        clock_ahead_s: Some(45),
        ..healthy()
    });
    assert_eq!(report.broken_layer(), None);
    assert!(
        report
            .checks
            .iter()
            .any(|c| c.name == "clock" && c.status == CheckStatus::Warning)
    );
}

#[test]
fn a_schema_that_is_missing_or_old_is_the_apps_layer() {
    for code in ["PGRST202", "PGRST205", "42P01", "42501"] {
        let body = format!(r#"{{"code":"{code}","details":null,"hint":null,"message":"x"}}"#);
        let change = |e: &mut Evidence| (e.health_call, e.health) = (json(404, &body), None);
        assert_eq!(
            verdict(change),
            (Layer::App, "schema and functions"),
            "{code}"
        );
    }
    assert_eq!(
        verdict(|e| e.needs_schema = 2),
        (Layer::App, "schema and functions")
    );
    let policies = |e: &mut Evidence| {
        e.health = e.health.take().map(|h| ServerHealth {
            strict_policies: false,
            ..h
        });
    };
    let mut evidence = healthy();
    policies(&mut evidence);
    assert!(
        judge(&evidence)
            .checks
            .iter()
            .any(|c| c.name == "access rules" && c.status == CheckStatus::Warning)
    );
}

#[test]
fn a_tables_absence_from_the_publication_matters_only_to_the_transport_that_needs_it() {
    let of = |transport, published| {
        let mut evidence = Evidence {
            transport,
            ..healthy()
        };
        evidence.health = evidence.health.map(|h| ServerHealth { published, ..h });
        let report = judge(&evidence);
        let hints = report.checks.iter().find(|check| check.name == "hints");
        hints.map(|check| (check.status, check.fix)).unwrap()
    };
    assert_eq!(of(TransportSeen::Broadcast, true).0, CheckStatus::Fine);
    assert_eq!(of(TransportSeen::Broadcast, false).0, CheckStatus::Warning);
    let (status, fix) = of(TransportSeen::NotSubscribed, false);
    assert!(status == CheckStatus::Broken && fix.contains("publication"));
    let (status, fix) = of(TransportSeen::NotSubscribed, true);
    assert!(status == CheckStatus::Broken && fix.contains("wal_level"));
}

#[test]
fn the_local_database_is_judged_even_when_nothing_can_be_reached() {
    let mut evidence = Evidence {
        gateway: Seen::Refused,
        ..Evidence::default()
    };
    evidence.local.failure = Some(StorageFailure::Full);
    let report = judge(&evidence);
    assert_eq!(report.broken_layer(), Some(Layer::Services));
    assert!(
        report
            .checks
            .iter()
            .any(|c| c.name == "local database" && c.status == CheckStatus::Broken)
    );
}

#[test]
fn a_hostile_body_leaves_nothing_of_itself_in_the_evidence() {
    let secret = "eyJhbGciOi.hunter2.token person@example.com";
    for body in [
        format!(r#"{{"message":"{secret}"}}"#),
        format!(r#"{{"error":"{secret}"}}"#),
        format!(r#"{{"code":"{secret}","details":null,"message":"x"}}"#),
        format!(r#"{{"error_code":"{secret}"}}"#),
        format!("<html>{secret}"),
    ] {
        let seen = || json(401, &body);
        let report = judge(&Evidence {
            rest: seen(),
            auth: seen(),
            upgrade: seen(),
            user: seen(),
            ..healthy()
        });
        assert!(!report.to_string().contains("hunter2"), "{report}");
    }
}

proptest::proptest! {
    #[test]
    fn any_answer_is_judged_without_a_panic(status in 0_u16..1_000, body in proptest::collection::vec(0_u8..=255, 0..200)) {
        let seen = Seen::Answered(classify(status, None, &body));
        let evidence = Evidence { rest: seen.clone(), auth: seen.clone(), upgrade: seen, ..healthy() };
        let _ = judge(&evidence).to_string();
    }
}
