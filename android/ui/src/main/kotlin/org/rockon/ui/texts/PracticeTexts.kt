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
    public val duration: String
        get() = when (speech) {
            Language.ENGLISH -> "Length"
            Language.GERMAN -> "Dauer"
        }
    public val gone: String
        get() = when (speech) {
            Language.ENGLISH -> "This practice is not here any more"
            Language.GERMAN -> "Diese Probe gibt es nicht mehr"
        }
    public val kind: String
        get() = when (speech) {
            Language.ENGLISH -> "Kind"
            Language.GERMAN -> "Art"
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
}
