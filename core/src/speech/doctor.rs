//! The doctor's report: the verdict, the layers, and what was seen of an answer.

sentences! {
    services(): "services", "Dienste";
    network(): "network", "Netz";
    auth(): "auth", "Konto";
    app(): "app", "App";

    fine(): "ok  ", "ok  ";
    warning(): "warn", "!   ";
    broken(): "FAIL", "FEHL";
    not_judged(): "-   ", "-   ";

    first_broken(name, fix): "Broken: {name}. {fix}", "Kaputt: {name}. {fix}";
    first_warning(name, fix): "It works. Look at: {name}. {fix}", "Es geht. Sieh dir an: {name}. {fix}";
    all_well(): "All is well.", "Alles in Ordnung.";
    nothing_broken(): "Nothing broken was found.", "Nichts Kaputtes gefunden.";
    nothing_seen(): "Nothing could be looked at.", "Es ließ sich nichts prüfen.";
    not_made(count):
        ["{count} check could not be made.", "{count} checks could not be made."],
        ["{count} Prüfung war nicht möglich.", "{count} Prüfungen waren nicht möglich."];

    not_tried(): "not tried", "nicht versucht";
    no_such_host(): "the host name is unknown", "der Rechnername ist unbekannt";
    refused(): "connection refused", "Verbindung abgelehnt";
    timed_out(): "no answer in time", "keine rechtzeitige Antwort";
    tls_failed(): "the TLS handshake failed", "die sichere Verbindung (TLS) kam nicht zustande";
    cut_off(): "the connection broke off", "die Verbindung brach ab";
    from_gateway(status): "{status} from the gateway", "{status} vom Gateway";
    from_gateway_with(status, text): "{status} from the gateway: {text}", "{status} vom Gateway: {text}";
    from_auth(status, code): "{status} from auth: {code}", "{status} vom Anmeldedienst: {code}";
    from_rest(status, code): "{status} from rest: {code}", "{status} vom Datendienst: {code}";
    from_realtime(status): "{status} from realtime", "{status} vom Echtzeitdienst";
    from_realtime_with(status, text): "{status} from realtime: {text}", "{status} vom Echtzeitdienst: {text}";
    web_page(status): "{status} with a web page", "{status} mit einer Webseite";
}
