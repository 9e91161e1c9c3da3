// Made from texts/calendar.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** Shows and practices by date. */
public class CalendarTexts internal constructor(private val speech: Language) {
    public val addPractice: String
        get() = when (speech) {
            Language.ENGLISH -> "Add practice"
            Language.GERMAN -> "Probe hinzufügen"
        }
    public val addShow: String
        get() = when (speech) {
            Language.ENGLISH -> "Add show"
            Language.GERMAN -> "Auftritt hinzufügen"
        }
    public val cancelled: String
        get() = when (speech) {
            Language.ENGLISH -> "Cancelled"
            Language.GERMAN -> "Abgesagt"
        }
    public fun cancelledBar(name: String): String = when (speech) {
            Language.ENGLISH -> "Cancelled “${name}”"
            Language.GERMAN -> "„${name}“ abgesagt"
        }
    public fun deleted(name: String): String = when (speech) {
            Language.ENGLISH -> "Deleted “${name}”"
            Language.GERMAN -> "„${name}“ gelöscht"
        }
    public val empty: String
        get() = when (speech) {
            Language.ENGLISH -> "Nothing planned"
            Language.GERMAN -> "Nichts geplant"
        }
    public val emptyHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Add your next show or practice."
            Language.GERMAN -> "Trage euren nächsten Auftritt oder die nächste Probe ein."
        }
    public val emptyViewer: String
        get() = when (speech) {
            Language.ENGLISH -> "Members can add shows and practices."
            Language.GERMAN -> "Mitglieder können Auftritte und Proben eintragen."
        }
    public fun loadIn(time: String): String = when (speech) {
            Language.ENGLISH -> "Load-in ${time}"
            Language.GERMAN -> "Aufbau ${time}"
        }
    public val noDate: String
        get() = when (speech) {
            Language.ENGLISH -> "Without a date"
            Language.GERMAN -> "Ohne Datum"
        }
    public val noSetlist: String
        get() = when (speech) {
            Language.ENGLISH -> "No setlist yet"
            Language.GERMAN -> "Noch keine Setlist"
        }
    public val past: String
        get() = when (speech) {
            Language.ENGLISH -> "Past"
            Language.GERMAN -> "Vergangene"
        }
    public val practice: String
        get() = when (speech) {
            Language.ENGLISH -> "Practice"
            Language.GERMAN -> "Probe"
        }
    public fun set(time: String): String = when (speech) {
            Language.ENGLISH -> "Set ${time}"
            Language.GERMAN -> "Set ${time}"
        }
    public val show: String
        get() = when (speech) {
            Language.ENGLISH -> "Show"
            Language.GERMAN -> "Auftritt"
        }
    public fun soundcheck(time: String): String = when (speech) {
            Language.ENGLISH -> "Soundcheck ${time}"
            Language.GERMAN -> "Soundcheck ${time}"
        }
    public fun times(loadIn: String, soundcheck: String, set: String): String = when (speech) {
            Language.ENGLISH -> "Load-in ${loadIn} · soundcheck ${soundcheck} · set ${set}"
            Language.GERMAN -> "Aufbau ${loadIn} · Soundcheck ${soundcheck} · Set ${set}"
        }
    public val title: String
        get() = when (speech) {
            Language.ENGLISH -> "Calendar"
            Language.GERMAN -> "Kalender"
        }
    public val upcoming: String
        get() = when (speech) {
            Language.ENGLISH -> "Upcoming"
            Language.GERMAN -> "Demnächst"
        }
}
