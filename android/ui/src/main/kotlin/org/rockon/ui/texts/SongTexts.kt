// Made from texts/song.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** One song. */
public class SongTexts internal constructor(private val speech: Language) {
    public val artist: String
        get() = when (speech) {
            Language.ENGLISH -> "Artist"
            Language.GERMAN -> "Interpret"
        }
    public val band: String
        get() = when (speech) {
            Language.ENGLISH -> "Band"
            Language.GERMAN -> "Band"
        }
    public val capo: String
        get() = when (speech) {
            Language.ENGLISH -> "Capo"
            Language.GERMAN -> "Kapo"
        }
    public fun changedCleared(field: String): String = when (speech) {
            Language.ENGLISH -> "${field} cleared"
            Language.GERMAN -> "${field} geleert"
        }
    public fun changedOther(field: String): String = when (speech) {
            Language.ENGLISH -> "${field} changed"
            Language.GERMAN -> "${field} geändert"
        }
    /** The field was empty before. */
    public fun changedSet(field: String, new: String): String = when (speech) {
            Language.ENGLISH -> "${field}: ${new}"
            Language.GERMAN -> "${field}: ${new}"
        }
    public val changedSince: String
        get() = when (speech) {
            Language.ENGLISH -> "Changed since you looked"
            Language.GERMAN -> "Geändert, seit du zuletzt hier warst"
        }
    public fun changedValue(field: String, old: String, new: String): String = when (speech) {
            Language.ENGLISH -> "${field}: ${old} → ${new}"
            Language.GERMAN -> "${field}: ${old} → ${new}"
        }
    public fun copied(band: String): String = when (speech) {
            Language.ENGLISH -> "Copied to ${band}"
            Language.GERMAN -> "Nach ${band} kopiert"
        }
    public val copiedMine: String
        get() = when (speech) {
            Language.ENGLISH -> "Copied to your own songs"
            Language.GERMAN -> "Zu deinen eigenen Songs kopiert"
        }
    public val copyToBand: String
        get() = when (speech) {
            Language.ENGLISH -> "Copy it to another band"
            Language.GERMAN -> "In eine andere Band kopieren"
        }
    public fun deleteAsk(title: String): String = when (speech) {
            Language.ENGLISH -> "Delete “${title}”?"
            Language.GERMAN -> "„${title}“ löschen?"
        }
    public fun deleteUsed(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "It is in 1 setlist. It disappears there, too." else "It is in ${grouped(count, speech)} setlists. It disappears there, too."
            Language.GERMAN -> if (count == 1L) "Der Song steht in 1 Setlist. Dort verschwindet er auch." else "Der Song steht in ${grouped(count, speech)} Setlists. Dort verschwindet er auch."
        }
    public val difficulty: String
        get() = when (speech) {
            Language.ENGLISH -> "Difficulty"
            Language.GERMAN -> "Schwierigkeit"
        }
    public fun difficultyOf(number: Long): String = when (speech) {
            Language.ENGLISH -> "${grouped(number, speech)} of 5"
            Language.GERMAN -> "${grouped(number, speech)} von 5"
        }
    public val duration: String
        get() = when (speech) {
            Language.ENGLISH -> "Length"
            Language.GERMAN -> "Länge"
        }
    public val durationHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Minutes and seconds, like 3:45"
            Language.GERMAN -> "Minuten und Sekunden, wie 3:45"
        }
    public val genre: String
        get() = when (speech) {
            Language.ENGLISH -> "Genre"
            Language.GERMAN -> "Genre"
        }
    public val gone: String
        get() = when (speech) {
            Language.ENGLISH -> "This song is not here any more"
            Language.GERMAN -> "Diesen Song gibt es nicht mehr"
        }
    public val history: String
        get() = when (speech) {
            Language.ENGLISH -> "History"
            Language.GERMAN -> "Verlauf"
        }
    public fun historyAdded(name: String): String = when (speech) {
            Language.ENGLISH -> "Added by ${name}"
            Language.GERMAN -> "Hinzugefügt von ${name}"
        }
    public fun historyChanged(name: String): String = when (speech) {
            Language.ENGLISH -> "Changed by ${name}"
            Language.GERMAN -> "Geändert von ${name}"
        }
    public fun historyDeleted(name: String): String = when (speech) {
            Language.ENGLISH -> "Deleted by ${name}"
            Language.GERMAN -> "Gelöscht von ${name}"
        }
    public val historyEmpty: String
        get() = when (speech) {
            Language.ENGLISH -> "No changes yet"
            Language.GERMAN -> "Noch keine Änderungen"
        }
    public fun historyRestored(name: String): String = when (speech) {
            Language.ENGLISH -> "Brought back by ${name}"
            Language.GERMAN -> "Zurückgeholt von ${name}"
        }
    public fun inBand(band: String): String = when (speech) {
            Language.ENGLISH -> "Song of ${band}"
            Language.GERMAN -> "Song von ${band}"
        }
    public val inMine: String
        get() = when (speech) {
            Language.ENGLISH -> "Your own song"
            Language.GERMAN -> "Dein eigener Song"
        }
    public val key: String
        get() = when (speech) {
            Language.ENGLISH -> "Key"
            Language.GERMAN -> "Tonart"
        }
    public val linkChords: String
        get() = when (speech) {
            Language.ENGLISH -> "Chords"
            Language.GERMAN -> "Akkorde"
        }
    public val linkLyrics: String
        get() = when (speech) {
            Language.ENGLISH -> "Lyrics"
            Language.GERMAN -> "Text"
        }
    public fun linkOpen(name: String): String = when (speech) {
            Language.ENGLISH -> "Open ${name}"
            Language.GERMAN -> "${name} öffnen"
        }
    public val linkRecording: String
        get() = when (speech) {
            Language.ENGLISH -> "Recording"
            Language.GERMAN -> "Aufnahme"
        }
    public val linkWrong: String
        get() = when (speech) {
            Language.ENGLISH -> "No app on this phone opens this link"
            Language.GERMAN -> "Keine App auf diesem Handy öffnet diesen Link"
        }
    public val links: String
        get() = when (speech) {
            Language.ENGLISH -> "Links"
            Language.GERMAN -> "Links"
        }
    public val moveToBand: String
        get() = when (speech) {
            Language.ENGLISH -> "Move it to another band"
            Language.GERMAN -> "In eine andere Band verschieben"
        }
    public val moveToMine: String
        get() = when (speech) {
            Language.ENGLISH -> "Make it my own"
            Language.GERMAN -> "Zu meinem machen"
        }
    public fun moved(band: String): String = when (speech) {
            Language.ENGLISH -> "Moved to ${band}"
            Language.GERMAN -> "Nach ${band} verschoben"
        }
    public val movedMine: String
        get() = when (speech) {
            Language.ENGLISH -> "Moved to your own songs"
            Language.GERMAN -> "Zu deinen eigenen Songs verschoben"
        }
    public val notes: String
        get() = when (speech) {
            Language.ENGLISH -> "Notes"
            Language.GERMAN -> "Notizen"
        }
    public val notesHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Who begins, how it ends, what to watch out for"
            Language.GERMAN -> "Wer anfängt, wie es endet, worauf ihr achtet"
        }
    public val numberWrong: String
        get() = when (speech) {
            Language.ENGLISH -> "A whole number"
            Language.GERMAN -> "Eine ganze Zahl"
        }
    public val shareText: String
        get() = when (speech) {
            Language.ENGLISH -> "Share as text"
            Language.GERMAN -> "Als Text teilen"
        }
    public val tempo: String
        get() = when (speech) {
            Language.ENGLISH -> "Tempo (BPM)"
            Language.GERMAN -> "Tempo (BPM)"
        }
    /** As in: Sam deleted this song. */
    public val thing: String
        get() = when (speech) {
            Language.ENGLISH -> "this song"
            Language.GERMAN -> "diesen Song"
        }
    public val timeSignature: String
        get() = when (speech) {
            Language.ENGLISH -> "Time signature"
            Language.GERMAN -> "Taktart"
        }
    public val title: String
        get() = when (speech) {
            Language.ENGLISH -> "Title"
            Language.GERMAN -> "Titel"
        }
    public val titleMissing: String
        get() = when (speech) {
            Language.ENGLISH -> "Please enter a title"
            Language.GERMAN -> "Gib einen Titel ein"
        }
    public val tuning: String
        get() = when (speech) {
            Language.ENGLISH -> "Tuning"
            Language.GERMAN -> "Stimmung"
        }
}
