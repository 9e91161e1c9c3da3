//! Errors: what happened, in the words that stand in a log too, and what a person can do about it.

sentences! {
    // What happened: no capital letter, no full stop.
    config(field, reason):
        "the setting `{field}` cannot be used: {reason}", "die Einstellung `{field}` ist nicht brauchbar: {reason}";
    signed_out(): "nobody is signed in", "niemand ist angemeldet";
    auth(reason): "the auth service refused: {reason}", "der Anmeldedienst hat abgelehnt: {reason}";
    offline(): "the server cannot be reached", "der Server ist nicht erreichbar";
    timeout(service): "no answer in time from {service}", "keine rechtzeitige Antwort: {service}";
    server(service, status): "{service} answered {status}", "{service} hat mit {status} geantwortet";
    protocol(service, reason):
        "the answer of {service} was not understood: {reason}",
        "die Antwort war nicht zu verstehen ({service}): {reason}";
    denied(reason): "not allowed: {reason}", "nicht erlaubt: {reason}";
    not_allowed(): "not allowed", "nicht erlaubt";
    hand_over(bands):
        "the only admin of bands with other members: {bands}",
        "du bist der einzige Admin von Bands mit anderen Mitgliedern: {bands}";
    not_found(what): "there is no such {what}", "nicht gefunden: {what}";
    gone(): "the row is not there any more", "der Eintrag ist nicht mehr da";
    please_enter_a(name): "please enter a {name}", "gib {name} ein";
    please_enter_an(name): "please enter an {name}", "gib {name} ein";
    input_is(name, reason): "the {name} {reason}", "{name}: {reason}";
    bad_input(name, reason): "the {name} cannot be used: {reason}", "{name}: {reason}";
    unknown_column(column): "there is no column `{column}`", "es gibt keine Spalte `{column}`";
    storage(failure):
        "the local database cannot be used: {failure}", "die Daten auf diesem Gerät sind nicht benutzbar: {failure}";
    secrets(step):
        "the secret store failed to {step}", "der Schlüsselspeicher dieses Geräts kann das gerade nicht: {step}";
    closed(): "the client is shut down", "die App ist beendet";
    internal(place): "internal fault in {place}", "interner Fehler ({place})";

    gateway(): "gateway", "Gateway";
    auth_service(): "auth", "Anmeldedienst";
    rest_service(): "rest", "Datendienst";
    realtime_service(): "realtime", "Echtzeitdienst";
    database_service(): "database", "Datenbank";

    // What is wrong with the local database.
    disk_full(): "the disk is full", "der Speicher ist voll";
    unreadable(): "it cannot be read or written", "sie lassen sich nicht lesen oder schreiben";
    newer(): "a newer version of the program wrote it", "eine neuere Version der App hat sie geschrieben";
    damaged(): "it is damaged", "sie sind beschädigt";
    locked(): "another program holds it", "ein anderes Programm benutzt sie gerade";
    sqlite(code): "SQLite reports {code}", "SQLite meldet {code}";

    // What to do.
    correct_setting(): "Correct the setting and start again.", "Korrigiere die Einstellung und starte neu.";
    sign_in():
        "Sign in; everything on this phone can still be read.",
        "Melde dich an; alles auf diesem Handy lässt sich weiter lesen.";
    work_offline():
        "Go on working; changes are sent when there is a network.",
        "Arbeite weiter; Änderungen werden gesendet, sobald es Netz gibt.";
    work_on():
        "Go on working; it is tried again by itself. If it lasts, ask the doctor.",
        "Arbeite weiter; es wird von selbst noch einmal versucht. Wenn es dabei bleibt, starte die Diagnose.";
    in_between():
        "Something between this phone and the server answers in its place. Ask the doctor.",
        "Etwas zwischen diesem Handy und dem Server antwortet an seiner Stelle. Starte die Diagnose.";
    hand_over_first():
        "Make somebody else an admin of each of these bands, or delete the band, then try again.",
        "Mach in jeder dieser Bands jemand anderen zum Admin oder lösch die Band, und versuch es noch einmal.";
    look_again():
        "It may have been deleted; look at the list again.",
        "Vielleicht wurde es gelöscht; sieh noch einmal in die Liste.";
    copy_or_restore():
        "It was deleted meanwhile. Copy what you typed, or bring it back first.",
        "Es wurde inzwischen gelöscht. Kopiere deinen Text oder hol es zuerst zurück.";
    nothing_saved(): "Nothing was saved.", "Es wurde nichts gespeichert.";
    correct_value(): "Correct the value and save again.", "Korrigiere den Wert und speichere noch einmal.";
    update_app():
        "Nothing was saved. Update the app, or tell its makers.",
        "Es wurde nichts gespeichert. Aktualisiere die App oder sag es denen, die sie machen.";
    free_space():
        "Free some space on this device, then save again.",
        "Schaff etwas Platz auf diesem Gerät und speichere noch einmal.";
    data_directory():
        "It may not use the folder of its data. Restart this device, or give it another folder.",
        "Sie darf den Ordner mit ihren Daten nicht benutzen. Starte dieses Gerät neu oder gib ihr einen anderen Ordner.";
    update_program():
        "Update the program; the data was written by a newer version.",
        "Aktualisiere die App; die Daten stammen von einer neueren Version.";
    damaged_kept():
        "The damaged file was kept beside the new one; data comes back by itself when online.",
        "Die beschädigte Datei wurde neben der neuen aufgehoben; die Daten kommen online von selbst zurück.";
    close_other():
        "Close the other program that uses these data.",
        "Schließ das andere Programm, das diese Daten benutzt.";
    check_storage():
        "Check that this device's storage works and has space left, then save again.",
        "Prüf, ob der Speicher dieses Geräts funktioniert und Platz hat, und speichere noch einmal.";
    try_or_report():
        "Try again; if it lasts, send the doctor's report to the developers.",
        "Versuch es noch einmal; wenn es dabei bleibt, schick den Bericht der Diagnose an die Entwickler.";
    unlock():
        "Unlock the phone and try again; if it lasts, start the app again.",
        "Entsperr das Handy und versuch es noch einmal; wenn es dabei bleibt, starte die App neu.";
    open_again(): "Open the client again.", "Öffne die App noch einmal.";
    report():
        "Send the doctor's report to the developers.", "Schick den Bericht der Diagnose an die Entwickler.";
}
