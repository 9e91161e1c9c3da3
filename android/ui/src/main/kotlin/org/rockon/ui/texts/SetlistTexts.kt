// Made from texts/setlist.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** One setlist and its order. */
public class SetlistTexts internal constructor(private val speech: Language) {
    public fun addCount(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "Add 1 song" else "Add ${grouped(count, speech)} songs"
            Language.GERMAN -> if (count == 1L) "1 Song hinzufügen" else "${grouped(count, speech)} Songs hinzufügen"
        }
    public val addPause: String
        get() = when (speech) {
            Language.ENGLISH -> "Add break"
            Language.GERMAN -> "Pause hinzufügen"
        }
    public val addSection: String
        get() = when (speech) {
            Language.ENGLISH -> "Add section"
            Language.GERMAN -> "Abschnitt hinzufügen"
        }
    public val addSongs: String
        get() = when (speech) {
            Language.ENGLISH -> "Add songs"
            Language.GERMAN -> "Songs hinzufügen"
        }
    public val changedSince: String
        get() = when (speech) {
            Language.ENGLISH -> "Changed since you looked"
            Language.GERMAN -> "Geändert, seit du zuletzt hier warst"
        }
    public fun drag(title: String): String = when (speech) {
            Language.ENGLISH -> "Drag to move ${title}"
            Language.GERMAN -> "Ziehen, um ${title} zu verschieben"
        }
    public val empty: String
        get() = when (speech) {
            Language.ENGLISH -> "This setlist is empty"
            Language.GERMAN -> "Diese Setlist ist leer"
        }
    public val emptyHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Add songs from your library."
            Language.GERMAN -> "Füge Songs aus eurem Repertoire hinzu."
        }
    public fun ends(time: String): String = when (speech) {
            Language.ENGLISH -> "Ends at ${time}"
            Language.GERMAN -> "Ende um ${time}"
        }
    public val gone: String
        get() = when (speech) {
            Language.ENGLISH -> "This setlist is not here any more"
            Language.GERMAN -> "Diese Setlist gibt es nicht mehr"
        }
    public val inList: String
        get() = when (speech) {
            Language.ENGLISH -> "In this setlist already"
            Language.GERMAN -> "Schon in dieser Setlist"
        }
    public val itemNotes: String
        get() = when (speech) {
            Language.ENGLISH -> "Notes for this gig"
            Language.GERMAN -> "Notizen für diesen Auftritt"
        }
    public val moveDown: String
        get() = when (speech) {
            Language.ENGLISH -> "Move down"
            Language.GERMAN -> "Nach unten"
        }
    public val moveFirst: String
        get() = when (speech) {
            Language.ENGLISH -> "Move to the top"
            Language.GERMAN -> "Ganz nach oben"
        }
    public val moveLast: String
        get() = when (speech) {
            Language.ENGLISH -> "Move to the end"
            Language.GERMAN -> "Ganz nach unten"
        }
    public val moveUp: String
        get() = when (speech) {
            Language.ENGLISH -> "Move up"
            Language.GERMAN -> "Nach oben"
        }
    /** Said by the screen reader after a move. */
    public fun moved(position: Long, total: Long): String = when (speech) {
            Language.ENGLISH -> "Now at place ${grouped(position, speech)} of ${grouped(total, speech)}"
            Language.GERMAN -> "Jetzt auf Platz ${grouped(position, speech)} von ${grouped(total, speech)}"
        }
    /** After the title of what was moved. */
    public fun nowAt(place: Long): String = when (speech) {
            Language.ENGLISH -> "now at place ${grouped(place, speech)}"
            Language.GERMAN -> "jetzt an Stelle ${grouped(place, speech)}"
        }
    /** A pause between two parts of a gig. */
    public val pause: String
        get() = when (speech) {
            Language.ENGLISH -> "Break"
            Language.GERMAN -> "Pause"
        }
    public val pauseLength: String
        get() = when (speech) {
            Language.ENGLISH -> "Length in minutes"
            Language.GERMAN -> "Länge in Minuten"
        }
    public fun pauseMinutes(minutes: Long): String = when (speech) {
            Language.ENGLISH -> "Break, ${grouped(minutes, speech)} min"
            Language.GERMAN -> "Pause, ${grouped(minutes, speech)} min"
        }
    public val print: String
        get() = when (speech) {
            Language.ENGLISH -> "Print"
            Language.GERMAN -> "Drucken"
        }
    public val readOnly: String
        get() = when (speech) {
            Language.ENGLISH -> "Only members can change the order"
            Language.GERMAN -> "Nur Mitglieder können die Reihenfolge ändern"
        }
    public fun removed(title: String): String = when (speech) {
            Language.ENGLISH -> "Took “${title}” out"
            Language.GERMAN -> "„${title}“ herausgenommen"
        }
    /** Of something without a title, such as a break. */
    public val removedItem: String
        get() = when (speech) {
            Language.ENGLISH -> "Taken out of the setlist"
            Language.GERMAN -> "Aus der Setlist genommen"
        }
    public fun runningTime(time: String): String = when (speech) {
            Language.ENGLISH -> "Running time ${time}"
            Language.GERMAN -> "Dauer ${time}"
        }
    /** A heading inside a setlist, such as “Encore”. */
    public val section: String
        get() = when (speech) {
            Language.ENGLISH -> "Section"
            Language.GERMAN -> "Abschnitt"
        }
    public val sectionName: String
        get() = when (speech) {
            Language.ENGLISH -> "Name of the section"
            Language.GERMAN -> "Name des Abschnitts"
        }
    /** After those who have seen it as it is now. */
    public fun seenEarlier(names: String): String = when (speech) {
            Language.ENGLISH -> "An earlier version: ${names}"
            Language.GERMAN -> "Eine frühere Fassung: ${names}"
        }
    public val shareText: String
        get() = when (speech) {
            Language.ENGLISH -> "Share as text"
            Language.GERMAN -> "Als Text teilen"
        }
    public val songGone: String
        get() = when (speech) {
            Language.ENGLISH -> "Deleted song"
            Language.GERMAN -> "Gelöschter Song"
        }
    public val startGig: String
        get() = when (speech) {
            Language.ENGLISH -> "Start gig"
            Language.GERMAN -> "Auftritt starten"
        }
    public fun starts(time: String): String = when (speech) {
            Language.ENGLISH -> "Starts at ${time}"
            Language.GERMAN -> "Beginn um ${time}"
        }
    /** As in: Sam deleted this setlist. */
    public val thing: String
        get() = when (speech) {
            Language.ENGLISH -> "this setlist"
            Language.GERMAN -> "diese Setlist"
        }
    public val unknownItem: String
        get() = when (speech) {
            Language.ENGLISH -> "Unknown item: update the app"
            Language.GERMAN -> "Unbekannter Eintrag: Aktualisiere die App"
        }
    public fun untimed(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "1 song has no length" else "${grouped(count, speech)} songs have no length"
            Language.GERMAN -> if (count == 1L) "1 Song hat keine Länge" else "${grouped(count, speech)} Songs haben keine Länge"
        }
}
