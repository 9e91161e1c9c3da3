//! Rung 1: what does not run.

use rockon_core::doctor::{CheckStatus, DoctorReport, Layer};
use rockon_local_stack::{Outage, Service};
use rockon_tests::phone::Phone;
use rockon_tests::project;
use rockon_tests::reverse_proxy::{ReverseProxy, answer, json};

use super::{find, first_broken};

const SERVICES: [(Service, &str, &str); 3] = [
    (Service::Auth, "auth service", "Start the auth service"),
    (Service::Rest, "rest service", "Start the rest service"),
    (
        Service::Realtime,
        "realtime service",
        "Start the realtime service",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_stack_that_does_not_run_is_named_and_nobody_is_signed_out() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    project.shutdown().await.unwrap();
    let report = eric.client().diagnose().await;
    first_broken(&report, Layer::Services, "gateway", "rockon stack");
    assert!(
        eric.client().session().borrow().account().is_some(),
        "still signed in"
    );
    let nowhere = Phone::with_key("http://127.0.0.1:1", "a.b.c");
    let report = nowhere.client().diagnose().await;
    first_broken(&report, Layer::Services, "gateway", "rockon stack");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_is_told_as_it_goes_has_more_checks_each_time_and_all_at_the_end() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    let mut feed = eric.client().examine();
    let mut reports = Vec::new();
    while let Some(report) = feed.next().await {
        reports.push(report);
    }
    let names = |report: &DoctorReport| -> Vec<_> {
        report.checks.iter().map(|check| check.name).collect()
    };
    let whole = names(&eric.client().diagnose().await);
    let last = reports.last().unwrap();
    assert_eq!(names(last), whole, "{last}");
    assert!(last.is_well(), "{last}");
    for pair in reports.windows(2) {
        let (before, after) = (names(&pair[0]), names(&pair[1]));
        assert!(after.starts_with(&before) && after.len() > before.len());
    }
    assert!(reports.len() > 1, "it was told at once");
    // Where the way is broken there is nothing more to look at.
    project.shutdown().await.unwrap();
    let mut feed = eric.client().examine();
    let mut last = None;
    while let Some(report) = feed.next().await {
        last = Some(report);
    }
    first_broken(&last.unwrap(), Layer::Services, "gateway", "rockon stack");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_stopped_service_is_named_alone_however_it_stopped() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    for (service, name, fix) in SERVICES {
        for outage in [
            Outage::Removed,
            Outage::Crashed,
            Outage::NoPeer,
            Outage::Hanging,
        ] {
            project.faults().stop(service, outage);
            let report = eric.client().diagnose().await;
            first_broken(&report, Layer::Services, name, fix);
            for (_, other, _) in SERVICES.iter().filter(|(_, other, _)| *other != name) {
                assert_eq!(find(&report, other).status, CheckStatus::Fine, "{report}");
            }
            project.faults().start(service);
        }
    }
    let report = eric.client().diagnose().await;
    assert_ne!(report.broken_layer(), Some(Layer::Services), "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_the_gateway_does_not_know_is_named() {
    let project = project().await;
    for (path, name) in [
        ("/auth/v1/health", "auth service"),
        ("/rest/v1/ ", "rest service"),
        ("/realtime/v1/api/ping", "realtime service"),
    ] {
        let reverse_proxy = ReverseProxy::plain(project.url(), move |head| {
            let body = r#"{"message":"no Route matched with those values"}"#;
            head.contains(path).then(|| json("404 Not Found", body))
        })
        .await;
        let phone = Phone::with_key(reverse_proxy.url(), project.anon_key());
        let report = phone.client().diagnose().await;
        first_broken(&report, Layer::Services, name, "the gateway's routes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_database_is_named_and_rest_is_not() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    project.stop_database().await.unwrap();
    let report = eric.client().diagnose().await;
    first_broken(&report, Layer::Services, "database", "Start PostgreSQL");
    assert_eq!(find(&report, "rest service").status, CheckStatus::Fine);
    project.start_database().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_of_a_provider_whose_project_is_away_are_services() {
    let project = project().await;
    for status in ["520 Unknown", "522 Timed out", "530 Paused"] {
        let page = answer(status, "content-type: text/html\r\n", "<html>edge</html>");
        let reverse_proxy = ReverseProxy::plain(project.url(), move |_| Some(page.clone())).await;
        let phone = Phone::with_key(reverse_proxy.url(), project.anon_key());
        let report = phone.client().diagnose().await;
        first_broken(&report, Layer::Services, "gateway", "paused");
    }
    let reverse_proxy = ReverseProxy::plain(project.url(), |head| {
        let body = r#"{"message":"The upstream server is currently unavailable"}"#;
        head.contains("/auth/v1/")
            .then(|| json("503 Service Unavailable", body))
    })
    .await;
    let phone = Phone::with_key(reverse_proxy.url(), project.anon_key());
    let report = phone.client().diagnose().await;
    first_broken(
        &report,
        Layer::Services,
        "auth service",
        "Start the auth service",
    );
}
