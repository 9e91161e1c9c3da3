//! Who is blamed for an answer, and what is never called well.

use super::*;
use crate::doctor::checks::ServerHealth;

/// An answer to the upgrade, and what is named for it.
#[test]
fn each_answer_to_the_upgrade_is_blamed_on_whoever_gave_it() {
    let html = "<html><title>Blocked</title>";
    let realtime = (Layer::Services, "realtime service");
    let network = (Layer::Network, "web sockets pass");
    for (status, body, who) in [
        (500, r#"{"error":"Error connecting to Realtime"}"#, realtime),
        (500, "", realtime),
        (
            502,
            r#"{"message":"An invalid response was received from the upstream server"}"#,
            realtime,
        ),
        (503, r#"{"message":"name resolution failed"}"#, realtime),
        (504, html, realtime),
        (522, html, realtime),
        (200, html, network),
        (302, "", network),
        (400, "Bad request", network),
        (403, html, network),
        (403, "", network),
        (405, "", network),
        (407, html, network),
        (501, html, network),
        (511, html, network),
    ] {
        let socket = json(status, body);
        assert_eq!(verdict(|e| e.socket = socket), who, "{status} {body}");
    }
    for (seen, fix) in [
        (Seen::CutOff, "blocks web sockets"),
        (Seen::TimedOut, "hangs"),
    ] {
        let report = judge(&Evidence {
            socket: seen,
            ..healthy()
        });
        let first = report.first_broken().unwrap();
        assert_eq!((first.layer, first.name), network);
        assert!(first.fix.contains(fix), "{report}");
    }
}

#[test]
fn a_realtime_that_is_full_is_warned_of_and_one_that_refuses_the_key_is_auths() {
    let full = judge(&Evidence {
        socket: json(429, r#"{"error":"Too many connected users"}"#),
        transport: TransportSeen::NoSocket,
        ..healthy()
    });
    assert_eq!(full.broken_layer(), None, "{full}");
    let first = full.first_warning().unwrap();
    assert_eq!(first.name, "realtime service", "{full}");
    for (status, body) in [
        (401, r#"{"error":"Failed to validate JWT signature"}"#),
        (403, ""),
        (404, r#"{"error":"Tenant not found"}"#),
    ] {
        let refused = |e: &mut Evidence| {
            (e.socket, e.upgrade) = (json(status, body), json(status, body));
        };
        let name = "realtime accepts the key";
        assert_eq!(verdict(refused), (Layer::Auth, name), "{status} {body}");
    }
}

/// What the report says of hints, whether it calls all well, and its text.
fn of_hints(change: impl Fn(&mut Evidence)) -> (CheckStatus, &'static str, bool, String) {
    let mut evidence = healthy();
    change(&mut evidence);
    let report = judge(&evidence);
    let found = report.checks.iter().find(|check| check.name == "hints");
    let found = found.map(|check| (check.status, check.fix)).unwrap();
    (found.0, found.1, report.is_well(), report.to_string())
}

fn cannot_send(evidence: &mut Evidence) {
    evidence.health = evidence.health.take().map(|health| ServerHealth {
        private_broadcast: false,
        ..health
    });
}

#[test]
fn a_transport_that_carries_nothing_or_is_not_the_best_is_told_with_what_to_do() {
    let lost = |e: &mut Evidence| e.echo = EchoSeen::Lost(8);
    let (status, fix, ..) = of_hints(lost);
    assert!(status == CheckStatus::Broken && fix.contains("replication slots"));
    let (status, fix, ..) = of_hints(|e| {
        lost(e);
        cannot_send(e);
    });
    assert!(status == CheckStatus::Broken && fix.contains("realtime.send"));
    let (status, fix, ..) = of_hints(|e| {
        cannot_send(e);
        e.transport = TransportSeen::Changes;
    });
    assert!(status == CheckStatus::Warning && fix.contains("realtime.send"));
    let (status, ..) = of_hints(|e| e.transport = TransportSeen::Changes);
    assert_eq!(status, CheckStatus::Warning);
    let (status, fix, ..) = of_hints(|e| e.transport = TransportSeen::NoHints);
    assert!(status == CheckStatus::Broken && fix.contains("may be delayed"));
}

#[test]
fn only_a_hint_that_came_makes_an_open_transport_well() {
    for unjudged in [
        (TransportSeen::Broadcast, EchoSeen::NotTried),
        (TransportSeen::Pending(35), EchoSeen::NotTried),
        (TransportSeen::NotTried, EchoSeen::NotTried),
    ] {
        let (status, _, well, said) = of_hints(|e| (e.transport, e.echo) = unjudged);
        assert_eq!(status, CheckStatus::NotJudged, "{unjudged:?}");
        assert!(!well && !said.contains("All is well"), "{said}");
        assert!(said.starts_with("Nothing broken was found. 1 check could not"));
    }
}

#[test]
fn who_could_try_nothing_calls_nothing_well() {
    let report = judge(&Evidence::default());
    let fine = report.checks.iter().find(|c| c.status == CheckStatus::Fine);
    assert_eq!(fine, None, "{report}");
    assert!(
        report
            .to_string()
            .starts_with("Nothing could be looked at.")
    );
    let signed_out = judge(&Evidence {
        session: SessionSeen::SignedOut,
        user: Seen::NotTried,
        health_call: Seen::NotTried,
        health: None,
        transport: TransportSeen::NotTried,
        pull: PullSeen::default(),
        local: LocalSeen::default(),
        ..healthy()
    });
    assert!(!signed_out.is_well());
    let said = signed_out.to_string();
    assert!(said.starts_with("Nothing broken was found. "), "{said}");
}

#[test]
fn tokens_that_last_for_a_minute_are_worth_knowing() {
    for (lifetime, status) in [
        (60, CheckStatus::Warning),
        (119, CheckStatus::Warning),
        (120, CheckStatus::Fine),
    ] {
        let report = judge(&Evidence {
            token_lifetime_s: Some(lifetime),
            ..healthy()
        });
        let found = report.checks.iter().find(|check| check.name == "session");
        assert_eq!(found.map(|check| check.status), Some(status), "{report}");
    }
}

#[test]
fn the_database_is_told_by_whatever_asked_for_it() {
    let body =
        |code: &str| format!(r#"{{"code":"{code}","details":null,"hint":null,"message":"x"}}"#);
    let name = (Layer::Services, "database");
    // Rest's first page came from its memory.
    assert_eq!(
        verdict(|e| (e.health_call, e.health) = (json(503, &body("PGRST001")), None)),
        name
    );
    let report = judge(&Evidence {
        rest: json(504, &body("PGRST003")),
        ..healthy()
    });
    let first = report.first_broken().unwrap();
    assert_eq!((first.layer, first.name), name, "{report}");
    assert!(first.fix.contains("out of connections"), "{report}");
}

#[test]
fn a_clock_that_is_off_is_told_in_words() {
    for (ahead, words) in [
        (0, "The clock of this device is right"),
        (-1, "The clock of this device is 1 s behind"),
        (45, "The clock of this device is 45 s ahead"),
        (-150, "The clock of this device is 3 min behind"),
        (-7_198, "The clock of this device is 2 h behind"),
        (7_201, "The clock of this device is 2 h ahead"),
        (-31_536_000, "The clock of this device is 365 days behind"),
    ] {
        let report = judge(&Evidence {
            clock_ahead_s: Some(ahead),
            ..healthy()
        });
        let found = report.checks.iter().find(|check| check.name == "clock");
        assert_eq!(found.map(|check| check.evidence.as_str()), Some(words));
    }
}
