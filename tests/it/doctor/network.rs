//! Rung 2: what lies between.

use rockon_core::doctor::{CheckStatus, Layer};
use rockon_local_stack::{Outage, Service};
use rockon_tests::phone::Phone;
use rockon_tests::project;
use rockon_tests::reverse_proxy::{ReverseProxy, answer};
use rockon_tests::scripted::{Reply, ScriptedServer};

use super::{find, first_broken, warned};

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_host_is_the_network() {
    let phone = Phone::with_key("https://project.invalid", "a.b.c");
    let report = phone.client().diagnose().await;
    first_broken(&report, Layer::Network, "way to the server", "address");
    assert_eq!(
        find(&report, "gateway").status,
        CheckStatus::NotJudged,
        "{report}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_never_answers_is_the_network() {
    let silent = ScriptedServer::start(|_| Reply::Silence).await;
    let phone = Phone::with_key(silent.url(), "a.b.c");
    let report = phone.client().diagnose().await;
    first_broken(&report, Layer::Network, "way to the server", "firewall");
    let cut = ScriptedServer::start(|_| Reply::Wire(Vec::new())).await;
    let phone = Phone::with_key(cut.url(), "a.b.c");
    let report = phone.client().diagnose().await;
    first_broken(&report, Layer::Network, "way to the server", "breaks off");
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_tls_is_the_network() {
    let project = project().await;
    let way = |report: &_| first_broken(report, Layer::Network, "way to the server", "TLS");
    // A server that speaks plain HTTP there.
    let plain = project.url().replace("http://", "https://");
    let phone = Phone::with_key(&plain, project.anon_key());
    way(&phone.client().diagnose().await);
    // A certificate of an authority that is not trusted.
    let reverse_proxy = ReverseProxy::tls(project.url(), "127.0.0.1").await;
    let phone = Phone::with_key(reverse_proxy.url(), project.anon_key());
    way(&phone.client().diagnose().await);
    // A trusted one for another host.
    let reverse_proxy = ReverseProxy::tls(project.url(), "other.example").await;
    let phone = Phone::with_roots(
        reverse_proxy.url(),
        project.anon_key(),
        &reverse_proxy.authority,
    );
    way(&phone.client().diagnose().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_page_is_the_network() {
    let project = project().await;
    let html = "content-type: text/html\r\n";
    let page = answer("200 OK", html, "<!doctype html><title>Hotel</title>");
    let elsewhere = answer("302 Found", "location: http://127.0.0.1:1/login\r\n", "");
    for page in [page, elsewhere] {
        let reverse_proxy = ReverseProxy::plain(project.url(), move |_| Some(page.clone())).await;
        let phone = Phone::with_key(reverse_proxy.url(), project.anon_key());
        let report = phone.client().diagnose().await;
        first_broken(
            &report,
            Layer::Network,
            "no proxy or login page in between",
            "sign-in page",
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_without_web_sockets_is_told_from_a_stopped_service() {
    let project = project().await;
    let refusal = answer("403 Forbidden", "content-type: text/html\r\n", "<html>");
    let reverse_proxy = ReverseProxy::plain(project.url(), move |head| {
        head.contains("\r\nupgrade:").then(|| refusal.clone())
    })
    .await;
    let phone = Phone::with_key(reverse_proxy.url(), project.anon_key());
    let report = phone.client().diagnose().await;
    first_broken(
        &report,
        Layer::Network,
        "web sockets pass",
        "another network",
    );
    // The control: without the proxy it passes, and a stopped service is the service.
    let phone = Phone::with_key(project.url(), project.anon_key());
    let report = phone.client().diagnose().await;
    assert_eq!(find(&report, "web sockets pass").status, CheckStatus::Fine);
    project.faults().stop(Service::Realtime, Outage::Crashed);
    let report = phone.client().diagnose().await;
    first_broken(&report, Layer::Services, "realtime service", "realtime");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_clock_is_measured_warned_of_and_named() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    for (offset_s, words) in [
        (-7_200, "is 2 h ahead"),
        (-90, " ahead"),
        (90, " behind"),
        (7_200, "is 2 h behind"),
    ] {
        project.clock().set_offset_ms(offset_s * 1_000);
        let report = eric.client().diagnose().await;
        first_broken(&report, Layer::Network, "clock", "automatic");
        let evidence = &find(&report, "clock").evidence;
        assert!(evidence.ends_with(words), "{offset_s}: {evidence}");
    }
    project.clock().set_offset_ms(-45_000);
    let phone = Phone::new(&project);
    warned(&phone.client().diagnose().await, "clock", "automatic");
}
