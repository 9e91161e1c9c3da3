// Made from texts/setlists.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** The list of setlists. */
public class SetlistsTexts internal constructor(private val speech: Language) {
    public val add: String
        get() = when (speech) {
            Language.ENGLISH -> "New setlist"
            Language.GERMAN -> "Neue Setlist"
        }
    public val archiveEmpty: String
        get() = when (speech) {
            Language.ENGLISH -> "Nothing is archived"
            Language.GERMAN -> "Nichts ist archiviert"
        }
    public val archiveTitle: String
        get() = when (speech) {
            Language.ENGLISH -> "Archived"
            Language.GERMAN -> "Archiviert"
        }
    public fun archived(name: String): String = when (speech) {
            Language.ENGLISH -> "“${name}” archived"
            Language.GERMAN -> "„${name}“ archiviert"
        }
    public fun deleteAsk(name: String): String = when (speech) {
            Language.ENGLISH -> "Delete the setlist “${name}”?"
            Language.GERMAN -> "Setlist „${name}“ löschen?"
        }
    public val deleteHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Its songs stay in the library."
            Language.GERMAN -> "Die Songs bleiben erhalten."
        }
    public fun deleted(name: String): String = when (speech) {
            Language.ENGLISH -> "Deleted “${name}”"
            Language.GERMAN -> "„${name}“ gelöscht"
        }
    public fun duplicateName(name: String): String = when (speech) {
            Language.ENGLISH -> "${name} (copy)"
            Language.GERMAN -> "${name} (Kopie)"
        }
    public fun duplicated(name: String): String = when (speech) {
            Language.ENGLISH -> "Duplicated as “${name}”"
            Language.GERMAN -> "Als „${name}“ dupliziert"
        }
    public val empty: String
        get() = when (speech) {
            Language.ENGLISH -> "No setlists yet"
            Language.GERMAN -> "Noch keine Setlists"
        }
    public val emptyHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Make one for your next gig, then add songs to it."
            Language.GERMAN -> "Mach eine für euren nächsten Auftritt und füge Songs hinzu."
        }
    public val emptyViewer: String
        get() = when (speech) {
            Language.ENGLISH -> "The band has no setlists yet. Members can make one."
            Language.GERMAN -> "Die Band hat noch keine Setlists. Mitglieder können eine machen."
        }
    public fun forShow(show: String, date: String): String = when (speech) {
            Language.ENGLISH -> "For ${show}, ${date}"
            Language.GERMAN -> "Für ${show}, ${date}"
        }
    public val name: String
        get() = when (speech) {
            Language.ENGLISH -> "Name"
            Language.GERMAN -> "Name"
        }
    public val nameMissing: String
        get() = when (speech) {
            Language.ENGLISH -> "Please enter a name"
            Language.GERMAN -> "Gib einen Namen ein"
        }
    public val title: String
        get() = when (speech) {
            Language.ENGLISH -> "Setlists"
            Language.GERMAN -> "Setlists"
        }
    public val unarchive: String
        get() = when (speech) {
            Language.ENGLISH -> "Take out of the archive"
            Language.GERMAN -> "Aus dem Archiv holen"
        }
    public fun unarchived(name: String): String = when (speech) {
            Language.ENGLISH -> "“${name}” is back in the list"
            Language.GERMAN -> "„${name}“ ist wieder in der Liste"
        }
}
