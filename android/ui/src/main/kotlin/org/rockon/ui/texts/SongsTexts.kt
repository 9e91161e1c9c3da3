// Made from texts/songs.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** The list of songs, and the import of song files. */
public class SongsTexts internal constructor(private val speech: Language) {
    public val add: String
        get() = when (speech) {
            Language.ENGLISH -> "Add song"
            Language.GERMAN -> "Song hinzufügen"
        }
    public val addToSetlist: String
        get() = when (speech) {
            Language.ENGLISH -> "Add to setlist"
            Language.GERMAN -> "Zur Setlist hinzufügen"
        }
    public fun addedToSetlist(setlist: String, count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "1 song added to “${setlist}”" else "${grouped(count, speech)} songs added to “${setlist}”"
            Language.GERMAN -> if (count == 1L) "1 Song zu „${setlist}“ hinzugefügt" else "${grouped(count, speech)} Songs zu „${setlist}“ hinzugefügt"
        }
    /** To put many into a setlist at once. */
    public val choose: String
        get() = when (speech) {
            Language.ENGLISH -> "Choose songs"
            Language.GERMAN -> "Songs auswählen"
        }
    public fun deleted(title: String): String = when (speech) {
            Language.ENGLISH -> "Deleted “${title}”"
            Language.GERMAN -> "„${title}“ gelöscht"
        }
    public val empty: String
        get() = when (speech) {
            Language.ENGLISH -> "No songs yet"
            Language.GERMAN -> "Noch keine Songs"
        }
    public val emptyHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Add your first song, or import a list you have already."
            Language.GERMAN -> "Füge deinen ersten Song hinzu oder importiere eine Liste, die du schon hast."
        }
    public val emptyViewer: String
        get() = when (speech) {
            Language.ENGLISH -> "The band has no songs yet. Members can add some."
            Language.GERMAN -> "Die Band hat noch keine Songs. Mitglieder können welche hinzufügen."
        }
    public val filterMine: String
        get() = when (speech) {
            Language.ENGLISH -> "My own"
            Language.GERMAN -> "Eigene"
        }
    public val filterUnread: String
        get() = when (speech) {
            Language.ENGLISH -> "New for me"
            Language.GERMAN -> "Neu für mich"
        }
    public val importChoose: String
        get() = when (speech) {
            Language.ENGLISH -> "Choose files"
            Language.GERMAN -> "Dateien wählen"
        }
    public fun importColumns(names: String): String = when (speech) {
            Language.ENGLISH -> "Ignored columns: ${names}"
            Language.GERMAN -> "Ignorierte Spalten: ${names}"
        }
    public fun importDone(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "1 song imported" else "${grouped(count, speech)} songs imported"
            Language.GERMAN -> if (count == 1L) "1 Song importiert" else "${grouped(count, speech)} Songs importiert"
        }
    public val importFiles: String
        get() = when (speech) {
            Language.ENGLISH -> "Other files"
            Language.GERMAN -> "Andere Dateien"
        }
    public fun importFound(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "1 song found" else "${grouped(count, speech)} songs found"
            Language.GERMAN -> if (count == 1L) "1 Song gefunden" else "${grouped(count, speech)} Songs gefunden"
        }
    public val importHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Tables (CSV, Excel saved as CSV), ChordPro, OnSong and OpenSong files."
            Language.GERMAN -> "Tabellen (CSV, auch aus Excel), Dateien von ChordPro, OnSong und OpenSong."
        }
    public fun importKnown(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "1 is there already" else "${grouped(count, speech)} are there already"
            Language.GERMAN -> if (count == 1L) "1 ist schon da" else "${grouped(count, speech)} sind schon da"
        }
    public val importKnownAdd: String
        get() = when (speech) {
            Language.ENGLISH -> "Add them again"
            Language.GERMAN -> "Noch einmal hinzufügen"
        }
    public val importKnownSkip: String
        get() = when (speech) {
            Language.ENGLISH -> "Leave them as they are"
            Language.GERMAN -> "So lassen"
        }
    public val importKnownUpdate: String
        get() = when (speech) {
            Language.ENGLISH -> "Update them"
            Language.GERMAN -> "Aktualisieren"
        }
    public fun importLine(file: String, line: Long, text: String): String = when (speech) {
            Language.ENGLISH -> "${file}, line ${grouped(line, speech)}: ${text}"
            Language.GERMAN -> "${file}, Zeile ${grouped(line, speech)}: ${text}"
        }
    public val importNothing: String
        get() = when (speech) {
            Language.ENGLISH -> "No songs found in these files. Choose other files."
            Language.GERMAN -> "In diesen Dateien sind keine Songs. Wähle andere Dateien."
        }
    public fun importNow(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "Import 1 song" else "Import ${grouped(count, speech)} songs"
            Language.GERMAN -> if (count == 1L) "1 Song importieren" else "${grouped(count, speech)} Songs importieren"
        }
    public fun importReading(done: Long, total: Long): String = when (speech) {
            Language.ENGLISH -> "Reading ${grouped(done, speech)} of ${grouped(total, speech)} files"
            Language.GERMAN -> "${grouped(done, speech)} von ${grouped(total, speech)} Dateien gelesen"
        }
    public val importTitle: String
        get() = when (speech) {
            Language.ENGLISH -> "Import songs"
            Language.GERMAN -> "Songs importieren"
        }
    public fun importUnreadable(file: String): String = when (speech) {
            Language.ENGLISH -> "This file cannot be read: ${file}"
            Language.GERMAN -> "Diese Datei lässt sich nicht lesen: ${file}"
        }
    public fun importWarnings(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "1 thing to look at" else "${grouped(count, speech)} things to look at"
            Language.GERMAN -> if (count == 1L) "1 Punkt zum Ansehen" else "${grouped(count, speech)} Punkte zum Ansehen"
        }
    /** The letters at the edge of the list, for screen readers. */
    public fun jumpTo(letter: String): String = when (speech) {
            Language.ENGLISH -> "Jump to ${letter}"
            Language.GERMAN -> "Zu ${letter} springen"
        }
    public val letters: String
        get() = when (speech) {
            Language.ENGLISH -> "Jump to a letter"
            Language.GERMAN -> "Zu einem Buchstaben springen"
        }
    public val markAllRead: String
        get() = when (speech) {
            Language.ENGLISH -> "Mark all as read"
            Language.GERMAN -> "Alle als gelesen markieren"
        }
    public val markedAllRead: String
        get() = when (speech) {
            Language.ENGLISH -> "All marked as read"
            Language.GERMAN -> "Alle als gelesen markiert"
        }
    public val newTitle: String
        get() = when (speech) {
            Language.ENGLISH -> "New song"
            Language.GERMAN -> "Neuer Song"
        }
    public val noneUnread: String
        get() = when (speech) {
            Language.ENGLISH -> "You have looked at every song"
            Language.GERMAN -> "Du hast dir alle Songs angesehen"
        }
    public val search: String
        get() = when (speech) {
            Language.ENGLISH -> "Title, artist or notes"
            Language.GERMAN -> "Titel, Interpret oder Notizen"
        }
    public val sortArtist: String
        get() = when (speech) {
            Language.ENGLISH -> "Artist"
            Language.GERMAN -> "Interpret"
        }
    public val sortKey: String
        get() = when (speech) {
            Language.ENGLISH -> "Key"
            Language.GERMAN -> "Tonart"
        }
    public val sortRecent: String
        get() = when (speech) {
            Language.ENGLISH -> "Recently changed"
            Language.GERMAN -> "Zuletzt geändert"
        }
    public val sortTitle: String
        get() = when (speech) {
            Language.ENGLISH -> "Title"
            Language.GERMAN -> "Titel"
        }
    public val title: String
        get() = when (speech) {
            Language.ENGLISH -> "Songs"
            Language.GERMAN -> "Songs"
        }
}
