// Made from texts/status.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** How things are with the server, and the doctor. */
public class StatusTexts internal constructor(private val speech: Language) {
    public val checkBroken: String
        get() = when (speech) {
            Language.ENGLISH -> "Broken"
            Language.GERMAN -> "Kaputt"
        }
    public val checkFine: String
        get() = when (speech) {
            Language.ENGLISH -> "OK"
            Language.GERMAN -> "OK"
        }
    public val checkNotJudged: String
        get() = when (speech) {
            Language.ENGLISH -> "Not checked"
            Language.GERMAN -> "Nicht geprüft"
        }
    public val checkWarning: String
        get() = when (speech) {
            Language.ENGLISH -> "Worth a look"
            Language.GERMAN -> "Ansehen"
        }
    public fun clockAhead(time: String): String = when (speech) {
            Language.ENGLISH -> "The clock of this phone is ${time} ahead of the server"
            Language.GERMAN -> "Die Uhr dieses Handys geht gegenüber dem Server ${time} vor"
        }
    public fun clockBehind(time: String): String = when (speech) {
            Language.ENGLISH -> "The clock of this phone is ${time} behind the server"
            Language.GERMAN -> "Die Uhr dieses Handys geht gegenüber dem Server ${time} nach"
        }
    public val clockFix: String
        get() = when (speech) {
            Language.ENGLISH -> "Switch on automatic date and time in the settings of the phone."
            Language.GERMAN -> "Schalte in den Einstellungen des Handys Datum und Uhrzeit auf automatisch."
        }
    public val connecting: String
        get() = when (speech) {
            Language.ENGLISH -> "Connecting"
            Language.GERMAN -> "Verbindung wird aufgebaut"
        }
    public val copyReport: String
        get() = when (speech) {
            Language.ENGLISH -> "Copy report"
            Language.GERMAN -> "Bericht kopieren"
        }
    public val delayed: String
        get() = when (speech) {
            Language.ENGLISH -> "Online, updates may be delayed"
            Language.GERMAN -> "Online, Neues kommt vielleicht verspätet"
        }
    public val doctor: String
        get() = when (speech) {
            Language.ENGLISH -> "Doctor"
            Language.GERMAN -> "Diagnose"
        }
    public val doctorAgain: String
        get() = when (speech) {
            Language.ENGLISH -> "Run again"
            Language.GERMAN -> "Noch einmal prüfen"
        }
    public val doctorHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Checks server, network, sign-in and app, and says what to do."
            Language.GERMAN -> "Prüft Server, Netz, Anmeldung und App und sagt, was zu tun ist."
        }
    public val doctorRun: String
        get() = when (speech) {
            Language.ENGLISH -> "Run the doctor"
            Language.GERMAN -> "Diagnose starten"
        }
    public val doctorRunning: String
        get() = when (speech) {
            Language.ENGLISH -> "Checking"
            Language.GERMAN -> "Wird geprüft"
        }
    public val editAdded: String
        get() = when (speech) {
            Language.ENGLISH -> "Added"
            Language.GERMAN -> "Hinzugefügt"
        }
    public val editChanged: String
        get() = when (speech) {
            Language.ENGLISH -> "Changed"
            Language.GERMAN -> "Geändert"
        }
    public val editDeleted: String
        get() = when (speech) {
            Language.ENGLISH -> "Deleted"
            Language.GERMAN -> "Gelöscht"
        }
    public val editMoved: String
        get() = when (speech) {
            Language.ENGLISH -> "Moved"
            Language.GERMAN -> "Verschoben"
        }
    public val editRestored: String
        get() = when (speech) {
            Language.ENGLISH -> "Brought back"
            Language.GERMAN -> "Zurückgeholt"
        }
    public fun evidence(text: String): String = when (speech) {
            Language.ENGLISH -> "What was seen: ${text}"
            Language.GERMAN -> "Befund: ${text}"
        }
    public val failing: String
        get() = when (speech) {
            Language.ENGLISH -> "The server cannot do it right now"
            Language.GERMAN -> "Der Server kann gerade nicht"
        }
    public fun lastSync(time: String): String = when (speech) {
            Language.ENGLISH -> "Last sync ${time}"
            Language.GERMAN -> "Letzter Abgleich ${time}"
        }
    public val live: String
        get() = when (speech) {
            Language.ENGLISH -> "Live"
            Language.GERMAN -> "Live"
        }
    public val liveHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Changes of others arrive at once"
            Language.GERMAN -> "Änderungen anderer kommen sofort an"
        }
    public val log: String
        get() = when (speech) {
            Language.ENGLISH -> "Log"
            Language.GERMAN -> "Protokoll"
        }
    public val logCopy: String
        get() = when (speech) {
            Language.ENGLISH -> "Copy log"
            Language.GERMAN -> "Protokoll kopieren"
        }
    public val logEmpty: String
        get() = when (speech) {
            Language.ENGLISH -> "Nothing in it yet"
            Language.GERMAN -> "Noch nichts darin"
        }
    public val logHint: String
        get() = when (speech) {
            Language.ENGLISH -> "What the app did last. No titles and no names."
            Language.GERMAN -> "Was die App zuletzt getan hat. Ohne Titel und Namen."
        }
    public val neverSynced: String
        get() = when (speech) {
            Language.ENGLISH -> "Not synced yet"
            Language.GERMAN -> "Noch nie abgeglichen"
        }
    public val offline: String
        get() = when (speech) {
            Language.ENGLISH -> "Offline"
            Language.GERMAN -> "Offline"
        }
    public val offlineHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Go on working. Your changes are sent as soon as there is a network."
            Language.GERMAN -> "Arbeite einfach weiter. Deine Änderungen werden gesendet, sobald es Netz gibt."
        }
    /** The oldest change that is not sent. */
    public fun oldest(time: String): String = when (speech) {
            Language.ENGLISH -> "The oldest is of ${time}"
            Language.GERMAN -> "Die älteste ist von ${time}"
        }
    public val reportHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Send it to whoever runs your server."
            Language.GERMAN -> "Schick ihn der Person, die euren Server betreibt."
        }
    public val server: String
        get() = when (speech) {
            Language.ENGLISH -> "Server"
            Language.GERMAN -> "Server"
        }
    public fun setAside(path: String): String = when (speech) {
            Language.ENGLISH -> "The damaged file was kept: ${path}"
            Language.GERMAN -> "Die beschädigte Datei wurde aufgehoben: ${path}"
        }
    public fun signedInAs(email: String): String = when (speech) {
            Language.ENGLISH -> "Signed in as ${email}"
            Language.GERMAN -> "Angemeldet als ${email}"
        }
    public val signedOut: String
        get() = when (speech) {
            Language.ENGLISH -> "Signed out"
            Language.GERMAN -> "Abgemeldet"
        }
    public val signedOutHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Everything on this phone can still be read. Your changes are sent when you sign in again."
            Language.GERMAN -> "Alles auf diesem Handy lässt sich weiter lesen. Deine Änderungen werden gesendet, wenn du dich wieder anmeldest."
        }
    public val syncing: String
        get() = when (speech) {
            Language.ENGLISH -> "Syncing"
            Language.GERMAN -> "Wird abgeglichen"
        }
    public val title: String
        get() = when (speech) {
            Language.ENGLISH -> "Status"
            Language.GERMAN -> "Status"
        }
    public val tryNow: String
        get() = when (speech) {
            Language.ENGLISH -> "Sync now"
            Language.GERMAN -> "Jetzt abgleichen"
        }
    /** Rows that this phone could not read. */
    public val unreadable: String
        get() = when (speech) {
            Language.ENGLISH -> "Unreadable"
            Language.GERMAN -> "Nicht lesbar"
        }
    public fun unreadableHint(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "1 entry could not be read. Update the app." else "${grouped(count, speech)} entries could not be read. Update the app."
            Language.GERMAN -> if (count == 1L) "1 Eintrag war nicht lesbar. Aktualisiere die App." else "${grouped(count, speech)} Einträge waren nicht lesbar. Aktualisiere die App."
        }
    public val unsent: String
        get() = when (speech) {
            Language.ENGLISH -> "Not sent yet"
            Language.GERMAN -> "Noch nicht gesendet"
        }
    public val unsentNone: String
        get() = when (speech) {
            Language.ENGLISH -> "Everything is sent"
            Language.GERMAN -> "Alles ist gesendet"
        }
}
