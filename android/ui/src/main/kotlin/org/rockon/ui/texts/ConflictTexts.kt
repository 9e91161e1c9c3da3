// Made from texts/conflict.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** Two values of one field, and the choice between them. */
public class ConflictTexts internal constructor(private val speech: Language) {
    public val deleteAnyway: String
        get() = when (speech) {
            Language.ENGLISH -> "Delete anyway"
            Language.GERMAN -> "Trotzdem löschen"
        }
    public val emptyValue: String
        get() = when (speech) {
            Language.ENGLISH -> "(empty)"
            Language.GERMAN -> "(leer)"
        }
    public fun hint(name: String): String = when (speech) {
            Language.ENGLISH -> "You and ${name} changed the same thing. Both are kept until you choose."
            Language.GERMAN -> "Du und ${name} habt dasselbe geändert. Beides bleibt erhalten, bis du wählst."
        }
    public val hintUnnamed: String
        get() = when (speech) {
            Language.ENGLISH -> "You and somebody else changed the same thing. Both are kept until you choose."
            Language.GERMAN -> "Du und jemand anders habt dasselbe geändert. Beides bleibt erhalten, bis du wählst."
        }
    public val keep: String
        get() = when (speech) {
            Language.ENGLISH -> "Keep it"
            Language.GERMAN -> "Behalten"
        }
    public val later: String
        get() = when (speech) {
            Language.ENGLISH -> "Decide later"
            Language.GERMAN -> "Später entscheiden"
        }
    /** A line of a long text, for screen readers. */
    public fun lineAdded(text: String): String = when (speech) {
            Language.ENGLISH -> "Added: ${text}"
            Language.GERMAN -> "Neu: ${text}"
        }
    /** A line of a long text, for screen readers. */
    public fun lineRemoved(text: String): String = when (speech) {
            Language.ENGLISH -> "Removed: ${text}"
            Language.GERMAN -> "Entfernt: ${text}"
        }
    public val live: String
        get() = when (speech) {
            Language.ENGLISH -> "Your band sees this one now"
            Language.GERMAN -> "Das sieht deine Band gerade"
        }
    public val liveOther: String
        get() = when (speech) {
            Language.ENGLISH -> "Your band sees another value by now"
            Language.GERMAN -> "Deine Band sieht inzwischen einen anderen Wert"
        }
    public val merge: String
        get() = when (speech) {
            Language.ENGLISH -> "Edit both"
            Language.GERMAN -> "Beide bearbeiten"
        }
    public val mergeHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Put together what you want to keep."
            Language.GERMAN -> "Stell zusammen, was bleiben soll."
        }
    public val mine: String
        get() = when (speech) {
            Language.ENGLISH -> "Yours"
            Language.GERMAN -> "Deins"
        }
    public val moveAnyway: String
        get() = when (speech) {
            Language.ENGLISH -> "Move anyway"
            Language.GERMAN -> "Trotzdem verschieben"
        }
    public val none: String
        get() = when (speech) {
            Language.ENGLISH -> "No conflicts"
            Language.GERMAN -> "Keine Konflikte"
        }
    public val resolved: String
        get() = when (speech) {
            Language.ENGLISH -> "Conflict resolved"
            Language.GERMAN -> "Konflikt gelöst"
        }
    public val rowGone: String
        get() = when (speech) {
            Language.ENGLISH -> "It was deleted meanwhile. Copy what you need."
            Language.GERMAN -> "Es wurde inzwischen gelöscht. Kopiere, was du brauchst."
        }
    public val settled: String
        get() = when (speech) {
            Language.ENGLISH -> "This conflict is settled"
            Language.GERMAN -> "Dieser Konflikt ist gelöst"
        }
    public val takeMine: String
        get() = when (speech) {
            Language.ENGLISH -> "Take mine"
            Language.GERMAN -> "Meins nehmen"
        }
    public val takeTheirs: String
        get() = when (speech) {
            Language.ENGLISH -> "Take theirs"
            Language.GERMAN -> "Das andere nehmen"
        }
    public fun theirs(name: String): String = when (speech) {
            Language.ENGLISH -> "${name}’s"
            Language.GERMAN -> "Von ${name}"
        }
    public val title: String
        get() = when (speech) {
            Language.ENGLISH -> "Conflict"
            Language.GERMAN -> "Konflikt"
        }
}
