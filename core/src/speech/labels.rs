//! What people call the fields of rows, and what else a form or a call names.

use super::{Language, notices};

/// A name: in English bare, in German with its article in the accusative.
#[derive(Debug)]
pub(crate) struct Label {
    pub(crate) column: &'static str,
    english: &'static str,
    german: &'static str,
}

/// The label of each column, of whatever kind, and of parts of calls.
macro_rules! labels {
    ($($column:literal: $english:literal, $german:literal;)*) => {
        pub(crate) const LABELS: &[Label] =
            &[$(Label { column: $column, english: $english, german: $german }),*];
    };
}

labels! {
    "artist": "artist", "den Interpreten";
    "attendees": "attendees", "die Teilnehmer";
    "band_id": "band_id", "die Band";
    "capo": "capo", "den Kapo";
    "chords_url": "link to the chords", "den Link zu den Akkorden";
    "completed_objectives": "finished goals", "die erreichten Ziele";
    "confidence_level": "confidence", "die Sicherheit";
    "contacts": "contacts", "die Kontakte";
    "context_id": "context_id", "die Zuordnung";
    "context_type": "context_type", "die Art der Zuordnung";
    "created_by": "created_by", "den Urheber";
    "created_date": "created_date", "das Datum der Anlage";
    "description": "description", "die Beschreibung";
    "difficulty": "difficulty", "die Schwierigkeit";
    "duration": "duration", "die Länge";
    "end_time": "end", "das Ende";
    "genre": "genre", "das Genre";
    "gig_type": "kind of gig", "die Art des Auftritts";
    "guitar_tuning": "tuning", "die Stimmung";
    "items": "contents", "den Inhalt";
    "joined_date": "joined_date", "das Beitrittsdatum";
    "joined_rev": "joined_rev", "den Beitrittsstand";
    "key": "key", "die Tonart";
    "last_modified": "last_modified", "die letzte Änderung";
    "last_practiced": "day of last practice", "den Tag der letzten Probe";
    "load_in_time": "load-in", "den Aufbau";
    "location": "location", "den Ort";
    "lyrics_url": "link to the lyrics", "den Link zum Text";
    "mark_scope": "mark_scope", "den Bereich der Marke";
    "member_name": "member_name", "den Namen des Mitglieds";
    "name": "name", "den Namen";
    "notes": "notes", "die Notizen";
    "objectives": "goals", "die Ziele";
    "payment": "payment", "die Gage";
    "recording_url": "link to the recording", "den Link zur Aufnahme";
    "reference_links": "links", "die Links";
    "rev": "rev", "den Stand";
    "role": "role", "die Rolle";
    "row_id": "row_id", "die Zeile";
    "row_kind": "row_kind", "die Art der Zeile";
    "scheduled_date": "date", "das Datum";
    "seen_rev": "seen_rev", "den gesehenen Stand";
    "session_rating": "rating", "die Bewertung";
    "set_time": "set time", "den Beginn des Sets";
    "setlist_id": "setlist", "die Setlist";
    "settings": "settings", "die Einstellungen";
    "share_seen": "share_seen", "die Freigabe des Gesehenen";
    "show_id": "show", "den Auftritt";
    "song_group_id": "group", "die Gruppe";
    "songs": "songs", "die Songs";
    "soundcheck_time": "soundcheck", "den Soundcheck";
    "source_setlist_id": "source", "die Vorlage";
    "start_time": "start", "den Beginn";
    "status": "status", "den Status";
    "tags": "tags", "die Schlagwörter";
    "tempo": "tempo", "das Tempo";
    "time_signature": "time signature", "die Taktart";
    "title": "title", "den Titel";
    "type": "type", "die Art";
    "updated_date": "updated_date", "das Datum der Änderung";
    "user_id": "user_id", "die Person";
    "venue": "venue", "den Veranstaltungsort";
    "version": "version", "die Version";
    "visibility": "visibility", "die Sichtbarkeit";
    "wrapup_notes": "wrap-up notes", "die Notizen zum Abschluss";

    // Not columns: what else an error names.
    "break": "break", "die Pause";
    "choice": "choice", "die Wahl";
    "code": "code", "den Code";
    "email": "email", "die E-Mail-Adresse";
    "file": "file", "die Datei";
    "id": "id", "die Kennung";
    "item": "item", "den Eintrag";
    "kind": "kind", "die Art";
    "number": "number", "die Zahl";
    "password": "password", "das Passwort";
    "scope": "scope", "die Band";
    "section": "section", "den Abschnitt";
    "song": "song", "den Song";
    "text": "text", "den Text";
    "time of day": "time of day", "die Uhrzeit";
}

fn known(column: &str) -> Option<&'static Label> {
    LABELS.iter().find(|label| label.column == column)
}

/// What a person calls a column, of whatever kind; a column that nobody here knows by its name.
#[must_use]
pub fn label(language: Language, column: &str) -> &str {
    match (language, known(column)) {
        (_, None) => column,
        (Language::English, Some(label)) => label.english,
        // Without its article.
        (Language::German, Some(Label { german, .. })) => {
            german.split_once(' ').map_or(*german, |(_, name)| name)
        }
    }
}

/// The same where a sentence has an article: in English it brings its own.
pub(crate) fn with_article(language: Language, column: &str) -> &str {
    match (language, known(column)) {
        (Language::German, Some(label)) => label.german,
        (Language::English | Language::German, _) => label(language, column),
    }
}

/// Several, the last after "and".
pub(crate) fn list(language: Language, names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => notices::and(language, &first.join(", "), *last),
    }
}
