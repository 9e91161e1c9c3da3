//! The constants that errors carry: what is wrong with a value, what was looked for, which step failed. They travel in
//! English, as they stand in logs; a person reads them here in their language.
//!
//! Invariant: every constant that the core or a binding puts into such an error is in the table; a test reads the sources.

use super::Language;

macro_rules! reasons {
    ($($english:literal => $german:literal,)*) => {
        /// English and German.
        pub(crate) const REASONS: &[(&str, &str)] = &[$(($english, $german)),*];
    };
}

reasons! {
    // Values.
    "it is empty" => "fehlt",
    "it is missing" => "fehlt",
    "it cannot be edited" => "lässt sich nicht ändern",
    "it is nested too deeply" => "ist zu tief verschachtelt",
    "a number in it is too large" => "eine Zahl darin ist zu groß",
    "it has the wrong type" => "hat die falsche Form",
    "it is no date" => "ist kein Datum",
    "it is out of range" => "liegt außerhalb des Erlaubten",
    "it is longer than 256 kB" => "ist länger als 256 kB",
    "it is longer than 10,000 characters" => "ist länger als 10.000 Zeichen",
    "it is longer than 80 characters" => "ist länger als 80 Zeichen",
    "it is larger than 256 kB" => "ist größer als 256 kB",
    "it contains a character that nobody can see" => "enthält ein unsichtbares Zeichen",
    "this name is reserved" => "dieser Name ist vergeben",
    "it is infinite or no number" => "ist unendlich oder keine Zahl",
    "it is no time such as 17:30" => "ist keine Uhrzeit wie 17:30",
    "not a UUID" => "ist keine gültige Kennung",
    "unknown kind" => "unbekannte Art",
    "it belongs to a band" => "gehört zu einer Band",
    "it belongs to another band" => "gehört zu einer anderen Band",
    "it is made by a function of the server" => "wird vom Server angelegt",
    "the row exists already" => "gibt es schon",
    "there is no third way" => "etwas Drittes gibt es nicht",
    "this version does not know it" => "diese Version kennt das nicht",
    "it is too long for a phone; change it in the web app" => "ist zu lang für ein Handy; ändere es in der Web-App",
    "it cannot be read by a phone; change it in the web app" => "ist für ein Handy nicht lesbar; ändere es in der Web-App",
    "the nil id means every row" => "die leere Kennung meint alle Zeilen",
    "the server keeps this column" => "das verwaltet der Server",
    "rows of this kind are not edited" => "Einträge dieser Art werden nicht geändert",
    "bands are created and deleted by the server" => "Bands legt der Server an und löscht sie",
    "it is not from 1 to 1,440 minutes long" => "dauert nicht 1 bis 1.440 Minuten",
    "it is in the setlist already" => "steht schon in der Setlist",
    "it is no break" => "ist keine Pause",
    "it is no list" => "ist keine Liste",
    "it is no section" => "ist kein Abschnitt",
    "it is a section, without notes" => "ist ein Abschnitt, ohne Notizen",
    "it was made by a newer version of the app" => "stammt von einer neueren Version der App",
    "it holds half of a surrogate pair" => "enthält ein halbes Zeichen",
    "it is not from 0 to 65535" => "liegt nicht zwischen 0 und 65535",

    // Files.
    "it is larger than 5 MB, or 20 MB altogether" => "ist größer als 5 MB, oder alle zusammen 20 MB",
    "more than 10,000 songs at once; split it" => "mehr als 10.000 Songs auf einmal; teile sie",
    "more than 2,000 files at once" => "mehr als 2.000 Dateien auf einmal",
    "the table has more than 1,000 columns" => "die Tabelle hat mehr als 1.000 Spalten",
    "it is not text" => "ist kein Text",
    "it is neither a song list nor a chart" => "ist weder eine Songliste noch ein Chart",
    "its header names no column `title`" => "in der Kopfzeile fehlt eine Spalte `Titel`",
    "a quoted value never ends" => "ein Wert in Anführungszeichen hört nicht auf",

    // Settings.
    "it has no scheme; write https://..." => "ohne Schema; schreib https://...",
    "it has no host" => "ohne Rechnernamen",
    "its port is not a number up to 65535" => "der Port ist keine Zahl bis 65535",
    "it is not an address" => "ist keine Adresse",
    "it holds a name or password" => "enthält einen Namen oder ein Passwort",
    "it has a path; give the project's address only" => "hat einen Pfad; gib nur die Adresse des Projekts an",
    "plain http is for this machine only; write https://..." => "http ohne s geht nur auf diesem Gerät; schreib https://...",
    "its scheme is not http or https" => "das Schema ist nicht http oder https",
    "it is a secret key; a phone gets the anon or publishable key only" =>
        "ist ein geheimer Schlüssel; ein Handy bekommt nur den anon- oder publishable-Schlüssel",
    "it is the service key; a phone gets the anon or publishable key only" =>
        "ist der Service-Schlüssel; ein Handy bekommt nur den anon- oder publishable-Schlüssel",
    "it is neither a JWT nor a publishable key" => "ist weder ein JWT noch ein publishable-Schlüssel",
    "it holds a character that no key has" => "enthält ein Zeichen, das kein Schlüssel hat",
    "it is not PEM text" => "ist kein PEM-Text",
    "it holds no certificate" => "enthält kein Zertifikat",
    "it holds a certificate that cannot be read" => "enthält ein unlesbares Zertifikat",
    "no Supabase project answers at this address" => "unter dieser Adresse antwortet kein Supabase-Projekt",
    "the server does not accept this key" => "der Server nimmt diesen Schlüssel nicht an",
    "the database belongs to another user" => "die Datenbank gehört jemand anderem",

    // Answers.
    "it is larger than 5 MB" => "sie ist größer als 5 MB",
    "a redirect instead of an answer" => "eine Weiterleitung statt einer Antwort",
    "a web page instead of an answer" => "eine Webseite statt einer Antwort",
    "it has another shape than expected" => "sie hat eine andere Form als erwartet",
    "it is of another user" => "sie ist für jemand anderen",
    "its compression is damaged" => "ihre Kompression ist beschädigt",
    "the TLS handshake failed" => "die sichere Verbindung (TLS) kam nicht zustande",
    "it was cut off" => "sie brach ab",
    "its access token cannot be read" => "ihr Zugangstoken ist nicht lesbar",
    "its access token is of another user" => "ihr Zugangstoken gehört jemand anderem",
    "its refresh token cannot be used" => "ihr Erneuerungstoken ist nicht brauchbar",
    "it does not say how long it lasts" => "sie sagt nicht, wie lange sie gilt",

    // What was looked for; which step.
    "conflict" => "Konflikt",
    "edit" => "Änderung",
    "gig" => "Auftritt",
    "show" => "Auftritt",
    "practice" => "Probe",
    "item" => "Eintrag",
    "row" => "Eintrag",
    "setlist" => "Setlist",
    "song" => "Song",
    "read" => "lesen",
    "write" => "schreiben",
    "delete" => "löschen",
}

/// A constant of an error in a language. What is a programmer's alone stays as it is.
pub(crate) fn reason(language: Language, english: &'static str) -> &'static str {
    let known = || REASONS.iter().find(|(known, _)| *known == english);
    match language {
        Language::English => english,
        Language::German => known().map_or(english, |(_, german)| german),
    }
}
