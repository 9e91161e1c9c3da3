//! The doctor's checks: what each looks at, what it saw, and what to do. What an administrator must do is said to one.

sentences! {
    // Services.
    gateway(): "gateway", "Gateway";
    auth_service(): "auth service", "Anmeldedienst";
    rest_service(): "rest service", "Datendienst";
    database(): "database", "Datenbank";
    realtime_service(): "realtime service", "Echtzeitdienst";
    start():
        "The server is down. Tell whoever runs it. (Administrator: `supabase start`; for development, `rockon stack`.)",
        "Der Server läuft nicht. Sag es der Person, die ihn betreibt. (Admin: `supabase start`; zum Entwickeln `rockon stack`.)";
    edge():
        "The provider's edge does not reach the project: look whether it is paused, and at the provider's status page.",
        "Der Anbieter erreicht das Projekt nicht: Sieh nach, ob es pausiert ist, und auf die Statusseite des Anbieters.";
    answers(): "it answers", "antwortet";
    answers_with(seen): "it answers: {seen}", "antwortet: {seen}";
    start_auth(): "Start the auth service (GoTrue).", "Starte den Anmeldedienst (GoTrue).";
    start_rest(): "Start the rest service (PostgREST).", "Starte den Datendienst (PostgREST).";
    start_realtime(): "Start the realtime service.", "Starte den Echtzeitdienst.";
    start_database():
        "Start PostgreSQL, or wait until it has started.", "Starte PostgreSQL oder warte, bis es gestartet ist.";
    database_busy():
        "The database is out of connections: look for what holds them, or allow more.",
        "Der Datenbank sind die Verbindungen ausgegangen: Sieh nach, wer sie hält, oder erlaube mehr.";
    unknown_service():
        "The gateway is up but does not know this service: check the project's address and the gateway's routes.",
        "Das Gateway läuft, kennt aber diesen Dienst nicht: Prüf die Adresse des Projekts und die Routen des Gateways.";
    no_socket(seen): "no socket opens: {seen}", "keine Verbindung öffnet sich: {seen}";
    no_socket_fix():
        "Realtime runs but opens no socket: look at its log, and whether it reaches its database.",
        "Der Echtzeitdienst läuft, öffnet aber keine Verbindung: Sieh in sein Protokoll und ob er seine Datenbank erreicht.";
    no_socket_now(seen): "no socket opens now: {seen}", "gerade öffnet sich keine Verbindung: {seen}";
    no_socket_now_fix():
        "Realtime has as many users or joins as it allows. It is tried again by itself; if it lasts, raise its limits.",
        "Der Echtzeitdienst hat so viele Nutzer, wie er erlaubt. Es wird von selbst noch einmal versucht; wenn es dabei bleibt, heb seine Grenzen an.";

    // Network.
    way(): "way to the server", "Weg zum Server";
    check_address():
        "Check the project's address and that this phone is online.",
        "Prüf die Adresse des Projekts und ob dieses Handy online ist.";
    check_online():
        "Check that this phone is online; a firewall may be in the way.",
        "Prüf, ob dieses Handy online ist; vielleicht ist eine Firewall im Weg.";
    tls_broken():
        "Something between this phone and the server breaks TLS, or the date of the phone is wrong.",
        "Etwas zwischen diesem Handy und dem Server stört die sichere Verbindung (TLS), oder das Datum des Handys stimmt nicht.";
    other_network():
        "The connection breaks off: try another network.", "Die Verbindung bricht ab: Versuch ein anderes Netz.";
    portal(): "no proxy or login page in between", "kein Proxy und keine Anmeldeseite dazwischen";
    portal_fix():
        "A sign-in page or proxy answers instead of the server: open a web page on this phone, or use another network.",
        "Eine Anmeldeseite oder ein Proxy antwortet statt des Servers: Öffne eine Webseite auf diesem Handy oder nimm ein anderes Netz.";
    sockets(): "web sockets pass", "WebSockets kommen durch";
    sockets_swallowed(seen):
        "requests pass, the upgrade to a web socket does not: {seen}",
        "Anfragen kommen durch, der Wechsel zum WebSocket nicht: {seen}";
    sockets_swallowed_fix():
        "This network blocks web sockets; changes still come, a little later. Try another network.",
        "Dieses Netz sperrt WebSockets; Änderungen kommen trotzdem, etwas später. Versuch ein anderes Netz.";
    sockets_silent():
        "requests pass, the upgrade to a web socket is not answered",
        "Anfragen kommen durch, der Wechsel zum WebSocket bleibt ohne Antwort";
    sockets_silent_fix():
        "Try another network; if it stays, realtime hangs: tell whoever runs the server.",
        "Versuch ein anderes Netz; wenn es dabei bleibt, hängt der Echtzeitdienst: Sag es der Person, die den Server betreibt.";
    clock(): "clock", "Uhr";
    clock_fix():
        "Set this device's date and time to automatic.", "Stell Datum und Uhrzeit dieses Geräts auf automatisch.";
    clock_right(): "The clock of this device is right", "Die Uhr dieses Geräts geht richtig";
    clock_ahead(amount): "The clock of this device is {amount} ahead", "Die Uhr dieses Geräts geht {amount} vor";
    clock_behind(amount): "The clock of this device is {amount} behind", "Die Uhr dieses Geräts geht {amount} nach";
    days(count): ["{count} days", "{count} days"], ["{count} Tage", "{count} Tage"];
    hours(count): ["{count} h", "{count} h"], ["{count} Std.", "{count} Std."];

    // Key, token, session.
    api_key(): "API key", "API-Schlüssel";
    api_key_fix():
        "Copy the project's anon (or publishable) key again; it belongs to this address.",
        "Kopiere den anon-Schlüssel (oder publishable) des Projekts noch einmal; er gehört zu dieser Adresse.";
    session(): "session", "Anmeldung";
    signed_out(): "nobody is signed in", "niemand ist angemeldet";
    short_tokens(seconds): "its tokens last {seconds} s", "ihre Tokens gelten {seconds} s";
    short_tokens_fix():
        "Let access tokens last for an hour (auth settings, JWT expiry): such short ones are renewed all the time.",
        "Lass Zugangstokens eine Stunde gelten (Einstellungen des Anmeldedienstes, JWT expiry): So kurze werden ständig erneuert.";
    refresh_waits():
        "the last refresh failed; it is tried again",
        "die letzte Erneuerung ist misslungen; sie wird noch einmal versucht";
    server_view(): "the server knows the session", "der Server kennt die Anmeldung";
    rest_token(): "rest accepts the token", "der Datendienst nimmt das Token an";
    token_not_valid():
        "The token is not valid now: sign in again; if it stays, the clocks of the server's parts differ.",
        "Das Token gilt jetzt nicht: Melde dich neu an; wenn es dabei bleibt, gehen die Uhren im Server verschieden.";
    rest_secret():
        "Rest has another JWT secret than auth: give all services the same one.",
        "Der Datendienst hat ein anderes JWT-Geheimnis als der Anmeldedienst: Gib allen Diensten dasselbe.";
    realtime_key(): "realtime accepts the key", "der Echtzeitdienst nimmt den Schlüssel an";
    realtime_tenant():
        "Realtime does not know this project under this host name: check its tenant's name.",
        "Der Echtzeitdienst kennt dieses Projekt unter diesem Rechnernamen nicht: Prüf den Namen seines Tenants.";
    realtime_secret():
        "Realtime has another JWT secret than the rest of the project: give all services the same one.",
        "Der Echtzeitdienst hat ein anderes JWT-Geheimnis als das übrige Projekt: Gib allen Diensten dasselbe.";
    realtime_refuses():
        "Realtime refuses the key: check the key, and realtime's JWT secret.",
        "Der Echtzeitdienst lehnt den Schlüssel ab: Prüf den Schlüssel und das JWT-Geheimnis des Dienstes.";

    // Schema, rules, hints.
    schema(): "schema and functions", "Schema und Funktionen";
    version(found): "version {found}", "Version {found}";
    version_needed(found, needed): "version {found}, needed {needed}", "Version {found}, nötig ist {needed}";
    newest_migrations():
        "Apply the newest migrations of `supabase/migrations` to the project.",
        "Spiel die neuesten Migrationen aus `supabase/migrations` ins Projekt ein.";
    migrations_missing():
        "The sync migrations are missing: apply `supabase/migrations` to the project.",
        "Die Migrationen für den Abgleich fehlen: Spiel `supabase/migrations` ins Projekt ein.";
    grants_missing():
        "The grants are missing: apply `supabase/migrations` to the project.",
        "Die Rechte fehlen: Spiel `supabase/migrations` ins Projekt ein.";
    look_up_code():
        "Look at the database's log for this error code.", "Such diesen Fehlercode im Protokoll der Datenbank.";
    policies(): "access rules", "Zugriffsregeln";
    own_policies():
        "a web app's own policies are in force", "die eigenen Regeln einer Web-App gelten";
    own_policies_fix():
        "Apply the optional hardening: with these policies anyone can make himself a member of a band.",
        "Spiel die zusätzlichen strengen Regeln ein: Mit diesen hier kann sich jeder selbst in eine Band aufnehmen.";
    rows(): "every row has a scope", "jede Zeile gehört zu einer Band";
    orphans(count): ["{count} rows do not sync", "{count} rows do not sync"],
        ["{count} Zeile wird nicht abgeglichen", "{count} Zeilen werden nicht abgeglichen"];
    orphans_fix():
        "Mend the rows named by the audit query `sync.audit`.",
        "Repariere die Zeilen, die die Abfrage `sync.audit` nennt.";
    hints(): "hints", "Hinweise";
    publish():
        "Add `sync_head` to the publication `supabase_realtime`.",
        "Nimm `sync_head` in die Publikation `supabase_realtime` auf.";
    migrate():
        "Apply `supabase/migrations`: the policy on `realtime.messages`, or the function `realtime.send`, is missing. Changes come all the same, a little later.",
        "Spiel `supabase/migrations` ein: Die Regel auf `realtime.messages` oder die Funktion `realtime.send` fehlt. Änderungen kommen trotzdem, etwas später.";
    silent():
        "Channels open, but realtime sends nothing: look at its log, at `wal_level = logical` and at free replication slots. Updates may be delayed.",
        "Kanäle öffnen sich, aber der Echtzeitdienst sendet nichts: Sieh in sein Protokoll, auf `wal_level = logical` und auf freie Replikations-Slots. Neues kommt vielleicht verspätet.";
    changes_without_hint():
        "channels are open, but changes came without a hint", "Kanäle sind offen, aber Änderungen kamen ohne Hinweis";
    join_refused(): "the join was refused", "der Beitritt zum Kanal wurde abgelehnt";
    join_refused_fix():
        "The policy on `realtime.messages` is missing: apply `supabase/migrations`.",
        "Die Regel auf `realtime.messages` fehlt: Spiel `supabase/migrations` ein.";
    joins_fail():
        "joins fail; they are tried again", "Beitritte zu Kanälen misslingen; sie werden noch einmal versucht";
    joins_fail_fix():
        "Changes still come, a little later; if this lasts, look at realtime's log.",
        "Änderungen kommen trotzdem, etwas später; wenn es dabei bleibt, sieh ins Protokoll des Echtzeitdienstes.";
    not_published(): "`sync_head` is not published", "`sync_head` ist nicht in der Publikation";
    feed_not_started():
        "joined, but the change feed does not start", "beigetreten, aber der Strom der Änderungen beginnt nicht";
    feed_not_started_fix():
        "Check `wal_level = logical`, free replication slots and realtime's database connection.",
        "Prüf `wal_level = logical`, freie Replikations-Slots und die Datenbankverbindung des Echtzeitdienstes.";
    connecting(seconds): "still connecting after {seconds} s", "nach {seconds} s noch nicht verbunden";
    by_broadcast(): "by broadcast", "über Broadcast";
    by_changes(): "by changes of sync_head", "über Änderungen von sync_head";
    hint_lost(transport, seconds):
        "{transport}, but a hint that was asked for did not come in {seconds} s",
        "{transport}, aber ein erbetener Hinweis kam in {seconds} s nicht an";
    hint_not_published(transport): "{transport}; `sync_head` is not published", "{transport}; `sync_head` ist nicht in der Publikation";
    cannot_broadcast(transport):
        "{transport}; the database cannot broadcast", "{transport}; die Datenbank kann keinen Broadcast senden";
    broadcast_not_taken(transport):
        "{transport}; broadcast is set up but was not taken",
        "{transport}; Broadcast ist eingerichtet, wurde aber nicht benutzt";
    broadcast_not_taken_fix():
        "Look at realtime's log: it refuses private channels, or sends nothing on them.",
        "Sieh ins Protokoll des Echtzeitdienstes: Er lehnt private Kanäle ab oder sendet nichts darauf.";
    no_hint_asked(transport):
        "{transport}; no hint could be asked for", "{transport}; es ließ sich kein Hinweis erbitten";

    // Data on the server and here.
    data(): "reading the data", "Daten lesen";
    no_scope():
        "Update this program. If it stays, a value in this scope's tables cannot be read: correct it in the database.",
        "Aktualisiere die App. Wenn es dabei bleibt, ist ein Wert dieser Band nicht zu lesen: Korrigiere ihn in der Datenbank.";
    no_row():
        "Update this program. If it stays, correct these rows in the database; everything else is here.",
        "Aktualisiere die App. Wenn es dabei bleibt, korrigiere diese Zeilen in der Datenbank; alles andere ist hier.";
    no_value():
        "No phone can read these values: correct them in the web app or in the database. Everything else is here.",
        "Diese Werte kann kein Handy lesen: Korrigiere sie in der Web-App oder in der Datenbank. Alles andere ist hier.";
    rows_of(rows, scopes): "{rows} rows of {scopes} scopes", "{rows} Zeilen aus {scopes} Bereichen";
    rows_so_far(rows, scopes):
        "{rows} rows of {scopes} scopes, as far as the doctor looks",
        "{rows} Zeilen aus {scopes} Bereichen, soweit die Diagnose schaut";
    scope_failed(scope, code): "scope {scope}: {code}", "Bereich {scope}: {code}";
    scopes_failed(code): "the list of scopes: {code}", "die Liste der Bereiche: {code}";
    row_in(kind, id, scope): "{kind} {id} in scope {scope}", "{kind} {id} im Bereich {scope}";
    columns_in(kind, id, scope, columns):
        "{kind} {id} in scope {scope} ({columns})", "{kind} {id} im Bereich {scope} ({columns})";
    and_more(shown, more): "{shown}; and {more} more", "{shown}; und {more} weitere";
    local(): "local database", "Daten auf diesem Gerät";
    quarantined(): "a damaged file was quarantined", "eine beschädigte Datei wurde beiseitegelegt";
    queue(): "unsent edits", "nicht gesendete Änderungen";
    queue_is(unsent, oldest, refused):
        "{unsent} waiting, oldest {oldest} s, {refused} refused",
        "{unsent} warten, älteste {oldest} s, {refused} abgelehnt";
    queue_old_fix():
        "They are sent by themselves; if this lasts, keep the app open once.",
        "Sie werden von selbst gesendet; wenn es dabei bleibt, lass die App einmal offen.";
    queue_refused_fix():
        "Try the refused edits again or discard them.", "Versuch die abgelehnten Änderungen noch einmal oder verwirf sie.";
}
