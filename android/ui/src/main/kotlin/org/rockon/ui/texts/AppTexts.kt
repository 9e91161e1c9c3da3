// Made from texts/app.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** What every screen shares: tabs, buttons, badges, units, parts that several screens have. */
public class AppTexts internal constructor(private val speech: Language) {
    public val add: String
        get() = when (speech) {
            Language.ENGLISH -> "Add"
            Language.GERMAN -> "Hinzufügen"
        }
    public val allBands: String
        get() = when (speech) {
            Language.ENGLISH -> "All bands"
            Language.GERMAN -> "Alle Bands"
        }
    public val archive: String
        get() = when (speech) {
            Language.ENGLISH -> "Archive"
            Language.GERMAN -> "Archivieren"
        }
    public val back: String
        get() = when (speech) {
            Language.ENGLISH -> "Back"
            Language.GERMAN -> "Zurück"
        }
    public val brokenLog: String
        get() = when (speech) {
            Language.ENGLISH -> "Still the same? The log helps whoever looks into it. It holds no titles and no names."
            Language.GERMAN -> "Immer noch so? Das Protokoll hilft der Person, die nachsieht. Es enthält keine Titel und keine Namen."
        }
    public val brokenServer: String
        get() = when (speech) {
            Language.ENGLISH -> "The address of your band’s server cannot be used. Ask your band for a new link."
            Language.GERMAN -> "Die Adresse eures Servers ist nicht brauchbar. Frag deine Band nach einem neuen Link."
        }
    public val brokenServerLink: String
        get() = when (speech) {
            Language.ENGLISH -> "Enter another link"
            Language.GERMAN -> "Anderen Link eingeben"
        }
    public val brokenTitle: String
        get() = when (speech) {
            Language.ENGLISH -> "Rock-On cannot start"
            Language.GERMAN -> "Rock-On kann nicht starten"
        }
    /** Who changed it last, and when. */
    public fun by(name: String, time: String): String = when (speech) {
            Language.ENGLISH -> "${name} · ${time}"
            Language.GERMAN -> "${name} · ${time}"
        }
    public val cancel: String
        get() = when (speech) {
            Language.ENGLISH -> "Cancel"
            Language.GERMAN -> "Abbrechen"
        }
    public fun capo(capo: Long): String = when (speech) {
            Language.ENGLISH -> "Capo ${grouped(capo, speech)}"
            Language.GERMAN -> "Kapo ${grouped(capo, speech)}"
        }
    public fun changedBy(name: String, time: String): String = when (speech) {
            Language.ENGLISH -> "Changed by ${name}, ${time}"
            Language.GERMAN -> "Geändert von ${name}, ${time}"
        }
    public val chooseBand: String
        get() = when (speech) {
            Language.ENGLISH -> "Choose a band"
            Language.GERMAN -> "Band wählen"
        }
    public val clearSearch: String
        get() = when (speech) {
            Language.ENGLISH -> "Clear search"
            Language.GERMAN -> "Suche leeren"
        }
    public val clockWrong: String
        get() = when (speech) {
            Language.ENGLISH -> "The clock of this phone is wrong. Set it to automatic in the system’s settings."
            Language.GERMAN -> "Die Uhr dieses Handys geht falsch. Stelle sie in den Systemeinstellungen auf automatisch."
        }
    public val close: String
        get() = when (speech) {
            Language.ENGLISH -> "Close"
            Language.GERMAN -> "Schließen"
        }
    public val copied: String
        get() = when (speech) {
            Language.ENGLISH -> "Copied"
            Language.GERMAN -> "Kopiert"
        }
    public val copy: String
        get() = when (speech) {
            Language.ENGLISH -> "Copy"
            Language.GERMAN -> "Kopieren"
        }
    public val databaseDamaged: String
        get() = when (speech) {
            Language.ENGLISH -> "The data on this phone was damaged and has been set aside. Everything on the server comes back by itself."
            Language.GERMAN -> "Die Daten auf diesem Handy waren beschädigt und wurden beiseitegelegt. Alles vom Server kommt von selbst zurück."
        }
    public val databaseFull: String
        get() = when (speech) {
            Language.ENGLISH -> "This phone is full. Free some space, then try again. Nothing was lost."
            Language.GERMAN -> "Der Speicher ist voll. Schaffe etwas Platz und versuch es noch einmal. Nichts ist verloren."
        }
    public val databaseLocked: String
        get() = when (speech) {
            Language.ENGLISH -> "Another window of the app is using your data. Close it, then try again."
            Language.GERMAN -> "Ein anderes Fenster der App benutzt deine Daten. Schließe es und versuch es noch einmal."
        }
    public val databaseNewer: String
        get() = when (speech) {
            Language.ENGLISH -> "This phone has data from a newer version of the app. Update the app to go on."
            Language.GERMAN -> "Auf diesem Handy liegen Daten einer neueren Version der App. Aktualisiere die App, um weiterzumachen."
        }
    public val databaseUnreadable: String
        get() = when (speech) {
            Language.ENGLISH -> "The app cannot read its data. Restart the phone, then try again."
            Language.GERMAN -> "Die App kann ihre Daten nicht lesen. Starte das Handy neu und versuch es noch einmal."
        }
    public val delete: String
        get() = when (speech) {
            Language.ENGLISH -> "Delete"
            Language.GERMAN -> "Löschen"
        }
    public val done: String
        get() = when (speech) {
            Language.ENGLISH -> "Done"
            Language.GERMAN -> "Fertig"
        }
    public val duplicate: String
        get() = when (speech) {
            Language.ENGLISH -> "Duplicate"
            Language.GERMAN -> "Duplizieren"
        }
    public val edit: String
        get() = when (speech) {
            Language.ENGLISH -> "Edit"
            Language.GERMAN -> "Bearbeiten"
        }
    public val filter: String
        get() = when (speech) {
            Language.ENGLISH -> "Filter"
            Language.GERMAN -> "Filtern"
        }
    /** The first time after signing in. */
    public fun firstSync(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "Getting your band: ${grouped(count, speech)} entry so far" else "Getting your band: ${grouped(count, speech)} entries so far"
            Language.GERMAN -> if (count == 1L) "Deine Band wird geladen: bisher ${grouped(count, speech)} Eintrag" else "Deine Band wird geladen: bisher ${grouped(count, speech)} Einträge"
        }
    public val firstSyncHint: String
        get() = when (speech) {
            Language.ENGLISH -> "You can look around already. The rest arrives by itself."
            Language.GERMAN -> "Du kannst dich schon umsehen. Der Rest kommt von selbst."
        }
    public fun hours(hours: Long): String = when (speech) {
            Language.ENGLISH -> "${grouped(hours, speech)} h"
            Language.GERMAN -> "${grouped(hours, speech)} Std."
        }
    public fun hoursMinutes(hours: Long, minutes: Long): String = when (speech) {
            Language.ENGLISH -> "${grouped(hours, speech)} h ${grouped(minutes, speech)} min"
            Language.GERMAN -> "${grouped(hours, speech)} Std. ${grouped(minutes, speech)} min"
        }
    public val justNow: String
        get() = when (speech) {
            Language.ENGLISH -> "Just now"
            Language.GERMAN -> "Gerade eben"
        }
    public fun key(key: String): String = when (speech) {
            Language.ENGLISH -> "Key ${key}"
            Language.GERMAN -> "Tonart ${key}"
        }
    public val keyLost: String
        get() = when (speech) {
            Language.ENGLISH -> "This phone has forgotten your sign-in. Sign in again; everything on it is still there."
            Language.GERMAN -> "Dieses Handy hat deine Anmeldung vergessen. Melde dich neu an; alles darauf ist noch da."
        }
    public val kindPractice: String
        get() = when (speech) {
            Language.ENGLISH -> "Practice"
            Language.GERMAN -> "Probe"
        }
    public val kindSetlist: String
        get() = when (speech) {
            Language.ENGLISH -> "Setlist"
            Language.GERMAN -> "Setlist"
        }
    public val kindShow: String
        get() = when (speech) {
            Language.ENGLISH -> "Show"
            Language.GERMAN -> "Auftritt"
        }
    public val kindSong: String
        get() = when (speech) {
            Language.ENGLISH -> "Song"
            Language.GERMAN -> "Song"
        }
    public val loading: String
        get() = when (speech) {
            Language.ENGLISH -> "Loading"
            Language.GERMAN -> "Wird geladen"
        }
    /** The own songs of a person, shown like a band. */
    public val mine: String
        get() = when (speech) {
            Language.ENGLISH -> "Mine"
            Language.GERMAN -> "Eigene"
        }
    public fun minutes(minutes: Long): String = when (speech) {
            Language.ENGLISH -> "${grouped(minutes, speech)} min"
            Language.GERMAN -> "${grouped(minutes, speech)} min"
        }
    public val minutesUnit: String
        get() = when (speech) {
            Language.ENGLISH -> "min"
            Language.GERMAN -> "min"
        }
    /** The name of the button with further actions, for screen readers. */
    public val more: String
        get() = when (speech) {
            Language.ENGLISH -> "More"
            Language.GERMAN -> "Mehr"
        }
    /** The name of the app; not translated. */
    public val name: String
        get() = when (speech) {
            Language.ENGLISH -> "Rock-On"
            Language.GERMAN -> "Rock-On"
        }
    public val needsNetwork: String
        get() = when (speech) {
            Language.ENGLISH -> "This needs a network. Try again when you have one."
            Language.GERMAN -> "Dafür brauchst du Netz. Versuch es noch einmal, wenn du welches hast."
        }
    public val next: String
        get() = when (speech) {
            Language.ENGLISH -> "Next"
            Language.GERMAN -> "Weiter"
        }
    public val noCapo: String
        get() = when (speech) {
            Language.ENGLISH -> "No capo"
            Language.GERMAN -> "Ohne Kapo"
        }
    public fun nothingFound(text: String): String = when (speech) {
            Language.ENGLISH -> "Nothing found for “${text}”"
            Language.GERMAN -> "Nichts gefunden für „${text}“"
        }
    public val print: String
        get() = when (speech) {
            Language.ENGLISH -> "Print"
            Language.GERMAN -> "Drucken"
        }
    public val remove: String
        get() = when (speech) {
            Language.ENGLISH -> "Remove"
            Language.GERMAN -> "Entfernen"
        }
    public val restore: String
        get() = when (speech) {
            Language.ENGLISH -> "Restore"
            Language.GERMAN -> "Wiederherstellen"
        }
    public val save: String
        get() = when (speech) {
            Language.ENGLISH -> "Save"
            Language.GERMAN -> "Speichern"
        }
    public val search: String
        get() = when (speech) {
            Language.ENGLISH -> "Search"
            Language.GERMAN -> "Suchen"
        }
    public fun seenBy(names: String): String = when (speech) {
            Language.ENGLISH -> "Seen by ${names}"
            Language.GERMAN -> "Gesehen von ${names}"
        }
    public val seenByNobody: String
        get() = when (speech) {
            Language.ENGLISH -> "Nobody else has looked at it yet"
            Language.GERMAN -> "Hat sich sonst noch niemand angesehen"
        }
    public val select: String
        get() = when (speech) {
            Language.ENGLISH -> "Select"
            Language.GERMAN -> "Auswählen"
        }
    public val selectAll: String
        get() = when (speech) {
            Language.ENGLISH -> "Select all"
            Language.GERMAN -> "Alle auswählen"
        }
    public fun selected(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "${grouped(count, speech)} selected" else "${grouped(count, speech)} selected"
            Language.GERMAN -> if (count == 1L) "${grouped(count, speech)} ausgewählt" else "${grouped(count, speech)} ausgewählt"
        }
    public fun setlists(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "${grouped(count, speech)} setlist" else "${grouped(count, speech)} setlists"
            Language.GERMAN -> if (count == 1L) "${grouped(count, speech)} Setlist" else "${grouped(count, speech)} Setlists"
        }
    public val share: String
        get() = when (speech) {
            Language.ENGLISH -> "Share"
            Language.GERMAN -> "Teilen"
        }
    public val skip: String
        get() = when (speech) {
            Language.ENGLISH -> "Skip"
            Language.GERMAN -> "Überspringen"
        }
    public val someone: String
        get() = when (speech) {
            Language.ENGLISH -> "A former member"
            Language.GERMAN -> "Ein früheres Mitglied"
        }
    public fun songs(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "${grouped(count, speech)} song" else "${grouped(count, speech)} songs"
            Language.GERMAN -> if (count == 1L) "${grouped(count, speech)} Song" else "${grouped(count, speech)} Songs"
        }
    public val sort: String
        get() = when (speech) {
            Language.ENGLISH -> "Sort"
            Language.GERMAN -> "Sortieren"
        }
    public fun stripConflicts(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "1 conflict waits for you" else "${grouped(count, speech)} conflicts wait for you"
            Language.GERMAN -> if (count == 1L) "1 Konflikt wartet auf dich" else "${grouped(count, speech)} Konflikte warten auf dich"
        }
    public val stripDelayed: String
        get() = when (speech) {
            Language.ENGLISH -> "Updates may be delayed"
            Language.GERMAN -> "Neues kommt vielleicht verspätet"
        }
    public val stripDetails: String
        get() = when (speech) {
            Language.ENGLISH -> "Show details"
            Language.GERMAN -> "Details anzeigen"
        }
    public val stripOffline: String
        get() = when (speech) {
            Language.ENGLISH -> "Offline"
            Language.GERMAN -> "Offline"
        }
    public fun stripOfflineUnsent(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "Offline · 1 change not sent" else "Offline · ${grouped(count, speech)} changes not sent"
            Language.GERMAN -> if (count == 1L) "Offline · 1 Änderung nicht gesendet" else "Offline · ${grouped(count, speech)} Änderungen nicht gesendet"
        }
    public fun stripRejected(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "1 change was refused" else "${grouped(count, speech)} changes were refused"
            Language.GERMAN -> if (count == 1L) "1 Änderung wurde abgelehnt" else "${grouped(count, speech)} Änderungen wurden abgelehnt"
        }
    public val stripSignedOut: String
        get() = when (speech) {
            Language.ENGLISH -> "Signed out. Sign in to send your changes."
            Language.GERMAN -> "Abgemeldet. Melde dich an, um deine Änderungen zu senden."
        }
    public val tabBand: String
        get() = when (speech) {
            Language.ENGLISH -> "Band"
            Language.GERMAN -> "Band"
        }
    public val tabCalendar: String
        get() = when (speech) {
            Language.ENGLISH -> "Calendar"
            Language.GERMAN -> "Kalender"
        }
    public val tabNotices: String
        get() = when (speech) {
            Language.ENGLISH -> "Notices"
            Language.GERMAN -> "Meldungen"
        }
    public val tabSetlists: String
        get() = when (speech) {
            Language.ENGLISH -> "Setlists"
            Language.GERMAN -> "Setlists"
        }
    public val tabSongs: String
        get() = when (speech) {
            Language.ENGLISH -> "Songs"
            Language.GERMAN -> "Songs"
        }
    public fun tempo(tempo: Long): String = when (speech) {
            Language.ENGLISH -> "${grouped(tempo, speech)} BPM"
            Language.GERMAN -> "${grouped(tempo, speech)} BPM"
        }
    public val today: String
        get() = when (speech) {
            Language.ENGLISH -> "Today"
            Language.GERMAN -> "Heute"
        }
    public val tomorrow: String
        get() = when (speech) {
            Language.ENGLISH -> "Tomorrow"
            Language.GERMAN -> "Morgen"
        }
    public val tryAgain: String
        get() = when (speech) {
            Language.ENGLISH -> "Try again"
            Language.GERMAN -> "Erneut versuchen"
        }
    public val tryNow: String
        get() = when (speech) {
            Language.ENGLISH -> "Try now"
            Language.GERMAN -> "Jetzt versuchen"
        }
    public val undo: String
        get() = when (speech) {
            Language.ENGLISH -> "Undo"
            Language.GERMAN -> "Rückgängig"
        }
    /** What the dot says to a screen reader. */
    public val unread: String
        get() = when (speech) {
            Language.ENGLISH -> "Not looked at yet"
            Language.GERMAN -> "Noch nicht angesehen"
        }
    public fun unreadCount(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "${grouped(count, speech)} new" else "${grouped(count, speech)} new"
            Language.GERMAN -> if (count == 1L) "${grouped(count, speech)} neu" else "${grouped(count, speech)} neu"
        }
    /** What the mark of an unsent edit says to a screen reader. */
    public val unsent: String
        get() = when (speech) {
            Language.ENGLISH -> "Not sent yet"
            Language.GERMAN -> "Noch nicht gesendet"
        }
    public fun unsentCount(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "1 change not sent yet" else "${grouped(count, speech)} changes not sent yet"
            Language.GERMAN -> if (count == 1L) "1 Änderung noch nicht gesendet" else "${grouped(count, speech)} Änderungen noch nicht gesendet"
        }
    public val viewer: String
        get() = when (speech) {
            Language.ENGLISH -> "You can read everything here. Ask an admin if you want to change something."
            Language.GERMAN -> "Du kannst hier alles lesen. Frag einen Admin, wenn du etwas ändern willst."
        }
    public val yesterday: String
        get() = when (speech) {
            Language.ENGLISH -> "Yesterday"
            Language.GERMAN -> "Gestern"
        }
    public val you: String
        get() = when (speech) {
            Language.ENGLISH -> "You"
            Language.GERMAN -> "Du"
        }
}
