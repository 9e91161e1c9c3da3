// Made from texts/practice.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** One practice, and the wrap-up after it. */
public class PracticeTexts internal constructor(private val speech: Language) {
    public val addObjective: String
        get() = when (speech) {
            Language.ENGLISH -> "Add objective"
            Language.GERMAN -> "Ziel hinzufügen"
        }
    public val attendees: String
        get() = when (speech) {
            Language.ENGLISH -> "Who comes"
            Language.GERMAN -> "Wer kommt"
        }
    public val audition: String
        get() = when (speech) {
            Language.ENGLISH -> "Audition"
            Language.GERMAN -> "Vorspielen"
        }
    public val began: String
        get() = when (speech) {
            Language.ENGLISH -> "Began"
            Language.GERMAN -> "Begonnen"
        }
    public val cancelPractice: String
        get() = when (speech) {
            Language.ENGLISH -> "Cancel practice"
            Language.GERMAN -> "Probe absagen"
        }
    public val cancelled: String
        get() = when (speech) {
            Language.ENGLISH -> "Practice cancelled"
            Language.GERMAN -> "Probe abgesagt"
        }
    public val date: String
        get() = when (speech) {
            Language.ENGLISH -> "Date"
            Language.GERMAN -> "Datum"
        }
    public val deleteAsk: String
        get() = when (speech) {
            Language.ENGLISH -> "Delete this practice?"
            Language.GERMAN -> "Diese Probe löschen?"
        }
    public val deleted: String
        get() = when (speech) {
            Language.ENGLISH -> "Practice deleted"
            Language.GERMAN -> "Probe gelöscht"
        }
    public val duration: String
        get() = when (speech) {
            Language.ENGLISH -> "Length"
            Language.GERMAN -> "Dauer"
        }
    public val ended: String
        get() = when (speech) {
            Language.ENGLISH -> "Ended"
            Language.GERMAN -> "Beendet"
        }
    public val gone: String
        get() = when (speech) {
            Language.ENGLISH -> "This practice is not here any more"
            Language.GERMAN -> "Diese Probe gibt es nicht mehr"
        }
    public val inProgress: String
        get() = when (speech) {
            Language.ENGLISH -> "Going on"
            Language.GERMAN -> "Läuft"
        }
    public val kind: String
        get() = when (speech) {
            Language.ENGLISH -> "Kind"
            Language.GERMAN -> "Art"
        }
    public val lesson: String
        get() = when (speech) {
            Language.ENGLISH -> "Lesson"
            Language.GERMAN -> "Unterricht"
        }
    public val newTitle: String
        get() = when (speech) {
            Language.ENGLISH -> "New practice"
            Language.GERMAN -> "Neue Probe"
        }
    public val notes: String
        get() = when (speech) {
            Language.ENGLISH -> "Notes"
            Language.GERMAN -> "Notizen"
        }
    public val objectives: String
        get() = when (speech) {
            Language.ENGLISH -> "Objectives"
            Language.GERMAN -> "Ziele"
        }
    public val place: String
        get() = when (speech) {
            Language.ENGLISH -> "Place"
            Language.GERMAN -> "Ort"
        }
    public val rating: String
        get() = when (speech) {
            Language.ENGLISH -> "How was it?"
            Language.GERMAN -> "Wie war’s?"
        }
    public fun ratingOf(number: Long): String = when (speech) {
            Language.ENGLISH -> "${grouped(number, speech)} of 5"
            Language.GERMAN -> "${grouped(number, speech)} von 5"
        }
    public fun reached(done: Long, total: Long): String = when (speech) {
            Language.ENGLISH -> "${grouped(done, speech)} of ${grouped(total, speech)} objectives reached"
            Language.GERMAN -> "${grouped(done, speech)} von ${grouped(total, speech)} Zielen erreicht"
        }
    public val reachedTitle: String
        get() = when (speech) {
            Language.ENGLISH -> "Reached"
            Language.GERMAN -> "Erreicht"
        }
    public val recording: String
        get() = when (speech) {
            Language.ENGLISH -> "Recording"
            Language.GERMAN -> "Aufnahme"
        }
    public val rehearsal: String
        get() = when (speech) {
            Language.ENGLISH -> "Rehearsal"
            Language.GERMAN -> "Probe"
        }
    public val songs: String
        get() = when (speech) {
            Language.ENGLISH -> "Songs"
            Language.GERMAN -> "Songs"
        }
    public val start: String
        get() = when (speech) {
            Language.ENGLISH -> "Start"
            Language.GERMAN -> "Beginn"
        }
    public val thing: String
        get() = when (speech) {
            Language.ENGLISH -> "this practice"
            Language.GERMAN -> "diese Probe"
        }
    public fun title(date: String): String = when (speech) {
            Language.ENGLISH -> "Practice ${date}"
            Language.GERMAN -> "Probe ${date}"
        }
    public val wrapUp: String
        get() = when (speech) {
            Language.ENGLISH -> "Wrap up"
            Language.GERMAN -> "Abschließen"
        }
    public val wrapUpHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Tick what you reached, and note what to do next."
            Language.GERMAN -> "Hake ab, was ihr geschafft habt, und notiere, was als Nächstes dran ist."
        }
    public val wrapUpNotes: String
        get() = when (speech) {
            Language.ENGLISH -> "What to do next"
            Language.GERMAN -> "Was als Nächstes dran ist"
        }
    public val writing: String
        get() = when (speech) {
            Language.ENGLISH -> "Writing"
            Language.GERMAN -> "Songwriting"
        }
}
