// Made from texts/notices.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** What others did, and what waits for a choice. */
public class NoticesTexts internal constructor(private val speech: Language) {
    public val backgroundOff: String
        get() = when (speech) {
            Language.ENGLISH -> "The system keeps the app from working in the background. New things arrive when you open it."
            Language.GERMAN -> "Das System lässt die App nicht im Hintergrund arbeiten. Neues kommt, wenn du sie öffnest."
        }
    public val empty: String
        get() = when (speech) {
            Language.ENGLISH -> "Nothing new"
            Language.GERMAN -> "Nichts Neues"
        }
    public val emptyHint: String
        get() = when (speech) {
            Language.ENGLISH -> "When somebody in your band changes something, you see it here."
            Language.GERMAN -> "Wenn jemand in deiner Band etwas ändert, siehst du es hier."
        }
    public val markAllSeen: String
        get() = when (speech) {
            Language.ENGLISH -> "Mark all as read"
            Language.GERMAN -> "Alle als gelesen markieren"
        }
    public val markSeen: String
        get() = when (speech) {
            Language.ENGLISH -> "Mark as read"
            Language.GERMAN -> "Als gelesen markieren"
        }
    public val markedAllSeen: String
        get() = when (speech) {
            Language.ENGLISH -> "All marked as read"
            Language.GERMAN -> "Alle als gelesen markiert"
        }
    public val openSettings: String
        get() = when (speech) {
            Language.ENGLISH -> "Open settings"
            Language.GERMAN -> "Einstellungen öffnen"
        }
    public val permission: String
        get() = when (speech) {
            Language.ENGLISH -> "Let Rock-On tell you what is new?"
            Language.GERMAN -> "Soll Rock-On dir sagen, was es Neues gibt?"
        }
    public val permissionAllow: String
        get() = when (speech) {
            Language.ENGLISH -> "Allow notifications"
            Language.GERMAN -> "Benachrichtigungen erlauben"
        }
    public val permissionHint: String
        get() = when (speech) {
            Language.ENGLISH -> "One notification for each batch of changes, never during a gig."
            Language.GERMAN -> "Eine Benachrichtigung je Schwung Änderungen, nie während eines Auftritts."
        }
    public val permissionRefused: String
        get() = when (speech) {
            Language.ENGLISH -> "Notifications are off. You can allow them in the system’s settings."
            Language.GERMAN -> "Benachrichtigungen sind aus. Du kannst sie in den Systemeinstellungen erlauben."
        }
    public val title: String
        get() = when (speech) {
            Language.ENGLISH -> "Notices"
            Language.GERMAN -> "Meldungen"
        }
    public val unseen: String
        get() = when (speech) {
            Language.ENGLISH -> "New"
            Language.GERMAN -> "Neu"
        }
    public val waiting: String
        get() = when (speech) {
            Language.ENGLISH -> "Waits for you"
            Language.GERMAN -> "Wartet auf dich"
        }
}
