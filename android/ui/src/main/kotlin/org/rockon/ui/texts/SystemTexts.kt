// Made from texts/system.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** What the system shows for the app: notification channels, shortcuts, permissions. */
public class SystemTexts internal constructor(private val speech: Language) {
    /** Why the app asks for the camera. */
    public val camera: String
        get() = when (speech) {
            Language.ENGLISH -> "To scan the code of your band’s server or an invite"
            Language.GERMAN -> "Um den Code eures Servers oder eine Einladung zu scannen"
        }
    /** The name of a notification channel. */
    public val channelBand: String
        get() = when (speech) {
            Language.ENGLISH -> "News of your band"
            Language.GERMAN -> "Neues aus deiner Band"
        }
    public val channelBandHint: String
        get() = when (speech) {
            Language.ENGLISH -> "What others changed while the app was closed"
            Language.GERMAN -> "Was andere geändert haben, während die App zu war"
        }
    /** The name of a notification channel. */
    public val channelWaiting: String
        get() = when (speech) {
            Language.ENGLISH -> "Waits for you"
            Language.GERMAN -> "Wartet auf dich"
        }
    public val channelWaitingHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Conflicts and refused changes"
            Language.GERMAN -> "Konflikte und abgelehnte Änderungen"
        }
    public fun notificationTitle(count: Long, band: String): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "${grouped(count, speech)} change in ${band}" else "${grouped(count, speech)} changes in ${band}"
            Language.GERMAN -> if (count == 1L) "${grouped(count, speech)} Änderung in ${band}" else "${grouped(count, speech)} Änderungen in ${band}"
        }
    public val shortcutAddSong: String
        get() = when (speech) {
            Language.ENGLISH -> "Add song"
            Language.GERMAN -> "Song hinzufügen"
        }
    public val shortcutGig: String
        get() = when (speech) {
            Language.ENGLISH -> "Start gig"
            Language.GERMAN -> "Auftritt starten"
        }
}
