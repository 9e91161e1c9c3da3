// Made from texts/gig.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** Gig mode: read on stage, from two metres, in two seconds. */
public class GigTexts internal constructor(private val speech: Language) {
    public val deletedMeanwhile: String
        get() = when (speech) {
            Language.ENGLISH -> "This setlist was deleted on another phone. It stays here until you end the gig."
            Language.GERMAN -> "Diese Setlist wurde auf einem anderen Handy gelöscht. Hier bleibt sie bis zum Ende des Auftritts."
        }
    public fun digest(count: Long): String = when (speech) {
            Language.ENGLISH -> if (count == 1L) "While you played: 1 notice" else "While you played: ${grouped(count, speech)} notices"
            Language.GERMAN -> if (count == 1L) "Während du gespielt hast: 1 Meldung" else "Während du gespielt hast: ${grouped(count, speech)} Meldungen"
        }
    public val end: String
        get() = when (speech) {
            Language.ENGLISH -> "The end"
            Language.GERMAN -> "Schluss"
        }
    public val endHint: String
        get() = when (speech) {
            Language.ENGLISH -> "That was the set."
            Language.GERMAN -> "Das war das Set."
        }
    public val forward: String
        get() = when (speech) {
            Language.ENGLISH -> "Next"
            Language.GERMAN -> "Weiter"
        }
    public val goOn: String
        get() = when (speech) {
            Language.ENGLISH -> "Go on playing"
            Language.GERMAN -> "Weiterspielen"
        }
    public val jump: String
        get() = when (speech) {
            Language.ENGLISH -> "Jump to a song"
            Language.GERMAN -> "Zu einem Song springen"
        }
    public val keep: String
        get() = when (speech) {
            Language.ENGLISH -> "Keep this one"
            Language.GERMAN -> "Diese behalten"
        }
    public fun keyCapo(key: String, capo: Long): String = when (speech) {
            Language.ENGLISH -> "${key} · capo ${grouped(capo, speech)}"
            Language.GERMAN -> "${key} · Kapo ${grouped(capo, speech)}"
        }
    public val last: String
        get() = when (speech) {
            Language.ENGLISH -> "Last one"
            Language.GERMAN -> "Letzter Song"
        }
    public val leave: String
        get() = when (speech) {
            Language.ENGLISH -> "End gig"
            Language.GERMAN -> "Auftritt beenden"
        }
    public val leaveAsk: String
        get() = when (speech) {
            Language.ENGLISH -> "End the gig?"
            Language.GERMAN -> "Auftritt beenden?"
        }
    public val leaveHint: String
        get() = when (speech) {
            Language.ENGLISH -> "Notices come again after that."
            Language.GERMAN -> "Danach kommen wieder Meldungen."
        }
    public val lockRotation: String
        get() = when (speech) {
            Language.ENGLISH -> "Lock the rotation"
            Language.GERMAN -> "Drehung sperren"
        }
    public val newerTitle: String
        get() = when (speech) {
            Language.ENGLISH -> "A newer version"
            Language.GERMAN -> "Eine neuere Fassung"
        }
    public fun next(title: String): String = when (speech) {
            Language.ENGLISH -> "Next: ${title}"
            Language.GERMAN -> "Danach: ${title}"
        }
    /** Before a break, which has no title. */
    public val nextOther: String
        get() = when (speech) {
            Language.ENGLISH -> "Next:"
            Language.GERMAN -> "Danach:"
        }
    public fun pauseLeft(time: String): String = when (speech) {
            Language.ENGLISH -> "Break: ${time} left"
            Language.GERMAN -> "Pause: noch ${time}"
        }
    public val pauseOver: String
        get() = when (speech) {
            Language.ENGLISH -> "Break is over"
            Language.GERMAN -> "Pause vorbei"
        }
    public fun position(position: Long, total: Long): String = when (speech) {
            Language.ENGLISH -> "${grouped(position, speech)} / ${grouped(total, speech)}"
            Language.GERMAN -> "${grouped(position, speech)} / ${grouped(total, speech)}"
        }
    /** For screen readers. */
    public fun positionSaid(position: Long, total: Long): String = when (speech) {
            Language.ENGLISH -> "${grouped(position, speech)} of ${grouped(total, speech)}"
            Language.GERMAN -> "${grouped(position, speech)} von ${grouped(total, speech)}"
        }
    public val previous: String
        get() = when (speech) {
            Language.ENGLISH -> "Previous"
            Language.GERMAN -> "Zurück"
        }
    public val screenOn: String
        get() = when (speech) {
            Language.ENGLISH -> "The screen stays on"
            Language.GERMAN -> "Der Bildschirm bleibt an"
        }
    public val takeUpdate: String
        get() = when (speech) {
            Language.ENGLISH -> "Take the new version"
            Language.GERMAN -> "Neue Version übernehmen"
        }
    public val tapTempo: String
        get() = when (speech) {
            Language.ENGLISH -> "Show the tempo"
            Language.GERMAN -> "Tempo anzeigen"
        }
    public val textSize: String
        get() = when (speech) {
            Language.ENGLISH -> "Text size"
            Language.GERMAN -> "Schriftgröße"
        }
    public fun timeLeft(time: String): String = when (speech) {
            Language.ENGLISH -> "${time} left"
            Language.GERMAN -> "noch ${time}"
        }
    public fun updated(what: String): String = when (speech) {
            Language.ENGLISH -> "Updated: ${what}"
            Language.GERMAN -> "Geändert: ${what}"
        }
    /** A small pill; tapped, it shows the difference. */
    public fun updatedBy(name: String, what: String): String = when (speech) {
            Language.ENGLISH -> "Updated by ${name}: ${what}"
            Language.GERMAN -> "Geändert von ${name}: ${what}"
        }
    /** Neither songs nor their order, but keys, lengths or notes. */
    public val updatedDetails: String
        get() = when (speech) {
            Language.ENGLISH -> "details"
            Language.GERMAN -> "Einzelheiten"
        }
    public fun updatedItems(added: Long, removed: Long): String = when (speech) {
            Language.ENGLISH -> "+${grouped(added, speech)} −${grouped(removed, speech)}"
            Language.GERMAN -> "+${grouped(added, speech)} −${grouped(removed, speech)}"
        }
    public val updatedOrder: String
        get() = when (speech) {
            Language.ENGLISH -> "order"
            Language.GERMAN -> "Reihenfolge"
        }
    public val volumeKeys: String
        get() = when (speech) {
            Language.ENGLISH -> "Volume keys turn the page"
            Language.GERMAN -> "Lautstärketasten blättern"
        }
}
