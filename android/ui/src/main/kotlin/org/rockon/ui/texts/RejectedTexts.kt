// Made from texts/rejected.json by `cargo xtask texts`. Change that, not this.
@file:Suppress("ktlint")

package org.rockon.ui.texts

/** An edit that the server refused. */
public class RejectedTexts internal constructor(private val speech: Language) {
    public val copyText: String
        get() = when (speech) {
            Language.ENGLISH -> "Copy my text"
            Language.GERMAN -> "Meinen Text kopieren"
        }
    public val discard: String
        get() = when (speech) {
            Language.ENGLISH -> "Discard"
            Language.GERMAN -> "Verwerfen"
        }
    public val discardAsk: String
        get() = when (speech) {
            Language.ENGLISH -> "Discard your change?"
            Language.GERMAN -> "Deine Änderung verwerfen?"
        }
    public val discardHint: String
        get() = when (speech) {
            Language.ENGLISH -> "What you typed is gone after that. Copy it first if you need it."
            Language.GERMAN -> "Was du geschrieben hast, ist danach weg. Kopiere es vorher, wenn du es brauchst."
        }
    public val discarded: String
        get() = when (speech) {
            Language.ENGLISH -> "Change discarded"
            Language.GERMAN -> "Änderung verworfen"
        }
    public val none: String
        get() = when (speech) {
            Language.ENGLISH -> "No refused changes"
            Language.GERMAN -> "Keine abgelehnten Änderungen"
        }
    public val now: String
        get() = when (speech) {
            Language.ENGLISH -> "What is shown now"
            Language.GERMAN -> "Was jetzt dasteht"
        }
    public val nowGone: String
        get() = when (speech) {
            Language.ENGLISH -> "It is not there any more"
            Language.GERMAN -> "Das gibt es nicht mehr"
        }
    public val sentAgain: String
        get() = when (speech) {
            Language.ENGLISH -> "It is sent again"
            Language.GERMAN -> "Wird noch einmal gesendet"
        }
    public val settled: String
        get() = when (speech) {
            Language.ENGLISH -> "This change waits no longer"
            Language.GERMAN -> "Diese Änderung wartet nicht mehr"
        }
    public val title: String
        get() = when (speech) {
            Language.ENGLISH -> "Refused change"
            Language.GERMAN -> "Abgelehnte Änderung"
        }
    public val tried: String
        get() = when (speech) {
            Language.ENGLISH -> "What you wanted"
            Language.GERMAN -> "Was du wolltest"
        }
    public val tryAgain: String
        get() = when (speech) {
            Language.ENGLISH -> "Try again"
            Language.GERMAN -> "Erneut versuchen"
        }
    public val why: String
        get() = when (speech) {
            Language.ENGLISH -> "Why not"
            Language.GERMAN -> "Warum nicht"
        }
}
